"""Demos with states: taken one by one, kept, stepped through and restarted; and the clock that drives them."""

import pytest

from nnlessons.drawing.style import in_style, new_figure
from nnlessons.live import Button, Demo, Mistyped, Slider, Stepper
from nnlessons.live.scene import KEPT, Scene
from nnlessons.live.view import View


@in_style
def dot_figure():
    figure, axes = new_figure()
    axes.set(xlim=(0, 1000), ylim=(0, 1))
    (dot,) = axes.plot([], [], "o")
    return figure, {"dot": dot}


def counter(**more):
    """Counts from `first` in steps of `by`, up to 1000."""
    standard = {
        "title": "Counter",
        "controls": {"first": Slider(0, 9, value=0, step=1), "by": Slider(1, 9, value=1, step=1)},
        "figure": dot_figure,
        "start": lambda first: first,
        "advance": lambda state, by: state + by if state + by <= 1000 else None,
        "update": lambda state: {"dot": {"data": ([state], [0.5])}, "readout": {"n": state}},
        "readout": "{n}",
        "presets": {"tens": {"first": 9, "by": 9}},
    }
    return Demo(**{**standard, **more})


def ticks(view, count):
    """The reader presses play, and `count` ticks come from the page."""
    view.clock.play.playing = True
    late_ticks(view, count)


def late_ticks(view, count):
    for _ in range(count):
        view.clock.play.value += 1


def test_every_tick_is_one_step_whatever_number_it_has():
    view = View(counter())
    view.clock.play.playing = True
    for number in (1, 2, 7, 30, 31):
        view.clock.play.value = number
    assert view.scene.text == "5" and view.clock.count.value == "step 5"


def test_a_control_of_advance_acts_at_once_and_forgets_what_lay_ahead():
    scene = Scene(counter())
    for _ in range(4):
        scene.step_forward()
    scene.step_back()
    scene.step_back()
    scene.move({**scene.values, "by": 5})
    assert scene.text == "2"
    scene.step_forward()
    assert scene.text == "7"
    assert not scene.timeline.place < len(scene.timeline.states) - 1


def test_a_control_of_start_restarts():
    scene = Scene(counter())
    scene.step_forward()
    scene.move({**scene.values, "first": 7})
    assert scene.text == "7" and scene.timeline.step == 0 and not scene.step_back()


def test_the_latest_states_are_kept_and_the_count_goes_on():
    scene = Scene(counter())
    for _ in range(KEPT + 50):
        scene.step_forward()
    assert scene.timeline.step == KEPT + 50 and scene.text == str(KEPT + 50)
    assert len(scene.timeline.states) == KEPT
    while scene.step_back():
        pass
    assert scene.timeline.step == 51 and scene.text == "51"


def test_the_end_stops_the_clock_and_says_so():
    view = View(counter(advance=lambda state, by: state + by if state < 3 else None))
    ticks(view, 6)
    assert view.scene.text == "3" and view.clock.count.value == "step 3, the last" and not view.clock.play.playing
    view.clock.back.click()
    assert view.scene.text == "2" and view.clock.count.value == "step 2"


def test_the_start_is_not_called_the_last_step():
    view = View(counter())
    view.clock.back.click()
    assert view.clock.count.value == "step 0"


def test_steps_by_hand_pause_and_the_square_goes_back_to_the_start():
    view = View(counter())
    ticks(view, 3)
    view.clock.on.click()
    assert view.scene.text == "4" and not view.clock.play.playing
    view.clock.back.click()
    assert view.scene.text == "3"
    view.clock.play.value = 0
    assert view.scene.text == "0" and view.scene.timeline.step == 0


def test_reset_and_presets_set_everything_in_one_move_and_restart():
    view = View(counter())
    ticks(view, 3)
    view.presets[0].click()
    assert view.values == {"first": 9, "by": 9} and view.scene.text == "9"
    ticks(view, 2)
    assert view.scene.text == "27"
    view.reset_button.click()
    assert view.values == {"first": 0, "by": 1} and view.scene.text == "0" and view.scene.timeline.step == 0
    ticks(view, 2)
    view.reset_button.click()
    assert view.scene.text == "0", "also where no control had moved"


@pytest.mark.parametrize("button, text", [("reset", "0"), ("back", "2"), ("on", "4")])
def test_a_tick_that_was_on_its_way_while_the_kernel_paused_is_no_step(button, text):
    view = View(counter())
    ticks(view, 3)
    {"reset": view.reset_button, "back": view.clock.back, "on": view.clock.on}[button].click()
    late_ticks(view, 2)
    assert view.scene.text == text
    ticks(view, 1)
    assert view.scene.text == str(int(text) + 1)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ZeroDivisionError])
