"""The figure of a digit's ink on the weights of a unit, and of the sum that comes of it. Places are in inches."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from nnlessons.drawing.digits import BELOW, FRAME, SIDE, Mosaic
from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLACK, BLUE, GREY, LARGE, ORANGE, blank_figure, in_style
from nnlessons.training.signed import MINUS, signed
from nnlessons.wording import fixed

__all__ = ["PLACE", "SumBars", "ink_and_sums", "ink_squares"]
__dir__ = __all__.copy  # what Tab shows after `ink_on_weights_figure.`

PLACE = {"left": 0.15, "top": 3.75, "pixel": 0.44}  # of the weights
ROWS = (3.2, 2.45, 1.7, 0.75)  # of the sums
IN_PLACE = {"color": GREY, "linewidth": 3, "zorder": 4, "linestyle": (0, (1.5, 0.8))}
NAMES, ZERO, LENGTH, HALF, NUMBERS = 3.95, 5.3, 0.85, 0.17, 6.6


class SumBars:
    """Four bars, to the right above 0 and to the left below: what adds up to a unit's sum, and the sum, in place as a tick."""

    def __init__(self, axes, reach):
        self.scale = LENGTH / reach
        self.bars = PolyCollection([], facecolors=[BLUE, ORANGE, GREY, BLACK], zorder=3, clip_on=False)
        axes.add_collection(self.bars, autolim=False)
        (self.tick,) = axes.plot([], [], **IN_PLACE)
        self.numbers = Numerals(axes, [(NUMBERS, y) for y in ROWS], zorder=3)
        self.artists = [self.bars, self.tick, *self.numbers.artists]

    def set(self, values, before):
        """Show four values, and the last of them as it was before."""
        ends = ZERO + self.scale * np.array(values)
        self.bars.set_verts(
            [
                [(ZERO, y - HALF), (end, y - HALF), (end, y + HALF), (ZERO, y + HALF)]
                for y, end in zip(ROWS, ends, strict=True)
            ]
        )
        x = ZERO + self.scale * before
        self.tick.set_data([x, x], [ROWS[-1] - 2 * HALF, ROWS[-1] + 2 * HALF])
        self.numbers.set([fixed(value, 2) for value in values])


@in_style
def ink_and_sums(most, reach):
    """Left the weights of a unit, up to `most` in size, with ink on them; right what they add up to, up to `reach` in size.

    Parts: "weights", a mesh, and their "minus" signs; "ink", a square in each pixel; "sums" (`SumBars`).
    """
    figure, axes = blank_figure()
    mosaic = Mosaic(1, 1, **PLACE, gaps=(0, 0))
    axes.add_collection(PolyCollection([mosaic.corners(0)], **FRAME), autolim=False)
    parts = {"weights": mosaic.mesh(axes, **signed(most))}
    parts["minus"] = LineCollection([], **MINUS)
    parts["ink"] = PolyCollection([], facecolors="none", edgecolors=BLACK, linewidths=2, zorder=4, clip_on=False)
    for name in ("minus", "ink"):
        axes.add_collection(parts[name], autolim=False)
    for name, y in zip(("ink on +", "ink on \N{MINUS SIGN}", "$b$", "$a$"), ROWS, strict=True):
        size = LARGE if name[0] == "$" else BELOW["fontsize"]
        axes.text(NAMES, y, name, **{**BELOW, "horizontalalignment": "left", "fontsize": size})
    axes.plot([ZERO, ZERO], [ROWS[0] + 2 * HALF, ROWS[-1] - 2 * HALF], color=GREY, linewidth=1.2, zorder=1)
    axes.plot([NAMES, NUMBERS + 0.3], [(ROWS[2] + ROWS[3]) / 2] * 2, color=BLACK, linewidth=1.2, zorder=1)
    axes.plot([NAMES, NAMES + 0.35], [0.2, 0.2], **IN_PLACE)
    axes.text(NAMES + 0.5, 0.19, "$a$ in place", **{**BELOW, "horizontalalignment": "left"})
    parts["sums"] = SumBars(axes, reach)
    return figure, parts


def ink_squares(picture):
    """A square in each inked pixel of a picture (64,); its area is in proportion to the ink."""
    squares = []
    for place in np.flatnonzero(picture):
        row, column = divmod(place, SIDE)
        half = 0.45 * PLACE["pixel"] * np.sqrt(picture[place])
        x = PLACE["left"] + (column + 0.5) * PLACE["pixel"]
        y = PLACE["top"] - (row + 0.5) * PLACE["pixel"]
        squares.append([(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)])
    return squares
