"""The bug hunt: a network with a bug in one of its layers, to be found with gradient checks.

The bugs are those that people really write. Each is a layer of nnlib with one line wrong.
"""

import functools
from dataclasses import dataclass

import numpy as np

from nnlib.gradients import check_gradients, check_layer, compare, numerical_gradient
from nnlib.layers import Affine, Sigmoid, SoftmaxWithLoss, Tanh
from nnlib.networks import Network

__all__ = ["BUGS", "NONE", "PLACES", "Bug", "broken_network", "judge", "layer_errors", "network_errors"]
__dir__ = __all__.copy  # what Tab shows after `broken_layers.`

# -- the bugs ---------------------------------------------------------------------------------------------------------


class WithoutTranspose(Affine):
    def backward(self, dout):
        self.backward_to_params(dout)
        return dout @ self.params[0]


class MeanForBias(Affine):
    def backward_to_params(self, dout):
        super().backward_to_params(dout)
        self.grads[1][...] = dout.mean(axis=0)


class DividedOnceMore(Affine):
    def backward_to_params(self, dout):
        super().backward_to_params(dout)
        self.grads[0][...] = self.x.T @ dout / len(dout)


class TurnedOver(Affine):
    def backward_to_params(self, dout):
        super().backward_to_params(dout)
        self.grads[0][...] = dout.T @ self.x


class SlopeForgotten(Tanh):
    def backward(self, dout):
        return dout.copy()


class SlopeOfTheSum(Sigmoid):
    def backward(self, dout):
        return dout * self.x * (1 - self.x)


class NotDivided(SoftmaxWithLoss):
    def backward(self, dout=1):
        return super().backward(dout) * len(self.scores)


class Reversed(SoftmaxWithLoss):
    def backward(self, dout=1):
        return -super().backward(dout)


@dataclass(frozen=True)
class Bug:
    """A broken layer, its place in the network, and a sentence about what it does wrong."""

    layer: type
    place: int
    says: str


BUGS = {
    "0": None,
    "1": Bug(MeanForBias, 4, "db is the mean of dout over the samples. The bias was repeated, so the rows are added."),
    "2": Bug(SlopeForgotten, 3, "tanh sends dout on as it is: its slope is forgotten."),
    "3": Bug(TurnedOver, 2, "dW is dout.T @ x. W is square, so the shape is right and the numbers are not."),
    "4": Bug(NotDivided, 5, "dscores is y - t, not divided by N. All gradients are N times too large."),
    "5": Bug(SlopeOfTheSum, 1, "the slope is a (1 - a), and should be z (1 - z), with z the sigmoid's output."),
    "6": Bug(WithoutTranspose, 2, "dx is dout @ W, without the transpose. W is square, so nobody complains."),
    "7": Bug(DividedOnceMore, 0, "dW is divided by N. The loss has done that already."),
    "8": Bug(Reversed, 5, "dscores is (t - y) / N: the sign is turned round, and so is that of all gradients."),
}

# -- the network ------------------------------------------------------------------------------------------------------

D, H, C, N = 4, 5, 3, 6  # the middle affine layer is square
LAYERS = (Affine, Sigmoid, Affine, Tanh, Affine)
SIZES = {0: (D, H), 2: (H, H), 4: (H, C)}
PLACES = {f"{place + 1} {layer.__name__}": place for place, layer in enumerate(LAYERS)} | {"the loss": len(LAYERS)}


def broken_network(bug, seed):
    """The network with that bug in it, "0" for none, and a mini-batch, all random: (network, x, t), x (N, D), t (N,)."""
    rng = np.random.default_rng(seed)
    kinds = [*LAYERS, SoftmaxWithLoss]
    if BUGS[bug]:
        kinds[BUGS[bug].place] = BUGS[bug].layer
    layers = [
        kind(rng.normal(size=SIZES[place]), rng.normal(size=SIZES[place][1])) if place in SIZES else kind()
        for place, kind in enumerate(kinds)
    ]
    return Network(layers[:-1], layers[-1]), rng.normal(size=(N, D)), rng.integers(0, C, N)


@functools.lru_cache(maxsize=32)
def network_errors(bug, seed):
    """A check of the whole network: (name, relative error, worst entry by backpropagation, by nudging) for each parameter."""
    rows = zip(parameters(), check_gradients(*broken_network(bug, seed)), strict=True)
    return [(name, row.relative_error, row.analytic, row.numerical) for name, row in rows]


def parameters():
    return [f"{place + 1} Affine d{name}" for place in SIZES for name in "Wb"]


@functools.lru_cache(maxsize=32)
def layer_errors(bug, seed):
    """The same for each layer alone, its inputs and its parameters, with a random upstream gradient."""
    network, x, t = broken_network(bug, seed)
    rng = np.random.default_rng(seed + 1)
    rows = []
    for place, layer in zip(PLACES, network.layers, strict=False):
        z = layer.forward(x)
        rows += [(f"{place} d{row.name}", row) for row in check_layer(layer, x, rng.normal(size=z.shape))]
        x = z
    loss = network.loss_layer
    loss.forward(x, t)
    dscores = loss.backward()
    rows.append(("dscores", compare("dscores", dscores, numerical_gradient(lambda scores: loss.forward(scores, t), x))))
    return [(name, row.relative_error, row.analytic, row.numerical) for name, row in rows]


# -- the verdict ------------------------------------------------------------------------------------------------------

WORDS = {
    "right": "Yes, in {place}: {says}",
    "no bug": "Yes: there is no bug. All errors are as small as nudging allows.",
    "there is one": "No: there is a bug. At least one error is far above 1e-6.",
    "none at all": "No: all errors are far below 1e-6. There is no bug.",
    "before it": "No. Taken alone, {place} is right. Look nearer to the loss: what comes from there is wrong already, "
    "or a gradient there is.",
    "after it": "No. Taken alone, {place} is right. Look nearer to the data: what goes wrong there comes later on the way "
    "back, and spoils nothing here.",
}
NONE = "none"


def judge(bug, answer):
    """The verdict on an answer, which is one of PLACES or NONE."""
    truth = BUGS[bug]
    if truth is None:
        return WORDS["no bug" if answer == NONE else "none at all"]
    if answer == NONE:
        return WORDS["there is one"]
    if PLACES[answer] == truth.place:
        return WORDS["right"].format(place=answer, says=truth.says)
    return WORDS["before it" if PLACES[answer] < truth.place else "after it"].format(place=answer)
