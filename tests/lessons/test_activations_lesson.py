"""Lesson 1: the numbers that it prints and claims, worked out with plain Python."""

import math
import re
import sys

import numpy as np
import pytest
from by_hand import in_python, sigmoid, slope
from lesson_reader import numbers_in, printed, said_by, written

from nnlessons.activations import demos, exercises
from nnlessons.live.calls import call
from nnlessons.reader.network import reader_network

OUT = printed("01_activations")
TEXT = written("01_activations")


# -- warmer, colder, and the ramp -------------------------------------------------------------------------------------


def test_the_stubborn_picture_is_solved_where_the_text_says():
    assert all(claim in TEXT for claim in ("$x = -0.8$", "bias is −2", "below −2.5", "$-0.8\\,w - 2$", "$w = -6.2$"))
    assert -0.8 * -2.5 - 2 == 0 and -0.8 * -2.6 - 2 > 0
    assert 1 - sigmoid(-0.8 * -6.1 - 2) > 0.05 > 1 - sigmoid(-0.8 * -6.2 - 2)
    for function, w in {"step": -2.6, "sigmoid": -6.2}.items():
        assert "Found it" in said_by(demos.warmer_colder, w=w, function=function)


def test_the_neuron_in_the_first_recall_question_says_0():
    question, *_ = exercises.recall.questions
    w0, w1, b, x0, x1 = numbers_in(question.question)
    a = w0 * x0 + w1 * x1 + b
    assert question.answer == str(int(a > 0)) == "0" and numbers_in(question.reason)[-3] == a


def test_step_and_sigmoid_are_furthest_apart_at_0_and_together_at_6():
    gaps = {a / 10: abs((a > 0) - sigmoid(a / 10)) for a in range(-60, 61)}
    assert max(gaps, key=gaps.get) == 0 and gaps[0] == 0.5 and gaps[6] < 0.003
    assert "At 0, where the sigmoid is one half. At 6 you can hardly" in TEXT


def test_halfway_and_the_slope_there():
    for w, b in ((1.0, -2.0), (2.0, -2.0), (-3.0, 1.5)):
        said = numbers_in(said_by(demos.weight_and_bias, w=w, b=b))
        assert said == pytest.approx([w, b, -b / w, slope(lambda x, w=w, b=b: sigmoid(w * x + b), -b / w)], abs=5.1e-3)
        assert said[-1] == w / 4
    assert (
        "At the ring, the curve's slope is $w$ times 1/4: 0.25 at the start, and 0.5 once you've doubled the weight."
        in TEXT
    )
    assert "The 1/4 is the slope of $h$ itself at $a = 0$, and $w$ makes $a$ move $w$ times as fast as $x$." in TEXT
    assert demos.weight_and_bias.beginning["w"] == 1 and slope(sigmoid, 0) == pytest.approx(1 / 4)
    for w, b, claim in ((1.0, -2.0, 0.25), (2.0, -2.0, 0.5), (2.0, -4.0, 0.5)):
        assert slope(lambda x, w=w, b=b: sigmoid(w * x + b), -b / w) == pytest.approx(claim)
    before, after = (numbers_in(said_by(demos.weight_and_bias, w=w, b=-2.0))[2] for w in (1.0, 2.0))
    assert after < before, "it moves to the left"
    assert "With a slope of 0.5, moving $x$ by 0.01 moves the output by about 0.005" in TEXT
    assert sigmoid(2 * 1.01 - 2) - sigmoid(2 * 1 - 2) == pytest.approx(0.005, rel=1e-4)


def test_the_curve_crosses_its_dashed_line_where_the_sum_is_0():
    assert "And at $a = 0$ it's $1/(1 + 1)$, exactly one half." in TEXT and sigmoid(0) == 1 / (1 + 1) == 0.5
    assert "The horizontal dashed line marks one half, and the ring is where the curve crosses it." in TEXT
    _, parts = demos.weight_and_bias.figure()
    axes = parts["halfway"].axes
    level = [line for line in axes.lines if set(np.ravel(line.get_ydata())) == {0.5} and line.is_dashed()]
    assert len(level) == 1, "one level dashed line"
    for w, b in ((1.0, -2.0), (2.0, -2.0), (2.0, -4.0), (-3.0, 1.5)):
        (across,), (up,) = call(demos.weight_and_bias.update, {"w": w, "b": b})["halfway"]["data"]
        assert up == 0.5 == pytest.approx(sigmoid(w * across + b))
    assert "At 0, for example, $s$ is one half, so the slope is 1/4." in TEXT and 0.5 * (1 - 0.5) == 1 / 4


def test_a_sigmoid_that_doubles_is_as_sure_at_its_edge_and_surer_elsewhere():
    assert "Double the weight *and* the bias of a sigmoid unit, and its edge stays put, too." in TEXT
    assert "But its answers move closer to 0 and 1, so they're more confident." in TEXT
    for x in (-3.0, 0.0, 1.9, 2.0, 2.1, 5.0):
        once, twice = (sigmoid(k * (1.0 * x - 2.0)) for k in (1, 2))
        assert (
            (once == twice == 0.5) if x == 2 else abs(twice - 0.5) > abs(once - 0.5) and (once > 0.5) == (twice > 0.5)
        )


