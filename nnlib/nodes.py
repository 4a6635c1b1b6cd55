"""Nodes of a computational graph: one operation each, with its value forward and its local rule backward.

    Add  Multiply  Branch  Negative  Reciprocal  Exp  Log  Power  Apply      numbers, or arrays of any shape
    Repeat  Sum  MatMul                                                      rows and batches

`forward` keeps what `backward` needs. `backward(dout)` turns the upstream gradient, dL/d(output), into the downstream
gradient, dL/d(input): upstream times local. Nothing is broadcast; what goes in and what comes out belongs to the caller.
What has no real value is NaN or infinite, as in NumPy, without a warning.
"""

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.arguments import (
    as_batch,
    as_count,
    as_float,
    as_number,
    as_one_of,
    as_upstream,
    as_weights,
    check_shape,
    shape_and_dtype,
)

# -- two in, one out --------------------------------------------------------------------------------------------------


class Add:
    """z = x + y.  The gradient goes to both as it is: dx = dout, dy = dout."""

    output_spec = None  # by backward: the shape and dtype of what forward returned

    def forward(self, x, y):
        x, y = pair(x, y)
        with np.errstate(all="ignore"):
            z = x + y
        self.output_spec = shape_and_dtype(z)
        return z

    def backward(self, dout):
        dout = as_upstream(self.output_spec, dout)
        return +dout, +dout  # the plus makes a copy


class Multiply:
    """z = x y.  Each gets the gradient times the other's value: dx = dout y, dy = dout x."""

    output_spec = None

    def forward(self, x, y):
        x, y = pair(x, y)
        with np.errstate(all="ignore"):
            z = x * y
        self.output_spec, self.x, self.y = shape_and_dtype(z), +x, +y
        return z

    def backward(self, dout):
        dout = as_upstream(self.output_spec, dout)
        with np.errstate(all="ignore"):
            return dout * self.y, dout * self.x


# -- one in, several out ----------------------------------------------------------------------------------------------


class Branch:
    """x goes on n ways.  The gradients that come back are added: dx = dout_1 + ... + dout_n."""

    output_spec = None

    def __init__(self, n=2):
        self.n = as_count("n", n)

    def forward(self, x):
        x = as_float("x", x)
        self.output_spec = shape_and_dtype(x)
        return tuple(+x for _ in range(self.n))

    def backward(self, *douts):
        if len(douts) != self.n:
            raise ValueError(f"backward must get {self.n} gradients, one for each branch, got {len(douts)}")
        with np.errstate(all="ignore"):
            return np.sum([as_upstream(self.output_spec, dout) for dout in douts], axis=0)


# -- one in, one out --------------------------------------------------------------------------------------------------


class Elementwise:
    """z = f(x), element by element:  dx = dout f'(x)."""

    output_spec = None

    def forward(self, x):
        x = as_float("x", x)
        self.x = +x
        self.output_spec = shape_and_dtype(x)
        with np.errstate(all="ignore"):
            return self.value(self.x)

    def backward(self, dout):
        dout = as_upstream(self.output_spec, dout)
        with np.errstate(all="ignore"):
            return dout * self.local(self.x)


class Negative(Elementwise):
    """z = -x.  dx = -dout."""

    def value(self, x):
        return -x

    def local(self, x):
        return -1


class Reciprocal(Elementwise):
    """z = 1 / x.  dx = dout (-1 / x^2)."""

    def value(self, x):
        return 1 / x

    def local(self, x):
        return -1 / np.square(x)


class Exp(Elementwise):
    """z = e^x.  dx = dout e^x."""

    def value(self, x):
        return np.exp(x)

    def local(self, x):
        return np.exp(x)


class Log(Elementwise):
    """z = log x, the natural one.  dx = dout / x."""

    def value(self, x):
        return np.log(x)

    def local(self, x):
        return np.where(x < 0, np.nan, 1 / x).astype(x.dtype)[()]


class Power(Elementwise):
    """z = x^n, n a number.  dx = dout n x^(n-1)."""

    def __init__(self, n):
        self.n = as_number("n", n)

    def value(self, x):
        return x**self.n

    def local(self, x):
        if self.n == 0:
            return 0  # also at x = 0, where 0 x^-1 has no value
        return self.n * x ** (self.n - 1)


class Apply(Elementwise):
    """z = h(x) with an activation function of nnlib.ACTIVATIONS, by name.  dx = dout h'(x)."""

    def __init__(self, activation):
        activation = ACTIVATIONS[as_one_of("activation", activation, ACTIVATIONS)]
        self.value, self.local = activation.function, activation.derivative


# -- rows and batches -------------------------------------------------------------------------------------------------


class Repeat:
    """One row n times, (1, D) -> (n, D).  The gradients of its copies are added: backward is a Sum."""

    output_spec = None

    def __init__(self, n):
        self.n = as_count("n", n)

    def forward(self, x):
        x = as_batch("x", x)
        check_shape("x", x, (1, "D"))
        y = np.repeat(x, self.n, axis=0)
        self.output_spec = shape_and_dtype(y)
        return y

    def backward(self, dout):
        with np.errstate(all="ignore"):
            return as_upstream(self.output_spec, dout).sum(axis=0, keepdims=True)


class Sum:
    """All rows added, (N, D) -> (1, D).  Each row gets the same gradient: backward is a Repeat."""

    output_spec = None

    def forward(self, x):
        x = as_batch("x", x)
        self.N = len(x)
        with np.errstate(all="ignore"):
            y = x.sum(axis=0, keepdims=True)
        self.output_spec = shape_and_dtype(y)
        return y

    def backward(self, dout):
        return np.repeat(as_upstream(self.output_spec, dout), self.N, axis=0)


class MatMul:
    """y = x @ W:  x (N, D), W (D, H) -> y (N, H).  dx = dout @ W.T, dW = x.T @ dout."""

    output_spec = None

    def __init__(self, W):
        self.params = [as_weights("W", W)]
        self.grads = [np.zeros_like(self.params[0])]

    def forward(self, x):
        (W,) = self.params
        self.x = as_batch("x", x, columns=len(W)).copy()
        with np.errstate(all="ignore"):
            y = self.x @ W
        self.output_spec = shape_and_dtype(y)
        return y

    def backward(self, dout):
        (W,) = self.params
        dout = as_upstream(self.output_spec, dout)
        with np.errstate(all="ignore"):
            self.grads[0][...] = self.x.T @ dout
            return dout @ W.T


# -- what they ask of their arguments ---------------------------------------------------------------------------------


def pair(x, y):
    x, y = as_float("x", x), as_float("y", y)
    check_shape("y", y, x.shape)
    return x, y
