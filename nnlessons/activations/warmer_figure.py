"""The figure of "Warmer or colder?": the error over w, and the error at w and beside it through a magnifying glass."""

import numpy as np

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLACK, CURVE, GREY, NORMAL, POINT, in_style, new_figure

__all__ = ["Magnified", "error_and_magnified"]
__dir__ = __all__.copy  # what Tab shows after `warmer_figure.`

MOST = 0.03  # the largest difference that fits under the glass
GOAL_LINE = {"color": BLACK, "linewidth": 1.8, "linestyle": (0, (5, 2))}


@in_style
def error_and_magnified(w, goal):
    """Left the error over w, right its differences at w - 0.1, w and w + 0.1, with numbers below.

    w  the limits (low, high);  goal  the error that is small enough
    Parts: "curve", the whole error; "here", the ring; "magnified" (`Magnified`); "errors", three texts; "sides", two: what
    the left and the right neighbor are called.
    """
    figure, (left, right) = new_figure(columns=2, height=3.7)
    left.set_position([0.06, 0.16, 0.47, 0.74])
    left.set(xlim=w, ylim=(-0.06, 1.12), xlabel="w", title="error: how far from 1")
    left.set(xticks=[-8, -4, 0, 4, 8], yticks=[0, 0.5, 1])
    left.axhline(goal, **GOAL_LINE)
    left.text(w[1], goal + 0.03, "goal: below 0.05", fontsize=NORMAL, horizontalalignment="right")
    (curve,) = left.plot([], [], **CURVE)
    (here,) = left.plot([], [], **POINT, markeredgecolor=BLACK, clip_on=False)
    right.set_position([0.6, 0.42, 0.38, 0.48])
    right.set(xlim=(-1.5, 1.5), ylim=(-MOST, MOST), xticks=[-1, 0, 1], yticks=[], title="the error near w, magnified")
    right.set(xticklabels=["w − 0.1", "w", "w + 0.1"])
    right.spines[["top", "right"]].set_visible(True)
    step = 2 * MOST / 0.48  # the height of the figure, in the right axes' own units
    errors = Numerals(right, [(x, -MOST - 0.15 * step) for x in (-1, 0, 1)], clip_on=False)
    sides = Numerals(right, [(x, -MOST - 0.24 * step) for x in (-1, 1)], clip_on=False)
    parts = {"curve": curve, "here": here, "magnified": Magnified(right), "errors": errors, "sides": sides}
    return figure, parts


class Magnified:
    """Three marks beside each other: filled triangles that point left and right, and a ring between them."""

    def __init__(self, axes):
        (self.line,) = axes.plot([], [], color=GREY, linewidth=2)
        look = {**POINT, "markeredgecolor": BLACK}
        filled = {**look, "markerfacecolor": BLACK, "markersize": 9}
        looks = [{**filled, "marker": "<"}, look, {**filled, "marker": ">"}]
        self.marks = [axes.plot([], [], **look)[0] for look in looks]
        self.artists = [self.line, *self.marks]

    def set(self, differences):
        """Show three marks at these heights; one that is too far off is at the edge, and the line to it goes out."""
        self.line.set_data([-1, 0, 1], differences)
        inside = np.clip(differences, -0.9 * MOST, 0.9 * MOST)
        for x, mark, height in zip((-1, 0, 1), self.marks, inside, strict=True):
            mark.set_data([x], [height])
