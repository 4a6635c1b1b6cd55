"""Pictures of functions of one number: two on top of each other, one beside its slope, one moved by weight and bias."""

from nnlib.figures.style import (
    BEFORE,
    BLUE,
    CURVE,
    GUIDE,
    LARGE,
    ORANGE,
    POINT,
    SECOND,
    cross_at_zero,
    in_style,
    new_figure,
)


@in_style
def two_curves(name, second_name):
    """A smooth curve and one with a jump at 0, a point on each; the view can be widened by the axes' own xlim."""
    figure, axes = new_figure()
    axes.set(ylim=(-0.12, 1.14), xlim=(-6, 6), xlabel="x", title="h(x)", yticks=[0, 0.25, 0.5, 0.75, 1])
    cross_at_zero(axes)
    guide = axes.axvline(0, **GUIDE)
    (curve,) = axes.plot([], [], **CURVE)
    (second,) = axes.plot([], [], **SECOND)
    (point,) = axes.plot([], [], **POINT, markeredgecolor=BLUE)
    (second_point,) = axes.plot([], [], **{**POINT, "marker": "s"}, markeredgecolor=ORANGE)
    axes.text(0.03, 0.80, name, color=BLUE, transform=axes.transAxes, fontsize=LARGE)
    axes.text(0.03, 0.88, second_name, color=ORANGE, transform=axes.transAxes, fontsize=LARGE)
    parts = {"axes": axes, "curve": curve, "second": second, "guide": guide}
    return figure, {**parts, "point": point, "second point": second_point}


@in_style
def moved_curve(x, before):
    """A curve over its first position, with the point where it is halfway and the slope there."""
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
def curve_and_slope():
    """Left a function with a movable point and its tangent, right its derivative with the same point.

    Where the function jumps, a full dot shows its value and an open one the limit from the right.
    """
    figure, (left, right) = new_figure(columns=2, top=0.80)
    left.set(xlim=(-4.3, 4.3), ylim=(-4.3, 4.3), xlabel="x", title="h(x)", yticks=[-4, -2, 0, 2, 4])
    right.set(xlim=(-4.3, 4.3), ylim=(-0.15, 1.15), xlabel="x", title="h'(x)", yticks=[0, 0.25, 0.5, 0.75, 1])
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
