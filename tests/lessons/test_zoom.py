"""Zooming in, in lesson 4: what is in the frame, the slopes that are read off it, and when a piece is straight or flat."""

import itertools
import math

import numpy as np
import pytest
from by_hand import sigmoid
from lesson_reader import numbers_in, said_by, written

from nnlessons.derivatives import bowl_zoom
from nnlessons.derivatives.bowl_zoom import zoom_in_two
from nnlessons.derivatives.landscape import Projection
from nnlessons.derivatives.zoom import magnify, zoom
from nnlessons.live.scene import Scene

TEXT = written("04_derivatives")
CURVES = {
    "road": lambda x: 0.01 * x * x + 0.1 * x,
    "sigmoid": sigmoid,
    "relu": lambda x: max(x, 0),
    "step": lambda x: 1 if x > 0 else 0,
}
ZOOMS = (1.0, 10.0, 1000.0)

# -- a curve ----------------------------------------------------------------------------------------------------------


def in_pixels(scene, axes, points):
    return scene.picture.figure.axes[axes].transData.transform(np.transpose(points))


@pytest.mark.parametrize("curve", CURVES)
def test_the_magnified_piece_is_what_is_in_the_frame(curve):
    f, scene = CURVES[curve], Scene(zoom)
    for x, times in itertools.product((-5.0, 0.0, 0.5, 5.0), ZOOMS):
        scene.move({"curve": curve, "x": x, "zoom": times})
        corners = np.array(scene.picture.parts["frame"].get_xy()[:4])
        assert corners.mean(axis=0) == pytest.approx([x, f(x)])
        frame = np.ptp(in_pixels(scene, 1, corners.T), axis=0)
        glass = scene.picture.figure.axes[2].bbox
        assert frame * times == pytest.approx([glass.width, glass.height]), "the same factor for both axes"
        across, up = (np.array(values) for values in scene.picture.parts["magnified"].get_data())
        seen = ~np.isnan(up) & (np.abs(across + x * times) > 1e-6)  # not at 0, where the jump is
        there = x + across[seen] / times
        assert (up[seen] / times + f(x)).tolist() == pytest.approx([f(one) for one in there], abs=1e-9)
        assert there.min() == pytest.approx(corners[:, 0].min(), abs=1e-9)
        assert there.max() == pytest.approx(corners[:, 0].max(), abs=1e-9)


@pytest.mark.parametrize("curve", CURVES)
def test_slopes_are_read_off_to_the_left_and_right(curve):
    f = CURVES[curve]
    for x, times in itertools.product((-5.0, 0.0, 0.5, 5.0), ZOOMS):
        run, patch = 4 / times, magnify(curve, x, times)
        for side, rise in {"left": f(x) - f(x - run), "right": f(x + run) - f(x)}.items():
            number = 0 if side == "left" else 1
            over, up = (numbers_in(text)[0] for text in patch["steps"]["texts"][2 * number : 2 * number + 2])
            assert (over, up) == pytest.approx((run, rise), rel=0.005, abs=1e-12)
            assert numbers_in(patch["slopes"]["texts"][number])[0] == pytest.approx(rise / run, abs=5.1e-5)
            steps = np.transpose(patch[side]["data"]) / times
            assert np.ptp(steps, axis=0) == pytest.approx([run, abs(rise)])


def test_a_smooth_curve_becomes_straight_and_shows_its_slope():
    assert "it rises by 0.2 for every 1 you go to the right" in TEXT and "The sigmoid becomes a straight line" in TEXT
    assert zoom.beginning["x"] == 5 and 0.02 * 5 + 0.1 == 0.2
    for curve, x, slope in (("road", 5.0, "0.2"), ("road", 10.0, "0.3"), ("sigmoid", 0.0, "0.25")):
        assert "bends" in said_by(zoom, curve=curve, x=x, zoom=1.0)
        for times in (100.0, 1000.0):
            words = said_by(zoom, curve=curve, x=x, zoom=times)
            assert words.endswith(f"{times:.0f} times, the curve can't be told from a straight line of slope {slope}.")
    assert magnify("road", 5.0, 1000.0)["slopes"]["texts"] == ["0.2", "0.2"]


@pytest.mark.parametrize("x", [-5.0, 0.0, 10.0])
@pytest.mark.parametrize("curve", ["road", "sigmoid"])
def test_a_piece_is_called_straight_once_it_is_within_a_pixel(curve, x):
    scene, f = Scene(zoom), CURVES[curve]
    for times in [10 ** (k / 10) for k in range(31)]:
        scene.move({"curve": curve, "x": x, "zoom": times})
        across, up = scene.picture.parts["magnified"].get_data()
        slope = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
        off = in_pixels(scene, 2, (across, up))[:, 1] - in_pixels(scene, 2, (across, slope * across))[:, 1]
        straight = np.abs(off).max() / scene.picture.figure.dpi * 100 < 1
        assert ("straight line" in scene.text) == straight and ("bends" in scene.text) != straight


def test_a_corner_stays_a_corner_and_a_jump_a_jump():
    assert (
        "The corner stays a corner, however close you get, so ReLU has no slope at 0. And the jump stays a jump."
        in TEXT
    )
    for times in ZOOMS:
        corner, jump = (said_by(zoom, curve=curve, x=0.0, zoom=times) for curve in ("relu", "step"))
        assert "slope 0 to the left, 1 to the right. There's no slope at 0." in corner
        assert said_by(zoom, curve="relu", x=1e-15, zoom=times) == corner, "where a slider is after some keys"
        assert f"the slope seems to be {times / 4:g}, and it grows" in jump and "no slope at 0" in jump
    assert "the corner at 0 is still in the frame" in said_by(zoom, curve="relu", x=0.5, zoom=10.0)
    assert "straight line of slope 1." in said_by(zoom, curve="relu", x=0.5, zoom=100.0)
    assert "straight line of slope 0." in said_by(zoom, curve="step", x=-0.5, zoom=100.0)


