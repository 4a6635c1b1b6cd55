"""Moved digits: what the demos say and show, held against plain loops over pixels and samples."""

import numpy as np
import pytest
from in_numpy import probabilities
from lesson_reader import numbers_in

from nnlessons.live.scene import Scene, say
from nnlessons.reader.network import reader_network
from nnlessons.reader.scans import SCANS
from nnlessons.training.demos import ink_on_weights, shift, sliding_window
from nnlessons.training.ink_on_weights_figure import PLACE
from nnlessons.training.sliding_window import PATTERNS
from nnlib import Affine, Network, ReLU, TwoLayerNet
from nnlib.datasets import digits

X, T = digits()[1]
MOVES = [(right, down) for right in (-2, -1, 0, 1, 2) for down in (-2, -1, 0, 1, 2)]


@pytest.fixture(scope="module")
def net():
    return reader_network()


@pytest.fixture(scope="module")
def demo(net):
    return shift(net, X, T)


def at(picture, row, column):
    """A pixel of a picture (64,), paper outside of it."""
    return float(picture[8 * row + column]) if 0 <= row < 8 and 0 <= column < 8 else 0.0


def moved(picture, right, down):
    return [at(picture, row - down, column - right) for row in range(8) for column in range(8)]


def first_read(net):
    """The first sample of each digit that the network reads."""
    says = probabilities(net.params, X).argmax(axis=1)
    return [next(n for n in range(len(T)) if T[n] == says[n] == digit) for digit in range(10)]


# -- the map of moves -------------------------------------------------------------------------------------------------


def said(demo, **values):
    values = demo.beginning | values
    patch = demo.update(**values)
    return patch, say(demo.readout, patch["readout"])


@pytest.mark.parametrize(("right", "down"), MOVES[::3])
def test_the_moved_digit_and_how_many_of_all_are_read(net, demo, right, down):
    for digit in (0, 7):
        index = first_read(net)[digit]
        picture = moved(X[index], right, down)
        (y,) = probabilities(net.params, np.array([picture]))
        all_moved = np.array([moved(each, right, down) for each in X])
        read = 100 * (probabilities(net.params, all_moved).argmax(axis=1) == T).mean()
        patch, text = said(demo, right=right, down=down, digit=digit)
        assert patch["picture"]["array"].ravel() == pytest.approx(picture)
        assert patch["bars"]["values"] == pytest.approx(y, abs=1e-5)
        moves = [abs(step) for step in (right, down) if step]
        assert numbers_in(text)[: len(moves) + 2] == pytest.approx([*moves, read, 355], abs=0.051)
        assert numbers_in(text)[len(moves) + 2 :][:2] == [digit, y.argmax()]
        assert ("right" in text, "left" in text) == (right > 0, right < 0)
        assert ("down" in text, "up" in text) == (down > 0, down < 0)


def test_each_number_of_the_map_is_in_the_cell_that_a_press_moves_to(demo):
    scene = Scene(demo)
    axes, mark = scene.picture.parts["map 0"], scene.picture.parts["mark 0"]
    width, height = scene.picture.canvas.get_width_height()
    for right, down in MOVES:
        x, y = axes.transData.transform((right + 0.3, down - 0.3))
        assert scene.pointed(x / width, 1 - y / height) == {"right": right, "down": down}
        scene.move(demo.beginning | {"right": right, "down": down})
        corners = mark.get_paths()[0].vertices[:4]
        assert corners.mean(axis=0) == pytest.approx((right, down)) and np.ptp(corners, axis=0) == pytest.approx(1)
    up, low = axes.transData.transform([(0, -2), (0, 2)])[:, 1]
    assert up > low, "down is below"


def test_with_a_second_network_both_are_compared(net):
    other = TwoLayerNet(64, 6, 10, activation="relu", seed=0)
    demo = shift(net, X, T, after=other)
    patch, text = said(demo, right=1, digit=4)
    picture = np.array([moved(X[first_read(net)[4]], 1, 0)])
    answers = [probabilities(each.params, picture)[0] for each in (net, other)]
    assert patch["answers"]["texts"] == [f"{y.argmax()}   {100 * y.max():.0f}%" for y in answers]
    all_moved = np.array([moved(each, 1, 0) for each in X])
    before, after = (100 * (each.predict(all_moved).argmax(axis=1) == T).mean() for each in (net, other))
    assert numbers_in(text) == pytest.approx(
        [1, before, 355, after, 4, answers[0].argmax(), answers[1].argmax()], abs=0.051
    )
    assert "bars" not in patch and {"mark 0", "mark 1"} <= set(patch)


def test_the_network_that_lesson_0_starts_with_loses_half_by_one_pixel(demo):
    reads = {move: numbers_in(said(demo, right=move[0], down=move[1])[1]) for move in MOVES}
    assert reads[0, 0][0] > 96
    assert all(35 < reads[move][1] < 55 for move in ((1, 0), (-1, 0), (0, 1), (0, -1)))
    assert all(reads[move][1] < 20 for move in ((2, 0), (-2, 0), (0, 2), (0, -2)))


