"""The demos of lesson 3. Here are squared errors, cross entropy, and a mean over samples; the others have files of their own."""

import numpy as np

from nnlessons.live import Button, Demo, LogSlider, Slider
from nnlessons.losses.figures import (
    falling_curve,
    mean_beside_sum,
    place_of_output,
    square_beside,
    tangent_at,
    three_squares,
)
from nnlessons.losses.surprise_meter import surprise
from nnlessons.losses.surprises import most_surprising
from nnlessons.losses.tug_of_war import tug_of_war
from nnlessons.losses.which_way import which_way
from nnlessons.wording import MINUS
from nnlib.activations import softmax
from nnlib.losses import half_sum_squared_error, sum_squared_error

__all__ = [
    "batch_mean",
    "minus_log",
    "most_surprising",
    "squares",
    "surprise",
    "tug_of_war",
    "which_way",
]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- squared errors ---------------------------------------------------------------------------------------------------

TARGETS = np.array([0, 1, 0])


def draw_squares(y0, y1, y2):
    """Three errors as squares, their sum and half of it."""
    y = np.array([y0, y1, y2]).round(9)
    squares = np.square(y - TARGETS)
    patch = {}
    for number in range(3):
        across, up = place_of_output(number, y[number])
        patch[f"square {number}"] = {"xy": square_beside(number, y[number], TARGETS[number])}
        patch[f"point {number}"] = {"data": ([across], [up])}
        words = f"({y[number]:.1f} {MINUS} {TARGETS[number]})² = {squares[number]:.2f}"
        patch[f"area {number}"] = {"text": words}
    total, half = sum_squared_error(y, TARGETS), half_sum_squared_error(y, TARGETS)
    patch["sum"] = {"text": f"{squares[0]:.2f} + {squares[1]:.2f} + {squares[2]:.2f} = {total:.2f}"}
    patch["half"] = {"text": f"{total:.2f} / 2 = {half:.3f}"}
    line = "some" if total else "none"
    return {**patch, "readout": {"line": line, "areas": squares, "sum": total, "half": half}}


squares = Demo(
    title="Three errors as squares",
    controls={
        "y0": Slider(0.0, 1.0, value=0.3, label="y₀"),
        "y1": Slider(0.0, 1.0, value=0.6, label="y₁"),
        "y2": Slider(0.0, 1.0, value=0.1, label="y₂"),
    },
    figure=lambda: three_squares(TARGETS),
    update=draw_squares,
    readout={
        "some": "The squares are {areas[0]:.2f}, {areas[1]:.2f}, and {areas[2]:.2f}. They add up to {sum:.2f}, and the loss "
        "is half of that, {half:.3f}.",
        "none": "Every output is on its target, so no square is left, and the loss is 0.",
    },
)


# -- minus the log ----------------------------------------------------------------------------------------------------

Y = np.concatenate([np.linspace(0.005, 0.1, 100), np.linspace(0.1, 1, 200)])


def move_along_log(y):
    """A point on -log y with its tangent, and one on the squared error with its own."""
    loss, slope, square, flat = 0.0 - np.log(y), -1 / y, (1 - y) ** 2, -2 * (1 - y)
    return {
        "guide": {"xdata": [y, y]},
        "tangent": {"data": tangent_at(y, loss, slope)},
        "second tangent": {"data": tangent_at(y, square, flat)},
        "point": {"data": ([y], [loss])},
        "second point": {"data": ([y], [square])},
        "readout": {"y": y, "loss": loss, "slope": slope, "square": square, "slope of square": flat},
    }


minus_log = Demo(
    title="The loss for the right class",
    controls={"y": Slider(0.01, 1.0, value=0.6, step=0.01)},
    figure=lambda: falling_curve(Y, -np.log(Y), (1 - Y) ** 2),
    update=move_along_log,
    readout="The right class gets y = {y:.2f}, so \N{MINUS SIGN}log y is {loss:.2f} with a slope of {slope:.2f}. "
    "The square (1 − y)² is {square:.2f}, with a slope of {slope of square:.2f}.",
)


# -- a mini-batch -----------------------------------------------------------------------------------------------------

MOST = 10_000


def right_class_probabilities(seed):
    """The probability that a network which knows a little gives the right class, for each of MOST samples: (MOST,)."""
    scores = np.random.default_rng(seed).normal(size=(MOST, 3)) + [1.5, 0, 0]
    return softmax(scores)[:, 0]


def average(samples, seed):
    """The losses of some samples, and the mean and the sum of all losses over more and more samples."""
    N = round(samples)
    losses = -np.log(right_class_probabilities(seed)[:N])
    along = np.unique(np.geomspace(1, N, 300).round().astype(int))  # more points on a line look no better
    sums = losses.cumsum()[along - 1]
    return {
        "dots": {"data": (along, losses[along - 1])},
        "mean": {"data": (along, sums / along)},
        "sum": {"data": (along, sums)},
        "mean point": {"data": ([N], [sums[-1] / N])},
        "sum point": {"data": ([N], [sums[-1]])},
        "readout": {"line": "one" if N == 1 else "many", "N": N, "sum": sums[-1], "mean": sums[-1] / N},
    }


batch_mean = Demo(
    title="The mean and the sum over N samples",
    controls={"samples": LogSlider(1, MOST, value=100, label="N"), "seed": Button("new samples")},
    figure=lambda: mean_beside_sum(MOST),
    update=average,
    readout={
        "one": "With one sample, its loss of {sum:.3f} is both the sum and the mean.",
        "many": "With {N:,} samples, the losses add up to {sum:,.1f}, and their mean is {mean:.3f}.",
    },
)
