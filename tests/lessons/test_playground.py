"""Lesson 8, the playground: each update against a training in plain NumPy, and the picture against what it must show."""

import functools
import itertools
import pickle
import re
import warnings

import numpy as np
import pytest
from by_hand import slopes
from in_numpy import HIDDEN, after, in_batches, loss_of, probabilities
from lesson_reader import walked
from matplotlib.colors import to_rgb

from nnlessons.drawing.style import BLUE, ORANGE
from nnlessons.live import Mistyped
from nnlessons.live.calls import call
from nnlessons.live.picture import Picture
from nnlessons.live.scene import say
from nnlessons.training import playground
from nnlessons.training.playground_figure import CELLS, SIDE, TILE, Tiles, playground_figure, tile_size
from nnlessons.training.points import above, cell_at, painted
from nnlessons.training.run import hidden_layers, network_of
from nnlessons.training.run_picture import picture_of
from nnlib import datasets

DEMO = playground.playground
SMALL = {"data": "XOR", "n": 60, "noise": 0.1, "seed": 4, "hidden": 5, "activation": "tanh", "scale": 1.0, "rate": 0.3}


def begun(**values):
    return call(DEMO.start, {**DEMO.beginning, **SMALL, **values})


def on(state, **values):
    return call(DEMO.advance, {**DEMO.beginning, **SMALL, **values}, state)


def shown(state, **values):
    return call(DEMO.update, {**DEMO.beginning, **values}, state)


def sentence(state):
    return say(DEMO.readout, shown(state)["readout"])


# -- a training in plain NumPy ----------------------------------------------------------------------------------------


def first_params(hidden, scale, seed):
    rng = np.random.default_rng(seed)
    W1 = scale * rng.normal(size=(2, hidden))
    return [W1, np.zeros(hidden), scale * rng.normal(size=(hidden, 2)), np.zeros(2)]


def order(seed, epoch, n):
    """As in nnlib.train: one generator, which shuffles once for each epoch."""
    rng = np.random.default_rng(seed)
    return [rng.permutation(n) for _ in range(epoch + 1)][-1]


def batches(seed, n, size, epochs):
    """The samples of each update, epoch after epoch; the last of an epoch may be fewer."""
    return [rows for epoch in range(epochs) for rows in in_batches(order(seed, epoch, n), size)]


def check_params(state, expected):
    for param, other in zip(state["params"], expected, strict=True):
        assert param.shape == other.shape and param == pytest.approx(other, rel=1e-9, abs=1e-12)


# -- points -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["spirals", "circles", "XOR", "moons", "blobs"])
def test_the_points_are_the_named_ones_and_400_others_test_the_net(name):
    make = getattr(datasets, name.lower())
    (x, t), (x_test, t_test) = begun(data=name, n=20, noise=0.2, seed=3)["points"]
    for found, expected in zip((x, t), make(20, noise=0.2, seed=3), strict=True):
        assert np.array_equal(found, expected)
    for found, expected in zip((x_test, t_test), make(400, noise=0.2, seed=1003), strict=True):
        assert np.array_equal(found, expected)
    assert not {tuple(point) for point in x} & {tuple(point) for point in x_test}


CURVES = {"x0**2 - 0.3": lambda x: x * x - 0.3, "relu(-x0)": lambda x: max(-x, 0), "0.5": lambda x: 0.5}


@pytest.mark.parametrize(("formula", "height"), CURVES.items())
def test_points_above_the_typed_curve_are_class_1(formula, height):
    (x, t), (x_test, t_test) = begun(data="formula", formula=formula, noise=0.0, n=100)["points"]
    assert (len(x), len(x_test)) == (100, 400)
    for (one, other), label in zip([*x, *x_test], [*t, *t_test], strict=True):
        assert label == (other > height(one)) and max(abs(one), abs(other)) <= 1


def test_noise_moves_points_after_they_have_their_class():
    (x, t), (moved, same) = above("x0", 50), above("x0", 50, noise=0.3)
    assert np.array_equal(t, same) and 0.2 < (moved - x).std() < 0.4


@pytest.mark.parametrize(("formula", "why"), {"log(x0)": "log", "2 x0": "sign", "sin(x0)": "functions"}.items())
def test_a_formula_that_cannot_be_used_is_named(formula, why):
    with pytest.raises(Mistyped, match=why):
        begun(data="formula", formula=formula)


