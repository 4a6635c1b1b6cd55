"""What a reader may type by mistake is refused, in words that name the argument and say what was wrong."""

import numpy as np
import pytest

import nnlib
from nnlib import (
    SGD,
    Add,
    Affine,
    Apply,
    Branch,
    Exp,
    Graph,
    HalfSumSquaredError,
    Log,
    MatMul,
    MeanSquaredError,
    Multiply,
    Negative,
    Network,
    Power,
    Reciprocal,
    ReLU,
    Repeat,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Sum,
    SumSquaredError,
    Tanh,
    TwoLayerNet,
    Variable,
    check_gradients,
    check_layer,
    cross_entropy,
    cross_entropy_gradient,
    gradient_descent,
    half_sum_squared_error,
    mean_squared_error,
    minibatches,
    numerical_derivative,
    numerical_gradient,
    parse,
    relative_error,
    sigmoid_cross_entropy,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    sum_squared_error,
    train,
)

N, D, H, C = 4, 3, 6, 5
RNG = np.random.default_rng(0)
X, W, B, DOUT = (RNG.normal(size=shape) for shape in [(N, D), (D, H), (H,), (N, H)])
SCORES, T = RNG.normal(size=(N, C)), np.array([0, 1, 2, 4])
P = np.full((N, C), 1 / C)
NAN, INF = np.nan, np.inf


def net():
    return TwoLayerNet(D, H, C, seed=0)


def fit(network=None, x=X, t=T, **changes):
    settings = {"learning_rate": 0.1, "epochs": 2, "batch_size": 3, "rng": 0, "progress": False} | changes
    return train(network or net(), x, t, **settings)


def after_forward(thing, *inputs):
    thing.forward(*inputs)
    return thing


def f(x):
    return float(np.square(x).sum())


# -- the table --------------------------------------------------------------------------------------------------------

SHAPES = [
    (
        lambda: Affine(W, B).forward(X[0]),
        ValueError,
        "x must have shape (N, 3), got (3,): a batch of one is x[np.newaxis]",
    ),
    (lambda: MatMul(W).forward(X[0]), ValueError, "x must have shape (N, 3), got (3,): a batch of one is"),
    (lambda: Sigmoid().forward(X[0]), ValueError, "x must have shape (N, D), got (3,): a batch of one is"),
    (lambda: Sigmoid().forward(0.5), ValueError, "x must have shape (N, D), got ()"),
    (lambda: Sum().forward(X[0]), ValueError, "x must have shape (N, D), got (3,)"),
    (lambda: net().predict(X[0]), ValueError, "x must have shape (N, D), got (3,)"),
    (lambda: net().predict(X[:, :2]), ValueError, "x must have shape (N, 3), got (4, 2)"),
    (lambda: net().predict(X[np.newaxis]), ValueError, "x must have shape (N, D), got (1, 4, 3)"),
    (lambda: net().predict([]), ValueError, "x must have shape (N, D), got (0,)"),
    (lambda: net().predict(X[:0]), ValueError, "x must have at least one sample and one column, got shape (0, 3)"),
    (lambda: net().predict(X[:, :0]), ValueError, "x must have at least one sample and one column, got shape (4, 0)"),
    (lambda: Affine(W, B).forward(X.T), ValueError, "x must have shape (N, 3), got (3, 4)"),
    (
        lambda: Network([Affine(W), Affine(W)]).predict(X),
        ValueError,
        "layers[1], Affine, does not fit what comes before it",
    ),
    (lambda: Affine(B, B), ValueError, "W must have shape (D, H), got (6,)"),
    (lambda: Affine(W, X), ValueError, "b must have shape (6,), got (4, 3)"),
    (lambda: Affine(W, 0), ValueError, "b must have shape (6,), got ()"),
    (lambda: MatMul(2.0), ValueError, "W must have shape (D, H), got ()"),
    (lambda: Affine(W[:0]), ValueError, "W must have at least one row and one column, got shape (0, 6)"),
    (lambda: MatMul(W[:, :0]), ValueError, "W must have at least one row and one column, got shape (3, 0)"),
    (lambda: Repeat(N).forward(X), ValueError, "x must have shape (1, D), got (4, 3)"),
    (lambda: Repeat(N).forward(B), ValueError, "x must have shape (N, D), got (6,)"),
    (lambda: Add().forward(X, X[0]), ValueError, "y must have shape (4, 3), got (3,)"),
    (lambda: Add().forward(X, 1.0), ValueError, "y must have shape (4, 3), got ()"),
    (lambda: Multiply().forward(X, X.T), ValueError, "y must have shape (4, 3), got (3, 4)"),
    (lambda: relative_error(X, X.T), ValueError, "actual must have the shape of expected, (3, 4), got (4, 3)"),
    (lambda: relative_error(X, X[0]), ValueError, "actual must have the shape of expected, (3,), got (4, 3)"),
]

