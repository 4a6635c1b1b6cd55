"""The demos of lesson 5: here the weights of a small net and mini-batches; the others are in modules of their own."""

import numpy as np

from nnlessons.gradient_descent.contours import over_contours
from nnlessons.gradient_descent.curve import on_a_curve
from nnlessons.gradient_descent.figures import samples_and_plane, through, weights_and_loss
from nnlessons.gradient_descent.line_fit import N, some_samples
from nnlessons.gradient_descent.loss_curves import loss_curve, six_runs
from nnlessons.gradient_descent.sweep import sweep
from nnlessons.live import Button, Choice, Demo, LogSlider, Slider, Stepper
from nnlessons.wording import fixed, plural
from nnlib.activations import softmax
from nnlib.losses import softmax_cross_entropy, softmax_cross_entropy_gradient

__all__ = ["batches", "loss_curve", "on_a_curve", "over_contours", "six_runs", "small_net", "some_samples", "sweep"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

STEPS = 100

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

PLANE = np.linspace(-2, 4, 61)
PHASES = ("pick", "slope", "step")  # over and over


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
