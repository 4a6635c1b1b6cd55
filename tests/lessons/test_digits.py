"""Handwritten digits and the reader's own network: what the pictures and sentences say, held against plain NumPy."""

import copy
import re

import numpy as np
import pytest
from contrast import check_contrast
from demo_checks import (
    Pictures,
    check_any_order,
    check_demo,
    check_every_control_answers,
    check_shown,
    check_words,
    moves,
)
from in_numpy import probabilities
from lesson_reader import numbers_in
from matplotlib.text import Text

from nnlessons.drawing.digits import ClassBars, Mosaic
from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLUE, NORMAL, SMALL, blank_figure
from nnlessons.live import page
from nnlessons.live.controls import Stepper
from nnlessons.live.scene import Scene, say
from nnlessons.training import curves
from nnlessons.training.curves import learning_curves
from nnlessons.training.curves_figure import log_limits, loss_and_accuracy
from nnlessons.training.drawn_digit import draw_a_digit
from nnlessons.training.ink_on_weights import ink_on_weights
from nnlessons.training.shift import shift
from nnlessons.training.signed import SIGNED, minus_signs
from nnlessons.training.unit_weights import weights_as_pictures
from nnlessons.training.unit_weights_figure import PLACE
from nnlessons.training.wrong_ones import wrong_ones
from nnlessons.training.wrong_ones_figure import PAGE
from nnlessons.wording import short
from nnlib import Affine, Network, ReLU, TwoLayerNet, train
from nnlib.datasets import digits as digits_data
from nnlib.training import History

LESSON = {"learning_rate": 0.1, "epochs": 50, "batch_size": 10}
(X, T), (X_TEST, T_TEST) = digits_data()
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(scope="module")
def trained():
    """A small network, trained for a while: (network, history)."""
    network = TwoLayerNet(64, 12, 10, activation="relu", seed=3)
    more = {"validation": (X_TEST, T_TEST), "rng": 3, "progress": False}
    return network, train(network, X, T, learning_rate=0.1, epochs=4, batch_size=20, **more)


@pytest.fixture(scope="module")
def net(trained):
    return trained[0]


@pytest.fixture(scope="module")
def y(net):
    """Its probabilities for all test samples."""
    return probabilities(net.params, X_TEST)


def right_ones(y):
    right = np.array([row.tolist().index(row.max()) for row in y]) == T_TEST
    return X_TEST[right], T_TEST[right]


# -- what all demos must be -------------------------------------------------------------------------------------------

MAKERS = {
    "weights": lambda net, y: weights_as_pictures(net),
    "wrong": lambda net, y: wrong_ones(net, X_TEST, T_TEST),
    "none wrong": lambda net, y: wrong_ones(net, *right_ones(y)),
    "draw": lambda net, y: draw_a_digit(net),
    "shift": lambda net, y: shift(net, X_TEST, T_TEST),
    "shift, after": lambda net, y: shift(net, X_TEST, T_TEST, after=TwoLayerNet(64, 9, 10, seed=0)),
    "ink": lambda net, y: ink_on_weights(net, X_TEST, T_TEST),
}


@pytest.fixture(scope="module", params=MAKERS)
def demo(request, net, y):
    return MAKERS[request.param](net, y)


def test_each_demo_is_what_all_demos_are(demo):
    pictures = Pictures()
    check_demo(demo, pictures)
    check_any_order(demo, pictures)
    check_every_control_answers(demo, pictures)
    check_words(demo)
    check_contrast(demo)


def test_each_preset_and_many_cells_equal_a_full_redraw(net):
    demo, pictures = draw_a_digit(net), Pictures()
    scene = Scene(demo)
    for values in [*demo.presets.values(), *({"cells": cells, "soft": True} for cells in scribbles(5))]:
        scene.move(values)
        check_shown(scene, values, pictures)


