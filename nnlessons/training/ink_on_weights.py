"""Why a moved digit isn't read: its ink meets other weights of a hidden unit."""

import itertools

import numpy as np

from nnlessons.drawing.digits import SIDE
from nnlessons.live import Demo, Slider, Stepper
from nnlessons.training.ink_on_weights_figure import PLACE, ink_and_sums, ink_squares
from nnlessons.training.signed import minus_signs
from nnlessons.training.your_network import copied_network, copied_samples, first_read, hidden_layer
from nnlessons.wording import fixed
from nnlib.datasets import moved

__all__ = ["ink_on_weights"]
__dir__ = __all__.copy  # what Tab shows after `ink_on_weights.`

FAR = 2  # pixels, in each direction
READOUT = {
    "in place": "Unit {unit} does more for this {digit} than any other unit. Most of the ink meets positive weights, and the "
    "sum is a = {a}.",
    "on": "The ink has moved and the weights haven't, so each bit of ink meets another weight. In place, a was {before}; now "
    "it's {a}.",
    "off": "The ink has moved and the weights haven't, so each bit of ink meets another weight. In place, a was {before}; now "
    "it's {a}, and ReLU switches the unit off.",
}


def ink_on_weights(network, x_test, t_test):
    """A digit's ink on the weights of the hidden unit that does most for it, and the unit's sum, in place and moved.

    network  with `predict`, and with (64, H), (H,) and (H, 10) in `params`; ReLU comes between its two layers
    x_test, t_test  (N, 64), from 0 to 1, and their labels (N,)
    -> a demo. TypeError, ValueError: the network or the samples don't fit.
    """
    W1, b1, W2 = hidden_layer(network)
    x, t = copied_samples(x_test, t_test)
    shown = first_read(copied_network(network), x, t)
    units = [np.argmax(np.maximum(0, x[index] @ W1 + b1) * W2[:, t[index]]) for index in shown]

    def sums(digit, right, down):
        """(from positive weights, from negative ones, the bias, all together) of the digit's unit."""
        products = moved(x[[shown[digit]]], right, down)[0] * W1[:, units[digit]]
        bias = b1[units[digit]]
        return products[products > 0].sum(), products[products < 0].sum(), bias, products.sum() + bias

    def draw(digit, right, down):
        index, weights = shown[digit], W1[:, units[digit]].reshape(SIDE, SIDE)
        before, now = sums(digit, 0, 0), sums(digit, right, down)
        return {
            "weights": {"array": weights},
            "minus": {"segments": minus_signs(weights, **PLACE)},
            "ink": {"verts": ink_squares(moved(x[[index]], right, down)[0])},
            "sums": {"values": now, "before": before[-1]},
            "readout": {
                "line": "in place" if right == down == 0 else "on" if now[-1] > 0 else "off",
                **{"unit": units[digit], "digit": t[index], "before": fixed(before[-1], 2), "a": fixed(now[-1], 2)},
            },
        }

    moves = itertools.product(range(len(shown)), range(-FAR, FAR + 1), range(-FAR, FAR + 1))
    reach = max(np.abs(sums(*move)).max() for move in moves)
    number = {"low": -FAR, "high": FAR, "value": 0, "step": 1}
    return Demo(
        title="The same ink on other weights",
        controls={
            "right": Slider(**number, label="pixels to the right"),
            "down": Slider(**number, label="pixels down"),
            "digit": Stepper(len(shown) - 1, value=min(8, len(shown) - 1)),
        },
        figure=lambda: ink_and_sums(np.abs(W1).max() or 1.0, reach or 1.0),
        update=draw,
        readout=READOUT,
    )