# -- any curve from corners -------------------------------------------------------------------------------------------


def away(y):
    """The average distance of a curve from the wave of the demo, between x = 0 and 4."""
    places = [(k + 0.5) / 1000 for k in range(4000)]
    return sum(abs(y(x) - math.sin(math.pi * x / 2)) for x in places) / len(places)


def through_the_wave(corners):
    """Straight pieces between points of the wave at equal distances."""
    width = 4 / corners

    def chords(x):
        left = width * math.floor(x / width)
        low, high = (math.sin(math.pi * end / 2) for end in (left, left + width))
        return low + (high - low) * (x - left) / width

    return chords


def test_the_text_says_how_close_9_and_33_corners_come():
    assert "0.025 with 9 corners, and 0.002 with 33." in TEXT
    for corners, claim in {9: 0.025, 33: 0.002}.items():
        assert round(away(through_the_wave(corners)), 3) == claim
        assert numbers_in(said_by(demos.any_curve, units=corners)) == [corners, claim]


UNITS = re.compile(r"Unit (\d): \$w = (\S+)\$, \$b = (\S+)\$, \$v = (\S+)\$\. Its corner is at (\d),")


def test_the_units_that_the_text_gives_make_its_zigzag():
    start, values = demos.any_curve.beginning, {}
    units = [(start["w0"], start["b0"], start["v0"])]
    for number, w, b, v, corner in UNITS.findall(TEXT):
        units.append((float(w), float(b), float(v)))
        values |= dict(zip((f"w{number}", f"b{number}", f"v{number}"), units[-1], strict=True))
        assert -float(b) / float(w) == float(corner)
    assert len(units) == 3 and "With $c = 0$ that's a zigzag, on average 0.137 away" in TEXT
    zigzag = away(lambda x: sum(v * max(0, w * x + b) for w, b, v in units))
    assert round(zigzag, 3) == 0.137 == numbers_in(said_by(demos.any_curve, **values))[0]
    assert away(through_the_wave(4)) == pytest.approx(zigzag), "from peak to peak"


def test_the_sliders_get_below_a_tenth_and_start_above_a_fifth():
    assert "(You can even get below 0.1.)" in TEXT and "down to less than 0.2" in TEXT
    closer = {"w0": 0.5, "v0": 2.5, "b1": -1.0, "v1": -2.5, "b2": -3.0, "v2": 2.5}
    by_hand = away(lambda x: 2.5 * max(0, x / 2) - 2.5 * max(0, x - 1) + 2.5 * max(0, x - 3))
    assert numbers_in(said_by(demos.any_curve, **closer))[0] == pytest.approx(by_hand, abs=5.1e-4) and by_hand < 0.1
    for name, value in closer.items():
        slider = demos.any_curve.controls[name]
        assert slider.low <= value <= slider.high and (value - slider.low) % slider.step == 0
    assert numbers_in(said_by(demos.any_curve))[0] > 0.2
    sliders = [name for name in demos.any_curve.controls if name not in ("function", "units")]
    assert len(sliders) == 10, "the prediction speaks of all ten"


def test_a_straight_line_of_a_straight_line_is_one():
    assert "put $2x + 1$ into $3a - 4$, and you get $3(2x + 1) - 4 = 6x - 1$" in TEXT
    for x in (-2, 0, 5):
        assert 3 * (2 * x + 1) - 4 == 6 * x - 1


def test_relu_has_its_corner_where_its_sum_is_0():
    first, moved = OUT["relu-in-code"].splitlines()
    places = [-1, 0, 1, 2, 3]
    assert numbers_in(first) == [max(0, x) for x in places] == [0, 0, 1, 2, 3]
    assert numbers_in(moved) == [max(0, x - 1) for x in places] == [0, 0, 0, 1, 2]


def test_the_reader_has_60_units():
    assert (
        "The digit reader has 60, with ReLU between its two layers." in TEXT
        and sum(map(len, reader_network().params[1::2])) == 60
    )


def test_three_straight_layers_multiply_by_the_cube_of_their_weight():
    assert numbers_in(said_by(demos.three_layers)) == [0.8, 0.512] and 0.8 * 0.8 * 0.8 == pytest.approx(0.512)


def test_a_hat_of_the_sum_of_two_inputs_is_xor():
    assert "At the four corners of the square that's 0, 1, 1, and 2, and the hat says 0, 1, 1, and 0." in TEXT
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [sum(corner) for corner in corners] == [0, 1, 1, 2]
    assert [exercises.hat.solution(float(sum(corner))) for corner in corners] == [a != b for a, b in corners]


# -- which function, and what can go wrong ----------------------------------------------------------------------------


