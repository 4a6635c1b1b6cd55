"""The figure of "Down in fog": the samples with the line, and beside them the map of the loss under fog."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Polygon

from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.style import GREEN, LARGE, in_style
from nnlessons.gradient_descent.line_fit_figure import ARROW, AS_PATH, BEST_MARK, legend_on_top, samples_beside_map

__all__ = ["line_and_fog"]
__dir__ = __all__.copy  # what Tab shows after `fog_figure.`

FOG = LinearSegmentedColormap.from_list("fog", ["#D3D9DE", "#EFF2F4"])


def clouds(size=60, waves=25):
    """Thick and thin fog (size, size): waves of random directions and lengths, added up."""
    rng = np.random.default_rng(3)
    x, y = np.meshgrid(np.linspace(0, 1, size), np.linspace(0, 1, size))
    across, along = rng.normal(scale=7, size=(2, waves, 1, 1))
    return np.cos(across * x + along * y + rng.uniform(0, 2 * np.pi, size=(waves, 1, 1))).sum(axis=0)


@in_style
def line_and_fog(x, t, grid, heights, best):
    """Arguments and parts as in `samples_beside_map`. On the map also "fog", "path" and "downhill", an arrow; above it "loss"."""
    figure, _, plane, parts = samples_beside_map(x, t, grid, heights, best)
    edges = (grid[0], grid[-1], grid[0], grid[-1])
    parts["fog"] = plane.imshow(clouds(), cmap=FOG, extent=edges, aspect="auto", interpolation="bilinear", zorder=3)
    (parts["path"],) = plane.plot([], [], **AS_PATH, zorder=4)
    parts["downhill"] = plane.add_patch(Polygon([(0, 0)] * 7, facecolor=GREEN, edgecolor="white", zorder=6))
    plane.text(0.74, 1.035, "$L$ =", fontsize=LARGE, transform=plane.transAxes, horizontalalignment="right")
    width = grid[-1] - grid[0]
    parts["loss"] = Numeral(plane, (grid[0] + 0.88 * width, grid[0] + 1.06 * width), size=LARGE, clip_on=False)
    legend_on_top(figure, {"downhill, −gradient": ARROW, "steps so far": AS_PATH, "lowest loss": BEST_MARK})
    return figure, parts
