"""Where the nodes and edges of a graph are drawn: in columns from left to right, and in rows that keep clear of each other.

A node is one column before the node that it leads to. An edge from a branch passes through at least one column of its own,
its *slot*. Every edge is level for a while, behind its node or in its last slot; its value is above this part and its
gradient below. Edges climb and fall only between the columns, until they are close to the row of their target. A branch is
at the end of its column, since many edges climb from it. So nothing can overlap, whatever the graph.

A layered layout, after Sugiyama, Tagawa and Toda, Methods for visual understanding of hierarchical system structures, 1981.
"""

import functools
import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

__all__ = ["LABEL", "RADIUS", "Layout", "lay_out", "spaced"]
__dir__ = __all__.copy  # what Tab shows after `graph_layout.`

ROW = 0.54  # all lengths in inches, at scale 1
LABEL = 0.52  # the width that is kept free for a number
RADIUS = 0.155  # of a round node, and of the ends of a wide one
SPACE = 0.04  # on both sides of a number, and before a column where edges enter it
SLANT = 0.14  # between two columns, where edges climb
CLOSE = 0.36  # to the row of its target an edge enters a column
CLOSER = 0.1  # the same, where another comes from beyond it
SPREAD = 0.5  # columns move apart by at most this: the ends of flatter paths would cover each other
SWEEPS = 12  # to undo crossings
SETTLING = 40  # rounds until the rows have settled
STRAIGHT = 20  # how much more a lonely neighbour pulls


@dataclass(frozen=True)
class Layout:
    """A graph's layout in inches from the upper left corner, with y downwards as negative numbers.

    centres  of the nodes, (nodes, 2)
    paths    for each edge its corners, (corners, 2), from rim to rim
    labels   for each edge the middle of the level part that carries its numbers, (edges, 2)
    size     (width, height)
    """

    centres: np.ndarray
    paths: list
    labels: np.ndarray
    size: tuple


def lay_out(halves, edges, branches, width=0.0):
    """The `Layout` of a graph whose nodes have these half widths, in inches.

    Nodes are in order: each comes after those that lead to it. `edges` are pairs (from, to) of node numbers, where `to` is
    None for the result; `branches` are the numbers of the nodes that copy. If `width` leaves room, the columns move apart.
    """
    columns, chains, rows = in_columns_and_rows(len(halves), tuple(edges), frozenset(branches))
    return in_inches(halves, edges, branches, columns, chains, rows, width)


@functools.lru_cache(maxsize=64)
def in_columns_and_rows(count, edges, branches):
    """(columns, chains, rows): the part of the layout that depends on no length and takes most of the time."""
    columns, chains = columns_of(count, edges, branches)
    return columns, chains, rows_of(in_rows(columns, chains), chains)


# -- columns ----------------------------------------------------------------------------------------------------------


def columns_of(count, edges, branches):
    """(columns, chains): the items in each column, and for each edge the items that it joins.

    An item is ("node", number), or ("slot", edge, column) if an edge passes through.
    """
    from_the_end = [0] * count
    for source, target in sorted(edges, key=lambda edge: -edge[0]):
        away = 0 if target is None else from_the_end[target] + (2 if source in branches else 1)
        from_the_end[source] = max(from_the_end[source], away)
    last = max(from_the_end)
    at = [last - away for away in from_the_end]
    columns, chains = [[] for _ in range(last + 1)], []
    for number in visited(count, edges):
        columns[at[number]].append(("node", number))
        for edge, (source, target) in enumerate(edges):
            if target == number:
                for column in range(at[source] + 1, at[number]):
                    columns[column].append(("slot", edge, column))
    for edge, (source, target) in enumerate(edges):
        if target is None:
            chains.append([("node", source)])
        else:
            between = [("slot", edge, column) for column in range(at[source] + 1, at[target])]
            chains.append([("node", source), *between, ("node", target)])
    return columns, chains


