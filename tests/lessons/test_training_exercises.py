"""Lesson 8: the numbers of its predictions, and its exercises held against other code."""

import re

import numpy as np
import pytest

from nnlessons.exercise.checking import ALMOST, CORRECT, WORDS, WORKING, Exercise
from nnlessons.reader.network import reader_network
from nnlessons.training import exercises
from nnlessons.training.mystery import RUNS
from nnlib import Affine, Network, Sigmoid, SumSquaredError, TwoLayerNet
from nnlib.datasets import circles, digits, moons, moved
from nnlib.descent import SGD
from nnlib.training import train

EXERCISES = {name: value for name, value in vars(exercises).items() if isinstance(value, Exercise)}


def logistic(a):
    return 1 / (1 + np.exp(-a))


def numbers(text):
    return [float(number.replace(",", "")) for number in re.findall(r"-?\d[\d,]*\.?\d*(?<!,)", text)]


def by_nudging(x, t, W1, W2, learning_rate, steps, h=1e-6):
    """The losses of a training whose gradients are central differences."""
    weights, losses = [W1.astype(float), W2.astype(float)], []

    def loss():
        return np.square(logistic(x @ weights[0]) @ weights[1] - t).sum()

    for _ in range(steps):
        losses.append(loss())
        gradients = []
        for W in weights:
            gradients.append(np.zeros(W.shape))
            for place in np.ndindex(W.shape):
                kept = W[place]
                W[place] = kept + h
                up = loss()
                W[place] = kept - h
                gradients[-1][place] = (up - loss()) / (2 * h)
                W[place] = kept
        for W, gradient in zip(weights, gradients, strict=True):
            W -= learning_rate * gradient
    return losses


def by_nnlib(x, t, W1, W2, learning_rate, steps):
    """The losses of the same training with the layers of the package."""
    network, losses = Network([Affine(W1), Sigmoid(), Affine(W2)], SumSquaredError()), []
    for _ in range(steps):
        losses.append(network.loss(x, t))
        SGD(learning_rate).update(network.params, network.gradient(x, t))
    return losses


# -- predictions ------------------------------------------------------------------------------------------------------


def test_twenty_steps_go_from_5_81_to_5_76_and_with_0_1_to_0_45():
    rng = np.random.default_rng(0)
    x, t, W1, W2 = (rng.normal(size=size) for size in ((3, 3), (3, 1), (3, 2), (2, 1)))
    first, last = (by_nnlib(x, t, W1, W2, 1e-4, 21)[i] for i in (0, 20))
    prediction = exercises.twenty_steps
    assert first == pytest.approx(numbers(prediction.question)[4], abs=0.05)
    assert numbers(prediction.answer) == pytest.approx([last, 1], abs=0.05)
    assert last < first and (first - last) / first < 0.01
    faster = by_nnlib(x, t, W1, W2, 0.1, 21)[20]
    assert numbers(prediction.reason)[:2] == pytest.approx([first, last], abs=0.005)
    assert f" {faster:.2f} in 20 steps" in prediction.reason
    assert f"About half, {first / 2:.1f}" in prediction.choices


def test_of_many_such_nets_half_lose_0_7_or_85_percent_or_end_higher():
    rng = np.random.default_rng(0)
    x, t, W1, W2 = (rng.normal(size=size) for size in ((9999, 3, 3), (9999, 3, 1), (9999, 3, 2), (9999, 2, 1)))

    def decrease(rate):
        V1, V2, first = W1, W2, None
        with np.errstate(all="ignore"):
            for step in range(21):
                z = logistic(x @ V1)
                dy = 2 * (z @ V2 - t)
                loss = np.square(dy / 2).sum(axis=(1, 2))
                first = first if step else loss
                dV1, dV2 = x.mT @ (dy @ V2.mT * z * (1 - z)), z.mT @ dy
                V1, V2 = V1 - rate * dV1, V2 - rate * dV2
        return 1 - loss / first

    assert numbers(exercises.twenty_steps.reason.split("the same: half")[1]) == [0.7, 0.0001, 85, 0.1, 1]
    small, middle, large = map(decrease, (0.0001, 0.1, 1))
    assert 100 * np.median(small) == pytest.approx(0.7, abs=0.05)
    assert 100 * np.median(middle) == pytest.approx(85, abs=1)
    assert (~(large >= 0)).mean() == pytest.approx(0.5, abs=0.02)


