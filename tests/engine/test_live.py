"""Controls, the declaration of a demo, the text below it, and the widgets, driven as the page drives them."""

import dataclasses
import html
import re
import threading
from base64 import b64decode
from io import BytesIO

import ipywidgets as w
import numpy as np
import pytest
import small_demos
from live_widgets import ALIVE, shown, within
from PIL import Image

from nnlessons.activations.demos import gallery, weight_and_bias
from nnlessons.drawing.style import in_style, new_figure
from nnlessons.live import Button, Check, Choice, Demo, Grid, LogSlider, Mistyped, Number, Slider, Stepper, Text
from nnlessons.live import page as live_page
from nnlessons.live.page_helper import PageHelper
from nnlessons.live.picture import DRAWING
from nnlessons.live.scene import say
from nnlessons.live.view import Still, View, show
from nnlessons.training.exercises import twenty_steps


@in_style
def one_line():
    figure, axes = new_figure()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    (line,) = axes.plot([], [])
    return figure, {"line": line}


def inverse(a):
    return {"line": {"data": ([0, 1], [0, 1 / a])}, "readout": {"a": a}}


fragile = Demo("Fragile", {"a": Slider(0, 4, value=2, step=1)}, one_line, inverse, "a = {a}")


def shown_text(view):
    return html.unescape(re.sub(r"<code.*|<[^>]+>", "", view.readout.value)).strip()  # without the line of code


# -- controls ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Slider(2, 1, value=1), "low must be below high, got 2 and 1"),
        (lambda: Slider(0, 1, value=3), "value must be from 0 to 1, got 3"),
        (lambda: Slider(0, 1, value=0, step=0), "step must be above 0, got 0"),
        (lambda: LogSlider(0, 1, value=1), "low and high must be above 0 and in order, got 0 and 1"),
        (lambda: LogSlider(1, 10, value=20), "value must be from 1 to 10, got 20"),
        (lambda: LogSlider(1, 10, value=3), "value must be a whole number of steps from 1, got 3"),
        (lambda: LogSlider(1, 30, value=10), "high must be a whole number of steps from 1, got 30"),
        (lambda: LogSlider(1, 10, value=2, steps=0), "steps must be above 0, got 0"),
        (lambda: Grid(1, 2, value=((0, 2),)), "value must have levels from 0 to 1"),
        (lambda: Grid(2, 2, levels=1), "levels must be at least 2, got 1"),
        (lambda: Choice({}), "options must not be empty"),
        (lambda: Choice({"a": 1}, value=2), "value must be one of [1], got 2"),
    ],
)
def test_a_control_that_cannot_be_is_refused(make, words):
    with pytest.raises(ValueError) as refusal:
        make()
    assert str(refusal.value) == words


@pytest.mark.parametrize(
    "control",
    [
        Slider(-1.0, 1.0, value=0.5),
        Slider(0, 7, value=3, step=1),
        Slider(0.0, 1.0, value=0.25, step=0.25, label="η"),
        LogSlider(1e-4, 10, value=0.1),
        Choice({"one": 1, "two": 2}),
        Check(True),
    ],
)
def test_the_widget_takes_every_sample_as_it_is(control):
    widget = control.widget("name")
    assert widget.value == pytest.approx(control.value)
    assert widget.description == (control.label or "name")
    for value in control.samples():
        widget.value = value
        assert widget.value == pytest.approx(value) and type(widget.value) is type(value)


def test_a_slider_shows_as_many_digits_as_its_step_has():
    assert Slider(0.0, 1.0, value=0.5, step=0.25).widget("a").readout_format == ".2f"
    assert isinstance(Slider(0, 9, value=1, step=1).widget("a"), w.IntSlider)


def test_a_log_slider_moves_in_its_own_steps():
    assert LogSlider(1, 100, value=10**0.25, steps=4).widget("a").step == 0.25


def test_a_typed_number_stays_in_its_bounds():
    widget = Number(-5, 200, value=1).widget("a")
    for typed, taken in ((300, 200), (-9, -5), (150, 150)):
        widget.value = typed
        assert widget.value == taken


def test_a_stepper_has_no_place_beyond_its_ends():
    widget = Stepper(2).widget("k")
    widget.set_end(2)
    seen = []
    widget.observe(lambda change: seen.append(change["new"]), "value")
    for button in (widget.back, widget.on, widget.on, widget.on, widget.back):
        button.click()
    assert seen == [1, 2, 1]


