"""What the lessons need from the engine, each in a small demo, used in a real browser with mouse and keyboard."""

import json
import re
import time

import pytest
import small_demos
from jupyter_page import reader_of, running_lab, wait_until
from mouse import drag
from readout import shows, wait_for

from nnlessons.live import stopped
from nnlessons.live.view import WORDS

IMPORTS = "import small_demos\nfrom nnlessons.neuron import exercises"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp("engine")) as lab:
        yield lab


@pytest.fixture(scope="module")
def reader(browser, lab):
    """One notebook with the seven demos, each in a cell."""
    with reader_of(browser, lab, height=1000) as someone:
        someone.write_and_open("import small_demos", *(f"small_demos.{name}" for name in small_demos.ALL))
        someone.page.locator(".nnlib-demo").nth(6).wait_for()
        yield someone


@pytest.fixture
def shown(request, reader):
    demo = reader.demo(small_demos.ALL[request.param].title)
    demo.picture.scroll_into_view_if_needed()
    yield demo
    assert not reader.faults and not demo.failure()


def demo_called(name):
    return pytest.mark.parametrize("shown", [name], indirect=True)


@demo_called("curve")
def test_a_number_a_check_and_a_preset(shown):
    before = shown.source()
    shown.button("high and fast").click()
    wait_for(shown, "2.0", "8.0")
    shown.wait_for_picture_other_than(before)
    number = shown.box.locator("input[type=number]")
    number.fill("3.5")
    number.press("Enter")
    wait_for(shown, "2.0", "3.5")
    before = shown.source()
    shown.box.locator("input[type=checkbox]").focus()
    shown.reader.page.keyboard.press("Space")
    shown.wait_for_picture_other_than(before)
    shown.button("Reset").click()
    wait_for(shown, "1.0", "2.0")
    wait_until(lambda: not shown.box.locator("input[type=checkbox]").is_checked())


@demo_called("region")
def test_a_region_trains_under_still_points(shown):
    wait_for(shown, "0.6931")
    shown.start()
    wait_until(lambda: shown.step() >= 25)
    shown.pause()
    step = still(shown)
    assert float(re.search(r"\d\.\d+", shown.text())[0]) < 0.6
    shown.button("◀ step").click()
    wait_until(lambda: shown.step() == step - 1)
    before = shown.source()
    shown.button("new points").click()
    shown.wait_for_picture_other_than(before)
    wait_until(lambda: shown.step() == 0)


@demo_called("stepper")
def test_a_place_in_a_list_stays_inside_when_the_list_gets_shorter(shown):
    wait_for(shown, "2 of 16", "11")
    shown.button("▶").click()
    wait_for(shown, "3 of 16", "34")
    shown.slider("k").focus()
    shown.reader.page.keyboard.press("End")
    wait_for(shown, "16 of 16")
    shown.button("▶").click()
    shown.slider("n").focus()
    shown.reader.page.keyboard.press("ArrowRight")
    wait_for(shown, "3 of 3")
    wait_until(lambda: shown.slider("k").get_attribute("aria-valuemax") == "3.0")


@demo_called("endless")
def test_an_endless_state_survives_everything_at_once_again_and_again(shown):
    page = shown.reader.page
    ends = time.time() + 12
    while time.time() < ends:
        shown.start()
        drag(page, shown.slider("r"), by=30)
        shown.button("step ▶").click()
        shown.button("◀ step").click()
        shown.start()
        drag(page, shown.slider("x"), by=-20)
        page.wait_for_timeout(300)
        drag(page, shown.slider("r"), by=-30)
        shown.pause()
        shown.button("Reset").click()
        assert not shown.failure()
    wait_for(shown, "0", "0.2000")
    shown.start()
    wait_until(lambda: shown.step() > 20)
    shown.pause()
    step = still(shown)
    assert shows(shown, f"{step}") and shows(shown, f"{orbit(step):.4f}"), "all states were taken, in order"


def orbit(steps, x=0.2, r=3.7):
    for _ in range(steps):
        x = r * x * (1 - x)
    return x