def trained_net(data, hidden, seed, epochs, rate=10**-0.5, batch_size=10, activation="tanh", scale=1.0):
    x, t = data
    network = TwoLayerNet(2, hidden, 2, activation, weight_scale=scale, seed=seed)
    train(network, x, t, rate, epochs, batch_size, rng=seed, progress=False)
    return network


@pytest.mark.parametrize("seed", range(3))
def test_two_units_get_85_percent_of_two_rings_right_and_three_nearly_all(seed):
    data = circles(400, noise=0.06, seed=seed)
    two, three = (trained_net(data, hidden, seed, epochs=80).accuracy(*data) for hidden in (2, 3))
    assert 100 * two == pytest.approx(85, abs=3.5) and three > 0.99
    assert numbers(exercises.two_units.answer) == [85]


def test_a_strip_around_the_inner_ring_holds_a_third_of_the_outer_ring():
    x, t = circles(20_000, noise=0.0, seed=0)
    half = (0.4 + 0.5) / 2  # the strip's edge a little beyond the inner ring
    inside = np.abs(x[:, 0]) < half
    assert inside[t == 1].all()
    assert inside[t == 0].mean() == pytest.approx(1 / 3, abs=0.01)
    assert (inside != (t == 1)).mean() == pytest.approx(1 / 6, abs=0.01), "a sixth of all points is wrong"
    assert "About a third of the outer ring" in exercises.two_units.reason
    assert "a sixth of all points" in exercises.two_units.reason


@pytest.mark.parametrize("seed", range(3))
def test_from_0_sigmoid_units_stay_copies_and_tanh_units_stay_at_0(seed):
    data = circles(400, noise=0.06, seed=seed)
    W1, b1, W2, _ = trained_net(data, 10, seed, 30, activation="sigmoid", scale=0.0).params
    assert np.abs(W1).max() > 1e-3 and np.abs(W2).max() > 1e-3
    for alike in (W1, b1[np.newaxis], W2.T):
        assert np.ptp(alike, axis=1) == pytest.approx(np.zeros(len(alike)), abs=1e-9)
    W1, b1, W2, b2 = trained_net(data, 10, seed, 30, activation="tanh", scale=0.0).params
    assert not W1.any() and not b1.any() and not W2.any() and b2.any()


@pytest.mark.parametrize("seed", [1, 3, 6, 8, 11])
def test_once_all_points_are_right_the_loss_on_unseen_ones_goes_on_rising(seed):
    data, unseen = moons(20, noise=0.3, seed=seed), moons(400, noise=0.3, seed=seed + 1000)
    network = TwoLayerNet(2, 40, 2, "tanh", weight_scale=1.0, seed=seed)
    losses = []
    for _ in range(20):
        train(network, *data, 1.0, 75, 400, progress=False)
        losses.append((network.accuracy(*data) == 1, network.loss(*data), network.loss(*unseen)))
    first = next(i for i, (all_right, *_) in enumerate(losses) if all_right)
    (_, train_then, unseen_then), (_, train_last, unseen_last) = losses[first], losses[-1]
    assert train_last < train_then and unseen_last > 1.1 * unseen_then


def test_the_right_answer_is_not_always_in_the_same_place():
    asked = [exercises.twenty_steps, exercises.two_units, exercises.moved_by_one, *exercises.recall.questions]
    places = [prediction.choices.index(prediction.answer) for prediction in asked]
    assert set(places) == {0, 1, 2, 3} and max(map(places.count, places)) <= 3
    assert sorted(question.choices.index(question.answer) for question in exercises.diagnose.questions) == [*range(6)]


