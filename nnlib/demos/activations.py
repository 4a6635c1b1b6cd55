"""Lesson 01: activation functions."""

import numpy as np

from nnlib.activations import ACTIVATIONS, sigmoid, sigmoid_derivative, step
from nnlib.figures.activations import curve_and_slope, moved_curve, two_curves
from nnlib.live import Choice, Demo, LogSlider, Slider

# -- step beside sigmoid ----------------------------------------------------------------------------------------------


def move_point_and_view(x, width):
    wide = width * np.linspace(-1, 1, 601)
    return {
        "axes": {"xlim": (-width, width)},
        "curve": {"data": (wide, sigmoid(wide))},
        "second": {"data": ([-width, 0, np.nan, 0, width], [0, 0, np.nan, 1, 1])},
        "guide": {"xdata": [x, x]},
        "point": {"data": ([x], [sigmoid(x)])},
        "second point": {"data": ([x], [step(x)])},
        "readout": {"x": x, "step": step(x), "sigmoid": sigmoid(x), "width": width},
    }


step_beside_sigmoid = Demo(
    title="Step and sigmoid, from near and from far",
    controls={
        "x": Slider(-6.0, 6.0, value=1.0, label="x"),
        "width": LogSlider(6, 600, value=6, label="view: ± x"),
    },
    figure=lambda: two_curves("sigmoid", "step"),
    update=move_point_and_view,
    readout="At x = {x:.1f} the step gives {step:.0f} and the sigmoid {sigmoid:.4f}. You see x from -{width:.0f} to {width:.0f}.",
)


# -- weight and bias --------------------------------------------------------------------------------------------------

X = np.linspace(-6, 6, 301)


def move_weight_and_bias(w, b):
    halfway = -b / w if w else np.nan  # a flat curve is nowhere halfway, or everywhere
    slope = w * sigmoid_derivative(0)
    half_length = 1.8 / np.hypot(1, 4 * slope)  # so that the tangent keeps its length on the screen
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
    controls={"w": Slider(-5.0, 5.0, value=1.0), "b": Slider(-5.0, 5.0, value=0.0)},
    figure=lambda: moved_curve(X, before=sigmoid(X)),
    update=move_weight_and_bias,
    readout={
        "usual": "w = {w:.1f}, b = {b:.1f}: the output is one half at x = {halfway:.2f}, with slope {slope:.3f} there.",
        "flat": "w = {w:.1f}, b = {b:.1f}: the output is {level:.3f} for every x.",
    },
)


# -- the gallery ------------------------------------------------------------------------------------------------------

NAMES = {"leaky_relu": "leaky ReLU", "relu": "ReLU", "elu": "ELU"}
AFTER_ZERO = 1e-9  # as good as the limit from the right
HALVES = np.concatenate([np.linspace(-4.3, 0, 161), [np.nan], np.linspace(AFTER_ZERO, 4.3, 160)])


def move_along(function, x):
    activation = ACTIVATIONS[function]
    value, slope = activation.function(x), activation.derivative(x)
    reach = 1.5 / np.hypot(1, slope)
    return {
        "formula": {"text": f"$h(x) = {activation.formula}$"},
        **curve_with_jump("value", activation.function),
        **curve_with_jump("slope", activation.derivative),
        "value guide": {"xdata": [x, x]},
        "slope guide": {"xdata": [x, x]},
        "tangent": {"data": ([x - reach, x + reach], [value - reach * slope, value + reach * slope])},
        "value point": {"data": ([x], [value])},
        "slope point": {"data": ([x], [slope])},
        "readout": {"name": NAMES.get(function, function), "x": x, "value": value, "slope": slope},
    }


def curve_with_jump(name, function):
    at, after = function(0.0), function(AFTER_ZERO)
    jumps = abs(after - at) > 0.01
    return {
        f"{name} curve": {"data": (HALVES, function(HALVES))},
        f"{name} at jump": {"data": ([0], [at]), "visible": jumps},
        f"{name} after jump": {"data": ([0], [after]), "visible": jumps},
    }


gallery = Demo(
    title="Seven activation functions and their slopes",
    controls={
        "function": Choice({NAMES.get(name, name): name for name in ACTIVATIONS}, value="sigmoid", label="h"),
        "x": Slider(-4.0, 4.0, value=1.0, step=0.05),
    },
    figure=curve_and_slope,
    update=move_along,
    readout="{name} at x = {x:.2f}: the value is {value:.3f}, the slope {slope:.3f}.",
)
