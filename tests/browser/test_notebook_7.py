"""A lesson in Notebook 7, started as a reader starts it without `make lab`."""

import pytest
from accessibility import spoken, violations
from jupyter_page import reader_of, running_lab, wait_until
from keyboard import press, press_all_and_leave_the_notebook_alone

from nnlessons.exercise.checking import WORDS
from nnlessons.gradient_descent import demos, exercises

ITS_OWN_FAULT = "Cannot read properties of undefined (reading 'schema')"  # also with an empty notebook


@pytest.fixture(scope="module")
def reader(browser, tmp_path_factory):
    """Someone who has opened lesson 5 and run all of it."""
    folder = tmp_path_factory.mktemp("notebook")
    with running_lab(folder, stock="notebook") as lab, reader_of(browser, lab) as someone:
        someone.open("notebooks/05_gradient_descent.ipynb")
        someone.run_all()
        yield someone
        assert set(someone.faults) <= {ITS_OWN_FAULT}


def test_a_slider_moves_its_picture_by_key_and_loses_no_cell(reader):
    sweep = reader.demo(demos.sweep.title)
    press(sweep, "η", ["End"], "2.09e+04")
    press_all_and_leave_the_notebook_alone(sweep.slider("η"))


def test_play_counts_the_steps(reader):
    curve = reader.demo(demos.on_a_curve.title)
    before = curve.source()
    curve.start()
    wait_until(lambda: curve.step() >= 5)
    curve.pause()
    curve.wait_for_picture_other_than(before)


def test_a_solution_typed_into_its_cell_is_correct(reader):
    cell = reader.page.locator(".jp-CodeCell").filter(has_text="def my_step")
    cell.locator(".cm-content").click()
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.type("exercises.step(lambda w, gradient, learning_rate: w - learning_rate * gradient)")
    reader.page.keyboard.press("Control+Enter")
    reader.page.locator(".jp-OutputArea-output").filter(has_text=WORDS["correct"]).wait_for()


def test_a_prediction_is_answered_and_judged(reader):
    asked, boxes = exercises.twice_the_rate, reader.page.locator(".nnlib-question")
    boxes.filter(has_text=asked.question).get_by_text(asked.answer).click()
    verdict = boxes.filter(has=reader.page.get_by_role("button")).first
    verdict.get_by_role("button").click()
    wait_until(lambda: asked.reason in verdict.get_by_role("status").text_content())


def test_controls_have_their_names_and_axe_core_finds_no_violation(reader):
    assert "η" in {name for _, name, _ in spoken(reader.demo(demos.sweep.title).box, "slider")}
    assert violations(reader.page, ".jp-OutputArea-output") == []
