"""A network as units and edges. Colour and a number show the value of a unit; colour, width and dashes show a weight.

Blue is above 0, orange below. A negative weight is also dashed, and a negative value has its minus.
"""

import itertools

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Circle

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    FAINT,
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

__all__ = ["Edges", "Units", "colour_of", "forward_network", "layers_of", "places_of", "rim_to_rim"]
__dir__ = __all__.copy  # what Tab shows after `network.`

WIDEST = 5.0  # points: the width of an edge whose weight is 1
FULL = 0.5  # how far a unit's fill goes from white to its colour: the number in it must stay legible


class Units:
    """Circles with a number in each. places (n, 2) and radius are in inches."""

    def __init__(self, axes, places, radius):
        size = (2 * 72 * radius) ** 2  # of a marker, in square points; the axes are in inches
        self.circles = axes.scatter(*np.transpose(places), s=size, facecolors="white", edgecolors=GREY, zorder=2)
        self.numbers = Numerals(axes, places, zorder=3)
        self.artists = [self.circles, *self.numbers.artists]

    def set(self, values, words, highlighted):
        """For each unit: the value that colours it, the words in it, and whether its rim is thick."""
        self.circles.set(
            facecolors=[tint(value) for value in values],
            edgecolors=[BLACK if on else GREY for on in highlighted],
            linewidths=[3.5 if on else 1.5 for on in highlighted],
        )
        self.numbers.set(words)


class Edges:
    """All edges of a network. places as from `places_of`, and the radius of a unit, in inches."""

    def __init__(self, axes, places, radius):
        self.segments = LineCollection(
            [rim_to_rim(one, other, radius) for one, other in edges_between(places)], zorder=4
        )
        axes.add_collection(self.segments, autolim=False)
        self.artists = [self.segments]

    def set(self, weights, highlighted):
        """weights: an array for each layer, W[i, j] from unit i to unit j. highlighted: the layers in colour, from 1."""
        flat = np.concatenate([W.ravel() for W in weights])
        bright = np.concatenate([np.full(W.size, layer in highlighted) for layer, W in enumerate(weights, 1)])
        self.segments.set(
            linewidths=np.clip(np.abs(flat), 0.12, 2) * WIDEST,
            colors=[colour_of(w) if on else FAINT for w, on in zip(flat, bright, strict=True)],
            linestyles=[(0, (2.2, 0.9)) if w < 0 else "solid" for w in flat],
        )


def places_of(sizes, columns, middle, gap):
    """The (x, y) of each unit, in a list for each layer, from the top.

    columns  the x of each layer;  middle  the y of their middles;  gap  between two units of a layer
    """
    return [
        [(x, middle + gap * ((size - 1) / 2 - number)) for number in range(size)]
        for x, size in zip(columns, sizes, strict=True)
    ]


def edges_between(places):
    """Each pair of places in neighbouring layers, in the order of the elements of W, row by row."""
    for here, there in itertools.pairwise(places):
        yield from itertools.product(here, there)


def rim_to_rim(one, other, radius):
    """(start, end) of the line between two units, from rim to rim: without the parts inside their circles."""
    one, other = np.array(one), np.array(other)
    step = (other - one) / np.linalg.norm(other - one) * (radius + 0.03)
    return one + step, other - step


def colour_of(number):
    """Blue above 0, orange below, grey at 0."""
    return GREY if number == 0 else BLUE if number > 0 else ORANGE


def tint(value):
    """From white at 0 to a light blue at 1 and above, or a light orange at -1 and below."""
    part = FULL * min(1.0, abs(value))
    return tuple(1 - part * (1 - channel) for channel in to_rgb(colour_of(value)))


# -- a forward pass ---------------------------------------------------------------------------------------------------

RADIUS = 0.4  # inches


@in_style
def forward_network(sizes, arrays, weights):
    """A network with these numbers of units in its layers, and a number in each unit.

    arrays   the words above each layer;  weights  the words below the edges between two layers
    Parts: "edges" (`Edges`) and "units" (`Units`), layer after layer.
    """
    figure, axes = blank_figure()
    columns = np.linspace(0.75, 6.25, len(sizes))
    places = places_of(sizes, columns, middle=1.98, gap=1.05)
    for x, words in zip(columns, arrays, strict=True):
        axes.text(
            x, 3.75, words, fontsize=NORMAL, zorder=1, **CENTRED
        )  # below all that moves: it stays in the background
    for x, words in zip((columns[:-1] + columns[1:]) / 2, weights, strict=True):
        axes.text(x, 0.22, words, fontsize=NORMAL, zorder=1, **CENTRED)
    return figure, {"edges": Edges(axes, places, RADIUS), "units": Units(axes, sum(places, []), RADIUS)}


# -- sizes ------------------------------------------------------------------------------------------------------------


@in_style
def layers_of(sizes, names, weights):
    """A network with these numbers of units in its layers, without values, so it has no parts.

    names    the words above each layer;  weights  the words below the edges between two layers, under the layer's number
    """
    figure, axes = blank_figure()
    columns = np.linspace(0.7, 6.3, len(sizes))
    places = places_of(sizes, columns, middle=2.2, gap=0.56)
    edges = Edges(axes, places, 0.2)
    edges.segments.set(colors=[GREY], linewidths=[1.4])
    for layer, column in enumerate(places):
        for place in column:
            colour = GREY if layer == 0 else BLUE
            axes.add_patch(
                Circle(place, 0.2, facecolor=PALE if layer == 0 else "white", edgecolor=colour, linewidth=2.5)
            )
    for x, words in zip(columns, names, strict=True):
        axes.text(x, 3.78, words, fontsize=NORMAL, **CENTRED)
    for number, (x, words) in enumerate(zip((columns[:-1] + columns[1:]) / 2, weights, strict=True), 1):
        axes.text(x, 0.68, f"{number}", fontsize=LARGE, color=ink(BLUE), fontweight="bold", **CENTRED)
        axes.text(x, 0.28, words, fontsize=SMALL, linespacing=1.4, **CENTRED)
    return figure, {}
