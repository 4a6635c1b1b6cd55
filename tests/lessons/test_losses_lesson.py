"""Lesson 3: the numbers that it prints and names, worked out with plain Python, and what its demos say and show."""

import itertools
import math
import random
import re

import numpy as np
import pytest
from by_hand import product, shape_of, sigmoid, slope, slopes, softmax
from lesson_reader import numbers_in, printed, said_by, written
from matplotlib.patches import Polygon

from nnlessons.live.calls import call
from nnlessons.live.scene import Scene
from nnlessons.losses import demos, exercises
from nnlessons.losses.figures import FLOOR, SIDE
from nnlessons.losses.which_way import hundred_samples
from nnlessons.reader.network import reader_network
from nnlib import losses, zeros_and_nines

PRINTED = printed("03_losses")
TEXT = written("03_losses")


def loss_of(scores, label):
    return math.log(sum(math.exp(s) for s in scores)) - scores[label]


def slopes_of(scores, label):
    scores = [list(scores)]
    return slopes(lambda: loss_of(scores[0], label), scores)[0]


def test_the_recall_questions():
    shape, lead, flat = exercises.recall.questions
    assert "Ten pictures of 64 pixels each" in shape.question and "50 units" in shape.question
    assert shape.answer == str(shape_of(product([[0.0] * 64] * 10, [[0.0] * 50] * 64)))
    for other in (-7, 0, 5):
        first, second, _ = softmax([[3, 2, other]])[0]
        assert lead.answer == "e times, so about 2.7 times" and first / second == pytest.approx(math.e)
    assert "The sum that goes into a sigmoid is 40" in flat.question and flat.answer == "It hardly changes at all"
    assert slope(sigmoid, 40) < 1e-9 and sigmoid(40) > 0.999999


# -- squared errors ---------------------------------------------------------------------------------------------------

T = (0, 1, 0)
FACTORS = {"half": (1 / 2, 0.1), "sum": (1, 0.05), "mean": (1 / 3, 0.15)}


def squared(y):
    return [(one - target) ** 2 for one, target in zip(y, T, strict=True)]


def half_sum(y):
    return sum(squared(y)) / 2


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
    assert "With a mini-batch of 100 samples and 10 outputs, $n$ is 1,000, and the slopes" in TEXT
    n = 100 * 10
    half, mean = (slope(lambda d, part=part: part * d**2, 0.7) for part in (1 / 2, 1 / n))
    assert "differ by a factor of 500" in TEXT and half / mean == pytest.approx(500)


@pytest.mark.parametrize("y", [(0.3, 0.6, 0.1), (0.6, 0.2, 0.2), (0.0, 1.0, 0.0), (1.0, 0.0, 1.0), (0.7, 0.3, 0.9)])
def test_squares_with_their_areas_their_sum_and_half_of_it(y):
    squares = squared(y)
    total, half = sum(squares), sum(squares) / 2
    said = said_by(demos.squares, y0=y[0], y1=y[1], y2=y[2])
    if total:
        assert numbers_in(said) == pytest.approx([*squares, total, half], abs=5.1e-4)
        assert "and the loss is half of that" in said
    else:
        assert numbers_in(said) == [0] and "no square is left, and the loss is 0" in said
    patch = demos.draw_squares(*y)
    assert numbers_in(patch["sum"]["text"]) == pytest.approx([*squares, total])
    assert numbers_in(patch["half"]["text"]) == pytest.approx([total, 2, half], abs=5.1e-4)
    for number in range(3):
        (left, low), (right, _), (_, high), _ = patch[f"square {number}"]["xy"]
        assert right - left == pytest.approx(high - low) == pytest.approx(SIDE * abs(y[number] - T[number]))
        assert (low - FLOOR) / SIDE == pytest.approx(min(y[number], T[number]))
        assert numbers_in(patch[f"area {number}"]["text"])[-1] == pytest.approx(squares[number])


def test_the_picture_of_the_squares_names_its_sum_and_the_loss():
    scene = Scene(demos.squares)
    axes = scene.picture.parts["sum"].outline.axes
    heights = {text.get_text(): axes.transData.transform(text.get_position())[1] for text in axes.texts}
    for name, word in {"sum": "sum", "half": "$L$"}.items():
        box = scene.picture.parts[name].outline.get_window_extent()
        assert box.y0 < heights[word] < box.y1, "the word is on the line of its numbers"
    assert "L = \\frac{1}{2} \\sum_k (y_k - t_k)^2" in TEXT and half_sum([0.3, 0.6, 0.1]) == pytest.approx(0.13)


