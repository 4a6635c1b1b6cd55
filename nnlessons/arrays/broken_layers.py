"""The bug hunt: a network with a bug in the backward of one of its layers, and the gradient checks that find it.

The bugs are the ones that people really write. Each is a function (layer, dout) with one line wrong, which takes the place of
a layer's backward. It fills layer.grads and returns the gradient with respect to the layer's input.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlib import layers
from nnlib.activations import softmax
from nnlib.gradients import check_gradients, check_layer, compare, numerical_gradient
from nnlib.networks import Network

__all__ = ["BUGS", "NONE", "PLACES", "Bug", "broken_network", "judge", "kind_at", "layer_errors", "network_errors"]
__all__ += ["Affine", "SoftmaxWithLoss", "errors_in_network", "with_backward", "worst"]
__dir__ = __all__.copy  # what Tab shows after `broken_layers.`

# -- layers, with the names that a backward reads ---------------------------------------------------------------------


class Affine(layers.Affine):
    """Its backward reads layer.x and layer.params, and writes into layer.grads."""


class Activation:
    """Its backward reads layer.a, which goes in, and layer.z, which comes out."""

    @property
    def a(self):
        return self.x

    @property
    def z(self):
        return self.function(self.x)


class Sigmoid(Activation, layers.Sigmoid):
    pass


class Tanh(Activation, layers.Tanh):
    pass


class SoftmaxWithLoss(layers.SoftmaxWithLoss):
    """Its backward reads layer.y, the probabilities, and layer.t, the targets, both (N, C); dout is 1."""

    @property
    def y(self):
        """The probabilities of the latest forward, (N, C)."""
        return softmax(self.scores)


def with_backward(kind, backward):
    """The same kind of layer with a function (layer, dout) in place of its backward."""

    class Replaced(kind):
        def backward(self, dout=1):
            return backward(self, dout)

    return Replaced


# -- the bugs, the easiest first --------------------------------------------------------------------------------------


def mean_for_the_bias(layer, dout):
    W, b = layer.params
    layer.grads[0][...] = layer.x.T @ dout
    layer.grads[1][...] = dout.mean(axis=0)
    return dout @ W.T


def slope_forgotten(layer, dout):
    return dout.copy()


def without_transpose(layer, dout):
    W, b = layer.params
    layer.grads[0][...] = layer.x.T @ dout
    layer.grads[1][...] = dout.sum(axis=0)
    return dout @ W


def weights_transposed(layer, dout):
    W, b = layer.params
    layer.grads[0][...] = dout.T @ layer.x
    layer.grads[1][...] = dout.sum(axis=0)
    return dout @ W.T


def sign_flipped(layer, dout):
    N = len(layer.t)
    return dout * (layer.t - layer.y) / N


def not_divided(layer, dout):
    return dout * (layer.y - layer.t)


def divided_again(layer, dout):
    W, b = layer.params
    N = len(layer.x)
    layer.grads[0][...] = layer.x.T @ dout / N
    layer.grads[1][...] = dout.sum(axis=0)
    return dout @ W.T


def slope_of_the_sum(layer, dout):
    a = layer.a
    return dout * a * (1 - a)


@dataclass(frozen=True)
class Bug:
    """A backward with a bug, the place of its layer in the network, and a sentence about what it does wrong."""

    backward: Callable
    place: int
    says: str


BUGS = {
    "1": Bug(
        mean_for_the_bias, 4, "db was the mean of dout's rows. One b serves all the samples, so the rows are added."
    ),
    "2": Bug(
        slope_forgotten, 3, "The tanh passed dout on unchanged. It has a slope, 1 − z², and dout is multiplied by it."
    ),
    "3": Bug(
        without_transpose, 2, "dx was dout @ W, without the transpose. W is square, so the shapes didn't complain."
    ),
    "4": Bug(
        weights_transposed, 2, "dW was dout.T @ x, the transpose of the right one. W is square, so the shape fit."
    ),
    "5": Bug(sign_flipped, 5, "The loss passed back t − y instead of y − t. That flips the sign of every gradient."),
    "6": Bug(not_divided, 5, "The loss is a mean over N samples, so y − t has to be divided by N."),
    "7": Bug(divided_again, 0, "dW was divided by N. The loss has already done that, so the 1/N is inside dout."),
    "8": Bug(slope_of_the_sum, 1, "The slope was a (1 − a). The sigmoid's slope is z (1 − z), where z is its output."),
}

# -- the network ------------------------------------------------------------------------------------------------------

D, H, C, N = 4, 5, 3, 6  # the middle affine layer is square
LAYERS = (Affine, Sigmoid, Affine, Tanh, Affine)
SIZES = {0: (D, H), 2: (H, H), 4: (H, C)}
PLACES = {f"{place + 1} {layer.__name__}": place for place, layer in enumerate(LAYERS)} | {"the loss": len(LAYERS)}


def kind_at(place):
    """The kind of layer at a place, a right one."""
    return (*LAYERS, SoftmaxWithLoss)[place]


def network_with(backward, place, seed):
    """The network with this backward at a place, None for no other, and a mini-batch, all random: (network, x, t).

    x (N, D), t (N, C)
    """
    rng = np.random.default_rng(seed)
    kinds = [with_backward(kind_at(each), backward) if each == place else kind_at(each) for each in PLACES.values()]
    made = [
        kind(rng.normal(size=SIZES[each]), rng.normal(size=SIZES[each][1])) if each in SIZES else kind()
        for each, kind in enumerate(kinds)
    ]
    return Network(made[:-1], made[-1]), rng.normal(size=(N, D)), np.eye(C)[rng.integers(0, C, N)]


def broken_network(bug, seed):
    """The network with that bug in it, "0" for none: (network, x, t)."""
    return network_with(BUGS[bug].backward, BUGS[bug].place, seed) if bug in BUGS else network_with(None, None, seed)


def errors_in_network(backward, place, seed):
    """A check of the network with this backward at a place: a row for each parameter.

    A row is (name, relative error, worst entry by backpropagation, by nudging).
    """
    rows = zip(parameters(), check_gradients(*network_with(backward, place, seed)), strict=True)
    return [(name, row.relative_error, row.analytic, row.numerical) for name, row in rows]


@functools.lru_cache(maxsize=32)
def network_errors(bug, seed):
    """The same for the network with that bug."""
    return (
        errors_in_network(BUGS[bug].backward, BUGS[bug].place, seed)
        if bug in BUGS
        else errors_in_network(None, None, seed)
    )


def worst(rows):
    """The row that is furthest off; of several that are equally far off, the one closest to the loss.

    A flipped sign gives each gradient the same relative error, and which is larger in the tenth digit depends on the computer.
    """
    return max(reversed(rows), key=lambda row: np.inf if np.isnan(row[1]) else round(row[1], 6))


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
    rows.append(("loss ds", compare("ds", dscores, numerical_gradient(lambda scores: loss.forward(scores, t), x))))
    return [(name, row.relative_error, row.analytic, row.numerical) for name, row in rows]


# -- the verdict ------------------------------------------------------------------------------------------------------

WORDS = {
    "right": "Yes, the bug is in {place}.",
    "no bug": "Yes, there's no bug here: all errors are as small as rounding allows.",
    "there is one": "There is a bug: at least one error is far above 1e-6.",
    "none at all": "There's no bug here: all errors are far below 1e-6.",
    "before it": "On its own, {place} is fine. Look nearer to the loss: a gradient there is wrong, or what comes back from there "
    "is.",
    "after it": "On its own, {place} is fine. Look at the layers nearer to the data: the bug comes later in the backward "
    "pass, so it can't spoil anything here.",
}
NONE = "none"


def judge(bug, answer):
    """The verdict on an answer, which is one of PLACES or NONE."""
    if bug not in BUGS:
        return WORDS["no bug" if answer == NONE else "none at all"]
    place = BUGS[bug].place
    if answer == NONE:
        return WORDS["there is one"]
    if PLACES[answer] == place:
        return WORDS["right"].format(place=answer)
    return WORDS["before it" if PLACES[answer] < place else "after it"].format(place=answer)
