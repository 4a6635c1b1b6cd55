"""A graph whose edges carry arrays: each cell shows its value, and below it, in slanted green, the gradient that came back.

So one sees at a glance that a gradient has the shape of its value.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.collections import PolyCollection

from nnlessons.drawing.arrays import cells
from nnlessons.drawing.graph import EDGE_STATES, MARGIN, Nodes, Wires, half_of
from nnlessons.drawing.graph_layout import RADIUS, spaced
from nnlessons.drawing.numerals import SERIF, Numerals, width_of
from nnlessons.drawing.style import BLACK, CENTRED, FAINT, GREEN, GREY, SMALL, blank_figure, in_style

__all__ = ["CHOSEN", "ArrayCells", "Values", "array_graph"]
__dir__ = __all__.copy  # what Tab shows after `array_graph.`

LARGEST = 1.35  # the largest scale, which a small graph may grow to; at 1 its type has 12 points
WIDTH, HEIGHT = 0.5, 0.44  # inches: a cell
LINE = 0.1  # from the middle of a cell up to its value, and down to its gradient
NAME = 0.26  # the height of the name above an array
BETWEEN = 0.1  # between two arrays of a column
SHORTEST = 0.21  # the least length of a path, from an array to a node or on
TURN = np.radians(50)  # between two paths that end at the same node, seen from its middle
HEADS = 0.85  # the size of the arrowheads, as a part of those in a graph of single numbers
CHOSEN = "#FFF3C4"
INSIDE = 0.022  # from the rim of a cell to the frame that shows, besides the color, that it is chosen


class ArrayCells:
    """All cells of all arrays: their corners (cells, 4, 2) in inches, array after array, and how many each array has."""

    def __init__(self, axes, corners, sizes):
        self.sizes = sizes
        self.shapes = PolyCollection(corners, zorder=3)
        inward = np.sign(corners.mean(axis=1, keepdims=True) - corners)
        self.frames = PolyCollection(corners + INSIDE * inward, facecolors="none", linewidths=1.4, zorder=3.1)
        self.artists = [self.shapes, self.frames]
        for artist in self.artists:
            axes.add_collection(artist, autolim=False)

    def set(self, states, chosen):
        """For each array its state, a key of EDGE_STATES; for each cell whether it is highlighted as chosen."""
        rims = {"unknown": (FAINT, 1.0), "known": (GREY, 1.2)}
        rims |= {state: (EDGE_STATES[state][0], 2.8) for state in ("forward", "upstream", "downstream")}
        each = [rims[state] for state, size in zip(states, self.sizes, strict=True) for _ in range(size)]
        self.shapes.set(
            edgecolors=[colour for colour, _ in each],
            linewidths=[width for _, width in each],
            facecolors=[CHOSEN if on else "white" for on in chosen],
        )
        self.frames.set(edgecolors=[BLACK if on else "none" for on in chosen])


class Values(Numerals):
    """The value of each cell: in its upper half, or in its middle as long as it's alone there."""

    def __init__(self, axes, centres, line, **look):
        super().__init__(axes, centres + np.array([0, line]), **look)
        self.line = line

    def set(self, texts, alone=False):
        """Show these texts; alone: for each cell, or for all, whether there's no gradient below it."""
        super().set(texts, down=self.line * np.asarray(alone))


@dataclass(frozen=True)
class ArrayLayout:
    """Where everything is, in inches."""

    middles: dict  # name -> (x, y)
    nodes: list  # (x, y)
    paths: list  # for each node from its inputs, then to its outputs: (2, 2)
    scale: float


@in_style
def array_graph(columns, shapes, nodes, size, vectors=()):
    """Arrays in columns, and between the columns the nodes that lead from one to the next.

    columns  the names of the arrays in each column, from the top
    shapes   {name: (rows, columns)}
    nodes    (sign, names of its inputs, names of its outputs), in the order of the forward pass; a branch has the sign ""
    size     (width, height) of the figure in inches; the graph grows or shrinks to fit
    vectors  names of arrays with one row that have only one dimension in the code
    Parts: "cells" (`ArrayCells`), "values" (`Values`) and "gradients" (a text for each cell, array after array),
    "nodes" (`Nodes`), and "wires" (`Wires`: for each node from its inputs, then to its outputs).
    """
    figure, axes = blank_figure(*size)
    titles = {name: titled(name, shape, vectors) for name, shape in shapes.items()}
    layout = lay_out_arrays(columns, shapes, titles, nodes, size)
    scale = layout.scale
    corners = []
    for name, (rows, across) in shapes.items():
        x, y = layout.middles[name]
        left, top = x - across * WIDTH / 2 * scale, y + rows * HEIGHT / 2 * scale
        corners.append(cells(rows, across, left, top, (WIDTH * scale, HEIGHT * scale)))
        above = top + NAME / 2 * scale
        axes.text(x, above, titles[name], fontsize=SMALL * scale, zorder=0.5, **CENTRED)
    centres = np.concatenate([corner.mean(axis=1) for corner in corners])
    kinds, signs = [node_kind(sign) for sign, _, _ in nodes], [sign for sign, _, _ in nodes]
    texts = {"size": SMALL * scale, "room": (WIDTH - 0.03) * scale, "zorder": 5}
    line = LINE * scale
    parts = {
        "wires": Wires(axes, layout.paths, [path.mean(axis=0) for path in layout.paths], HEADS * scale),
        "cells": ArrayCells(axes, np.concatenate(corners), [rows * across for rows, across in shapes.values()]),
        "nodes": Nodes(axes, kinds, signs, list(map(half_of, kinds, signs)), layout.nodes, scale),
        "values": Values(axes, centres, line, **texts),
        "gradients": Numerals(axes, centres - [0, line], font=SERIF, facecolor=GREEN, **texts),
    }
    return figure, parts


