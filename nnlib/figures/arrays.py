"""Arrays drawn as cells: how many rows and columns, and what stands in each."""

import numpy as np
from matplotlib.collections import PolyCollection

from nnlib.figures.numerals import Numerals

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
