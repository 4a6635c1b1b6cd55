"""What the figures of lesson 5 share: how a path looks, and contour lines."""

import numpy as np
from matplotlib import colormaps

from nnlessons.drawing.style import BLACK

__all__ = ["NEXT", "PATH", "draw_contours", "through"]
__dir__ = __all__.copy  # what Tab shows after `figures.`

PATH = {"color": BLACK, "marker": "o", "markersize": 5, "linewidth": 1.2}
NEXT = {"color": BLACK, "linewidth": 2.5, "linestyle": (0, (2, 1))}
FAR = 1e5  # a point beyond this is drawn nearer, in the same direction: matplotlib can't draw that far


def draw_contours(axes, grid, heights, levels):
    """Contour lines, from nearly black at the lowest to a blue that still stands out."""
    axes.contour(
        grid, grid, heights, levels=levels, colors=colormaps["Blues"](np.linspace(1, 0.6, len(levels))), linewidths=1.2
    )


def through(places):
    """The data of a line through these places (N, 2): (the x of each, the y of each)."""
    places = np.asarray(places)
    size = np.max(np.abs(places), axis=1, keepdims=True)
    return tuple((places * np.minimum(1, FAR / np.maximum(size, FAR))).T)
