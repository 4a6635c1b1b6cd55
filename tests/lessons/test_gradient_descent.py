"""Lesson 5: every number that it names, worked out with plain Python; and what its demos say, also where a path diverges."""

import math

import numpy as np
import pytest
from by_hand import cross_entropy, each, moved_by, product, slope, softmax, transposed
from lesson_reader import numbers_in, printed, walked

from nnlessons.gradient_descent import demos, exercises, net
from nnlib import numerical_gradient, softmax_cross_entropy

OUT = printed("05_gradient_descent")


def state_after(demo, steps, **values):
    return walked(demo, steps, **values)[0]


def descend(slope, x, rate, steps):
    for _ in range(steps):
        x -= rate * slope(x)
    return x


def parabola(x):
    return 2 * x


def two_valleys(x):
    return x**3 / 4 - x + 0.3


# -- what the lesson prints -------------------------------------------------------------------------------------------


def test_five_steps_on_the_bowl_by_hand():
    x = -3.0
    for step, line in enumerate(OUT["five-steps"].splitlines(), 1):
        slope, x = 2 * x, x - 0.1 * 2 * x
        assert line == f"step {step}: slope {slope:6.3f}, move {-0.1 * slope:5.3f}, x = {x:.3f}"
    assert step == 5 and round(-0.1 * slope, 3) == 0.246


def test_three_learning_rates_from_minus_3_and_4():
    small, right, large = OUT["three-rates"].splitlines()
    for line, rate in ((small, 1e-10), (right, 0.1), (large, 10.0)):
        one, hundred = line.split("after 1 step")[1].split(", after 100")
        factor = 1 - 2 * rate
        assert numbers_in(one) == pytest.approx([-3 * factor, 4 * factor], rel=1e-6)
        shown = [float(word) for word in hundred.strip(" []").split()]
        assert shown == pytest.approx([-3 * factor**100, 4 * factor**100], rel=1e-6)
    assert "e-10" in right and len(str(19**100)) == 128


def test_the_gradient_of_the_small_net_entry_by_entry():
    x, W = [0.6, 0.9], [[0.5, -0.2, 0.1], [-0.3, 0.4, 0.8]]
    t = [[1, 0, 0]]
    y = softmax(product([x], W))
    errors = each(lambda y, t: y - t, y, t)
    gradient = product(transposed([x]), errors)
    first, *rows, last = OUT["net-gradient"].splitlines()
    assert [round(error, 3) for error in errors[0]] == [-0.770, 0.284, 0.487]
    *outputs, loss = numbers_in(first)
    assert outputs == pytest.approx(y[0], abs=5.1e-4) and loss == pytest.approx(cross_entropy(y, t)[0][0], abs=5.1e-5)
    assert numbers_in(" ".join(rows)) == pytest.approx([*gradient[0], *gradient[1]], abs=5.1e-4)
    assert [row / other for row, other in zip(gradient[1], gradient[0], strict=True)] == pytest.approx([1.5] * 3)
    after = cross_entropy(softmax(product([x], moved_by(W, gradient, 1))), t)
    assert numbers_in(last) == pytest.approx(after[0], abs=5.1e-5)
    assert net.gradient_of_net(np.array(W), 0) == pytest.approx(np.array(gradient))


def test_four_times_the_samples_halve_the_spread():
    spreads = {int(line[4:7]): float(line.split()[-1]) for line in OUT["noise"].splitlines()}
    x, t = demos.some_samples()
    slopes = [-tt * xx for xx, tt in zip(x.tolist(), t.tolist(), strict=True)]
    mean = sum(slopes) / 100
    variance = sum((slope - mean) ** 2 for slope in slopes) / 99
    for size, spread in spreads.items():
        expected = math.sqrt(variance / size * (100 - size) / 100)  # without putting back
        assert spread == pytest.approx(expected, rel=0.12, abs=1e-3)
    assert list(spreads) == [1, 4, 16, 100] and spreads[100] == 0
    rng = np.random.default_rng(0)
    for size, spread in spreads.items():  # and drawn as the lesson draws them
        drawn = [sum(slopes[n] for n in rng.choice(100, size, replace=False).tolist()) / size for _ in range(500)]
        assert f"{spread:.3f}" == f"{math.sqrt(sum((one - mean) ** 2 for one in drawn) / 500):.3f}"


