"""The script beside the widgets, in a real JupyterLab: names and values, keys, and typed numbers."""

import pytest
import small_demos
from accessibility import spoken, violations
from jupyter_page import reader_of, running_lab, wait_until
from keyboard import press_all_and_leave_the_notebook_alone
from mouse import drag
from readout import wait_for

from nnlessons.exercise import checking, prediction
from nnlessons.neuron import exercises

CELLS = [
    "import small_demos\nfrom nnlessons.neuron import exercises",
    *(f"small_demos.{name}" for name in small_demos.ALL),
    "exercises.xor.ask()",
    "exercises.xor.judge()",
    "exercises.neuron(lambda: 0)",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp("helper")) as lab:
        yield lab


@pytest.fixture(scope="module")
def reader(browser, lab):
    """A notebook with the small demos and a prediction."""
    with reader_of(browser, lab, height=1000) as someone:
        someone.write_and_open(*CELLS)
        wait_until(lambda: someone.page.locator("[role=status]").count() == len(CELLS) - 2)  # an exercise has none
        yield someone
        assert not someone.faults


@pytest.fixture
def shown(request, reader):
    demo = reader.demo(small_demos.ALL[request.param].title)
    demo.picture.scroll_into_view_if_needed()
    demo.button("Reset").click()
    yield demo


def demo_called(name):
    return pytest.mark.parametrize("shown", [name], indirect=True)


# -- names, roles and values ------------------------------------------------------------------------------------------

ROLES = ("heading", "slider", "textbox", "spinbutton", "group", "radiogroup", "radio", "button", "image", "status")
ROLES += ("checkbox", "combobox", "option")
HAS = {
    "curve": [
        ("heading", "A wave", ""),
        ("button", "Reset: A wave", ""),
        ("button", "flat", ""),
        ("button", "high and fast", ""),
        ("slider", "height", "1.0"),
        ("textbox", "height, typed", "1.0"),
        ("spinbutton", "speed", "2"),
        ("checkbox", "half", ""),
        ("image", "height 1.0, speed 2.0", ""),
        ("status", "", ""),
    ],
    "region": [
        ("heading", "A region in training", ""),
        ("button", "Reset: A region in training", ""),
        ("slider", "η", "1.00"),
        ("textbox", "η, typed", "1.00"),
        ("button", "new points", ""),
        ("button", "Play", ""),
        ("button", "Back to the start", ""),
        ("button", "One step back", ""),
        ("button", "One step on", ""),
        ("combobox", "steps a second", "20"),
        ("option", "1", ""),
        ("option", "5", ""),
        ("option", "20", "selected"),
        ("option", "50", ""),
        ("image", "loss 0.6931", ""),
        ("status", "", ""),
    ],
    "stepper": [
        ("heading", "A path to step along", ""),
        ("button", "Reset: A path to step along", ""),
        ("slider", "n", "7"),
        ("textbox", "n, typed", "7"),
        ("button", "One step back", ""),
        ("slider", "k", "2"),
        ("textbox", "k, typed", "2"),
        ("button", "One step on", ""),
        ("image", "place 2 of 16: 11", ""),
        ("status", "", ""),
    ],
    "surface": [
        ("heading", "A surface to turn", ""),
        ("button", "Reset: A surface to turn", ""),
        ("group", "kind", ""),
        ("button", "bowl", "pressed"),
        ("button", "saddle", ""),
        ("slider", "around", "−60"),
        ("textbox", "around, typed", "−60"),
        ("slider", "above", "30"),
        ("textbox", "above, typed", "30"),
        ("image", "seen from −60 degrees around, 30 above", ""),
        ("status", "", ""),
    ],
}


@pytest.mark.parametrize("name", HAS)
def test_each_control_has_its_name_and_value(reader, name):
    assert spoken(reader.demo(small_demos.ALL[name].title).box, *ROLES) == HAS[name]


@demo_called("grid")
def test_the_cells_of_a_grid_are_a_group_with_its_name(shown):
    assert spoken(shown.box, "group") == [("group", small_demos.grid.title, "")]


@demo_called("grid")
def test_a_cell_is_named_by_its_place_and_level(shown):
    level = {0.0: "0", 1.0: "1"}
    cells = [each for each in spoken(shown.box, "button") if each[1].startswith("row")]
    assert [name for _, name, _ in cells] == [
        f"row {i}, column {j}: {level[value]}" for i, row in enumerate(small_demos.SEVEN) for j, value in enumerate(row)
    ]


