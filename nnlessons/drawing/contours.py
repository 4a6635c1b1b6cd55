"""A map of a function of two inputs: bands of color between contour lines that carry their heights."""

from nnlessons.drawing.style import BLACK, SMALL
from nnlessons.wording import with_minus

__all__ = ["LINE", "draw_bands"]
__dir__ = __all__.copy  # what Tab shows after `contours.`

LINE = "#3F5566"  # the color of a contour line


def draw_bands(axes, sides, heights, levels, colors, labels):
    """Contour lines at these levels, dashed below 0, with a band of its own color on each side of every line.

    sides   the coordinates (x (n,), y (m,)) of the heights (m, n)
    colors  of the bands, from the lowest on: one more than there are levels
    labels  places (x, y): the nearest contour line has its height written there
    """
    edges = [heights.min() - 1, *levels, heights.max() + 1]
    axes.contourf(*sides, heights, edges, colors=colors)
    lines = axes.contour(*sides, heights, levels=levels, colors=LINE, linewidths=1.1, zorder=1)
    as_words = {"fontsize": SMALL, "colors": BLACK, "fmt": lambda level: with_minus(f"{level:g}")}
    for words in axes.clabel(lines, manual=labels, **as_words):
        words.set_rotation(0)
    axes.grid(visible=False)
