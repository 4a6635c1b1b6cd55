"""Gradient descent over contours: a round bowl, a narrow valley and a saddle, each with its own slopes."""

import numpy as np

from nnlessons.gradient_descent.contours_figure import contours_with_path
from nnlessons.gradient_descent.figures import through
from nnlessons.gradient_descent.rates import FAR, RATE, STEPS, word_for
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import trimmed

__all__ = ["SURFACES", "gradient", "height", "over_contours"]
__dir__ = __all__.copy  # what Tab shows after `contours.`

GRID = np.linspace(-5, 5, 201)
SURFACES = {  # name -> (the slopes at (1, 1), the height at (0, 0))
    "bowl": (np.array([2.0, 2.0]), 0),
    "valley": (np.array([0.1, 2.0]), 0),
    "saddle": (np.array([0.5, -0.5]), 7),
}
LEVELS = {"bowl": [1, 4, 9, 16, 25, 36], "valley": [0.25, 1, 4, 9, 16, 25], "saddle": range(1, 14)}
LABELS = {  # the heights that are written on contour lines -> the direction from (0, 0) in which
    "bowl": {4: (1, 1), 16: (1, 1), 36: (1, 1)},
    "valley": {1: (1, -1), 4: (1, -1), 9: (1, -1), 16: (1, -1)},
    "saddle": {3: (0, -1), 6: (0, -1), 8: (1, 0), 11: (1, 0)},
}
FACTORS = {  # by what one step multiplies w0 and w1
    "bowl": (r"1 - 2\,\eta", r"1 - 2\,\eta"),
    "valley": (r"1 - \eta/10", r"1 - 2\,\eta"),
    "saddle": (r"1 - \eta/2", r"1 + \eta/2"),
}


def height(surface, w):
    """f = f(0, 0) + (c0 w0^2 + c1 w1^2) / 2  at each w (..., 2), where c are the slopes at (1, 1)."""
    slopes, lowest = SURFACES[surface]
    return lowest + w**2 @ slopes / 2


def gradient(surface, w):
    """(c0 w0, c1 w1)  at each w (..., 2)."""
    return SURFACES[surface][0] * w


def figure_of(surface):
    """The figure for the path over a surface."""
    heights = height(surface, np.stack(np.meshgrid(GRID, GRID), axis=-1))
    labels = {level: at_height(surface, level, towards) for level, towards in LABELS[surface].items()}
    return contours_with_path(GRID, heights, LEVELS[surface], labels, STEPS, FACTORS[surface])


def at_height(surface, level, towards):
    """The point (w0, w1) in this direction from (0, 0) where f is `level`."""
    towards, (slopes, lowest) = np.array(towards), SURFACES[surface]
    return towards * np.sqrt((level - lowest) / (towards**2 @ slopes / 2))


def roll_on(state, surface, rate):
    """The path (k, 2) one step longer, or None at its end."""
    if len(state) > STEPS or np.max(np.abs(state[-1])) > FAR:
        return None
    return np.concatenate([state, state[-1:] - rate * gradient(surface, state[-1:])])


def draw_roll(state, surface, rate):
    """The path over the contours, the next step, the heights so far, and by what each step multiplies w0 and w1."""
    here, slopes, k = state[-1], gradient(surface, state[-1]), len(state) - 1
    move, factors = -rate * slopes, 1 - rate * SURFACES[surface][0]
    heights = height(surface, state)
    largest = int(np.argmax(np.abs(here)))
    return {
        "path": {"data": through(state)},
        "here": {"data": through(state[-1:])},
        "next": {"data": through([here, here + move])},
        "heights": {"data": (np.arange(len(state)), np.clip(heights, 1e-9, 1e9))},
        "now": {"data": ([k], np.clip(heights[-1:], 1e-9, 1e9))},
        "factors": {"texts": [trimmed(factor) for factor in factors]},
        "words": {"texts": [word_for(factor) for factor in factors]},
        "readout": {
            "line": state_of(abs(here[largest]), np.hypot(*slopes), k),
            **{"k": k, "f": heights[-1], "w": pair(here), "g": pair(slopes), "m": pair(move)},
            **{"largest": "w₀w₁"[2 * largest :][:2], "factor": factors[largest]},
        },
    }


def pair(numbers):
    """Two numbers in parentheses."""
    return f"({numbers[0]:.3g}, {numbers[1]:.3g})"


def state_of(size, steepness, k):
    """The key of the sentence that fits a point this far out, where it is that steep, after k steps."""
    if size > FAR:
        return "gone"
    if size > GRID[-1]:
        return "outside"
    if steepness < 1e-3:
        return "still"
    return "moving" if k < STEPS else "last"


POINT = "Step {k}: w = {w}, f = {f:.4g}. "
BEGIN = {"w0": -3.0, "w1": 4.0}
over_contours = Demo(
    title="Downhill over contours",
    controls={
        "surface": Choice(
            {"bowl: w₀² + w₁²": "bowl", "valley: w₀²/20 + w₁²": "valley", "saddle: (w₀² − w₁²)/4 + 7": "saddle"},
            label="f",
        ),
        "w0": Slider(-4.5, 4.5, value=BEGIN["w0"], label="start w₀"),
        "w1": Slider(-4.5, 4.5, value=BEGIN["w1"], label="start w₁"),
        "rate": RATE,
    },
    groups={"Landscape": ("surface",), "Start": ("w0", "w1"), "Steps": ("rate",)},
    figure=figure_of,
    start=lambda surface, w0, w1: np.array([[w0, w1]]),
    advance=roll_on,
    update=draw_roll,
    readout={
        "moving": POINT + "The gradient is {g}, so the next move is −η · gradient = {m}.",
        "still": POINT + "The gradient is {g}: hardly any move is left.",
        "last": POINT + "The gradient is still {g}, but the run ends here, after 100 steps.",
        "outside": POINT + "It has left the picture: each step multiplies {largest} by {factor:.3g}.",
        "gone": POINT + "It has diverged, so the run stops here: each step multiplies {largest} by {factor:.3g}.",
    },
    presets={
        "bowl, 0.01": {"surface": "bowl", **BEGIN, "rate": 0.01},
        "bowl, 0.1": {"surface": "bowl", **BEGIN, "rate": 0.1},
        "bowl, 1.05": {"surface": "bowl", **BEGIN, "rate": 1.05},
        "valley, 0.1": {"surface": "valley", **BEGIN, "rate": 0.1},
        "valley, 0.9": {"surface": "valley", **BEGIN, "rate": 0.9},
        "on the ridge": {"surface": "saddle", "w0": -4.0, "w1": 0.0, "rate": 0.1},
        "beside the ridge": {"surface": "saddle", "w0": -4.0, "w1": 0.1, "rate": 0.1},
    },
)
