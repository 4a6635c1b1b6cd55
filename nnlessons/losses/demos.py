"""The demos of lesson 3: squared errors, cross entropy, a mean over samples, and accuracy beside loss."""

import numpy as np

from nnlessons.live import Button, Choice, Demo, LogSlider, Slider
from nnlessons.losses.figures import (
    falling_curve,
    mean_beside_sum,
    outputs_and_gradient,
    place_of_output,
    square_on_error,
    squares_and_ledger,
    stairs_over_slope,
    upright,
)
from nnlessons.losses.surprises import most_surprising
from nnlessons.losses.which_way import accuracy_and_loss, hundred_samples, which_way
from nnlib.activations import softmax
from nnlib.losses import (
    half_sum_squared_error,
    half_sum_squared_error_gradient,
    mean_squared_error,
    mean_squared_error_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    sum_squared_error,
    sum_squared_error_gradient,
)

__all__ = ["batch_mean", "from_scores", "hundred_samples", "minus_log", "most_surprising"]
__all__ += ["squares", "stairs", "which_way"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- squared errors ---------------------------------------------------------------------------------------------------

TARGETS = np.array([0, 1, 0])
LEDGER = {  # formula -> loss, gradient, and the learning rate with which all three take the same step
    r"$\sum\, (y - t)^2\ /\ 2$": (half_sum_squared_error, half_sum_squared_error_gradient, 0.1),
    r"$\sum\, (y - t)^2$": (sum_squared_error, sum_squared_error_gradient, 0.1 / 2),
    r"$\sum\, (y - t)^2\ /\ 3$": (mean_squared_error, mean_squared_error_gradient, 0.1 * 3 / 2),
}


def draw_squares(y0, y1, y2):
    """Three errors as squares, and what each of the three losses makes of them."""
    y = np.array([y0, y1, y2]).round(9)
    squares = np.square(y - TARGETS)
    patch = {}
    for number in range(3):
        across, up = place_of_output(number, y[number])
        patch[f"square {number}"] = {"xy": square_on_error(number, y[number], TARGETS[number])}
        patch[f"point {number}"] = {"data": ([across], [up])}
        words = f"({y[number]:.1f} \N{MINUS SIGN} {TARGETS[number]})² = {squares[number]:.2f}"
        patch[f"area {number}"] = {"text": words}
    losses = []
    for row, (loss, gradient, rate) in enumerate(LEDGER.values()):
        losses.append(loss(y, TARGETS))
        slope = gradient(y, TARGETS)[0]
        patch[f"loss {row}"] = {"text": f"{losses[-1]:.3f}"}
        patch[f"slope {row}"] = {"text": f"{slope:.3f}"}
        patch[f"rate {row}"] = {"text": f"{rate:.2f}"}
        patch[f"step {row}"] = {"text": f"{rate * slope:.3f}"}
    half, total, mean = losses
    return {**patch, "readout": {"areas": squares, "half": half, "sum": total, "mean": mean, "step": 0.1 * y[0]}}


squares = Demo(
    title="Three errors as squares",
    controls={
        "y0": Slider(0.0, 1.0, value=0.3, label="y₀"),
        "y1": Slider(0.0, 1.0, value=0.6, label="y₁"),
        "y2": Slider(0.0, 1.0, value=0.1, label="y₂"),
    },
    figure=lambda: squares_and_ledger(TARGETS, LEDGER),
    update=draw_squares,
    readout="The squares are {areas[0]:.2f}, {areas[1]:.2f} and {areas[2]:.2f}: half their sum is {half:.3f}, their sum "
    "{sum:.3f}, their mean {mean:.3f}. With its own η each of the three lowers y₀ by {step:.3f}.",
)


# -- minus the log ----------------------------------------------------------------------------------------------------

Y = np.concatenate([np.linspace(0.005, 0.1, 100), np.linspace(0.1, 1, 200)])
INCHES = 6.3, 3.06 / 5.15  # of the picture for 1 along y, and for 1 of loss


def move_along_log(y):
    """A point on -log y with its tangent, and one on the squared error."""
    loss, slope = 0.0 - np.log(y), -1 / y
    reach = 0.9 / np.hypot(INCHES[0], slope * INCHES[1])  # so that the tangent keeps its length on the screen
    return {
        "guide": {"xdata": [y, y]},
        "tangent": {"data": ([y - reach, y + reach], [loss - reach * slope, loss + reach * slope])},
        "point": {"data": ([y], [loss])},
        "second point": {"data": ([y], [(1 - y) ** 2])},
        "readout": {"y": y, "loss": loss, "slope": slope, "square": (1 - y) ** 2, "slope of square": -2 * (1 - y)},
    }


minus_log = Demo(
    title="The loss for the right class",
    controls={"y": Slider(0.01, 1.0, value=0.6, step=0.01)},
    figure=lambda: falling_curve(Y, -np.log(Y), (1 - Y) ** 2),
    update=move_along_log,
    readout="The right class gets y = {y:.2f}: \N{MINUS SIGN}log y is {loss:.2f} with slope {slope:.2f}; "
    "the squared error is {square:.2f} with slope {slope of square:.2f}.",
)


# -- a mini-batch -----------------------------------------------------------------------------------------------------

MOST = 10_000


def right_class_probabilities(seed):
    """The probability that a network which knows a little gives the right class, for each of MOST samples: (MOST,)."""
    scores = np.random.default_rng(seed).normal(size=(MOST, 3)) + [1.5, 0, 0]
    return softmax(scores)[:, 0]


def average(samples, seed):
    """The losses of single samples, and their mean and their sum over more and more samples."""
    N = round(samples)
    losses = -np.log(right_class_probabilities(seed)[:N])
    numbers = np.arange(1, N + 1)
    along = np.unique(np.geomspace(1, N, 300).round().astype(int))  # more points on a line look no better
    sums = losses.cumsum()[along - 1]
    return {
        "dots": {"data": (numbers, losses)},
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
        "one": "One sample: its loss is {sum:.3f}, which is sum and mean.",
        "many": "{N:,} samples: the sum of their losses is {sum:,.1f}, the mean {mean:.3f}.",
    },
)