def test_type_is_large_enough(demo):
    figure = Scene(demo).picture.figure
    assert all(text.get_fontsize() >= SMALL for text in figure.findobj(Text) if text.get_text())
    parts = Scene(demo).picture.parts.values()
    numerals = [each for part in parts for each in (part, *vars(part).values()) if isinstance(each, Numerals)]
    assert all(each.size >= NORMAL and each.room == np.inf for each in numerals) and numerals


def test_a_cell_that_runs_again_retires_its_older_demo(net, monkeypatch):
    monkeypatch.setattr(page, "SHOWN", {})
    for run in (1, 2):
        monkeypatch.setattr(page, "current_cell", lambda run=run: ("this cell", run))
        weights_as_pictures(net)._repr_mimebundle_()
        wrong_ones(net, X_TEST[:40], T_TEST[:40])._repr_mimebundle_()
        if run == 1:
            first = [box for _, boxes in page.SHOWN.values() for box in boxes]
    now = [box for _, boxes in page.SHOWN.values() for box in boxes]
    assert len(first) == len(now) == 2
    assert all(box.comm is None for box in first) and all(box.comm for box in now)


# -- pixels and bars --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (10, 5), (12, 4), (50, 9)])
def test_a_mosaic_has_each_picture_upright_in_its_own_frame(count, columns):
    """One pixel of each picture is dark: seen from the frame's upper left corner, it is the right one."""
    mosaic = Mosaic(count, columns, left=0.3, top=4.0, pixel=0.1, gaps=(1, 2))
    pictures = np.zeros((count, 64))
    dark = [(7 * number + 3) % 64 for number in range(count)]
    pictures[range(count), dark] = 1
    mesh = mosaic.mesh(blank_figure()[1])
    mesh.set_array(mosaic.whole(pictures))
    (rows, columns), seen = np.nonzero(np.nan_to_num(mesh.get_array()) == 1), []
    for corner in mesh.get_coordinates()[rows, columns]:  # of each dark pixel
        for number in range(count):
            (left, top), (right, _), (_, bottom), _ = mosaic.corners(number)
            if left - 0.01 < corner[0] < right - 0.01 and bottom + 0.01 < corner[1] < top + 0.01:
                seen.append((number, round((top - corner[1]) / 0.1) * 8 + round((corner[0] - left) / 0.1)))
    assert sorted(seen) == list(enumerate(dark)), "each in one frame, and no two frames overlap"


def test_bars_go_to_the_right_above_0_and_to_the_left_below():
    bars = ClassBars(blank_figure()[1], left=4.0, zero=5.0, right=6.5, length=0.5, full=2.0)
    values = np.linspace(-2, 2, 10)
    bars.set(values, [""] * 10, "white", "black")
    corners = np.array([path.vertices[:4] for path in bars.bars.get_paths()])
    ends = np.where(values < 0, corners[..., 0].min(axis=1), corners[..., 0].max(axis=1))
    assert ends == pytest.approx(5.0 + values / 4)
    middles = corners[..., 1].mean(axis=1)
    assert (np.diff(middles) < 0).all() and (corners[1:, :, 1].max(axis=1) < corners[:-1, :, 1].min(axis=1)).all()


def check_bars(bars, values, words):
    assert bars["values"] == pytest.approx(values) and bars["words"] == words


# -- weights ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", [1, 12, 50, 130])
def test_each_unit_is_marked_and_shown_large_with_its_own_weights(hidden):
    network = TwoLayerNet(64, hidden, 10, activation="tanh", seed=1)
    W1, _, W2, _ = network.params
    demo, marks = weights_as_pictures(network), []
    for unit in range(hidden):
        patch = demo.update(unit) if hidden > 1 else demo.update()
        assert patch["large"]["array"] == pytest.approx(W1[:, unit].reshape(8, 8))
        check_bars(patch["bars"], W2[unit], list(map(short, W2[unit])))
        marks.append(patch["mark"]["verts"][0])
    figure, _ = demo.figure()
    mesh = next(mesh for mesh in figure.axes[0].collections if np.size(mesh.get_array()) >= 64 * hidden)
    coordinates = mesh.get_coordinates()
    for unit, ((left, top), *_) in enumerate(marks):
        row, column = np.abs(coordinates[:, 0, 1] - top).argmin(), np.abs(coordinates[0, :, 0] - left).argmin()
        assert np.allclose(mesh.get_array()[row : row + 8, column : column + 8], W1[:, unit].reshape(8, 8))


