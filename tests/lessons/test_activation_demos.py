"""Lesson 1: what its demos claim, worked out with plain Python."""

import math

import numpy as np
import pytest
from by_hand import sigmoid
from lesson_reader import numbers_in, said_by

from nnlessons.activations import demos, exercises
from nnlessons.live.calls import call

# -- warmer, colder ---------------------------------------------------------------------------------------------------

TENTHS = [tenth / 10 for tenth in range(-80, 81)]


def test_a_step_gives_a_hint_only_beside_its_jump():
    said = {w: said_by(demos.warmer_colder, w=w, function="step") for w in TENTHS}
    assert {w: text for w, text in said.items() if "No hint" not in text and "Found it" not in text} == {
        -2.5: "The neuron says 0, and the right answer is 1. Its error is 1. If w were 0.1 larger, it would be 1; if 0.1 "
        "smaller, 0. So smaller is warmer."
    }
    assert [w for w in TENTHS if "Found it" in said[w]] == [w for w in TENTHS if w < -2.5]


def test_a_sigmoid_says_which_way_is_warmer_all_the_way_to_the_goal():
    for w in TENTHS:
        text, z = said_by(demos.warmer_colder, w=w, function="sigmoid"), sigmoid(-0.8 * w - 2)
        assert ("Found it" in text) == (1 - z < 0.05) == (w <= -6.2)
        if w > -6.2:
            assert text.endswith(". So smaller is warmer.")
            says, _, here, _, larger, _, smaller = numbers_in(text)
            beside = [1 - sigmoid(-0.8 * (w + nudge) - 2) for nudge in (-0.1, 0, 0.1)]
            assert [1 - says, smaller, here, larger] == pytest.approx([1 - z, *beside], abs=5.1e-4)
            assert smaller < here < larger, "as many digits as it takes"


# -- any curve --------------------------------------------------------------------------------------------------------

ZIGZAG = {"w0": 1.0, "b0": 0.0, "v0": 1.0, "w1": 1.0, "b1": -1.0, "v1": -2.0, "w2": 1.0, "b2": -3.0, "v2": 2.0}


def output(**values):
    """The output curve {x: y} of the demo with these controls moved, and the dots on it."""
    patch = call(demos.any_curve.update, {**demos.any_curve.beginning, **values})
    (x, y), dots = patch["output"]["data"], np.transpose(patch["corners"]["data"])
    return dict(zip(x.round(9), y, strict=True)), dots.tolist()


def test_the_curve_comes_ten_times_closer_and_never_without_bends():
    (start, *_), (closer, *_) = (numbers_in(said_by(demos.any_curve, **values)) for values in ({}, ZIGZAG))
    assert closer < start / 10
    start = numbers_in(said_by(demos.any_curve, function="identity"))[0]
    x = np.linspace(0, 4, 401)
    rests = np.sin(np.pi * x / 2) - np.linspace(-30, 30, 1201)[:, np.newaxis] * x  # beside lines of every slope
    nearest = np.abs(rests - np.median(rests, axis=1, keepdims=True)).mean(
        axis=1
    )  # of all heights, the median is the best
    assert nearest.min() > start / 10


def test_three_units_make_a_zigzag_through_the_peaks_of_the_wave():
    y, dots = output(**ZIGZAG)
    assert [y[x] for x in (0, 0.5, 1, 2, 3, 4)] == [0, 0.5, 1, 0, -1, 0] and dots == [[0, 0], [1, 1], [3, -1]]
    away, *corners = numbers_in(said_by(demos.any_curve, **ZIGZAG))
    assert corners == [0, 1, 3] and away == round(2 / math.pi - 1 / 2, 3) == 0.137, "in each quarter the same area"


def test_a_unit_that_looks_left_and_one_without_a_corner_add_up_too():
    y, dots = output(**{**ZIGZAG, "w0": -2.0, "b0": 3.0, "v0": -0.5, "w2": 0.0, "b2": 1.0, "v2": 1.5, "c": 0.25})
    for x in (0, 0.5, 1, 1.25, 2, 4):
        assert y[x] == pytest.approx(-0.5 * max(0, 3 - 2 * x) - 2 * max(0, x - 1) + 1.5 * 1 + 0.25)
    assert [x for x, _ in dots] == [1, 1.5]


