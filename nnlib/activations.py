"""Activation functions: what a unit does to its weighted sum, z = h(a).

    step  sigmoid  tanh  relu  leaky_relu  elu  identity      one number in, one number out, each with its derivative
    softmax  maxout                                           a whole row in

`->` shows the shape of the result. float32 stays float32, integers become float64. NaN stays NaN. Nothing here warns: what
is too small for a float is 0.

At a kink a derivative is its left value: relu'(0) = 0, leaky_relu'(0) = slope, elu'(0) = alpha.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlib.arguments import as_axis, as_float, as_number, check_shape, scalar_if_0d

__all__ = [
    "step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "identity",
    "step_derivative", "sigmoid_derivative", "tanh_derivative", "relu_derivative", "leaky_relu_derivative",
    "elu_derivative", "identity_derivative", "softmax", "maxout", "Activation", "ACTIVATIONS",
]  # fmt: skip
__dir__ = __all__.copy  # what Tab shows after `activations.`

# -- functions of a number --------------------------------------------------------------------------------------------


def step(x):
    """Fire or not:  h(x) = 1 where x > 0, else 0.  x of any shape -> the same; TypeError if not real numbers."""
    x = as_float("x", x)
    return np.sign(np.maximum(x, 0))  # NaN stays NaN, which `x > 0` would turn into 0


def step_derivative(x):
    """h'(x) = 0 everywhere, by convention also at the jump.  x of any shape -> the same; TypeError if not real numbers."""
    x = as_float("x", x)
    return piecewise(x, 0, 0)


def sigmoid(x):
    """Squash x into (0, 1):  h(x) = 1 / (1 + e^-x).  x of any shape -> the same; TypeError if not real numbers."""
    x = as_float("x", x)
    e = exp_of_minus_abs(x)
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_derivative(x):
    """h'(x) = h(x) (1 - h(x)), at most 1/4 at 0.  x of any shape -> the same; TypeError if not real numbers."""
    x = as_float("x", x)
    e = exp_of_minus_abs(x)
    return e / np.square(1 + e)  # the same, and not rounded to 0 at x = 40


@np.errstate(under="ignore")  # e^-1000 is 0, and that is right
def exp_of_minus_abs(x):
    """e^-|x|, which never overflows."""
    return np.exp(-np.abs(x))


def tanh(x):
    """Squash x into (-1, 1):  h(x) = (e^x - e^-x) / (e^x + e^-x).  x of any shape -> the same; TypeError if not real numbers."""
    return np.tanh(as_float("x", x))


@np.errstate(under="ignore")
def tanh_derivative(x):
    """h'(x) = 1 - h(x)^2, at most 1 at 0.  x of any shape -> the same; TypeError if not real numbers."""
    e = np.square(exp_of_minus_abs(as_float("x", x)))
    return 4 * e / np.square(1 + e)  # the same, and not rounded to 0 at x = 20


def relu(x):
    """Keep what is positive:  h(x) = max(0, x).  x of any shape -> the same; TypeError if not real numbers."""
    return np.maximum(as_float("x", x), 0)


def relu_derivative(x):
    """h'(x) = 1 where x > 0, else 0.  x of any shape -> the same; TypeError if not real numbers."""
    return step(x)


@np.errstate(all="ignore")
def leaky_relu(x, slope=0.01):
    """Let a little of the negative through:  h(x) = x where x > 0, else slope x.

    x of any shape -> the same; slope is a number. TypeError if one of them isn't real, ValueError if slope isn't finite.
    Source: Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML workshop 2013.
    """
    x, slope = as_float("x", x), as_number("slope", slope)
    return piecewise(x, x, slope * x)


def leaky_relu_derivative(x, slope=0.01):
    """h'(x) = 1 where x > 0, else slope.  x of any shape -> the same; slope and errors as in leaky_relu."""
    x, slope = as_float("x", x), as_number("slope", slope)
    return piecewise(x, 1, slope)