def test_half_of_the_test_digits_are_lost_by_one_pixel():
    x, t = digits()[1]
    shown = moved(x, right=1)
    read = 100 * reader_network().accuracy(shown, t)
    assert numbers(exercises.moved_by_one.answer) == pytest.approx([read], abs=5)
    assert numbers(exercises.moved_by_one.question)[0] == pytest.approx(100 * reader_network().accuracy(x, t), abs=1)


@pytest.mark.parametrize("question", exercises.diagnose.questions, ids="ABCDEF")
def test_each_diagnosis_is_the_cause_of_its_run(question):
    run = re.search(r"[A-F]", question.question)[0]
    words = RUNS[run]["cause"].split()[-1]  # few units, symmetric, too small, overfits ...
    assert words in question.answer


# -- the right functions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("N", "C"), [(7, 3), (3, 7), (4, 4), (1, 5)])
def test_accuracy_against_counting_and_against_the_network(N, C):
    rng = np.random.default_rng(N)
    scores, t = rng.normal(size=(N, C)), rng.integers(C, size=N)
    count = sum(all(row[label] >= score for score in row) for row, label in zip(scores, t, strict=True))
    identity = Network([Affine(np.eye(C), np.zeros(C))])
    assert (
        exercises.accuracy.solution(scores, t)
        == pytest.approx(count / N)
        == pytest.approx(identity.accuracy(scores, t))
    )


@pytest.mark.parametrize("seed", range(3))
def test_training_against_central_differences_and_against_the_package(seed):
    exercise = exercises.training
    for case in [*exercise.cases(np.random.default_rng(seed)), *(edge.arguments for edge in exercise.edges)]:
        losses = exercise.solution(*case)
        assert len(losses) == case[-1]
        assert losses == pytest.approx(by_nnlib(*case))
        assert losses == pytest.approx(by_nudging(*case), rel=1e-5)


# -- what learners hand in --------------------------------------------------------------------------------------------


def test_moving_right_agrees_with_the_package():
    x = np.random.default_rng(0).uniform(size=(4, 64))
    assert exercises.move_right.solution(x) == pytest.approx(moved(x, right=1))


def test_training_is_tried_on_squares_and_on_all_sizes_different():
    exercise = exercises.training
    for x, t, W1, W2, _, _ in exercise.cases(np.random.default_rng(0)):
        assert len({*x.shape, *t.shape, *W1.shape, *W2.shape}) == 1
    edges = [{*edge.arguments[0].shape, *edge.arguments[3].shape} for edge in exercise.edges]
    assert {4, 3, 2, 1} in edges


def test_every_mistake_of_training_is_off_by_a_tenth_in_the_first_case():
    exercise = exercises.training
    case = exercise.cases(np.random.default_rng(0))[0]
    losses = exercise.solution(*case)
    with np.errstate(all="ignore"):
        others = [np.asarray(mistake.function(*case)) for mistake in exercise.mistakes]
    off = [np.abs(other / losses - 1).max() for other in others if other.shape == losses.shape]
    assert len(off) > 30 and min(off) > 0.1


def accuracy_by_loops(scores, t):
    count = 0
    for row, label in zip(scores, t, strict=True):
        if list(row).index(max(row)) == label:
            count += 1
    return count / len(t)


def training_on_copies(x, t, W1, W2, learning_rate, steps):
    W1, W2, losses = W1.copy(), W2.copy(), np.zeros(steps)
    for i in range(steps):
        z1 = logistic(x @ W1)
        error = z1 @ W2 - t
        losses[i] = (error**2).sum()
        dW2 = np.einsum("nh,nc->hc", z1, 2 * error)
        dW1 = np.einsum("nd,nh->dh", x, z1 * (1 - z1) * (2 * error @ W2.T))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return losses


