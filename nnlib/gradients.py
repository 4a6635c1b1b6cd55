"""Numerical gradients by central differences, and the check of analytic gradients against them."""

import copy
from dataclasses import dataclass

import numpy as np

from nnlib.arguments import as_float, as_function, as_number, as_object, check_same_shape, check_shape, scalar_if_0d

__all__ = ["numerical_derivative", "numerical_gradient", "relative_error", "check_gradients", "check_layer"]
__dir__ = __all__.copy  # what Tab shows after `gradients.`


@np.errstate(all="ignore")
def numerical_derivative(f, x, eps=1e-4):
    """f'(x) = (f(x + eps) - f(x - eps)) / (2 eps), the central difference.

    x is a number, or an array of any shape for an elementwise f; the result has x's shape. eps is a number above 0.
    TypeError if f isn't a function, or x or f(x) isn't real numbers; ValueError if f(x) has another shape than x, or eps <= 0.
    """
    f, x, eps = as_function("f", f), as_float("x", x), as_number("eps", eps, above=0)
    wide = x.astype(float)  # in float32, rounding would swallow the nudge
    above, below = as_float("f(x + eps)", f(wide + eps)), as_float("f(x - eps)", f(wide - eps))
    check_shape("f(x + eps)", above, x.shape)
    check_shape("f(x - eps)", below, x.shape)
    return ((above - below) / (2 * eps)).astype(x.dtype)


@np.errstate(all="ignore")
def numerical_gradient(f, x, eps=1e-4):
    """df/dx_i = (f(.., x_i + eps, ..) - f(.., x_i - eps, ..)) / (2 eps), for each element of x.

    x has any shape, and so has the result; f(x) is one number, computed twice for each element. An array of floats is
    nudged in place and put back bit for bit, even if f raises. So f may look at the array itself, as in
    numerical_gradient(lambda _: net.loss(x, t), net.params[0]). Lists, integers and read-only arrays are copied first.
    f gets a float32 x in float64, because rounding would swallow the nudge.
    TypeError if f isn't a function, or x or f(x) isn't real numbers; ValueError if f(x) isn't one number, or f changes x, or
    eps <= 0.
    """
    f, x, eps = as_function("f", f), as_writeable(x), as_number("eps", eps, above=0)
    before, gradient = x.copy(), np.zeros_like(x)
    try:
        for i in np.ndindex(x.shape):
            x_i = float(before[i])
            gradient[i] = (value_at(f, x, i, x_i + eps) - value_at(f, x, i, x_i - eps)) / (2 * eps)
            x[i] = before[i]
    finally:
        x[...] = before
    return scalar_if_0d(gradient)


def value_at(f, x, i, nudged):
    """f(x) with `nudged` in place of x[i]."""
    x[i] = nudged
    given = x.astype(float, copy=False)
    given[i] = nudged
    bits = given.tobytes()
    result = as_scalar(f(given))
    if given.tobytes() != bits:
        raise ValueError("f changes the array that it's given: it must compute a new one")
    return result


def as_writeable(x):
    """Floats that can be nudged: the array itself if possible, so that f sees the nudges wherever it looks at it."""
    x = as_float("x", x)
    return x if x.flags.writeable else x.copy()


def as_scalar(value):
    value = as_float("f(x)", value)
    if value.ndim:
        raise ValueError(f"f(x) must be one number, got an array of shape {value.shape}")
    return float(value)


@np.errstate(all="ignore")  # NaN is the answer if one of them has NaN or inf
def relative_error(actual, expected):
    """|actual - expected| / max(|actual|, |expected|), with |.| the norm: from 0, equal, to 2, of opposite sign.

    They have any shape, the same for both; the result is a number. Between a gradient and a numerical one, 1e-6 is a safe
    limit: even a correct gradient differs by about eps^2 = 1e-8, because the loss isn't a parabola, and by rounding, 1e-16
    of the loss divided by eps = 1e-4. A real bug usually gives more than 1e-2.
    TypeError if one of them isn't real numbers, ValueError if the shapes differ.
    """
    actual, expected = as_float("actual", actual), as_float("expected", expected)
    check_same_shape("actual", actual, "expected", expected)
    largest = np.maximum(np.abs(actual).max(initial=0), np.abs(expected).max(initial=0))
    if largest == 0:
        return 0.0
    actual, expected = actual / largest, expected / largest  # so that no square is too large
    return float(norm(actual - expected) / max(norm(actual), norm(expected)))


def norm(x):
    return np.sqrt(np.square(x, dtype=float).sum())


# -- checks of a layer and of a network -------------------------------------------------------------------------------

CORNER = "at a corner: the left and right slope differ"


@dataclass(frozen=True)
class Row:
    """One array: how far its analytic and its numerical gradient are apart, and where most."""

    name: str
    relative_error: float
    worst: tuple  # the index of the entry that differs most
    analytic: float  # its gradient by backpropagation
    numerical: float  # its gradient by central differences
    corners: int = 0  # the entries at a corner of the loss, compared with the slope on one side

    def __str__(self):
        worst = ", ".join(map(str, self.worst))
        there = f"[{worst}]: {self.analytic: .6f} {self.numerical: .6f}"
        corners = f"   {self.corners} {CORNER}" if self.corners else ""
        return f"{self.name:<16} {self.relative_error:>14.1e}   {there}{corners}"


