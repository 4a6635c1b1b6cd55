"""Lesson 8: every number that it prints, worked out with lists and loops; and its sweep and its single update, step by step."""

import csv
import gzip
import math
import re

import by_hand as hand
import numpy as np
import pytest
from by_hand import NOISE, each, moved_by, product, sigmoid, slopes, to_text, transposed
from conftest import PROJECT
from in_numpy import after, answers, in_batches, probabilities
from lesson_reader import numbers_in, printed, said_by, walked
from walk_checks import check_numbers, check_walk, chosen_in

from nnlessons.live.calls import call
from nnlessons.live.scene import Scene
from nnlessons.training import demos, sweep
from nnlib.datasets import blobs

OUT = printed("08_training")

# -- twenty lines -----------------------------------------------------------------------------------------------------


def drawn(seed):
    """x (3, 3), t (3, 1), W1 (3, 2), W2 (2, 1), in the order in which the lesson draws them."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=size).tolist() for size in ((3, 3), (3, 1), (3, 2), (2, 1))]


def squares(x, t, W1, W2):
    z = [list(map(sigmoid, row)) for row in product(x, W1)]
    return sum((y - target) ** 2 for (y,), (target,) in zip(product(z, W2), t, strict=True))


def descent(seed, rate, steps):
    """The loss before each step, and after the last; what is too large for a number is infinite."""
    x, t, W1, W2 = drawn(seed)
    losses = []
    try:
        for _ in range(steps):
            losses.append(squares(x, t, W1, W2))
            z = [list(map(sigmoid, row)) for row in product(x, W1)]
            dy = [[2 * (y - target)] for (y,), (target,) in zip(product(z, W2), t, strict=True)]
            dz = product(dy, transposed(W2))
            da = each(lambda d, z: d * z * (1 - z), dz, z)
            W1, W2 = moved_by(W1, product(transposed(x), da), rate), moved_by(W2, product(transposed(z), dy), rate)
        losses.append(squares(x, t, W1, W2))
    except OverflowError:
        losses += [math.inf] * (steps + 1 - len(losses))
    return losses


def without_zeros(text):
    """As NumPy writes a number that is rounded."""
    return text.rstrip("0")


def test_the_descent_here_goes_against_slopes_found_by_nudging():
    x, t, W1, W2 = drawn(0)
    down = [moved_by(rows, slopes(lambda: squares(x, t, W1, W2), rows), 0.1) for rows in (W1, W2)]
    assert squares(x, t, *down) == pytest.approx(descent(0, 0.1, 1)[1], abs=NOISE)


def test_twenty_steps_with_a_rate_of_0_0001():
    losses = descent(0, 0.0001, 20)
    first, last = (without_zeros(to_text(losses[k], 4)) for k in (0, 20))
    assert OUT["run-twenty"] == f"loss at the start {first}   after 20 steps {last}\n"


def test_by_hand_and_with_layers_the_same_six_digits():
    losses = descent(0, 0.1, 20)
    row = " ".join(to_text(losses[k], 6) for k in (0, 1, 10, 20))
    assert OUT["with-layers"].splitlines() == [f"by hand     [{row}]", f"with layers [{row}]", "equal: True"]


# -- biases -----------------------------------------------------------------------------------------------------------


def right_after_400_epochs(with_bias):
    """How many of 60 points one sigmoid unit has right, and the smallest of its pre-activations."""
    x, t = (array.tolist() for array in blobs(60, seed=0))
    x, w, b = [[one + 2, other + 2] for one, other in x], [0.0, 0.0], 0.0
    for _ in range(400):
        errors = [sigmoid(w[0] * one + w[1] * other + b) - target for (one, other), target in zip(x, t, strict=True)]
        w = [w[j] - sum(e * sample[j] for e, sample in zip(errors, x, strict=True)) / 60 for j in (0, 1)]
        b -= with_bias * sum(errors) / 60
    a = [w[0] * one + w[1] * other + b for one, other in x]
    return sum((number > 0) == target for number, target in zip(a, t, strict=True)), min(map(abs, a))


def test_one_unit_without_a_bias_is_lost_and_with_one_has_all_points_right():
    for line, name, with_bias in zip(OUT["bias"].splitlines(), ("without", "   with"), (False, True), strict=True):
        right, least = right_after_400_epochs(with_bias)
        assert least > 1e-6, "rounding noise would decide on which side a point lies"
        assert line == f"{name} a bias: {100 * right / 60:.0f} % right"
        assert right == 60 if with_bias else right < 40


# -- handwriting ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scans():
    """The file, line by line: every fifth of each digit is for the test. (train, test), each of them (pixels, label)."""
    seen, parts = [0] * 10, ([], [])
    with gzip.open(PROJECT / "nnlib" / "data" / "digits.csv.gz", "rt") as file:
        for row in csv.reader(file):
            *pixels, label = (int(float(number)) for number in row)
            seen[label] += 1
            parts[seen[label] % 5 == 0].append(([pixel / 16 for pixel in pixels], label))
    return parts


def test_the_digits_are_counted(scans):
    train, test = (len(part) for part in scans)
    assert train + test == 1797 and {len(pixels) for part in scans for pixels, _ in part} == {64}
    assert OUT["digits"].splitlines() == [
        f"train ({train}, 64) ({train},)  test ({test}, 64) ({test},)",
        f"first label: {scans[0][0][1]}",
    ]


@pytest.fixture(scope="module")
def reader(scans):
    """A reader's 50 epochs in plain NumPy: the parameters before and after."""
    (x, t), rng = (np.array(column) for column in zip(*scans[0], strict=True)), np.random.default_rng(0)
    W1 = np.sqrt(2 / 64) * rng.normal(size=(64, 50))
    W2 = np.sqrt(1 / 50) * rng.normal(size=(50, 10))
    before, order = [W1, np.zeros(50), W2, np.zeros(10)], np.random.default_rng(0)
    batches = [rows for _ in range(50) for rows in in_batches(order.permutation(len(x)), 10)]
    return before, after(before, x, t, "relu", 0.1, batches)