def test_a_prediction_is_a_group_named_by_its_question(reader):
    question, verdict = reader.page.locator(".nnlib-question").all()
    radios = [("radio", choice, "") for choice in exercises.xor.choices]
    assert spoken(question, *ROLES) == [("radiogroup", exercises.xor.question, ""), *radios, ("status", "", "")]
    question.get_by_role("radio").first.focus()
    for key in ("Space", "ArrowDown"):
        reader.page.keyboard.press(key)
    wait_until(lambda: question.get_by_role("radio").nth(1).is_checked())
    assert question.locator("input:checked").count() == 1
    reader.page.keyboard.press("Tab")
    assert question.locator(":focus").count() == 0, "the choices together are one stop of Tab"
    verdict.get_by_role("button").click()
    right = exercises.xor.reason
    wait_until(lambda: right in verdict.get_by_role("status").text_content())


@demo_called("region")
def test_a_slider_in_factors_says_the_number_that_it_shows(shown):
    handle, number = shown.slider("η"), shown.box.locator(".widget-slider .widget-readout")
    handle.focus()
    for _ in range(9):
        shown.reader.page.keyboard.press("ArrowLeft")
    assert number.text_content() == handle.get_attribute("aria-valuetext") == "0.126"


@demo_called("surface")
def test_the_chosen_one_of_a_group_is_pressed(shown):
    shown.button("saddle").click()
    wait_until(lambda: shown.button("saddle").get_attribute("aria-pressed") == "true")
    assert shown.button("bowl").get_attribute("aria-pressed") == "false"


@demo_called("formula")
def test_a_slider_without_effect_says_so(shown):
    shown.box.locator("input[type=text]").fill("x*x + b")
    wait_until(lambda: shown.slider("a").get_attribute("aria-disabled") == "true")
    assert shown.slider("b").get_attribute("aria-disabled") == "false"


def test_axe_core_finds_no_violation(reader):
    assert violations(reader.page, ".jp-OutputArea-output") == []


def test_axe_core_sees_pale_words_and_a_picture_without_text(reader):
    first, last = (reader.demo(small_demos.ALL[name].title) for name in ("curve", "grid"))
    readouts = [each.box.locator(".nnlib-readout") for each in (first, last)]
    for each in readouts:
        each.evaluate("e => { e.style.color = '#ddd'; }")
    last.box.evaluate("e => e.insertAdjacentHTML('beforeend', '<img id=bare src=\"data:,\">')")
    last.picture.scroll_into_view_if_needed()
    found = {(rule, count) for rule, count, _ in violations(reader.page, ".jp-OutputArea-output")}
    last.box.evaluate("e => e.querySelector('#bare').remove()")
    for each in readouts:
        each.evaluate("e => { e.style.color = ''; }")
    assert found == {("color-contrast", 2), ("image-alt", 1)}


# -- what is announced ------------------------------------------------------------------------------------------------


@demo_called("endless")
def test_a_readout_is_announced_at_rest_and_not_while_it_plays(shown):
    status = shown.box.get_by_role("status")
    status.evaluate(
        """e => {
            window.announced = [];
            const all = {childList: true, characterData: true, subtree: true};
            new MutationObserver(() => announced.push(e.textContent)).observe(e, all);
        }"""
    )
    announced = "announced.filter(text => text)"
    page = shown.reader.page
    shown.slider("x").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    wait_until(lambda: page.evaluate(announced) == ["after 0 steps 0.4000"])
    shown.box.locator("select").select_option(label="1")
    shown.start()
    shown.box.get_by_role("button", name="Pause").wait_for()
    wait_until(lambda: shown.step() >= 2)
    assert page.evaluate(announced) == ["after 0 steps 0.4000"]
    shown.pause()
    wait_until(lambda: status.text_content() == shown.text())
    assert len(page.evaluate(announced)) == 2


# -- keys -------------------------------------------------------------------------------------------------------------

CONTROLS = {  # a word of the output that it's in, and where
    "slider": (small_demos.curve.title, ".noUi-handle"),
    "number beside a slider": (small_demos.curve.title, ".widget-slider .widget-readout"),
    "number": (small_demos.curve.title, "input[type=number]"),
    "check box": (small_demos.curve.title, "input[type=checkbox]"),
    "Reset": (small_demos.curve.title, ".nnlib-reset"),
    "toggle": (small_demos.surface.title, ".widget-toggle-button"),
    "stepper": (small_demos.stepper.title, "button[title]:not(.nnlib-reset)"),
    "play": (small_demos.region.title, ".widget-play button"),
    "list": (small_demos.region.title, "select"),
    "cell of a grid": (small_demos.grid.title, ".widget-gridbox button"),
    "text": (small_demos.formula.title, "input[type=text]"),
    "choice of a prediction": (exercises.xor.question, "input[type=radio]"),
    "judge": (prediction.WORDS["button"], "button"),
    "hint": (checking.WORDS["hint"].format(number=1), "summary"),
}


