"""Lesson 3: surprises that add up, and the tug of war between scores, worked out with plain Python."""

import itertools
import math
from decimal import Decimal

import pytest
from by_hand import slopes, softmax
from lesson_reader import numbers_in, said_by, walked, written
from matplotlib.colors import to_rgba

from nnlessons.drawing.style import GREEN, GREY
from nnlessons.live.calls import call
from nnlessons.losses import demos, exercises
from nnlessons.losses.surprise_meter_figure import ADDED, ADDED_LONG, ONE_LONG
from nnlessons.losses.tug_figure import FLOOR, OUTPUTS, SCORES, UNIT, WHOLE, ZERO

TEXT = written("03_losses")

# -- the surprise meter -----------------------------------------------------------------------------------------------

TWENTIETHS = [twentieth / 20 for twentieth in range(1, 21)]


def test_the_meter_at_its_start():
    assert "gave what happened a probability of 0.6 on day 0, only 0.1 on day 1, and 0.9 on day 2." in TEXT
    assert [f"{-math.log(p):.2f}" for p in (0.6, 0.1, 0.9)] == ["0.51", "2.30", "0.11"]
    assert numbers_in(said_by(demos.surprise)) == [0.6, 0.1, 0.9, 0.054, 0.51, 2.30, 0.11, 2.92, 0.054]
    assert f"{-math.log(0.054):.2f}" == "2.92"


@pytest.mark.parametrize("p", [(0.6, 0.1, 0.9), (1.0, 0.35, 1.0), (0.05, 0.05, 0.05), (1.0, 1.0, 1.0)])
def test_what_is_left_is_multiplied_and_surprises_are_put_end_to_end(p):
    patch = demos.surprise.update(*p)
    left, end = 1.0, ADDED
    for day, one in enumerate(p):
        assert patch[f"whole {day}"]["width"] == pytest.approx(left * ONE_LONG)
        left *= one
        assert patch[f"kept {day}"]["width"] == pytest.approx(left * ONE_LONG)
        piece = patch[f"piece {day}"]
        assert piece == patch[f"surprise {day}"] and piece["x"] == pytest.approx(end)
        end += math.log(1 / one) * ADDED_LONG
        assert piece["x"] + piece["width"] == pytest.approx(end) == pytest.approx(patch[f"guide {day}"]["data"][0][0])
        assert numbers_in(patch[f"factor {day}"]["text"]) == [one]
        assert numbers_in(patch[f"term {day}"]["text"]) == pytest.approx([math.log(1 / one)], abs=5.1e-3)
    assert patch["product"]["width"] == pytest.approx(left * ONE_LONG)
    assert numbers_in(patch["product number"]["text"]) == pytest.approx([left], rel=5e-3)
    assert numbers_in(patch["sum number"]["text"]) == pytest.approx([math.log(1 / left)], abs=5.1e-3)
    assert (end - ADDED) / ADDED_LONG == pytest.approx(math.log(1 / left))


def test_the_meter_says_so_if_rounded_surprises_do_not_add_up():
    for p in itertools.product(TWENTIETHS[::3], repeat=3):
        patch = demos.surprise.update(*p)
        *terms, total = (
            Decimal(patch[name]["text"].strip("+= ")) for name in ("term 0", "term 1", "term 2", "sum number")
        )
        assert ("rounded" in said_by(demos.surprise, p0=p[0], p1=p[1], p2=p[2])) == (sum(terms) != total)