def test_each_painted_cell_gives_points_of_its_class_in_its_place():
    cells = ((0, 1, 0), (0.5, 0, 0), (0, 0, 1))
    x, t = painted(cells, 90)
    places = {cell_at(*point, 3): 0 for point in x}
    assert sorted(places) == [(0, 1), (1, 0), (2, 2)]
    for point, label in zip(x, t, strict=True):
        row, column = cell_at(*point, 3)
        places[row, column] += 1
        assert label == (cells[row][column] == 1)
        assert -1.2 + 0.8 * column <= point[0] <= -0.4 + 0.8 * column and 0.4 - 0.8 * row <= point[1] <= 1.2 - 0.8 * row
    assert set(places.values()) == {30} and cell_at(1.25, 0, 3) is None


def test_without_two_classes_it_says_so():
    with pytest.raises(Mistyped):
        painted(((0, 0), (0, 0)), 20)
    one_color = tuple((0.5,) * 8 for _ in range(8))
    for own in ({"data": "painted", "cells": one_color}, {"data": "formula", "formula": "3"}):
        assert line_of(begun(**own)) == line_of(on(begun(**own), batch_size=10, pace="ten")) == "one class"


def test_a_press_on_the_plane_paints_its_cell_if_points_are_painted():
    values = {**DEMO.beginning, "data": "painted", "brush": 0.5}
    press, data = DEMO.pointer["axes"], {name: values[name] for name in ("cells", "brush")}
    before = [list(row) for row in values["cells"]]
    before[0][0] = 0.5
    assert [list(row) for row in press(-1.1, 1.1, data="painted", **data)["cells"]] == before
    assert press(0, 0, data="moons", **data) == press(1.29, 0, data="painted", **data) == {}


def test_lopsided_digits_are_those_of_the_dataset_and_fit_the_plane():
    (x, t), (x_test, t_test) = begun(data="lopsided", n=400, seed=2)["points"]
    everything, labels, _ = datasets.lopsided()
    assert (len(x), len(x_test)) == (400, 313) and np.abs([*x, *x_test]).max() < SIDE
    found = np.column_stack([[*x, *x_test], [*t, *t_test]])
    expected = np.column_stack([(everything - [0.2, 1]) / [3, 2.2], labels])
    assert sorted(found.round(9).tolist()) == sorted(expected.round(9).tolist()), "each scan once"