def test_the_errors_cancel_until_they_are_squared():
    errors = [one - target for one, target in zip((0.3, 0.6, 0.1), T, strict=True)]
    assert "it's off by $y_0 - t_0 = 0.3$, by $-0.4$ and by $0.1$" in TEXT and "$0.3 - 0.4 + 0.1 = 0$" in TEXT
    assert errors == pytest.approx([0.3, -0.4, 0.1]) and sum(errors) == pytest.approx(0)
    assert squared((0.3, 0.6, 0.1)) == pytest.approx([0.09, 0.16, 0.01])
    assert "Its square is 0.16, more than half of the 0.26." in TEXT and 2 * 0.16 > 0.26
    assert "costs 16 times as much as one of 0.1, although it's only four times as large" in TEXT
    assert 0.4**2 / 0.1**2 == pytest.approx(16)
    left = {
        k: half_sum([target if k == at else y for at, (y, target) in enumerate(zip((0.3, 0.6, 0.1), T, strict=True))])
        for k in range(3)
    }
    assert min(left, key=left.get) == 1, "$y_1$ is the one to correct"
    assert "(Correct it, and the loss goes down from 0.13 to 0.05.)" in TEXT
    assert (f"{half_sum((0.3, 0.6, 0.1)):.2f}", f"{left[1]:.2f}") == ("0.13", "0.05")


def test_all_errors_doubled_make_four_times_the_sum():
    assert "Double all three errors: $y = (0.6, 0.2, 0.2)$." in TEXT
    assert sum(squared((0.6, 0.2, 0.2))) == pytest.approx(1.04) == pytest.approx(4 * sum(squared((0.3, 0.6, 0.1))))
    assert "four times" in exercises.errors_double.answer and "from 0.26 to 1.04" in exercises.errors_double.reason


# -- cross entropy ----------------------------------------------------------------------------------------------------


def test_minus_log_is_the_same_from_a_label_and_from_a_one_hot_row():
    y = (0.1, 0.3, 0.6)
    assert "with $y = (0.1, 0.3, 0.6)$ the loss is $-\\log 0.6 = 0.51$ if class 2 is right" in TEXT
    assert "and $-\\log 0.1 = 2.30$ if class 0 is right" in TEXT
    for label, claim in {2: "0.51", 0: "2.30"}.items():
        t = [float(k == label) for k in range(3)]
        assert (
            f"{-math.log(y[label]):.2f}" == f"{-sum(on * math.log(p) for on, p in zip(t, y, strict=True)):.2f}" == claim
        )
        assert f"{losses.cross_entropy(np.array(y), label):.2f}" == claim


def test_ten_times_less_adds_the_same_again():
    asked = exercises.ten_times_less
    assert f"from {(1 - 0.1) ** 2:.2f} to {(1 - 0.01) ** 2:.2f}" in asked.question
    assert f"−log 0.1 is {-math.log(0.1):.2f}, and −log 0.01 is {-math.log(0.01):.2f}." in asked.reason
    assert asked.answer == "It gets twice as large" and math.log(0.01) / math.log(0.1) == pytest.approx(2)
    assert "ten times smaller, you add another 2.30" in asked.reason and f"{math.log(10):.2f}" == "2.30"


def test_the_slope_of_minus_log_has_no_limit_and_that_of_the_square_has():
    assert (
        "The slope of $-\\log y$ is −10 at 0.1 and −100 at 0.01: a tenth of the probability, ten times the slope."
        in TEXT
    )
    assert "The slope of the square only goes from −1.80 to −1.98, and it never gets past −2" in TEXT
    for y, steep, flat in ((0.1, -10, -1.80), (0.01, -100, -1.98)):
        assert slope(lambda y: -math.log(y), y, eps=1e-6) == pytest.approx(steep)
        assert slope(lambda y: (1 - y) ** 2, y) == pytest.approx(flat)
    assert slope(lambda y: (1 - y) ** 2, 0) == pytest.approx(-2)


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
    assert "16.1 is false comfort: it's $-\\log 10^{-7}$" in TEXT and "That caps the loss at 16.1" in TEXT
    assert "Change the scores to 0 and 9,990, and it's still 16.1." in TEXT and math.exp(-9_990) == 0
    assert "$\\log(e^{-10000} + 1) + 10000 = 10000$" in TEXT and math.log(math.exp(-10_000) + 1) + 10_000 == 10_000


