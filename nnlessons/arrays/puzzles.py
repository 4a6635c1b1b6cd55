"""Demos of lesson 7 that examine a backward pass as a whole: by shapes, by the Jacobian, by a gradient check."""

import functools
import itertools

import numpy as np

from nnlessons.arrays.broken_layers import BUGS, NONE, PLACES, judge, layer_errors, network_errors, worst
from nnlessons.arrays.error_bars import LIMIT, error_bars
from nnlessons.arrays.jacobian_figure import jacobian_cells
from nnlessons.drawing.arrays import array_patch, arrays_in_a_row
from nnlessons.drawing.style import BLACK, BLUE, GREEN, GREY, ORANGE
from nnlessons.live import Button, Choice, Demo, Slider
from nnlessons.wording import fixed
from nnlib.activations import softmax
from nnlib.gradients import numerical_gradient
from nnlib.layers import Affine, Sigmoid

__all__ = ["check_layers", "jacobian", "shape_puzzle"]
__dir__ = __all__.copy  # what Tab shows after `puzzles.`

# -- which product fits -----------------------------------------------------------------------------------------------

FACTORS = ("x", "x.T", "W", "W.T", "dy", "dy.T")
GRADIENT_OF = {"dx": "x", "dW": "W"}
GENERIC = (4, 3, 2)  # N, D, H: a product that is right here is right at all sizes
COLOURS = {"x": BLUE, "W": ORANGE, "dy": GREEN}
MIDDLES = {"left": 0.78, "right": 2.6, "result": 4.42, "wanted": 6.22}
TOP, BELOW = 2.1, 0.35  # inches: the upper edge of the arrays, and the row in which their sizes are compared
SIDE = 0.23  # of a cell
BAR, SIZE = 0.08, 0.22  # from an array to the bar along its inner side, and to that side's size
SIZES_OF = ("left size", "right size")
WRONG_NUMBERS = "wrong numbers"  # in place of the shapes, if only these agree
AGREE = {True: "=", False: "≠"}  # a formula in mathtext would cost 8 ms to read
MARK = "#F2BE9A"  # behind the element that the sentence names


def arrays_of(N, D, H):
    """{"x": (N, D), "W": (D, H), "dy": (N, H)}, away from 0: at no size does a wrong product come near the right one."""
    rng = np.random.default_rng([N, D, H])
    shapes = {"x": (N, D), "W": (D, H), "dy": (N, H)}
    return {name: rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape) for name, shape in shapes.items()}


@functools.lru_cache(maxsize=256)  # all there are
def all_products(wanted, N, D, H):
    """All 36 products, {(left, right): (result or None, whether it is the gradient)}, and the gradient.

    It is the numerical gradient of L = sum(dy * (x @ W)) with respect to x or W.
    """
    arrays = arrays_of(N, D, H)
    x, W, dy = arrays.values()
    gradient = numerical_gradient(lambda _: np.sum(dy * (x @ W)), arrays[GRADIENT_OF[wanted]])
    arrays |= {f"{name}.T": array.T for name, array in arrays.items()}
    found = {}
    for left, right in itertools.product(FACTORS, repeat=2):
        fits = arrays[left].shape[1] == arrays[right].shape[0]
        result = arrays[left] @ arrays[right] if fits else None
        same_shape = fits and result.shape == gradient.shape
        found[left, right] = result, bool(same_shape and np.allclose(result, gradient, rtol=0, atol=1e-6))
    return found, gradient


