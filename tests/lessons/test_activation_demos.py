"""Lesson 1: what its demos claim, worked out with plain Python."""

import pytest
from by_hand import sigmoid
from lesson_reader import numbers_in, said_by

from nnlessons.activations import demos

# -- warmer, colder ---------------------------------------------------------------------------------------------------

TENTHS = [tenth / 10 for tenth in range(-80, 81)]


def test_a_step_gives_a_hint_only_beside_its_jump():
    said = {w: said_by(demos.warmer_colder, w=w, function="step") for w in TENTHS}
    assert {w: text for w, text in said.items() if "No hint" not in text and "Found it" not in text} == {
        -2.5: "The neuron says 0, and the right answer is 1. Its error is 1; with w 0.1 larger it would be 1, and with w 0.1 "
        "smaller 0. Smaller is warmer."
    }
    assert [w for w in TENTHS if "Found it" in said[w]] == [w for w in TENTHS if w < -2.5]


def test_a_sigmoid_says_which_way_is_warmer_all_the_way_to_the_goal():
    for w in TENTHS:
        text, z = said_by(demos.warmer_colder, w=w, function="sigmoid"), sigmoid(-0.8 * w - 2)
        assert ("Found it" in text) == (1 - z < 0.05) == (w <= -6.2)
        if w > -6.2:
            assert text.endswith("Smaller is warmer.")
            says, _, here, _, larger, _, smaller = numbers_in(text)
            beside = [1 - sigmoid(-0.8 * (w + nudge) - 2) for nudge in (-0.1, 0, 0.1)]
            assert [1 - says, smaller, here, larger] == pytest.approx([1 - z, *beside], abs=5.1e-4)
            assert smaller < here < larger, "as many digits as it takes"
