"""Figures of lesson 1: functions of one number side by side, with their slopes, one after another, and made of pieces."""

from nnlessons.drawing.style import (
    BEFORE,
    BLUE,
    CURVE,
    GUIDE,
    LARGE,
    ORANGE,
    POINT,
    PURPLE,
    SECOND,
    cross_at_zero,
    in_style,
    legend_above,
    new_figure,
)

__all__ = ["curve_and_slope", "curves_of_layers", "moved_curve", "pieces_and_largest", "shrinking_slopes", "two_curves"]
__all__ += ["unit_over_inputs"]
__dir__ = __all__.copy  # what Tab shows after `figures.`


@in_style
def two_curves(name, second_name):
    """A smooth curve and one with a jump at 0, with a point on each.

    Parts: "axes", whose xlim widens the view; "curve", "second", "guide", "point", "second point".
    """
    figure, axes = new_figure()
    axes.set(ylim=(-0.12, 1.14), xlim=(-6, 6), xlabel="a", title="h(a)", yticks=[0, 0.25, 0.5, 0.75, 1])
    cross_at_zero(axes)
    guide = axes.axvline(0, **GUIDE)
    (curve,) = axes.plot([], [], **CURVE, label=name)
    (second,) = axes.plot([], [], **SECOND, label=second_name)
    (point,) = axes.plot([], [], **POINT, markeredgecolor=BLUE)
    (second_point,) = axes.plot([], [], **{**POINT, "marker": "s"}, markeredgecolor=ORANGE)
    axes.plot([0], [0], "o", color=ORANGE, markersize=7)
    axes.plot([0], [1], "o", color=ORANGE, markersize=7, markerfacecolor="white")
    legend_above(axes)
    parts = {"axes": axes, "curve": curve, "second": second, "guide": guide}
    return figure, {**parts, "point": point, "second point": second_point}


@in_style
def moved_curve(x, before):
    """A curve over x, with its position at the start dotted (`before`), and the point where it is 1/2.

    Parts: "curve", "halfway", "tangent".
    """
    figure, axes = new_figure()
    axes.set(ylim=(-0.12, 1.14), xlim=(x[0], x[-1]), xlabel="x", title="h(w x + b)", yticks=[0, 0.25, 0.5, 0.75, 1])
    cross_at_zero(axes)
    axes.axhline(0.5, **GUIDE)
    axes.plot(x, before, **BEFORE)
    (curve,) = axes.plot([], [], **CURVE)
    (tangent,) = axes.plot([], [], **SECOND)
    (halfway,) = axes.plot([], [], **POINT, markeredgecolor=BLUE)
    return figure, {"curve": curve, "tangent": tangent, "halfway": halfway}


@in_style
def curve_and_slope(low, high):
    """Left a function with a movable point and its tangent, from low to high; right its derivative at the same a.

    Where the function jumps, a filled dot shows its value and an open one the limit from the right.
    Parts: "formula" and "tangent"; "value curve", "value guide", "value point", "value at jump" and "value after jump", and
    the same five of "slope".
    """
    figure, (left, right) = new_figure(columns=2, top=0.80)
    step = 1 if high - low < 5 else 2
    left.set(
        xlim=(-4.3, 4.3), ylim=(low - 0.3, high + 0.3), xlabel="a", title="h(a)", yticks=range(low, high + 1, step)
    )
    right.set(xlim=(-4.3, 4.3), ylim=(-0.15, 1.15), xlabel="a", title="slope: h'(a)", yticks=[0, 0.25, 0.5, 0.75, 1])
    parts = {"formula": figure.text(0.5, 0.925, "", fontsize=LARGE, horizontalalignment="center")}
    for name, axes in {"value": left, "slope": right}.items():
        cross_at_zero(axes)
        parts[f"{name} guide"] = axes.axvline(0, **GUIDE)
        (parts[f"{name} curve"],) = axes.plot([], [], **CURVE)
        (parts[f"{name} at jump"],) = axes.plot([], [], "o", color=BLUE, markersize=7)
        (parts[f"{name} after jump"],) = axes.plot([], [], "o", color=BLUE, markersize=7, markerfacecolor="white")
    (parts["tangent"],) = left.plot([], [], **SECOND)
    (parts["value point"],) = left.plot([], [], **POINT, markeredgecolor=BLUE)
    (parts["slope point"],) = right.plot([], [], **{**POINT, "marker": "D", "markersize": 10}, markeredgecolor=ORANGE)
    return figure, parts


@in_style
def curves_of_layers(xlim, ylim, count):
    """One curve for each of up to three layers, the last the thickest. Parts: "1", "2" and so on."""
    figure, axes = new_figure()
    axes.set(xlim=xlim, ylim=ylim, xlabel="x", title="z")
    cross_at_zero(axes)
    looks = [{"color": PURPLE, "linewidth": 2, "linestyle": (0, (1, 1.5))}, SECOND, CURVE]
    lines = [axes.plot([], [], label=f"layer {number}", **look)[0] for number, look in enumerate(looks[-count:], 1)]
    legend_above(axes)
    return figure, {str(number): line for number, line in enumerate(lines, 1)}


@in_style
def pieces_and_largest(count):
    """Straight pieces, thin and dashed, and the largest of them at every x, thick. Parts: "piece 0" and so on, "largest"."""
    figure, axes = new_figure()
    axes.set(xlim=(-4, 4), ylim=(-3, 5), xlabel="x", title="h(x)")
    cross_at_zero(axes)
    dashes = [(0, (5, 2)), (0, (1, 1.5))]
    look = {"color": ORANGE, "linewidth": 2.2, "zorder": 2.1}  # above the largest, which covers one of them everywhere
    pieces = [axes.plot([], [], **look, linestyle=dashes[n], label=f"piece {n}")[0] for n in range(count)]
    (largest,) = axes.plot([], [], **{**CURVE, "linewidth": 6, "alpha": 0.45}, label="the larger")
    legend_above(axes)
    return figure, {**{f"piece {n}": piece for n, piece in enumerate(pieces)}, "largest": largest}


@in_style
def shrinking_slopes(layers):
    """A point for each number of layers, on a logarithmic axis. Parts: "points"."""
    figure, axes = new_figure(left=0.11)
    axes.set(xlim=(0, layers + 1), ylim=(1e-24, 100), yscale="log", xlabel="n", title="$h'(a)^n$")
    axes.set(yticks=[1e-24, 1e-18, 1e-12, 1e-6, 1], xticks=range(0, layers + 1, 5))
    axes.axhline(1, **GUIDE)
    (points,) = axes.plot([], [], "o-", color=BLUE, markersize=8, linewidth=1.5)
    return figure, {"points": points}


@in_style
def unit_over_inputs(xlim, ylim):
    """A unit's curve and some inputs on it: dots for those that get through, crosses for the others.

    Parts: "curve", "through", "silent".
    """
    figure, axes = new_figure()
    axes.set(xlim=xlim, ylim=ylim, xlabel="x", title="h(w x + b)", yticks=range(int(ylim[1]) + 1))
    cross_at_zero(axes)
    (curve,) = axes.plot([], [], **CURVE)
    (through,) = axes.plot([], [], "o", color=BLUE, markersize=9)
    (silent,) = axes.plot([], [], "x", color=ORANGE, markersize=9, markeredgewidth=2.5)
    return figure, {"curve": curve, "through": through, "silent": silent}
