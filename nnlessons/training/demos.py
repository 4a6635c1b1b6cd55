"""The demos of lesson 8: training a two-layer network. The demos for the reader's own network have modules of their own."""

import numpy as np

from nnlessons.drawing.array_walk import Plan, row_of
from nnlessons.live import Demo, LogSlider, Slider
from nnlessons.training.curves import learning_curves
from nnlessons.training.drawn_digit import draw_a_digit
from nnlessons.training.ink_on_weights import ink_on_weights
from nnlessons.training.lopsided import lopsided
from nnlessons.training.mystery import mystery_runs
from nnlessons.training.playground import playground
from nnlessons.training.run import network_with, recipe
from nnlessons.training.shift import shift
from nnlessons.training.sliding_window import sliding_window
from nnlessons.training.sweep import sweep
from nnlessons.training.unit_weights import weights_as_pictures
from nnlessons.training.wrong_ones import wrong_ones
from nnlib.layers import SoftmaxWithLoss
from nnlib.networks import TwoLayerNet

__all__ = ["draw_a_digit", "ink_on_weights", "inside_one_update", "learning_curves", "lopsided", "mystery_runs"]
__all__ += ["playground", "shift", "sliding_window", "sweep", "weights_as_pictures", "wrong_ones"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- inside one update ------------------------------------------------------------------------------------------------

CORNERS, XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])
SMALL = Plan(
    (("x", "W1", "b1"), ("a1",), ("z1", "W2", "b2"), ("scores", "t"), ("L",)),
    (
        ("affine", ("x", "W1", "b1"), ("a1",)),
        ("tanh", ("a1",), ("z1",)),
        ("affine", ("z1", "W2", "b2"), ("scores",)),
        ("loss", ("scores", "t"), ("L",)),
    ),
    vectors=("b1", "b2"),
)
SMALL_NET = recipe(layers=1, hidden=2, activation="tanh", scale=1.0, seed=0)
LEARNING = ("W1", "b1", "W2", "b2")


def begin_update(seed):
    """The state before the first step: small parameters with two digits, and a mini-batch."""
    network = TwoLayerNet(2, 2, 2, "tanh", weight_scale=1.0, seed=seed)
    return pick(
        {"params": [param.round(2) for param in network.params], "seed": seed, "update": 1, "step": 0, "loss": None}
    )


def pick(state):
    """The state with the mini-batch of its update, two of the four corners."""
    rows = np.random.default_rng((state["seed"], state["update"])).choice(4, size=2, replace=False)
    return {**state, "rows": np.sort(rows)}


def next_step(state, rate):
    """The state one step on: forward layer by layer, backward layer by layer, the update, and then the next mini-batch."""
    step = state["step"] + 1
    if step <= SMALL.last:
        return {**state, "step": step}
    if step == SMALL.last + 1:
        arrays = all_arrays(**state)
        params = [
            param - rate * arrays[name][1].reshape(param.shape)
            for name, param in zip(LEARNING, state["params"], strict=True)
        ]
        return {**state, "params": params, "step": step, "loss": arrays["L"][0][0, 0]}
    return pick({**state, "update": state["update"] + 1, "step": 0})


def all_arrays(params, rows, **_):
    """{name: (value, gradient)} of the small network for a mini-batch."""
    network = network_with(SMALL_NET, params)
    loss, values = SoftmaxWithLoss(), [CORNERS[rows]]
    for layer in network.layers:
        values.append(layer.forward(values[-1]))
    L = loss.forward(values[-1], XOR[rows])
    gradients = [loss.backward()]
    for layer in reversed(network.layers):
        gradients.append(layer.backward(gradients[-1]))
    arrays = dict(zip(("x", "a1", "z1", "scores"), zip(values, reversed(gradients), strict=True), strict=True))
    for name, param, grad in zip(LEARNING, network.params, network.grads, strict=True):
        arrays[name] = np.atleast_2d(param), np.atleast_2d(grad)
    return {**arrays, "t": (np.eye(2)[XOR[rows]], None), "L": (np.array([[L]]), np.ones((1, 1)))}


def show_step(state, rate):
    """The network's graph after this step, with the first row of the array that was computed."""
    arrays, step = all_arrays(**state), state["step"]
    first = {name: row_of(value[:1]) for name, (value, _) in arrays.items()}
    first |= {f"d{name}": row_of(gradient[:1]) for name, (_, gradient) in arrays.items() if gradient is not None}
    numbers = {
        **first,
        "update": state["update"],
        "rate": rate,
        "loss": arrays["L"][0][0, 0],
        "before": state["loss"] or 0,
    }
    predictions = network_with(SMALL_NET, state["params"]).predict(CORNERS).argmax(axis=1)
    numbers["right"] = np.sum(predictions == XOR)
    chosen = ()
    line = "begin"
    if step > SMALL.last:
        line, step = "update", 0
        chosen = [(name, *place) for name in LEARNING for place in np.ndindex(arrays[name][0].shape)]
    elif step:
        (_, _, outputs), backward = SMALL.turn(step)
        line = f"{'backward' if backward else 'forward'} {outputs[0]}"
    return {**SMALL.shown(arrays, step, chosen), "readout": {"line": line, **numbers}}


FORWARD, BACKWARD = "Update {update}, forward: ", "Update {update}, backward: "
inside_one_update = Demo(
    title="Inside one update",
    controls={"rate": LogSlider(0.01, 10, value=1.0, label="η"), "seed": Slider(0, 20, value=17, step=1)},
    figure=lambda: SMALL.draw(all_arrays(**begin_update(0)), (8.4, 3.7)),
    start=begin_update,
    advance=next_step,
    update=show_step,
    readout={
        "begin": "Update {update}: a mini-batch of two is picked from the four corners of XOR. Step on.\n"
        "{right} of the 4 corners are right.",
        "forward a1": FORWARD + "a1 = x @ W1 + b1. Its first row is {a1}.",
        "forward z1": FORWARD + "z1 = tanh(a1). Its first row is {z1}.",
        "forward scores": FORWARD + "scores = z1 @ W2 + b2. The first row is {scores}.",
        "forward L": FORWARD + "softmax and cross entropy make the loss, L = {loss:.4f}.",
        "backward L": BACKWARD + "dscores = (y − t) / N. Its first row is {dscores}.",
        "backward scores": BACKWARD + "dz1 = dscores @ W2.T, and dW2 and db2. The first row of dW2 is {dW2}.",
        "backward z1": BACKWARD + "da1 = dz1 times the slope of tanh. Its first row is {da1}.",
        "backward a1": BACKWARD + "dW1 and db1. The first row of dW1 is {dW1}.",
        "update": "Update {update}: each parameter has taken its step against its gradient, with η = {rate:.3g}. "
        "The loss of this mini-batch was {before:.4f} and is now {loss:.4f}.\n{right} of the 4 corners are right.",
    },
)
