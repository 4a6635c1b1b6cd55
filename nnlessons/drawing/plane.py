"""Points of two classes in a plane, and the line that a neuron draws between them.

Class 1 is a blue circle, class 0 an orange square. What the neuron gets wrong is hollow. Its 1 side is shaded, and an arrow
from the line points into it: the weights.
"""

import numpy as np
from matplotlib.patches import Polygon

from nnlessons.drawing.arrow import arrow
from nnlessons.drawing.style import BLACK, BLUE, NORMAL, ORANGE, cross_at_zero

__all__ = ["IN_THE_MIDDLE", "TOP_HEAVY"]
__all__ += ["draw_digit_plane", "draw_legend", "draw_line", "draw_plane", "line_patch", "points_patch"]
__dir__ = __all__.copy  # what Tab shows after `plane.`

FAR = 100.0  # far outside of every picture
TOP_HEAVY, IN_THE_MIDDLE = "$x_0$:  top-heaviness", "$x_1$:  ink in the middle"  # the two measurements of a digit
KINDS = {"ones": ("o", BLUE), "zeros": ("s", ORANGE)}


def draw_plane(axes, x, y, size=8):
    """Empty axes with room for points. x and y are the limits (low, high) of the two axes; size is that of a point.

    Parts: "ones", "zeros", "wrong ones", "wrong zeros" and "picked", see `points_patch`; "plane", the axes.
    """
    axes.set(xlim=x, ylim=y, aspect="equal")
    cross_at_zero(axes)
    parts = {"plane": axes}
    for name, (marker, color) in KINDS.items():
        look = {"markersize": size, "markeredgecolor": color, "markeredgewidth": size / 4, "linestyle": "none"}
        (parts[name],) = axes.plot([], [], marker=marker, color=color, **look)
        (parts[f"wrong {name}"],) = axes.plot(
            [], [], marker=marker, color="white", zorder=2.5, **look
        )  # above the others
    ring = {"markersize": 2.2 * size, "markerfacecolor": "none", "markeredgecolor": BLACK, "markeredgewidth": 2}
    (parts["picked"],) = axes.plot([], [], marker="o", linestyle="none", zorder=4, **ring)
    return parts


def draw_line(axes, **look):
    """The line of a neuron. Parts: "side", "line", "arrow", see `line_patch`. look is passed on to the line."""
    side = axes.add_patch(Polygon(np.zeros((4, 2)), facecolor=BLUE, alpha=0.13, edgecolor="none", zorder=0.5))
    (line,) = axes.plot([], [], **{"color": BLACK, "linewidth": 2.5, **look})
    arrow = axes.add_patch(Polygon([(0, 0)] * 7, facecolor=BLACK, edgecolor="none", zorder=3))
    return {"side": side, "line": line, "arrow": arrow}


def draw_digit_plane(axes, x, y):
    """The plane of the two measurements, with room for points and a neuron's line: the parts of `draw_plane` and `draw_line`."""
    parts = draw_plane(axes, x, y) | draw_line(axes)
    axes.set(xticks=range(-3, 4), yticks=range(-3, 4), xlim=x, ylim=y, xlabel=TOP_HEAVY, title=IN_THE_MIDDLE)
    return parts


def draw_legend(axes, x, y, names, step):
    """What the marks of class 1 and class 0 mean: their names (no, yes), from (x, y) on in the coordinates of blank axes."""
    for number, (marker, color) in enumerate(KINDS.values()):
        axes.plot([x + number * step], [y], marker, color=color, markersize=9)
        axes.text(x + number * step + 0.18, y, names[1 - number], fontsize=NORMAL, verticalalignment="center")


def points_patch(x, t, says, picked=None):
    """The properties of points x (N, 2) of classes t (N,), for which the neuron says `says` (N,); `picked` is one's number."""
    right = says == t
    groups = {"ones": (t == 1) & right, "zeros": (t == 0) & right}
    groups |= {"wrong ones": (t == 1) & ~right, "wrong zeros": (t == 0) & ~right}
    patch = {name: {"data": (x[chosen, 0], x[chosen, 1])} for name, chosen in groups.items()}
    if picked is not None:
        patch["picked"] = {"data": (x[picked : picked + 1, 0], x[picked : picked + 1, 1])}
    return patch


def line_patch(w, b, middle=(0, 0), unit=1.0, size=1.0):
    """The properties of the line w @ x + b = 0, of the side where the sum is above 0, and of the arrow of the weights w.

    The arrow starts where the line is nearest to `middle`, is `unit` long for weights of length 1, and its head is `size`
    large. Without weights there's no line, and everything is shaded or nothing.
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
        "arrow": {"xy": arrow(start, unit * w, size=size)},
    }