def test_a_minus_is_in_each_pixel_of_the_large_picture_below_0(net):
    everywhere = minus_signs(-np.ones((8, 8)), **PLACE).mean(axis=1)
    x, y = everywhere.reshape(8, 8, 2)[0, :, 0], everywhere.reshape(8, 8, 2)[:, 0, 1]
    large = weights_as_pictures(net).figure()[1]["large"].get_coordinates()
    assert x == pytest.approx((large[0, :-1, 0] + large[0, 1:, 0]) / 2)
    assert y == pytest.approx((large[:-1, 0, 1] + large[1:, 0, 1]) / 2)
    weights = net.params[0][:, 5]
    segments = weights_as_pictures(net).update(5)["minus"]["segments"]
    assert segments.mean(axis=1) == pytest.approx(everywhere[weights < 0])


def test_all_weights_have_one_scale_blue_above_0_and_orange_below(net):
    figure, reach = weights_as_pictures(net).figure()[0], np.abs(net.params[0]).max()
    scales = [
        (mesh.norm.vmin, mesh.norm.vmax) for mesh in figure.axes[0].collections if hasattr(mesh, "get_coordinates")
    ]
    assert scales == [(-reach, reach)] * 3
    for part in (0.1, 0.5, 0.9):
        (red, _, blue, _), (other_red, _, other_blue, _) = SIGNED(0.5 + part / 2), SIGNED(0.5 - part / 2)
        assert blue > red + 0.05 and other_red > other_blue + 0.05
    assert SIGNED(0.5)[:3] == pytest.approx((1, 1, 1), abs=0.02)


def test_the_sentence_names_the_extremes_of_a_unit(net):
    demo = weights_as_pictures(net)
    W1, _, W2, _ = net.params
    for unit in range(12):
        text = said(demo, demo.update(unit))
        table = W1[:, unit].reshape(8, 8)
        (row, column), (low_row, low_column) = (np.argwhere(table == end)[0] for end in (table.max(), table.min()))
        votes = W2[unit].tolist()
        assert re.findall(r"row (\d), column (\d)", text) == [
            (str(row), str(column)),
            (str(low_row), str(low_column)),
        ]
        assert re.findall(r"\((?:weight )?(.*?)\)", text) == [
            short(number) for number in (table.max(), table.min(), max(votes), min(votes))
        ]
        for_and_against = (votes.index(max(votes)), votes.index(min(votes)))
        assert [int(digit) for digit in re.findall(r"(?:for|against) (\d)", text)] == [*for_and_against]


def test_a_unit_with_weights_of_one_sign_is_described_in_other_words(net):
    network = copy.deepcopy(net)
    W1, _, W2, _ = network.params
    W1[:, 0], W1[:, 1], W2[2] = -np.abs(W1[:, 0]), 0, np.abs(W2[2])
    demo = weights_as_pictures(network)
    assert [demo.update(unit)["readout"]["line"] for unit in range(3)] == ["other"] * 3
    assert short(W1[:, 0].min()) in said(demo, demo.update(0))


def test_weights_that_are_all_0_can_be_drawn():
    assert "0 to 0" in Scene(weights_as_pictures(TwoLayerNet(64, 3, 10, weight_scale=0))).text


# -- wrong ones -------------------------------------------------------------------------------------------------------


