"""Points of two classes in a plane, and the line that a neuron draws between them.

Class 1 is a blue circle, class 0 an orange square. What the neuron gets wrong is hollow. Its 1 side is shaded, and an arrow
from the line points into it: the weights.
"""

import numpy as np
from matplotlib.patches import Polygon

from nnlessons.drawing.arrow import arrow
from nnlessons.drawing.style import BLACK, BLUE, ORANGE, cross_at_zero

__all__ = ["draw_plane", "line_patch", "points_patch"]
__dir__ = __all__.copy  # what Tab shows after `plane.`

FAR = 100.0  # far outside of every picture
SHADE = "#DCEAF5"
KINDS = {"ones": ("o", BLUE), "zeros": ("s", ORANGE)}


def draw_plane(axes, limits, size=8):
    """Empty axes with room for points and a line. limits are those of both axes; size is that of a point, in points.

    Parts: "ones", "zeros", "wrong ones", "wrong zeros" and "picked", see `points_patch`; "side", "line", "arrow", see
    `line_patch`.
    """
    axes.set(xlim=limits, ylim=limits, xlabel="$x_0$", title="$x_1$", aspect="equal")
    cross_at_zero(axes)
    side = Polygon(np.zeros((4, 2)), facecolor=SHADE, edgecolor="none", zorder=0.5)
    axes.add_patch(side)
    (line,) = axes.plot([], [], color=BLACK, linewidth=2.5)
    parts = {"side": side, "line": line}
    for name, (marker, color) in KINDS.items():
        look = {"markersize": size, "markeredgecolor": color, "markeredgewidth": size / 4, "linestyle": "none"}
        (parts[name],) = axes.plot([], [], marker=marker, color=color, **look)
        (parts[f"wrong {name}"],) = axes.plot([], [], marker=marker, color="white", **look)
    ring = {"markersize": 2.2 * size, "markerfacecolor": "none", "markeredgecolor": BLACK, "markeredgewidth": 2}
    (parts["picked"],) = axes.plot([], [], marker="o", linestyle="none", zorder=4, **ring)
    parts["arrow"] = axes.add_patch(Polygon([(0, 0)] * 7, facecolor=BLACK, edgecolor="none", zorder=3))
    return parts


def points_patch(x, t, says, picked=None):
    """The properties of points x (N, 2) of classes t (N,), for which the neuron says `says` (N,); `picked` is one's number."""
    right = says == t
    groups = {"ones": (t == 1) & right, "zeros": (t == 0) & right}
    groups |= {"wrong ones": (t == 1) & ~right, "wrong zeros": (t == 0) & ~right}
    patch = {name: {"data": (x[chosen, 0], x[chosen, 1])} for name, chosen in groups.items()}
    if picked is not None:
        patch["picked"] = {"data": (x[picked : picked + 1, 0], x[picked : picked + 1, 1])}
    return patch


def line_patch(w, b, middle=(0, 0), unit=1.0):
    """The properties of the line w @ x + b = 0, of the side where the sum is above 0, and of the arrow of the weights w.

    The arrow starts where the line is nearest to `middle`, and is `unit` long for weights of length 1. Without weights there's
    no line, and everything is shaded or nothing.
    """
    w, middle = np.asarray(w, float), np.asarray(middle, float)
    length = np.hypot(*w)
    if length == 0:
        square = FAR * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
        return {"side": {"xy": square * (b > 0)}, "line": {"data": ([], [])}, "arrow": {"xy": [(0, 0)] * 7}}
    ahead = w / length
    along = np.array([-ahead[1], ahead[0]])
    start = middle - (w @ middle + b) / length * ahead
    ends = np.array([start - FAR * along, start + FAR * along])
    return {
        "side": {"xy": np.concatenate([ends, ends[::-1] + FAR * ahead])},
        "line": {"data": (ends[:, 0], ends[:, 1])},
        "arrow": {"xy": arrow(start, unit * w, size=unit)},
    }
