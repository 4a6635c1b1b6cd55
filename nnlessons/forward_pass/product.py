"""x @ W + b with the numbers of AND, NAND and OR: any one of its sums, written out."""

import numpy as np

from nnlessons.forward_pass.product_figure import corners, gaps, one_product
from nnlessons.live import Demo, Slider
from nnlessons.wording import fixed, in_parentheses, trimmed
from nnlib.activations import step

__all__ = ["product"]
__dir__ = __all__.copy  # what Tab shows after `product.`

UNITS = ("AND", "NAND", "OR")
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
W = np.array([[1, -1, 1], [1, -1, 1]])  # a column for each unit
B = np.array([-1.5, 1.5, -0.5])
A = X @ W + B
ARRAYS = {"x": X, "W": W, "b": B[np.newaxis], "a": A, "step": step(A)}
DIGITS = {"x": 0, "W": 0, "b": 1, "a": 1, "step": 0}  # after the point
LIT = {"x": "#DCEAF5", "W": "#FBE3D3", "b": "#D6EDE5", "a": "#E4E4E4", "step": "#E4E4E4"}


def show_product(row, column):
    """The tables with this row of x and this column of W lit, and the sum in which they meet."""
    chosen = {"x": (row, None), "W": (None, column), "b": (0, column), "a": (row, column), "step": (row, column)}
    patch = {name: {"xy": xy} for name, xy in gaps(row, column).items()}
    for name, place in chosen.items():
        patch[name] = lit(name, *place)
        patch[f"{name} frame"] = {"xy": corners(name, *place)}
    patch["place"] = {"text": f"a[{row}, {column}]"}
    terms = []
    for k in (0, 1):
        one, other = fixed(X[row, k], 0), in_parentheses(fixed(W[k, column], 0))
        terms.append(f"{one} · {other}")
        patch |= {f"x {k}": {"text": one}, f"W {k}": {"text": other}}
        patch |= {f"x {k} source": {"text": f"x[{row}, {k}]"}, f"W {k} source": {"text": f"W[{k}, {column}]"}}
    bias = in_parentheses(fixed(B[column], 1))
    patch |= {"b sum": {"text": bias}, "b source": {"text": f"b[{column}]"}}
    patch |= {"a sum": {"text": fixed(A[row, column], 1)}, "step sum": {"text": fixed(step(A[row, column]), 0)}}
    return {
        **patch,
        "readout": {
            "line": "above" if A[row, column] > 0 else "below",
            "sample": f"({X[row, 0]}, {X[row, 1]})",
            "sum": f"{' + '.join(terms)} + {bias} = {trimmed(A[row, column])}",
            **{"row": row, "column": column, "unit": UNITS[column]},
        },
    }


def lit(name, row, column):
    """A table with what is chosen in it on a fill: a row if no column is given, a column if no row is, or one cell."""
    array = ARRAYS[name]
    fills = np.full(array.shape, "white", dtype=object)
    fills[slice(None) if row is None else row, slice(None) if column is None else column] = LIT[name]
    return {"words": [fixed(number, DIGITS[name]) for number in array.ravel()], "fills": fills.ravel().tolist()}


def cell_at(x, y):
    """The row and the column of a table in which a press is: their middles are half a cell from the edges."""
    return {"row": y - 0.5, "column": x - 0.5}


START = "Sample {row} is {sample}, and column {column} of W has the weights of {unit}. The sum, {sum}, "

product = Demo(
    title="One product, many sums",
    controls={
        "row": Slider(0, 3, value=1, step=1, label="row of x"),
        "column": Slider(0, 2, value=1, step=1, label="column of W"),
    },
    figure=lambda: one_product(UNITS),
    update=show_product,
    pointer={
        "a area": cell_at,
        "step area": cell_at,
        "x area": lambda x, y: {"row": y - 0.5},
        "W area": lambda x, y: {"column": x - 0.5},
        "b area": lambda x, y: {"column": x - 0.5},
    },
    readout={
        "above": START + "is above 0, so {unit} says 1.",
        "below": START + "isn't above 0, so {unit} says 0.",
    },
)