def control(reader, kind):
    words, place = CONTROLS[kind]
    here = reader.page.locator(".jp-OutputArea-output").filter(has_text=words).locator(place).first
    here.scroll_into_view_if_needed()
    return here


@pytest.mark.parametrize("kind", CONTROLS)
def test_no_key_on_a_control_changes_the_notebook(reader, kind):
    press_all_and_leave_the_notebook_alone(control(reader, kind))


@demo_called("curve")
def test_keys_for_the_whole_page_work_on_a_slider(shown):
    page, saved = shown.reader.page, shown.reader.lab.home / "trial.ipynb"
    shown.slider("height").focus()
    before = saved.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    wait_until(lambda: saved.stat().st_mtime_ns > before)
    files = page.locator(".jp-FileBrowser")
    for seen in (not files.is_visible(), files.is_visible()):
        page.keyboard.press("Control+b")
        wait_until(lambda seen=seen: files.is_visible() == seen)
    shown.slider("height").focus()
    page.keyboard.press("Control+Shift+C")
    page.locator("#modal-command-palette").wait_for()
    page.keyboard.press("Escape")
    page.locator("#modal-command-palette").wait_for(state="hidden")


def test_keys_in_a_code_cell_are_still_its_own(reader):
    first, second = reader.page.locator(".jp-CodeCell").all()[:2]
    first.locator(".cm-content").click()
    reader.page.keyboard.press("Escape")  # out of the text, to the cell
    reader.page.keyboard.press("ArrowDown")
    wait_until(lambda: "jp-mod-active" in second.get_attribute("class"))


@demo_called("curve")
def test_space_on_a_slider_does_not_scroll_the_page(shown):
    shown.slider("height").focus()
    before = shown.box.bounding_box()
    shown.reader.page.keyboard.press("Space")
    shown.reader.page.wait_for_timeout(500)
    assert shown.box.bounding_box() == before


def prompt(cell):
    return cell.locator(".jp-InputPrompt").text_content()


def test_arrow_keys_choose_from_a_closed_list(reader):
    speed = reader.demo(small_demos.endless.title).box.locator("select")
    speed.select_option(label="5")
    speed.focus()
    reader.page.keyboard.press("ArrowDown")
    wait_until(lambda: speed.evaluate("e => e.selectedOptions[0].label") == "20")


# -- typed numbers ----------------------------------------------------------------------------------------------------

TYPED = {
    "Tab": ("1.5", "Tab", "1.5"),
    "another place": ("1.5", "elsewhere", "1.5"),
    "a decimal comma": ("1,5", "Enter", "1.5"),
    "a comma, then Tab": ("0,7", "Tab", "0.7"),
    "the page's minus": ("−1.5", "Tab", "0.0"),  # as far as the slider goes
    "a dash for a minus": ("–1.5", "Tab", "0.0"),
    "not a number": ("abc", "Tab", "1.0"),
    "Escape": ("1.5", "Escape", "1.0"),
}


@demo_called("curve")
@pytest.mark.parametrize("typed, key, wanted", TYPED.values(), ids=TYPED)
def test_a_typed_number_is_taken(shown, typed, key, wanted):
    number = shown.box.locator(".widget-slider .widget-readout")
    wait_for(shown, "height 1.0")
    type_into(number, typed)
    if key == "elsewhere":
        shown.box.locator(".nnlib-title").click()
    else:
        shown.reader.page.keyboard.press(key)
    wait_until(lambda: number.text_content() == wanted)
    wait_for(shown, f"height {wanted}")
    assert shown.slider("height").get_attribute("aria-valuetext") == wanted


@demo_called("surface")
def test_a_minus_copied_from_the_page_is_understood(shown):
    number = shown.box.locator(".widget-slider .widget-readout").first
    type_into(number, "−35")
    shown.reader.page.keyboard.press("Enter")
    wait_for(shown, "−35 degrees")


def test_a_number_is_not_said_before_it_is_taken(reader):
    shown = reader.demo(small_demos.curve.title)
    shown.button("Reset").click()
    wait_for(shown, "height 1.0")
    type_into(shown.box.locator(".widget-slider .widget-readout"), "1.7")
    assert shown.slider("height").get_attribute("aria-valuetext") == "1.0"
    reader.page.keyboard.press("Escape")


