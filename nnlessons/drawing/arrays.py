"""Arrays drawn as cells: how many rows and columns, and what stands in each."""

import numpy as np
from matplotlib.collections import PolyCollection

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import CENTRED, LARGE, NORMAL, blank_figure, in_style

CELL = 0.3  # side of a cell


def cells(rows, columns, left, top, size=CELL):
    """The corners of each cell of an array drawn from its left upper corner, row by row. size: (width, height), or both."""
    width, height = np.broadcast_to(size, 2)
    x, y = np.meshgrid(left + width * np.arange(columns), top - height * np.arange(rows))
    corner = np.stack([x.ravel(), y.ravel()], axis=-1)[:, np.newaxis]
    return corner + [width, height] * np.array([[0, 0], [1, 0], [1, -1], [0, -1]])


class Table:
    """An array with a number in each cell: `words` and `fills`, what is written and behind it, row by row."""

    def __init__(self, axes, shape, left, top, colour, size=0.34):
        corners = cells(*shape, left, top, size)
        self.cells = PolyCollection(corners, edgecolors=colour, linewidths=1.5, facecolors="white", clip_on=False)
        axes.add_collection(self.cells, autolim=False)
        self.numbers = Numerals(axes, corners.mean(axis=1))
        self.artists = [self.cells, *self.numbers.artists]

    def set(self, words, fills):
        self.cells.set_facecolors(fills)
        self.numbers.set(words)


# -- arrays in a row, whose shapes change -----------------------------------------------------------------------------


@in_style
def arrays_in_a_row(names, signs, height=4.0):
    """Arrays drawn as cells, each with words above it, and signs between them: `array_patch` puts an array in its place.

    Parts: "x cells" and "x name" for an array x, and each sign by its name.
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
    """An array of this shape about the middle, its upper edge at `top`; without cells where the shape is None.

    fills: what is behind the cells, one for all or row by row.
    """
    high, wide = (1, *shape)[-2:] if shape else (0, 0)
    corners = cells(high, wide, middle - wide * size / 2, top, size)
    return {
        f"{name} cells": {"verts": corners, "edgecolors": colour, "facecolors": fills},
        f"{name} name": {"text": words, "position": (middle, top + 0.35), "color": colour},
    }