def percent_right(params, samples):
    x, t = (np.array(column) for column in zip(*samples, strict=True))
    return f"{100 * int((answers(params, x) == t).sum()) / len(t):.0f} %"


def test_a_network_in_plain_numpy_reads_as_many_digits_before_and_after(scans, reader):
    before, after = (percent_right(params, scans[1]) for params in reader)
    assert OUT["train"] == f"right on the test set: {before} before, {after} after\n"


def test_it_reads_less_than_half_of_them_a_pixel_further_to_the_right(scans, reader):
    moved = [
        ([0.0 if j % 8 == 0 else pixels[j - 1] for j in range(64)], label) for pixels, label in scans[1]
    ]  # pixel by pixel, in rows of eight
    assert OUT["moved"] == f"right: {percent_right(reader[1], moved)}\n"


# -- all of it --------------------------------------------------------------------------------------------------------


def test_nothing_that_the_lesson_prints_is_left_out_here():
    told = {"run-twenty", "with-layers", "bias", "digits", "train", "moved"}
    assert {cell for cell, text in OUT.items() if text} == told


def test_no_printed_number_is_nothing_but_rounding():
    for cell, text in OUT.items():
        assert not re.search(r"\de[-+]?\d", text), f"{cell}: a number as small as noise"
        assert not re.search(r"-0\.?0*(?![\d.])", text), f"{cell}: 0 with a minus"


# -- the sweep --------------------------------------------------------------------------------------------------------

SOME_RATES = [1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.3, 1.0, 1.2589254117941673]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("steps", [1, 20, 100])
def test_the_sweep_descends_as_a_loop_does(seed, steps):
    before, after = sweep.after_steps(seed, steps, SOME_RATES)
    expected = [descent(seed, rate, steps) for rate in SOME_RATES]
    assert before == pytest.approx(expected[0][0])
    smooth = [k for k, losses in enumerate(expected) if max(losses) < 2 * losses[0]]
    assert len(smooth) >= 5, "where the loss leaps about, rounding grows without bounds"
    assert [after[k] for k in smooth] == pytest.approx([expected[k][-1] for k in smooth], rel=1e-6)


def swept(**values):
    return call(demos.sweep.update, {**demos.sweep.beginning, **values})


@pytest.mark.parametrize(
    ("seed", "rate", "steps"), [(0, 1e-4, 20), (0, 1e-4, 100), (3, 0.1, 7), (5, 1.0, 1), (0, 2.5, 1)]
)
def test_the_sentence_and_the_dot_of_the_sweep(seed, rate, steps):
    losses = descent(seed, rate, steps)
    change = 100 * (losses[-1] / losses[0] - 1)
    text, patch = said_by(demos.sweep, seed=seed, rate=rate, steps=steps), swept(seed=seed, rate=rate, steps=steps)
    told = f"{-change:.2g} % less." if change < 0 else f"{change:.3g} % more."
    start = f"η = {rate:.3g}: the loss was {losses[0]:.3f}, and after {steps} step{'s' * (steps > 1)} it is {losses[-1]:.4g}: "
    assert text == start + told
    assert np.ravel(patch["here"]["data"]) == pytest.approx([rate, losses[-1]])
    assert patch["rate"]["xdata"] == [rate, rate]


