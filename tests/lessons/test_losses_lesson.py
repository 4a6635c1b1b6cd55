"""Lesson 3: the numbers that it names, worked out independently, in what its cells print and what its demos say."""

import math
import random
import re

import numpy as np
import pytest
from by_hand import slope, slopes, softmax
from conftest import PROJECT
from lesson_reader import numbers_in, printed, said_by

from nnlessons.losses import demos, exercises
from nnlessons.losses.figures import FLOOR, LEFTS, SIDE

PRINTED = printed("03_losses")
TEXT = (PROJECT / "notebooks" / "03_losses.ipynb").read_text()


# -- squared errors ---------------------------------------------------------------------------------------------------

T = (0, 1, 0)
FACTORS = {"half": (1 / 2, 0.1), "sum": (1, 0.05), "mean": (1 / 3, 0.15)}


def squared(y):
    return [(one - target) ** 2 for one, target in zip(y, T, strict=True)]


def test_the_ledger_has_three_losses_three_slopes_and_one_step():
    y = (0.3, 0.6, 0.1)
    lines = PRINTED["ledger"].splitlines()
    assert [line.split()[0] for line in lines] == ["half", "sum", "mean"]
    for line, (factor, eta) in zip(lines, FACTORS.values(), strict=True):
        loss, slopes, steps = re.match(r".*L = (\S+)   slopes \[(.*)\]   steps \[(.*)\]", line).groups()
        assert float(loss) == pytest.approx(factor * sum(squared(y)), abs=5e-4)
        assert numbers_in(slopes) == pytest.approx([2 * factor * (a - b) for a, b in zip(y, T, strict=True)], abs=5e-4)
        assert numbers_in(steps) == pytest.approx([0.03, -0.04, 0.01])
        assert 2 * factor * eta == pytest.approx(0.1), "the learning rates differ as the slopes do, the other way round"
    assert 2 / (100 * 10) * 500 == 1, "with 1,000 numbers the slopes of half the sum and of the mean differ by 500"


@pytest.mark.parametrize("y", [(0.3, 0.6, 0.1), (0.6, 0.2, 0.2), (0.0, 1.0, 0.0), (1.0, 0.0, 1.0), (0.7, 0.3, 0.9)])
def test_the_squares_and_the_ledger_below_them_say_what_is_true(y):
    squares = squared(y)
    half, total, mean = sum(squares) / 2, sum(squares), sum(squares) / 3
    said = numbers_in(said_by(demos.squares, y0=y[0], y1=y[1], y2=y[2]).replace("y₀", ""))
    assert said == pytest.approx([*squares, half, total, mean, 0.1 * y[0]], abs=5.1e-4)
    patch = demos.draw_squares(*y)
    for row, (factor, eta) in enumerate(FACTORS.values()):
        shown = [float(patch[f"{name} {row}"]["text"]) for name in ("loss", "slope", "rate", "step")]
        assert shown == pytest.approx([factor * total, 2 * factor * y[0], eta, 0.1 * y[0]], abs=5.1e-4)
    for number in range(3):
        (left, low), (right, _), (_, high), _ = patch[f"square {number}"]["xy"]
        assert right - left == pytest.approx(high - low) == pytest.approx(SIDE * abs(y[number] - T[number]))
        assert left == LEFTS[number] and (low - FLOOR) / SIDE == pytest.approx(min(y[number], T[number]))


def test_all_errors_doubled_make_four_times_the_sum():
    assert sum(squared((0.6, 0.2, 0.2))) == pytest.approx(1.04) == pytest.approx(4 * sum(squared((0.3, 0.6, 0.1))))
    assert "four times" in exercises.errors_double.answer and "from 0.26 to 1.04" in exercises.errors_double.reason
    assert sum(squared((0.3, 1.0, 0.1))) == pytest.approx(0.10), "y1 corrected"
    assert 0.16 > 0.26 / 2 and (0.4 / 0.1) ** 2 == pytest.approx(16)


# -- cross entropy ----------------------------------------------------------------------------------------------------


