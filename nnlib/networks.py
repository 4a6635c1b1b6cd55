"""Networks: layers in a row, and a loss at the end."""

import numpy as np

from nnlib import gradients
from nnlib.activations import ACTIVATIONS
from nnlib.arguments import as_batch, as_count, as_number, as_object, as_one_of, as_rng, describe
from nnlib.layers import ACTIVATION_LAYERS, Affine, SoftmaxWithLoss

__all__ = ["Network", "TwoLayerNet"]
__dir__ = __all__.copy  # what Tab shows after `networks.`


class Network:
    """A list of layers, x -> scores, with a loss of nnlib.layers at the end: softmax and cross entropy if it's left out.

    A layer has forward(x) and backward(dout), and the lists params and grads if it learns; x is a mini-batch (N, D).
    TypeError if one of them isn't a layer or a loss; ValueError if there's no layer, or the same object twice.
    """

    def __init__(self, layers, loss=None):
        self.layers = checked(layers)
        self.loss_layer = SoftmaxWithLoss() if loss is None else as_object("loss", loss, forward=2, backward=0)
        self.ready_for_backward = False  # whether the latest pass through the layers was for a loss

    @property
    def params(self):
        """The arrays that are learned, of all layers in order."""
        return [param for layer in self.layers for param in getattr(layer, "params", [])]

    @property
    def grads(self):
        """The gradient for each of params, as the latest backward found it."""
        return [grad for layer in self.layers for grad in getattr(layer, "grads", [])]

    def predict(self, x):
        """x (N, D) -> scores (N, C): the output of the last layer, before any softmax.

        TypeError if x isn't real numbers, ValueError if it doesn't fit the first layer, or a layer the one before it.
        """
        x, self.ready_for_backward = as_batch("x", x), False
        for i, layer in enumerate(self.layers):
            try:
                x = layer.forward(x)
            except ValueError as mistake:
                if i == 0:
                    raise  # the message is about the caller's x
                name = f"layers[{i}], {type(layer).__name__},"
                raise ValueError(f"{name} does not fit what comes before it: {mistake}") from None
        return x

    def loss(self, x, t):
        """How wrong the network is on a mini-batch: x (N, D), t as the loss needs it, (N,) or (N, C) -> a number.

        TypeError if x or t isn't real numbers, ValueError if a shape or a target doesn't fit.
        """
        loss = self.loss_layer.forward(self.predict(x), t)
        self.ready_for_backward = True
        return loss

    def gradient(self, x, t):
        """Backpropagation: dL/dparam for each of params, of its shape. They're the same arrays each time, overwritten.

        x (N, D), t (N,) or (N, C), and errors as in loss.
        """
        self.loss(x, t)
        self.backward()
        return self.grads

    def backward(self):
        """Backpropagate after `loss`: fill `grads`. RuntimeError without a loss since the latest predict."""
        if not self.ready_for_backward:
            raise RuntimeError(
                "backward before forward: call loss first; the layers remember the batch that went forward last"
            )
        dout = self.loss_layer.backward()
        first, *others = self.layers
        for layer in reversed(others):
            dout = layer.backward(dout)
        if type(first) is Affine:
            first.backward_to_params(dout)  # the gradient with respect to the data isn't needed
        else:
            first.backward(dout)

    def numerical_gradient(self, x, t, eps=1e-4):
        """The same by central differences, slowly: two losses for each element of a parameter, nudged by eps.

        x (N, D), t (N,) or (N, C), and errors as in loss; ValueError if eps <= 0. In float32 rounding spoils the result, so
        check_gradients works in float64.
        """
        return [gradients.numerical_gradient(lambda _: self.loss(x, t), param, eps) for param in self.params]

    def accuracy(self, x, t):
        """The fraction of right answers, from 0 to 1: one answer for each sample with a softmax, for each output with sigmoids.

        x (N, D), t (N,) or (N, C), and errors as in loss. TypeError if the loss has no classes.
        """
        if not hasattr(self.loss_layer, "correct"):
            raise TypeError(f"accuracy needs a loss over classes, and {type(self.loss_layer).__name__} is none")
        return float(self.loss_layer.correct(self.predict(x), t).mean())


def checked(layers):
    if not isinstance(layers, (list, tuple)):
        raise TypeError(f"layers must be a list of layers, got {describe(layers)}")
    layers = [as_object(f"layers[{i}]", layer, forward=1, backward=1) for i, layer in enumerate(layers)]
    if not layers:
        raise ValueError("layers must be at least one layer, got none")
    if len(set(map(id, layers))) < len(layers):
        raise ValueError("layers must be different objects, got the same one twice: it can only remember one batch")
    return layers


class TwoLayerNet(Network):
    """x -> Affine -> activation -> Affine -> scores, with softmax and cross entropy.

    W1 (D, H), b1 (H,), W2 (H, C), b2 (C,) for D, H, C = input_size, hidden_size, output_size. Biases start at 0, weights
    as normally distributed random numbers: their standard deviation is weight_scale, or else sqrt(1 / the layer's inputs),
    and sqrt(2 / inputs) before a ReLU or leaky ReLU. activation is a name in nnlib.ACTIVATIONS, dtype float32 or float64.
    TypeError or ValueError if an argument doesn't fit.
    Sources: Glorot and Bengio, AISTATS 2010; He, Zhang, Ren and Sun, ICCV 2015.
    """

    @np.errstate(over="ignore")
    def __init__(
        self, input_size, hidden_size, output_size, activation="sigmoid", weight_scale=None, seed=None, dtype=np.float64
    ):
        D = as_count("input_size", input_size)
        H = as_count("hidden_size", hidden_size)
        C = as_count("output_size", output_size)
        as_one_of("activation", activation, ACTIVATIONS)
        if weight_scale is not None:
            weight_scale = as_number("weight_scale", weight_scale, least=0)
        first_gain = 2 if "relu" in activation else 1
        rng, dtype = as_rng("seed", seed), as_float_type(dtype)

        def affine(inputs, outputs, gain):
            scale = np.sqrt(gain / inputs) if weight_scale is None else weight_scale
            W = (scale * rng.normal(size=(inputs, outputs))).astype(dtype)
            return Affine(W, np.zeros(outputs, dtype))

        super().__init__([affine(D, H, first_gain), ACTIVATION_LAYERS[activation](), affine(H, C, 1)])


def as_float_type(dtype):
    if dtype not in (np.float32, np.float64, float, "float32", "float64"):
        raise ValueError(f"dtype must be float32 or float64, got {dtype!r}")
    return np.dtype(dtype)
