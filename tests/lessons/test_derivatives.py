"""Lesson 4: every number that it names, worked out with plain Python; and what its demos say and draw."""

import inspect
import itertools
import math
import re
from fractions import Fraction

import numpy as np
import pytest
from by_hand import cross_entropy, flat, furthest, product, sigmoid, slope, slopes, softmax
from lesson_reader import numbers_in, printed, said_by, written

from nnlessons.derivatives import demos, exercises
from nnlessons.derivatives.landscape import MAP, Projection
from nnlessons.derivatives.slope_figures import LINES, MIDDLE, REACH, UNIT
from nnlessons.drawing.arrow import arrow
from nnlessons.live.scene import Scene
from nnlib import numerical_derivative, numerical_gradient, zeros_and_nines

OUT = printed("04_derivatives")
TEXT = written("04_derivatives")
MINUS = "\N{MINUS SIGN}"
EPS = Fraction(1, 10_000)


def road(x):
    """0.01 x^2 + 0.1 x, exactly."""
    x = Fraction(x)
    return x * x / 100 + x / 10


def forward(f, x, eps=EPS):
    return (f(x + eps) - f(x)) / eps


def central(f, x, eps=EPS):
    return (f(x + eps) - f(x - eps)) / (2 * eps)


def squares(x):
    return sum(one * one for one in x)


def by_nudging(f, x, eps=EPS):
    """The gradient of f at a list of fractions, exactly as central differences give it."""
    x = [Fraction(one) for one in x]
    nudged = [[[*x[:i], one + way * eps, *x[i + 1 :]] for way in (1, -1)] for i, one in enumerate(x)]
    return [(f(above) - f(below)) / (2 * eps) for above, below in nudged]


# -- one input --------------------------------------------------------------------------------------------------------


def test_the_secant_comes_close_to_the_tangent():
    climbs = {eps: road(5 + Fraction(eps)) - road(5) for eps in ("10", "5", "1", "0.1", "0.01")}
    quotients = [climb / Fraction(eps) for eps, climb in climbs.items()]
    for line, (eps, climb), quotient in zip(OUT["smaller-steps"].splitlines(), climbs.items(), quotients, strict=True):
        assert numbers_in(line) == [float(eps), float(climb), float(quotient)]
    assert "The smaller the step, the closer the last column gets to 0.2. It never reaches it exactly" in TEXT
    assert quotients == sorted(quotients, reverse=True) and float(quotients[0]) == 0.3
    assert 0 < quotients[-1] - Fraction(2, 10) == Fraction(1, 10_000), "0.2001"


def test_school_algebra_gives_2_x_plus_eps():
    assert r"= \frac{2 x \varepsilon + \varepsilon^2}{\varepsilon} = 2 x + \varepsilon" in TEXT
    assert r"f'(x) = 0.01 \cdot 2 x + 0.1 \cdot 1 = 0.02\, x + 0.1" in TEXT
    for x, eps in itertools.product((Fraction(-3), Fraction(1, 2), Fraction(5)), (Fraction(1), Fraction(1, 7))):
        assert forward(lambda x: x * x, x, eps) == 2 * x + eps
        assert forward(road, x, eps) - eps / 100 == Fraction(2, 100) * x + Fraction(1, 10)
    assert "At $x = 5$ that's the 0.2 you saw, and at $x = 10$ it's 0.3." in TEXT
    assert [central(road, x) for x in (5, 10)] == [Fraction(2, 10), Fraction(3, 10)]


def test_c22_in_the_lesson_small_steps_lose_their_digits():
    here, there, quotient, *lines = OUT["rounding"].splitlines()
    stored = [line.split("= ")[1] for line in (here, there)]
    assert Fraction(stored[0]) == road(5) and "Twelve of the 16 digits are the same in both numbers and cancel" in TEXT
    same = [one == other for one, other in zip(*(digits.removeprefix("0.") for digits in stored), strict=True)]
    assert same.index(False) == 12
    off = (Fraction(stored[1]) - road(5)) * 10**12
    assert f"{float(off):.6f}" == quotient.split()[-1] == "0.200062", "not 0.2"
    said = {line.split()[2]: numbers_in(line)[-2:] for line in lines}
    assert said["0.0001"] == [float(forward(road, 5)), 0.2] and said["1e-08"] == [0.2, 0.2]
    assert "With $10^{-16}$, $5 + \\varepsilon$ is stored as 5, so the slope comes out as 0." in TEXT
    assert "The computer stores $5 + 10^{-50}$ as 5" in TEXT and said["1e-16"] == said["1e-50"] == [0, 0]
    assert 5 + 1e-16 == 5 - 1e-16 == 5 + 1e-50 == 5 and 5 + 1e-15 > 5


