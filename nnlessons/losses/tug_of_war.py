"""Softmax and cross entropy as a tug of war: each score is pulled by what its output lacks, or has too much."""

import numpy as np

from nnlessons.live import Choice, Demo, Slider
from nnlessons.losses.tug_figure import bars_and_pulls, pulls_patch
from nnlessons.wording import fixed
from nnlib.activations import softmax
from nnlib.losses import softmax_cross_entropy, softmax_cross_entropy_gradient

__all__ = ["tug_of_war"]
__dir__ = __all__.copy  # what Tab shows after `tug_of_war.`

WEAK = 0.05  # when all pulls are below this, the tug is over


def begin(s0, s1, s2):
    """(the scores (3,), the class that was pulled up by the latest step)."""
    return np.array([s0, s1, s2]), None


def pull(state, label, rate):
    """The state after each score has moved by `rate` times its pull, t - y. None if it's over, after a step at least."""
    s, pulled_up = state
    slopes = softmax_cross_entropy_gradient(s, label)
    if label == pulled_up and is_over(slopes):
        return None
    return s - rate * slopes, label


def is_over(slopes):
    """Whether hardly any pull is left."""
    return np.abs(slopes).max() < WEAK


def draw(state, label):
    """The scores and their pulls; the outputs and their targets."""
    s, _ = state
    y, t, slopes = softmax(s), np.eye(3)[label], softmax_cross_entropy_gradient(s, label)
    return {
        **pulls_patch(s, y, t, [signed(number) for number in -slopes]),
        "scores": {"texts": [fixed(number, 2) for number in s]},
        "outputs": {"texts": [fixed(number, 2) for number in y]},
        "targets": {"texts": [f"t = {number:.0f}" for number in t]},
        "right": {"texts": ["right class" if number else "" for number in t]},
        "readout": {
            "line": "over" if is_over(slopes) else "tug",
            "loss": softmax_cross_entropy(s, label),
            "y": y,
            "slopes": slopes,
        },
    }


def signed(number):
    """A number with two digits after the point and its sign: +0.76, −0.67, 0.00."""
    text = fixed(number, 2)
    return f"+{text}" if float(f"{number:.2f}") > 0 else text


STATE = "y = ({y[0]:.3f}, {y[1]:.3f}, {y[2]:.3f}), so the loss is {loss:.3f}. "
SLOPES = "the slopes y \N{MINUS SIGN} t are ({slopes[0]:.3f}, {slopes[1]:.3f}, {slopes[2]:.3f})"

tug_of_war = Demo(
    title="A tug of war between the scores",
    controls={
        "s0": Slider(-5.0, 5.0, value=2.0, label="s₀"),
        "s1": Slider(-5.0, 5.0, value=1.0, label="s₁"),
        "s2": Slider(-5.0, 5.0, value=0.0, label="s₂"),
        "label": Choice({"0": 0, "1": 1, "2": 2}, value=1, label="right class"),
        "rate": Slider(0.1, 1.0, value=0.1, label="step size η"),
    },
    groups={"Scores": ("s0", "s1", "s2"), "Target": ("label",), "Each step": ("rate",)},
    figure=bars_and_pulls,
    start=begin,
    advance=pull,
    update=draw,
    readout={
        "tug": STATE + "T" + SLOPES[1:] + ", and each arrow pulls the other way.",
        "over": STATE + "Hardly any pull is left: " + SLOPES + ".",
    },
)
