"""What the figures of the line fit share: left the samples and the line, right the plane of w and b as a map of the loss."""

from matplotlib.lines import Line2D

from nnlessons.drawing.style import BLACK, CENTRED, FAINT, GREEN, HERE, SMALL, in_style, new_figure
from nnlessons.gradient_descent.figures import draw_contours

__all__ = ["ARROW", "AS_PATH", "BEST_MARK", "IN_BATCH", "legend_on_top", "samples_beside_map"]
__dir__ = __all__.copy  # what Tab shows after `line_fit_figure.`

LEVELS = [0.2, 0.3, 0.5, 1, 1.5, 2, 3, 4, 6, 8]
LABELS = {
    (2.55, 0.63): "0.3",
    (1.37, 1.74): "1",
    (1.3, 2.4): "2",
    (1.22, 3.21): "4",
}  # (w, b) on a contour line: its loss
BEST_MARK = {"color": BLACK, "marker": "+", "markersize": 18, "markeredgewidth": 2, "linestyle": "none"}
ARROW = {"color": GREEN, "marker": ">", "markersize": 9, "markeredgewidth": 2, "linestyle": "none"}  # in a legend
AS_PATH = {"color": BLACK, "marker": "o", "markersize": 3.5, "linewidth": 1.5}
IN_BATCH = {"color": BLACK, "marker": "s", "markersize": 8, "markerfacecolor": "none", "linestyle": "none"}
IN_BATCH |= {"markeredgewidth": 2}


@in_style
def samples_beside_map(x, t, grid, heights, best):
    """(figure, left axes, right axes, parts): both axes with what is the same in each of these demos.

    x, t  the samples (n,);  grid  (n,) of w and of b;  heights  the loss (n, n) on it;  best  the (w, b) of the lowest loss
    Parts: "samples" and the "line" over them; "plane", the axes of the map, and "here" on it.
    """
    figure, (cloud, plane) = new_figure(2)
    cloud.set_position([0.065, 0.145, 0.42, 0.7])
    cloud.set(xlim=(-1.1, 1.1), ylim=(-2.6, 3.2), xlabel="$x$", title="$t$ (dots) and $y = w x + b$")
    cloud.set(xticks=[-1, 0, 1], yticks=range(-2, 4))
    (samples,) = cloud.plot(x, t, "o", color=FAINT, markersize=5)
    (line,) = cloud.plot([], [], color=BLACK, linewidth=3)
    plane.set_position([0.56, 0.145, 0.42, 0.7])
    plane.set(xlim=(grid[0], grid[-1]), ylim=(grid[0], grid[-1]), xlabel="$w$", title="$b$")
    plane.set(xticks=range(-2, 5), yticks=range(-2, 5))
    plane.grid(visible=False)
    draw_contours(plane, grid, heights, LEVELS)
    for place, words in LABELS.items():
        box = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
        plane.text(*place, words, fontsize=SMALL, bbox=box, zorder=2.1, clip_on=True, **CENTRED)
    plane.plot(*best, **BEST_MARK, zorder=2.2)
    (here,) = plane.plot([], [], **{**HERE, "markersize": 8, "markeredgewidth": 2.5}, zorder=8)
    return figure, cloud, plane, {"samples": samples, "line": line, "plane": plane, "here": here}


def legend_on_top(figure, marks):
    """What the marks mean, in a row above both axes: {words: the look of a line}."""
    handles = [Line2D([], [], **look) for look in marks.values()]
    look = {"frameon": False, "fontsize": SMALL, "handlelength": 1.6, "handletextpad": 0.5, "columnspacing": 1.4}
    figure.legend(handles, marks, loc="upper center", bbox_to_anchor=(0.5, 1.01), ncols=len(marks), **look)
