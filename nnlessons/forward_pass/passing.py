"""A forward pass through a small network, layer after layer, with one unit's sum written out."""

import numpy as np

from nnlessons.forward_pass.passing_figure import split_network, unit_at
from nnlessons.live import Demo, Slider, Stepper
from nnlessons.wording import MINUS, fixed, parenthesised
from nnlib.activations import sigmoid

__all__ = ["forward"]
__dir__ = __all__.copy  # what Tab shows after `passing.`

SIZES = (2, 3, 2, 2)
LAST = 3  # the output layer
WEIGHTS = (
    np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
    np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
    np.array([[0.1, 0.3], [0.2, 0.4]]),
)
BIASES = (np.array([0.1, 0.2, 0.3]), np.array([0.1, 0.2]), np.array([0.1, 0.2]))
UNITS = [(layer, j) for layer, size in enumerate(SIZES) for j in range(size)]
EDGES = [(layer, i, j) for layer, W in enumerate(WEIGHTS, 1) for i, j in np.ndindex(W.shape)]


def send_forward(layer, unit, x0, x1, w1_00, w1_12, w3_10, b1_0):
    """The network up to this layer: what each unit computes, and one unit's sum with its numbers filled in."""
    W1, W2, W3 = (W.copy() for W in WEIGHTS)
    b1, b2, b3 = (b.copy() for b in BIASES)
    W1[0, 0], W1[1, 2], W3[1, 0], b1[0] = w1_00, w1_12, w3_10, b1_0
    x = np.array([x0, x1])
    a1 = x @ W1 + b1
    z1 = sigmoid(a1)
    a2 = z1 @ W2 + b2
    z2 = sigmoid(a2)
    y = z2 @ W3 + b3
    weights, biases, sums, outputs = (W1, W2, W3), (b1, b2, b3), (a1, a2, y), (x, z1, z2, y)
    return {
        "units": units_patch(layer, unit, sums, outputs),
        "edges": {
            "weights": [weights[at - 1][i, j] for at, i, j in EDGES],
            "lit": [(at, j) == (layer, unit) for at, _, j in EDGES],
            "ahead": [at > layer for at, _, _ in EDGES],
        },
        "weights": {
            "words": [fixed(weights[at - 1][i, j], 1) if at == layer else "" for at, i, j in EDGES],
            "strong": [(at, j) == (layer, unit) for at, _, j in EDGES],
        },
        "biases": {
            "words": [added(biases[at - 1][j]) for at, j in UNITS if at > 0],
            "strong": [at == layer for at, j in UNITS if at > 0],
        },
        "readout": written_out(layer, unit, weights, biases, sums, outputs),
    }


def units_patch(layer, unit, sums, outputs):
    """What's in the cells of the units, and how they're framed: empty and thin if their layer is still ahead."""
    values, words, states = [], [], []
    for at, j in UNITS:
        numbers = [sums[at - 1][j], outputs[at][j]] if 0 < at < LAST else [outputs[at][j]]
        values += [number if at <= layer else 0.0 for number in numbers]
        words += [fixed(number, 3 if at else 1) if at <= layer else "" for number in numbers]
        now = "chosen" if layer and j == unit else "now"
        states.append(now if at == layer else "done" if at < layer else "ahead")
    return {"values": values, "words": words, "states": states}


def written_out(layer, unit, weights, biases, sums, outputs):
    """The sum of one unit, with its numbers filled in."""
    if layer == 0:
        return {"line": "input", "x": f"({', '.join(fixed(number, 1) for number in outputs[0])})"}
    inputs = [parenthesised(number, 1 if layer == 1 else 3) for number in outputs[layer - 1]]
    products = [f"{one} · {parenthesised(w, 1)}" for one, w in zip(inputs, weights[layer - 1][:, unit], strict=True)]
    return {
        "line": "output" if layer == LAST else "hidden",
        "layer": layer,
        "unit": unit,
        "sum": f"{' + '.join(products)} {added(biases[layer - 1][unit])}",
        "a": fixed(sums[layer - 1][unit]),
        "z": fixed(outputs[layer][unit]),
    }


def added(b):
    """A bias as it's written at the end of a sum: + 0.1."""
    return f"{'+' if b >= 0 else MINUS} {abs(b):.1f}"


def pressed(x, y):
    """The layer and the unit at this point of the picture; of the inputs, just the layer."""
    found = unit_at(x, y, SIZES)
    if found is None:
        return {}
    layer, unit = found
    return {"layer": layer, "unit": unit} if layer else {"layer": layer}


WEIGHT = {"low": -2.0, "high": 2.0}

forward = Demo(
    title="A 3-layer network, one layer after the other",
    controls={
        "layer": Stepper(LAST),
        "unit": Stepper(lambda layer: SIZES[layer] - 1, enabled=lambda layer: layer > 0),
        "x0": Slider(-2.0, 2.0, value=1.0, label="x[0]"),
        "x1": Slider(-2.0, 2.0, value=0.5, label="x[1]"),
        "w1_00": Slider(**WEIGHT, value=0.1, label="W1[0, 0]"),
        "w1_12": Slider(**WEIGHT, value=0.6, label="W1[1, 2]"),
        "w3_10": Slider(**WEIGHT, value=0.2, label="W3[1, 0]"),
        "b1_0": Slider(**WEIGHT, value=0.1, label="b1[0]"),
    },
    groups={
        "Look at": ("layer", "unit"),
        "Inputs": ("x0", "x1"),
        "Weights and a bias": ("w1_00", "w1_12", "w3_10", "b1_0"),
    },
    figure=lambda: split_network(SIZES),
    update=send_forward,
    pointer={"network": pressed},
    readout={
        "input": "Layer 0 holds the inputs, x = {x}. One step on, layer 1 computes its sums from them.",
        "hidden": "Layer {layer}: a{layer}[{unit}] = {sum} = {a}, and the sigmoid makes it z{layer}[{unit}] = {z}.",
        "output": "Layer 3, the output: y[{unit}] = {sum} = {a}. There's no sigmoid here, so y = a3.",
    },
)
