"""A demo in another state, and the line of code that says it."""

from types import SimpleNamespace

import pytest
from lesson_reader import in_lessons
from small_demos import wave_figure

from nnlessons.live import Button, Check, Choice, Demo, Grid, LogSlider, Number, Slider, Stepper, Text
from nnlessons.live.scene import Scene
from nnlessons.live.state_code import code_of
from nnlessons.live.view import View

DEMOS = in_lessons(Demo)


def everything(**more):
    """A demo with a control of each kind, and a clock."""
    controls = {
        "x": Slider(-1.0, 1.0, value=0.0, step=0.25),
        "rate": LogSlider(0.01, 10, value=0.1, steps=10),
        "kind": Choice({"plain": max, "other": min}),
        "size": Choice({"one": 1, "two": 2}),
        "on": Check(),
        "share": Number(0, 1, value=0.5),
        "formula": Text("x"),
        "again": Button("again"),
        "place": Stepper(lambda size: size),
        "cells": Grid(2, 2),
    }

    def update(state, x, rate, kind, size, on, share, formula, again, place, cells):
        return {"curve": {"data": ([0, state], [0, x])}, "readout": {"n": state}}

    given = {
        "title": "Everything",
        "controls": controls,
        "figure": wave_figure,
        "start": lambda x: 0,
        "advance": lambda state: state + 1 if state < 9 else None,
        "update": update,
        "readout": "{n}",
        "presets": {"full": {"cells": ((1.0, 1.0), (1.0, 1.0)), "size": 2}},
    }
    return Demo(**{**given, **more})


def shown_by(demo, line):
    """The values and the step that a line of code shows, if `d` is the demo."""
    scene = Scene(eval(line, {"d": demo}))
    return scene.values, scene.timeline.step if scene.timeline else 0


def test_it_opens_in_that_state():
    demo = everything()
    there = demo.at(x=0.5, kind="other", size=2, place=2, on=True, step=4)
    scene = Scene(there)
    assert scene.text == "4" and scene.timeline.step == 4
    assert scene.values == demo.beginning | {"x": 0.5, "kind": min, "size": 2, "place": 2, "on": True}
    assert Scene(there.at(step=0)).timeline.step == 0
    assert Scene(demo.at(step=99)).timeline.step == 9, "the last one"


def test_values_go_to_what_the_controls_can_have():
    there = everything().at(x=0.3, rate=0.11, place=5)
    assert there.beginning["x"] == 0.25 and there.beginning["rate"] == 0.1
    assert there.beginning["place"] == 1, "with size 1 the list ends there"


def test_a_preset_comes_first():
    there = everything().at("full", x=1)
    assert there.beginning["cells"] == ((1.0, 1.0), (1.0, 1.0)) and there.beginning["size"] == 2
    assert there.beginning["x"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "values", "error", "words"),
    [
        ((), {"y": 1}, TypeError, "y.*no controls"),
        ((), {"x": 1.5}, ValueError, "x must be from -1.0 to 1.0, got 1.5"),
        ((), {"x": "1"}, TypeError, "x must be a number, got '1'"),
        ((), {"x": True}, TypeError, "x must be a number"),
        ((), {"x": float("nan")}, ValueError, "x must be from"),
        ((), {"kind": "third"}, ValueError, "kind must be one of .*plain.*other.*third"),
        ((), {"on": 1}, TypeError, "on must be True or False"),
        ((), {"formula": 3}, TypeError, "formula must be a text"),
        ((), {"again": -1}, ValueError, "again must be at least 0"),
        ((), {"place": 0.5}, ValueError, "place must be a whole number"),
        ((), {"cells": ((0, 0),)}, ValueError, "value must have 2 rows"),
        ((), {"step": -1}, ValueError, "step must be a whole number"),
        (("empty",), {}, ValueError, "preset must be one of .*full.*empty"),
    ],
)
def test_what_it_cannot_show_is_refused_by_name(arguments, values, error, words):
    with pytest.raises(error, match=words):
        everything().at(*arguments, **values)


def test_the_line_says_the_state_and_leads_back_to_it():
    demo = everything()
    for moved, step in (({}, 0), ({"x": -0.75, "kind": min}, 3), ({"rate": 10**0.3, "formula": "x**2"}, 0)):
        values = Scene(demo).clamped(demo.beginning | moved)
        line = code_of(demo, values, step, name="d")
        there, at_step = shown_by(demo, line)
        assert (there.pop("rate"), at_step) == (pytest.approx(values.pop("rate")), step), line
        assert there == values, line
    assert code_of(demo, demo.beginning, name="d") == "d"
    assert code_of(demo, demo.beginning | {"size": 2}, name="d") == "d.at(size=2)"


def test_what_is_too_long_for_a_line_is_said_by_its_preset_or_not_at_all():
    demo = everything()
    full = demo.beginning | demo.presets["full"]
    assert code_of(demo, full | {"x": 1.0}, name="d") == "d.at('full', x=1.0)"
    assert code_of(demo, full | {"cells": ((1.0, 0.0), (0.0, 0.0))}, name="d") == ""


@pytest.mark.parametrize("path", DEMOS)
def test_every_demo_and_each_of_its_buttons_has_such_a_line(path):
    demo, name = DEMOS[path], path.rpartition(".")[2]
    assert code_of(demo, demo.beginning) == f"demos.{name}"
    for moved in demo.presets.values():
        values = demo.beginning | moved
        line = code_of(demo, values)
        assert line.startswith(f"demos.{name}.at(") or values == demo.beginning
        assert len(line) < 90, line
        assert eval(line, {"demos": SimpleNamespace(**{name: demo})}).beginning == values


def test_the_line_is_below_the_picture_and_follows_it():
    demo = everything()
    view = View(demo)
    view.controls["x"].value = 0.5
    assert ">.at(x=0.5)</code>" in view.readout.value
    view.clock.on.click()
    assert ">.at(x=0.5, step=1)</code>" in view.readout.value
    view.reset()
    assert "></code>" in view.readout.value
