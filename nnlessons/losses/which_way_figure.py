"""The figure of "Which way should I turn it?": three classes of points in a plane, beside accuracy and loss over one weight."""

import numpy as np
from matplotlib.patches import Polygon

from nnlessons.drawing.numerals import Numeral, Numerals
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    POINT,
    PURPLE,
    SMALL,
    cross_at_zero,
    in_style,
    legend_above,
    new_figure,
)

__all__ = ["classes_and_plots", "classes_patch", "regions_patch", "three"]
__dir__ = __all__.copy  # what Tab shows after `which_way_figure.`

KINDS = (("s", ORANGE), ("o", BLUE), ("^", PURPLE))  # the marks of classes 0, 1 and 2
LOW, HIGH = np.array([-2.5, -1.75]), np.array([2.3, 2.09])  # the corners of the plane
MARGIN = 0.18  # from the plane's border to the name of a region
NARROW = 0.2  # a region with a smaller angle has no room for its name
FAR = 100.0  # far outside of the plane
CURVE = {"color": BLACK, "linewidth": 2.5}
HERE = {**POINT, "markeredgecolor": BLACK, "clip_on": False}
SIZES = {"markersize": 7, "markeredgewidth": 1.75, "linestyle": "none"}  # of a point


@in_style
def classes_and_plots(spans):
    """Left the plane of the points; right the accuracy in percent, and below it the loss, both over w.

    spans  {"w", "accuracy" and "loss": (first, last number on that axis)}
    Parts: the parts of `draw_classes`; of either plot "accuracy" or "loss", the curve, "accuracy here", a ring on it,
    "accuracy is", its height, and "accuracy ticks", the three numbers on the axis; and "w ticks".
    """
    figure, (left, upper) = new_figure(columns=2)
    left.set_position([0.05, 0.13, 0.53, 0.77])
    upper.set_position([0.7, 0.59, 0.25, 0.31])
    lower = figure.add_axes([0.7, 0.13, 0.25, 0.31])
    parts = draw_classes(left)
    for axes, name in ((upper, "accuracy"), (lower, "loss")):
        parts |= draw_plot(axes, name, spans["w"], spans[name])
    lower.set_xlabel("$w$", labelpad=14)
    below = lower.get_ylim()[0] - 0.17 * np.ptp(spans["loss"])
    parts["w ticks"] = Numerals(lower, [(x, below) for x in three(spans["w"])], size=SMALL, clip_on=False)
    return figure, parts


def draw_plot(axes, name, across, up):
    """One curve over w, with places for the three numbers beside the y axis. across and up are the spans of the two axes."""
    (first, last), (low, high) = across, up
    width, extra = last - first, 0.15 * (high - low)
    axes.set(xlim=across, ylim=(low - extra, high + extra), title=name)
    axes.set_xticks(three(across), [""] * 3)
    axes.set_yticks(three(up), [""] * 3)
    (curve,) = axes.plot([], [], **CURVE)
    (here,) = axes.plot([], [], **HERE)
    height = Numeral(axes, (last - 0.17 * width, high + 2.1 * extra), clip_on=False)
    numbers = Numerals(axes, [(first - 0.2 * width, y) for y in three(up)], size=SMALL, clip_on=False)
    return {name: curve, f"{name} here": here, f"{name} is": height, f"{name} ticks": numbers}


def three(span):
    """The first, middle and last number of a span."""
    first, last = span
    return [first, (first + last) / 2, last]


# -- three classes in a plane -----------------------------------------------------------------------------------------


def draw_classes(axes):
    """A plane with points of three classes, and the region that a layer gives to each.

    Parts, for classes 0, 1, 2: "class 0", the points that the layer gets right, "wrong 0", the others; "region 0", "name 0".
    "borders" are between the regions.
    """
    axes.set(xlim=(LOW[0], HIGH[0]), ylim=(LOW[1], HIGH[1]), aspect="equal", xlabel="$x_0$", title="$x_1$")
    axes.set(xticks=range(-2, 3), yticks=range(-1, 3))
    cross_at_zero(axes)
    parts = {}
    for number, (marker, color) in enumerate(KINDS):
        empty = axes.add_patch(Polygon([(0, 0)] * 3, facecolor=color, alpha=0.13, edgecolor="none", zorder=0.5))
        parts[f"region {number}"] = empty
        look = {**SIZES, "marker": marker, "markeredgecolor": color}
        (parts[f"class {number}"],) = axes.plot([], [], color=color, label=str(number), **look)
        (parts[f"wrong {number}"],) = axes.plot([], [], color="white", zorder=2.5, **look)  # above the others
        name = {"marker": f"${number}$", "markersize": 13, "color": BLACK, "markeredgewidth": 0.5}
        (parts[f"name {number}"],) = axes.plot([], [], zorder=4, **name)
    (parts["borders"],) = axes.plot([], [], color=BLACK, linewidth=2, zorder=1.8)
    axes.plot([], [], "o", markerfacecolor="white", markeredgecolor=GREY, label="wrong", **SIZES)
    legend_above(axes, handlelength=1, handletextpad=0.3, columnspacing=1)
    return parts


def classes_patch(x, t, says):
    """The properties of points x (N, 2) of classes t (N,), for which the layer says `says` (N,)."""
    patch = {}
    for number in range(len(KINDS)):
        for name, chosen in (("class", says == number), ("wrong", says != number)):
            patch[f"{name} {number}"] = {"data": x[(t == number) & chosen].T}
    return patch


def regions_patch(W):
    """The properties of the regions, their names and borders, for a layer with weights W (2, 3) and no biases.

    The columns of W are the corners of a triangle. Where two scores are equal, and larger than the third, the point is
    straight out from the side between their two corners. So there's a border for each side, and it begins at the origin.
    """
    sides = np.roll(W, -1, axis=1) - W  # each from its corner to the next
    turn = 1 if sides[0, 0] * sides[1, 1] >= sides[1, 0] * sides[0, 1] else -1  # 1: the corners are counterclockwise
    angles = np.arctan2(-turn * sides[0], turn * sides[1])
    patch = {"borders": {"data": np.concatenate([[(0, 0), ray(angle), (np.nan, np.nan)] for angle in angles]).T}}
    for number in range(len(KINDS)):
        start = angles[number - 1]
        width = turn * (angles[number] - start) % (2 * np.pi)
        corners = [ray(start + turn * part * width) for part in (0, 0.25, 0.5, 0.75, 1)]
        patch[f"region {number}"] = {"xy": [(0, 0), *corners]}
        patch[f"name {number}"] = {"data": place_of_name(start + turn * width / 2, width)}
    return patch


def ray(angle):
    """A point in this direction from the origin, far away."""
    return FAR * np.cos(angle), FAR * np.sin(angle)


def place_of_name(middle, width):
    """([x], [y]) of a region's name, near the plane's border; two empty lists if the region is too narrow for it."""
    if width < NARROW:
        return [], []
    direction = np.array(ray(middle))
    reach = (np.where(direction > 0, HIGH - MARGIN, -LOW - MARGIN) / np.maximum(np.abs(direction), 1e-9)).min()
    return direction[:1] * reach, direction[1:] * reach
