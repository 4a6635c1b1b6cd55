"""The map of lesson 4 that is a loss, the walk on it in lesson 5, and the gears: against plain Python and nudging."""

import functools
import math

import numpy as np
import pytest
from by_hand import sigmoid, slope
from lesson_reader import numbers_in, said_by, walked, written

from nnlessons.derivatives import loss_map as landscape
from nnlessons.derivatives.demos import gears, loss_map
from nnlessons.gradient_descent.demos import walking_neuron
from nnlessons.live.calls import call
from nnlessons.live.scene import Scene
from nnlib import zeros_and_nines

TEXT = written("04_derivatives")
POINTS = [(*point, kind) for point, kind in zip(*(each.tolist() for each in zeros_and_nines(6)[:2]), strict=True)]
B = -5.2


def loss(w0, w1, b=B):
    """Minus the mean log of the probability that the neuron gives to the right answer."""
    return -sum(math.log(sigmoid((2 * t - 1) * (w0 * x0 + w1 * x1 + b))) for x0, x1, t in POINTS) / 60


def slopes_at(w0, w1, eps=1e-5):
    up0, down0, up1, down1 = loss(w0 + eps, w1), loss(w0 - eps, w1), loss(w0, w1 + eps), loss(w0, w1 - eps)
    return (up0 - down0) / (2 * eps), (up1 - down1) / (2 * eps)


def misread(w0, w1):
    return sum((w0 * x0 + w1 * x1 + B > 0) != t for x0, x1, t in POINTS)


def arrow_on_map(patch):
    outline = np.array(patch["slope"]["xy"])
    return outline[3] - outline[[0, -1]].mean(axis=0)


# -- the landscape is the loss ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("w0", "w1"), [(-2.0, 4.0), (8.0, 6.0), (0.0, 0.0), (14.0, -6.0), (6.1, 9.4)])
def test_the_readout_says_the_loss_the_mistakes_and_both_slopes(w0, w1):
    said = numbers_in(said_by(loss_map, w0=w0, w1=w1))
    expected = [w0, w1, misread(w0, w1), 60, loss(w0, w1), *slopes_at(w0, w1)]
    assert said[:7] == pytest.approx(expected, abs=5.1e-4)


def test_the_arrow_is_the_gradient_and_turns_around():
    for w0, w1 in ((-2.0, 4.0), (8.0, 6.0)):
        up, down = (call(loss_map.update, {"w0": w0, "w1": w1, "sign": sign}) for sign in (1, -1))
        slopes = np.array(slopes_at(w0, w1))
        steep = math.hypot(*slopes)
        assert arrow_on_map(up) == pytest.approx(2.4 * steep ** (1 / 3) * slopes / steep, abs=1e-6)
        assert arrow_on_map(down) == pytest.approx(-arrow_on_map(up))
        (x, _), (y, _) = down["trail"]["data"]
        beside = -0.8 * slopes / steep  # so that the marker can't hide a short arrow
        ends = pytest.approx(beside + arrow_on_map(down))
        assert [x - w0, y - w1] == ends, "the dashed line goes on where the arrow ends"
    said = [said_by(loss_map, sign=sign) for sign in loss_map.controls["sign"].options.values()]
    assert list(loss_map.controls["sign"].options) == ["uphill", "downhill"]
    assert (
        ["rises fastest" in words for words in said]
        == [True, False]
        == ["falls fastest" not in words for words in said]
    )


def test_the_arrow_is_long_at_the_lower_left_and_short_around_the_star():
    assert "The arrow is longest on the steep slopes at the lower left, and it gets short on the flat ground" in TEXT
    arrows = {}
    for w0 in range(-6, 15, 2):
        for w1 in range(-6, 15, 2):
            patch = call(loss_map.update, {"w0": w0, "w1": w1, "sign": 1})
            arrows[w0, w1] = math.hypot(*arrow_on_map(patch))
    *shortest, last = sorted(arrows, key=arrows.get)
    assert max(last) == -6 and all(max(place) < 4 for place in shortest[-10:]), "the middle of the map is at (4, 4)"
    assert all(math.dist(place, (6.1, 9.4)) < 4 for place in shortest[:5]) and arrows[last] > 3 * arrows[shortest[0]]