def test_nnlib_nudges_by_a_ten_thousandth():
    assert (
        "A good ε is about 0.0001" in TEXT
        and r"$\varepsilon = 10^{-4}$ is a safe choice, and it's what `nnlib`" in TEXT
    )
    for function in (numerical_derivative, numerical_gradient):
        assert inspect.signature(function).parameters["eps"].default == 1e-4


def test_c10_in_the_lesson_changes_are_small_where_the_slope_is_0():
    lines = OUT["flat"].splitlines()
    functions = {"x^2": lambda x: x**2, "-x^2": lambda x: -(x**2), "x^3": lambda x: x**3}
    for k, (name, f) in enumerate(functions.items()):
        head, *changes = lines[3 * k : 3 * k + 3]
        assert head.split() == [name, "slope", "at", "0:", "0.0000"]
        for line, step in zip(changes, (Fraction(1, 10), Fraction(1, 100)), strict=True):
            assert numbers_in(line.replace("+", "")) == [float(step), float(f(-step)), float(f(step))]
            assert abs(f(step)) <= step / 10, "by far less than the step"
    assert "a small step changes $f$ by 0.2 times the step, plus or minus a much smaller remainder" in TEXT
    for step in (Fraction(1, 10), Fraction(-1, 100)):
        assert road(5 + step) - road(5) == step * Fraction(2, 10) + step**2 / 100


# -- several inputs ---------------------------------------------------------------------------------------------------


def test_partial_derivatives_and_gradients_of_the_bowl():
    places = ([3, 4], [0, 2], [0, 0])
    for line, place in zip(OUT["gradients"].splitlines(), places, strict=True):
        assert numbers_in(line) == [*place, *by_nudging(squares, place)]
    assert by_nudging(squares, [3, 4]) == [6, 8] and "Here it's $(6, 8)$" in TEXT and "6 to the right and 8 up" in TEXT
    assert "Here it's $2 x_0 = 6$" in TEXT and r"\frac{\partial f}{\partial x_1} = 2 x_1 = 8$" in TEXT


def test_the_step_along_the_gradient_gains_most():
    ways = {"along the gradient": (0.6, 0.8), "against it": (-0.6, -0.8), "along the contour": (-0.8, 0.6)}
    ways |= {"along x0": (1, 0), "along x1": (0, 1)}
    changes = {}
    for line, (name, way) in zip(OUT["directions"].splitlines(), ways.items(), strict=True):
        assert line.startswith(name) and math.hypot(*way) == pytest.approx(1), (
            "You can try it with steps of length 0.01"
        )
        changes[name] = float(re.search(r"[+-]\d\.\d+$", line).group())
        assert changes[name] == round(squares([3 + way[0] / 100, 4 + way[1] / 100]) - 25, 4)
        assert changes[name] == pytest.approx(0.01 * (6 * way[0] + 8 * way[1]), abs=1.1e-4)
    assert (changes["along the gradient"], changes["against it"]) == (0.1001, -0.0999)
    around = [squares([3 + 0.01 * math.cos(turn / 100), 4 + 0.01 * math.sin(turn / 100)]) - 25 for turn in range(629)]
    assert -0.0999 - 1e-9 <= min(around) < max(around) <= 0.1001 + 1e-9, "no other direction gains or loses as much"
    assert "a small step $(s_0, s_1)$ changes $f$ by $6 s_0 + 8 s_1$" in TEXT
    assert "The gradient wins: $f$ rises by ten times the length of the step." in TEXT
    assert round(changes["along the gradient"] / 0.01) == 10


def test_along_the_gradient_f_climbs_as_fast_as_the_arrow_is_long():
    assert "In the direction $(-8, 6)$ that's $6 \\cdot (-8) + 8 \\cdot 6 = 0$" in TEXT and 6 * -8 + 8 * 6 == 0
    assert (
        r"The arrow's length is $\sqrt{6^2 + 8^2} = 10$, so the same direction with length 1 is $(0.6, 0.8)$." in TEXT
    )
    assert r"In that direction $f$ climbs by $6 \cdot 0.6 + 8 \cdot 0.8 = 10$ for every 1 you go" in TEXT
    way, step = (Fraction(6, 10), Fraction(8, 10)), Fraction(1, 10**9)
    assert math.hypot(6, 8) == 10 and way == (Fraction(6, 10), Fraction(8, 10)) and math.hypot(*way) == 1
    climb = (squares([3 + step * way[0], 4 + step * way[1]]) - 25) / step
    assert 6 * way[0] + 8 * way[1] == 10 == pytest.approx(float(climb))


def test_the_two_squares_add_up_to_the_length_of_the_step():
    assert r"$(6 s_0 + 8 s_1)^2 + (8 s_0 - 6 s_1)^2 = 100\, (s_0^2 + s_1^2)$" in TEXT
    for s0, s1 in itertools.product(range(-3, 4), repeat=2):
        assert (6 * s0 + 8 * s1) ** 2 + (8 * s0 - 6 * s1) ** 2 == 100 * (s0**2 + s1**2)
    assert 8 * 6 - 6 * 8 == 0, "$s_0 : s_1 = 6 : 8$"


