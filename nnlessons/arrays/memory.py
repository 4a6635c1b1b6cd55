"""Names and memory, drawn from the reader's own objects: which array a name, or a slot of a list, points to.

A box is a piece of memory. Two names of one array point to the same box, and so does a view, which shows some or all of the
box's cells. Equal numbers in two arrays are two boxes.
"""

import numpy as np

from nnlessons.arrays.memory_figure import HIGHEST, Box, Target, height_of, names_to_boxes
from nnlessons.live.view import Still
from nnlessons.wording import MINUS, short, with_minus
from nnlib.arguments import describe

__all__ = ["names_and_memory"]
__dir__ = __all__.copy  # what Tab shows after `memory.`

LONGEST, SLOTS, SIDE = 15, 4, 4  # at most: letters of a name, slots of a list, rows or columns of an array

WORDS = {
    "title": "Names and memory",
    "same list": "{names} point to the same list.",
    "array": "{names} points to an array, {numbers}.",
    "array, several": "{names} point to the same array, {numbers}.",
    "array, another": "{names} points to another one, {numbers}.",
    "array, another, several": "{names} together point to another one, {numbers}.",
    "number": "{names} points to the number {numbers}.",
    "number, several": "{names} point to the same number, {numbers}.",
    "number, another": "{names} points to the number {numbers}.",
    "number, another, several": "{names} point to the same number, {numbers}.",
    "view": "{names} points to a view of it, {numbers}: the same memory.",
    "next name": "{names}, {name}",
    "last name": "{names} and {name}",
}
WRONG = {
    "nothing": "Give names_and_memory the names to draw: names_and_memory(W=W, dW=dW)",
    "name": "{name} must be a name of at most {most} letters, to fit into the picture",
    "kind": "{name} must be an array, a number or a list of these, got {value}",
    "slot": "{name} must be an array or a number, got {value}",
    "slots": "{name} must be a list of 1 to {most} arrays or numbers, got {count}",
    "numbers": "{name} must be an array of real numbers, got dtype {dtype}",
    "shape": "{name} must have at most 2 dimensions, each of 1 to {most}, to fit into the picture, got shape {shape}",
    "large": "{name} must be a number that fits into a float",
    "part": "{name} and {other} share memory, and neither holds all of it: give the array that they are views of, too",
    "high": "{names} are too much for one picture: give fewer names, or smaller arrays",
}


def names_and_memory(**names):
    """Draw which array each name points to, as things are now: `names_and_memory(grads=grads, held=held, dW=dW)`.

    names  arrays of up to 4 x 4, numbers, or lists of up to 4 of these
    -> a picture that stays as it is, with a description in words. TypeError, ValueError: what can't be drawn.
    """
    pointers, lists, boxes, text = read(names)
    if height_of(pointers, lists, boxes) > HIGHEST:
        raise ValueError(WRONG["high"].format(names=listed(list(names))))
    return Still(WORDS["title"], lambda: names_to_boxes(pointers, lists, boxes), text)


def read(names):
    """The reader's objects as plain data: ({name: Target}, [[Target of each slot] of each list], [Box], the same in words)."""
    check_names(names)
    lists, things = {}, {}  # first name -> list; name, or slot of a list -> array or number
    for name, value in names.items():
        if not isinstance(value, list):
            things[name] = value
        elif index(value, lists.values()) is None:
            lists[name] = value
            things |= {f"{name}[{slot}]": held for slot, held in enumerate(value)}
    holders = {place: holder(place, things) for place in things}
    boxed = once(holders.values())
    targets = {place: Target("box", index(held, boxed), view(things[place], held)) for place, held in holders.items()}
    pointers = {
        name: Target("list", index(value, lists.values())) if isinstance(value, list) else targets[name]
        for name, value in names.items()
    }
    slots = [[targets[f"{name}[{slot}]"] for slot in range(len(value))] for name, value in lists.items()]
    boxes = [Box("array" if isinstance(value, np.ndarray) else "number", cell_texts(value)) for value in boxed]
    return pointers, slots, boxes, picture_in_words(pointers, slots, things, targets, boxed)


# -- what may be drawn ------------------------------------------------------------------------------------------------


def check_names(names):
    """Raise an error that says what can't be drawn, if there is anything."""
    if not names:
        raise TypeError(WRONG["nothing"])
    for name, value in names.items():
        if len(name) > LONGEST or not name.isidentifier():
            raise ValueError(WRONG["name"].format(name=name, most=LONGEST))
        if not isinstance(value, list):
            check_value(name, value, "kind")
            continue
        if not 1 <= len(value) <= SLOTS:
            raise ValueError(WRONG["slots"].format(name=name, most=SLOTS, count=len(value)))
        for slot, held in enumerate(value):
            check_value(f"{name}[{slot}]", held, "slot")


