"""The figure of a network as four columns of numbers: pixels, hidden units, scores and percentages. Places are in inches."""

import itertools

from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import FancyArrowPatch

from nnlessons.drawing.arrays import cells
from nnlessons.drawing.digits import ClassBars, one_picture
from nnlessons.drawing.style import CENTRED, GREY, NORMAL, SMALL, blank_figure, in_style

__all__ = ["HIGHEST", "four_columns"]
__dir__ = __all__.copy  # what Tab shows after `layers_figure.`

HEIGHT, MIDDLE = 3.9, 2.1  # of the figure, and of the columns
PIXEL, UNIT, ROW = 0.15, 0.24, 0.25  # the side of a pixel; from one hidden unit to the next, and from bar to bar
HIGHEST = 20.0  # a score whose bar is as long as there's room
HEADINGS = {"64 pixels": 0.75, "50 hidden units": 2.4, "10 scores": 4.2, "10 percentages": 6.15}
STEPS = {
    "64 · 50 weights,\n50 biases, ReLU": 1.55,
    "50 · 10 weights,\n10 biases": 3.25,
    "softmax": 5.3,
}  # what happens between the columns
ARROW = {"arrowstyle": "-|>", "mutation_scale": 18, "shrinkA": 0, "shrinkB": 0}


@in_style
def four_columns():
    """The columns, and the weights between them as bundles of lines.

    Parts: "heading 0" to "heading 3", texts; "pixels", a mesh (8, 8); "units", a collection of 50 squares; "scores" and
    "percentages", `ClassBars`, and "score names" and "percentage names", the digits beside them; "path 1" to "path 3", what
    leads to each of the later columns.
    """
    figure, axes = blank_figure(height=HEIGHT)
    parts = {}
    for number, (words, x) in enumerate(HEADINGS.items()):
        parts[f"heading {number}"] = axes.text(x, 3.65, words, fontsize=NORMAL, **CENTRED)
    for words, x in STEPS.items():
        axes.text(x, 0.35, words, fontsize=SMALL, color=GREY, **CENTRED)
    parts["pixels"] = one_picture(axes, left=0.12, top=MIDDLE + 4 * PIXEL, pixel=PIXEL)
    parts["units"] = axes.add_collection(PolyCollection(squares(left=1.82), linewidths=1.2), autolim=False)
    rows = {"top": MIDDLE + 4.5 * ROW, "pitch": ROW}
    for name, bars in {
        "score": ClassBars(axes, left=3.55, zero=4.15, right=4.87, length=0.45, full=HIGHEST, **rows),
        "percentage": ClassBars(axes, left=5.6, zero=5.76, right=6.62, length=0.46, **rows),
    }.items():
        parts[f"{name}s"], parts[f"{name} names"] = bars, bars.names
    parts["path 1"] = bundle(axes, start=1.38, ends=(8, PIXEL), end=1.76, others=(10, UNIT))
    parts["path 2"] = bundle(axes, start=3.06, ends=(10, UNIT), end=3.43, others=(10, ROW))
    parts["path 3"] = axes.add_patch(FancyArrowPatch((5.17, MIDDLE), (5.47, MIDDLE), **ARROW))
    return figure, parts


def squares(left):
    """The corners of the hidden units, ten rows of five, with gaps between them."""
    corners = cells(10, 5, left, MIDDLE + 5 * UNIT, UNIT)
    middles = corners.mean(axis=1, keepdims=True)
    return middles + 0.82 * (corners - middles)


def bundle(axes, start, ends, end, others):
    """Lines from x = start to x = end that join each of some rows to each of some others.

    ends, others  (number, pitch) of the rows
    """
    here, there = (
        [MIDDLE + pitch * (row - (number - 1) / 2) for row in range(number)] for number, pitch in (ends, others)
    )
    lines = LineCollection([[(start, y), (end, z)] for y, z in itertools.product(here, there)], linewidths=0.6)
    return axes.add_collection(lines, autolim=False)