def visited(count, edges):
    """The nodes in the order of a walk from the result backward, first inputs first."""
    order, waiting = [], [count - 1]
    while waiting:
        node = waiting.pop()
        if node not in order:
            order.append(node)
            waiting += [source for source, target in reversed(edges) if target == node]
    return order


# -- rows -------------------------------------------------------------------------------------------------------------


def in_rows(columns, chains):
    """The columns, each sorted so that few edges cross: by the mean place of the neighbours, sweeping back and forth."""
    links = [pair for chain in chains for pair in pairwise(chain)]
    best, fewest = columns, crossing_links(columns, links)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        columns = list(columns)
        forward = sweep % 2 == 0
        places = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
        for place in places:
            beside = columns[place - 1 if forward else place + 1]
            columns[place] = sorted(columns[place], key=lambda item, beside=beside: middle(item, beside, links))
        if crossing_links(columns, links) < fewest:
            best, fewest = columns, crossing_links(columns, links)
    return best


def middle(item, beside, links):
    """The mean place of an item's neighbours in the column beside it."""
    near = [beside.index(a if b == item else b) for a, b in links if item in (a, b) and (a in beside or b in beside)]
    return np.mean(near) if near else len(beside) / 2


def crossing_links(columns, links):
    """How many pairs of links cross."""
    place = {item: number for column in columns for number, item in enumerate(column)}
    column = {item: number for number, items in enumerate(columns) for item in items}
    ends = [(column[a], place[a], place[b]) for a, b in links]
    return sum(
        one[0] == other[0] and (one[1] - other[1]) * (one[2] - other[2]) < 0
        for number, one in enumerate(ends)
        for other in ends[:number]
    )


def rows_of(columns, chains):
    """{item: row}: near the neighbours' rows, at least one apart in a column, in halves. Lonely paths go straight."""
    links = [pair for chain in chains for pair in pairwise(chain)]
    beside = {item: [] for column in columns for item in column}
    for one, other in links:
        alone = sum(a == one for a, _ in links) == sum(b == other for _, b in links) == 1
        beside[one].append((other, STRAIGHT if alone else 1))
        beside[other].append((one, STRAIGHT if alone else 1))
    rows = {item: float(number) for column in columns for number, item in enumerate(column)}
    for _ in range(SETTLING):
        for column in [*columns, *reversed(columns)]:
            wishes = [wish(beside[item], rows, rows[item]) for item in column]
            rows.update(zip(column, spaced(wishes, range(len(wishes))), strict=True))
    rows = {
        item: round(round(2 * row, 6)) / 2 for item, row in rows.items()
    }  # twice: rows that are 1 apart stay 1 apart
    top = min(rows.values())
    return {item: row - top for item, row in rows.items()}


def wish(neighbours, rows, now):
    """(row, weight): the weighted mean of the neighbours' rows, or `now` if there are none."""
    weight = sum(weight for _, weight in neighbours)
    return (sum(weight * rows[other] for other, weight in neighbours) / weight, weight) if neighbours else (now, 1)