def test_minus_log_is_the_same_from_a_label_and_from_a_one_hot_row():
    right = re.findall(
        r"class (\d), as one-hot row \[(.*)\]: -log (\S+) = (\S+)\n.*label (\S+), and from the row (\S+)",
        PRINTED["labels"],
    )
    assert right == [("2", "0. 0. 1.", "0.6", *["0.51"] * 3), ("0", "1. 0. 0.", "0.1", *["2.30"] * 3)]
    assert f"{-math.log(0.6):.2f}" == "0.51" and f"{-math.log(0.1):.2f}" == "2.30"
    assert f"{math.log(10):.3f}" == "2.303", "the natural logarithm beside the one with base 10"
    assert f"{-math.log(0.01):.2f}" == "4.61" and math.log(0.01) == pytest.approx(2 * math.log(0.1))
    assert "twice as large" in exercises.ten_times_less.answer and "4.61" in exercises.ten_times_less.reason


@pytest.mark.parametrize("y", [0.01, 0.1, 0.37, 0.6, 1.0])
def test_minus_log_its_tangent_and_the_squared_error_beside_it(y):
    said = numbers_in(said_by(demos.minus_log, y=y).replace("(1 − y)²", ""))
    by_nudging, flat = (slope(f, y, eps=1e-6) for f in (lambda y: -math.log(y), lambda y: (1 - y) ** 2))
    assert said == pytest.approx([y, -math.log(y), by_nudging, (1 - y) ** 2, flat], abs=5.1e-3)
    patch = demos.move_along_log(y)
    (left, right), (high, low) = patch["tangent"]["data"]
    assert (low - high) / (right - left) == pytest.approx(by_nudging, rel=1e-6)
    assert (high + low) / 2 == pytest.approx(-math.log(y), abs=1e-9) and (left + right) / 2 == pytest.approx(y)


def test_the_log_of_0_is_infinite_and_the_loss_from_scores_is_10000():
    said = [line.split()[-1] for line in PRINTED["log-of-0"].splitlines()]
    assert math.exp(-10_000) == 0
    assert said == ["inf", f"{-math.log(1e-7):.1f}", "10000.0"] and said[1] == "16.1"
    assert math.exp(-9_990) == 0 and math.log(math.exp(-10_000) + 1) + 10_000 == 10_000


# -- mini-batches -----------------------------------------------------------------------------------------------------


def test_the_sum_grows_with_n_and_the_mean_stays():
    rows = [numbers_in(line) for line in PRINTED["batches"].splitlines()]
    rng = np.random.default_rng(3)
    for row, N in zip(rows, (10, 1000, 10_000), strict=True):
        scores = rng.normal(size=(N, 3))
        scores[:, 0] += 1.5
        each = [-math.log(softmax([one])[0][0]) for one in scores.tolist()]
        assert row[0] == N and row[1] == pytest.approx(math.fsum(each), abs=0.051)
        assert row[2] == row[3] == pytest.approx(math.fsum(each) / N, abs=5.1e-4)
    means, sums = [row[2] for row in rows], [row[1] for row in rows]
    assert abs(means[2] - means[1]) < 0.01 and max(means) < 1.4 * min(means) and sums[2] > 1000 * sums[0]


@pytest.mark.parametrize(("N", "seed"), [(1, 0), (10, 0), (100, 3), (1000, 1), (10_000, 2)])
def test_mean_and_sum_under_the_dots_are_those_of_the_dots(N, seed):
    said = numbers_in(said_by(demos.batch_mean, samples=float(N), seed=seed).replace("One sample", "1 sample"))
    patch = demos.average(float(N), seed)
    heights = patch["dots"]["data"][1]
    assert len(heights) == N
    total = math.fsum(heights)
    assert said == pytest.approx([N, total, total / N] if N > 1 else [1, total], abs=0.051 if N > 1 else 5.1e-4)
    assert patch["mean point"]["data"][1] == pytest.approx([total / N])
    assert patch["sum point"]["data"][1] == pytest.approx([total])
    for line, divided in {"mean": True, "sum": False}.items():
        for n, height in zip(*patch[line]["data"], strict=True):
            assert height == pytest.approx(math.fsum(heights[:n]) / (n if divided else 1))
        assert patch[line]["data"][0][0] == 1 and patch[line]["data"][0][-1] == N