# -- a bowl -----------------------------------------------------------------------------------------------------------


def f(x0, x1):
    return x0 * x0 + x1 * x1


def points(patch, name):
    return np.transpose(patch[name]["data"])


@pytest.mark.parametrize("times", [1.0, 10.0, 100.0])
@pytest.mark.parametrize(("x0", "x1"), [(3.0, 4.0), (-0.5, 2.0), (0.0, 0.0)])
def test_edges_and_steps_are_the_slopes_of_the_bowl(x0, x1, times):
    half = 2 / times
    view = Projection(-25, 40)

    def on_page(a, b, up):
        return view.on_page([a, b, 0.04 * up / half])

    patch = bowl_zoom.look_closer(x0, x1, times)
    one, other = 2 * x0 * half, 2 * x1 * half
    assert points(patch, "edges") == pytest.approx(np.array([on_page(1, 0, one), [0, 0], on_page(0, 1, other)]))
    corners = [on_page(a, b, a * one + b * other) for a, b in ((1, 1), (1, -1), (-1, -1), (-1, 1), (1, 1))]
    assert points(patch, "plane") == pytest.approx(np.array(corners))
    assert points(patch, "steps")[1] == pytest.approx(on_page(1, 0, 0))
    assert points(patch, "steps")[5] == pytest.approx(on_page(0, 1, 0))
    assert [numbers_in(text)[0] for text in patch["slopes"]["texts"]] == [2 * x0, 2 * x1]
    assert patch["arrow"]["xy"][3] == pytest.approx((0.14 * x0, 0.14 * x1))
    ticks = [numbers_in(text)[0] for text in patch["ticks"]["texts"]]
    assert ticks == pytest.approx([x0 - half, x0, x0 + half, x1 - half, x1, x1 + half], abs=5.1e-4)


@pytest.mark.parametrize("times", [1.0, 10.0, 100.0])
@pytest.mark.parametrize(("x0", "x1"), [(3.0, 4.0), (-0.5, 2.0), (0.0, 0.0), (4.0, -4.0)])
def test_contour_lines_are_in_even_steps_of_f(x0, x1, times):
    across, up = bowl_zoom.look_closer(x0, x1, times)["contours"]["data"]
    inside = (np.abs(across) <= 1) & (np.abs(up) <= 1)
    heights = [f(x0 + 2 / times * a, x1 + 2 / times * b) for a, b in zip(across[inside], up[inside], strict=True)]
    lines = sorted({round(height, 9) for height in heights})
    steps = np.diff(lines)
    assert 3 <= len(lines) <= 10 and steps == pytest.approx(steps.mean(), rel=1e-4)
    factor = steps.mean() / 10 ** math.floor(math.log10(steps.mean() * 1.0001))
    assert round(factor, 3) in (1, 2, 5)


def test_close_up_contour_lines_are_straight_parallel_and_evenly_spaced():
    assert "They become straight, parallel, and evenly spaced." in TEXT
    for times, evenly in ((1.0, False), (100.0, True)):
        points_on_map = points(bowl_zoom.look_closer(3.0, 4.0, times), "contours")
        lines = np.split(points_on_map, np.flatnonzero(np.isnan(points_on_map[:, 0])))
        seen = [line[(np.abs(line) <= 1).all(axis=1)] @ (3, 4) / 5 for line in lines]  # how far uphill, along (6, 8)
        seen = [line for line in seen if len(line) > 1]
        gaps = np.diff([line.mean() for line in seen])
        assert len(seen) >= 4 and (max(map(np.ptp, seen)) < 0.004) == (np.ptp(gaps) < 0.004) == evenly


def test_the_bowl_at_3_4_rises_by_6_and_8():
    assert "For every 1 you go along $x_0$, this one rises by 6. For every 1 along $x_1$, it rises by 8." in TEXT
    assert (zoom_in_two.beginning["x0"], zoom_in_two.beginning["x1"]) == (3, 4)
    step = 1e-6
    assert ((f(3 + step, 4) - 25) / step, (f(3, 4 + step) - 25) / step) == pytest.approx((6, 8), abs=1e-5)


def test_the_closer_the_flatter():
    assert "Magnified ten times, they're already within 2% of each other." in TEXT
    for times, part in ((1, "14"), (10, "1.4"), (100, "0.14")):
        half = 2 / times
        lowest, highest = f(3 - half, 4 - half), f(3 + half, 4 + half)
        apart = highest - (25 + 6 * half + 8 * half)  # at a corner, where the plane is farthest off
        assert numbers_in(part)[0] == pytest.approx(100 * apart / (highest - lowest), rel=0.03)
        assert times != 10 or math.ceil(100 * apart / (highest - lowest)) == 2
        words = said_by(zoom_in_two, zoom=float(times))
        assert "slopes here are 6 along x₀ and 8 along x₁" in words and f"at most {part}% of the height" in words
    assert "so the flat plane is level. Magnified 10 times, the surface departs from it by at most 0.08." in said_by(
        zoom_in_two, x0=0.0, x1=0.0, zoom=10.0
    )
