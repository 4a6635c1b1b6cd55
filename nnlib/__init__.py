"""The basics of neural networks in plain NumPy: every function is its formula.

`import nnlib` loads numpy and nothing heavier. The lessons' demos and exercises are in nnlib.demos and nnlib.exercises.
"""

from nnlib.activations import (
    ACTIVATIONS,
    Activation,
    elu,
    elu_derivative,
    identity,
    identity_derivative,
    leaky_relu,
    leaky_relu_derivative,
    maxout,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    step,
    step_derivative,
    tanh,
    tanh_derivative,
)

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "elu",
    "elu_derivative",
    "identity",
    "identity_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "maxout",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "step",
    "step_derivative",
    "tanh",
    "tanh_derivative",
]