def test_what_the_text_says_of_the_lowest_place():
    assert "with its 60 pictures of zeros and nines" in TEXT and len(POINTS) == 60
    assert "The star marks the lowest place, near $(6.1, 9.4)$." in TEXT
    assert "There the loss is 0.100, the neuron misreads only 3 of the 60, and there's no arrow." in TEXT
    assert (f"{loss(6.1, 9.4):.3f}", misread(6.1, 9.4)) == ("0.100", 3)
    there, start = (call(loss_map.update, loss_map.beginning | place) for place in ({"w0": 6.1, "w1": 9.4}, {}))
    assert math.hypot(*arrow_on_map(there)) == 0 < 2 < math.hypot(*arrow_on_map(start))
    assert not np.size(there["trail"]["data"])


def test_left_and_right_of_the_middle_the_neuron_takes_opposite_sides():
    left, right = (
        np.array(call(loss_map.update, {"w0": w0, "w1": 0, "sign": 1})["side"]["xy"])[:, 0] for w0 in (-4, 4)
    )
    assert -4 * -1.3 + B == pytest.approx(0) and left.max() == pytest.approx(-1.3) and left.min() < -50
    assert right.min() == pytest.approx(1.3) and right.max() > 50


def test_the_line_turns_and_moves_closer_as_the_weights_get_larger():
    assert "The line turns, and it moves closer to $(0, 0)$ as the weights get larger." in TEXT
    assert "(With very small weights it's outside of the plot.)" in TEXT
    scene, away = Scene(loss_map), []
    for w0, w1 in ((0.5, 0.5), (2.0, 2.0), (8.0, 8.0), (8.0, 2.0)):
        scene.move({"w0": w0, "w1": w1, "sign": 1})
        (x0, x1), (y0, y1) = scene.picture.parts["line"].get_data()
        assert [w0 * x0 + w1 * y0 + B, w0 * x1 + w1 * y1 + B] == pytest.approx([0, 0], abs=1e-9)
        away.append(abs(x0 * y1 - x1 * y0) / math.hypot(x1 - x0, y1 - y0))
        assert away[-1] == pytest.approx(5.2 / math.hypot(w0, w1))
    plot = scene.picture.parts["line"].axes
    corner = max(plot.get_xlim()[1], plot.get_ylim()[1])
    assert away[0] > math.hypot(corner, corner) and away[0] > away[1] > away[2]


def test_elsewhere_the_arrow_mostly_does_not_point_at_the_star():
    assert "In the landscape of our neuron, the arrow mostly points somewhere else." in TEXT
    off = 0
    places = [(w0, w1) for w0 in range(-6, 15, 4) for w1 in range(-6, 15, 4)]
    for w0, w1 in places:
        (g0, g1), (d0, d1) = slopes_at(w0, w1), (6.1 - w0, 9.4 - w1)
        off += -(g0 * d0 + g1 * d1) < math.cos(math.radians(10)) * math.hypot(g0, g1) * math.hypot(d0, d1)
    assert off > len(places) / 2, "by more than 10 degrees"


def test_the_map_takes_thousands_of_losses(monkeypatch):
    assert "But this map took thousands of loss computations" in TEXT
    computed = []
    hill = lambda w: computed.append(w[..., 0].size) or (w**2).sum(axis=-1)  # noqa: E731
    monkeypatch.setattr(landscape, "loss", hill)
    landscape.map_of_loss({})
    assert 2000 < sum(computed) < 100_000


def test_no_stop_of_the_sliders_is_lower_than_the_star():
    star = next(line for line in Scene(loss_map).picture.parts["map"].lines if line.get_marker() == "*")
    w0, w1 = (float(*coordinate) for coordinate in star.get_data())
    around = [(w0 + 0.1 * i, w1 + 0.1 * j, B + 0.1 * k) for i in (-1, 0, 1) for j in (-1, 0, 1) for k in (-1, 0, 1)]
    with_this_bias = [place for place in around if place[2] == B]
    assert min(with_this_bias, key=lambda place: loss(*place)) == (w0, w1, B), "a bowl: nothing lower further away"
    assert max(map(abs, slopes_at(w0, w1))) < 5e-4
    nudges = [(loss(w0, w1, B + change) - loss(w0, w1)) for change in (-0.5, 0.5)]
    assert min(nudges) > 0, "and no other bias is much better with these weights"
    assert "has a lower loss" in said_by(loss_map, w0=w0, w1=w1)
    assert "lower loss" not in said_by(loss_map, w0=w0, w1=w1 + 0.2)