def test_the_mean_of_ten_thousand_samples_hardly_changes():
    means = {N: [demos.average(N, seed)["readout"]["mean"] for seed in range(30)] for N in (10, 1000, 10_000)}
    assert max(means[10]) - min(means[10]) > 0.3
    assert max(means[1000]) - min(means[1000]) < 0.12
    assert max(means[10_000]) - min(means[10_000]) < 0.04


# -- from the scores --------------------------------------------------------------------------------------------------


def loss_of(scores, label):
    return math.log(sum(math.exp(s) for s in scores)) - scores[label]


def slopes_of(scores, label):
    scores = [list(scores)]
    return slopes(lambda: loss_of(scores[0], label), scores)[0]


def test_three_gradients_agree_and_a_batch_of_two_has_half_of_each():
    lines = PRINTED["gradient"].splitlines()
    expected = slopes_of([2, 1, 0], 1)
    for line, name in zip(lines, ("y - t", "nnlib", "by nudging"), strict=False):
        assert line.startswith(name) and numbers_in(line.split("[")[1]) == pytest.approx(expected, abs=1e-6)
    assert numbers_in(lines[3]) == pytest.approx([slope / 2 for slope in expected], abs=5.1e-4)
    assert numbers_in(lines[4]) == pytest.approx([slope / 2 for slope in slopes_of([0, 0, 0], 2)], abs=5.1e-4)


@pytest.mark.parametrize("scores", [(2.0, 1.0, 0.0), (-5.0, 1.0, 0.0), (5.0, -5.0, -5.0), (0.3, 0.3, 0.3)])
@pytest.mark.parametrize("label", [0, 1, 2])
def test_bars_and_words_are_softmax_loss_and_gradient(scores, label):
    words = said_by(demos.from_scores, s0=scores[0], s1=scores[1], s2=scores[2], label=label)
    y, slopes = softmax([scores])[0], slopes_of(scores, label)
    assert numbers_in(words) == pytest.approx([*y, label, y[label], loss_of(scores, label), *slopes], abs=5.1e-4)
    patch = demos.compare_with_target(*scores, label)
    assert [bar[2][1] for bar in patch["outputs"]["verts"]] == pytest.approx(y)
    assert [bar[2][1] for bar in patch["gradient"]["verts"]] == pytest.approx(slopes, abs=1e-8)
    assert list(patch["targets"]["data"][1]) == [float(k == label) for k in range(3)]
    assert sum(slopes) == pytest.approx(0, abs=1e-8)
    assert not any(patch[f"slope {k}"]["text"] == "$-0.00$" for k in range(3))


def test_the_same_number_added_to_all_scores_changes_nothing():
    one, other = (said_by(demos.from_scores, s0=2.0 + c, s1=1.0 + c, s2=0.0 + c) for c in (0.0, 2.5))
    assert one == other
    assert max(map(abs, slopes_of([5, -5, -5], 0))) < 1e-3
    assert slopes_of([5, -5, -5], 2) == pytest.approx([1, 0, -1], abs=1e-3)


def test_a_squared_error_is_flat_where_the_softmax_is_sure_and_wrong():
    def squared_error(last):
        return sum((y - t) ** 2 for y, t in zip(softmax([[5, -5, last]])[0], (0, 0, 1), strict=True))

    assert abs(squared_error(-5 + 1e-4) - squared_error(-5 - 1e-4)) / 2e-4 < 2e-4


# -- accuracy ---------------------------------------------------------------------------------------------------------


