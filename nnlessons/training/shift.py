"""How many moved digits a network reads, and how many another one reads that has been trained on moved copies."""

import numpy as np

from nnlessons.drawing.digits import SIDE, probabilities_patch
from nnlessons.live import Demo, Slider, Stepper
from nnlessons.training.shift_figure import FAR, digit_and_maps, frame_at
from nnlessons.training.your_network import copied_network, copied_samples, first_read, probabilities
from nnlessons.wording import percent, plural, with_article
from nnlib.datasets import moved

__all__ = ["shift"]
__dir__ = __all__.copy  # what Tab shows after `shift.`

SIDEWAYS, UPRIGHT = {-1: "left", 1: "right"}, {-1: "up", 1: "down"}  # by the sign of a move
READOUT = {
    "in place": "In place, your network reads {before}% of the {all} test digits. It reads this {digit} as {says}, and is {sure} "
    "sure.",
    "one way": "With all digits moved {where} by {far}, your network reads {before}% of the {all}. It reads this {digit} as "
    "{says}, and is {sure} sure.",
    "two ways": "With all digits moved {where} by {far} and {also} by {further}, your network reads {before}% of the {all}. It "
    "reads this {digit} as {says}, and is {sure} sure.",
    "in place, after": "In place, your network read {before}% of the {all} test digits before, and reads {after}% now. It read "
    "this {digit} as {says}, and now reads it as {says now}.",
    "one way, after": "With all digits moved {where} by {far}, your network read {before}% of the {all} before, and reads "
    "{after}% now. It read this {digit} as {says}, and now reads it as {says now}.",
    "two ways, after": "With all digits moved {where} by {far} and {also} by {further}, your network read {before}% of the "
    "{all} before, and reads {after}% now. It read this {digit} as {says}, and now reads it as {says now}.",
}


def shift(network, x_test, t_test, after=None):
    """Move a test digit, and see what your network makes of it, and how many of all test digits it reads if they move as well.

    network, after  with `predict`, (N, 64) -> scores (N, 10); `after` is one that has been trained on moved copies
    x_test, t_test  (N, 64), from 0 to 1, and their labels (N,)
    -> a demo. TypeError, ValueError: a network or the samples don't fit.
    """
    x, t = copied_samples(x_test, t_test)
    networks = [copied_network(each) for each in (network, after) if each is not None]
    shown = first_read(networks[0], x, t)
    maps = [accuracies(each, x, t) for each in networks]

    def draw(digit, right, down):
        index = shown[digit]
        picture = moved(x[index : index + 1], right, down)
        now = [probabilities(each, picture)[0] for each in networks]
        patch = {"picture": {"array": picture.reshape(SIDE, SIDE)}}
        for number in range(len(networks)):
            patch[f"mark {number}"] = {"verts": [frame_at(right, down)]}
        if after is None:
            patch["bars"] = probabilities_patch(now[0]) | {"words": [f"{100 * part:.0f}%" for part in now[0]]}
        else:
            patch["answers"] = {"texts": [f"{each.argmax()}   {100 * each.max():.0f}%" for each in now]}
        readings = [100 * each[down + FAR, right + FAR] for each in maps]
        numbers = {"before": readings[0], "after": readings[-1], "all": len(t), "digit": t[index]}
        numbers |= {"says": with_article(now[0].argmax()), "says now": with_article(now[-1].argmax())}
        numbers |= {"sure": percent(now[0].max()), **where(right, down)}
        if after is not None:
            numbers["line"] += ", after"
        return {**patch, "readout": {**numbers, "before": f"{readings[0]:.1f}", "after": f"{readings[-1]:.1f}"}}

    number = {"low": -FAR, "high": FAR, "value": 0, "step": 1}
    return Demo(
        title="The same digits, somewhere else"
        if after is None
        else "The same digits, somewhere else: before and after",
        controls={
            "right": Slider(**number, label="pixels to the right"),
            "down": Slider(**number, label="pixels down"),
            "digit": Stepper(len(shown) - 1, value=min(8, len(shown) - 1)),
        },
        figure=lambda: digit_and_maps(maps),
        update=draw,
        readout=READOUT,
        pointer={f"map {number}": lambda x, y: {"right": x, "down": y} for number in range(len(maps))},
    )


def accuracies(network, x, t):
    """The part of the digits that a network reads (5, 5): in rows from 2 pixels up to 2 down, in columns from left to right."""
    steps = range(-FAR, FAR + 1)
    return np.array(
        [
            [np.mean(probabilities(network, moved(x, right, down)).argmax(axis=1) == t) for right in steps]
            for down in steps
        ]
    )


def where(right, down):
    """The words for a move."""
    words = [
        (side[np.sign(step)], plural(abs(step), "pixel")) for side, step in ((SIDEWAYS, right), (UPRIGHT, down)) if step
    ]
    names = [("where", "far"), ("also", "further")]
    found = {name: word for pair, two in zip(names, words, strict=False) for name, word in zip(pair, two, strict=True)}
    return {"line": ("in place", "one way", "two ways")[len(words)], **found}