# -- mini-batches -----------------------------------------------------------------------------------------------------


def test_a_number_is_picked_from_each_row_and_the_loss_is_their_mean():
    picked, loss = PRINTED["pick"].splitlines()
    assert numbers_in(picked) == [0.6, 0.7], "class 2 of row 0, and class 0 of row 1"
    assert loss == f"mean loss: {-(math.log(0.6) + math.log(0.7)) / 2:.3f}" == "mean loss: 0.434"


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
    assert "With 10 samples the mean jumps around, and from 1,000 on it hardly moves." in TEXT
    means = {N: [demos.average(N, seed)["readout"]["mean"] for seed in range(30)] for N in (10, 1000, 10_000)}
    assert max(means[10]) - min(means[10]) > 0.3
    assert max(means[1000]) - min(means[1000]) < 0.12
    assert max(means[10_000]) - min(means[10_000]) < 0.04


# -- output minus target ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scores", [(2.0, 1.0, 0.0), (-1.5, 0.3, 4.0), (0.0, 0.0, 0.0), (5.0, -5.0, -5.0)])
def test_output_minus_target_as_the_text_derives_it(scores):
    assert "So the sum is multiplied by 1.0067, and its log goes up by $\\log 1.0067$, which is nearly 0.0067" in TEXT
    assert "In symbols, that's $\\varepsilon\\, y_k$." in TEXT
    assert "If this is the right class's score, $s_c$ itself has grown by 0.01, so the $-s_c$ takes 0.01 off" in TEXT
    assert "In symbols, that's $-\\varepsilon$." in TEXT
    assert "$y_k - 1$ for the right class's score, and $y_k - 0$ for any other" in TEXT
    assert "\\text{slope of the loss with respect to } s_k = y_k - t_k" in TEXT
    (y,), eps = softmax([scores]), 1e-6
    for k in range(3):
        before, after = (sum(math.exp(s + more * (j == k)) for j, s in enumerate(scores)) for more in (0, eps))
        assert after / before - 1 == pytest.approx(eps * y[k], rel=1e-3, abs=1e-10)
    for label in range(3):
        expected = [share - (k == label) for k, share in enumerate(y)]
        assert slopes_of(scores, label) == pytest.approx(expected, abs=1e-8)


def test_the_slopes_for_a_mini_batch_are_divided_by_n():
    assert "so each sample counts for $1/N$, and the slopes are $(y - t) / N$" in TEXT
    scores, labels = [[2.0, 1.0, 0.0], [0.0, 0.0, 0.0], [-1.0, 3.0, 0.5]], [1, 2, 0]
    mean = lambda: sum(map(loss_of, scores, labels)) / 3  # noqa: E731
    by_nudging = slopes(mean, scores)
    solved = exercises.gradient.solution(np.array(softmax(scores)), np.array(labels))
    assert np.ravel(solved) == pytest.approx(np.ravel(by_nudging), abs=1e-8)


def test_a_squared_error_is_flat_where_the_softmax_is_confident_and_wrong():
    assert "With squared error, hardly anything moves." in TEXT and "When softmax is confident, it's flat." in TEXT
    scores = [[5.0, -5.0, -5.0]]
    half = lambda: sum((y - t) ** 2 for y, t in zip(softmax(scores)[0], (0, 1, 0), strict=True)) / 2  # noqa: E731
    assert max(map(abs, slopes(half, scores)[0])) < 2e-4
    assert "The steep loss makes up for the flat softmax." in TEXT
    flat = slope(lambda s: softmax([[5.0, s, -5.0]])[0][1], -5.0)
    steep = slope(lambda y: -math.log(y), softmax(scores)[0][1], eps=1e-9)
    assert abs(flat) < 1e-4 and steep < -1e4 and flat * steep == pytest.approx(slopes_of(scores[0], 1)[1], rel=1e-3)