def test_c23_in_the_lesson_whole_numbers_swallow_the_nudge():
    with_floats, with_integers, ours = OUT["overwriting-tried"].splitlines()
    assert with_floats.endswith("[6. 8.]") and ours.endswith("[6. 8.]")
    assert [(int(x + 1e-4), int(x - 1e-4)) for x in (3, 4)] == [(3, 2), (4, 3)], "up it stays, down it falls by 1"
    by_hand = [(squares([3, 4]) - squares(x)) / (2 * EPS) for x in ([2, 4], [3, 3])]
    assert numbers_in(with_integers)[-2:] == by_hand == [25000, 35000]
    assert "$3 + 0.0001$ is stored as 3, and $3 - 0.0001 = 2.9999$ loses everything after the decimal point" in TEXT
    assert "$(25 - 20) / 0.0002 = 25000$" in TEXT and 1 / (2 * EPS) == 5000
    assert (squares([3, 4]), squares([2, 4])) == (25, 20)


def test_the_gradient_of_a_matrix_entry_by_entry():
    W, x, t = [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], [[1.0, 0.5]], [[0, 0, 1]]
    shown = [numbers_in(row) for row in OUT["matrix"].splitlines()]
    by_hand = slopes(lambda: cross_entropy(softmax(product(x, W)), t)[0][0], W)
    assert furthest(shown, by_hand) < 6e-5
    assert "`dW[1, 2]` is about −0.28." in TEXT and round(by_hand[1][2], 2) == -0.28
    assert "by a tiny amount, the loss *falls* by 0.28 times that amount" in TEXT
    assert "The column of the right class is negative" in TEXT
    assert [value < 0 for value in flat(by_hand)] == [False, False, True] * 2


def test_what_came_in_times_output_minus_target_is_the_same_matrix():
    assert "So the slope for the weight is $x_i\\,(y_k - t_k)$." in TEXT
    assert "The score turns $x_i$ times as fast as the weight." in TEXT
    assert "And the loss turns $y_k - t_k$ times as fast as the score" in TEXT
    W, x, t = [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], [[1.0, 0.5]], [[0, 0, 1]]
    (y,) = softmax(product(x, W))
    errors = [share - one for share, one in zip(y, t[0], strict=True)]
    table = [[one * error for error in errors] for one in x[0]]
    first, *rows = OUT["by-chain"].splitlines()
    assert numbers_in(first) == [round(error, 4) for error in errors]
    assert [numbers_in(row) for row in rows] == [[round(slope, 4) for slope in row] for row in table]
    assert "The same numbers as above, from a *single* forward pass" in TEXT and rows == OUT["matrix"].splitlines()
    assert furthest(table, slopes(lambda: cross_entropy(softmax(product(x, W)), t)[0][0], W)) < 1e-8


def test_the_arrow_on_the_map_is_a_mean_of_output_minus_target_times_x():
    assert "At the start of that demo, $w = (-2, 4)$ and $b = -5.2$" in TEXT
    assert "Those are the two slopes below the map: the green arrow, without a map and without nudging." in TEXT
    x, t, _ = (numbers.tolist() for numbers in zeros_and_nines(6))
    w, b = [[-2.0, 4.0]], -5.2
    sums = lambda: [w[0][0] * x0 + w[0][1] * x1 + b for x0, x1 in x]  # noqa: E731
    surprise = lambda: -sum(math.log(sigmoid(a if one else -a)) for a, one in zip(sums(), t, strict=True)) / 60  # noqa: E731
    by_nudging_w = slopes(surprise, w)[0]
    errors = [sigmoid(a) - one for a, one in zip(sums(), t, strict=True)]
    by_formula = [sum(e * place[i] for e, place in zip(errors, x, strict=True)) / 60 for i in (0, 1)]
    assert by_formula == pytest.approx(by_nudging_w, abs=1e-8) and len(x) == 60
    said = numbers_in(OUT["arrow"])
    assert said[::2] == [0, 1], "the weights' numbers"
    assert said[1::2] == [-0.617, -0.294] == [round(one, 3) for one in by_formula]
    assert (demos.loss_map.beginning["w0"], demos.loss_map.beginning["w1"]) == (-2, 4)
    assert "Its slopes are −0.617 along w₀ and −0.294 along w₁" in said_by(demos.loss_map)


