"""The nodes of a graph: their values, and their local rules against central differences."""

import numpy as np
import pytest
from gradient_checks import D, H, N, away_from_kinks, complaints

from nnlib import (
    ACTIVATIONS,
    Add,
    Apply,
    Branch,
    Exp,
    Log,
    MatMul,
    Multiply,
    Negative,
    Power,
    Reciprocal,
    Repeat,
    Sum,
)

UNARY = {"negative": Negative, "reciprocal": Reciprocal, "exp": Exp, "cube": lambda: Power(3), "to 0": lambda: Power(0)}
UNARY |= {
    name: lambda name=name: Apply(name) for name in ACTIVATIONS if name != "step"
}  # whose slope is 0 by convention
SHAPES = [(), (D,), (N, D), (1, D)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("node", UNARY.values(), ids=UNARY)
def test_elementwise_nodes_agree_with_nudging(node, shape):
    assert list(complaints(node(), away_from_kinks(*shape), earlier=[np.ones((2, 2))])) == []


@pytest.mark.parametrize("node", [Log, lambda: Power(0.5), lambda: Power(-2)], ids=["log", "root", "-2"])
def test_nodes_for_positive_numbers_agree_with_nudging(node):
    assert list(complaints(node(), abs(away_from_kinks(N, D)))) == []


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("node", [Add, Multiply])
def test_nodes_of_two_agree_with_nudging(node, shape):
    x, y = away_from_kinks(*shape, seed=1), away_from_kinks(*shape, seed=2)
    assert list(complaints(node(), x, y, earlier=[np.ones(2), np.ones(2)])) == []


@pytest.mark.parametrize("n", [1, 2, 3])
def test_branch_adds_what_comes_back(n):
    assert list(complaints(Branch(n), away_from_kinks(N, D))) == []
    assert Branch(3).forward(7) == (7, 7, 7)


def test_repeat_sum_and_matmul_agree_with_nudging():
    assert list(complaints(Repeat(N), away_from_kinks(1, D))) == []
    assert list(complaints(Sum(), away_from_kinks(N, D), earlier=[np.ones((2, 2))])) == []
    for rows in (1, N):
        node = MatMul(away_from_kinks(D, H, seed=3))
        assert list(complaints(node, away_from_kinks(rows, D), earlier=[np.ones((2, D))])) == []


def test_the_worked_graph_of_a_sum_times_a_number():
    add, multiply = Add(), Multiply()
    f = multiply.forward(add.forward(-2, 5), -4)
    dq, dz = multiply.backward(1)
    assert (f, dq, dz) == (-12, -4, 3)
    assert add.backward(dq) == (-4, -4)


def test_repeat_and_sum_are_each_others_backward():
    x, y = away_from_kinks(1, D), away_from_kinks(N, D)
    repeat, total = Repeat(N), Sum()
    repeat.forward(x), total.forward(y)
    assert (repeat.backward(y) == total.forward(y)).all()
    assert (total.backward(x) == repeat.forward(x)).all()


def test_what_has_no_real_value_is_nan_or_infinite():
    assert np.isnan(Log().forward(-1)) and Log().forward(0) == -np.inf and Reciprocal().forward(0) == np.inf
    assert np.isnan(Power(0.5).forward(-1)) and Exp().forward(1000) == np.inf
    log = Log()
    log.forward(-1)
    assert np.isnan(log.backward(1)), "where log has no value it has no slope"
