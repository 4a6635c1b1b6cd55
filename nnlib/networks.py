"""Networks: layers in a row, and a loss at the end."""

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.arguments import as_count, as_number, as_rng, batch
from nnlib.gradients import numerical_gradient
from nnlib.layers import ACTIVATION_LAYERS, Affine, SoftmaxWithLoss


class Network:
    """Any list of layers, x -> scores, with a loss of nnlib.layers as its last.

    A layer has forward(x) and backward(dout), and params and grads where it learns; x is a mini-batch (N, D).
    """

    def __init__(self, layers, loss=None):
        self.layers = checked(layers)
        self.loss_layer = SoftmaxWithLoss() if loss is None else with_methods("loss", loss, "forward", "backward")

    @property
    def params(self):
        """The arrays that learn, of all layers in order."""
        return [param for layer in self.layers for param in getattr(layer, "params", [])]

    @property
    def grads(self):
        """For each of params its gradient, as `gradient` found it last."""
        return [grad for layer in self.layers for grad in getattr(layer, "grads", [])]

    def predict(self, x):
        """x (N, D) -> scores (N, C): what the last layer says, before any softmax."""
        x = batch("x", x)
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        """How wrong the network is on this mini-batch: one number."""
        return self.loss_layer.forward(self.predict(x), t)

    def gradient(self, x, t):
        """Backpropagation: dL/dparam for each of params. The same arrays each time, overwritten."""
        self.loss(x, t)
        self.backward()
        return self.grads

    def backward(self):
        """The way back, after `loss`. The gradient of the data itself is nobody's need, so the first layer leaves it out."""
        dout = self.loss_layer.backward()
        first, *others = self.layers
        for layer in reversed(others):
            dout = layer.backward(dout)
        getattr(first, "backward_to_params", first.backward)(dout)

    def numerical_gradient(self, x, t, h=1e-4):
        """The same by nudging each parameter: slow, and what `gradient` is checked against."""
        return [numerical_gradient(lambda _: self.loss(x, t), param, h) for param in self.params]

    def accuracy(self, x, t):
        """The part of the samples that the network gets right, 0 to 1. For a loss over classes only."""
        if not hasattr(self.loss_layer, "right"):
            raise TypeError(f"accuracy needs a loss over classes, and {type(self.loss_layer).__name__} is none")
        return float(self.loss_layer.right(self.predict(x), t).mean())


def checked(layers):
    layers = [with_methods(f"layers[{i}]", layer, "forward", "backward") for i, layer in enumerate(layers)]
    if not layers:
        raise ValueError("layers must be at least one layer, got none")
    if len(set(map(id, layers))) < len(layers):
        raise ValueError(
            "layers must all be objects of their own, got the same one twice: it can remember one batch only"
        )
    return layers


def with_methods(name, thing, *methods):
    if isinstance(thing, type) or not all(callable(getattr(thing, method, None)) for method in methods):
        called = f"the class {thing.__name__}, without brackets" if isinstance(thing, type) else type(thing).__name__
        raise TypeError(f"{name} must be an object with {' and '.join(methods)}, got {called}")
    return thing


class TwoLayerNet(Network):
    """x -> Affine -> activation -> Affine -> scores, with softmax and cross entropy.

    W1 (D, H), b1 (H,), W2 (H, C), b2 (C,) for D, H, C = input_size, hidden_size, output_size. Biases begin at 0, weights
    with normally distributed numbers: of standard deviation weight_scale, or, without it, sqrt(1 / inputs of the layer),
    and sqrt(2 / inputs) before a ReLU. Sources: Glorot and Bengio, AISTATS 2010; He, Zhang, Ren and Sun, ICCV 2015.
    """

    def __init__(
        self,
        input_size,
        hidden_size,
        output_size,
        activation="sigmoid",
        weight_scale=None,
        seed=None,
        dtype=np.float64,
    ):
        D, H, C = as_count("input_size", input_size), as_count("hidden_size", hidden_size), output_size
        C = as_count("output_size", C)
        if activation not in ACTIVATIONS:
            raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, got {activation!r}")
        if weight_scale is not None:
            weight_scale = as_number("weight_scale", weight_scale, least=0)
        gain = 2 if "relu" in activation else 1
        rng, dtype = as_rng("seed", seed), as_float_type(dtype)

        def affine(inputs, outputs, gain):
            scale = np.sqrt(gain / inputs) if weight_scale is None else weight_scale
            return Affine((scale * rng.normal(size=(inputs, outputs))).astype(dtype), np.zeros(outputs, dtype))

        super().__init__([affine(D, H, gain), ACTIVATION_LAYERS[activation](), affine(H, C, 1)])


def as_float_type(dtype):
    if dtype not in (np.float32, np.float64, "float32", "float64"):
        raise ValueError(f"dtype must be float32 or float64, got {dtype!r}")
    return np.dtype(dtype)
