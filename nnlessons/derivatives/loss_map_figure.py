"""The figure of "The landscape is the loss": a neuron's line between its points, beside the map of its loss."""

import numpy as np
from matplotlib import colormaps
from matplotlib.patches import Polygon

from nnlessons.digit_points import SIXTY_IN
from nnlessons.drawing.contours import draw_bands
from nnlessons.drawing.plane import IN_THE_MIDDLE, TOP_HEAVY, draw_line, draw_plane
from nnlessons.drawing.style import BLACK, GREEN, HERE, cross_at_zero, in_style, new_figure

__all__ = ["DIRECTION", "line_beside_map"]
__dir__ = __all__.copy  # what Tab shows after `loss_map_figure.`

DARKEST = 0.5  # of the blues: whatever is drawn on them stays visible
RING = {"edgecolor": "white", "linewidth": 1}  # around what moves on the map
DIRECTION = {"color": GREEN, "linewidth": 2, "linestyle": (4, (4, 3))}
LOWEST = {"marker": "*", "color": BLACK, "markersize": 15, "markeredgecolor": "white", "linestyle": "none", "zorder": 3}


@in_style
def line_beside_map(side, losses, levels, labels, lowest, b, trail):
    """Left the plane of two measurements with a neuron's line, right the map of its loss over (w0, w1), with a star.

    side            the coordinates (n,) of both sides of the map;  losses  (n, n), a row for each w1
    levels, labels  as in `draw_bands`;  lowest  where the star is, (w0, w1);  b  the bias, the same everywhere
    trail           the look of a line on the map
    Parts: the parts of `draw_plane` and `draw_line`; "map", the axes; on it "place", an arrow "slope", and "trail".
    """
    figure, (plane, flat) = new_figure(columns=2)
    plane.set_position([0.06, 0.135, 0.43, 0.79])
    flat.set_position([0.555, 0.135, 0.43, 0.79])
    parts = draw_plane(plane, **SIXTY_IN, size=7) | draw_line(plane)
    parts["side"].set_zorder(1.9)  # above grid, ticks and title, or each move would paint them again: 30 ms
    plane.set_title(IN_THE_MIDDLE, zorder=1)
    plane.set(xticks=range(-1, 4), yticks=range(-2, 4), xlabel=TOP_HEAVY)
    shades = colormaps["Blues"](np.linspace(0.02, DARKEST, len(levels) + 1))
    draw_bands(flat, (side, side), losses, levels, shades, labels)
    ends = side[[0, -1]]
    flat.set(xlim=ends, ylim=ends, aspect="equal", xlabel="$w_0$", title="$w_1$")
    flat.set_title(f"loss $L$  at  $b = {b}$", loc="right")
    flat.set(xticks=range(-8, 17, 4), yticks=range(-8, 17, 4))
    cross_at_zero(flat)
    flat.plot(*lowest, **LOWEST)
    (parts["trail"],) = flat.plot([], [], **trail, zorder=4)
    parts["slope"] = flat.add_patch(Polygon([(0, 0)] * 7, facecolor=GREEN, **RING, zorder=5))
    (parts["place"],) = flat.plot([], [], **{**HERE, "markersize": 9}, zorder=6)
    return figure, parts | {"map": flat}