# -- from the scores --------------------------------------------------------------------------------------------------


def compare_with_target(s0, s1, s2, label):
    """Softmax of three scores beside the target, and the gradient y - t."""
    scores, t = np.array([s0, s1, s2]), np.eye(3)[label]
    y, slopes = softmax(scores), softmax_cross_entropy_gradient(scores, label)
    patch = {
        "outputs": {"verts": [upright(number, y[number]) for number in range(3)]},
        "gradient": {"verts": [upright(number, slopes[number]) for number in range(3)]},
        "targets": {"data": (range(3), t)},
    }
    for number in range(3):
        away = 0.14 if slopes[number] >= 0 else -0.14
        patch[f"output {number}"] = {"text": f"{y[number]:.2f}", "position": (number, y[number] + 0.07)}
        words = f"${slopes[number].round(2) + 0.0:.2f}$"
        patch[f"slope {number}"] = {"text": words, "position": (number, slopes[number] + away)}
    loss = softmax_cross_entropy(scores, label)
    return {**patch, "readout": {"label": label, "y": y, "right": y[label], "loss": loss, "slopes": slopes}}


from_scores = Demo(
    title="From three scores to loss and gradient",
    controls={
        "s0": Slider(-5.0, 5.0, value=2.0, label="s₀"),
        "s1": Slider(-5.0, 5.0, value=1.0, label="s₁"),
        "s2": Slider(-5.0, 5.0, value=0.0, label="s₂"),
        "label": Choice({"0": 0, "1": 1, "2": 2}, value=1, label="right class"),
    },
    figure=lambda: outputs_and_gradient(3),
    update=compare_with_target,
    readout="y = ({y[0]:.3f}, {y[1]:.3f}, {y[2]:.3f}). Class {label} is right and gets {right:.3f}, so the loss is {loss:.3f}. "
    "The gradient is ({slopes[0]:.3f}, {slopes[1]:.3f}, {slopes[2]:.3f}).",
)


# -- accuracy and loss ------------------------------------------------------------------------------------------------

WEIGHTS = np.linspace(-4, 4, 1601)
NEAR = {"w": (1.2, 2.8), "accuracy": (28, 36), "loss": (1.0, 2.2)}


def move_weight(w):
    """A point on the accuracy and one on the loss, in the whole picture and in the enlarged part."""
    (accuracy,), (loss,) = accuracy_and_loss([round(w, 2)])
    patch = {}
    for place in ("", " near"):
        patch[f"accuracy guide{place}"] = {"xdata": [w, w]}
        patch[f"loss guide{place}"] = {"xdata": [w, w]}
        patch[f"accuracy point{place}"] = {"data": ([w], [accuracy])}
        patch[f"loss point{place}"] = {"data": ([w], [loss])}
    return {**patch, "readout": {"w": w, "accuracy": accuracy, "loss": loss}}


stairs = Demo(
    title="Accuracy and loss over one weight",
    controls={"w": Slider(-4.0, 4.0, value=2.0, step=0.01)},
    figure=lambda: stairs_over_slope(WEIGHTS, *accuracy_and_loss(WEIGHTS), NEAR),
    update=move_weight,
    readout="w = {w:.2f}: the accuracy is {accuracy:.0f} %, the loss {loss:.5f}.",
)
