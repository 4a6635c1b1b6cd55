"""The opening of lesson 5: find the lowest loss in fog, by hand and by gradient descent."""

import numpy as np

from nnlessons.drawing.arrow import arrow
from nnlessons.gradient_descent.fog_figure import line_and_fog
from nnlessons.gradient_descent.line_fit import (
    BEST,
    GRID,
    LOWEST,
    T,
    X,
    ends_of_line,
    gradient_at,
    loss,
    losses_on_grid,
)
from nnlessons.live import Check, Demo, Slider
from nnlessons.wording import plural

__all__ = ["in_fog"]
__dir__ = __all__.copy  # what Tab shows after `fog.`

RATE = 0.3
STILL = 0.003  # a step shorter than this is the last
NEAR = 0.01  # to the lowest loss: found


def settled(path):
    """Whether the latest step was hardly a move."""
    return len(path) > 1 and np.hypot(*(path[-1] - path[-2])) < STILL


def descend(state):
    """The path (k, 2) with one more step of gradient descent, or None where it has settled."""
    if settled(state):
        return None
    return np.concatenate([state, state[-1:] - RATE * gradient_at(state[-1])])


def line_for(path, now, slope):
    """The key of the sentence that fits this path, with the loss `now` at its end, for one who feels the slope or not."""
    if len(path) > 1:
        return "settled" if settled(path) else "descending"
    return "found" if now < LOWEST + NEAR else "feeling" if slope else "searching"


def draw(state, slope, lifted):
    """The line for the end of the path, the path in the fog, and the direction downhill. The fog hides map and samples."""
    place, before, now = state[-1], loss(*state[0]), loss(*state[-1])
    downhill = -gradient_at(place)
    return {
        "line": {"data": ends_of_line(place)},
        "here": {"data": state[-1:].T},
        "path": {"data": state.T},
        "downhill": {"xy": arrow(place, downhill, size=0.6), "visible": slope},
        "fog": {"visible": not lifted},
        "samples": {"visible": lifted},
        "loss": {"text": f"{now:.3f}"},
        "readout": {
            "line": line_for(state, now, slope),
            **{"w": place[0], "b": place[1], "L": now, "before": before, "above": now - LOWEST},
            "steps": plural(len(state) - 1, "step"),
            **{f"{name}_moves": "raise" if by > 0 else "lower" for name, by in zip("wb", downhill, strict=True)},
            "downhill": f"({downhill[0]:.2f}, {downhill[1]:.2f})",
        },
    }


PLACE = {"low": -2.0, "high": 4.0, "step": 0.1}

in_fog = Demo(
    title="Down in fog",
    controls={
        "w": Slider(**PLACE, value=-1.0),
        "b": Slider(**PLACE, value=2.5),
        "slope": Check(label="feel the slope"),
        "lifted": Check(label="lift the fog"),
    },
    figure=lambda: line_and_fog(X, T, GRID, losses_on_grid(), BEST),
    start=lambda w, b: np.array([[w, b]]),
    advance=descend,
    update=draw,
    pointer={"plane": lambda x, y: {"w": x, "b": y}},
    readout={
        "searching": "With w = {w:.1f} and b = {b:.1f} the loss is {L:.3f}. Can you get lower?",
        "feeling": "With w = {w:.1f} and b = {b:.1f} the loss is {L:.3f}. Downhill (−gradient) is {downhill}: {w_moves} w, "
        "{b_moves} b.",
        "found": "Found it! With w = {w:.1f} and b = {b:.1f} the loss is {L:.3f}, and it can't get much lower.",
        "descending": "{steps} of gradient descent: w = {w:.2f}, b = {b:.2f}, and the loss is down from {before:.3f} to {L:.3f}.",
        "settled": "Settled after {steps} at w = {w:.2f}, b = {b:.2f}. The loss is {L:.3f}, only "
        "{above:.4f} above the lowest possible.",
    },
)