class Report(tuple):
    """The rows of a gradient check; it prints as a table."""

    def __str__(self):
        title = f"{'parameter':<16} {'relative error':>14}   worst entry: analytic, numerical"
        return "\n".join([title, *map(str, self)])

    __repr__ = __str__


def check_gradients(network, x, t, eps=1e-4):
    """Backpropagation against central differences of the loss, for every parameter: a Report, with a Row for each.

    x (N, D), t as the network's loss needs it. A row has a name, a relative_error (see there: below 1e-6 is fine), and the
    worst entry. At a corner, such as ReLU's at 0, the left and right slope differ: the row counts such entries, and compares
    them with the nearer of the two. The check works on a float64 copy of the network, so rounding doesn't hide a bug.
    TypeError if network isn't a Network; ValueError if a gradient is missing or has another shape than its parameter, if x
    or t doesn't fit, or eps <= 0.
    """
    if not hasattr(as_object("network", network, gradient=2, loss=2), "layers"):
        raise TypeError(f"network must be a Network, got {type(network).__name__}, which has no layers")
    network = in_float64(network)
    x = as_float("x", x).astype(float)
    names = [
        f"{i} {type(layer).__name__} {name}"
        for i, layer in enumerate(network.layers, 1)
        for name in parameter_names(layer)
    ]
    pairs = paired(network.params, network.gradient(x, t))
    return report(lambda: network.loss(x, t), names, pairs, eps)


def check_layer(layer, x, dout=None, eps=1e-4):
    """One layer's backward against central differences of sum(dout * forward(x)): a Report, with rows x, W, b.

    x (N, D), or any shape that the layer takes, away from kinks; dout has the shape of forward(x), and is random but always
    the same if it's left out. Each row has a name, a relative_error (see there: below 1e-6 is fine), and the worst entry.
    The check works on a float64 copy of the layer, so rounding doesn't hide a bug.
    TypeError if layer has no forward(x) and backward(dout), or what they return isn't real numbers; ValueError if a gradient
    is missing or has another shape than its array, if x or dout doesn't fit, or eps <= 0.
    """
    layer = in_float64(as_object("layer", layer, forward=1, backward=1))
    x = as_float("x", x).astype(float)
    out = as_float("forward(x)", layer.forward(x))
    dout = np.random.default_rng(0).normal(size=out.shape) if dout is None else as_float("dout", dout)
    check_same_shape("dout", dout, "forward(x)", out)
    dx = as_float("dx", layer.backward(dout.copy()))
    check_same_shape("dx", dx, "x", x)
    pairs = [(x, dx.copy()), *paired(getattr(layer, "params", []), getattr(layer, "grads", []))]
    return report(lambda: np.sum(dout * layer.forward(x)), ["x", *parameter_names(layer)], pairs, eps)


def in_float64(thing):
    """A copy of a network or layer with all parameters and gradients in float64, whatever other names a layer has for them."""
    arrays = [*getattr(thing, "params", []), *getattr(thing, "grads", [])]
    return copy.deepcopy(thing, {id(array): np.array(array, float) for array in arrays})


def parameter_names(layer):
    return ["Wb"[i] if i < 2 else str(i) for i, _ in enumerate(getattr(layer, "params", []))]


def paired(params, grads):
    """Each parameter with a copy of its gradient."""
    if len(grads) != len(params):
        raise ValueError(f"grads must be one for each of the {len(params)} params, got {len(grads)}")
    for i, (param, grad) in enumerate(zip(params, grads, strict=True)):
        check_same_shape(f"grads[{i}]", np.asarray(grad), f"params[{i}]", param)
    return [(param, np.array(grad)) for param, grad in zip(params, grads, strict=True)]


def report(f, names, pairs, eps):
    """Each (array, gradient) against central differences of f(), which looks at the arrays itself."""
    return Report(checked(name, f, array, grad, eps) for name, (array, grad) in zip(names, pairs, strict=True))


@np.errstate(all="ignore")
def checked(name, f, array, analytic, eps):
    """The Row for one array. At a corner, such as ReLU's at 0, the slope on either side is right."""
    numerical, corners = numerical_gradient(lambda _: f(), array, eps), 0
    for i in map(tuple, np.argwhere(np.abs(analytic - numerical) > 1e-6 * np.abs(numerical).max(initial=0))):
        left, right = one_sided_slope(f, array, i, -eps), one_sided_slope(f, array, i, eps)
        if not np.isclose(left, right, rtol=1e-3):
            numerical[i] = min(left, right, key=lambda slope: abs(slope - analytic[i]))
            corners += 1
    return compare(name, analytic, numerical, corners)


def one_sided_slope(f, array, i, eps):
    """(4 f(x + eps) - f(x + 2 eps) - 3 f(x)) / (2 eps), the slope of f() to the right of x = array[i], or left if eps < 0."""

    def at(value):
        array[i] = value
        return f()

    x = array[i]
    return (4 * at(x + eps) - at(x + 2 * eps) - 3 * at(x)) / (2 * eps)  # at(x) comes last, and puts x back


@np.errstate(all="ignore")
def compare(name, analytic, numerical, corners=0):
    """The Row for an analytic and a numerical gradient of the same shape."""
    difference = np.abs(analytic - numerical)
    worst = np.unravel_index(np.argmax(difference), difference.shape)  # NaN counts as the largest
    error = relative_error(analytic, numerical)
    return Row(name, error, tuple(map(int, worst)), float(analytic[worst]), float(numerical[worst]), corners)
