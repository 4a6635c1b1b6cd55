"""A function of two inputs, as a surface that can be turned and as a map with contour lines; a point and an arrow on both.

The surface doesn't use matplotlib's 3-D axes. Its cells are projected onto the page here and painted from back to front, as
one collection of polygons, which is faster.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from matplotlib import colormaps
from matplotlib.collections import PolyCollection
from matplotlib.patches import Polygon

from nnlessons.drawing.contours import LINE, draw_bands
from nnlessons.drawing.style import (
    BLACK,
    CENTRED,
    GREEN,
    GREY,
    LARGE,
    NORMAL,
    POINT,
    SMALL,
    cross_at_zero,
    in_style,
    legend_above,
    new_figure,
)
from nnlessons.wording import with_minus

__all__ = [
    "HERE",
    "MAP",
    "POINTER",
    "SURFACE",
    "Box",
    "HeightScale",
    "Projection",
    "Surface",
    "blue",
    "box_of",
]
__all__ += ["draw_space", "grid", "surface_beside_map"]
__dir__ = __all__.copy  # what Tab shows after `landscape.`

SURFACE, MAP = 4.0, 6.0  # half their sides, in units of x0: the map has room for arrows too
CELLS = 20
TALL = 1.3  # a surface's height, where its side is 2
STEEP = 70  # degrees above, from which on heights can't be seen
HERE = {**POINT, "markersize": 9, "markeredgecolor": BLACK}
POINTER = {"facecolor": GREEN, "edgecolor": "white", "linewidth": 0.8}
MINIMUM = {"color": BLACK, "marker": "X", "markersize": 10, "markeredgecolor": "white", "linestyle": "none"}
FLOOR = {"color": BLACK, "linewidth": 2, "linestyle": (0, (1, 1.5))}


def grid(middle, half, cells=CELLS):
    """x0 and x1 in even steps over a square, `half` to each side of its middle: two arrays (cells + 1, cells + 1)."""
    side = np.linspace(-half, half, cells + 1)
    return np.meshgrid(middle[0] + side, middle[1] + side)


def blue(depth):
    """Colors from nearly white, for a depth of 0, to a blue, for 1, on which things can still be seen."""
    return colormaps["Blues"](0.03 + 0.52 * np.asarray(depth))


def shades(edges):
    """A function that turns heights into colors: deeper from band to band, where `edges` are the heights between bands."""
    middles = (edges[:-1] + edges[1:]) / 2
    return lambda heights: blue(np.interp(heights, middles, np.linspace(0, 1, len(middles))))


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
        points = np.asarray(points)
        return np.stack([points @ self.across, points @ self.up], axis=-1)


@dataclass(frozen=True)
class Box:
    """The piece of space that is shown as a box of side 2.

    middle, half  the middle (x0, x1) of its square, and half the square's side;  level  the f at half its height
    stretch       how much f is stretched, compared with x0 and x1
    """

    middle: tuple
    half: float
    level: float
    stretch: float

    def place(self, x0, x1, f):
        """The places (..., 3) of these points in the box."""
        (m0, m1), f = self.middle, np.asarray(f)
        return np.stack(
            [(x0 - m0) / self.half, (x1 - m1) / self.half, self.stretch * (f - self.level) / self.half], axis=-1
        )


def box_of(function):
    """The box that holds the whole surface of a function."""
    heights = function(*grid((0, 0), SURFACE))
    low, high = float(heights.min()), float(heights.max())
    return Box((0.0, 0.0), SURFACE, level=(low + high) / 2, stretch=TALL * SURFACE / (high - low))


class Surface:
    """The surface of a function over the square of a box, with the square's two axes at the bottom.

    function  takes arrays x0, x1;  color  a function that turns heights into colors
    """

    def __init__(self, axes, function, color):
        self.function, self.color = function, color
        self.faces = PolyCollection([], edgecolors="#5B7083", linewidths=0.5, zorder=2)
        axes.add_collection(self.faces, autolim=False)
        (self.floor,) = axes.plot([], [], color=GREY, linewidth=1.2, zorder=1)
        self.names = [axes.text(0, 0, f"$x_{i}$", fontsize=LARGE, zorder=3, **CENTRED) for i in (0, 1)]
        self.artists = [self.faces, self.floor, *self.names]

    def set(self, around, above, box):
        """Show what is in this box, seen from these angles, in degrees."""
        view = Projection(around, above)
        x0, x1 = grid(box.middle, box.half)
        heights = self.function(x0, x1)
        cells = of_cells(box.place(x0, x1, heights))
        order = np.argsort(cells.mean(axis=1) @ view.near)
        colors = self.color(of_cells(heights).mean(axis=1))
        self.faces.set(verts=view.on_page(cells[order]), facecolors=colors[order])
        square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
        self.floor.set(data=view.on_page(np.column_stack([square, np.full(5, -TALL / 2)])).T)
        front = np.where(view.near < 0, -1.18, 1.18)  # the names are at the two sides in front
        for name, side in zip(self.names, ((0, front[1]), (front[0], 0)), strict=True):
            name.set(position=view.on_page(np.array([*side, -TALL / 2])) - [0, 0.16 * view.up[2]])


def of_cells(corners):
    """What is at the four corners of each cell, (cells, 4, ...), from what is at all corners, (rows, columns, ...)."""
    four = [corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]]
    return np.stack(four, axis=2).reshape(-1, 4, *corners.shape[2:])


class HeightScale:
    """A line at the left of a box from the lowest to the highest f, with both numbers; not for a view from high above."""

    def __init__(self, axes, low, high):
        (self.line,) = axes.plot([], [], color=GREY, linewidth=1.2, zorder=1)
        words = {"fontsize": SMALL, "horizontalalignment": "right", "verticalalignment": "center", "zorder": 3}
        self.numbers = [axes.text(0, 0, with_minus(f"{number:g}"), **words) for number in (low, high)]
        self.artists = [self.line, *self.numbers]

    def set(self, around, above):
        """See it from these angles, in degrees."""
        view = Projection(around, above)
        bottoms = np.array([[a, b, -TALL / 2] for a in (-1, 1) for b in (-1, 1)])
        left = bottoms[np.lexsort(view.on_page(bottoms).round(6).T[::-1])[0]]
        ends = view.on_page([left, left * [1, 1, -1]])
        self.line.set(data=ends.T)
        for number, end in zip(self.numbers, ends, strict=True):
            number.set_position(end - [0.05, 0])
        for artist in self.artists:
            artist.set_visible(above <= STEEP)


# -- the map ----------------------------------------------------------------------------------------------------------


def draw_map(axes, function, edges, labels):
    """Bands between these heights; where they meet, contour lines, dashed where f is below 0, with their heights near
    the places `labels`."""
    x0, x1 = grid((0, 0), MAP, cells=240)
    heights = function(x0, x1)
    middles = [(low + high) / 2 for low, high in itertools.pairwise(edges)]
    draw_bands(axes, (x0, x1), heights, edges[1:-1], shades(edges)(middles), labels)
    axes.set(xlim=(-MAP, MAP), ylim=(-MAP, MAP), aspect="equal", xlabel="$x_0$", title="$x_1$")
    axes.set(xticks=range(-4, 5, 2), yticks=range(-4, 5, 2))
    cross_at_zero(axes)


def mark(axes, minimum, floor, below):
    """Mark the lowest point and the floor of a valley on a map, if it has them, and say what the marks mean."""
    if minimum:
        axes.plot([0], [0], **MINIMUM, zorder=2, label="lowest")
    if floor:
        axes.axhline(0, **FLOOR, zorder=1.5, label="floor")
    if below:
        axes.plot([], [], color=LINE, linewidth=1.5, linestyle="--", label="f < 0")
    legend_above(axes, handlelength=1.6, handletextpad=0.4)


def draw_space(axes):
    """Empty axes for a surface, which fill the left half of the figure."""
    axes.set_position([0.0, 0.0, 0.52, 0.87])
    axes.set(xlim=(-1.85, 1.5), ylim=(-1.6, 1.6), aspect="equal")
    axes.set_axis_off()


@in_style
def surface_beside_map(function, levels, labels, formula, minimum=False, floor=False):
    """Left the surface, right the map; a point and an arrow on both, and on the map the line along the arrow.

    levels, labels  the heights of the contour lines, and places (x0, x1) for their labels;  formula  above the surface
    minimum, floor  whether the lowest point is at (0, 0), and whether x1 = 0 is the floor of a valley
    Parts: "surface" (`Surface`), "scale" (`HeightScale`), "point on surface", "arrow on surface"; "point", "line" and "arrow"
    on the map.
    """
    figure, (space, flat) = new_figure(columns=2)
    draw_space(space)
    flat.set_position([0.565, 0.13, 0.425, 0.78])
    figure.text(0.025, 0.94, formula, fontsize=NORMAL, verticalalignment="center")
    heights, everywhere = function(*grid((0, 0), SURFACE)), function(*grid((0, 0), MAP))
    edges = np.array([everywhere.min(), *levels, everywhere.max()])
    draw_map(flat, function, edges, labels)
    mark(flat, minimum, floor, below=levels[0] < 0)
    parts = {
        "surface": Surface(space, function, shades(edges)),
        "scale": HeightScale(space, heights.min(), heights.max()),
        "arrow on surface": space.add_patch(Polygon(np.zeros((7, 2)), **POINTER, clip_on=False, zorder=4)),
        "arrow": flat.add_patch(Polygon(np.zeros((7, 2)), **POINTER, zorder=4)),
    }
    (parts["line"],) = flat.plot([], [], color=GREEN, linewidth=2, linestyle=(0, (4, 3)), zorder=3)
    (parts["point"],) = flat.plot([], [], **HERE, zorder=5)
    (parts["point on surface"],) = space.plot([], [], **HERE, zorder=5)
    return figure, parts