WORDS_AND_OTHER_THINGS = [
    (lambda: net().predict("digits"), TypeError, "x must be an array of real numbers, got str 'digits'"),
    (lambda: net().predict(None), TypeError, "x must be an array of real numbers, got NoneType None"),
    (
        lambda: net().predict([[1, 2, 3], [4, 5]]),
        TypeError,
        "x must be an array of real numbers, got rows of different",
    ),
    (lambda: Affine(W * 1j), TypeError, "W must be an array of real numbers, got an array of dtype complex128"),
    (lambda: Affine("W"), TypeError, "W must be an array of real numbers, got str 'W'"),
    (lambda: Affine(W, "b"), TypeError, "b must be an array of real numbers, got str 'b'"),
    (lambda: Add().forward(X, "y"), TypeError, "y must be an array of real numbers, got str 'y'"),
    (lambda: Exp().forward(None), TypeError, "x must be an array of real numbers, got NoneType None"),
    (lambda: Branch(0), ValueError, "n must be at least 1, got 0"),
    (lambda: Branch(2.0), TypeError, "n must be a whole number, got float 2.0"),
    (lambda: Branch(X), TypeError, "n must be a whole number, got an array"),
    (lambda: Repeat(0), ValueError, "n must be at least 1, got 0"),
    (lambda: Repeat(True), TypeError, "n must be a whole number, got bool True"),
    (lambda: Power("2"), TypeError, "n must be a number, got str '2'"),
    (lambda: Power(NAN), ValueError, "n must be finite, got nan"),
    (lambda: Power([1, 2]), TypeError, "n must be a number, got list [1, 2]"),
    (lambda: Apply("swish"), ValueError, "activation must be one of step, sigmoid,"),
    (lambda: Apply(np.tanh), ValueError, "activation must be one of step, sigmoid,"),
    (lambda: Apply(["relu"]), ValueError, "activation must be one of step, sigmoid,"),
]

TARGETS = [
    (lambda: softmax_cross_entropy(SCORES, [0, 1, 2, 5]), ValueError, "t must be class labels from 0 to 4, got 5"),
    (lambda: softmax_cross_entropy(SCORES, [0, 1, 2, -1]), ValueError, "t must be class labels from 0 to 4, got -1"),
    (lambda: softmax_cross_entropy_gradient(SCORES, T + 1), ValueError, "t must be class labels from 0 to 4, got 5"),
    (lambda: cross_entropy(P, T + 1), ValueError, "t must be class labels from 0 to 4, got 5"),
    (lambda: softmax_cross_entropy(SCORES[0], 5), ValueError, "t must be class labels from 0 to 4, got 5"),
    (
        lambda: softmax_cross_entropy(SCORES, [0.0, 1, 2, 4]),
        TypeError,
        "t must be whole numbers, the class labels, got",
    ),
    (lambda: softmax_cross_entropy(SCORES, T > 1), TypeError, "t must be whole numbers, the class labels, got"),
    (lambda: softmax_cross_entropy(SCORES, ["a"] * N), TypeError, "t must be an array of real numbers, got list ['a',"),
    (lambda: softmax_cross_entropy(SCORES, None), TypeError, "t must be an array of real numbers, got NoneType None"),
    (
        lambda: softmax_cross_entropy(SCORES, [0, 1, 2, 3, 4]),
        ValueError,
        "t must have shape (4,) for class labels or (4, 5)",
    ),
    (lambda: softmax_cross_entropy(SCORES, T[:, np.newaxis]), ValueError, "t must have shape (4,) for class labels or"),
    (lambda: softmax_cross_entropy(SCORES, 2), ValueError, "t must have shape (4,) for class labels or (4, 5) for"),
    (
        lambda: softmax_cross_entropy(SCORES, P[:, :3]),
        ValueError,
        "t must have shape (4,) for class labels or (4, 5) for",
    ),
    (lambda: softmax_cross_entropy(SCORES, 2 * P), ValueError, "t must be probabilities: from 0 to 1, each row with"),
    (lambda: softmax_cross_entropy([[1, 2]], [[2, -1]]), ValueError, "t must be probabilities: from 0 to 1, each row"),
    (lambda: sigmoid_cross_entropy(SCORES, T), ValueError, "t must have shape (4, 5), got (4,)"),
    (lambda: sigmoid_cross_entropy([[1.0]], [[2]]), ValueError, "t must be from 0 to 1, got 2"),
    (lambda: sigmoid_cross_entropy([[1.0]], [[-1]]), ValueError, "t must be from 0 to 1, got -1"),
    (lambda: mean_squared_error(X[:, :1], X[:, 0]), ValueError, "t must have shape (4, 1), got (4,)"),
    (lambda: sum_squared_error(X[:, 0], X[:, :1]), ValueError, "t must have shape (4,), got (4, 1)"),
    (lambda: half_sum_squared_error(X, X.T), ValueError, "t must have shape (4, 3), got (3, 4)"),
    (lambda: half_sum_squared_error(X, 0), ValueError, "t must have shape (4, 3), got ()"),
    (lambda: net().loss(X, [0, 1, 2, 5]), ValueError, "t must be class labels from 0 to 4, got 5"),
    (lambda: net().gradient(X, T[:3]), ValueError, "t must have shape (4,) for class labels or (4, 5) for"),
    (lambda: net().accuracy(X, [*T, 0]), ValueError, "t must have shape (4,) for class labels or (4, 5) for"),
]