def test_the_best_rate_is_far_larger_and_differs_between_seeds():
    assert round(descent(0, 1e-4, 100)[-1], 2) == 5.58 and round(descent(0, 10**0.1, 20)[-1], 2) == 0.04
    assert descent(0, 2.0, 20)[-1] > 1e6
    patch = swept()
    rates, losses = patch["reached"]["data"]
    assert rates[np.argmin(losses)] == pytest.approx(10**0.1)
    best = [rates[np.argmin(swept(seed=seed)["reached"]["data"][1])] for seed in range(31)]
    assert 0.2 < min(best) < 0.3 and 1.2 < max(best) < 1.3
    higher = [seed for seed in range(31) for losses in [descent(seed, 1.0, 20)] if losses[-1] > losses[0]]
    assert len(higher) == 19


def test_the_curve_of_the_sweep_has_each_rate_in_its_place():
    patch = swept(seed=2, steps=5)
    rates, losses = patch["reached"]["data"]
    assert len(rates) == len(losses) and [rates[0], rates[-1]] == pytest.approx([1e-5, 10])
    assert np.diff(np.log(rates)) == pytest.approx(np.log(10) * 6 / (len(rates) - 1))
    for k in range(0, 200, 25):
        assert losses[k] == pytest.approx(descent(2, rates[k], 5)[-1], rel=1e-6)
    (left, right), heights = patch["start"]["data"]
    assert [left, right] == pytest.approx([1e-5, 10]) and heights == pytest.approx([descent(2, 1, 0)[0]] * 2)


def test_a_rate_that_is_lost_is_told_so_and_its_dot_stays_near_the_picture():
    losses = descent(0, 10.0, 100)
    assert losses[-1] > 1e6
    text = said_by(demos.sweep, rate=10.0, steps=100)
    assert text.startswith(f"η = 10: the loss was {losses[0]:.3f}, and after 100 steps it is above a million")
    low, high = Scene(demos.sweep).picture.parts["reached"].axes.get_ylim()
    for seed in range(10):
        patch = swept(seed=seed, rate=10.0, steps=100)
        heights = np.append(patch["reached"]["data"][1], patch["here"]["data"][1])
        assert np.isfinite(heights).all() and low <= heights.min() and heights.max() <= 10.001 * high
    assert swept(rate=10.0, steps=100)["here"]["data"][1][0] > high, "out of the picture, not on its rim"


# -- inside one update ------------------------------------------------------------------------------------------------

CORNERS = [  # x and the target, class 1 where exactly one input is 1
    ([0.0, 0.0], [1.0, 0.0]),
    ([0.0, 1.0], [0.0, 1.0]),
    ([1.0, 0.0], [0.0, 1.0]),
    ([1.0, 1.0], [1.0, 0.0]),
]
PARAMS = ("W1", "b1", "W2", "b2")
NODES = [
    (["x", "W1", "b1"], ["a1"], hand.affine),
    (["a1"], ["z1"], lambda a: each(math.tanh, a)),
    (["z1", "W2", "b2"], ["scores"], hand.affine),
    (["scores", "t"], ["L"], lambda scores, t: hand.cross_entropy(hand.softmax(scores), t)),
]
NAMES = ["x", "W1", "b1", "a1", "z1", "W2", "b2", "scores", "t", "L"]
ROUND = 10  # steps: nine to look at, one to update; then the next begins
UPDATED = 9


def chosen_corners(seed, update):
    return sorted(int(k) for k in np.random.default_rng((seed, update)).choice(4, size=2, replace=False))


def graph_of(params, corners):
    x, t = ([list(row) for row in rows] for rows in zip(*(CORNERS[k] for k in corners), strict=True))
    return hand.Graph(NODES, {"x": x, "t": t, **params}, {"L": [[1.0]]}, fixed=["t"])


def first_params(seed):
    rng = np.random.default_rng(seed)
    W1, W2 = (rng.normal(size=(2, 2)).round(2).tolist() for _ in range(2))
    return {"W1": W1, "b1": [[0.0, 0.0]], "W2": W2, "b2": [[0.0, 0.0]]}


def updates(seed, rate, count):
    """For each update: the graph before, and after on the same mini-batch."""
    params = first_params(seed)
    for update in range(1, count + 1):
        corners = chosen_corners(seed, update)
        before = graph_of(params, corners)
        params = {name: moved_by(params[name], before.gradients[name], rate) for name in PARAMS}
        yield before, graph_of(params, corners)


