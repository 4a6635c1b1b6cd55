"""A landscape that is a loss: each point of the map is a neuron that answers "0 or 9?" with these two weights."""

import numpy as np

from nnlessons.derivatives.loss_map_figure import DIRECTION, line_beside_map
from nnlessons.digit_points import sixty
from nnlessons.drawing.arrow import arrow
from nnlessons.drawing.plane import line_patch, points_patch
from nnlessons.live import Choice, Demo, Slider
from nnlib.activations import sigmoid, step

__all__ = ["B", "BEST", "HIGH", "LOW"]
__all__ += ["gradient", "loss", "loss_map", "map_of_loss", "misread", "neuron_patch", "places"]
__dir__ = __all__.copy  # what Tab shows after `loss_map.`

B = -5.2  # the bias: with its two weights, the best neuron for these 60 scans has this one
BEST = (6.1, 9.4)  # the weights with the lowest loss; all three numbers are rounded to 0.1, as the sliders are
LOW, HIGH = -8.0, 16.0  # both sides of the map
MARGIN = 2.0  # from the point to the border of the map, at least: room for arrows
LEVELS = [0.11, 0.15, 0.2, 0.3, 0.5, 1, 2, 3, 4, 6, 8]
UNIT = 0.15  # how long weights of length 1 are in the plane of the measurements
AWAY, LENGTH = 0.8, 2.4  # the arrow starts outside of the marker; its length on the map for a gradient of length 1

# -- the loss ---------------------------------------------------------------------------------------------------------


def loss(w):
    """The mean cross entropy of neurons with the weights (..., 2):  mean(log(1 + e^a) - t a),  a = w @ x + b."""
    x, t, _ = sixty()
    a = w @ x.T + B
    return (np.logaddexp(0, a) - t * a).mean(axis=-1)


def gradient(w):
    """The gradient of the loss at the weights (2,):  mean((z - t) x),  z = sigmoid(a)."""
    x, t, _ = sixty()
    return (sigmoid(x @ w + B) - t) @ x / len(t)


def misread(w):
    """How many of the 60 a neuron with the weights (2,) gets wrong."""
    x, t, _ = sixty()
    return int((step(x @ w + B) != t).sum())


# -- the picture ------------------------------------------------------------------------------------------------------


def map_of_loss(trail):
    """(figure, parts) of `line_beside_map` for this loss, with a trail of this look."""
    side = np.linspace(LOW, HIGH, 121)
    losses = loss(np.stack(np.meshgrid(side, side), axis=-1))
    return line_beside_map(side, losses, LEVELS, labels(), BEST, B, trail)


def labels():
    """Places for the heights of the levels: in the valley, below its lowest point; for the others, to the left of them."""
    return crossings((0.5, -1.0))[:7] + crossings((-0.65, -1.0))[7:]


def crossings(direction):
    """Where a line from the lowest point in this direction crosses each of the levels; the loss rises all along it."""
    line = BEST + np.linspace(0, 20, 401)[:, np.newaxis] * direction
    losses = loss(line)
    return [tuple(np.interp(level, losses, coordinate) for coordinate in line.T) for level in LEVELS]


def neuron_patch(w):
    """The properties of the points and the line of the neuron with the weights (2,), and of its place on the map."""
    x, t, _ = sixty()
    line = line_patch(w, B, middle=(0.5, 0.5), unit=UNIT, size=0.7)
    return {**points_patch(x, t, step(x @ w + B)), **line, "place": {"data": (w[:1], w[1:])}}


def draw_place(w0, w1, sign):
    """The neuron at a point of the map, with the gradient there, or its negative if `sign` is -1."""
    w = np.array([w0, w1])
    slopes = gradient(w)
    direction = sign * slopes
    lowest = np.allclose(w, BEST)
    length = np.hypot(*slopes)
    shown = 0 if lowest else LENGTH * np.cbrt(length)  # so short ones are seen, and long ones fit on the map
    drawn = shown * direction / length
    start, outside = w + AWAY * direction / length, w + 2 * (HIGH - LOW) / length * direction
    return {
        **neuron_patch(w),
        "slope": {"xy": arrow(start, drawn, size=2)},
        "trail": {"data": ([], []) if lowest else np.transpose([start + drawn, outside])},
        "readout": {
            "line": "lowest" if lowest else "uphill" if sign > 0 else "downhill",
            **{"w0": w0, "w1": w1, "L": loss(w), "wrong": misread(w), "g0": slopes[0], "g1": slopes[1]},
        },
    }


def places(w0, w1, **more):
    """The sliders that move the point on the map, from these start values."""
    ends = {"low": LOW + MARGIN, "high": HIGH - MARGIN}
    return {
        name: Slider(**ends, value=value, **more, label=label)
        for name, value, label in (("w0", w0, "w₀"), ("w1", w1, "w₁"))
    }


NEURON = "The neuron with w₀ = {w0:.1f} and w₁ = {w1:.1f} misreads {wrong} of 60, and its loss is {L:.3f}. "
SLOPES = "Its slopes are {g0:.3f} along w₀ and {g1:.3f} along w₁"

loss_map = Demo(
    title="The landscape is the loss",
    controls={**places(-2.0, 4.0), "sign": Choice({"uphill": 1, "downhill": -1}, label="arrow")},
    figure=lambda: map_of_loss(DIRECTION),
    update=draw_place,
    pointer={"map": lambda x, y: {"w0": x, "w1": y}},
    readout={
        "uphill": NEURON + SLOPES + ": the arrow points where the loss rises fastest.",
        "downhill": NEURON + SLOPES + ": the arrow points the other way, where the loss falls fastest.",
        "lowest": NEURON + SLOPES + ". No neuron on this map has a lower loss.",
    },
)
