"""A network whose units are split into their sum and their output, with the weights of one layer written on its edges."""

import itertools

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from nnlessons.drawing.network import colour_of, edges_between, places_of, tint
from nnlessons.drawing.numerals import Numerals, width_of
from nnlessons.drawing.style import BLACK, CENTRED, FAINT, GREY, NORMAL, SMALL, blank_figure, in_style

__all__ = ["split_network", "unit_at"]
__dir__ = __all__.copy  # what Tab shows after `passing_figure.`

RADIUS, HALF, WHOLE = 0.27, 0.68, 0.37  # inches: half the height of a unit; the width of its halves; of half an output
COLUMNS, MIDDLE, GAPS = (0.42, 2.33, 4.62, 6.55), 1.89, (1.6, 1.2, 1.4, 1.4)
REACH = (RADIUS, HALF, HALF, WHOLE)  # from the middle of a unit to its left and right ends, for each layer
LABEL = 0.28  # how far along an edge its weight is written
INSIDE = 0.48  # where the middle of a number is in its half of a unit, away from the round end
WIDEST = 4.0  # points: the width of an edge whose weight is 1
FRAMES = {"ahead": (FAINT, 1.2), "done": (GREY, 1.5), "now": (BLACK, 1.8), "chosen": (BLACK, 3.6)}


class SplitUnits:
    """Units with round ends. An input or an output is one cell; a hidden unit has two: its sum left, its output right."""

    def __init__(self, axes, places):
        cells, middles, outlines = [], [], []
        for (column, reach), split in zip(zip(places, REACH, strict=True), (False, True, True, False), strict=True):
            for x, y in column:
                halves = [round_end(x, y, reach, side) for side in (-1, 1)]
                outlines.append(np.concatenate([halves[0], halves[1][::-1]]))
                cells += halves if split else outlines[-1:]
                middles += [(x - INSIDE * reach, y), (x + INSIDE * reach, y)] if split else [(x, y)]
        self.cells = PolyCollection(cells, edgecolors=GREY, linewidths=1, zorder=3)
        self.frames = PolyCollection(outlines, facecolors="none", zorder=4)
        for each in (self.cells, self.frames):
            axes.add_collection(each, autolim=False)
        self.numbers = Numerals(axes, middles, SMALL, zorder=5)
        self.artists = [self.cells, self.frames, *self.numbers.artists]

    def set(self, values, words, states):
        """The values that color the cells, and the words in them; and for each unit the name of its frame in FRAMES."""
        self.cells.set_facecolors([tint(value) for value in values])
        self.numbers.set(words)
        colours, widths = zip(*(FRAMES[state] for state in states), strict=True)
        self.frames.set(edgecolors=colours, linewidths=widths)


class Wires:
    """The edges between the layers, each from the right end of a unit to the left end of another."""

    def __init__(self, axes, ends):
        self.segments = LineCollection(ends, zorder=2)
        axes.add_collection(self.segments, autolim=False)
        self.artists = [self.segments]

    def set(self, weights, lit, ahead):
        """For each edge: its weight, whether it has the color of its sign, and whether it's still ahead, and thin."""
        edges = list(zip(weights, lit, ahead, strict=True))
        self.segments.set(
            linewidths=[1.2 if far else np.clip(abs(w), 0.24, 2) * WIDEST for w, _, far in edges],
            colors=[colour_of(w) if on else FAINT for w, on, _ in edges],
            linestyles=[(0, (2.2, 0.9)) if w < 0 and not far else "solid" for w, _, far in edges],
        )


class Notes:
    """Small numbers on white, each in black or in gray."""

    def __init__(self, axes, places):
        self.places = np.asarray(places)
        self.boxes = PolyCollection([], facecolors="white", edgecolors="none", zorder=5)
        axes.add_collection(self.boxes, autolim=False)
        self.grey, self.black = (Numerals(axes, places, SMALL, facecolor=each, zorder=6) for each in (GREY, BLACK))
        self.artists = [self.boxes, *self.grey.artists, *self.black.artists]

    def set(self, words, strong):
        """The words for each element, "" for none, and whether they're black."""
        sizes = np.array([(width_of(text, SMALL) + 0.06, 0.2) if text else (0, 0) for text in words])
        corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)])
        self.boxes.set_verts(self.places[:, np.newaxis] + sizes[:, np.newaxis] * corners)
        self.black.set([text if on else "" for text, on in zip(words, strong, strict=True)])
        self.grey.set(["" if on else text for text, on in zip(words, strong, strict=True)])


def round_end(x, y, reach, side):
    """The outline of half a unit, from its middle (x, y) to its left end (side -1) or its right one (side 1)."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, 25)
    end = RADIUS * np.column_stack([side * np.cos(turn), np.sin(turn)])
    return np.concatenate([[(x, y - RADIUS)], end + [x + side * (reach - RADIUS), y], [(x, y + RADIUS)]])


def places_in(sizes):
    """The middles of the units, in a list for each layer."""
    columns = zip(sizes, COLUMNS, GAPS, strict=True)
    return [places_of([size], [x], MIDDLE, gap)[0] for size, x, gap in columns]


def unit_at(x, y, sizes):
    """(layer, number) of the unit at this point of the picture, or None."""
    for layer, (column, reach) in enumerate(zip(places_in(sizes), REACH, strict=True)):
        for number, (middle, height) in enumerate(column):
            if abs(x - middle) <= reach and abs(y - height) <= RADIUS:
                return layer, number
    return None


@in_style
def split_network(sizes):
    """A network of three layers with these numbers of units, inputs first.

    Parts: "units" (`SplitUnits`), "edges" (`Wires`), "weights" and "biases" (`Notes`), "network", the axes. Units and biases
    are in order from the left, and edges and weights in the order of the elements of the W's.
    """
    figure, axes = blank_figure()
    places = places_in(sizes)
    ends = []
    for (here, away), (there, near) in itertools.pairwise(zip(places, REACH, strict=True)):
        for (x0, y0), (x1, y1) in edges_between([here, there]):
            ends.append(((x0 + away, y0), (x1 - near, y1)))
    starts, tips = np.swapaxes(ends, 0, 1)
    beside = [(x, 0) if layer == 3 else (x - HALF / 2, 0) for layer, x in enumerate(COLUMNS)]
    below = [(beside[layer][0], y - RADIUS - 0.17) for layer in (1, 2, 3) for _, y in places[layer]]
    headings = {COLUMNS[0]: "x", COLUMNS[3]: "y = a3"}
    for layer in (1, 2):
        headings |= {COLUMNS[layer] - HALF / 2: f"a{layer}", COLUMNS[layer] + HALF / 2: f"z{layer}"}
    shapes = {}
    for layer, (here, there) in enumerate(itertools.pairwise(zip(COLUMNS, REACH, strict=True)), 1):
        middle = (here[0] + here[1] + there[0] - there[1]) / 2
        headings[middle], shapes[middle] = f"W{layer}", f"({sizes[layer - 1]}, {sizes[layer]})"
    for height, row in {3.8: headings, 3.55: shapes}.items():
        for x, words in row.items():
            axes.text(x, height, words, fontsize=NORMAL, zorder=1, **CENTRED)
    return figure, {
        "edges": Wires(axes, ends),
        "units": SplitUnits(axes, places),
        "weights": Notes(axes, starts + LABEL * (tips - starts)),
        "biases": Notes(axes, below),
        "network": axes,
    }
