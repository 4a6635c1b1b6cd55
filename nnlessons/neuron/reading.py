"""The opening of lesson 0: a network that reads the digit you pick or draw, and that you can train again from nothing."""

import copy
import functools
from dataclasses import dataclass

import numpy as np

from nnlessons.drawing.digits import SIDE, probabilities_patch
from nnlessons.live import Button, Demo, Grid
from nnlessons.neuron.reading_figure import bars_and_accuracy
from nnlessons.reader.network import PIXELS, reader_network, untrained
from nnlessons.reader.scans import SCANS, buttons
from nnlessons.wording import percent, with_article
from nnlib.activations import softmax
from nnlib.datasets import digits
from nnlib.descent import SGD

__all__ = ["reader"]
__dir__ = __all__.copy  # what Tab shows after `reading.`

UPDATES, BATCH, RATE, LAST = 10, 50, 0.1, 1000  # between two pictures; samples in each; learning rate; when it's done
data = functools.cache(digits)


@dataclass(frozen=True)
class Reader:
    """A network after some updates, and the accuracies at the start and after each UPDATES of them; seed 0: the trained one."""

    network: object
    seed: int
    accuracies: tuple

    @property
    def updates(self):
        return UPDATES * (len(self.accuracies) - 1)


def measured(network, seed, before=()):
    """A Reader with this network, whose accuracy is measured on the test digits."""
    return Reader(network, seed, (*before, network.accuracy(*data()[1])))


def begin(runs):
    """The trained network, or for the run of that number one with random weights."""
    return measured(untrained(seed=runs) if runs else reader_network(), runs)


def train_on(state):
    """The network after a few more updates, or None at the end."""
    if state.updates == LAST:
        return None
    (x, t), _ = data()
    network, rng = copy.deepcopy(state.network), np.random.default_rng([state.seed, state.updates])
    optimizer = SGD(RATE)
    for rows in rng.integers(len(x), size=(UPDATES, BATCH)):
        optimizer.update(network.params, network.gradient(x[rows], t[rows]))
    return measured(network, state.seed, state.accuracies)


def show(state, cells):
    """Ten probabilities for the picture, and how the accuracy grew."""
    y = softmax(state.network.predict(np.reshape(cells, (1, PIXELS))))[0]
    best = y.argmax()
    percents = [100 * accuracy for accuracy in state.accuracies]
    line = "new" if state.seed else "more" if state.updates else "trained"
    curve = [] if line == "trained" else percents
    return {
        "bars": {**probabilities_patch(y), "words": [f"{100 * each:.0f}%" for each in y]},
        "curve": {"data": (UPDATES * np.arange(len(curve)), curve)},
        "now": {"data": ([state.updates] * len(curve[-1:]), curve[-1:])},
        "readout": {
            "line": line,
            **{
                "first": with_article(best),
                "sure": percent(y.max()),
                "updates": state.updates,
            },
            "percent": percents[-1],
        },
    }


reader = Demo(
    title="A network that reads digits",
    controls={"cells": Grid(SIDE, SIDE, value=SCANS["3"]), "runs": Button("Train a new one")},
    groups={"Your picture": ("cells",), "The network": ("runs",)},
    figure=bars_and_accuracy,
    start=begin,
    advance=train_on,
    update=show,
    readout={
        "trained": "The trained network reads this as {first}, and is {sure} sure.",
        "more": "After {updates} more updates it gets {percent:.0f}% right, of 355 digits that it never trained on. It takes "
        "your picture for {first}, and is {sure} sure.",
        "new": "After {updates} updates it gets {percent:.0f}% right, of 355 digits that it never trained on. It takes your "
        "picture for {first}, and is {sure} sure.",
    },
    presets=buttons(),
)
