"""The result of a gradient check: a bar for each array, as long as its relative error, on a logarithmic axis."""

import numpy as np
from matplotlib.collections import LineCollection

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLUE, GREY, ORANGE, SMALL, in_style, new_figure
from nnlessons.wording import short

__all__ = ["LIMIT", "error_bars"]
__dir__ = __all__.copy  # what Tab shows after `error_bars.`

LEAST, MOST, LIMIT = 1e-14, 1e4, 1e-6  # the ends of the axis, and the largest error that is still good
NUMBERS = 3e2  # the numbers are here: beyond 2, the largest relative error that is possible


class ErrorBars:
    """A bar with its number for each of these rows."""

    def __init__(self, axes, rows):
        self.rows = rows
        self.bars = LineCollection([], linewidths=11, capstyle="butt")
        axes.add_collection(self.bars, autolim=False)
        self.numbers = Numerals(axes, [(NUMBERS, row) for row in rows], SMALL)
        self.artists = [self.bars, *self.numbers.artists]

    def set(self, errors):
        """Show these relative errors, one for each row; those above the limit in orange."""
        ends = np.clip(errors, 2 * LEAST, NUMBERS / 30)
        self.bars.set(
            segments=[[(LEAST, row), (end, row)] for row, end in zip(self.rows, ends, strict=True)],
            colors=[ORANGE if error > LIMIT else BLUE for error in errors],
        )
        self.numbers.set(map(short, errors))


@in_style
def error_bars(names):
    """A row for each of these names. Parts: "errors" (`ErrorBars`)."""
    figure, axes = new_figure(width=7.0, height=4.2, left=0.2, right=0.97, bottom=0.1, top=0.97)
    rows = -np.arange(len(names))
    axes.set(xscale="log", xlim=(LEAST, MOST), ylim=(-len(names) + 0.3, 0.7))
    axes.set_xticks([1e-12, 1e-9, 1e-6, 1e-3, 1])
    axes.minorticks_off()
    axes.set_yticks(rows, names, fontsize=SMALL)
    axes.grid(visible=False, axis="y")
    axes.axvline(LIMIT, color=GREY, linewidth=1.5, linestyle=(0, (4, 3)), zorder=1)
    axes.tick_params(axis="y", length=0)
    return figure, {"errors": ErrorBars(axes, rows)}
