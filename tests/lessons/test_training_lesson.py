"""Lesson 8: every number that it prints, worked out with lists and loops; and its sweep and its single update, step by step."""

import csv
import gzip
import math
import re

import numpy as np
import pytest
from conftest import PROJECT
from lesson_reader import printed, said_by, walked
from test_array_graphs import Graph, check_shown, cross_entropy, each, softmax
from test_array_puzzles import product, transposed
from test_arrays_lesson import NOISE, affine, moved_by, sigmoid, slopes, to_text

from nnlessons.live.calls import call
from nnlessons.live.scene import Scene
from nnlessons.training import demos
from nnlessons.wording import MINUS
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
    b1, b2 = np.zeros(50), np.zeros(10)
    before, order = [one.copy() for one in (W1, b1, W2, b2)], np.random.default_rng(0)
    for _ in range(50):
        rows = order.permutation(len(x))
        for first in range(0, len(x), 10):
            some = rows[first : first + 10]
            a = x[some] @ W1 + b1
            z = a * (a > 0)
            powers = np.exp(z @ W2 + b2)
            dscores = (powers / powers.sum(axis=1, keepdims=True) - np.eye(10)[t[some]]) / len(some)
            da = dscores @ W2.T * (a > 0)
            W1, b1 = W1 - 0.1 * x[some].T @ da, b1 - 0.1 * da.sum(axis=0)
            W2, b2 = W2 - 0.1 * z.T @ dscores, b2 - 0.1 * dscores.sum(axis=0)
    return before, [W1, b1, W2, b2]


def percent_right(params, samples):
    W1, b1, W2, b2 = params
    x, t = (np.array(column) for column in zip(*samples, strict=True))
    scores = np.maximum(x @ W1 + b1, 0) @ W2 + b2
    *_, second, first = np.sort(scores, axis=1).T
    assert (first - second).min() > 1e-6, "rounding noise would decide"
    right = int((scores.argmax(axis=1) == t).sum())
    return f"{100 * right / len(t):.0f} %"


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
    before, after = demos.after_steps(seed, steps, SOME_RATES)
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


def test_the_sweep_tells_both_less_and_more():
    assert "% less" in said_by(demos.sweep) and any(
        "% more" in said_by(demos.sweep, seed=seed, rate=1.0, steps=1) for seed in range(31)
    )


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
    ("affine", ["x", "W1", "b1"], ["a1"], affine),
    ("tanh", ["a1"], ["z1"], lambda a: each(math.tanh, a)),
    ("affine", ["z1", "W2", "b2"], ["scores"], affine),
    ("loss", ["scores", "t"], ["L"], lambda scores, t: cross_entropy(softmax(scores), t)),
]
NAMES = ["x", "W1", "b1", "a1", "z1", "W2", "b2", "scores", "t", "L"]
ROUND = 10  # steps: nine to look at, one to update; then the next begins
UPDATED = 9


def chosen_corners(seed, update):
    return sorted(int(k) for k in np.random.default_rng((seed, update)).choice(4, size=2, replace=False))


def graph_of(params, corners):
    x, t = ([list(row) for row in rows] for rows in zip(*(CORNERS[k] for k in corners), strict=True))
    return Graph(NAMES, NODES, {"x": x, "t": t, **params}, {"L": [[1.0]]}, unasked=["t"])


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


def digits_are(text, numbers):
    """Whether a row in a sentence has these numbers, to four digits."""
    found = [float(number) for number in text.replace(MINUS, "-").strip("[]").split(", ")]
    return found == pytest.approx(numbers, rel=6e-4, abs=1e-9)


def row_after(sentence, words):
    assert words in sentence, sentence
    return re.match(r"\[[^]]*\]", sentence.split(words)[1])[0]


TOLD = {  # step: (beginning, the words before a row, whose row it is)
    1: ("forward: a1 = x @ W1 + b1.", "first row is ", "a1"),
    2: ("forward: z1 = tanh(a1).", "first row is ", "z1"),
    3: ("forward: scores = z1 @ W2 + b2.", "first row is ", "scores"),
    5: ("backward: dscores", "first row is ", "dscores"),
    6: ("backward: dz1 = dscores @ W2.T, and dW2 and db2.", "first row of dW2 is ", "dW2"),
    7: ("backward: da1 = dz1 times", "first row is ", "da1"),
    8: ("backward: dW1 and db1.", "first row of dW1 is ", "dW1"),
}


def first_row(graph, name):
    return (graph.values[name] if name in graph.values else graph.gradients[name.removeprefix("d")])[0]


