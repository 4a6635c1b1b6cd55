"""How each bug of the hunt is mended: the right backward, what people write instead, and hints."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlessons.exercise.checking import Mistake

__all__ = ["REPAIRS", "Repair"]
__dir__ = __all__.copy  # what Tab shows after `repairs.`


@dataclass(frozen=True)
class Repair:
    """The right backward, a Mistake for each likely wrong one, and texts that give away a little more each."""

    solution: Callable
    mistakes: tuple
    hints: tuple


# -- an affine layer --------------------------------------------------------------------------------------------------


def affine_backward(layer, dout):
    W, b = layer.params
    layer.grads[0][...] = layer.x.T @ dout
    layer.grads[1][...] = dout.sum(axis=0)
    return dout @ W.T


def affine_with(dW=lambda x, dout: x.T @ dout, db=lambda dout: dout.sum(axis=0), dx=lambda dout, W: dout @ W.T):
    """The right backward with some of its three formulas replaced."""

    def backward(layer, dout):
        layer.grads[0][...] = dW(layer.x, dout)
        layer.grads[1][...] = db(dout)
        return dx(dout, layer.params[0])

    return backward


AGAIN = "You still divide by N. The loss is a mean, so its 1/N is already inside dout."
MINUS_SIGN = "You flipped the sign. Nothing in an affine layer needs a minus."

# -- activations ------------------------------------------------------------------------------------------------------


def tanh_backward(layer, dout):
    return dout * (1 - layer.z**2)


def sigmoid_backward(layer, dout):
    return dout * layer.z * (1 - layer.z)


# -- the loss ---------------------------------------------------------------------------------------------------------


def loss_backward(layer, dout):
    return dout * (layer.y - layer.t) / len(layer.t)


BY_CLASSES = "You divided by the number of classes. The loss is a mean over the samples: divide by len(layer.t)."
BY_ENTRIES = (
    "You divided by the number of entries, samples times classes. Divide by the number of samples, len(layer.t)."
)
TWICE = "You divided by N twice. Once is enough."
UPHILL = "Now the 1/N is right, but the sign is flipped. The gradient is y − t."

REPAIRS = {
    "1": Repair(
        affine_backward,
        (
            Mistake(
                affine_with(db=lambda dout: dout.sum()),
                "You added up all of dout, units and all. Each unit has its own bias: add over the samples only, axis=0.",
            ),
            Mistake(
                affine_with(db=lambda dout: dout.sum(axis=0) * len(dout)),
                "Your db is N times too large. Add the rows of dout, and don't multiply.",
            ),
            Mistake(
                affine_with(db=lambda dout: dout[0]),
                "You only used the first sample. All the samples use b, so what they send back is added.",
            ),
            Mistake(
                affine_with(db=lambda dout: dout[-1]),
                "You only used the last sample. All the samples use b, so what they send back is added.",
            ),
            Mistake(
                affine_with(db=lambda dout: dout.max(axis=0)), "You took the largest row entry. Add the rows instead."
            ),
            Mistake(affine_with(db=lambda dout: -dout.sum(axis=0)), MINUS_SIGN),
        ),
        (
            "Going forward, b is repeated, once for each sample. What does a repeat do backward?",
            "It adds up what comes back, over the samples: dout.sum(axis=0).",
        ),
    ),
    "2": Repair(
        tanh_backward,
        (
            Mistake(
                lambda layer, dout: dout * (1 - layer.z), "You forgot the square: the slope of the tanh is 1 - z**2."
            ),
            Mistake(
                lambda layer, dout: dout * layer.z * (1 - layer.z),
                "You used the slope of the sigmoid. The slope of the tanh is 1 - z**2.",
            ),
            Mistake(
                lambda layer, dout: dout * (1 - layer.a**2),
                "You used a, which goes into the tanh. In 1 - z**2, z is what comes out.",
            ),
            Mistake(
                lambda layer, dout: dout * (1 - np.tanh(layer.z) ** 2),
                "You took the tanh twice: z is already its output, so the slope is 1 - z**2.",
            ),
            Mistake(lambda layer, dout: 1 - layer.z**2, "That's the slope by itself. Multiply dout by it."),
            Mistake(
                lambda layer, dout: dout * layer.z, "You multiplied by the value of the tanh. Multiply by its slope."
            ),
            Mistake(lambda layer, dout: dout * np.tanh(layer.a) ** 2, "You left out the 1: the slope is 1 - z**2."),
            Mistake(lambda layer, dout: dout * (layer.z**2 - 1), "You flipped the sign: the slope is 1 - z**2."),
            Mistake(lambda layer, dout: dout + (1 - layer.z**2), "You added the slope. Multiply dout by it."),
        ),
        (
            "Downstream is upstream times local. What is the local slope of a tanh?",
            "It's 1 - z**2, where z is the tanh's output: layer.z.",
        ),
    ),
    "3": Repair(
        affine_backward,
        (
            Mistake(
                affine_with(dx=lambda dout, W: dout @ W.T / len(dout)),
                "The transpose is right. But you divided by N, which the loss has already done.",
            ),
            Mistake(affine_with(dx=lambda dout, W: -dout @ W.T), MINUS_SIGN),
            Mistake(
                affine_with(dx=lambda dout, W: dout),
                "You passed dout back as it is. Going forward, x was multiplied by W.",
            ),
            Mistake(
                affine_with(dx=lambda dout, W: dout @ np.linalg.inv(W)),
                "You used the inverse of W. A gradient needs the transpose.",
            ),
            Mistake(
                affine_with(dW=lambda x, dout: dout.T @ x),
                "Your dx is right now, but you transposed dW, too. It was fine as x.T @ dout.",
            ),
            Mistake(
                affine_with(dW=lambda x, dout: dout.T @ x, dx=lambda dout, W: dout @ W),
                "You changed dW, which was fine. Look at what the function returns.",
            ),
        ),
        (
            "The same wires, walked backward: input i gets its gradient along row i of W.",
            "A matrix product reads the array on its right column by column. How do the rows of W become columns?",
        ),
    ),
    "4": Repair(
        affine_backward,
        (
            Mistake(affine_with(dW=lambda x, dout: x.T @ dout / len(x)), f"The product is right. {AGAIN}"),
            Mistake(affine_with(dW=lambda x, dout: -x.T @ dout), MINUS_SIGN),
            Mistake(
                affine_with(dW=lambda x, dout: np.outer(x[0], dout[0])),
                "You only used the first sample. Every sample uses W, so what they send back is added.",
            ),
            Mistake(
                affine_with(dW=lambda x, dout: np.outer(x[-1], dout[-1])),
                "You only kept the last sample. Every sample uses W, so what they send back is added.",
            ),
            Mistake(
                affine_with(dW=lambda x, dout: dout.T @ x, dx=lambda dout, W: dout @ W),
                "You changed what the function returns, which was fine. Look at dW.",
            ),
            Mistake(
                affine_with(dx=lambda dout, W: dout @ W),
                "Your dW is right now, but you changed what the function returns, too. It was fine as dout @ W.T.",
            ),
        ),
        (
            "dW[i, j] belongs to the wire from input i to unit j: what went in at i, times what came back at j.",
            "So the rows of dW are inputs and its columns are units. Which order of the factors gives that?",
        ),
    ),
    "5": Repair(
        loss_backward,
        (
            Mistake(
                lambda layer, dout: dout * (layer.y - layer.t),
                "Your sign is right now, but you lost the division by N. The loss is a mean over the samples.",
            ),
            Mistake(lambda layer, dout: dout * (layer.t - layer.y), "You removed the division by N, which was fine."),
            Mistake(lambda layer, dout: dout * (layer.y - layer.t) / layer.t.shape[1], BY_CLASSES),
            Mistake(lambda layer, dout: dout * (layer.y - layer.t) / layer.t.size, BY_ENTRIES),
            Mistake(
                lambda layer, dout: dout * layer.y / len(layer.t), "You left out the targets: the gradient is y − t."
            ),
            Mistake(
                lambda layer, dout: dout * np.abs(layer.y - layer.t) / len(layer.t),
                "You removed all the signs. At the target the gradient is negative, elsewhere it's positive.",
            ),
        ),
        (
            "If you follow these gradients downhill, the loss grows. What does that say about their sign?",
            "The score of the right class should go up, so its gradient is negative: y − t.",
        ),
    ),
    "6": Repair(
        loss_backward,
        (
            Mistake(lambda layer, dout: dout * (layer.y - layer.t) / layer.t.shape[1], BY_CLASSES),
            Mistake(lambda layer, dout: dout * (layer.y - layer.t) / layer.t.size, BY_ENTRIES),
            Mistake(lambda layer, dout: dout * (layer.y - layer.t) / len(layer.t) ** 2, TWICE),
            Mistake(
                lambda layer, dout: dout * (layer.y - layer.t) * len(layer.t),
                "You multiplied by N. The gradients were too large already: divide.",
            ),
            Mistake(lambda layer, dout: dout * (layer.t - layer.y) / len(layer.t), UPHILL),
            Mistake(
                lambda layer, dout: dout * (layer.y - layer.t) / 2,
                "You halved the gradients. Divide the worst entry by the nudged one: by how much is it too large?",
            ),
        ),
        (
            "Divide the worst entry by the nudged one. Which size of the mini-batch is that?",
            "The loss is a mean over the N samples: N = len(layer.t).",
        ),
    ),
    "7": Repair(
        affine_backward,
        (
            Mistake(
                affine_with(db=lambda dout: dout.mean(axis=0)),
                "Your dW is right now, but you divided db by N instead. The 1/N is already inside dout.",
            ),
            Mistake(
                affine_with(dW=lambda x, dout: x.T @ dout / len(x), db=lambda dout: dout.mean(axis=0)),
                "Now db is divided by N as well. The 1/N is already inside dout, so nothing here needs another.",
            ),
            Mistake(
                affine_with(dW=lambda x, dout: x.T @ dout * len(x)),
                "You multiplied by N. Neither is needed: the 1/N is already inside dout.",
            ),
            Mistake(
                affine_with(dW=lambda x, dout: x.T @ dout / x.shape[1]),
                "You divided by the number of inputs instead. Nothing here needs a division.",
            ),
            Mistake(
                affine_with(dW=lambda x, dout: x.T @ dout / dout.shape[1]),
                "You divided by the number of units instead. Nothing here needs a division.",
            ),
        ),
        (
            "Divide the nudged entry by the worst one. Which size of the mini-batch is that?",
            "The loss is a mean, and its backward has already divided by N. How often should that happen?",
        ),
    ),
    "8": Repair(
        sigmoid_backward,
        (
            Mistake(
                lambda layer, dout: dout * layer.z * (1 - layer.a),
                "You replaced only one of the two: z (1 − z), twice z.",
            ),
            Mistake(
                lambda layer, dout: dout * layer.a * (1 - layer.z),
                "You replaced only one of the two: z (1 − z), twice z.",
            ),
            Mistake(
                lambda layer, dout: dout * slope(1 / (1 + np.exp(-layer.z))),
                "You took the sigmoid twice: z is already its output.",
            ),
            Mistake(
                lambda layer, dout: dout * (1 - layer.z**2),
                "You used the slope of the tanh. The sigmoid's is z (1 − z).",
            ),
            Mistake(lambda layer, dout: slope(layer.z), "That's the slope by itself. Multiply dout by it."),
            Mistake(
                lambda layer, dout: dout * layer.z, "You multiplied by the value of the sigmoid. Multiply by its slope."
            ),
            Mistake(lambda layer, dout: dout * (1 - layer.z), "You left out one factor: the slope is z (1 − z)."),
            Mistake(lambda layer, dout: dout.copy(), "You left out the slope. Multiply dout by it."),
            Mistake(lambda layer, dout: -dout * slope(layer.z), "You flipped the sign. The sigmoid only goes up."),
        ),
        (
            "A slope of the sigmoid is between 0 and 1/4. Can a (1 − a) be larger, or negative?",
            "In z (1 − z), z is what comes out of the sigmoid: layer.z.",
        ),
    ),
}


def slope(z):
    """The slope of the sigmoid where its output is z."""
    return z * (1 - z)
