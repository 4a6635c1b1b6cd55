"""A function of two inputs, as a surface that can be turned and as a map with contour lines; a point on both.

The surface doesn't use matplotlib's 3-D axes. Its cells are projected onto the page here and painted from back to front, as
one collection of polygons, which is faster.
"""

import itertools

import numpy as np
from matplotlib import colormaps
from matplotlib.collections import PolyCollection
from matplotlib.colors import Normalize
from matplotlib.patches import Polygon

from nnlessons.drawing.contours import draw_bands
from nnlessons.drawing.style import (
    BLACK,
    CENTRED,
    GREY,
    LARGE,
    ORANGE,
    POINT,
    cross_at_zero,
    in_style,
    new_figure,
)

__all__ = ["MAP", "SURFACE", "OnSurface", "Projection", "Surface", "surface_beside_map"]
__dir__ = __all__.copy  # what Tab shows after `landscape.`

SURFACE, MAP = 4.0, 6.0  # half their sides, in units of x0: the map has room for arrows too
CELLS = 20
TALL = 1.3  # a surface's height, where its side is 2


def shades(low, high):
    """A function that turns heights into colours, from nearly white to a light blue: whatever is drawn on them stays visible."""
    ramp = colormaps["Blues"]
    scale = Normalize(low, high)
    return lambda heights: ramp(0.03 + 0.45 * np.clip(scale(np.asarray(heights)), 0, 1))


# -- the surface ------------------------------------------------------------------------------------------------------


class Projection:
    """The projection of points in space onto the page, seen from `around` and `above`, both in degrees.

    Seen from 0 around and 90 above it is the map: x0 to the right, x1 up. `near` points toward the viewer.
    """

    def __init__(self, around, above):
        turn, lift = np.radians(around - 90), np.radians(above)
        self.across = np.array([-np.sin(turn), np.cos(turn), 0.0])
        self.up = np.array([-np.cos(turn) * np.sin(lift), -np.sin(turn) * np.sin(lift), np.cos(lift)])
        self.near = np.array([np.cos(turn) * np.cos(lift), np.sin(turn) * np.cos(lift), np.sin(lift)])

    def on_page(self, points):
        """Points (..., 3) in space as points (..., 2) on the page."""
        return np.stack([points @ self.across, points @ self.up], axis=-1)


class Surface:
    """The surface of a function over a square, with its two axes below it. `function` takes arrays x0, x1."""

    def __init__(self, axes, function):
        self.function = function
        side = np.linspace(-SURFACE, SURFACE, CELLS + 1)
        x0, x1 = np.meshgrid(side, side)
        heights = function(x0, x1)
        self.low, self.high = heights.min(), heights.max()
        points = self.in_space(x0, x1)
        corners = [points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1]]
        self.cells = np.stack(corners, axis=2).reshape(-1, 4, 3)
        middles = (heights[:-1, :-1] + heights[:-1, 1:] + heights[1:, 1:] + heights[1:, :-1]).ravel() / 4
        self.colours = shades(self.low, self.high)(middles)
        self.faces = PolyCollection([], edgecolors="#5B7083", linewidths=0.5, zorder=2)
        axes.add_collection(self.faces, autolim=False)
        (self.floor,) = axes.plot([], [], color=GREY, linewidth=1.2, zorder=1)
        self.names = [axes.text(0, 0, f"$x_{i}$", fontsize=LARGE, zorder=3, **CENTRED) for i in (0, 1)]
        self.artists = [self.faces, self.floor, *self.names]

    def in_space(self, x0, x1):
        """(x0, x1, f) in a box of side 2: (..., 3)."""
        height = TALL * ((self.function(x0, x1) - self.low) / (self.high - self.low) - 0.5)
        return np.stack([x0 / SURFACE, x1 / SURFACE, height], axis=-1)

    def set(self, around, above):
        """See the surface from these angles, in degrees."""
        projection = Projection(around, above)
        order = np.argsort(self.cells.mean(axis=1) @ projection.near)
        self.faces.set(verts=projection.on_page(self.cells[order]), facecolors=self.colours[order])
        box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
        floor = projection.on_page(np.column_stack([box, np.full(5, -TALL / 2)]))
        self.floor.set(data=floor.T)
        front = np.where(projection.near < 0, -1.18, 1.18)  # the names are at the two sides in front
        for name, side in zip(self.names, ((0, front[1]), (front[0], 0)), strict=True):
            name.set(position=projection.on_page(np.array([*side, -TALL / 2])) - [0, 0.16 * projection.up[2]])


class OnSurface:
    """A point on a `Surface`."""

    def __init__(self, axes, surface):
        self.surface = surface
        (self.point,) = axes.plot([], [], **{**POINT, "markersize": 10}, markeredgecolor=ORANGE, zorder=4)
        self.artists = [self.point]

    def set(self, x0, x1, around, above):
        """Put the point at x0, x1, seen from the same angles as the surface."""
        place = Projection(around, above).on_page(self.surface.in_space(np.asarray(x0), np.asarray(x1)))
        self.point.set(data=([place[0]], [place[1]]))


# -- the map ----------------------------------------------------------------------------------------------------------


def draw_map(axes, function, levels, labels):
    """Contour lines at these levels, dashed where f is below 0, each with its height near one of the places `labels`."""
    side = np.linspace(-MAP, MAP, 241)
    x0, x1 = np.meshgrid(side, side)
    heights = function(x0, x1)
    inside = heights[(np.abs(x0) <= SURFACE) & (np.abs(x1) <= SURFACE)]
    colour = shades(inside.min(), inside.max())
    edges = [heights.min() - 1, *levels, heights.max() + 1]
    colours = [colour((low + high) / 2) for low, high in itertools.pairwise(edges)]
    draw_bands(axes, (side, side), heights, levels, colours, labels)
    axes.set(xlim=(-MAP, MAP), ylim=(-MAP, MAP), aspect="equal", xlabel="$x_0$", title="$x_1$")
    axes.set(xticks=range(-4, 5, 2), yticks=range(-4, 5, 2))
    cross_at_zero(axes)


@in_style
def surface_beside_map(function, levels, labels, formula):
    """Left the surface, right the map; a point on both, and on the map an arrow and the line through it.

    levels, labels  the heights of the contour lines, and places (x0, x1) for their labels;  formula  above the surface
    Parts: "surface" (`Surface`), "on surface" (`OnSurface`); "point", "line" and "arrow" on the map.
    """
    figure, (space, flat) = new_figure(columns=2)
    space.set_position([0.0, 0.0, 0.52, 0.87])
    flat.set_position([0.565, 0.13, 0.425, 0.78])
    space.set(xlim=(-1.55, 1.55), ylim=(-1.55, 1.55), aspect="equal")
    space.set_axis_off()
    figure.text(0.26, 0.94, formula, fontsize=LARGE, **CENTRED)
    surface = Surface(space, function)
    draw_map(flat, function, levels, labels)
    (line,) = flat.plot([], [], color=ORANGE, linewidth=2, linestyle=(0, (4, 3)), zorder=3)
    (point,) = flat.plot([], [], "o", color=BLACK, markersize=7, zorder=4)
    pointer = flat.add_patch(Polygon([(0, 0)] * 7, facecolor=ORANGE, edgecolor="none", zorder=5))
    parts = {"surface": surface, "on surface": OnSurface(space, surface), "line": line, "point": point}
    return figure, {**parts, "arrow": pointer}
