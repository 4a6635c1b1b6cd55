"""All nine lessons in JupyterLite, with a complete copy of Pyodide.

    PYODIDE=FOLDER make test ARGS="-n 0 -m alone tests/site/test_lite_lessons.py"

They run to the committed outputs, every demo moves, predictions are judged, and an exercise is solved. Without a copy of Pyodide
there's no NumPy to run them with, and they're left out.
"""

import os
import re
import time
from pathlib import Path

import nbformat
import pytest
from conftest import PROJECT
from keyboard import CONTROLS, DEMO, LOOK
from lite import edition
from lite_page import lite_reader, served
from web import exercises

PYODIDE = os.environ.get("PYODIDE")
pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(not PYODIDE, reason="PYODIDE names no complete copy of Pyodide"),
]
LESSONS = sorted(path.stem for path in (PROJECT / "notebooks").glob("[0-9]*.ipynb"))


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    out = tmp_path_factory.mktemp("lite")
    edition.write_edition(out / "try", Path(PYODIDE))
    with served(out) as base:
        yield base


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def texts(cell):
    """What a cell has printed or shown, as text. HTML is what checks and predictions say, and names colors."""
    streams = "".join(each.text for each in cell.outputs if each.output_type == "stream")
    return streams, [each.data.get("text/plain") for each in cell.outputs if "data" in each]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_moves_and_judges(browser, base, lesson):
    with lite_reader(browser, base) as reader:
        began = time.time()
        reader.open(f"notebooks/{lesson}.ipynb")
        ready = time.time() - began
        reader.run_all()
        print(f"{lesson}: ready {ready:.1f} s, all {time.time() - began:.1f} s", flush=True)
        reader.save()
        stored = nbformat.from_dict(reader.stored()[f"notebooks/{lesson}.ipynb"])
        ran = [cell for cell in stored.cells if cell.cell_type == "code"]
        committed = [
            cell
            for cell in code_cells(PROJECT / f"notebooks/{lesson}.ipynb")
            if "colab" not in cell.metadata.get("tags", [])
        ]
        different = [
            (cell.source[:60], texts(mine), texts(cell))
            for mine, cell in zip(ran, committed, strict=True)
            if texts(mine) != texts(cell)
        ]
        assert not different
        assert all(cell.execution_count for cell in ran)
        still = [number for number in range(reader.page.locator(DEMO).count()) if not moved(reader.page, number)]
        assert not still, "demos that stay as they are"
        answer_all(reader.page)
        solve_one(reader.page, lesson)
        assert not reader.faults


def moved(page, number):
    """Whether one of a demo's controls changes its picture or its words."""
    box = page.locator(DEMO).nth(number)
    controls = box.locator(CONTROLS.replace(DEMO, ":scope"))
    for control in controls.all():
        before = page.evaluate(LOOK, number)
        if control.get_attribute("role") == "slider":
            control.focus()
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
        elif control.evaluate("e => e.tagName") == "BUTTON" and "Reset" not in control.inner_text():
            control.click()
        for _ in range(40):
            if page.evaluate(LOOK, number) != before:
                return True
            page.wait_for_timeout(50)
    return False


def answer_all(page):
    """Choose the first answer of each question, and have all of them judged."""
    for question in page.locator(".nnlib-question:has(input[type=radio])").all():
        question.locator("input[type=radio]").first.check()
    verdicts = page.locator(".nnlib-question", has=page.get_by_role("button", name="Check my prediction"))
    assert verdicts.count() >= 2
    for verdict in verdicts.all():
        verdict.get_by_role("button").click()
        verdict.get_by_text(re.compile("^You (were right|said): ")).wait_for()


def solve_one(page, lesson):
    solved = {
        exercises.checked(cell.source): cell.source
        for cell in code_cells(PROJECT / f"notebooks/solutions/{lesson}.ipynb")
    }
    todo = [cell for cell in code_cells(PROJECT / f"notebooks/{lesson}.ipynb") if exercises.checked(cell.source)]
    name = exercises.checked(todo[0].source)
    cell = page.locator(".jp-CodeCell").filter(has_text=re.compile(re.escape(todo[0].source.splitlines()[0])))
    cell.first.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(solved[name])
    page.keyboard.press("Control+Enter")
    cell.first.get_by_text("✓ correct").wait_for(timeout=20_000)
