"""Figures of lesson 3: errors as squares, -log y, a mean over more and more samples, and accuracy above loss."""

import numpy as np
from matplotlib.collections import PolyCollection
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

__all__ = ["falling_curve", "mean_beside_sum", "outputs_and_gradient", "place_of_output", "square_beside"]
__all__ += ["stairs_over_slope", "tangent_at", "three_squares", "upright"]
__dir__ = __all__.copy  # what Tab shows after `figures.`

# -- squares ----------------------------------------------------------------------------------------------------------

SIDE = 1.68  # inches: the side of the square of an error of 1
FLOOR = 1.75  # the height of an output of 0
AXES = (0.42, 2.72, 5.02)  # the three outputs' axes
AWAY = 0.18  # from an axis to its square
BAR = {"marker": "_", "markersize": 22, "markeredgewidth": 4, "color": BLACK, "linestyle": "none"}  # a target


@in_style
def three_squares(t):
    """Three outputs beside their targets t (3,), each error drawn as a square; below, their sum and their mean.

    Parts: "square 0", "point 0" and "area 0" of each output; "sum" and "mean", texts.
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
    for height, name in ((0.8, "sum"), (0.35, "mean")):
        axes.text(2.3, height, name, fontsize=NORMAL, horizontalalignment="right", verticalalignment="center")
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


# -- from the scores --------------------------------------------------------------------------------------------------


@in_style
def outputs_and_gradient(classes):
    """Left an output for each class as a bar, with its target; right the difference of the two, up or down from 0.

    Parts: "outputs" and "gradient", bars as in `upright`; "targets"; "output 0" and "slope 0", the number at each bar.
    """
    figure, (left, right) = new_figure(columns=2, bottom=0.10)
    names = [[f"${letter}_{{{number}}}$" for number in range(classes)] for letter in "ys"]
    left.set(xlim=(-0.6, classes - 0.4), ylim=(-0.03, 1.15), yticks=[0, 0.25, 0.5, 0.75, 1], title="$y$")
    right.set(xlim=(-0.6, classes - 0.4), ylim=(-1.3, 1.3), yticks=[-1, -0.5, 0, 0.5, 1])
    right.set(title=r"$\partial L / \partial s = y - t$")
    for axes, labels in zip((left, right), names, strict=True):
        axes.set_xticks(range(classes), labels, fontsize=NORMAL)
        axes.grid(visible=False, axis="x")
        axes.set_axisbelow(True)
        cross_at_zero(axes, x=False)
    outputs = PolyCollection([], facecolors="#DCEAF5", edgecolors=BLUE, linewidths=2)
    gradient = PolyCollection([], facecolors="#FBE3D6", edgecolors=ORANGE, linewidths=2, hatch="//")
    left.add_collection(outputs, autolim=False)
    right.add_collection(gradient, autolim=False)
    (targets,) = left.plot([], [], **{**BAR, "markersize": 40}, label="$t$")
    legend_above(left)
    parts = {"outputs": outputs, "gradient": gradient, "targets": targets}
    for number in range(classes):
        parts[f"output {number}"] = left.text(number, 0, "", fontsize=NORMAL, **CENTRED)
        parts[f"slope {number}"] = right.text(number, 0, "", fontsize=NORMAL, **CENTRED)
    return figure, parts


def upright(number, height):
    """The corners of bar number 0, 1, ..., from 0 up or down to `height`."""
    return [(number - 0.3, 0), (number + 0.3, 0), (number + 0.3, height), (number - 0.3, height)]


# -- accuracy above loss ----------------------------------------------------------------------------------------------


@in_style
def stairs_over_slope(w, accuracy, loss, near):
    """The accuracy in percent as stairs, and below it the loss as a smooth curve, over the same weight w (n,).

    Left the whole, right the small part of it in the frames: near = {"w": (from, to), "accuracy": ..., "loss": ...}.
    Parts: "accuracy guide", "accuracy point", "loss guide", "loss point", and the same with " near" at the end.
    """
    figure, lower = new_figure(columns=2, top=0.485)
    figure.subplots_adjust(wspace=0.18)
    upper = [figure.add_axes([one.get_position().x0, 0.565, one.get_position().width, 0.36]) for one in lower]
    upper[0].set(ylim=(0, 105), yticks=[0, 50, 100], title="%")
    lower[0].set(ylim=(0, 3.2), yticks=[0, 1, 2, 3], title="L")
    stairs = {"color": ORANGE, "linewidth": 2, "drawstyle": "steps-mid"}
    squares = {"marker": "s", "markersize": 10, "markeredgecolor": ORANGE}
    rows = {"accuracy": (upper, accuracy, stairs, squares), "loss": (lower, loss, CURVE, {"markeredgecolor": BLUE})}
    parts = {}
    for name, ((whole, enlarged), values, look, mark) in rows.items():
        whole.set(xlim=(w[0], w[-1]))
        enlarged.set(xlim=near["w"], ylim=near[name])
        (left, right), (low, high) = near["w"], near[name]
        whole.plot([left, right, right, left, left], [low, low, high, high, low], color=BLACK, linewidth=1.5)
        for axes, place in ((whole, ""), (enlarged, " near")):
            axes.tick_params(labelsize=SMALL, labelbottom=name == "loss")
            axes.plot(w, values, **look)
            parts[f"{name} guide{place}"] = axes.axvline(0, **GUIDE)
            (parts[f"{name} point{place}"],) = axes.plot([], [], **{**POINT, **mark})
    for axes in lower:
        axes.set(xlabel="w")
    return figure, parts