def test_a_stepper_ends_where_its_rule_says():
    stepper = Stepper(last=lambda n: 2 * n)
    assert stepper.clamped(9, {"n": 3}) == 6 and stepper.clamped(5, {"n": 3}) == 5
    assert Stepper(last=4).clamped(9, {}) == 4
    widget = stepper.widget("k")
    stepper.fit(widget, {"n": 3})
    assert widget.slider.max == 6


@pytest.mark.parametrize("control", [Button("press"), Stepper(3), Grid(2, 3)])
def test_a_disabled_widget_disables_each_of_its_buttons(control):
    widget = control.widget("name")
    widget.disabled = True
    assert len(widget.children) > 0 and all(child.disabled for child in widget.children)
    widget.disabled = False
    assert not any(child.disabled for child in widget.children)


def test_the_level_of_a_cell_is_also_a_mark():
    (row,) = Grid(1, 3, value=((0, 0.5, 1),), levels=3).widget("cells").buttons
    assert [button.description for button in row] == ["\N{NO-BREAK SPACE}", "\N{BULLET}", "\N{BLACK SQUARE}"]


@pytest.mark.parametrize("levels", [2, 3, 17, 23])
def test_clicks_on_a_cell_take_it_through_every_level_and_back_to_none(levels):
    cells = Grid(1, 1, levels=levels).widget("cells")
    seen = []
    for _ in range(levels):
        cells.buttons[0][0].click()
        seen.append(cells.value[0][0])
    assert seen == [*(level / (levels - 1) for level in range(1, levels)), 0]


# -- the declaration --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"controls": {"b": Slider(0, 1, value=0)}}, "Wrong: update takes ['a'], which are no controls: ['b']"),
        ({"figure": lambda c: one_line()}, "Wrong: figure takes ['c'], which are no controls: ['a']"),
        ({"controls": {**fragile.controls, "b": Check()}}, "Wrong: nothing takes the controls ['b']"),
        ({"start": lambda: 0}, "Wrong: start and advance go together"),
        (
            {"start": lambda: 0, "advance": lambda state, rate: 0, "update": lambda state, a: {}},
            "Wrong: advance takes ['rate'], which are no controls: ['a']",
        ),
        (
            {"start": lambda: 0, "advance": lambda state: 0, "update": lambda path, a: {}},
            "Wrong: the first parameter of update must be called state, got update(path, a)",
        ),
        (
            {"start": lambda: 0, "advance": lambda a, state: 0, "update": lambda state, a: {}},
            "Wrong: the first parameter of advance must be called state, got advance(a, state)",
        ),
        (
            {"controls": {"a": Slider(0, 1, value=0, enabled=lambda z: True)}},
            "Wrong: enabled of a takes ['z'], which are no controls: ['a']",
        ),
        (
            {"controls": {"a": Stepper(last=lambda z: 1)}},
            "Wrong: last of a takes ['z'], which are no controls: ['a']",
        ),
        (
            {"controls": {"a": Choice({"one": 1}, resets=("z",))}},
            "Wrong: a resets ['z'], which are no controls: ['a']",
        ),
        ({"presets": {"far": {"z": 1}}}, "Wrong: the preset 'far' sets ['z'], which are no controls: ['a']"),
        ({"groups": {"One": ("a", "a")}}, "Wrong: groups must have each of ['a'] once, got ['a', 'a']"),
        ({"groups": {"One": ("z",)}}, "Wrong: groups must have each of ['a'] once, got ['z']"),
    ],
)
def test_a_demo_whose_parts_do_not_fit_is_refused(more, words):
    whole = {"title": "Wrong", "controls": fragile.controls, "figure": one_line, "update": inverse, "readout": ""}
    with pytest.raises(TypeError) as refusal:
        Demo(**{**whole, **more})
    assert str(refusal.value) == words


def test_zero_has_no_minus_and_other_numbers_have_a_real_one():
    assert say("{a:.2f} {b:.1f} {c:.0f} {d:.2f}", {"a": -0.001, "b": -0.5, "c": -0.0, "d": 0.0}) == "0.00 −0.5 0 0.00"
    assert say("leaky-0 and x-1, {a:.2g}", {"a": -1e-7}) == "leaky-0 and x-1, −1e-07"
    assert say("from -{a:.0f} to {a:.0f}", {"a": 6}) == "from −6 to 6"


def test_one_of_several_sentences_is_chosen_by_name():
    assert say({"one": "a {n}", "two": "b {n}"}, {"line": "two", "n": 3}) == "b 3"


# -- the widgets ------------------------------------------------------------------------------------------------------


