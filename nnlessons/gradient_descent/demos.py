"""The demos of lesson 5: gradient descent on a curve, over contours, on the weights of a small net, and with mini-batches."""

import numpy as np

from nnlessons.gradient_descent.figures import (
    contours_with_path,
    curve_with_path,
    samples_and_plane,
    sweep_of_rates,
    through,
    weights_and_loss,
)
from nnlessons.gradient_descent.walking_neuron import walking_neuron
from nnlessons.live import Button, Choice, Demo, LogSlider, Slider, Stepper
from nnlessons.wording import fixed, plural
from nnlib.activations import softmax
from nnlib.losses import softmax_cross_entropy, softmax_cross_entropy_gradient

__all__ = ["batches", "on_a_curve", "over_contours", "small_net", "some_samples", "sweep", "walking_neuron"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

FAR = 1e6  # a path that gets this far has diverged, and is stopped before its numbers overflow
STEPS = 100
RATE = LogSlider(0.001, 10, value=0.1, label="η")

# -- on a curve -------------------------------------------------------------------------------------------------------

X = np.linspace(-4.5, 4.5, 361)
CURVES = {  # name -> (f, its derivative, limits of the picture)
    "bowl": (lambda x: x**2, lambda x: 2 * x, (-1.5, 20.5)),
    "two valleys": (lambda x: x**4 / 16 - x**2 / 2 + 0.3 * x + 2, lambda x: x**3 / 4 - x + 0.3, (-0.8, 8)),
    "plateau": (lambda x: 4 - 4 * np.exp(-(x**2) / 2), lambda x: 4 * x * np.exp(-(x**2) / 2), (-0.4, 4.4)),
}


def walk_on(state, curve, rate):
    """The path (x, ...) one step longer, or None at its end: after the last step, or far outside the picture."""
    _, derivative, _ = CURVES[curve]
    if len(state) > STEPS or abs(state[-1]) > FAR:
        return None
    return (*state, state[-1] - rate * derivative(state[-1]))


def draw_walk(state, curve, rate):
    """The path on a curve, the tangent at its end, and the next step."""
    f, derivative, _ = CURVES[curve]
    x = state[-1]
    slope = derivative(x)
    following = np.clip([x, x - rate * slope], -50, 50)
    seen = np.clip(state, -50, 50)
    near = np.clip(x, -50, 50) + np.array([-0.9, 0.9])
    numbers = {"k": len(state) - 1, "x": x, "f": f(x), "slope": slope, "move": -rate * slope, "rate": rate}
    return {
        "path": {"data": (seen, f(seen))},
        "here": {"data": (seen[-1:], f(seen[-1:]))},
        "next": {"data": (following, f(following))},
        "tangent": {"data": (near, f(np.clip(x, -50, 50)) + slope * (near - np.clip(x, -50, 50)))},
        "readout": {"line": state_of(x, slope), **numbers},
    }


def state_of(x, slope):
    """The key of the sentence that fits this place."""
    if abs(x) > FAR:
        return "gone"
    if abs(x) > X[-1]:
        return "outside"
    return "still" if abs(slope) < 1e-3 else "moving"


STEP = "Step {k}: x = {x:.4g}, f = {f:.4g}. "
on_a_curve = Demo(
    title="Downhill on a curve",
    controls={
        "curve": Choice({"bowl": "bowl", "two valleys": "two valleys", "plateau": "plateau"}, label="f"),
        "start": Slider(-4.0, 4.0, value=-3.0, label="start"),
        "rate": RATE,
    },
    figure=lambda curve: curve_with_path(X, CURVES[curve][0](X), CURVES[curve][2]),
    start=lambda start: (start,),
    advance=walk_on,
    update=draw_walk,
    readout={
        "moving": STEP + "The slope is {slope:.3g}, so the next move is −η · slope = {move:.3g}.",
        "still": STEP + "The slope is {slope:.1g}: hardly any move is left.",
        "outside": STEP + "It has left the picture: with η = {rate:.3g} each step goes further than the one before.",
        "gone": STEP + "It has diverged, and is stopped here: η = {rate:.3g} is too large.",
    },
)

# -- over contours ----------------------------------------------------------------------------------------------------

GRID = np.linspace(-5, 5, 101)
SURFACES = {  # name -> (f, its gradient), for arrays whose last axis has two numbers
    "bowl": (lambda x: x[..., 0] ** 2 + x[..., 1] ** 2, lambda x: 2 * x),
    "valley": (lambda x: x[..., 0] ** 2 / 20 + x[..., 1] ** 2, lambda x: x * [0.1, 2]),
    "saddle": (lambda x: (x[..., 0] ** 2 - x[..., 1] ** 2) / 4 + 7, lambda x: x * [0.5, -0.5]),
}
NAMES = {
    "bowl: x₀² + x₁²": "bowl",
    "valley: x₀² / 20 + x₁²": "valley",
    "saddle: (x₀² − x₁²) / 4 + 7": "saddle",
}


def contours_of(surface):
    """(figure, parts) for the path over a surface."""
    heights = SURFACES[surface][0](np.stack(np.meshgrid(GRID, GRID), axis=-1))
    return contours_with_path(GRID, heights, np.linspace(heights.min(), heights.max(), 14), STEPS)


def roll_on(state, surface, rate):
    """The path (k, 2) one step longer, or None at its end."""
    _, gradient = SURFACES[surface]
    if len(state) > STEPS or np.max(np.abs(state[-1])) > FAR:
        return None
    return np.concatenate([state, state[-1:] - rate * gradient(state[-1:])])


def draw_roll(state, surface, rate):
    """The path over the contours, the next step, and the heights so far."""
    f, gradient = SURFACES[surface]
    here, slopes = state[-1], gradient(state[-1])
    move = -rate * slopes
    heights = np.clip(f(state), 1e-9, 1e9)
    numbers = {"k": len(state) - 1, "f": f(here), "rate": rate}
    for name, pair in {"x": here, "g": slopes, "m": move}.items():
        numbers[name] = f"({pair[0]:.3g}, {pair[1]:.3g})"
    size = np.max(np.abs(here))
    line = (
        "gone"
        if size > FAR
        else "outside"
        if size > GRID[-1]
        else "still"
        if np.linalg.norm(slopes) < 1e-3
        else "moving"
    )
    return {
        "path": {"data": through(state)},
        "here": {"data": through(state[-1:])},
        "next": {"data": through([here, here + move])},
        "heights": {"data": (np.arange(len(state)), heights)},
        "now": {"data": ([len(state) - 1], heights[-1:])},
        "readout": {"line": line, **numbers},
    }


PLACE = "Step {k}: x = {x}, f = {f:.4g}. "
over_contours = Demo(
    title="Downhill over contours",
    controls={
        "surface": Choice(NAMES, label="f"),
        "x0": Slider(-4.5, 4.5, value=-3.0, label="start x₀"),
        "x1": Slider(-4.5, 4.5, value=4.0, label="start x₁"),
        "rate": RATE,
    },
    figure=contours_of,
    start=lambda x0, x1: np.array([[x0, x1]]),
    advance=roll_on,
    update=draw_roll,
    readout={
        "moving": PLACE + "The gradient is {g}, so the next move is −η · gradient = {m}.",
        "still": PLACE + "The gradient is {g}: hardly any move is left.",
        "outside": PLACE + "It has left the picture.",
        "gone": PLACE + "It has diverged, and is stopped here. With η = {rate:.3g} it will not come back.",
    },
    presets={
        "too small": {"surface": "bowl", "x0": -3.0, "x1": 4.0, "rate": 0.001},
        "right": {"surface": "bowl", "x0": -3.0, "x1": 4.0, "rate": 0.1},
        "too large": {"surface": "bowl", "x0": -3.0, "x1": 4.0, "rate": 10.0},
        "narrow valley": {"surface": "valley", "x0": -4.5, "x1": 2.0, "rate": 10**-0.1},
        "exactly on the ridge": {"surface": "saddle", "x0": -4.0, "x1": 0.0, "rate": 0.1},
    },
)

# -- a sweep of the learning rate -------------------------------------------------------------------------------------

RATES = np.logspace(-4, 1, 251)
BEGIN = np.array([-3.0, 4.0])


def reached(surface, rates, steps):
    """f after this many steps from (-3, 4), for each learning rate: at each step a coordinate changes by the same factor."""
    f, gradient = SURFACES[surface]
    factors = 1 - np.multiply.outer(rates, gradient(np.ones(2)))
    return f(BEGIN * factors**steps)


def sweep_rates(surface, steps, rate):
    """f after this many steps over all learning rates, and at one of them."""
    heights = np.clip(reached(surface, RATES, steps), 1e-12, 1e12)
    here = reached(surface, np.array([rate]), steps)[0]
    before = SURFACES[surface][0](BEGIN)
    return {
        "start": {"data": ([RATES[0], RATES[-1]], [before, before])},
        "reached": {"data": (RATES, heights)},
        "rate": {"xdata": [rate, rate]},
        "here": {"data": ([rate], np.clip([here], 1e-12, 1e12))},
        "readout": {
            "line": "worse" if here > before else "better",
            "steps": plural(steps, "step"),
            "take": "takes" if steps == 1 else "take",
            "rate": rate,
            "f": here,
            "before": before,
        },
    }


sweep = Demo(
    title="Many learning rates at once",
    controls={
        "surface": Choice({name: key for name, key in NAMES.items() if key != "saddle"}, label="f"),
        "steps": Slider(1, 50, value=10, step=1, label="steps"),
        "rate": LogSlider(0.0001, 10, value=0.1, steps=20, label="η"),
    },
    figure=lambda: sweep_of_rates(RATES[0], RATES[-1]),
    update=sweep_rates,
    readout={
        "better": "η = {rate:.4g}: {steps} from (-3, 4) {take} f from {before:.4g} down to {f:.3g}.",
        "worse": "η = {rate:.4g}: {steps} from (-3, 4) {take} f from {before:.4g} up to {f:.3g}. This is too large.",
    },
)

# -- the weights of a small net ---------------------------------------------------------------------------------------

SAMPLE = np.array([[0.6, 0.9]])
W_START = np.array([[0.5, -0.2, 0.1], [-0.3, 0.4, 0.8]])


def gradient_of_net(W, right):
    """dL/dW of one sample through x @ W, softmax and cross entropy:  x^T (y - t)."""
    return SAMPLE.T @ softmax_cross_entropy_gradient(SAMPLE @ W, [right])


def learn_once(state, right, rate):
    """(W, (loss, ...)) after one more step, or None after the last one."""
    weights, losses = state
    if len(losses) > STEPS:
        return None
    W = weights - rate * gradient_of_net(weights, right)
    return W, (*losses, softmax_cross_entropy(SAMPLE @ W, [right]))


def draw_weights(state, right, entry):
    """W, its gradient and y as tables, with one weight marked, and the losses so far."""
    W, losses = state
    dW, y = gradient_of_net(W, right), softmax(SAMPLE @ W)[0]
    i, j = divmod(entry, 3)
    fills = ["white"] * 6
    fills[entry] = "#F2BE9A"
    answers = ["#D5EDE4" if k == right else "white" for k in range(3)]
    numbers = {
        "k": len(losses) - 1,
        "L": losses[-1],
        "i": i,
        "j": j,
        "g": dW[i, j],
        "right": right,
        "y": y[right],
        "w": W[i, j],
    }
    return {
        "W": {"words": in_cells(W), "fills": fills},
        "dW": {"words": in_cells(dW), "fills": fills},
        "y": {"words": in_cells(y), "fills": answers},
        "losses": {"data": (np.arange(len(losses)), losses)},
        "now": {"data": ([len(losses) - 1], losses[-1:])},
        "readout": {"line": "flat" if abs(dW[i, j]) < 5e-5 else "lower" if dW[i, j] > 0 else "raise", **numbers},
    }


def in_cells(array):
    """The words for the cells of a table, row by row."""
    return [fixed(number) for number in array.ravel()]


NET = "Step {k}: the loss is {L:.4f}, class {right} is right and gets {y:.3f}. W[{i}, {j}] = {w:.3f} has the gradient {g:.4f}: "
small_net = Demo(
    title="Six weights of a small net",
    controls={
        "right": Choice({"0": 0, "1": 1, "2": 2}, value=0, label="right class"),
        "entry": Stepper(last=5, value=0, label="weight"),
        "rate": LogSlider(0.01, 10, value=1.0, label="η"),
    },
    figure=lambda: weights_and_loss((2, 3), STEPS, highest=2.0),
    start=lambda right: (W_START, (softmax_cross_entropy(SAMPLE @ W_START, [right]),)),
    advance=learn_once,
    update=draw_weights,
    readout={
        "raise": NET + "raising it lowers the loss.",
        "lower": NET + "lowering it lowers the loss.",
        "flat": NET + "moving it hardly changes the loss.",
    },
)

# -- mini-batches -----------------------------------------------------------------------------------------------------

N = 100
PLANE = np.linspace(-2, 4, 61)
PHASES = ("pick", "slope", "step")  # over and over


def some_samples():
    """100 samples around the line t = 1.5 x + 0.5, the same each time: x (100,), t (100,)."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, size=N)
    return x, 1.5 * x + 0.5 + rng.normal(scale=0.6, size=N)


XS, TS = some_samples()


def mean_of_squares(w, b):
    """The loss over all samples at each (w, b): half the mean of the squares."""
    errors = np.multiply.outer(w, XS) + np.expand_dims(b, -1) - TS
    return np.mean(errors**2, axis=-1) / 2


def gradient_at(place, chosen):
    """The gradient (2,) of the loss over the chosen samples at a place (w, b)."""
    errors = place[0] * XS[chosen] + place[1] - TS[chosen]
    return np.array([np.mean(errors * XS[chosen]), np.mean(errors)])


def begin_batches(seed):
    """The state before the first mini-batch: the path (k + 1, 2), and which of three phases of a step comes next."""
    rng = np.random.default_rng(seed)
    return {
        "path": np.array([[-1.4, 1.2]]),
        "phase": 0,
        "chosen": np.array([], int),
        "seed": int(rng.integers(1 << 30)),
        "k": 0,
    }


def next_phase(state, batch_size, rate):
    """Pick a mini-batch, find its gradient, step; then the same again with another mini-batch. None after the last step."""
    if state["k"] >= STEPS:
        return None
    phase = state["phase"]
    if phase == 0:
        rng = np.random.default_rng((state["seed"], state["k"]))
        return {**state, "phase": 1, "chosen": np.sort(rng.choice(N, size=batch_size, replace=False))}
    if phase == 1:
        return {**state, "phase": 2}
    move = -rate * gradient_at(state["path"][-1], state["chosen"])
    return {
        **state,
        "phase": 0,
        "k": state["k"] + 1,
        "path": np.concatenate([state["path"], [state["path"][-1] + move]]),
    }


def draw_batches(state, rate):
    """The mini-batch among all samples, the path, and the steps that the mini-batch and the whole would take."""
    path, phase, chosen = state["path"], state["phase"], state["chosen"]
    w, b = path[-1]
    batch = gradient_at(path[-1], chosen) if phase == 2 else np.zeros(2)
    whole = gradient_at(path[-1], slice(None)) if phase == 2 else np.zeros(2)
    ends = np.array([-1.1, 1.1])
    numbers = {
        "updates": plural(state["k"], "update"),
        "next": state["k"] + 1,
        "w": w,
        "b": b,
        "L": mean_of_squares(w, b),
        "B": len(chosen),
        "rate": rate,
    }
    numbers |= {"g": f"({batch[0]:.2f}, {batch[1]:.2f})", "G": f"({whole[0]:.2f}, {whole[1]:.2f})"}
    shown = chosen if phase else chosen[:0]
    return {
        "chosen": {"data": (XS[shown], TS[shown])},
        "line": {"data": (ends, w * ends + b)},
        "path": {"data": through(path)},
        "whole": {"data": through([path[-1], path[-1] - rate * whole])},
        "next": {"data": through([path[-1], path[-1] - rate * batch])},
        "here": {"data": through(path[-1:])},
        "readout": {"line": PHASES[phase - 1] if phase or state["k"] else "begin", **numbers},
    }


AT = "w = {w:.2f}, b = {b:.2f}, loss over all samples {L:.3f}. "
batches = Demo(
    title="Mini-batch, gradient, step, and again",
    controls={
        "batch_size": Slider(1, 100, value=10, step=1, label="samples B"),
        "rate": LogSlider(0.01, 1, value=10**-0.5, label="η"),
        "seed": Button("other mini-batches"),
    },
    figure=lambda: samples_and_plane(
        XS,
        TS,
        PLANE,
        mean_of_squares(*np.meshgrid(PLANE, PLANE)),
        np.array([0.2, 0.3, 0.5, 0.8, 1.2, 2, 3, 4.5, 6.5, 9]),
    ),
    start=begin_batches,
    advance=next_phase,
    update=draw_batches,
    readout={
        "begin": AT + "Step on.",
        "pick": AT + "Update {next}, first: a mini-batch of {B} samples is picked.",
        "slope": AT + "Second: its gradient is {g}; over all samples it would be {G}.",
        "step": AT + "Third: one step against it. {updates} so far; now again, with another mini-batch.",
    },
)
