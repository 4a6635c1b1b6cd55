"""Scores on the left and their softmax on the right, both as bars with numbers."""

from nnlessons.drawing.style import BLUE, CENTRED, GREEN, LARGE, NORMAL, cross_at_zero, in_style, new_figure

__all__ = ["scores_and_probabilities"]
__dir__ = __all__.copy  # what Tab shows after `softmax_bars.`


@in_style
def scores_and_probabilities(classes, highest):
    """A bar for each score, from -highest to highest, and one for each probability; below the scores a row of texts.

    Parts, for class 0: the bars "s 0" and "y 0", the numbers at their ends, "s 0 number" and "y 0 number", and "power 0" in
    the row below. "powers" is the heading of that row.
    """
    figure, (left, right) = new_figure(2, left=0.06, right=0.985, bottom=0.13, top=0.91)
    left.set(xlim=(-1.9, classes - 0.4), ylim=(-1.85 * highest, 1.35 * highest), title="$s$")
    left.set_yticks([-highest, 0, highest])
    left.spines["left"].set_bounds(-highest, highest)
    right.set(xlim=(-0.6, classes - 0.4), ylim=(0, 1.15), title="$y$", yticks=[0, 0.5, 1])
    cross_at_zero(left, x=False)
    parts = {"powers": left.text(-1.25, -1.6 * highest, "", fontsize=NORMAL, **CENTRED)}
    for axes, letter, colour in ((left, "s", BLUE), (right, "y", GREEN)):
        axes.grid(axis="x", visible=False)
        axes.set_axisbelow(True)
        axes.set_xticks(range(classes), [f"${letter}_{number}$" for number in range(classes)], fontsize=LARGE)
        for number, bar in enumerate(axes.bar(range(classes), [1] * classes, width=0.55, color=colour)):
            parts[f"{letter} {number}"] = bar
            parts[f"{letter} {number} number"] = axes.text(number, 0, "", fontsize=NORMAL, **CENTRED)
    for number in range(classes):
        parts[f"power {number}"] = left.text(number, -1.6 * highest, "", fontsize=NORMAL, **CENTRED)
    return figure, parts