def test_the_flat_softmax_times_the_steep_loss_at_0_01():
    assert (
        "so $y$ grows by a fraction $0.99\\,\\varepsilon$ of itself. That's $0.99 \\cdot 0.01 = 0.0099$ times as much as"
        in TEXT
    )
    assert "The square has slope −1.98, and $-1.98 \\cdot 0.0099 = -0.02$ is nearly nothing." in TEXT
    assert "Cross entropy has slope −100, and $-100 \\cdot 0.0099 = -0.99$, which is just $y - 1$." in TEXT
    for others in ([3.0], [-1.0, 0.5], [2.0, 2.0, -4.0]):
        score = math.log(sum(map(math.exp, others)) / 99)  # e^s is 1% of the whole
        y = lambda s, others=others: softmax([[s, *others]])[0][0]  # noqa: E731
        assert y(score) == pytest.approx(0.01)
        assert f"{slope(y, score):.4f}" == "0.0099"
        for loss, push, through in (
            (lambda y: (1 - y) ** 2, "-1.98", "-0.02"),
            (lambda y: -math.log(y), "-100.00", "-0.99"),
        ):
            assert f"{slope(loss, 0.01, eps=1e-6):.2f}" == push
            assert (
                f"{float(push) * 0.0099:.2f}" == through == f"{slope(lambda s, loss=loss, y=y: loss(y(s)), score):.2f}"
            )


def test_e_is_a_good_base_for_tiny_powers():
    assert (
        "$e^{\\varepsilon}$ is nearly $1 + \\varepsilon$, and $\\log(1 + \\varepsilon)$ is nearly $\\varepsilon$"
        in TEXT
    )
    assert "($e^{0.01} = 1.01005$, while $2^{0.01} = 1.00696$. And $\\log 1.01 = 0.00995$.)" in TEXT
    assert [f"{number:.5f}" for number in (math.e**0.01, 2**0.01, math.log(1.01))] == ["1.01005", "1.00696", "0.00995"]
    assert f"{math.log(1.0067):.4f}" == "0.0067", "the second fact, for 0.67 of 0.01"
    for eps in (0.01, -0.001):
        assert max(abs(math.exp(eps) - 1 - eps), abs(math.log(1 + eps) - eps)) < eps**2


# -- accuracy ---------------------------------------------------------------------------------------------------------


def right_and_loss(w, x, t):
    right, losses = 0, []
    for (x0, x1), label in zip(x.tolist(), t.tolist(), strict=True):
        scores = [w * x0 - 0.5 * x1, x0, x1]
        right += scores.index(max(scores)) == label
        losses.append(loss_of(scores, label))
    return right, math.fsum(losses) / len(losses)


STOPS = [round(-4 + step / 100, 2) for step in range(801)]  # of the slider


@pytest.fixture(scope="module")
def measures():
    """(how many of 100 are right, the loss) at each stop."""
    return dict(zip(STOPS, (right_and_loss(w, *hundred_samples()) for w in STOPS), strict=True))


def test_the_accuracy_stays_at_exactly_32_percent_while_the_loss_changes(measures):
    assert [hundred_samples()[1].tolist().count(k) for k in range(3)] == [34, 33, 33], "guessing gets 33 right"
    assert "the layer gets 32 of the 100 right" in TEXT
    assert "From 1.69 to 2.22, that's 53 presses, the accuracy stays at 32%." in TEXT
    stair = STOPS[STOPS.index(1.69) : STOPS.index(2.22) + 1]
    assert len(stair) - 1 == 53 and demos.which_way.beginning["w"] in stair
    assert {measures[w][0] for w in stair} == {32} and 32 not in (measures[1.68][0], measures[2.23][0])
    assert "The loss changes with every press, even if only by 0.006, and it falls as you go left." in TEXT
    changes = [measures[right][1] - measures[left][1] for left, right in itertools.pairwise(stair)]
    assert {round(change, 3) for change in changes} == {0.006}
    assert f"{measures[2.0][1]:.5f}" == "1.57536", "in the saved picture"


def test_accuracy_and_loss_nearly_agree_on_the_best_w(measures):
    assert "The accuracy is highest from −2.32 to −2.27, where it's 95%." in TEXT
    most = max(right for right, _ in measures.values())
    best = [w for w in STOPS if measures[w][0] == most]
    assert most == 95 and best == [-2.32, -2.31, -2.3, -2.29, -2.28, -2.27]
    assert "The loss is smallest at −3.02, where the accuracy is 92%." in TEXT
    assert min(STOPS, key=lambda w: measures[w][1]) == -3.02 and measures[-3.02][0] == 92


