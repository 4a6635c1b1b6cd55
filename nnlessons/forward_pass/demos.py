"""The demos of lesson 2: the forward pass, from one product to networks of any size."""

import itertools

import numpy as np

from nnlessons.drawing.network import layers_of
from nnlessons.drawing.style import NORMAL, SMALL
from nnlessons.forward_pass.passing import forward
from nnlessons.forward_pass.product import product
from nnlessons.forward_pass.product_two_ways import CHOSEN, OTHER, product_of
from nnlessons.forward_pass.reading_layers import layers_light_up
from nnlessons.forward_pass.shapes import shapes
from nnlessons.forward_pass.softmax_bars import scores_and_probabilities
from nnlessons.forward_pass.softmax_steps import softmax_steps
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import fixed, parenthesised
from nnlib.activations import softmax

__all__ = [
    "any_size",
    "conventions",
    "forward",
    "layers_light_up",
    "product",
    "shapes",
    "softmax_bars",
    "softmax_steps",
]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- one product, written in two ways ---------------------------------------------------------------------------------

LOWERED = str.maketrans("012", "₀₁₂")
W = np.array([[1, 2, 3], [4, 5, 6]])  # W[i, j] joins input i to unit j
FILLS = {
    "other": "white",
    "unit": "#FBEFE6",
    "chosen": "#F2BE9A",
}  # cells: any, the chosen unit's, the chosen one
ARRAYS = {
    "rows": [("x", "", (1, 2), 3.42), ("W", "@", (2, 3), 4.46), ("y", "=", (1, 3), 5.84)],
    "columns": [("W", "", (3, 2), 3.95), ("x", "@", (2, 1), 5.0), ("y", "=", (3, 1), 5.75)],
}


def show_product(convention, x0, x1, source, unit):
    """x W, or W x, as a network and as arrays, with one of the weights chosen in both."""
    x, i, j = np.array([x0, x1]), source, unit
    y = x @ W
    rows = convention == "rows"
    fills = np.full(W.shape, FILLS["other"], dtype=object)
    fills[:, j] = FILLS["unit"]
    fills[i, j] = FILLS["chosen"]
    pairs = [(parenthesised(x[k], 0), W[k, j]) if rows else (W[k, j], parenthesised(x[k], 0)) for k in (0, 1)]
    sums = " + ".join(f"{one} \\cdot {other}" for one, other in pairs)
    terms = [f"x_{k} w_{{{k}{j}}}" if rows else f"w_{{{j}{k}}} x_{k}" for k in (0, 1)]
    place = f"W[{i}, {j}]" if rows else f"W[{j}, {i}]"
    name = "w" + f"{i}{j}"[:: 1 if rows else -1].translate(LOWERED)
    patch = {
        "x": cells_of(x, np.full(2, FILLS["other"])),
        "W": cells_of(W if rows else W.T, fills if rows else fills.T),
        "y": cells_of(y, np.where(np.arange(3) == j, FILLS["unit"], FILLS["other"])),
        "formula": {"text": f"$y_{j} = {' + '.join(terms)} = {sums} = {fixed(y[j], 0)}$"},
        "code": {"text": f"y = {'x @ W' if rows else 'W @ x'}     {place} = {W[i, j]}"},
        **{f"x {k}": {"text": fixed(x[k], 0)} for k in range(2)},
        **{f"y {m}": {"text": fixed(y[m], 0)} for m in range(3)},
    }
    for k, m in itertools.product(range(2), range(3)):
        patch[f"arrow {k} {m}"] = CHOSEN if (k, m) == (i, j) else OTHER
        patch[f"w {k} {m}"] = {"text": f"$w_{{{k}{m}}}$" if rows else f"$w_{{{m}{k}}}$"}
    numbers = {"y": tuple(y.tolist()), "source": i, "unit": j, "name": name, "place": place, "w": W[i, j]}
    return {**patch, "readout": {"line": "x W" if rows else "W x", **numbers}}


def cells_of(array, fills):
    """An array of whole numbers for a `Table`."""
    return {"words": [fixed(number, 0) for number in array.ravel()], "fills": fills.ravel().tolist()}


conventions = Demo(
    title="One product, written in two ways",
    controls={
        "convention": Choice({"a sample is a row: x W": "rows", "a sample is a column: W x": "columns"}, label=" "),
        "x0": Slider(-3, 3, value=1, step=1, label="x₀"),
        "x1": Slider(-3, 3, value=2, step=1, label="x₁"),
        "source": Slider(0, 1, value=0, step=1, label="from input"),
        "unit": Slider(0, 2, value=1, step=1, label="to unit"),
    },
    figure=lambda convention: product_of(2, 3, ARRAYS[convention]),
    update=show_product,
    readout={
        product: f"y = {product} = {{y}}. The weight from input {{source}} to unit {{unit}} is {{name}} in formulas and "
        "{place} in code. Here it's {w}."
        for product in ("x W", "W x")
    },
)

# -- networks of any size ---------------------------------------------------------------------------------------------


def sizes_of(inputs, hidden, units, outputs):
    """The number of units in each layer."""
    return [inputs, *[units] * hidden, outputs]


