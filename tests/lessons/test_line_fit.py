"""Lesson 5's line fit: in fog, with gradients that are right on average, and with mini-batches, worked out in plain Python."""

import math

import pytest
from by_hand import slopes
from lesson_reader import numbers_in, said_by, walked, written

from nnlessons.gradient_descent import demos, line_fit
from nnlessons.live.calls import call
from nnlessons.live.scene import Scene

TEXT = written("05_gradient_descent")
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


def lowest_place():
    """The (w, b) where both slopes are 0: two equations."""
    mx, mt = sum(x) / 100, sum(t) / 100
    w = sum((u - mx) * (v - mt) for u, v in zip(x, t, strict=True)) / sum((u - mx) ** 2 for u in x)
    return w, mt - w * mx


def test_the_lowest_loss_is_where_the_text_and_the_map_have_it():
    assert "The lowest loss is 0.169, near $w = 1.5$ and $b = 0.5$." in TEXT
    assert "The height is half the mean of the squared errors." in TEXT
    assert len(x) == len(t) == 100 and "Here's the line through 100 points again." in TEXT
    w, b = lowest_place()
    assert round(loss(w, b), 3) == 0.169 and math.dist((w, b), (1.5, 0.5)) < 0.1
    assert tuple(line_fit.BEST) == pytest.approx((w, b)) and pytest.approx(loss(w, b)) == line_fit.LOWEST


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


def test_the_machine_needs_some_40_steps_to_the_lowest_loss():
    assert "The machine needs about 40 steps, and like you, it never sees the landscape." in TEXT
    places = [(-1.0, 2.5)]
    while len(places) == 1 or math.dist(*places[-2:]) >= 0.003:  # as long as it's seen to move
        places.append(descend(*places[-1], 0.3, 1))
    steps = len(places) - 1
    scene = Scene(demos.in_fog)
    while scene.step_forward():
        pass
    assert scene.timeline.step == steps == numbers_in(scene.text)[0] and 38 <= steps <= 42
    above = loss(*places[-1]) - loss(*lowest_place())
    assert numbers_in(scene.text)[1:] == pytest.approx([*places[-1], 0.169, above], abs=0.0051) and above < 0.0005


@pytest.mark.parametrize(("w", "b"), [(-2.0, -2.0), (-2.0, 4.0), (4.0, -2.0), (4.0, 4.0), (1.5, 0.5)])
def test_a_descent_in_fog_settles_at_the_lowest_loss(w, b):
    path, text = walked(demos.in_fog, 60, w=w, b=b)
    assert len(path) < 50 and "Settled" in text
    assert numbers_in(text)[-1] == pytest.approx(loss(*path[-1]) - loss(*lowest_place()), abs=5.1e-5)
    assert loss(*path[-1]) < loss(*lowest_place()) + 0.0005


def test_the_stops_of_the_sliders_reach_what_counts_as_found():
    assert "Found it!" in walked(demos.in_fog, 0, w=1.5, b=0.5)[1]
    assert "Found" not in walked(demos.in_fog, 0, w=1.2, b=0.5)[1]


# -- right on average -------------------------------------------------------------------------------------------------


def differences(w, b):
    """How far the gradient of each sample is from that of all, typically: a root mean square."""
    whole = gradient(w, b)
    return math.sqrt(sum(math.dist(gradient(w, b, [n]), whole) ** 2 for n in ALL) / 99)


@pytest.mark.parametrize(("place", "at"), [("start", (0.0, 0.0)), ("bottom", lowest_place())])
def test_mini_batches_are_right_on_average_and_spread_less_the_larger(place, at):
    one, clouds = differences(*at), []
    for size in (1, 4, 16, 64):
        text = said_by(demos.right_on_average, place=place, batch_size=size, count=1000)
        _, *whole, count, shown_size, mean_w, mean_b, spread = numbers_in(text)
        expected = one * math.sqrt((1 - size / 100) / size)  # without putting back
        assert (count, shown_size) == (1000, size) and spread == pytest.approx(expected, rel=0.06, abs=0.005)
        assert whole == pytest.approx([-slope for slope in gradient(*at)], abs=0.0051)
        assert math.dist((mean_w, mean_b), whole) < 3 * expected / math.sqrt(1000) + 0.01
        clouds.append(spread)
    assert "It shrinks, to about half its size each time. Four times the samples, half the noise." in TEXT
    assert [clouds[k + 1] / clouds[k] for k in (0, 1)] == pytest.approx([0.5, 0.5], abs=0.07)


def clouds_of(**values):
    return [
        call(demos.right_on_average.update, {**demos.right_on_average.beginning, **values, "seed": k})
        for k in range(20)
    ]


