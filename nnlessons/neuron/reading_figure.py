"""The figure of the network that reads digits: what it thinks, and how well it reads by now."""

from nnlessons.drawing.digits import ClassBars
from nnlessons.drawing.style import CURVE, GREY, NORMAL, POINT, in_style, new_figure

__all__ = ["bars_and_accuracy"]
__dir__ = __all__.copy  # what Tab shows after `reading_figure.`


@in_style
def bars_and_accuracy():
    """Left a bar for each digit, right the accuracy in percent over the updates.

    Parts: "bars" (`ClassBars`); "curve", the accuracies so far; "now", the latest of them.
    """
    figure, (left, right) = new_figure(columns=2, height=3.9, left=0.0, right=0.97, bottom=0.15, top=0.9)
    left.set_position([0, 0, 0.5, 1])
    left.set(xlim=(0, 3.5), ylim=(0, 3.9))
    left.set_axis_off()
    parts = {"bars": ClassBars(left, left=0.25, zero=0.45, right=3.05, length=2.2, top=3.6, pitch=0.36)}
    right.set_position([0.585, 0.15, 0.37, 0.74])
    right.set(xlim=(0, 1000), ylim=(0, 100), xticks=[0, 500, 1000], yticks=[0, 50, 100])
    right.set(xlabel="updates", title="digits read correctly, in %")
    right.axhline(97, color=GREY, linestyle=(0, (4, 2)), linewidth=1.5)
    right.text(980, 90, "trained", fontsize=NORMAL, color=GREY, horizontalalignment="right", verticalalignment="top")
    (parts["curve"],) = right.plot([], [], **CURVE)
    (parts["now"],) = right.plot([], [], **{**POINT, "clip_on": False})
    return figure, parts