def check_value(name, value, kind):
    """The same for one array or number; kind: the message if it is neither."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "iuf":
            raise TypeError(WRONG["numbers"].format(name=name, dtype=value.dtype))
        if value.ndim > 2 or any(not 1 <= side <= SIDE for side in value.shape):
            raise ValueError(WRONG["shape"].format(name=name, most=SIDE, shape=value.shape))
    elif isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(WRONG[kind].format(name=name, value=describe(value)))
    else:
        try:
            float(value)
        except OverflowError:
            raise ValueError(WRONG["large"].format(name=name)) from None


# -- who points where -------------------------------------------------------------------------------------------------


def once(values):
    """Each object once, in order. Objects are compared by `is`, so equal ones are still two."""
    found = []
    for value in values:
        if index(value, found) is None:
            found.append(value)
    return found


def index(value, values):
    """The position of this very object, or None."""
    return next((number for number, other in enumerate(values) if other is value), None)


def holder(place, things):
    """The object that is drawn for an array or a number: itself, or the array that has most of the memory it shares."""
    value = things[place]
    if not isinstance(value, np.ndarray):
        return value
    sharing = {other: thing for other, thing in things.items() if share(value, thing)}
    most = min(sharing, key=lambda other: (-len(np.unique(addresses(sharing[other]))), sharing[other].size))
    whole = sharing[most]
    if value.itemsize != whole.itemsize or not np.isin(addresses(value), addresses(whole)).all():
        raise ValueError(WRONG["part"].format(name=most, other=place))
    return whole


def share(one, other):
    """Whether an array and any other object have memory in common."""
    return isinstance(other, np.ndarray) and np.shares_memory(one, other)


def view(array, whole):
    """The numbers of the cells of `whole` that an array shows, row by row, or None if it shows all as they are."""
    if array is whole:
        return None
    shown, held = addresses(array), addresses(whole)
    if array.dtype == whole.dtype and np.array_equal(shown, held):
        return None
    return tuple(np.flatnonzero(np.isin(held, shown)).tolist())


def addresses(array):
    """The memory address of each number of an array, in an array of the same shape."""
    start = array.__array_interface__["data"][0]
    along = zip(array.strides, np.indices(array.shape), strict=True)
    return sum((stride * place for stride, place in along), start=np.full(array.shape, start))


# -- numbers and words ------------------------------------------------------------------------------------------------


def cell_texts(value):
    """The texts of the cells, row by row: numbers of an array as NumPy writes them, a single number as Python does."""
    if np.ndim(value) == 0:
        return ((cell_text(value, ".0"),),)
    return tuple(tuple(cell_text(number, ".") for number in row) for row in np.atleast_2d(value))


def cell_text(number, tail):
    """A number in at most seven characters; a whole float ends with `tail`."""
    if isinstance(number, (int, np.integer)):
        text = with_minus(str(number))
        return text if len(text) <= 6 else short(int(number))
    number = float(number)
    text = short(number) if np.isfinite(number) else with_minus(str(number))
    return text + tail if text.lstrip(MINUS).isdigit() else text


def picture_in_words(pointers, slots, things, targets, boxed):
    """The picture as sentences: lists with several names, then for each box what points to it."""
    sentences = []
    for number in range(len(slots)):
        held = [name for name, target in pointers.items() if target == Target("list", number)]
        if len(held) > 1:
            sentences.append(WORDS["same list"].format(names=listed(held)))
    seen = set()
    for number, value in enumerate(boxed):
        there = [place for place in things if targets[place].number == number]
        whole = [place for place in there if targets[place].view is None]
        kind = "array" if isinstance(value, np.ndarray) else "number"
        line = kind + ", another" * (kind in seen) + ", several" * (len(whole) > 1)
        seen.add(kind)
        sentences.append(WORDS[line].format(names=listed(whole), numbers=in_one_line(value)))
        sentences += [
            WORDS["view"].format(names=place, numbers=in_one_line(things[place]))
            for place in there
            if place not in whole
        ]
    return " ".join(sentences)


def in_one_line(value):
    """The numbers in one line: 3.0, [1. 2.] or [[1. 2.] [3. 4.]]."""
    rows = [" ".join(row) for row in cell_texts(value)]
    if np.ndim(value) == 0:
        return rows[0]
    return f"[{rows[0]}]" if np.ndim(value) == 1 else f"[{' '.join(f'[{row}]' for row in rows)}]"


def listed(names):
    """a, b and c."""
    text, *others = names
    for number, name in enumerate(others, 2):
        text = WORDS["last name" if number == len(names) else "next name"].format(names=text, name=name)
    return text