# -- ink on weights ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("right", "down"), [(0, 0), (1, 0), (-2, 1)])
def test_the_sum_of_the_unit_that_does_most_for_the_digit(net, right, down):
    W1, b1, W2, _ = (param.astype(float) for param in net.params)
    demo = ink_on_weights(net, X, T)
    for digit in range(10):
        x = X[first_read(net)[digit]].astype(float)
        does = [max(0, sum(x * W1[:, unit]) + b1[unit]) * W2[unit, digit] for unit in range(50)]
        unit = does.index(max(does))
        products = [ink * weight for ink, weight in zip(moved(x, right, down), W1[:, unit], strict=True)]
        a, before = sum(products) + b1[unit], sum(x * W1[:, unit]) + b1[unit]
        patch, text = said(demo, digit=digit, right=right, down=down)
        positive, negative = (sum(each for each in products if (each > 0) == sign) for sign in (True, False))
        assert patch["sums"]["values"] == pytest.approx((positive, negative, b1[unit], a), abs=1e-5)
        assert patch["sums"]["before"] == pytest.approx(before, abs=1e-5)
        assert patch["weights"]["array"].ravel() == pytest.approx(W1[:, unit])
        expected = [before, a] if (right, down) != (0, 0) else [unit, digit, a]
        assert sorted(numbers_in(text)) == pytest.approx(sorted(expected), abs=0.006)
        assert (patch["readout"]["line"] == "off") == (a <= 0)


def test_the_area_of_each_square_is_its_pixels_ink(net):
    patch, _ = said(ink_on_weights(net, X, T), digit=5, right=1)
    ink = np.reshape(moved(X[first_read(net)[5]], 1, 0), (8, 8))
    squares = np.array(patch["ink"]["verts"])
    middles, sides = squares.mean(axis=1), np.ptp(squares[:, :, 0], axis=1)
    columns = ((middles[:, 0] - PLACE["left"]) / PLACE["pixel"] - 0.5).round().astype(int)
    rows = ((PLACE["top"] - middles[:, 1]) / PLACE["pixel"] - 0.5).round().astype(int)
    assert len(squares) == np.count_nonzero(ink)
    assert sides**2 == pytest.approx((0.9 * PLACE["pixel"]) ** 2 * ink[rows, columns])


def test_a_network_without_biases_in_its_hidden_layer_is_refused():
    network = Network([Affine(np.ones((64, 4)), np.zeros(4)), ReLU(), Affine(np.ones((4, 10)), np.zeros(10))])
    ink_on_weights(network, X, T)

    class Bare:
        params = [np.ones((64, 4)), np.ones((4, 10))]

        def predict(self, x):
            return np.zeros((len(x), 10))

    with pytest.raises(ValueError, match="biases of shape"):
        ink_on_weights(Bare(), X, T)


# -- the sliding window -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("right", [0, 2])
def test_the_match_is_the_sum_of_nine_products_in_each_place(pattern, right):
    picture = moved(np.ravel(SCANS["5"]), right, 0)
    weights = PATTERNS[pattern]
    patch, text = said(sliding_window, digit=5, right=right, pattern=pattern, window=13)
    expected = [
        [
            sum(weights[i][j] * at(picture, row + i, column + j) for i in range(3) for j in range(3))
            for column in range(6)
        ]
        for row in range(6)
    ]
    assert patch["map"]["array"] == pytest.approx(np.array(expected))
    assert numbers_in(text)[:3] == pytest.approx([2, 1, expected[2][1]], abs=0.006)
    assert numbers_in(text)[3] == pytest.approx(np.max(expected), abs=0.006)


def test_the_map_moves_along_with_the_digit():
    for digit in range(10):
        maps = [sliding_window.update(digit, right, "left edge", 0)["map"]["array"] for right in (-1, 0)]
        assert maps[1][:, 2:] == pytest.approx(maps[0][:, 1:-1])
    patch, text = said(sliding_window, right=1)
    assert patch["readout"]["line"] == "along" and numbers_in(text)[-1] == numbers_in(text)[-2] + 1


def test_each_pattern_matches_itself_with_3_and_is_balanced():
    for weights in PATTERNS.values():
        assert weights[weights > 0].sum() == 3 and weights.sum() == pytest.approx(0)


def test_a_press_on_the_digit_takes_the_window_there():
    scene = Scene(sliding_window)
    axes = scene.picture.parts["digit"]
    width, height = scene.picture.canvas.get_width_height()
    for (row, column), window in {(0, 0): 0, (4, 3): 6 * 3 + 2, (7, 7): 35}.items():
        x, y = axes.transData.transform((column + 0.5, row + 0.5))
        assert scene.pointed(x / width, 1 - y / height) == {"window": window}
        scene.move(sliding_window.beginning | {"window": window})
        corners = np.array(scene.picture.parts["window"].get_paths()[0].vertices[:4])
        inside = axes.transData.inverted().transform(scene.picture.figure.axes[0].transData.transform(corners))
        assert inside.min(axis=0) == pytest.approx((window % 6, window // 6))
        assert inside.max(axis=0) == pytest.approx((window % 6 + 3, window // 6 + 3))
