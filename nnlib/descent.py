"""Gradient descent: go a little against the gradient, and again."""

import numpy as np

from nnlib.arguments import as_count, as_float, as_function, as_number, check_same_shape
from nnlib.gradients import numerical_gradient


def gradient_descent(f, start, learning_rate=0.1, steps=100, gradient=None):
    """x <- x - learning_rate df/dx, `steps` times; every place on the way: (steps + 1, ...), with `start` first.

    gradient(x) -> df/dx, of x's shape; without it, it is found by nudging. A path that diverges ends in inf and NaN.
    """
    f, x = as_function("f", f), as_float("start", start)
    learning_rate, steps = as_number("learning_rate", learning_rate, least=0), as_count("steps", steps, least=0)
    gradient = (lambda x: numerical_gradient(f, x)) if gradient is None else as_function("gradient", gradient)
    path = np.empty((steps + 1, *x.shape), x.dtype)
    path[0] = x
    with np.errstate(all="ignore"):
        for i in range(steps):
            df = as_float("gradient(x)", gradient(path[i].copy()))
            check_same_shape("gradient(x)", df, "x", x)
            path[i + 1] = path[i] - learning_rate * df
    return path


class SGD:
    """Stochastic gradient descent:  param <- param - learning_rate grad, in place, for each parameter."""

    def __init__(self, learning_rate):
        self.learning_rate = as_number("learning_rate", learning_rate, least=0)

    def update(self, params, grads):
        pairs = checked_pairs(params, grads)
        with np.errstate(all="ignore"):
            for param, grad in pairs:
                param -= self.learning_rate * grad


def checked_pairs(params, grads):
    """Each parameter with its gradient, all of them looked at before the first is changed."""
    grads = [as_float(f"grads[{i}]", grad) for i, grad in enumerate(grads)]
    if len(params) != len(grads):
        raise ValueError(f"grads must be one for each of the {len(params)} params, got {len(grads)}")
    for i, (param, grad) in enumerate(zip(params, grads, strict=True)):
        if not isinstance(param, np.ndarray) or param.dtype.kind != "f":
            raise TypeError(f"params[{i}] must be an array of floats, which is changed in place")
        if not param.flags.writeable:
            raise ValueError(f"params[{i}] must be writeable, and is read-only")
        check_same_shape(f"grads[{i}]", grad, f"params[{i}]", param)
    return list(zip(params, grads, strict=True))