def try_product(wanted, left, right, N, D, H):
    """A product beside the gradient in question, with their shapes compared, and their elements if the shapes agree."""
    found, gradient = all_products(wanted, N, D, H)
    result, is_right = found[left, right]
    shapes = {"x": (N, D), "W": (D, H), "dy": (N, H)}
    shapes |= {f"{name}.T": shape[::-1] for name, shape in shapes.items()}
    (_, inner), (other_inner, _) = shapes[left], shapes[right]
    have, needed = None if result is None else result.shape, gradient.shape
    fitting = [whether for each, whether in found.values() if each is not None and each.shape == needed]
    numbers = {"wanted": wanted, "of": GRADIENT_OF[wanted], "shape": str(needed), "have": str(have)}
    numbers |= {"left": left, "right": right, "left shape": str(shapes[left]), "right shape": str(shapes[right])}
    numbers |= {"n": inner, "m": other_inner, "all": len(found), "fitting": len(fitting), "good": sum(fitting)}
    marked = None
    if result is None:
        line = "apart"
    elif have != needed:
        line = "other shape"
    elif is_right:
        line = "right" if all_products(wanted, *GENERIC)[0][left, right][1] else "right by a 1"
    else:
        distance = np.abs(result - gradient).round(6)  # the first of several that are as far off
        line, marked = "wrong", np.unravel_index(distance.argmax(), have)
        numbers |= {"entry": f"{wanted}[{marked[0]}, {marked[1]}]"}
        numbers |= {"nudged": fixed(gradient[marked]), "product": fixed(result[marked])}
    return {
        **factor_patch("left", f"{left} {shapes[left]}", shapes[left], COLOURS[left.removesuffix(".T")]),
        **factor_patch("right", f"{right} {shapes[right]}", shapes[right], COLOURS[right.removesuffix(".T")]),
        **factor_patch("result", str(have or ""), have, BLACK, marked),
        **factor_patch("wanted", f"{wanted} {needed}", needed, GREY, marked),
        **inner_sides(shapes[left], shapes[right]),
        "product": {"text": "@", "position": (sign_after(shapes[left], shapes[right]), TOP - 0.4)},
        "equals": {"text": "=", "position": (between("right", "result"), TOP - 0.4)},
        "unknown": {"text": "" if have else "?", "position": (MIDDLES["result"], TOP - 0.4)},
        "inner": {"text": equation(inner, other_inner), "position": (between("left", "right"), BELOW)},
        "shapes": {
            "text": WRONG_NUMBERS if line == "wrong" else equation(have, needed),
            "position": (between("result", "wanted"), BELOW),
        },
        "readout": {"line": line, **numbers},
    }


def factor_patch(place, words, shape, colour, marked=None):
    """One of the four arrays, perhaps with a marked element (row, column)."""
    fills = "white" if marked is None else [MARK if entry == marked else "white" for entry in np.ndindex(shape)]
    return array_patch(place, words, shape, MIDDLES[place], TOP, colour, fills, SIDE)


def inner_sides(left, right):
    """A bar and the size along the two sides that must agree: the left factor's lower side, the right one's left side."""
    agree = left[1] == right[0]
    look = {"color": BLACK if agree else ORANGE, "linestyle": "-" if agree else (0, (1, 0.6))}
    half, high = left[1] * SIDE / 2, TOP - left[0] * SIDE - BAR
    edge, low = MIDDLES["right"] - right[1] * SIDE / 2, TOP - right[0] * SIDE
    return {
        "left side": {"data": ([MIDDLES["left"] - half, MIDDLES["left"] + half], [high, high]), **look},
        "right side": {"data": ([edge - BAR, edge - BAR], [low, TOP]), **look},
        "left size": {"text": f"{left[1]}", "position": (MIDDLES["left"], high - 0.18)},
        "right size": {"text": f"{right[0]}", "position": (edge - SIZE, (low + TOP) / 2)},
    }


def sign_after(left, right):
    """The x of the @: in the middle between the left factor and the right one's size."""
    return (MIDDLES["left"] + left[1] * SIDE / 2 + MIDDLES["right"] - right[1] * SIDE / 2 - SIZE - 0.06) / 2


def draw_puzzle():
    """The four arrays, the signs between them, and the bars along the two inner sides."""
    figure, parts = arrays_in_a_row(
        MIDDLES, ["product", "equals", "unknown", "inner", "shapes", *SIZES_OF], height=2.75
    )
    for name in ("left side", "right side"):
        (parts[name],) = figure.axes[0].plot([], [], linewidth=4, solid_capstyle="butt", dash_capstyle="butt")
    return figure, parts


