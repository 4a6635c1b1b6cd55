"""The oracle by itself: closed forms, so that no test compares a lesson with a slip of our own."""

import math

import by_hand as hand
import pytest


def test_products_and_sums_of_arrays():
    x, W = [[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1], [2, -1]]
    assert hand.product(x, W) == [[7, -1], [16, -1]] and hand.product(W, W) is None
    assert hand.transposed(x) == [[1, 4], [2, 5], [3, 6]] and hand.shape_of(x) == (2, 3)
    assert hand.product(hand.transposed(W), hand.transposed(x)) == hand.transposed(hand.product(x, W))
    assert hand.affine(x, W, [[10, 20]]) == [[17, 19], [26, 19]] and hand.sums_of_columns(x) == [[5, 7, 9]]
    assert hand.moved_by(x, x, 2) == [[-1, -2, -3], [-4, -5, -6]]


def test_distances():
    assert hand.norm([[3, 0], [0, 4]]) == 5 and hand.furthest([[1, 2]], [[3, -1]]) == 3
    assert hand.relative([[3, 4]], [[6, 8]]) == 0.5 == hand.relative([[6, 8]], [[3, 4]])


def test_activations_and_losses():
    assert hand.sigmoid(0) == 0.5 and hand.sigmoid(math.log(3)) == pytest.approx(0.75)
    rows = hand.softmax([[0, math.log(2), math.log(5)], [1000, 1000, 1000]])
    assert rows[0] == pytest.approx([1 / 8, 2 / 8, 5 / 8]) and rows[1] == pytest.approx([1 / 3] * 3)
    assert hand.cross_entropy([[0.5, 0.5], [0.2, 0.8]], [[1, 0], [0, 1]]) == [[-math.log(0.5 * 0.8) / 2]]
    assert hand.half_of_squares([[1, 2]], [[0, 4]]) == [[2.5]]


def test_slopes_by_nudging():
    assert hand.slope(math.sin, 1.0) == pytest.approx(math.cos(1.0), abs=hand.NOISE)
    assert hand.slope(lambda x: x**3, 2.0, eps=0.1) == pytest.approx(12 + 0.01), "so eps is used"
    x, kept = [[1.0, -2.0], [0.5, 3.0]], [[1.0, -2.0], [0.5, 3.0]]
    found = hand.slopes(lambda: x[0][0] * x[0][1] ** 2 + 7 * x[1][0], x)
    assert hand.furthest(found, [[4, -4], [7, 0]]) < 1e-8 and x == kept
    assert hand.weighted([[2, -1]], [[10, 3]]) == 17


def test_a_graph_of_arrays_has_the_gradients_of_the_formulas():
    nodes = [(["x", "W"], ["y"], hand.product), (["y"], ["a", "b"], lambda y: [y, y])]
    x, W = [[1.0, 2.0], [3.0, 4.0]], [[0.5, -1.0, 2.0], [1.5, 0.1, 1.0]]
    a, b = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    graph = hand.Graph(nodes, {"x": x, "W": W}, {"a": a, "b": b}, fixed=["x"])
    dy = hand.each(lambda one, other: one + other, a, b)
    assert graph.values["b"] == hand.product(x, W) and set(graph.gradients) == {"W", "y", "a", "b"}
    assert hand.furthest(graph.gradients["W"], hand.product(hand.transposed(x), dy)) < 1e-8
    assert hand.furthest(graph.gradients["y"], dy) < 1e-8 and hand.furthest(graph.gradients["a"], a) < 1e-8


def test_formulas_mean_what_they_mean_in_python():
    assert hand.in_python("relu(x) * exp(0) - 2**y", {"x": -3.0, "y": 3.0}) == -8


def test_numbers_are_rounded_unless_noise_would_decide():
    assert hand.to_text(0.12345, 3) == "0.123" and hand.to_digits([[1.26]], 1) == [[1.3]]
    with pytest.raises(AssertionError, match="rounding errors"):
        hand.to_text(0.5 + 1e-12, 0)
