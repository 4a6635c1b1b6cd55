"""Lesson 5: every number that it names, worked out with plain Python; and what its demos say, also where a path diverges."""

import math
import statistics

import numpy as np
import pytest
from by_hand import cross_entropy, each, moved_by, product, sigmoid, slope, softmax, transposed
from lesson_reader import numbers_in, printed, said_by, walked, written

from nnlessons.gradient_descent import contours, curve, demos, exercises, loss_curves, net, rates
from nnlessons.live.scene import Scene
from nnlessons.neuron.demos import zero_or_nine
from nnlessons.reader.network import reader_network
from nnlib import numerical_gradient, softmax_cross_entropy, zeros_and_nines

OUT = printed("05_gradient_descent")
TEXT = written("05_gradient_descent")


def descend(slope, w, rate, steps=100):
    """All the places on the way."""
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - rate * slope(path[-1]))
    return path


# -- one step ---------------------------------------------------------------------------------------------------------


def test_five_steps_on_the_bowl_by_hand():
    assert "At $w = -3$ the slope is −6. With a learning rate of 0.1, the step is $-0.1 \\cdot (-6) = 0.6$" in TEXT
    assert "and it takes you to −2.4. Here are the first five steps:" in TEXT
    w, lines = -3.0, OUT["first-steps"].splitlines()
    for number, line in enumerate(lines, 1):
        slope = 2 * w
        w -= 0.1 * slope
        assert numbers_in(line) == [number, round(slope, 3), round(-0.1 * slope, 3), round(w, 3)]
    assert len(lines) == 5 and numbers_in(lines[0]) == [1, -6, 0.6, -2.4]


# -- on a curve -------------------------------------------------------------------------------------------------------

HILLS = {
    "bowl": (lambda w: w**2, lambda w: 2 * w),
    "two valleys": (lambda w: w**4 / 16 - w**2 / 2 + 0.3 * w + 2, lambda w: w**3 / 4 - w + 0.3),
    "plateau": (lambda w: 4 - 4 / math.exp(w**2 / 2), lambda w: 4 * w / math.exp(w**2 / 2)),
}
BOWL, VALLEYS, PLATEAU = (derivative for _, derivative in HILLS.values())


@pytest.mark.parametrize("name", HILLS)
def test_each_curve_has_its_height_and_its_slope_at_every_start(name):
    f, derivative = HILLS[name]
    start = demos.on_a_curve.controls["start"]
    for w in (-3.5, 0.0, 2.5):
        assert derivative(w) == pytest.approx(slope(f, w), abs=1e-6)
        said = numbers_in(walked(demos.on_a_curve, 0, curve=name, start=w, rate=0.1)[1])
        expected = [0, w, f(w), derivative(w), -0.1 * derivative(w)][: len(said)]
        assert len(said) >= 4 and said == pytest.approx(expected, rel=6e-3, abs=1e-9)
    assert max(f(start.low), f(start.high)) < max(curve.CURVES[name][2]), "a curve is highest at its ends"


def test_five_learning_rates_on_the_bowl_do_what_the_text_says():
    paths = {rate: descend(BOWL, -3, rate) for rate in (0.01, 0.1, 0.5, 1, 1.05)}
    assert (
        "With 0.01 it creeps: after 100 steps it's only at −0.4. With 0.5 a single step takes it to the bottom." in TEXT
    )
    assert round(paths[0.01][100], 1) == -0.4 and paths[0.5][1] == 0
    assert "With 1 it jumps back and forth, and with 1.05 each jump is longer than the one before." in TEXT
    assert set(paths[1]) == {-3, 3}
    jumps = [abs(there - here) for here, there in zip(paths[1.05], paths[1.05][1:], strict=False)]
    assert all(longer > before for before, longer in zip(jumps, jumps[1:], strict=False))
    for rate, path in paths.items():
        assert walked(demos.on_a_curve, 100, start=-3.0, rate=float(rate))[0] == pytest.approx(path)
        assert numbers_in(curve.draw_walk((-3.0,), "bowl", rate)["factor"]["text"]) == [pytest.approx(path[1] / -3)]
    assert "**every step multiplies $w$ by the same number, $1 - 2\\eta$**. With $\\eta = 0.1$ that's 0.8" in TEXT
    assert "every step brings you a fifth closer. With 0.5 it's 0, and a single step is enough. With 1 it's −1" in TEXT
    assert [paths[rate][1] / -3 for rate in (0.1, 0.5, 1)] == pytest.approx([0.8, 0, -1])


