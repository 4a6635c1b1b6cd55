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
from lesson_reader import cells, numbers_in, printed, said_by, walked
from walk_checks import check_numbers, check_walk, chosen_in

from nnlessons.live.calls import call
from nnlessons.live.scene import Scene
from nnlessons.training import demos, sweep
from nnlib import TwoLayerNet
from nnlib.datasets import blobs, digits, lopsided

OUT = printed("08_training")
SOLVED = printed("solutions/08_training")


def source(cell):
    """The code of a cell of the lesson."""
    return next(each.source for each in cells("08_training") if each.id == cell)


# -- lopsided or not ---------------------------------------------------------------------------------------------------


def percent(right, of):
    """As the lesson prints a part of a whole."""
    return f"{100 * right / of:.1f}%"


def strip_by_hand(x, t):
    """How many of the samples the lesson's first loop gets right, sample by sample, before its last update."""
    rng = np.random.default_rng(2)
    W1, W2 = rng.normal(size=(2, 4)), rng.normal(size=4)
    b1, b2 = np.zeros(4), 0.0
    for _ in range(500):
        z1 = 1 / (1 + np.exp(-(np.outer(x[:, 0], W1[0]) + np.outer(x[:, 1], W1[1]) + b1)))
        y = 1 / (1 + np.exp(-(np.sum(z1 * W2, axis=1) + b2)))
        pull = (y - t) / len(x)
        into = [pull * W2[unit] * z1[:, unit] * (1 - z1[:, unit]) for unit in range(4)]
        W2, b2 = W2 - 3 * np.array([np.sum(pull * z1[:, unit]) for unit in range(4)]), b2 - 3 * pull.sum()
        W1 = W1 - 3 * np.array([[np.sum(x[:, i] * into[unit]) for unit in range(4)] for i in (0, 1)])
        b1 = b1 - 3 * np.array([each.sum() for each in into])
    return int(np.sum((y > 0.5) == t))


def test_two_loops_find_the_strip():
    x, t, _ = lopsided()
    assert len(x) == 713
    assert OUT["loop"] == f"{percent(strip_by_hand(x, t), 713)} right\n"
    rng, order = np.random.default_rng(2), np.random.default_rng(0)
    W1, W2 = rng.normal(size=(2, 4)), rng.normal(size=(4, 2))
    batches = [rows for _ in range(50) for rows in in_batches(order.permutation(713), 10)]
    params = after([W1, np.zeros(4), W2, np.zeros(2)], x, t, "sigmoid", 1.0, batches)
    assert OUT["with-layers"] == f"{percent(int((answers(params, x, 'sigmoid') == t).sum()), 713)} right\n"


# -- twenty steps ------------------------------------------------------------------------------------------------------


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


def test_the_descent_here_goes_against_slopes_found_by_nudging():
    x, t, W1, W2 = drawn(0)
    down = [moved_by(rows, slopes(lambda: squares(x, t, W1, W2), rows), 0.1) for rows in (W1, W2)]
    assert squares(x, t, *down) == pytest.approx(descent(0, 0.1, 1)[1], abs=NOISE)


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
    for line, bias, with_bias in zip(OUT["bias"].splitlines(), ("None", "[0.0]"), (False, True), strict=True):
        right, least = right_after_400_epochs(with_bias)
        assert least > 1e-6, "rounding noise would decide on which side a point is"
        assert line == f"bias {bias}: {100 * right / 60:.0f}% right"
        assert right == 60 if with_bias else right < 40


# -- handwriting ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scans():
    """The file, line by line: of each digit, every fifth is for the test, and those before them for validation.

    {"train", "validation", "test", and "both" for the first two in one pile: (x, t)}
    """
    seen, parts = [0] * 10, {"train": [], "validation": [], "test": [], "both": []}
    with gzip.open(PROJECT / "nnlib" / "data" / "digits.csv.gz", "rt") as file:
        for row in csv.reader(file):
            *pixels, label = (int(float(number)) for number in row)
            seen[label] += 1
            name = {0: "test", 4: "validation"}.get(seen[label] % 5, "train")
            for pile in (name,) if name == "test" else (name, "both"):
                parts[pile].append(([pixel / 16 for pixel in pixels], label))
    return {name: tuple(np.array(column) for column in zip(*part, strict=True)) for name, part in parts.items()}


