"""Lesson 3: surprises that add up, and the tug of war between scores, worked out with plain Python."""

import itertools
import math
from decimal import Decimal

import pytest
from by_hand import slopes, softmax
from lesson_reader import numbers_in, said_by, walked, written

from nnlessons.live.calls import call
from nnlessons.losses import demos, exercises
from nnlessons.losses.surprise_meter_figure import ADDED, ADDED_LONG, ONE_LONG
from nnlessons.losses.tug_figure import FLOOR, UNIT, WHOLE, ZERO

TEXT = written("03_losses")

# -- the surprise meter -----------------------------------------------------------------------------------------------

TWENTIETHS = [twentieth / 20 for twentieth in range(1, 21)]


def test_the_meter_at_its_start():
    assert "On day 0 the forecaster gave 0.6 to what happened, on day 1 only 0.1, and on day 2 she gave it 0.9." in TEXT
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
    assert "Can a few good days make up for it?" in TEXT
    assert -math.log(0.05) > 2.92 == numbers_in(said_by(demos.surprise))[-2], "one bad day and two without any surprise"
    careful, bold = (demos.surprise.update(**values)["readout"]["sum"] for values in demos.surprise.presets.values())
    assert (careful, bold) == ("1.94", "3.10")
    assert float(careful) == pytest.approx(-2 * math.log(0.6) - math.log(0.4), abs=5e-3)


def test_certain_and_right_is_no_surprise():
    assert "−log 1 = 0" in said_by(demos.surprise, p0=1.0, p1=1.0, p2=1.0)


# -- the tug of war ---------------------------------------------------------------------------------------------------


def loss_of(scores, label):
    return math.log(sum(math.exp(s) for s in scores)) - scores[label]


def slopes_of(scores, label):
    scores = [list(scores)]
    return slopes(lambda: loss_of(scores[0], label), scores)[0]


def drawn(s, label):
    """The properties at the start, for these scores."""
    values = {**demos.tug_of_war.beginning, "s0": s[0], "s1": s[1], "s2": s[2], "label": label}
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


def test_confident_and_wrong_is_pulled_as_hard_as_can_be():
    assert "give class 0 the largest score you can, and the others the smallest" in TEXT
    assert "nearly 1 up for the right class, and nearly 1 down for class 0" in TEXT
    ends = [(demos.tug_of_war.controls[name].low, demos.tug_of_war.controls[name].high) for name in ("s0", "s1", "s2")]
    s = (ends[0][1], ends[1][0], ends[2][0])
    assert slopes_of(s, 1) == pytest.approx([1, -1, 0], abs=1e-4)
    numbers = [drawn(s, 1)[f"pull {k} number"]["text"] for k in range(3)]
    assert numbers == ["−1.00", "+1.00", "0.00"]


@pytest.mark.parametrize("s", [(2.0, 1.0, 0.0), (5.0, -5.0, -5.0), (-5.0, -4.0, 5.0), (0.3, 0.3, 0.3)])
@pytest.mark.parametrize("label", [0, 1, 2])
def test_every_score_is_pulled_against_its_slope_by_what_its_output_lacks(s, label):
    patch, y, by_nudging = drawn(s, label), softmax([s])[0], slopes_of(s, label)
    pulls = [length_of(patch[f"pull {k}"]) for k in range(3)]
    assert pulls == pytest.approx([-slope * WHOLE for slope in by_nudging], abs=1e-8)
    assert sum(pulls) == pytest.approx(0, abs=1e-9), "what one wins, the others lose"
    for k in range(3):
        assert length_of(patch[f"gap {k}"]) == pytest.approx(pulls[k]), "the same arrow in both places"
        assert patch[f"gap {k}"]["xy"][3][1] == pytest.approx(FLOOR + WHOLE * (k == label)), "its tip is at the target"
        assert patch[f"target {k}"]["data"][1] == pytest.approx([FLOOR + WHOLE * (k == label)] * 2)
        assert patch[f"pull {k}"]["xy"][0][1] == pytest.approx(ZERO + UNIT * s[k]), "its tail is at the score"
        assert patch[f"score {k}"]["height"] == pytest.approx(UNIT * s[k])
        assert patch[f"output {k}"]["height"] == pytest.approx(WHOLE * y[k])
        assert numbers_in(patch[f"pull {k} number"]["text"].replace("+", "")) == pytest.approx(
            [pulls[k] / WHOLE], abs=5.1e-3
        )
    assert numbers_in(said_in(patch)) == pytest.approx([*y, loss_of(s, label), *by_nudging], abs=5.1e-4)


def said_in(patch):
    """The line under the picture."""
    readout = demos.tug_of_war.readout[patch["readout"]["line"]].format(**patch["readout"])
    return readout.replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize(("rate", "steps"), [(1.0, 8), (0.1, 100)])
def test_each_step_moves_the_scores_by_their_pulls(rate, steps):
    assert "Each step moves every score by a tenth of its pull." in TEXT and demos.tug_of_war.beginning["rate"] == 0.1
    s = [2.0, 1.0, 0.0]
    for _ in range(steps):
        y = softmax([s])[0]
        s = [score + rate * ((k == 1) - share) for k, (score, share) in enumerate(zip(s, y, strict=True))]
    (walked_to, _), said = walked(demos.tug_of_war, steps, rate=rate)
    assert walked_to == pytest.approx(s) and sum(s) == pytest.approx(3)
    assert numbers_in(said)[3] == pytest.approx(loss_of(s, 1), abs=5.1e-4) and loss_of(s, 1) < 0.15


@pytest.mark.parametrize("s", list(itertools.product((-5.0, 0.0, 5.0), repeat=3)))
def test_a_tug_ends_once_all_pulls_are_weak_but_takes_a_step_from_anywhere(s):
    assert "Really never, but the pull gets weaker and weaker" in TEXT
    assert "(The demo stops when hardly any pull is left.)" in TEXT
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