def test_one_bold_mistake_costs_more_than_three_careful_forecasts():
    assert "A surprise is never below 0, so good days can't make up for a bad one." in TEXT
    assert "A 1 adds nothing, and 0.05 adds 3.00." in TEXT and f"{-math.log(0.05):.2f}" == "3.00" and -math.log(1) == 0
    assert -math.log(0.05) > 2.92 == numbers_in(said_by(demos.surprise))[-2], "one bad day and two without any surprise"
    careful, bold = (demos.surprise.update(**values)["readout"]["sum"] for values in demos.surprise.presets.values())
    assert (careful, bold) == ("1.94", "3.10")
    assert "her surprises add up to 3.10, the careful one's to 1.94" in TEXT
    assert f"{-2 * math.log(0.6) - math.log(0.4):.2f}" == careful
    assert f"{-2 * math.log(0.95) - math.log(0.05):.2f}" == bold
    assert "The bold one gives higher probabilities on two of three days, but she pays for the third" in TEXT
    one, other = (tuple(values.values()) for values in demos.surprise.presets.values())
    assert one == (0.6, 0.4, 0.6) and other == (0.95, 0.05, 0.95)


def test_certain_and_right_is_no_surprise():
    assert "−log 1 = 0" in said_by(demos.surprise, p0=1.0, p1=1.0, p2=1.0)


# -- the tug of war ---------------------------------------------------------------------------------------------------


def loss_of(scores, label):
    return math.log(sum(math.exp(s) for s in scores)) - scores[label]


def half_sum_of(scores, label):
    return sum((y - (k == label)) ** 2 for k, y in enumerate(softmax([scores])[0])) / 2


LOSSES = {"entropy": loss_of, "squares": half_sum_of}  # by the value of the choice


def slopes_of(scores, label, loss="entropy"):
    scores = [list(scores)]
    return slopes(lambda: LOSSES[loss](scores[0], label), scores)[0]


def drawn(s, label, loss="entropy"):
    """The properties at the start, for these scores."""
    values = {**demos.tug_of_war.beginning, "s0": s[0], "s1": s[1], "s2": s[2], "label": label, "loss": loss}
    return call(demos.tug_of_war.update, values, call(demos.tug_of_war.start, values))


def length_of(arrow):
    """How far an arrow goes up, from the middle of its tail to its tip."""
    return arrow["xy"][3][1] - (arrow["xy"][0][1] + arrow["xy"][6][1]) / 2


def test_the_tug_at_its_start():
    _, said = walked(demos.tug_of_war, 0)
    y, by_nudging = softmax([[2, 1, 0]])[0], slopes_of((2, 1, 0), 1)
    assert numbers_in(said) == [round(number, 3) for number in (*y, loss_of((2, 1, 0), 1), *by_nudging)]
    assert "y = (0.67, 0.24, 0.09)" in exercises.pulls.question and [f"{p:.2f}" for p in y] == ["0.67", "0.24", "0.09"]
    assert "it's missing 0.76" in exercises.pulls.reason and f"{1 - y[1]:.2f}" == "0.76"
    assert "0.67 and 0.09, which adds up to the same 0.76" in exercises.pulls.reason
    assert exercises.pulls.answer.startswith("Score 1, up") and min(by_nudging) == by_nudging[1] < -max(by_nudging)


def test_the_tug_of_squares_at_its_start():
    _, said = walked(demos.tug_of_war, 0, loss="squares")
    y, by_nudging = softmax([[2, 1, 0]])[0], slopes_of((2, 1, 0), 1, "squares")
    assert [f"{slope:.3f}" for slope in by_nudging] == ["0.266", "-0.250", "-0.016"]
    assert numbers_in(said) == [round(number, 3) for number in (*y, half_sum_of((2, 1, 0), 1), *by_nudging)]
    assert numbers_in(said)[-3:] == [0.266, -0.250, -0.016] and "y − t" not in said, "they aren't output minus target"
    assert [drawn((2, 1, 0), 1, "squares")[f"pull {k} number"]["text"] for k in range(3)] == ["−0.27", "+0.25", "+0.02"]


def test_the_choice_of_a_loss_has_two():
    assert demos.tug_of_war.controls["loss"].options == {"cross entropy": "entropy", "squared error": "squares"}
    assert demos.tug_of_war.beginning["loss"] == "entropy"
    assert "Press *confident and wrong* and then ▶. Do the same with the *squared error*." in TEXT


