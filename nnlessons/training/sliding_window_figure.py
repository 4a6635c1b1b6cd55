"""The figure of a window that slides over a digit: the digit, the nine weights, and the map of matches. Places are in inches."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from nnlessons.drawing.digits import FRAME, INK, MARK, MESH
from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.style import LARGE, NORMAL, SMALL, blank_figure, in_style
from nnlessons.training.signed import MINUS, signed

__all__ = ["MAP", "PATTERN", "cell_of", "digit_pattern_map", "window_at"]
__dir__ = __all__.copy  # what Tab shows after `sliding_window_figure.`

DIGIT = {"left": 0.35, "top": 3.3, "pixel": 0.3}
PATTERN = {"left": 3.15, "top": 2.55, "pixel": 0.3}
MAP = {"left": 4.85, "top": 3.0, "pixel": 0.3}
MOST = 3.0  # the best match that there can be


@in_style
def digit_pattern_map():
    """Left a digit with the window on it, then the window's nine weights, right the map of the matches.

    Parts: "picture", "pattern" and "map", meshes; "pattern signs" and "map signs", the minus signs in two of them; "window" and
    "here", the place of the window on the digit and in the map; "match", the number there; "digit", axes for the pointer.
    """
    figure, axes = blank_figure()
    width, height = figure.get_size_inches()
    parts = {
        "picture": grid(axes, 8, **DIGIT, **INK),
        "pattern": grid(axes, 3, **PATTERN, **signed(MOST)),
        "map": grid(axes, 6, **MAP, **signed(MOST)),
    }
    for name, look in {"pattern signs": MINUS, "map signs": MINUS}.items():
        parts[name] = axes.add_collection(LineCollection([], **look), autolim=False)
    for name in ("window", "here"):
        parts[name] = axes.add_collection(PolyCollection([], **MARK), autolim=False)
    texts = {"horizontalalignment": "center", "verticalalignment": "center", "zorder": 1}
    for count, place in ((8, DIGIT), (6, MAP)):
        for number in range(count):
            along = (number + 0.5) * place["pixel"]
            axes.text(place["left"] + along, place["top"] + 0.15, str(number), fontsize=SMALL, **texts)
            axes.text(place["left"] - 0.15, place["top"] - along, str(number), fontsize=SMALL, **texts)
    for words, place, count, up in (("digit", DIGIT, 8, 0.5), ("window", PATTERN, 3, 0.25), ("match", MAP, 6, 0.5)):
        axes.text(place["left"] + count * place["pixel"] / 2, place["top"] + up, words, fontsize=NORMAL, **texts)
    parts["match"] = Numeral(axes, (MAP["left"] + 3 * MAP["pixel"], 0.75), size=LARGE, zorder=3)
    side = 8 * DIGIT["pixel"]
    parts["digit"] = figure.add_axes(
        [DIGIT["left"] / width, (DIGIT["top"] - side) / height, side / width, side / height]
    )
    parts["digit"].set(xlim=(0, 8), ylim=(8, 0))
    parts["digit"].set_axis_off()
    return figure, parts


def grid(axes, count, left, top, pixel, **look):
    """A framed mesh of count x count cells."""
    corners = [(left, top), (left + count * pixel, top)]
    corners += [(x, top - count * pixel) for x, _ in corners[::-1]]
    axes.add_collection(PolyCollection([corners], **FRAME), autolim=False)
    steps = pixel * np.arange(count + 1)
    return axes.pcolormesh(left + steps, top - steps, np.full((count, count), np.nan), **MESH, **look)


def window_at(row, column):
    """The corners of the window on the digit."""
    return square(DIGIT, row, column, 3)


def cell_of(row, column):
    """The corners of a cell of the map."""
    return square(MAP, row, column, 1)


def square(place, row, column, count):
    """The corners of count x count cells of a mesh, from its upper left corner in this row and column."""
    x, y = place["left"] + column * place["pixel"], place["top"] - row * place["pixel"]
    side = count * place["pixel"]
    return [(x, y), (x + side, y), (x + side, y - side), (x, y - side)]
