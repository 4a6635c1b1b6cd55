"""Numbers and plurals as text."""

import numpy as np
import pytest
from lesson_reader import numbers_in

from nnlessons.backpropagation.steps import four_digits
from nnlessons.drawing.array_walk import without_exponent
from nnlessons.wording import (
    fixed,
    in_parentheses,
    leading,
    parenthesised,
    plural,
    scientific,
    short,
    trimmed,
    with_minus,
)


@pytest.mark.parametrize(
    ("function", "arguments", "text"),
    [
        (with_minus, ["-2e-05"], "−2e−05"),
        (fixed, [2.0], "2.000"),
        (fixed, [-0.5, 1], "−0.5"),
        (fixed, [-0.004, 2], "0.00"),
        (fixed, [np.float32(-2), 0], "−2"),
        (trimmed, [-2 / 3], "−0.667"),
        (trimmed, [2.50], "2.5"),
        (trimmed, [-0.0001], "0"),
        (trimmed, [10.0], "10"),
        (trimmed, [120, 0], "120"),
        (leading, [1000.0], "1000"),
        (leading, [0.0079808], "0.00798"),
        (leading, [-0.16, 3], "−0.16"),
        (leading, [14.29, 2], "14"),
        (leading, [0], "0"),
        (parenthesised, [-1.5, 1], "(−1.5)"),
        (parenthesised, [1.5, 1], "1.5"),
        (parenthesised, [-0.04, 1], "0.0"),
        (in_parentheses, ["−3"], "(−3)"),
        (in_parentheses, ["3 − 4"], "3 − 4"),
        (plural, [1, "step"], "1 step"),
        (plural, [0, "step"], "0 steps"),
        (scientific, [0.0000125], "1.25e−5"),
        (scientific, [-2e7], "−2e7"),
        (scientific, [12345.0, 0], "1e4"),
        (scientific, [1e100, 1], "1e100"),
        (short, [3], "3"),
        (short, [-0.53], "−0.53"),
        (short, [0.1 + 0.2], "0.3"),
        (short, [2 / 3], "0.67"),
        (short, [2.999], "3.00"),
        (short, [0.1966], "0.20"),
        (short, [9.999], "10.0"),
        (short, [99.96], "100"),
        (short, [9999.6], "1e4"),
        (short, [12.46], "12.5"),
        (short, [1234.4], "1234"),
        (short, [4e7], "4e7"),
        (short, [-0.00012], "−1e−4"),
        (short, [1e-99], "1e−99"),
        (short, [1e-120], "0"),
        (short, [-0.0], "0"),
        (short, [np.inf], "?"),
        (short, [np.nan], "?"),
        (four_digits, [2.50], "2.5"),
        (four_digits, [-0.123456], "−0.1235"),
        (four_digits, [0.00123456], "0.001235"),
        (four_digits, [-0.0000012345], "−1.234e−6"),
        (four_digits, [-3e7], "−3e7"),
        (four_digits, [np.inf], "?"),
        (without_exponent, [0.0000123456], "0.00001235"),
        (without_exponent, [-1234567.0], "-1235000"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_number_as_text(function, arguments, text):
    assert function(*arguments) == text


def test_a_number_takes_at_most_six_signs_and_reads_as_about_itself():
    rng = np.random.default_rng(0)
    everywhere = rng.normal(size=4000) * 10 ** rng.uniform(-150, 150, size=4000)
    for number in [*everywhere, *rng.normal(size=4000) * 10 ** rng.uniform(-4, 6, size=4000)]:
        text = short(number)
        assert len(text) <= 6 and numbers_in(text) == [pytest.approx(number, rel=0.34, abs=0.0051)]
