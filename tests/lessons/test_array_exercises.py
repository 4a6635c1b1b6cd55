"""Lesson 7: the numbers of its predictions, and its exercises held against central differences."""

import inspect
import itertools
import math
import re

import numpy as np
import pytest

from nnlessons.arrays import exercises
from nnlessons.exercise.checking import ALMOST, CORRECT, WORDS, WORKING, Exercise

EXERCISES = {name: value for name, value in vars(exercises).items() if isinstance(value, Exercise)}
N, D, H = 4, 3, 2  # all different, so that a transpose cannot hide


def logistic(a):
    return 1 / (1 + np.exp(-a))


def nudged(f, x, dout=1.0, h=1e-6):
    """How much dout times f(x), added up, moves with each entry of x: a central difference."""
    gradient = np.zeros(np.shape(x))
    for place in np.ndindex(gradient.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        gradient[place] = np.sum(dout * (f(up) - f(down))) / (2 * h)
    return gradient


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", text.replace("−", "-"))]


def normal(*shape):
    return np.random.default_rng(sum(shape)).normal(size=shape)


# -- predictions ------------------------------------------------------------------------------------------------------


def test_a_repeated_row_gets_the_sums_of_the_columns():
    prediction = exercises.through_repeat
    rows = np.array([[1, 0], [2, -1], [4, 3]])
    gets = nudged(lambda row: np.array([row, row, row]), np.array([2.0, 5.0]), rows)
    assert numbers(prediction.answer) == pytest.approx(gets.tolist()) == [7, 2]
    assert numbers(prediction.question) == [2, 5, 3, *rows[0], *rows[1], *rows[2]]
    assert "1 + 2 + 4 = 7" in prediction.reason and "0 − 1 + 3 = 2" in prediction.reason
    mean, first, *_ = prediction.choices
    assert numbers(mean) == pytest.approx([7 / 3, 2 / 3], abs=0.005) and numbers(first) == [1, 0]


def test_a_wires_gradient_is_what_went_in_times_what_came_back():
    prediction = exercises.through_the_wire
    x, w, dy = 3.0, 5.0, -2.0
    assert numbers(re.sub(r"(input|output) \d", "", prediction.question)) == [x, w, dy]
    slope = nudged(lambda w: x * w, np.array([w]), dy)
    assert numbers(prediction.answer)[:1] == pytest.approx(slope.tolist())
    assert [numbers(choice)[0] for choice in prediction.choices] == [x * dy, w * dy, x * w, w]


def test_an_inputs_gradient_needs_a_row_of_the_weights():
    x, W, dy = normal(1, 2), normal(2, 3), normal(1, 3)
    needed = np.abs(nudged(lambda W: dy @ W.T, W, np.array([[0, 1]]))) > 1e-9
    assert needed.tolist() == [[False] * 3, [True] * 3]
    assert nudged(lambda x: x @ W, x, dy)[0, 1] == pytest.approx(sum(dy[0, j] * W[1, j] for j in range(3)))
    assert exercises.which_wires.answer.startswith("Row 1 of W")


def test_both_products_fit_square_weights_and_one_entry_tells_which_is_dx():
    x, W, dy = normal(4, 3), normal(3, 3), normal(4, 3) + 1
    dx = nudged(lambda x: x @ W, x, dy)
    assert (dy @ W).shape == (dy @ W.T).shape == x.shape and not np.allclose(dy @ W, dx)
    reason = exercises.shapes_decide.reason
    terms = re.findall(r"dy\[0, (\d)\] W\[1, (\d)\]", reason)
    assert [(int(unit), int(column)) for unit, column in terms] == [(0, 0), (1, 1), (2, 2)]
    assert dx[0, 1] == pytest.approx(sum(dy[0, int(unit)] * W[1, int(column)] for unit, column in terms))
    assert (
        dx == pytest.approx(dy @ W.T)
        and "it must be W.T" in reason
        and "Not by shapes" in exercises.shapes_decide.answer
    )


def test_one_bias_for_100_samples_gets_what_they_send_added():
    gets = nudged(lambda b: np.zeros(100) + b, np.array(0.7), np.full(100, 0.01))
    assert float(exercises.bias_gradient.answer) == pytest.approx(float(gets)) == pytest.approx(100 * 0.01)
    assert sorted(map(float, exercises.bias_gradient.choices)) == [0.01 / 100, 0.01, 1, 100]


def lines_of(question):
    """The Python in who_sees_it: four lines, between words of the question."""
    text = question.split(": ", 1)[1].rsplit(". What", 1)[0]
    return text.replace(". Then ", "\n")


def test_held_still_points_to_the_first_array():
    prediction = exercises.who_sees_it
    lines = lines_of(prediction.question)
    assert len(lines.splitlines()) == 4
    seen = {"np": np}
    exec(lines, seen)
    assert prediction.answer == str(seen["held"]) == "[0. 0.]"
    written = {"np": np}
    exec(lines.replace("grads[0] = dW", "grads[0][...] = dW"), written)
    assert str(written["held"]) == "[3. 4.]" and "would have written 3 and 4" in prediction.reason


def test_a_mask_written_into_a_shared_array_reaches_the_second_layer():
    sent, a = map(np.array, ([5.0, 7.0], [-1.0, 2.0]))
    reason = exercises.after_the_mask.reason
    assert numbers(reason)[:4] == [*sent, *a]
    kept = sent * (a > 0)
    assert sent.tolist() == [5, 7], "a product leaves it as it was"
    sent[a <= 0] = 0
    assert sent.tolist() == kept.tolist() == [0, 7] and "the second layer finds [0, 7]" in reason
    assert "the a of the first layer" in exercises.after_the_mask.answer


def test_the_right_answer_is_not_always_in_the_same_place():
    predictions = [value for value in vars(exercises).values() if isinstance(value, exercises.Prediction)]
    places = [prediction.choices.index(prediction.answer) for prediction in predictions]
    assert len(places) == 7 and set(places) == {0, 1, 2, 3}


# -- the right functions ----------------------------------------------------------------------------------------------


def test_repeat_and_sum_against_central_differences():
    row, rows = normal(1, D), normal(N, D)
    assert exercises.repeat_backward.solution(rows) == pytest.approx(
        nudged(lambda row: np.concatenate([row] * N), row, rows)
    )
    assert exercises.sum_backward.solution(row, N) == pytest.approx(nudged(lambda x: x.sum(axis=0), rows, row[0]))


@pytest.mark.parametrize(("N", "D", "H"), [(N, D, H), (3, 3, 3), (1, 2, 5)])
def test_an_affine_layer_against_central_differences(N, D, H):
    x, W, b, dout = normal(N, D), normal(D, H) + 1, normal(1, H), normal(N, H) - 1
    assert exercises.dx.solution(W, dout) == pytest.approx(nudged(lambda x: x @ W + b, x, dout))
    assert exercises.dW.solution(x, dout) == pytest.approx(nudged(lambda W: x @ W + b, W, dout))
    assert exercises.repeat_backward.solution(dout) == pytest.approx(nudged(lambda b: x @ W + b, b, dout))


def test_relu_against_central_differences_and_at_0():
    a, dout = normal(N, D), normal(N, H + 1)
    assert exercises.relu_backward.solution(a, dout) == pytest.approx(nudged(lambda a: np.maximum(a, 0), a, dout))
    assert exercises.relu_backward.solution(np.zeros((1, 2)), np.ones((1, 2))).tolist() == [[0, 0]]


def loss_of(x, t, W1, b1, W2, b2):
    return np.sum((logistic(logistic(x @ W1 + b1) @ W2 + b2) - t) ** 2) / 2


@pytest.mark.parametrize("seed", range(3))
def test_a_step_is_the_rate_times_the_central_differences(seed):
    for x, t, W1, b1, W2, b2, rate in exercises.update.cases(np.random.default_rng(seed)):
        new_W1, new_W2 = exercises.update.solution(x, t, W1, b1, W2, b2, rate)
        assert (W1 - new_W1) / rate == pytest.approx(nudged(lambda W1: loss_of(x, t, W1, b1, W2, b2), W1), abs=1e-8)  # noqa: B023
        assert (W2 - new_W2) / rate == pytest.approx(nudged(lambda W2: loss_of(x, t, W1, b1, W2, b2), W2), abs=1e-8)  # noqa: B023


def by_hand(slip):
    """The much-copied example in plain Python, weight by weight: the loss before and after, and the eight new weights."""
    w, rate, t = [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55], 0.5, (0.01, 0.99)

    def forward(w):
        h = [1 / (1 + math.exp(-(w[i] * 0.05 + w[i + 1] * 0.10 + 0.35))) for i in (0, 2)]
        o = [1 / (1 + math.exp(-(w[i] * h[0] + w[i + 1] * h[1] + 0.60))) for i in (4, 6)]
        return h, o, sum((target - out) ** 2 for target, out in zip(t, o, strict=True)) / 2

    h, o, before = forward(w)
    arriving = [(o[k] - t[k]) * o[k] * (1 - o[k]) for k in (0, 1)]
    new = list(w)
    for k in (0, 1):
        for j in (0, 1):
            new[4 + 2 * k + j] -= rate * arriving[k] * h[j]
    for j in (0, 1):
        back = sum(arriving[k] * (new if slip else w)[4 + 2 * k + j] for k in (0, 1)) * h[j] * (1 - h[j])
        for i, value in enumerate((0.05, 0.10)):
            new[2 * j + i] -= rate * back * value
    return before, forward(new)[2], new


def test_the_worked_example_gives_the_published_losses():
    case = exercises.update.cases(np.random.default_rng(0))[0]
    x, t, W1, b1, W2, b2, rate = case
    assert [*W1.T.flat, *W2.T.flat] == [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55] and rate == 0.5
    slip = next(mistake for mistake in exercises.update.mistakes if "the new W2" in mistake.message)
    for function, wrong, ends in ((exercises.update.solution, False, "7774"), (slip.function, True, "7924")):
        new_W1, new_W2 = function(*case)
        before, after, new = by_hand(wrong)
        assert [*new_W1.T.flat, *new_W2.T.flat] == pytest.approx(new, abs=1e-12)
        assert f"{loss_of(x, t, W1, b1, W2, b2):.9f}" == f"{before:.9f}" == "0.298371109"
        assert f"{loss_of(x, t, new_W1, b1, new_W2, b2):.9f}" == f"{after:.9f}" == f"0.29102{ends}"


# -- what learners hand in --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "right"), [("dx", "dout @ W.T"), ("dW", "x.T @ dout")])
def test_of_eight_products_one_is_right_and_each_other_one_is_named(name, right):
    exercise = EXERCISES[name]
    given = list(inspect.signature(exercise.solution).parameters)
    turned = [[word, f"{word}.T"] for word in given]
    products = [f"{one} @ {other}" for one, other in itertools.product(*turned)]
    products += [f"{other} @ {one}" for one, other in itertools.product(*turned)]
    answers = {product: exercise(eval(f"lambda {', '.join(given)}: {product}")) for product in products}
    assert len(answers) == 8 and [product for product in products if answers[product].verdict == CORRECT] == [right]
    messages = [mistake.message for mistake in exercise.mistakes]
    wrong = [answers[product] for product in products if product != right]
    assert all(answer.verdict == WORKING and answer.text in messages for answer in wrong)
    assert len({answer.text for answer in wrong}) == 7


@pytest.mark.parametrize("name", ["dx", "dW"])
def test_products_are_tried_on_squares_and_on_all_sizes_different(name):
    exercise = EXERCISES[name]
    for one, other in exercise.cases(np.random.default_rng(0)):
        assert len({*one.shape, *other.shape}) == 1
        assert np.abs(one - one.T).max() > 0.1 and np.abs(other - other.T).max() > 0.1
    edges = [{*one.shape, *other.shape} for one, other in (edge.arguments for edge in exercise.edges)]
    assert {N, D, H} in edges and {1, D, H} in edges


@pytest.mark.parametrize("name", [name for name in EXERCISES if name not in ("dx", "dW", "update")])
def test_the_others_are_tried_on_oblong_arrays_and_on_a_square(name):
    sizes = [
        (case[1] if name == "sum_backward" else len(case[0]), case[0].shape[1])
        for case in EXERCISES[name].cases(np.random.default_rng(0))
    ]
    assert any(n > d for n, d in sizes) and any(n == d for n, d in sizes)


def weights_by_loops(x, dout):
    dW = np.zeros((x.shape[1], dout.shape[1]))
    for n in range(len(x)):
        for i in range(x.shape[1]):
            for j in range(dout.shape[1]):
                dW[i, j] += x[n, i] * dout[n, j]
    return dW


def on_a_copy(a, dout):
    dx = dout.copy()
    dx[a <= 0] = 0
    return dx


def update_by_loops(x, t, W1, b1, W2, b2, rate):
    z1 = logistic(x @ W1 + b1)
    y = logistic(z1 @ W2 + b2)
    new_W1, new_W2 = W1.copy(), W2.copy()
    for j in range(2):
        back = 0.0
        for k in range(2):
            da = (y[0, k] - t[0, k]) * y[0, k] * (1 - y[0, k])
            back += da * W2[j, k]
            new_W2[j, k] -= rate * da * z1[0, j]
        for i in range(2):
            new_W1[i, j] -= rate * back * z1[0, j] * (1 - z1[0, j]) * x[0, i]
    return [new_W1, new_W2]


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("repeat_backward", lambda dout: sum(dout)[np.newaxis]),
        ("repeat_backward", lambda dout: np.ones((1, len(dout))) @ dout),
        ("repeat_backward", lambda dout: [sum(column) for column in dout.T] * np.ones((1, 1))),
        ("sum_backward", lambda dout, N: np.ones((N, 1)) * dout),
        ("sum_backward", lambda dout, N: [dout[0]] * N),
        ("sum_backward", lambda dout, N: np.broadcast_to(dout, (N, dout.shape[1]))),
        ("sum_backward", lambda dout, N: np.tile(dout, (N, 1))),
        ("dx", lambda W, dout: (W @ dout.T).T),
        ("dx", lambda W, dout: np.einsum("nj,ij->ni", dout, W)),
        ("dW", lambda x, dout: (dout.T @ x).T),
        ("dW", lambda x, dout: sum(np.outer(x[n], dout[n]) for n in range(len(x)))),
        ("dW", weights_by_loops),
        ("relu_backward", lambda a, dout: np.where(a > 0, dout, 0)),
        ("relu_backward", on_a_copy),
        ("update", update_by_loops),
    ],
)
def test_other_good_solutions_are_correct_too(name, function):
    assert EXERCISES[name](function).verdict == CORRECT


