"""Lesson 5: every number that it names, worked out with plain Python; and what its demos say, also where a path diverges."""

import math

import numpy as np
import pytest
from by_hand import cross_entropy, each, moved_by, product, slope, softmax, transposed
from lesson_reader import numbers_in, printed, walked

from nnlessons.gradient_descent import contours, curve, demos, exercises, loss_curves, net, rates, sweep
from nnlib import numerical_gradient, softmax_cross_entropy, zeros_and_nines

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


@pytest.mark.parametrize("name", list(curve.CURVES))
def test_each_curve_has_the_slope_that_is_said_and_shows_all_starts(name):
    f, derivative, ticks = curve.CURVES[name]
    for x in (-4.0, -1.3, 0.2, 2.5):
        assert derivative(x) == pytest.approx(slope(f, x), abs=1e-6)
    start = demos.on_a_curve.controls["start"]
    assert max(f(start.low), f(start.high)) < max(ticks), "and a curve is highest at its ends"


def test_steps_go_against_the_slope_times_the_learning_rate():
    _, text = walked(demos.on_a_curve, 6, start=-3.0, rate=0.1)
    assert text.startswith(f"Step 6: x = {descend(parabola, -3, 0.1, 6):.4g}".replace("-", "\N{MINUS SIGN}"))
    slope = 2 * descend(parabola, -3, 0.1, 6)
    assert f"The slope is {slope:.3g}, so the next move is".replace("-", "\N{MINUS SIGN}") in text
    assert text.endswith(f"= {-0.1 * slope:.3g}.")


def test_the_learning_rates_to_try_are_stops_of_the_slider():
    for demo in (demos.on_a_curve, demos.over_contours, demos.sweep):
        slider = demo.controls["rate"]
        for rate in (0.01, 0.05, 0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 1.0, 1.01, 1.05, 1.2):
            assert slider.nearest(rate) == rate, "to the last digit: 1 is no 1.0000000001"


@pytest.mark.parametrize(
    "rate, word, after_20",
    [(0.04, "creeps", (0.1, 1)), (0.05, "fast", (0.1, 0.2)), (0.5, "fast", (0, 0)), (0.8, "fast", (0, 1e-4))]
    + [
        (0.81, "bounces", (1e-5, 1)),
        (0.95, "bounces", (0.1, 0.2)),
        (1.0, "bounces", (1, 1)),
        (1.01, "diverges", (1, 9)),
    ],
)
def test_the_scale_of_learning_rates_says_what_20_steps_do(rate, word, after_20):
    left = abs(descend(parabola, -3, rate, 20)) / 3
    assert after_20[0] <= left <= after_20[1]
    assert rates.word_for(1 - 2 * rate) == word
    patch = curve.draw_walk((-3.0,), "bowl", rate)
    shown = float(patch["factor"]["text"].replace("\N{MINUS SIGN}", "-"))
    assert -3 * shown == pytest.approx(descend(parabola, -3, rate, 1), abs=0.016)
    assert patch["rate"]["data"][0] == [rate]


def test_only_the_bowl_has_a_scale_as_its_limit_is_the_same_everywhere():
    for name in curve.CURVES:
        _, parts = curve.figure_of(name)
        assert ("factor" in parts) == ("factor" in curve.draw_walk((1.0,), name, 0.1)) == (name == "bowl")
    assert walked(demos.on_a_curve, 9, curve="two valleys", start=4.0, rate=0.8)[1].find("diverged") > 0
    assert abs(descend(two_valleys, 0.0, 0.8, 100) + 2.14) < 0.01, "with the same learning rate, from another start"


def test_where_a_descent_ends_depends_on_where_it_begins():
    for start, end in ((4.0, 1.83), (0.0, -2.14), (-4.0, -2.14)):
        expected = descend(two_valleys, start, 0.1, 100)
        assert round(expected, 2) == end
        state, text = walked(demos.on_a_curve, 200, curve="two valleys", start=start, rate=0.1)
        assert state[-1] == pytest.approx(expected) and len(state) == 101
    f = curve.CURVES["two valleys"][0]
    assert f(-2.14) < f(1.83)
    assert "hardly any move is left" in text
    for rate, end in ((0.3, 1.83), (0.4, -2.14)):
        ended = walked(demos.on_a_curve, 100, curve="two valleys", start=4.0, rate=rate)[0][-1]
        assert round(ended, 2) == end, "a large step jumps over the hill"


def test_the_plateau_holds_on():
    assert state_after(demos.on_a_curve, 20, curve="plateau", start=-4.0, rate=0.1)[-1] == pytest.approx(-4, abs=0.02)
    state, text = walked(demos.on_a_curve, 200, curve="plateau", start=-4.0, rate=0.1)
    assert round(state[-1], 2) == -3.94 and "the run ends here, after 100 steps" in text
    slope = curve.CURVES["plateau"][1]
    assert descend(slope, -4.0, 0.1, 500) < -2 and abs(descend(slope, -4.0, 0.1, 700)) < 0.01
    assert slope(-4.0) == pytest.approx(-16 * math.exp(-8)) == pytest.approx(-0.005, abs=5e-4)


