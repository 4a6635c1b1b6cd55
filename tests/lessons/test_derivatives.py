"""Lesson 4: every number that it names, worked out with plain Python; and what its demos say and draw."""

import itertools
import math
import re
from fractions import Fraction

import numpy as np
import pytest
from by_hand import cross_entropy, furthest, product, sigmoid, slope, slopes, softmax
from conftest import PROJECT
from lesson_reader import numbers_in, printed, said_by

from nnlessons.derivatives import demos, exercises
from nnlessons.derivatives.landscape import MAP, Projection
from nnlessons.derivatives.slope_figures import LINES, MIDDLE, REACH, UNIT
from nnlessons.drawing.arrow import arrow
from nnlessons.live.scene import Scene

OUT = printed("04_derivatives")
TEXT = (PROJECT / "notebooks" / "04_derivatives.ipynb").read_text()
MINUS = "\N{MINUS SIGN}"
H = Fraction(1, 10_000)


def road(x):
    """0.01 x^2 + 0.1 x, exactly."""
    x = Fraction(x)
    return x * x / 100 + x / 10


def forward(f, x, h=H):
    return (f(x + h) - f(x)) / h


def central(f, x, h=H):
    return (f(x + h) - f(x - h)) / (2 * h)


def squares(x):
    return sum(one * one for one in x)


def by_nudging(f, x, h=H):
    """The gradient of f at a list of fractions, exactly as central differences give it."""
    x = [Fraction(one) for one in x]
    return [(f([*x[:i], x[i] + h, *x[i + 1 :]]) - f([*x[:i], x[i] - h, *x[i + 1 :]])) / (2 * h) for i in range(len(x))]


# -- what the lesson prints: one input --------------------------------------------------------------------------------


def test_the_secant_comes_close_to_the_tangent():
    lines = OUT["closer"].splitlines()
    for line, h in zip(lines, ("10", "5", "1", "0.1", "0.01"), strict=True):
        climb = road(5 + Fraction(h)) - road(5)
        assert numbers_in(line) == pytest.approx([float(h), float(climb), float(climb / Fraction(h))], abs=1e-9)
    quotients = [numbers_in(line)[-1] for line in lines]
    assert quotients == [0.3, 0.25, 0.21, 0.201, 0.2001] and sorted(quotients, reverse=True) == quotients
    assert (float(road(5)), float(road(15))) == (0.75, 3.75)


def test_school_algebra_gives_2_x_plus_h():
    for x, h in itertools.product((Fraction(-3), Fraction(1, 2), Fraction(5)), (Fraction(1), Fraction(1, 7))):
        assert forward(lambda x: x * x, x, h) == 2 * x + h
        assert forward(road, x, h) == Fraction(2, 100) * x + h / 100 + Fraction(1, 10), "so the road has 0.02 x + 0.1"


def test_forward_central_and_formula_at_5_and_10():
    at_5, nnlib_5, at_10, nnlib_10 = OUT["two-differences"].splitlines()
    for x, line, other in ((5, at_5, nnlib_5), (10, at_10, nnlib_10)):
        slope = Fraction(2, 100) * x + Fraction(1, 10)
        assert numbers_in(line) == pytest.approx([x, float(forward(road, x)), float(central(road, x))], abs=6e-8)
        assert numbers_in(other) == pytest.approx([float(slope)] * 2, abs=6e-8)
    assert "forward 0.2000010   central 0.2000000" in at_5 and "forward 0.3000010" in at_10


def test_c22_in_the_lesson_small_steps_lose_their_digits():
    lines = OUT["digits"].splitlines()
    stored = [Fraction(line.split("= ")[1]) for line in lines[:2]]
    assert stored[0] == road(5) and 0 < stored[1] - stored[0] < 3 * Fraction(1, 10**13)
    assert f"{float((stored[1] - stored[0]) * 10**12):.6f}" == f"{numbers_in(lines[2])[-1]:.6f}" == "0.200062", (
        "not 0.2"
    )
    said = {line.split()[2]: numbers_in(line)[-2:] for line in lines[3:]}
    assert said["0.0001"] == pytest.approx([0.200001, 0.2]) and said["1e-08"] == pytest.approx([0.2, 0.2], abs=1e-7)
    assert said["1e-16"] == said["1e-50"] == [0, 0]
    assert 5 + 1e-16 == 5 and 5 - 1e-16 == 5


# -- what the lesson prints: several inputs ---------------------------------------------------------------------------


def test_partial_derivatives_and_gradients_of_the_bowl():
    assert numbers_in(OUT["partial"]) == [6, 8] == by_nudging(squares, [3, 4])
    for line, place in zip(OUT["gradients"].splitlines(), ([3, 4], [0, 2], [3, 0]), strict=True):
        assert numbers_in(line) == [*place, *by_nudging(squares, place)]
    assert "[6. 8.]" in OUT["gradients"] and "[0. 4.]" in OUT["gradients"] and "[6. 0.]" in OUT["gradients"]


