"""Lesson 3: the numbers that it names, worked out independently, in what its cells print and what its demos say."""

import itertools
import math
import random
import re

import numpy as np
import pytest
from by_hand import slope, slopes, softmax
from conftest import PROJECT
from lesson_reader import numbers_in, printed, said_by
from matplotlib.patches import Polygon

from nnlessons.live.calls import call
from nnlessons.live.scene import Scene
from nnlessons.losses import demos, exercises
from nnlessons.losses.figures import FLOOR, SIDE
from nnlib import zeros_and_nines

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
def test_squares_with_their_areas_their_sum_and_their_mean(y):
    squares = squared(y)
    total, mean = sum(squares), sum(squares) / 3
    said = said_by(demos.squares, y0=y[0], y1=y[1], y2=y[2])
    if total:
        assert numbers_in(said) == pytest.approx([*squares, total, mean], abs=5.1e-4)
    else:
        assert numbers_in(said) == [0] and "no square is left" in said
    patch = demos.draw_squares(*y)
    assert numbers_in(patch["sum"]["text"]) == pytest.approx([*squares, total])
    assert numbers_in(patch["mean"]["text"]) == pytest.approx([total, 3, mean], abs=5.1e-4)
    for number in range(3):
        (left, low), (right, _), (_, high), _ = patch[f"square {number}"]["xy"]
        assert right - left == pytest.approx(high - low) == pytest.approx(SIDE * abs(y[number] - T[number]))
        assert (low - FLOOR) / SIDE == pytest.approx(min(y[number], T[number]))
        assert numbers_in(patch[f"area {number}"]["text"])[-1] == pytest.approx(squares[number])


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
def test_minus_log_and_the_squared_error_with_their_tangents(y):
    said = numbers_in(said_by(demos.minus_log, y=y).replace("(1 − y)²", ""))
    by_nudging, flat = (slope(f, y, eps=1e-6) for f in (lambda y: -math.log(y), lambda y: (1 - y) ** 2))
    assert said == pytest.approx([y, -math.log(y), by_nudging, (1 - y) ** 2, flat], abs=5.1e-3)
    patch = demos.move_along_log(y)
    for part, height, slant in (("tangent", -math.log(y), by_nudging), ("second tangent", (1 - y) ** 2, flat)):
        (left, right), (high, low) = patch[part]["data"]
        assert (low - high) / (right - left) == pytest.approx(slant, rel=1e-6, abs=1e-9)
        assert (high + low) / 2 == pytest.approx(height, abs=1e-9) and (left + right) / 2 == pytest.approx(y)


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
def test_mean_and_sum_are_of_all_samples_up_to_there(N, seed):
    scores = np.random.default_rng(seed).normal(size=(10_000, 3))
    scores[:, 0] += 1.5
    losses = [-math.log(softmax([one])[0][0]) for one in scores[:N].tolist()]
    total = math.fsum(losses)
    said = numbers_in(said_by(demos.batch_mean, samples=float(N), seed=seed))
    assert said == pytest.approx([N, total, total / N] if N > 1 else [total], abs=0.051 if N > 1 else 5.1e-4)
    patch = demos.average(float(N), seed)
    assert patch["mean point"]["data"][1] == pytest.approx([total / N])
    assert patch["sum point"]["data"][1] == pytest.approx([total])
    assert patch["dots"]["data"][1] == pytest.approx([losses[n - 1] for n in patch["dots"]["data"][0]])
    for line, divided in {"mean": True, "sum": False}.items():
        for n, height in zip(*patch[line]["data"], strict=True):
            assert height == pytest.approx(math.fsum(losses[:n]) / (n if divided else 1))
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