def test_in_two_valleys_a_step_may_or_may_not_jump_over_the_hill():
    assert "With 0.1 it ends at 1.83, in the valley on the right, although the other one is deeper." in TEXT
    assert "With 0.4 it happens to jump over the hill, and ends at −2.14." in TEXT
    for start, rate, end in ((4.0, 0.1, 1.83), (4.0, 0.4, -2.14), (0.0, 0.1, -2.14)):
        path = descend(VALLEYS, start, rate)
        assert round(path[-1], 2) == end and (min(path) < 0.3) == (end < 0)
        state, words = walked(demos.on_a_curve, 200, curve="two valleys", start=start, rate=rate)
        assert state == pytest.approx(path) and "hardly any move is left" in words
    f, _ = HILLS["two valleys"]
    assert f(-2.14) < f(1.83) - 1


def test_the_plateau_holds_on():
    assert "the slope is only −0.005 there, and after 100 steps it has moved from −4 to −3.94." in TEXT
    path = descend(PLATEAU, -4, 0.1)
    assert (round(PLATEAU(-4), 3), round(path[-1], 2)) == (-0.005, -3.94)
    state, words = walked(demos.on_a_curve, 200, curve="plateau", start=-4.0, rate=0.1)
    assert state == pytest.approx(path) and "the run ends here, after 100 steps" in words


def test_the_learning_rates_to_try_are_stops_of_the_slider():
    for demo in (demos.on_a_curve, demos.over_contours, demos.sweep):
        slider = demo.controls["rate"]
        for rate in (0.01, 0.1, 0.4, 0.5, 0.82, 0.9, 0.95, 1.0, 1.05):
            assert slider.nearest(rate) == rate, "to the last digit: 1 is no 1.0000000001"


@pytest.mark.parametrize(
    ("rate", "word", "after_20"),
    [
        *[(0.04, "creeps", (0.1, 1)), (0.05, "fast", (0.1, 0.2)), (0.8, "fast", (0, 1e-4))],
        *[(0.81, "bounces", (1e-5, 1)), (1.0, "bounces", (1, 1)), (1.01, "diverges", (1, 9))],
    ],
)
def test_the_scale_of_learning_rates_says_what_20_steps_do(rate, word, after_20):
    left = abs(descend(BOWL, -3, rate, 20)[-1]) / 3
    assert after_20[0] <= left <= after_20[1]
    assert rates.word_for(1 - 2 * rate) == word
    assert curve.draw_walk((-3.0,), "bowl", rate)["rate"]["data"][0] == [rate]


def test_only_the_bowl_has_a_scale_as_its_limit_is_the_same_everywhere():
    for name in HILLS:
        _, parts = curve.figure_of(name)
        assert ("factor" in parts) == ("factor" in curve.draw_walk((1.0,), name, 0.1)) == (name == "bowl")
    assert "diverged" in walked(demos.on_a_curve, 9, curve="two valleys", start=4.0, rate=0.8)[1]
    assert round(descend(VALLEYS, 0, 0.8)[-1], 2) == -2.14, "with the same learning rate, from another start"


@pytest.mark.parametrize(("name", "start", "rate"), [("bowl", -3.0, 1.2), ("two valleys", 4.0, 1.2)])
def test_what_diverges_is_stopped_and_told_without_a_warning(name, start, rate, recwarn):
    state, text = walked(demos.on_a_curve, 200, curve=name, start=start, rate=rate)
    assert np.isfinite(state).all() and len(state) < 101
    assert "It has diverged, so the run stops here" in text
    assert not recwarn.list


# -- over contours ----------------------------------------------------------------------------------------------------

HEIGHTS = {
    "bowl": lambda w: w[0] ** 2 + w[1] ** 2,
    "valley": lambda w: w[0] ** 2 / 20 + w[1] ** 2,
    "saddle": lambda w: (w[0] ** 2 - w[1] ** 2) / 4 + 7,
}
SLOPES = {
    "bowl": (2, 2),
    "valley": (1 / 10, 2),
    "saddle": (1 / 2, -1 / 2),
}  # at (1, 1); twice as far it's twice as steep


def over(surface, place, rate, steps=100):
    """All the places on the way, each number on its own."""
    pairs = zip(SLOPES[surface], place, strict=True)
    return list(zip(*(descend(lambda w, k=k: k * w, w, rate, steps) for k, w in pairs), strict=True))


