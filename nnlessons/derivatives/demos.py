"""The demos of lesson 4: zooming in, secants and tangents, numerical derivatives, gradients on a landscape, the chain rule."""

import numpy as np

from nnlessons.derivatives.bowl_zoom import zoom_in_two
from nnlessons.derivatives.gears import gears
from nnlessons.derivatives.landscape import MAP, SURFACE, Projection, box_of, surface_beside_map
from nnlessons.derivatives.loss_map import loss_map
from nnlessons.derivatives.slope_figures import (
    bar_from_0,
    errors_over_eps,
    secant_and_tangent,
    three_number_lines,
    wedge_between,
)
from nnlessons.derivatives.zoom import zoom
from nnlessons.drawing.arrow import arrow
from nnlessons.live import Choice, Demo, LogSlider, Slider
from nnlessons.wording import MINUS, fixed, parenthesised
from nnlib.activations import sigmoid, sigmoid_derivative

__all__ = ["bowl", "chain", "error_over_eps", "gears", "landscape", "loss_map", "secant", "zoom", "zoom_in_two"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- a secant that becomes the tangent --------------------------------------------------------------------------------

X = np.linspace(-10.5, 20.5, 311)
CURVES = {  # name -> (function, derivative)
    "parabola": (lambda x: 0.01 * x**2 + 0.1 * x, lambda x: 0.02 * x + 0.1),
    "wave": (lambda x: 3 + 2 * np.sin(x / 2), lambda x: np.cos(x / 2)),
}


SEEN = {"distance": 2.0, "climb": 1.0}  # how long a step must be for its name to fit beside it
ROOM = 17.0  # the largest x at which a name fits to the right


def draw_secant(curve, way, x, eps):
    """A secant of width eps, or 2 eps if it is central, and the tangent at x."""
    f, derivative = CURVES[curve]
    left, right = (x - eps, x + eps) if way == "central" else (x, x + eps)
    below, above, width = f(left), f(right), 2 * eps if way == "central" else eps
    quotient, slope = (above - below) / width, derivative(x)
    view, side = X[[0, -1]], 1 if above > below else -1
    return {
        "curve": {"data": (X, f(X))},
        "steps": {"data": ([left, right, right], [below, below, above])},
        "distance": {
            "text": "2 ε" if way == "central" else "ε",
            "position": ((left + right) / 2, below - 0.55 * side),
            "visible": width >= SEEN["distance"],
        },
        "climb": {
            "text": "climb" if above > below else "drop",
            "position": (right - 0.5 if right > ROOM else right + 0.5, below + 0.35 * side),
            "horizontalalignment": "right" if right > ROOM else "left",
            "visible": abs(above - below) >= SEEN["climb"],
        },
        "secant": {"data": (view, below + quotient * (view - left))},
        "tangent": {"data": (view, f(x) + slope * (view - x))},
        "ends": {"data": ([left, right], [below, above])},
        "here": {"data": ([x], [f(x)])},
        "readout": {
            "line": way,
            **{"x": x, "left": left, "right": right, "width": width, "quotient": quotient, "slope": slope},
            **{"above": f"{above:.5f}", "below": f"{below:.5f}" if below > -5e-6 else f"({below:.5f})"},
        },
    }


SLOPES = f"y goes from {{below}} to {{above}}, and ({{above}} {MINUS} {{below}}) / {{width:.4g}} = {{quotient:.4f}}. "
SLOPES += "The tangent at x = {x:.1f} has slope {slope:.4f}."
secant = Demo(
    title="A secant and the tangent",
    controls={
        "x": Slider(0.0, 10.0, value=5.0, step=0.5),
        "eps": LogSlider(0.01, 10, value=10, label="ε"),
        "way": Choice({"from x to x + ε": "forward", f"from x {MINUS} ε to x + ε": "central"}, label="secant"),
        "curve": Choice({"0.01 x² + 0.1 x": "parabola", "3 + 2 sin(x / 2)": "wave"}, label="y"),
    },
    figure=lambda: secant_and_tangent((X[0], X[-1]), (-1.5, 7.5)),
    update=draw_secant,
    readout={
        "forward": "From x = {left:.1f} to x + ε = {right:.4g}, " + SLOPES,
        "central": f"From x {MINUS} ε = {{left:.4g}} to x + ε = {{right:.4g}}, " + SLOPES,
    },
)

# -- the error over eps -----------------------------------------------------------------------------------------------

EPS = np.logspace(-18, 0, 181)
LOWEST = 1e-17  # of the picture
FUNCTIONS = {  # name -> (function, place, slope there)
    "sigmoid": (sigmoid, 1.0, float(sigmoid_derivative(1.0))),
    "cube": (lambda x: x**3, 1.0, 3.0),
    "parabola": (CURVES["parabola"][0], 5.0, 0.2),
}


def quotients(function, eps):
    """The forward and the central difference of a function at its place."""
    f, x, _ = FUNCTIONS[function]
    return (f(x + eps) - f(x)) / eps, (f(x + eps) - f(x - eps)) / (2 * eps)


def draw_errors(function):
    """(figure, parts): the errors of both differences over all eps."""
    slope = FUNCTIONS[function][2]
    return errors_over_eps(EPS, *(np.abs(quotient - slope) for quotient in quotients(function, EPS)), LOWEST)


def move_eps(function, eps):
    """The errors of both differences at this eps."""
    slope = FUNCTIONS[function][2]
    forward, central = (float(quotient) for quotient in quotients(function, eps))
    errors = {"forward": abs(forward - slope), "central": abs(central - slope)}
    patch = {f"{name} point": {"data": ([eps], [max(error, LOWEST)])} for name, error in errors.items()}
    numbers = {"eps": eps, "slope": slope, "forward": forward, "central": central}
    in_words = {f"{name} error": f"{error:.1e}" if error else "0" for name, error in errors.items()}
    return {**patch, "guide": {"xdata": [eps, eps]}, "readout": {**numbers, **in_words}}


error_over_eps = Demo(
    title="The error of a slope found by nudging",
    controls={
        "eps": LogSlider(1e-18, 1, value=0.1, steps=1, label="ε"),
        "function": Choice(
            {"sigmoid(x) at x = 1": "sigmoid", "x³ at x = 1": "cube", "0.01 x² + 0.1 x at x = 5": "parabola"}, label="f"
        ),
    },
    figure=draw_errors,
    update=move_eps,
    readout="ε = {eps:.3g}: the slope is {slope:.9f}. The forward difference is {forward:.9f}, off by {forward error}. "
    "The central difference is {central:.9f}, off by {central error}.",
)

# -- a landscape ------------------------------------------------------------------------------------------------------

SURFACES = {  # name -> (function, its two partial derivatives, what its picture has)
    "bowl": (
        lambda x0, x1: x0**2 + x1**2,
        lambda x0, x1: (2 * x0, 2 * x1),
        {
            "levels": range(8, 72, 8),
            "labels": [(-0.7 * r, 0.7 * r) for r in (4, 5.66, 6.93)],  # on every second line
            "formula": "$f = x_0^2 + x_1^2$",
            "minimum": True,
        },
    ),
    "valley": (
        lambda x0, x1: x0**2 / 20 + x1**2,
        lambda x0, x1: (x0 / 10, 2 * x1),
        {
            "levels": [1, 4, 9, 16, 25],
            "labels": [(-1.2, r) for r in range(1, 6)],
            "formula": "$f = x_0^2\\,/\\,20 + x_1^2$",
            "minimum": True,
            "floor": True,
        },
    ),
    "saddle": (
        lambda x0, x1: x0**2 - x1**2,
        lambda x0, x1: (2 * x0, -2 * x1),
        {
            "levels": [-25, -16, -9, -4, -1, 0, 1, 4, 9, 16, 25],
            "labels": [(3, 3), *((a * r, b * r) for r in range(1, 6) for a, b in ((-0.35, -1.06), (-1.06, -0.35)))],
            "formula": "$f = x_0^2 - x_1^2$",
        },
    ),
}
BOXES = {name: box_of(function) for name, (function, *_) in SURFACES.items()}
LENGTH = 0.97  # of the arrow for a gradient of length 1


def draw_landscape(surface):
    """(figure, parts) of a surface and its map."""
    function, _, looks = SURFACES[surface]
    return surface_beside_map(function, **looks)


def move_on_surface(surface, x0, x1, sign, around, above):
    """A point on a surface and on its map, with the gradient there, or its negative if `sign` is -1."""
    function, partials, _ = SURFACES[surface]
    here, gradient, f = np.array([x0, x1]), np.array(partials(x0, x1)), function(x0, x1)
    direction = sign * gradient
    length = float(np.hypot(*gradient))
    ahead = direction / length if length else np.zeros(2)
    drawn = LENGTH * np.cbrt(length) * ahead  # so short ones are seen, and long ones fit on the map
    beyond = here + 4 * MAP * ahead  # far outside the map
    view, box = Projection(around, above), BOXES[surface]
    start = box.place(x0, x1, f)
    uphill = box.place(*(here + ahead), f + gradient @ ahead) - start  # along the surface
    uphill *= np.hypot(*drawn) / SURFACE / (np.linalg.norm(uphill) or 1)
    spot = view.on_page(start)
    return {
        "surface": {"around": around, "above": above, "box": box},
        "scale": {"around": around, "above": above},
        "point on surface": {"data": ([spot[0]], [spot[1]])},
        "arrow on surface": {"xy": arrow(spot, view.on_page(uphill), size=0.3)},
        "point": {"data": ([x0], [x1])},
        "line": {"data": ([x0, beyond[0]], [x1, beyond[1]])},
        "arrow": {"xy": arrow(here, drawn)},
        "readout": {
            "line": "flat" if length == 0 else "uphill" if sign > 0 else "downhill",
            **{"x0": x0, "x1": x1, "f": f, "g0": gradient[0], "g1": gradient[1], "length": length},
            "direction": f"({direction[0] + 0.0:.2f}, {direction[1] + 0.0:.2f})",
        },
    }


def place_controls(x0, x1):
    """The sliders that move the point, from these start values."""
    return {
        "x0": Slider(-4.0, 4.0, value=x0, step=0.5, label="x₀"),
        "x1": Slider(-4.0, 4.0, value=x1, step=0.5, label="x₁"),
    }


def arrow_and_view(sign):
    """The controls for the arrow, which starts with this sign, and for the view."""
    return {
        "sign": Choice({"the gradient": 1, "its negative": -1}, value=sign, label="arrow"),
        "around": Slider(-90, 90, value=30, step=5, label="view: around"),
        "above": Slider(0, 90, value=40, step=5, label="view: above"),
    }


GRADIENT = "At ({x0:.1f}, {x1:.1f}) f is {f:.2f}. ∂f/∂x₀ is {g0:.2f} and ∂f/∂x₁ is {g1:.2f}: the gradient is ({g0:.2f}, {g1:.2f})"
IN_WORDS = {
    "uphill": GRADIENT + ", of length {length:.2f}. The arrow shows it.",
    "downhill": GRADIENT + ", of length {length:.2f}. The arrow shows its negative, {direction}.",
    "flat": GRADIENT + ", and there is no arrow.",
}

bowl = Demo(
    title="A round bowl and its gradient",
    controls={**place_controls(1.5, 2.0), **arrow_and_view(1)},
    figure=lambda: draw_landscape("bowl"),
    update=lambda x0, x1, sign, around, above: move_on_surface("bowl", x0, x1, sign, around, above),
    readout=IN_WORDS,
)

landscape = Demo(
    title="A long valley and other landscapes",
    controls={
        **place_controls(4.0, 1.0),
        "surface": Choice({"long valley": "valley", "round bowl": "bowl", "saddle": "saddle"}, label="f"),
        **arrow_and_view(-1),
    },
    figure=draw_landscape,
    update=move_on_surface,
    readout=IN_WORDS,
    presets={"middle of the saddle": {"surface": "saddle", "x0": 0.0, "x1": 0.0, "around": 30, "above": 40}},
)

# -- the chain rule ---------------------------------------------------------------------------------------------------

INNER = {  # name -> (function, derivative)
    "line": (lambda x: 3 * x - 2, lambda x: 3.0),
    "square": (lambda x: x**2, lambda x: 2 * x),
}
OUTER = {"square": (lambda u: u**2, lambda u: 2 * u), "sigmoid": (sigmoid, sigmoid_derivative)}


def nudge(inner, outer, x, dx):
    """How a change in x moves u, and how that moves y."""
    (g, g_slope), (f, f_slope) = INNER[inner], OUTER[outer]
    x = round(x, 9)
    u, y = g(x), float(f(g(x)))
    du, dy = g(x + dx) - u, float(f(g(x + dx))) - y
    one, other = g_slope(x), float(f_slope(u))
    return {
        "x": {"data": bar_from_0("x", dx)},
        "u": {"data": bar_from_0("u", du)},
        "y": {"data": bar_from_0("y", dy)},
        "x to u": {"xy": wedge_between("x", dx, "u", du)},
        "u to y": {"xy": wedge_between("u", du, "y", dy)},
        "x value": {"text": fixed(x, 2)},
        "u value": {"text": fixed(u, 2)},
        "y value": {"text": fixed(y)},
        "x to u factor": {"text": f"× {fixed(one, 2)}"},
        "u to y factor": {"text": f"× {fixed(other)}"},
        "readout": {
            **{"x": x, "dx": dx, "du": du, "dy": dy, "inner": one, "outer": other, "quotient": dy / dx},
            **{"slope": one * other, "product": f"{parenthesised(other)} · {parenthesised(one, 2)}"},
        },
    }


chain = Demo(
    title="A nudge through two functions",
    controls={
        "x": Slider(0.0, 1.3, value=1.0),
        "dx": Slider(0.01, 0.1, value=0.1, step=0.01, label="Δx"),
        "inner": Choice({f"3 x {MINUS} 2": "line", "x²": "square"}, label="u"),
        "outer": Choice({"u²": "square", "sigmoid(u)": "sigmoid"}, label="y"),
    },
    figure=three_number_lines,
    update=nudge,
    readout="The slope of u at x is {inner:.2f}, the slope of y at u is {outer:.3f}. Together: {product} = {slope:.3f}. "
    "By nudging: x changes by {dx:.2f}, u by {du:.4f}, y by {dy:.4f}, and {dy:.4f} / {dx:.2f} = {quotient:.3f}.",
)
