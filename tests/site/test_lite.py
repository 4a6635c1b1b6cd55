"""The lessons in JupyterLite, in a browser: they open as saved, run, keep what the reader writes, and say what they can't do."""

import io
import json
import re
import zipfile

import nbformat
import pytest
from jupyter_page import wait_until
from lite_page import LESSON, lite_reader, served, trial, write_stub_edition, write_trial
from readout import wait_for

pytestmark = pytest.mark.alone  # Python in the browser, which has to start for each test, keeps all cores busy


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("lite")
    write_stub_edition(out / "try")
    return out


@pytest.fixture(scope="module")
def base(folder):
    with served(folder) as base:
        yield base


@pytest.fixture
def reader(browser, base):
    with lite_reader(browser, base) as reader:
        yield reader
        assert not reader.faults


def cell(reader, words):
    return reader.page.locator(".jp-CodeCell").filter(has_text=words)


def write_in(reader, words, text):
    cell(reader, words).locator(".cm-content").click()
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.type(text)


def press_right(demo):
    demo.slider("x").focus()
    demo.reader.page.keyboard.press("ArrowRight")


def test_a_lesson_opens_as_saved_and_opening_it_stores_nothing(reader):
    reader.open("notebooks/05_gradient_descent.ipynb")
    saved = reader.page.locator(".nnlib-saved").first
    saved.get_by_text("Run this cell to move it").wait_for()
    assert saved.locator("img").evaluate("e => e.naturalWidth") > 500
    assert reader.page.get_by_text("Loading widget").count() == 0
    reader.page.wait_for_timeout(13_000)  # longer than it takes until changes are saved
    assert reader.stored() == {}
    assert (
        reader.page.get_by_role("link", name="The lesson's page")
        .get_attribute("href")
        .endswith("/notebooks/05_gradient_descent.html")
    )


def test_python_starts_and_the_engine_moves(reader):
    reader.open(LESSON)
    reader.page.get_by_text("Which way?").wait_for()
    assert reader.page.locator(".nnlib-saved").count() == 1 and reader.page.get_by_text("Loading widget").count() == 0
    reader.run_all()
    ball = reader.demo("A ball")
    before = ball.source()
    press_right(ball)
    wait_for(ball, "a red ball at 2")
    ball.wait_for_picture_other_than(before)
    ball.button("blue").click()
    wait_for(ball, "a blue ball at 2")
    clock = reader.demo("A clock")
    clock.start()
    wait_until(lambda: clock.step() >= 5)
    clock.pause()
    step = clock.step()
    clock.button("◀ step").click()
    wait_until(lambda: clock.step() < step + 5)


def test_a_cell_that_runs_again_leaves_no_widgets_behind(reader):
    reader.open(LESSON)
    counts = []
    for _ in range(3):
        reader.run_all()
        counts.append(int(re.search(r"widgets: (\d+)", reader.page.locator(".jp-Notebook").text_content())[1]))
    assert counts[0] == counts[1] == counts[2]
    assert reader.page.locator(".nnlib-demo").count() == 2


def test_a_run_lesson_shows_its_pictures_on_another_day(reader):
    reader.open(LESSON)
    reader.run_all()
    press_right(reader.demo("A ball"))
    reader.save()
    reader.page.reload()
    reader.wait_for_cells()
    assert reader.page.get_by_text("Loading widget").count() == 0
    assert reader.page.locator(".nnlib-saved").count() == 2
    reader.run_all()
    press_right(reader.demo("A ball"))
    wait_for(reader.demo("A ball"), "a red ball at 2")


