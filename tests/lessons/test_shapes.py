"""Lesson 2's shapes: the demo says "they fit" exactly where NumPy agrees and no array is stretched."""

import itertools
import re

import numpy as np
import pytest
from lesson_reader import said_by

from nnlessons.forward_pass.demos import shapes as demo


@pytest.mark.parametrize("convention", ["rows", "columns"])
def test_shapes_fit_exactly_where_numpy_says_so(convention):
    for samples, inputs, rows, units, biases in itertools.product((1, 2, 3), repeat=5):
        sizes = {"samples": samples, "inputs": inputs, "rows": rows, "units": units, "biases": biases}
        words, patch = said_by(demo, convention=convention, **sizes), demo.update(convention, **sizes)
        assert ("=" in patch["inner"]["text"], "=" in patch["outer"]["text"]) == (inputs == rows, units == biases)
        x, W, b = np.ones((samples, inputs)), np.ones((rows, units)), np.ones(biases)
        try:
            result = x @ W + b if convention == "rows" else W.T @ x.T + b[:, np.newaxis]
        except ValueError as error:
            end = re.search(r"\(size.*|operands.*\)", str(error))[0]
            assert words.endswith(f"NumPy says: {end}.") and ("they don't fit" in words) == (inputs != rows)
        else:
            assert ("they fit" in words) == (inputs == rows and units == biases)
            assert ("Did you mean that?" in words) == (units != biases)
            assert f"a has shape {result.shape}" in words or biases == 1 < units


def test_the_sentences_name_each_count_once():
    start = "Each of the 2 samples has 3 inputs, and each of the 4 units has 3 weights and a bias, so they fit: "
    assert said_by(demo) == start + "a has shape (2, 4)."
    alone = {"samples": 1, "inputs": 1, "rows": 1, "units": 1, "biases": 1}
    assert said_by(demo, **alone) == (
        "The sample has 1 input, and the unit has 1 weight and a bias, so they fit: a has shape (1, 1)."
    )
    assert said_by(demo, inputs=1).startswith(
        "Each of the 2 samples has 1 input, but each of the 4 units has 3 weights,"
    )
    assert "a has shape (2, 3) instead of (2, 1)" in said_by(demo, units=1, biases=3)
    assert "a has shape (3, 2) instead of (1, 2)" in said_by(demo, units=1, biases=3, convention="columns")
