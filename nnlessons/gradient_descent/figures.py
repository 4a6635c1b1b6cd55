"""What the figures of lesson 5 share, how a path looks and contour lines; the weights of a small net, and mini-batches."""

import numpy as np
from matplotlib import colormaps

from nnlessons.drawing.arrays import Table
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    CURVE,
    FAINT,
    GREEN,
    GREY,
    LARGE,
    NORMAL,
    ORANGE,
    POINT,
    in_style,
    ink,
    new_figure,
)

__all__ = ["HERE", "NEXT", "PATH", "draw_contours", "samples_and_plane", "through", "weights_and_loss"]
__dir__ = __all__.copy  # what Tab shows after `figures.`

PATH = {"color": BLACK, "marker": "o", "markersize": 5, "linewidth": 1.2}
HERE = {**POINT, "color": BLACK, "markeredgecolor": BLACK, "markerfacecolor": ORANGE}
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


# -- the weights of a small net ---------------------------------------------------------------------------------------


@in_style
def weights_and_loss(shape, steps, highest):
    """W and dL/dW as tables of this shape, the net's output y, and the loss after each step.

    steps, highest  the ends of the axes of the loss
    Parts: "W", "dW" and "y" (`Table`); "losses" and "now".
    """
    figure, (tables, losses) = new_figure(
        2, left=0.01, right=0.97, bottom=0.145, top=0.91, gridspec_kw={"width_ratios": (1.3, 1)}
    )
    tables.set(xlim=(0, 4), ylim=(0, 3.6))
    tables.set_axis_off()
    parts = {}
    for name, title, top, colour in (("W", "$W$", 3.1, BLUE), ("dW", r"$\partial L / \partial W$", 1.85, ORANGE)):
        tables.text(0.5, top - 0.36, title, fontsize=LARGE, color=ink(colour), **CENTRED)
        parts[name] = Table(tables, shape, 1.05, top, colour, size=(0.86, 0.36))
    for number in range(shape[1]):
        tables.text(1.48 + 0.86 * number, 3.32, f"{number}", fontsize=NORMAL, color=GREY, **CENTRED)
    tables.text(0.5, 0.42, "$y$", fontsize=LARGE, color=GREEN, **CENTRED)
    parts["y"] = Table(tables, (1, shape[1]), 1.05, 0.6, GREEN, size=(0.86, 0.36))
    losses.set(xlim=(0, steps), ylim=(0, highest), xlabel="$k$", title="$L$")
    (parts["losses"],) = losses.plot([], [], **{**CURVE, "linewidth": 2.5})
    (parts["now"],) = losses.plot([], [], **HERE)
    return figure, parts


# -- mini-batches -----------------------------------------------------------------------------------------------------


@in_style
def samples_and_plane(x, t, grid, heights, levels):
    """Left samples with the line that is fitted to them; right the plane of the line's two parameters, with a path in it.

    x, t  the samples (n,);  grid, heights, levels  as in `contours_with_path`
    Parts: "chosen" (samples), "line"; "path", "here", and "whole" and "next", the next step of all samples and of the chosen.
    """
    figure, (cloud, plane) = new_figure(2, left=0.065, right=0.97, bottom=0.145, top=0.91)
    cloud.set(xlim=(-1.1, 1.1), ylim=(-2.6, 2.6), xlabel="$x$", title="$t$")
    cloud.plot(x, t, "o", color=FAINT, markersize=5)
    parts = {}
    (parts["chosen"],) = cloud.plot([], [], "s", color=BLUE, markersize=8, markeredgecolor=BLACK)
    (parts["line"],) = cloud.plot([], [], color=ORANGE, linewidth=3)
    plane.set(xlim=(grid[0], grid[-1]), ylim=(grid[0], grid[-1]), xlabel="$w$", title="$b$")
    plane.grid(visible=False)
    draw_contours(plane, grid, heights, levels)
    (parts["path"],) = plane.plot([], [], **{**PATH, "markersize": 3.5})
    (parts["whole"],) = plane.plot([], [], color=GREEN, linewidth=3.5, linestyle=(0, (1, 1)))
    (parts["next"],) = plane.plot([], [], **{**NEXT, "linestyle": "-", "linewidth": 3})
    (parts["here"],) = plane.plot([], [], **HERE)
    return figure, parts
