"""The demos of lesson 0: one neuron, a line that separates points, and the shapes of the arrays."""

import numpy as np

from nnlessons.drawing.arrays import array_patch, arrays_in_a_row
from nnlessons.drawing.style import BLACK, BLUE, GREEN, ORANGE
from nnlessons.live import Button, Choice, Demo, Slider
from nnlessons.neuron.figures import line_between, line_patch, one_unit
from nnlessons.preflight import preflight
from nnlessons.wording import fixed, parenthesised, plural
from nnlib.activations import step
from nnlib.datasets import blobs

__all__ = ["cloud", "gates", "neuron", "preflight", "shapes"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- the unit ---------------------------------------------------------------------------------------------------------


def show_neuron(x1, x2, w1, w2, b):
    """The weighted sum and the output of a unit with a step function."""
    a = w1 * x1 + w2 * x2 + b
    a = round(a, 9)  # 0.1 * 3 - 0.3 is not 0 on a computer, and the reader sees one digit
    z = step(a)
    return {
        "x1": {"text": fixed(x1, 1)},
        "x2": {"text": fixed(x2, 1)},
        "w1": {"text": f"$w_1 x_1 = {w1 * x1:.2f}$"},
        "w2": {"text": f"$w_2 x_2 = {w2 * x2:.2f}$"},
        "b": {"text": f"$b = {b:.1f}$"},
        "a": {"text": fixed(a, 2)},
        "h": {"text": f"{z:.0f}"},
        **{f"z{number}": {"text": f"$z = {z:.0f}$"} for number in (1, 2, 3)},
        "readout": {
            "line": "fires" if z else "silent",
            **{
                name: parenthesised(number, 1)
                for name, number in {"w1": w1, "x1": x1, "w2": w2, "x2": x2, "b": b}.items()
            },
            "a": a,
        },
    }


SUM = "a = {w1} · {x1} + {w2} · {x2} + {b} = {a:.2f}. "

neuron = Demo(
    title="One neuron with two inputs",
    controls={
        "x1": Slider(-2.0, 2.0, value=1.0, label="x₁"),
        "x2": Slider(-2.0, 2.0, value=0.5, label="x₂"),
        "w1": Slider(-2.0, 2.0, value=0.6, label="w₁"),
        "w2": Slider(-2.0, 2.0, value=-1.0, label="w₂"),
        "b": Slider(-2.0, 2.0, value=0.3),
    },
    figure=one_unit,
    update=show_neuron,
    readout={
        "fires": SUM + "This is above 0, so the output is 1, on every arrow.",
        "silent": SUM + "This is not above 0, so the output is 0, on every arrow.",
    },
)

# -- a line for AND, NAND, OR and XOR ---------------------------------------------------------------------------------

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
GATES = {"AND": (0, 0, 0, 1), "NAND": (1, 1, 1, 0), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}
WEIGHTS = {
    "w1": Slider(-2.0, 2.0, value=1.0, label="w₁"),
    "w2": Slider(-2.0, 2.0, value=1.0, label="w₂"),
    "b": Slider(-2.0, 2.0, value=-0.5),
}


def points_patch(x, t, wrong):
    """The points x (N, 2) with their classes t (N,), 0 or 1, and a cross on those that are wrong (N,)."""
    places = {"zeros": x[t == 0], "ones": x[t == 1], "wrong": x[wrong]}
    return {name: {"data": (place[:, 0], place[:, 1])} for name, place in places.items()}


def decide(x, w1, w2, b):
    """The class of each point x (N, 2): 0 or 1."""
    return step((x @ [w1, w2] + b).round(9))


def draw_gate(gate, w1, w2, b):
    """The four corners with the outputs of a gate, and the line of the unit."""
    t = np.array(GATES[gate])
    wrong = decide(CORNERS, w1, w2, b) != t
    return {
        **points_patch(CORNERS, t, wrong),
        **line_patch(w1, w2, b, middle=np.array([0.5, 0.5]), gap=0.16),
        "readout": {
            "line": "some" if wrong.any() else "all",
            **{"gate": gate, "w1": w1, "w2": w2, "b": b, "wrong": wrong.sum()},
        },
    }


gates = Demo(
    title="A line for AND, NAND, OR and XOR",
    controls={"gate": Choice({gate: gate for gate in GATES}, label="gate"), **WEIGHTS},
    figure=lambda: line_between((-0.6, 1.6), [0, 1]),
    update=draw_gate,
    readout={
        "some": "{gate} with w₁ = {w1:.1f}, w₂ = {w2:.1f}, b = {b:.1f}: wrong at {wrong} of the 4 points.",
        "all": "{gate} with w₁ = {w1:.1f}, w₂ = {w2:.1f}, b = {b:.1f}: right at all 4 points.",
    },
)

# -- a line through a cloud -------------------------------------------------------------------------------------------


def draw_cloud(seed, w1, w2, b):
    """Two clouds of points, and the line of the unit."""
    x, t = blobs(40, noise=0.45, seed=seed)
    wrong = decide(x, w1, w2, b) != t
    return {
        **points_patch(x, t, wrong),
        **line_patch(w1, w2, b, middle=np.zeros(2), gap=0.2),
        "readout": {"w1": w1, "w2": w2, "b": b, "wrong": wrong.sum(), "all": len(t)},
    }


cloud = Demo(
    title="A line through two clouds",
    controls={**WEIGHTS, "w2": Slider(-2.0, 2.0, value=-1.0, label="w₂"), "seed": Button("new points")},
    figure=lambda: line_between((-1.8, 1.8), [-1, 0, 1], size=7),
    update=draw_cloud,
    readout="w₁ = {w1:.1f}, w₂ = {w2:.1f}, b = {b:.1f}: points on the wrong side: {wrong} of {all}.",
)

# -- shapes -----------------------------------------------------------------------------------------------------------

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
