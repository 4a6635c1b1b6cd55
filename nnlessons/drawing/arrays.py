"""Arrays drawn as cells: one for each element, with or without its number."""

import numpy as np
from matplotlib.collections import PolyCollection

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import CENTRED, LARGE, NORMAL, blank_figure, in_style, ink

__all__ = ["Table", "array_patch", "arrays_in_a_row", "cells"]
__dir__ = __all__.copy  # what Tab shows after `arrays.`

CELL = 0.3  # inches: the side of a cell


def cells(rows, columns, left, top, size=CELL):
    """The corners of each cell of an array, row by row: (rows * columns, 4, 2).

    left, top  the upper left corner of the array
    size       of a cell: (width, height), or one number for both
    """
    width, height = np.broadcast_to(size, 2)
    x, y = np.meshgrid(left + width * np.arange(columns), top - height * np.arange(rows))
    corner = np.stack([x.ravel(), y.ravel()], axis=-1)[:, np.newaxis]
    return corner + [width, height] * np.array([[0, 0], [1, 0], [1, -1], [0, -1]])


class Table:
    """A 2-D array with a number in each cell, at a fixed place; the color is for the edges, size as in `cells`."""

    def __init__(self, axes, shape, left, top, colour, size=0.34):
        corners = cells(*shape, left, top, size)
        self.cells = PolyCollection(corners, edgecolors=colour, linewidths=1.5, facecolors="white", clip_on=False)
        axes.add_collection(self.cells, autolim=False)
        self.numbers = Numerals(axes, corners.mean(axis=1))
        self.artists = [self.cells, *self.numbers.artists]

    def set(self, words, fills):
        """Write these words into the cells, row by row, on these fills: one for each cell, or a single one for all in a list."""
        self.cells.set_facecolors(fills)
        self.numbers.set(words)


# -- arrays in a row, whose shapes change -----------------------------------------------------------------------------


@in_style
def arrays_in_a_row(names, signs, height=4.0):
    """Arrays drawn as cells, each with words above it, and signs between them. `height` of the figure, in inches.

    Parts: "x cells" and "x name" for an array x, which `array_patch` moves; and each sign by its name, a text.
    """
    figure, axes = blank_figure(height=height)
    parts = {}
    for name in names:
        parts[f"{name} cells"] = axes.add_collection(PolyCollection([], linewidths=1.8), autolim=False)
        parts[f"{name} name"] = axes.text(0, 0, "", fontsize=NORMAL, **CENTRED)
    for sign in signs:
        parts[sign] = axes.text(0, 0, "", fontsize=LARGE, **CENTRED)
    return figure, parts


def array_patch(name, words, shape, middle, top, colour, fills="white", size=CELL):
    """The properties that show an array of `arrays_in_a_row`, with `words` above it: {"x cells": {...}, "x name": {...}}.

    shape        (rows, columns) or (columns,); None for an array that does not exist: it has no cells
    middle, top  where it is, in inches
    fills        the color behind the cells: one for all, or one for each, row by row
    size         of a cell, in inches
    """
    high, wide = (1, *shape)[-2:] if shape else (0, 0)
    corners = cells(high, wide, middle - wide * size / 2, top, size)
    return {
        f"{name} cells": {"verts": corners, "edgecolors": colour, "facecolors": fills},
        f"{name} name": {"text": words, "position": (middle, top + 0.35), "color": ink(colour)},
    }