def test_the_step_along_the_gradient_gains_most():
    ways = {"along the gradient": (0.6, 0.8), "against it": (-0.6, -0.8), "along the contour": (-0.8, 0.6)}
    ways |= {"along x0": (1, 0), "along x1": (0, 1)}
    changes = {}
    for line, (name, way) in zip(OUT["steepest"].splitlines(), ways.items(), strict=True):
        assert line.startswith(name) and math.hypot(*way) == pytest.approx(1)
        x = [3 + way[0] / 100, 4 + way[1] / 100]
        changes[name] = float(re.search(r"[+-]\d\.\d+$", line).group())
        assert changes[name] == pytest.approx(squares(x) - 25, abs=5.1e-5)
    assert max(changes, key=changes.get) == "along the gradient" and changes["along the gradient"] == 0.1001
    around = [squares([3 + 0.01 * math.cos(turn / 100), 4 + 0.01 * math.sin(turn / 100)]) - 25 for turn in range(629)]
    assert max(around) <= 0.1001 + 1e-9, "no other direction gains as much"
    assert abs(changes["along the contour"]) == min(map(abs, changes.values()))


def test_c10_in_the_lesson_changes_are_small_where_the_slope_is_0():
    lines = OUT["flat"].splitlines()
    functions = {"x^2": lambda x: x**2, "-x^2": lambda x: -(x**2), "x^3": lambda x: x**3}
    for k, (name, f) in enumerate(functions.items()):
        head, *changes = lines[3 * k : 3 * k + 3]
        assert head.split() == [name, "slope", "at", "0:", "0.0000"]
        for line, step in zip(changes, (Fraction(1, 10), Fraction(1, 100)), strict=True):
            left, right = re.findall(r"[+-]\d\.\d+", line)
            assert [float(left), float(right)] == [float(f(-step)), float(f(step))]
    assert Fraction(1, 10) ** 2 == 100 * Fraction(1, 100) ** 2 and Fraction(1, 10) ** 3 == 1000 * Fraction(1, 100) ** 3


def test_c23_in_the_lesson_whole_numbers_swallow_the_nudge():
    with_floats, with_integers, ours = OUT["integers"].splitlines()
    assert with_floats.endswith("[6. 8.]") and ours.endswith("[6. 8.]") and with_integers.endswith("[25000 35000]")
    stored = [(int(x + 1e-4), int(x - 1e-4)) for x in (3, 4)]
    assert stored == [(3, 2), (4, 3)], "up it stays, down it falls by a whole 1"
    assert [(squares([3, 4]) - squares(x)) / Fraction(2, 10_000) for x in ([2, 4], [3, 3])] == [25000, 35000]


def test_the_gradient_of_a_matrix_entry_by_entry():
    W, x = [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], [[1.0, 0.5]]

    def loss(W):
        return cross_entropy(softmax(product(x, W)), [[0, 0, 1]])[0][0]

    shapes, *rows = OUT["matrix"].splitlines()
    assert shapes == "(2, 3) (2, 3)"
    shown = [numbers_in(row) for row in rows]
    assert furthest(shown, slopes(lambda: loss(W), W)) < 6e-5
    assert shown[1] == pytest.approx([number / 2 for number in shown[0]], abs=1e-4), "half the input, half the slope"
    assert [value < 0 for row in shown for value in row] == [False, False, True] * 2
    moved = [W[0], [0.2, 0.4, 0.61]]
    change, expected = map(float, OUT["one-entry"].split())
    assert change == pytest.approx(loss(moved) - loss(W), abs=5.1e-5) and expected == pytest.approx(
        -0.002816, abs=5.1e-5
    )


# -- what the lesson prints: chains -----------------------------------------------------------------------------------


def test_the_chain_rule_and_nudging_agree():
    for line, x in zip(OUT["chain-code"].splitlines(), (0, 1, 2), strict=True):
        slope = central(lambda x: (3 * x - 2) ** 2, Fraction(x))
        assert numbers_in(line) == [x, slope, slope] and slope == 6 * (3 * x - 2)


def test_three_sigmoids_in_a_row():
    def chain(x, count):
        for _ in range(count):
            x = sigmoid(x)
        return x

    *lines, nudged = OUT["three-sigmoids"].splitlines()
    for count, line in enumerate(lines, 1):
        nudged_slope = slope(lambda x, count=count: chain(x, count), 1, eps=1e-4)
        assert numbers_in(line) == pytest.approx([count, chain(1, count), nudged_slope], abs=5.1e-5)
    assert numbers_in(nudged)[-1] == numbers_in(lines[-1])[-1]


# -- the secant -------------------------------------------------------------------------------------------------------

