"""The layers: values, gradients against central differences, and that the checks find each bug that people make."""

import numpy as np
import pytest
from gradient_checks import C, D, H, N, away_from_kinks, complaints
from layers_with_bugs import (
    AddedUp,
    ForgottenDerivative,
    MissingOneOverN,
    NoTranspose,
    OverwrittenDout,
    StaleCache,
    TransposedWeights,
    WrongSign,
    affine,
)

from nnlib import (
    ACTIVATIONS,
    Affine,
    HalfSumSquaredError,
    MeanSquaredError,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Step,
    SumSquaredError,
    numerical_gradient,
    relative_error,
)
from nnlib.layers import ACTIVATION_LAYERS

EARLIER = [np.ones((2, D))]
LABELS = np.array([4, 0, 2, 2])
LOSSES = {
    SoftmaxWithLoss: LABELS,
    SigmoidWithLoss: (away_from_kinks(N, C, seed=5) > 0).astype(float),
    HalfSumSquaredError: away_from_kinks(N, C, seed=5),
    SumSquaredError: away_from_kinks(N, C, seed=5),
    MeanSquaredError: away_from_kinks(N, C, seed=5),
}


@pytest.mark.parametrize("rows", [1, N])
def test_affine_agrees_with_nudging_with_and_without_a_bias(rows):
    assert list(complaints(affine(), away_from_kinks(rows, D), earlier=EARLIER)) == []
    assert list(complaints(Affine(away_from_kinks(D, H)), away_from_kinks(rows, D), earlier=EARLIER)) == []


def test_every_activation_function_has_its_layer():
    assert set(ACTIVATION_LAYERS) == set(ACTIVATIONS), "nnlib/layers.py: ACTIVATION_LAYERS has them all"


@pytest.mark.parametrize("rows", [1, N])
@pytest.mark.parametrize("layer", [layer for layer in ACTIVATION_LAYERS.values() if layer is not Step])
def test_activation_layers_agree_with_nudging(layer, rows):
    assert list(complaints(layer(), away_from_kinks(rows, D), earlier=EARLIER)) == []


def test_the_step_sends_nothing_back():
    step = Step()
    assert step.forward([[-1, 0, 2]]).tolist() == [[0, 0, 1]] and (step.backward(np.ones((1, 3))) == 0).all()


def loss_error(layer, rows=N, dout=1.0):
    scores, t = away_from_kinks(rows, C), LOSSES[next(kind for kind in LOSSES if isinstance(layer, kind))][:rows]
    layer.forward(away_from_kinks(2, C, seed=7), LOSSES[SoftmaxWithLoss][:2]) if isinstance(
        layer, SoftmaxWithLoss
    ) else None
    layer.forward(scores, t)
    return relative_error(layer.backward(dout), dout * numerical_gradient(lambda s: layer.forward(s, t), scores, 1e-5))


@pytest.mark.parametrize("rows", [1, N])
@pytest.mark.parametrize("loss", LOSSES)
def test_losses_as_layers_agree_with_nudging(loss, rows):
    assert loss_error(loss(), rows) < 1e-6
    assert loss_error(loss(), rows, dout=-2.5) < 1e-6


def test_params_and_grads_are_the_layers_own_and_overwritten_in_place():
    W, b = away_from_kinks(D, H), away_from_kinks(H)
    layer = Affine(W, b)
    W[...] = b[...] = 0
    assert layer.params[0].all() and layer.params[1].all()
    held = layer.grads
    arrays = list(held)
    layer.forward(away_from_kinks(N, D))
    layer.backward(np.ones((N, H)))
    assert layer.grads is held and all(new is old for new, old in zip(held, arrays, strict=True))
    assert held[1] == pytest.approx(np.full(H, N))


def test_a_batch_changed_between_forward_and_backward_changes_nothing():
    x = away_from_kinks(N, D)
    layer, same = affine(), affine()
    layer.forward(x), same.forward(x.copy())
    x[...] = 0
    layer.backward(np.ones((N, H))), same.backward(np.ones((N, H)))
    assert (layer.grads[0] == same.grads[0]).all()


# -- bugs that people make --------------------------------------------------------------------------------------------


def test_the_checks_find_a_wrong_sign():
    assert list(complaints(affine(WrongSign), away_from_kinks(N, D))) == ["gradient of x off by 2e+00"]


def test_the_checks_find_a_missing_transpose_also_where_shapes_fit():
    node = NoTranspose(away_from_kinks(D, D, seed=3))
    assert [words[:13] for words in complaints(node, away_from_kinks(N, D))] == ["gradient of x"]
    wrong = list(complaints(affine(TransposedWeights), away_from_kinks(N, D)))
    assert [words[:13] for words in wrong] == ["gradient of W"]


def test_the_checks_find_a_forgotten_derivative():
    assert [words[:13] for words in complaints(ForgottenDerivative(), away_from_kinks(N, D))] == ["gradient of x"]


def test_the_checks_find_a_stale_cache():
    earlier = [np.zeros((N, D))]
    assert list(complaints(StaleCache(), away_from_kinks(N, D))) == [], "after one batch alone nothing is to be seen"
    assert len(list(complaints(StaleCache(), away_from_kinks(N, D), earlier=earlier))) == 1


def test_the_checks_find_an_overwritten_dout():
    assert "dout 0 changed" in list(complaints(OverwrittenDout(), away_from_kinks(N, D)))


def test_the_checks_find_gradients_that_add_up():
    layer = affine(AddedUp)
    layer.forward(np.ones((N, D)))
    layer.backward(np.ones((N, H)))
    assert len(list(complaints(layer, away_from_kinks(N, D)))) == 2


def test_the_checks_find_a_missing_one_over_n():
    assert loss_error(MissingOneOverN()) > 0.5
    assert loss_error(MissingOneOverN(), rows=1) < 1e-6, "in a batch of one it cannot be seen"
