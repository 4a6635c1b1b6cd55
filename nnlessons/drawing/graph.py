"""A computational graph: values above the edges, in black, and gradients below them, slanted and green.

A variable is a box, an operation is round, a branch is a dot, and a fixed number has no rim.
"""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from nnlessons.drawing.graph_layout import LABEL, RADIUS, lay_out
from nnlessons.drawing.numerals import SERIF, Numerals, width_of
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    GREEN,
    GREY,
    ORANGE,
    SMALL,
    blank_figure,
    in_style,
)

__all__ = ["EDGE_STATES", "GAP_STATES", "HIGHLIGHT", "MARGIN", "Gaps", "Nodes", "Wires"]
__all__ += ["draw_graph", "drawn_graph", "half_of", "scale_of"]
__dir__ = __all__.copy  # what Tab shows after `graph.`

DOT = 0.06  # inches: the radius of a branch
MARGIN, LARGEST = 0.12, 1.8  # inches left free at the edges; the largest scale, which a small graph may grow to
BESIDE = 0.135  # from an edge to the middle of the number above or below it
EDGE_STATES = {  # state of an edge: color, width in points
    "unknown": (GREY, 1.4),
    "known": (BLACK, 1.8),
    "forward": (BLACK, 4.0),  # just computed
    "upstream": (GREEN, 4.0),
    "downstream": (GREEN, 4.0),
}
GAP_STATES = {  # state of a gap to fill in: rim, filling
    "": ("none", "none"),
    "open": (BLACK, "#FFF3C4"),
    "wrong": (ORANGE, "#FBEFE6"),
    "almost": (BLUE, "#E3F0F8"),
    "right": (GREEN, "#E2F3EC"),
}
HIGHLIGHT = "#FFD54F"


class Nodes:
    """The nodes: their shapes, with the word in each. kinds, words, half widths and centres, one for each; see `drawn_graph`."""

    def __init__(self, axes, kinds, words, halves, centres, scale):
        self.kinds = kinds
        outlines = [
            centre + outline(kind, half) * scale for kind, half, centre in zip(kinds, halves, centres, strict=True)
        ]
        self.shapes = PolyCollection(outlines, zorder=3)
        axes.add_collection(self.shapes, autolim=False)
        self.words = Numerals(axes, centres, SMALL * scale, zorder=4)
        self.words.set(words)
        self.artists = [self.shapes, *self.words.artists]

    def set(self, highlighted):
        """Fill the nodes for which this is true, and draw their rims thick."""
        fill = {"branch": BLACK, "constant": "none"}
        rim = {"constant": "none"}
        self.shapes.set(
            facecolors=[
                HIGHLIGHT if on else fill.get(kind, "white") for kind, on in zip(self.kinds, highlighted, strict=True)
            ],
            edgecolors=[rim.get(kind, BLACK) for kind in self.kinds],
            linewidths=[4.0 if on else 1.8 for on in highlighted],
        )


class Wires:
    """The edges, each with an arrowhead forward, and one backward once a gradient has come back.

    paths   for each edge its corners, (corners, 2), in inches
    labels  for each edge the middle of its numbers: the backward arrowhead is at the start of this level part
    """

    def __init__(self, axes, paths, labels, scale):
        self.lines = LineCollection([shortened(path, 0.09 * scale) for path in paths], capstyle="round", zorder=2)
        self.heads = PolyCollection([head(*path[-2:], 0.12 * scale) for path in paths], zorder=2.2)
        back = [head_back(path, label, 0.11 * scale) for path, label in zip(paths, labels, strict=True)]
        self.heads_back = PolyCollection(back, zorder=2.4)
        self.artists = [self.lines, self.heads, self.heads_back]
        for artist in self.artists:
            axes.add_collection(artist, autolim=False)

    def set(self, states, returned):
        """For each edge: its state, a key of EDGE_STATES, and whether a gradient has come back along it."""
        colors = [EDGE_STATES[state][0] for state in states]
        self.lines.set(colors=colors, linewidths=[EDGE_STATES[state][1] for state in states])
        forward = [
            EDGE_STATES["known"][0] if state in ("upstream", "downstream") else EDGE_STATES[state][0]
            for state in states
        ]
        self.heads.set(facecolors=forward, edgecolors=forward)
        self.heads_back.set(facecolors=[GREEN if on else "none" for on in returned], edgecolors="none")


class Gaps:
    """Frames around the numbers that a learner is to fill in; places (n, 2) in inches."""

    def __init__(self, axes, places, scale):
        corners = np.array([[-0.25, -0.085], [0.25, -0.085], [0.25, 0.085], [-0.25, 0.085]]) * scale
        self.frames = PolyCollection(np.asarray(places)[:, np.newaxis] + corners, linewidths=1.8, zorder=2.6)
        axes.add_collection(self.frames, autolim=False)
        self.artists = [self.frames]

    def set(self, states):
        """For each gap: its state, a key of GAP_STATES."""
        rims, fills = zip(*(GAP_STATES[state] for state in states), strict=True)
        self.frames.set(edgecolors=rims, facecolors=fills)


