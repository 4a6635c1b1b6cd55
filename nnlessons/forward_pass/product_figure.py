"""The figure of x @ W + b as tables: each row of x is level with its row of the result, each column of W above its column.

Places are in inches.
"""

from matplotlib.patches import Polygon

from nnlessons.drawing.arrays import Table, cells
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
    PALE,
    SMALL,
    blank_figure,
    in_style,
    ink,
)

__all__ = ["SHAPES", "SUM", "corners", "gaps", "one_product"]
__dir__ = __all__.copy  # what Tab shows after `product_figure.`

SHAPES = {"x": (4, 2), "W": (2, 3), "b": (1, 3), "a": (4, 3), "step": (4, 3)}
COLOURS = {"x": BLUE, "W": ORANGE, "b": GREEN, "a": BLACK, "step": BLACK}
LEFT = {"x": 0.4, "W": 2.1, "b": 2.1, "a": 2.1, "step": 5.15}
TOPS = {"x": 2.36, "W": 3.66, "b": 2.86, "a": 2.36, "step": 2.36}
WIDTH, HIGH = {"x": 0.5, "W": 0.75, "b": 0.75, "a": 0.75, "step": 0.58}, 0.31  # of a cell
CAPTIONS = {"x": "x  (4, 2)", "W": "W  (2, 3)", "b": "b  (3,)", "a": "a  (4, 3)", "step": "step(a)  (4, 3)"}
SUM, SOURCES = 0.56, 0.22  # the y of the sum that is written out, and of where its numbers come from
PLACES = {"x 0": 1.37, "W 0": 2.13, "x 1": 2.99, "W 1": 3.75, "b": 4.73}
SIGNS = {"=": (0.97, 5.26), "·": (1.74, 3.36), "+": (2.56, 4.22), "→": (6.17,)}
RESULTS = {"a": 5.7, "step": 6.52}


@in_style
def one_product(units):
    """The tables, below them one of the sums, and axes over the tables for the pointer. units: the names of W's columns.

    Parts, for each of "x", "W", "b", "a", "step": the `Table`; "x frame", around what is chosen in it; "x area", the axes.
    "across" and "down", the bands between them. Of the sum "place", "x 0", "W 0", "x 1", "W 1", "b sum", "a sum" and "step sum",
    and below the inputs "x 0 source" and so on, all of them a `Numeral`.
    """
    figure, axes = blank_figure()
    parts = {
        name: axes.add_patch(Polygon([(0, 0)] * 4, facecolor=PALE, edgecolor="none", zorder=0.5))
        for name in ("across", "down")
    }
    for name, shape in SHAPES.items():
        parts[name] = Table(axes, shape, LEFT[name], TOPS[name], COLOURS[name], (WIDTH[name], HIGH))
        frame = Polygon(
            [(0, 0)] * 4, facecolor="none", edgecolor=COLOURS[name], linewidth=3.5, joinstyle="miter", zorder=4
        )
        parts[f"{name} frame"] = axes.add_patch(frame)
        parts[f"{name} area"] = area(figure, name)
    label(axes, units)
    write_sum(axes, parts)
    return figure, parts


def area(figure, name):
    """Unseen axes over a table, where x counts its columns and y its rows, from the upper left corner."""
    (rows, columns), (width, height) = SHAPES[name], figure.get_size_inches()
    bottom = TOPS[name] - rows * HIGH
    axes = figure.add_axes([LEFT[name] / width, bottom / height, columns * WIDTH[name] / width, rows * HIGH / height])
    axes.set(xlim=(0, columns), ylim=(rows, 0))
    axes.set_axis_off()
    return axes


def label(axes, units):
    """The names and shapes of the arrays, of their columns and rows; and the code."""
    below = TOPS["a"] - 4 * HIGH - 0.17
    for name in ("x", "a", "step"):
        middle = LEFT[name] + SHAPES[name][1] * WIDTH[name] / 2
        axes.text(middle, below, CAPTIONS[name], fontsize=NORMAL, color=ink(COLOURS[name]), **CENTRED)
    for name in ("W", "b"):
        x, y = LEFT[name] + 3 * WIDTH[name] + 0.15, TOPS[name] - SHAPES[name][0] * HIGH / 2
        axes.text(x, y, CAPTIONS[name], fontsize=NORMAL, color=ink(COLOURS[name]), verticalalignment="center")
    for number, unit in enumerate(units):
        for name, words in {"W": f"{number}: {unit}", "step": unit}.items():
            x = LEFT[name] + (number + 0.5) * WIDTH[name]
            axes.text(x, TOPS[name] + 0.16, words, fontsize=SMALL, **CENTRED)
    for row in range(SHAPES["x"][0]):
        axes.text(LEFT["x"] - 0.18, TOPS["x"] - (row + 0.5) * HIGH, f"{row}:", fontsize=SMALL, **CENTRED)
    axes.text(LEFT["b"] - 0.22, TOPS["b"] - HIGH / 2, "+", fontsize=LARGE, **CENTRED)
    axes.text(4.75, TOPS["a"] - 2 * HIGH, "step\n→", fontsize=NORMAL, linespacing=0.9, **CENTRED)
    mono = {"fontsize": NORMAL, "family": "DejaVu Sans Mono", "verticalalignment": "center"}
    axes.text(0.12, 3.6, "a = x @ W + b", **mono)
    for y, words in {3.28: "(4, 2) @ (2, 3) + (3,)", 3.03: "→ (4, 3)"}.items():
        axes.text(0.12, y, words, fontsize=SMALL, verticalalignment="center")


def write_sum(axes, parts):
    """The signs of the sum, which never change, and places for its numbers."""
    parts["place"] = Numeral(axes, (0.44, SUM), size=LARGE)
    for name, x in PLACES.items():
        colour = ink(COLOURS[name[0]])
        parts["b sum" if name == "b" else name] = Numeral(axes, (x, SUM), size=LARGE, facecolor=colour)
        parts[f"{name} source"] = Numeral(axes, (x, SOURCES), size=SMALL, facecolor=colour)
    for name, x in RESULTS.items():
        parts[f"{name} sum"] = Numeral(axes, (x, SUM), size=LARGE)
    for sign, places in SIGNS.items():
        for x in places:
            axes.text(x, SUM, sign, fontsize=LARGE, **CENTRED)
    axes.text(SIGNS["→"][0], SOURCES, "step", fontsize=SMALL, color=GREY, **CENTRED)


def corners(name, row=None, column=None):
    """The corners of a row, a column or a cell of a table."""
    rows, columns = SHAPES[name]
    high, wide = (rows if row is None else 1), (columns if column is None else 1)
    left, top = LEFT[name] + (column or 0) * WIDTH[name], TOPS[name] - (row or 0) * HIGH
    return cells(1, 1, left, top, (wide * WIDTH[name], high * HIGH))[0]


def gaps(row, column):
    """The corners of the bands that join a row of x, and a column of W, to their cell in a."""
    cell, sample, unit = corners("a", row, column), corners("x", row), corners("W", column=column)
    return {"across": [sample[1], cell[0], cell[3], sample[2]], "down": [unit[3], unit[2], cell[1], cell[0]]}
