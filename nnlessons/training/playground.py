"""The playground: a network learns points of two classes in the plane, in the learner's settings."""

import functools
import math

import numpy as np

from nnlessons.drawing.style import BLUE, FAINT, ORANGE
from nnlessons.live import Check, Choice, Demo, Grid, Slider, Text
from nnlessons.training.as_code import code_of
from nnlessons.training.playground_figure import playground_figure
from nnlessons.training.points import CLASSES, EMPTY, above, cell_at, painted, scanned
from nnlessons.training.run import PACES, advance, begin, recipe
from nnlessons.training.run_picture import picture_of
from nnlib.datasets import blobs, circles, moons, spirals, xor

__all__ = ["RATES", "both_sets", "numbers_of", "playground", "what_is_notable"]
__dir__ = __all__.copy  # what Tab shows after `playground.`

MADE = {"spirals": spirals, "circles": circles, "XOR": xor, "moons": moons, "blobs": blobs}
OWN = {"formula": above, "painted": painted}
DATA = {**{name: name for name in MADE}, "digits": "lopsided", "formula": "formula", "own": "painted"}
UNSEEN = 400  # points for the test
RATES = {f"{rate:g}": rate for rate in (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)}
FRAMES = {CLASSES[1]: BLUE, CLASSES[0]: ORANGE, EMPTY: FAINT}  # around the plane, for each brush
FIRST = 100  # epochs in the code, before any were run
GUESS = math.log(2)  # the loss of an answer of one half
SURE = 1.0  # an initial loss from which on the network is too sure of itself


@functools.lru_cache(maxsize=8)
def both_sets(data, n, noise, seed, formula, cells):
    """Training and test points: (x, t), (x_test, t_test)."""
    if data == "lopsided":
        return scanned(n, seed)
    make = MADE.get(data) or functools.partial(OWN[data], formula if data == "formula" else cells)
    return make(n, noise=noise, seed=seed), make(UNSEEN, noise=noise, seed=seed + 1000)


def start(data, n, noise, seed, formula, cells, layers, hidden, activation, scale):
    """The state of a training run before its first update; "setup" is what it was made from."""
    setup = {"data": data, "n": n, "noise": noise, "seed": seed, "formula": formula, "cells": cells}
    setup |= {"layers": layers, "hidden": hidden, "activation": activation, "scale": scale}
    points = both_sets(data, n, noise, seed, formula, cells)
    return {**begin(points, recipe(layers, hidden, activation, scale, seed), seed), "setup": setup}


def paint_cell(x, y, data, cells, brush):
    """What a press on the plane does: it fills a cell with the brush, if the points are painted."""
    place = cell_at(x, y, len(cells))
    if data != "painted" or place is None:
        return {}
    rows = [list(row) for row in cells]
    rows[place[0]][place[1]] = brush
    return {"cells": tuple(map(tuple, rows))}


# -- in words ---------------------------------------------------------------------------------------------------------


def numbers_of(state):
    """The numbers for the readout of a training run."""
    now, curves = state["now"], state["curves"]
    best = curves["test loss"].argmin()
    percent = {f"{of}percent": 100 * now[f"{of}accuracy"] for of in ("", "test ")}
    past = {"beginning": curves["loss"][0], "best": curves["time"][best], "least": curves["test loss"][best]}
    return {**now, **percent, **past, "units": len(state["params"][1]), "dead": dead_units(state)}


def dead_units(state):
    """How many units of the first hidden layer output 0 at every training point, as only ReLUs do."""
    (x, _), _ = state["points"]
    layer, activate, *_ = state["build"]().layers
    W, b, *_ = state["params"]
    return int(np.all(x @ W + b <= 0, axis=0).sum()) if activate.name == "relu" else 0


def what_is_notable(state, numbers):
    """The name of the sentence that says what matters about this state of a training run."""
    W, *_ = state["params"]
    (_, t), _ = state["points"]
    if len(set(t)) == 1:
        return "one class"
    if state["diverged"]:
        return "diverged"
    if state["updates"] == 0:
        return "confident" if numbers["loss"] > SURE else "all zero" if not W.any() else "learning"
    if W.shape[1] > 1 and np.ptp(W, axis=1).max() < 1e-9:
        return "alike"
    if numbers["dead"]:
        return "dead"
    if numbers["loss"] > 2 * max(numbers["beginning"], GUESS):
        return "overshoots"
    memorizes = numbers["loss"] < numbers["test loss"] / 3 and numbers["test loss"] > 1.25 * numbers["least"]
    return "overfits" if memorizes else "learning"


def show(state, lines, data, brush, code, rate, batch_size):
    """The picture, with a frame in the color that a press would paint, and the readout, with the code if that's asked for."""
    numbers = numbers_of(state)
    frame = {"visible": data == "painted", "edgecolor": FRAMES[brush]}
    stretches = state["stretches"] if state["epoch"] else ((rate, batch_size, FIRST),)
    numbers["code"] = "\n\n" + code_of(state["setup"], stretches, state["mixed"]) if code else ""
    return {**picture_of(state, lines), "frame": frame, "readout": {"line": what_is_notable(state, numbers), **numbers}}