def test_confident_and_wrong_is_pulled_as_hard_as_can_be():
    assert (
        "With cross entropy the pulls are as strong as they can be, +1 for the right class and −1 for the wrong one"
        in TEXT
    )
    ends = [(demos.tug_of_war.controls[name].low, demos.tug_of_war.controls[name].high) for name in ("s0", "s1", "s2")]
    s = (ends[0][1], ends[1][0], ends[2][0])
    assert demos.tug_of_war.presets == {"confident and wrong": {"s0": s[0], "s1": s[1], "s2": s[2], "label": 1}}
    assert slopes_of(s, 1) == pytest.approx([1, -1, 0], abs=1e-4)
    numbers = [drawn(s, 1)[f"pull {k} number"]["text"] for k in range(3)]
    assert numbers == ["−1.00", "+1.00", "0.00"]
    assert "and they turn the answer around" in TEXT
    (end, _), said = walked(demos.tug_of_war, 200, **demos.tug_of_war.presets["confident and wrong"])
    assert softmax([end])[0][1] > 0.9 and "Hardly any pull is left: the slopes y − t are" in said


def test_with_squares_hardly_anything_pulls_if_confident_and_wrong():
    assert "With squared error, hardly anything moves." in TEXT
    preset, s = demos.tug_of_war.presets["confident and wrong"], (5.0, -5.0, -5.0)
    assert max(map(abs, slopes_of(s, 1, "squares"))) < 2e-4 and half_sum_of(s, 1) > 0.999
    assert [drawn(s, 1, "squares")[f"pull {k} number"]["text"] for k in range(3)] == ["0.00"] * 3
    (end, _), said = walked(demos.tug_of_war, 200, **preset, loss="squares")
    assert end == pytest.approx(s, abs=1e-3) and "That's wrong, but hardly anything pulls" in said
    assert numbers_in(said) == [1, 0, 0, 1, 0, 0, 0]


@pytest.mark.parametrize("s", [(2.0, 1.0, 0.0), (5.0, -5.0, -5.0), (-5.0, -4.0, 5.0), (0.3, 0.3, 0.3)])
@pytest.mark.parametrize("label", [0, 1, 2])
@pytest.mark.parametrize("loss", LOSSES)
def test_a_pull_is_against_the_slope_and_a_gap_is_what_is_missing(s, label, loss):
    patch, y, by_nudging = drawn(s, label, loss), softmax([s])[0], slopes_of(s, label, loss)
    pulls = [length_of(patch[f"pull {k}"]) for k in range(3)]
    assert pulls == pytest.approx([-slope * WHOLE for slope in by_nudging], abs=1e-8)
    assert sum(pulls) == pytest.approx(0, abs=1e-9), "what one wins, the others lose"
    for k in range(3):
        assert length_of(patch[f"gap {k}"]) == pytest.approx(WHOLE * ((k == label) - y[k]))
        if loss == "entropy":
            assert length_of(patch[f"gap {k}"]) == pytest.approx(pulls[k]), "the same arrow in both places"
        assert patch[f"gap {k}"]["xy"][3][1] == pytest.approx(FLOOR + WHOLE * (k == label)), "its tip is at the target"
        assert patch[f"target {k}"]["data"][1] == pytest.approx([FLOOR + WHOLE * (k == label)] * 2)
        assert patch[f"pull {k}"]["xy"][0][1] == pytest.approx(ZERO + UNIT * s[k]), "its tail is at the score"
        assert patch[f"score {k}"]["height"] == pytest.approx(UNIT * s[k])
        assert patch[f"output {k}"]["height"] == pytest.approx(WHOLE * y[k])
        assert numbers_in(patch[f"pull {k} number"]["text"].replace("+", "")) == pytest.approx(
            [pulls[k] / WHOLE], abs=5.1e-3
        )
    assert numbers_in(said_in(patch)) == pytest.approx([*y, LOSSES[loss](s, label), *by_nudging], abs=5.1e-4)


