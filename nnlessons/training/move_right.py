"""The exercise to move pictures by one pixel to the right."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake

__all__ = ["move_right"]
__dir__ = __all__.copy  # what Tab shows after `move_right.`


def as_pictures(move):
    """A function of x (N, 64) that moves its pictures (N, 8, 8) like this."""
    return lambda x: np.reshape(move(x.reshape(-1, 8, 8)), (len(x), 64))


def shifted(to, source, paper=0.0):
    """A function of pictures that copies part of each onto paper of this color, or onto the old picture if it's None."""

    def move(pictures):
        result = pictures.copy() if paper is None else np.full(pictures.shape, paper)
        result[to] = pictures[source]
        return result

    return move


ALL, NOT_FIRST, NOT_LAST = slice(None), slice(1, 8), slice(0, 7)


def flat(x):
    """Every pixel moves to the next, also from the end of a row to the start of the row below."""
    return np.column_stack([np.zeros(len(x)), x[:, :-1]])


to_the_right = shifted((ALL, ALL, NOT_FIRST), (ALL, ALL, NOT_LAST))

move_right = Exercise(
    name="exercises.move_right",
    solution=as_pictures(to_the_right),
    cases=lambda rng: [(rng.uniform(0.1, 1, size=(N, 64)),) for N in (3, 8, 5)],
    mistakes=(
        Mistake(
            as_pictures(lambda pictures: np.roll(pictures, 1, axis=2)),
            "What leaves your pictures on the right comes in again on the left: np.roll wraps around. Set column 0 to 0 "
            "after it.",
        ),
        Mistake(
            as_pictures(shifted((ALL, ALL, NOT_LAST), (ALL, ALL, NOT_FIRST))),
            "You moved the pictures to the left. Column 1 of the result is column 0 of the picture, not the other way around.",
        ),
        Mistake(
            as_pictures(lambda pictures: np.roll(pictures, -1, axis=2)),
            "You moved the pictures to the left, and np.roll wraps around. Roll by 1 instead of -1, and then set column 0 to 0.",
        ),
        Mistake(
            as_pictures(shifted((ALL, NOT_FIRST), (ALL, NOT_LAST))),
            "You moved the pictures down. In pictures of shape (N, 8, 8), axis 1 counts the rows and axis 2 the columns: "
            "use axis 2.",
        ),
        Mistake(
            as_pictures(shifted((ALL, NOT_LAST), (ALL, NOT_FIRST))),
            "You moved the pictures up. In pictures of shape (N, 8, 8), axis 1 counts the rows and axis 2 the columns: "
            "use axis 2.",
        ),
        Mistake(
            as_pictures(lambda pictures: np.roll(pictures, 1, axis=1)),
            "You moved the pictures down, and what left them at the bottom came in at the top. Use axis 2, the columns, and set "
            "column 0 to 0 at the end.",
        ),
        Mistake(
            flat,
            "The last pixel of each row has moved to the start of the next row. The 64 numbers are 8 rows of 8: reshape x to "
            "(-1, 8, 8) first, then move each row.",
        ),
        Mistake(
            lambda x: np.roll(x, 1, axis=1),
            "The last pixel of each row has moved to the start of the next row. The 64 numbers are 8 rows of 8: reshape x to "
            "(-1, 8, 8) first, then move each row. And np.roll wraps around, so set column 0 to 0.",
        ),
        Mistake(
            lambda x: np.roll(x, 1),
            "Without an axis, np.roll moves everything as one long row, even from one picture into the next. Reshape x to "
            "(-1, 8, 8), and move along axis 2.",
        ),
        Mistake(
            lambda x: np.roll(x, 1, axis=0),
            "You swapped whole pictures: axis 0 counts the samples. Reshape x to (-1, 8, 8), and move along axis 2.",
        ),
        Mistake(
            as_pictures(shifted((ALL, ALL, NOT_FIRST), (ALL, ALL, NOT_LAST), paper=None)),
            "Column 0 still shows its old ink. Nothing comes in from the left, so it has to become paper: 0.",
        ),
        Mistake(
            as_pictures(shifted((ALL, ALL, NOT_FIRST), (ALL, ALL, NOT_LAST), paper=1.0)),
            "You filled column 0 with 1, and that's ink. Paper is 0.",
        ),
        Mistake(
            as_pictures(shifted((ALL, ALL, slice(2, 8)), (ALL, ALL, slice(0, 6)))),
            "You moved the pictures by two pixels. One is enough.",
        ),
        Mistake(
            as_pictures(shifted((ALL, NOT_FIRST, NOT_FIRST), (ALL, NOT_LAST, NOT_LAST))),
            "You moved the pictures down as well. Keep all rows as they are, with a colon in their place: [:, :, 1:].",
        ),
        Mistake(lambda x: x.copy(), "You return the pictures as they were. Return the ones that you've moved."),
        Mistake(
            lambda x: to_the_right(x.reshape(-1, 8, 8)),
            "Your pictures are moved correctly, but their shape is (N, 8, 8). The network needs rows of 64: reshape the result "
            "to (-1, 64).",
        ),
        Mistake(
            lambda x: np.pad(x.reshape(-1, 8, 8), ((0, 0), (0, 0), (1, 0))),
            "Your pictures are now 9 pixels wide. Drop the last column, [:, :, :-1], and reshape the result to (-1, 64).",
        ),
        Mistake(
            lambda x: np.pad(x.reshape(-1, 8, 8), ((0, 0), (0, 0), (1, 0))).reshape(len(x), -1),
            "Your pictures are now 9 pixels wide. Drop the last column, [:, :, :-1], before you reshape.",
        ),
        Mistake(
            lambda x: np.pad(x, ((0, 0), (1, 0))),
            "You added one pixel to each picture of 64, in front of the first one. Reshape x to (-1, 8, 8): then every row of 8 "
            "pixels can move.",
        ),
        Mistake(
            lambda x: x.reshape(-1, 8, 8)[:, :, :-1],
            "You dropped the last column, but nothing came in on the left. Start from np.zeros_like(pictures), and copy "
            "the columns "
            "0 to 6 into its columns 1 to 7.",
        ),
    ),
    edges=(EdgeCase((np.linspace(0.1, 1, 64)[np.newaxis],), "It works, but not for a single picture, N = 1."),),
    hints=(
        "A sample's 64 numbers are 8 rows of 8 pixels. pictures = x.reshape(-1, 8, 8) has rows and columns again.",
        "Start with nothing but paper, result = np.zeros_like(pictures). Its columns 1 to 7 are the columns 0 to 6 of pictures.",
        "pictures = x.reshape(-1, 8, 8), and then result = np.zeros_like(pictures), and then "
        "result[:, :, 1:] = pictures[:, :, :-1], and then return result.reshape(-1, 64)",
    ),
)
