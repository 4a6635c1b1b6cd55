"""Figures of lesson 3: errors as squares, -log y, a mean over more and more samples."""

import numpy as np
from matplotlib.patches import Polygon

from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    CURVE,
    FAINT,
    GREEN,
    GREY,
    GUIDE,
    NORMAL,
    ORANGE,
    POINT,
    PURPLE,
    SMALL,
    blank_figure,
    cross_at_zero,
    in_style,
    legend_above,
    new_figure,
)

__all__ = ["falling_curve", "mean_beside_sum", "place_of_output", "square_beside", "tangent_at", "three_squares"]
__dir__ = __all__.copy  # what Tab shows after `figures.`

# -- squares ----------------------------------------------------------------------------------------------------------

SIDE = 1.68  # inches: the side of the square of an error of 1
FLOOR = 1.75  # the height of an output of 0
AXES = (0.42, 2.72, 5.02)  # the three outputs' axes
AWAY = 0.18  # from an axis to its square
BAR = {"marker": "_", "markersize": 22, "markeredgewidth": 4, "color": BLACK, "linestyle": "none"}  # a target


@in_style
def three_squares(t):
    """Three outputs beside their targets t (3,), each error drawn as a square; below, their sum and half of it, L.

    Parts: "square 0", "point 0" and "area 0" of each output; "sum" and "half", texts.
    """
    figure, axes = blank_figure()
    parts = {}
    for number, (x, target) in enumerate(zip(AXES, t, strict=True)):
        axes.plot([x, x], [FLOOR, FLOOR + SIDE], color=GREY, linewidth=1.2)
        for value in (0, 1):
            place = {"horizontalalignment": "right", "verticalalignment": "center"}
            axes.text(x - 0.24, FLOOR + value * SIDE, str(value), fontsize=SMALL, **place)
        (bar,) = axes.plot([x], [FLOOR + target * SIDE], **BAR, label="$t$")
        look = {"facecolor": "#DCEAF5", "edgecolor": BLUE, "linewidth": 2}
        parts[f"square {number}"] = axes.add_patch(Polygon([(x, FLOOR)] * 4, **look, clip_on=False))
        (point,) = axes.plot([x], [FLOOR], **POINT, markeredgecolor=BLUE, label="$y$", clip_on=False)
        parts[f"point {number}"] = point
        axes.text(x, FLOOR - 0.3, f"$y_{number}$", fontsize=NORMAL, **CENTRED)
        parts[f"area {number}"] = Numeral(axes, (x + AWAY + SIDE / 2, FLOOR - 0.3), zorder=3)
    axes.legend([point, bar], ["output $y$", "target $t$"], loc="upper center", ncols=2, frameon=False, borderaxespad=0)
    for height, name, words in ((0.8, "sum", "sum"), (0.35, "half", "$L$")):
        axes.text(2.3, height, words, fontsize=NORMAL, horizontalalignment="right", verticalalignment="center")
        parts[name] = Numeral(axes, (3.95, height), zorder=3)
    return figure, parts


def square_beside(number, y, t):
    """The corners of the square whose side is as long as from y to t, beside the axis of this output."""
    left, low, high = AXES[number] + AWAY, FLOOR + SIDE * min(y, t), FLOOR + SIDE * max(y, t)
    right = left + high - low
    return [(left, low), (right, low), (right, high), (left, high)]


def place_of_output(number, y):
    """(x, y) in inches of an output with the value y, on its axis."""
    return AXES[number], FLOOR + SIDE * y


# -- -log y -----------------------------------------------------------------------------------------------------------

PROBABILITIES, LOSSES = (-0.06, 1.03), (-0.25, 5.2)  # the limits of the axes
INCHES = 0.895 * 7 / 1.09, 0.765 * 4 / 5.45  # of the picture for 1 along y, and for 1 of loss
TANGENT = 3.2  # inches


@in_style
def falling_curve(y, values, squares):
    """-log y with a movable point and its tangent, and below it the squared error of the same output, with its own.

    y, values, squares  (n,): the two curves
    Parts: "guide", "tangent", "second tangent", "point", "second point".
    """
    figure, axes = new_figure()
    axes.set(xlim=PROBABILITIES, ylim=LOSSES, xlabel="y", title="L", xticks=[0, 0.2, 0.4, 0.6, 0.8, 1], yticks=range(6))
    cross_at_zero(axes)
    axes.plot(y, values, **CURVE, label=r"$-\log y$")
    axes.plot(y, squares, color=PURPLE, linewidth=3, linestyle=(0, (1, 1.5)), label="$(1 - y)^2$")
    guide = axes.axvline(0, **GUIDE)
    (tangent,) = axes.plot([], [], color=GREEN, linewidth=2, zorder=2.5, label="slope")
    (second_tangent,) = axes.plot([], [], color=GREEN, linewidth=2, zorder=2.5)
    legend_above(axes)
    look = {"zorder": 3, "clip_on": False}
    (second_point,) = axes.plot([], [], **{**POINT, "marker": "s", "markersize": 10}, markeredgecolor=PURPLE, **look)
    (point,) = axes.plot([], [], **POINT, markeredgecolor=BLUE, **look)
    parts = {"guide": guide, "tangent": tangent, "second tangent": second_tangent}
    return figure, {**parts, "point": point, "second point": second_point}


def tangent_at(y, loss, slope):
    """A straight line through (y, loss) with this slope, as (x, y) of its ends; it's as long on the page for every slope."""
    width, height = INCHES
    reach = TANGENT / 2 / np.hypot(width, slope * height)
    return [y - reach, y + reach], [loss - reach * slope, loss + reach * slope]


# -- a mini-batch -----------------------------------------------------------------------------------------------------


@in_style
def mean_beside_sum(most):
    """Left the losses of some samples as dots, and the mean of all so far; right their sum so far. Up to `most` samples.

    Parts: "dots", "mean", "sum", "mean point", "sum point".
    """
    figure, (left, right) = new_figure(columns=2, left=0.05, right=0.96)
    figure.subplots_adjust(wspace=0.34)
    left.set(ylim=(0, 5), title="mean")
    right.set(yscale="log", ylim=(0.08, 2 * most), title="sum")
    right.set_yticks([0.1, 1, 10, 100, 1000, 10000], ["0.1", "1", "10", "100", "1,000", "10,000"])
    for axes in (left, right):
        axes.set(xscale="log", xlim=(0.65, 1.5 * most), xlabel="N")
        axes.set_xticks([1, 10, 100, 1000, 10000], ["1", "10", "100", "1,000", "10,000"])
        axes.minorticks_off()
    (dots,) = left.plot([], [], ".", color=FAINT, markersize=5, label="one sample")
    (mean,) = left.plot([], [], **CURVE)
    (total,) = right.plot([], [], color=ORANGE, linewidth=3)
    legend_above(left, handlelength=1)
    (mean_point,) = left.plot([], [], **POINT, markeredgecolor=BLUE)
    (total_point,) = right.plot([], [], **{**POINT, "marker": "s", "markersize": 10}, markeredgecolor=ORANGE)
    return figure, {"dots": dots, "mean": mean, "sum": total, "mean point": mean_point, "sum point": total_point}