def test_the_pulls_add_up_to_0_as_outputs_and_targets_add_up_to_the_same():
    assert "To 0. The outputs add up to 1, and so do the targets." in TEXT
    for s, label, loss in itertools.product([(2.0, 1.0, 0.0), (5.0, -5.0, -5.0), (0.3, 4.0, -2.0)], range(3), LOSSES):
        assert sum(softmax([s])[0]) == pytest.approx(1) and sum(slopes_of(s, label, loss)) == pytest.approx(0, abs=1e-8)


def test_pulls_are_green_and_gaps_are_gray():
    assert (
        "Each green arrow is a pull on a score" in TEXT and "The gray arrows on the right lead from each output" in TEXT
    )
    _, parts = demos.tug_of_war.figure()
    axes = parts["pull 0"].axes
    words = {text.get_text(): text.get_position() for text in axes.texts}
    for name, color, word, places in (("pull", GREEN, "pull", SCORES), ("gap", GREY, "$t - y$", OUTPUTS)):
        patch = drawn((2.0, 1.0, 0.0), 1)
        for k in range(3):
            assert parts[f"{name} {k}"].get_facecolor() == to_rgba(color)
            assert patch[f"{name} {k}"]["xy"][3][0] == pytest.approx(places[k])
        keys = [
            shape for shape in axes.patches if shape not in parts.values() and shape.get_facecolor() == to_rgba(color)
        ]
        (x, y), (left, middle) = keys[0].get_xy()[3], words[word]
        assert len(keys) == 1 and 0 < left - x < 0.4 and abs(middle - y) < 0.4, "the key is beside its word"


def said_in(patch):
    """The line under the picture."""
    readout = demos.tug_of_war.readout[patch["readout"]["line"]].format(**patch["readout"])
    return readout.replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize(("rate", "steps"), [(1.0, 8), (0.1, 100)])
def test_each_step_moves_the_scores_by_their_pulls(rate, steps):
    assert (
        "Each step moves every score by η = 0.1 times its pull." in TEXT and demos.tug_of_war.beginning["rate"] == 0.1
    )
    s = [2.0, 1.0, 0.0]
    for _ in range(steps):
        y = softmax([s])[0]
        s = [score + rate * ((k == 1) - share) for k, (score, share) in enumerate(zip(s, y, strict=True))]
    (walked_to, _), said = walked(demos.tug_of_war, steps, rate=rate)
    assert walked_to == pytest.approx(s) and sum(s) == pytest.approx(3)
    assert numbers_in(said)[3] == pytest.approx(loss_of(s, 1), abs=5.1e-4) and loss_of(s, 1) < 0.15


@pytest.mark.parametrize("s", list(itertools.product((-5.0, 0.0, 5.0), repeat=3)))
def test_a_tug_ends_once_all_pulls_are_weak_but_takes_a_step_from_anywhere(s):
    assert "Strictly speaking, never; but the closer $y$ gets to the target, the weaker the pull." in TEXT
    assert "(The demo stops when hardly any is left.)" in TEXT
    start = dict(zip(("s0", "s1", "s2"), s, strict=True))
    first, *rest = (walked(demos.tug_of_war, steps, **start, rate=1.0) for steps in (0, 1, 50))
    assert rest[0][0][0] != pytest.approx(first[0][0], abs=1e-12)
    (end, _), said = rest[1]
    assert max(map(abs, slopes_of(end, 1))) < 0.05 and "Hardly any pull" in said


def test_with_another_right_class_the_tug_goes_on_the_other_way():
    tug = demos.tug_of_war
    end, _ = walked(tug, 50, rate=1.0)
    values = {**tug.beginning, "rate": 1.0, "label": 0}
    assert call(tug.advance, {**values, "label": 1}, end) is None
    after, _ = call(tug.advance, values, end)
    assert after[0] - end[0][0] == pytest.approx(1, abs=0.05) and end[0][1] - after[1] == pytest.approx(1, abs=0.05)