# -- begin and advance ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", list(HIDDEN))
@pytest.mark.parametrize(("size", "scale", "hidden"), [(50, 1.0, 5), (1, 0.5, 1), (400, 4.0, 40)])
def test_updates_against_plain_numpy(activation, size, scale, hidden):
    state = begun(activation=activation, scale=scale, hidden=hidden)
    (x, t), _ = state["points"]
    params = first_params(hidden, scale, SMALL["seed"])
    check_params(state, params)
    for k, rows in enumerate(batches(SMALL["seed"], 60, size, 6)[:6], 1):
        state = on(state, batch_size=size, pace="update")
        params = after(params, x, t, activation, SMALL["rate"], [rows])
        check_params(state, params)
        assert state["updates"] == k
        epochs, within = divmod(k, -(-60 // size))
        assert state["now"]["time"] == pytest.approx(epochs + within * size / 60) and state["epoch"] == epochs


def test_the_plain_gradients_are_those_by_nudging():
    (x, t), _ = begun()["points"]
    for activation in HIDDEN:
        params = first_params(5, 1.0, 1)
        moved = after(params, x, t, activation, 1.0, [np.arange(60)])
        for param, other in zip(params, moved, strict=True):
            rows = np.atleast_2d(param)  # a view: it is nudged in place
            nudged = slopes(lambda a=activation, params=params: loss_of(params, x, t, a), rows)
            assert rows - other == pytest.approx(np.array(nudged), abs=1e-8)


@pytest.mark.parametrize("size", [1, 10, 50, 400])
def test_an_epoch_has_one_update_for_each_mini_batch(size):
    count, state = -(-60 // size), begun()
    for pace, epochs in (("epoch", 1), ("ten", 11)):
        state = on(state, batch_size=size, pace=pace)
        assert (state["updates"], state["epoch"], state["now"]["time"]) == (epochs * count, epochs, epochs)
    (x, t), _ = state["points"]
    check_params(state, after(first_params(5, 1.0, 4), x, t, "tanh", 0.3, batches(4, 60, size, 11)))


def test_a_new_batch_size_in_the_middle_of_an_epoch_loses_no_sample():
    state = begun()
    (x, t), _ = state["points"]
    rows = order(4, 0, 60)
    for size in (10, 1, 1, 10):
        state = on(state, batch_size=size, pace="update")
    assert state["now"]["time"] == pytest.approx(22 / 60) and state["epoch"] == 0
    cut = [rows[:10], rows[10:11], rows[11:12], rows[12:22]]
    check_params(state, after(first_params(5, 1.0, 4), x, t, "tanh", 0.3, cut))
    rest = [rows[22:], *batches(4, 60, 50, 10)[2:]]
    one, ten = on(state, batch_size=50, pace="epoch"), on(state, batch_size=50, pace="ten")
    check_params(one, after(state["params"], x, t, "tanh", 0.3, rest[:1]))
    check_params(ten, after(state["params"], x, t, "tanh", 0.3, rest))
    assert [(each["updates"], each["now"]["time"]) for each in (one, ten)] == [(5, 1), (5 + 9 * 2, 10)]


def test_the_learning_rate_acts_at_once():
    state = on(begun(), batch_size=10, pace="update")
    (x, t), _ = state["points"]
    faster = on(state, rate=2.0, batch_size=10, pace="update")
    check_params(faster, after(state["params"], x, t, "tanh", 2.0, [order(4, 0, 60)[10:20]]))


@pytest.mark.parametrize("pace", ["update", "epoch", "ten"])
def test_no_state_is_changed_when_it_is_left_or_shown(pace):
    states, kept = [begun(activation="relu")], []
    for _ in range(4):
        kept.append(pickle.dumps(states[-1]))
        shown(states[-1], lines=False)
        states.append(on(states[-1], batch_size=50, pace=pace))
    assert [pickle.dumps(state) for state in states[:-1]] == kept
    arrays = [
        (param, other) for one, two in itertools.pairwise(states) for param in one["params"] for other in two["params"]
    ]
    assert not any(np.shares_memory(*pair) for pair in arrays)
    again = on(states[1], batch_size=50, pace=pace)
    assert all(map(np.array_equal, again["params"], states[2]["params"])), "the same step again, the same state"


@pytest.mark.parametrize("activation", list(HIDDEN))
def test_loss_and_accuracy_of_both_sets(activation):
    state = begun(activation=activation)
    for steps in range(2):
        for prefix, (x, t) in zip(("", "test "), state["points"], strict=True):
            answers = probabilities(state["params"], x, activation)
            assert state["now"][f"{prefix}loss"] == pytest.approx(loss_of(state["params"], x, t, activation))
            right = sum(int(row[1] > row[0]) == label for row, label in zip(answers.tolist(), t.tolist(), strict=True))
            assert state["now"][f"{prefix}accuracy"] == pytest.approx(right / len(t))
            assert state["curves"][f"{prefix}loss"][-1] == state["now"][f"{prefix}loss"]
            assert state["curves"][f"{prefix}accuracy"][-1] == state["now"][f"{prefix}accuracy"]
        now = state["now"]
        told = [float(number) for number in re.findall(r"[\d.]*\d", sentence(state))[:5]]
        percent = [100 * now[f"{prefix}accuracy"] for prefix in ("", "test ")]
        assert told[0] == steps and told[1:3] == pytest.approx([now["loss"], now["test loss"]], abs=0.005)
        assert told[3:] == pytest.approx(percent, abs=0.5)
        state = on(state, batch_size=10, pace="epoch")
    assert begun(seed=4)["now"]["accuracy"] != begun(seed=6)["now"]["accuracy"]


# -- the plane --------------------------------------------------------------------------------------------------------

PLACES = [-1.3 + (k + 0.5) * 2.6 / 100 for k in range(100)]


@pytest.mark.parametrize("activation", list(HIDDEN))
def test_each_cell_of_the_plane_shows_the_probability_at_its_center(activation):
    state = on(begun(activation=activation), batch_size=10, pace="epoch")
    shares = shown(state)["plane"]["shares"]
    assert shares.shape == (100, 100) == (CELLS, CELLS) and shares.std() > 0.01
    cells = np.array([[x, y] for y in PLACES for x in PLACES])
    assert shares.ravel() == pytest.approx(probabilities(state["params"], cells, activation)[:, 1], abs=1e-5)


def pixel_at(picture, axes, x, y):
    """The painted colour at a place of the axes: three numbers from 0 to 255."""
    pixels = picture.pixels()
    column, above = axes.transData.transform((x, y))
    return pixels[int(pixels.shape[0] - above), int(column), :3].astype(int)


def color_of(share):
    """The colour of a probability: orange for 0, white for a half, blue for 1, at most 55 % of it."""
    strength = 0.55 * abs(2 * share - 1)
    colour = np.array(to_rgb(BLUE if share > 0.5 else ORANGE))
    return 255 * (1 - strength + strength * colour)


def test_each_cell_is_painted_at_its_place_in_its_colour():
    rng = np.random.default_rng(0)
    shares = rng.uniform(size=(CELLS, CELLS))
    figure, parts = playground_figure()
    picture = Picture(figure, parts)
    picture.move({"plane": {"shares": shares}})
    for row, column in itertools.product(range(2, 98, 5), range(2, 98, 7)):
        found = pixel_at(picture, parts["plane"].axes, PLACES[column], PLACES[row])
        assert found == pytest.approx(color_of(shares[row, column]), abs=2), (row, column)
    assert (picture.pixels() == picture.redrawn()).all()


def test_the_points_are_drawn_where_they_are_class_0_orange_class_1_blue():
    state, (_, parts) = begun(data="moons", n=20), playground_figure()
    (x, t), _ = state["points"]
    for name, label, color in (("zeros", 0, ORANGE), ("ones", 1, BLUE)):
        assert np.array_equal(np.transpose(picture_of(state)[name]["data"]), x[t == label])
        assert to_rgb(parts[name].get_color()) == to_rgb(color)


# -- the units' tiles -------------------------------------------------------------------------------------------------


def test_each_tile_shows_its_units_output_at_the_centers_of_its_cells():
    state = on(begun(layers=2, hidden=3), batch_size=10, pace="epoch")
    places = [-1.3 + (k + 0.5) * 2.6 / TILE for k in range(TILE)]
    W1, b1, W2, b2, *_ = state["params"]
    first, second = picture_of(state)["units"]["outputs"]
    assert first.shape == second.shape == (3, TILE, TILE)
    for row, column in ((0, 0), (2, 9), (11, 4)):
        z = np.tanh(np.array([places[column], places[row]]) @ W1 + b1)
        assert first[:, row, column] == pytest.approx(z)
        assert second[:, row, column] == pytest.approx(np.tanh(z @ W2 + b2))


def test_relus_beyond_1_are_shown_in_proportion():
    state = begun(activation="relu", scale=8.0)
    (tiles,) = picture_of(state)["units"]["outputs"]
    centers = [-1.3 + (k + 0.5) * 2.6 / TILE for k in range(TILE)]
    W, b, *_ = state["params"]
    outputs = np.array([[np.maximum(0, [x, y] @ W + b) for x in centers] for y in centers])
    assert outputs.max() > 1 and tiles == pytest.approx(np.moveaxis(outputs, 2, 0) / outputs.max())


def test_tiles_are_as_large_as_they_fit():
    for counts in ([1], [2], [7], [30], [40], [1, 1], [8, 8], [40, 40]):
        side, columns = tile_size(counts, height=155, width=395, gap=4, largest=95)
        rows = sum(-(-count // columns) for count in counts)
        assert columns * (side + 4) - 4 <= 395 and rows * (side + 4) - 4 + 8 * (len(counts) - 1) <= 155
        assert side > 14 and side <= 95
    assert tile_size([2], 155, 395, 4, 95)[0] == 95 and tile_size([40], 155, 395, 4, 95)[0] == 35


def test_tiles_are_painted_from_the_left_layer_below_layer():
    figure, parts = playground_figure()
    picture = Picture(figure, parts)
    full = [np.ones((2, TILE, TILE)), -np.ones((2, TILE, TILE))]
    full[0][1, : TILE // 2] = -1  # the lower half of the second tile
    picture.move({"units": {"outputs": full}})
    axes = parts["units"].axes
    side, _ = tile_size(
        [2, 2], *np.array(axes.bbox.size, int)[::-1], round(0.035 * figure.dpi), round(0.95 * figure.dpi)
    )
    left, top = axes.bbox.x0, axes.bbox.y1
    blue, orange = (255 * (0.1 + 0.9 * np.array(to_rgb(color))) for color in (BLUE, ORANGE))

    def color_at(across, down):
        pixels = picture.pixels()
        return pixels[int(pixels.shape[0] - top + side * down), int(left + side * across), :3]

    assert isinstance(parts["units"], Tiles) and color_at(0.5, 0.5) == pytest.approx(blue, abs=2)
    assert color_at(1.5, 0.3) == pytest.approx(blue, abs=2) and color_at(1.5, 0.8) == pytest.approx(orange, abs=2)
    assert color_at(0.5, 1.6) == pytest.approx(orange, abs=2) and (color_at(2.5, 0.5) == 255).all()
    assert (picture.pixels() == picture.redrawn()).all()


# -- two hidden layers ------------------------------------------------------------------------------------------------


def test_two_hidden_layers_start_at_random_and_follow_their_gradient():
    state = begun(layers=2, hidden=4, scale=0.5, n=20)
    rng = np.random.default_rng(SMALL["seed"])
    sizes = [(2, 4), (4, 4), (4, 2)]
    assert [param.shape for param in state["params"]] == [(2, 4), (4,), (4, 4), (4,), (4, 2), (2,)]
    for number, size in enumerate(sizes):
        assert np.array_equal(state["params"][2 * number], 0.5 * rng.normal(size=size))
        assert not state["params"][2 * number + 1].any()
    (x, t), _ = state["points"]

    def loss():
        z = x
        for W, b in zip(state["params"][::2], state["params"][1::2], strict=True):
            s = z @ W + b
            z = np.tanh(s)
        return np.mean(np.log(np.exp(s).sum(axis=1)) - s[np.arange(20), t])

    following = on(state, rate=0.1, batch_size=400, pace="update")
    for param, other in zip(state["params"], following["params"], strict=True):
        assert param - other == pytest.approx(
            0.1 * np.array(slopes(loss, np.atleast_2d(param))).reshape(param.shape), abs=1e-8
        )
    assert [layer.shape for layer in hidden_layers(network_of(state), x)] == [(20, 4), (20, 4)]


# -- the code ---------------------------------------------------------------------------------------------------------

RUNS = [
    {},
    {"layers": 2, "hidden": 3, "scale": 0.5, "activation": "relu"},
    {"data": "formula", "formula": "x0**2 -0.3", "activation": "sigmoid"},
    {"data": "painted"},
    {"data": "lopsided", "activation": "identity"},
]


@pytest.mark.parametrize("settings", RUNS)
@pytest.mark.parametrize("changes", [(), ({"rate": 0.1, "batch_size": 50},)])
def test_the_code_gives_the_same_losses(settings, changes):
    values = {**DEMO.beginning, **SMALL, **settings, "batch_size": 10, "code": True}
    state = call(DEMO.start, values)
    for change in ({}, *changes):
        values |= change
        for pace in ("ten", "epoch"):
            state = call(DEMO.advance, {**values, "pace": pace}, state)
    text = say(DEMO.readout, call(DEMO.update, values, state)["readout"])
    *lines, losses = text.split("\n\n")[1].split("\n")
    names = {}
    exec("\n".join(lines).replace("rng)", "rng, progress=False)"), names)
    assert eval(losses, names) == (state["now"]["loss"], state["now"]["test loss"])
    assert len(names["net"].params) == (6 if settings.get("layers") == 2 else 4)


def test_the_code_says_when_settings_changed_within_an_epoch():
    def last_line(state):
        return say(DEMO.readout, shown(state, code=True)["readout"]).split("\n")[-1]

    state = on(on(begun(), batch_size=10, pace="epoch"), batch_size=10, pace="update")
    assert not last_line(on(state, batch_size=10, pace="epoch")).startswith("#")
    assert last_line(on(state, batch_size=10, rate=0.1, pace="epoch")).startswith("#")


# -- the lines --------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1)
def bare():
    """The parts of a picture without points."""
    return playground_figure()[1]


def drawn_lines(weights, biases, counts):
    """(segments, widths) as drawn."""
    parts = bare()
    parts["lines"].set(weights=np.array(weights, float), biases=np.array(biases, float), counts=np.array(counts, float))
    (collection,) = parts["lines"].artists
    return collection.get_segments(), list(collection.get_linewidths())


def crosses(w, b):
    """Whether the weighted sum has both signs in the corners of the plane."""
    sums = [w[0] * x + w[1] * y + b for x in (-SIDE, SIDE) for y in (-SIDE, SIDE)]
    return min(sums) < 0 < max(sums)


def test_the_weighted_sum_is_0_all_along_each_line():
    rng = np.random.default_rng(1)
    for scale in (1e-6, 1.0, 1e5):
        for _ in range(100):
            w, b = scale * rng.normal(size=2), scale * 1.5 * rng.normal()
            segments, _ = drawn_lines(w.reshape(2, 1), [b], [1.0])
            assert len(segments) == 1 or not crosses(w, b)
            for ends in segments:
                for share in np.linspace(0, 1, 7):
                    place = (1 - share) * ends[0] + share * ends[1]
                    assert abs(w @ place + b) < 1e-9 * scale
                assert (np.abs(ends).max(axis=1) > SIDE).all(), "both ends lie outside"
                middle = ends.mean(axis=0)
                assert np.hypot(*middle) == pytest.approx(abs(b) / np.hypot(*w)), "the middle is nearest to the origin"


def test_a_unit_without_a_line_has_none():
    nan, inf = np.nan, np.inf
    weights = [[1, 0, nan, 1, inf, 1, 0], [0, 0, 1, nan, 1, 1, 2]]
    segments, widths = drawn_lines(weights, [0.5, 1, 0, 0, 0, nan, 100], [1, 9, 9, 9, 9, 9, 9])
    assert len(segments) == len(widths) == 1 and np.array(segments[0])[:, 0] == pytest.approx([-0.5] * 2)
    assert drawn_lines([[], []], [], [])[0] == []


def test_a_line_is_wider_and_darker_the_more_its_unit_counts():
    _, widths = drawn_lines([[1, 1, 1, 0], [0, 1, 2, 0]], [0.1, 0.2, 0.3, 0], [0.0, 1.0, 4.0, 2.0])
    assert widths == pytest.approx([0.3, 0.3 + 2.2 / 64, 2.5])
    (collection,) = bare()["lines"].artists
    assert collection.get_colors()[:, 3] == pytest.approx([0.3, 0.3 + 0.5 / 64, 0.8])
    _, widths = drawn_lines([[0, 1, 1], [0, 1, 2]], [1, 0.2, 0.3], [4.0, 1.0, 2.0])
    assert widths == pytest.approx([0.3 + 2.2 / 64, 0.3 + 2.2 / 8]), "each keeps its own"
    _, widths = drawn_lines([[1, 1], [0, 1]], [0, 0], [0.0, 0.0])
    assert widths == pytest.approx([0.3, 0.3])


def test_the_lines_are_those_of_the_network_and_can_be_hidden():
    state = on(begun(hidden=12), batch_size=10, pace="epoch")
    W1, b1, W2, _ = state["params"]
    patch = shown(state, lines=True)["lines"]
    assert (patch["weights"] == W1).all() and (patch["biases"] == b1).all()
    assert patch["counts"] == pytest.approx([abs(one - other) for one, other in W2.tolist()])
    assert (
        len(drawn_lines(*patch.values())[0]) > 3 and drawn_lines(*shown(state, lines=False)["lines"].values())[0] == []
    )


# -- the curves -------------------------------------------------------------------------------------------------------


def test_long_curves_are_thinned_without_losing_the_first_and_the_last():
    state = begun(n=20, hidden=1, data="blobs")
    seen = {state["now"]["time"]: dict(state["now"])}
    for _ in range(900):
        state = on(state, batch_size=10, pace="update")
        seen[state["now"]["time"]] = dict(state["now"])
        curves, now = state["curves"], state["now"]
        assert len({len(values) for values in curves.values()}) == 1 and len(curves["time"]) <= 402
        assert curves["time"][0] == 0 and curves["time"][-1] == now["time"]
    assert len(seen) == 901 and now["time"] == 450 and len(curves["time"]) > 200 and np.diff(curves["time"]).max() < 4.5
    for place, time in enumerate(curves["time"]):
        assert {name: values[place] for name, values in curves.items()} == seen[time]


ENDS = {0: 10, 0.3: 10, 10: 10, 10.5: 20, 20: 20, 21: 50, 50: 50, 51: 100, 100: 100, 101: 200, 4999: 5000}


@pytest.mark.parametrize(("time", "end"), ENDS.items())
def test_the_time_axis_ends_at_1_2_or_5_times_a_power_of_ten(time, end):
    state = begun()
    times = np.array([0.0, time / 4, time])
    curves = {name: np.array([0.5, 0.25, 0.75]) for name in state["curves"]} | {"time": times}
    patch = shown({**state, "curves": curves, "now": {**state["now"], "time": time}})
    assert patch["last"]["texts"] == 2 * [f"{end / 2:g}", f"{end}"]
    for name in ("loss", "test loss", "accuracy", "test accuracy"):
        places, values = patch[name]["data"]
        assert places == pytest.approx(times / end) and list(values) == [0.5, 0.25, 0.75]


def test_train_and_test_look_different_and_not_like_a_class():
    state = on(begun(), batch_size=10, pace="ten")
    patch, (_, parts) = shown(state), playground_figure()
    looks = {}
    for name in ("loss", "test loss", "accuracy", "test accuracy"):
        assert list(patch[name]["data"][1]) == list(state["curves"][name])
        assert (parts[name].axes is parts["loss"].axes) == name.endswith("loss")
        looks[name] = to_rgb(parts[name].get_color()), parts[name].get_linestyle()
    assert looks["loss"] == looks["accuracy"] != looks["test loss"] == looks["test accuracy"]
    assert not {to_rgb(ORANGE), to_rgb(BLUE)} & {colour for colour, _ in looks.values()}


# -- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", list(HIDDEN))
@pytest.mark.parametrize("rate", [10.0, 1e150])
def test_what_diverges_is_stopped_and_told_without_a_warning(activation, rate):
    picture = Picture(*playground_figure())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for (size, n), pace, scale in itertools.product(((1, 30), (400, 60)), ("update", "ten"), (1.0, 8.0)):
            state = begun(activation=activation, scale=scale, n=n, data="XOR")
            for _ in range(3):
                following = on(state, rate=rate, batch_size=size, pace=pace)
                if following is None:
                    break
                assert not state["diverged"], "it goes on only while it has not diverged"
                state = following
                patch = shown(state)
                patch.pop("readout")
                far = not all((np.abs(param) < 1e6).all() for param in state["params"])
                assert state["diverged"] == far == ("diverged" in sentence(state))
                if far:
                    assert on(state, rate=rate, batch_size=size, pace=pace) is None
                assert np.isfinite(patch["plane"]["shares"]).all()
            picture.move(patch)
            assert rate < 1e9 or state["diverged"], "a rate as large as that is found out"


def test_dead_relus_are_counted():
    state = begun(activation="relu", hidden=6, n=20)
    (x, _), _ = state["points"]
    W1 = np.array([[1.0, 0, 0, 0, 1, -2], [0, 1, 0, 0, 1, 3]])
    b1 = np.array([0.0, -5, 0, 0.1, -0.5, -40])
    dead = sum(not any(W1[0, h] * one + W1[1, h] * other + b1[h] > 0 for one, other in x.tolist()) for h in range(6))
    assert dead == 3, "one is below 0 everywhere, one 0, one far away"
    state = {**state, "params": [W1, b1, *state["params"][2:]]}
    assert shown(state)["readout"]["dead"] == 3 and "3 of 6" in sentence({**state, "updates": 1})
    assert shown({**begun(hidden=6), "params": state["params"]})["readout"]["dead"] == 0, "tanh"
    alive = {**state, "params": [np.eye(2, 6) + np.eye(2, 6, 2), np.ones(6), *state["params"][2:]]}
    assert shown(alive)["readout"]["dead"] == 0


def line_of(state):
    return shown(state)["readout"]["line"]


def test_the_sentence_says_what_matters():
    assert line_of(begun(scale=8.0)) == "confident" and begun(scale=8.0)["now"]["loss"] > 1
    assert line_of(begun(scale=0.0)) == "all zero" and begun(scale=0.0)["now"]["loss"] == pytest.approx(np.log(2))
    assert line_of(begun(scale=0.5)) == line_of(on(begun(), batch_size=10, pace="ten")) == "learning"
    assert line_of(played("η too large", 20)) == "overshoots"
    assert line_of(played("symmetric start", 20)) == "alike"
    late = shown(played("overfitting", 200))["readout"]
    assert late["line"] == "overfits" and (late["best"], late["least"]) == (10, pytest.approx(0.479, abs=0.001))


# -- the buttons ------------------------------------------------------------------------------------------------------


def played(name, epochs, **values):
    """The state so many epochs after a button; a larger pace is faster and ends in the same place."""
    values = {**DEMO.presets[name], **values}
    quick, rest = divmod(epochs, 10)
    assert rest == 0
    state, _ = walked(DEMO, quick, **{**values, "pace": "ten"})
    assert state["now"]["time"] == epochs or state["diverged"]
    return state


def test_too_few_units_stay_between_80_and_88_percent():
    state = played("too few units", 100)
    assert 0.80 <= state["now"]["accuracy"] <= 0.88 and 0.78 <= state["now"]["test accuracy"] <= 0.88
    assert played("too few units", 50, hidden=4)["now"]["accuracy"] > 0.97


def test_loss_and_accuracy_jump_with_a_learning_rate_that_is_too_large():
    curves = walked(DEMO, 40, **DEMO.presets["η too large"])[0]["curves"]
    assert np.median(curves["loss"][1:]) > 5 > curves["loss"][0], "larger than at the start"
    assert np.abs(np.diff(curves["accuracy"][2:])).max() > 0.1 and curves["accuracy"][1:].max() < 0.95
    assert played("η too large", 50, rate=0.1)["now"]["accuracy"] >= 0.97


def test_9_of_10_relus_die_and_stay_dead():
    state = played("dead ReLUs", 30)
    dead = [shown(walked(DEMO, steps, **DEMO.presets["dead ReLUs"])[0])["readout"]["dead"] for steps in (0, 1, 2)]
    assert [*dead, shown(state)["readout"]["dead"]] == [0, 8, 9, 9] and state["now"]["accuracy"] < 0.7
    later = call(DEMO.advance, {**DEMO.beginning, **DEMO.presets["dead ReLUs"], "rate": 0.1, "pace": "ten"}, state)
    assert shown(later)["readout"]["dead"] >= shown(state)["readout"]["dead"], "a smaller rate brings none back"
    gentle = played("dead ReLUs", 60, rate=0.1)
    assert shown(gentle)["readout"]["dead"] == 1 and gentle["now"]["accuracy"] == 1


def test_units_that_begin_alike_stay_copies_of_each_other():
    state = played("symmetric start", 30)
    W1, b1, W2, _ = state["params"]
    assert W1 == pytest.approx(np.tile(W1[:, :1], 10), abs=1e-9) and np.abs(W1).max() > 1e-3
    assert b1 == pytest.approx(np.full(10, b1[0]), abs=1e-9) and W2 == pytest.approx(np.tile(W2[:1], (10, 1)), abs=1e-9)
    with_others = played("symmetric start", 30, scale=1.0)["params"][0]
    assert np.abs(with_others - with_others[:, :1]).max() > 0.1


def test_units_that_begin_alike_draw_one_line_and_that_is_not_enough():
    alike, each_its_own = (played("symmetric start", 100, scale=scale) for scale in (0.0, 1.0))
    W1, b1, *_ = alike["params"]
    frame = np.array([[x, y] for x in (-1, 1) for y in (-1, 1)])
    assert len(set(np.sign(frame @ W1[:, 0] + b1[0]))) == 2, "the line parts the corners of the picture"
    assert 0.88 < alike["now"]["accuracy"] < 0.92 and each_its_own["now"]["accuracy"] == 1


def test_all_right_on_train_while_the_test_loss_rises():
    state, _ = walked(DEMO, 100, **DEMO.presets["overfitting"])
    curves = state["curves"]
    assert state["now"]["time"] == 1000 and state["now"]["accuracy"] == 1 and state["now"]["test accuracy"] < 0.95
    assert curves["test loss"][-1] > 2 * curves["test loss"].min() and curves["time"][curves["test loss"].argmin()] < 50
    late = curves["test loss"][20:]
    assert (np.diff(late) > 0).all() and (np.diff(curves["loss"][20:]) < 0).all()


@pytest.mark.parametrize(("seed", "epochs"), {0: 68, 1: 74, 2: 82}.items())
def test_the_spirals_are_untangled_also_for_points_that_were_not_seen(seed, epochs):
    """In less than 10 seconds of play, with 10 steps a second."""
    state, _ = walked(DEMO, epochs, **{**DEMO.presets["spirals"], "seed": seed})
    assert state["now"]["test accuracy"] >= 0.95 and len(state["points"][1][1]) == 400


def test_straight_layers_cannot_untangle_spirals():
    state = played("spirals", 20, activation="identity")
    assert state["diverged"] or 0.4 < state["now"]["accuracy"] < 0.7


def test_the_buttons_set_every_control_that_training_needs():
    needed = set(DEMO.presets["spirals"])
    assert {name for preset in DEMO.presets.values() for name in preset} == needed
    assert all(set(preset) == needed for preset in DEMO.presets.values())
    assert needed == set(DEMO.controls) - {"lines", "code", "formula", "brush", "cells"}