OUTPUTS = [
    (
        lambda: cross_entropy(SCORES, T),
        ValueError,
        "y must be probabilities: from 0 to 1, each row with the sum 1; scores",
    ),
    (lambda: cross_entropy_gradient(SCORES, T), ValueError, "y must be probabilities: from 0 to 1, each row with the"),
    (lambda: cross_entropy([[1.5, -0.5]], [0]), ValueError, "y must be probabilities: from 0 to 1, each row with the"),
    (lambda: cross_entropy(0.5, 0), ValueError, "y must have shape (N, C), or (C,) for one sample, got ()"),
    (
        lambda: softmax_cross_entropy(SCORES[np.newaxis], T),
        ValueError,
        "scores must have shape (N, C), or (C,) for one",
    ),
    (lambda: mean_squared_error([], []), ValueError, "y must have at least one sample and one output, got shape (0,)"),
    (
        lambda: softmax_cross_entropy(SCORES[:0], T[:0]),
        ValueError,
        "scores must have at least one sample and one output",
    ),
    (lambda: mean_squared_error("y", 1), TypeError, "y must be an array of real numbers, got str 'y'"),
    (
        lambda: SoftmaxWithLoss().forward(SCORES[0], 1),
        ValueError,
        "scores must have shape (N, C), got (5,): a batch of",
    ),
    (lambda: SoftmaxWithLoss().forward(SCORES, T + 1), ValueError, "t must be class labels from 0 to 4, got 5"),
    (lambda: SumSquaredError().forward(SCORES, T), ValueError, "t must have shape (4, 5), got (4,)"),
]

GRADIENTS = [
    (lambda: after_forward(Affine(W, B), X).backward(DOUT.T), ValueError, "dout must have shape (4, 6), got (6, 4)"),
    (lambda: after_forward(Affine(W, B), X).backward(1), ValueError, "dout must have shape (4, 6), got ()"),
    (lambda: after_forward(Affine(W, B), X).backward(DOUT[0]), ValueError, "dout must have shape (4, 6), got (6,)"),
    (lambda: after_forward(ReLU(), X).backward(X[:3]), ValueError, "dout must have shape (4, 3), got (3, 3)"),
    (lambda: after_forward(Sum(), X).backward(X), ValueError, "dout must have shape (1, 3), got (4, 3)"),
    (lambda: after_forward(Repeat(2), X[:1]).backward(X), ValueError, "dout must have shape (2, 3), got (4, 3)"),
    (lambda: after_forward(Add(), X, X).backward(1.0), ValueError, "dout must have shape (4, 3), got ()"),
    (lambda: after_forward(Exp(), 2.0).backward([1.0]), ValueError, "dout must have shape (), got (1,)"),
    (
        lambda: after_forward(Exp(), 2.0).backward(None),
        TypeError,
        "dout must be an array of real numbers, got NoneType",
    ),
    (
        lambda: after_forward(Branch(), X).backward(X),
        ValueError,
        "backward must get 2 gradients, one for each branch, got 1",
    ),
    (lambda: after_forward(Branch(), X).backward(X, X[0]), ValueError, "dout must have shape (4, 3), got (3,)"),
    (
        lambda: after_forward(Branch(), X).backward(),
        ValueError,
        "backward must get 2 gradients, one for each branch, got 0",
    ),
    (lambda: after_forward(SoftmaxWithLoss(), SCORES, T).backward(P), TypeError, "dout must be a number, got an array"),
    (
        lambda: after_forward(SoftmaxWithLoss(), SCORES, T).backward("1"),
        TypeError,
        "dout must be a number, got str '1'",
    ),
    (lambda: net().backward(), RuntimeError, "backward before forward"),
]

