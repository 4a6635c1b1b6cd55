"""Which shapes fit together: x, W and b as cells, and what NumPy says if they don't."""

import numpy as np

from nnlessons.drawing.arrays import array_patch, arrays_in_a_row
from nnlessons.drawing.style import BLACK, BLUE, GREEN, ORANGE
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import plural

__all__ = ["draw_shapes", "shapes"]
__dir__ = __all__.copy  # what Tab shows after `shapes.`

FIRST, SECOND, THIRD, LAST = 0.9, 2.65, 4.4, 6.1  # inches: the middles of the four arrays
TOP, HEIGHT = 2.25, 2.9  # of the arrays, and of the figure
COLOURS = {"x": BLUE, "W": ORANGE, "b": GREEN, "a": BLACK}


def draw_shapes(convention, samples, inputs, rows, units, biases):
    """x, W, b and the result of x W + b, or W x + b, as cells, and what NumPy says if they don't fit."""
    rows_first = convention == "rows"
    x = (samples, inputs) if rows_first else (inputs, samples)
    W = (rows, units) if rows_first else (units, rows)
    b = (biases,) if rows_first else (biases, 1)
    one, other = (x, W) if rows_first else (W, x)
    result, line, error = outcome(one, other, b)
    words = {
        "samples": each(samples, "sample", plural(inputs, "input")).capitalize(),
        "units": each(units, "unit", plural(rows, "weight")),
        "should": str((samples, units) if rows_first else (units, samples)),
    }
    agree = {True: "=", False: "≠"}
    return {
        **shape_patch("x", x, FIRST if rows_first else SECOND),
        **shape_patch("W", W, SECOND if rows_first else FIRST),
        **shape_patch("b", b, THIRD),
        **shape_patch("a", result, LAST),
        "product": {"text": "@", "position": (1.775, TOP - 0.4)},
        "sum": {"text": "+", "position": (3.525, TOP - 0.4)},
        "equals": {"text": "=", "position": (5.25, TOP - 0.4)},
        "inner": {"text": f"inputs: {one[1]} {agree[inputs == rows]} {other[0]}", "position": (1.775, 0.3)},
        "outer": {"text": f"units: {units} {agree[units == biases]} {biases}", "position": (3.525, 0.3)},
        "readout": {"line": line, **words, "H": units, "numbers": biases, "result": str(result), "error": error},
    }


def outcome(one, other, b):
    """(shape of one @ other + b or None, the key of the sentence that describes it, the end of NumPy's message or "")."""
    try:
        product = np.zeros(one) @ np.zeros(other)
    except ValueError as error:
        return None, "inner", str(error)[str(error).rindex("(") :]
    try:
        result = (product + np.zeros(b)).shape
    except ValueError as error:
        return None, "bias", str(error).strip()
    units = product.shape[len(b) == 1]
    return result, "fits" if b[0] == units else "spread" if b[0] == 1 else "grown", ""


def each(number, who, what):
    """each of the 2 samples has 3 inputs; the sample has 3 inputs."""
    return f"the {who} has {what}" if number == 1 else f"each of the {number} {who}s has {what}"


def shape_patch(name, shape, middle):
    """An array of this shape as cells about `middle`, in inches."""
    return array_patch(name, f"${name}$ {shape or '?'}", shape, middle, TOP, COLOURS[name])


shapes = Demo(
    title="Which shapes fit together",
    controls={
        "convention": Choice(
            {"a sample is a row: x @ W + b": "rows", "a sample is a column: W @ x + b": "columns"}, label=" "
        ),
        "samples": Slider(1, 5, value=2, step=1, label="samples in x"),
        "inputs": Slider(1, 5, value=3, step=1, label="inputs in x"),
        "rows": Slider(1, 5, value=3, step=1, label="inputs in W"),
        "units": Slider(1, 5, value=4, step=1, label="units in W"),
        "biases": Slider(1, 5, value=4, step=1, label="numbers in b"),
    },
    groups={
        "How a sample is stored": ("convention",),
        "The inputs x": ("samples", "inputs"),
        "The weights W": ("rows", "units"),
        "The biases b": ("biases",),
    },
    figure=lambda: arrays_in_a_row(COLOURS, ["product", "sum", "equals", "inner", "outer"], HEIGHT),
    update=draw_shapes,
    readout={
        "fits": "{samples}, and {units} and a bias, so they fit: a has shape {result}.",
        "inner": "{samples}, but {units}, so they don't fit. NumPy says: {error}.",
        "bias": "Each of the {H} units needs one bias, but b has {numbers} numbers. NumPy says: {error}.",
        "spread": "There are {H} units, but b has only 1 number. NumPy adds it to the sums of all {H} and says nothing. "
        "Did you mean that?",
        "grown": "There's 1 unit, but b has {numbers} numbers. NumPy adds each of them to every sum and says nothing, so a has "
        "shape {result} instead of {should}. Did you mean that?",
    },
)
