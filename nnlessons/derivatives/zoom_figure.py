"""The figure of "Zoom in": a whole curve with a frame around a point, and what is in the frame, magnified."""

import numpy as np
from matplotlib.patches import Polygon

from nnlessons.drawing.numerals import Numeral, Numerals
from nnlessons.drawing.style import (
    BLACK,
    CENTRED,
    CURVE,
    FAINT,
    GREEN,
    GUIDE,
    LARGE,
    POINT,
    SMALL,
    blank_figure,
    cross_at_zero,
    in_style,
)

__all__ = ["WINDOW", "X", "curve_and_magnified", "frame_and_beams", "pixels_of"]
__dir__ = __all__.copy  # what Tab shows after `zoom_figure.`

WHOLE = (0.6, 0.62, 3.7, 2.9)  # left, bottom, width and height in inches: the whole curve
GLASS = (4.53, 1.62, 2.4, 1.9)  # and the magnified piece
X = (-6.5, 12.0)  # the limits of the whole curve
Y = {"road": (-1.4, 4.4), "sigmoid": (-1.5, 2.5), "relu": (-2.3, 12.2), "step": (-1.5, 2.5)}
WINDOW = (X[1] - X[0]) * GLASS[2] / WHOLE[2]  # as wide as the magnified piece, if it isn't magnified
COLUMNS, ROWS = (5.1, 5.84, 6.6), (1.22, 0.84, 0.46)  # of the table below it, with a row of names
STEPS = {"color": GREEN, "linewidth": 2.5}
LEFT = {**STEPS, "linestyle": (0, (3, 1.5))}


def pixels_of(curve):
    """How many pixels high a unit of y is, in the whole curve."""
    low, high = Y[curve]
    return 100 * WHOLE[3] / (high - low)


def frame_and_beams(curve, x, y, zoom):
    """The corners (4) of the frame around (x, y), and two lines (x, y) from it to the magnified piece, in inches."""
    half = np.array([WINDOW, 100 * GLASS[3] / pixels_of(curve)]) / 2 / zoom
    corners = np.array([x, y]) + half * [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    low, high = np.transpose([X, Y[curve]])
    left, bottom, *size = WHOLE
    bottom_right, top_right = ([left, bottom] + size * (np.clip(corners, low, high) - low) / (high - low))[1:3]
    glass = [(GLASS[0], GLASS[1]), (GLASS[0], GLASS[1] + GLASS[3])]
    path = [bottom_right, glass[0], (np.nan, np.nan), top_right, glass[1]]
    return corners, np.transpose(path)


@in_style
def curve_and_magnified(curve, x, y, jump):
    """Left a whole curve (x, y) with a frame, right what is in the frame, and below it the slopes to the left and right of x.

    curve  its name;  jump  where it jumps, as (x, y), or two empty lists
    Parts: "frame", and "beams" from it to the right; "magnified", the piece of the curve; "jump", a dashed line; "left" and
    "right", the steps over and up; "steps", how large these are, four texts; "slopes", two texts; "zoom", a text.
    """
    figure, page = blank_figure()
    page.set_zorder(1)  # above the others
    (beams,) = page.plot([], [], color=FAINT, linewidth=1.2)
    left, right = (figure.add_axes([a / 7, b / 4, c / 7, d / 4]) for a, b, c, d in (WHOLE, GLASS))
    for axes in (left, right):
        axes.tick_params(labelsize=SMALL)
    left.set(xlim=X, ylim=Y[curve], xticks=[-5, 0, 5, 10], xlabel="x", title="y")
    cross_at_zero(left)
    left.plot(*jump, **GUIDE)
    left.plot(x, y, **CURVE)
    frame = left.add_patch(Polygon(np.zeros((4, 2)), facecolor="none", edgecolor=BLACK, linewidth=1.8, zorder=3))
    high = 100 * GLASS[3] / pixels_of(curve) / 2
    right.set(xlim=(-WINDOW / 2, WINDOW / 2), ylim=(-high, high), xticks=[], yticks=[])
    right.spines[:].set(visible=True, color=BLACK, linewidth=1.8)
    parts = {"frame": frame, "beams": beams}
    (parts["jump"],) = right.plot([], [], **GUIDE)
    (parts["magnified"],) = right.plot([], [], **CURVE)
    (parts["left"],) = right.plot([], [], **LEFT)
    (parts["right"],) = right.plot([], [], **STEPS)
    right.plot([0], [0], **POINT, markeredgecolor=BLACK, zorder=3)
    parts["zoom"] = Numeral(page, (GLASS[0] + GLASS[2] / 2, 3.76), size=LARGE)
    for column, name in zip(COLUMNS, ("over", "up", "slope"), strict=True):
        page.text(column, ROWS[0], name, fontsize=SMALL, **CENTRED)
    for row, look in zip(ROWS[1:], (LEFT, STEPS), strict=True):
        page.plot([GLASS[0], GLASS[0] + 0.2], [row, row], **look)
    parts["steps"] = Numerals(page, [(column, row) for row in ROWS[1:] for column in COLUMNS[:2]], size=SMALL)
    parts["slopes"] = Numerals(page, [(COLUMNS[2], row) for row in ROWS[1:]], size=SMALL, facecolor=GREEN)
    return figure, parts
