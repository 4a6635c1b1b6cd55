"""Where the units and edges of a network are, and the colors of values: blue above 0, orange below."""

import itertools

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Circle

from nnlessons.drawing.style import (
    BLUE,
    CENTRED,
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

__all__ = ["colour_of", "edges_between", "layers_of", "places_of", "rim_to_rim", "tint"]
__dir__ = __all__.copy  # what Tab shows after `network.`

FULL = 0.5  # how far a unit's fill goes from white to its colour: the number in it must stay legible


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


# -- sizes ------------------------------------------------------------------------------------------------------------


@in_style
def layers_of(sizes, names, weights):
    """A network with these numbers of units in its layers, without values, so it has no parts.

    names    the words above each layer;  weights  the words below the edges between two layers, under the layer's number
    """
    figure, axes = blank_figure()
    columns = np.linspace(0.7, 6.3, len(sizes))
    places = places_of(sizes, columns, middle=2.2, gap=0.56)
    ends = [rim_to_rim(one, other, 0.2) for one, other in edges_between(places)]
    axes.add_collection(LineCollection(ends, colors=GREY, linewidths=1.4, zorder=4), autolim=False)
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
