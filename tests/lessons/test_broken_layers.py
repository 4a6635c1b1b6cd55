"""A network with a bug: where each bug shows and where not, what is said to each answer, and the bars of the errors."""

import re

import numpy as np
import pytest
from by_hand import affine, product, slopes, transposed
from drawn_shapes import scene_at
from lesson_reader import said_by
from matplotlib.colors import to_rgba

from nnlessons.arrays.broken_layers import broken_network, judge, layer_errors, network_errors
from nnlessons.arrays.puzzles import check_layers as demo
from nnlessons.drawing.style import BLUE, ORANGE
from nnlessons.live.view import View
from nnlessons.wording import MINUS

LIMIT = 1e-6
ROWS = [f"{place} Affine d{name}" for place in (1, 3, 5) for name in "Wb"]
ALONE = [
    *("1 Affine dx", "1 Affine dW", "1 Affine db", "2 Sigmoid dx", "3 Affine dx", "3 Affine dW", "3 Affine db"),
    *("4 Tanh dx", "5 Affine dx", "5 Affine dW", "5 Affine db", "dscores"),
]
WRONG = {  # what a broken layer returns itself: the row that is wrong when each layer is alone
    "0": None,
    "1": "5 Affine db",
    "2": "4 Tanh dx",
    "3": "3 Affine dW",
    "4": "dscores",
    "5": "2 Sigmoid dx",
    "6": "3 Affine dx",
    "7": "1 Affine dW",
    "8": "dscores",
}
PLACES = ["1 Affine", "2 Sigmoid", "3 Affine", "4 Tanh", "5 Affine", "the loss"]
SEEDS = range(30)
every_bug = pytest.mark.parametrize("bug", WRONG)


def place_of(row):
    """From the data on; a row is named after its layer."""
    return PLACES.index("the loss" if row == "dscores" else row.rsplit(" ", 1)[0])


def rows_that_the_rule_names(wrong):
    """A gradient of its own: that row alone. What is sent back: all rows nearer to the data, and no other."""
    if wrong is None:
        return []
    if wrong in ROWS:
        return [wrong]
    return [row for row in ROWS if place_of(row) < place_of(wrong)]


def wrong_in(rows):
    """The names of the rows that pass the limit, when none is anywhere near it."""
    assert all(error < 1e-7 or error > 1e-2 for _, error, _, _ in rows), rows
    return [name for name, error, _, _ in rows if error > LIMIT]


# -- where a bug shows ------------------------------------------------------------------------------------------------


@every_bug
def test_in_the_whole_network_a_bug_shows_only_where_the_rule_says(bug):
    for seed in SEEDS:
        rows = network_errors(bug, seed)
        assert [name for name, *_ in rows] == ROWS, "the names do not tell which layer is broken"
        assert wrong_in(rows) == rows_that_the_rule_names(WRONG[bug])


@every_bug
def test_alone_only_what_is_broken_shows(bug):
    for seed in SEEDS:
        rows = layer_errors(bug, seed)
        assert [name for name, *_ in rows] == ALONE
        assert wrong_in(rows) == [row for row in ALONE if row == WRONG[bug]]


def test_every_kind_of_bug_is_there_and_every_place_has_one():
    assert {place_of(row) for row in filter(None, WRONG.values())} == set(range(len(PLACES)))
    shown = {len(rows_that_the_rule_names(row)) for row in WRONG.values()}
    assert shown == {0, 1, 2, 4, 6}
    assert demo.controls["bug"].options == {"none": "0", **{number: number for number in list(WRONG)[1:]}}


# -- by how much: the network in lists and loops ----------------------------------------------------------------------


def nudged_gradients(network, x, t):
    """The six gradients by central differences of a network of lists."""
    params = [np.atleast_2d(param).tolist() for param in network.params]
    x, t = x.tolist(), t.tolist()

    def loss():
        W1, b1, W3, b3, W5, b5 = params
        z = [[1 / (1 + np.exp(-a)) for a in row] for row in affine(x, W1, b1)]
        z = [[np.tanh(a) for a in row] for row in affine(z, W3, b3)]
        scores = affine(z, W5, b5)
        logs = [np.log(sum(np.exp(row))) - row[target] for row, target in zip(scores, t, strict=True)]
        return sum(logs) / len(logs)

    return [slopes(loss, param, eps=1e-4) for param in params]


@every_bug
def test_the_worst_entry_by_nudging_is_right_whatever_the_bug(bug):
    network, x, t = broken_network(bug, 3)
    assert x.shape == (6, 4) and t.shape == (6,) and [p.shape for p in network.params][::2] == [(4, 5), (5, 5), (5, 3)]
    for (name, error, analytic, numerical), slope in zip(
        network_errors(bug, 3), nudged_gradients(network, x, t), strict=True
    ):
        entries = np.array(slope)
        assert np.abs(entries - numerical).min() < 1e-9, name
        if error < LIMIT:
            assert analytic == pytest.approx(numerical, abs=1e-7)


def test_what_each_broken_layer_returns_instead():
    """In lists; so each bug is the one that its words name."""
    x, dout, W, b = (
        np.random.default_rng(seed).normal(size=size) for seed, size in enumerate([(6, 5)] * 2 + [(5, 5), 5])
    )

    def alone(bug, place, *given):
        layer = broken_network(bug, 0)[0].layers[place]
        kind = type(layer)(*given)
        kind.forward(x)
        return kind.backward(dout), kind.grads

    rows, douts, weights = x.tolist(), dout.tolist(), W.tolist()
    means = [sum(column) / 6 for column in transposed(douts)]
    assert np.allclose(alone("1", 4, W, b)[1][1], means)
    assert np.allclose(alone("2", 3)[0], douts)
    assert np.allclose(alone("3", 2, W, b)[1][0], product(transposed(douts), rows))
    slope = [[d * a * (1 - a) for d, a in zip(*pair, strict=True)] for pair in zip(douts, rows, strict=True)]
    assert np.allclose(alone("5", 1)[0], slope)
    assert np.allclose(alone("6", 2, W, b)[0], product(douts, weights))
    thinner = [[number / 6 for number in row] for row in product(transposed(rows), douts)]
    assert np.allclose(alone("7", 0, W, b)[1][0], thinner)


