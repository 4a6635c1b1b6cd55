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
from nnlib.arguments import as_batch, as_float, as_number, as_upstream, as_weights, check_shape
from nnlib.nodes import Apply, Operation

__all__ = [
    "Affine", "Sigmoid", "Tanh", "ReLU", "LeakyReLU", "ELU", "Identity", "Step",
    "SoftmaxWithLoss", "SigmoidWithLoss", "HalfSumSquaredError", "SumSquaredError", "MeanSquaredError",
]  # fmt: skip
__dir__ = __all__.copy  # what Tab shows after `layers.`


class Layer(Operation):
    """What all layers have in common.

    params  the arrays that the layer learns; a list, empty for an activation
    grads   for each of them its gradient, as the latest backward found it
    """

    def forward(self, x):
        """The layer's output for a mini-batch; what `backward` needs of x is copied.

        x (N, D): one sample in each row -> (N, H), where H = D for an activation. The layer's description has the formula.
        float32 stays float32, everything else becomes float64.
        TypeError if x isn't real numbers, ValueError if its shape doesn't fit or it's empty.
        """
        raise NotImplementedError

    def backward(self, dout):
        """The gradient of the loss with respect to x, by the chain rule; `grads` are overwritten in place.

        dout (N, H), the gradient with respect to the output of the latest forward -> dx (N, D).
        RuntimeError before the first forward; TypeError if dout isn't real numbers, ValueError if its shape doesn't fit.
        """
        raise NotImplementedError


# -- with parameters --------------------------------------------------------------------------------------------------


class Affine(Layer):
    """a = x @ W + b:  x (N, D), W (D, H), b (H,) -> a (N, H).  Without b it is x @ W.

    dx = dout @ W.T,  dW = x.T @ dout,  db = all rows of dout added.
    TypeError if W or b isn't real numbers, ValueError if the shapes don't fit.
    """

    def __init__(self, W, b=None):
        self.params = [as_weights("W", W)]
        if b is not None:
            b = as_float("b", b)
            check_shape("b", b, self.params[0].shape[1:])
            self.params.append(b.copy())
        self.grads = [np.zeros_like(param) for param in self.params]

    @np.errstate(all="ignore")
    def forward(self, x):
        W = self.params[0]
        self.x = as_batch("x", x, columns=len(W)).copy()
        a = self.x @ W
        if len(self.params) == 2:
            a = a + self.params[1]
        self.output_spec = a.shape, a.dtype
        return a

    @np.errstate(all="ignore")
    def backward(self, dout):
        W = self.params[0]
        dout = as_upstream(self.output_spec, dout)
        self.backward_to_params(dout)
        return dout @ W.T

    @np.errstate(all="ignore")
    def backward_to_params(self, dout):
        """The part of backward that fills `grads`; a network's first layer needs no other. dout (N, H), errors as in backward."""
        dout = as_upstream(self.output_spec, dout)
        self.grads[0][...] = self.x.T @ dout
        if len(self.grads) == 2:
            self.grads[1][...] = dout.sum(axis=0)


# -- activations ------------------------------------------------------------------------------------------------------


class ActivationLayer(Apply, Layer):
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
    """z = 1 where a > 0, else 0.  da = 0: the layers before it never learn."""

    name = "step"


ACTIVATION_LAYERS = {layer.name: layer for layer in (Sigmoid, Tanh, ReLU, LeakyReLU, ELU, Identity, Step)}

# -- losses as the last layer -----------------------------------------------------------------------------------------


class LossLayer:
    """A loss of nnlib.losses as a network's last layer: it remembers the scores and targets for `backward`."""

    loss = gradient = None  # functions of (scores, t)

    def __init__(self):
        self.scores = self.t = None

    def forward(self, scores, t):
        """The loss of a mini-batch, a number; scores and t are copied.

        scores (N, C), t as the loss function needs it: (N,) labels or (N, C) for a softmax, else (N, C).
        TypeError if one of them isn't real numbers, ValueError if a shape or a target doesn't fit.
        """
        scores = as_batch("scores", scores, columns="C").copy()
        loss = self.loss(scores, t)
        self.scores, self.t = scores, np.array(t)  # only now: a refused forward changes nothing
        return loss

    @np.errstate(all="ignore")
    def backward(self, dout=1):
        """The gradient with respect to the scores of the latest forward, (N, C), times `dout`, a number.

        RuntimeError before the first forward; TypeError or ValueError if dout isn't a finite number.
        """
        if self.scores is None:
            raise RuntimeError("backward before forward: call forward(scores, t) first")
        return as_number("dout", dout) * self.gradient(self.scores, self.t)


class SoftmaxWithLoss(LossLayer):
    """One of C classes:  L = softmax_cross_entropy(scores, t),  dscores = (softmax(scores) - t) / N."""

    loss = staticmethod(losses.softmax_cross_entropy)
    gradient = staticmethod(losses.softmax_cross_entropy_gradient)

    def correct(self, scores, t):
        """Whether each sample's largest score is at its target: scores (N, C), t (N,) or (N, C) -> (N,).

        Errors as in forward.
        """
        t = losses.class_targets(t, scores)
        return (scores.argmax(axis=1) == t.argmax(axis=1)) & ~np.isnan(scores + t).any(axis=1)


class SigmoidWithLoss(LossLayer):
    """Yes or no:  L = sigmoid_cross_entropy(scores, t),  dscores = (sigmoid(scores) - t) / N."""

    loss = staticmethod(losses.sigmoid_cross_entropy)
    gradient = staticmethod(losses.sigmoid_cross_entropy_gradient)

    def correct(self, scores, t):
        """Whether each probability is on its target's side of one half: scores (N, C), t (N, C) -> (N, C).

        Errors as in forward.
        """
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
