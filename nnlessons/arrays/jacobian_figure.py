"""The Jacobian of a function of arrays as cells: a row for each element of y, a column for each element of x."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb

from nnlessons.drawing.arrays import cells
from nnlessons.drawing.numerals import Numeral, Numerals, one_path, side_by_side, width_of
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    FAINT,
    GREEN,
    GREY,
    LARGE,
    NORMAL,
    ORANGE,
    SMALL,
    blank_figure,
    in_style,
    ink,
)
from nnlessons.wording import fixed

__all__ = ["HEIGHT", "WIDTH", "Jacobian", "jacobian_cells"]
__dir__ = __all__.copy  # what Tab shows after `jacobian_figure.`

WIDTH, HEIGHT = 7.0, 4.2  # of the figure, in inches
LEFT, TOP = 0.98, 3.5  # the corner of the cells; the names are to the left and above
ROOM = 5.88, 2.9  # for the cells, to the right and down
WIDTHS, HEIGHTS = (0.96, 0.72, 0.49), (0.57, 0.46, 0.32, 0.24)  # of a cell: the first for which there is room
WIDEST = "\N{MINUS SIGN}0.88"  # a cell must have room for it
DEEPEST = 0.6  # of full color: a number must be legible on it


@in_style
def jacobian_cells():
    """Parts: "jacobian" (`Jacobian`), and "flow", a text below it."""
    figure, axes = blank_figure(WIDTH, HEIGHT)
    axes.text(LEFT - 0.45, TOP + 0.33, "$J$", fontsize=LARGE, **CENTRED)
    parts = {"jacobian": Jacobian(axes), "flow": Numeral(axes, (WIDTH / 2, 0.25), size=NORMAL)}
    return figure, parts


class Jacobian:
    """Cells with numbers, as many as J has elements; lines between the samples, and the names of all rows and columns."""

    def __init__(self, axes):
        self.cells = axes.add_collection(PolyCollection([], edgecolors=FAINT, linewidths=1), autolim=False)
        self.lines = axes.add_collection(LineCollection([], colors=BLACK, linewidths=2.2, zorder=2.5), autolim=False)
        self.numbers, self.zeros = Placed(axes, NORMAL), Placed(axes, NORMAL, facecolor=GREY)
        self.rows, self.columns = Placed(axes, NORMAL, facecolor=GREEN), Placed(axes, NORMAL, facecolor=ink(BLUE))
        self.elements = Placed(axes, SMALL, facecolor=GREY)
        words = (self.numbers, self.zeros, self.rows, self.columns, self.elements)
        self.artists = [self.cells, self.lines, *(text.outline for text in words)]

    def set(self, values, zero, samples):
        """Show a Jacobian (K, I): a row for each element of y, a column for each of x, sample after sample.

        zero  (K, I), which elements are 0 whatever the numbers are;  samples  how many there are
        """
        rows, columns = values.shape
        size = width, height = side_of_cell(columns, WIDTHS, ROOM[0]), side_of_cell(rows, HEIGHTS, ROOM[1])
        corners = cells(rows, columns, LEFT, TOP, size)
        self.cells.set(verts=corners, facecolors=tints(values, zero).reshape(-1, 3))
        self.lines.set_segments(between_samples(rows, columns, samples, size))
        middles, room = corners.mean(axis=1), 0.86 * width
        self.numbers.set([fixed(value, 2) for value in values[~zero]], middles[~zero.ravel()], room)
        self.zeros.set(["0"] * zero.sum(), middles[zero.ravel()], room)
        across = LEFT + width * (np.arange(columns) + 0.5)  # the middles of the columns, and of the rows
        down = TOP - height * (np.arange(rows) + 0.5)
        each = range(samples)
        self.columns.set([f"x[{n}]" for n in each], points_along(across.reshape(samples, -1).mean(axis=1), TOP + 0.46))
        self.rows.set([f"y[{n}]" for n in each], points_along(LEFT - 0.66, down.reshape(samples, -1).mean(axis=1)))
        places = np.concatenate([points_along(across, TOP + 0.2), points_along(LEFT - 0.22, down)])
        numbers = [*range(columns // samples)] * samples + [*range(rows // samples)] * samples
        self.elements.set(map(str, numbers), places)


def points_along(x, y):
    """Points (n, 2) in a row or a column: x or y may be a single number."""
    return np.stack(np.broadcast_arrays(x, y), axis=-1)


class Placed(Numerals):
    """Numerals that also change their places, on axes in inches. If WIDEST has no room, all are painted smaller alike."""

    def __init__(self, axes, size, **look):
        super().__init__(axes, np.empty((0, 2)), size, **look)

    def set(self, texts, places, room=np.inf):
        """Show these texts at these places (n, 2); room: the width of a cell, in inches."""
        smaller = min(1, room / width_of(WIDEST, self.size))
        paths = [side_by_side(text, self.font) for text in texts]
        pieces = zip(paths, np.asarray(places) / self.scale, strict=True)
        self.outline.set_path(one_path([(path.vertices * smaller + at, path.codes) for path, at in pieces]))


def side_of_cell(count, sides, room):
    """The first of these sides that fits `count` times into the room, or else the last."""
    return next((side for side in sides if count * side <= room), sides[-1])


def tints(values, zero):
    """Blue above 0 and orange below, the deeper the larger; white where `zero`. (K, I) -> (K, I, 3)."""
    deep = DEEPEST * (0.15 + 0.85 * np.abs(values) / (np.abs(values).max() or 1))
    deep = np.where(zero, 0, deep)[..., np.newaxis]
    colour = np.where((values > 0)[..., np.newaxis], to_rgb(BLUE), to_rgb(ORANGE))
    return 1 - deep * (1 - colour)


def between_samples(rows, columns, samples, size):
    """Lines across and down, between the samples and at the outer edges: pairs of points."""
    width, height = size[0] * columns, size[1] * rows
    for part in np.linspace(0, 1, samples + 1):
        yield [(LEFT, TOP - part * height), (LEFT + width, TOP - part * height)]
        yield [(LEFT + part * width, TOP), (LEFT + part * width, TOP - height)]