def test_a_slider_moves_picture_and_words():
    view = View(weight_and_bias)
    before = view.image.value
    view.controls["w"].value = 2.0
    assert view.image.value != before
    assert (
        shown_text(view) == "With w = 2.0 and b = −2.0, the output is one half at x = 1.00. Its slope there is 0.500."
    )


def test_reset_brings_back_the_start_in_one_move(monkeypatch):
    view = View(gallery)
    start = view.image.value
    view.controls["function"].value = "relu"
    view.controls["a"].value = -2.0
    moved = []
    move = view.scene.move
    monkeypatch.setattr(view.scene, "move", lambda *how, **more: (moved.append(how), move(*how, **more)))
    view.reset_button.click()
    assert view.values == gallery.beginning and view.image.value == start
    assert len(moved) == 1


@pytest.mark.parametrize(
    "other", [Slider(0, 1, value=0), LogSlider(1, 10, value=1), Check(), Text("x"), Button("b"), Stepper(1)]
)
def test_any_control_can_be_greyed_out_by_another(other):
    greyed = dataclasses.replace(other, enabled=lambda a: a > 2)
    demo = Demo("Greyed", {"a": fragile.controls["a"], "b": greyed}, one_line, lambda a, b: inverse(a), "{a}")
    view = View(demo)
    assert view.controls["b"].disabled
    view.controls["a"].value = 3
    assert not view.controls["b"].disabled


@pytest.mark.parametrize("other", [Slider(0, 4, value=1, step=1), Check(), Text("x"), Stepper(3)])
def test_any_control_can_reset_another(other):
    resetting = dataclasses.replace(other, resets=("a",))
    demo = Demo("Resetting", {"a": fragile.controls["a"], "b": resetting}, one_line, lambda a, b: inverse(a), "{a}")
    view = View(demo)
    view.controls["a"].value = 4
    view.controls["b"].value = other.samples()[1] if other.samples()[1:] else "y"
    assert view.values["a"] == 2 and shown_text(view) == "2"


def test_a_button_resets_what_belongs_to_the_numbers_before():
    controls = {"a": Slider(1, 4, value=2, step=1), "new": Button("new numbers", resets=("a",))}
    view = View(Demo("Resetting", controls, one_line, lambda a, new: inverse(a), "a = {a}"))
    view.controls["a"].value = 4
    view.controls["new"].button.click()
    assert view.values == {"a": 2, "new": 1}
    assert shown_text(view) == "a = 2"
    view.controls["a"].value = 3
    assert view.values == {"a": 3, "new": 1}, "what was reset can be moved, and resets nothing"


def test_an_error_is_shown_with_the_values_and_the_next_move_works():
    view = View(fragile)
    before = view.image.value
    view.controls["a"].value = 0
    assert "could not follow to a = 0. ZeroDivisionError: division by zero" in view.failure.value
    assert view.image.value == before and shown_text(view) == "a = 2"
    view.controls["a"].value = 4
    assert view.failure.value == "" and view.image.value != before and shown_text(view) == "a = 4"


def test_a_picture_has_as_many_pixels_as_the_screen_and_keeps_them():
    demo = Demo("Inverse", {"a": Slider(1, 4, value=2, step=1)}, lambda a: one_line(), inverse, "a = {a}")
    view = View(demo)
    (helper,) = [widget for widget in within(view.box) if isinstance(widget, PageHelper)]
    width, height = view.scene.picture.css_size
    for density, pixels in {1: 1, 1.5: 1.5, 3: 2, 0.5: 1}.items():
        helper.set_state({"density": density})
        assert size_of(view.image) == (pixels * width, pixels * height)
        view.controls["a"].value = 3 if view.controls["a"].value == 2 else 2  # draws the figure again
        assert size_of(view.image) == (pixels * width, pixels * height)


def press(view, x, y):
    """What the page does when the picture is pressed at a point of its axes."""
    axes = view.scene.picture.figure.axes[0]
    width, height = view.scene.picture.canvas.get_width_height()
    across, up = axes.transData.transform((x, y)) / (width, height)
    (helper,) = [widget for widget in within(view.box) if isinstance(widget, PageHelper)]
    assert helper.pointing
    helper.set_state({"pointed": [across, 1 - up]})


def test_a_press_on_the_picture_moves_the_controls_to_their_nearest_values():
    view = View(small_demos.curve)
    for x, y, wanted in ((1, 0.62, 0.6), (-2, -1.44, 1.4), (0, 2.19, 2.0)):
        press(view, x, y)
        assert view.controls["height"].value == view.scene.values["height"] == wanted
        assert view.readout.value.count(f"height {wanted}") == 1
    press(view, -3.2, 1)  # beside the axes
    assert view.scene.values["height"] == 2