def test_at_2_the_layer_is_worse_than_saying_a_third_for_each_class(measures):
    assert (
        "A layer that simply says ⅓ for each class has a loss of $\\log 3 = 1.10$. At $w = 2$ the loss was 1.58."
        in TEXT
    )
    assert f"{-math.log(1 / 3):.2f}" == f"{loss_of([0.7] * 3, 1):.2f}" == "1.10" and f"{measures[2.0][1]:.2f}" == "1.58"


def test_most_of_the_others_are_surer_where_the_loss_is_lowest(measures):
    assert "It was lowest at −3.02, although three more points are wrong there than at −2.3." in TEXT
    assert measures[-2.3][0] - measures[-3.02][0] == 3
    assert "At −3.02 the layer is more confident about most of the other points, and that outweighs the three." in TEXT
    surer, changes = 0, []
    for (x0, x1), label in zip(*(part.tolist() for part in hundred_samples()), strict=True):
        rows = [[w * x0 - 0.5 * x1, x0, x1] for w in (-3.02, -2.3)]
        lost = max(rows[0]) != rows[0][label] and max(rows[1]) == rows[1][label]
        surer += not lost and max(softmax(rows)[0]) > max(softmax(rows)[1])
        changes.append((loss_of(rows[0], label) - loss_of(rows[1], label), lost))
    assert sum(lost for _, lost in changes) >= 3 and surer > 97 / 2
    assert sum(change for change, lost in changes if lost) > 0 > sum(change for change, _ in changes)