def outline(kind, half):
    """The corners of a node around (0, 0)."""
    if kind in ("variable", "constant"):
        return np.array([[-half, -RADIUS], [half, -RADIUS], [half, RADIUS], [-half, RADIUS]])
    radius = min(half, RADIUS)
    turn = np.linspace(-np.pi / 2, np.pi / 2, 24)
    right = np.stack([half - radius + radius * np.cos(turn), radius * np.sin(turn)], axis=-1)
    return np.concatenate([right, -right])


def shortened(path, end):
    """A path without its end, which the arrowhead covers."""
    step = path[-1] - path[-2]
    return np.concatenate([path[:-1], [path[-1] - step / np.linalg.norm(step) * end]])


def head(before, tip, length):
    """A triangle that points from one place to another, with its tip there."""
    step = (tip - before) / np.linalg.norm(tip - before)
    across = np.array([-step[1], step[0]]) * 0.45
    return np.array([tip, tip - length * (step - across), tip - length * (step + across)])


def head_back(path, label, length):
    """The arrowhead where the level part around a label begins."""
    begin = next(a for a, b in pairwise(path) if a[0] <= label[0] <= b[0])
    return head(begin + [1, 0], begin, length)


@in_style
def drawn_graph(kinds, words, edges, size, result="L", slope="", gaps=()):
    """A graph, in a figure of this size, (width, height) in inches: (figure, parts), see `draw_graph`."""
    figure, axes = blank_figure(*size)
    return figure, draw_graph(axes, kinds, words, edges, (0, 0, *size), result, slope, gaps)


def draw_graph(axes, kinds, words, edges, box, result="L", slope="", gaps=()):
    """A graph in the middle of a box, (left, bottom, width, height), of blank axes in inches: it grows or shrinks to fit.

    kinds   of the nodes: "variable", "constant", "operation" or "branch";  words  in the nodes
    edges   pairs (from, to) of node numbers; the result's edge leads to None
    result  the name at the end of the result's edge;  slope  the name of the gradient there, if it is shown
    gaps    the numbers to fill in: pairs ("value" or "gradient", number of the edge)
    Parts: "nodes" (`Nodes`), "edges" (`Wires`), "values" and "gradients" (a text for each edge), "gaps" (`Gaps`) if any.
    """
    left, bottom, width, height = box
    scale = scale_of(kinds, words, edges, (width, height), result, slope)
    halves, branches = halves_and_branches(kinds, words)
    tail = tail_of(result, slope)
    layout = lay_out(halves, edges, branches, (width - 2 * MARGIN) / scale - tail)
    high = layout.size[1]
    corner = [left + (width - scale * (layout.size[0] + tail)) / 2, bottom + (height + scale * high) / 2]

    def place(points):
        return np.asarray(points) * scale + corner

    centres, labels, paths = place(layout.centres), place(layout.labels), list(map(place, layout.paths))
    offset = np.array([0, BESIDE * scale])
    end, look = paths[-1][-1] + [tail * scale / 2 + 0.02, 0], {"fontsize": SMALL * scale, "zorder": 0.5, **CENTRED}
    axes.text(*(end + offset if slope else end), result, **look)
    if slope:
        axes.text(*end - offset, slope, color=GREEN, family="DejaVu Serif", style="italic", **look)
    parts = {
        "edges": Wires(axes, paths, labels, scale),
        "nodes": Nodes(axes, kinds, words, halves, centres, scale),
        "values": Numerals(axes, labels + offset, SMALL * scale, room=LABEL * scale, zorder=5),
        "gradients": Numerals(
            axes, labels - offset, SMALL * scale, SERIF, room=LABEL * scale, facecolor=GREEN, zorder=5
        ),
    }
    if gaps:
        places = [labels[edge] + (offset if kind == "value" else -offset) for kind, edge in gaps]
        parts["gaps"] = Gaps(axes, places, scale)
    return parts


def scale_of(kinds, words, edges, size, result="L", slope=""):
    """The scale at which `drawn_graph` draws a graph, so that it fits the figure; at 1 its type has 12 points."""
    halves, branches = halves_and_branches(kinds, words)
    wide, high = lay_out(halves, edges, branches).size
    width, height = size
    return min(LARGEST, (width - 2 * MARGIN) / (wide + tail_of(result, slope)), (height - 2 * MARGIN) / high)


def tail_of(result, slope):
    """The width that the names of the result and of its gradient need."""
    return 0.08 + max(width_of(result, SMALL), width_of(slope, SMALL, SERIF))


def halves_and_branches(kinds, words):
    """(half width of each node, the numbers of the branches)."""
    halves = [half_of(kind, word) for kind, word in zip(kinds, words, strict=True)]
    return halves, {number for number, kind in enumerate(kinds) if kind == "branch"}


def half_of(kind, word):
    """Half the width, in inches, that a node of this kind needs for its word."""
    if kind == "branch":
        return DOT
    room = {"variable": 0.07, "constant": 0.03, "operation": 0.09}[kind]
    least = 0.0 if kind == "constant" else RADIUS
    return max(least, width_of(word, SMALL) / 2 + room)
