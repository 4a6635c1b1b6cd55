"""The opening of lesson 1: find the weight of one neuron by "warmer, colder", with a step and with a sigmoid."""

import numpy as np

from nnlessons.activations.warmer_figure import error_and_magnified
from nnlessons.live import Check, Choice, Demo, Slider
from nnlib.activations import ACTIVATIONS

__all__ = ["warmer_colder"]
__dir__ = __all__.copy  # what Tab shows after `warmer.`

X, B = -0.8, -2.0  # the neuron's only input, and its bias
NUDGE, GOAL = 0.1, 0.05  # how far away its neighbors are, and the error at which w is found
JUMP = -B / X  # the w at which the sum is 0
W = np.linspace(-8, 8, 321)


def error(w, function):
    """How far the neuron's output is from 1."""
    return 1 - ACTIVATIONS[function].function(w * X + B)


def curve(function):
    """The error over all w, as (w, errors); the step's has a gap at its jump."""
    if function == "step":
        return [W[0], JUMP, np.nan, JUMP, W[-1]], [0, 0, np.nan, 1, 1]
    return W, error(W, function)


def digits_that_differ(numbers):
    """How many digits after the point, 3 at least, show that these numbers differ."""
    digits = 3
    while len(set(np.round(numbers, digits))) < len(numbers):
        digits += 1
    return digits


def compared(other, here):
    """What to call a place with the error `other`, beside one with the error `here`."""
    return "warmer" if other < here else "colder" if other > here else "no change"


def nudge(w, function, whole):
    """The error at w, and at 0.1 to its left and right."""
    left, here, right = errors = error(w + NUDGE * np.array([-1, 0, 1]), function)
    digits = 0 if function == "step" else digits_that_differ(errors)
    texts = [f"{each:.{digits}f}" for each in errors]
    hint = left != here or right != here
    return {
        "curve": {"data": curve(function), "visible": whole},
        "here": {"data": ([w], [here])},
        "magnified": {"differences": errors - here},
        "errors": {"texts": texts},
        "sides": {"texts": [compared(left, here), compared(right, here)]},
        "readout": {
            "line": "found" if here < GOAL else "hint" if hint else "none",
            **{"z": f"{1 - here:.{digits}f}", "left": texts[0], "here": texts[1], "right": texts[2]},
        },
    }


SAYS = "The neuron says {z}, and the right answer is 1. "

warmer_colder = Demo(
    title="Warmer or colder?",
    controls={
        "w": Slider(-8.0, 8.0, value=4.0),
        "function": Choice({"step": "step", "sigmoid": "sigmoid"}, label="the neuron's h"),
        "whole": Check(label="show the whole curve"),
    },
    figure=lambda: error_and_magnified((W[0], W[-1]), GOAL),
    update=nudge,
    readout={
        "none": SAYS + "Its error is {here}. With w 0.1 larger or 0.1 smaller, it stays {here}. No hint.",
        "hint": SAYS + "Its error is {here}. If w were 0.1 larger, it would be {right}; if 0.1 smaller, {left}. So "
        "smaller is warmer.",
        "found": "Found it! " + SAYS + "The error is down to {here}.",
    },
)