@np.errstate(all="ignore")
def elu(x, alpha=1.0):
    """Bend smoothly towards -alpha:  h(x) = x where x > 0, else alpha (e^x - 1).

    x of any shape -> the same; alpha is a number. TypeError if one of them isn't real, ValueError if alpha isn't finite.
    Source: Clevert, Unterthiner, Hochreiter, "Fast and accurate deep network learning by ELUs", ICLR 2016.
    """
    x, alpha = as_float("x", x), as_number("alpha", alpha)
    return piecewise(x, x, alpha * np.expm1(np.minimum(x, 0)))


@np.errstate(all="ignore")
def elu_derivative(x, alpha=1.0):
    """h'(x) = 1 where x > 0, else alpha e^x.  x of any shape -> the same; alpha and errors as in elu."""
    x, alpha = as_float("x", x), as_number("alpha", alpha)
    return piecewise(x, 1, alpha * np.exp(np.minimum(x, 0)))


@np.errstate(all="ignore")
def piecewise(x, positive, other):
    """`positive` where x > 0, else `other`, NaN where x is NaN; of x's own dtype."""
    return scalar_if_0d(np.where(x > 0, positive, np.where(np.isnan(x), x, other)).astype(x.dtype))


def identity(x):
    """A copy of x:  h(x) = x, for the output of a regression.  x of any shape -> the same; TypeError if not real numbers."""
    return scalar_if_0d(as_float("x", x).copy())


def identity_derivative(x):
    """h'(x) = 1.  x of any shape -> the same; TypeError if not real numbers."""
    x = as_float("x", x)
    return piecewise(x, 1, 1)


# -- functions of a whole row -----------------------------------------------------------------------------------------


@np.errstate(all="ignore")  # -1e308 - 1e308 is -inf, e^-inf is 0, and both are right
def softmax(x, axis=-1):
    """Scores into probabilities that sum to 1:  h(x)_i = e^x_i / sum_j e^x_j.

    x (N, C), or any shape with at least one score along `axis`; the result has the same shape. The maximum is subtracted
    first, which changes nothing except that nothing overflows. A row with NaN or +inf in it, or of -inf alone, is NaN.
    TypeError if x isn't real numbers, ValueError if x has no score or no such axis.
    """
    x = as_float("x", x)
    axis = as_axis("axis", axis, x)
    if x.shape[axis] == 0:
        raise ValueError(f"x must have at least one score along axis {axis}, got shape {x.shape}")
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@np.errstate(all="ignore")
def maxout(x, W, b):
    """The largest of K affine maps, unit by unit:  h(x) = max_k (x W_k + b_k).

    x (N, D), W (K, D, H), b (K, H) -> (N, H). Each unit learns its own shape: with K = 2 pieces it can be relu or |x|.
    TypeError if one of them isn't real numbers, ValueError if the shapes don't fit or K is 0.
    Source: Goodfellow, Warde-Farley, Mirza, Courville, Bengio, "Maxout networks", ICML 2013.
    """
    x, W, b = as_float("x", x), as_float("W", W), as_float("b", b)
    check_shape("W", W, ("K", "D", "H"))
    K, D, H = W.shape
    check_shape("x", x, ("N", D))
    check_shape("b", b, (K, H))
    if K == 0:
        raise ValueError(f"W must have at least one piece, got shape {W.shape}")
    return (x @ W + b[:, np.newaxis]).max(axis=0)


# -- the table --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Activation:
    """A function with its derivative; `formula` is h(x) in LaTeX, without dollars."""

    function: Callable
    derivative: Callable
    formula: str


ACTIVATIONS = {
    "step": Activation(step, step_derivative, r"1\ (x > 0),\ \ 0\ (x \leq 0)"),
    "sigmoid": Activation(sigmoid, sigmoid_derivative, r"\frac{1}{1 + e^{-x}}"),
    "tanh": Activation(tanh, tanh_derivative, r"\frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}"),
    "relu": Activation(relu, relu_derivative, r"\max(0,\ x)"),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative, r"x\ (x > 0),\ \ 0.01\ x\ (x \leq 0)"),
    "elu": Activation(elu, elu_derivative, r"x\ (x > 0),\ \ e^{x} - 1\ (x \leq 0)"),
    "identity": Activation(identity, identity_derivative, r"x"),
}