def titled(name, shape, vectors):
    """The words above an array: its name and its shape. A vector's shape is (n,), though it's drawn as a row."""
    return f"{name} {shape[1:] if name in vectors else shape}"


def node_kind(sign):
    """The kind of a node, as `Nodes` has it."""
    return "operation" if sign else "branch"


def lay_out_arrays(columns, shapes, titles, nodes, size):
    """The `ArrayLayout`: columns of arrays side by side, each node in the gap before its outputs, all in the middle."""
    wide = {name: max(shape[1] * WIDTH, width_of(titles[name], SMALL)) for name, shape in shapes.items()}
    widths = [max(wide[name] for name in column) for column in columns]
    column_of = {name: number for number, column in enumerate(columns) for name in column}
    halves = [half_of(node_kind(sign), sign) for sign, _, _ in nodes]
    gaps = [0.0] * len(columns)  # before each column
    for half, (_, _, outputs) in zip(halves, nodes, strict=True):
        column = column_of[outputs[0]]
        gaps[column] = max(gaps[column], 2 * half + SHORTEST + SHORTEST * (1.5 if len(outputs) > 1 else 1))
    lefts = np.cumsum(gaps) + np.cumsum([0.0, *widths[:-1]]) - (sum(widths) + sum(gaps)) / 2

    x = {name: lefts[column] + widths[column] / 2 for name, column in column_of.items()}
    tall = {name: shape[0] * HEIGHT + NAME + BETWEEN for name, shape in shapes.items()}
    scale = min(LARGEST, size[0] / (sum(widths) + sum(gaps) + 2 * MARGIN))
    y, high = heights_of(columns, tall, nodes, size[1] / scale)
    scale = min(scale, size[1] / high)
    middles = {name: np.array([x[name], y[name]]) for name in shapes}
    places, paths = [], []
    for half, (_, inputs, outputs) in zip(halves, nodes, strict=True):
        column = column_of[outputs[0]]
        place = np.array([lefts[column] - gaps[column] / 2, np.mean([y[name] for name in outputs])])
        places.append(place)
        ends = entrances(half, sorted(inputs, key=lambda name: -y[name]))
        paths += [np.array([edge_end(name, middles, shapes, 1), place + ends[name]]) for name in inputs]
        paths += [np.array([place + [half, 0], edge_end(name, middles, shapes, -1)]) for name in outputs]

    def on_the_figure(points):
        return np.asarray(points) * scale + np.array(size) / 2

    return ArrayLayout(
        {name: on_the_figure(middle) for name, middle in middles.items()},
        on_the_figure(places),
        list(map(on_the_figure, paths)),
        scale,
    )


def heights_of(columns, tall, nodes, room):
    """({name: y of its middle}, height of all): each array as near to the inputs of its node as its neighbors allow.

    A column that would reach beyond the room, or beyond the tallest column, is moved back.
    """
    high = max(room, *(sum(tall[name] for name in column) for column in columns))
    y = {}
    for column in columns:
        wishes = []
        for name in column:
            sources = [y[one] for _, inputs, outputs in nodes if name in outputs for one in inputs]
            wishes.append((-np.mean(sources) if sources else 0.0, 1.0 if sources else 0.01))  # an input goes anywhere
        each = np.array([tall[name] for name in column])
        down = np.array(spaced(wishes, np.cumsum(each) - each / 2))
        top, bottom = down[0] - each[0] / 2, down[-1] + each[-1] / 2
        free, middle = max(0.0, (high - (bottom - top)) / 2), (top + bottom) / 2
        y.update(zip(column, middle - np.clip(middle, -free, free) - down, strict=True))
    top = max(y[name] + tall[name] / 2 for name in y)
    bottom = min(y[name] - tall[name] / 2 for name in y)
    return {name: height - (top + bottom) / 2 - NAME / 2 for name, height in y.items()}, top - bottom


def entrances(half, inputs):
    """{name: where its path ends, seen from the node's middle}: apart from each other on the node's round left side."""
    radius = min(half, RADIUS)
    turns = dict(zip(inputs, TURN * ((len(inputs) - 1) / 2 - np.arange(len(inputs))), strict=True))
    return {
        name: np.array([radius - half - radius * np.cos(turn), radius * np.sin(turn)]) for name, turn in turns.items()
    }


def edge_end(name, middles, shapes, side):
    """The point where a path meets an array: at its right side if `side` is 1, at its left side if -1."""
    return middles[name] + [side * (shapes[name][1] * WIDTH / 2 + 0.03), 0]
