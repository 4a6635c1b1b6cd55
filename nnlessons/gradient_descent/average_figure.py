"""The figure of "Right on average": the samples with one mini-batch, and beside them the gradients of many on the map."""

from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon

from nnlessons.drawing.style import BLACK, GREEN, in_style
from nnlessons.gradient_descent.line_fit_figure import ARROW, IN_BATCH, legend_on_top, samples_beside_map

__all__ = ["line_and_arrows"]
__dir__ = __all__.copy  # what Tab shows after `average_figure.`

TIPS = {"color": GREEN, "marker": ".", "markersize": 5, "linestyle": "none", "alpha": 0.5}
MEAN = {"color": BLACK, "marker": "D", "markersize": 10, "markerfacecolor": "none", "markeredgewidth": 2}
MEAN |= {"linestyle": "none"}


@in_style
def line_and_arrows(x, t, grid, heights, best):
    """Arguments and parts as in `samples_beside_map`.

    Further parts: "batch", the marked samples of one mini-batch, and "its tip", the same mark on the map; "shafts" and "tips",
    the arrows of all mini-batches; "mean", of these; "whole", the arrow of all samples.
    """
    figure, cloud, plane, parts = samples_beside_map(x, t, grid, heights, best)
    plane.set(xlim=(-1.2, 4), ylim=(-2.2, 3))  # nearer: all tips are inside
    (parts["batch"],) = cloud.plot([], [], **IN_BATCH)
    parts["shafts"] = plane.add_collection(LineCollection([], colors=GREEN, linewidths=0.8, alpha=0.6), autolim=False)
    (parts["tips"],) = plane.plot([], [], **TIPS, zorder=3)
    parts["whole"] = plane.add_patch(Polygon([(0, 0)] * 7, facecolor=GREEN, edgecolor="white", zorder=6))
    (parts["mean"],) = plane.plot([], [], **MEAN, zorder=7)
    (parts["its tip"],) = plane.plot([], [], **IN_BATCH, zorder=4)
    marks = {"one mini-batch": IN_BATCH, "all mini-batches": {**TIPS, "markersize": 9}, "their mean": MEAN}
    legend_on_top(figure, {**marks, "all 100 samples": ARROW})
    return figure, parts
