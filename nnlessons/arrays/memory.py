"""Names and memory, drawn from the reader's own objects: which array a name, or a slot of a list, points to.

A box is a piece of memory. Two names of one array point to one box, and so does a view, which shows cells of an array
that holds them. Equal numbers in two arrays are two boxes.
"""

import numpy as np

from nnlessons.arrays.memory_figure import HIGHEST, Box, Target, height_of, names_to_boxes
from nnlessons.live.view import Still
from nnlessons.wording import MINUS, short
from nnlib.arguments import describe

LONGEST, SLOTS, SIDE = 15, 4, 4  # letters of a name, slots of a list, rows or columns of an array

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
    ", ": ", ",
    "and": "{some} and {last}",
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

    Arrays of up to 4 x 4, numbers, and lists of up to 4 of these.
    """
    pointers, lists, boxes, text = read(names)
    if height_of(pointers, lists, boxes) > HIGHEST:
        raise ValueError(WRONG["high"].format(names=listed(list(names))))
    return Still(WORDS["title"], lambda: names_to_boxes(pointers, lists, boxes), text)


def read(names):
    """Plain data of the reader's objects: {name: Target}, [[Target of each slot]], [Box], and the same in words."""
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
    """Each object once, in order: told apart by `is`, not by what they are equal to."""
    found = []
    for value in values:
        if index(value, found) is None:
            found.append(value)
    return found


def index(value, values):
    return next((number for number, other in enumerate(values) if other is value), None)


def holder(place, things):
    """What is drawn for an array or a number: itself, or of the arrays that share its memory the one that has most of it."""
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
    return isinstance(other, np.ndarray) and np.shares_memory(one, other)


def view(array, whole):
    """The cells of `whole` that an array shows, row by row, or None if it is the same through and through."""
    if array is whole:
        return None
    shown, held = addresses(array), addresses(whole)
    if array.dtype == whole.dtype and np.array_equal(shown, held):
        return None
    return tuple(np.flatnonzero(np.isin(held, shown)).tolist())


def addresses(array):
    """Where in memory each number of an array lies."""
    start = array.__array_interface__["data"][0]
    along = zip(array.strides, np.indices(array.shape), strict=True)
    return sum((stride * place for stride, place in along), start=np.full(array.shape, start))


# -- numbers and words ------------------------------------------------------------------------------------------------


def cell_texts(value):
    """What stands in the cells: numbers of an array as NumPy writes them, a number alone as Python does."""
    if np.ndim(value) == 0:
        return ((cell_text(value, ".0"),),)
    return tuple(tuple(cell_text(number, ".") for number in row) for row in np.atleast_2d(value))


def cell_text(number, tail):
    """At most seven signs; a float that is whole ends with `tail`."""
    if isinstance(number, (int, np.integer)):
        text = str(number).replace("-", MINUS)
        return text if len(text) <= 6 else short(int(number))
    number = float(number)
    text = short(number) if np.isfinite(number) else str(number).replace("-", MINUS)
    return text + tail if text.lstrip(MINUS).isdigit() else text


def picture_in_words(pointers, slots, things, targets, boxed):
    """The picture as sentences: lists with several names, then box by box who points to it."""
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
    *some, last = names
    return WORDS["and"].format(some=WORDS[", "].join(some), last=last) if some else last
