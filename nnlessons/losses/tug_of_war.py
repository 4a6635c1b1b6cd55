"""Softmax and a loss as a tug of war between the scores: with the cross entropy, each is pulled by what its output lacks."""

import numpy as np

from nnlessons.live import Choice, Demo, Slider
from nnlessons.losses.tug_figure import bars_and_pulls, pulls_patch
from nnlessons.wording import fixed
from nnlib.activations import softmax
from nnlib.losses import half_sum_squared_error, softmax_cross_entropy, softmax_cross_entropy_gradient

__all__ = ["tug_of_war"]
__dir__ = __all__.copy  # what Tab shows after `tug_of_war.`

WEAK = 0.05  # when all pulls are below this, the tug is over


def begin(s0, s1, s2, loss):
    """(the scores (3,), the class that was pulled up by the latest step)."""
    return np.array([s0, s1, s2]), None


def loss_and_slopes(s, label, loss):
    """The loss and its slopes for the scores:  y - t for the cross entropy, J^T (y - t) for the squared error of softmax."""
    if loss == "entropy":
        return softmax_cross_entropy(s, label), softmax_cross_entropy_gradient(s, label)
    y, t = softmax(s), np.eye(3)[label]
    return half_sum_squared_error(y, t), y * (y - t - y @ (y - t))


def pull(state, label, loss, rate):
    """The state after each score has moved by `rate` times its pull. None if it's over, after a step at least."""
    s, pulled_up = state
    _, slopes = loss_and_slopes(s, label, loss)
    if label == pulled_up and is_over(slopes):
        return None
    return s - rate * slopes, label


def is_over(slopes):
    """Whether hardly any pull is left."""
    return np.abs(slopes).max() < WEAK


def draw(state, label, loss):
    """The scores and their pulls; the outputs and their targets."""
    s, _ = state
    y, t = softmax(s), np.eye(3)[label]
    value, slopes = loss_and_slopes(s, label, loss)
    line = "tug" if not is_over(slopes) else "over" if y[label] > 0.5 else "stuck"
    return {
        **pulls_patch(s, y, t, -slopes, [signed(number) for number in -slopes]),
        "scores": {"texts": [fixed(number, 2) for number in s]},
        "outputs": {"texts": [fixed(number, 2) for number in y]},
        "targets": {"texts": [f"t = {number:.0f}" for number in t]},
        "right": {"texts": ["right class" if number else "" for number in t]},
        "readout": {
            "line": line if loss == "entropy" or line == "stuck" else f"{line} of squares",
            "loss": value,
            "y": y,
            "slopes": slopes,
        },
    }


def signed(number):
    """A number with two digits after the point and its sign: +0.76, −0.67, 0.00."""
    text = fixed(number, 2)
    return f"+{text}" if float(f"{number:.2f}") > 0 else text


STATE = "y = ({y[0]:.3f}, {y[1]:.3f}, {y[2]:.3f}), so the loss is {loss:.3f}. "
THREE = "({slopes[0]:.3f}, {slopes[1]:.3f}, {slopes[2]:.3f})"
SLOPES = "the slopes y \N{MINUS SIGN} t are " + THREE

tug_of_war = Demo(
    title="A tug of war between the scores",
    controls={
        "s0": Slider(-5.0, 5.0, value=2.0, label="s₀"),
        "s1": Slider(-5.0, 5.0, value=1.0, label="s₁"),
        "s2": Slider(-5.0, 5.0, value=0.0, label="s₂"),
        "label": Choice({"0": 0, "1": 1, "2": 2}, value=1, label="right class"),
        "loss": Choice({"cross entropy": "entropy", "squared error": "squares"}, label=" "),
        "rate": Slider(0.1, 1.0, value=0.1, label="η"),
    },
    groups={"Scores": ("s0", "s1", "s2"), "Target": ("label",), "Loss": ("loss",), "Each step": ("rate",)},
    figure=bars_and_pulls,
    start=begin,
    advance=pull,
    update=draw,
    readout={
        "tug": STATE + "T" + SLOPES[1:] + ", and each arrow pulls the other way.",
        "over": STATE + "Hardly any pull is left: " + SLOPES + ".",
        "tug of squares": STATE + "The slopes are " + THREE + ", and each arrow pulls the other way.",
        "over of squares": STATE + "Hardly any pull is left: the slopes are " + THREE + ".",
        "stuck": STATE + "That's wrong, but hardly anything pulls: the slopes are " + THREE + ".",
    },
    presets={"confident and wrong": {"s0": 5.0, "s1": -5.0, "s2": -5.0, "label": 1}},
)