@demo_called("formula")
def test_a_typed_formula_moves_figure_and_sliders_or_says_why_not(shown):
    page = shown.reader.page
    field = shown.box.locator("input[type=text]")
    before = shown.source()
    field.fill("x*x + b")
    wait_for(shown, "x*x + b", "1.50")
    shown.wait_for_picture_other_than(before)
    shown.wait_until_greyed_out("a")  # of no use here
    shown.wait_until_not_greyed_out("b")
    field.fill("x*x +")
    wait_until(lambda: "x*x +." in "".join(shown.failure()))
    field.fill("x*sin(a)")
    wait_until(lambda: "sin(a) in x*sin(a)" in "".join(shown.failure()))
    wait_for(shown, "x*x + b", "1.50")
    field.fill("x*a")
    wait_for(shown, "x*a", "1.00")
    shown.slider("a").focus()
    page.keyboard.press("ArrowRight")
    wait_for(shown, "1.10")


@demo_called("surface")
def test_a_surface_is_turned(shown):
    before = shown.source()
    drag(shown.reader.page, shown.slider("around"), by=40)
    shown.wait_for_picture_other_than(before)
    before = shown.source()
    shown.button("saddle").click()
    shown.wait_for_picture_other_than(before)


@demo_called("grid")
def test_cells_are_set_by_mouse_and_keyboard(shown):
    page = shown.reader.page
    wait_for(shown, "15.0")
    cells = shown.box.locator("[class*=gridbox] button, .widget-gridbox button")
    assert cells.count() == 64
    cells.nth(0).click()
    wait_for(shown, "15.5")
    cells.nth(0).click()
    wait_for(shown, "16.0")
    wait_until(lambda: "row 0, column 0: 1" in cells.nth(0).get_attribute("title"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for(shown, "16.5")
    shown.button("empty").click()
    wait_for(shown, "0.0")


# -- other notebooks; these come last, for each is opened in the place of the one before ------------------------------


def test_a_kernel_that_is_interrupted_or_restarted_leaves_a_clear_line(reader):
    asked = ["exercises.xor.ask()", "exercises.xor.judge()"]
    reader.write(IMPORTS, "small_demos.endless", *asked, name="interrupted.ipynb")
    reader.turn_to("interrupted.ipynb")
    reader.run_all()
    page, questions = reader.page, reader.page.locator(".nnlib-question")
    questions.nth(1).wait_for()
    shown = reader.demo(small_demos.endless.title)
    shown.start()
    wait_until(lambda: shown.step() > 5)
    reader.menu("Kernel", "Interrupt Kernel")
    reader.page.wait_for_timeout(500)
    assert shown.failure() in ([], [WORDS["stopped"]])
    step = shown.step()
    shown.button("step ▶").click()
    wait_until(lambda: shown.step() > step and not shown.failure())
    shown.start()
    reader.menu("Kernel", "Restart Kernel…")
    reader.page.get_by_role("button", name="Confirm Kernel Restart").click()
    reader.idle()
    said = "e => getComputedStyle(e, '::before').content"
    for box in (shown.box, *questions.all()):
        wait_until(lambda box=box: stopped.WORDS["stopped"] in box.evaluate(said))
    page.locator(".jp-Notebook").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.closest('.nnlib-demo, .nnlib-question')"), "a dead control"
    reader.run_all()
    wait_for(reader.demo(small_demos.endless.title), "0", "0.2000")
    questions.get_by_role("radio").first.check()


TRAINING = """
from nnlib import TwoLayerNet, spirals, train
print("before")
history = train(TwoLayerNet(2, 9, 2, seed=0), *spirals(300), learning_rate=0.1, epochs=9999, batch_size=10)
print(history.stopped, len(history.loss) > 0)
"""


def test_a_training_run_shows_its_bar_stops_and_leaves_no_bar_in_the_file(reader):
    reader.write("1", name="training.ipynb")
    reader.turn_to("training.ipynb")
    page = reader.page
    page.locator(".jp-CodeCell .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TRAINING.strip())
    page.keyboard.press("Control+Enter")
    page.locator(".jp-OutputArea-output").filter(has_text="/299970").wait_for()
    reader.menu("Kernel", "Interrupt Kernel")
    page.locator(".jp-OutputArea-output").filter(has_text="True True").wait_for()
    page.keyboard.press("Control+s")
    page.locator("#jp-main-statusbar").get_by_text("Saving completed").wait_for()
    saved = reader.lab.home / "training.ipynb"
    (output,) = json.loads(saved.read_text())["cells"][0]["outputs"]
    assert "".join(output["text"]) == "before\nTrue True\n"
    assert not reader.faults


def still(shown):
    """Wait until it has stopped, and return the step at which it did."""
    for _ in range(100):
        before = shown.step()
        shown.reader.page.wait_for_timeout(300)
        if shown.step() == before:
            return before
    raise AssertionError("it runs on after pause")
