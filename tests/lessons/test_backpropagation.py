"""Lesson 6: the numbers of its predictions, and its exercises held against central differences."""

import math
import re

import numpy as np
import pytest

from nnlessons.backpropagation import exercises
from nnlessons.backpropagation.counted import counted
from nnlessons.exercise.checking import ALMOST, CORRECT, WORKING
from nnlib.nodes import Add, Multiply, Negative

H = 1e-5


def logistic(a):
    return 1 / (1 + math.exp(-a))


def slope(f, *given, of):
    """How much f moves with one of its inputs, by a central difference."""
    up, down = (f(*given[:of], given[of] + h, *given[of + 1 :]) for h in (H, -H))
    return (up - down) / (2 * H)


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", text.replace("−", "-"))]


# -- predictions ------------------------------------------------------------------------------------------------------


def loss(u, v, w):
    return (u + v) * w


HERE = (-2, 5, -4)


def test_u_and_v_move_the_result_the_most_and_it_falls():
    moves = [slope(loss, *HERE, of=which) for which in range(3)]
    assert moves == pytest.approx([-4, -4, 3])
    assert "u and v" in exercises.which_input.answer and exercises.which_input.answer.endswith("falls")
    assert numbers(exercises.which_input.question) == list(HERE)
    assert "falls by 4 times" in exercises.which_input.reason and "rises by 3 times" in exercises.which_input.reason


def test_an_add_node_passes_6_on_to_both_and_a_minus_flips_the_sign():
    plus, minus = Add(), Negative()
    plus.forward(2.0, minus.forward(100.0))
    to_x, to_minus = plus.backward(6.0)
    to_y = minus.backward(to_minus)
    assert [float(to_x), float(to_y)] == numbers(exercises.at_the_minus.answer) == [6, -6]
    assert {"3 and −3", "6 and 6", "12 and −600"} == {
        choice.split(":")[0] for choice in exercises.at_the_minus.choices if choice != exercises.at_the_minus.answer
    }, "a half each, the sign forgotten, times the own value"


def test_u_used_twice_gets_both_paths_added():
    node = Multiply()
    node.forward(3.0, 3.0)
    paths = node.backward(1.0)
    assert sum(paths) == float(exercises.used_twice.answer) == pytest.approx(slope(lambda x: x * x, 3.0, of=0))
    assert {"3", "9"} < set(exercises.used_twice.choices), "one path, and the value"


def test_relu_lets_through_above_0_only():
    ramp = lambda x: max(x, 0.0)  # noqa: E731
    through = [5 * slope(ramp, x, of=0) for x in (-0.1, 2.0)]
    assert through == pytest.approx(numbers(exercises.through_relu.answer)) and through[0] == 0


def test_backward_twice_without_a_reset_triples_u_and_doubles_w():
    u, v, w = HERE
    grad = dict.fromkeys(("u", "v", "w", "sum", "L"), 0)
    held = []
    for _ in range(2):
        grad["L"] = 1
        grad["sum"] += grad["L"] * w
        grad["w"] += grad["L"] * (u + v)
        grad["u"] += grad["sum"] * 1
        grad["v"] += grad["sum"] * 1
        held.append(dict(grad))
    assert [one["u"] for one in held] == [-4, -12] == [held[0]["v"], held[1]["v"]]
    assert [one["sum"] for one in held] == [-4, -8] and [one["w"] for one in held] == [3, 6]
    prediction = exercises.backward_twice
    assert (
        numbers(prediction.answer) == [-12] and held[1]["u"] == 3 * held[0]["u"] and "three times" in prediction.answer
    )
    assert "−4 + (−8) = −12" in prediction.reason and "3 + 3 = 6, twice as much" in prediction.reason
    factors = dict(zip(("as before", "twice", "three", "four"), (1, 2, 3, 4), strict=True))
    for choice in prediction.choices:
        assert numbers(choice) == [-4 * next(factor for word, factor in factors.items() if word in choice)]


# -- the right functions ----------------------------------------------------------------------------------------------

NUMBERS = [(0.7, -1.3, 2.1), (-2.0, 0.4, -0.6), (1.5, 3.0, 0.25)]