def test_nudging_takes_two_forward_passes_for_each_weight():
    assert "With six weights that's fine. With the digit reader's 3,760 numbers, it takes 7,520 forward passes" in TEXT
    assert "For the digit reader's 3,760 numbers no one could ever draw it." in TEXT
    passes = []
    numerical_gradient(lambda W: passes.append(1) or W.sum(), np.zeros((2, 3)))
    assert len(passes) == 2 * 6 and 2 * (64 * 50 + 50 + 50 * 10 + 10) == 2 * 3760 == 7520


# -- chains -----------------------------------------------------------------------------------------------------------


def test_the_chain_rule_and_nudging_agree():
    for line, x in zip(OUT["chain-rule"].splitlines(), (0, 1, 2), strict=True):
        nudged = central(lambda x: (3 * x - 2) ** 2, Fraction(x))
        assert numbers_in(line) == [x, nudged, nudged] and nudged == 2 * (3 * x - 2) * 3


def test_three_sigmoids_in_a_row():
    def chain(x, count):
        for _ in range(count):
            x = sigmoid(x)
        return x

    *lines, nudged = OUT["three-sigmoids"].splitlines()
    for count, line in enumerate(lines, 1):
        by_hand = slope(lambda x, count=count: chain(x, count), 1)
        assert numbers_in(line) == [count, round(chain(1, count), 4), round(by_hand, 4)]
    assert len(lines) == 3 and numbers_in(nudged) == numbers_in(lines[-1])[-1:]
    assert "multiplies the slope by $z (1 - z)$, where $z$ is its output. That's at most 1/4" in TEXT
    assert max(z / 1000 * (1 - z / 1000) for z in range(1001)) == 1 / 4


def test_every_cell_that_prints_is_looked_at_here():
    here = {"smaller-steps", "gradients", "directions", "matrix"}
    further = {"rounding", "flat", "overwriting-tried", "chain-rule", "three-sigmoids", "by-chain", "arrow"}
    assert {cell for cell, text in OUT.items() if text} == here | further


# -- the secant -------------------------------------------------------------------------------------------------------

CURVES = {"parabola": lambda x: 0.01 * x * x + 0.1 * x, "wave": lambda x: 3 + 2 * math.sin(x / 2)}


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("way", ["forward", "central"])
def test_the_secant_goes_through_its_points_and_is_told_with_its_slope(curve, way):
    f = CURVES[curve]
    for x, eps in itertools.product((0.0, 5.0, 10.0), (10.0, 1.0, 0.01)):
        left = x - eps if way == "central" else x
        quotient = (f(x + eps) - f(left)) / (x + eps - left)
        tangent = slope(f, x)
        patch = demos.draw_secant(curve, way, x, eps)
        (x0, x1), (y0, y1) = patch["secant"]["data"]
        assert (y1 - y0) / (x1 - x0) == pytest.approx(quotient)
        assert y0 + quotient * (left - x0) == pytest.approx(f(left))
        (x0, x1), (y0, y1) = patch["tangent"]["data"]
        assert (y1 - y0) / (x1 - x0) == pytest.approx(tangent, abs=1e-8)
        assert y0 + tangent * (x - x0) == pytest.approx(f(x))
        assert patch["ends"]["data"] == ([left, x + eps], [pytest.approx(f(left)), pytest.approx(f(x + eps))])
        said = numbers_in(said_by(demos.secant, curve=curve, way=way, x=x, eps=eps))
        shown = [left, x + eps, f(left), f(x + eps), f(x + eps), f(left), x + eps - left, quotient, x, tangent]
        assert said == pytest.approx(shown, abs=5.1e-3) and said[-3] == pytest.approx(quotient, abs=5.1e-5)


def test_what_the_text_says_of_the_secant():
    assert demos.secant.beginning["eps"] == 10 and "Set it back to 10" in TEXT
    assert "/ 10 = 0.3000. The tangent at x = 5.0 has slope 0.2000" in said_by(demos.secant)
    assert "/ 20 = 0.2000. " in said_by(demos.secant, way="central"), "exact on a parabola, for any eps"
    (axes,) = Scene(demos.secant).picture.figure.axes
    assert (axes.get_xlabel(), axes.get_title("left")) == ("x", "y"), "without units"
    assert "On the wave the central difference isn't exact, but if ε is small, it's still much closer than" in TEXT
    true, wave = math.cos(5 / 2), CURVES["wave"]
    for eps, closer in {1.0: 3, 0.1: 30, 0.01: 300}.items():
        said = [numbers_in(said_by(demos.secant, way=way, curve="wave", eps=eps))[-3] for way in ("central", "forward")]
        assert said == pytest.approx([central(wave, 5, eps), forward(wave, 5, eps)], abs=5.1e-5)
        assert 0 < closer * abs(central(wave, 5, eps) - true) < abs(forward(wave, 5, eps) - true)


# -- the error over eps -------------------------------------------------------------------------------------------------

