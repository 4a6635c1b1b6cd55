"""Lessons 3 to 5: the numbers in their questions, worked out in plain Python."""

import math
from fractions import Fraction

import pytest
from by_hand import cross_entropy, product, shape_of, sigmoid, slope, slopes, softmax
from lesson_reader import numbers_in

from nnlessons.derivatives import exercises as derivatives
from nnlessons.gradient_descent import exercises as gradient_descent
from nnlessons.losses import exercises as losses


def recalled(lesson, word):
    """The question of a lesson's recall that has this word in it."""
    (question,) = (each for each in lesson.recall.questions if word in each.question)
    return question


# -- lesson 3 ---------------------------------------------------------------------------------------------------------


def test_a_lead_of_one_point_means_e_times_the_share():
    one, other = (softmax([[3.0, 2.0, *rest]])[0] for rest in ([], [7.0, -1.0]))
    assert one[0] / one[1] == pytest.approx(other[0] / other[1]) == pytest.approx(math.e)
    assert recalled(losses, "Class 0").answer == "e times, so about 2.7 times"


def test_ten_pictures_through_50_units_have_shape_10_50():
    sums = product([[1.0] * 64] * 10, [[1.0] * 50] * 64)
    assert recalled(losses, "pictures").answer == str(shape_of(sums)) == "(10, 50)"


def test_what_a_sigmoid_does_at_40():
    change = sigmoid(40.1) - sigmoid(40)
    assert 0 <= change < 1e-15 and "hardly changes" in recalled(losses, "40").answer


def test_the_right_score_is_pulled_as_hard_as_the_others_together():
    scores, target = [[2.0, 1.0, 0.0]], [[0, 1, 0]]
    y = softmax(scores)[0]
    pulls = [-each for each in slopes(lambda: cross_entropy(softmax(scores), target)[0][0], scores)[0]]
    assert numbers_in(losses.pulls.question) == [2, 1, 0, 1, *[round(share, 2) for share in y]]
    assert numbers_in(losses.pulls.reason) == [
        1,
        0.24,
        1,
        round(pulls[1], 2),
        *[-round(pulls[k], 2) for k in (0, 2)],
        0.76,
    ]
    assert pulls[1] == pytest.approx(-pulls[0] - pulls[2]) and max(pulls, key=abs) == pulls[1] > 0
    assert losses.pulls.answer.startswith("Score 1, up")


# -- lesson 4 ---------------------------------------------------------------------------------------------------------


def test_ten_times_less_adds_the_log_of_ten():
    question = recalled(derivatives, "−log y")
    assert f"{-math.log(0.01):.1f}" == "4.6" and f"{-math.log(0.001):.1f}" == question.answer == "6.9"
    assert "is 4.6" in question.question and f"which is {math.log(10):.1f}" in question.reason


def test_the_central_difference_is_exact_on_the_road():
    road = lambda x: Fraction(x) ** 2 / 100 + Fraction(x) / 10  # noqa: E731
    right, left, both = (road(b) - road(a) for a, b in ((5, 15), (-5, 5), (-5, 15)))
    assert (right / 10, left / 10, both / 20) == (Fraction(3, 10), Fraction(1, 10), Fraction(2, 10))
    question = derivatives.two_sided
    assert question.answer == "Exactly 0.2" and f"climbs by {both}, and {both} / 20 = 0.2" in question.reason
    assert slope(lambda x: float(road(x)), 5) == pytest.approx(0.2) and "= 5 is 0.2" in question.question


def test_only_a_step_along_the_contour_line_keeps_the_height():
    question, height = derivatives.which_way, lambda x0, x1: x0**2 + x1**2
    assert numbers_in(question.question.replace("x₀", "").replace("x₁", "")) == [3, 4, 6, 8]
    tiny, climbs = 1e-6, {}
    for choice in question.choices[:3]:
        s0, s1 = numbers_in(choice)
        climbs[choice] = (height(3 + tiny * s0, 4 + tiny * s1) - 25) / tiny
    assert list(climbs.values()) == pytest.approx([100, -100, 0], abs=1e-3)
    assert min(climbs, key=lambda choice: abs(climbs[choice])) == question.answer == "(−8, 6)"
    assert 6 * -8 + 8 * 6 == 0 and "lowers f by 6 · 8, and 6 up along x₁ raises it by 8 · 6" in question.reason
    assert "quarter turn from (6, 8)" in question.reason and complex(6, 8) * 1j == complex(-8, 6)


def test_gears_multiply():
    a = 3 * Fraction(1)
    z = a / 4
    assert float(z) == 0.75 == numbers_in(derivatives.two_slopes.answer)[0]
    assert numbers_in(derivatives.two_slopes.choices[0])[0] == 3 + 0.25


def test_output_minus_target_of_the_right_class():
    assert numbers_in(recalled(derivatives, "Softmax").answer) == [pytest.approx(0.8 - 1)]


# -- lesson 5 ---------------------------------------------------------------------------------------------------------


def test_only_the_negative_of_the_gradient_makes_the_loss_smaller():
    question = recalled(gradient_descent, "(2, −1)")
    changes = {}
    for choice in question.choices:
        one, other = numbers_in(choice)
        changes[choice] = 2 * one - 1 * other
    assert changes == {"(0.2, −0.1)": pytest.approx(0.5), "(0.1, 0.2)": 0, "(−0.2, 0.1)": pytest.approx(-0.5)}
    assert min(changes, key=changes.get) == question.answer


def test_slopes_along_the_chain_from_w_to_the_loss_multiply():
    question = recalled(gradient_descent, "sum a")
    assert numbers_in(question.question) == [-0.5, 4, 4] and numbers_in(question.answer) == [-0.5 * 4]


def test_a_learning_rate_of_1_goes_back_and_forth_on_the_bowl():
    step = lambda w, rate: w - rate * 2 * w  # noqa: E731
    assert (step(-3, 1), step(step(-3, 1), 1), step(-3, 0.5)) == (3, -3, 0) and abs(step(-3, 1.05)) > 3
    assert numbers_in(gradient_descent.twice_the_rate.answer) == [3, -3]
