"""The figure of the mini-batch update in three phases: the samples with the line, and the path on the map."""

from matplotlib.patches import Polygon

from nnlessons.drawing.style import GREEN, in_style
from nnlessons.gradient_descent.line_fit_figure import (
    ARROW,
    AS_PATH,
    BEST_MARK,
    IN_BATCH,
    legend_on_top,
    samples_beside_map,
)

__all__ = ["line_and_path"]
__dir__ = __all__.copy  # what Tab shows after `batches_figure.`


@in_style
def line_and_path(x, t, grid, heights, best):
    """Arguments and parts as in `samples_beside_map`.

    Further parts: "chosen", the marked samples of the mini-batch; "path"; "whole" and "next", arrows for minus the gradient over
    all samples and over the mini-batch.
    """
    figure, cloud, plane, parts = samples_beside_map(x, t, grid, heights, best)
    (parts["chosen"],) = cloud.plot([], [], **IN_BATCH)
    (parts["path"],) = plane.plot([], [], **AS_PATH, zorder=3)
    hollow, filled = {"facecolor": "white", "linewidth": 2}, {"facecolor": GREEN, "linewidth": 0}
    parts["whole"] = plane.add_patch(Polygon([(0, 0)] * 7, edgecolor=GREEN, zorder=6, **hollow))
    parts["next"] = plane.add_patch(Polygon([(0, 0)] * 7, edgecolor=GREEN, zorder=7, **filled))
    marks = {"mini-batch": IN_BATCH, "its −gradient": ARROW, "−gradient of all": {**ARROW, "markerfacecolor": "white"}}
    legend_on_top(figure, {**marks, "lowest loss": BEST_MARK})
    return figure, parts