def test_each_contour_line_has_its_loss_along_it_and_each_band_its_shade():
    lines = next(each for each in Scene(loss_map).picture.parts["map"].collections if each.get_linewidth()[0] > 1)
    for level, path in zip(lines.levels, lines.get_paths(), strict=True):
        for w0, w1 in path.vertices[:: max(1, len(path.vertices) // 7)]:
            assert loss(w0, w1) == pytest.approx(level, rel=0.02)
    bands = Scene(loss_map).picture.parts["map"].collections[0]
    assert len(np.unique(bands.get_facecolors(), axis=0)) == len(lines.levels) + 1


def test_a_press_in_either_map_moves_the_neuron_there():
    for demo in (loss_map, walking_neuron):
        scene = Scene(demo)
        width, height = scene.picture.canvas.get_width_height()
        across, up = scene.picture.parts["map"].transData.transform((7.5, 3.5))
        assert scene.pointed(across / width, 1 - up / height) == {"w0": 7.5, "w1": 3.5}


# -- the neuron walks downhill ----------------------------------------------------------------------------------------

IN_LESSON_5 = written("05_gradient_descent")


@functools.cache
def path_by_hand(w0, w1, rate, steps):
    path = [(w0, w1)]
    for _ in range(steps):
        here = path[-1]
        path.append(tuple(w - rate * slope for w, slope in zip(here, slopes_at(*here), strict=True)))
    return path


@pytest.mark.parametrize("preset", walking_neuron.presets)
def test_each_step_is_the_learning_rate_times_the_negative_gradient(preset):
    values = walking_neuron.beginning | walking_neuron.presets[preset]
    path = path_by_hand(values["w0"], values["w1"], values["rate"], 8)
    state, words = walked(walking_neuron, 8, **values)
    assert np.allclose(state, path, atol=1e-4)
    assert numbers_in(words)[:3] == pytest.approx([8, loss(*path[8]), misread(*path[8])], abs=1e-3)
    following = path_by_hand(values["w0"], values["w1"], values["rate"], 9)[9]
    patch = call(walking_neuron.update, values, state)
    assert arrow_on_map(patch) == pytest.approx(np.subtract(following, path[8]), abs=1e-3), "the arrow is the next step"


def test_all_three_walks_start_where_lesson_4_does():
    starts = {name: (values["w0"], values["w1"]) for name, values in walking_neuron.presets.items()}
    assert starts == dict.fromkeys(("too small", "just right", "too large"), (-2, 4))


def walk_by_hand(preset, steps):
    """The losses on the way, and the neurons."""
    values = walking_neuron.beginning | walking_neuron.presets[preset]
    path = path_by_hand(values["w0"], values["w1"], values["rate"], 100)[: steps + 1]
    return [round(loss(*neuron), 3) for neuron in path], path


def test_just_right_is_at_the_lowest_loss_after_some_20_steps():
    assert "*Just right* is at the lowest loss, 0.100, after some 20 steps." in IN_LESSON_5
    losses, path = walk_by_hand("just right", 100)
    first = losses.index(0.1)
    assert 18 <= first <= 22 and losses[-1] == 0.1 == round(loss(6.1, 9.4), 3)
    for steps, arrived in ((first - 1, False), (first, True)):
        said = walked(walking_neuron, steps, **walking_neuron.presets["just right"])[1]
        assert ("that's the lowest loss" in said) == arrived
    assert (
        "after three steps of *just right* the neuron misreads only two pictures, but three in the end." in IN_LESSON_5
    )
    assert (misread(*path[3]), misread(*path[-1])) == (2, 3)


def test_too_small_is_still_on_its_way_after_100_steps():
    assert "*Too small* is getting there: its loss is 0.109 after 100 steps." in IN_LESSON_5
    losses, _ = walk_by_hand("too small", 100)
    assert losses[-1] == 0.109 and losses == sorted(losses, reverse=True)
    assert numbers_in(walked(walking_neuron, 100, **walking_neuron.presets["too small"])[1])[:2] == [100, 0.109]


def test_too_large_leaps_off_the_map_and_comes_back_to_jump():
    assert "leaps off the map with its first step, and the loss jumps from 2.6 to 4.1." in IN_LESSON_5
    assert "It's off the map for 17 steps, and then it keeps jumping from one side of the valley" in IN_LESSON_5
    losses, path = walk_by_hand("too large", 100)
    assert [f"{each:.1f}" for each in losses[:2]] == ["2.6", "4.1"]
    outside = [k for k, place in enumerate(path) if not all(-8 < w < 16 for w in place)]
    assert outside == list(range(1, 18)), "17 steps"
    for k, away in ((1, True), (17, True), (18, False)):
        said = walked(walking_neuron, k, **walking_neuron.presets["too large"])[1]
        assert ("led off the map" in said) == away
    jumps = [np.subtract(there, here) for here, there in zip(path[-21:], path[-20:], strict=False)]
    assert all(one @ other < 0 for one, other in zip(jumps, jumps[1:], strict=False)), "each goes back"
    assert min(map(np.linalg.norm, jumps)) > 0.5
    said = {
        walked(walking_neuron, k, **walking_neuron.presets["too large"])[1].split("That's ")[1][:9] for k in (99, 100)
    }
    assert said == {"down from", "up from 0"}


def test_the_landscape_is_much_flatter_than_the_bowl():
    assert "Why is 10 just right here, when 1 was already too much for the bowl?" in IN_LESSON_5
    assert (
        "On the bowl, the slope changes by 2 for every 1 you go. Near the star it changes by only 0.015," in IN_LESSON_5
    )
    star, around = np.array([6.1, 9.4]), np.linspace(0, np.pi, 37)
    ways = np.stack([np.cos(around), np.sin(around)], axis=-1)
    for near in (star, star + 1, star - 1):
        changes = [np.dot(np.subtract(slopes_at(*(near + way / 2)), slopes_at(*(near - way / 2))), way) for way in ways]
        assert 0 < max(changes) < 2 / 50, "for every 1 you go, the slope of the bowl changes by 2"
        assert near is not star or f"{max(changes):.3f}" == "0.015"


def test_a_walk_that_leaves_the_map_says_so():
    assert "led off the map" in walked(walking_neuron, 1, rate=60)[1]


# -- gears ------------------------------------------------------------------------------------------------------------


def chain(w, x, b, t):
    a = w * x + b
    return w, a, sigmoid(a), (sigmoid(a) - t) ** 2 / 2


@pytest.mark.parametrize("t", [0, 1])
@pytest.mark.parametrize("dw", [-0.3, 0.01, 0.1])
@pytest.mark.parametrize(("w", "x", "b"), [(1.0, 3.0, -3.0), (-0.5, 2.0, 1.5), (2.0, -1.5, 0.5)])
def test_each_hand_turns_by_the_change_in_its_number(dw, w, x, b, t):
    values = {"dw": dw, "w": w, "x": x, "b": b, "t": t}
    scene = Scene(gears)
    scene.move(values)
    for name, before, after in zip("wazL", chain(w, x, b, t), chain(w + dw, x, b, t), strict=True):
        (x0, x1), (y0, y1) = scene.picture.parts[name].hand.get_data()
        turns = math.atan2(x1 - x0, y1 - y0) / (2 * math.pi)
        assert (turns - (after - before) + 0.5) % 1 - 0.5 == pytest.approx(0), "clockwise, a change of 1 is one turn"
    slope = (chain(w + 1e-5, x, b, t)[3] - chain(w - 1e-5, x, b, t)[3]) / 2e-5
    ratio = (chain(w + dw, x, b, t)[3] - chain(w, x, b, t)[3]) / dw
    if "by only" in scene.text:
        said = numbers_in(scene.text.replace("A factor near 0", ""))
        assert max(abs(ratio), abs(slope)) < 0.01 and said == pytest.approx([dw, ratio * dw, slope], abs=5.1e-5)
    else:
        assert numbers_in(scene.text)[2:4] == pytest.approx([ratio, slope], abs=5.1e-4)
    *factors, product = numbers_in(call(gears.update, values)["dL/dw"]["text"])
    assert product == pytest.approx(slope, rel=0.006), "three digits, and so has each factor"
    assert product == pytest.approx(math.prod(factors), rel=0.02)


def changes(dw, b=-3.0):
    """By how much each dial turns, where x = 3 and t = 1."""
    return [after - before for before, after in zip(chain(1, 3, b, 1), chain(1 + dw, 3, b, 1), strict=True)]


def test_the_gears_start_with_round_factors():
    assert (
        "The picture starts with $\\Delta w = 0.1$." in TEXT
        and "(All dials have the same scale: one full turn is 1.)" in TEXT
    )
    assert "$w$ turns by 0.1, $a$ by 3 times as much, and $z$ by about a quarter of that." in TEXT
    assert "Then $L$ turns backward, by about half as much as $z$." in TEXT
    dw, da, dz, dL = changes(0.1)
    assert (dw, da / dw) == pytest.approx((0.1, 3)) and (dz / da, dL / dz) == pytest.approx((0.25, -0.5), rel=0.1)
    patch = call(gears.update, gears.beginning)
    assert [patch[name]["change"] for name in "wazL"] == pytest.approx([dw, da, dz, dL])
    assert numbers_in(said_by(gears)) == [0.1, round(dL, 4), round(dL / dw, 3), -0.375] and round(dL / dw, 3) == -0.345
    slopes = [numbers_in(patch[name]["text"])[0] for name in ("da/dw", "dz/da", "dL/dz")]
    assert slopes == [3, 0.25, -0.5] == pytest.approx([3, slope(sigmoid, 0), slope(lambda z: (z - 1) ** 2 / 2, 0.5)])


def test_the_tinier_the_turn_the_better_ratio_and_product_agree():
    assert "With $\\Delta w = 0.01$ it's −0.372 times as fast, and $3 \\cdot 0.25 \\cdot (-0.5) = -0.375$." in TEXT
    ratios = [changes(dw)[3] / dw for dw in (0.1, 0.01, 0.001)]
    assert round(ratios[1], 3) == -0.372 and 3 * 0.25 * -0.5 == -0.375
    off = [abs(ratio + 0.375) for ratio in ratios]
    assert off == sorted(off, reverse=True) and off[2] < 0.001
    assert numbers_in(said_by(gears, dw=0.01)) == [0.01, -0.0037, -0.372, -0.375]
    assert "Nearly the same" in said_by(gears, dw=0.01) and "try a smaller one" in said_by(gears)


def test_at_a_6_hardly_anything_gets_past_the_sigmoid():
    assert "At $a = 6$ the sigmoid is nearly flat. Its slope is 0.002, so hardly anything gets past it." in TEXT
    flat = gears.beginning | gears.presets["a = 6, and wrong"]
    assert "Press *a = 6, and wrong*. The output is 0.998 and the target is 0" in TEXT
    assert round(sigmoid(6), 3) == 0.998 and flat["t"] == 0
    assert flat["w"] * flat["x"] + flat["b"] == 6 and round(slope(sigmoid, 6), 3) == 0.002
    assert numbers_in(call(gears.update, flat)["dz/da"]["text"]) == [0.00247]
    turned = chain(1.1, 3, 3.0, 0)[3] - chain(1, 3, 3.0, 0)[3]
    assert 0 < turned < 0.001 and f"L by only {turned:.4f}" in said_by(gears, **flat)
    assert "(With the cross entropy, the last slope would make up for that. You've seen it in the tug of war.)" in TEXT
    with_cross_entropy = slope(lambda w: -math.log(1 - sigmoid(w * 3 + 3)), 1)
    assert with_cross_entropy == pytest.approx(3 * sigmoid(6)) and with_cross_entropy > 400 * slope(
        lambda w: chain(w, 3, 3.0, 0)[3], 1
    )
    assert all("Nothing turns yet" in said_by(gears, dw=dw) for dw in (0.0, 1e-17)), "where a slider is after some keys"
