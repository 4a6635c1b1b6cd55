"""The figure of "Zoom in on a bowl": a piece of a surface with its plane, and the map of the same piece."""

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Polygon

from nnlessons.derivatives.landscape import HERE, POINTER, Surface, blue, draw_space
from nnlessons.drawing.contours import LINE
from nnlessons.drawing.numerals import Numeral, Numerals
from nnlessons.drawing.style import CENTRED, GREEN, LARGE, SMALL, blank_figure, in_style

__all__ = ["piece_beside_map"]
__dir__ = __all__.copy  # what Tab shows after `bowl_zoom_figure.`


def by_height(heights):
    """Colors from pale at the lowest of these heights to a deeper blue at the highest."""
    return blue((heights - heights.min()) / (heights.max() - heights.min()))


@in_style
def piece_beside_map(function):
    """Left a piece of a function's surface, right its map, on which the piece is the square from -1 to 1.

    Parts: "surface" (`Surface`); "plane", "edges" and "steps", lines on it; "slopes", two texts; "heights", an image,
    "contours" and "arrow" on the map; "ticks", three texts below the map and three at its left; "zoom", a text.
    """
    figure, page = blank_figure()
    space, flat = figure.add_axes([0, 0, 1, 1]), figure.add_axes([0.617, 0.15, 0.34, 0.595])
    draw_space(space)
    space.plot([0], [0], **HERE, zorder=5)
    parts = {"surface": Surface(space, function, by_height)}
    (parts["plane"],) = space.plot([], [], color=GREEN, linewidth=1.5, linestyle=(0, (4, 3)), zorder=3)
    (parts["steps"],) = space.plot([], [], color=GREEN, linewidth=2, linestyle=(0, (1.5, 1)), zorder=3)
    (parts["edges"],) = space.plot([], [], color=GREEN, linewidth=3.5, zorder=4)
    flat.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[-1, 0, 1], yticks=[-1, 0, 1], xticklabels=[], yticklabels=[])
    flat.set(xlabel="$x_0$", title="$x_1$")
    flat.xaxis.labelpad = 22
    flat.grid(visible=False)
    look = {"cmap": ListedColormap(blue(np.linspace(0, 1, 256))), "vmin": 0, "vmax": 1, "interpolation": "bilinear"}
    parts["heights"] = flat.imshow(np.zeros((2, 2)), extent=(-1, 1, -1, 1), origin="lower", **look)
    (parts["contours"],) = flat.plot([], [], color=LINE, linewidth=1.3)
    parts["arrow"] = flat.add_patch(Polygon(np.zeros((7, 2)), **POINTER, zorder=4))
    flat.plot([0], [0], **HERE, zorder=5)
    places = [(x, -1.13) for x in (-1, 0, 1)] + [(-1.28, y) for y in (-0.95, 0, 1)]
    parts["ticks"] = Numerals(flat, places, size=SMALL, clip_on=False)
    parts["zoom"] = Numeral(flat, (0, 1.16), size=LARGE, clip_on=False)
    rows = (3.7, 3.35)  # inches
    for i, y in enumerate(rows):
        page.text(0.95, y, rf"$\partial f\,/\,\partial x_{i} =$", fontsize=LARGE, color=GREEN, **CENTRED)
    parts["slopes"] = Numerals(page, [(1.75, y) for y in rows], size=LARGE, facecolor=GREEN)
    return figure, parts
