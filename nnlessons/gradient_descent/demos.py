"""The demos of lesson 5: here gradient descent on a curve and over contours; the others are in modules of their own."""

import numpy as np

from nnlessons.gradient_descent.average import right_on_average
from nnlessons.gradient_descent.batches import batches
from nnlessons.gradient_descent.figures import (
    contours_with_path,
    curve_with_path,
    sweep_of_rates,
    through,
)
from nnlessons.gradient_descent.fog import in_fog
from nnlessons.gradient_descent.line_fit import some_samples
from nnlessons.gradient_descent.net import small_net
from nnlessons.gradient_descent.walking_neuron import walking_neuron
from nnlessons.live import Choice, Demo, LogSlider, Slider
from nnlessons.wording import plural

__all__ = ["batches", "in_fog", "on_a_curve", "over_contours", "right_on_average", "small_net", "some_samples", "sweep"]
__all__ += ["walking_neuron"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

FAR = 1e6  # a path that gets this far has diverged, and is stopped before its numbers overflow
STEPS = 100
RATE = LogSlider(0.001, 10, value=0.1, label="η")

# -- on a curve -------------------------------------------------------------------------------------------------------

X = np.linspace(-4.5, 4.5, 361)
CURVES = {  # name -> (f, its derivative, limits of the picture)
    "bowl": (lambda x: x**2, lambda x: 2 * x, (-1.5, 20.5)),
    "two valleys": (lambda x: x**4 / 16 - x**2 / 2 + 0.3 * x + 2, lambda x: x**3 / 4 - x + 0.3, (-0.8, 8)),
    "plateau": (lambda x: 4 - 4 * np.exp(-(x**2) / 2), lambda x: 4 * x * np.exp(-(x**2) / 2), (-0.4, 4.4)),
}


def walk_on(state, curve, rate):
    """The path (x, ...) one step longer, or None at its end: after the last step, or far outside the picture."""
    _, derivative, _ = CURVES[curve]
    if len(state) > STEPS or abs(state[-1]) > FAR:
        return None
    return (*state, state[-1] - rate * derivative(state[-1]))


def draw_walk(state, curve, rate):
    """The path on a curve, the tangent at its end, and the next step."""
    f, derivative, _ = CURVES[curve]
    x = state[-1]
    slope = derivative(x)
    following = np.clip([x, x - rate * slope], -50, 50)
    seen = np.clip(state, -50, 50)
    near = np.clip(x, -50, 50) + np.array([-0.9, 0.9])
    numbers = {"k": len(state) - 1, "x": x, "f": f(x), "slope": slope, "move": -rate * slope, "rate": rate}
    return {
        "path": {"data": (seen, f(seen))},
        "here": {"data": (seen[-1:], f(seen[-1:]))},
        "next": {"data": (following, f(following))},
        "tangent": {"data": (near, f(np.clip(x, -50, 50)) + slope * (near - np.clip(x, -50, 50)))},
        "readout": {"line": state_of(x, slope), **numbers},
    }


def state_of(x, slope):
    """The key of the sentence that fits this place."""
    if abs(x) > FAR:
        return "gone"
    if abs(x) > X[-1]:
        return "outside"
    return "still" if abs(slope) < 1e-3 else "moving"


STEP = "Step {k}: x = {x:.4g}, f = {f:.4g}. "
on_a_curve = Demo(
    title="Downhill on a curve",
    controls={
        "curve": Choice({"bowl": "bowl", "two valleys": "two valleys", "plateau": "plateau"}, label="f"),
        "start": Slider(-4.0, 4.0, value=-3.0, label="start"),
        "rate": RATE,
    },
    figure=lambda curve: curve_with_path(X, CURVES[curve][0](X), CURVES[curve][2]),
    start=lambda start: (start,),
    advance=walk_on,
    update=draw_walk,
    readout={
        "moving": STEP + "The slope is {slope:.3g}, so the next move is −η · slope = {move:.3g}.",
        "still": STEP + "The slope is {slope:.1g}: hardly any move is left.",
        "outside": STEP + "It has left the picture: with η = {rate:.3g} each step goes further than the one before.",
        "gone": STEP + "It has diverged, and is stopped here: η = {rate:.3g} is too large.",
    },
)

# -- over contours ----------------------------------------------------------------------------------------------------

GRID = np.linspace(-5, 5, 101)
SURFACES = {  # name -> (f, its gradient), for arrays whose last axis has two numbers
    "bowl": (lambda x: x[..., 0] ** 2 + x[..., 1] ** 2, lambda x: 2 * x),
    "valley": (lambda x: x[..., 0] ** 2 / 20 + x[..., 1] ** 2, lambda x: x * [0.1, 2]),
    "saddle": (lambda x: (x[..., 0] ** 2 - x[..., 1] ** 2) / 4 + 7, lambda x: x * [0.5, -0.5]),
}
NAMES = {
    "bowl: x₀² + x₁²": "bowl",
    "valley: x₀² / 20 + x₁²": "valley",
    "saddle: (x₀² − x₁²) / 4 + 7": "saddle",
}


def contours_of(surface):
    """(figure, parts) for the path over a surface."""
    heights = SURFACES[surface][0](np.stack(np.meshgrid(GRID, GRID), axis=-1))
    return contours_with_path(GRID, heights, np.linspace(heights.min(), heights.max(), 14), STEPS)


def roll_on(state, surface, rate):
    """The path (k, 2) one step longer, or None at its end."""
    _, gradient = SURFACES[surface]
    if len(state) > STEPS or np.max(np.abs(state[-1])) > FAR:
        return None
    return np.concatenate([state, state[-1:] - rate * gradient(state[-1:])])


def draw_roll(state, surface, rate):
    """The path over the contours, the next step, and the heights so far."""
    f, gradient = SURFACES[surface]
    here, slopes = state[-1], gradient(state[-1])
    move = -rate * slopes
    heights = np.clip(f(state), 1e-9, 1e9)
    numbers = {"k": len(state) - 1, "f": f(here), "rate": rate}
    for name, pair in {"x": here, "g": slopes, "m": move}.items():
        numbers[name] = f"({pair[0]:.3g}, {pair[1]:.3g})"
    size = np.max(np.abs(here))
    line = (
        "gone"
        if size > FAR
        else "outside"
        if size > GRID[-1]
        else "still"
        if np.linalg.norm(slopes) < 1e-3
        else "moving"
    )
    return {
        "path": {"data": through(state)},
        "here": {"data": through(state[-1:])},
        "next": {"data": through([here, here + move])},
        "heights": {"data": (np.arange(len(state)), heights)},
        "now": {"data": ([len(state) - 1], heights[-1:])},
        "readout": {"line": line, **numbers},
    }


PLACE = "Step {k}: x = {x}, f = {f:.4g}. "
over_contours = Demo(
    title="Downhill over contours",
    controls={
        "surface": Choice(NAMES, label="f"),
        "x0": Slider(-4.5, 4.5, value=-3.0, label="start x₀"),
        "x1": Slider(-4.5, 4.5, value=4.0, label="start x₁"),
        "rate": RATE,
    },
    figure=contours_of,
    start=lambda x0, x1: np.array([[x0, x1]]),
    advance=roll_on,
    update=draw_roll,
    readout={
        "moving": PLACE + "The gradient is {g}, so the next move is −η · gradient = {m}.",
        "still": PLACE + "The gradient is {g}: hardly any move is left.",
        "outside": PLACE + "It has left the picture.",
        "gone": PLACE + "It has diverged, and is stopped here. With η = {rate:.3g} it will not come back.",
    },
    presets={
        "too small": {"surface": "bowl", "x0": -3.0, "x1": 4.0, "rate": 0.001},
        "right": {"surface": "bowl", "x0": -3.0, "x1": 4.0, "rate": 0.1},
        "too large": {"surface": "bowl", "x0": -3.0, "x1": 4.0, "rate": 10.0},
        "narrow valley": {"surface": "valley", "x0": -4.5, "x1": 2.0, "rate": 10**-0.1},
        "exactly on the ridge": {"surface": "saddle", "x0": -4.0, "x1": 0.0, "rate": 0.1},
    },
)

# -- a sweep of the learning rate -------------------------------------------------------------------------------------

RATES = np.logspace(-4, 1, 251)
BEGIN = np.array([-3.0, 4.0])


def reached(surface, rates, steps):
    """f after this many steps from (-3, 4), for each learning rate: at each step a coordinate changes by the same factor."""
    f, gradient = SURFACES[surface]
    factors = 1 - np.multiply.outer(rates, gradient(np.ones(2)))
    return f(BEGIN * factors**steps)


def sweep_rates(surface, steps, rate):
    """f after this many steps over all learning rates, and at one of them."""
    heights = np.clip(reached(surface, RATES, steps), 1e-12, 1e12)
    here = reached(surface, np.array([rate]), steps)[0]
    before = SURFACES[surface][0](BEGIN)
    return {
        "start": {"data": ([RATES[0], RATES[-1]], [before, before])},
        "reached": {"data": (RATES, heights)},
        "rate": {"xdata": [rate, rate]},
        "here": {"data": ([rate], np.clip([here], 1e-12, 1e12))},
        "readout": {
            "line": "worse" if here > before else "better",
            "steps": plural(steps, "step"),
            "take": "takes" if steps == 1 else "take",
            "rate": rate,
            "f": here,
            "before": before,
        },
    }


sweep = Demo(
    title="Many learning rates at once",
    controls={
        "surface": Choice({name: key for name, key in NAMES.items() if key != "saddle"}, label="f"),
        "steps": Slider(1, 50, value=10, step=1, label="steps"),
        "rate": LogSlider(0.0001, 10, value=0.1, steps=20, label="η"),
    },
    figure=lambda: sweep_of_rates(RATES[0], RATES[-1]),
    update=sweep_rates,
    readout={
        "better": "η = {rate:.4g}: {steps} from (-3, 4) {take} f from {before:.4g} down to {f:.3g}.",
        "worse": "η = {rate:.4g}: {steps} from (-3, 4) {take} f from {before:.4g} up to {f:.3g}. This is too large.",
    },
)