# -- on a curve -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("curve", list(demos.CURVES))
def test_each_curve_has_the_slope_that_is_said(curve):
    f, derivative, _ = demos.CURVES[curve]
    for x in (-4.0, -1.3, 0.2, 2.5):
        assert derivative(x) == pytest.approx(slope(f, x), abs=1e-6)


def test_steps_go_against_the_slope_times_the_learning_rate():
    _, text = walked(demos.on_a_curve, 6, start=-3.0, rate=0.1)
    assert text.startswith(f"Step 6: x = {descend(parabola, -3, 0.1, 6):.4g}".replace("-", "\N{MINUS SIGN}"))
    slope = 2 * descend(parabola, -3, 0.1, 6)
    assert f"The slope is {slope:.3g}, so the next move is".replace("-", "\N{MINUS SIGN}") in text
    assert text.endswith(f"= {-0.1 * slope:.3g}.")


def test_where_a_descent_ends_depends_on_where_it_begins():
    for start, end in ((4.0, 1.83), (0.0, -2.14), (-4.0, -2.14)):
        expected = descend(two_valleys, start, 0.1, 100)
        assert round(expected, 2) == end
        state, text = walked(demos.on_a_curve, 200, curve="two valleys", start=start, rate=0.1)
        assert state[-1] == pytest.approx(expected) and len(state) == 101
    f = demos.CURVES["two valleys"][0]
    assert f(-2.14) < f(1.83)
    assert "hardly any move is left" in text
    jumped = walked(demos.on_a_curve, 100, curve="two valleys", start=4.0, rate=10**-0.5)[0]
    assert round(jumped[-1], 2) == -2.14, "a large step jumps over the hill"


def test_the_plateau_holds_on():
    assert state_after(demos.on_a_curve, 20, curve="plateau", start=-4.0, rate=0.1)[-1] == pytest.approx(-4, abs=0.02)
    assert round(state_after(demos.on_a_curve, 100, curve="plateau", start=-4.0, rate=0.1)[-1], 2) == -3.94
    slope = demos.CURVES["plateau"][1]
    assert descend(slope, -4.0, 0.1, 500) < -2 and abs(descend(slope, -4.0, 0.1, 700)) < 0.01
    assert demos.CURVES["plateau"][1](-4.0) == pytest.approx(-16 * math.exp(-8)) == pytest.approx(-0.005, abs=5e-4)


def test_learning_rate_1_jumps_to_and_fro_for_ever():
    assert [state_after(demos.on_a_curve, steps, rate=1.0)[-1] for steps in (1, 2, 3)] == [3.0, -3.0, 3.0]
    assert "to 3, back to −3" in exercises.twice_the_rate.answer


@pytest.mark.parametrize("rate", [1.3, 3.0, 10.0])
@pytest.mark.parametrize("curve, start", [("bowl", -3.0), ("bowl", 4.0), ("two valleys", 4.0)])
def test_what_diverges_is_stopped_and_told_without_a_warning(rate, curve, start, recwarn):
    state, text = walked(demos.on_a_curve, 200, curve=curve, start=start, rate=rate)
    assert np.isfinite(state).all()
    if abs(state[-1]) > demos.FAR:
        assert "It has diverged, and is stopped here" in text and len(state) < 101
    else:
        assert curve == "two valleys", "a bowl is left for good"
    assert not recwarn.list


# -- over contours ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("surface", list(demos.SURFACES))
def test_each_surface_has_the_gradient_that_is_said(surface):
    f, gradient = demos.SURFACES[surface]
    for place in ([3.0, 4.0], [-1.2, 0.3]):
        assert gradient(np.array(place)) == pytest.approx(numerical_gradient(f, np.array(place)), abs=1e-6)