@pytest.mark.parametrize(("u", "dout"), [(0.7, 2.1), (-2.0, -0.6), (1.5, 0.25)])
def test_the_reciprocal_against_central_differences(u, dout):
    assert exercises.reciprocal_backward.solution(u, dout) == pytest.approx(dout * slope(lambda u: 1 / u, u, of=0))


@pytest.mark.parametrize("given", NUMBERS)
def test_the_gradients_of_the_graph_against_central_differences(given):
    assert exercises.gradients.solution(*given) == pytest.approx([slope(loss, *given, of=which) for which in range(3)])


@pytest.mark.parametrize("given", [(2.0, -1.0, -3.0, -2.0, -3.0), (0.5, 1.5, -0.7, 0.3, 0.2)])
def test_the_gradients_of_the_neuron_against_central_differences(given):
    neuron = lambda w0, x0, w1, x1, b: logistic(w0 * x0 + w1 * x1 + b)  # noqa: E731
    nudged = [slope(neuron, *given, of=which) for which in (0, 2, 4)]
    assert exercises.neuron.solution(*given) == pytest.approx(nudged)


def test_the_neuron_of_the_lesson():
    expected = [0.1966 * x for x in (-1, -2, 1)]
    assert exercises.neuron.solution(2.0, -1.0, -3.0, -2.0, -3.0) == pytest.approx(expected, abs=1e-4)


# -- what learners hand in --------------------------------------------------------------------------------------------


def test_other_good_solutions_are_correct_too():
    assert exercises.reciprocal_backward(lambda u, dout: dout * -((1 / u) ** 2)).verdict == CORRECT
    assert exercises.gradients(lambda u, v, w: np.array([w, w, u + v])).verdict == CORRECT

    def node_by_node(w0, x0, w1, x1, b):
        e = np.exp(-(w0 * x0 + w1 * x1 + b))
        upstream = -1 / (1 + e) ** 2 * e * -1
        return upstream * x0, upstream * x1, upstream

    assert exercises.neuron(node_by_node).verdict == CORRECT


@pytest.mark.parametrize(
    ("exercise", "function", "verdict", "words"),
    [
        ("gradients", lambda u, v, w: (w, (u + v) * w / (u + v), u + v), ALMOST, "need a division"),
        ("reciprocal_backward", lambda u, dout: -dout * u**-2, ALMOST, "whole numbers"),
        ("reciprocal_backward", lambda u, dout: -dout / u * u, WORKING, "from left to right"),
    ],
)
def test_nearly_right_functions_get_the_message_that_fits(exercise, function, verdict, words):
    answer = getattr(exercises, exercise)(function)
    assert answer.verdict == verdict and words in answer.text


def test_a_neuron_by_division_fails_where_an_input_is_0():
    def divided(w0, x0, w1, x1, b):
        z = logistic(w0 * x0 + w1 * x1 + b)
        return [z * (1 - z) * (w0 * x0) / w0, z * (1 - z) * x1 * x1 / x1, z * (1 - z)]

    assert exercises.neuron(divided).text == exercises.neuron.edges[0].message


# -- recall, and how many ---------------------------------------------------------------------------------------------


def test_the_three_recall_questions():
    update, chain, sigmoid = exercises.recall.questions
    (gradient, rate), (moved,) = numbers(update.question), numbers(update.answer)
    assert moved == pytest.approx(gradient * rate) and "falls" in update.answer
    assert float(chain.answer.replace("−", "-")) == math.prod(numbers(chain.question)) == -6
    assert float(sigmoid.answer) == pytest.approx(slope(logistic, 0.0, of=0)) and logistic(0.0) == 0.5


def test_backward_costs_about_as_much_as_two_forward_passes():
    n = 3760
    one_forward, backward = n + 1, counted("backward", n)[1][-1]
    assert backward / one_forward == pytest.approx(2, abs=0.01) and "2 or 3 forward" in exercises.how_many.answer
    assert counted("nudging", n)[1][-1] / one_forward == pytest.approx(7520, rel=0.01)
    assert {"3,760 forward", "7,520 forward"} == {choice[17:30] for choice in exercises.how_many.choices[1:]}