@pytest.mark.parametrize(("surface", "f"), HEIGHTS.items())
def test_each_surface_has_the_height_slopes_and_labels_that_are_said(surface, f):
    for w0, w1 in ((3.0, 4.0), (-1.0, 0.5)):
        slopes = [slope(lambda w: f((w, w1)), w0), slope(lambda w: f((w0, w)), w1)]  # noqa: B023
        assert slopes == pytest.approx([k * w for k, w in zip(SLOPES[surface], (w0, w1), strict=True)])
        said = numbers_in(walked(demos.over_contours, 0, surface=surface, w0=w0, w1=w1, rate=0.1)[1])
        assert said == pytest.approx([0, w0, w1, f((w0, w1)), *slopes, *(-0.1 * k for k in slopes)], rel=6e-3)
    for level, towards in contours.LABELS[surface].items():
        place = contours.at_height(surface, level, towards)
        assert f(place) == pytest.approx(level) and level in contours.LEVELS[surface] and np.abs(place).max() < 4.5


@pytest.mark.parametrize("preset", demos.over_contours.presets)
def test_a_path_over_contours_is_a_descent_in_each_direction(preset):
    values = demos.over_contours.presets[preset]
    assert set(values) == set(demos.over_contours.controls)
    assert preset == f"{values['surface']}, {values['rate']}" or "ridge" in preset and values["surface"] == "saddle"
    state, _ = walked(demos.over_contours, 100, **values)
    path = over(values["surface"], (values["w0"], values["w1"]), values["rate"])
    assert state == pytest.approx(np.array(path), abs=1e-9)
    patch = contours.draw_roll(state[:1], values["surface"], values["rate"])
    shown = [float(*numbers_in(text)) for text in patch["factors"]["texts"]]
    assert [factor * w for factor, w in zip(shown, path[0], strict=True)] == pytest.approx(path[1])


def test_through_the_round_bowl_the_path_is_straight():
    assert "With 0.1, both numbers shrink by a fifth with every step." in TEXT
    path = over("bowl", (-3, 4), 0.1)
    assert path[1] == pytest.approx((-3 * 4 / 5, 4 * 4 / 5))
    assert all(w0 / w1 == pytest.approx(-3 / 4) for w0, w1 in path)


def test_along_the_valley_0_9_is_nine_times_as_fast_as_0_1():
    assert "after 100 steps $w_0$ is still −1.1. With 0.9 it bounces from side to side" in TEXT
    assert "it moves along the floor nine times as fast. With anything larger than 1, it would diverge across" in TEXT
    creeping, bouncing = (over("valley", (-3, 4), rate) for rate in (0.1, 0.9))
    assert round(creeping[100][0], 1) == -1.1 and abs(creeping[20][1]) < 0.05
    assert bouncing[10][0] == pytest.approx(creeping[90][0], rel=0.05), "ten steps are worth ninety"
    assert [w1 > 0 for _, w1 in bouncing[:6]] == [True, False] * 3
    for rate, grows in ((0.99, False), (1.01, True)):
        assert (abs(over("valley", (-3, 4), rate, 1)[1][1]) > 4) == grows


def test_in_the_valley_the_best_learning_rate_is_close_to_0_95():
    assert "The slower of the two numbers shrinks fastest close to 0.95: there the factors are 0.905 and −0.9," in TEXT

    def slower(rate):
        return max(abs(1 - rate / 10), abs(1 - 2 * rate))

    assert min((k / 1000 for k in range(1, 1201)), key=slower) == pytest.approx(0.95, abs=0.005)
    path = over("valley", (-3, 4), 0.95, 1)
    assert [abs(after / before) for before, after in zip(*path, strict=True)] == pytest.approx([0.9, 0.9], abs=0.006)
    assert "(For $f$ alone, 0.9 is even a bit better, because $w_0$ hardly counts in it.)" in TEXT
    for steps in (10, 50, 100):
        one, other = (HEIGHTS["valley"](over("valley", (-3, 4), rate, steps)[-1]) for rate in (0.9, 0.95))
        assert one < other


