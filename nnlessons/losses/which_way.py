"""The opening of lesson 3: one weight of a layer, and two measures of how wrong the layer is."""

import functools

import numpy as np

from nnlessons.live import Choice, Demo, Slider
from nnlessons.losses.which_way_figure import classes_and_plots, classes_patch, regions_patch, three
from nnlessons.wording import fixed
from nnlib.losses import softmax_cross_entropy

__all__ = ["accuracy_and_loss", "hundred_samples", "which_way"]
__dir__ = __all__.copy  # what Tab shows after `which_way.`

NUDGE = 0.01  # a step of the slider
ALONG = np.linspace(-4.3, 4.3, 1721)
SPANS = {  # of the numbers on each axis; in the close-up, how far they are from where we are
    "near": {"w": (-0.1, 0.1), "accuracy": (-5, 5), "loss": (-0.07, 0.07)},
    "all": {"w": (-4, 4), "accuracy": (0, 100), "loss": (0, 3)},
}
DIGITS = {"near": {"w": 2, "accuracy": 0, "loss": 3}, "all": {"w": 0, "accuracy": 0, "loss": 1}}


def hundred_samples():
    """100 samples in three clouds, the same each time: x (100, 2), and the cloud of each as its label, t (100,)."""
    t = np.arange(100) % 3
    middles = np.array([[-1, 0], [1, 0], [0, 1]])
    return middles[t] + 0.5 * np.random.default_rng(7).normal(size=(100, 2)), t


def layer(w):
    """The weights W (2, 3) of a layer of three units without biases, one of which is w."""
    return np.array([[w, 1, 0], [-0.5, 0, 1]])


def accuracy_and_loss(weights):
    """For each w the accuracy in percent and the loss of a layer of three units, one of whose weights is w."""
    x, t = hundred_samples()
    scores = [x @ layer(w) for w in weights]
    accuracy = [100 * (s.argmax(axis=1) == t).mean() for s in scores]
    return accuracy, [softmax_cross_entropy(s, t) for s in scores]


@functools.cache
def curves():
    """The accuracies and the losses (2, n) over all of ALONG (n,)."""
    return np.array(accuracy_and_loss(ALONG))


def turn(w, plots):
    """The layer's regions and the points in them; both curves, around w or as a whole; both measures at w and beside it."""
    w = round(w, 2)
    (x, t), W = hundred_samples(), layer(w)
    accuracies, losses = accuracy_and_loss([w - NUDGE, w, w + NUDGE])
    here = {"w": w, "accuracy": accuracies[1], "loss": losses[1]}
    origin = here if plots == "near" else dict.fromkeys(here, 0.0)
    patch = {**regions_patch(W), **classes_patch(x, t, (x @ W).argmax(axis=1))}
    for name, curve in zip(("accuracy", "loss"), curves(), strict=True):
        patch[name] = {"data": (ALONG - origin["w"], curve - origin[name])}
        patch[f"{name} here"] = {"data": ([w - origin["w"]], [here[name] - origin[name]])}
    for name in here:
        texts = [fixed(origin[name] + number, DIGITS[plots][name]) for number in three(SPANS[plots][name])]
        patch[f"{name} ticks"] = {"texts": texts}
    patch["accuracy is"] = {"text": f"{here['accuracy']:.0f}%"}
    patch["loss is"] = {"text": fixed(here["loss"], 5)}
    line = "slope" if np.ptp(np.round(losses, 5)) else "lowest"
    return {**patch, "readout": {"line": line, "accuracy": accuracies, "loss": losses}}


SAYS = (
    "Accuracy {accuracy[1]:.0f}%, loss {loss[1]:.5f}. With w 0.01 smaller: {accuracy[0]:.0f}% and {loss[0]:.5f}. "
    "With w 0.01 larger: {accuracy[2]:.0f}% and {loss[2]:.5f}."
)

which_way = Demo(
    title="Which way should I turn it?",
    controls={
        "w": Slider(-4.0, 4.0, value=2.0, step=0.01),
        "plots": Choice({"close-up": "near", "all of w": "all"}),
    },
    figure=lambda plots: classes_and_plots(SPANS[plots]),
    update=turn,
    readout={"slope": SAYS, "lowest": SAYS + " The loss is as low as it gets."},
)