PROGRESS = "Epoch {time:.4g}. Loss {loss:.2f} (unseen {test loss:.2f}), accuracy {percent:.0f}% "
PROGRESS += "(unseen {test percent:.0f}%)."
SENTENCES = {
    "learning": "",
    "one class": " All points are in the same class, so there's nothing to learn yet.",
    "confident": " Pure guessing would cost only log 2 = 0.69. These initial weights are so large that the network starts out "
    "very sure of itself, and it's often wrong.",
    "all zero": " With all weights at 0 the network says one half everywhere, and that costs log 2 = 0.69.",
    "alike": " All {units} units compute the same thing, because they started with the same weights.",
    "dead": " Dead units, which output 0 at every training point and so can't learn anymore: {dead} of {units}.",
    "overshoots": " The loss is larger than at the start, {beginning:.2f}: each step overshoots. Try a smaller η.",
    "overfits": " The loss on unseen points was smallest, {least:.2f}, at epoch {best:.4g}. Since then the network has been "
    "memorizing its training points.",
    "diverged": " The weights have grown beyond all bounds, so this run has diverged. Try a smaller η.",
}
READOUT = {name: PROGRESS + sentence + "{code}" for name, sentence in SENTENCES.items()}

# -- the demo ---------------------------------------------------------------------------------------------------------

CELLS = ("........", "..1111..", ".1....1.", ".1.00.1.", ".1.00.1.", ".1....1.", "..1111..", "........")
LEVELS = {".": EMPTY, "0": CLASSES[0], "1": CLASSES[1]}
SPIRALS = {
    **{"data": "spirals", "n": 400, "noise": 0.02, "seed": 0},
    **{"layers": 1, "hidden": 40, "activation": "tanh", "scale": 5.0},
    **{"rate": 0.3, "batch_size": 10, "pace": "epoch"},
}
CIRCLES = {**SPIRALS, "data": "circles", "noise": 0.06, "scale": 1.0}
MOONS = {**SPIRALS, "data": "moons", "noise": 0.06, "scale": 1.0}
playground = Demo(
    title="The playground",
    controls={
        "data": Choice(DATA, label="data"),
        "formula": Text(
            "x0**2 - 0.3",
            examples=("tanh(4*x0)/2", "relu(x0) + relu(-x0) - 0.5"),
            width="250px",
            label="class 1 above  x₁ =",
            enabled=lambda data: data == "formula",
        ),
        "brush": Choice(
            {"blue": CLASSES[1], "orange": CLASSES[0], "erase": EMPTY},
            label="paint",
            enabled=lambda data: data == "painted",
        ),
        "layers": Choice({"1": 1, "2": 2}, label="hidden layers"),
        "hidden": Slider(1, 40, value=40, step=1, label="units"),
        "activation": Choice(
            {"tanh": "tanh", "sigmoid": "sigmoid", "ReLU": "relu", "identity": "identity"}, label="activation"
        ),
        "scale": Slider(0.0, 8.0, value=5.0, step=0.5, label="initial weights"),
        "rate": Choice(RATES, value=0.3, label="η"),
        "batch_size": Choice({"1": 1, "10": 10, "50": 50, "all": 400}, value=10, label="batch"),
        "n": Slider(20, 400, value=400, step=20, label="points"),
        "noise": Slider(0.0, 0.4, value=0.02, step=0.02, enabled=lambda data: data != "lopsided"),
        "cells": Grid(
            rows=len(CELLS),
            columns=len(CELLS),
            value=tuple(tuple(LEVELS[sign] for sign in row) for row in CELLS),
            levels=3,
            looks=(("white", "white", ""), (ORANGE, "white", "\N{BLACK SQUARE}"), (BLUE, "white", "\N{BLACK CIRCLE}")),
            size=28,
            enabled=lambda data: data == "painted",
        ),
        "seed": Slider(0, 20, value=0, step=1),
        "pace": Choice(PACES, value="epoch", label="a step is"),
        "lines": Check(value=True, label="the units' lines"),
        "code": Check(value=False, label="show as code"),
    },
    groups={
        "Points": ("data", "formula"),
        "Network and training": ("layers", "hidden", "activation", "scale", "rate", "batch_size"),
        "More": ("brush", "cells", "n", "noise", "seed", "pace", "lines", "code"),
    },
    figure=playground_figure,
    start=start,
    advance=advance,
    update=show,
    readout=READOUT,
    pointer={"axes": paint_cell},
    presets={
        "spirals": SPIRALS,
        "too few units": {**CIRCLES, "hidden": 2},
        "η too large": {**MOONS, "noise": 0.1, "rate": 10.0},
        "dead ReLUs": {**CIRCLES, "activation": "relu", "rate": 3.0, "hidden": 10, "seed": 3},
        "symmetric start": {**MOONS, "activation": "sigmoid", "scale": 0.0, "hidden": 10, "rate": 1.0},
        "overfitting": {
            **MOONS,
            **{"n": 20, "noise": 0.3, "hidden": 40, "seed": 3, "rate": 1.0, "batch_size": 400, "pace": "ten"},
        },
    },
)
