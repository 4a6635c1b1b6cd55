"""Handwritten digits, pictures of 8 x 8 pixels, and a bar for each class. Places are in inches.

Whatever never changes is below whatever moves, so that it isn't painted again.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLACK, BLUE, CENTRED, GREY, NORMAL
from nnlessons.wording import fixed

__all__ = ["BELOW", "CLASSES", "FRAME", "INK", "MARK", "MESH", "NO_BARS", "PITCH", "SIDE", "TOP"]
__all__ += ["ClassBars", "Mosaic", "one_picture", "probabilities_patch"]
__dir__ = __all__.copy  # what Tab shows after `digits.`

SIDE, CLASSES = 8, 10  # pixels along one side of a picture; digits
TOP, PITCH = 4.05, 0.415  # of the first bar; from bar to bar
MESH = {"clip_on": False, "zorder": 2}
INK = {"cmap": "Greys", "vmin": 0, "vmax": 1}
LIGHT = "#DCEAF5"
FRAME = {"facecolors": "none", "edgecolors": GREY, "linewidths": 1, "zorder": 3, "clip_on": False}
MARK = {**FRAME, "edgecolors": BLACK, "linewidths": 3.5, "zorder": 4}  # around one of several pictures
NO_BARS = {"values": np.zeros(CLASSES), "words": [""] * CLASSES, "fills": "none", "edges": "none"}
BELOW = {**CENTRED, "fontsize": NORMAL, "zorder": 1}  # texts that never change


def one_picture(axes, left, top, pixel):
    """A framed place for one picture, a mesh whose property is array (8, 8)."""
    mosaic = Mosaic(1, 1, left=left, top=top, pixel=pixel, gaps=(0, 0))
    axes.add_collection(PolyCollection([mosaic.corners(0)], **FRAME), autolim=False)
    return mosaic.mesh(axes, **INK)


class Mosaic:
    """Places for `count` pictures in rows, all of them in one mesh of pixels.

    left, top  the upper left corner;  pixel  the side of a pixel
    gaps       how many pixels are between two rows, and between two columns
    """

    def __init__(self, count, columns, left, top, pixel, gaps):
        self.count, self.columns, self.pixel = count, columns, pixel
        self.left, self.top = left, top
        self.steps = SIDE + gaps[0], SIDE + gaps[1]
        self.shape = -(-count // columns) * self.steps[0] - gaps[0], columns * self.steps[1] - gaps[1]

    def mesh(self, axes, **look):
        """All places as one mesh of pixels, which is painted in a tenth of the time that a matplotlib image takes."""
        rows, columns = self.shape
        x, y = self.left + self.pixel * np.arange(columns + 1), self.top - self.pixel * np.arange(rows + 1)
        return axes.pcolormesh(x, y, np.full(self.shape, np.nan), **MESH, **look)

    def whole(self, pictures):
        """At most `count` pictures (n, 64) as the array of the whole mesh; NaN where there is no picture."""
        whole = np.full(self.shape, np.nan)
        for number, picture in enumerate(pictures):
            row, column = np.multiply(divmod(number, self.columns), self.steps)
            whole[row : row + SIDE, column : column + SIDE] = picture.reshape(SIDE, SIDE)
        return whole

    def corners(self, number):
        """The four corners of one picture, clockwise from the upper left one."""
        row, column = np.multiply(divmod(number, self.columns), self.steps)
        x, y, side = self.left + column * self.pixel, self.top - row * self.pixel, SIDE * self.pixel
        return [(x, y), (x + side, y), (x + side, y - side), (x, y - side)]

    def below(self, number, away):
        """The point below the middle of a picture, this far away."""
        (left, _), (right, _), (_, bottom), _ = self.corners(number)
        return (left + right) / 2, bottom - away


class ClassBars:
    """A row for each class, from the top: its name, a bar to the right, or to the left if it is negative, and its number.

    left, zero, right  the x of the names, of the start of the bars, and of the numbers
    length, full       a value of `full` is a bar of this length
    """

    def __init__(self, axes, left, zero, right, length, full=1.0, top=TOP, pitch=PITCH):
        self.rows = [top - pitch * number for number in range(CLASSES)]
        self.zero, self.scale, self.half = zero, length / full, 0.36 * pitch
        self.names = Numerals(axes, [(left, y) for y in self.rows], zorder=1)  # they never change
        self.names.set(map(str, range(CLASSES)))
        axes.plot([zero, zero], [top + pitch / 2, self.rows[-1] - pitch / 2], color=GREY, linewidth=1.2, zorder=1)
        self.bars = PolyCollection([], linewidths=1.5, zorder=3, clip_on=False)
        axes.add_collection(self.bars, autolim=False)
        self.numbers = Numerals(axes, [(right, y) for y in self.rows], clip_on=False, zorder=3)
        self.artists = [self.bars, *self.numbers.artists]

    def set(self, values, words, fills, edges):
        """For each class its value, the number written beside it, and the colours of its bar; one colour may serve all."""
        ends = self.zero + self.scale * np.asarray(values)
        self.bars.set(
            verts=[
                [(self.zero, y - self.half), (end, y - self.half), (end, y + self.half), (self.zero, y + self.half)]
                for y, end in zip(self.rows, ends, strict=True)
            ],
            facecolors=fills,
            edgecolors=edges,
        )
        self.numbers.set(words)


def probabilities_patch(y):
    """The properties of `ClassBars` that show ten probabilities, the largest in full colour."""
    fills = [BLUE if number == np.argmax(y) else LIGHT for number in range(CLASSES)]
    return {"values": y, "words": [fixed(value) for value in y], "fills": fills, "edges": BLUE}
