"""Nodes of a computational graph: one operation each, with its value forward and its local rule backward.

    Add  Multiply  Branch  Negative  Reciprocal  Exp  Log  Power  Apply      numbers, or arrays of any shape
    Repeat  Sum  MatMul                                                      rows and batches

`forward` keeps what `backward` needs. `backward(dout)` turns the upstream gradient, dL/d(output), into the downstream
gradient, dL/d(input): upstream times local. Nothing is broadcast, and no array is shared with the caller.
What has no real value is NaN or infinite, as in NumPy, without a warning.
"""

import numpy as np

from nnlib.activations import ACTIVATIONS, identity
from nnlib.arguments import as_batch, as_count, as_float, as_number, as_one_of, as_upstream, as_weights, check_shape

__all__ = [
    "Add", "Multiply", "Branch", "Negative", "Reciprocal", "Exp", "Log", "Power", "Apply", "Repeat", "Sum", "MatMul",
]  # fmt: skip
__dir__ = __all__.copy  # what Tab shows after `nodes.`


class Operation:
    """What all nodes have in common."""

    output_spec = None  # shape and dtype of forward's output, which backward compares dout with

    def forward(self, *inputs):
        """The output for x, or for x and y; what `backward` needs of them is copied.

        They're numbers or arrays of any shape, the same for both, unless the node's description names shapes; the output has
        that shape too. float32 stays float32, everything else becomes float64.
        TypeError if an input isn't real numbers, ValueError if its shape doesn't fit.
        """
        raise NotImplementedError

    def backward(self, dout):
        """The gradient with respect to x, or (dx, dy), by the chain rule: upstream times local.

        dout is the gradient with respect to the output of the latest forward, and has its shape; dx has the shape of x.
        RuntimeError before the first forward; TypeError if dout isn't real numbers, ValueError if its shape doesn't fit.
        """
        raise NotImplementedError


# -- two in, one out --------------------------------------------------------------------------------------------------


class Add(Operation):
    """z = x + y.  The gradient goes to both as it is: dx = dout, dy = dout."""

    @np.errstate(all="ignore")
    def forward(self, x, y):
        x, y = pair(x, y)
        z = x + y
        self.output_spec = z.shape, z.dtype
        return z

    def backward(self, dout):
        dout = as_upstream(self.output_spec, dout)
        return dout.copy(), dout.copy()


class Multiply(Operation):
    """z = x y.  Each gets the gradient times the other's value: dx = dout y, dy = dout x."""

    @np.errstate(all="ignore")
    def forward(self, x, y):
        x, y = pair(x, y)
        z = x * y
        self.output_spec, self.x, self.y = (z.shape, z.dtype), x.copy(), y.copy()
        return z

    @np.errstate(all="ignore")
    def backward(self, dout):
        dout = as_upstream(self.output_spec, dout)
        return dout * self.y, dout * self.x


def pair(x, y):
    x, y = as_float("x", x), as_float("y", y)
    check_shape("y", y, x.shape)
    return x, y


# -- one in, several out ----------------------------------------------------------------------------------------------


class Branch(Operation):
    """x is used n times.  The gradients that come back are added: dx = dout_1 + ... + dout_n."""

    def __init__(self, n=2):
        self.n = as_count("n", n)

    def forward(self, x):
        """n copies of x, of any shape, in a tuple. TypeError if x isn't real numbers."""
        x = as_float("x", x)
        self.output_spec = x.shape, x.dtype
        return tuple(identity(x) for _ in range(self.n))

    @np.errstate(all="ignore")
    def backward(self, *douts):
        """dx, the sum of the n gradients, each of x's shape.

        RuntimeError before the first forward; TypeError if one isn't real numbers, ValueError if there aren't n of x's shape.
        """
        if len(douts) != self.n:
            raise ValueError(f"backward must get {self.n} gradients, one for each branch, got {len(douts)}")
        return np.sum([as_upstream(self.output_spec, dout) for dout in douts], axis=0)


# -- one in, one out --------------------------------------------------------------------------------------------------