def test_the_saddle_holds_what_is_on_the_ridge_and_lets_go_what_is_not():
    assert "On the ridge it runs toward $(0, 0)$ and slows down more and more" in TEXT
    assert (
        "Starting 0.1 beside the ridge, it slows down near the saddle point, too, but then it finds its way down"
        in TEXT
    )
    on, beside = over("saddle", (-4, 0), 0.1), over("saddle", (-4, 0.1), 0.1)
    moves, slower = ([math.dist(*two) for two in zip(path, path[1:], strict=False)] for path in (beside, on))
    assert on[100] == pytest.approx((0, 0), abs=0.03) and slower == sorted(slower, reverse=True)
    slowest = moves.index(min(moves))
    assert math.hypot(*beside[slowest]) < 1 and moves[0] > 3 * min(moves) < moves[99] / 3
    for name, words in {"on the ridge": "Step 100", "beside the ridge": "It has left the picture"}.items():
        assert words in walked(demos.over_contours, 100, **demos.over_contours.presets[name])[1]


def test_the_words_beside_the_factors_in_the_valley():
    words = {0.01: "creeps creeps", 0.1: "creeps fast", 0.9: "creeps bounces", 1.05: "fast diverges"}
    for rate, both in words.items():
        patch = contours.draw_roll(np.array([[-3.0, 4.0]]), "valley", rate)
        assert patch["words"]["texts"] == both.split()


def test_a_number_that_moves_off_on_its_own_side_grows():
    for rate in (0.01, 0.1, 1.0):
        patch = contours.draw_roll(np.array([[-4.0, 0.1]]), "saddle", rate)
        assert over("saddle", (-4, 0.1), rate, 1)[1][1] > 0.1 and patch["words"]["texts"][1] == "grows"
    assert [rates.word_for(factor) for factor in (1.005, 1.05, -1.05)] == ["grows", "grows", "diverges"]


def test_each_grid_line_is_a_thousand_times_the_one_below():
    assert "on a logarithmic axis: each grid line is a thousand times the one below." in TEXT
    _, heights, *_ = Scene(demos.over_contours).picture.figure.axes
    ticks = heights.get_yticks()
    assert ticks[1:] / ticks[:-1] == pytest.approx(1000) and heights.get_yscale() == "log"


# -- the neuron learns ------------------------------------------------------------------------------------------------

POINTS = [(*place, kind) for place, kind in zip(*(each.tolist() for each in zeros_and_nines(6)[:2]), strict=True)]


def neurons(numbers, rate, steps):
    """(w0, w1, b) before each step, and after the last."""
    path = [numbers]
    for _ in range(steps):
        w0, w1, b = path[-1]
        errors = [sigmoid(w0 * x0 + w1 * x1 + b) - t for x0, x1, t in POINTS]
        slopes = [sum(e * x[i] for e, x in zip(errors, POINTS, strict=True)) / 60 for i in (0, 1)]
        path.append((w0 - rate * slopes[0], w1 - rate * slopes[1], b - rate * sum(errors) / 60))
    return path


def loss_of(w0, w1, b):
    """The mean surprise at the right answers."""
    return -sum(math.log(sigmoid((2 * t - 1) * (w0 * x0 + w1 * x1 + b))) for x0, x1, t in POINTS) / 60


def test_the_neuron_learns_in_four_lines():
    w0, w1, b = neurons((1, -1, 0.5), 10, 500)[-1]
    wrong = sum((w0 * x0 + w1 * x1 + b > 0) != t for x0, x1, t in POINTS)
    assert numbers_in(OUT["train-neuron"]) == [round(w0, 2), round(w1, 2), round(b, 2), wrong]
    assert "everything starts from the numbers in lesson 0." in TEXT
    assert [zero_or_nine.beginning[name] for name in ("w0", "w1", "b")] == [1, -1, 0.5]


def test_with_0_1_it_isnt_there_yet_and_with_1000_it_jumps_far_beyond():
    assert "Change the 10 to 0.1 or to 1000, and run the cell again. What happens to the weights?" in TEXT
    assert "(With 0.1 it isn't there yet, and misreads five. With 1000 it has jumped far beyond.)" in TEXT
    slow, fast = (neurons((1, -1, 0.5), rate, 500) for rate in (0.1, 1000))
    best = numbers_in(OUT["train-neuron"])
    assert all(w < 0.5 * there for w, there in zip(slow[-1][:2], best[:2], strict=True))
    for w0, w1, b in slow[-2:]:  # the cell counts with the last output, from before the last step
        assert sum((w0 * x0 + w1 * x1 + b > 0) != t for x0, x1, t in POINTS) == 5
    assert all(w > 5 * there for place in fast[-20:] for w, there in zip(place[:2], best[:2], strict=True))


def test_the_loop_is_what_the_machine_of_lesson_0_does():
    assert (
        "In lesson 0 you pressed ▶ to let the machine try. This loop is all it did, with a learning rate of 2." in TEXT
    )
    path = neurons((1, -1, 0.5), 2, 100)
    for steps in (1, 100):
        assert walked(zero_or_nine, steps)[0][1] == pytest.approx(path[steps])


