"""Networks: the worked forward passes, every gradient, accuracy."""

import numpy as np
import pytest
from gradient_checks import C, D, H, N, away_from_kinks

from nnlib import (
    Affine,
    HalfSumSquaredError,
    Identity,
    MeanSquaredError,
    Network,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    SumSquaredError,
    TwoLayerNet,
    check_gradients,
    sigmoid,
)
from nnlib.layers import ACTIVATION_LAYERS

LABELS = np.array([4, 0, 2, 2])
TARGETS = {
    SoftmaxWithLoss: LABELS,
    SigmoidWithLoss: np.eye(C)[LABELS],
    HalfSumSquaredError: away_from_kinks(N, C, seed=5),
    SumSquaredError: away_from_kinks(N, C, seed=5),
    MeanSquaredError: away_from_kinks(N, C, seed=5),
}


@pytest.mark.parametrize("rows", [1, N])
@pytest.mark.parametrize("activation", [name for name in ACTIVATION_LAYERS if name != "step"])
def test_two_layer_nets_agree_with_nudging(activation, rows):
    net = TwoLayerNet(D, H, C, activation=activation, weight_scale=1, seed=2)
    x = away_from_kinks(rows, D)
    assert abs(net.layers[0].forward(x)).min() > 1e-3, "no unit stands at its kink"
    for row in check_gradients(net, x, LABELS[:rows], eps=1e-5):
        assert row.relative_error < 1e-6, row


@pytest.mark.parametrize("loss", TARGETS)
def test_deep_nets_with_every_loss_agree_with_nudging(loss):
    layers = [
        Affine(away_from_kinks(D, H)),
        Sigmoid(),
        Affine(away_from_kinks(H, 2), [0.1, 0.2]),
        ACTIVATION_LAYERS["tanh"](),
    ]
    net = Network([*layers, Affine(away_from_kinks(2, C), away_from_kinks(C))], loss=loss())
    x, t = away_from_kinks(N, D), TARGETS[loss]
    for row in check_gradients(net, x, t, eps=1e-5):
        assert row.relative_error < 1e-6, row
    assert net.numerical_gradient(x, t)[0] == pytest.approx(net.gradient(x, t)[0], abs=1e-6)


def test_the_worked_three_layer_net():
    net = Network(
        [
            Affine([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], [0.1, 0.2, 0.3]),
            Sigmoid(),
            Affine([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]], [0.1, 0.2]),
            Sigmoid(),
            Affine([[0.1, 0.3], [0.2, 0.4]], [0.1, 0.2]),
            Identity(),
        ]
    )
    x = np.array([[1.0, 0.5]])
    assert net.layers[0].forward(x) == pytest.approx(np.array([[0.3, 0.7, 1.1]]))
    assert net.predict(x) == pytest.approx(np.array([[0.3168, 0.6963]]), abs=5e-5)
    assert net.predict(np.vstack([x, x, x])) == pytest.approx(np.tile(net.predict(x), (3, 1)))


def test_a_famous_worked_example_after_one_step():
    net = Network(
        [
            Affine([[0.15, 0.25], [0.20, 0.30]], [0.35, 0.35]),
            Sigmoid(),
            Affine([[0.40, 0.50], [0.45, 0.55]], [0.60, 0.60]),
            Sigmoid(),
        ],
        loss=HalfSumSquaredError(),
    )
    x, t = [[0.05, 0.10]], [[0.01, 0.99]]
    assert net.loss(x, t) == pytest.approx(0.298371109, abs=5e-10)
    grads = net.gradient(x, t)
    for i in (0, 2):  # the source leaves the biases
        net.params[i][...] -= 0.5 * grads[i]
    assert net.loss(x, t) == pytest.approx(0.291027774, abs=5e-10)


def test_the_gradients_are_the_same_arrays_each_time():
    net, x = TwoLayerNet(D, H, C, seed=0), away_from_kinks(N, D)
    first = net.gradient(x, LABELS)
    kept = [grad.copy() for grad in first]
    second = net.gradient(x * 2, LABELS)
    assert all(a is b for a, b in zip(first, second, strict=True))
    assert not any((grad == old).all() for grad, old in zip(first, kept, strict=True))


def test_accuracy_counts_the_samples_that_are_right():
    scores = np.array([[3.0, 1, 2], [0, 5, 0], [1, 2, 0]])
    net = Network([Identity()])
    assert net.accuracy(scores, [0, 1, 2]) == pytest.approx(2 / 3)
    assert net.accuracy(scores, np.eye(3)) == pytest.approx(2 / 3)
    assert net.accuracy(np.full((2, 3), np.nan), [0, 0]) == 0, "a net that has diverged is never right"
    assert Network([Identity()], SigmoidWithLoss()).accuracy([[-1.0], [2.0], [3.0]], [[0], [0], [1]]) == pytest.approx(
        2 / 3
    )


def test_a_two_layer_net_begins_as_it_says():
    net = TwoLayerNet(50, 400, 10, seed=1)
    W1, b1, W2, b2 = net.params
    assert (W1.shape, b1.shape, W2.shape, b2.shape) == ((50, 400), (400,), (400, 10), (10,))
    assert W1.std() == pytest.approx(50**-0.5, rel=0.03) and W2.std() == pytest.approx(400**-0.5, rel=0.05)
    assert not b1.any() and not b2.any()
    for bent in ("relu", "leaky_relu"):
        W1, _, W2, _ = TwoLayerNet(50, 400, 10, activation=bent, seed=1).params
        assert W1.std() == pytest.approx(25**-0.5, rel=0.03) and W2.std() == pytest.approx(400**-0.5, rel=0.05)
    assert TwoLayerNet(50, 400, 10, weight_scale=3, seed=1).params[2].std() == pytest.approx(3, rel=0.05)
    assert (TwoLayerNet(D, H, C, seed=7).params[0] == TwoLayerNet(D, H, C, seed=7).params[0]).all()
    assert (TwoLayerNet(D, H, C, seed=7).params[0] != TwoLayerNet(D, H, C, seed=8).params[0]).all()


def test_a_two_layer_net_is_two_affine_maps_with_a_bend_between():
    net, x = TwoLayerNet(D, H, C, seed=0), away_from_kinks(N, D)
    W1, b1, W2, b2 = net.params
    assert net.predict(x) == pytest.approx(sigmoid(x @ W1 + b1) @ W2 + b2)


class Double:
    def forward(self, x):
        return 2 * x

    def backward(self, dout):
        return 2 * dout


def test_a_layer_of_the_readers_own_needs_forward_and_backward_alone():
    net = Network([Double(), Affine(away_from_kinks(D, C)), Double()])
    (row,) = check_gradients(net, away_from_kinks(N, D), LABELS)
    assert row.name == "2 Affine W" and row.relative_error < 1e-6


def test_the_first_layer_is_not_asked_for_the_gradient_of_the_data():
    net, asked = TwoLayerNet(D, H, C, seed=0), []
    net.layers[0].backward = lambda dout: asked.append("first")
    net.gradient(away_from_kinks(N, D), LABELS)
    assert not asked and net.grads[0].any()
