"""A look ahead: nine weights in a window that slides over a digit, so that the answer moves along with it."""

import numpy as np

from nnlessons.drawing.digits import SIDE
from nnlessons.live import Choice, Demo, Slider, Stepper
from nnlessons.reader.scans import SCANS
from nnlessons.training.signed import minus_signs
from nnlessons.training.sliding_window_figure import MAP, PATTERN, cell_of, digit_pattern_map, window_at
from nnlessons.wording import fixed
from nnlib.datasets import moved

__all__ = ["matches", "sliding_window"]
__dir__ = __all__.copy  # what Tab shows after `sliding_window.`

WINDOW = 3  # pixels along a side
STEPS = SIDE - WINDOW + 1  # places for the window, along a side
EDGE = np.array([[-1.0, 0.0, 1.0]] * 3)
PATTERNS = {"left edge": EDGE, "upper edge": EDGE.T, "slanted stroke": 1.5 * np.eye(3)[::-1] - 0.5}


def matches(picture, pattern):
    """The sum of pattern times pixels, wherever the window fits in:  (8, 8), (3, 3) -> (6, 6)."""
    windows = np.lib.stride_tricks.sliding_window_view(picture, pattern.shape)
    return (windows * pattern).sum(axis=(2, 3))


def best_of(found):
    """(row, column) of the best match."""
    return divmod(int(found.round(9).argmax()), STEPS)


def draw(digit, right, pattern, window):
    """The digit with the window on it, the pattern, and how well it matches everywhere."""
    in_place = np.reshape(SCANS[str(digit)], (1, SIDE * SIDE))
    picture, weights = moved(in_place, right=right).reshape(SIDE, SIDE), PATTERNS[pattern]
    found, before = matches(picture, weights), matches(in_place.reshape(SIDE, SIDE), weights)
    row, column = divmod(window, STEPS)
    (best_row, best_column), (row_before, column_before) = best_of(found), best_of(before)
    along = right != 0 and (best_row, best_column - right) == (row_before, column_before)
    return {
        "picture": {"array": picture},
        "window": {"verts": [window_at(row, column)]},
        "pattern": {"array": weights},
        "pattern signs": {"segments": minus_signs(weights, **PATTERN)},
        "map": {"array": found},
        "map signs": {"segments": minus_signs(found.round(9), **MAP)},
        "here": {"verts": [cell_of(row, column)]},
        "match": {"text": fixed(found[row, column], 2)},
        "readout": {
            "line": "along" if along else "here",
            **{"row": row, "column": column, "match": fixed(found[row, column], 2), "before": column_before},
            **{"best": fixed(found.max(), 2), "best row": best_row, "best column": best_column},
        },
    }


def place_at(x, y):
    """What a press on the digit moves: the window, its middle there."""
    row, column = (int(np.clip(np.floor(place) - 1, 0, STEPS - 1)) for place in (y, x))
    return {"window": STEPS * row + column}


sliding_window = Demo(
    title="A window that slides over the digit",
    controls={
        "pattern": Choice({name: name for name in PATTERNS}),
        "window": Stepper(STEPS * STEPS - 1, value=STEPS + 1),
        "right": Slider(-2, 2, value=0, step=1, label="pixels to the right"),
        "digit": Stepper(9, value=3),
    },
    figure=digit_pattern_map,
    update=draw,
    readout={
        "here": "In row {row}, column {column}, the window's match is {match}. The best match is {best}, in row {best row}, "
        "column {best column}.",
        "along": "In row {row}, column {column}, the window's match is {match}. The best match is {best}, and it has moved along "
        "with the digit, from column {before} to column {best column}.",
    },
    pointer={"digit": place_at},
)