# -- loss curves ------------------------------------------------------------------------------------------------------


def curve_by_hand(rate):
    return [loss_of(*numbers) for numbers in neurons((0, 0, 0), rate, 100)]


def zigzags(losses):
    """How often the loss turns from falling to rising or back."""
    changes = [there - here for here, there in zip(losses, losses[1:], strict=False)]
    return sum(one * other < 0 for one, other in zip(changes, changes[1:], strict=False))


def test_the_dashed_line_is_the_best_that_the_neuron_can_do():
    best = loss_of(*neurons((4, 6, -3), 30, 1000)[-1])
    assert f"{best:.4f}" == f"{loss_curves.BEST:.4f}" == "0.0996"
    assert numbers_in(said_by(demos.loss_curve))[-1] == round(best, 3)


def test_the_loss_curves_from_0_01_to_300():
    rates = demos.loss_curve.controls["rate"].options.values()
    curves = {rate: curve_by_hand(rate) for rate in rates}
    for rate, losses in curves.items():
        assert loss_curves.losses_of_neuron(rate, 60) == pytest.approx(losses, rel=1e-3)
    assert "Try learning rates of 0.01, 1, 10, 100, and 300." in TEXT and {0.01, 1, 10, 100, 300} <= set(rates)
    assert (
        "With 0.01 it creeps, and the loss is still 0.563 after 100 steps. With 1 it's on its way, and with 10 it gets"
        in TEXT
    )
    assert round(curves[0.01][-1], 3) == 0.563
    assert 0.12 < curves[1][-1] < 0.14 and curves[10][-1] < 0.0996 + 0.005
    assert all(losses == sorted(losses, reverse=True) for losses in (curves[0.01], curves[1], curves[10]))
    assert "With 100 there's a spike at first, and in the end the curve zigzags. With 300 it leaps up and down." in TEXT
    assert (
        curves[100].index(max(curves[100])) == 1
        and zigzags(curves[100][1:20]) == 0
        and zigzags(curves[100][-21:]) == 19
    )
    assert max(curves[300]) > 5 * math.log(2) and zigzags(curves[300]) > 50 and max(curves[300][-20:]) > math.log(2)


def test_a_loss_curve_gets_noisy_with_few_pictures_a_step():
    assert "Choose $\\eta = 10$, and let each step look at only 10 of the pictures, chosen at random." in TEXT
    losses = {size: loss_curves.losses_of_neuron(10, size) for size in (60, 10, 1)}
    noise = [statistics.stdev(np.diff(each[50:]).tolist()) for each in losses.values()]
    assert noise[1] > 3 * noise[0] and noise[2] > 3 * noise[1]
    assert all(numbers_in(said_by(demos.loss_curve, rate=10, batch_size=size))[:2] == [10, size] for size in losses)


X, T = (numbers.tolist() for numbers in demos.some_samples())


def line_by_hand(rate, steps):
    """The mean of the squared errors of a line that starts flat, before each step and after the last."""
    w, b, found = 0.0, 0.0, []
    for _ in range(steps + 1):
        errors = [w * x + b - t for x, t in zip(X, T, strict=True)]
        found.append(sum(e**2 for e in errors) / 100)
        w -= rate * 2 * sum(e * x for e, x in zip(errors, X, strict=True)) / 100
        b -= rate * 2 * sum(errors) / 100
    return found


def test_runs_b_and_c_are_descents_by_hand():
    assert loss_curves.losses_of_run("B") == pytest.approx(curve_by_hand(3))
    assert loss_curves.losses_of_run("C") == pytest.approx(line_by_hand(1.05, 25))


def test_the_samples_of_a_mini_batch_alone_decide_its_step():
    one, other = np.random.default_rng(0).choice(100, size=2, replace=False)
    w, b = (
        0.3 * (T[one] * u + T[other] * v) for u, v in ((X[one], X[other]), (1, 1))
    )  # from 0, with the mean of squares
    after = sum((w * x + b - t) ** 2 for x, t in zip(X, T, strict=True)) / 100
    assert loss_curves.losses_of_run("E")[1] == pytest.approx(after)


