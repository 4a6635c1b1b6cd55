"""Pictures made beforehand: which states are taken, that they are the demo's own, and what is kept of them."""

import itertools
import json

import numpy as np
import pytest
import small_demos
from baked_pages import picture_of
from lesson_reader import in_lessons

from nnlessons.live import Button, Check, Choice, Demo, Grid, LogSlider, Slider, Stepper, Text
from nnlessons.live.album import Album, rounded
from nnlessons.live.bake import LARGEST, SOON, bake, pixels, plan, shots
from nnlessons.live.scene import Scene
from nnlessons.live.stops import shown, stops

DEMOS = in_lessons(Demo) | {f"small.{name}": demo for name, demo in small_demos.ALL.items()}
FROM_8_BITS_TO_5 = 7  # how far a color may be from the one that was drawn
SOME = 3  # random states of each demo: more than 200 in all


# -- stops -----------------------------------------------------------------------------------------------------------


def test_a_slider_has_few_round_stops_with_both_ends_zero_and_the_start():
    slider = Slider(-8.0, 8.0, value=0.7, step=0.1)
    assert stops(slider, 17) == [-8, -7, -6, -5, -4, -3, -2, -1, 0, 0.7, 1, 2, 3, 4, 5, 6, 7, 8]
    assert stops(Slider(1, 5, value=4, step=1), 99) == [1, 2, 3, 4, 5]
    assert stops(Slider(0.05, 1.0, value=0.5, step=0.05), 5) == [0.05, 0.25, 0.5, 0.75, 1.0]
    assert all(isinstance(stop, int) for stop in stops(Slider(1, 90, value=4, step=1), 9))


def test_a_slider_of_factors_too():
    assert stops(LogSlider(0.01, 10, value=0.1, steps=10), 5) == pytest.approx([0.01, 0.1, 1, 10])
    assert len(stops(LogSlider(0.01, 10, value=0.1, steps=10), 99)) == 31


def test_other_controls_have_all_values_that_can_be_chosen():
    assert stops(Choice({"a": max, "b": min}), 1) == [max, min]
    assert stops(Check(True), 1) == [False, True]
    assert stops(Button("again"), 1) == [0, 1, 2]
    assert stops(Text("x", examples=("y", "x")), 1) == ["x", "y"]
    assert stops(Grid(1, 1), 9) == [((0.0,),)]


def test_a_value_is_shown_as_the_notebook_shows_it():
    assert shown(Slider(-1.0, 1.0, value=0.0, step=0.25), -0.5) == "\N{MINUS SIGN}0.50"
    assert shown(Slider(-3, 3, value=0, step=1), -2) == "\N{MINUS SIGN}2"
    assert shown(LogSlider(0.01, 10, value=0.1), 0.0501) == "0.0501"
    assert shown(Choice({"plain": max, "other": min}), min) == "other"


# -- plans -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [60, 400])
@pytest.mark.parametrize("name", DEMOS)
def test_a_plan_has_the_start_the_presets_and_every_value_once(name, most):
    demo = DEMOS[name]
    values, together, runs = plan(demo, most)
    taken = [tuple(values[each].index(value) for each, value in run.items()) for run, _ in runs]
    assert runs[0][0] == demo.beginning and len(set(taken)) == len(taken)
    assert sum(len(steps) for _, steps in runs) <= max(most, 400)
    for moved in demo.presets.values():
        start = demo.beginning | moved
        assert any(
            run == {each: demo.controls[each].clamped(value, start) for each, value in start.items()} for run, _ in runs
        )
    for each, control in demo.controls.items():
        if most == 400 and not (isinstance(control, Stepper) and callable(control.last)):
            assert {run[each] for run, _ in runs} == set(values[each]), each
    for _, steps in runs:
        assert steps[0] == 0 and list(steps) == sorted(set(steps))
    alone = [steps for run, steps in runs if sum(run[each] != value for each, value in demo.beginning.items()) < 2]
    assert all((len(steps) > 1) == (demo.start is not None) for steps in alone), "each run can be played, but for a few"
    if together and not any(isinstance(control, Stepper) for control in demo.controls.values()):
        assert set(taken) == set(itertools.product(*(range(len(each)) for each in values.values())))


