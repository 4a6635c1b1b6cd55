"""Gradient descent: go a little against the gradient, and again."""

import numpy as np

from nnlib.arguments import as_count, as_float, as_function, as_number, check_same_shape
from nnlib.gradients import numerical_gradient

__all__ = ["gradient_descent", "SGD"]
__dir__ = __all__.copy  # what Tab shows after `descent.`


@np.errstate(all="ignore")
def gradient_descent(f, start, learning_rate=0.1, steps=100, gradient=None):
    """x <- x - learning_rate df/dx, `steps` times; returns the path, every x from `start` on.

    start has any shape, and the path (steps + 1, *that shape). f(x) is one number. gradient(x) has x's shape; without it,
    the gradient is numerical. A path that diverges ends in inf and NaN.
    TypeError if f or gradient isn't a function, or start isn't real numbers; ValueError if learning_rate or steps is
    negative, or gradient(x) has another shape.
    """
    f, x = as_function("f", f), as_float("start", start)
    learning_rate, steps = as_number("learning_rate", learning_rate, least=0), as_count("steps", steps, least=0)
    gradient = (lambda x: numerical_gradient(f, x)) if gradient is None else as_function("gradient", gradient)
    path = np.empty((steps + 1, *x.shape), x.dtype)
    path[0] = x
    for i in range(steps):
        df = as_float("gradient(x)", gradient(path[i].copy()))
        check_same_shape("gradient(x)", df, "x", x)
        path[i + 1] = path[i] - learning_rate * df
    return path


class SGD:
    """Stochastic gradient descent:  param <- param - learning_rate grad, in place, for each parameter.

    TypeError or ValueError if learning_rate isn't a finite number, at least 0.
    """

    def __init__(self, learning_rate):
        self.learning_rate = as_number("learning_rate", learning_rate, least=0)

    @np.errstate(all="ignore")
    def update(self, params, grads):
        """One step, which changes the arrays of the list `params`, of any shape; `grads` has a gradient of that shape for each.

        TypeError if one isn't an array of floats, ValueError if the lists or shapes don't fit or an array is read-only. Then
        nothing has changed.
        """
        for param, grad in checked_pairs(params, grads):
            param -= self.learning_rate * grad


def checked_pairs(params, grads):
    """Each parameter with its gradient, after a look at all of them, so that a mistake changes none."""
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