def test_each_run_has_the_shape_that_its_answer_describes():
    runs = {name: loss_curves.losses_of_run(name).tolist() for name in "ABCDEF"}
    falls = {name: [there - here for here, there in zip(run, run[1:], strict=False)] for name, run in runs.items()}
    reasons = {question.question.split("run ")[1][0]: question.reason for question in exercises.diagnose.questions}
    causes = [question.answer for question in exercises.diagnose.questions]
    shapes = ["too small", "right", "diverges", "bounces", "noisy", "plateau"]
    assert list(reasons) == list(runs) and all(shape in cause for shape, cause in zip(shapes, causes, strict=True))
    assert "The loss falls at every step, but along a nearly straight line" in reasons["A"]
    assert max(falls["A"]) < 0 and falls["A"][0] / falls["A"][-1] < 1.5 and runs["A"][-1] > 0.85 * runs["A"][0]
    assert "drops fast, then more and more slowly" in reasons["B"]
    assert max(falls["B"]) < 0 and runs["B"][10] < 0.3 * runs["B"][0] and falls["B"][-1] > 0.001 * falls["B"][0]
    assert "from 1.5 to over 200. After the first step it only climbs, and each step adds more" in reasons["C"]
    assert round(runs["C"][0], 1) == 1.5 and runs["C"][-1] > 200 and sorted(falls["C"]) == falls["C"]
    assert falls["C"][0] < 0 < falls["C"][1]
    assert "Up, down, up, down, one step each, and never below where it started" in reasons["D"]
    assert zigzags(runs["D"][-21:]) == 19 and min(runs["D"]) == runs["D"][0]
    assert (
        "falls quickly, then jitters around a level without any rhythm. Each step looks at only 2 samples"
        in reasons["E"]
    )
    assert 0.4 < zigzags(runs["E"][50:]) / 99 < 0.9 and loss_curves.RUNS["E"][2]["batch_size"] == 2
    assert statistics.mean(runs["E"][20:]) < 0.5 and statistics.stdev(runs["E"][20:]) > 0.05
    assert "For 50 steps next to nothing happens, and then the loss falls after all." in reasons["F"]
    assert runs["F"][50] > 0.97 * runs["F"][0] and runs["F"][-1] < 0.5 * runs["F"][0] and max(falls["F"]) < 1e-9


def test_the_cures_for_three_of_the_runs_work():
    assert (
        "| falls slowly, nearly in a straight line | the learning rate is too small | make it 3 or 10 times larger |"
        in TEXT
    )
    assert "make it 3 times smaller |" in TEXT and "make it 3 to 10 times smaller |" in TEXT
    for name, factors in {"A": (3, 10), "C": (1 / 10, 1 / 3), "D": (1 / 3,)}.items():
        samples, network, how, _ = loss_curves.RUNS[name]
        for factor in factors:
            better = loss_curves.losses(network(), *samples(), **{**how, "rate": factor * how["rate"]})
            assert better[-1] < 0.75 * better[0] and better[-1] < loss_curves.losses_of_run(name)[-1] - 0.3


# -- mini-batches -----------------------------------------------------------------------------------------------------


def test_four_times_the_samples_halve_the_spread():
    assert "From 1 to 4 to 16, four times as many samples halve the spread." in TEXT
    assert "The mean is nearly the same for all sizes." in TEXT
    found = {int(size): (mean, spread) for size, mean, spread in map(numbers_in, OUT["spread"].splitlines())}
    assert list(found) == [1, 4, 16, 100] and found[100][1] == 0
    assert found[1][1] / found[4][1] == pytest.approx(2, abs=0.35) == found[4][1] / found[16][1]
    slopes = [-t * x for x, t in zip(X, T, strict=True)]  # at w = 0 and b = 0
    whole = sum(slopes) / 100
    variance = sum((slope - whole) ** 2 for slope in slopes) / 99
    rng = np.random.default_rng(0)
    for size, (mean, spread) in found.items():
        expected = math.sqrt(variance / size * (100 - size) / 100)  # without putting back
        assert spread == pytest.approx(expected, rel=0.12, abs=1e-3) and abs(mean - whole) < 0.1 * expected + 5.1e-4
        drawn = [sum(slopes[n] for n in rng.choice(100, size, replace=False).tolist()) / size for _ in range(500)]
        assert f"{mean:.3f}" == f"{sum(drawn) / 500:.3f}"
        assert f"{spread:.3f}" == f"{math.sqrt(sum((one - whole) ** 2 for one in drawn) / 500):.3f}"