PLACES = {"sigmoid": (sigmoid, 1), "cube": (lambda x: x**3, 1), "parabola": (CURVES["parabola"], 5)}
TRUE = {"sigmoid": sigmoid(1) * (1 - sigmoid(1)), "cube": 3, "parabola": 0.2}


def error_shown(function, way):
    """{eps: error} as drawn."""
    figure, _ = demos.draw_errors(function)
    line = figure.axes[0].lines[1 if way == "forward" else 2]
    return dict(zip(np.log10(line.get_xdata()).round(6).tolist(), line.get_ydata().tolist(), strict=True))


@pytest.mark.parametrize("function", PLACES)
def test_the_errors_are_those_of_the_two_differences(function):
    f, x = PLACES[function]
    forwards, centrals = error_shown(function, "forward"), error_shown(function, "central")
    for power in (0, -1, -2, -3):
        eps = 10.0**power
        assert forwards[power] == pytest.approx(abs((f(x + eps) - f(x)) / eps - TRUE[function]), abs=1e-11)
        assert centrals[power] == pytest.approx(
            abs((f(x + eps) - f(x - eps)) / (2 * eps) - TRUE[function]), abs=1e-11
        ) or (function == "parabola" and math.isnan(centrals[power]))
        said = said_by(demos.error_over_eps, function=function, eps=eps)
        assert numbers_in(said)[1] == pytest.approx(TRUE[function], abs=1e-9)
        assert numbers_in(said)[2] == pytest.approx((f(x + eps) - f(x)) / eps, abs=1e-9)
        assert numbers_in(said)[4] == pytest.approx((f(x + eps) - f(x - eps)) / (2 * eps), abs=1e-9)
        assert numbers_in(said)[3] == pytest.approx(forwards[power], rel=0.06)
        patch = demos.move_eps(function, eps)
        assert patch["forward point"]["data"][1] == pytest.approx([forwards[power]])
        assert patch["guide"]["xdata"] == [eps, eps]


def off(difference, power, f=sigmoid, x=1, true=TRUE["sigmoid"]):
    return abs(difference(f, x, 10.0**power) - true)


def test_both_errors_make_a_v_and_the_central_one_is_deeper():
    assert "The forward difference is at its best around $10^{-8}$, and the central one around $10^{-5}$" in TEXT
    lowest = []
    for way, difference, best, order in (("forward", forward, -8, 1), ("central", central, -5, 2)):
        drawn = error_shown("sigmoid", way)
        assert abs(min(range(-160, 0), key=lambda k: drawn[k / 10]) / 10 - best) < 1, "of all marks"
        errors = {power: off(difference, power) for power in range(-18, 0)}  # at the slider's stops
        lowest.append(min(errors.values()))
        assert errors[-2] / errors[-3] == pytest.approx(10**order, rel=0.02), "on the right: the curve bends"
        assert errors[-12] > 1000 * lowest[-1] and errors[-18] == TRUE["sigmoid"], "on the left: rounding, then nothing"
    assert "where its error is some three thousand times smaller" in TEXT and round(lowest[0] / lowest[1], -3) == 3000
    assert "stores only about 16 digits of a number" in TEXT and 1 + 1e-15 > 1 == 1 + 1e-16
    assert exercises.tiny_eps.answer == "It shrinks, and then it grows again"


def test_on_the_road_the_central_difference_is_exact_but_for_rounding():
    assert "(For a parabola, the central difference is exact with any ε, so only rounding is left.)" in TEXT
    for eps in (Fraction(1), Fraction(1, 3), EPS):
        assert central(road, 5, eps) == Fraction(2, 10)
    drawn = error_shown("parabola", "central")
    assert np.nanmax([drawn[power / 10] for power in range(-20, 1)]) < 1e-13 < 1e-6 < drawn[-12]


def test_an_error_of_0_is_told_as_0_and_its_mark_stays_in_the_picture():
    said = [said_by(demos.error_over_eps, function="cube", eps=eps) for eps in (1e-18, 1e-17)]
    assert all("The forward difference is 0.000000000, off by 3.0e+00" in words for words in said)
    exact = [eps for eps in demos.EPS.tolist() if demos.move_eps("parabola", eps)["readout"]["central error"] == "0"]
    for eps in exact:
        assert demos.move_eps("parabola", eps)["central point"]["data"] == ([eps], [demos.LOWEST])


# -- landscapes -------------------------------------------------------------------------------------------------------

LANDSCAPES = {
    "bowl": lambda x: x[0] ** 2 + x[1] ** 2,
    "valley": lambda x: x[0] ** 2 / 20 + x[1] ** 2,
    "saddle": lambda x: x[0] ** 2 - x[1] ** 2,
}
AT = [-4.0, -0.5, 0.0, 3.0, 4.0]


def tip(outline):
    return np.array(outline[3])


