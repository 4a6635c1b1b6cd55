"""One update of stochastic gradient descent in three phases: pick a mini-batch, find its gradient, step."""

import numpy as np

from nnlessons.drawing.arrow import arrow
from nnlessons.gradient_descent.batches_figure import line_and_path
from nnlessons.gradient_descent.line_fit import BEST, GRID, N, T, X, ends_of_line, gradient_at, loss, losses_on_grid
from nnlessons.live import Button, Choice, Demo, Slider
from nnlessons.wording import plural

__all__ = ["batches"]
__dir__ = __all__.copy  # what Tab shows after `batches.`

UPDATES = 100
PHASES = ("step", "pick", "slope")  # the names of the readouts, after each phase


def begin(seed):
    """The state before the first mini-batch: the path (k + 1, 2), and which of three phases of an update comes next."""
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
    if state["k"] >= UPDATES:
        return None
    if state["phase"] == 0:
        rng = np.random.default_rng((state["seed"], state["k"]))
        return {**state, "phase": 1, "chosen": np.sort(rng.choice(N, size=batch_size, replace=False))}
    if state["phase"] == 1:
        return {**state, "phase": 2}
    here = state["path"][-1:]
    path = np.concatenate([state["path"], here - rate * gradient_at(here[0], state["chosen"])])
    return {**state, "phase": 0, "k": state["k"] + 1, "path": path}


def draw(state):
    """The mini-batch among all samples, the path, and where the gradients over the mini-batch and over all point."""
    path, phase, chosen, here = state["path"], state["phase"], state["chosen"], state["path"][-1]
    batch, whole = (gradient_at(here, chosen), gradient_at(here)) if phase == 2 else np.zeros((2, 2))
    shown = chosen if phase else chosen[:0]
    return {
        "line": {"data": ends_of_line(here)},
        "chosen": {"data": (X[shown], T[shown])},
        "here": {"data": path[-1:].T},
        "path": {"data": path.T},
        "whole": {"xy": arrow(here, -whole, size=1), "visible": phase == 2},
        "next": {"xy": arrow(here, -batch, size=0.6), "visible": phase == 2},
        "readout": {
            "line": PHASES[phase] if phase or state["k"] else "begin",
            **{"w": here[0], "b": here[1], "L": loss(*here), "next": state["k"] + 1},
            "updates": plural(state["k"], "update"),
            "picked": "all 100 samples" if len(chosen) == N else f"{len(chosen)} of the 100 samples",
            **{"g": f"({batch[0]:.2f}, {batch[1]:.2f})", "G": f"({whole[0]:.2f}, {whole[1]:.2f})"},
        },
    }


AT = "w = {w:.2f}, b = {b:.2f}, and the loss over all samples is {L:.3f}."

batches = Demo(
    title="Mini-batch, gradient, step, and again",
    controls={
        "batch_size": Slider(1, N, value=10, step=1, label="samples B"),
        "rate": Choice({str(rate): rate for rate in (0.01, 0.03, 0.1, 0.3, 1.0)}, value=0.3, label="η"),
        "seed": Button("other mini-batches"),
    },
    figure=lambda: line_and_path(X, T, GRID, losses_on_grid(), BEST),
    start=begin,
    advance=next_phase,
    update=draw,
    readout={
        "begin": "At the start, " + AT,
        "pick": "Update {next}: pick {picked} at random.",
        "slope": "Update {next}: the gradient of the mini-batch is {g}. Over all 100 samples it would be {G}.",
        "step": "After {updates}, " + AT,
    },
)
