"""A training run of the playground as code that gives the same numbers."""

import re

from nnlib.layers import ACTIVATION_LAYERS

__all__ = ["code_of"]
__dir__ = __all__.copy  # what Tab shows after `as_code.`

OWN = {"formula": "above", "painted": "painted", "lopsided": "scanned"}  # functions in points.py
NUMPY = "import numpy as np"
ONE_NAMES, TWO_NAMES = ("TwoLayerNet", "train"), ("Affine", "Network", "{layer}", "train")
IMPORTS = "from nnlib import {names}"
OWN_IMPORTS = "from nnlessons.training.points import {maker}"
CELLS = "cells = {cells}"
POINTS = """x, t = {maker}({what}{n}, noise={noise:g}, seed={seed})
x_test, t_test = {maker}({what}400, noise={noise:g}, seed={test_seed})"""
SCANNED = "(x, t), (x_test, t_test) = scanned({n}, seed={seed})"
ONE = 'net = TwoLayerNet(2, {hidden}, 2, activation="{activation}", weight_scale={scale:g}, seed={seed})'
TWO = """rng = np.random.default_rng({seed})
a = Affine({scale:g} * rng.normal(size=(2, {hidden})), np.zeros({hidden}))
b = Affine({scale:g} * rng.normal(size=({hidden}, {hidden})), np.zeros({hidden}))
c = Affine({scale:g} * rng.normal(size=({hidden}, 2)), np.zeros(2))
net = Network([a, {layer}(), b, {layer}(), c])"""
ORDER = "rng = np.random.default_rng({seed})"
TRAIN = "train(net, x, t, learning_rate={rate:g}, epochs={epochs}, batch_size={size}, rng={rng})"
LOSSES = "net.loss(x, t), net.loss(x_test, t_test)"
MIXED = (
    "# You changed η or the batch size in the middle of an epoch. train can't do that, so its numbers differ a little."
)


def code_of(controls, stretches, mixed):
    """The code as text, one statement a line.

    controls   {name: value} of the playground's controls
    stretches  ((learning rate, batch size, epochs), ...), one after the other
    mixed      whether one of them began in the middle of an epoch
    """
    seed, data, one_layer = controls["seed"], controls["data"], controls["layers"] == 1
    words = {**controls, "test_seed": seed + 1000, "layer": ACTIVATION_LAYERS[controls["activation"]].__name__}
    maker, points = points_of(data, words)
    names = [name.format(**words) for name in (ONE_NAMES if one_layer else TWO_NAMES)]
    several = len(stretches) > 1
    runs = [TRAIN.format(rate=r, size=n, epochs=k, rng="rng" if several else seed) for r, n, k in stretches]
    lines = [
        *([] if one_layer and not several else [NUMPY]),
        IMPORTS.format(names=", ".join(names if data in OWN else sorted([*names, maker], key=str.lower))),
        *([OWN_IMPORTS.format(maker=maker)] if data in OWN else []),
        points,
        (ONE if one_layer else TWO).format(**words),
        *([ORDER.format(seed=seed)] if several else []),
        *runs,
        LOSSES,
        *([MIXED] if mixed else []),
    ]
    return "\n".join(lines)


def points_of(data, words):
    """(the function that makes the points, the lines that call it)."""
    maker = OWN.get(data, data.lower())
    if data == "lopsided":
        return maker, SCANNED.format(**words)
    what = {"formula": '"{formula}", ', "painted": "cells, "}.get(data, "").format(formula=safe(words["formula"]))
    points = POINTS.format(maker=maker, what=what, **words)
    if data == "painted":
        rows = ", ".join(f"[{', '.join(f'{level:g}' for level in row)}]" for row in words["cells"])
        points = f"{CELLS.format(cells=f'[{rows}]')}\n{points}"
    return maker, points


def safe(formula):
    """A formula with a blank after each minus: a readout would show a minus sign that Python doesn't know."""
    return re.sub(r"-(?=[\d.])", "- ", formula.strip())