def spaced(wishes, offsets):
    """A number for each wish (number, weight), as near to it as possible: the weighted sum of squares is least.

    They are in order, and two neighbours are at least as far apart as their offsets. Less their offsets the numbers may not
    decrease, which is isotonic regression, solved by pooling neighbours (https://en.wikipedia.org/wiki/Isotonic_regression).
    """
    blocks = []  # (mean, weight, count): neighbours that push each other share their mean
    for (row, weight), offset in zip(wishes, offsets, strict=True):
        blocks.append((row - offset, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, weight, count = blocks.pop()
            before, weight_before, count_before = blocks[-1]
            both = weight_before + weight
            blocks[-1] = ((before * weight_before + mean * weight) / both, both, count_before + count)
    means = [mean for mean, _, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


# -- inches -----------------------------------------------------------------------------------------------------------


def in_inches(halves, edges, branches, columns, chains, rows, width):
    """The layout in inches, from the column and the row of each item."""
    frames = framed(halves, branches, columns, chains, rows, width)
    frame_of = {item: frame for items, frame in zip(columns, frames, strict=True) for item in items}
    y = {item: -ROW * (row + 0.5) for item, row in rows.items()}
    centres = np.array(
        [(middle_of(n, frame_of["node", n], halves, branches), y["node", n]) for n in range(len(halves))]
    )
    arriving = {}  # target -> how far above its row its paths come from
    for (_, target), chain in zip(edges, chains, strict=True):
        if target is not None:
            arriving.setdefault(target, []).append(y[chain[-2]] - y[chain[-1]])
    paths, labels = [], []
    for (_, target), chain in zip(edges, chains, strict=True):
        path = []
        for item in chain if target is None else chain[:-1]:
            frame = frame_of[item]
            begin = frame.left if item[0] == "slot" else centres[item[1]][0] + halves[item[1]]
            path += [(begin, y[item]), (frame.right, y[item])]
        if target is None:
            path.append((frame.right + SLANT, y[item]))
        else:
            close = 0 if target in branches else how_close(y[item] - y["node", target], arriving[target])
            path += entrance(centres[target], halves[target], frame_of["node", target].left, close, path[-1])
            path.append(rim(centres[target], halves[target], path[-1]))
        paths.append(
            np.array([corner for corner, before in zip(path, [None, *path], strict=False) if not near(corner, before)])
        )
        free = frame.left if item[0] == "slot" else frame.left + 2 * frame.half
        labels.append(((free + frame.right) / 2, y[item]))  # the numbers are at the last of the items
    return Layout(centres, paths, np.array(labels), (frames[-1].right + SLANT, ROW * (max(rows.values()) + 1)))


@dataclass(frozen=True)
class Frame:
    """A column, in inches: its left end, half the width of its widest node, and the right end of its level parts."""

    left: float
    half: float
    right: float


def framed(halves, branches, columns, chains, rows, width):
    """A `Frame` for each column, as wide as its nodes and numbers need; the rest of `width` is shared between the columns."""
    climbing = {pair[0] for chain in chains for pair in pairwise(chain) if rows[pair[0]] != rows[pair[1]]}
    needs = []
    for items in columns:
        half = max([halves[number] for kind, number, *_ in items if kind == "node"], default=0.0)
        numbers = any(item[0] == "slot" or item[1] not in branches for item in items)
        level = SPACE + LABEL + SPACE if numbers else 0.0
        needs.append((half, 2 * half + level, SLANT if climbing & set(items) else 0.0))
    spare = (width - SLANT - sum(wide + gap for _, wide, gap in needs)) / max(1, len(columns) - 1)
    spare = min(max(spare, 0.0), SPREAD)
    frames, left = [], 0.0
    for half, wide, gap in needs:
        frames.append(Frame(left, half, left + wide))
        left += wide + gap + spare
    return frames


def middle_of(number, frame, halves, branches):
    """The x of a node in its column: in the middle of the nodes, a branch at the end."""
    return frame.right - halves[number] if number in branches else frame.left + frame.half


def near(corner, other):
    """Whether two corners are the same, but for rounding."""
    return other is not None and math.dist(corner, other) < 1e-6


def how_close(above, arriving):
    """How far from its target's row a path may enter, if it comes from `above`; less if another comes from beyond it."""
    return CLOSER if above and any(other / above > 1 for other in arriving) else CLOSE


def entrance(centre, half, left, close, seen_from):
    """The corner before a column for a path that would enter it too far above or below the row of its target, if so."""
    end, (x, y) = round_end(centre, half), seen_from
    gate = left - SPACE
    off = (y - end[1]) * (end[0] - gate) / (end[0] - x)  # of the straight path
    return [(gate, end[1] + np.copysign(close, off))] if abs(off) > close else []


def rim(centre, half, seen_from):
    """The point on a node's rim where the path from a place meets it."""
    step = round_end(centre, half) - seen_from
    return tuple(round_end(centre, half) - step / np.linalg.norm(step) * min(half, RADIUS))


def round_end(centre, half):
    """The middle of the left end of a node, which is round."""
    return centre - [half - min(half, RADIUS), 0]