def test_a_pointer_knows_the_other_controls_and_its_errors_are_shown():
    def steeper(x, y, a):
        return {"a": a + 1 / round(x)}

    demo = Demo(
        "Line",
        {"a": Slider(0, 9, value=2, step=1)},
        lambda: one_line_and_axes(),
        inverse,
        "a = {a}",
        pointer={"axes": steeper},
    )
    view = View(demo)
    press(view, 0.9, 0.5)
    press(view, 0.8, 0.5)
    assert view.scene.values == {"a": 4}
    press(view, 0.1, 0.5)
    assert "ZeroDivisionError" in view.failure.value and view.scene.values == {"a": 4}


def test_a_press_may_take_a_stepper_beyond_where_it_ends_now():
    demo = Demo(
        "Line",
        {"row": Stepper(3), "column": Stepper(lambda row: row)},
        lambda: one_line_and_axes(),
        lambda row, column: {"line": {"data": ([0, row], [0, column])}, "readout": {}},
        "A line",
        pointer={"axes": lambda x, y: {"row": 3, "column": 2}},
    )
    view = View(demo)
    press(view, 0.5, 0.5)
    assert view.scene.values == view.values == {"row": 3, "column": 2}
    assert view.controls["column"].slider.value == 2, "what the reader sees"


def one_line_and_axes():
    figure, parts = one_line()
    return figure, {**parts, "axes": figure.axes[0]}


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        (lambda x, y, c: {}, "the pointer in axes takes ['c'], which are no controls: ['a']"),
        (lambda a: {}, "the pointer in axes must take x and y first, got a and None"),
    ],
)
def test_a_pointer_that_does_not_fit_is_refused(pointer, words):
    with pytest.raises(TypeError, match=re.escape(words)):
        Demo("A", {"a": Slider(0, 1, value=0)}, one_line, inverse, "{a}", pointer={"axes": pointer})


def size_of(image):
    """Width and height in pixels of what the page gets."""
    return Image.open(BytesIO(b64decode(bytes(image.value).partition(b",")[2]))).size


def test_an_error_at_the_start_is_raised():
    broken = Demo("Broken", {"a": Slider(0, 4, value=0, step=1)}, one_line, inverse, "a = {a}")
    with pytest.raises(ZeroDivisionError):
        show(broken)


def test_words_from_values_are_escaped():
    risky = Demo(
        "1 < 2 & <b>",
        {"a": Choice({"x": "<script>"})},
        one_line,
        lambda a: {"line": {"data": ([0, 1], [0, 1])}, "readout": {"a": a}},
        "{a}",
    )
    view = View(risky)
    assert "<script>" not in view.readout.value and "<b>" not in view.box.children[0].children[0].value


def test_words_of_a_failure_are_escaped():
    def update(a):
        if a == 0:
            raise Mistyped("1 < 2 & <b>")
        return inverse(a)

    view = View(Demo("Fragile", fragile.controls, one_line, update, "a = {a}"))
    view.controls["a"].value = 0
    assert "1 &lt; 2 &amp; &lt;b&gt;" in view.failure.value


def test_words_of_a_still_picture_are_escaped():
    data, _ = Still('<a> "b"', one_line, '<c> "d"')._repr_mimebundle_()
    (content,) = shown(data).children
    assert not [raw for raw in ("<a>", '"b"', "<c>", '"d"') if raw in content.value]


@pytest.mark.parametrize("act", [View.follow, View.paint])
def test_a_move_and_its_picture_wait_while_another_thread_draws(act):
    updated = []
    demo = Demo("Two", fragile.controls, one_line, lambda a: (updated.append(a), inverse(a))[1], "a = {a}")
    view = View(demo)
    updated.clear()
    with DRAWING:
        other = threading.Thread(target=act, args=(view,))
        other.start()
        other.join(0.2)
        assert other.is_alive() and not updated
    other.join(5)
    assert not other.is_alive()


def test_the_bundle_holds_live_view_picture_and_one_fixed_line():
    data, metadata = show(weight_and_bias)
    assert data["text/plain"] == "Interactive demo: Weight and bias of a sigmoid"
    assert shown(data)
    assert data["image/png"].startswith("iVBOR")
    assert metadata["image/png"]["width"] == 700 and metadata["image/png"]["height"] == 400
    assert metadata["image/png"]["alt"].startswith("Weight and bias of a sigmoid. With w = 1.0 and b = −2.0")
    assert show(weight_and_bias)[0]["image/png"] == data["image/png"]