def test_the_wrong_samples_come_in_their_order_ten_on_a_page(net, y):
    demo = wrong_ones(net, X_TEST, T_TEST)
    says = np.array([row.tolist().index(row.max()) for row in y])
    wrong = [index for index in range(len(T_TEST)) if says[index] != T_TEST[index]]
    assert len(wrong) > 12 and len(wrong) % 10, "more than one page, the last not full"
    assert demo.controls["number"] == Stepper(len(wrong) - 1)
    for number, index in enumerate(wrong):
        patch = demo.update(number)
        on_page = wrong[10 * (number // 10) :][:10]
        words = [f"{T_TEST[each]} → {says[each]}" for each in on_page]
        assert np.array_equal(patch["page"]["array"], PAGE.whole(X_TEST[on_page]), equal_nan=True)
        assert patch["words"]["texts"] == [*words, *[""] * (10 - len(words))] and len(patch["frames"]["verts"]) == len(
            words
        )
        assert patch["mark"]["verts"] == [patch["frames"]["verts"][number % 10]]
        assert patch["large"]["array"].ravel() == pytest.approx(X_TEST[index])
        sure = f"{100 * y[index].max():.0f}%"
        assert patch["answer"] == {"text": words[number % 10]} and patch["how sure"] == {"text": sure}
        check_bars(patch["bars"], y[index], [f"{100 * part:.0f}%" for part in y[index]])
        assert numbers_in(said(demo, patch)) == pytest.approx(
            [index, T_TEST[index], says[index], max(100 * y[index].max(), 0), len(wrong), 355], abs=1
        )
    targets = {int(T_TEST[index]): demo.update(number)["target"]["data"][1][0] for number, index in enumerate(wrong)}
    bars = demo.figure()[1]["bars"]
    assert all(height == pytest.approx(bars.rows[label]) for label, height in targets.items())


def said(demo, patch):
    return say(demo.readout, patch["readout"])


def test_where_none_is_wrong_those_come_that_the_network_is_least_sure_of(net, y):
    x, t = right_ones(y)
    rows = probabilities(net.params, x)
    sure = [row[label] for row, label in zip(rows, t, strict=True)]
    index = sorted(range(len(t)), key=lambda each: sure[each])[3]
    second = np.argsort(rows[index])[-2]
    demo = wrong_ones(net, x, t)
    assert demo.controls["number"].last == 9
    scene = Scene(demo)
    scene.move({"number": 3})
    assert numbers_in(scene.text) == pytest.approx(
        [len(t), index, t[index], 100 * sure[index], second, 100 * rows[index, second]], abs=1
    )
    assert len(scene.picture.parts["frames"].get_paths()) == 10
    assert wrong_ones(net, x[:4], t[:4]).controls["number"].last == 3


def test_a_single_one_leaves_nothing_to_choose(net, y):
    says = y.argmax(axis=1)
    first_wrong = int(np.flatnonzero(says != T_TEST)[0])
    demo = wrong_ones(net, X_TEST[: first_wrong + 1], T_TEST[: first_wrong + 1])
    assert demo.controls == {}
    assert [int(number) for number in numbers_in(Scene(demo).text)][:3] == [
        first_wrong,
        T_TEST[first_wrong],
        says[first_wrong],
    ]
    assert wrong_ones(net, *(each[:1] for each in right_ones(y))).controls == {}
    check_demo(demo, Pictures())


# -- a digit to draw --------------------------------------------------------------------------------------------------


def scribbles(count):
    levels = np.random.default_rng(0).integers(5, size=(count, 8, 8)) / 4
    return [tuple(map(tuple, each.tolist())) for each in levels]


def softened(cells):
    """Each pixel, and a quarter of the ink above, below, left and right of it."""
    result = np.array(cells)
    for i in range(8):
        for j in range(8):
            for k, m in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
                result[i, j] += 0.25 * cells[k][m] if 0 <= k < 8 and 0 <= m < 8 else 0
    return np.minimum(result, 1)


@pytest.mark.parametrize("soft", [False, True])
def test_the_probabilities_are_those_of_what_is_drawn(net, soft):
    demo = draw_a_digit(net)
    for cells in scribbles(8):
        picture = softened(cells) if soft else np.array(cells)
        patch, (y,) = demo.update(cells, soft), probabilities(net.params, picture.reshape(1, 64))
        assert patch["picture"]["array"] == pytest.approx(picture)
        check_bars(patch["bars"], y, [f"{100 * part:.0f}%" for part in y])
        assert [row for row in range(10) if patch["bars"]["fills"][row] == BLUE] == [y.argmax()]
        assert numbers_in(said(demo, patch))[0] == y.argmax()


def drawn(text):
    """Cells from eight rows of # and ., or from one row for all."""
    rows = text.split() if " " in text else [text] * 8
    return tuple(tuple(float(cell == "#") for cell in row) for row in rows)


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (drawn("........"), "empty"),
        (drawn("...##..."), "sure"),
        (drawn("........ " + "...##... " * 6 + "...##..."), "short"),
        (drawn("##......"), "left"),
        (drawn("......##"), "right"),
    ],
)
def test_a_drawing_that_is_unlike_the_scans_gets_a_hint(trained, cells, line):
    assert draw_a_digit(trained[0]).update(cells, True)["readout"]["line"] == line


