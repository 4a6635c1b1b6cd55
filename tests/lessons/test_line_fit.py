"""Lesson 5's line fit: in fog, with gradients that are right on average, and with mini-batches, worked out in plain Python."""

import math

import pytest
from by_hand import slopes
from lesson_reader import numbers_in, said_by, walked

from nnlessons.gradient_descent import demos, line_fit
from nnlessons.live.scene import Scene

x, t = (numbers.tolist() for numbers in demos.some_samples())
ALL = range(100)


def loss(w, b, chosen=ALL):
    """Half the mean of the squared errors."""
    return sum((w * x[n] + b - t[n]) ** 2 for n in chosen) / len(chosen) / 2


def gradient(w, b, chosen=ALL):
    """By nudging w and b."""
    place = [[w, b]]
    return slopes(lambda: loss(*place[0], chosen), place)[0]


def descend(w, b, rate, steps):
    for _ in range(steps):
        dw, db = gradient(w, b)
        w, b = w - rate * dw, b - rate * db
    return w, b


@pytest.mark.parametrize("chosen", [ALL, [3, 50, 51, 99], [7]])
def test_loss_and_gradient_are_those_of_half_the_mean_square(chosen):
    assert line_fit.loss(0.7, -0.2) == pytest.approx(loss(0.7, -0.2))
    assert line_fit.gradient_at((0.7, -0.2), list(chosen)) == pytest.approx(gradient(0.7, -0.2, chosen), abs=1e-8)


def test_at_the_lowest_loss_the_gradient_is_0():
    assert gradient(*line_fit.BEST) == pytest.approx([0, 0], abs=1e-8)
    assert line_fit.LOWEST == pytest.approx(loss(*line_fit.BEST))


# -- down in fog ------------------------------------------------------------------------------------------------------


def test_a_step_in_fog_goes_three_tenths_of_the_arrow_downhill():
    scene = Scene(demos.in_fog)
    scene.move({**demos.in_fog.beginning, "slope": True})
    dw, db = gradient(-1.0, 2.5)
    assert numbers_in(scene.text)[-2:] == pytest.approx([-dw, -db], abs=0.0051)
    assert scene.text.endswith("raise w, lower b.") and dw < 0 < db
    for steps in (1, 2, 3):
        scene.step_forward()
        w, b = descend(-1.0, 2.5, 0.3, steps)
        assert numbers_in(scene.text) == pytest.approx([steps, w, b, loss(-1.0, 2.5), loss(w, b)], abs=0.0051)


@pytest.mark.parametrize("w, b", [(-2.0, -2.0), (-2.0, 4.0), (4.0, -2.0), (4.0, 4.0), (1.5, 0.5)])
def test_a_descent_in_fog_settles_at_the_lowest_loss(w, b):
    path, text = walked(demos.in_fog, 60, w=w, b=b)
    assert len(path) < 50 and "Settled" in text
    assert numbers_in(text)[-1] == pytest.approx(loss(*path[-1]) - loss(*line_fit.BEST), abs=5.1e-5)
    assert loss(*path[-1]) < loss(*line_fit.BEST) + 0.0005


def test_the_stops_of_the_sliders_reach_what_counts_as_found():
    assert "Found it!" in walked(demos.in_fog, 0, w=1.5, b=0.5)[1]
    assert "Found" not in walked(demos.in_fog, 0, w=1.2, b=0.5)[1]


# -- right on average -------------------------------------------------------------------------------------------------


def differences(w, b):
    """How far the gradient of each sample is from that of all, typically: a root mean square."""
    whole = gradient(w, b)
    return math.sqrt(sum(math.dist(gradient(w, b, [n]), whole) ** 2 for n in ALL) / 99)


@pytest.mark.parametrize("place, at", [("start", (0.0, 0.0)), ("bottom", tuple(line_fit.BEST))])
def test_mini_batches_are_right_on_average_and_spread_less_the_larger(place, at):
    one = differences(*at)
    for size in (1, 4, 16, 64):
        text = said_by(demos.right_on_average, place=place, batch_size=size, count=1000)
        _, *whole, count, shown_size, mean_w, mean_b, spread = numbers_in(text)
        expected = one * math.sqrt((1 - size / 100) / size)  # without putting back
        assert (count, shown_size) == (1000, size) and spread == pytest.approx(expected, rel=0.06, abs=0.005)
        assert whole == pytest.approx([-slope for slope in gradient(*at)], abs=0.0051)
        assert math.dist((mean_w, mean_b), whole) < 3 * expected / math.sqrt(1000) + 0.01


def test_a_mini_batch_has_each_sample_at_most_once_and_more_of_them_go_on():
    values = {**demos.right_on_average.beginning, "count": 10, "batch_size": 16}
    few = demos.right_on_average.update(**values)
    many = demos.right_on_average.update(**{**values, "count": 100})
    marked = set(zip(*(numbers.tolist() for numbers in few["batch"]["data"]), strict=True))
    assert len(marked) == 16 and marked <= set(zip(x, t, strict=True))
    assert few["tips"]["data"] == pytest.approx(many["tips"]["data"][:, :10])
    chosen = [n for n in ALL if (x[n], t[n]) in marked]
    assert few["its tip"]["data"][:, 0] == pytest.approx([-slope for slope in gradient(0.0, 0.0, chosen)], abs=1e-8)


# -- mini-batches -----------------------------------------------------------------------------------------------------


def test_the_phases_pick_find_the_gradient_and_step():
    scene = Scene(demos.batches)
    place = tuple(scene.timeline.state["path"][-1])
    for phase in ("pick 10 of the 100", "the gradient of the mini-batch", "After 1 update", "Update 2: pick 10"):
        scene.step_forward()
        assert phase in scene.text
        state = scene.timeline.state
        if phase.startswith("pick"):
            chosen = state["chosen"].tolist()
            assert len(set(chosen)) == 10
        if phase.startswith("the gradient"):
            said = [1, *gradient(*place, chosen), 100, *gradient(*place)]
            assert numbers_in(scene.text) == pytest.approx(said, abs=0.0051)
        if phase.startswith("After"):
            expected = [w - 0.3 * slope for w, slope in zip(place, gradient(*place, chosen), strict=True)]
            assert state["path"][-1] == pytest.approx(expected)
    assert scene.timeline.step == 4


def test_all_samples_take_the_same_path_each_time_and_few_another():
    def paths(size):
        return [walked(demos.batches, 45, batch_size=size, seed=seed)[0]["path"] for seed in (0, 1)]

    same, other = paths(100), paths(1)
    assert same[0] == pytest.approx(same[1]) and other[0] != pytest.approx(other[1])
    losses = [loss(*path[0][-1]) for path in (same, other)]
    assert losses[0] < losses[1] < loss(*same[0][0]), "both lead down, the noisy one less far"
