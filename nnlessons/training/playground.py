"""The playground: a network learns points of two classes in the plane, in the learner's settings."""

import functools

import numpy as np

from nnlessons.live import Check, Choice, Demo, LogSlider, Slider
from nnlessons.training.playground_figure import CELLS, PLANE, playground_figure
from nnlib.activations import softmax
from nnlib.datasets import blobs, circles, moons, spirals, xor
from nnlib.descent import SGD
from nnlib.losses import softmax_cross_entropy
from nnlib.networks import TwoLayerNet

__all__ = ["DATA", "network_with", "playground"]
__dir__ = __all__.copy  # what Tab shows after `playground.`

DATA = {"spirals": spirals, "circles": circles, "XOR": xor, "moons": moons, "blobs": blobs}
UNSEEN = 400  # points for the test
PACES = {"one update": "update", "one epoch": "epoch", "ten epochs": "ten"}
MOST = 1e6  # a weight beyond this won't come back
KEPT = 400  # points of the curves; with more, the one in the densest place is left out


@functools.lru_cache(maxsize=8)
def points(data, n, noise, seed):
    """Training and test points: (x, t), (x_test, t_test)."""
    return DATA[data](n, noise=noise, seed=seed), DATA[data](UNSEEN, noise=noise, seed=seed + 1000)


def network_with(params, hidden, activation):
    """A TwoLayerNet with copies of these parameters."""
    network = TwoLayerNet(2, hidden, 2, activation, seed=0)
    for own, param in zip(network.params, params, strict=True):
        own[...] = param
    return network


def begin(data, n, noise, seed, hidden, activation, scale):
    """The state of a training run before its first update."""
    network = TwoLayerNet(2, hidden, 2, activation, weight_scale=scale, seed=seed)
    state = {
        "points": points(data, n, noise, seed),
        "activation": activation,
        "params": [param.copy() for param in network.params],
        "seed": seed,
        "updates": 0,
        "epoch": 0,  # whole ones so far
        "waiting": np.array([], int),  # the samples of this epoch that haven't been used yet
        "diverged": False,
    }
    return {**state, **with_measurements(network, state["points"], {}, 0.0)}


def advance(state, rate, batch_size, pace):
    """The state after one update, one epoch, or ten; None if the run has diverged."""
    if state["diverged"]:
        return None
    (x, t), _ = state["points"]
    network = network_with(state["params"], state["params"][0].shape[1], state["activation"])
    optimiser = SGD(rate)
    updates, epoch, waiting = state["updates"], state["epoch"], state["waiting"]
    done = 0
    while done < (10 if pace == "ten" else 1):
        if len(waiting) == 0:
            waiting = np.random.default_rng((state["seed"], epoch)).permutation(len(x))
        rows, waiting = waiting[:batch_size], waiting[batch_size:]
        optimiser.update(network.params, network.gradient(x[rows], t[rows]))
        updates += 1
        epoch += len(waiting) == 0
        done += pace == "update" or len(waiting) == 0
    params = [param.copy() for param in network.params]
    diverged = not all(np.abs(param).max() < MOST for param in params)
    now = epoch + (1 - len(waiting) / len(x) if len(waiting) else 0)
    state = {**state, "params": params, "updates": updates, "epoch": epoch, "waiting": waiting, "diverged": diverged}
    return {**state, **with_measurements(network, state["points"], state["curves"], now)}


def with_measurements(network, both, curves, now):
    """Loss and accuracy on train and test at the time `now`, in epochs: {"curves": with them added, "now": them alone}."""
    here = {"time": now}
    for prefix, (x, t) in zip(("", "test "), both, strict=True):
        scores = network.predict(x)
        here[f"{prefix}loss"] = float(softmax_cross_entropy(scores, t))
        here[f"{prefix}accuracy"] = float(np.mean(scores.argmax(axis=1) == t))
    curves = {name: np.append(curves.get(name, []), value) for name, value in here.items()}
    if len(curves["time"]) > KEPT:
        least = np.argmin(curves["time"][2:] - curves["time"][:-2]) + 1  # in the densest place
        curves = {name: np.delete(values, least) for name, values in curves.items()}
    return {"curves": curves, "now": here}


