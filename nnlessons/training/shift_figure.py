"""The figure of a moved digit, and of how many of all moved digits are read: a map, or one before and one after."""

import numpy as np
from matplotlib.collections import PolyCollection

from nnlessons.drawing.digits import BELOW, MARK, ClassBars, one_picture
from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import LARGE, NORMAL, SMALL, blank_figure, in_style
from nnlessons.wording import with_minus

__all__ = ["FAR", "digit_and_maps", "frame_at"]
__dir__ = __all__.copy  # what Tab shows after `shift_figure.`

FAR = 2  # pixels, in each direction
BEFORE_AND_AFTER = ("before", "after")
ANSWERS = (1.35, 1.0)  # where the two answers are written, in inches
WIDTH = 2.1  # of a map, in inches
BLUE_PART = 0.5 * (1 - np.array([0x00, 0x72, 0xB2]) / 255)  # what's taken from white for 100%


@in_style
def digit_and_maps(maps):
    """Left a digit; then its ten probabilities, if there's only one map; right the maps, arrays (5, 5) of accuracies.

    Parts: "picture"; "bars" (`ClassBars`) with one map, "answers" (`Numerals`) with two; and for each map "map 0", its axes,
    and "mark 0", around one move.
    """
    figure, axes = blank_figure()
    one = len(maps) == 1
    side = 0.215 if one else 0.2
    parts = {"picture": one_picture(axes, left=0.15, top=3.4, pixel=side)}
    axes.text(0.15 + 4 * side, 3.72, "$x$", **{**BELOW, "fontsize": LARGE})
    if one:
        axes.text(2.5, 3.72, "$y$", **{**BELOW, "fontsize": LARGE})
        parts["bars"] = ClassBars(axes, left=2.2, zero=2.4, right=4.05, length=1.25, top=3.26, pitch=0.305)
    else:
        for name, y in zip(BEFORE_AND_AFTER, ANSWERS, strict=True):
            axes.text(0.15, y, name, **{**BELOW, "horizontalalignment": "left"})
        parts["answers"] = Numerals(axes, [(1.35, y) for y in ANSWERS], zorder=3)
    lefts, titles = (
        ([4.75], ["read, in %"]) if one else ([2.25, 4.85], [f"{name}: read, in %" for name in BEFORE_AND_AFTER])
    )
    for number, (accuracies, left, title) in enumerate(zip(maps, lefts, titles, strict=True)):
        parts |= draw_map(figure, number, accuracies, left, title)
    return figure, parts


def draw_map(figure, number, accuracies, left, title):
    """A map of accuracies, each written into its cell. Parts: "map 0", "mark 0", or whatever the number is."""
    width, height = figure.get_size_inches()
    map_axes = figure.add_axes([left / width, (3.4 - WIDTH) / height, WIDTH / width, WIDTH / height])
    limits = (-FAR - 0.5, FAR + 0.5)
    steps = range(-FAR, FAR + 1)
    ticks = [with_minus(str(step)) for step in steps]
    map_axes.set(xlim=limits, ylim=limits[::-1], xticks=steps, yticks=steps, xticklabels=ticks, yticklabels=ticks)
    map_axes.set(xlabel="right")
    map_axes.set_ylabel("down", labelpad=-2)
    map_axes.set_title(title, fontsize=NORMAL)
    map_axes.grid(False)
    map_axes.tick_params(labelsize=SMALL, length=0)
    map_axes.spines[:].set_visible(False)
    places = [(right, down) for down in steps for right in steps]
    fills = [1 - part * BLUE_PART for part in accuracies.ravel()]
    cells = [frame_at(*place) for place in places]
    map_axes.add_collection(PolyCollection(cells, facecolors=fills, edgecolors="white", linewidths=1.5), autolim=False)
    Numerals(map_axes, places, zorder=2).set([f"{100 * part:.0f}" for part in accuracies.ravel()])
    mark = PolyCollection([], **MARK)
    map_axes.add_collection(mark, autolim=False)
    return {f"map {number}": map_axes, f"mark {number}": mark}


def frame_at(right, down):
    """The corners of the cell of this move."""
    return [(right + across, down + along) for across, along in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))]