def loss_after(batches):
    """The loss over all samples when a line has taken a step for each of these mini-batches."""
    w, b = -1.4, 1.2
    for rows in batches:
        errors = [w * X[n] + b - T[n] for n in rows]
        dw = sum(e * X[n] for e, n in zip(errors, rows, strict=True)) / len(rows)
        w, b = w - 0.3 * dw, b - 0.3 * sum(errors) / len(rows)
    return sum((w * x + b - t) ** 2 for x, t in zip(X, T, strict=True)) / 200


def test_many_rough_steps_beat_one_perfect_one():
    rng = np.random.default_rng(0)
    batches = [range(100)], rng.choice(100, (10, 10)).tolist(), [[n] for n in rng.choice(100, 100).tolist()]
    found = [numbers_in(line) for line in OUT["equal-work"].splitlines()]
    assert [loss for *_, loss in found] == [round(loss_after(each), 3) for each in batches]
    assert [(steps, size) for steps, size, _ in found] == [(len(each), len(each[0])) for each in batches]
    assert [loss for *_, loss in found] == [1.436, 0.337, 0.234]
    assert "All three have looked at 100 samples, with the same learning rate, and the lowest possible loss is" in TEXT
    assert "loss is 0.169. Many rough steps typically beat a single perfect one." in TEXT
    assert all(steps * size == 100 for steps, size, _ in found) and found[0][2] > found[1][2] > found[2][2] > 0.169