def type_into(number, text):
    number.click()
    number.page.keyboard.press("Control+a")
    number.page.keyboard.type(text)


# -- the picture ------------------------------------------------------------------------------------------------------


@demo_called("curve")
def test_a_drag_over_the_picture_moves_what_it_points_at(shown):
    page, box = shown.reader.page, shown.picture.bounding_box()
    left, middle = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    page.mouse.move(left, middle)
    page.mouse.down()
    wait_until(lambda: float(shown.slider("height").get_attribute("aria-valuetext")) < 0.4)
    for up in range(5, 61, 5):
        page.mouse.move(left + up, middle - up)
    page.mouse.up()
    wait_until(lambda: 0.6 < float(shown.slider("height").get_attribute("aria-valuetext")) < 1.2)
    before = shown.text()
    page.mouse.move(left, middle - 10)  # without a button
    page.wait_for_timeout(300)
    assert shown.text() == before


@demo_called("grid")
def test_a_drag_over_a_grid_fills_the_empty_cells(shown):
    page, cells = shown.reader.page, shown.box.locator(".widget-gridbox button")
    shown.button("empty").click()
    wait_for(shown, "0.0 in all")
    wait_until(lambda: not shown.box.locator(".widget-gridbox").text_content().strip())
    cells.nth(8).scroll_into_view_if_needed()
    places = [cells.nth(number).bounding_box() for number in (0, 1, 2, 10, 18)]
    for number, place in enumerate([*places, places[2]]):  # and back over a filled one
        page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        if number == 0:
            page.mouse.down()
    page.mouse.up()
    wait_for(shown, "2.5 in all")  # five cells at the first of two levels
    cells.nth(18).click()
    wait_for(shown, "3.0 in all")


# -- the screen ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("density", [2, 1])
def test_the_picture_has_as_many_pixels_as_the_screen(reader, density):
    shown = reader.demo(small_demos.curve.title)
    screen = {"width": 1280 - density, "height": 1000, "deviceScaleFactor": density, "mobile": False}
    reader.page.context.new_cdp_session(reader.page).send("Emulation.setDeviceMetricsOverride", screen)
    wait_until(lambda: shown.picture.evaluate("it => it.naturalWidth") == density * 700)


# -- these come last: the cell runs again, another notebook is opened -------------------------------------------------


RUNS = {"slider": "Shift+Enter", "toggle": "Control+Enter", "hint": "Shift+Enter"}


@pytest.mark.parametrize("kind, key", RUNS.items(), ids=RUNS)
def test_shift_enter_and_control_enter_run_the_cell(reader, kind, key):
    if kind == "slider":
        drag(reader.page, control(reader, kind), by=30)  # the handle keeps the focus
    run_again(reader, kind, key)


def run_again(reader, kind, key):
    cell = reader.page.locator(".jp-CodeCell").filter(has_text=CONTROLS[kind][0])
    before = prompt(cell)
    control(reader, kind).focus()
    reader.page.keyboard.press(key)
    wait_until(lambda: prompt(cell) not in (before, "[*]:"))


def test_what_is_there_at_first_is_not_announced(reader):
    run_again(reader, "slider", "Control+Enter")
    shown = reader.demo(small_demos.curve.title)
    shown.box.locator("[role=status]:not(.nnlib-readout)").wait_for(state="attached")  # the helper's
    reader.page.wait_for_timeout(1000)
    assert shown.box.get_by_role("status").text_content() == ""


def test_without_anywidget_all_works_as_before(browser, lab):
    with reader_of(browser, lab, height=1000) as reader:
        reader.page.route("**/extensions/anywidget/**", lambda route: route.abort())
        reader.write_and_open(*CELLS[:2], *CELLS[-3:], name="bare.ipynb")
        shown = reader.demo(small_demos.curve.title)
        shown.slider("height").focus()
        reader.page.keyboard.press("ArrowRight")
        wait_for(shown, "height 1.1")
        assert shown.picture.get_attribute("alt") in ("", None), "the helper was there"
        assert shown.box.get_by_role("status").text_content() == shown.text(), "the readout is still announced"
        shown.picture.scroll_into_view_if_needed()
        assert shown.box.bounding_box()["height"] < 570, "the fault takes room"
        reader.page.get_by_role("radio").nth(1).check()
        reader.page.get_by_role("button", name=prediction.WORDS["button"]).click()
        reader.page.get_by_role("status").filter(has_text=exercises.xor.reason).wait_for()
        assert reader.page.get_by_text(checking.WORDS["hint"].format(number=1)).is_visible()