def test_the_digits_are_counted(scans):
    sizes = {name: scans[name][0].shape for name in ("train", "validation", "test")}
    assert sum(count for count, _ in sizes.values()) == 1797
    assert OUT["digits"] == "   ".join(f"{name} {size}" for name, size in sizes.items()) + "\n"


def trained(x, t, rate, epochs, size):
    """The parameters of a 64-50-10 network after so many epochs in plain NumPy, from the lesson's seeds."""
    rng, order = np.random.default_rng(0), np.random.default_rng(0)
    W1, W2 = np.sqrt(2 / 64) * rng.normal(size=(64, 50)), np.sqrt(1 / 50) * rng.normal(size=(50, 10))
    batches = [rows for _ in range(epochs) for rows in in_batches(order.permutation(len(x)), size)]
    return after([W1, np.zeros(50), W2, np.zeros(10)], x, t, "relu", rate, batches)


def read(params, x, t):
    return percent(int((answers(params, x) == t).sum()), len(t))


@pytest.fixture(scope="module")
def reader(scans):
    return trained(*scans["both"], 0.1, 50, 10)


def test_a_network_in_plain_numpy_reads_as_many_digits(scans, reader):
    chosen = trained(*scans["train"], 0.1, 50, 10)
    assert OUT["train"] == f"right on the validation set: {read(chosen, *scans['validation'])}\n"
    assert OUT["test"] == f"right on the test set: {read(reader, *scans['test'])}\n"


PLACES = {"in place": (0, 0), "right": (1, 0), "left": (-1, 0), "up": (0, -1), "down": (0, 1), "2 right": (2, 0)}


def at_once(x, right, down):
    """Samples (N, 64), each pixel taken from where it was before the move, or paper."""
    pictures, result = x.reshape(-1, 8, 8), np.zeros((len(x), 8, 8))
    for row in range(8):
        for column in range(8):
            if 0 <= row - down < 8 and 0 <= column - right < 8:
                result[:, row, column] = pictures[:, row - down, column - right]
    return result.reshape(-1, 64)


def test_with_shuffled_pixels_it_reads_just_as_well(scans):
    (x, t), (x_test, t_test) = scans["both"], scans["test"]
    order = np.random.default_rng(0).permutation(64)
    assert sorted(order) == list(range(64)) and (order != range(64)).sum() > 55
    params = trained(x[:, order], t, 0.1, 50, 10)
    assert OUT["shuffled"] == f"right, with shuffled pixels: {read(params, x_test[:, order], t_test)}\n"
    assert abs(numbers_in(OUT["shuffled"])[0] - numbers_in(OUT["test"])[0]) < 1


def test_what_moves_is_lost_before_the_cure_and_read_after_it(scans, reader):
    x, t = scans["both"]
    copies = [at_once(x, *PLACES[place]) for place in ("in place", "right", "left", "down", "up")]
    cured, (x_test, t_test) = trained(np.concatenate(copies), np.tile(t, 5), 0.1, 15, 10), scans["test"]
    for line, (name, move) in zip(OUT["cure"].splitlines(), PLACES.items(), strict=True):
        moved = at_once(x_test, *move)
        assert line == f"{name:8}  before {read(reader, moved, t_test)}   after {read(cured, moved, t_test)}"


def test_the_cure_works_in_five_places_and_for_half_two_pixels_off():
    *five, far = (numbers_in(line)[-1] for line in OUT["cure"].splitlines())
    assert len(five) == 5 and min(five) >= 95 and 45 <= far <= 60
    before = [numbers_in(line)[-2] for line in OUT["cure"].splitlines()]
    assert before[0] > 96 and max(before[1:5]) < 50 and before[5] < 20
    assert five[0] >= before[0], "it hasn't lost anything in place"


