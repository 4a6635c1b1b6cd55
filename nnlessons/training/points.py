"""Points of two classes for the playground: scans of digits, and the learner's own. nnlib.datasets has more.

above    class 1 above a typed curve
painted  classes by the cells of a grid
scanned  the two measurements of scanned digits: "lopsided or not?"

As in nnlib.datasets, each x (n, 2) is about -1 to 1, and t (n,) is 0 or 1. Mistyped: there are none.
"""

import functools

import numpy as np

from nnlessons.live import Mistyped
from nnlessons.wording import with_minus
from nnlib.datasets import lopsided
from nnlib.formulas import parse

__all__ = ["CLASSES", "EMPTY", "above", "cell_at", "painted", "scanned"]
__dir__ = __all__.copy  # what Tab shows after `points.`

SIDE = 1.2  # the grid goes from -SIDE to SIDE
EMPTY, CLASSES = 0.0, {0: 0.5, 1: 1.0}  # levels of a cell
MIDDLE, SPREAD = np.array([0.2, 1.0]), np.array([3.0, 2.2])  # of the measurements
MOST = 400  # scans to learn from
NO_VALUE = "The curve has no height at x0 = {x}: {formula} can't be computed there."
NO_CELLS = "All cells are empty. Paint some, best in both colors."


def above(formula, n, noise=0.0, seed=0):
    """Points all over the plane; class 1 is above the curve x1 = formula, in which x0 may appear. Only then comes the noise."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, size=(n, 2))
    t = (x[:, 1] > heights(formula, x[:, 0])).astype(int)
    return x + noise * rng.normal(size=x.shape), t


def heights(formula, x):
    """A typed formula at each x (n,). Mistyped: it can't be read, or has no value somewhere."""
    try:
        graph = parse(formula, x0=0)
    except ValueError as error:
        raise Mistyped(str(error)) from None
    for node in graph.nodes:
        if not node.operation:  # x0 or a fixed number: an array for each, since a graph has no broadcasting
            node.variable.value = x if node.name else np.full(len(x), float(node.variable.value))
    graph.forward()
    values = np.asarray(graph.value)
    if np.isnan(values).any():
        raise Mistyped(NO_VALUE.format(x=with_minus(f"{x[np.isnan(values)][0]:.2g}"), formula=formula.strip()))
    return values


def painted(cells, n, noise=0.0, seed=0):
    """Points in the filled cells of a grid, rows from above, as many in each: a cell is EMPTY or the level of its class."""
    cells = np.array(cells)
    filled = np.argwhere(cells != EMPTY)
    levels = cells[tuple(filled.T)]
    if not len(filled):
        raise Mistyped(NO_CELLS)
    rng = np.random.default_rng(seed)
    order = rng.permutation(n) % len(filled)
    down, across = (filled[order] + rng.uniform(size=(n, 2))).T / len(cells) * 2 * SIDE - SIDE
    return np.column_stack([across, -down]) + noise * rng.normal(size=(n, 2)), (levels[order] == CLASSES[1]).astype(int)


def cell_at(x, y, size):
    """(row, column) of the cell of a grid of size x size at a point of the plane, or None outside."""
    row, column = (int(size * (SIDE + place) // (2 * SIDE)) for place in (-y, x))
    return (row, column) if 0 <= row < size and 0 <= column < size else None


def scanned(n, seed=0):
    """Lopsided digits, 6 and 9, are class 1, and 0 and 8 class 0: (x, t) for n scans, at most 400, and for 313 others."""
    x, t = measured()
    order = np.random.default_rng(seed).permutation(len(x))
    chosen, others = order[:n], order[MOST:]
    return (x[chosen], t[chosen]), (x[others], t[others])


@functools.cache
def measured():
    """All scans, measured: x (713, 2), moved and divided so that they fit into the plane, and t (713,)."""
    x, t, _ = lopsided()
    return (x - MIDDLE) / SPREAD, t
