"""The lessons as a reader meets them: JupyterLab in a real browser, started as `make lab` starts it."""

import pytest
from lab import DARK, reader_of, running_lab

LESSON = "my_notebooks/01_activations.ipynb"
DEMO = "Weight and bias of a sigmoid"


@pytest.fixture(scope="module", params=["light", "dark"])
def lab(request, tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp(request.param), DARK if request.param == "dark" else {}) as running:
        running.theme = request.param
        yield running


@pytest.fixture(params=[1, 2], ids=["dpr1", "dpr2"])
def reader(request, browser, lab):
    with reader_of(browser, lab, dpr=request.param) as someone:
        yield someone


def test_lesson_1_is_seen_before_it_runs_and_moves_after(reader):
    page = reader.page
    reader.open(LESSON)
    assert page.locator("body").get_attribute("data-jp-theme-light") == str(reader.lab.theme == "light").lower()
    assert page.locator(".jp-OutputArea-output img").count() >= 3, "the static pictures are there before any run"
    for picture in page.locator(".jp-OutputArea-output img").all():
        assert picture.evaluate("e => e.naturalWidth") == 1400
        assert picture.evaluate("e => e.width") == 700

    reader.run_all()
    demo = reader.demo(DEMO)
    demo.picture.scroll_into_view_if_needed()
    assert page.locator(".nnlib-demo").count() >= 3
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
