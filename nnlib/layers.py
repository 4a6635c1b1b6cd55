"""Layers: a mini-batch goes forward, gradients come back.

    Affine                                                          params [W, b], or [W]
    Sigmoid  Tanh  ReLU  LeakyReLU  ELU  Identity  Step             no parameters
    SoftmaxWithLoss  SigmoidWithLoss  HalfSumSquaredError  SumSquaredError  MeanSquaredError      the last: a loss

`forward(x)` takes a batch, x (N, D), and keeps a copy. `backward(dout)` takes dL/d(output), (N, H), overwrites `grads` in
place and returns dL/dx, (N, D). `params` and `grads` are lists of arrays, one gradient for each parameter, of its shape.
A loss has `forward(scores, t)`, which is a number, and `backward(dout=1)`, which is dL/dscores.
"""

import numpy as np

from nnlib import losses
from nnlib.activations import sigmoid
from nnlib.arguments import as_batch, as_float, as_number, as_upstream, as_weights, check_shape, shape_and_dtype
from nnlib.nodes import Apply

# -- with parameters --------------------------------------------------------------------------------------------------


class Affine:
    """a = x @ W + b:  x (N, D), W (D, H), b (H,) -> a (N, H).  Without b it is x @ W.

    dx = dout @ W.T,  dW = x.T @ dout,  db = all rows of dout added.
    """

    output_spec = None

    def __init__(self, W, b=None):
        self.params = [as_weights("W", W)]
        if b is not None:
            b = as_float("b", b)
            check_shape("b", b, self.params[0].shape[1:])
            self.params.append(b.copy())
        self.grads = [np.zeros_like(param) for param in self.params]

    def forward(self, x):
        W = self.params[0]
        self.x = as_batch("x", x, columns=len(W)).copy()
        with np.errstate(all="ignore"):
            a = self.x @ W
            if len(self.params) == 2:
                a = a + self.params[1]
        self.output_spec = shape_and_dtype(a)
        return a

    def backward(self, dout):
        W = self.params[0]
        dout = as_upstream(self.output_spec, dout)
        self.backward_to_params(dout)
        with np.errstate(all="ignore"):
            return dout @ W.T

    def backward_to_params(self, dout):
        """The part of backward that fills `grads`; a network asks its first layer for nothing else."""
        dout = as_upstream(self.output_spec, dout)
        with np.errstate(all="ignore"):
            self.grads[0][...] = self.x.T @ dout
            if len(self.grads) == 2:
                self.grads[1][...] = dout.sum(axis=0)


# -- activations ------------------------------------------------------------------------------------------------------


class ActivationLayer(Apply):
    """z = h(a), element by element, (N, D) -> (N, D):  da = dout h'(a).

    forward and backward are those of nodes.Elementwise, whose x is our a.
    """

    name = None  # in nnlib.ACTIVATIONS

    def __init__(self):
        super().__init__(self.name)
        self.params, self.grads = [], []

    def forward(self, x):
        return super().forward(as_batch("x", x))


class Sigmoid(ActivationLayer):
    """z = 1 / (1 + e^-a).  da = dout z (1 - z)."""

    name = "sigmoid"


class Tanh(ActivationLayer):
    """z = tanh a.  da = dout (1 - z^2)."""

    name = "tanh"


class ReLU(ActivationLayer):
    """z = max(0, a).  da = dout where a > 0, else 0."""

    name = "relu"


class LeakyReLU(ActivationLayer):
    """z = a where a > 0, else 0.01 a.  da = dout, or 0.01 dout."""

    name = "leaky_relu"


class ELU(ActivationLayer):
    """z = a where a > 0, else e^a - 1.  da = dout, or dout e^a."""

    name = "elu"


class Identity(ActivationLayer):
    """z = a.  da = dout."""

    name = "identity"


class Step(ActivationLayer):
    """z = 1 where a > 0, else 0.  da = 0: whatever lies before it never learns."""

    name = "step"


ACTIVATION_LAYERS = {layer.name: layer for layer in (Sigmoid, Tanh, ReLU, LeakyReLU, ELU, Identity, Step)}

# -- losses as the last layer -----------------------------------------------------------------------------------------


class LossLayer:
    """A loss of nnlib.losses that remembers what it was asked."""

    loss = gradient = None  # functions of (scores, t)

    def __init__(self):
        self.scores = self.t = None

    def forward(self, scores, t):
        scores = as_batch("scores", scores, columns="C").copy()
        loss = self.loss(scores, t)
        self.scores, self.t = scores, np.array(t)  # copies, and only once they are known to fit
        return loss

    def backward(self, dout=1):
        if self.scores is None:
            raise RuntimeError("backward before forward: call forward(scores, t) first")
        with np.errstate(all="ignore"):
            return as_number("dout", dout) * self.gradient(self.scores, self.t)


class SoftmaxWithLoss(LossLayer):
    """One of C classes:  L = softmax_cross_entropy(scores, t),  dscores = (softmax(scores) - t) / N."""

    loss = staticmethod(losses.softmax_cross_entropy)
    gradient = staticmethod(losses.softmax_cross_entropy_gradient)

    def correct(self, scores, t):
        """Whether the largest score is at the target; (N,)."""
        t = losses.class_targets(t, scores)
        return (scores.argmax(axis=1) == t.argmax(axis=1)) & ~np.isnan(scores + t).any(axis=1)


class SigmoidWithLoss(LossLayer):
    """Yes or no:  L = sigmoid_cross_entropy(scores, t),  dscores = (sigmoid(scores) - t) / N."""

    loss = staticmethod(losses.sigmoid_cross_entropy)
    gradient = staticmethod(losses.sigmoid_cross_entropy_gradient)

    def correct(self, scores, t):
        """Whether the probability is on the target's side of one half; (N, C)."""
        scores, t, _ = losses.scores_and_yes_no_targets(scores, t)
        return ((sigmoid(scores) > 0.5) == (t > 0.5)) & ~np.isnan(scores + t)


class HalfSumSquaredError(LossLayer):
    """L = 1/2 sum (y - t)^2,  dy = y - t;  y is the scores."""

    loss = staticmethod(losses.half_sum_squared_error)
    gradient = staticmethod(losses.half_sum_squared_error_gradient)


class SumSquaredError(LossLayer):
    """L = sum (y - t)^2,  dy = 2 (y - t);  y is the scores."""

    loss = staticmethod(losses.sum_squared_error)
    gradient = staticmethod(losses.sum_squared_error_gradient)


class MeanSquaredError(LossLayer):
    """L = mean (y - t)^2,  dy = 2 (y - t) / (N C);  y is the scores."""

    loss = staticmethod(losses.mean_squared_error)
    gradient = staticmethod(losses.mean_squared_error_gradient)
