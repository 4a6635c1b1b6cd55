"""A network with a bug: where each bug shows and where not, what is said to each answer, and the bars of the errors."""

import re
from html import unescape

import numpy as np
import pytest
from by_hand import affine, product, slopes, transposed
from drawn_shapes import painted_numbers, scene_at
from lesson_reader import said_by
from matplotlib.colors import to_rgba

from nnlessons.arrays.broken_layers import (
    BUGS,
    broken_network,
    judge,
    kind_at,
    layer_errors,
    network_errors,
    with_backward,
)
from nnlessons.arrays.puzzles import check_layers as demo
from nnlessons.drawing.numerals import side_by_side
from nnlessons.drawing.style import GREEN, ORANGE
from nnlessons.live.view import View
from nnlessons.wording import MINUS

LIMIT = 1e-6
ROWS = [f"{place} Affine d{name}" for place in (1, 3, 5) for name in "Wb"]
ALONE = [
    *("1 Affine dx", "1 Affine dW", "1 Affine db", "2 Sigmoid dx", "3 Affine dx", "3 Affine dW", "3 Affine db"),
    *("4 Tanh dx", "5 Affine dx", "5 Affine dW", "5 Affine db", "loss ds"),
]
WRONG = {  # what a broken layer returns itself: the row that is wrong when each layer is alone
    "1": "5 Affine db",
    "2": "4 Tanh dx",
    "3": "3 Affine dx",
    "4": "3 Affine dW",
    "5": "loss ds",
    "6": "loss ds",
    "7": "1 Affine dW",
    "8": "2 Sigmoid dx",
    "0": None,
}
PLACES = ["1 Affine", "2 Sigmoid", "3 Affine", "4 Tanh", "5 Affine", "the loss"]
SEEDS = range(30)
every_bug = pytest.mark.parametrize("bug", WRONG)


def place_of(row):
    """From the data on; a row is named after its layer."""
    return PLACES.index("the loss" if row == "loss ds" else row.rsplit(" ", 1)[0])


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
    assert demo.controls["bug"].options == {**{number: number for number in list(WRONG)[:-1]}, "none": "0"}
    assert demo.controls["bug"].value == "1", "it opens on a bug"


# -- by how much: the network in lists and loops ----------------------------------------------------------------------


def nudged_gradients(network, x, t):
    """The six gradients by central differences of a network of lists."""
    params = [np.atleast_2d(param).tolist() for param in network.params]
    x, t = x.tolist(), t.argmax(axis=1).tolist()

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
    assert (
        x.shape == (6, 4) and t.shape == (6, 3) and [p.shape for p in network.params][::2] == [(4, 5), (5, 5), (5, 3)]
    )
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

    def alone(bug, *given):
        layer = with_backward(kind_at(BUGS[bug].place), BUGS[bug].backward)(*given)
        layer.forward(x)
        return layer.backward(dout), layer.grads

    rows, douts, weights = x.tolist(), dout.tolist(), W.tolist()
    means = [sum(column) / 6 for column in transposed(douts)]
    assert np.allclose(alone("1", W, b)[1][1], means)
    assert np.allclose(alone("2")[0], douts)
    assert np.allclose(alone("3", W, b)[0], product(douts, weights))
    assert np.allclose(alone("4", W, b)[1][0], product(transposed(douts), rows))
    thinner = [[number / 6 for number in row] for row in product(transposed(rows), douts)]
    assert np.allclose(alone("7", W, b)[1][0], thinner)
    slope = [[d * a * (1 - a) for d, a in zip(*pair, strict=True)] for pair in zip(douts, rows, strict=True)]
    assert np.allclose(alone("8")[0], slope)


def test_bug_6_makes_gradients_6_times_too_large_and_bug_5_negates_them():
    for bug, factor in (("6", 6), ("5", -1)):
        for _, _, analytic, numerical in network_errors(bug, 0):
            assert analytic == pytest.approx(factor * numerical, rel=1e-5)
        *_, (_, _, analytic, numerical) = layer_errors(bug, 0)
        assert analytic == pytest.approx(factor * numerical, rel=1e-5)


# -- what is said to an answer ----------------------------------------------------------------------------------------

PAIRS = [(bug, answer) for bug in WRONG for answer in (*PLACES, "none")]


@pytest.mark.parametrize(("bug", "answer"), PAIRS)
def test_the_verdict_on_every_answer_to_every_bug(bug, answer):
    words, wrong = judge(bug, answer), WRONG[bug]
    assert words.startswith("Yes") == (answer == (PLACES[place_of(wrong)] if wrong else "none"))
    if wrong and answer in PLACES and not words.startswith("Yes"):
        nearer_to = "loss" if PLACES.index(answer) < place_of(wrong) else "data"
        assert words.startswith(f"On its own, {answer} is fine.") and f"nearer to the {nearer_to}" in words
        alone = [error for name, error, _, _ in layer_errors(bug, 0) if place_of(name) == PLACES.index(answer)]
        assert max(alone) < LIMIT, "on its own it's right"


def test_the_demo_asks_for_these_answers_and_another_bug_clears_the_answer():
    assert list(demo.controls["answer"].options) == ["?", *PLACES, "none"]
    view = View(demo)
    view.controls["answer"].value = "the loss"
    assert judge("1", "the loss") in unescape(view.readout.value)
    view.controls["bug"].value = "6"
    assert view.values["answer"] == "?" and "Yes" not in view.readout.value


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
            assert "\n".join(rest) == ("" if answer == "?" else judge(bug, answer))
            most = max(error for _, error, *_ in rows)
            *_, worst = (row for row in rows if row[1] > most - 1e-6)  # of several that are as far off, the last
            if not wrong_in(rows):
                assert str(len(names)) in first and worst[0] not in first
                continue
            counts = [int(number) for number in re.findall(r"\d+", first)[:2]]
            assert counts == [len(wrong_in(rows)), len(names)] and f"{worst[0]}:" in first
            assert [float(number) for number in re.findall(r"-?\d+\.\d+", first)] == pytest.approx(
                worst[2:], abs=5.1e-7
            )


@every_view
@pytest.mark.parametrize("bug", ["0", "3"])
def test_each_bar_ends_at_its_error_and_is_crossed_past_the_limit(bug, view):
    scene, (errors_of, names) = scene_at(demo, bug=bug, view=view, seed=2), VIEWS[view]
    (axes,), part = scene.picture.figure.axes, scene.picture.parts["errors"]
    (line,) = axes.lines
    assert list(line.get_xdata()) == [LIMIT] * 2 and line.get_linestyle() == "-" and axes.get_xscale() == "log"
    assert axes.get_xlabel() == "relative error" and [text.get_text() for text in axes.texts] == ["1e-6"]
    assert [text.get_text() for text in axes.get_yticklabels()] == names
    assert (np.diff(axes.get_yticks()) < 0).all(), "the first layer on top"
    marks = {True: side_by_side("✓"), False: side_by_side("✗")}
    painted = painted_numbers(part.marks, ["✓" if error < LIMIT else "✗" for _, error, _, _ in errors_of(bug, 2)])
    assert len(painted.low) == len(names) and len(marks[True].vertices) != len(marks[False].vertices)
    for (begin, end), height, (*_, error, _, _), color in zip(
        part.bars.get_segments(), axes.get_yticks(), errors_of(bug, 2), part.bars.get_colors(), strict=True
    ):
        assert [*begin, *end] == pytest.approx([axes.get_xlim()[0], height, error, height])
        assert tuple(color) == to_rgba(ORANGE if error > LIMIT else GREEN)