@pytest.mark.parametrize("surface", LANDSCAPES)
def test_arrow_line_and_words_are_those_of_the_gradient(surface):
    f = LANDSCAPES[surface]
    for x0, x1, sign in itertools.product(AT, AT, (1, -1)):
        gradient = [float(one) for one in by_nudging(f, [x0, x1])]
        patch = demos.move_on_surface(surface, x0, x1, sign, 30, 40)
        (_, beyond0), (_, beyond1) = patch["line"]["data"]
        onward = np.array([beyond0 - x0, beyond1 - x1])
        if any(gradient):
            cosine = onward @ gradient / np.linalg.norm(onward) / np.linalg.norm(gradient)
            assert cosine == pytest.approx(sign) and np.abs([beyond0, beyond1]).max() > MAP
        said = said_by(demos.landscape, surface=surface, x0=x0, x1=x1, sign=sign)
        shown = [x0, x1, f([x0, x1]), gradient[0], gradient[1], *gradient]
        assert numbers_in(said.replace("x₀", "").replace("x₁", ""))[:7] == pytest.approx(shown, abs=5.1e-3)
        end = "there is no arrow." if not any(gradient) else "shows it." if sign > 0 else "its negative, "
        assert end in said
        if any(gradient) and sign < 0:
            assert numbers_in(said)[-2:] == pytest.approx([-one for one in gradient], abs=0.0051)
        if surface == "bowl":
            assert said_by(demos.bowl, x0=x0, x1=x1, sign=sign) == said


@pytest.mark.parametrize("surface", LANDSCAPES)
def test_the_arrow_on_the_map_is_the_longer_the_steeper_and_fits(surface):
    lengths = {}
    for x0, x1, sign in itertools.product(AT, AT, (1, -1)):
        gradient = sign * np.array([float(one) for one in by_nudging(LANDSCAPES[surface], [x0, x1])])
        drawn = tip(demos.move_on_surface(surface, x0, x1, sign, 30, 40)["arrow"]["xy"]) - [x0, x1]
        steep, length = float(np.linalg.norm(gradient)), float(np.linalg.norm(drawn))
        assert np.abs(drawn + [x0, x1]).max() < MAP and drawn @ gradient == pytest.approx(steep * length)
        lengths[round(steep, 9)] = length
    steeper = sorted(lengths)
    assert all(lengths[one] < lengths[other] for one, other in itertools.pairwise(steeper))
    assert all(length > 0.6 for steep, length in lengths.items() if steep >= 0.4), "no stub"
    assert "The green arrow is the gradient, drawn shorter so that it fits" in TEXT
    assert surface != "bowl" or all(length < steep for steep, length in lengths.items() if steep)


@pytest.mark.parametrize("surface", LANDSCAPES)
def test_the_arrow_on_the_surface_is_tangent_to_it(surface):
    for x0, x1, around, above in itertools.product((-4.0, 1.0), (-0.5, 3.0), (-90, 30), (0, 40, 90)):
        uphill = np.array([float(one) for one in by_nudging(LANDSCAPES[surface], [x0, x1])])
        near = np.array([x0, x1]) + 1e-6 * uphill / np.linalg.norm(uphill)
        one, other = (
            demos.move_on_surface(surface, *place, 1, around, above) for place in ((x0, x1), tuple(near.tolist()))
        )
        start, end = (np.ravel(patch["point on surface"]["data"]) for patch in (one, other))
        drawn, step = tip(one["arrow on surface"]["xy"]) - start, (end - start) * 1e6
        assert drawn[0] * step[1] == pytest.approx(drawn[1] * step[0], abs=1e-5) and drawn @ step > 0


@pytest.mark.parametrize("surface", LANDSCAPES)
def test_each_band_between_contour_lines_has_its_own_color(surface):
    figure, _ = demos.draw_landscape(surface)
    colors = np.concatenate([each.get_facecolor() for each in figure.axes[1].collections])
    bands = colors[colors[:, 3] > 0]
    assert len(np.unique(bands, axis=0)) == len(bands) == len(demos.SURFACES[surface][2]["levels"]) + 1


def test_the_contour_lines_of_the_bowl_are_at_8_16_and_so_on():
    figure, _ = demos.draw_landscape("bowl")
    lines = [each for each in figure.axes[1].collections if list(getattr(each, "levels", [])) == list(range(8, 72, 8))]
    assert lines
    for level, path in zip(lines[-1].levels, lines[-1].get_paths(), strict=True):
        assert squares(path.vertices.T) == pytest.approx(level, rel=0.02)


def test_c1_in_the_lesson_f_grows_along_the_arrow():
    for surface, f in LANDSCAPES.items():
        for x0, x1 in itertools.product((-3.0, 1.0, 4.0), (-2.0, 0.5, 3.0)):
            up, down = (
                np.array([x0, x1])
                + 0.04 * (tip(demos.move_on_surface(surface, x0, x1, sign, 0, 0)["arrow"]["xy"]) - [x0, x1])
                for sign in (1, -1)
            )
            assert f(up) > f([x0, x1]) > f(down)