def test_tanh_is_a_sigmoid_stretched_and_four_times_as_steep():
    assert "stretched to twice its height, moved down by 1, and squeezed to half its width" in TEXT
    assert "four times as steep" in TEXT
    for a in (-2, -0.3, 0, 1.7):
        assert math.tanh(a) == pytest.approx(2 * sigmoid(2 * a) - 1)
    assert slope(math.tanh, 0) == pytest.approx(4 * slope(sigmoid, 0)) == pytest.approx(1)


def test_the_slope_of_the_sigmoid_far_out_and_through_ten_layers():
    for line, a in zip(OUT["slopes"].splitlines(), (0, 1, 5, 40), strict=True):
        by_powers = math.exp(-a) / (1 + math.exp(-a)) ** 2
        assert numbers_in(line) == [a, float(f"{by_powers:.2g}")]
    assert slope(sigmoid, 5) == pytest.approx(0.0066, abs=5e-5)
    assert "`4.2e-18` is 4.2 divided by a 1 followed by 18 zeros" in TEXT and 4.2e-18 == 4.2 / int("1" + 18 * "0")
    assert "at 40 it's about 0.000000000000000004," in TEXT and float(f"{math.exp(-40):.0e}") == 0.000000000000000004
    assert said_by(demos.vanishing).endswith(f"is {slope(sigmoid, 1):.4f}. Multiply ten of them, and you get 8.6e-08.")
    assert f"{slope(sigmoid, 1) ** 10:.1e}" == "8.6e-08"
    assert "about a millionth: 0.00000095" in TEXT and f"{slope(sigmoid, 0) ** 10:.8f}" == "0.00000095"


def test_the_slopes_in_the_table_of_seven_are_those_of_their_formulas():
    rows = re.findall(r"^\| (.+?) \| (\$.+) \| (.+) \| (.+) \|$", TEXT, re.M)
    assert [name for name, *_ in rows] == ["step", "sigmoid", "tanh", "ReLU", "leaky ReLU", "ELU", "identity"]
    by_hand = {
        "sigmoid": sigmoid,
        "tanh": math.tanh,
        "ReLU": lambda a: max(0, a),
        "leaky ReLU": lambda a: a if a > 0 else 0.01 * a,
        "ELU": lambda a: a if a > 0 else math.exp(a) - 1,
        "identity": lambda a: a,
    }
    for name, _, _, claim in rows[1:]:
        found = {round(slope(by_hand[name], a), 4) for a in (-9.5, -3, -1e-4, 1e-4, 3, 9.5)}
        if "at most" in claim:
            assert 0 <= min(found) and max(found) == pytest.approx(in_python(claim.split()[-1], {}), abs=1e-3)
        else:
            assert found == set(numbers_in(claim)), name


def test_the_dead_unit_has_21_inputs_from_minus_2_5_to_2_5():
    assert "gets 21 different inputs" in TEXT
    assert numbers_in(said_by(demos.dead_relu)) == [1, 0, 10, 21]
    assert sum(-2.5 + k / 4 > 0 for k in range(21)) == 10 and -2.5 + 20 / 4 == 2.5
    assert "Then press *dead*" in TEXT
    assert "the unit is dead" in said_by(demos.dead_relu, **demos.dead_relu.presets["dead"])


def test_seven_presses_bring_the_dead_unit_back():
    assert "With $b = -4$, seven presses of → bring it back, at $w = 1.7$." in TEXT
    dead, slider = demos.dead_relu.presets["dead"], demos.dead_relu.controls["w"]
    said = [said_by(demos.dead_relu, **{**dead, "w": round(dead["w"] + k * slider.step, 9)}) for k in range(8)]
    assert all("the unit is dead" in words for words in said[:7]) and numbers_in(said[7])[:3] == [1.7, -4, 1]
    assert numbers_in(said[0])[:2] == [1, -4]


def test_a_nudge_gets_through_in_proportion_to_the_slope():
    assert "moves the sum $w x + b$ by $0.1 \\cdot (-0.8) = -0.08$" in TEXT and 0.1 * -0.8 == pytest.approx(-0.08)
    for w in (-4, -2.5, 1):
        nudged, answer = (sigmoid(-0.8 * each - 2) for each in (w + 0.1, w))
        assert nudged - answer == pytest.approx(-0.08 * slope(sigmoid, -0.8 * w - 2), rel=0.05)


def test_what_overflows_and_what_does_not():
    with pytest.raises(OverflowError):
        math.exp(1000)
    rows = [line.split("[")[1].strip(" ]").split() for line in OUT["overflow"].splitlines()]
    assert rows == [["0.", "0.5", "1."], ["0.", "0.5", "nan"], ["0.", "0.5", "1."]]
    assert math.isnan(math.inf / math.inf) and 1 / math.inf == 0 and math.exp(-1000) == 0
    assert "about $1.8 \\cdot 10^{308}$" in TEXT and f"{sys.float_info.max:.1e}" == "1.8e+308"


def test_nothing_that_the_lesson_prints_is_left_out_here():
    assert {cell for cell, text in OUT.items() if text} == {"relu-in-code", "slopes", "overflow"}