def test_many_rough_steps_typically_win_whatever_is_picked():
    perfect, rng = loss_after([range(100)]), np.random.default_rng(12)
    for size in (10, 1):
        losses = [loss_after(rng.choice(100, (100 // size, size)).tolist()) for _ in range(200)]
        assert sum(loss < perfect / 2 for loss in losses) > 190


def test_the_digit_reader_would_take_7520_forward_passes_for_a_step():
    assert "The digit reader needs the gradient for 3,760 numbers, not for three" in TEXT
    assert "nudging each of them up and down would take 7,520 forward passes for every step" in TEXT
    assert sum(numbers.size for numbers in reader_network().params) == 64 * 50 + 50 + 50 * 10 + 10 == 3760
    passes = []
    numerical_gradient(lambda w: passes.append(w) or 0.0, np.zeros(7))
    assert len(passes) == 2 * 7 and 2 * 3760 == 7520


# -- going further ----------------------------------------------------------------------------------------------------


def test_three_learning_rates_from_minus_3_and_4():
    for line, rate in zip(OUT["three-rates"].splitlines(), (1e-10, 0.1, 10.0), strict=True):
        one, hundred = line.split("after 1 step")[1].split(", after 100")
        factor = 1 - 2 * rate
        assert numbers_in(one) == pytest.approx([-3 * factor, 4 * factor], rel=1e-6)
        shown = [float(word) for word in hundred.strip(" []").split()]
        assert shown == pytest.approx([-3 * factor**100, 4 * factor**100], rel=1e-6)
    assert (
        "by $1 - 2 \\cdot 10 = -19$, and $19^{100}$ is a number with 128 digits." in TEXT and len(str(19**100)) == 128
    )


def test_the_path_of_other_books_ends_where_the_nudge_is_rounded_away():
    assert "ends a descent with a learning rate of 10 at about $-2.6 \\cdot 10^{13}$" in TEXT
    w0, w1 = -3.0, 4.0
    for _ in range(100):
        slopes = (
            slope(lambda w: w**2 + w1**2, w0, eps=1e-4),  # noqa: B023
            slope(lambda w: w0**2 + w**2, w1, eps=1e-4),  # noqa: B023
        )
        w0, w1 = w0 - 10 * slopes[0], w1 - 10 * slopes[1]
    assert f"{w0:.1e}" == "-2.6e+13" and w0 + 1e-4 == w0


@pytest.mark.parametrize("surface", ["bowl", "valley"])
@pytest.mark.parametrize("rate", [0.01, 0.3, 0.95, 1.2])
def test_the_sweep_is_what_the_steps_one_by_one_give(surface, rate):
    f = HEIGHTS[surface]
    for steps in (1, 10, 50):
        end = f(over(surface, (-3, 4), rate, steps)[-1])
        said = said_by(demos.sweep, surface=surface, steps=steps, rate=rate)
        assert numbers_in(said) == pytest.approx([rate, steps, -3, 4, f((-3, 4)), end], rel=6e-3)
        assert ("too large" in said) == (rate > 1)


def test_which_learning_rates_reach_a_hundredth_in_10_steps():
    assert "All those above 1 make it worse. With 10 steps, rates from 0.11 to 0.89 do it for the bowl." in TEXT
    assert "For the valley it's 0.50 to 0.88, and the best is about 0.82." in TEXT
    for surface, ends in {"bowl": (0.11, 0.89), "valley": (0.50, 0.88)}.items():
        start, reached = HEIGHTS[surface]((-3, 4)), {}
        for k in range(1, 121):  # the stops of the slider
            reached[k / 100] = HEIGHTS[surface](over(surface, (-3, 4), k / 100, 10)[-1])
        good = [rate for rate, height in reached.items() if height < start / 100]
        assert (good[0], good[-1]) == ends and len(good) == round(100 * (ends[1] - ends[0])) + 1
        assert [rate for rate, height in reached.items() if height > start] == [k / 100 for k in range(101, 121)]
        if surface == "valley":
            assert min(reached, key=reached.get) == pytest.approx(0.82, abs=0.0101)


def ball(keep):
    """All places of a ball in the valley until it's lower than a millionth."""
    w0, w1, step0, step1, path = -4.5, 2.0, 0.0, 0.0, []
    while HEIGHTS["valley"]((w0, w1)) >= 1e-6:
        path.append((w0, w1))
        step0, step1 = keep * step0 - 0.5 * w0 / 10, keep * step1 - 0.5 * 2 * w1
        w0, w1 = w0 + step0, w1 + step1
    return path


def test_momentum_needs_fewer_steps_in_the_valley():
    steps = {keep: len(ball(keep)) for keep in (0, 0.5, 0.7, 0.9)}
    for line, (keep, count) in zip(OUT["momentum"].splitlines(), steps.items(), strict=True):
        assert line == f"keep {keep:.0%} of the last step: {count} steps"
    assert steps[0.7] < steps[0.5] < steps[0] and steps[0.9] > steps[0.7]
    assert "Keep too much, and the ball rolls past the bottom and up the other side." in TEXT
    assert max(w0 for w0, _ in ball(0.9)) > 1 and max(w0 for w0, _ in ball(0.5)) < 0


def test_the_gradient_of_the_small_net_entry_by_entry():
    x, W, t = [0.6, 0.9], [[0.5, -0.2, 0.1], [-0.3, 0.4, 0.8]], [[1, 0, 0]]
    y = softmax(product([x], W))
    errors = each(lambda y, t: y - t, y, t)
    gradient = product(transposed([x]), errors)
    first, *rows, last = OUT["net"].splitlines()
    *outputs, loss = numbers_in(first)
    assert outputs == pytest.approx(y[0], abs=5.1e-4) and loss == pytest.approx(cross_entropy(y, t)[0][0], abs=5.1e-5)
    assert numbers_in(" ".join(rows)) == pytest.approx([*gradient[0], *gradient[1]], abs=5.1e-4)
    after = cross_entropy(softmax(product([x], moved_by(W, gradient, 1))), t)
    assert numbers_in(last) == pytest.approx(after[0], abs=5.1e-5)
    assert "The slope for score 0 is $y_0 - t_0 = -0.770$. Its weight from input 0, which is 0.6" in TEXT
    assert "has slope $0.6 \\cdot (-0.770) = -0.462$" in TEXT
    assert (round(errors[0][0], 3), round(gradient[0][0], 3)) == (-0.770, -0.462)
    assert net.gradient_of_net(np.array(W), 0) == pytest.approx(np.array(gradient))


@pytest.mark.parametrize("right", [0, 1, 2])
def test_the_net_learns_its_sample_and_the_words_point_the_right_way(right):
    assert "The right class's column goes up, and the others go down." in TEXT
    state = demos.small_net.start(right)
    for entry in range(6):
        words = net.draw(state, right, entry)["readout"]
        assert (words["line"] == "lowers") == (entry % 3 == right)
        moved = state[0].copy()
        moved[entry // 3, entry % 3] += 1e-3 if words["line"] == "lowers" else -1e-3
        assert softmax_cross_entropy(net.SAMPLE @ moved, [right]) < state[1][-1], "the loss falls as the words say"
    for rate in (1.0, 10.0):  # "so even a large η does no harm here"
        losses = walked(demos.small_net, 20, right=right, rate=rate)[0][1]
        assert len(losses) == 21 and all(later < before for before, later in zip(losses, losses[1:], strict=False))


def test_nothing_that_the_lesson_prints_is_left_out_here():
    told = {"first-steps", "train-neuron", "three-rates", "momentum", "net", "spread", "equal-work"}
    assert {cell for cell, text in OUT.items() if text} == told