def moved_by_rolling(x):
    pictures = np.roll(x.reshape(-1, 8, 8), 1, axis=2)
    pictures[:, :, 0] = 0
    return pictures.reshape(len(x), 64)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("accuracy", accuracy_by_loops),
        ("accuracy", lambda scores, t: np.sum(np.argmax(scores, axis=-1) == t) / len(scores)),
        ("accuracy", lambda scores, t: 1 - np.mean(scores.argmax(axis=1) != t)),
        ("accuracy", lambda scores, t: np.mean([row.argmax() == label for row, label in zip(scores, t)])),  # noqa: B905
        ("move_right", lambda x: [[row[j - 1] if j % 8 else 0 for j in range(64)] for row in x]),
        ("move_right", lambda x: np.pad(x.reshape(-1, 8, 8), ((0, 0), (0, 0), (1, 0)))[:, :, :-1].reshape(-1, 64)),
        ("move_right", moved_by_rolling),
        ("training", training_on_copies),
        ("training", by_nnlib),
        ("training", lambda *given: list(exercises.training.solution(*given))),
    ],
)
def test_other_good_solutions_are_correct_too(name, function):
    assert EXERCISES[name](function).verdict == CORRECT


def training_in_place(x, t, W1, W2, learning_rate, steps, slip=False):
    losses = []
    for _ in range(steps):
        z1 = logistic(x @ W1)
        y = z1 @ W2
        losses.append(np.sum((y - t) ** 2))
        dy = 2 * (y - t)
        if slip:
            W2 -= learning_rate * z1.T @ dy
        da1 = (dy @ W2.T) * z1 * (1 - z1)
        W1 -= learning_rate * x.T @ da1
        if not slip:
            W2 -= learning_rate * z1.T @ dy
    return losses


def test_right_losses_with_weights_changed_in_place_are_refused():
    answer = exercises.training(training_in_place)
    assert (answer.verdict, answer.text) == (WORKING, WORDS["changed"])


def one_row_has_no_axis(f):
    """f, but a single sample is taken for a row without a second axis: what .squeeze() leads to."""
    return lambda *given: f(*(part.squeeze() if np.ndim(part) == 2 and len(part) == 1 else part for part in given))


def training_of_squares_only(x, t, W1, W2, learning_rate, steps):
    return exercises.training.solution(x, t, W1, W2, learning_rate, steps) + 0 * (W1 + W2).sum()


@pytest.mark.parametrize(
    ("name", "function", "verdict", "words"),
    [
        (
            "accuracy",
            lambda scores, t: np.sum(scores.argmax(axis=1) == t) / scores.shape[1],
            ALMOST,
            "4 samples of 3",
        ),
        (
            "accuracy",
            one_row_has_no_axis(lambda scores, t: np.mean(scores.argmax(axis=1) == t)),
            ALMOST,
            "single sample",
        ),
        (
            "accuracy",
            lambda scores, t: np.mean(scores[np.arange(len(t)), t] == scores.max(axis=1)),
            ALMOST,
            "equally",
        ),
        ("move_right", one_row_has_no_axis(exercises.move_right.solution), ALMOST, "single picture"),
        ("move_right", lambda x: np.roll(x, 1, axis=1), WORKING, "(-1, 8, 8)"),
        ("training", training_of_squares_only, ALMOST, "N = 4 samples, D = 3 inputs, H = 2 hidden units and C = 1"),
        ("training", one_row_has_no_axis(exercises.training.solution), ALMOST, "single sample, N = 1"),
        (
            "training",
            lambda *given: np.squeeze(exercises.training.solution(*given)),
            ALMOST,
            "a single step",
        ),
        ("training", lambda *given: training_in_place(*given, slip=True), WORKING, "the new W2"),
        ("training", lambda x, t, W1, W2, rate, steps: (W1, W2), WORKING, "your function returns shape (2, 3, 3)"),
    ],
)
def test_nearly_right_functions_get_the_message_that_fits(name, function, verdict, words):
    answer = EXERCISES[name](function)
    assert answer.verdict == verdict and words in answer.text


def test_every_edge_is_met_by_some_function_that_is_right_elsewhere():
    (mark,) = test_nearly_right_functions_get_the_message_that_fits.pytestmark
    answers = {(row[0], EXERCISES[row[0]](row[1]).text) for row in mark.args[1]}
    assert {(name, edge.message) for name, exercise in EXERCISES.items() for edge in exercise.edges} <= answers