def test_an_empty_picture_has_no_bars_and_a_torn_network_says_so(net):
    patch = draw_a_digit(net).update(drawn("........"), True)
    check_bars(patch["bars"], np.zeros(10), [""] * 10)
    torn = draw_a_digit(TwoLayerNet(64, 5, 10, weight_scale=0))
    assert torn.update(drawn("...##..."), True)["readout"]["line"] == "unsure"


def test_all_scans_fill_the_rows_and_nearly_all_are_in_the_middle():
    pictures = np.concatenate([X, X_TEST]).reshape(-1, 8, 8)
    assert pictures.any(axis=2).all()
    away = (pictures.sum(axis=1) @ np.arange(8)) / pictures.sum(axis=(1, 2)) - 3.5
    assert (np.abs(away) > 1).mean() < 0.015


def test_the_buttons_clear_the_grid_or_show_a_scan_as_it_is():
    presets = draw_a_digit(TwoLayerNet(64, 5, 10, seed=0)).presets
    assert list(presets) == ["clear", *"0123456789"] and not np.any(presets["clear"]["cells"])
    test_set = {bytes(picture): label for picture, label in zip(X_TEST, T_TEST, strict=True)}
    for name, values in list(presets.items())[1:]:
        assert test_set[bytes(np.float32(values["cells"]).ravel())] == int(name) and not values["soft"]


# -- learning curves --------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch):
    """learning_curves, but what it says and the lines that it draws: {title: {name: (x, y)}}."""

    def show(history):
        monkeypatch.setattr(curves, "Still", lambda title, figure, text: (figure()[0], text))
        figure, text = learning_curves(history)
        return {one.get_title(loc="left"): {line.get_label(): line for line in one.lines} for one in figure.axes}, text

    return show


