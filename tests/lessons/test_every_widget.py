"""Every demo, prediction and exercise shows itself, and every control moves it, with the ipywidgets that is installed here."""

import pytest
from lesson_reader import in_lessons
from live_widgets import move, shown, within

from nnlessons.exercise.checking import Exercise
from nnlessons.exercise.prediction import Prediction
from nnlessons.live import Button, Check, Choice, Demo, Grid, LogSlider, Number, Slider, Stepper, Text
from nnlessons.live.view import View

CONTROLS = [
    Slider(0, 1, value=0, step=1),
    Slider(0.0, 1.0, value=0.5),
    LogSlider(1, 10, value=1),
    Number(0, 1, value=0),
    Choice({"one": 1, "two": 2}),
    Check(),
    Text(""),
    Button("press"),
    Stepper(3),
    Grid(2, 3),
]
# What a version doesn't know it passes on, and traitlets only warns: the page would never see it.
pytestmark = pytest.mark.filterwarnings("error:Passing unrecognized arguments")


def every(kind):
    return pytest.mark.parametrize("one", [pytest.param(one, id=name) for name, one in in_lessons(kind).items()])


@every(Demo)
def test_a_demo_shows_itself_and_every_control_moves_it(one):
    view = View(one)
    assert shown(view.bundle()) is view.box
    seen, controls = set(), 0
    for widget in list(within(view.box)):
        controls += move(widget)
        assert view.failure.value == "" and view.scene.values == view.values, widget
        seen.add((bytes(view.image.value), view.readout.value))
    assert controls > len(one.controls), "all of them, and the reset button"
    assert len(seen) > 1, "something moves"


@every(Prediction)
def test_a_prediction_is_asked_and_judged(one):
    asked, judged = one.ask(), one.judge()
    try:
        question, verdict = shown(asked._repr_mimebundle_()), shown(judged._repr_mimebundle_())
        assert move(asked.choices) and one.choice == one.choices[-1]
        assert asked.choices in within(question) and judged.text in within(verdict)
        move(judged.button)
        assert one.verdict() and "status" in judged.text.value
    finally:
        one.choice = None


@every(Exercise)
def test_an_exercise_shows_its_answer(one):
    answer = one(one.solution)
    assert answer.verdict in answer._repr_html_() and answer.verdict == "correct"


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: type(control).__name__)
def test_a_control_sends_the_page_its_tooltip_and_its_value(control):
    widget = control.widget("a name")
    before = widget.value
    named = [
        part
        for part in within(widget)
        if (part.get_state().get("tooltip") or part.get_state().get("description_tooltip"))
    ]
    assert named or isinstance(control, Button)
    assert [part for part in list(within(widget)) if move(part)] and widget.value != before


@every(Demo)
def test_play_and_pause_reach_the_page(one):
    if not one.start:
        return
    clock = View(one).clock
    state = clock.play.get_state()
    playing = "playing" if "playing" in state else "_playing"
    clock.play.set_state({playing: True})
    clock.play.set_state({"value": 1})
    assert clock.view.scene.timeline.step == 1
    clock.pause()
    assert clock.play.get_state()[playing] is False, "the page goes on playing"
    clock.play.set_state({"value": 2})
    assert clock.view.scene.timeline.step == 1, "a tick that was sent too early"