def test_bug_4_makes_gradients_6_times_too_large_and_bug_8_negates_them():
    for bug, factor in (("4", 6), ("8", -1)):
        for _, _, analytic, numerical in network_errors(bug, 0):
            assert analytic == pytest.approx(factor * numerical, rel=1e-5)
        *_, (_, _, analytic, numerical) = layer_errors(bug, 0)
        assert analytic == pytest.approx(factor * numerical, rel=1e-5)


# -- what is said to an answer ----------------------------------------------------------------------------------------

SAYS = {  # what only the words about this bug name
    "1": "db is the mean of dout",
    "2": "its slope is forgotten",
    "3": "dW is dout.T @ x",
    "4": "not divided by N",
    "5": "a (1 - a), and should be z (1 - z)",
    "6": "dx is dout @ W, without the transpose",
    "7": "dW is divided by N. The loss has done that already",
    "8": "dscores is (t - y) / N",
}
PAIRS = [(bug, answer) for bug in WRONG for answer in (*PLACES, "none")]


@pytest.mark.parametrize(("bug", "answer"), PAIRS)
def test_the_verdict_on_every_answer_to_every_bug(bug, answer):
    words, wrong = judge(bug, answer), WRONG[bug]
    told = [number for number, says in SAYS.items() if says in words]
    if wrong is None:
        assert words.startswith("Yes: there is no bug." if answer == "none" else "No: all errors are far below 1e-6.")
        assert not told
    elif answer == "none":
        assert words.startswith("No: there is a bug.") and not told
    elif PLACES.index(answer) == place_of(wrong):
        assert words.startswith(f"Yes, in {answer}: ") and told == [bug]
    else:
        nearer_to = "loss" if PLACES.index(answer) < place_of(wrong) else "data"
        assert words.startswith(f"No. Taken alone, {answer} is right. Look nearer to the {nearer_to}: ")
        assert not told, "the bug is not given away"
        alone = [error for name, error, _, _ in layer_errors(bug, 0) if place_of(name) == PLACES.index(answer)]
        assert max(alone) < LIMIT, "taken alone it is right"


def test_the_demo_asks_for_these_answers_and_another_bug_clears_the_answer():
    assert list(demo.controls["answer"].options) == ["?", *PLACES, "none"]
    view = View(demo)
    view.controls["answer"].value = "the loss"
    assert "No: all errors" in view.readout.value
    view.controls["bug"].value = "4"
    assert view.values["answer"] == "?" and "Yes" not in view.readout.value and "No" not in view.readout.value


# -- the picture and its sentence -------------------------------------------------------------------------------------

VIEWS = {"network": (network_errors, ROWS), "layers": (layer_errors, ALONE)}
every_view = pytest.mark.parametrize("view", VIEWS)


@every_view
@every_bug
def test_the_sentence_counts_the_wrong_ones_and_names_the_worst(bug, view):
    errors_of, names = VIEWS[view]
    for seed in (0, 5):
        rows = errors_of(bug, seed)
        for answer in ("?", "3 Affine", "none"):
            sentence = said_by(demo, bug=bug, view=view, seed=seed, answer=answer).replace(MINUS, "-")
            first, *rest = sentence.split("\n")
            wrong, of, name, error, analytic, numerical = re.fullmatch(
                r"Wrong gradients: (\d+) of (\d+)\. The largest error: (.+): relative error (\S+); "
                r"worst entry (\S+) by backpropagation, (\S+) by nudging\.",
                first,
            ).groups()
            assert int(wrong) == len(wrong_in(rows)) and int(of) == len(names)
            largest = max(rows, key=lambda row: row[1])
            assert name == largest[0] and float(error) == pytest.approx(largest[1], rel=0.06)
            assert [float(analytic), float(numerical)] == pytest.approx(largest[2:], abs=5.1e-7)
            assert "\n".join(rest) == ("" if answer == "?" else judge(bug, answer))


@every_view
@pytest.mark.parametrize("bug", ["0", "6"])
def test_each_bar_ends_at_its_error_and_is_orange_past_the_limit(bug, view):
    scene, (errors_of, names) = scene_at(demo, bug=bug, view=view, seed=2), VIEWS[view]
    (axes,), bars = scene.picture.figure.axes, scene.picture.parts["errors"].bars
    (line,) = axes.lines
    assert list(line.get_xdata()) == [LIMIT] * 2 and LIMIT in axes.get_xticks() and axes.get_xscale() == "log"
    assert [text.get_text() for text in axes.get_yticklabels()] == names
    assert (np.diff(axes.get_yticks()) < 0).all(), "the first layer on top"
    for (begin, end), height, (*_, error, _, _), colour in zip(
        bars.get_segments(), axes.get_yticks(), errors_of(bug, 2), bars.get_colors(), strict=True
    ):
        assert [*begin, *end] == pytest.approx([axes.get_xlim()[0], height, error, height])
        assert tuple(colour) == to_rgba(ORANGE if error > LIMIT else BLUE)
