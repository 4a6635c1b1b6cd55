"""What a training run shows in the playground's figure: its network over the plane, its points, its units and its curves."""

import numpy as np

from nnlessons.training.playground_figure import CELLS, COARSE, PLANE, TILE
from nnlessons.training.run import hidden_layers, in_float32, network_of
from nnlib.activations import softmax

__all__ = ["picture_of"]
__dir__ = __all__.copy  # what Tab shows after `run_picture.`

ENDS = [digit * 10**power for power in range(1, 9) for digit in (1, 2, 5)]  # epochs
CURVES = ("loss", "test loss", "accuracy", "test accuracy")


def picture_of(state, lines=True):
    """The properties of the figure's parts for a state of a training run, see run.py: {part: properties}."""
    now, curves, network = state["now"], state["curves"], network_of(state)
    (x, t), _ = state["points"]
    W, b, *_, after, _ = state["params"]
    counts = np.abs(after[:, 1] - after[:, 0]) if len(state["params"]) == 4 else np.abs(state["params"][2]).sum(axis=1)
    last = next(end for end in ENDS if end >= now["time"])
    share = np.nan_to_num(softmax(in_float32(network).predict(PLANE))[:, 1], nan=0.5)
    return {
        "plane": {"shares": share.reshape(CELLS, CELLS)},
        "zeros": {"data": x[t == 0].T},
        "ones": {"data": x[t == 1].T},
        "lines": {"weights": W, "biases": b if lines else np.full_like(b, np.nan), "counts": counts},
        **{name: {"data": (curves["time"] / last, np.nan_to_num(curves[name], nan=1e9))} for name in CURVES},
        "last": {"texts": 2 * [f"{last / 2:g}", f"{last:g}"]},
        "units": {"outputs": [in_tiles(layer) for layer in hidden_layers(network, COARSE)]},
    }


def in_tiles(outputs):
    """A layer's outputs (TILE * TILE, H) as tiles (H, TILE, TILE) from -1 to 1: those beyond are shown in proportion."""
    outputs = np.nan_to_num(outputs, nan=0, posinf=1e9, neginf=-1e9)
    largest = max(1, np.abs(outputs).max(initial=0))
    return (outputs / largest).T.reshape(-1, TILE, TILE)
