"""The figure of a digit and what a network makes of it. Places are in inches."""

from nnlessons.drawing.digits import BELOW, ClassBars, one_picture
from nnlessons.drawing.style import LARGE, blank_figure, in_style

__all__ = ["digit_and_probabilities"]
__dir__ = __all__.copy  # what Tab shows after `drawn_digit_figure.`


@in_style
def digit_and_probabilities():
    """Left the 64 numbers that the network gets, right its ten probabilities. Parts: "picture", "bars" (`ClassBars`)."""
    figure, axes = blank_figure()
    axes.text(1.8, 3.77, "$x$", **{**BELOW, "fontsize": LARGE})
    axes.text(4.5, 3.77, "$y$", **{**BELOW, "fontsize": LARGE})
    parts = {"picture": one_picture(axes, left=0.2, top=3.5, pixel=0.4)}
    parts["bars"] = ClassBars(axes, left=4.1, zero=4.3, right=6.6, length=1.85, top=3.34, pitch=0.32)
    return figure, parts
