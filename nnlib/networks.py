"""Networks: layers in a row, and a loss at the end."""

import numpy as np

from nnlib import gradients
from nnlib.activations import ACTIVATIONS
from nnlib.arguments import as_batch, as_count, as_number, as_object, as_one_of, as_rng, describe
from nnlib.layers import ACTIVATION_LAYERS, Affine, SoftmaxWithLoss


class Network:
    """Any list of layers, x -> scores, with a loss of nnlib.layers as its last.

    A layer has forward(x) and backward(dout), and params and grads where it learns; x is a mini-batch (N, D).
    """

    def __init__(self, layers, loss=None):
        self.layers = checked(layers)
        self.loss_layer = SoftmaxWithLoss() if loss is None else as_object("loss", loss, forward=2, backward=0)
        self.ready_for_backward = False  # since the last predict: the loss, so that backward may follow

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
        x, self.ready_for_backward = as_batch("x", x), False
        for i, layer in enumerate(self.layers):
            try:
                x = layer.forward(x)
            except ValueError as mistake:
                if i == 0:
                    raise  # it speaks of the x that was given
                name = f"layers[{i}], {type(layer).__name__},"
                raise ValueError(f"{name} does not fit what comes before it: {mistake}") from None
        return x

    def loss(self, x, t):
        """How wrong the network is on this mini-batch: one number."""
        loss = self.loss_layer.forward(self.predict(x), t)
        self.ready_for_backward = True
        return loss

    def gradient(self, x, t):
        """Backpropagation: dL/dparam for each of params. The same arrays each time, overwritten."""
        self.loss(x, t)
        self.backward()
        return self.grads

    def backward(self):
        """The way back, right after `loss`. Nobody needs the gradient of the data itself, so the first layer leaves it out."""
        if not self.ready_for_backward:
            raise RuntimeError(
                "backward before forward: call loss first; the layers remember the batch that went forward last"
            )
        dout = self.loss_layer.backward()
        first, *others = self.layers
        for layer in reversed(others):
            dout = layer.backward(dout)
        (first.backward_to_params if leaves_out_x(first) else first.backward)(dout)

    def numerical_gradient(self, x, t, eps=1e-4):
        """The same by nudging each parameter: slow. In float32 rounding spoils it; check_gradients works in float64."""
        return [gradients.numerical_gradient(lambda _: self.loss(x, t), param, eps) for param in self.params]

    def accuracy(self, x, t):
        """The part of the answers that are right, 0 to 1: one answer a sample with a softmax, one an output with sigmoids."""
        if not hasattr(self.loss_layer, "correct"):
            raise TypeError(f"accuracy needs a loss over classes, and {type(self.loss_layer).__name__} is none")
        return float(self.loss_layer.correct(self.predict(x), t).mean())


def leaves_out_x(layer):
    """Whether it has a way back to its params alone, and not only inherited it below a `backward` of its own."""
    ways = {"backward", "backward_to_params"}
    nearest = next((cls for cls in type(layer).__mro__ if ways & vars(cls).keys()), None)
    return nearest is not None and "backward_to_params" in vars(nearest)


def checked(layers):
    if not isinstance(layers, (list, tuple)):
        raise TypeError(f"layers must be a list of layers, got {describe(layers)}")
    layers = [as_object(f"layers[{i}]", layer, forward=1, backward=1) for i, layer in enumerate(layers)]
    if not layers:
        raise ValueError("layers must be at least one layer, got none")
    if len(set(map(id, layers))) < len(layers):
        raise ValueError(
            "layers must all be objects of their own, got the same one twice: it can remember one batch only"
        )
    return layers


class TwoLayerNet(Network):
    """x -> Affine -> activation -> Affine -> scores, with softmax and cross entropy.

    W1 (D, H), b1 (H,), W2 (H, C), b2 (C,) for D, H, C = input_size, hidden_size, output_size. Biases begin at 0, weights
    with normally distributed numbers: of standard deviation weight_scale, or, without it, sqrt(1 / inputs of the layer),
    and sqrt(2 / inputs) before a ReLU or leaky ReLU. Sources: Glorot and Bengio, AISTATS 2010; He, Zhang, Ren and Sun, ICCV 2015.
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
            with np.errstate(over="ignore"):
                W = (scale * rng.normal(size=(inputs, outputs))).astype(dtype)
            return Affine(W, np.zeros(outputs, dtype))

        super().__init__([affine(D, H, first_gain), ACTIVATION_LAYERS[activation](), affine(H, C, 1)])


def as_float_type(dtype):
    if dtype not in (np.float32, np.float64, float, "float32", "float64"):
        raise ValueError(f"dtype must be float32 or float64, got {dtype!r}")
    return np.dtype(dtype)
