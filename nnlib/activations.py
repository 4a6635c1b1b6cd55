"""Activation functions: what a unit does to its weighted sum, z = h(a).

    step  sigmoid  tanh  relu  leaky_relu  elu  identity      one number in, one number out, each with its derivative
    softmax  maxout                                           a whole row in

`x` is a number, a list or an array of any shape; the answer has the same shape. float32 stays float32, integers become
float64. NaN stays NaN. Nothing here warns: what is too small to be written as a float is 0.

At a kink a derivative is its left value: relu'(0) = 0, leaky_relu'(0) = slope, elu'(0) = alpha.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlib.arguments import as_axis, as_float, as_number, check_shape

# -- step -------------------------------------------------------------------------------------------------------------


def step(x):
    """Fire or not:  h(x) = 1 where x > 0, else 0."""
    x = as_float("x", x)
    return np.sign(np.maximum(x, 0))  # NaN stays NaN, which `x > 0` would turn into 0


def step_derivative(x):
    """h'(x) = 0 everywhere: flat on both sides of the jump, and 0 by convention on it."""
    x = as_float("x", x)
    return np.where(np.isnan(x), x, x.dtype.type(0))[()]


# -- sigmoid ----------------------------------------------------------------------------------------------------------


def sigmoid(x):
    """Squash x into (0, 1):  h(x) = 1 / (1 + e^-x)."""
    x = as_float("x", x)
    e = exp_of_minus_abs(x)
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_derivative(x):
    """h'(x) = h(x) (1 - h(x)), at most 1/4 at 0; written e^-|x| / (1 + e^-|x|)^2, which is not rounded to 0 at x = 40."""
    x = as_float("x", x)
    e = exp_of_minus_abs(x)
    return e / np.square(1 + e)


def exp_of_minus_abs(x):
    """e^-|x|, which never overflows."""
    with np.errstate(under="ignore"):  # e^-1000 is 0, and that is right
        return np.exp(-np.abs(x))


# -- tanh -------------------------------------------------------------------------------------------------------------


def tanh(x):
    """Squash x into (-1, 1):  h(x) = (e^x - e^-x) / (e^x + e^-x)."""
    return np.tanh(as_float("x", x))


def tanh_derivative(x):
    """h'(x) = 1 - h(x)^2, at most 1 at 0; written 4 e^-2|x| / (1 + e^-2|x|)^2, which is not rounded to 0 at x = 20."""
    x = as_float("x", x)
    with np.errstate(under="ignore"):
        e = np.square(exp_of_minus_abs(x))
        return 4 * e / np.square(1 + e)


# -- relu, and its relatives ------------------------------------------------------------------------------------------


def relu(x):
    """Keep what is positive:  h(x) = max(0, x)."""
    x = as_float("x", x)
    return np.maximum(x, 0)


def relu_derivative(x):
    """h'(x) = 1 where x > 0, else 0."""
    return step(x)


def leaky_relu(x, slope=0.01):
    """Let a little of the negative through:  h(x) = x where x > 0, else slope x."""
    x, slope = as_float("x", x), as_number("slope", slope)
    return piecewise(x, x, times(slope, x))


def leaky_relu_derivative(x, slope=0.01):
    """h'(x) = 1 where x > 0, else slope."""
    x, slope = as_float("x", x), as_number("slope", slope)
    return piecewise(x, 1, slope)


def elu(x, alpha=1.0):
    """Bend smoothly towards -alpha:  h(x) = x where x > 0, else alpha (e^x - 1)."""
    x, alpha = as_float("x", x), as_number("alpha", alpha)
    with np.errstate(under="ignore"):
        return piecewise(x, x, times(alpha, np.expm1(np.minimum(x, 0))))


def elu_derivative(x, alpha=1.0):
    """h'(x) = 1 where x > 0, else alpha e^x."""
    x, alpha = as_float("x", x), as_number("alpha", alpha)
    with np.errstate(under="ignore"):
        return piecewise(x, 1, times(alpha, np.exp(np.minimum(x, 0))))


def piecewise(x, positive, other):
    """`positive` where x > 0, else `other`, NaN where x is NaN; of x's own dtype."""
    with np.errstate(all="ignore"):
        return np.where(x > 0, positive, np.where(np.isnan(x), x, other)).astype(x.dtype)[()]


def times(number, x):
    """number x, also where that is too small or too large for a float, or 0 times infinity, which is NaN."""
    with np.errstate(all="ignore"):
        return number * x


# -- identity ---------------------------------------------------------------------------------------------------------


def identity(x):
    """Change nothing:  h(x) = x. What a regression's output layer does."""
    return +as_float("x", x)  # the plus makes a copy


def identity_derivative(x):
    """h'(x) = 1."""
    x = as_float("x", x)
    return np.where(np.isnan(x), x, x.dtype.type(1))[()]


# -- functions of a whole row -----------------------------------------------------------------------------------------


def softmax(x, axis=-1):
    """Scores into probabilities that sum to 1:  h(x)_i = e^x_i / sum_j e^x_j.

    x (N, C), or any shape; the sum runs along `axis`. Shifted by the maximum, which changes nothing but the overflow. A
    row with NaN or +inf in it, or with -inf alone, is NaN.
    """
    x = as_float("x", x)
    axis = as_axis("axis", axis, x)
    if x.shape[axis] == 0:
        raise ValueError(f"x must have at least one score along axis {axis}, got shape {x.shape}")
    with np.errstate(all="ignore"):  # -1e308 - 1e308 is -inf, e^-inf is 0, and both are right
        e = np.exp(x - x.max(axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)


def maxout(x, W, b):
    """The largest of K affine maps, unit by unit:  h(x) = max_k (x W_k + b_k).

    x (N, D), W (K, D, H), b (K, H) -> (N, H). Each unit learns its own shape: K = 2 pieces can be relu or |x|.
    Source: Goodfellow, Warde-Farley, Mirza, Courville, Bengio, "Maxout networks", ICML 2013.
    """
    x, W, b = as_float("x", x), as_float("W", W), as_float("b", b)
    check_shape("W", W, ("K", "D", "H"))
    K, D, H = W.shape
    check_shape("x", x, ("N", D))
    check_shape("b", b, (K, H))
    if K == 0:
        raise ValueError(f"W must have at least one piece, got shape {W.shape}")
    with np.errstate(all="ignore"):
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
