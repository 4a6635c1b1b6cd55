"""The figure of many learning rates at once: the height that each of them reaches."""

from nnlessons.drawing.style import BEFORE, CURVE, GUIDE, NORMAL, in_style, new_figure
from nnlessons.gradient_descent.figures import HERE

__all__ = ["HEIGHTS", "sweep_of_rates"]
__dir__ = __all__.copy  # what Tab shows after `sweep_figure.`

HEIGHTS = 1e-10, 1e10  # the ends of the f axis


@in_style
def sweep_of_rates(low, high):
    """The height reached over the learning rate, both on logarithmic axes; dotted, the height at the start.

    low, high  ends of the learning rate's axis
    Parts: "start", "reached", and "rate" and "here" for the chosen learning rate.
    """
    figure, axes = new_figure()
    axes.set(xlim=(low, high), ylim=HEIGHTS, xscale="log", yscale="log", title="$f$")
    axes.set_xlabel(r"$\eta$", labelpad=0)
    axes.set_xticks([0.001, 0.01, 0.1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
    axes.set_yticks([1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9])
    axes.set_yticks([10.0**power for power in range(-10, 11)], [""] * 21, minor=True)
    parts = {}
    (parts["start"],) = axes.plot([], [], **BEFORE)
    axes.text(1.15 * low, 60, "start", fontsize=NORMAL)
    (parts["reached"],) = axes.plot([], [], **CURVE)
    parts["rate"] = axes.axvline(1, **GUIDE)
    (parts["here"],) = axes.plot([], [], **HERE, clip_on=False)
    return figure, parts