class Elementwise(Operation):
    """z = f(x), element by element:  dx = dout f'(x)."""

    @np.errstate(all="ignore")
    def forward(self, x):
        x = as_float("x", x)
        self.x = x.copy()
        self.output_spec = x.shape, x.dtype
        return self.function(self.x)

    @np.errstate(all="ignore")
    def backward(self, dout):
        dout = as_upstream(self.output_spec, dout)
        return dout * self.derivative(self.x)

    def function(self, x):
        """f(x), for floats of any shape."""
        raise NotImplementedError

    def derivative(self, x):
        """f'(x), for floats of any shape; one number if it's the same everywhere."""
        raise NotImplementedError


class Negative(Elementwise):
    """z = -x.  dx = -dout."""

    def function(self, x):
        return -x

    def derivative(self, x):
        return -1


class Reciprocal(Elementwise):
    """z = 1 / x.  dx = dout (-1 / x^2)."""

    def function(self, x):
        return 1 / x

    def derivative(self, x):
        return -1 / np.square(x)


class Exp(Elementwise):
    """z = e^x.  dx = dout e^x."""

    def function(self, x):
        return np.exp(x)

    def derivative(self, x):
        return np.exp(x)


class Log(Elementwise):
    """z = log x, the natural one.  dx = dout / x."""

    def function(self, x):
        return np.log(x)

    def derivative(self, x):
        return np.where(x < 0, np.nan, 1 / x).astype(x.dtype)


class Power(Elementwise):
    """z = x^n, n a number.  dx = dout n x^(n-1)."""

    def __init__(self, n):
        self.n = as_number("n", n)

    def function(self, x):
        return x**self.n

    def derivative(self, x):
        if self.n == 0:
            return 0  # also at x = 0, where 0 x^-1 has no value
        return self.n * x ** (self.n - 1)


class Apply(Elementwise):
    """z = h(x) with an activation function of nnlib.ACTIVATIONS, by name.  dx = dout h'(x)."""

    def __init__(self, activation):
        self.name = as_one_of("activation", activation, ACTIVATIONS)
        self.function, self.derivative = ACTIVATIONS[self.name].function, ACTIVATIONS[self.name].derivative


# -- rows and batches -------------------------------------------------------------------------------------------------


class Repeat(Operation):
    """One row n times, (1, D) -> (n, D).  The gradients of its copies are added: backward is a Sum."""

    def __init__(self, n):
        self.n = as_count("n", n)

    def forward(self, x):
        x = as_batch("x", x)
        check_shape("x", x, (1, "D"))
        y = np.repeat(x, self.n, axis=0)
        self.output_spec = y.shape, y.dtype
        return y

    @np.errstate(all="ignore")
    def backward(self, dout):
        return as_upstream(self.output_spec, dout).sum(axis=0, keepdims=True)


class Sum(Operation):
    """All rows added, (N, D) -> (1, D).  Each row gets the same gradient: backward is a Repeat."""

    @np.errstate(all="ignore")
    def forward(self, x):
        x = as_batch("x", x)
        self.N = len(x)
        y = x.sum(axis=0, keepdims=True)
        self.output_spec = y.shape, y.dtype
        return y

    def backward(self, dout):
        return np.repeat(as_upstream(self.output_spec, dout), self.N, axis=0)


class MatMul(Operation):
    """y = x @ W:  x (N, D), W (D, H) -> y (N, H).  dx = dout @ W.T, dW = x.T @ dout.  ValueError if the shapes don't fit."""

    def __init__(self, W):
        self.params = [as_weights("W", W)]
        self.grads = [np.zeros_like(self.params[0])]

    @np.errstate(all="ignore")
    def forward(self, x):
        (W,) = self.params
        self.x = as_batch("x", x, columns=len(W)).copy()
        y = self.x @ W
        self.output_spec = y.shape, y.dtype
        return y

    @np.errstate(all="ignore")
    def backward(self, dout):
        (W,) = self.params
        dout = as_upstream(self.output_spec, dout)
        self.grads[0][...] = self.x.T @ dout
        return dout @ W.T
