"""The figure of "Gears": four dials in a row, each turned by the one before it."""

import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, Polygon

from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
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
from nnlessons.wording import rounded

__all__ = ["Dial", "four_dials"]
__dir__ = __all__.copy  # what Tab shows after `gears_figure.`

RADIUS, HEIGHT, ACROSS = 0.64, 2.36, (0.8, 2.6, 4.4, 6.2)  # of the dials, in inches
FORMULAS = {"w": "$w$", "a": "$a = w x + b$", "z": r"$z = \mathrm{sigmoid}(a)$", "L": r"$L = \frac{1}{2} (z - t)^2$"}
SLOPES = {"da/dw": "$da/dw = x$", "dz/da": "$dz/da = z\\,(1 - z)$", "dL/dz": "$dL/dz = z - t$"}
TOGETHER = {"arrowstyle": "-|>", "mutation_scale": 18, "color": GREEN, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}


@in_style
def four_dials():
    """Dials for w, a, z and L, joined by their slopes; below them an arrow from the first to the last.

    Parts: "w", "a", "z", "L" (`Dial`); their values before, "w value" and so on; "da/dw", "dz/da", "dL/dz" and "dL/dw".
    """
    figure, axes = blank_figure()
    axes.text(0.1, 3.72, "1 turn = 1", fontsize=SMALL, verticalalignment="center")
    parts = {}
    for (name, formula), x in zip(FORMULAS.items(), ACROSS, strict=True):
        axes.text(x, 1.44, formula, fontsize=NORMAL, **CENTRED)
        parts[f"{name} value"] = Numeral(axes, (x, 1.14), size=LARGE, zorder=3)
        parts[name] = Dial(axes, (x, HEIGHT), change=(x, 0.86))
    for (name, formula), start, end in zip(SLOPES.items(), ACROSS[:-1], ACROSS[1:], strict=True):
        join(axes, start, end)
        middle = (start + end) / 2
        axes.text(middle, 3.72, formula, fontsize=NORMAL, color=GREEN, **CENTRED)
        parts[name] = Numeral(axes, (middle, 3.4), size=LARGE, facecolor=GREEN, zorder=3)
    join_ends(axes)
    axes.text(1.2, 0.22, "$dL/dw =$", fontsize=NORMAL, color=GREEN, **CENTRED)
    parts["dL/dw"] = Numeral(axes, (3.6, 0.22), size=LARGE, room=3.9, facecolor=GREEN, zorder=3)
    return figure, parts


def join(axes, start, end):
    """An arrow from the top of one dial to the top of the next."""
    ends = [(start + 0.45, HEIGHT + 0.62), (end - 0.45, HEIGHT + 0.62)]
    axes.add_patch(FancyArrowPatch(*ends, connectionstyle="arc3,rad=-0.25", **TOGETHER, zorder=1))


def join_ends(axes):
    """An arrow from the first dial to the last, below them all."""
    start, end, low, high = ACROSS[0], ACROSS[-1], 0.46, 0.7
    axes.plot([start, start, end], [high, low, low], color=GREEN, linewidth=2, zorder=1)
    axes.add_patch(FancyArrowPatch((end, low), (end, high), **TOGETHER, zorder=1))


class Dial:
    """A dial whose hand starts at the top. If its number grows by 1, that's one turn, clockwise; the ticks are tenths.

    change  where the change is written
    """

    def __init__(self, axes, center, change):
        self.center = np.array(center)
        axes.add_patch(Circle(center, RADIUS, facecolor="white", edgecolor=GREY, linewidth=2.5, zorder=1.5))
        for tenth in range(10):
            ends = self.at(tenth / 10, RADIUS * np.array([0.8 if tenth else 0.68, 1]))
            axes.plot(*ends.T, color=GREY, linewidth=1.5, zorder=1.6)
        self.turn = axes.add_patch(Polygon([center] * 3, linewidth=0, alpha=0.45, zorder=2))
        (self.hand,) = axes.plot([], [], color=BLACK, linewidth=4, zorder=2.5)
        axes.add_patch(Circle(center, 0.07, facecolor=BLACK, edgecolor="none", zorder=2.6))
        self.number = Numeral(axes, change, size=NORMAL, zorder=3)
        self.artists = [self.turn, self.hand, *self.number.artists]

    def at(self, turns, radius):
        """The place (2,), or places (n, 2), at this angle and distance from the center."""
        angle = 2 * np.pi * np.asarray(turns)
        return self.center + np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=-1)

    def set(self, change):
        """Turn the hand by this change from the top, shade what it passed, and write the change below."""
        shown = round(change, 3)
        color = BLUE if shown > 0 else ORANGE if shown < 0 else BLACK
        rim = self.at(np.linspace(0, change, 61), np.full(61, 0.8 * RADIUS))
        self.turn.set(xy=[self.center, *rim], facecolor=color)
        self.hand.set_data(*np.transpose([self.center, self.at(change, 0.92 * RADIUS)]))
        self.number.set("+" * (shown > 0) + rounded(change))
        self.number.outline.set_facecolor(ink(color))