def mask_in_place(a, dout):
    dout[a <= 0] = 0
    return dout


def mask_under_another_name(a, dout):
    dx = dout
    dx[a <= 0] = 0
    return dx


def a_as_the_mask(a, dout):
    a[a <= 0] = 0
    a[a > 0] = 1
    return dout * a


def update_in_place(x, t, W1, b1, W2, b2, rate):
    z1 = logistic(x @ W1 + b1)
    y = logistic(z1 @ W2 + b2)
    da2 = (y - t) * y * (1 - y)
    da1 = (da2 @ W2.T) * z1 * (1 - z1)
    W1 -= rate * x.T @ da1
    W2 -= rate * z1.T @ da2
    return W1, W2


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("relu_backward", mask_in_place),
        ("relu_backward", mask_under_another_name),
        ("relu_backward", a_as_the_mask),
        ("update", update_in_place),
    ],
)
def test_right_numbers_written_over_what_was_given_are_refused(name, function):
    answer = EXERCISES[name](function)
    assert (answer.verdict, answer.text) == (WORKING, WORDS["changed"])


def the_famous_slip(x, t, W1, b1, W2, b2, rate):
    """As people write it, in place: the slip is named first, as it is the worse of the two."""
    z1 = logistic(x @ W1 + b1)
    y = logistic(z1 @ W2 + b2)
    da2 = (y - t) * y * (1 - y)
    W2 -= rate * z1.T @ da2
    da1 = (da2 @ W2.T) * z1 * (1 - z1)
    W1 -= rate * x.T @ da1
    return W1, W2