NUDGES = [
    (lambda: numerical_gradient(f, X, eps=0), ValueError, "eps must be finite and greater than 0, got 0"),
    (lambda: numerical_gradient(f, X, eps=-1e-4), ValueError, "eps must be finite and greater than 0, got -0.0001"),
    (lambda: numerical_gradient(f, X, eps=NAN), ValueError, "eps must be finite and greater than 0, got nan"),
    (lambda: numerical_gradient(f, X, eps="small"), TypeError, "eps must be a number, got str 'small'"),
    (lambda: numerical_gradient(X, f), TypeError, "f must be a function, got an array"),
    (lambda: numerical_gradient(f, f), TypeError, "x must be an array of real numbers, got function"),
    (lambda: numerical_gradient(np.square, X), ValueError, "f(x) must be one number, got an array of shape (4, 3)"),
    (lambda: numerical_gradient(lambda x: [1.0], X), ValueError, "f(x) must be one number, got an array of shape (1,)"),
    (lambda: numerical_gradient(lambda x: None, X), TypeError, "f(x) must be"),
    (lambda: numerical_derivative(f, X), ValueError, "f(x + eps) must have shape (4, 3), got ()"),
    (lambda: numerical_derivative(5, 1.0), TypeError, "f must be a function, got int 5"),
    (lambda: numerical_derivative(np.sin, 1.0, eps=0), ValueError, "eps must be finite and greater than 0, got 0"),
    (
        lambda: numerical_derivative(lambda x: None, 1.0),
        TypeError,
        "f(x + eps) must be an array of real numbers, got None",
    ),
    (lambda: check_gradients(net(), X[0], T), ValueError, "x must have shape (N, D), got (3,)"),
    (lambda: check_gradients(net(), X, T, eps=0), ValueError, "eps must be finite and greater than 0, got 0"),
    (lambda: check_gradients(Affine(W), X, T), TypeError, "network must be"),
    (lambda: check_gradients(TwoLayerNet, X, T), TypeError, "network must be"),
    (lambda: check_layer(Sigmoid(), X, eps=0), ValueError, "eps must be finite and greater than 0, got 0"),
    (lambda: check_layer(Sigmoid, X), TypeError, "layer must be an object with forward and backward, got the class"),
    (
        lambda: check_layer(SoftmaxWithLoss(), X),
        TypeError,
        "layer must be an object with forward and backward, got Soft",
    ),
    (lambda: check_layer(Affine(W, B), X[0]), ValueError, "x must have shape (N, 3), got (3,): a batch of one is"),
    (lambda: check_layer(Affine(W, B), "x"), TypeError, "x must be an array of real numbers, got str 'x'"),
    (lambda: check_layer(Affine(W, B), X[:0]), ValueError, "x must have at least one sample and one column"),
    (lambda: check_layer(Affine(W, B), X, X), ValueError, "dout must have the shape of forward(x), (4, 6), got (4, 3)"),
    (lambda: check_layer(Affine(W, B), X, dout="1"), TypeError, "dout must be an array of real numbers, got str '1'"),
    (lambda: net().numerical_gradient(X, T, eps=0), ValueError, "eps must be finite and greater than 0, got 0"),
]

DESCENT = [
    (
        lambda: gradient_descent(f, X, learning_rate=NAN),
        ValueError,
        "learning_rate must be finite and at least 0, got nan",
    ),
    (
        lambda: gradient_descent(f, X, learning_rate=-0.1),
        ValueError,
        "learning_rate must be finite and at least 0, got -0.1",
    ),
    (lambda: gradient_descent(f, X, learning_rate="0.1"), TypeError, "learning_rate must be a number, got str '0.1'"),
    (lambda: gradient_descent(f, X, steps=-1), ValueError, "steps must be at least 0, got -1"),
    (lambda: gradient_descent(f, X, steps=2.5), TypeError, "steps must be a whole number, got float 2.5"),
    (lambda: gradient_descent(f, "here"), TypeError, "start must be an array of real numbers, got str 'here'"),
    (lambda: gradient_descent(X, f), TypeError, "f must be a function, got an array"),
    (lambda: gradient_descent(np.square, X), ValueError, "f(x) must be one number, got an array of shape (4, 3)"),
    (lambda: gradient_descent(f, X, gradient=2 * X), TypeError, "gradient must be a function, got an array"),
    (lambda: gradient_descent(f, X, gradient=f), ValueError, "gradient(x) must have the shape of x, (4, 3), got ()"),
    (lambda: SGD(NAN), ValueError, "learning_rate must be finite and at least 0, got nan"),
    (lambda: SGD(-1), ValueError, "learning_rate must be finite and at least 0, got -1"),
    (lambda: SGD(INF), ValueError, "learning_rate must be finite and at least 0, got inf"),
    (lambda: SGD("fast"), TypeError, "learning_rate must be a number, got str 'fast'"),
    (lambda: SGD(True), TypeError, "learning_rate must be a number, got bool True"),
    (lambda: SGD(None), TypeError, "learning_rate must be a number, got NoneType None"),
    (lambda: SGD(10**400), ValueError, "learning_rate must be finite and at least 0, got"),
]

