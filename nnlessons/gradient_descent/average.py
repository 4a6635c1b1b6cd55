"""Mini-batch gradients of lesson 5: each is off, and their mean is the gradient over all samples."""

import numpy as np

from nnlessons.drawing.arrow import arrow
from nnlessons.gradient_descent.average_figure import line_and_arrows
from nnlessons.gradient_descent.line_fit import BEST, GRID, N, T, X, ends_of_line, gradient_at, losses_on_grid
from nnlessons.live import Button, Choice, Demo

__all__ = ["right_on_average"]
__dir__ = __all__.copy  # what Tab shows after `average.`

PLACES = {"start": np.zeros(2), "bottom": BEST}  # (w, b)
SHAFTS = 100  # more of them would cover the map


def mini_batches(count, batch_size, seed):
    """The numbers (count, batch_size) of samples drawn at random, within a mini-batch each at most once."""
    return np.random.default_rng((1, seed)).random((count, N)).argsort(axis=1)[:, :batch_size]


def gradients_at(place, batches):
    """The gradient (count, 2) of the loss over each of these mini-batches."""
    return np.array([gradient_at(place, chosen) for chosen in batches])


def draw(place, batch_size, count, seed):
    """Downhill, minus the gradient, for each mini-batch, on average, and for all samples."""
    here, batches = PLACES[place], mini_batches(count, batch_size, seed)
    downhill, whole = -gradients_at(here, batches), -gradient_at(here)
    tips, mean = here + downhill, downhill.mean(axis=0)
    shown = tips[:SHAFTS] if count <= SHAFTS else tips[:0]
    first = batches[0]
    spread = np.sqrt(np.mean(np.sum((downhill - whole) ** 2, axis=1)))
    return {
        "line": {"data": ends_of_line(here)},
        "batch": {"data": (X[first], T[first])},
        "here": {"data": ([here[0]], [here[1]])},
        "shafts": {"segments": [np.array([here, tip]) for tip in shown]},
        "tips": {"data": tips.T},
        "its tip": {"data": tips[:1].T},
        "mean": {"data": (here + mean)[:, np.newaxis]},
        "whole": {"xy": arrow(here, whole, size=0.8)},
        "readout": {
            "line": "all" if batch_size == N else "one" if count == 1 else "many",
            **{"count": f"{count:,}", "B": batch_size, "spread": spread},
            **{"G": f"({whole[0]:.2f}, {whole[1]:.2f})", "g": f"({mean[0]:.2f}, {mean[1]:.2f})"},
        },
    }


WHOLE = "For all 100 samples, −gradient = {G}. "

right_on_average = Demo(
    title="Right on average",
    controls={
        "place": Choice({"w = 0, b = 0": "start", "the lowest loss": "bottom"}, label="at"),
        "batch_size": Choice({str(size): size for size in (1, 4, 16, 64, N)}, value=4, label="samples B"),
        "count": Choice({f"{count:,}": count for count in (1, 10, 100, 1000)}, label="mini-batches"),
        "seed": Button("new mini-batches"),
    },
    figure=lambda: line_and_arrows(X, T, GRID, losses_on_grid(), BEST),
    update=draw,
    readout={
        "one": WHOLE + "This mini-batch of {B} says {g}, which is {spread:.2f} off.",
        "many": WHOLE
        + "The mean of {count} mini-batches of {B} is {g}, though each of them is off by about {spread:.2f}.",
        "all": WHOLE + "A mini-batch of all 100 says the same, with no luck involved.",
    },
)