def test_the_curves_are_what_the_history_holds(trained, shown):
    history = trained[1]
    steps = -(-len(X) // 20)
    means = [sum(history.loss[epoch * steps : (epoch + 1) * steps]) / steps for epoch in range(4)]
    lines, text = shown(history)
    assert list(lines) == ["loss", "accuracy in %"]
    expected = {
        ("loss", "train"): means,
        ("loss", "validation"): history.validation_loss,
        ("accuracy in %", "train"): [100 * part for part in history.accuracy],
        ("accuracy in %", "validation"): [100 * part for part in history.validation_accuracy],
    }
    for (title, name), values in expected.items():
        x, y = lines[title][name].get_data()
        assert list(x) == [1, 2, 3, 4] and list(y) == pytest.approx(values), (title, name)
        low, high = lines[title][name].axes.get_ylim()
        assert low < min(values) and max(values) < high
    assert lines["loss"]["train"].axes.get_yscale() == "log"
    assert lines["loss"]["validation"].get_linestyle() != lines["loss"]["train"].get_linestyle()
    expected = []
    for epoch in (0, 3):
        seen, unseen = 100 * history.accuracy[epoch], 100 * history.validation_accuracy[epoch]
        expected += [epoch + 1, seen, unseen, means[epoch], history.validation_loss[epoch]]
    assert numbers_in(text) == pytest.approx(expected, rel=5e-3)


def test_curves_without_validation_of_one_epoch_and_of_a_stopped_run(shown):
    lines, text = shown(History(loss=[2.0, 1.0, 0.5, 0.25], accuracy=[0.5, 0.75]))
    assert {title: list(each) for title, each in lines.items()} == {"loss": ["train"], "accuracy in %": ["train"]}
    assert numbers_in(text) == [1, 50, 1.5, 2, 75, 0.375]
    assert numbers_in(shown(History(loss=[2.0, 1.0], accuracy=[0.5]))[1]) == [1, 50, 1.5]
    _, text = shown(History(loss=[2.0, 1.0, 0.5, 0.25, 0.2], accuracy=[0.5, 0.75], stopped=True))
    assert numbers_in(text.split(". ")[-1]) == [2]


def test_a_training_that_ran_away_is_drawn_as_far_as_it_has_numbers(shown):
    for losses in ([2.0, np.inf], [np.nan, np.nan], [0.0, 0.0], [1e-12, 5.0]):
        lines, _ = shown(
            History(loss=losses, accuracy=[0.1, 0.1], validation_loss=losses, validation_accuracy=[0.1, 0.1])
        )
        low, high = lines["loss"]["train"].axes.get_ylim()
        assert 0 < low < high < np.inf
    assert "nan" in shown(History(loss=[np.nan], accuracy=[0.1]))[1]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2.2, 2.3, "2 2.5"),
        (1.0, 1.1, "0.8 1 1.2"),
        (0.0021, 0.0023, "0.002 0.0025"),
        (0.3, 2.9, "0.5 1 2"),
        (0.008, 1.4, "0.01 0.1 1"),
        (9e-8, 3.0, "1e−7 1e−6 1e−5 1e−4 0.001 0.01 0.1 1"),
        (5e3, 7e9, "1e4 1e5 1e6 1e7 1e8 1e9"),
        (1e4, 1e12, "1e4 1e5 1e6 1e7 1e8 1e9 1e10 1e11 1e12"),
    ],
)
def test_the_loss_axis_has_ticks_that_fit_its_range(low, high, words):
    figure, _ = loss_and_accuracy({"train": np.array([low, high])}, {"train": [0.1, 0.9]})
    axes = figure.axes[0]
    low, high = axes.get_ylim()
    assert [words for words, at in ticks_of(axes.yaxis) if low <= at <= high] == words.split()


def ticks_of(axis):
    axis.figure.draw_without_rendering()
    return [(tick.label1.get_text(), tick.get_loc()) for tick in axis.get_major_ticks()]


def test_the_loss_axis_spans_the_values_that_a_logarithm_has():
    assert log_limits(np.array([0.1, np.nan, 10, 0])) == pytest.approx((0.1 / 1.3, 13))


def test_no_word_of_the_curves_is_cut_or_lies_on_another():
    rng = np.random.default_rng(0)
    for epochs, factor in ((1, 1.0), (3, 1e-3), (50, 1.0), (400, 1e-6)):
        loss = {name: factor * np.exp(-rng.uniform(0, 6, size=epochs)) for name in ("train", "validation")}
        accuracy = {name: rng.uniform(0.1, 1, size=epochs) for name in ("train", "validation")}
        figure, _ = loss_and_accuracy(loss, accuracy)
        figure.draw_without_rendering()
        texts = [each for each in figure.findobj(Text) if each.get_text() and each.get_visible()]
        assert all(each.get_fontsize() >= SMALL for each in texts)
        boxes = [each.get_window_extent() for each in texts if in_view(each, figure)]
        assert all(
            box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1 for box in boxes
        )
        for number, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in boxes[:number]), (texts[number], epochs)


