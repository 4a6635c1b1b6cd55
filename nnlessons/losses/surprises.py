"""The losses of one neuron on single pictures: which three surprise it most?"""

import numpy as np

from nnlessons.digit_points import SIXTY_IN, sixty
from nnlessons.drawing.plane import line_patch, points_patch
from nnlessons.live import Demo, Slider
from nnlessons.losses.surprises_figure import plane_and_three_pictures
from nnlessons.wording import fixed, scientific
from nnlib.activations import sigmoid, step

__all__ = ["most_surprising"]
__dir__ = __all__.copy  # what Tab shows after `surprises.`

SHOWN = 3
NAMES = ("0", "9")
ARROW = 0.2  # how long weights of length 1 are in the plane
NUMBER = {"low": -10.0, "high": 10.0, "step": 0.1}
START = {"w0": 1.0, "w1": -1.0, "b": 0.5}
SURER = {"w0": 10.0, "w1": -10.0, "b": 5.0}  # the same line, with sums ten times as large
BEST = {"w0": 6.0, "w1": 9.3, "b": -5.1}  # of all that the sliders can be set to, the smallest loss


def chances(a, t):
    """The probability that a neuron with sums a (N,) gives to each right answer t (N,): sigmoid(a) for a 1, the rest for a 0."""
    return sigmoid(np.where(t == 1, a, -a))


def chance(p):
    """A probability in three digits, or in two with a power of ten: 0.0937, 2.4e−10."""
    return f"{p:#.3g}" if p >= 0.001 else scientific(p, 1)


def surprise(w0, w1, b):
    """The points and the neuron's line; the pictures with the largest losses, and what these are."""
    x, t, pictures = sixty()
    a = x @ [w0, w1] + b
    p = chances(a, t)
    losses = 0 - np.log(p)
    first = np.argsort(-losses, kind="stable")[:SHOWN]
    says = step(a).astype(int)
    patch = {
        **points_patch(x, t, says),
        **line_patch((w0, w1), b, middle=(0.5, 0.5), unit=ARROW, size=0.7),
        "picked": {"data": x[first].T},
        "leaders": {"points": x[first]},
        "labels": {"texts": [NAMES[t[number]] for number in first]},
        "chances": {"texts": [chance(p[number]) for number in first]},
        "losses": {"texts": [fixed(losses[number], 2) for number in first]},
    }
    for place, number in enumerate(first):
        patch[f"picture {place}"] = {"array": pictures[number].reshape(8, 8)}
    share = losses[first].sum() / losses.sum()
    readout = {"line": "some" if w0 or w1 else "blind", "wrong": (says != t).sum(), "all": len(t)}
    return {**patch, "readout": {**readout, "loss": losses.mean(), "share": 100 * share}}


SAYS = "The mean loss is {loss:.4f}, with {wrong} of {all} misread. "

most_surprising = Demo(
    title="The three biggest surprises",
    controls={
        "w0": Slider(**NUMBER, value=START["w0"], label="w₀"),
        "w1": Slider(**NUMBER, value=START["w1"], label="w₁"),
        "b": Slider(**NUMBER, value=START["b"], label="b"),
    },
    figure=lambda: plane_and_three_pictures(**SIXTY_IN, names=NAMES),
    update=surprise,
    presets={"the start of lesson 0": START, "the same line, ten times as sure": SURER, "the best line": BEST},
    readout={
        "some": SAYS + "These three pictures make up {share:.0f}% of the whole loss.",
        "blind": SAYS
        + "With both weights at 0, the neuron says the same to every picture, so others surprise it just as much.",
    },
)