@pytest.mark.parametrize("w", [-4.0, -3.0, -0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("plots", ["near", "all"])
def test_both_measures_and_those_of_the_neighbors_are_counted_right(w, plots):
    (right, loss), *beside = (right_and_loss(each, *hundred_samples()) for each in (w, w - 0.01, w + 0.01))
    said = numbers_in(said_by(demos.which_way, w=w, plots=plots).replace("With w 0.01", ""))
    assert said == pytest.approx([right, loss, *beside[0], *beside[1]], abs=5.1e-6)
    patch = call(demos.which_way.update, {"w": w, "plots": plots})
    assert patch["accuracy is"]["text"] == f"{right}%" and patch["loss is"]["text"] == f"{loss:.5f}"
    assert sum(len(patch[f"class {k}"]["data"][0]) for k in range(3)) == right, "filled"
    assert sum(len(patch[f"wrong {k}"]["data"][0]) for k in range(3)) == 100 - right, "hollow"


def test_the_close_up_has_the_present_w_in_its_middle():
    x, t = hundred_samples()
    near, whole = (call(demos.which_way.update, {"w": 2.0, "plots": plots}) for plots in ("near", "all"))
    assert near["w ticks"]["texts"] == ["1.90", "2.00", "2.10"] and whole["w ticks"]["texts"] == ["−4", "0", "4"]
    assert near["accuracy ticks"]["texts"] == ["27", "32", "37"]
    assert near["loss ticks"]["texts"] == ["1.505", "1.575", "1.645"]
    assert {right_and_loss(w, x, t)[0] for w in (1.9, 2.1)} == {32}, "all that the close-up shows is one stair"
    assert all(1.505 < right_and_loss(w, x, t)[1] < 1.645 for w in (1.9, 2.1)), "and the loss stays inside"
    (_, here), beyond = right_and_loss(2.0, x, t), right_and_loss(2.1, x, t)
    for patch, middle, (right, loss) in ((near, 2, (32, here)), (whole, 0, (0, 0))):
        for name, less, value in (("accuracy", right, beyond[0]), ("loss", loss, beyond[1])):
            across, up = patch[name]["data"]
            assert np.interp(2.1 - middle, across, up) == pytest.approx(value - less, abs=1e-6)
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
    assert [w for w in STOPS if "as low as it gets" in said_by(demos.which_way, w=w)] == [-3.03, -3.02]


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


def at_preset(name):
    values = demos.most_surprising.presets[name]
    return values["w0"], values["w1"], values["b"]


def misread(*numbers):
    return sorted(number for _, p, number in surprises_at(*numbers) if p < 0.5)


def test_the_best_line_is_lower_than_all_its_neighbors():
    best = at_preset("the best line")
    around = list(itertools.product(*[[number - 0.1, number, number + 0.1] for number in best]))
    assert min(around, key=lambda numbers: mean_loss(*numbers)) == best, "a valley has one lowest place"


def test_the_best_line_misreads_the_three_that_surprise_it_most():
    found = surprises_at(*at_preset("the best line"))
    assert misread(*at_preset("the best line")) == sorted(number for _, _, number in found[:3])
    share = sum(loss for loss, _, _ in found[:3]) / sum(loss for loss, _, _ in found)
    assert exercises.worst_three.reason.startswith("It's 69%.") and round(100 * share) == 69
    assert exercises.worst_three.answer == "More than two thirds" and share > 2 / 3
    assert (
        "They're the three that the best line misreads: a nine that bends over so far that it isn't top-heavy" in TEXT
    )
    assert "a zero so narrow that it isn't hollow, and a zero with more ink at the top." in TEXT
    x, t, _ = zeros_and_nines(every=6)
    (top, _), (_, narrow), (zero_top, hollow) = (x[number] for _, _, number in found[:3])
    assert [t[number] for _, _, number in found[:3]] == [1, 0, 0]
    assert top < 0.1 < 0.4 < narrow and hollow < 0 and zero_top == max(x[t == 0, 0]), "the most of all zeros"


def test_ten_times_as_sure_misreads_as_many_and_costs_more():
    start, surer = at_preset("the start of lesson 0"), at_preset("the same line, ten times as sure")
    assert surer == tuple(10 * number for number in start)
    assert "It still misreads the same 30 pictures, but the loss jumps from 0.92 to 6.37." in TEXT
    assert len(misread(*start)) == 30 and misread(*start) == misread(*surer)
    assert (f"{mean_loss(*start):.2f}", f"{mean_loss(*surer):.2f}") == ("0.92", "6.37")


def test_confidence_pays_until_three_pictures_cost_too_much():
    assert "It had nearly all pictures right, so it gained by becoming more confident." in TEXT
    assert "it would have stopped where the misread ones became too expensive: at *the best line*" in TEXT
    best = at_preset("the best line")
    worst = misread(*best)

    def parts(factor):
        """The mean loss, and what the misread and the other pictures add to it, with all three numbers times a factor."""
        found = surprises_at(*(factor * number for number in best))
        three, others = (
            math.fsum(loss for loss, _, number in found if (number in worst) == wrong) / 60 for wrong in (True, False)
        )
        return three + others, three, others

    factors = [0.3, 0.6, 0.8, 0.9, 0.98, 1.0, 1.02, 1.1, 1.5, 3.0]
    loss, three, others = zip(*map(parts, factors), strict=True)
    assert all(before > after for before, after in itertools.pairwise(others)), "the right ones always gain"
    assert three[factors.index(0.6) :] == tuple(sorted(three[factors.index(0.6) :])), "and the three pay"
    assert list(loss[:6]) == sorted(loss[:6], reverse=True) and list(loss[5:]) == sorted(loss[5:])


def test_doubling_gains_a_little_where_right_and_costs_much_where_wrong():
    assert "Where it's right, that lowers the loss a little. Where it's wrong, it costs a lot." in TEXT
    numbers = at_preset("the start of lesson 0")
    before, after = ({n: (loss, p) for loss, p, n in surprises_at(*(k * one for one in numbers))} for k in (1, 2))
    gains = [before[n][0] - after[n][0] for n in before if before[n][1] > 0.5]
    costs = [after[n][0] - before[n][0] for n in before if before[n][1] < 0.5]
    assert len(gains) == len(costs) == 30 and min(gains + costs) > 0
    assert max(gains) < math.log(2) and sum(costs) > 3 * sum(gains)


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
    assert "Nine differences instead of three!" in TEXT


def test_the_wrong_loss_is_lowest_if_every_output_is_the_mean_target():
    assert "but the network ends up answering with the mean of all targets, whatever it's shown" in TEXT
    t = [0, 1, 1]

    def wrong(y):
        return sum((one - other) ** 2 for one in y for other in t) / 9

    lowest = wrong([2 / 3] * 3)
    rng = random.Random(0)
    assert all(wrong([2 / 3 + rng.uniform(-0.3, 0.3) for _ in t]) > lowest for _ in range(100))
    assert wrong(t) > lowest, "all right, and not the lowest"


def test_the_reader_has_3760_numbers_to_change():
    assert "It can only change its parameters, the 3,760 weights and biases." in TEXT
    assert 64 * 50 + 50 + 50 * 10 + 10 == 3760 == sum(param.size for param in reader_network().params)


def test_nothing_that_the_lesson_prints_is_left_out_here():
    assert {cell for cell, text in PRINTED.items() if text} == {"pick", "ledger", "log-of-0", "column"}