@pytest.mark.parametrize(("seed", "rate"), [(3, 1.0), (0, 0.3), (11, 2.0)])
def test_every_step_of_three_updates_against_loops_and_nudging(seed, rate):
    demo = demos.inside_one_update
    everything = {(name, row, j) for name in PARAMS for row in range(1 + (name[0] == "W")) for j in (0, 1)}
    for update, (before, after) in enumerate(updates(seed, rate, 3), 1):
        for step in range(ROUND):
            state, sentence = walked(demo, ROUND * (update - 1) + step, seed=seed, rate=rate)
            patch = call(demo.update, {**demo.beginning, "seed": seed, "rate": rate}, state)
            assert sentence.startswith(f"Update {update}")
            if step == UPDATED:
                check_shown(patch, after, 0, everything)
            else:
                check_shown(patch, before, step)
            if step in TOLD:
                start, words, name = TOLD[step]
                assert sentence.startswith(f"Update {update}, {start}")
                assert digits_are(row_after(sentence, words), first_row(before, name)), sentence
        loss, new = (to_text(graph.values["L"][0][0], 4) for graph in (before, after))
        assert f"L = {loss}." in walked(demo, ROUND * (update - 1) + 4, seed=seed, rate=rate)[1]
        updated = walked(demo, ROUND * (update - 1) + UPDATED, seed=seed, rate=rate)[1]
        assert (
            f"The loss of this mini-batch was {loss} and is now {new}." in updated
            and f"with η = {rate:.3g}." in updated
        )
        begun = walked(demo, ROUND * (update - 1), seed=seed, rate=rate)[1]
        for text, graph in ((begun, before), (updated, after)):
            assert re.search(rf"Of all four\b.* {corners_right(graph)} are right\.$", text)


def test_the_nudged_gradients_are_not_all_small():
    before, after = next(updates(3, 1.0, 1))
    assert max(abs(number) for row in before.gradients["W1"] for number in row) > 0.01
    assert before.values["L"][0][0] > after.values["L"][0][0]


def test_the_first_layer_gets_its_gradient_through_the_old_second_layer():
    """With the new W2 the step of W1 would be another one, which could be told from it."""
    seed, rate = 3, 1.0
    before, after = next(updates(seed, rate, 1))
    slipped = graph_of({**first_params(seed), "W2": after.values["W2"]}, chosen_corners(seed, 1))
    state, _ = walked(demos.inside_one_update, UPDATED, seed=seed, rate=rate)
    assert state["params"][0] == pytest.approx(np.array(after.values["W1"]), abs=1e-8)
    wrong = moved_by(first_params(seed)["W1"], slipped.gradients["W1"], rate)
    assert np.abs(state["params"][0] - wrong).max() > 1e-3


def right_after(updates, seed):
    """How many of the corners are right then, with η = 1, in plain NumPy."""
    W1, b1, W2, b2 = (np.array(rows) for rows in first_params(seed).values())
    x, t = (np.array(rows) for rows in zip(*CORNERS, strict=True))
    for update in range(1, updates + 1):
        some = chosen_corners(seed, update)
        z = np.tanh(x[some] @ W1 + b1)
        powers = np.exp(z @ W2 + b2)
        dscores = (powers / powers.sum(axis=1, keepdims=True) - t[some]) / 2
        da = dscores @ W2.T * (1 - z**2)
        W1, b1 = W1 - x[some].T @ da, b1 - da.sum(axis=0)
        W2, b2 = W2 - z.T @ dscores, b2 - dscores.sum(axis=0)
    scores = np.tanh(x @ W1 + b1) @ W2 + b2
    return int((scores.argmax(axis=1) == t.argmax(axis=1)).sum())


def test_the_first_seed_gets_all_corners_right_after_40_updates():
    first = demos.inside_one_update.beginning
    text = walked(demos.inside_one_update, ROUND * 40, **first)[1]
    assert first["rate"] == 1.0 and right_after(40, first["seed"]) == 4 and text.endswith("Of all four 4 are right.")
    stuck = [seed for seed in range(21) if right_after(300, seed) < 4]
    assert 7 <= len(stuck) <= 14


@pytest.mark.parametrize("seed", range(21))
def test_a_mini_batch_is_two_different_corners_and_all_come_up(seed):
    state, seen = call(demos.inside_one_update.start, {"seed": seed}), set()
    for update in range(1, 13):
        assert state["update"] == update and state["step"] == 0
        first, second = state["rows"]
        assert first < second and [first, second] == chosen_corners(seed, update)
        seen |= {int(first), int(second)}
        for _ in range(ROUND):
            assert list(state["rows"]) == [first, second], "the same through the whole update"
            before = [param.copy() for param in state["params"]]
            following = call(demos.inside_one_update.advance, {"rate": 1.0}, state)
            assert all(map(np.array_equal, before, state["params"])), "a state is not changed in place"
            state = following
    assert seen == {0, 1, 2, 3}


def test_a_learning_rate_that_is_moved_in_the_middle_counts_at_the_update():
    demo = demos.inside_one_update
    state, _ = walked(demo, UPDATED - 1, seed=3, rate=0.01)
    state = call(demo.advance, {"rate": 5.0}, state)
    expected, _ = walked(demo, UPDATED, seed=3, rate=5.0)
    assert all(map(np.array_equal, state["params"], expected["params"]))
