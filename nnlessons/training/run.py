"""A training run as a sequence of states, for networks of any depth on points of the plane.

    state = begin(points, build, seed)          points: (x, t), (x_test, t_test); build() makes the network before any update
    state = advance(state, rate, batch_size)    the next one, or None once the run has diverged

A state is a dict and is never changed in place:

points, build    as given
params           the network's parameters by now
updates, epoch   how many so far; only whole epochs count
waiting          the samples of this epoch that haven't been used yet
rng              decides the order of the samples, as in nnlib.train(..., rng=seed)
stretches        ((learning rate, batch size, whole epochs), ...) so far, one for each setting
mixed            whether one of them began in the middle of an epoch
diverged         whether the weights have grown beyond all bounds
now              {"time": in epochs, "loss", "accuracy", "test loss", "test accuracy"}
curves           the same numbers from the start on, each an array
"""

import copy
import functools

import numpy as np

from nnlib.descent import SGD
from nnlib.layers import ACTIVATION_LAYERS, Affine, SoftmaxWithLoss
from nnlib.losses import softmax_cross_entropy
from nnlib.networks import Network, TwoLayerNet

__all__ = [
    "PACES",
    "advance",
    "begin",
    "hidden_layers",
    "in_float32",
    "network_of",
    "network_with",
    "recipe",
    "with_measurements",
]
__dir__ = __all__.copy  # what Tab shows after `run.`

PACES = {"one update": "update", "one epoch": "epoch", "ten epochs": "ten"}
MOST = 1e6  # a weight beyond this won't come back
KEPT = 400  # points of the curves; with more, the one in the densest place is left out


def recipe(layers, hidden, activation, scale, seed):
    """A function that builds a network with one or two hidden layers of `hidden` units, for two inputs and two classes."""
    if layers == 1:
        return functools.partial(TwoLayerNet, 2, hidden, 2, activation, weight_scale=scale, seed=seed)
    return functools.partial(three_layers, hidden, activation, scale, seed)


def three_layers(hidden, activation, scale, seed):
    """Two hidden layers, with initial weights as in TwoLayerNet: normally distributed, and the biases are 0."""
    rng, activate = np.random.default_rng(seed), ACTIVATION_LAYERS[activation]
    sizes = [(2, hidden), (hidden, hidden), (hidden, 2)]
    a, b, c = [Affine(scale * rng.normal(size=size), np.zeros(size[1])) for size in sizes]
    return Network([a, activate(), b, activate(), c], SoftmaxWithLoss())


def network_with(build, params):
    """A network with copies of these parameters."""
    network = build()
    for own, param in zip(network.params, params, strict=True):
        own[...] = param
    return network


def network_of(state):
    """The network of this state."""
    return network_with(state["build"], state["params"])


@np.errstate(over="ignore")
def in_float32(network):
    """The same network with half the digits, ten times as fast: for pictures."""
    layers = [
        Affine(*(np.float32(p) for p in each.params)) if type(each) is Affine else each for each in network.layers
    ]
    return Network(layers)


def hidden_layers(network, x):
    """What each hidden layer outputs for x (N, 2): a list of arrays (N, H)."""
    outputs = []
    for layer in network.layers:
        x = layer.forward(x)
        outputs.append(x)
    return outputs[1:-1:2]  # after each activation


def begin(points, build, seed):
    """The state of a training run before its first update."""
    network = build()
    state = {
        "points": points,
        "build": build,
        "params": [param.copy() for param in network.params],
        "updates": 0,
        "epoch": 0,
        "waiting": np.array([], int),
        "rng": np.random.default_rng(seed),
        "stretches": (),
        "mixed": False,
        "diverged": False,
    }
    return {**state, **with_measurements(network, points, {}, 0.0)}


def advance(state, rate, batch_size, pace):
    """The state after one update, one epoch, or ten, as `pace` says; None if the run has diverged."""
    if state["diverged"]:
        return None
    (x, t), _ = state["points"]
    network, rng, optimizer = network_of(state), copy.deepcopy(state["rng"]), SGD(rate)
    updates, epoch, waiting = state["updates"], state["epoch"], state["waiting"]
    done = 0
    while done < (10 if pace == "ten" else 1):
        if len(waiting) == 0:
            waiting = rng.permutation(len(x))
        rows, waiting = waiting[:batch_size], waiting[batch_size:]
        optimizer.update(network.params, network.gradient(x[rows], t[rows]))
        updates += 1
        epoch += len(waiting) == 0
        done += pace == "update" or len(waiting) == 0
    params = [param.copy() for param in network.params]
    diverged = not all(np.abs(param).max() < MOST for param in params)
    now = epoch + (1 - len(waiting) / len(x) if len(waiting) else 0)
    counts = {"updates": updates, "epoch": epoch, "waiting": waiting, "rng": rng}
    stretches, mixed = continued(state, rate, batch_size, epoch - state["epoch"])
    counts |= {"stretches": stretches, "mixed": mixed}
    measured = with_measurements(network, state["points"], state["curves"], now)
    return {**state, "params": params, "diverged": diverged, **counts, **measured}


def continued(state, rate, batch_size, epochs):
    """(stretches, mixed) after so many more epochs with this learning rate and batch size."""
    *before, (*settings, so_far) = state["stretches"] or [(rate, batch_size, 0)]
    if settings == [rate, batch_size]:
        return (*before, (rate, batch_size, so_far + epochs)), state["mixed"]
    if so_far:
        before.append((*settings, so_far))
    return (*before, (rate, batch_size, epochs)), state["mixed"] or len(state["waiting"]) > 0


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