def test_running_a_cell_again_closes_its_older_views_and_no_others(monkeypatch):
    monkeypatch.setattr(live_page, "SHOWN", {})
    run = iter([("cell 1", "run 1"), ("cell 1", "run 1"), ("cell 2", "run 2"), ("cell 1", "run 3")])
    monkeypatch.setattr(live_page, "current_cell", lambda: next(run))
    boxes = []

    def show_and_count_open():
        data, _ = show(fragile)
        boxes.append(shown(data))
        return [box.comm is not None for box in boxes]

    show_and_count_open()
    show_and_count_open()
    assert all(show_and_count_open()), "twice in one cell, or in another cell, is fine"
    assert show_and_count_open() == [False, False, True, True]


def test_views_take_one_place_if_kind_title_and_cell_are_the_same(monkeypatch):
    monkeypatch.setattr(live_page, "SHOWN", {})
    shown = [("demo", "A", 1), ("demo", "B", 1), ("still", "A", 1), ("demo", "A", 2), ("demo", "A", 1)]
    boxes = [w.VBox() for _ in shown]
    for run, ((kind, title, cell), box) in enumerate(zip(shown, boxes, strict=True)):
        monkeypatch.setattr(live_page, "current_cell", lambda place=(cell, run): place)
        live_page.close_previous_views(kind, title, box)
    assert [box.comm is not None for box in boxes] == [False, True, True, True, True]


def test_a_closed_view_leaves_no_widget_behind():
    view = View(fragile)
    widgets = [view.box, *view.box.children, view.image, view.reset_button, *view.controls.values()]
    assert all(widget.comm is not None for widget in widgets)
    live_page.close_all(view.box)
    assert all(widget.comm is None for widget in widgets)


def update_nothing(state, slider, factor, number, choice, check, text, button, stepper, grid):
    return {"line": {"data": ([0, 1], [0, 1])}, "readout": {}}


every_control = Demo(
    "Every control",
    {
        "slider": Slider(0, 1, value=0, step=1),
        "factor": LogSlider(1, 10, value=1),
        "number": Number(0, 1, value=0),
        "choice": Choice({"one": 1}),
        "check": Check(),
        "text": Text(""),
        "button": Button("press"),
        "stepper": Stepper(3),
        "grid": Grid(2, 3),
    },
    one_line,
    update_nothing,
    "",
    start=lambda: 0,
    advance=lambda state: state,
    presets={"none": {}},
)


@pytest.mark.parametrize("make", [lambda: every_control, lambda: Still("Still", one_line, ""), twenty_steps.ask])
def test_a_cell_that_is_run_again_leaves_no_widget_behind(monkeypatch, make):
    monkeypatch.setattr(live_page, "SHOWN", {})
    alive = []
    for run in range(3):
        monkeypatch.setattr(live_page, "current_cell", lambda run=run: ("cell", run))
        make()._repr_mimebundle_()
        alive.append(len(ALIVE))
    assert len(set(alive)) == 1, alive


def test_a_closed_view_and_a_figure_drawn_again_keep_no_pixels():
    demo = Demo(
        "Kinds",
        {"kind": Choice({"one": 1, "two": 2})},
        lambda kind: one_line(),
        lambda kind: {"line": {"data": ([0, 1], [0, kind])}, "readout": {}},
        "",
    )
    view = View(demo)
    renderers = [view.scene.picture.canvas.get_renderer()]
    view.controls["kind"].value = 2
    renderers.append(view.scene.picture.canvas.get_renderer())
    assert [len(np.asarray(each.buffer_rgba())) > 1 for each in renderers] == [False, True]
    live_page.close_all(view.box)
    assert [len(np.asarray(each.buffer_rgba())) for each in renderers] == [1, 1]
    assert not view.scene.picture.backgrounds


def test_the_controls_that_a_figure_names_draw_it_again():
    drawn = []

    def figure(kind):
        drawn.append(kind)
        return one_line()

    demo = Demo(
        "Kinds",
        {"kind": Choice({"one": 1, "two": 2}), "a": Slider(0.0, 1.0, value=0.5)},
        figure,
        lambda kind, a: {"line": {"data": ([0, 1], [0, a * kind])}, "readout": {"a": a}},
        "{a:.1f}",
    )
    view = View(demo)
    view.controls["a"].value = 0.7
    assert drawn == [1]
    view.controls["kind"].value = 2
    assert drawn == [1, 2]
    assert (view.scene.picture.pixels() == view.scene.picture.redrawn()).all()
    assert np.array(view.scene.picture.parts["line"].get_ydata())[1] == pytest.approx(1.4)
