"""The losses: worked values, gradients against central differences, and right where the plain formula is not."""

import numpy as np
import pytest
from gradient_checks import C, N, away_from_kinks

import nnlib
from nnlib import (
    cross_entropy,
    cross_entropy_gradient,
    half_sum_squared_error,
    mean_squared_error,
    numerical_gradient,
    relative_error,
    sigmoid,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
    softmax,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    sum_squared_error,
)

SCORES = away_from_kinks(N, C)
LABELS = np.array([4, 0, 2, 2])
ONE_HOT = np.eye(C)[LABELS]
SOFT = softmax(away_from_kinks(N, C, seed=2))
NUMBERS = away_from_kinks(N, C, seed=3)
CASES = [
    ("half_sum_squared_error", SCORES, NUMBERS),
    ("sum_squared_error", SCORES, NUMBERS),
    ("mean_squared_error", SCORES, NUMBERS),
    ("cross_entropy", softmax(SCORES), LABELS),
    ("cross_entropy", softmax(SCORES), SOFT),
    ("softmax_cross_entropy", SCORES, LABELS),
    ("softmax_cross_entropy", SCORES, SOFT),
    ("sigmoid_cross_entropy", SCORES, ONE_HOT),
    ("sigmoid_cross_entropy", SCORES, sigmoid(NUMBERS)),
]


@pytest.mark.parametrize("rows", [N, 1, None], ids=["a batch", "a batch of one", "one sample"])
@pytest.mark.parametrize(("name", "y", "t"), CASES)
def test_every_gradient_agrees_with_nudging(name, y, t, rows):
    y, t = (y[0], t[0]) if rows is None else (y[:rows], t[:rows])
    analytic = getattr(nnlib, f"{name}_gradient")(y, t)
    assert analytic.shape == y.shape
    numerical = numerical_gradient(lambda y: getattr(nnlib, name)(y, t), y.copy(), eps=1e-5)
    assert relative_error(analytic, numerical) < 1e-6


def test_squared_errors_differ_by_factors():
    y, t = np.array([0.1, 0.6, 0.3]), np.array([0.0, 1.0, 0.0])
    assert half_sum_squared_error(y, t) == pytest.approx(0.13)
    assert sum_squared_error(y, t) == pytest.approx(0.26)
    assert mean_squared_error(y, t) == pytest.approx(0.26 / 3)


def test_cross_entropy_is_minus_the_log_of_the_right_probability():
    assert cross_entropy([0.1, 0.6, 0.3], 1) == pytest.approx(0.5108, abs=5e-5)
    assert cross_entropy([0.6, 0.1, 0.3], 1) == pytest.approx(2.3026, abs=5e-5)
    assert cross_entropy([[0.1, 0.6, 0.3], [0.6, 0.1, 0.3]], [1, 1]) == pytest.approx((0.5108 + 2.3026) / 2, abs=5e-5)


def test_uniform_scores_cost_log_c():
    assert softmax_cross_entropy(np.zeros((N, C)), LABELS) == pytest.approx(np.log(C))
    assert sigmoid_cross_entropy(np.zeros((N, C)), ONE_HOT) == pytest.approx(C * np.log(2))


def test_dimension_and_not_size_tells_labels_from_one_hot_targets():
    square = softmax(away_from_kinks(C, C))
    labels = np.array([4, 0, 2, 2, 1])
    assert cross_entropy(square, labels) == cross_entropy(square, np.eye(C)[labels])
    assert cross_entropy(square[0], 4) == cross_entropy(square[0], np.eye(C)[4])


def test_a_batch_repeated_ten_times_costs_the_same():
    many = np.tile(SCORES, (10, 1)), np.tile(LABELS, 10)
    assert softmax_cross_entropy(*many) == pytest.approx(softmax_cross_entropy(SCORES, LABELS))
    assert cross_entropy(softmax(many[0]), many[1]) == pytest.approx(cross_entropy(softmax(SCORES), LABELS))


def test_entropies_of_scores_equal_those_of_probabilities():
    assert softmax_cross_entropy(SCORES, SOFT) == pytest.approx(cross_entropy(softmax(SCORES), SOFT))
    y = sigmoid(SCORES)
    plain = -(ONE_HOT * np.log(y) + (1 - ONE_HOT) * np.log(1 - y)).sum() / N
    assert sigmoid_cross_entropy(SCORES, ONE_HOT) == pytest.approx(plain)


def test_scores_of_ten_thousand_cost_what_they_should():
    scores = np.array([[1e4, -1e4, 0.0]])
    assert softmax_cross_entropy(scores, [0]) == 0
    assert softmax_cross_entropy(scores, [1]) == 20_000
    assert sigmoid_cross_entropy(scores, [[1, 0, 1]]) == pytest.approx(np.log(2))
    assert sigmoid_cross_entropy(scores, [[0, 1, 1]]) == pytest.approx(20_000 + np.log(2))
    assert sigmoid_cross_entropy([-40.0], [0]) == pytest.approx(np.exp(-40), rel=1e-9, abs=0), (
        "1 + e^-40 is rounded to 1"
    )


def test_a_class_that_is_ruled_out_costs_nothing_unless_it_is_the_target():
    scores = np.array([0.0, -np.inf, 0.0])
    assert softmax_cross_entropy(scores, 0) == pytest.approx(np.log(2))
    assert softmax_cross_entropy(scores, 1) == np.inf
    for sure in (np.inf, -np.inf):
        assert sigmoid_cross_entropy([sure], [sure > 0]) == 0 == sigmoid_cross_entropy_gradient([sure], [sure > 0])
        assert sigmoid_cross_entropy([sure], [sure < 0]) == np.inf == sigmoid_cross_entropy([sure], [0.5])
    assert softmax_cross_entropy_gradient(scores, 0) == pytest.approx([-0.5, 0, 0.5])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_probability_of_zero_at_the_target_is_finite(dtype):
    y = np.array([[0, 1]], dtype)
    assert cross_entropy(y, [0]) == pytest.approx(-np.log(np.finfo(dtype).tiny))
    assert np.isfinite(cross_entropy_gradient(y, [0])).all()


def test_a_sure_and_right_answer_costs_nothing_and_not_minus_nothing():
    for loss in (cross_entropy([1.0, 0], 0), softmax_cross_entropy([1000.0, 0], 0)):
        assert str(loss) == "0.0"
    assert cross_entropy_gradient([0.8, 0.2], 0).tolist() == [-1.25, 0] and "-0" not in str(
        cross_entropy_gradient([0.8, 0.2], 0)
    )