def in_view(text, figure):
    """Not the label of a tick beyond the axis: matplotlib keeps these, and paints none of them."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            beyond = [tick for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high]
            if any(text in (tick.label1, tick.label2) for tick in beyond):
                return False
    return True


# -- the reader's own things stay as they are -------------------------------------------------------------------------


def everything(net):
    """The arrays of a network: parameters, gradients, and what its layers keep of the batch that went forward last."""
    kept = [vars(layer).values() for layer in net.layers]
    return [each.copy() for values in kept for each in values if isinstance(each, np.ndarray)] + [
        each.copy() for each in (*net.params, *net.grads)
    ]


def test_no_network_and_no_sample_is_changed_and_a_backward_can_follow(trained):
    net = copy.deepcopy(trained[0])
    x, t = X_TEST.copy(), T_TEST.copy()
    net.loss(x[:7], t[:7])
    before = everything(net)
    for demo in (weights_as_pictures(net), wrong_ones(net, x, t), draw_a_digit(net)):
        scene = Scene(demo)
        for values in moves(demo):
            scene.move(values)
    assert all(map(np.array_equal, before, everything(net)))
    assert net.ready_for_backward and (x == X_TEST).all() and (t == T_TEST).all()
    net.backward()


def test_a_later_training_changes_no_older_picture(trained):
    net = copy.deepcopy(trained[0])
    x, t = X_TEST.copy(), T_TEST.copy()
    made = [weights_as_pictures(net), wrong_ones(net, x, t), draw_a_digit(net)]
    before = [Scene(demo).picture.pixels().copy() for demo in made]
    train(net, X, T, learning_rate=0.5, epochs=1, batch_size=50, rng=0, progress=False)
    x[...], t[...] = x[::-1].copy(), 3
    for demo, pixels in zip(made, before, strict=True):
        assert (Scene(demo).picture.pixels() == pixels).all(), demo.title
    assert (Scene(weights_as_pictures(net)).picture.pixels() != before[0]).any()


def test_any_object_that_predicts_will_do(net, y):
    class Mine:
        def predict(self, x):
            return (np.clip(x @ net.params[0] + net.params[1], 0, None) @ net.params[2] + net.params[3]).tolist()

    assert Scene(wrong_ones(Mine(), X_TEST, T_TEST)).text == Scene(wrong_ones(net, X_TEST, T_TEST)).text
    assert Scene(draw_a_digit(Mine())).text
    deep = Network([Affine(np.ones((64, 4))), ReLU(), Affine(np.ones((4, 5))), ReLU(), Affine(np.ones((5, 10)))])
    assert draw_a_digit(deep).update(scribbles(1)[0], False)["bars"]["values"] == pytest.approx([0.1] * 10)


# -- what does not fit ------------------------------------------------------------------------------------------------


def ran_away(value=np.nan):
    network = TwoLayerNet(64, 5, 10, seed=0)
    network.params[0][3, 2] = value
    return network


def of(hidden, outputs, inputs=64):
    return TwoLayerNet(inputs, hidden, outputs, seed=0)


DEEP = Network([Affine(np.ones((64, 4))), ReLU(), Affine(np.ones((4, 5))), ReLU(), Affine(np.ones((5, 10)))])
WITH_NETWORK = {
    "weights": weights_as_pictures,
    "wrong": lambda network: wrong_ones(network, X_TEST, T_TEST),
    "draw": draw_a_digit,
}


@pytest.mark.parametrize("name", WITH_NETWORK)
def test_a_network_that_does_not_fit_is_refused(name):
    show = WITH_NETWORK[name]
    for network, error, message in (
        (None, TypeError, r"^network must be an object with predict, got NoneType$"),
        (
            TwoLayerNet,
            TypeError,
            r"^network must be an object with predict, got the class TwoLayerNet, without brackets$",
        ),
        (of(5, 10).predict, TypeError, r"^network must be an object with predict, got method$"),
        (
            of(5, 10, 100),
            ValueError,
            r"^network must take samples of 64 pixels: x must have shape \(N, 100\), got \(2, 64\)$",
        ),
        (of(5, 3), ValueError, r"^network must give 10 scores for each sample, got shape \(2, 3\) for 2$"),
        (
            ran_away(),
            ValueError,
            r"^network must (give finite scores|have finite weights); .* a smaller learning_rate$",
        ),
    ):
        with pytest.raises(error, match=message):
            show(network)


def test_weights_ask_for_two_layers_of_them():
    class Mine:
        def predict(self, x):
            return np.zeros((len(x), 10))

    with pytest.raises(TypeError, match=r"^network must be an object with params, a list of its arrays, got Mine$"):
        weights_as_pictures(Mine())
    with pytest.raises(ValueError, match=r"\(64, H\) and \(H, 10\), got \(64, 4\) and \(4, 5\) and \(5, 10\)$"):
        weights_as_pictures(DEEP)
    with pytest.raises(ValueError, match=r"got \(64, 10\)$"):
        weights_as_pictures(Network([Affine(np.ones((64, 10)))]))


@pytest.mark.parametrize(
    "x, t, error, message",
    [
        (X_TEST[0], T_TEST, ValueError, r"^x_test must have shape \(N, 64\), got \(64,\): a batch of one is x_test\["),
        (X_TEST[:, :60], T_TEST, ValueError, r"^x_test must have shape \(N, 64\), got \(355, 60\)$"),
        (X_TEST[:0], T_TEST[:0], ValueError, r"^x_test must have at least one sample"),
        ("digits", T_TEST, TypeError, r"^x_test must be an array of real numbers"),
        (16 * X_TEST, T_TEST, ValueError, r"^x_test must have pixels from 0, paper, to 1, ink, got 0 to 16$"),
        (X_TEST - 0.5, T_TEST, ValueError, r"^x_test must have pixels .* got -0.5 to 0.5$"),
        (X_TEST * np.nan, T_TEST, ValueError, r"^x_test must have pixels .* got nan to nan$"),
        (X_TEST, T_TEST[:-1], ValueError, r"^t_test must have shape \(355,\), a label for .*, got \(354,\)$"),
        (X_TEST, np.eye(10)[T_TEST], ValueError, r"^t_test must have shape \(355,\), a label for .*, got \(355, 10\)$"),
        (X_TEST, T_TEST + 1, ValueError, r"^t_test must be whole numbers from 0 to 9, got 10$"),
        (X_TEST, T_TEST - 0.5, ValueError, r"^t_test must be whole numbers from 0 to 9, got 4.5$"),
        (X_TEST, None, TypeError, r"^t_test must be an array of real numbers"),
    ],
)
def test_samples_that_do_not_fit_are_refused(net, x, t, error, message):
    with pytest.raises(error, match=message):
        wrong_ones(net, x, t)


@pytest.mark.parametrize(
    "history, error, message",
    [
        (None, TypeError, r"^history must be a History, what train returns, got NoneType None$"),
        ([2.0, 1.0], TypeError, r"^history must be a History, .* got list \[2.0, 1.0\]$"),
        (History(), ValueError, r"^history must have at least one whole epoch, and its accuracy$"),
        (History(loss=[1.0], accuracy=[0.1, 0.2]), ValueError, r"^history must .* each of its 2 epochs, got 1$"),
        (
            History(loss=[1.0], accuracy=[0.1], validation_loss=[1.0], validation_accuracy=[0.1, 0.2]),
            ValueError,
            r"^history.validation_accuracy must have one number for each of the 1 epochs, got 2$",
        ),
        (History(loss=["x"], accuracy=[0.1]), TypeError, r"^history.loss must be an array of real numbers"),
    ],
)
def test_a_history_that_does_not_fit_is_refused(history, error, message):
    with pytest.raises(error, match=message):
        learning_curves(history)


# -- the lesson's settings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_the_lessons_settings_bring_more_than_95_percent(seed):
    network = TwoLayerNet(64, 50, 10, activation="relu", seed=seed)
    train(network, X, T, **LESSON, rng=seed, progress=False)
    assert (probabilities(network.params, X_TEST).argmax(axis=1) == T_TEST).mean() > 0.95
