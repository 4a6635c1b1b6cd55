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
from nnlessons.live.calls import call
from nnlessons.live.picture import Picture
from nnlessons.live.scene import say
from nnlessons.training import playground
from nnlessons.training.playground_figure import CELLS, SIDE, playground_figure
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
    return np.random.default_rng((seed, epoch)).permutation(n)


def batches(seed, n, size, epochs):
    """The samples of each update, epoch after epoch; the last of an epoch may be fewer."""
    return [rows for epoch in range(epochs) for rows in in_batches(order(seed, epoch, n), size)]


def check_params(state, expected):
    for param, other in zip(state["params"], expected, strict=True):
        assert param.shape == other.shape and param == pytest.approx(other, rel=1e-9, abs=1e-12)


# -- points -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(playground.DATA))
def test_the_points_are_the_named_ones_and_400_others_test_the_net(name):
    make = getattr(datasets, name.lower())
    (x, t), (x_test, t_test) = begun(data=name, n=20, noise=0.2, seed=3)["points"]
    for found, expected in zip((x, t), make(20, noise=0.2, seed=3), strict=True):
        assert np.array_equal(found, expected)
    for found, expected in zip((x_test, t_test), make(400, noise=0.2, seed=1003), strict=True):
        assert np.array_equal(found, expected)
    assert not {tuple(point) for point in x} & {tuple(point) for point in x_test}


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
        words = (
            f"Epoch {steps}, update {6 * steps}. Loss: train {now['loss']:.3f}, test {now['test loss']:.3f}. Accuracy: "
        )
        words += f"train {100 * now['accuracy']:.1f} %, test {100 * now['test accuracy']:.1f} %."
        assert sentence(state).startswith(words)
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
    assert shares.ravel() == pytest.approx(probabilities(state["params"], cells, activation)[:, 1])


def pixel_at(picture, axes, x, y):
    """The painted colour at a place of the axes: three numbers from 0 to 255."""
    pixels = picture.pixels()
    column, above = axes.transData.transform((x, y))
    return pixels[int(pixels.shape[0] - above), int(column), :3].astype(int)


def painted(share):
    """The colour of a probability: orange for 0, white for a half, blue for 1, at most 55 % of it."""
    strength = 0.55 * abs(2 * share - 1)
    colour = np.array(to_rgb(BLUE if share > 0.5 else ORANGE))
    return 255 * (1 - strength + strength * colour)


def test_each_cell_is_painted_at_its_place_in_its_colour():
    rng = np.random.default_rng(0)
    shares = rng.uniform(size=(CELLS, CELLS))
    figure, parts = playground_figure(np.empty((0, 2)), np.empty(0, int))
    picture = Picture(figure, parts)
    picture.move({"plane": {"shares": shares}})
    for row, column in itertools.product(range(2, 98, 5), range(2, 98, 7)):
        found = pixel_at(picture, parts["plane"].axes, PLACES[column], PLACES[row])
        assert found == pytest.approx(painted(shares[row, column]), abs=2), (row, column)
    assert (picture.pixels() == picture.redrawn()).all()


def test_the_points_are_drawn_where_they_are_class_0_orange_class_1_blue():
    x, t = datasets.moons(20, seed=1)
    _, parts = playground_figure(x, t)
    zero, one = [line for line in parts["plane"].axes.lines if len(line.get_xdata()) > 2]
    for line, label, colour in ((zero, 0, ORANGE), (one, 1, BLUE)):
        assert np.array_equal(np.column_stack(line.get_data()), x[t == label])
        assert to_rgb(line.get_color()) == to_rgb(colour)


# -- the lines --------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1)
def bare():
    """The parts of a picture without points."""
    return playground_figure(np.empty((0, 2)), np.empty(0, int))[1]


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


def test_a_line_is_as_wide_as_its_unit_counts():
    _, widths = drawn_lines([[1, 1, 1, 0], [0, 1, 2, 0]], [0.1, 0.2, 0.3, 0], [0.0, 1.0, 4.0, 2.0])
    assert widths == pytest.approx([0.4, 0.4 + 3.6 / 4, 4.0])
    _, widths = drawn_lines([[0, 1, 1], [0, 1, 2]], [1, 0.2, 0.3], [4.0, 1.0, 2.0])
    assert widths == pytest.approx([0.4 + 3.6 / 4, 0.4 + 3.6 / 2]), "each keeps its own"
    _, widths = drawn_lines([[1, 1], [0, 1]], [0, 0], [0.0, 0.0])
    assert widths == pytest.approx([0.4, 0.4])


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
    assert patch["last"]["texts"] == [f"{end / 2:g}", f"{end}"]
    for name in ("loss", "test loss", "accuracy", "test accuracy"):
        places, values = patch[name]["data"]
        assert places == pytest.approx(times / end) and list(values) == [0.5, 0.25, 0.75]


def test_train_and_test_look_different_and_not_like_a_class():
    state = on(begun(), batch_size=10, pace="ten")
    patch, (_, parts) = shown(state), playground_figure(*state["points"][0])
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
    picture = Picture(*playground_figure(*begun()["points"][0]))
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
    assert shown(state)["readout"]["dead"] == 3 and re.search(r"\b3 of 6 units", sentence(state))
    assert "Dead" not in sentence({**state, "activation": "tanh"})
    assert "Dead" not in sentence(
        {**state, "params": [np.eye(2, 6) + np.eye(2, 6, 2), np.ones(6), *state["params"][2:]]}
    )


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


def test_at_least_6_of_10_relus_die_and_stay_dead():
    state = played("dead ReLUs", 30)
    assert shown(state)["readout"]["dead"] >= 6
    assert shown(walked(DEMO, 1, **DEMO.presets["dead ReLUs"])[0])["readout"]["dead"] == 9
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


@pytest.mark.parametrize(("seed", "epochs"), [(0, 240), (1, 240), (2, 300)])
def test_the_spirals_are_untangled_also_for_points_that_were_not_seen(seed, epochs):
    state = played("spirals", epochs, seed=seed)
    assert state["now"]["test accuracy"] > 0.95 and len(state["points"][1][1]) == 400


def test_straight_layers_cannot_untangle_spirals():
    state = played("spirals", 20, activation="identity")
    assert state["diverged"] or 0.4 < state["now"]["accuracy"] < 0.65


def test_the_buttons_set_every_control_that_training_needs():
    needed = set(DEMO.presets["spirals"])
    assert {name for preset in DEMO.presets.values() for name in preset} == needed
    assert all(set(preset) == needed for preset in DEMO.presets.values())
    assert needed == set(DEMO.controls) - {"lines"}
