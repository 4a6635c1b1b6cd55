"""A digit to draw, and what the reader's own network makes of it."""

import numpy as np

from nnlessons.drawing.digits import NO_BARS, SIDE, probabilities_patch
from nnlessons.live import Check, Demo, Grid
from nnlessons.reader.scans import SCANS
from nnlessons.training.drawn_digit_figure import digit_and_probabilities
from nnlessons.training.your_network import PIXELS, copied_network, probabilities
from nnlessons.wording import percent, with_article

__all__ = ["draw_a_digit", "soften"]
__dir__ = __all__.copy  # what Tab shows after `drawn_digit.`

SPREAD = 0.25  # the part of a pixel's ink that each neighbor gets too
UNSURE = 0.6  # a network that gives less to its answer can't decide
MIDDLE, FAR = 3.5, 1.0  # the mean column of the ink; all but 1 in 100 of the scans are nearer to it than this
EMPTY = ((0.0,) * SIDE,) * SIDE

READOUT = {
    "empty": "Draw something! The network has only seen digits that fill all 8 rows, in the middle of the picture.",
    "sure": "Your network reads this as {first}, and is {sure} sure.",
    "unsure": "Your network can't decide: it gives {first} {sure}, and {second} {next}.",
    "short": "Your network reads this as {first}, and is {sure} sure. But it has only seen digits that fill all 8 rows, and "
    "this one fills {rows}.",
    "left": "Your network reads this as {first}, and is {sure} sure. But it has only seen digits in the middle, and this one "
    "is too far to the left.",
    "right": "Your network reads this as {first}, and is {sure} sure. But it has only seen digits in the middle, and this one "
    "is too far to the right.",
}


def draw_a_digit(network):
    """An empty grid to draw a digit in, and the network's ten probabilities at once. There's a button for a scan of each digit.

    network  with `predict`, (N, 64) -> scores (N, 10)
    -> a demo. TypeError, ValueError: the network doesn't fit.
    """
    network = copied_network(network)

    def draw(cells, soft):
        picture = soften(np.array(cells)) if soft else np.array(cells)
        y = probabilities(network, picture.reshape(1, PIXELS))[0]
        second, first = np.argsort(y, kind="stable")[-2:]
        empty = not picture.any()
        answer = {"first": with_article(first), "sure": percent(y[first])}
        answer |= {"second": with_article(second), "next": percent(y[second])}
        return {
            "picture": {"array": picture},
            "bars": NO_BARS if empty else probabilities_patch(y) | {"words": [f"{100 * part:.0f}%" for part in y]},
            "readout": {"line": "empty"} if empty else {**what_to_say(np.array(cells), y[first]), **answer},
        }

    return Demo(
        title="Draw a digit for your own network",
        controls={"cells": Grid(SIDE, SIDE), "soft": Check(True, label="soft edges, as in a scan")},
        groups={"Draw here": ("cells", "soft")},
        figure=digit_and_probabilities,
        update=draw,
        readout=READOUT,
        presets={"clear": {"cells": EMPTY, "soft": True}}
        | {name: {"cells": cells, "soft": False} for name, cells in SCANS.items()},
    )


def soften(picture):
    """A picture (8, 8) whose strokes have the gray edges of a scan: each pixel also gets a part of its four neighbors' ink."""
    around = np.pad(picture, 1)
    neighbors = around[:-2, 1:-1] + around[2:, 1:-1] + around[1:-1, :-2] + around[1:-1, 2:]
    return np.minimum(1, picture + SPREAD * neighbors)


def what_to_say(cells, largest):
    """Which line of the readout fits these cells and the largest probability, and how many rows the digit fills."""
    filled = np.flatnonzero(cells.any(axis=1))
    rows = filled[-1] - filled[0] + 1
    away = np.average(np.arange(SIDE), weights=cells.sum(axis=0)) - MIDDLE
    if rows < SIDE:
        line = "short"
    elif abs(away) > FAR:
        line = "left" if away < 0 else "right"
    else:
        line = "sure" if largest >= UNSURE else "unsure"
    return {"line": line, "rows": rows}
