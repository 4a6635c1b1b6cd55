"""The demos of lesson 1: why a neuron needs a bend, the usual bends and their slopes, and what can go wrong with them."""

import re

import numpy as np

from nnlessons.activations.corners import any_curve
from nnlessons.activations.figures import (
    curve_and_slope,
    curves_of_layers,
    moved_curve,
    pieces_and_largest,
    shrinking_slopes,
    two_curves,
    unit_over_inputs,
)
from nnlessons.activations.warmer import warmer_colder
from nnlessons.live import Choice, Demo, LogSlider, Slider
from nnlib.activations import ACTIVATIONS, maxout, relu, sigmoid, sigmoid_derivative, step

__all__ = ["any_curve", "dead_relu", "gallery", "maxout_of_two", "step_beside_sigmoid", "three_curves", "three_layers"]
__all__ += ["vanishing", "warmer_colder", "weight_and_bias"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- step beside sigmoid ----------------------------------------------------------------------------------------------


def move_point_and_view(a, width):
    """A point on the sigmoid and one on the step function, seen from -width to width."""
    wide = width * np.linspace(-1, 1, 601)
    return {
        "axes": {"xlim": (-width, width)},
        "curve": {"data": (wide, sigmoid(wide))},
        "second": {"data": ([-width, 0, np.nan, 0, width], [0, 0, np.nan, 1, 1])},
        "guide": {"xdata": [a, a]},
        "point": {"data": ([a], [sigmoid(a)])},
        "second point": {"data": ([a], [step(a)])},
        "readout": {"a": a, "step": step(a), "sigmoid": sigmoid(a), "width": width},
    }


step_beside_sigmoid = Demo(
    title="Step and sigmoid, from near and from far",
    controls={
        "a": Slider(-6.0, 6.0, value=1.0, label="a"),
        "width": LogSlider(6, 600, value=6, label="view: ± a"),
    },
    figure=lambda: two_curves("sigmoid", "step"),
    update=move_point_and_view,
    readout="At a = {a:.1f}, the step says {step:.0f} and the sigmoid says {sigmoid:.4f}. The plot shows a from -{width:.0f} "
    "to {width:.0f}.",
)


# -- weight and bias --------------------------------------------------------------------------------------------------

X = np.linspace(-6, 6, 301)


def move_weight_and_bias(w, b):
    """The curve of sigmoid(w x + b), and its tangent where it is 1/2."""
    halfway = -b / w if w else np.nan  # a flat curve is nowhere halfway, or everywhere
    slope = w * sigmoid_derivative(0)
    half_length = 2.8 / np.hypot(1, 4 * slope)  # so that the tangent keeps its length on the screen
    return {
        "curve": {"data": (X, sigmoid(w * X + b))},
        "halfway": {"data": ([halfway], [0.5])},
        "tangent": {"data": (halfway + np.array([-1, 1]) * half_length, 0.5 + np.array([-1, 1]) * half_length * slope)},
        "readout": {
            "line": "usual" if w else "flat",
            **{"w": w, "b": b, "halfway": halfway, "slope": slope, "level": sigmoid(b)},
        },
    }


weight_and_bias = Demo(
    title="Weight and bias of a sigmoid",
    controls={"w": Slider(-5.0, 5.0, value=1.0), "b": Slider(-5.0, 5.0, value=-2.0)},
    figure=lambda: moved_curve(X, before=sigmoid(X - 2)),
    update=move_weight_and_bias,
    readout={
        "usual": "With w = {w:.1f} and b = {b:.1f}, the output is one half at x = {halfway:.2f}. Its slope there is {slope:.3f}.",
        "flat": "With w = {w:.1f} and b = {b:.1f}, x makes no difference: the output is {level:.3f} everywhere.",
    },
)


# -- functions with their slopes --------------------------------------------------------------------------------------

SEVEN = ("step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "identity")
NAMES = {"leaky_relu": "leaky ReLU", "relu": "ReLU", "elu": "ELU"}
SPOKEN = NAMES | {name: f"the {name}" for name in ("step", "sigmoid", "identity")}
AFTER_ZERO = 1e-9  # near enough for the limit from the right
HALVES = np.concatenate([np.linspace(-4.3, 0, 161), [np.nan], np.linspace(AFTER_ZERO, 4.3, 160)])


def move_along(function, a):
    """A function and its derivative, with a point on each at a and the tangent there."""
    activation = ACTIVATIONS[function]
    value, slope = activation.function(a), activation.derivative(a)
    reach = 2.2 / np.hypot(1, slope)
    return {
        "formula": {"text": f"$h(a) = {of_a(activation.formula)}$"},
        **curve_with_jump("value", activation.function),
        **curve_with_jump("slope", activation.derivative),
        "value guide": {"xdata": [a, a]},
        "slope guide": {"xdata": [a, a]},
        "tangent": {"data": ([a - reach, a + reach], [value - reach * slope, value + reach * slope])},
        "value point": {"data": ([a], [value])},
        "slope point": {"data": ([a], [slope])},
        "readout": {"name": SPOKEN.get(function, function), "a": a, "value": value, "slope": slope},
    }


def of_a(formula):
    """A formula in x as one in a: what goes into h is a unit's sum."""
    return re.sub(r"\bx\b", "a", formula)


def curve_with_jump(name, function):
    """A curve, and two dots at 0 if it jumps there: its value, and its limit from the right."""
    at, after = function(0.0), function(AFTER_ZERO)
    jumps = abs(after - at) > 0.01
    return {
        f"{name} curve": {"data": (HALVES, function(HALVES))},
        f"{name} at jump": {"data": ([0], [at]), "visible": jumps},
        f"{name} after jump": {"data": ([0], [after]), "visible": jumps},
    }


def curves_with_slopes(title, names, low, high):
    """A demo that shows one of these functions at a time, from low to high, beside its derivative."""
    return Demo(
        title=title,
        controls={
            "function": Choice({NAMES.get(name, name): name for name in names}, value="sigmoid", label="h"),
            "a": Slider(-4.0, 4.0, value=1.0, step=0.05),
        },
        figure=lambda: curve_and_slope(low, high),
        update=move_along,
        readout="At a = {a:.2f}, the value of {name} is {value:.3f}, and its slope is {slope:.3f}.",
    )


three_curves = curves_with_slopes("Sigmoid, tanh, and ReLU, with their slopes", ("sigmoid", "tanh", "relu"), -1, 2)
gallery = curves_with_slopes("Seven activation functions and their slopes", SEVEN, -4, 4)


# -- three layers -----------------------------------------------------------------------------------------------------


def line_for(w, function):
    """Which of the readouts fits."""
    if w == 0:
        return "zero"
    return "negative" if function == "relu" and w < 0 else function


def send_through_three_layers(w, function):
    """The outputs of three layers of one unit each, over x: h(w x), h(w h(w x)) and so on."""
    h = ACTIVATIONS[function].function
    one = h(w * X)
    two = h(w * one)
    three = h(w * two)
    return {
        "1": {"data": (X, one)},
        "2": {"data": (X, two)},
        "3": {"data": (X, three)},
        "readout": {"line": line_for(w, function), "w": w, "cubed": w**3, "one": h(w), "three": h(w * h(w * h(w)))},
    }


three_layers = Demo(
    title="Three layers of one unit each",
    controls={
        "w": Slider(-1.5, 1.5, value=0.8, step=0.05),
        "function": Choice({NAMES.get(name, name): name for name in ("identity", "tanh", "relu")}, label="h"),
    },
    figure=lambda: curves_of_layers((-6, 6), (-3, 3), count=3),
    update=send_through_three_layers,
    readout={
        "identity": "With w = {w:.2f}, the three layers together multiply x by {cubed:.3f}. That's one straight line.",
        "tanh": "With w = {w:.2f}, x = 1 leaves the first layer as {one:.3f} and the third as {three:.3f}. The curve bends.",
        "relu": "With w = {w:.2f}, x = 1 leaves the first layer as {one:.3f} and the third as {three:.3f}. The line has a "
        "corner.",
        "negative": "With w = {w:.2f}, no sum in the second layer is above 0, so that layer and the next one output 0 "
        "for every x.",
        "zero": "With w = 0, every layer outputs 0, whatever x is.",
    },
)


# -- maxout -----------------------------------------------------------------------------------------------------------


def choose_pieces(w0, b0, w1, b1):
    """Two straight pieces, and the larger of them at each x."""
    x = X[:, np.newaxis]
    largest = maxout(x, [[[w0]], [[w1]]], [[b0], [b1]])[:, 0]
    meet = (b1 - b0) / (w0 - w1) if w0 != w1 else np.nan
    return {
        "piece 0": {"data": (X, w0 * X + b0)},
        "piece 1": {"data": (X, w1 * X + b1)},
        "largest": {"data": (X, largest)},
        "readout": {
            "line": "usual" if w0 != w1 else "parallel" if b0 != b1 else "same",
            **{"w0": w0, "w1": w1, "meet": meet},
        },
    }


maxout_of_two = Demo(
    title="Maxout of two pieces",
    controls={
        "w0": Slider(-2.0, 2.0, value=0.5, label="w₀"),
        "b0": Slider(-2.0, 2.0, value=1.0, label="b₀"),
        "w1": Slider(-2.0, 2.0, value=-1.0, label="w₁"),
        "b1": Slider(-2.0, 2.0, value=0.0, label="b₁"),
    },
    figure=lambda: pieces_and_largest(count=2),
    update=choose_pieces,
    readout={
        "usual": "Your two pieces have slopes {w0:.1f} and {w1:.1f}, and they meet in a corner at x = {meet:.2f}.",
        "parallel": "Both pieces have slope {w0:.1f}. One is above the other everywhere, so there's no corner.",
        "same": "Both pieces are the same line, so there's no corner.",
    },
    presets={
        "ReLU": {"w0": 0.0, "b0": 0.0, "w1": 1.0, "b1": 0.0},
        "|x|": {"w0": -1.0, "b0": 0.0, "w1": 1.0, "b1": 0.0},
    },
)


# -- when it goes wrong -----------------------------------------------------------------------------------------------

LAYERS = np.arange(1, 21)


def multiply_slopes(function, a):
    """The slope at a to the power of 1, 2, ... layers."""
    slope = ACTIVATIONS[function].derivative(a)
    with np.errstate(under="ignore"):
        products = slope**LAYERS
    return {
        "points": {"data": (LAYERS, np.where(products > 0, products, np.nan))},
        "readout": {
            "line": "some" if slope > 0 else "none",
            **{"name": SPOKEN.get(function, function), "a": a, "slope": slope, "ten": products[9]},
        },
    }


vanishing = Demo(
    title="A slope through n layers",
    controls={
        "function": Choice(
            {NAMES.get(name, name): name for name in ("sigmoid", "tanh", "relu", "leaky_relu")}, label="h"
        ),
        "a": Slider(-6.0, 6.0, value=1.0, label="a"),
    },
    figure=lambda: shrinking_slopes(len(LAYERS)),
    update=multiply_slopes,
    readout={
        "some": "At a = {a:.1f}, the slope of {name} is {slope:.4f}. Multiply ten of them, and you get {ten:.2g}.",
        "none": "At a = {a:.1f}, the slope of {name} is 0, and it stays 0 through any number of layers.",
    },
)

INPUTS = np.linspace(-2.5, 2.5, 21)


def send_inputs(w, b):
    """A ReLU unit over its inputs, and which of these get through."""
    a = w * INPUTS + b
    through = a > 0
    count = int(through.sum())
    return {
        "curve": {"data": (X, relu(w * X + b))},
        "through": {"data": (INPUTS[through], relu(a[through]))},
        "silent": {"data": (INPUTS[~through], relu(a[~through]))},
        "readout": {"line": "alive" if count else "dead", "w": w, "b": b, "count": count, "all": len(INPUTS)},
    }


dead_relu = Demo(
    title="A ReLU unit and its inputs",
    controls={"w": Slider(-2.0, 2.0, value=1.0), "b": Slider(-6.0, 3.0, value=0.0)},
    figure=lambda: unit_over_inputs((-3, 5), (-0.5, 4)),
    update=send_inputs,
    readout={
        "alive": "With w = {w:.1f} and b = {b:.1f}, the unit lets {count} of its {all} inputs through.",
        "dead": "With w = {w:.1f} and b = {b:.1f}, the unit is dead: for each of its {all} inputs, the output is 0 and so is the "
        "slope.",
    },
    presets={"alive": {"w": 1.0, "b": 0.0}, "dead": {"w": 1.0, "b": -4.0}},
)
