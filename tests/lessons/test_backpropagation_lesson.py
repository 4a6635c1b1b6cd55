"""Lesson 6: every number that it prints or its demos show, worked out with plain Python."""

import math
import re

import pytest
from by_hand import sigmoid, slope, to_text
from lesson_reader import numbers_in, printed, said_by, walked, written

from nnlessons.backpropagation import demos
from nnlessons.backpropagation.own_formula import own
from nnlib import parse

OUT = printed("06_backpropagation")
TEXT = written("06_backpropagation").replace("{,}", ",")
NUMBER = r"-?\d+(?:\.\d+)?"


def named(text):
    """{name: number} of a text like "du = -4   dv = 0.5"."""
    return {name: float(number) for name, number in re.findall(rf"(\w+) = ({NUMBER})", text)}


def slope_along(f, names, values, of):
    """How much f moves with one of its named inputs, by a central difference."""
    given = dict(zip(names, values, strict=True))
    return slope(lambda value: f(**{**given, of: value}), given[of])


# -- what the lesson prints or says -----------------------------------------------------------------------------------


def test_the_digit_reader_has_3760_weights_and_biases():
    weights = 64 * 50 + 50 + 50 * 10 + 10
    assert f"The digit reader has {weights:,} weights and biases." in TEXT
    assert set(re.findall(r"\b3,\d{3}\b", TEXT)) == {f"{weights:,}"}


def test_the_race_in_numbers():
    n = 64 * 50 + 50 + 50 * 10 + 10
    forward_pass = n + 1  # a product for each weight, and the square
    spent = {
        "nudging": n * (2 * forward_pass + 1),  # two forward passes and a division for each weight
        "forward": forward_pass
        + n * (n + 2),  # the slope of the sum along each weight, through both inputs of the square
        "backward": forward_pass + 2 + n,  # both inputs of the square, and then each weight
    }
    assert (spent["backward"], spent["nudging"]) == (7_523, 28_286_480)
    state, said = walked(demos.race, 1000, n=n)
    assert [f"{count:,}" for count in spent.values()] == demos.race.update(state, n)["spent"]["texts"]
    assert numbers_in(said) == [n, spent["backward"], round(spent["forward"] / 1e6), round(spent["nudging"] / 1e6)]


def test_the_worked_example_by_hand_and_by_nudging():
    names, here = ("u", "v", "w"), (-2.0, 5.0, -4.0)
    gradients = {f"d{name}": round(slope_along(lambda u, v, w: (u + v) * w, names, here, name)) for name in names}
    assert named(OUT["nudged"]) == gradients == {"du": -4, "dv": -4, "dw": 3}
    (code,) = re.findall(r"```python\n(q = .+?)```", TEXT, re.S)
    by_hand = dict(zip(names, here, strict=True))
    exec(code, by_hand)
    assert gradients.items() <= by_hand.items() and by_hand["L"] == -12
    assert f"outputs {by_hand['q']:.0f}, and the multiply node outputs $L = {by_hand['L']:.0f}$" in TEXT


def test_a_square_gets_its_gradient_from_both_paths():
    value, nudged = OUT["square"].splitlines()
    assert numbers_in(value) == [3.0 * 3.0, 3.01, pytest.approx(3.01**2)]
    assert numbers_in(nudged) == [3.0 + 3.0] == [pytest.approx(slope(lambda u: u * u, 3.0))]
    assert pytest.approx(3.01**2 - 9, abs=1e-3) == 2 * 0.03, "each input alone raises it by 0.03"


NEURON = ("w0", "x0", "w1", "x1", "b")
AT = (2.0, -1.0, -3.0, -2.0, -3.0)


def neuron(w0, x0, w1, x1, b):
    return sigmoid(w0 * x0 + w1 * x1 + b)


def test_the_slopes_of_exp_and_reciprocal_are_what_the_table_says():
    for line, x in zip(OUT["new-slopes"].splitlines(), (-1.0, 0.5, 2.0), strict=True):
        value, exp_slope, reciprocal_slope, formula = map(float, re.findall(r"-?\d+\.\d{4}", line))
        assert value == exp_slope == pytest.approx(math.exp(x), abs=5e-5)
        assert reciprocal_slope == formula == pytest.approx(-1 / x**2, abs=5e-5)


def test_the_slope_of_the_neuron_for_two_biases():
    for b, told in ((-3, "0.1966"), (4, "0.0003")):
        assert told in TEXT and f"{slope(sigmoid, 2 * -1 + -3 * -2 + b):.4f}" == told
    assert f"{neuron(*AT):.4f}" == "0.7311" and "$z = 0.7311$" in TEXT
    gradients = [slope_along(neuron, NEURON, AT, name) for name in ("w0", "w1", "b")]
    assert gradients == pytest.approx([-0.1966, 2 * -0.1966, 0.1966], abs=1e-4)
    said = "".join(said_by(demos.neuron, step=step) for step in (7, 9, 10))
    for name, gradient in zip(("w₀", "w₁", "b"), gradients, strict=True):
        (line,) = re.findall(rf"^{name} gets (.*)$", said.replace("Backward", "\n"), re.M)
        assert numbers_in(line)[-1] == pytest.approx(gradient, abs=5e-5)


