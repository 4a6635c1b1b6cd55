"""The result of a gradient check: a bar for each array, as long as its relative error, on a logarithmic axis."""

import numpy as np
from matplotlib.collections import LineCollection

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLACK, GREEN, NORMAL, ORANGE, SMALL, in_style, new_figure
from nnlessons.wording import fixed, short

__all__ = ["LIMIT", "MARKS", "error_bars"]
__dir__ = __all__.copy  # what Tab shows after `error_bars.`

LEAST, MOST, LIMIT = 1e-14, 1e4, 1e-6  # the ends of the axis, and the largest error that is still good
MARK, NUMBERS = 8.0, 3e2  # where the marks and numbers are: beyond 2, the largest relative error that is possible
ROW = 0.28  # inches: the height of a row
MARKS = {True: "\N{CHECK MARK}", False: "\N{BALLOT X}"}  # for a right gradient, and for a wrong one


class ErrorBars:
    """A bar with its mark and its number for each of these rows."""

    def __init__(self, axes, rows):
        self.rows = rows
        self.bars = LineCollection([], linewidths=11, capstyle="butt")
        axes.add_collection(self.bars, autolim=False)
        self.marks = Numerals(axes, [(MARK, row) for row in rows], NORMAL)
        self.numbers = Numerals(axes, [(NUMBERS, row) for row in rows], SMALL)
        self.artists = [self.bars, *self.marks.artists, *self.numbers.artists]

    def set(self, errors):
        """Show these relative errors, one for each row: green if below the limit, orange if not."""
        ends = np.clip(errors, 2 * LEAST, NUMBERS / 150)
        self.bars.set(
            segments=[[(LEAST, row), (end, row)] for row, end in zip(self.rows, ends, strict=True)],
            colors=[GREEN if error < LIMIT else ORANGE for error in errors],
        )
        self.marks.set([MARKS[bool(error < LIMIT)] for error in errors])
        self.numbers.set([fixed(error, 2) if error > 0.01 else short(error) for error in errors])


@in_style
def error_bars(names):
    """A row for each of these names. Parts: "errors" (`ErrorBars`)."""
    height = 0.9 + ROW * len(names)
    figure, axes = new_figure(
        width=7.0, height=height, left=0.2, right=0.97, bottom=0.62 / height, top=1 - 0.28 / height
    )
    rows = -np.arange(len(names))
    axes.set(xscale="log", xlim=(LEAST, MOST), ylim=(-len(names) + 0.3, 0.7), xlabel="relative error")
    axes.set_xticks([1e-12, 1e-9, 1e-6, 1e-3, 1])
    axes.minorticks_off()
    axes.set_yticks(rows, names, fontsize=SMALL)
    axes.grid(visible=False, axis="y")
    axes.axvline(LIMIT, color=BLACK, linewidth=1.5, zorder=3)
    axes.text(LIMIT, 1.02, "1e-6", transform=axes.get_xaxis_transform(), fontsize=SMALL, ha="center", va="bottom")
    axes.tick_params(axis="y", length=0)
    return figure, {"errors": ErrorBars(axes, rows)}
