"""The demos of lesson 3: squared errors, cross entropy, a mean over samples, and accuracy beside loss."""

import numpy as np

from nnlessons.live import Button, Choice, Demo, LogSlider, Slider
from nnlessons.losses.figures import (
    falling_curve,
    mean_beside_sum,
    outputs_and_gradient,
    place_of_output,
    square_beside,
    stairs_over_slope,
    tangent_at,
    three_squares,
    upright,
)
from nnlessons.losses.surprise_meter import surprise
from nnlessons.losses.tug_of_war import tug_of_war
from nnlessons.wording import MINUS
from nnlib.activations import softmax
from nnlib.losses import (
    mean_squared_error,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    sum_squared_error,
)

__all__ = ["batch_mean", "from_scores", "hundred_samples", "minus_log", "squares", "stairs", "surprise"]
__all__ += ["tug_of_war"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- squared errors ---------------------------------------------------------------------------------------------------

TARGETS = np.array([0, 1, 0])


def draw_squares(y0, y1, y2):
    """Three errors as squares, their sum and their mean."""
    y = np.array([y0, y1, y2]).round(9)
    squares = np.square(y - TARGETS)
    patch = {}
    for number in range(3):
        across, up = place_of_output(number, y[number])
        patch[f"square {number}"] = {"xy": square_beside(number, y[number], TARGETS[number])}
        patch[f"point {number}"] = {"data": ([across], [up])}
        words = f"({y[number]:.1f} {MINUS} {TARGETS[number]})² = {squares[number]:.2f}"
        patch[f"area {number}"] = {"text": words}
    total, mean = sum_squared_error(y, TARGETS), mean_squared_error(y, TARGETS)
    patch["sum"] = {"text": f"{squares[0]:.2f} + {squares[1]:.2f} + {squares[2]:.2f} = {total:.2f}"}
    patch["mean"] = {"text": f"{total:.2f} / 3 = {mean:.3f}"}
    line = "some" if total else "none"
    return {**patch, "readout": {"line": line, "areas": squares, "sum": total, "mean": mean}}


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
        "some": "The squares are {areas[0]:.2f}, {areas[1]:.2f}, and {areas[2]:.2f}. They add up to {sum:.2f}, and their mean "
        "is {mean:.3f}.",
        "none": "Every output is on its target, so no square is left: sum and mean are 0.",
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
    "The squared error is {square:.2f}, with a slope of {slope of square:.2f}.",
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


def hundred_samples():
    """100 samples in three clouds, the same each time: x (100, 2), and the cloud of each as its label, t (100,)."""
    t = np.arange(100) % 3
    middles = np.array([[-1, 0], [1, 0], [0, 1]])
    return middles[t] + 0.5 * np.random.default_rng(7).normal(size=(100, 2)), t


def accuracy_and_loss(weights):
    """For each w the accuracy in percent and the loss of a layer of three units, one of whose weights is w."""
    x, t = hundred_samples()
    scores = [x @ [[w, 1, 0], [-0.5, 0, 1]] for w in weights]
    accuracy = [100 * (s.argmax(axis=1) == t).mean() for s in scores]
    return accuracy, [softmax_cross_entropy(s, t) for s in scores]


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