def test_the_engine_trains_the_neuron():
    weights, outputs = {"w0": 2.0, "w1": -3.0, "b": -3.0}, []

    def output(w0, w1, b):
        return neuron(w0, -1.0, w1, -2.0, b)

    def gradients():
        return {name: slope_along(lambda **at: output(**at) ** 2, weights, weights.values(), name) for name in weights}

    for _ in range(21):
        outputs.append(output(**weights))
        steps = gradients()
        weights = {name: value - steps[name] for name, value in weights.items()}
    whose, *lines = OUT["engine-run"].splitlines()
    assert not numbers_in(whose)
    assert [numbers_in(line) for line in lines] == [[k, float(f"{outputs[k]:.4f}")] for k in range(0, 21, 5)]
    assert [line.split()[-1] for line in lines] == ["0.7311", "0.1003", "0.0693", "0.0561", "0.0483"]
    at_last = [to_text(slope, 8) for slope in gradients().values()]
    for whose, line in zip(("this engine", "nnlib"), OUT["engine-check"].splitlines(), strict=True):
        name, slopes = line.split(":")
        assert name == whose and slopes.split() == at_last


def test_c27_backward_twice_without_a_reset_multiplies_inner_gradients():
    q_edge, w_edge = -4.0, 3.0  # what the times node passes back each time
    q_twice = q_edge + q_edge
    gradients = {"w": [w_edge, 2 * w_edge], "q": [q_edge, q_twice], "u": [q_edge, q_edge + q_twice]}
    for call, line in enumerate(OUT["again-run"].splitlines()):
        assert numbers_in(line) == [call + 1, *(both[call] for both in gradients.values())]
    graph = parse("(u + v) * w", u=-2.0, v=5.0, w=-4.0)
    for _ in range(2):
        graph.backward()
        assert graph.gradients == {"u": -4, "v": -4, "w": 3}, "our graph resets them"


def test_nothing_that_the_lesson_prints_is_left_out_here():
    checked = {"nudged", "square", "new-slopes", "engine-run", "engine-check", "again-run"}
    assert {cell for cell, text in OUT.items() if text} == checked


# -- what the demos say -----------------------------------------------------------------------------------------------


def test_the_answers_to_the_questions_under_the_first_graph():
    assert "+ gets upstream × local = 1 × (−4) = −4" in said_by(demos.stepper, step=3)
    assert "w gets upstream × local = 1 × 3 = 3" in said_by(demos.stepper, step=3)
    assert "u gets upstream × local = (−4) × 1 = −4" in said_by(demos.stepper, step=4, u=1.0)
    assert "1 × 6 = 6" in said_by(demos.stepper, step=3, u=1.0), "only w's gradient moves with u"
    after = (-2 + 0.05 * 4 + 5 + 0.05 * 4) * (-4 - 0.05 * 3)
    assert f"was −12 and is now −{-after:.2f}." in said_by(demos.stepper, step=5)


def test_the_answers_to_the_questions_about_single_nodes():
    assert "u gets upstream × local = 2 × (−3) = −6" in said_by(demos.local_rules)
    assert "v gets upstream × local = 2 × 0 = 0" in said_by(demos.local_rules, u=0.0)
    relu = {"formula": "relu(u)", "dout": 5.0}
    assert said_by(demos.local_rules, **relu, u=0.1).endswith("5 × 1 = 5")
    assert said_by(demos.local_rules, **relu, u=0.0).endswith("5 × 0 = 0")
    assert said_by(demos.local_rules, formula="sigmoid(u)", u=0.0).endswith("2 × 0.25 = 0.5")
    assert said_by(demos.local_rules, formula="1 / u", u=-0.1).endswith("2 × (−100) = −200")
    assert "no value" in said_by(demos.local_rules, formula="1 / u", u=0.0)
    branch = said_by(demos.local_rules, formula="u * v + u", v=4.0, dout=1.0)
    assert "u gets the sum of what comes back on its 2 paths: 4 + 1 = 5" in branch


def test_the_answers_to_the_questions_about_the_neuron():
    flat, steep = (said_by(demos.neuron, step=6, b=b) for b in (4.0, -4.0))
    assert neuron(2, -1, -3, -2, 4) * (1 - neuron(2, -1, -3, -2, 4)) == pytest.approx(0.0003, abs=5e-5)
    assert "σ has an upstream gradient of 1." in flat and "= 1 × 0.000335 = 0.000335" in flat
    assert "= 1 × 0.25 = 0.25" in steep


def test_the_same_function_in_other_forms_has_the_same_gradients():
    one, other, nothing = (own(L, u=2.0, v=-3.0, w=4.0, p=1.0) for L in ("u*v + u*w", "u*(v + w)", "u - u"))
    for graph in (one, other, nothing):
        graph.backward()
    assert one.gradients == other.gradients == {"u": 1.0, "v": 2.0, "w": 2.0}
    assert nothing.gradients == {"u": 0.0}
    for v, side in ((-3.0, 1), (5.0, -1)):
        square = own("(u - v)**2", u=2.0, v=v, w=0, p=0)
        square.backward()
        assert square.gradients["u"] == 2 * (2 - v) and square.gradients["u"] * side > 0
    for p, blocked in ((1.5, True), (1.6, False)):
        layers = own("relu(p*u + v) * w", u=2.0, v=-3.0, w=4.0, p=p)
        layers.backward()
        assert all((layers.gradients[name] == 0) == blocked for name in "puv")
