"""The weights of each hidden unit as a picture, and what the unit says to the ten digits."""

import numpy as np

from nnlessons.drawing.digits import SIDE
from nnlessons.live import Demo
from nnlessons.training.signed import minus_signs
from nnlessons.training.unit_weights_figure import PLACE, units_and_weights, units_mosaic, weights_patch
from nnlessons.training.your_network import along_a_list, weights_of
from nnlessons.wording import short

__all__ = ["weights_as_pictures"]
__dir__ = __all__.copy  # what Tab shows after `unit_weights.`

READOUT = {
    "mixed": "Ink in row {row}, column {column} drives unit {unit} up most (weight {most}), and ink in row {low row}, column "
    "{low column} drives it down most ({least}). When the unit is on, it votes for {best} ({for}) and against {worst} "
    "({against}).",
    "other": "Unit {unit} has weights from {least} to {most} for the pixels, and votes from {against} to {for} for the digits.",
}


def weights_as_pictures(network):
    """Show the weights of the first layer as pictures, one for each hidden unit, and a chosen unit's votes as bars.

    network  with `predict`, and with two arrays of weights in `params`, (64, H) and (H, 10)
    -> a demo. TypeError, ValueError: it isn't such a network, or its weights aren't finite.
    """
    W1, W2 = weights_of(network)
    mosaic = units_mosaic(W1.shape[1])

    def draw(unit):
        return {
            "mark": {"verts": [mosaic.corners(unit)]},
            "large": {"array": W1[:, unit].reshape(SIDE, SIDE)},
            "minus": {"segments": minus_signs(W1[:, unit].reshape(SIDE, SIDE), **PLACE)},
            "bars": weights_patch(W2[unit]),
            "readout": {"unit": unit, **extremes(W1[:, unit], W2[unit])},
        }

    return Demo(
        title="What each hidden unit looks for",
        figure=lambda: units_and_weights(W1, np.abs(W2).max()),
        readout=READOUT,
        **along_a_list("unit", W1.shape[1], draw),
    )


def extremes(coming, going):
    """The numbers in the sentence on a unit with these weights from the pixels (64,) and to the digits (10,)."""
    high, low, best, worst = coming.argmax(), coming.argmin(), going.argmax(), going.argmin()
    mixed = coming[low] < 0 < coming[high] and going[worst] < 0 < going[best]
    return {
        "line": "mixed" if mixed else "other",
        **{"row": high // SIDE, "column": high % SIDE, "most": short(coming[high])},
        **{"low row": low // SIDE, "low column": low % SIDE, "least": short(coming[low])},
        **{"best": best, "for": short(going[best]), "worst": worst, "against": short(going[worst])},
    }