def test_learning_rate_1_jumps_to_and_fro_for_ever():
    assert [state_after(demos.on_a_curve, steps, rate=1.0)[-1] for steps in (1, 2, 3)] == [3.0, -3.0, 3.0]
    assert "to 3, back to −3" in exercises.twice_the_rate.answer


@pytest.mark.parametrize("name, start, rate", [("bowl", -3.0, 1.2), ("bowl", 4.0, 1.15), ("two valleys", 4.0, 1.2)])
def test_what_diverges_is_stopped_and_told_without_a_warning(name, start, rate, recwarn):
    state, text = walked(demos.on_a_curve, 200, curve=name, start=start, rate=rate)
    assert np.isfinite(state).all() and len(state) < 101
    assert "It has diverged, so the run stops here" in text
    assert not recwarn.list


# -- over contours ----------------------------------------------------------------------------------------------------

HEIGHTS = {
    "bowl": lambda x: x[0] ** 2 + x[1] ** 2,
    "valley": lambda x: x[0] ** 2 / 20 + x[1] ** 2,
    "saddle": lambda x: (x[0] ** 2 - x[1] ** 2) / 4 + 7,
}


@pytest.mark.parametrize("surface, f", HEIGHTS.items())
def test_each_surface_has_the_height_gradient_and_labels_that_are_said(surface, f):
    for place in ([3.0, 4.0], [-1.2, 0.3]):
        assert contours.height(surface, np.array(place)) == pytest.approx(f(place))
        assert contours.gradient(surface, np.array(place)) == pytest.approx(
            numerical_gradient(f, np.array(place)), abs=1e-6
        )
    for level, towards in contours.LABELS[surface].items():
        place = contours.at_height(surface, level, towards)
        assert f(place) == pytest.approx(level) and level in contours.LEVELS[surface] and np.abs(place).max() < 4.5


def test_presets_show_what_their_names_say():
    ends = {}
    for name, values in demos.over_contours.presets.items():
        assert (
            set(values) == set(demos.over_contours.controls)
            and values["surface"] in name
            and str(values["rate"]) in name
        )
        if values["surface"] != "saddle":
            assert (values["x0"], values["x1"]) == (-3, 4), "all from the same start"
        state, text = walked(demos.over_contours, 100, **values)
        ends[name.split(": ")[1]] = state, text
    assert np.hypot(*ends["too small"][0][20]) == pytest.approx(5 * 0.98**20) and 0.98**20 > 0.6
    assert np.hypot(*ends["right"][0][-1]) < 1e-8 and "hardly any move" in ends["right"][1]
    assert ends["too large"][0][-1] == pytest.approx([-3 * 1.1**100, 4 * 1.1**100])
    assert "each step multiplies x₁ by −1.1" in ends["too large"][1]
    creeping, bouncing = ends["creeps along"][0], ends["bounces across"][0]
    assert abs(creeping[20, 1]) < 0.05 < 2.4 < abs(creeping[20, 0]) and abs(creeping[-1, 0]) > 1
    assert (bouncing[:11, 1] > 0).tolist() == [True, False] * 5 + [True] and abs(bouncing[20, 0]) < 0.5
    assert ends["exactly on the ridge"][0][-1] == pytest.approx([-4 * 0.95**100, 0], abs=1e-12)


def test_beside_the_ridge_a_saddle_is_left_in_the_end():
    state, text = walked(demos.over_contours, 100, **demos.over_contours.presets["saddle, 0.1: just beside it"])
    assert state[-1][1] == pytest.approx(0.1 * 1.05**100) and "It has left the picture" in text
    slow = state[40]
    assert np.linalg.norm(slow) < 1, "it was held up near the saddle"


@pytest.mark.parametrize("surface", list(HEIGHTS))
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.9, 1.05])
def test_the_factors_in_the_picture_are_those_of_a_step(surface, rate):
    state = demos.over_contours.start(surface, -3.0, 4.0)
    patch = contours.draw_roll(state, surface, rate)
    after = contours.roll_on(state, surface, rate)[-1]
    shown = [float(text.replace("\N{MINUS SIGN}", "-")) for text in patch["factors"]["texts"]]
    assert [-3 * shown[0], 4 * shown[1]] == pytest.approx(after, abs=1e-9)
    if surface == "valley":
        assert (
            patch["words"]["texts"]
            == {
                0.01: ["creeps", "creeps"],
                0.1: ["creeps", "fast"],
                0.9: ["creeps", "bounces"],
                1.05: ["fast", "diverges"],
            }[rate]
        )


# -- the sweep --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("surface, slopes", [("bowl", (2, 2)), ("valley", (0.1, 2))])
@pytest.mark.parametrize("rate", [0.01, 0.3, 0.95, 1.2])
def test_the_sweep_is_what_the_steps_one_by_one_give(surface, slopes, rate):
    for steps in (1, 10, 50):
        place = [
            descend(lambda x, k=k: k * x, start, rate, steps) for k, start in zip(slopes, (-3.0, 4.0), strict=True)
        ]
        numbers = sweep.sweep_rates(surface, steps, rate)["readout"]
        assert numbers["after"] == pytest.approx(HEIGHTS[surface](place), rel=1e-9)
        assert (numbers["line"] == "worse") == (rate > 1)