def test_c2_in_the_lesson_the_line_misses_the_minimum_of_the_valley():
    assert "Through $(0, 0)$, the lowest point. That's only because this bowl is perfectly round." in TEXT
    for x0, x1 in ((3.0, 4.0), (-2.0, 0.5)):
        (a, b), (c, d) = demos.move_on_surface("bowl", x0, x1, -1, 0, 0)["line"]["data"]
        assert a * d - b * c == pytest.approx(0, abs=1e-9), "start, end and the middle on one line"
    (a, b), (c, d) = demos.move_on_surface("valley", 4.0, 1.0, -1, 0, 0)["line"]["data"]
    g0, g1 = by_nudging(LANDSCAPES["valley"], [4, 1])
    assert "At $x_0 = 3.8$, nowhere near the lowest point." in TEXT and 4 - g0 / g1 == Fraction(38, 10)
    assert a + (b - a) * c / (c - d) == pytest.approx(3.8), "where the drawn line crosses the floor"
    assert "(−0.4, −2)" in exercises.valley_floor.reason and "cross the floor" in exercises.valley_floor.answer
    assert "the gradient is (0.40, 2.00), of length 2.04" in said_by(demos.landscape)


def test_a_longer_gradient_does_not_mean_a_longer_way():
    assert "$(4, 0)$ is farther, and its gradient is $(0.4, 0)$. The one at $(0, 1)$ is $(0, 2)$, five times as" in TEXT
    far, near = (by_nudging(LANDSCAPES["valley"], place) for place in ([4, 0], [0, 1]))
    assert (far, near) == ([Fraction(4, 10), 0], [0, 2]) and near[1] == 5 * far[0]
    assert by_nudging(LANDSCAPES["saddle"], [0, 0]) == [0, 0]
    middle = said_by(demos.landscape, **demos.landscape.presets["middle of the saddle"])
    assert "Both slopes are 0 there" in TEXT and middle.endswith("is (0.00, 0.00), and there is no arrow.")


def test_arrows_have_their_tip_at_the_end_and_a_short_one_is_all_head():
    for way in ([2.0, -1.0], [0.1, 0.0], [0.0, 0.0]):
        outline = np.array(arrow(np.array([1.0, 2.0]), way))
        assert outline[3] == pytest.approx([1 + way[0], 2 + way[1]])
        reach = np.linalg.norm(outline - [1.0, 2.0], axis=1).max()
        assert reach == pytest.approx(np.hypot(*way), abs=0.25)


def test_the_surface_seen_from_above_is_the_map():
    x0_way, x1_way, up = np.eye(3)
    assert Projection(0, 90).on_page(np.array([x0_way, x1_way, up])) == pytest.approx(
        np.array([[1, 0], [0, 1], [0, 0]]), abs=1e-12
    )
    assert Projection(0, 0).on_page(np.array([x0_way, x1_way, up])) == pytest.approx(
        np.array([[1, 0], [0, 0], [0, 1]]), abs=1e-12
    )
    for around, above in itertools.product((-90, 0, 55), (0, 40, 90)):
        view = Projection(around, above)
        rows = np.array([view.across, view.up, view.near])
        assert rows @ rows.T == pytest.approx(np.eye(3)), "a turn, and nothing stretched"
        assert np.linalg.det(rows) == pytest.approx(1), "not mirrored"


def test_the_point_is_on_the_surface_and_cells_in_front_are_drawn_last():
    scene = Scene(demos.landscape)
    side = [-4 + 0.4 * k for k in range(21)]
    low, high = 0, 16 / 20 + 16  # of the valley

    def place(x0, x1):
        return [x0 / 4, x1 / 4, 1.3 * ((LANDSCAPES["valley"]([x0, x1]) - low) / (high - low) - 0.5)]

    cells = [
        [place(a, c), place(b, c), place(b, d), place(a, d)]
        for (a, b), (c, d) in itertools.product(itertools.pairwise(side), repeat=2)
    ]
    for around, above in ((30, 40), (-60, 20)):
        scene.move({**demos.landscape.beginning, "x0": -4.0, "x1": 4.0, "around": around, "above": above})
        view = Projection(around, above)
        spot = np.ravel(scene.picture.parts["point on surface"].get_data())
        assert spot == pytest.approx(view.on_page(place(-4.0, 4.0)))
        nearest = max(cells, key=lambda cell: sum(float(view.near @ corner) for corner in cell))
        drawn = scene.picture.parts["surface"].faces.get_paths()
        assert drawn[-1].vertices[:4] == pytest.approx(view.on_page(nearest)) and len(drawn) == len(cells)


# -- the chain --------------------------------------------------------------------------------------------------------