@pytest.mark.parametrize("w", [-4.0, -3.0, -0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("plots", ["near", "all"])
def test_both_measures_and_those_of_the_neighbors_are_counted_right(w, plots):
    (right, loss), *beside = (right_and_loss(each, *demos.hundred_samples()) for each in (w, w - 0.01, w + 0.01))
    said = numbers_in(said_by(demos.which_way, w=w, plots=plots).replace("With w 0.01", ""))
    assert said == pytest.approx([right, loss, *beside[0], *beside[1]], abs=5.1e-6)
    patch = call(demos.which_way.update, {"w": w, "plots": plots})
    assert patch["accuracy is"]["text"] == f"{right} %" and patch["loss is"]["text"] == f"{loss:.5f}"
    assert sum(len(patch[f"class {k}"]["data"][0]) for k in range(3)) == right, "filled"
    assert sum(len(patch[f"wrong {k}"]["data"][0]) for k in range(3)) == 100 - right, "hollow"


def test_the_close_up_has_the_present_w_in_its_middle():
    x, t = demos.hundred_samples()
    near, whole = (call(demos.which_way.update, {"w": 2.0, "plots": plots}) for plots in ("near", "all"))
    assert near["w ticks"]["texts"] == ["1.70", "2.00", "2.30"] and whole["w ticks"]["texts"] == ["−4", "0", "4"]
    assert near["accuracy ticks"]["texts"] == ["27", "32", "37"]
    assert near["loss ticks"]["texts"] == ["1.375", "1.575", "1.775"]
    (_, here), beyond = right_and_loss(2.0, x, t), right_and_loss(2.3, x, t)
    for patch, middle, (right, loss) in ((near, 2, (32, here)), (whole, 0, (0, 0))):
        for name, less, value in (("accuracy", right, beyond[0]), ("loss", loss, beyond[1])):
            across, up = patch[name]["data"]
            assert np.interp(2.3 - middle, across, up) == pytest.approx(value - less, abs=1e-6)
            (there,), (height,) = patch[f"{name} here"]["data"]
            assert there == pytest.approx(2 - middle) and height == pytest.approx(
                {"accuracy": 32, "loss": here}[name] - less
            )


@pytest.mark.parametrize("w", [-4.0, -0.5, 0.5, 1.49, 1.5, 1.51, 2.0, 4.0])
def test_each_region_of_the_plane_is_where_its_score_is_the_largest(w):
    patch = call(demos.which_way.update, {"w": w, "plots": "near"})
    regions = [Polygon(patch[f"region {k}"]["xy"]).get_path() for k in range(3)]
    names = [patch[f"name {k}"]["data"] for k in range(3)]
    rng = random.Random(0)
    points = [(rng.uniform(-2.5, 2.3), rng.uniform(-1.75, 2.09), None) for _ in range(500)]
    points += [(*np.ravel(name), k) for k, name in enumerate(names) if len(name[0])]
    for x0, x1, named in points:
        scores = [w * x0 - 0.5 * x1, x0, x1]
        best = scores.index(max(scores))
        lead = max(scores) - sorted(scores)[1]
        assert named is None or lead > 0.01, "a name is inside of its region"
        if lead > 1e-6:
            assert [region.contains_point((x0, x1)) for region in regions] == [k == best for k in range(3)]
            assert named in (None, best)
    for x0, x1 in np.transpose(patch["borders"]["data"])[1::3]:
        *_, second, first = sorted([w * x0 - 0.5 * x1, x0, x1])
        assert first == pytest.approx(second, abs=1e-9), "a tie"


def test_only_two_stops_of_the_slider_are_as_low_as_it_gets():
    steps = [round(-4 + step / 100, 2) for step in range(801)]
    assert [w for w in steps if "as low as it gets" in said_by(demos.which_way, w=w)] == [-3.03, -3.02]


# -- the three biggest surprises --------------------------------------------------------------------------------------


def surprises_at(w0, w1, b):
    """[(loss, probability of the right answer, number of the picture), ...] from the largest loss, for the sixty."""
    x, t, _ = zeros_and_nines(every=6)
    found = []
    for number, ((x0, x1), nine) in enumerate(zip(x.tolist(), t.tolist(), strict=True)):
        y = 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + b)))
        p = y if nine else 1 - y
        found.append((-math.log(p), p, number))
    return sorted(found, reverse=True)


def mean_loss(*numbers):
    return math.fsum(loss for loss, _, _ in surprises_at(*numbers)) / 60


@pytest.mark.parametrize("values", [{}, *demos.most_surprising.presets.values(), {"w0": -2.0, "w1": 3.0, "b": -1.0}])
def test_the_three_pictures_are_those_with_the_largest_losses(values):
    values = {**demos.most_surprising.beginning, **values}
    found = surprises_at(values["w0"], values["w1"], values["b"])
    patch = call(demos.most_surprising.update, values)
    x, t, pictures = zeros_and_nines(every=6)
    for place, (loss, p, number) in enumerate(found[:3]):
        assert (patch[f"picture {place}"]["array"].ravel() == pictures[number]).all()
        assert patch["labels"]["texts"][place] == "09"[t[number]]
        assert numbers_in(patch["chances"]["texts"][place]) == [pytest.approx(p, rel=0.06)]
        assert patch["losses"]["texts"][place] == f"{loss:.2f}"
        assert np.transpose(patch["picked"]["data"])[place].tolist() == x[number].tolist()
        assert patch["leaders"]["points"][place].tolist() == x[number].tolist()
    said = numbers_in(said_by(demos.most_surprising, **values))
    total = math.fsum(loss for loss, _, _ in found)
    wrong = sum(p < 0.5 for _, p, _ in found)
    assert said[:3] == [pytest.approx(total / 60, abs=5.1e-5), wrong, 60]
    assert said[3] == round(100 * sum(loss for loss, _, _ in found[:3]) / total)


def test_the_best_line_is_lower_than_all_its_neighbors():
    start, surer, best = (tuple(preset.values()) for preset in demos.most_surprising.presets.values())
    around = list(itertools.product(*[[number - 0.1, number, number + 0.1] for number in best]))
    assert min(around, key=lambda numbers: mean_loss(*numbers)) == best, "a valley has one lowest place"
    assert (f"{mean_loss(*start):.4f}", f"{mean_loss(*best):.4f}") == ("0.9199", "0.0996")
    assert surer == tuple(10 * number for number in start), "the same line, and as many misread"
    assert f"{mean_loss(*surer):.4f}" == "6.3679"


def test_a_thin_line_goes_from_each_ring_to_its_picture():
    scene = Scene(demos.most_surprising)
    to_inches = scene.picture.figure.dpi_scale_trans.inverted()
    (lines,) = scene.picture.parts["leaders"].artists
    ends = to_inches.transform(lines.get_transform().transform(lines.get_xydata()))
    for place in range(3):
        mesh = scene.picture.parts[f"picture {place}"]
        frame = to_inches.transform_bbox(mesh.get_window_extent())
        ring, end = ends[3 * place], ends[3 * place + 1]
        assert end == pytest.approx([frame.x0, (frame.y0 + frame.y1) / 2])
        point = to_inches.transform(
            lines.axes.transData.transform(np.transpose(scene.picture.parts["picked"].get_data())[place])
        )
        radius = 2.2 * 8 / 2 / 72
        assert math.dist(ring, point) == pytest.approx(radius, abs=0.02)
        assert math.dist(point, ring) + math.dist(ring, end) == pytest.approx(math.dist(point, end)), "straight"


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