NETWORKS = [
    (lambda: Network([]), ValueError, "layers must be at least one layer, got none"),
    (
        lambda: Network([Affine(W), ReLU]),
        TypeError,
        "layers[1] must be an object with forward and backward, got the class",
    ),
    (lambda: Network([np.tanh]), TypeError, "layers[0] must be an object with forward and backward, got ufunc"),
    (lambda: Network(["relu"]), TypeError, "layers[0] must be an object with forward and backward, got str"),
    (
        lambda: Network([layer := ReLU(), layer]),
        ValueError,
        "layers must be different objects, got the same one twice",
    ),
    (lambda: Network(Affine(W)), TypeError, "layers must be a list of layers, got Affine"),
    (lambda: Network(None), TypeError, "layers must be a list of layers, got NoneType"),
    (lambda: Network([Affine(W), SoftmaxWithLoss()]), TypeError, "layers[1] must be"),
    (lambda: Network([Affine(W)], loss=SoftmaxWithLoss), TypeError, "loss must be an object with forward and backward"),
    (
        lambda: Network([Affine(W)], loss="softmax"),
        TypeError,
        "loss must be an object with forward and backward, got str",
    ),
    (lambda: Network([Affine(W)], loss=softmax_cross_entropy), TypeError, "loss must be an object with forward and"),
    (lambda: Network([Affine(W)], loss=ReLU()), TypeError, "loss must be"),
    (lambda: Network([ReLU()], loss=SumSquaredError()).accuracy(X, X), TypeError, "accuracy needs a loss over classes"),
    (lambda: TwoLayerNet(0, H, C), ValueError, "input_size must be at least 1, got 0"),
    (lambda: TwoLayerNet(D, 2.5, C), TypeError, "hidden_size must be a whole number, got float 2.5"),
    (lambda: TwoLayerNet(D, H, "5"), TypeError, "output_size must be a whole number, got str '5'"),
    (lambda: TwoLayerNet(D, H, C, activation="softmax"), ValueError, "activation must be one of step, sigmoid,"),
    (lambda: TwoLayerNet(D, H, C, activation=["relu"]), ValueError, "activation must be one of step, sigmoid,"),
    (lambda: TwoLayerNet(D, H, C, activation=None), ValueError, "activation must be one of step, sigmoid,"),
    (lambda: TwoLayerNet(D, H, C, weight_scale=-1), ValueError, "weight_scale must be finite and at least 0, got -1"),
    (lambda: TwoLayerNet(D, H, C, weight_scale="he"), TypeError, "weight_scale must be a number, got str 'he'"),
    (lambda: TwoLayerNet(D, H, C, seed=-1), ValueError, "seed must be at least 0, got -1"),
    (
        lambda: TwoLayerNet(D, H, C, seed=0.5),
        TypeError,
        "seed must be a seed, a whole number, or a",
    ),
    (lambda: TwoLayerNet(D, H, C, dtype=int), ValueError, "dtype must be float32 or float64, got <class 'int'>"),
]

TRAINING = [
    (lambda: fit(learning_rate=NAN), ValueError, "learning_rate must be finite and at least 0, got nan"),
    (lambda: fit(learning_rate="0.1"), TypeError, "learning_rate must be a number, got str '0.1'"),
    (lambda: fit(epochs=0), ValueError, "epochs must be at least 1, got 0"),
    (lambda: fit(epochs=1.5), TypeError, "epochs must be a whole number, got float 1.5"),
    (lambda: fit(batch_size=0), ValueError, "batch_size must be at least 1, got 0"),
    (lambda: fit(batch_size=2.5), TypeError, "batch_size must be a whole number, got float 2.5"),
    (lambda: fit(batch_size=True), TypeError, "batch_size must be a whole number, got bool True"),
    (lambda: fit(rng=-1), ValueError, "rng must be at least 0, got -1"),
    (lambda: fit(rng="seed"), TypeError, "rng must be a seed, a whole number, or a NumPy Generator, got str 'seed'"),
    (lambda: fit(x=X[0]), ValueError, "x must have shape (N, D), got (3,)"),
    (lambda: fit(x=X[:0], t=T[:0]), ValueError, "x must have at least one sample and one column, got shape (0, 3)"),
    (lambda: fit(x=X[:, :2]), ValueError, "x must have shape (N, 3), got ("),
    (lambda: fit(t=[*T, 0]), ValueError, "t must be one for each of the 4 samples of x, got shape (5,)"),
    (lambda: fit(t=2), ValueError, "t must be one for each of the 4 samples of x, got shape ()"),
    (lambda: fit(t=T[:, np.newaxis]), ValueError, "t must have shape"),
    (lambda: fit(t=["a"] * N), TypeError, "t must be an array of real numbers, got list"),
    (lambda: fit(t=None), TypeError, "t must be an array of real numbers, got NoneType None"),
    (lambda: fit(validation=X), TypeError, "validation must be a pair (x, t), got an array of dtype float64"),
    (lambda: fit(validation=(X, T, T)), TypeError, "validation must be a pair (x, t), got tuple"),
    (lambda: fit(validation=(X[0], T)), ValueError, "x_validation must have shape (N, D), got (3,)"),
    (
        lambda: fit(validation=(X, T[:3])),
        ValueError,
        "t_validation must be one for each of the 4 samples of x_validation, got shape",
    ),
    (lambda: fit("net"), TypeError, "network must be"),
    (lambda: fit(TwoLayerNet), TypeError, "network must be"),
    (lambda: minibatches(X, T, 0, rng=0), ValueError, "batch_size must be at least 1, got 0"),
    (lambda: minibatches(X, T, "all", rng=0), TypeError, "batch_size must be a whole number, got str 'all'"),
    (
        lambda: minibatches(X, [*T, 0], 2, rng=0),
        ValueError,
        "t must be one for each of the 4 samples of x, got shape (5,)",
    ),
    (
        lambda: minibatches(X, [[0], [1, 2], [3], [4]], 2, rng=0),
        TypeError,
        "t must be an array of real numbers, got rows of",
    ),
    (lambda: minibatches(X[0], T, 2, rng=0), ValueError, "x must have shape (N, D), got (3,)"),
    (lambda: minibatches(X, T, 2, rng=0.5), TypeError, "rng must be"),
]