def between(one, other):
    """The x in the middle between two arrays."""
    return (MIDDLES[one] + MIDDLES[other]) / 2


def equation(one, other):
    """Two sizes, or two shapes, with = or ≠ between them; "" if there is no first one."""
    return "" if one is None else f"{one} {AGREE[one == other]} {other}"


COUNT = "\nProducts with the shape of {wanted} at these sizes: {fitting} of {all}. With the right numbers, too: {good}."
shape_puzzle = Demo(
    title="Which product is the gradient?",
    controls={
        "wanted": Choice({"dx": "dx", "dW": "dW"}),
        "left": Choice({name: name for name in FACTORS}, value="x"),
        "right": Choice({name: name for name in FACTORS}, value="dy"),
        "N": Slider(1, 5, value=4, step=1),
        "D": Slider(1, 5, value=3, step=1),
        "H": Slider(1, 5, value=2, step=1),
    },
    figure=draw_puzzle,
    update=try_product,
    readout={
        "apart": "{left} {left shape} @ {right} {right shape} can't be multiplied: the inner sizes, {n} and {m}, differ.",
        "other shape": "{left} @ {right} has shape {have}, but {wanted} needs the shape of {of}, {shape}.",
        "right": "Yes, {wanted} = {left} @ {right}: nudging {of} gives the same number for every entry." + COUNT,
        "right by a 1": "{left} @ {right} is right here, but only because one size is 1. At other sizes it's wrong."
        + COUNT,
        "wrong": "{left} @ {right} has the right shape, {shape}, but the wrong numbers: {entry} is {product}, and nudging {of} "
        "gives {nudged}." + COUNT,
    },
    presets={
        "all sizes differ": {"N": 4, "D": 3, "H": 2},
        "D = H": {"N": 4, "D": 3, "H": 3},
        "all equal": {"N": 3, "D": 3, "H": 3},
    },
)

# -- the Jacobian and its size ----------------------------------------------------------------------------------------

MOST = (3, 4), (4, 3)  # the shapes of x and W with all sliders at their upper ends


class Softmax:
    """y = softmax of each row of x, without a loss.  dx = y (dy - the sum of dy y along the row)."""

    def forward(self, x):
        self.y = softmax(x)
        return self.y

    def backward(self, dy):
        return self.y * (dy - (dy * self.y).sum(axis=1, keepdims=True))


def jacobian_of(layer, x):
    """J[j, i] = dy_j / dx_i: a row for each element of y. Row j is what comes back if dy is 1 at element j and 0 elsewhere."""
    y = layer.forward(x)
    return np.array([layer.backward(dy.reshape(y.shape)).ravel() for dy in np.eye(y.size)])