def corners_right(graph):
    """How many of all four a network has right, with the parameters of a graph."""
    whole = graph_of({name: graph.values[name] for name in PARAMS}, range(4))
    scores, t = whole.values["scores"], whole.values["t"]
    return sum((no < yes) == (is_no < is_yes) for (no, yes), (is_no, is_yes) in zip(scores, t, strict=True))


TOLD = {  # step: (beginning, whose first row is given)
    1: ("forward: a1 = x @ W1 + b1.", "a1"),
    2: ("forward: z1 = tanh(a1).", "z1"),
    3: ("forward: scores = z1 @ W2 + b2.", "scores"),
    5: ("backward: dscores", "dscores"),
    6: ("backward: dz1 = dscores @ W2.T, and dW2 and db2. The first row of dW2", "dW2"),
    7: ("backward: da1 = dz1 times", "da1"),
    8: ("backward: dW1 and db1. The first row of dW1", "dW1"),
}


@pytest.mark.parametrize(("seed", "rate"), [(3, 1.0), (0, 0.3), (11, 2.0)])
def test_every_step_of_three_updates_against_loops_and_nudging(seed, rate):
    demo = demos.inside_one_update
    for update, (before, later) in enumerate(updates(seed, rate, 3), 1):
        patches, sentences = [], []
        for step in range(ROUND):
            state, sentence = walked(demo, ROUND * (update - 1) + step, seed=seed, rate=rate)
            patches.append(call(demo.update, {**demo.beginning, "seed": seed, "rate": rate}, state))
            sentences.append(sentence)
            assert sentence.startswith(f"Update {update}")
        check_walk(patches[:UPDATED], before, NAMES)
        check_numbers(patches[UPDATED], later, NAMES)
        assert {name for name, *_ in chosen_in(patches[UPDATED], later, NAMES)} == set(PARAMS)
        assert patches[UPDATED]["cells"]["chosen"].count(True) == 12 and not any(patches[UPDATED]["gradients"]["texts"])
        for step, (start, name) in TOLD.items():
            assert sentences[step].startswith(f"Update {update}, {start}")
            row = (before.gradients[name[1:]] if name[0] == "d" else before.values[name])[0]
            assert numbers_in(sentences[step].split("[")[1]) == pytest.approx(row, rel=6e-4, abs=1e-9)
        loss, new = (to_text(graph.values["L"][0][0], 4) for graph in (before, later))
        assert f"L = {loss}." in sentences[4]
        assert f"The loss of this mini-batch was {loss} and is now {new}." in sentences[UPDATED]
        assert f"with η = {rate:.3g}." in sentences[UPDATED]
        for text, graph in ((sentences[0], before), (sentences[UPDATED], later)):
            assert re.search(rf"\b[Oo]f all four\b.* {corners_right(graph)} are right\.$", text)


def right_after(updates, seed):
    """How many of the corners are right then, with η = 1, in plain NumPy."""
    params = [np.array(rows)[0 if name[0] == "b" else slice(None)] for name, rows in first_params(seed).items()]
    x, t = (np.array(rows) for rows in zip(*CORNERS, strict=True))
    t, batches = t.argmax(axis=1), [chosen_corners(seed, update) for update in range(1, updates + 1)]
    return int((probabilities(after(params, x, t, "tanh", 1.0, batches), x, "tanh").argmax(axis=1) == t).sum())


def test_the_first_seed_gets_all_corners_right_after_40_updates():
    first = demos.inside_one_update.beginning
    text = walked(demos.inside_one_update, ROUND * 40, **first)[1]
    assert first["rate"] == 1.0 and right_after(40, first["seed"]) == 4 and text.endswith("Of all four 4 are right.")
    stuck = [seed for seed in range(21) if right_after(300, seed) < 4]
    assert 7 <= len(stuck) <= 14


def test_a_mini_batch_is_two_different_corners_and_all_come_up():
    for seed in range(21):
        picked = [chosen_corners(seed, update) for update in range(1, 13)]
        assert all(first < second for first, second in picked) and set(sum(picked, [])) == {0, 1, 2, 3}
        state = call(demos.inside_one_update.start, {"seed": seed})
        assert list(state["rows"]) == picked[0] and (state["update"], state["step"]) == (1, 0)


def test_a_learning_rate_that_is_moved_in_the_middle_counts_at_the_update():
    demo = demos.inside_one_update
    state, _ = walked(demo, UPDATED - 1, seed=3, rate=0.01)
    state = call(demo.advance, {"rate": 5.0}, state)
    expected, _ = walked(demo, UPDATED, seed=3, rate=5.0)
    assert all(map(np.array_equal, state["params"], expected["params"]))