INNER = {"line": lambda x: 3 * x - 2, "square": lambda x: x * x}
OUTER = {"square": lambda u: u * u, "sigmoid": sigmoid}


@pytest.mark.parametrize("inner", INNER)
@pytest.mark.parametrize("outer", OUTER)
def test_bars_factors_and_words_of_the_chain(inner, outer):
    g, f = INNER[inner], OUTER[outer]
    for x, dx in itertools.product((0.0, 0.3, 0.7, 1.0, 1.3), (0.01, 0.1)):
        u, du, dy = g(x), g(x + dx) - g(x), f(g(x + dx)) - f(g(x))
        one, other = slope(g, x), slope(f, u)
        patch = demos.nudge(inner, outer, x, dx)
        for name, change in {"x": dx, "u": du, "y": dy}.items():
            (left, right), (height, same) = patch[name]["data"]
            assert (left, height, same) == (MIDDLE, LINES[name][0], LINES[name][0])
            assert (right - left) / UNIT == pytest.approx(change, abs=1e-9) and abs(change) < REACH
        for wedge, (top, bottom) in {"x to u": (dx, du), "u to y": (du, dy)}.items():
            corners = np.array(patch[wedge]["xy"])
            assert (corners[1, 0] - MIDDLE, corners[2, 0] - MIDDLE) == pytest.approx((UNIT * top, UNIT * bottom))
        factors = [numbers_in(patch[name]["text"])[0] for name in ("x to u factor", "u to y factor")]
        assert factors == pytest.approx([one, other], abs=5.1e-3)
        values = [numbers_in(patch[f"{name} value"]["text"])[0] for name in "xuy"]
        assert values == pytest.approx([x, u, f(u)], abs=5.1e-3)
        said = numbers_in(said_by(demos.chain, inner=inner, outer=outer, x=x, dx=dx))
        expected = [one, other, other, one, one * other, dx, du, dy, dy, dx, dy / dx]
        assert said == pytest.approx(expected, abs=5.1e-3)
        assert said[4] == pytest.approx(one * other, abs=5.1e-4) and said[-1] == pytest.approx(dy / dx, abs=5.1e-4)


def test_what_the_text_says_of_the_chain():
    y = lambda x: (3 * x - 2) ** 2  # noqa: E731
    x, dx = Fraction(1), Fraction(1, 100)
    du, dy = 3 * dx, y(x + dx) - y(x)
    assert "Three times, and then about twice, so about six times in all." in TEXT and du / dx == 3
    assert (float(dy / du), float(dy / dx)) == pytest.approx((2, 6), rel=0.02)
    assert "2.000 · 3.00 = 6.000" in said_by(demos.chain) and demos.chain.beginning["x"] == 1
    assert numbers_in(said_by(demos.chain, dx=0.01))[-1] == float(dy / dx) == 6.09
    assert "Between 0.6 and 0.7, at $x = 2/3$, $u$ is 0, and so is the slope of $u^2$" in TEXT
    assert 3 * Fraction(2, 3) - 2 == central(y, Fraction(2, 3)) == 0
    either_side = [numbers_in(said_by(demos.chain, x=x))[4] for x in (0.6, 0.7)]
    assert either_side[0] < 0 < either_side[1] and either_side == [-1.2, 0.6]


# -- the exercises ----------------------------------------------------------------------------------------------------


def test_the_solutions_hold_against_exact_numbers():
    f = lambda x: sum(one**3 for one in x) + math.prod(x)  # noqa: E731
    x, h = [Fraction(3, 2), Fraction(-1), Fraction(2)], Fraction(1, 2)
    ours = exercises.gradient.solution(np.array([1.5, -1.0, 2.0]), 0.5)
    assert ours == pytest.approx([float(one) for one in by_nudging(f, x, h)])
    assert exercises.central_difference.solution(0.7, 0.9) == pytest.approx((sigmoid(1.6) - sigmoid(-0.2)) / 1.8)
    assert exercises.chain.solution(2.0) == central(lambda x: (3 * x - 1) ** 2, Fraction(2)) == 30
    by_weight = central(lambda w: sigmoid(w * 2.0 + 0.5), 0.3, 1e-5)
    assert exercises.weight_slope.solution(0.3, 0.5, 2.0) == pytest.approx(by_weight)


def test_whole_numbers_are_an_edge_with_its_own_message():
    def with_copies(x, eps):
        gradient = np.zeros(len(x))
        for i in range(len(x)):
            above, below = x.copy(), x.copy()
            above[i] = above[i] + eps
            below[i] = below[i] - eps
            gradient[i] = (exercises.of_cubes(above) - exercises.of_cubes(below)) / (2 * eps)
        return gradient

    answer = exercises.gradient(with_copies)
    assert answer.verdict == "almost" and "whole numbers" in answer.text
