"""Figures of slopes: a secant beside the tangent, the error of a numerical slope over eps, a nudge through two functions."""

import numpy as np
from matplotlib.patches import Polygon

from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    CURVE,
    GREEN,
    GREY,
    GUIDE,
    LARGE,
    NORMAL,
    ORANGE,
    POINT,
    PURPLE,
    SECOND,
    SMALL,
    blank_figure,
    cross_at_zero,
    in_style,
    ink,
    legend_above,
    new_figure,
)
from nnlessons.wording import with_minus

__all__ = ["bar_from_0", "errors_over_eps", "secant_and_tangent", "three_number_lines", "wedge_between"]
__dir__ = __all__.copy  # what Tab shows after `slope_figures.`

# -- a secant and a tangent -------------------------------------------------------------------------------------------


@in_style
def secant_and_tangent(xlim, ylim):
    """A road with its tangent at a point (ring), and the straight line through two points of the road (squares).

    Parts: "curve", "tangent" and "here", its point; "secant" and "ends", its points; "steps", from one of them to the right
    and then up to the other, with their names "distance" and "climb".
    """
    figure, axes = new_figure(left=0.06)
    axes.set(xlim=xlim, ylim=ylim, xlabel="x", title="y")
    cross_at_zero(axes)
    (steps,) = axes.plot([], [], **{**GUIDE, "linewidth": 2})
    (curve,) = axes.plot([], [], **CURVE)
    (secant,) = axes.plot([], [], color=PURPLE, linewidth=2.5, linestyle=(0, (7, 1.2, 1.2, 1.2)))
    (tangent,) = axes.plot([], [], **{**SECOND, "color": GREEN})
    (ends,) = axes.plot([], [], **{**POINT, "marker": "s", "markersize": 14}, markeredgecolor=PURPLE)
    (here,) = axes.plot([], [], **{**POINT, "markersize": 7}, markeredgecolor=BLACK)
    parts = {"steps": steps, "curve": curve, "secant": secant, "tangent": tangent, "ends": ends, "here": here}
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    for name in ("distance", "climb"):
        parts[name] = axes.text(0, 0, "", bbox=box, verticalalignment="center", zorder=3)
    parts["distance"].set_horizontalalignment("center")
    return figure, parts


# -- the error over the nudge -----------------------------------------------------------------------------------------


@in_style
def errors_over_eps(eps, forward, central, lowest):
    """The errors of the forward and the central difference for each eps, all (n,), on logarithmic axes.

    An error of 0 can't be shown on such an axis and is left out. `lowest` is the lower end of the axis.
    Parts: "guide", "forward point", "central point".
    """
    figure, axes = new_figure(left=0.095)
    axes.set(xscale="log", yscale="log", xlim=(eps[0] / 2, 2 * eps[-1]), ylim=(lowest, 30), xlabel="ε", title="error")
    axes.set(xticks=10.0 ** np.arange(-16, 1, 4), yticks=10.0 ** np.arange(-16, 1, 4))
    axes.minorticks_off()
    guide = axes.axvline(1, **GUIDE, zorder=2.9)
    one, other = (np.where(errors > 0, errors, np.nan) for errors in (forward, central))
    hollow = {"markerfacecolor": "none", "markeredgewidth": 1.3}
    axes.plot(eps, one, "s", color=ORANGE, markersize=7, **hollow, label="forward")
    axes.plot(eps, other, "o", color=BLUE, markersize=4, label="central")
    legend_above(axes, handletextpad=0.1)
    look = {"clip_on": False, "zorder": 3}
    (square,) = axes.plot([], [], **{**POINT, "marker": "s", "markersize": 13}, **look, markeredgecolor=ORANGE)
    (circle,) = axes.plot([], [], **{**POINT, "markersize": 12}, **look, markeredgecolor=BLUE)
    return figure, {"guide": guide, "forward point": square, "central point": circle}


# -- a nudge through two functions ------------------------------------------------------------------------------------

LINES = {"x": (3.3, BLUE), "u": (2.0, ORANGE), "y": (0.7, GREEN)}  # heights in inches, from the top down
MIDDLE, UNIT = 4.35, 1.9  # inches: where 0 is on the three lines, and the length of 1 on each of them
REACH = 1.25


@in_style
def three_number_lines():
    """The changes in x, u and y, each a bar from 0 on a line of its own, all at the same scale.

    Parts: the bars "x", "u", "y", joined by "x to u" and "u to y". Numbers: "x value" and so on, the values before the
    change; "x to u factor" and "u to y factor", how many times as long the next bar is.
    """
    figure, axes = blank_figure()
    parts = {}
    for name, (height, color) in LINES.items():
        axes.plot(
            [MIDDLE - REACH * UNIT, MIDDLE + REACH * UNIT], [height, height], color=GREY, linewidth=1.2, zorder=0.1
        )
        for number in (-1, -0.5, 0, 0.5, 1):
            across = MIDDLE + number * UNIT
            axes.plot([across, across], [height - 0.06, height + 0.06], color=GREY, linewidth=1.2, zorder=0.1)
            axes.text(
                across, height - 0.25, with_minus(f"{number}"), fontsize=SMALL, color="#333333", zorder=0.1, **CENTRED
            )
        axes.text(6.82, height + 0.22, rf"$\Delta {name}$", fontsize=LARGE, color=ink(color), zorder=0.1, **CENTRED)
        axes.text(0.3, height, f"${name} =$", fontsize=LARGE, color=ink(color), zorder=0.1, **CENTRED)
        parts[f"{name} value"] = Numeral(axes, (1.0, height), size=LARGE, zorder=3, clip_on=False)
    for one, other in (("x", "u"), ("u", "y")):
        middle = (LINES[one][0] + LINES[other][0]) / 2
        wedge = Polygon([(0, 0)] * 4, facecolor="#8FA3B3", alpha=0.3, edgecolor="none", zorder=0.5)
        parts[f"{one} to {other}"] = axes.add_patch(wedge)
        axes.annotate(
            "",
            (0.3, LINES[other][0] + 0.24),
            (0.3, LINES[one][0] - 0.24),
            zorder=0.1,
            arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 1.8, "mutation_scale": 16},
        )
        parts[f"{one} to {other} factor"] = Numeral(axes, (1.0, middle), size=NORMAL, zorder=3, clip_on=False)
    for name, (_, color) in LINES.items():
        (parts[name],) = axes.plot([], [], color=color, linewidth=13, solid_capstyle="butt", zorder=2)
    return figure, parts


def bar_from_0(name, change):
    """The data of the bar that shows this change in x, u or y: its x, its y, in inches."""
    return [MIDDLE, MIDDLE + UNIT * change], [LINES[name][0]] * 2


def wedge_between(one, change, other, other_change):
    """The corners that join two bars, in inches."""
    top, bottom = LINES[one][0], LINES[other][0]
    return [(MIDDLE, top), (MIDDLE + UNIT * change, top), (MIDDLE + UNIT * other_change, bottom), (MIDDLE, bottom)]