# -- projects ---------------------------------------------------------------------------------------------------------


def epochs_to_95(scans, rate, kept):
    """(epochs until more than 95% of the validation set are right, the accuracy then), with a step that keeps a part."""
    (x, t), (x_validation, t_validation) = scans["train"], scans["validation"]
    params, last = trained(x, t, rate, 0, 10), None
    order = np.random.default_rng(0)
    for epoch in range(1, 31):
        for rows in in_batches(order.permutation(len(x)), 10):
            steps = [new - old for new, old in zip(after(params, x, t, "relu", rate, [rows]), params, strict=True)]
            last = steps if last is None else [kept * one + step for one, step in zip(last, steps, strict=True)]
            params = [param + step for param, step in zip(params, last, strict=True)]
        right = (answers(params, x_validation) == t_validation).mean()
        if right >= 0.95:
            return epoch, right


def test_the_plain_step_takes_twice_as_many_epochs_as_momentum(scans):
    for outputs, rate, kept in ((OUT, 0.1, 0.0), (SOLVED, 0.05, 0.9)):
        epochs, right = epochs_to_95(scans, rate, kept)
        assert outputs["momentum-run"] == f"{100 * right:.1f}% on the validation set after {epochs} epochs\n"
    plain, momentum = (numbers_in(outputs["momentum-run"])[-1] for outputs in (OUT, SOLVED))
    assert momentum <= plain / 2


def test_the_seven_off_the_middle_is_an_8_before_the_cure(reader):
    ink = {".": 0.0, "+": 0.5, "#": 1.0}
    code = source("own-handwriting")
    seven = np.array([[ink[mark] for mark in re.search(r'"""\n(.+?)"""', code, re.S)[1] if mark in ink]])
    assert seven.shape == (1, 64) and answers(reader, seven) == [8]
    assert [line[-1] for line in OUT["own-handwriting"].splitlines()] == ["8", "7"]


def test_in_pytorch_the_loss_and_a_gradient_are_the_same(capsys):
    pytest.importorskip("torch")
    (x, t), _ = digits()
    names = {"np": np, "net": TwoLayerNet(64, 50, 10, activation="relu", seed=0), "x": x, "t": t}
    exec(source("pytorch"), names)
    loss, gradient = capsys.readouterr().out.splitlines()
    here, there = numbers_in(loss)
    assert here == pytest.approx(there, abs=2e-6) and gradient.endswith("True")


# -- all of it --------------------------------------------------------------------------------------------------------


def test_nothing_that_the_lesson_prints_is_left_out_here():
    checked = {"loop", "with-layers", "digits", "train", "test", "shuffled", "cure", "own-handwriting"}
    assert {cell for cell, text in OUT.items() if text} == checked | {"momentum-run", "bias", "pytorch"}


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
    told = f"{-change:.2g}% less." if change < 0 else f"{change:.3g}% more."
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
            assert re.search(rf"\b{corners_right(graph)} of the 4 corners are right\.$", text)


def right_after(updates, seed):
    """How many of the corners are right then, with η = 1, in plain NumPy."""
    params = [np.array(rows)[0 if name[0] == "b" else slice(None)] for name, rows in first_params(seed).items()]
    x, t = (np.array(rows) for rows in zip(*CORNERS, strict=True))
    t, batches = t.argmax(axis=1), [chosen_corners(seed, update) for update in range(1, updates + 1)]
    return int((probabilities(after(params, x, t, "tanh", 1.0, batches), x, "tanh").argmax(axis=1) == t).sum())


def test_the_first_seed_gets_all_corners_right_after_40_updates():
    first = demos.inside_one_update.beginning
    text = walked(demos.inside_one_update, ROUND * 40, **first)[1]
    assert (
        first["rate"] == 1.0 and right_after(40, first["seed"]) == 4 and text.endswith("4 of the 4 corners are right.")
    )
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
