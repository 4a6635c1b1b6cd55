"""Lesson 6: every number that it prints or its demos tell, worked out with plain Python."""

import ast
import math
import re

import pytest
from conftest import PROJECT
from lesson_reader import printed, said_by

from nnlessons.backpropagation import demos
from nnlessons.backpropagation.own_formula import own

OUT = printed("06_backpropagation")
TEXT = (PROJECT / "notebooks" / "06_backpropagation.ipynb").read_text()
NUMBER = r"-?\d+(?:\.\d+)?"


def told(text):
    """{name: number} of a text like "dx = -4   dy = 0.5"."""
    return {name: float(number) for name, number in re.findall(rf"(\w+) = ({NUMBER})", text)}


def slope(f, names, values, of, h=1e-5):
    """How much f moves with one of its named inputs, by a central difference."""
    up, down = ({**dict(zip(names, values, strict=True)), of: values[names.index(of)] + nudge} for nudge in (h, -h))
    return (f(**up) - f(**down)) / (2 * h)


# -- what the lesson prints -------------------------------------------------------------------------------------------


def test_nudging_costs_two_losses_for_every_weight():
    weights = 64 * 50 + 50 + 50 * 10 + 10
    assert OUT["cost"].split() == (
        f"weights and biases: {weights:,} computing the loss, for one gradient by nudging: {2 * weights:,} times".split()
    )


def test_the_worked_example_by_hand_and_by_nudging():
    names, here = ("x", "y", "z"), (-2.0, 5.0, -4.0)
    gradients = {f"d{name}": round(slope(lambda x, y, z: (x + y) * z, names, here, name)) for name in names}
    assert told(OUT["by-hand"]) == {"f": -12, **gradients} == {"f": -12, "dx": -4, "dy": -4, "dz": 3}
    assert [float(line) for line in OUT["nudged"].split()] == [-4, -4, 3]


def test_a_square_gets_its_gradient_from_both_ways():
    assert OUT["square"].splitlines() == [
        f"f = {3.0 * 3.0}   gradients {{'x': {3.0 + 3.0}}}",
        "['x', 'branch', 'multiply']",
        "by nudging: 6.000000",
    ]


NEURON = ("w0", "x0", "w1", "x1", "w2")
AT = (2.0, -1.0, -3.0, -2.0, -3.0)


def neuron(w0, x0, w1, x1, w2):
    return 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))


def test_the_slopes_of_exp_and_reciprocal_are_what_the_table_says():
    for line, x in zip(OUT["new-slopes"].splitlines(), (-1.0, 0.5, 2.0), strict=True):
        value, exp_slope, reciprocal_slope, formula = map(float, re.findall(r"-?\d+\.\d{4}", line))
        assert value == exp_slope == pytest.approx(math.exp(x), abs=5e-5)
        assert reciprocal_slope == formula == pytest.approx(-1 / x**2, abs=5e-5)


def test_a_nudge_of_3_makes_its_square_grow_on_both_ways():
    (told_growth,) = re.findall(r"3\.01\^2 - 9 = ([\d.]+)", TEXT)
    assert float(told_growth) == pytest.approx(3.01**2 - 9)


def test_the_neuron_forward_node_by_node():
    v = math.exp(-1)
    values = {"p0": -2, "p1": 6, "p": 4, "a": 1, "n": -1, "v": v, "m": 1 + v, "s": 1 / (1 + v)}
    assert told(OUT["neuron-forward"]) == pytest.approx(values, abs=5e-5)
    assert "s = 0.7311" in OUT["neuron-forward"]


def test_the_neuron_backward_node_by_node():
    inputs = {f"d{name}": slope(neuron, NEURON, AT, name) for name in NEURON}
    inner = {
        "dm": slope(lambda m: 1 / m, ["m"], [1 + math.exp(-1)], "m"),
        "dv": slope(lambda v: 1 / (1 + v), ["v"], [math.exp(-1)], "v"),
        "dn": slope(lambda n: 1 / (1 + math.exp(n)), ["n"], [-1.0], "n"),
        "da": slope(lambda a: 1 / (1 + math.exp(-a)), ["a"], [1.0], "a"),
    }
    got = told(OUT["neuron-backward"])
    assert got == pytest.approx({**inner, **inputs}, abs=6e-5)
    assert got["da"] == 0.1966 == float(OUT["one-node"])


def test_c27_backward_twice_without_a_reset_multiplies_inner_gradients():
    first, second = (ast.literal_eval(line.split(": ", 1)[1]) for line in OUT["adding-up"].splitlines())
    once = {"f": 1, "q": -4, "z": 3, "x": -4, "y": -4}
    assert first == once
    assert second == {"f": 1, "q": -4 - 4, "z": 3 + 3, "x": -4 - 8, "y": -4 - 8}
    calls = [ast.literal_eval(line.split(": ", 1)[1]) for line in OUT["twice-graph"].splitlines()]
    assert calls[:2] == [{"x": -4, "y": -4, "z": 3}] * 2, "our graph"
    assert calls[2:] == [once] * 2, "the cure"


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