def dx_in_squares_only(W, dout):
    dx = np.zeros((len(dout), len(W)))
    for i in range(len(W)):
        for j in range(len(W)):
            dx[:, i] += dout[:, j] * W[i, j]
    return dx


def weights_in_squares_only(x, dout):
    dW = np.zeros_like(x)
    for i, j in np.ndindex(dW.shape):
        dW[i, j] = x[:, i] @ dout[:, j]
    return dW


def one_row_has_no_axis(f):
    """f, but a single sample is taken for a row without a second axis: what .squeeze() leads to."""
    return lambda *given: f(*(part.squeeze() if len(part) == 1 else part for part in given))


@pytest.mark.parametrize(
    ("name", "function", "verdict", "words"),
    [
        ("repeat_backward", lambda dout: dout.sum(axis=0).squeeze()[np.newaxis], ALMOST, "a single number, D = 1"),
        ("repeat_backward", lambda dout: dout[0:1] + sum(dout[1:]) * (len(dout) > 1 or None), ALMOST, "n = 1"),
        ("sum_backward", lambda dout, N: np.repeat(dout, N, axis=0).squeeze(), ALMOST, "N = 1"),
        ("sum_backward", lambda dout, N: [np.squeeze(dout)] * N, ALMOST, "D = 1"),
        ("dx", dx_in_squares_only, ALMOST, "not for N = 4 samples, D = 3 inputs and H = 2 units"),
        ("dx", one_row_has_no_axis(lambda W, dout: dout @ W.T), ALMOST, "one sample, N = 1"),
        ("dW", weights_in_squares_only, ALMOST, "not for N = 4 samples, D = 3 inputs and H = 2 units"),
        ("dW", one_row_has_no_axis(lambda x, dout: x.T @ dout), ALMOST, "one sample, N = 1"),
        ("relu_backward", lambda a, dout: dout * (a >= 0), ALMOST, "where a is exactly 0"),
        ("relu_backward", lambda a, dout: dout * (np.maximum(a, 0) / a), ALMOST, "where a is exactly 0"),
        ("relu_backward", one_row_has_no_axis(lambda a, dout: dout * (a > 0)), ALMOST, "one sample, N = 1"),
        ("dx", lambda W, dout: dout @ W, WORKING, "didn't transpose W"),
        ("update", the_famous_slip, WORKING, "through the new W2"),
        (
            "update",
            lambda x, t, W1, b1, W2, b2, rate: (W1, b1, W2, b2),
            WORKING,
            "returns 4 things of different shapes: (2, 2), (2,), (2, 2), (2,). Return only what is asked for.",
        ),
        (
            "repeat_backward",
            lambda dout: dout.T,
            WORKING,
            "Given an array of shape (4, 3), your function returns shape (3, 4), ",
        ),
    ],
)
def test_nearly_right_functions_get_the_message_that_fits(name, function, verdict, words):
    answer = EXERCISES[name](function)
    assert answer.verdict == verdict and words in answer.text


def test_every_edge_is_met_by_some_function_that_is_right_elsewhere():
    (mark,) = test_nearly_right_functions_get_the_message_that_fits.pytestmark
    answers = {(row[0], EXERCISES[row[0]](row[1]).text) for row in mark.args[1]}
    assert {(name, edge.message) for name, exercise in EXERCISES.items() for edge in exercise.edges} <= answers