def show_training(state, lines):
    """The network's answers over the plane, the lines of its hidden units, and the curves so far."""
    now, curves = state["now"], state["curves"]
    W1, b1, W2, _ = state["params"]
    network = network_with(state["params"], len(b1), state["activation"])
    share = np.nan_to_num(softmax(network.predict(PLANE))[:, 1], nan=0.5)
    last = next(end for end in ENDS if end >= now["time"])
    places = curves["time"] / last
    (x, _), _ = state["points"]
    dead = int(np.all(x @ W1 + b1 <= 0, axis=0).sum()) if state["activation"] == "relu" else 0
    line = "diverged" if state["diverged"] else "dead" if dead else "learning"
    percent = {f"{name} %": 100 * now[name] for name in ("accuracy", "test accuracy")}
    return {
        "plane": {"shares": share.reshape(CELLS, CELLS)},
        "lines": {
            "weights": W1,
            "biases": b1 if lines else np.full_like(b1, np.nan),
            "counts": np.abs(W2[:, 1] - W2[:, 0]),
        },
        **{name: {"data": (places, np.nan_to_num(curves[name], nan=1e9))} for name in CURVES},
        "last": {"texts": [f"{last / 2:g}", f"{last:g}"]},
        "readout": {"line": line, "updates": state["updates"], "dead": dead, "units": len(b1), **now, **percent},
    }


CURVES = ("loss", "test loss", "accuracy", "test accuracy")
ENDS = [digit * 10**power for power in range(1, 9) for digit in (1, 2, 5)]  # epochs
PROGRESS = "Epoch {time:.4g}, update {updates}. Loss: train {loss:.3f}, test {test loss:.3f}. "
PROGRESS += "Accuracy: train {accuracy %:.1f} %, test {test accuracy %:.1f} %."
SPIRALS = {
    **{"data": "spirals", "n": 400, "noise": 0.02, "seed": 0, "hidden": 30, "activation": "tanh", "scale": 4.0},
    **{"rate": 10**-0.5, "batch_size": 10, "pace": "epoch"},
}
playground = Demo(
    title="The playground",
    controls={
        "data": Choice({name: name for name in DATA}, label="data"),
        "activation": Choice(
            {"tanh": "tanh", "sigmoid": "sigmoid", "ReLU": "relu", "identity": "identity"}, label="hidden"
        ),
        "n": Slider(20, 400, value=400, step=20, label="points"),
        "noise": Slider(0.0, 0.4, value=0.02, step=0.02),
        "hidden": Slider(1, 40, value=30, step=1, label="hidden units"),
        "scale": Slider(0.0, 8.0, value=4.0, step=0.5, label="first weights"),
        "seed": Slider(0, 20, value=0, step=1),
        "rate": LogSlider(0.001, 10, value=10**-0.5, label="η"),
        "batch_size": Choice({"1": 1, "10": 10, "50": 50, "all": 400}, value=10, label="batch"),
        "pace": Choice(PACES, value="epoch", label="a step is"),
        "lines": Check(value=True, label="the units' lines"),
    },
    groups={
        "Points": ("data", "n", "noise"),
        "Network": ("activation", "hidden", "scale"),
        "Training": ("rate", "batch_size"),
        "More": ("seed", "pace", "lines"),
    },
    figure=lambda data, n, noise, seed: playground_figure(*points(data, n, noise, seed)[0]),
    start=begin,
    advance=advance,
    update=show_training,
    readout={
        "learning": PROGRESS,
        "dead": PROGRESS + " Dead, 0 at every point: {dead} of {units} units.",
        "diverged": PROGRESS + " The weights have grown beyond all bounds: this run has diverged. Take a smaller η.",
    },
    presets={
        "spirals": SPIRALS,
        "too few units": {**SPIRALS, "data": "circles", "hidden": 2, "noise": 0.06, "scale": 1.0},
        "η too large": {**SPIRALS, "data": "moons", "noise": 0.1, "rate": 10.0, "scale": 1.0},
        "dead ReLUs": {
            **SPIRALS,
            "data": "circles",
            "noise": 0.06,
            "activation": "relu",
            "scale": 1.0,
            "rate": 10**0.5,
            "hidden": 10,
        },
        "symmetric start": {
            **SPIRALS,
            "data": "moons",
            "noise": 0.06,
            "activation": "sigmoid",
            "scale": 0.0,
            "hidden": 10,
            "rate": 1.0,
        },
        "overfitting": {
            **SPIRALS,
            **{"data": "moons", "n": 20, "noise": 0.3, "hidden": 40, "scale": 1.0, "seed": 3},
            **{"rate": 1.0, "batch_size": 400, "pace": "ten"},
        },
    },
)