def test_an_error_in_a_step_stops_the_clock_and_the_last_state_stays(stop):
    def advance(state, by):
        if state == 2:
            raise stop("now")
        return state + by

    view = View(counter(advance=advance))
    ticks(view, 4)
    assert view.scene.text == "2" and not view.clock.play.playing
    said = "Stopped. Move a control" if stop is KeyboardInterrupt else "first = 0, by = 1. ZeroDivisionError: now"
    assert said in view.failure.value
    view.controls["first"].value = 5
    assert view.scene.text == "5" and view.failure.value == ""


def start_but_at(refused):
    def start(first):
        if first in refused:
            raise Mistyped(f"Not {first}, please.")
        return first

    return start


def test_a_start_that_refuses_leaves_the_old_state_running():
    view = View(counter(start=start_but_at([3])))
    ticks(view, 2)
    view.controls["first"].value = 3
    assert "Not 3, please." in view.failure.value and "first = 3" not in view.failure.value
    assert view.scene.text == "2" and view.scene.timeline.step == 2
    view.controls["first"].value = 4
    assert view.scene.text == "4"


@pytest.mark.parametrize("button, said", [("preset", "Not 9"), ("reset", "Not 0")])
def test_a_preset_or_reset_that_is_refused_says_so(button, said):
    refused = []
    view = View(counter(start=start_but_at(refused)))
    view.controls["first"].value = 6
    ticks(view, 3)
    refused += [0, 9]
    {"preset": view.presets[0], "reset": view.reset_button}[button].click()
    assert said in view.failure.value and view.scene.text == "9"


def test_a_refusal_stays_until_picture_and_controls_agree_again():
    view = View(counter(start=start_but_at([3])))
    view.controls["first"].value = 3
    view.clock.on.click()
    ticks(view, 1)
    assert view.scene.text == "2" and "Not 3, please." in view.failure.value
    view.controls["first"].value = 0
    assert view.failure.value == ""


def an_update_but_at(refused):
    def update(state, first):
        if refused in (state, first):
            raise ZeroDivisionError
        return {"dot": {"data": ([state], [0.5])}, "readout": {"n": state}}

    return update


@pytest.mark.parametrize("control", ["first", "by"])
def test_where_update_fails_the_history_stays_with_the_picture(control):
    scene = Scene(counter(update=an_update_but_at({"first": 7, "by": 4}[control])))
    for _ in range(3):
        scene.step_forward()
    with pytest.raises(ZeroDivisionError):
        scene.move({**scene.values, "first": 7}) if control == "first" else scene.step_forward()
    assert scene.text == "3" and scene.timeline.state == 3 and scene.timeline.step == 3
    assert scene.step_back() and scene.text == "2" and scene.timeline.step == 2


def test_an_error_in_a_step_is_gone_after_a_step_that_works():
    view = View(counter(advance=lambda state, by: 1 if state == 0 else state / 0))
    ticks(view, 2)
    assert "division by zero" in view.failure.value
    view.clock.back.click()
    assert view.failure.value == ""


def test_the_speed_is_the_clocks_interval():
    view = View(counter())
    assert view.clock.play.interval == 50
    view.clock.speed.value = 200
    assert view.clock.play.interval == 200


@pytest.mark.parametrize("start", [0, 5])
def test_a_button_is_a_number_that_grows(start):
    seen = []
    demo = Demo(
        "Pressed",
        {"seed": Button("again", value=start)},
        dot_figure,
        lambda seed: (seen.append(seed), {"dot": {"data": ([seed], [0])}, "readout": {"seed": seed}})[1],
        "{seed}",
    )
    view = View(demo)
    assert view.values == {"seed": start} and view.scene.text == str(start)
    view.controls["seed"].button.click()
    view.controls["seed"].button.click()
    assert view.scene.text == str(start + 2)
    view.reset_button.click()
    assert view.scene.text == str(start)


def test_a_stepper_stays_inside_its_list():
    demo = Demo(
        "List",
        {"n": Slider(1, 9, value=5, step=1), "k": Stepper(last=lambda n: n, value=4)},
        dot_figure,
        lambda n, k: {"dot": {"data": ([k], [0])}, "readout": {"n": n, "k": k}},
        "{k} of {n}",
        presets={"end": {"n": 9, "k": 9}, "beyond": {"n": 3, "k": 9}},
    )
    view = View(demo)
    assert view.scene.text == "4 of 5" and view.controls["k"].slider.max == 5
    for _ in range(3):
        view.controls["k"].on.click()
    assert view.scene.text == "5 of 5"
    view.controls["n"].value = 2
    assert view.scene.text == "2 of 2" and view.controls["k"].value == 2
    view.controls["k"].back.click()
    assert view.scene.text == "1 of 2"
    view.presets[0].click()
    assert view.scene.text == "9 of 9" and view.controls["k"].slider.value == 9
    view.presets[1].click()
    assert view.scene.text == "3 of 3" and view.controls["k"].value == view.controls["k"].slider.value == 3
    view.reset_button.click()
    assert view.scene.text == "4 of 5" and view.controls["k"].value == 4