def test_presets_show_what_their_names_say():
    ends = {}
    for name, values in demos.over_contours.presets.items():
        state, text = walked(demos.over_contours, 100, **values)
        ends[name] = state[-1], text
    assert np.linalg.norm(ends["too small"][0]) == pytest.approx(5 * 0.998**100)
    assert np.linalg.norm(ends["right"][0]) < 1e-8 and "hardly any move" in ends["right"][1]
    assert "It has diverged" in ends["too large"][1] and np.isfinite(ends["too large"][0]).all()
    x0, x1 = ends["narrow valley"][0]
    rate = 10**-0.1
    assert x0 == pytest.approx(-4.5 * (1 - rate / 10) ** 100) and x1 == pytest.approx(
        2 * (1 - 2 * rate) ** 100, abs=1e-8
    )
    assert ends["exactly on the ridge"][0] == pytest.approx([-4 * 0.95**100, 0], abs=1e-12)


def test_beside_the_ridge_a_saddle_is_left_in_the_end():
    state, text = walked(demos.over_contours, 100, surface="saddle", x0=-4.0, x1=0.1, rate=0.1)
    assert state[-1][1] == pytest.approx(0.1 * 1.05**100) and "It has left the picture" in text
    slow = state[40]
    assert np.linalg.norm(slow) < 1, "it was held up near the saddle"


def test_the_valley_is_twenty_times_flatter_along_than_across():
    along, across = demos.SURFACES["valley"][1](np.ones(2))
    assert across / along == 20
    for rate, stays in ((0.1, True), (0.79, True), (1.26, False)):
        x1 = state_after(demos.over_contours, 60, surface="valley", x0=-4.5, x1=2.0, rate=rate)[-1][1]
        assert (abs(x1) < 2) == stays


# -- the sweep --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("surface, slopes", [("bowl", (2, 2)), ("valley", (0.1, 2))])
@pytest.mark.parametrize("rate", [0.001, 0.3, 0.95, 1.2])
def test_the_sweep_is_what_the_steps_one_by_one_give(surface, slopes, rate):
    for steps in (1, 10, 50):
        x0, x1 = (
            descend(lambda x, k=k: k * x, start, rate, steps) for k, start in zip(slopes, (-3.0, 4.0), strict=True)
        )
        expected = x0**2 / (20 if surface == "valley" else 1) + x1**2
        patch = demos.sweep_rates(surface, steps, rate)
        assert patch["readout"]["f"] == pytest.approx(expected, rel=1e-9)
        assert (patch["readout"]["line"] == "worse") == (rate > 1)


def test_in_the_valley_the_best_is_just_below_1_and_not_as_good():
    rates, fine = demos.RATES, np.linspace(0.01, 1, 10_001)
    best = demos.reached("valley", rates, 50)
    for surface, (low, high) in {"bowl": (0.103, 0.897), "valley": (0.491, 0.887)}.items():
        good = fine[demos.reached(surface, fine, 10) < demos.SURFACES[surface][0](demos.BEGIN) / 100]
        assert (good[0], good[-1]) == pytest.approx((low, high), abs=0.0006)
    assert round(fine[np.argmin(demos.reached("valley", fine, 10))], 2) == 0.82
    assert 0.9 < rates[np.argmin(best)] < 1 and best.min() > demos.reached("bowl", np.array([0.3]), 10)[0]


# -- the small net ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("right", [0, 1, 2])
def test_the_net_learns_its_sample_and_the_words_point_the_right_way(right):
    state = demos.small_net.start(right)
    for entry in range(6):
        words = net.draw(state, right, entry)["readout"]
        moved = state[0].copy()
        moved[entry // 3, entry % 3] += 1e-3 if words["line"] == "lowers" else -1e-3
        assert softmax_cross_entropy(net.SAMPLE @ moved, [right]) < state[1][-1], "the loss falls as the words say"
    for rate in (1.0, 10.0):
        losses = state_after(demos.small_net, 20, right=right, rate=rate)[1]
        assert len(losses) == 21 and all(later < before for before, later in zip(losses, losses[1:], strict=False))