DATA = [
    (lambda: nnlib.spirals(0), ValueError, "n must be at least 1, got 0"),
    (lambda: nnlib.circles(2.5), TypeError, "n must be a whole number, got float 2.5"),
    (lambda: nnlib.moons("100"), TypeError, "n must be a whole number, got str '100'"),
    (lambda: nnlib.moons(9, noise=-0.1), ValueError, "noise must be finite and at least 0, got -0.1"),
    (lambda: nnlib.xor(9, noise=NAN), ValueError, "noise must be finite and at least 0, got nan"),
    (lambda: nnlib.blobs(9, noise="much"), TypeError, "noise must be a number, got str 'much'"),
    (lambda: nnlib.blobs(9, seed=-1), ValueError, "seed must be at least 0, got -1"),
    (
        lambda: nnlib.circles(9, seed="a"),
        TypeError,
        "seed must be a seed, a whole number, or a NumPy Generator, got str 'a'",
    ),
    (lambda: nnlib.spirals(9, turns=0), ValueError, "turns must be finite and greater than 0, got 0"),
    (lambda: nnlib.lopsided(every=0), ValueError, "every must be at least 1, got 0"),
    (lambda: nnlib.zeros_and_nines(1.5), TypeError, "every must be a whole number, got float 1.5"),
    (lambda: nnlib.measurements(np.zeros((2, 8, 8))), ValueError, "pictures must have shape (N, 64), got (2, 8, 8)"),
    (lambda: nnlib.moved(np.zeros((2, 8, 8)), right=1), ValueError, "pictures must have shape (N, 64), got (2, 8, 8)"),
    (lambda: nnlib.moved(np.zeros((2, 64)), right=0.5), TypeError, "right must be a whole number, got float 0.5"),
    (lambda: nnlib.moved(np.zeros((2, 64)), down="1"), TypeError, "down must be a whole number, got str '1'"),
    (lambda: nnlib.measurements(np.zeros(64)), ValueError, "pictures must have shape (N, 64), got (64,)"),
]

GRAPHS = [
    (lambda: Graph(3), TypeError, "result must be a Variable, got int"),
    (lambda: Graph("x + y"), TypeError, "result must be a Variable, got str"),
    (lambda: Graph(Variable), TypeError, "result must be a Variable, got type"),
    (lambda: Graph(Variable(2, "x") * Variable(3, "x")), ValueError, "name must belong to one variable only, got two"),
    (lambda: Variable("x"), TypeError, "value must be an array of real numbers, got str 'x'"),
    (lambda: Variable("2", "x"), TypeError, "x must be an array of real numbers, got str '2'"),
    (lambda: Variable(None), TypeError, "value must be an array of real numbers, got NoneType None"),
    (lambda: Variable(2j, "x"), TypeError, "x must be an array of real numbers, got complex 2j"),
    (lambda: Variable(Variable(2)), TypeError, "value must be an array of real numbers, got Variable Variable(2.0)"),
    (lambda: Variable(2, 3), TypeError, "name must be a word, got int 3"),
    (lambda: Variable(2, None), TypeError, "name must be a word, got NoneType None"),
    (lambda: Variable(2, "x") + "y", TypeError, "value must be an array of real numbers, got str 'y'"),
    (lambda: [1, [2, 3]] * Variable(2), TypeError, "value must be an array of real numbers, got rows of different"),
    (lambda: Variable(2) ** Variable(3, "n"), TypeError, "n must be a number, got Variable Variable(3.0, 'n')"),
    (lambda: Variable(2) ** [1, 2], TypeError, "n must be a number, got list [1, 2]"),
    (lambda: Variable(2) ** NAN, ValueError, "n must be finite, got nan"),
    (
        lambda: Graph(Variable(X, "x") * Variable(X.T, "y")),
        ValueError,
        "the right side of multiply must have the shape of the left side, (4, 3), got (3, 4)",
    ),
    (
        lambda: Graph(Variable(X, "x") - 1),
        ValueError,
        "the right side of add must have the shape of the left side, (4, 3), got ()",
    ),
    (
        lambda: Graph(np.ones(D) / Variable(2, "x")),
        ValueError,
        "the right side of multiply must have the shape of the left side, (3,), got ()",
    ),
    (lambda: Graph(Variable(X, "x")).backward(), ValueError, "dout must have shape (4, 3), got ()"),
    (lambda: Graph(Variable(2, "x")).backward(X), ValueError, "dout must have shape (), got (4, 3)"),
    (lambda: Graph(Variable(2, "x")).backward("1"), TypeError, "dout must be an array of real numbers, got str '1'"),
    (lambda: parse(3), TypeError, "formula must be a text, got int"),
    (lambda: parse(Variable(2, "x")), TypeError, "formula must be a text, got Variable"),
    (lambda: parse(b"x", x=1), TypeError, "formula must be a text, got bytes"),
    (lambda: parse(""), ValueError, "formula must not be empty"),
    (lambda: parse("x", x=NAN), ValueError, "x must be finite, got nan"),
    (lambda: parse("1", x=INF), ValueError, "x must be finite, got inf"),
    (lambda: parse("x", x="2"), TypeError, "x must be a number, got str '2'"),
    (lambda: parse("x", x=True), TypeError, "x must be a number, got bool True"),
    (lambda: parse("x", x=X), TypeError, "x must be a number, got an array"),
    (lambda: parse("1", **{"if": 2}), ValueError, "name must not be a word of Python's own, got 'if'"),
    (lambda: parse("x + y", x=1), ValueError, "formula is not understood at character 5, y: the names are x"),
]

