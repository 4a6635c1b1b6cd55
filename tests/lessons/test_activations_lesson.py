"""Lesson 1: the numbers that it prints and names, worked out with plain Python."""

import math

import pytest
from by_hand import product, sigmoid, slope
from lesson_reader import numbers_in, printed, said_by, written

from nnlessons.activations import demos

OUT = printed("01_activations")
TEXT = written("01_activations")


def through(x, *matrices, bend):
    """A row through layers of these weights, bent between them."""
    for W in matrices:
        x = product(bend(x), W)
    return x[0]


def test_step_and_sigmoid_at_three_places():
    steps, sigmoids = OUT["step-and-sigmoid"].splitlines()
    assert numbers_in(steps) == [0, 1, 1]
    assert numbers_in(sigmoids) == [round(sigmoid(x), 4) for x in (-1, 1, 2)] == [0.2689, 0.7311, 0.8808]


def test_halfway_and_the_slope_there():
    w, b = 2, -2
    assert OUT["halfway"] == f"halfway at x = {-b / w} with output {sigmoid(w * 1.0 + b)}\n"
    for w, b in ((1.0, 0.0), (2.0, -2.0), (-3.0, 1.5)):
        said = numbers_in(said_by(demos.weight_and_bias, w=w, b=b))
        assert said == pytest.approx([w, b, -b / w, slope(lambda x, w=w, b=b: sigmoid(w * x + b), -b / w)], abs=5.1e-3)
        assert said[-1] == w / 4


def test_three_layers_are_one_unless_something_bends():
    said = numbers_in(said_by(demos.three_layers))
    assert said == [0.8, 0.512] and 0.8 * 0.8 * 0.8 == pytest.approx(0.512)
    W1, W2, W3 = [[1, 2], [0, 1]], [[1, 0], [-1, 1]], [[2, 1], [1, 1]]
    straight = through([[1, -3]], W1, W2, W3, bend=list)
    bent = through(product([[1, -3]], W1), W2, W3, bend=lambda rows: [[max(0, one) for one in row] for row in rows])
    assert (straight, bent) == ([3, 1], [2, 1])
    for line, expected in zip(OUT["collapse"].splitlines(), (straight, straight, bent), strict=True):
        assert numbers_in(line) == expected


def test_the_slope_of_the_sigmoid_far_out_and_through_ten_layers():
    for line, x in zip(OUT["slopes"].splitlines(), (0, 1, 5, 40), strict=True):
        by_powers = math.exp(-x) / (1 + math.exp(-x)) ** 2
        assert numbers_in(line) == [x, float(f"{by_powers:.2g}")]
    assert slope(sigmoid, 5) == pytest.approx(0.0066, abs=5e-5)
    assert said_by(demos.vanishing).endswith(f"is {slope(sigmoid, 1):.4f}. Multiply ten of them, and you get 8.6e-08.")
    assert f"{slope(sigmoid, 1) ** 10:.1e}" == "8.6e-08"
    assert f"{slope(sigmoid, 0) ** 10:.8f}" == "0.00000095" and "0.00000095" in TEXT


def test_what_overflows_and_what_does_not():
    with pytest.raises(OverflowError):
        math.exp(1000)
    rows = [line.split("[")[1].strip(" ]").split() for line in OUT["overflow"].splitlines()]
    assert rows == [["0.", "0.5", "1."], ["0.", "0.5", "nan"], ["0.", "0.5", "1."]]
    assert math.isnan(math.inf / math.inf) and 1 / math.inf == 0 and math.exp(-1000) == 0


def test_nothing_that_the_lesson_prints_is_left_out_here():
    assert {cell for cell, text in OUT.items() if text} == {
        *("step-and-sigmoid", "halfway", "collapse", "slopes", "overflow"),
    }
