"""The product of a sample and a weight matrix, drawn twice: as arrows between units, and as arrays of numbers."""

from matplotlib.patches import Circle, FancyArrowPatch

from nnlessons.drawing.arrays import Table
from nnlessons.drawing.network import places_of, rim_to_rim
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
    blank_figure,
    in_style,
    ink,
)

__all__ = ["CHOSEN", "OTHER", "product_of"]
__dir__ = __all__.copy  # what Tab shows after `product_two_ways.`

RADIUS, SIDE = 0.3, 0.34  # inches: of a unit, of a cell
TOP = 3.0  # of the arrays
CHOSEN, OTHER = {"color": ORANGE, "linewidth": 4.0}, {"color": GREY, "linewidth": 1.3}  # arrows
HEAD = {"arrowstyle": "-|>", "mutation_scale": 18, "shrinkA": 0, "shrinkB": 0}
BOX = {"boxstyle": "square,pad=0.12", "facecolor": "white", "edgecolor": "none"}


@in_style
def product_of(inputs, units, arrays):
    """`inputs` units with an arrow to each of `units` units, and beside them the arrays.

    arrays  (name, sign before it, shape, left edge in inches) of each
    Parts: "x 0" and "y 0", the numbers in the units; "arrow 0 1" and "w 0 1", from input 0 to unit 1; each array by its name,
    a `Table`; "formula" and "code", two lines of text.
    """
    figure, axes = blank_figure()
    (here,) = places_of([inputs], [0.45], middle=2.45, gap=1.6)
    (there,) = places_of([units], [2.7], middle=2.45, gap=1.1)
    parts = {}
    for i, one in enumerate(here):
        for j, other in enumerate(there):
            start, end = rim_to_rim(one, other, RADIUS)
            arrow = FancyArrowPatch(start, end, **HEAD, **OTHER, zorder=2)
            parts[f"arrow {i} {j}"] = axes.add_patch(arrow)
            at = start + 0.22 * (end - start)
            parts[f"w {i} {j}"] = axes.text(*at, "", fontsize=NORMAL, bbox=BOX, zorder=3, **CENTRED)
    for name, places, colour in (("x", here, BLUE), ("y", there, BLACK)):
        for number, place in enumerate(places):
            axes.add_patch(Circle(place, RADIUS, facecolor="white", edgecolor=colour, linewidth=2.5))
            parts[f"{name} {number}"] = Numeral(axes, place)
    colours = {"x": BLUE, "W": ORANGE, "y": BLACK}
    for name, sign, shape, left in arrays:
        axes.text(left - 0.17, TOP - 0.17, sign, fontsize=LARGE, **CENTRED)
        middle = left + shape[1] * SIDE / 2
        axes.text(middle, TOP + 0.5, f"${name}$", fontsize=LARGE, color=ink(colours[name]), **CENTRED)
        axes.text(middle, TOP + 0.2, f"{shape}", fontsize=NORMAL, color=ink(colours[name]), **CENTRED)
        parts[name] = Table(axes, shape, left, TOP, colours[name], SIDE)
    parts["formula"] = axes.text(3.5, 0.42, "", fontsize=LARGE, color=BLACK, **CENTRED)
    parts["code"] = axes.text(5.2, 1.4, "", fontsize=NORMAL, family="DejaVu Sans Mono", color=GREEN, **CENTRED)
    return figure, parts
