"""The demos of lesson 0 in which one neuron draws a line: between zeros and nines, lopsided digits, and a square's corners."""

import functools

import numpy as np

from nnlessons.drawing.plane import line_patch, points_patch
from nnlessons.live import Choice, Demo, Slider, Stepper
from nnlessons.neuron.line_figures import corners_and_line, plane_and_picture
from nnlib.activations import step
from nnlib.datasets import lopsided, zeros_and_nines
from nnlib.losses import sigmoid_cross_entropy_gradient

__all__ = ["gates", "lopsided_or_not", "zero_or_nine"]
__dir__ = __all__.copy  # what Tab shows after `lines.`

EVERY = 6  # of each digit, each sixth scan
RATE, LAST = 1.0, 200  # the learning rate of the machine's try, and its steps
ARROW = 0.4  # how long weights of length 1 are in a plane
sixty, lopsided_ones = (functools.cache(functools.partial(data, EVERY)) for data in (zeros_and_nines, lopsided))

# -- measurements of digits -------------------------------------------------------------------------------------------


def begin(w0, w1, b):
    """The three numbers (3,) that the reader has chosen."""
    return np.array([w0, w1, b])


def improve(state, data):
    """The three numbers after one step downhill on the neuron's loss (lesson 5), for the points of `data`."""
    (x, t, _), (w, b) = data(), np.split(state, [2])
    gradient = sigmoid_cross_entropy_gradient((x @ w + b)[:, np.newaxis], t[:, np.newaxis])[:, 0]
    return state - RATE * np.append(x.T @ gradient, gradient.sum())


def draw(state, picture, data, names):
    """The points of `data` and the neuron's line; the picked one's picture, what it is, and what the neuron says."""
    (x, t, pictures), (w0, w1, b) = data(), state
    says = step(x @ state[:2] + b).astype(int)
    wrong = int((says != t).sum())
    return {
        **points_patch(x, t, says, picture),
        **line_patch((w0, w1), b, unit=ARROW),
        "picture": {"array": pictures[picture].reshape(8, 8)},
        "is": {"text": names[t[picture]]},
        "says": {"text": names[says[picture]]},
        "readout": {
            **{"w0": w0, "w1": w1, "b": b, "wrong": wrong, "all": len(t)},
            **{"x0": x[picture, 0], "x1": x[picture, 1], "a": x[picture] @ state[:2] + b},
        },
    }


def question(title, data, names, count):
    """A demo with three sliders and a try of the machine's own."""
    number = {"low": -8.0, "high": 8.0, "step": 0.1}
    return Demo(
        title=title,
        controls={
            "w0": Slider(**number, value=1.0, label="w₀"),
            "w1": Slider(**number, value=-1.0, label="w₁"),
            "b": Slider(**number, value=0.5, label="b"),
            "picture": Stepper(count - 1, label="picture"),
        },
        groups={"The neuron": ("w0", "w1", "b"), "Look at one": ("picture",)},
        figure=plane_and_picture,
        start=begin,
        advance=lambda state: improve(state, data),
        update=lambda state, picture: draw(state, picture, data, names),
        readout="w₀ = {w0:.2f}, w₁ = {w1:.2f}, b = {b:.2f}: {wrong} of {all} misread. The picture is at ({x0:.2f}, {x1:.2f}), "
        "and its sum is {a:.2f}.",
    )


zero_or_nine = question("0 or 9?", sixty, ("0", "9"), 60)
lopsided_or_not = question("Lopsided or not?", lopsided_ones, ("no", "yes"), 120)

# -- AND, NAND, OR and XOR --------------------------------------------------------------------------------------------

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
GATES = {"AND": (0, 0, 0, 1), "NAND": (1, 1, 1, 0), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}
NUMBER = {"low": -2.0, "high": 2.0, "step": 0.1}


def draw_gate(gate, w0, w1, b):
    """The four corners with the outputs of a gate, and the line of the neuron."""
    t = np.array(GATES[gate])
    says = step(
        (CORNERS @ [w0, w1] + b).round(9)
    )  # 0.1 + 0.2 - 0.3 isn't 0 on a computer, and the reader sees one digit
    wrong = (says != t).sum()
    return {
        **points_patch(CORNERS, t, says),
        **line_patch((w0, w1), b, middle=(0.5, 0.5), unit=0.35),
        "readout": {"line": "some" if wrong else "all", "gate": gate, "w0": w0, "w1": w1, "b": b, "right": 4 - wrong},
    }


gates = Demo(
    title="AND, NAND, OR and XOR",
    controls={
        "gate": Choice({gate: gate for gate in GATES}),
        "w0": Slider(**NUMBER, value=1.0, label="w₀"),
        "w1": Slider(**NUMBER, value=1.0, label="w₁"),
        "b": Slider(**NUMBER, value=-0.5, label="b"),
    },
    figure=corners_and_line,
    update=draw_gate,
    readout={
        "some": "{gate} with w₀ = {w0:.1f}, w₁ = {w1:.1f}, b = {b:.1f}: {right} of 4 corners right.",
        "all": "{gate} with w₀ = {w0:.1f}, w₁ = {w1:.1f}, b = {b:.1f}: all 4 corners right!",
    },
)