TABLE = [
    *SHAPES,
    *WORDS_AND_OTHER_THINGS,
    *TARGETS,
    *OUTPUTS,
    *GRADIENTS,
    *NUDGES,
    *DESCENT,
    *NETWORKS,
    *TRAINING,
    *DATA,
    *GRAPHS,
]


@pytest.mark.parametrize(("call", "error", "words"), TABLE, ids=[words for _, _, words in TABLE])
def test_a_mistake_is_refused_in_words_that_name_it(call, error, words):
    errstate, state = np.geterr(), repr(np.random.get_state(legacy=False))
    with pytest.raises(error) as refusal:
        call()
    assert type(refusal.value) is error
    assert str(refusal.value).startswith(words)
    assert np.geterr() == errstate and repr(np.random.get_state(legacy=False)) == state


# -- backward before forward ------------------------------------------------------------------------------------------

NODES = {
    "Add": (Add, (X, X), (X,)),
    "Multiply": (Multiply, (X, X), (X,)),
    "Branch": (Branch, (X,), (X, X)),
    "Negative": (Negative, (X,), (X,)),
    "Reciprocal": (Reciprocal, (X,), (X,)),
    "Exp": (Exp, (X,), (X,)),
    "Log": (Log, (np.abs(X),), (X,)),
    "Power": (lambda: Power(2), (X,), (X,)),
    "Apply": (lambda: Apply("tanh"), (X,), (X,)),
    "Repeat": (lambda: Repeat(N), (X[:1],), (X,)),
    "Sum": (Sum, (X,), (X[:1],)),
    "MatMul": (lambda: MatMul(W), (X,), (DOUT,)),
    "Affine": (lambda: Affine(W, B), (X,), (DOUT,)),
    **{
        name: (getattr(nnlib, name), (X,), (X,))
        for name in ("Sigmoid", "Tanh", "ReLU", "LeakyReLU", "ELU", "Identity", "Step")
    },
    "SoftmaxWithLoss": (SoftmaxWithLoss, (SCORES, T), ()),
    "SigmoidWithLoss": (SigmoidWithLoss, (SCORES, P), ()),
    **{loss.__name__: (loss, (SCORES, P), ()) for loss in (HalfSumSquaredError, SumSquaredError, MeanSquaredError)},
}

every_node = pytest.mark.parametrize(("make", "inputs", "douts"), NODES.values(), ids=NODES.keys())


def test_every_public_node_layer_and_loss_is_tried():
    public = [name for name in nnlib.__all__ if hasattr(getattr(nnlib, name), "forward")]
    tried = {*NODES, "Graph"}  # which has its inputs in itself: test_graph.py
    assert tried == set(public), "each node, layer and loss wants a row in NODES above"


@every_node
def test_backward_before_forward_is_refused(make, inputs, douts):
    thing = make()
    after_forward(make(), *inputs).backward(*douts)
    with pytest.raises(RuntimeError, match="^backward before forward: call forward"):
        thing.backward(*douts)


@every_node
def test_a_refused_forward_leaves_the_one_before_it_in_force(make, inputs, douts):
    thing = after_forward(make(), *inputs)
    expected = np.array(thing.backward(*douts))
    with pytest.raises(TypeError):
        thing.forward(*(2 * value for value in inputs[:-1]), "nonsense")
    assert (np.array(thing.backward(*douts)) == expected).all()