def test_with_less_room_sliders_lose_stops_before_controls_lose_company():
    demo = small_demos.ALL["curve"]
    much, little = plan(demo, 400), plan(demo, 60)
    assert much.together and little.together
    assert len(little.values["height"]) < len(much.values["height"])
    assert len(plan(demo, 12).runs) <= 12 and not plan(demo, 12).together


# -- pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEMOS)
def test_a_state_has_the_demos_own_picture_and_words(name):
    demo, rng = DEMOS[name], np.random.default_rng(sum(map(ord, name)))
    runs = plan(demo, 200).runs
    some = [runs[place] for place in sorted(rng.choice(len(runs), size=min(SOME, len(runs)), replace=False))]
    some = [(values, steps[: rng.integers(1, 4)]) for values, steps in some]
    album, alone = Album(), Scene(demo)
    alone.set_density(1.5)
    for shot in reversed(list(shots(demo, some))):
        alone.move(shot.values, restart=True)
        if demo.start:
            alone.run_to(shot.step)
        assert shot.text == alone.text
        expected = pixels(alone)
        assert np.array_equal(shot.pixels, expected), "before it's encoded, to the pixel"
        index = album.add(shot.pixels)
        drawn = expected.view(np.uint8).reshape(*expected.shape, 4)[..., :3].astype(int)
        assert abs(picture_of(album.pictures, index) - drawn).max() <= FROM_8_BITS_TO_5


def test_black_and_white_stay_and_all_is_opaque():
    assert [hex(each) for each in rounded(np.array([0, 0x00FFFFFF, 0xFF808080], np.uint32))] == [
        "0xff000000",
        "0xffffffff",
        "0xff848484",
    ]


def test_an_album_keeps_each_picture_once_and_only_what_differs():
    sheet = np.full((40, 60), 0xFFFFFFFF, np.uint32)
    dot, far = sheet.copy(), sheet.copy()
    dot[3:5, 7:11] = 0xFF000000
    far[:, 30:] = 0xFF000000
    album = Album()
    assert [album.add(each) for each in (sheet, dot, sheet, far, dot)] == [0, 1, 0, 2, 1]
    assert [entry[:3] for entry in album.pictures] == [[-1, 0, 0], [0, 7, 3], [-1, 0, 0]]
    for index, each in enumerate((sheet, dot, far)):
        assert np.array_equal(picture_of(album.pictures, index), each.view(np.uint8).reshape(40, 60, 4)[..., :3])


# -- what a page gets ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def training():
    return small_demos.ALL["training"]


@pytest.mark.parametrize("name", ["small.curve", "small.formula", "backpropagation.race"])
def test_a_page_gets_every_state_with_its_words(name):
    demo = DEMOS[name]
    baked = json.loads(json.dumps(bake(demo, "d")))
    assert len(json.dumps(baked)) <= LARGEST and baked["title"] == demo.title
    names = [control["name"] for control in baked["controls"]]
    assert baked["states"][0][:2] == [[control["start"] for control in baked["controls"]], 0]
    assert baked["lines"][0] == "d" and len(baked["lines"]) == len(baked["states"])
    for (places, step, text, _, off), line in list(zip(baked["states"], baked["lines"], strict=True))[::17]:
        scene = Scene(eval(line, {"d": demo}))
        for name, place, control in zip(names, places, baked["controls"], strict=True):
            assert control["stops"][place] == [
                shown(demo.controls[name], scene.values[name]),
                demo.controls[name].code(scene.values[name]),
            ]
        assert step == (scene.timeline.step if demo.start else 0)
        assert baked["texts"][text] == scene.text
        assert [names[place] for place in off] == [
            name
            for name in names
            if (rule := demo.controls[name].enabled)
            and not rule(
                **{each: scene.values[each] for each in rule.__code__.co_varnames[: rule.__code__.co_argcount]}
            )
        ]


def test_what_comes_first_on_a_page_is_smaller():
    demo = DEMOS["small.curve"]
    usual, first = (bake(demo, "d", first) for first in (False, True))
    assert len(json.dumps(first)) <= SOON < len(json.dumps(usual)) and first["all"]


def test_the_same_code_gives_the_same_bytes():
    demo = DEMOS["forward_pass.product"]
    assert json.dumps(bake(demo)) == json.dumps(bake(demo))
