"""The figure of the race: for each method a bar with the slopes it knows, their number, and the multiplications spent."""

import numpy as np
from matplotlib.patches import Rectangle

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLACK, GREEN, GREY, LARGE, NORMAL, blank_figure, in_style

__all__ = ["three_bars"]
__dir__ = __all__.copy  # what Tab shows after `race_figure.`

WIDTH, HEIGHT = 7.0, 3.0  # inches
LEFT, LONG, THICK = 1.3, 2.35, 0.36  # of a bar
COLUMNS = {"slopes known": 4.6, "multiplications": 6.1}  # the middle of each column of numbers


@in_style
def three_bars(names):
    """Parts: a bar for each name, Rectangles whose width is set in inches up to LONG; "known" and "spent", a text for each."""
    figure, axes = blank_figure(WIDTH, HEIGHT)
    middles = HEIGHT - 0.95 - 0.75 * np.arange(len(names))
    for words, x in COLUMNS.items():
        axes.text(x, HEIGHT - 0.35, words, fontsize=NORMAL, color=GREY, ha="center", va="center")
    parts = {}
    for name, y in zip(names, middles, strict=True):
        axes.text(0.12, y, name, fontsize=LARGE, va="center")
        corner = (LEFT, y - THICK / 2)
        axes.add_patch(Rectangle(corner, LONG, THICK, facecolor="white", edgecolor=GREY, linewidth=1.2))
        parts[name] = axes.add_patch(Rectangle(corner, 0, THICK, facecolor=GREEN, edgecolor="none", zorder=2))
    for part, x in zip(("known", "spent"), COLUMNS.values(), strict=True):
        parts[part] = Numerals(axes, [(x, y) for y in middles], NORMAL, facecolor=BLACK)
    return figure, parts
