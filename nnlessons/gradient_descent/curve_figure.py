"""The figure of a descent on a curve; below a bowl, a scale of learning rates with what they do."""

from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.style import BLACK, CURVE, GREEN, GREY, HERE, LARGE, NORMAL, SMALL, in_style, new_figure
from nnlessons.gradient_descent.figures import NEXT, PATH

__all__ = ["curve_with_path"]
__dir__ = __all__.copy  # what Tab shows after `curve_figure.`

ACROSS_THEN_DOWN = {"drawstyle": "steps-post"}  # first the move along x, then to the curve
BANDS = {  # what a learning rate does -> how its part of the scale looks
    "creeps": {"facecolor": "#BFBFBF"},
    "fast": {"facecolor": "white"},
    "bounces": {"facecolor": "#DCEAF5", "hatch": ".."},
    "diverges": {"facecolor": "#F6DDCC", "hatch": "///"},
}


@in_style
def curve_with_path(x, y, ticks, scale=None):
    """A curve over x, the path of a descent on it, the tangent at its end, and the next step.

    ticks  of the y axis, up to its end
    scale  the learning rates at which the four bands end, for a scale of them below the curve
    Parts: "path", "here" (its end), "next" (from there to the next point), "tangent"; with a scale, "rate" and "factor" too.
    """
    figure, axes = new_figure(bottom=0.38 if scale else 0.145)
    axes.set(xlim=(x[0], x[-1]), ylim=(-0.05 * ticks[-1], 1.04 * ticks[-1]), yticks=ticks, title="$f(w)$")
    axes.set_xticks(range(-4, 5))
    axes.text(x[-1], -0.05, "$w$", transform=axes.get_xaxis_transform(), horizontalalignment="right", **BELOW_AXIS)
    axes.plot(x, y, **CURVE)
    parts = {}
    (parts["tangent"],) = axes.plot([], [], color=GREEN, linewidth=2.5)
    (parts["path"],) = axes.plot([], [], **PATH, **ACROSS_THEN_DOWN)
    end = {"marker": "o", "markersize": 9, "markerfacecolor": "white", "markeredgewidth": 2}
    (parts["next"],) = axes.plot([], [], **NEXT, **ACROSS_THEN_DOWN, **end)
    (parts["here"],) = axes.plot([], [], **HERE)
    return figure, parts | (draw_scale(figure, scale) if scale else {})


BELOW_AXIS = {"verticalalignment": "top", "fontsize": NORMAL}


def draw_scale(figure, ends):
    """The learning rates in four bands that end at these, named above. Parts: "rate", a mark on it, and "factor", a number."""
    axes = figure.add_axes([0.283, 0.125, 0.66, 0.065])
    axes.set(xlim=(0, ends[-1]), ylim=(0, 1), xticks=[0, 0.2, 0.4, 0.6, 0.8, 1, 1.2], yticks=[])
    axes.tick_params(labelsize=SMALL)
    axes.grid(visible=False)
    axes.text(1.03, -0.35, r"$\eta$", transform=axes.transAxes, **BELOW_AXIS)
    low = 0
    for (word, look), high in zip(BANDS.items(), ends, strict=True):
        axes.axvspan(low, high, edgecolor=GREY, linewidth=1, **look)
        place = (0, "left") if low == 0 else ((low + high) / 2, "center")
        axes.text(place[0], 1.4, word, horizontalalignment=place[1], verticalalignment="bottom", fontsize=SMALL)
        low = high
    (rate,) = axes.plot([], [], **HERE, clip_on=False, zorder=3)
    figure.text(0.02, 0.158, r"$1 - 2\,\eta\;=$", fontsize=NORMAL, verticalalignment="center")
    factor = Numeral(axes, (-0.115, 0.5), size=LARGE, facecolor=BLACK, clip_on=False)
    return {"rate": rate, "factor": factor}