def draw_jacobian(function, N, D, H, seed):
    """The Jacobian of a layer, and how many of its elements are always 0."""
    x, W = numbers_of(seed, N, D, H)
    layer = {"x W": Affine(W), "sigmoid": Sigmoid(), "softmax": Softmax()}[function]
    J = jacobian_of(layer, x)
    outputs, inputs = J.shape
    zero = zero_whatever(function, N, outputs // N, D)
    line = "constant" if function == "softmax" and D == 1 else function
    numbers = {"N": N, "D": D, "H": H, "outputs": outputs, "inputs": inputs, "all": J.size, "zeros": zero.sum()}
    numbers["W"] = str(W.tolist())
    return {
        "jacobian": {"values": J, "zero": zero, "samples": N},
        "flow": {"text": f"dx ({inputs},) = dy ({outputs},) @ J ({outputs}, {inputs})"},
        "readout": {"line": line, **numbers, "needed": D * H if function == "x W" else N * D},
    }


def numbers_of(seed, N, D, H):
    """x (N, D) and W (D, H), away from 0, with two digits. Other sizes keep the numbers that stay."""
    rng = np.random.default_rng(seed)
    x, W = (rng.uniform(0.1, 2, size=size).round(2) * rng.choice([-1, 1], size=size) for size in MOST)
    return x[:N, :D], W[:D, :H]


def zero_whatever(function, N, outputs, inputs):
    """The elements of J that are 0 whatever the numbers are, as booleans. outputs, inputs: of one sample."""
    if function == "sigmoid":
        return ~np.eye(N * inputs, dtype=bool)  # each element has its own input
    if function == "softmax" and inputs == 1:
        return np.ones((N, N), dtype=bool)  # the only class has probability 1
    return ~np.kron(np.eye(N, dtype=bool), np.ones((outputs, inputs), dtype=bool))  # each sample has its own inputs


ENTRIES = "J has {outputs} · {inputs} = {all} entries, and {zeros} of them are always zero.\n"
jacobian = Demo(
    title="The Jacobian, and what backward needs instead",
    controls={
        "function": Choice({"x W": "x W", "sigmoid": "sigmoid", "softmax": "softmax"}, label="y ="),
        "N": Slider(1, 3, value=2, step=1),
        "D": Slider(1, 4, value=3, step=1),
        "H": Slider(1, 3, value=2, step=1, enabled=lambda function: function == "x W"),
        "seed": Button("new numbers"),
    },
    figure=jacobian_cells,
    update=draw_jacobian,
    readout={
        "x W": ENTRIES + "dx = dy @ W.T only needs W, with D · H = {D} · {H} = {needed} numbers.\nW = {W}",
        "sigmoid": ENTRIES
        + "dx = dy y (1 − y), element by element, only needs y, with N · D = {N} · {D} = {needed} numbers.",
        "softmax": ENTRIES
        + "dx = y (dy − c), where c is the sum of dy y along the row, only needs y, with N · D = {N} · {D} = "
        "{needed} numbers.",
        "constant": ENTRIES + "The softmax of a single score is always 1, so nothing comes back.",
    },
)

# -- a bug to find ----------------------------------------------------------------------------------------------------

VIEWS = {"network": network_errors, "layers": layer_errors}
WITHOUT = "0"  # the network without a bug


def show_errors(bug, view, seed, answer):
    """The relative error of each gradient of a network with this bug, and the verdict on the answer."""
    rows = VIEWS[view](bug, seed)
    errors = [error for _, error, _, _ in rows]
    name, _, analytic, numerical = worst(rows)
    wrong = sum(error > LIMIT for error in errors)
    numbers = {
        "wrong": wrong,
        "all": len(rows),
        "name": name,
        "analytic": fixed(analytic, 6),
        "numerical": fixed(numerical, 6),
    }
    found = "wrong" if wrong else "right"
    if answer != OPEN:
        numbers["verdict"] = judge(bug, answer)
    return {
        "errors": {"errors": errors},
        "readout": {"line": found if answer == OPEN else f"{found}, judged", **numbers},
    }


OPEN = "?"
FOUND = (
    "Wrong: {wrong} of {all} gradients. The worst is {name}: one of its entries is {analytic} by backpropagation and "
    "{numerical} by nudging."
)
FINE = "All {all} gradients are right: each error is far below 1e-6."
check_layers = Demo(
    title="Which layer has the bug?",
    controls={
        "bug": Choice({**{number: number for number in BUGS}, "none": WITHOUT}, label="bug", resets=("answer",)),
        "view": Choice({"the whole network": "network", "each layer alone": "layers"}, label="check"),
        "seed": Button("new numbers"),
        "answer": Choice({place: place for place in (OPEN, *PLACES, NONE)}, label="the bug is in"),
    },
    figure=lambda view: error_bars([name for name, *_ in VIEWS[view](WITHOUT, 0)]),
    update=show_errors,
    readout={
        "wrong": FOUND,
        "right": FINE,
        "wrong, judged": FOUND + "\n{verdict}",
        "right, judged": FINE + "\n{verdict}",
    },
)
