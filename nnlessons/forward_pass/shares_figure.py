"""Three scores as bars, their powers of e as bars, and each power's share as a piece of one long bar."""

import numpy as np
from matplotlib.patches import Rectangle

from nnlessons.drawing.style import BLACK, CENTRED, FAINT, FILLS, GREY, NORMAL, SMALL, blank_figure, in_style

__all__ = ["CLASSES", "scores_powers_shares", "shares_patch"]
__dir__ = __all__.copy  # what Tab shows after `shares_figure.`

CLASSES = ("cat", "dog", "owl")
GAP, WIDTH = 0.74, 0.42  # inches: from bar to bar, and how wide a bar is
SCORES, POWERS = 0.45, 2.84  # the middles of the first bars
SHARES, WORDS = 5.08, 5.68  # the left edges of the long bar and of the words beside it
BOTTOM, TOP = 0.75, 3.0  # of the bars
ZERO = (BOTTOM + TOP) / 2  # where a score of 0 is
LEAST = 3.0  # the score that fills its half of the picture; if a larger one is there, that does
ROOM = 0.3  # between the words of two shares
BEHIND = 0.5  # the zorder of what stays, below all that moves: it isn't painted again
HEADINGS = {
    "score": ("Step 0: scores $s$", "any numbers"),
    "power": ("Step 1: powers $e^s$", "drawn to fill the height"),
    "share": ("Step 2: shares $y$", "power / sum"),
}


@in_style
def scores_powers_shares():
    """The three steps of softmax side by side, for three classes.

    Parts, for class 0: the bars "score 0", "power 0" and "share 0", with " number" after it the words beside a bar, and
    "line 0" between the share and its words. "sum" has the sum of the powers; "power heading" and "share heading" have colors.
    """
    figure, axes = blank_figure()
    parts = {}
    for (name, (heading, note)), left in zip(
        HEADINGS.items(), (SCORES - GAP / 2, POWERS - GAP / 2, SHARES), strict=True
    ):
        look = {"verticalalignment": "center", "zorder": BEHIND}
        parts[f"{name} heading"] = axes.text(left, 3.75, heading, fontsize=NORMAL, **look)
        axes.text(left, 3.45, note, fontsize=SMALL, color=GREY, **look)
    for x, y in {SCORES: ZERO, POWERS: BOTTOM}.items():
        axes.plot([x - GAP / 2, x + 2.5 * GAP], [y, y], color=FAINT, linewidth=1, zorder=BEHIND)
        for k, name in enumerate(CLASSES):
            axes.text(x + k * GAP, 0.37, name, fontsize=NORMAL, zorder=BEHIND, **CENTRED)
    frame = {"facecolor": "none", "edgecolor": GREY, "linewidth": 1.2}
    axes.add_patch(Rectangle((SHARES, BOTTOM), WIDTH, TOP - BOTTOM, **frame))
    parts["sum"] = axes.text(POWERS + GAP, 0.11, "", fontsize=SMALL, **CENTRED)
    for k, fill in enumerate(FILLS):
        places = {"score": SCORES + k * GAP, "power": POWERS + k * GAP, "share": SHARES + WIDTH / 2}
        for name, x in places.items():
            bar = Rectangle((x - WIDTH / 2, BOTTOM), WIDTH, 0, edgecolor=BLACK, linewidth=1.2, **fill)
            parts[f"{name} {k}"] = axes.add_patch(bar)
            words = (
                {"fontsize": SMALL, **CENTRED}
                if name != "share"
                else {"fontsize": NORMAL, "verticalalignment": "center"}
            )
            parts[f"{name} {k} number"] = axes.text(WORDS if name == "share" else x, 0, "", **words)
        (parts[f"line {k}"],) = axes.plot([], [], color=GREY, linewidth=1)
    return figure, parts


def shares_patch(scores, powers, shares, numbers):
    """The properties of all parts.

    scores, powers, shares  (3,) each; powers and shares are None as long as the reader hasn't come to them
    numbers                 {"score": three texts, "power": ..., "share": ..., "sum": a text}
    """
    patch = {"sum": {"text": "" if powers is None else numbers["sum"]}}
    for name, there in {"power": powers, "share": shares}.items():
        patch[f"{name} heading"] = {"color": GREY if there is None else BLACK}
    lengths = scores / max(LEAST, abs(scores).max()) * (TOP - ZERO)
    for k, length in enumerate(lengths):
        patch |= bar_patch(f"score {k}", ZERO, length, numbers["score"][k])
    heights = np.zeros(3) if powers is None else powers / powers.max() * (TOP - BOTTOM)
    for k, height in enumerate(heights):
        patch |= bar_patch(f"power {k}", BOTTOM, height, "" if powers is None else numbers["power"][k])
    pieces = np.zeros(3) if shares is None else shares * (TOP - BOTTOM)
    ends = TOP - np.cumsum(pieces)
    middles = ends + pieces / 2
    beside = kept_apart(middles)
    for k in range(3):
        patch[f"share {k}"] = {"y": ends[k], "height": pieces[k], "visible": shares is not None}
        patch[f"share {k} number"] = {"y": beside[k], "text": "" if shares is None else numbers["share"][k]}
        line = ([SHARES + WIDTH, WORDS - 0.05], [middles[k], beside[k]]) if shares is not None else ([], [])
        patch[f"line {k}"] = {"data": line}
    return patch


def bar_patch(name, start, length, number):
    """A bar from `start` up, or down if its length is negative, with its number beyond its end."""
    end = start + length
    return {
        name: {"y": start, "height": length, "visible": length != 0},
        f"{name} number": {"y": end + (0.15 if length >= 0 else -0.15), "text": number},
    }


def kept_apart(heights):
    """Three heights from the top down, moved where they're closer than ROOM or outside of the long bar."""
    first, second, third = heights
    second = min(max(second, BOTTOM + 1.5 * ROOM), TOP - 1.5 * ROOM)
    return [max(min(first, TOP), second + ROOM), second, min(max(third, BOTTOM), second - ROOM)]
