"""Gradient descent on the six weights of a small net: two inputs, three classes, softmax and cross entropy."""

import numpy as np

from nnlessons.drawing.style import BLUE, ORANGE
from nnlessons.gradient_descent.net_figure import weights_and_loss
from nnlessons.live import Choice, Demo, Stepper
from nnlessons.wording import fixed
from nnlib.activations import softmax
from nnlib.losses import softmax_cross_entropy, softmax_cross_entropy_gradient

__all__ = ["SAMPLE", "gradient_of_net", "small_net"]
__dir__ = __all__.copy  # what Tab shows after `net.`

SAMPLE = np.array([[0.6, 0.9]])
W_START = np.array([[0.5, -0.2, 0.1], [-0.3, 0.4, 0.8]])
STEPS = 100


def gradient_of_net(W, right):
    """dL/dW of one sample through x @ W, softmax and cross entropy:  x^T (y - t)."""
    return SAMPLE.T @ softmax_cross_entropy_gradient(SAMPLE @ W, [right])


def begin(right):
    """(W, (loss,)) before the first step."""
    return W_START, (softmax_cross_entropy(SAMPLE @ W_START, [right]),)


def learn_once(state, right, rate):
    """(W, (loss, ...)) after one more step, or None after the last one."""
    weights, losses = state
    if len(losses) > STEPS:
        return None
    W = weights - rate * gradient_of_net(weights, right)
    return W, (*losses, softmax_cross_entropy(SAMPLE @ W, [right]))


def in_cells(array):
    """The words for the cells of a table, row by row."""
    return [fixed(number) for number in array.ravel()]


def fill(weight):
    """The color behind a weight: blue if positive, orange if negative, and the stronger the larger it is."""
    return BLUE if weight > 0 else ORANGE, 0.3 * min(1, abs(weight))


def draw(state, right, entry):
    """W, its gradient, y and t as tables, with one weight marked, and the losses so far."""
    W, losses = state
    dW, y = gradient_of_net(W, right), softmax(SAMPLE @ W)[0]
    i, j = divmod(entry, 3)
    slope = dW[i, j]
    return {
        "W": {"words": in_cells(W), "fills": [fill(weight) for weight in W.ravel()], "marked": entry},
        "dW": {"words": in_cells(dW), "fills": ["white"], "marked": entry},
        "y": {"words": in_cells(y), "fills": ["white"]},
        "t": {"words": ["1" if k == right else "0" for k in range(3)], "fills": ["white"]},
        "losses": {"data": (np.arange(len(losses)), losses)},
        "now": {"data": ([len(losses) - 1], losses[-1:])},
        "readout": {
            "line": "hardly" if abs(slope) < 5e-4 else "raises" if slope > 0 else "lowers",
            **{"k": len(losses) - 1, "L": losses[-1], "right": right, "y": y[right]},
            **{"i": i, "j": j, "w": W[i, j], "g": slope},
        },
    }


NET = "Step {k}: class {right}, the right one, gets {y:.3f}, so the loss is {L:.4f}. "

small_net = Demo(
    title="Six weights of a small net",
    controls={
        "right": Choice({"0": 0, "1": 1, "2": 2}, value=0, label="right class"),
        "entry": Stepper(last=5, value=0, label="weight"),
        "rate": Choice({f"{rate:g}": rate for rate in (0.01, 0.1, 0.3, 1.0, 3.0, 10.0)}, value=1.0, label="η"),
    },
    figure=lambda: weights_and_loss((2, 3), STEPS, highest=2.0),
    start=begin,
    advance=learn_once,
    update=draw,
    readout={
        "raises": NET + "Raising W[{i}, {j}] raises the loss: its gradient is {g:.3f}.",
        "lowers": NET + "Raising W[{i}, {j}] lowers the loss: its gradient is {g:.3f}.",
        "hardly": NET + "Moving W[{i}, {j}] hardly changes the loss.",
    },
)
