"""Figures of lesson 0: a single unit, and the line that it draws through the plane."""

import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, Polygon

from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    CURVE,
    GREY,
    LARGE,
    NORMAL,
    ORANGE,
    blank_figure,
    cross_at_zero,
    in_style,
    ink,
    new_figure,
)

__all__ = ["line_between", "line_patch", "one_unit"]
__dir__ = __all__.copy  # what Tab shows after `figures.`

# -- the unit ---------------------------------------------------------------------------------------------------------

ARROW = {"arrowstyle": "-|>", "mutation_scale": 18, "color": GREY, "linewidth": 1.8, "shrinkA": 0, "shrinkB": 0}


@in_style
def one_unit():
    """Inputs on the left, the unit with its sum and its function in the middle, its one output on three arrows.

    Parts, all texts: "x1", "x2", "w1", "w2", "b", "a", "h", and the output on each arrow, "z1", "z2", "z3".
    """
    figure, axes = blank_figure()
    parts = {}
    for name, y in {"1": 3.1, "2": 0.9}.items():
        axes.add_patch(Circle((0.9, y), 0.42, facecolor="white", edgecolor=BLUE, linewidth=2.5))
        axes.add_patch(FancyArrowPatch((1.32, y), (2.95, 2 + (y - 2) * 0.35), **ARROW))
        axes.text(0.9, y + 0.62, f"$x_{name}$", fontsize=LARGE, **CENTRED)
        parts[f"x{name}"] = axes.text(0.9, y, "", fontsize=NORMAL, **CENTRED)
        parts[f"w{name}"] = axes.text(2.15, 2 + (y - 2) * 1.05, "", fontsize=NORMAL, color=ink(ORANGE), **CENTRED)
    axes.add_patch(Circle((3.75, 2), 0.9, facecolor="white", edgecolor=BLACK, linewidth=2.5))
    axes.plot([3.75, 3.75], [1.1, 2.9], color=GREY, linewidth=1.2)
    axes.text(3.35, 2.45, "$a$", fontsize=LARGE, **CENTRED)
    axes.text(4.15, 2.45, "$h$", fontsize=LARGE, **CENTRED)
    parts["a"] = axes.text(3.33, 1.95, "", fontsize=NORMAL, **CENTRED)
    parts["h"] = axes.text(4.17, 1.95, "", fontsize=NORMAL, **CENTRED)
    axes.add_patch(FancyArrowPatch((3.75, 0.45), (3.75, 1.1), **ARROW))
    parts["b"] = axes.text(3.75, 0.22, "", fontsize=NORMAL, color=ink(ORANGE), **CENTRED)
    for number, y in enumerate((3.2, 2.0, 0.8), 1):
        axes.add_patch(FancyArrowPatch((4.65, 2), (6.1, y), **ARROW))
        parts[f"z{number}"] = axes.text(6.5, y, "", fontsize=NORMAL, color=ink(BLUE), **CENTRED)
    return figure, parts


# -- the line ---------------------------------------------------------------------------------------------------------

FAR = 50.0  # far outside of every picture


@in_style
def line_between(limits, ticks, size=10):
    """Points of two classes, circles and squares, and the line between the classes; the side of class 1 is shaded.

    limits  of both axes;  ticks  on both axes;  size  of the points
    Parts: "zeros", "ones" and "wrong", points and crosses; "side", "line" and the digits "0" and "1", see `line_patch`.
    """
    figure, axes = new_figure(width=7.0, height=4.2, left=0.27, right=0.76, bottom=0.13, top=0.925)
    axes.set(xlim=limits, ylim=limits, xticks=ticks, yticks=ticks, xlabel="$x_1$", title="$x_2$")
    side = Polygon(np.zeros((4, 2)), facecolor="#DCEAF5", edgecolor="none", zorder=0.5)
    axes.add_patch(side)
    cross_at_zero(axes)
    (line,) = axes.plot([], [], **CURVE)
    (zeros,) = axes.plot([], [], "o", markersize=size, color="white", markeredgecolor=ORANGE, markeredgewidth=2.5)
    (ones,) = axes.plot([], [], "s", markersize=size, color=BLUE)
    (wrong,) = axes.plot([], [], "x", markersize=1.7 * size, color=BLACK, markeredgewidth=size / 4)
    parts = {"side": side, "line": line, "zeros": zeros, "ones": ones, "wrong": wrong}
    disc = {"boxstyle": "circle,pad=0.05", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}  # over the points
    for digit in "01":
        parts[digit] = axes.text(0, 0, digit, fontsize=LARGE, color=ink(BLUE), bbox=disc, clip_on=True, **CENTRED)
    return figure, parts


def line_patch(w1, w2, b, middle, gap):
    """The properties of the line w1 x1 + w2 x2 + b = 0, of the shaded side, and of the digits "0" and "1" beside the line.

    middle  a point (2,): the digits are where the line is nearest to it;  gap  from the line to a digit
    If w1 and w2 are 0 there is no line, and everything is shaded or nothing.
    """
    w = np.array([w1, w2])
    length = np.hypot(w1, w2)
    if length == 0:
        corners = np.array([[-FAR, -FAR], [FAR, -FAR], [FAR, FAR], [-FAR, FAR]]) * (b > 0)
        side, line = corners, np.empty((0, 2))
        digits = {"0": (middle, b <= 0), "1": (middle, b > 0)}
    else:
        uphill = w / length
        along = np.array([-uphill[1], uphill[0]])
        nearest = middle - (w @ middle + b) / length * uphill
        line = np.array([nearest - FAR * along, nearest + FAR * along])
        side = np.concatenate([line, line[::-1] + FAR * uphill])
        digits = {"0": (nearest - gap * uphill, True), "1": (nearest + gap * uphill, True)}
    patch = {digit: {"position": tuple(place), "visible": bool(seen)} for digit, (place, seen) in digits.items()}
    return {**patch, "side": {"xy": side}, "line": {"data": (line[:, 0], line[:, 1])}}
