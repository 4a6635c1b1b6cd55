"""Slopes found by nudging: slow, simple, and the judge of every derivative found by formula."""

import copy
from dataclasses import dataclass

import numpy as np

from nnlib.arguments import as_float, as_function, as_number, as_object, check_same_shape, check_shape


def numerical_derivative(f, x, eps=1e-4):
    """f'(x) = (f(x + eps) - f(x - eps)) / (2 eps), the central difference.

    x is a number, or an array of them for an elementwise f.
    """
    f, x, eps = as_function("f", f), as_float("x", x), as_number("eps", eps, above=0)
    with np.errstate(all="ignore"):
        above, below = as_float("f(x + eps)", f(x + eps)), as_float("f(x - eps)", f(x - eps))
        check_shape("f(x + eps)", above, x.shape)
        check_shape("f(x - eps)", below, x.shape)
        return (above - below) / (2 * eps)


def numerical_gradient(f, x, eps=1e-4):
    """df/dx_i = (f(.., x_i + eps, ..) - f(.., x_i - eps, ..)) / (2 eps), for each element of x.

    x has any shape, f(x) is one number. f is called twice for each element. An array of floats is nudged in place and
    put back bit for bit, also when f raises: so f may look at it from elsewhere, as in
    numerical_gradient(lambda _: net.loss(x, t), net.params[0]). All else is copied first: lists, integers, and a
    read-only array, whose nudges nobody else sees.
    """
    f, x, eps = as_function("f", f), as_writeable(x), as_number("eps", eps, above=0)
    gradient = np.zeros_like(x)
    with np.errstate(all="ignore"):
        for i in np.ndindex(x.shape):
            before = x[i]
            try:
                x[i] = before + eps
                above = as_scalar(f(x))
                x[i] = before - eps
                below = as_scalar(f(x))
            finally:
                x[i] = before
            gradient[i] = (above - below) / (2 * eps)
    return gradient[()]


def as_writeable(x):
    """Floats that can be changed: the very array where it can be, so that nudges are seen from elsewhere."""
    x = as_float("x", x)
    return x if x.flags.writeable else x.copy()


def as_scalar(value):
    value = as_float("f(x)", value)
    if value.ndim:
        raise ValueError(f"f(x) must be one number, got an array of shape {value.shape}")
    return float(value)


def relative_error(actual, expected):
    """|actual - expected| / max(|actual|, |expected|), with |.| the norm: 0 is equal, 1e-6 is good, 1 is wrong."""
    actual, expected = as_float("actual", actual), as_float("expected", expected)
    check_same_shape("actual", actual, "expected", expected)
    largest = np.maximum(np.abs(actual).max(initial=0), np.abs(expected).max(initial=0))
    if largest == 0:
        return 0.0
    with np.errstate(all="ignore"):  # NaN is the answer where one of them has NaN or inf
        actual, expected = actual / largest, expected / largest  # so that no square is too large
        return float(norm(actual - expected) / max(norm(actual), norm(expected)))


def norm(x):
    return np.sqrt(np.square(x, dtype=float).sum())


# -- a whole network --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One parameter: how far backpropagation and nudging are apart, and where most."""

    name: str
    relative_error: float
    worst: tuple  # the element that differs most
    analytic: float  # its gradient by backpropagation
    numerical: float  # its gradient by nudging

    def __str__(self):
        worst = ", ".join(map(str, self.worst))
        there = f"[{worst}]: {self.analytic: .6f} {self.numerical: .6f}"
        return f"{self.name:<16} {self.relative_error:>14.1e}   {there}"


class Report(tuple):
    """The rows of a gradient check; it prints as a table."""

    def __str__(self):
        title = f"{'parameter':<16} {'relative error':>14}   worst entry: analytic, numerical"
        return "\n".join([title, *map(str, self)])

    __repr__ = __str__


def check_gradients(network, x, t, eps=1e-4):
    """Backpropagation held against nudging, for every parameter: a Report with a Row for each.

    Works on a copy of the network in float64, so that rounding does not hide a bug.
    """
    if not hasattr(as_object("network", network, gradient=2, loss=2), "layers"):
        raise TypeError(f"network must be a Network, got {type(network).__name__}, which has no layers")
    network = in_float64(network)
    x = as_float("x", x).astype(float)
    analytic = [np.array(grad) for grad in network.gradient(x, t)]
    if len(analytic) != len(network.params):
        raise ValueError(
            f"network.gradient must give one for each of the {len(network.params)} params, got {len(analytic)}"
        )
    for i, (grad, param) in enumerate(zip(analytic, network.params, strict=True)):
        check_same_shape(f"grads[{i}]", grad, f"params[{i}]", param)
    numerical = [numerical_gradient(lambda _: network.loss(x, t), param, eps) for param in network.params]
    return Report(map(compare, parameter_names(network), analytic, numerical))


def compare(name, analytic, numerical):
    with np.errstate(all="ignore"):
        difference = np.abs(analytic - numerical)
    worst = np.unravel_index(np.argmax(difference), difference.shape)  # NaN counts as the largest
    worst_here = tuple(int(i) for i in worst)
    return Row(name, relative_error(analytic, numerical), worst_here, float(analytic[worst]), float(numerical[worst]))


def parameter_names(network):
    """`1 Affine W`, `1 Affine b` and the like: layers counted from 1, in the order of network.params."""
    for number, layer in enumerate(network.layers, start=1):
        for i, _ in enumerate(getattr(layer, "params", [])):
            yield f"{number} {type(layer).__name__} {'Wb'[i] if i < 2 else i}"


def in_float64(network):
    """A copy with all parameters and gradients in float64, also where a layer has other names for them."""
    arrays = [*network.params, *network.grads]
    return copy.deepcopy(network, {id(array): np.array(array, float) for array in arrays})
