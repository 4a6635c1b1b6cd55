"""The neuron of lesson 4's map walks downhill on it, and its line turns at each step."""

import numpy as np

from nnlessons.derivatives.loss_map import BEST, HIGH, LOW, gradient, loss, map_of_loss, misread, neuron_patch, places
from nnlessons.drawing.arrow import arrow
from nnlessons.gradient_descent.figures import PATH, through
from nnlessons.live import Demo, Slider

__all__ = ["walking_neuron"]
__dir__ = __all__.copy  # what Tab shows after `walking_neuron.`

LAST = 100  # steps
HARDLY = 0.001  # a step that changes the loss by less than this hardly matters
START = {"w0": -2.0, "w1": 4.0}


def walk(state, rate):
    """The path (k, 2) one step longer, or None at its end."""
    if len(state) > LAST:
        return None
    return np.vstack([state, state[-1] - rate * gradient(state[-1])])


def draw_walk(state, rate):
    """The neuron at the end of its path, and the next step as an arrow."""
    here = state[-1]
    k, L = len(state) - 1, loss(state[-2:])
    return {
        **neuron_patch(here),
        "trail": {"data": through(state)},
        "slope": {"xy": arrow(here, -rate * gradient(here), size=2)},
        "readout": {
            "line": how_it_goes(here, k, *L[[0, -1]]),
            **{"k": k, "L": L[-1], "before": L[0], "wrong": misread(here), "rate": rate},
        },
    }


def how_it_goes(here, k, before, after):
    """The key of the sentence for the k-th step, which led here, and the loss from `before` to `after`."""
    if k == 0:
        return "start"
    if not (LOW < here.min() and here.max() < HIGH):
        return "outside"
    if round(after, 3) <= round(loss(np.array(BEST)), 3):
        return "arrived"
    return "up" if after - before > HARDLY else "down" if before - after > HARDLY else "hardly"


STEP = "Step {k}: the loss is {L:.3f}, and the neuron misreads {wrong} of 60. "

walking_neuron = Demo(
    title="The neuron walks downhill",
    controls={**places(**START, step=0.5), "rate": Slider(1, 200, value=2, step=1, label="η")},
    figure=lambda: map_of_loss({**PATH, "markersize": 4.5}),
    start=lambda w0, w1: np.array([[w0, w1]]),
    advance=walk,
    update=draw_walk,
    pointer={"map": lambda x, y: {"w0": x, "w1": y}},
    presets={
        "too small": {**START, "rate": 1},
        "just right": {**START, "rate": 10},
        "too large": {**START, "rate": 150},
    },
    readout={
        "start": STEP + "The arrow is its first step: η = {rate} times the negative gradient.",
        "down": STEP + "That's down from {before:.3f}.",
        "up": STEP + "That's up from {before:.3f}: the step led across the valley and up the other side.",
        "hardly": STEP + "That step hardly changed it.",
        "arrived": STEP + "Rounded, that's the lowest loss on this map.",
        "outside": STEP + "With η = {rate} that step led off the map.",
    },
)
