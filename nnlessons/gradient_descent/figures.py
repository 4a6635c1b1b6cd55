"""Figures of lesson 5: a descent on a curve and over contours, and many learning rates."""

import numpy as np
from matplotlib import colormaps

from nnlessons.drawing.style import (
    BEFORE,
    BLACK,
    CURVE,
    GUIDE,
    HERE,
    ORANGE,
    in_style,
    new_figure,
)

__all__ = ["contours_with_path", "curve_with_path", "draw_contours", "sweep_of_rates", "through"]
__dir__ = __all__.copy  # what Tab shows after `figures.`

PATH = {"color": ORANGE, "marker": "o", "markersize": 6, "linewidth": 1.8}
NEXT = {"color": BLACK, "linewidth": 2.5, "linestyle": (0, (2, 1))}

# -- on a curve -------------------------------------------------------------------------------------------------------


@in_style
def curve_with_path(x, y, limits):
    """A curve over x, the path of a descent on it, the tangent at its end, and the next step.

    limits  of the y axis
    Parts: "path", "here" (its end), "next" (from there to the next point), "tangent".
    """
    figure, axes = new_figure()
    axes.set(xlim=(x[0], x[-1]), ylim=limits, xlabel="$x$", title="$f(x)$")
    axes.plot(x, y, **CURVE)
    (tangent,) = axes.plot([], [], color=BLACK, linewidth=2)
    (path,) = axes.plot([], [], **PATH)
    (move,) = axes.plot([], [], **NEXT, marker="o", markersize=9, markerfacecolor="white", markeredgewidth=2)
    (here,) = axes.plot([], [], **HERE)
    return figure, {"tangent": tangent, "path": path, "next": move, "here": here}


# -- over contours ----------------------------------------------------------------------------------------------------


def draw_contours(axes, grid, heights, levels):
    """Contour lines, from nearly black at the lowest to a blue that still stands out."""
    axes.contour(
        grid, grid, heights, levels=levels, colors=colormaps["Blues"](np.linspace(1, 0.6, len(levels))), linewidths=1.2
    )


@in_style
def contours_with_path(grid, heights, levels, steps):
    """Contour lines with a path over them, and on the right the height after each step, up to `steps`.

    grid  (n,) of both axes;  heights  (n, n);  levels  of the contour lines
    Parts: "path", "here", "next"; on the right "heights" and "now".
    """
    figure, (plane, height) = new_figure(
        2, left=0.065, right=0.97, bottom=0.145, top=0.91, gridspec_kw={"width_ratios": (1.15, 1)}
    )
    plane.set(xlim=(grid[0], grid[-1]), ylim=(grid[0], grid[-1]), xlabel="$x_0$", title="$x_1$")
    plane.grid(visible=False)
    draw_contours(plane, grid, heights, levels)
    height.set(
        xlim=(0, steps), ylim=(1e-6, 1e6), yscale="log", xlabel="$k$", title="$f$", yticks=[1e-6, 1e-3, 1, 1e3, 1e6]
    )
    parts = {}
    (parts["path"],) = plane.plot([], [], **{**PATH, "markersize": 4.5})
    (parts["next"],) = plane.plot([], [], **NEXT)
    (parts["here"],) = plane.plot([], [], **HERE)
    (parts["heights"],) = height.plot([], [], **{**PATH, "markersize": 0})
    (parts["now"],) = height.plot([], [], **HERE)
    return figure, parts


# -- a sweep of the learning rate -------------------------------------------------------------------------------------


@in_style
def sweep_of_rates(low, high, heights=(1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9), name="$f$"):
    """The height reached over the learning rate, both on logarithmic axes; dotted, the height at the start.

    low, high  ends of the learning rate's axis;  heights  ticks of the other one, to its ends;  name  above it
    Parts: "start", "reached", and "rate" and "here" for the chosen learning rate.
    """
    figure, axes = new_figure()
    axes.set(xlim=(low, high), ylim=(heights[0], heights[-1]), xscale="log", yscale="log", xlabel=r"$\eta$", title=name)
    axes.set_yticks(heights)
    parts = {}
    (parts["start"],) = axes.plot([], [], **BEFORE)
    (parts["reached"],) = axes.plot([], [], **CURVE)
    parts["rate"] = axes.axvline(1, **GUIDE)
    (parts["here"],) = axes.plot([], [], **HERE)
    return figure, parts


FAR = 1e5  # a point beyond this is drawn nearer, in the same direction: matplotlib can't draw that far


def through(places):
    """The data of a line through these places (N, 2): (the x of each, the y of each)."""
    places = np.asarray(places)
    size = np.max(np.abs(places), axis=1, keepdims=True)
    return tuple((places * np.minimum(1, FAR / np.maximum(size, FAR))).T)
