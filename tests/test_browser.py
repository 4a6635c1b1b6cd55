"""The lessons as a reader meets them: JupyterLab in a real browser, started as `make lab` starts it."""

import json
import shutil

import pytest
from jupyter_page import DARK, reader_of, running_lab

LESSON = "my_notebooks/01_activations.ipynb"
DEMO = "Weight and bias of a sigmoid"


@pytest.fixture(params=[("light", 1), ("dark", 2)], ids=["light on a plain screen", "dark on a dense one"])
def reader(request, browser, tmp_path):
    theme, dpr = request.param
    with running_lab(tmp_path, DARK if theme == "dark" else {}) as lab, reader_of(browser, lab, dpr=dpr) as someone:
        someone.theme = theme
        yield someone


def test_lesson_1_is_seen_before_it_runs_and_moves_after(reader):
    page = reader.page
    reader.open(LESSON)
    assert page.locator("body").get_attribute("data-jp-theme-light") == str(reader.theme == "light").lower()
    assert page.locator(".jp-OutputArea-output img").count() >= 3, "the static pictures are there before any run"
    for picture in page.locator(".jp-OutputArea-output img").all():
        assert picture.evaluate("e => e.naturalWidth") == 1400
        assert picture.evaluate("e => e.width") == 700

    reader.run_all()
    demo = reader.demo(DEMO)
    demo.picture.scroll_into_view_if_needed()
    page.locator(".nnlib-demo").nth(2).wait_for()
    assert "w = 1.0, b = 0.0" in demo.text()
    assert demo.picture.evaluate("e => e.naturalWidth") == 1400

    before = demo.source()
    demo.slider("w").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    demo.wait_for_text("w = 2.0, b = 0.0: the output is one half at x = 0.00, with slope 0.500 there.")
    demo.wait_for_picture_other_than(before)

    before = demo.source()
    drag(page, demo.slider("b"), by=60)
    demo.wait_for_picture_other_than(before)
    assert "b = 0.0" not in demo.text()

    demo.box.get_by_role("button", name="Reset").click()
    demo.wait_for_text("w = 1.0, b = 0.0")
    assert page.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").count() == 0
    assert not reader.faults


def drag(page, handle, by, steps=12):
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=steps)
    page.mouse.up()


def test_lesson_0_follows_the_keys(browser, tmp_path):
    with running_lab(tmp_path) as lab, reader_of(browser, lab, height=1000) as reader:
        reader.open("my_notebooks/00_neuron.ipynb")
        reader.run_all()
        assert reader.page.get_by_text("Everything is as it should be. You can begin.").count() == 1
        unit = reader.demo("One neuron with two inputs")
        press(unit, "b", ["Home"], "a = 0.6 · 1.0 + −1.0 · 0.5 − 2.0 = −1.90.")
        gates = reader.demo("A line for AND, NAND, OR and XOR")
        press(gates, "b", ["ArrowLeft"] * 10, "b = −1.5: right at all 4 points.")
        gates.button("XOR").click()
        gates.wait_for_text("wrong at 3 of the 4 points.")
        cloud = reader.demo("A line through two clouds")
        press(cloud, "w₂", ["End"], "w₂ = 2.0")
        before = cloud.source()
        cloud.button("new points").click()
        cloud.wait_for_picture_other_than(before)
        shapes = reader.demo("Which shapes fit together")
        press(shapes, "inputs in W", ["ArrowLeft"], "everything fits, and the result has shape (2, 4).")
        press(shapes, "numbers in b", ["Home"], "NumPy adds the one number of b to all 4 units")
        shapes.button("a sample is a column: W x + b").click()
        shapes.wait_for_text("x (3, 2), W (4, 3)")
        assert not reader.faults


def press(demo, label, keys, words):
    before = demo.source()
    demo.slider(label).focus()
    for key in keys:
        demo.reader.page.keyboard.press(key)
    demo.wait_for_text(words)
    demo.wait_for_picture_other_than(before)


def test_what_a_reader_writes_is_kept_and_opens_with_pictures_on_another_day(browser, tmp_path):
    with running_lab(tmp_path) as lab, reader_of(browser, lab) as reader:
        reader.open(LESSON)
        reader.run_all()
        page = reader.page
        cell = page.locator(".jp-CodeCell").filter(has_text="def my_sigmoid")
        assert "still missing" in cell.inner_text()
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.type("exercises.own_sigmoid(lambda x: 1 / (1 + np.exp(-x)))")
        page.keyboard.press("Control+Enter")
        page.locator(".jp-CodeCell").filter(has_text="correct").filter(has_text="lambda x").wait_for()
        page.keyboard.press("Control+s")
        copy = lab.home / LESSON
        for _ in range(50):
            if "lambda x: 1 / (1 + np.exp(-x))" in copy.read_text():
                break
            page.wait_for_timeout(100)
        assert not reader.faults
    saved = copy.read_bytes()
    assert "widget-view" in saved.decode(), "the saved file remembers live views that will be gone"
    (tmp_path / "project" / "notebooks" / "01_activations.ipynb").write_text(json.dumps(EMPTY_BOOK))
    shutil.rmtree(tmp_path / "runtime")
    with running_lab(tmp_path, fresh=False) as lab, reader_of(browser, lab) as reader:
        assert "has changed since you got your copy" in lab.log.read_text()
        reader.open(LESSON)
        assert "lambda x: 1" in reader.page.locator(".jp-CodeCell").filter(has_text="correct").first.inner_text()
        assert reader.page.locator(".jp-OutputArea-output img").count() >= 3
        assert reader.page.get_by_text("Loading widget").count() == 0
        assert copy.read_bytes() == saved
        assert not reader.faults


EMPTY_BOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
