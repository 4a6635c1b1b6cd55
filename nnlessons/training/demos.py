"""The demos of lesson 8: training a two-layer network. The demos for the reader's own network have modules of their own."""

import functools

import numpy as np

from nnlessons.drawing.array_walk import Plan, row_of
from nnlessons.gradient_descent.sweep_figure import sweep_of_rates
from nnlessons.live import Check, Choice, Demo, LogSlider, Slider
from nnlessons.training.curves import learning_curves
from nnlessons.training.drawn_digit import draw_a_digit
from nnlessons.training.ink_on_weights import ink_on_weights
from nnlessons.training.playground_figure import CELLS, PLANE, playground_figure
from nnlessons.training.shift import shift
from nnlessons.training.sliding_window import sliding_window
from nnlessons.training.unit_weights import weights_as_pictures
from nnlessons.training.wrong_ones import wrong_ones
from nnlessons.wording import plural
from nnlib.activations import sigmoid, softmax
from nnlib.datasets import blobs, circles, moons, spirals, xor
from nnlib.descent import SGD
from nnlib.layers import SoftmaxWithLoss
from nnlib.losses import softmax_cross_entropy
from nnlib.networks import TwoLayerNet

__all__ = ["draw_a_digit", "ink_on_weights", "inside_one_update", "learning_curves", "playground", "shift"]
__all__ += ["sliding_window", "sweep", "weights_as_pictures", "wrong_ones"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- twenty steps, at many learning rates -----------------------------------------------------------------------------

RATES = np.logspace(-5, 1, 241)
STEPS = 20
HEIGHTS = (1e-4, 1e-2, 1.0, 1e2, 1e4)


def first_numbers(seed):
    """Samples, targets and initial weights, all normally distributed: x (3, 3), t (3, 1), W1 (3, 2), W2 (2, 1)."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=size) for size in ((3, 3), (3, 1), (3, 2), (2, 1))]


def after_steps(seed, steps, rates):
    """(loss at the start, loss after this many steps for each learning rate), with sigmoid, without biases; sum of squares."""
    x, t, W1, W2 = first_numbers(seed)
    before = np.sum((sigmoid(x @ W1) @ W2 - t) ** 2)
    eta = np.reshape(rates, (-1, 1, 1))
    with np.errstate(all="ignore"):  # a run that diverges ends in infinity
        for _ in range(steps):
            z = sigmoid(x @ W1)
            dy = 2 * (z @ W2 - t)
            dW1 = x.T @ (dy @ np.swapaxes(W2, -1, -2) * z * (1 - z))
            W1, W2 = W1 - eta * dW1, W2 - eta * (np.swapaxes(z, -1, -2) @ dy)
        after = np.sum((sigmoid(x @ W1) @ W2 - t) ** 2, axis=(-2, -1))
    return before, np.nan_to_num(after, nan=np.inf)


def sweep_rates(seed, steps, rate):
    """The loss after this many steps over all learning rates, and at one of them."""
    before, after = after_steps(seed, steps, np.append(RATES, rate))
    visible = np.clip(after, HEIGHTS[0], 10 * HEIGHTS[-1])
    change = 100 * (after[-1] / before - 1)
    return {
        "start": {"data": ([RATES[0], RATES[-1]], [before, before])},
        "reached": {"data": (RATES, visible[:-1])},
        "rate": {"xdata": [rate, rate]},
        "here": {"data": ([rate], visible[-1:])},
        "readout": {
            "line": "lost" if after[-1] > 1e6 else "more" if change > 0 else "less",
            **{
                "rate": rate,
                "steps": plural(steps, "step"),
                "before": before,
                "after": after[-1],
                "change": abs(change),
            },
        },
    }


AFTER = "η = {rate:.3g}: the loss was {before:.3f}, and after {steps} it is "
sweep = Demo(
    title="Twenty steps, at many learning rates",
    controls={
        "rate": LogSlider(0.00001, 10, value=0.0001, label="η"),
        "steps": Slider(1, 100, value=STEPS, step=1, label="steps"),
        "seed": Slider(0, 30, value=0, step=1, label="seed"),
    },
    figure=lambda: sweep_of_rates(RATES[0], RATES[-1], HEIGHTS, "$L$"),
    update=sweep_rates,
    readout={
        "less": AFTER + "{after:.4g}: {change:.2g} % less.",
        "more": AFTER + "{after:.4g}: {change:.3g} % more.",
        "lost": AFTER + "above a million, or beyond all numbers: it diverges.",
    },
)

# -- the playground ---------------------------------------------------------------------------------------------------

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
)
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
    network = network_with(params, 2, "tanh")
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
    predictions = network_with(state["params"], 2, "tanh").predict(CORNERS).argmax(axis=1)
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
        "Of all four {right} are right.",
        "forward a1": FORWARD + "a1 = x @ W1 + b1. Its first row is {a1}.",
        "forward z1": FORWARD + "z1 = tanh(a1). Its first row is {z1}.",
        "forward scores": FORWARD + "scores = z1 @ W2 + b2. The first row is {scores}.",
        "forward L": FORWARD + "softmax and cross entropy make the loss, L = {loss:.4f}.",
        "backward L": BACKWARD + "dscores = (y − t) / N. Its first row is {dscores}.",
        "backward scores": BACKWARD + "dz1 = dscores @ W2.T, and dW2 and db2. The first row of dW2 is {dW2}.",
        "backward z1": BACKWARD + "da1 = dz1 times the slope of tanh. Its first row is {da1}.",
        "backward a1": BACKWARD + "dW1 and db1. The first row of dW1 is {dW1}.",
        "update": "Update {update}: each parameter has taken its step against its gradient, with η = {rate:.3g}. "
        "The loss of this mini-batch was {before:.4f} and is now {loss:.4f}.\nOf all four corners {right} are right.",
    },
)
