"""A wavy curve from corners: three ReLU units with the reader's weights, or more of them with the machine's."""

import functools

import numpy as np

from nnlessons.activations.corners_figure import output_and_units
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import trimmed
from nnlib.activations import ACTIVATIONS

__all__ = ["any_curve"]
__dir__ = __all__.copy  # what Tab shows after `corners.`

END, HEIGHT = 4.0, 2.0  # x goes from 0 to END, the picture from -HEIGHT to HEIGHT
X = np.linspace(0, END, 401)
YOURS = 3  # units


def target(x):
    """The curve to build: one wave."""
    return np.sin(np.pi * x / 2)


def each_unit(x, w, b, function):
    """The outputs h(w x + b) of some units over x, as (N, units)."""
    return ACTIVATIONS[function].function(np.outer(x, w) + b)


@functools.cache
def machine(units, function):
    """(w, b, v, c) of so many units with evenly spaced corners.

    With ReLU the curve meets the target at each corner and at the end. With the identity it's the straight line with the
    smallest mean square.
    """
    corners = np.linspace(0, END, units + 1)
    w, b = np.ones(units), -corners[:-1]
    x = corners if function == "relu" else X
    ones = np.ones((len(x), 1))
    *v, c = np.linalg.lstsq(np.hstack([each_unit(x, w, b, function), ones]), target(x), rcond=None)[0]
    return w, b, np.array(v), c


def corners_inside(w, b):
    """The x of each unit's corner from 0 to END, from left to right."""
    x = -b[w != 0] / w[w != 0]
    return np.unique(x[(x >= 0) & (x <= END)])


def listed(numbers):
    """Numbers as words: 0, 1.5, and 3."""
    *most, last = [trimmed(number, 2) for number in numbers]
    return f"{', '.join(most)}{',' * (len(most) > 1)} and {last}" if most else last


def line_for(function, units, corners):
    """Which of the readouts fits."""
    if units != YOURS:
        return f"machine, {function}"
    if function == "identity":
        return "yours, identity"
    return ("no corner", "one corner", "corners")[min(len(corners), 2)]


def add_up(w0, b0, v0, w1, b1, v1, w2, b2, v2, c, function, units):
    """The output of the network over x, its corners, and what each unit contributes."""
    w, b, v = np.array([[w0, w1, w2], [b0, b1, b2], [v0, v1, v2]])
    if units != YOURS:
        w, b, v, c = machine(units, function)
    parts = v * each_unit(X, w, b, function)
    y = parts.sum(axis=1) + c
    corners = corners_inside(w, b) if function == "relu" else np.array([])
    dots = each_unit(corners, w, b, function) @ v + c
    seen = np.abs(dots) <= HEIGHT
    return {
        "output": {"data": (X, y)},
        "corners": {"data": (corners[seen], dots[seen])},
        **{f"unit {unit}": {"data": (X, part)} for unit, part in enumerate(parts.T)},
        "readout": {
            "line": line_for(function, units, corners),
            "gap": np.trapezoid(np.abs(y - target(X)), X) / END,
            "units": units,
            "corners": listed(corners) if len(corners) else "",
        },
    }


def mine(units):
    """Whether the reader's own sliders count."""
    return units == YOURS


def sliders(unit, w, b, v):
    """The three sliders of a unit, which starts with these numbers."""
    small = "₀₁₂"[unit]
    return {
        f"w{unit}": Slider(-3.0, 3.0, value=w, step=0.5, label=f"w{small}", enabled=mine),
        f"b{unit}": Slider(-5.0, 5.0, value=b, step=0.5, label=f"b{small}", enabled=mine),
        f"v{unit}": Slider(-3.0, 3.0, value=v, step=0.5, label=f"v{small}", enabled=mine),
    }


UNITS = [sliders(0, 1.0, 0.0, 1.0), sliders(1, 1.0, -1.0, 0.5), sliders(2, 1.0, -2.0, 0.5)]
TOGETHER = {
    "c": Slider(-2.0, 2.0, value=0.0, step=0.25, enabled=mine),
    "function": Choice({"ReLU": "relu", "identity": "identity"}, label="h"),
    "units": Choice({"your 3": YOURS, "9": 9, "33": 33}),
}
AWAY = "On average, your curve is {gap:.3f} away from the target. "

any_curve = Demo(
    title="Any curve from corners",
    controls=UNITS[0] | UNITS[1] | UNITS[2] | TOGETHER,
    groups={**{f"Unit {unit}": tuple(each) for unit, each in enumerate(UNITS)}, "All together": tuple(TOGETHER)},
    figure=lambda units: output_and_units((0, END), (-HEIGHT, HEIGHT), (X, target(X)), units),
    update=add_up,
    readout={
        "no corner": AWAY + "None of the units has its corner from x = 0 to 4.",
        "one corner": AWAY + "The only corner from x = 0 to 4 is at {corners}.",
        "corners": AWAY + "The units' corners are at x = {corners}.",
        "machine, relu": "With {units} corners, the machine's curve is only {gap:.3f} away from the target, on average.",
        "yours, identity": "With the identity as h, each unit is a straight line, and so is their sum. On average, it's "
        "{gap:.3f} away from the target.",
        "machine, identity": "With the identity as h, even {units} units only add up to a straight line. On average, it's "
        "{gap:.3f} away from the target.",
    },
)
