"""Scores as bars with the pull on each as an arrow, and beside them the outputs with arrows to their targets."""

from matplotlib.patches import Polygon, Rectangle

from nnlessons.drawing.arrow import arrow
from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CENTRED,
    FAINT,
    GREEN,
    GREY,
    NORMAL,
    ORANGE,
    PALE,
    SMALL,
    blank_figure,
    in_style,
)

__all__ = ["bars_and_pulls", "pulls_patch"]
__dir__ = __all__.copy  # what Tab shows after `tug_figure.`

CLASSES = 3
SCORES = (0.95, 2.1, 3.25)  # inches: the middles of the bars on the left
OUTPUTS = (4.95, 5.7, 6.45)  # and on the right
WIDTH = 0.46  # of a bar
ZERO, UNIT = 2.1, 0.14  # the height of a score of 0, and of 1 above it
FLOOR, WHOLE = 1.15, 1.15  # the height of an output of 0, and of 1 above it; an arrow is as long on both sides
NAMES, VALUES, TARGETS = 0.66, 0.4, 0.14  # the heights of the rows below the bars
HEAD = 0.4  # of an arrow
BEHIND = 0.5  # the zorder of what stays, below all that moves
FILLS = {True: {"facecolor": "#DCEAF5", "edgecolor": BLUE}, False: {"facecolor": "#FBE3D6", "edgecolor": ORANGE}}


@in_style
def bars_and_pulls():
    """Left three scores, up or down from 0, right three outputs, from 0 to 1, each with a black bar at its target.

    Parts, for class 0: the bars "score 0" and "output 0"; "target 0", a line; the arrows "pull 0", at the end of the score,
    and "gap 0", from the output to its target; "pull 0 number", a text. "scores", "outputs", "targets" and "right": three
    short texts each, in the rows below.
    """
    figure, axes = blank_figure()
    draw_scale(axes, 0.42, SCORES, ZERO, UNIT, (-5, 0, 5))
    draw_scale(axes, 4.42, OUTPUTS, FLOOR, WHOLE, (0, 1))
    left = {"verticalalignment": "center", "fontsize": NORMAL, "zorder": BEHIND}
    axes.text(0.1, 3.84, "scores $s$", **left)
    axes.text(4.1, 3.84, "outputs $y$ = softmax of $s$", **left)
    axes.plot([4.15, 4.5], [3.36, 3.36], color=BLACK, linewidth=4, solid_capstyle="butt", zorder=BEHIND)
    axes.text(4.62, 3.36, "target $t$", **left)
    for x, color, words in ((4.325, GREEN, "pull"), (5.6, GREY, "$t - y$")):
        axes.add_patch(Polygon(arrow((x, 2.8), (0, 0.36), HEAD), facecolor=color, edgecolor="none", zorder=BEHIND))
        axes.text(x + 0.295, 2.98, words, **left)
    parts = {}
    for k in range(CLASSES):
        for name, letter, x, start in (("score", "s", SCORES[k], ZERO), ("output", "y", OUTPUTS[k], FLOOR)):
            axes.text(x, NAMES, f"${letter}_{k}$", fontsize=NORMAL, zorder=BEHIND, **CENTRED)
            look = {"facecolor": PALE, "edgecolor": BLACK, "linewidth": 1.6}
            parts[f"{name} {k}"] = axes.add_patch(Rectangle((x - WIDTH / 2, start), WIDTH, 0, **look))
        (parts[f"target {k}"],) = axes.plot([], [], color=BLACK, linewidth=4, solid_capstyle="butt", zorder=4)
        for name, color in {"pull": GREEN, "gap": GREY}.items():
            look = {"facecolor": color, "edgecolor": "none", "zorder": 5}
            parts[f"{name} {k}"] = axes.add_patch(Polygon([(0, 0)] * 7, **look))
        look = {"fontsize": NORMAL, "color": GREEN, "verticalalignment": "center", "zorder": 6}
        parts[f"pull {k} number"] = axes.text(SCORES[k] + 0.28, ZERO, "", **look)
    rows = {
        "scores": (SCORES, VALUES),
        "right": (SCORES, TARGETS),
        "outputs": (OUTPUTS, VALUES),
        "targets": (OUTPUTS, TARGETS),
    }
    for name, (middles, height) in rows.items():
        parts[name] = Numerals(axes, [(x, height) for x in middles], zorder=3)
    return figure, parts


def draw_scale(axes, left, middles, zero, unit, values):
    """A line at 0 through each of three bars, and numbers to their left."""
    for x in middles:
        axes.plot([x - WIDTH / 2, x + WIDTH / 2], [zero, zero], color=FAINT, linewidth=1, zorder=BEHIND)
    for value in values:
        y = zero + value * unit
        axes.plot([left, left + 0.1], [y, y], color=FAINT, linewidth=1, zorder=BEHIND)
        place = {"horizontalalignment": "right", "verticalalignment": "center"}
        axes.text(left - 0.06, y, str(value).replace("-", "\N{MINUS SIGN}"), fontsize=SMALL, zorder=BEHIND, **place)


def pulls_patch(s, y, t, pulls, numbers):
    """The properties of all bars, targets and arrows.

    s, y, t  (3,) each: the scores, the outputs, and the one-hot target;  pulls  (3,) on the scores
    numbers  three texts beside the arrows
    """
    patch = {}
    for k, (pull, gap) in enumerate(zip(pulls, t - y, strict=True)):
        end, level = ZERO + UNIT * s[k], FLOOR + WHOLE * t[k]
        patch[f"score {k}"] = {"height": end - ZERO, **FILLS[bool(s[k] >= 0)]}
        patch[f"output {k}"] = {"height": WHOLE * y[k]}
        patch[f"target {k}"] = {"data": ([OUTPUTS[k] - 0.3, OUTPUTS[k] + 0.3], [level, level])}
        patch[f"pull {k}"] = {"xy": arrow((SCORES[k], end), (0, WHOLE * pull), HEAD)}
        patch[f"gap {k}"] = {"xy": arrow((OUTPUTS[k], FLOOR + WHOLE * y[k]), (0, WHOLE * gap), HEAD)}
        patch[f"pull {k} number"] = {"y": end + WHOLE * pull / 2, "text": numbers[k]}
    return patch