WAVE = {"parabola": lambda x: 0.01 * x * x + 0.1 * x, "wave": lambda x: 3 + 2 * math.sin(x / 2)}


@pytest.mark.parametrize("curve", WAVE)
@pytest.mark.parametrize("way", ["forward", "central"])
def test_the_secant_goes_through_its_points_and_is_told_with_its_slope(curve, way):
    f = WAVE[curve]
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
    assert "= 0.3000. The tangent at x = 5.0 has slope 0.2000" in said_by(demos.secant)
    assert "x = 10.0 has slope 0.3000" in said_by(demos.secant, x=10.0, eps=0.01)
    assert "/ 20 = 0.2000. " in said_by(demos.secant, way="central"), "exact on a parabola, for any eps"
    off = [numbers_in(said_by(demos.secant, way="central", curve="wave", eps=eps))[-3] + 0.8011 for eps in (10.0, 0.1)]
    assert abs(off[0]) > 0.5 and abs(off[1]) < 1e-3


# -- the error over eps -------------------------------------------------------------------------------------------------

PLACES = {"sigmoid": (sigmoid, 1), "cube": (lambda x: x**3, 1), "parabola": (WAVE["parabola"], 5)}
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


def test_both_errors_make_a_v_and_the_central_one_is_deeper():
    for function in ("sigmoid", "cube"):
        forwards, centrals = error_shown(function, "forward"), error_shown(function, "central")
        assert forwards[-2] / forwards[-3] == pytest.approx(10, rel=0.02), "a tenth of eps, a tenth of the error"
        assert centrals[-1] / centrals[-2] == pytest.approx(100, rel=0.02), "and a hundredth"
        best, better = (min(errors[-k / 10] for k in range(10, 160)) for errors in (forwards, centrals))
        around = [
            max(errors[power + k / 10] for k in range(-3, 4)) for errors, power in ((forwards, -8), (centrals, -5))
        ]
        assert around[0] < 1e-7 and around[1] < 1e-9 and better < best
        assert around[0] / around[1] > 100, "hundreds of times smaller, or more"
        assert forwards[-12] > 1e3 * around[0] and centrals[-12] > 1e3 * around[1], "too small an eps is worse again"
        assert forwards[-18] == centrals[-18] == pytest.approx(TRUE[function]), "nothing is left of the slope"
    assert exercises.tiny_eps.answer == "It shrinks, and then it grows again"
    on_the_road = error_shown("parabola", "central")
    assert np.nanmax([on_the_road[power / 10] for power in range(-20, 1)]) < 1e-13, "exact but for rounding"


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
    for x0, x1 in ((3.0, 4.0), (-2.0, 0.5)):
        (a, b), (c, d) = demos.move_on_surface("bowl", x0, x1, -1, 0, 0)["line"]["data"]
        assert a * d - b * c == pytest.approx(0, abs=1e-9), "start, end and the middle on one line"
    (a, b), (c, d) = demos.move_on_surface("valley", 4.0, 1.0, -1, 0, 0)["line"]["data"]
    assert a + (b - a) * c / (c - d) == pytest.approx(3.8), "where it crosses the floor"
    assert 4 - 0.4 * Fraction(1, 2) == pytest.approx(3.8)
    far, near = (by_nudging(LANDSCAPES["valley"], place) for place in ([4, 0], [0, 1]))
    assert (far, near) == ([Fraction(4, 10), 0], [0, 2]), "farther, and five times shorter"
    assert "the gradient is (0.40, 2.00), of length 2.04" in said_by(demos.landscape)
    assert "(−0.4, −2)" in exercises.valley_floor.reason and "cross the floor" in exercises.valley_floor.answer
    assert "the gradient is (6.00, 8.00), of length 10.00. The arrow shows it." in said_by(demos.bowl, x0=3.0, x1=4.0)
    middle = said_by(demos.landscape, **demos.landscape.presets["middle of the saddle"])
    assert middle.endswith("the gradient is (0.00, 0.00), and there is no arrow.")


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
    assert "2.000 · 3.00 = 6.000" in said_by(demos.chain)
    assert [said_by(demos.chain, dx=dx).split()[-1] for dx in (0.1, 0.01)] == ["6.900.", "6.090."]
    assert f"({MINUS}4.000) · 3.00 = {MINUS}12.000" in said_by(demos.chain, x=0.0)
    green = {x: abs(demos.nudge("line", "square", x / 10, 0.1)["readout"]["dy"]) for x in range(14)}
    assert sorted(green, key=green.get)[0] == 6
    for inner, x in itertools.product(INNER, (0.0, 0.5, 1.3)):
        told = demos.nudge(inner, "sigmoid", x, 0.1)["readout"]
        assert abs(told["dy"]) <= abs(told["du"]) / 4 + 1e-12, "the sigmoid's slope is at most 1/4"


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
