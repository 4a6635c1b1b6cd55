"""The figure of many learning rates at once: the height that each of them reaches."""

from nnlessons.drawing.style import BEFORE, CURVE, GUIDE, HERE, NORMAL, in_style, new_figure

__all__ = ["HEIGHTS", "from_one_start", "sweep_of_rates"]
__dir__ = __all__.copy  # what Tab shows after `sweep_figure.`

HEIGHTS = 1e-10, 1e10  # the ends of the f axis


@in_style
def sweep_of_rates(low, high, heights, name):
    """The height reached over the learning rate, both on logarithmic axes; dotted, the height at the start.

    low, high  ends of the learning rate's axis;  heights  ticks of the other one, to its ends;  name  above it
    Parts: "start", "reached", and "rate" and "here" for the chosen learning rate.
    """
    figure, axes = new_figure()
    axes.set(xlim=(low, high), ylim=(heights[0], heights[-1]), xscale="log", yscale="log", xlabel=r"$\eta$", title=name)
    axes.set_yticks(heights)
    parts = {}
    (parts["start"],) = axes.plot([], [], **BEFORE)
    (parts["reached"],) = axes.plot([], [], **CURVE)
    parts["rate"] = axes.axvline(1, **GUIDE)
    (parts["here"],) = axes.plot([], [], **HERE)
    return figure, parts


@in_style
def from_one_start(rates, start):
    """The same for f and these round learning rates on the axis, with a word at the height of the start, the same for all."""
    figure, parts = sweep_of_rates(rates[0], rates[-1], HEIGHTS, "$f$ (logarithmic)")
    (axes,) = figure.axes
    axes.set_xticks(rates, [f"{rate:g}" for rate in rates])
    axes.set_xlabel(r"$\eta$ (logarithmic)", labelpad=0)
    axes.set_yticks([1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9])
    axes.set_yticks([10.0**power for power in range(-10, 11)], [""] * 21, minor=True)
    axes.text(1.15 * rates[0], 2.5 * start, "start", fontsize=NORMAL)
    parts["here"].set_clip_on(False)
    return figure, parts