def test_in_the_valley_the_best_is_just_below_1_and_not_as_good():
    fine = np.linspace(0.01, 1, 10_001)
    best = sweep.reached("valley", fine, 50)
    for surface, (low, high) in {"bowl": (0.103, 0.897), "valley": (0.491, 0.887)}.items():
        good = fine[sweep.reached(surface, fine, 10) < HEIGHTS[surface]((-3, 4)) / 100]
        assert (good[0], good[-1]) == pytest.approx((low, high), abs=0.0006)
    assert round(fine[np.argmin(sweep.reached("valley", fine, 10))], 2) == 0.82
    assert 0.9 < fine[np.argmin(best)] < 1 and best.min() > sweep.reached("bowl", np.array([0.3]), 10)[0]


# -- loss curves ------------------------------------------------------------------------------------------------------


def loss_by_hand(points, w, b):
    """Mean of -log of the probability that a neuron gives to the right class."""
    chances = [1 / (1 + math.exp(-(w[0] * x0 + w[1] * x1 + b))) for x0, x1, _ in points]
    return -sum(math.log(p if t else 1 - p) for p, (_, _, t) in zip(chances, points, strict=True)) / len(points)


def test_the_readers_loss_curve_is_a_descent_of_the_neuron_by_hand():
    x, t, _ = zeros_and_nines(6)
    points = [(*place, kind) for place, kind in zip(x.tolist(), t.tolist(), strict=True)]
    w, b, found = [0.0, 0.0], 0.0, []
    for _ in range(4):
        found.append(loss_by_hand(points, w, b))
        errors = [1 / (1 + math.exp(-(w[0] * x0 + w[1] * x1 + b))) - t for x0, x1, t in points]
        for i in (0, 1):
            w[i] -= 3 * sum(e * point[i] for e, point in zip(errors, points, strict=True)) / 60
        b -= 3 * sum(errors) / 60
    assert loss_curves.losses_of_neuron(3, 60)[:4] == pytest.approx(found)
    assert found[0] == pytest.approx(math.log(2))
    lowest = min(loss_curves.losses_of_neuron(rate, 60).min() for rate in loss_curves.RATES)
    assert loss_curves.BEST < lowest < loss_curves.BEST + 0.001


def test_four_shapes_can_be_found_by_hand():
    def curve_of(rate, batch_size=60):
        loss = loss_curves.losses_of_neuron(rate, batch_size)
        return loss, np.diff(loss)

    creeps, falls = curve_of(0.01)
    assert creeps[-1] > 0.5 and (falls < 0).all() and falls[0] / falls[-1] < 2, "nearly a straight line"
    good, falls = curve_of(10)
    assert good[10] < 0.15 and (falls < 0).all() and falls[0] / falls[-1] > 1000, "fast, then flat"
    bounces, falls = curve_of(100)
    assert (falls[-10:-1] * falls[-9:] < 0).all() and bounces[-10:].min() > 0.15
    noisy, falls = curve_of(3, batch_size=1)
    assert (falls > 0).sum() > 20 and noisy[1:].max() > noisy[0] > 3 * noisy[-1]


def test_each_run_has_the_shape_that_its_answer_describes():
    runs = {name: loss_curves.losses_of_run(name) for name in "ABCDEF"}
    a, b, c, d, e, f = (np.diff(loss) for loss in runs.values())
    assert (a < 0).all() and a[0] / a[-1] < 1.5 and runs["A"][-1] > 0.85 * runs["A"][0]
    assert (b < 0).all() and runs["B"][10] < 0.3 * runs["B"][0] and abs(b[-1]) < 0.001 * abs(b[0])
    assert round(runs["C"][0], 1) == 1.5 and runs["C"][-1] > 200 and (np.diff(c)[1:] > 0).all()
    assert (d[-20:-1] * d[-19:] < 0).all() and runs["D"].min() == runs["D"][0]
    rhythm = (e[50:-1] * e[51:] < 0).mean()
    assert 0.4 < rhythm < 0.9 and runs["E"][20:].mean() < 0.5 and runs["E"][20:].std() > 0.05
    assert runs["F"][40] > 0.98 * runs["F"][0] and runs["F"][-1] < 0.5 * runs["F"][0] and (f[:-1] < 1e-9).all()
    causes = [question.answer for question in exercises.diagnose.questions]
    shapes = ["too small", "right", "diverges", "bounces", "noisy", "plateau"]
    assert all(shape in cause for shape, cause in zip(shapes, causes, strict=True))


def test_the_samples_of_a_mini_batch_alone_decide_its_step():
    x, t = demos.some_samples()
    found = loss_curves.losses_of_run("E")
    one, other = np.random.default_rng(0).choice(100, size=2, replace=False)
    w, b = (
        0.3 * (t[one] * u + t[other] * v) for u, v in ((x[one], x[other]), (1, 1))
    )  # from 0, with the mean of squares
    assert found[1] == pytest.approx(sum((w * xx + b - tt) ** 2 for xx, tt in zip(x, t, strict=True)) / 100)


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
