"""Which shapes fit together: x, W and b as cells, and what NumPy says if they don't."""

import numpy as np

from nnlessons.drawing.arrays import array_patch, arrays_in_a_row
from nnlessons.drawing.style import BLACK, BLUE, GREEN, ORANGE
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import plural

__all__ = ["draw_shapes", "shapes"]
__dir__ = __all__.copy  # what Tab shows after `shapes.`

FIRST, SECOND, THIRD, LAST = 0.9, 2.65, 4.4, 6.1  # inches: the middles of the four arrays
TOP = 2.6
COLOURS = {"x": BLUE, "W": ORANGE, "b": GREEN, "a": BLACK}


def draw_shapes(convention, samples, inputs, rows, units, biases):
    """x, W, b and the result of x W + b, or W x + b, as cells, and what NumPy says if they don't fit."""
    rows_first = convention == "rows"
    x = (samples, inputs) if rows_first else (inputs, samples)
    W = (rows, units) if rows_first else (units, rows)
    b = (biases,) if rows_first else (biases, 1)
    one, other = (x, W) if rows_first else (W, x)
    result, line, error = outcome(one, other, b)
    numbers = {"x": x, "W": W, "b": b, "result": result, "error": error, "rows": rows, "biases": biases}
    numbers["inputs"] = plural(inputs, "input")
    agree = {True: "=", False: r"\neq"}
    return {
        **shape_patch("x", x, FIRST if rows_first else SECOND),
        **shape_patch("W", W, SECOND if rows_first else FIRST),
        **shape_patch("b", b, THIRD),
        **shape_patch("a", result, LAST),
        "product": {"text": "@", "position": (1.775, TOP - 0.4)},
        "sum": {"text": "+", "position": (3.525, TOP - 0.4)},
        "equals": {"text": "=", "position": (5.25, TOP - 0.4)},
        "inner": {"text": f"${one[1]} {agree[one[1] == other[0]]} {other[0]}$", "position": (1.775, 0.6)},
        "outer": {"text": f"${units} {agree[units == biases]} {biases}$", "position": (3.525, 0.6)},
        "readout": {"line": line, "units": units, **{name: str(value) for name, value in numbers.items()}},
    }


def outcome(one, other, b):
    """(shape of one @ other + b or None, the key of the sentence that describes it, NumPy's message if there is one)."""
    try:
        product = np.zeros(one) @ np.zeros(other)
    except ValueError as error:
        return None, "inner", str(error)
    try:
        result = (product + np.zeros(b)).shape
    except ValueError as error:
        return None, "bias", str(error).strip()
    units = product.shape[len(b) == 1]
    return result, "fits" if b[0] == units else "spread" if b[0] == 1 else "grown", ""


def shape_patch(name, shape, middle):
    """An array of this shape as cells about `middle`, in inches."""
    return array_patch(name, f"${name}$ {shape or '?'}", shape, middle, TOP, COLOURS[name])


shapes = Demo(
    title="Which shapes fit together",
    controls={
        "convention": Choice(
            {"a sample is a row: x W + b": "rows", "a sample is a column: W x + b": "columns"}, label=" "
        ),
        "samples": Slider(1, 5, value=2, step=1, label="samples in x"),
        "inputs": Slider(1, 5, value=3, step=1, label="inputs in x"),
        "rows": Slider(1, 5, value=4, step=1, label="inputs in W"),
        "units": Slider(1, 5, value=4, step=1, label="units in W"),
        "biases": Slider(1, 5, value=4, step=1, label="numbers in b"),
    },
    figure=lambda: arrays_in_a_row(COLOURS, ["product", "sum", "equals", "inner", "outer"]),
    update=draw_shapes,
    readout={
        "fits": "x {x}, W {W}, b {b}: everything fits, and the result has shape {result}.",
        "inner": "x {x}, W {W}: each sample has {inputs}, and W expects {rows}. NumPy says: {error}.",
        "bias": "x {x}, W {W}, b {b}: there are {units} units, and b has another size. NumPy says: {error}.",
        "spread": "x {x}, W {W}, b {b}: NumPy adds the one number of b to all {units} units and says nothing. "
        "Did you mean that?",
        "grown": "x {x}, W {W}, b {b}: there is 1 unit. NumPy adds each of the {biases} numbers of b to its sum, makes "
        "{result} of it and says nothing. Did you mean that?",
    },
)
