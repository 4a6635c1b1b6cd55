"""Gradient descent: the exact path, by formula and by nudging, and the optimiser."""

import numpy as np
import pytest

from nnlib import SGD, gradient_descent


def bowl(x):
    return (x**2).sum()


def test_the_path_of_a_bowl_shrinks_by_the_same_factor_at_each_step():
    path = gradient_descent(bowl, [-3, 4], learning_rate=0.1, steps=20, gradient=lambda x: 2 * x)
    assert path == pytest.approx(np.array([-3.0, 4.0]) * 0.8 ** np.arange(21)[:, np.newaxis])


def test_by_nudging_it_is_nearly_the_same():
    by_formula = gradient_descent(bowl, [-3, 4], gradient=lambda x: 2 * x)
    assert gradient_descent(bowl, [-3, 4]) == pytest.approx(by_formula, abs=1e-9)
    assert by_formula.shape == (101, 2)
    assert abs(by_formula[-1]).max() < 1e-8


def test_a_single_number_and_no_step_at_all():
    assert gradient_descent(lambda x: x**2, 2, steps=3, gradient=lambda x: 2 * x) == pytest.approx(
        [2, 1.6, 1.28, 1.024]
    )
    assert gradient_descent(bowl, [3, 4], steps=0).tolist() == [[3, 4]]
    assert gradient_descent(bowl, [3, 4], learning_rate=0, steps=2).tolist() == [[3, 4]] * 3


def test_a_path_that_diverges_ends_in_infinity_without_a_warning():
    path = gradient_descent(bowl, [-3, 4], learning_rate=10, steps=400, gradient=lambda x: 2 * x)
    assert path[7] == pytest.approx(np.array([-3, 4]) * (-19.0) ** 7)
    assert not np.isfinite(path[-1]).any()


def test_the_start_stays_as_it_was_and_a_gradient_may_use_its_argument_up():
    start = np.array([-3.0, 4.0])

    def careless(x):
        x *= 2
        return x

    path = gradient_descent(bowl, start, steps=1, gradient=careless)
    assert start.tolist() == [-3, 4] and path[0].tolist() == [-3, 4]
    assert path[1] == pytest.approx([-2.4, 3.2])


def test_sgd_changes_the_arrays_themselves():
    params = [np.array([1.0, 2.0]), np.array([[3.0]], np.float32)]
    held = list(params)
    SGD(0.5).update(params, [np.array([2.0, -2.0]), np.array([[4.0]])])
    assert held[0].tolist() == [0, 3] and held[1].tolist() == [[1]] and held[1].dtype == np.float32
    assert all(param is same for param, same in zip(params, held, strict=True))