def test_the_diamond_settles_on_the_tip_of_the_thick_arrow():
    assert "Raise the number of mini-batches, from 1 to 1,000." in TEXT
    assert "It settles on the tip of the thick arrow." in TEXT
    away = []
    for count in (1, 10, 100, 1000):
        for patch in (patches := clouds_of(count=count, batch_size=1)):
            assert patch["mean"]["data"] == pytest.approx(patch["tips"]["data"].mean(axis=1, keepdims=True))
            assert patch["whole"]["xy"][3] == pytest.approx([-slope for slope in gradient(0.0, 0.0)], abs=1e-8)
        assert len(patches[0]["shafts"]["segments"]) == (count if count < 1000 else 0) and "(With 1,000 of them" in TEXT
        away.append(sum(math.dist(patch["mean"]["data"][:, 0], patch["whole"]["xy"][3]) for patch in patches) / 20)
    assert away[0] > 2 * away[1] > 4 * away[2] > 8 * away[3] and away[3] < 0.05


def test_at_the_lowest_loss_each_mini_batch_goes_in_a_direction_of_its_own():
    assert 'All samples together say "stay". A single mini-batch still says "go"' in TEXT
    (patch, *_), (w, b) = clouds_of(place="bottom", batch_size=4, count=1000), lowest_place()
    angles = [math.atan2(dy, dx) for dx, dy in (patch["tips"]["data"].T - (w, b)).tolist()]
    quarters = [math.floor(angle / (math.pi / 2)) for angle in angles]
    assert all(quarters.count(quarter) > 150 for quarter in (-2, -1, 0, 1))
    assert "−gradient = (0.00, 0.00)" in said_by(demos.right_on_average, place="bottom")


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


def updates(count, state=None, **values):
    """The state after so many updates, of three phases each."""
    values = {**demos.batches.beginning, **values}
    state = state or call(demos.batches.start, values)
    for _ in range(3 * count):
        state = call(demos.batches.advance, values, state)
    return state


def trembling(path):
    """How far the places are from the lowest loss, on average."""
    return sum(math.dist(place, lowest_place()) for place in path.tolist()) / len(path)


def test_an_update_takes_three_presses():
    assert "An update here takes three presses of *step ▶*" in TEXT
    assert [len(updates(count)["path"]) for count in (0, 1, 7)] == [1, 2, 8]
    assert walked(demos.batches, 3)[0]["k"] == 1


def test_the_two_arrows_agree_far_from_the_bottom_and_not_close_to_it():
    assert "Far from the bottom they agree roughly. Close to it, the full gradient is small" in TEXT
    turned = {}
    for name, (w, b) in {"far": (-1.4, 1.2), "close": [each + 0.05 for each in lowest_place()]}.items():
        whole, off = gradient(w, b), 0
        for seed in range(20):
            dw, db = gradient(w, b, updates(1, batch_size=10, seed=seed)["chosen"].tolist())
            off += abs(math.remainder(math.atan2(db, dw) - math.atan2(whole[1], whole[0]), 2 * math.pi)) / 20
        turned[name] = math.degrees(off)
    assert turned["far"] < 25 and turned["close"] > 40


def test_with_all_samples_the_path_is_smooth_and_with_one_it_staggers():
    assert "With 100 the path is smooth, with 10 it trembles, and with 1 it staggers." in TEXT
    smooth, trembles, staggers = ([updates(100, batch_size=B, seed=k)["path"] for k in range(3)] for B in (100, 10, 1))
    assert smooth[0] == pytest.approx(smooth[1]) and trembles[0] != pytest.approx(trembles[1])
    assert smooth[0][30].tolist() == pytest.approx(descend(-1.4, 1.2, 0.3, 30), abs=1e-6)
    for one, few, all_of_them in zip(staggers, trembles, smooth, strict=True):
        assert trembling(one[50:]) > 2 * trembling(few[50:]) > 10 * trembling(all_of_them[50:])
        assert loss(*one[-1]) < loss(-1.4, 1.2) / 2, "it leads down, too"


def test_a_smaller_learning_rate_gets_closer_and_trembles_less():
    assert "let it run for some 40 updates, pause, and change η from 0.3 to 0.03." in TEXT
    assert "It gets closer and trembles less." in TEXT
    before, closer, as_far, steps = [], [], [], []
    for seed in range(20):
        state = updates(40, batch_size=1, seed=seed)
        small, large = (updates(60, state, batch_size=1, rate=rate)["path"][-20:] for rate in (0.03, 0.3))
        before.append(trembling(state["path"][-1:]))
        closer.append(trembling(small))
        as_far.append(trembling(large))
        steps.append([sum(math.dist(*two) for two in zip(path, path[1:], strict=False)) for path in (small, large)])
    assert before[0] > 2 * closer[0], "with the seed that the reader has at first"
    assert sum(as_far) > 0.9 * sum(before) > 1.5 * sum(closer)
    assert all(one < other / 5 for one, other in steps)