@pytest.mark.parametrize("units", [9, 33])
def test_the_machine_meets_the_wave_at_every_corner_and_at_the_end(units):
    y, dots = output(units=units, c=2.0)
    assert [x for x, _ in dots] == pytest.approx([4 * k / units for k in range(units)])
    assert [at for _, at in dots] == pytest.approx([math.sin(math.pi * x / 2) for x, _ in dots])
    assert y[4] == pytest.approx(0)
    (away,) = numbers_in(said_by(demos.any_curve, units=units))[1:]
    assert away == pytest.approx((4 / units) ** 2 / 12 * math.pi / 2, rel=0.05), (
        "a chord's area: its width cubed times y'' / 12"
    )


@pytest.mark.parametrize("values", [ZIGZAG, {**ZIGZAG, "w0": -3.0, "c": 1.0}, {"units": 9}, {"units": 33}])
def test_without_a_bend_every_sum_is_one_straight_line(values):
    y, dots = output(**values, function="identity")
    assert np.diff(list(y.values()), 2) == pytest.approx(np.zeros(399), abs=1e-9) and not dots
    assert "straight line" in said_by(demos.any_curve, **values, function="identity")


def test_more_units_do_not_help_without_a_bend():
    nine, more = (output(units=units, function="identity")[0] for units in (9, 33))
    assert more == pytest.approx(nine)
    assert more[0] - more[1] == pytest.approx(3 / 2 / math.pi, rel=1e-2), "the slope of least squares"


# -- three layers, and pieces -----------------------------------------------------------------------------------------


def test_the_readout_of_three_layers_is_true_for_every_c():
    for function, claim in {"identity": "straight line", "tanh": "curve bends", "relu": "has a corner"}.items():
        for c in (-1.5, -0.05, 0.0, 0.05, 1.5):
            values = {**demos.three_layers.beginning, "c": c, "function": function}
            x, third = call(demos.three_layers.update, values)["3"]["data"]
            text, bends = said_by(demos.three_layers, **values), np.abs(np.diff(third, 2)).max() > 1e-9
            assert (claim in text) == (bool(third.any()) and bends == (function != "identity")), (text, c)
            assert ("0 for every x" in text or "outputs 0, whatever" in text) == (not third.any()), (text, c)


def test_two_pieces_meet_where_the_maxout_has_its_corner():
    meet = numbers_in(said_by(demos.maxout_of_two, w0=-1.5, b0=0.5, w1=0.5, b1=-1.0))[-1]
    assert meet == 0.75 and -1.5 * meet + 0.5 == 0.5 * meet - 1.0
    assert "above the other" in said_by(demos.maxout_of_two, w0=1.0, b0=0.5, w1=1.0, b1=0.4)
    assert "the same line" in said_by(demos.maxout_of_two, w0=1.0, b0=0.5, w1=1.0, b1=0.5)


def test_the_main_road_shows_three_of_the_seven_functions():
    three, seven = (set(demo.controls["function"].options) for demo in (demos.three_curves, demos.gallery))
    assert three == {"sigmoid", "tanh", "ReLU"} and three < seven and len(seven) == 7


# -- the exercises ----------------------------------------------------------------------------------------------------


def test_the_hat_is_what_the_text_says_for_numbers_and_arrays():
    hat, places = exercises.hat.solution, {-1: 0, 0: 0, 0.5: 0.5, 1: 1, 1.25: 0.75, 2: 0, 3: 0}
    assert [hat(x) for x in places] == list(places.values()) == hat(np.array(list(places))).tolist()
    assert exercises.hat(lambda x: np.maximum(0, 1 - abs(x - 1))).verdict == "correct", "there's more than one way"


def test_a_hat_for_numbers_only_and_one_without_its_tip_are_almost_right():
    assert "not for an array" in exercises.hat(lambda x: max(0, 1 - abs(x - 1))).text
    assert "tip" in exercises.hat(lambda x: x * (0 < x < 1) + (2 - x) * (1 < x < 2)).text


def test_just_one_of_the_biases_kills_the_unit():
    biases = {"b = −1": -1.0, "b = −4": -4.0, "b = 0": 0.0}
    assert [words for words, b in biases.items() if "dead" in said_by(demos.dead_relu, w=1.0, b=b)] == ["b = −4"]
    assert set(biases) < set(exercises.dead_unit.choices) and exercises.dead_unit.answer == "b = −4"