def test_what_the_reader_writes_stays_beside_a_newer_lesson(reader, folder):
    reader.open(LESSON)
    write_in(reader, "nothing yet", 'mine = "my own work"')
    reader.save()
    reader.page.reload()
    reader.wait_for_cells()
    cell(reader, "my own work").wait_for()
    assert not reader.said()
    book = trial()
    book.cells[-1].source = 'mine = "a better question"'
    settings = folder / "try" / "jupyter-lite.json"
    before = settings.read_text()
    publish(folder / "try", book)
    try:
        reader.page.reload()
        reader.wait_for_cells()
        assert reader.said() == ["There's a newer version of this lesson. Yours stays as it is."]
        reader.page.get_by_role("button", name="Open the new one beside mine").click()
        cell(reader, "a better question").wait_for()
        assert "trial%20(new%202).ipynb" in reader.page.url or "trial+%28new+2%29.ipynb" in reader.page.url
        reader.open(LESSON)
        cell(reader, "my own work").wait_for()
        assert not reader.said(), "it says so once"
    finally:
        publish(folder / "try", trial())
        settings.write_text(before)


def publish(out, book):
    """Put another version of the small lesson on the site."""
    settings = json.loads((out / "jupyter-lite.json").read_text())
    page = settings["jupyter-config-data"]
    page["nnlibVersions"] = json.dumps({**json.loads(page["nnlibVersions"]), **write_trial(out / "files", book)})
    (out / "jupyter-lite.json").write_text(json.dumps(settings))


def test_copies_go_out_as_one_file_and_come_back(browser, reader, base, tmp_path):
    reader.open(LESSON)
    reader.page.get_by_role("button", name="Download my copies").click()
    assert "nothing to download yet" in reader.said()[-1]
    write_in(reader, "nothing yet", 'mine = "déjà vu"')
    reader.save()
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name="Download my copies").click()
    copies = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(copies)
    with zipfile.ZipFile(copies) as archive:
        assert archive.testzip() is None and archive.namelist() == [LESSON]
        book = nbformat.read(io.StringIO(archive.read(LESSON).decode()), as_version=4)
    assert book.cells[-1].source == 'mine = "déjà vu"'
    with zipfile.ZipFile(deflated := tmp_path / "packed by another program.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(LESSON, nbformat.writes(book))
    (broken := tmp_path / "broken.zip").write_bytes(b"not a zip")
    for file in (copies, deflated):
        with lite_reader(browser, base) as elsewhere:
            elsewhere.open(LESSON)
            bring_back(elsewhere, broken)
            assert "broken.zip has no notebooks in it" in elsewhere.said()[-1]
            bring_back(elsewhere, file)
            assert elsewhere.said()[-1] == "Brought back: notebooks/trial (brought back 2).ipynb"
            elsewhere.open("notebooks/trial (brought back 2).ipynb")
            cell(elsewhere, "déjà vu").wait_for()


def bring_back(reader, file):
    said = len(reader.said())
    with reader.page.expect_file_chooser() as waiting:
        reader.page.get_by_role("button", name="Bring copies back").click()
    waiting.value.set_files(file)
    wait_until(lambda: len(reader.said()) > said)


def test_what_cannot_be_done_is_said(reader):
    reader.open(LESSON)
    reader.menu("Kernel", "Interrupt Kernel")
    wait_until(reader.said)
    assert "can't be interrupted in the browser" in reader.said()[0] and "Restart Kernel" in reader.said()[0]
    reader.page.get_by_role("button", name="Close", exact=True).click()
    assert not reader.said()


NO_WASM = "delete window.WebAssembly"


@pytest.mark.parametrize(
    "trouble, words", [("no wasm", "can't run Python"), ("no pyodide", "couldn't be loaded from 127.0.0.1")]
)
def test_without_python_one_sentence_leads_to_the_lessons_page(browser, base, trouble, words):
    with lite_reader(browser, base) as reader:
        if trouble == "no wasm":
            reader.page.add_init_script(NO_WASM)
        else:
            reader.page.route("**/pyodide.mjs*", lambda route: route.abort())
        reader.page.goto(f"{base}/try/notebooks/index.html?path=notebooks/05_gradient_descent.ipynb")
        wait_until(reader.said)
        assert words in reader.said()[0] and len(reader.said()) == 1
        reader.page.locator(".jp-Cell").first.wait_for()
        reader.page.get_by_role("button", name="Go to the lesson's page").click()
        reader.page.wait_for_url("**/notebooks/05_gradient_descent.html")
