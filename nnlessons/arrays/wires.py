"""The layer y = x @ W as wires: forward to an output, backward along the same wires to an input, and a single wire's gradient."""

import numpy as np

from nnlessons.arrays.whole_numbers import dot_in_words, numbers_in
from nnlessons.arrays.wires_figure import lit_cells, place_at, wires_and_arrays
from nnlessons.live import Button, Choice, Demo, Slider
from nnlessons.wording import fixed

__all__ = ["wires"]
__dir__ = __all__.copy  # what Tab shows after `wires.`

N, D, H = 4, 2, 3
ALL = "all"
PART = "dW: sample {sample}"  # above what a single sample adds to dW


def layer_arrays(seed):
    """{name: array} of y = x @ W and, for a gradient dy that comes back, dx = dy @ W.T and dW = x.T @ dy."""
    x, W, dy = (numbers_in(3 * seed + 25 + part, *shape) for part, shape in enumerate([(N, D), (D, H), (N, H)]))
    return {"x": x, "W": W, "y": x @ W, "dx": dy @ W.T, "dW": x.T @ dy, "dy": dy}


def show_wires(look, i, j, sample, seed):
    """The wires of output j, the wires of input i, or the wire between them, for one sample or for all."""
    arrays = layer_arrays(seed)
    row = None if sample == ALL else sample
    if row is not None:
        arrays["dW"] = np.outer(arrays["x"][row], arrays["dy"][row])
    lit, states, units = LIT[look](i, j, row)
    shown = {"output": ("x", "W", "y"), "input": ("x", "W", "y", "dx", "dy")}.get(look, arrays)
    tables = {
        name: {
            "words": in_words(array) if name in shown else [""] * array.size,
            "lit": lit.get(name, np.zeros(array.shape, bool)),
        }
        for name, array in arrays.items()
    }
    names = {f"{name} name": {"text": f"{name} {array.shape}"} for name, array in arrays.items()}
    if look == "wire" and row is not None:
        names["dW name"] = {"text": PART.format(sample=row)}
    return {
        **tables,
        **names,
        "wires": {"weights": in_words(arrays["W"]), "states": states},
        "units": {
            "values": of_sample(arrays, ("x", "y"), row),
            "gradients": of_sample(arrays, ("dx", "dy"), row, shown),
            "lit": units,
        },
        "readout": {
            "line": f"{look}, all" if row is None else look,
            **{"i": i, "j": j, "sample": sample, "sum": sum_for(look, arrays, i, j, row)},
        },
    }


def output_lit(i, j, row):
    """What is lit for output j: its wires, which are column j of W. ({table: cells}, states of the wires, lit units)"""
    lit = {"x": lit_cells("x", row), "W": lit_cells("W", column=j), "y": lit_cells("y", row, j)}
    states = ["forward" if unit == j else "idle" for _ in range(D) for unit in range(H)]
    return lit, states, ["forward"] * D + ["forward" if unit == j else "" for unit in range(H)]


def input_lit(i, j, row):
    """The same for input i, going back along its wires: row i of W."""
    lit = {"dy": lit_cells("dy", row), "W": lit_cells("W", row=i), "dx": lit_cells("dx", row, i)}
    states = ["back" if number == i else "idle" for number in range(D) for _ in range(H)]
    return lit, states, ["back" if number == i else "" for number in range(D)] + ["back"] * H


def wire_lit(i, j, row):
    """The same for the wire from input i to output j: what goes in on the left, and what comes back on the right."""
    lit = {"x": lit_cells("x", row, i), "dy": lit_cells("dy", row, j)}
    lit |= {name: lit_cells(name, i, j) for name in ("W", "dW")}
    states = ["both" if (number, unit) == (i, j) else "idle" for number in range(D) for unit in range(H)]
    ends = ["forward" if number == i else "" for number in range(D)] + [
        "back" if unit == j else "" for unit in range(H)
    ]
    return lit, states, ends


LIT = {"output": output_lit, "input": input_lit, "wire": wire_lit}


def sum_for(look, arrays, i, j, row):
    """The number in question, written out: of one sample, or of all for a wire."""
    if look == "output":
        return dot_in_words(arrays["x"][row or 0], arrays["W"][:, j])
    if look == "input":
        return dot_in_words(arrays["dy"][row or 0], arrays["W"][i])
    rows = slice(None) if row is None else slice(row, row + 1)
    return dot_in_words(arrays["x"][rows, i], arrays["dy"][rows, j])


def in_words(array):
    """Whole numbers as words, row by row."""
    return [fixed(number, 0) for number in array.ravel()]


def of_sample(arrays, names, row, shown=("x", "y")):
    """The words for the inputs and then the outputs in this row of the two arrays; "" for all samples or what isn't shown."""
    return [
        "" if row is None or name not in shown else fixed(number, 0)
        for name in names
        for number in arrays[name][row or 0]
    ]


def pressed(x, y):
    """What a press on the picture chooses."""
    name, *where = place_at(x, y)
    if name == "wire" or name in ("W", "dW"):
        return {"look": "wire", **dict(zip("ij", where, strict=True))}
    look, letter = {"x": ("input", "i"), "dx": ("input", "i"), "y": ("output", "j"), "dy": ("wire", "j")}[name]
    *sample, number = where
    return {"look": look, letter: number, **dict(zip(["sample"], sample, strict=False))}


wires = Demo(
    title="The same wires, walked backward",
    controls={
        "look": Choice({"an output": "output", "an input": "input", "a wire": "wire"}, label="look at"),
        "i": Slider(0, D - 1, value=0, step=1, label="input i", enabled=lambda look: look != "output"),
        "j": Slider(0, H - 1, value=1, step=1, label="output j", enabled=lambda look: look != "input"),
        "sample": Choice({**{str(row): row for row in range(N)}, ALL: ALL}, value=0),
        "seed": Button("new numbers"),
    },
    figure=wires_and_arrays,
    update=show_wires,
    pointer={"plane": pressed},
    readout={
        "output": "Forward, the wires into output {j} are column {j} of W.\ny[{sample}, {j}] = {sum}",
        "input": "Backward, the wires of input {i} are row {i} of W.\ndx[{sample}, {i}] = {sum}",
        "wire": "What goes in, times what comes back: sample {sample} adds {sum} to dW[{i}, {j}].",
        "output, all": "All samples go through the same wires: column {j} of W gives column {j} of y.\ny[0, {j}] = {sum}",
        "input, all": "All samples come back along the same wires: row {i} of W gives column {i} of dx.\ndx[0, {i}] = {sum}",
        "wire, all": "Every sample uses this wire, so its gradient is the sum of what they all add.\ndW[{i}, {j}] = {sum}",
    },
)