@pytest.mark.parametrize("name", [name for name, (_, _, douts) in NODES.items() if douts])
def test_a_gradient_of_another_shape_is_refused_and_grads_stay(name):
    make, inputs, douts = NODES[name]
    thing = after_forward(make(), *inputs)
    thing.backward(*douts)
    grads = [grad.copy() for grad in getattr(thing, "grads", [])]
    for bad in (douts[0].T, douts[0][:, :2], douts[0][0], np.concatenate([douts[0], douts[0]]), 1.0):
        with pytest.raises(ValueError, match="^dout must have shape "):
            thing.backward(*[bad] * len(douts))
    assert all((grad == kept).all() for grad, kept in zip(getattr(thing, "grads", []), grads, strict=True))


# -- what is refused has changed nothing ------------------------------------------------------------------------------


ABOUT_VALIDATION = "This is about the validation set."


def locked(array):
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    ("params", "grads", "error", "words"),
    [
        ([np.ones(3), np.ones(4)], [np.ones(3)], ValueError, "grads must be one for each of the 2 params, got 1"),
        ([np.ones(3), np.ones(4)], [np.ones(3)] * 3, ValueError, "grads must be one for each of the 2 params, got 3"),
        (
            [np.ones(3), np.ones(4)],
            [np.ones(3)] * 2,
            ValueError,
            "grads[1] must have the shape of params[1], (4,), got (3,)",
        ),
        (
            [np.ones(3), np.ones((4, 1))],
            [np.ones(3), np.ones(4)],
            ValueError,
            "grads[1] must have the shape of params[1]",
        ),
        (
            [np.ones(3), np.ones(4)],
            [np.ones(3), 1.0],
            ValueError,
            "grads[1] must have the shape of params[1], (4,), got ()",
        ),
        ([np.ones(3), np.ones(4)], [np.ones(3), None], (TypeError, ValueError), "grads[1] must "),
        (
            [np.ones(3), np.ones(4)],
            [np.ones(3), ["a"] * 4],
            TypeError,
            "grads[1] must be an array of real numbers, got",
        ),
        (
            [np.ones(3), np.ones(4)],
            [np.ones(3), np.ones(4) * 1j],
            TypeError,
            "grads[1] must be an array of real numbers",
        ),
        ([np.ones(3), np.ones(4, int)], [np.ones(3), np.ones(4)], TypeError, "params[1] must be an array of floats"),
        ([np.ones(3), [1.0, 1.0]], [np.ones(3), np.ones(2)], TypeError, "params[1] must be an array of floats"),
        ([np.ones(3), locked(np.ones(4))], [np.ones(3), np.ones(4)], ValueError, "params[1] must be"),
    ],
)
def test_an_update_that_does_not_fit_changes_no_parameter(params, grads, error, words):
    with pytest.raises(error) as refusal:
        SGD(0.1).update(params, grads)
    assert all((np.asarray(param) == 1).all() for param in params)
    assert str(refusal.value).startswith(words)


@pytest.mark.parametrize(
    ("changes", "words", "notes"),
    [
        ({"t": [0, 1, 2, 5]}, "t must be class labels from 0 to 4, got 5", []),
        ({"validation": (X, [0, 1, 2, 5])}, "t must be class labels from 0 to 4, got 5", [ABOUT_VALIDATION]),
        ({"validation": (X[:, :2], T)}, "x must have shape (N, 3), got (4, 2)", [ABOUT_VALIDATION]),
    ],
)
def test_data_that_do_not_fit_are_refused_before_the_first_step(changes, words, notes):
    network = net()
    with pytest.raises(ValueError) as refusal:
        fit(network, batch_size=1, **changes)
    assert all((param == fresh).all() for param, fresh in zip(network.params, net().params, strict=True))
    assert str(refusal.value).startswith(words) and getattr(refusal.value, "__notes__", []) == notes


def test_a_function_that_fails_leaves_the_array_as_it_was():
    x = X.copy()

    def failing(here):
        raise ZeroDivisionError if here[2, 1] != X[2, 1] else RuntimeError

    with pytest.raises(RuntimeError):
        numerical_gradient(failing, x)
    assert x.tobytes() == X.tobytes()
    with pytest.raises(ValueError, match="^f\\(x\\) must be one number"):
        numerical_gradient(np.square, x)
    assert x.tobytes() == X.tobytes()


def test_backward_after_another_batch_went_through_is_refused():
    network = net()
    network.loss(X, T)
    network.accuracy(X[::-1], T)  # of the same size: the gradients would be wrong, and nothing would tell
    with pytest.raises(RuntimeError, match="^backward before forward: call loss first"):
        network.backward()
    network.loss(X, T)
    network.backward()


@pytest.mark.parametrize("layer", [Tanh(), Affine(W), Sum()])
def test_a_batch_of_one_as_the_message_says_it_is_welcome(layer):
    assert layer.forward(X[0][np.newaxis]).shape[0] == 1
