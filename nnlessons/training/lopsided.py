"""The opening: a network with a few hidden units learns which digits are lopsided."""

import numpy as np

from nnlessons.drawing.plane import points_patch
from nnlessons.live import Button, Choice, Demo, Slider
from nnlessons.training.lopsided_figure import LAST, PLANE, lopsided_figure
from nnlessons.training.playground_figure import CELLS
from nnlessons.wording import plural
from nnlib.activations import softmax
from nnlib.datasets import lopsided as lopsided_digits
from nnlib.losses import softmax_cross_entropy
from nnlib.networks import TwoLayerNet
from nnlib.training import train

__all__ = ["lopsided"]
__dir__ = __all__.copy  # what Tab shows after `lopsided.`

X, T, _ = lopsided_digits()
BATCH = 10
GUESSING, GOOD = 0.6, 0.9  # accuracies


def network(hidden, weights, params=None):
    """A network with the initial weights of this number, or with copies of these parameters."""
    made = TwoLayerNet(2, hidden, 2, "sigmoid", weight_scale=1.0, seed=weights)
    for own, param in zip(made.params, params or made.params, strict=True):
        own[...] = param
    return made


def begin(hidden, weights):
    """The state before the first epoch: parameters, and loss and accuracy so far."""
    return measured(network(hidden, weights), np.empty((0, 2)))


def one_epoch(state, hidden, weights, rate):
    """The state after one more epoch, or None after the last one."""
    epoch = len(state["curves"])
    if epoch > LAST:
        return None
    net = network(hidden, weights, state["params"])
    train(net, X, T, rate, epochs=1, batch_size=BATCH, rng=np.random.default_rng((weights, epoch)), progress=False)
    return measured(net, state["curves"])


def measured(net, curves):
    """The network's parameters, and the curves (epochs + 1, 2) of loss and accuracy with one more point each."""
    scores = net.predict(X)
    here = softmax_cross_entropy(scores, T), np.mean(scores.argmax(axis=1) == T)
    return {"params": [param.copy() for param in net.params], "curves": np.vstack([curves, here])}


def draw(state, hidden, weights):
    """What the network says all over the plane and of each digit, its units' lines, and the curves."""
    net = network(hidden, weights, state["params"])
    W, b, after, _ = state["params"]
    loss, accuracy = state["curves"].T
    epochs = np.arange(len(loss))
    return {
        "region": {"shares": softmax(net.predict(PLANE))[:, 1].reshape(CELLS, CELLS)},
        "lines": {"weights": W, "biases": b, "counts": np.abs(after[:, 1] - after[:, 0])},
        **points_patch(X, T, net.predict(X).argmax(axis=1)),
        "loss": {"data": (epochs, loss)},
        "accuracy": {"data": (epochs, 100 * accuracy)},
        "readout": {
            "line": how_it_goes(epochs[-1], hidden, accuracy[-1]),
            **{"epoch": plural(epochs[-1], "epoch"), "right": 100 * accuracy[-1], "hidden": hidden},
        },
    }


def how_it_goes(epoch, hidden, accuracy):
    """The key of the sentence for this epoch."""
    if epoch == 0:
        return "start"
    if accuracy < GUESSING:
        return "guesses"
    if hidden == 1:
        return "one line"
    if accuracy < GOOD:
        return "two lines" if hidden == 2 else "on its way"
    return "strip"


AFTER = "After {epoch}, it gets {right:.0f}% of the 713 digits right. "

lopsided = Demo(
    title="Is it lopsided?",
    controls={
        "hidden": Slider(1, 8, value=4, step=1, label="hidden units"),
        "rate": Choice({f"{rate:g}": rate for rate in (0.03, 0.1, 0.3, 1.0, 3.0)}, value=0.3, label="η"),
        "weights": Button("new weights"),
    },
    figure=lopsided_figure,
    start=begin,
    advance=one_epoch,
    update=draw,
    readout={
        "start": "With its random initial weights, the network gets {right:.0f}% of the 713 digits right. It hasn't learned "
        "anything yet.",
        "guesses": AFTER + "That's hardly better than guessing.",
        "one line": AFTER + "One unit is one line, and no single line separates the colors.",
        "two lines": AFTER + "Two lines can make a strip, but whether they find it depends on the initial weights.",
        "on its way": AFTER + "Its {hidden} lines are still on their way.",
        "strip": AFTER
        + "Its lines separate the zeros and eights in the middle from the sixes on the left and the nines on the right.",
    },
)