def right_and_loss(w, x, t):
    right, losses = 0, []
    for (x0, x1), label in zip(x.tolist(), t.tolist(), strict=True):
        scores = [w * x0 - 0.5 * x1, x0, x1]
        right += scores.index(max(scores)) == label
        losses.append(loss_of(scores, label))
    return right, math.fsum(losses) / len(losses)


def test_the_accuracy_stays_at_exactly_32_percent_while_the_loss_changes():
    x, t = demos.hundred_samples()
    assert len(x) == len(t) == 100 and np.bincount(t).tolist() == [34, 33, 33]
    rows = [numbers_in(line) for line in PRINTED["nearby"].splitlines()]
    for row, w in zip(rows, (1.98, 1.99, 2.0, 2.01, 2.02), strict=True):
        right, loss = right_and_loss(w, x, t)
        assert row[:2] == [w, right] == [w, 32] and row[2] == pytest.approx(loss, abs=5.1e-6)
    assert len({row[2] for row in rows}) == 5 and sorted(row[2] for row in rows) == [row[2] for row in rows]


def test_the_stairs_are_flat_from_1_69_to_2_22():
    x, t = demos.hundred_samples()
    steps = [round(-4 + step / 100, 2) for step in range(801)]
    right, loss = zip(*(right_and_loss(w, x, t) for w in steps), strict=True)
    flat = [w for w, count in zip(steps, right, strict=True) if count == 32 and 1.6 < w < 2.4]
    assert (flat[0], flat[-1], len(flat)) == (1.69, 2.22, 54), "53 steps from one end to the other"
    assert flat == steps[steps.index(1.69) : steps.index(2.22) + 1], "in one piece"
    best = [w for w, count in zip(steps, right, strict=True) if count == max(right)]
    assert (max(right), best[0], best[-1]) == (95, -2.32, -2.27)
    assert steps[loss.index(min(loss))] == -3.02 and right[steps.index(-3.02)] == 92
    assert all(before != after for before, after in zip(loss, loss[1:], strict=False))
    stairs = sum(before != after for before, after in zip(right, right[1:], strict=False))
    assert stairs < 100, "of 800 steps of the slider"


@pytest.mark.parametrize("w", [-4.0, -2.3, 0.0, 1.0, 2.0, 4.0])
def test_the_points_on_stairs_and_slope_are_where_the_words_say(w):
    right, loss = right_and_loss(w, *demos.hundred_samples())
    assert said_by(demos.stairs, w=w).replace("\N{MINUS SIGN}", "-") == (
        f"w = {w:.2f}: the accuracy is {right} %, the loss {loss:.5f}."
    )
    patch = demos.move_weight(w)
    for place in ("", " near"):
        assert patch[f"accuracy point{place}"]["data"] == ([w], [right])
        assert patch[f"loss point{place}"]["data"][1] == pytest.approx([loss])


# -- a column against a row -------------------------------------------------------------------------------------------


def test_a_column_against_a_row_has_nine_differences_and_another_loss():
    y, t = [0.1, 0.9, 0.8], [0, 1, 1]
    wrong = sum((one - other) ** 2 for one in y for other in t) / 9
    true = sum((one - other) ** 2 for one, other in zip(y, t, strict=True)) / 3
    first, second, third = PRINTED["column"].splitlines()
    assert first.split("loss")[1].strip() == f"{wrong:.2f}" == "0.35" and "(3, 3)" in first
    assert second.split("loss")[1].strip() == f"{true:.2f}" == "0.02" and "(3,)" in second
    assert third == "ValueError: t must have shape (3, 1), got (3,)"
    assert "0.35 in place of 0.02" in TEXT


def test_the_wrong_loss_is_lowest_if_every_output_is_the_mean_target():
    t = [0, 1, 1]

    def wrong(y):
        return sum((one - other) ** 2 for one in y for other in t) / 9

    lowest = wrong([2 / 3] * 3)
    rng = random.Random(0)
    assert all(wrong([2 / 3 + rng.uniform(-0.3, 0.3) for _ in t]) > lowest for _ in range(100))
    assert wrong(t) > lowest, "all right, and not the lowest"
