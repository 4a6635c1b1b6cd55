"""A two-layer network with softmax cross entropy in plain NumPy: what it says, and where updates lead.

For runs that are too long for the lists of by_hand.py; its gradients are held against nudging in test_playground.py.
Parameters are [W1, b1, W2, b2], and t are labels.
"""

import numpy as np

HIDDEN = {  # function of a, and its slope at a
    "tanh": (np.tanh, lambda a: 1 / np.cosh(a) ** 2),
    "sigmoid": (lambda a: 1 / (1 + np.exp(-a)), lambda a: np.exp(-a) / (1 + np.exp(-a)) ** 2),
    "relu": (lambda a: np.where(a > 0, a, 0), lambda a: np.where(a > 0, 1.0, 0.0)),
    "identity": (lambda a: a, np.ones_like),
}


def probabilities(params, x, activation="relu"):
    W1, b1, W2, b2 = params
    powers = np.exp(HIDDEN[activation][0](x @ W1 + b1) @ W2 + b2)
    return powers / powers.sum(axis=1, keepdims=True)


def answers(params, x, activation="relu"):
    """The class with the largest probability; rounding errors must not decide."""
    y = probabilities(params, x, activation)
    *_, second, first = np.sort(y, axis=1).T
    assert (first > (1 + 1e-6) * second).all(), "rounding errors would decide"
    return y.argmax(axis=1)


def loss_of(params, x, t, activation="relu"):
    return -np.log(probabilities(params, x, activation)[np.arange(len(t)), t]).mean()


def after(params, x, t, activation, rate, batches):
    """The parameters after an update with each of these mini-batches, given by the rows that they take."""
    W1, b1, W2, b2 = params
    function, slope = HIDDEN[activation]
    for rows in batches:
        a = x[rows] @ W1 + b1
        dscores = (probabilities([W1, b1, W2, b2], x[rows], activation) - np.eye(W2.shape[1])[t[rows]]) / len(rows)
        da = dscores @ W2.T * slope(a)
        W2, b2 = W2 - rate * function(a).T @ dscores, b2 - rate * dscores.sum(axis=0)
        W1, b1 = W1 - rate * x[rows].T @ da, b1 - rate * da.sum(axis=0)
    return [W1, b1, W2, b2]


def in_batches(rows, size):
    """The rows of one epoch, in mini-batches; the last may be smaller."""
    return [rows[first : first + size] for first in range(0, len(rows), size)]
