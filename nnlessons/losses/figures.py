"""Figures of lesson 3: errors as squares, -log y, a mean over more and more samples, and accuracy above loss."""

from matplotlib.collections import PolyCollection
from matplotlib.patches import Polygon

from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    CURVE,
    FAINT,
    GREY,
    GUIDE,
    NORMAL,
    ORANGE,
    POINT,
    PURPLE,
    SECOND,
    SMALL,
    blank_figure,
    cross_at_zero,
    in_style,
    legend_above,
    new_figure,
)

__all__ = ["falling_curve", "mean_beside_sum", "outputs_and_gradient", "place_of_output", "square_on_error"]
__all__ += ["squares_and_ledger", "stairs_over_slope", "upright"]
__dir__ = __all__.copy  # what Tab shows after `figures.`

# -- squares and their ledger -----------------------------------------------------------------------------------------

SIDE = 1.5  # inches: the side of the square of an error of 1
FLOOR = 2.08  # the height of an output of 0
LEFTS = (0.62, 2.82, 5.02)  # of the three outputs
ROWS = (0.95, 0.6, 0.25)
COLUMNS = (0.45, 3.2, 4.35, 5.3, 6.35)
BAR = {"marker": "_", "markersize": 22, "markeredgewidth": 4, "color": BLACK, "linestyle": "none"}  # a target


@in_style
def squares_and_ledger(t, formulas):
    """Three outputs beside their targets t (3,), each error drawn as a square; below, a row for each of the formulas.

    Parts: "square 0", "point 0" and "area 0" of each output; "loss 0", "slope 0", "rate 0" and "step 0" of each row.
    """
    figure, axes = blank_figure()
    parts = {}
    for number, (left, target) in enumerate(zip(LEFTS, t, strict=True)):
        axes.plot([left, left], [FLOOR, FLOOR + SIDE], color=GREY, linewidth=1.2)
        for value in (0, 1):
            place = {"horizontalalignment": "right", "verticalalignment": "center"}
            axes.text(left - 0.27, FLOOR + value * SIDE, str(value), fontsize=SMALL, **place)
        (bar,) = axes.plot([left], [FLOOR + target * SIDE], **BAR, label="$t$")
        look = {"facecolor": "#DCEAF5", "edgecolor": BLUE, "linewidth": 2}
        parts[f"square {number}"] = axes.add_patch(Polygon([(left, FLOOR)] * 4, **look, clip_on=False))
        (point,) = axes.plot([left], [FLOOR], **POINT, markeredgecolor=BLUE, label="$y$", clip_on=False)
        parts[f"point {number}"] = point
        parts[f"area {number}"] = axes.text(left + SIDE / 2, FLOOR - 0.32, "", fontsize=NORMAL, **CENTRED)
    axes.legend([point, bar], ["$y$", "$t$"], loc="upper center", ncols=2, frameon=False, borderaxespad=0)
    heads = ("$L$", r"$\partial L / \partial y_0$", r"$\eta$", r"$\eta \cdot \partial L / \partial y_0$")
    for column, head in zip(COLUMNS[1:], heads, strict=True):
        axes.text(column, 1.32, head, fontsize=NORMAL, **CENTRED)
    axes.plot([0.3, 6.85], [1.14, 1.14], color=GREY, linewidth=1.2)
    for row, (height, formula) in enumerate(zip(ROWS, formulas, strict=True)):
        axes.text(COLUMNS[0], height, formula, fontsize=NORMAL, verticalalignment="center")
        for column, name in zip(COLUMNS[1:], ("loss", "slope", "rate", "step"), strict=True):
            parts[f"{name} {row}"] = Numeral(axes, (column, height), clip_on=False, zorder=3)
    return figure, parts


def square_on_error(number, y, t):
    """The corners of the square one side of which goes from y to t, on the axis of this output."""
    left, low, high = LEFTS[number], FLOOR + SIDE * min(y, t), FLOOR + SIDE * max(y, t)
    right = left + high - low
    return [(left, low), (right, low), (right, high), (left, high)]


def place_of_output(number, y):
    """(x, y) in inches of an output with the value y, on its axis."""
    return LEFTS[number], FLOOR + SIDE * y


# -- -log y -----------------------------------------------------------------------------------------------------------


@in_style
def falling_curve(y, values, squares):
    """-log y with a movable point and its tangent, and below it the squared error of the same output.

    y, values, squares  (n,): the two curves
    Parts: "guide", "tangent", "point", "second point".
    """
    figure, axes = new_figure()
    axes.set(xlim=(0, 1), ylim=(-0.15, 5), xlabel="y", title="L", yticks=range(6))
    cross_at_zero(axes, x=False)
    axes.plot(y, values, **CURVE, label=r"$-\log y$")
    axes.plot(y, squares, color=PURPLE, linewidth=3, linestyle=(0, (1, 1.5)), label="$(1 - y)^2$")
    legend_above(axes)
    guide = axes.axvline(0, **GUIDE)
    (tangent,) = axes.plot([], [], **SECOND)
    (second_point,) = axes.plot([], [], **{**POINT, "marker": "s", "markersize": 10}, markeredgecolor=PURPLE)
    (point,) = axes.plot([], [], **POINT, markeredgecolor=BLUE)
    return figure, {"guide": guide, "tangent": tangent, "point": point, "second point": second_point}


# -- a mini-batch -----------------------------------------------------------------------------------------------------


@in_style
def mean_beside_sum(most):
    """Left the losses of single samples as dots, and their mean so far; right their sum so far. Up to `most` samples.

    Parts: "dots", "mean", "sum", "mean point", "sum point".
    """
    figure, (left, right) = new_figure(columns=2, left=0.05, right=0.955)
    left.set(ylim=(0, 5), title=r"$(L_1 + \dots + L_N)\ /\ N$")
    right.set(yscale="log", ylim=(0.08, 2 * most), title=r"$L_1 + \dots + L_N$")
    right.set_yticks([0.1, 1, 10, 100, 1000, 10000], ["0.1", "1", "10", "100", "1,000", "10,000"])
    for axes in (left, right):
        axes.set(xscale="log", xlim=(0.65, 1.5 * most), xlabel="N")
        axes.set_xticks([1, 10, 100, 1000, 10000], ["1", "10", "100", "1,000", "10,000"])
        axes.minorticks_off()
    (dots,) = left.plot([], [], ".", color=FAINT, markersize=4)
    (mean,) = left.plot([], [], **CURVE)
    (total,) = right.plot([], [], **SECOND)
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