def draw_layers(inputs, hidden, units, outputs, convention):
    """(figure, parts): the network with the shapes of its arrays."""
    sizes, rows = sizes_of(inputs, hidden, units, outputs), convention == "rows"
    names = ["x", *[f"z{layer}" for layer in range(1, hidden + 1)], "y"]
    above = [f"{name} (N, {n})" if rows else f"{name} ({n}, N)" for name, n in zip(names, sizes, strict=True)]
    below = []
    for layer, (d, h) in enumerate(itertools.pairwise(sizes), 1):
        below.append(f"W{layer} ({d}, {h})\nb{layer} ({h},)" if rows else f"W{layer} ({h}, {d})\nb{layer} ({h}, 1)")
    return layers_of(sizes, above, below)


def count(inputs, hidden, units, outputs):
    """How many weights and biases the network has."""
    sizes = sizes_of(inputs, hidden, units, outputs)
    pairs = list(itertools.pairwise(sizes))
    return {
        "readout": {
            "line": "one" if hidden == 0 else "several",
            "name": "-".join(map(str, sizes)).replace("-", "\N{NON-BREAKING HYPHEN}"),
            "layers": hidden + 1,
            "sum": " + ".join(f"{d} · {h} + {h}" for d, h in pairs),
            "all": sum(d * h + h for d, h in pairs),
        }
    }


any_size = Demo(
    title="Networks of any size, and the shapes of their arrays",
    controls={
        "inputs": Slider(1, 5, value=2, step=1),
        "hidden": Slider(0, 3, value=1, step=1, label="hidden layers"),
        "units": Slider(1, 5, value=4, step=1, label="units in each", enabled=lambda hidden: hidden > 0),
        "outputs": Slider(1, 5, value=3, step=1),
        "convention": Choice({"a row: x W + b": "rows", "a column: W x + b": "columns"}, label="each sample is"),
    },
    figure=draw_layers,
    update=count,
    readout={
        "one": "A {name} network has 1 layer with weights, and {sum} = {all} weights and biases to learn.",
        "several": "A {name} network has {layers} layers with weights, and {sum} = {all} weights and biases to learn.",
    },
    presets={
        "2-4-3": {"inputs": 2, "hidden": 1, "units": 4, "outputs": 3},
        "3-4-4-1": {"inputs": 3, "hidden": 2, "units": 4, "outputs": 1},
    },
)

# -- softmax ----------------------------------------------------------------------------------------------------------

HIGHEST = 3.0


def in_a_tuple(array, digits=3):
    """(0.100, 0.300): the numbers of an array, with this many digits after the point."""
    return f"({', '.join(f'{number:.{digits}f}' for number in array)})"


def into_probabilities(s0, s1, s2, c, way):
    """Softmax of three scores with c added to each, as the formula has it or with the largest score subtracted first."""
    s = np.array([s0, s1, s2])
    exponents = s + c if way == "as written" else s + c - np.max(s + c)
    with np.errstate(all="ignore"):  # the overflow is what the reader is to see
        powers = np.exp(exponents)
        y = powers / powers.sum() if way == "as written" else softmax(s + c)
    known = np.isfinite(y)
    patch = {"powers": {"text": "$e^{s + c}$" if way == "as written" else "$e^{s + c - m}$"}}
    for k in range(3):
        patch[f"s {k}"] = {"height": s[k]}
        patch[f"s {k} number"] = above_bar(s[k], fixed(s[k], 1), room=0.45)
        patch[f"power {k}"] = in_few_signs(powers[k])
        patch[f"y {k}"] = {"height": y[k] if known[k] else 0.0}
        patch[f"y {k} number"] = above_bar(y[k] if known[k] else 0.0, fixed(y[k]), room=0.06)
    line = ("fits" if c else "alone") if known.all() else "too small" if c < 0 else "too large"
    numbers = {"s": in_a_tuple(s, 1), "c": c, "most": np.max(s + c), "y": in_a_tuple(y[known]), "sum": y[known].sum()}
    return {**patch, "readout": {"line": line, **numbers}}


def in_few_signs(power):
    """A power of e as 2.7 or, as code writes it, 3e-4: the row below the bars has room for six small characters."""
    text = f"{power:.2g}"
    if len(text) > 5 or "e" in text:
        digit, exponent = f"{power:.0e}".split("e")
        text = f"{digit}e{int(exponent)}"
    return {"text": text, "fontsize": SMALL if len(text) > 5 else NORMAL}


def above_bar(height, text, room):
    """A number at the end of a bar: above it, or below a bar that hangs down."""
    return {"y": height + (room if height >= 0 else -room), "text": text}


softmax_bars = Demo(
    title="Softmax of three scores",
    controls={
        "s0": Slider(-HIGHEST, HIGHEST, value=1.0, label="s₀"),
        "s1": Slider(-HIGHEST, HIGHEST, value=0.0, label="s₁"),
        "s2": Slider(-HIGHEST, HIGHEST, value=2.0, label="s₂"),
        "c": Slider(-1000, 1000, value=0, step=10, label="c"),
        "way": Choice({"as written": "as written", "largest subtracted first": "shifted"}, label="softmax"),
    },
    figure=lambda: scores_and_probabilities(3, HIGHEST),
    update=into_probabilities,
    readout={
        "alone": "The scores are {s}. Their softmax is y = {y}, which adds up to {sum:.3f}.",
        "fits": "The scores are {s}. With {c} added to each, y = {y}, which adds up to {sum:.3f}.",
        "too large": "With {c} added to each score, e to the power of {most:.1f} is larger than any number a computer can "
        "store, so the shares have no value.",
        "too small": "With {c} added to each score, every power of e is rounded to 0, and 0 / 0 has no value.",
    },
    presets={"overflow": {"c": 1000, "way": "as written"}, "the cure": {"c": 1000, "way": "shifted"}},
)
