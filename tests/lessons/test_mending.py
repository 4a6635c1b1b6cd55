"""The bug hunt's repairs: a bug fails and isn't given away, right ones pass however they're written, wrong ones are named."""

import re

import numpy as np
import pytest

from nnlessons.arrays.broken_layers import BUGS, errors_in_network
from nnlessons.arrays.mending import mend
from nnlessons.arrays.repairs import REPAIRS
from nnlessons.exercise.checking import ALMOST, CORRECT, MISSING, WORKING, Answer
from nnlessons.wording import MINUS

every_bug = pytest.mark.parametrize("bug", BUGS)


def answer_to(bug, backward):
    shown = mend(int(bug), backward)
    return shown if isinstance(shown, Answer) else shown.answer


# -- right ones, written in other words -------------------------------------------------------------------------------


def affine_by_loops(layer, dout):
    W = layer.params[0]
    dx, dW, db = np.zeros(layer.x.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for n in range(len(dout)):
        for j in range(W.shape[1]):
            db[j] += dout[n, j]
            for i in range(W.shape[0]):
                dx[n, i] += dout[n, j] * W[i, j]
                dW[i, j] += layer.x[n, i] * dout[n, j]
    layer.grads = [dW, db]
    return dx


def tanh_in_exponentials(layer, dout):
    return 4 * dout / (np.exp(layer.a) + np.exp(-layer.a)) ** 2


def sigmoid_in_exponentials(layer, dout):
    return [
        [d * np.exp(-a) / (1 + np.exp(-a)) ** 2 for d, a in zip(*rows, strict=True)]
        for rows in zip(dout, layer.a, strict=True)
    ]


def loss_sample_by_sample(layer, dout):
    N = layer.y.shape[0]
    return np.array([(layer.y[n] - layer.t[n]) / N for n in range(N)])


OTHER = {bug: affine_by_loops for bug in "1347"} | {"2": tanh_in_exponentials, "8": sigmoid_in_exponentials}
OTHER |= {bug: loss_sample_by_sample for bug in "56"}


@every_bug
@pytest.mark.parametrize("written", ["solution", "other"])
def test_right_repairs_are_correct_and_learn_what_it_was(bug, written):
    answer = answer_to(bug, REPAIRS[bug].solution if written == "solution" else OTHER[bug])
    assert answer.verdict == CORRECT and BUGS[bug].says in answer.text


# -- as they come -----------------------------------------------------------------------------------------------------

WHERE = {  # what the first sentence has to name, and what would give the bug away
    "1": ("db is wrong, in layer 5", "mean"),
    "2": ("before layer 4", "slope"),
    "3": ("before layer 3", "transpose"),
    "4": ("dW is wrong, in layer 3", "transpose"),
    "5": ("All six", "sign"),
    "6": ("All six", "N"),
    "7": ("dW is wrong, in layer 1", "divided"),
    "8": ("before layer 2", "slope"),
}


@every_bug
def test_a_bug_as_it_comes_is_not_given_away(bug):
    answer = answer_to(bug, BUGS[bug].backward)
    where, secret = WHERE[bug]
    assert answer.verdict == WORKING and where in answer.text
    assert not re.search(rf"\b{secret}\b", answer.text) and BUGS[bug].says not in answer.text


@every_bug
def test_the_two_numbers_of_the_worst_entry_are_those_of_the_check(bug):
    text = answer_to(bug, BUGS[bug].backward).text.replace(MINUS, "-")
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d+", text)]
    rows = errors_in_network(BUGS[bug].backward, BUGS[bug].place, 3)
    most = max(error for _, error, *_ in rows)
    *_, closest_to_the_loss = (row for row in rows if row[1] > most - 1e-6)
    assert numbers == pytest.approx(closest_to_the_loss[2:], abs=1e-4)


# -- wrong ones -------------------------------------------------------------------------------------------------------


@every_bug
def test_every_mistake_is_named_and_no_two_are_alike(bug):
    mistakes = REPAIRS[bug].mistakes
    for mistake in mistakes:
        answer = answer_to(bug, mistake.function)
        assert answer.verdict == WORKING and answer.text == mistake.message
    assert len(mistakes) >= 5


def one_gradient_is_right(layer, dout):
    layer.grads[0][...] = layer.x.T @ dout
    layer.grads[1][...] = 0
    return 0 * layer.x


def divided_by_6(layer, dout):
    return (layer.y - layer.t) / 6


def wrong_dx_before_nothing(layer, dout):
    REPAIRS["7"].solution(layer, dout)
    return 2 * dout @ layer.params[0].T


def numbers_of_one_mini_batch(layer, dout):
    return np.linspace(-1, 1, dout.size).reshape(dout.shape)


@pytest.mark.parametrize(
    ("bug", "backward", "verdict", "words"),
    [
        ("3", one_gradient_is_right, WORKING, "Layer 3 has a wrong db"),
        ("6", divided_by_6, ALMOST, "another mini-batch"),
        ("7", wrong_dx_before_nothing, WORKING, "No layer comes before"),
        ("2", numbers_of_one_mini_batch, WORKING, "before layer 4"),
    ],
)
def test_partly_right_and_fixed_numbers_fail(bug, backward, verdict, words):
    answer = answer_to(bug, backward)
    assert answer.verdict == verdict and words in answer.text


def in_place(layer, dout):
    dout *= 1 - layer.z**2
    return dout


def without_return(layer, dout):
    dout * (1 - layer.z**2)


def unfinished(layer, dout): ...


def stops(layer, dout):
    return dout * (1 - layer.output**2)


def stops_on_other_numbers(layer, dout):
    if len(dout) != 6:
        raise KeyError("six")
    return REPAIRS["2"].solution(layer, dout)


def added_to_what_was_there(layer, dout):
    layer.grads[0][...] = layer.x.T @ dout
    layer.grads[1] += dout.sum(axis=0)
    return dout @ layer.params[0].T


def a_tuple(layer, dout):
    return dout @ layer.params[0].T, layer.x.T @ dout, dout.sum(axis=0)


def turned(layer, dout):
    layer.grads[0][...] = layer.x.T @ dout
    layer.grads[1][...] = dout.sum(axis=0)
    return layer.params[0] @ dout.T


@pytest.mark.parametrize(
    ("bug", "backward", "verdict", "words"),
    [
        ("2", in_place, WORKING, "changes dout"),
        ("2", without_return, WORKING, "returns nothing"),
        ("2", unfinished, MISSING, "..."),
        ("2", ..., MISSING, "..."),
        ("2", stops, WORKING, "in its line 2"),
        ("2", stops_on_other_numbers, ALMOST, "another mini-batch"),
        ("1", added_to_what_was_there, WORKING, "layer.grads[1][...] ="),
        ("1", a_tuple, WORKING, "Return only"),
        ("3", turned, WORKING, "(5, 6)"),
        ("2", "no function", WORKING, "demos.mend(1, backward)"),
        ("9", in_place, WORKING, "from 1 to 8"),
    ],
)
def test_a_function_that_can_not_be_used_is_told_why(bug, backward, verdict, words):
    answer = answer_to(bug, backward)
    assert answer.verdict == verdict and words in answer.text


def test_the_picture_comes_with_the_feedback_in_words():
    shown = mend(2, BUGS["2"].backward)
    data, _ = shown._repr_mimebundle_()
    assert shown.answer.text in data["text/plain"] and shown.answer.hints[0] in shown.words
