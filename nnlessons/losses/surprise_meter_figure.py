"""Three days, one below the other: on the left probabilities that multiply, on the right surprises that add up."""

from matplotlib.patches import FancyArrowPatch, Rectangle

from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.style import (
    BLACK,
    CENTRED,
    FAINT,
    FILLS,
    GREY,
    GUIDE,
    NORMAL,
    SMALL,
    blank_figure,
    in_style,
)

__all__ = ["product_beside_sum", "rows_patch"]
__dir__ = __all__.copy  # what Tab shows after `surprise_meter_figure.`

DAYS = 3
ROWS = (3.15, 2.45, 1.75, 0.85)  # inches: the middles of the three days and of the results
HEIGHT = 0.42  # of a bar
RULE = 1.3  # the height of the line above the results
ONE, ONE_LONG = 0.82, 1.35  # the left end of the bars on the left, and how long a probability of 1 is
ADDED, ADDED_LONG = 4.5, 2.35 / 9  # the same on the right, for a surprise of 1
FACTORS, TERMS = 2.67, 4.09  # the middles of the two columns of numbers
ARROWS = 3.29, 3.69
BEHIND = 0.5  # the zorder of what stays, below all that moves


@in_style
def product_beside_sum():
    """A row for each day and one for the results, with numbers beside the bars and an arrow, -log, from left to right.

    Parts, for day 0: "whole 0", what was left of 1 before; "kept 0", what is left of it; "surprise 0" and "piece 0", the same
    bar in its own row and in the last one; "factor 0" and "term 0", texts; "guide 0", a dashed line down from the end of the
    surprise. "product", a bar; "product number" and "sum number", texts.
    """
    figure, axes = blank_figure()
    parts = {}
    for x, heading in {ONE: "probabilities $p$: multiply", TERMS - 0.3: r"surprises $-\log p$: add"}.items():
        axes.text(x, 3.75, heading, fontsize=NORMAL, verticalalignment="center", zorder=BEHIND)
    for left, right in ((ONE, FACTORS + 0.53), (TERMS - 0.3, ADDED + 9 * ADDED_LONG)):
        axes.plot([left, right], [RULE, RULE], color=BLACK, linewidth=1.2, zorder=BEHIND)
    for row in ROWS:
        look = {"arrowstyle": "-|>", "mutation_scale": 12, "color": GREY, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
        axes.add_patch(FancyArrowPatch((ARROWS[0], row - 0.06), (ARROWS[1], row - 0.06), zorder=BEHIND, **look))
        axes.text(sum(ARROWS) / 2, row + 0.12, r"$-\log$", fontsize=SMALL, zorder=BEHIND, **CENTRED)
    draw_scale(axes, ONE, ONE_LONG, (0, 1))
    draw_scale(axes, ADDED, ADDED_LONG, (0, 3, 6, 9))
    for day, fill in enumerate(FILLS):
        axes.text(0.4, ROWS[day], f"day {day}", fontsize=NORMAL, zorder=BEHIND, **CENTRED)
        bar = {"edgecolor": BLACK, "linewidth": 1.2, **fill}
        frame = {"facecolor": "none", "edgecolor": GREY, "linewidth": 1.2, "linestyle": (0, (2, 1.5))}
        parts[f"whole {day}"] = axes.add_patch(rectangle(ONE, ROWS[day], **frame))
        parts[f"kept {day}"] = axes.add_patch(rectangle(ONE, ROWS[day], **bar))
        parts[f"surprise {day}"] = axes.add_patch(rectangle(ADDED, ROWS[day], **bar))
        parts[f"piece {day}"] = axes.add_patch(rectangle(ADDED, ROWS[-1], **bar))
        (parts[f"guide {day}"],) = axes.plot([], [], **GUIDE)
        parts[f"factor {day}"] = Numeral(axes, (FACTORS, ROWS[day]), zorder=4)
        parts[f"term {day}"] = Numeral(axes, (TERMS, ROWS[day]), zorder=4)
    parts["product"] = axes.add_patch(rectangle(ONE, ROWS[-1], facecolor=BLACK, edgecolor=BLACK, linewidth=1.2))
    parts["product number"] = Numeral(axes, (FACTORS, ROWS[-1]), zorder=4)
    parts["sum number"] = Numeral(axes, (TERMS, ROWS[-1]), zorder=4)
    return figure, parts


def rectangle(left, middle, **look):
    """A bar without length, from `left` to the right."""
    return Rectangle((left, middle - HEIGHT / 2), 0, HEIGHT, **look)


def draw_scale(axes, left, unit, values):
    """Ticks with these values below the last row."""
    y = ROWS[-1] - HEIGHT / 2 - 0.1
    axes.plot([left, left + values[-1] * unit], [y, y], color=FAINT, linewidth=1, zorder=BEHIND)
    for value in values:
        x = left + value * unit
        axes.plot([x, x], [y, y - 0.06], color=FAINT, linewidth=1, zorder=BEHIND)
        axes.text(x, y - 0.2, str(value), fontsize=SMALL, zorder=BEHIND, **CENTRED)


def rows_patch(left_over, so_far):
    """The properties of all bars and guides.

    left_over  (4,): 1, and what is left of it after each day
    so_far     (4,): 0, and the sum of the surprises after each day
    """
    patch = {"product": {"width": ONE_LONG * left_over[-1]}}
    for day in range(DAYS):
        start, end = (ADDED + ADDED_LONG * so_far[day + after] for after in (0, 1))
        patch[f"whole {day}"] = {"width": ONE_LONG * left_over[day]}
        patch[f"kept {day}"] = {"width": ONE_LONG * left_over[day + 1]}
        patch[f"surprise {day}"] = patch[f"piece {day}"] = {"x": start, "width": end - start}
        patch[f"guide {day}"] = {"data": ([end, end], [ROWS[day] - HEIGHT / 2, ROWS[-1] + HEIGHT / 2])}
    return patch
