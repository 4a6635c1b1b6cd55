"""What nbval does not see: pictures and descriptions are there, links lead somewhere, cells run twice, files are small."""

import base64
import io
import os
import re
import subprocess
import sys

import draw_film
import draw_images
import nbformat
import pytest
from conftest import PROJECT
from PIL import Image

LESSONS = sorted((PROJECT / "notebooks").glob("[0-9]*.ipynb"))
SOLUTIONS = sorted((PROJECT / "notebooks" / "solutions").glob("[0-9]*.ipynb"))
PAGES = [
    *LESSONS,
    *SOLUTIONS,
    *sorted((PROJECT / "docs").glob("*.md")),
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    PROJECT / "CHANGELOG.md",
]
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
every_book = pytest.mark.parametrize("path", LESSONS + SOLUTIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(book):
    return [cell for cell in book.cells if cell.cell_type == "code"]


def outputs(book):
    return [output for cell in code_cells(book) for output in cell.outputs]


@every_book
def test_outputs_are_saved_in_order_and_clean(path):
    book = read(path)
    assert [cell.execution_count for cell in code_cells(book)] == list(range(1, len(code_cells(book)) + 1))
    assert set(book.metadata) == {"kernelspec", "language_info"}
    assert not any(output.output_type == "error" or output.get("name") == "stderr" for output in outputs(book))
    assert "widget-view" not in path.read_text(), "live widgets are left out: `make notebooks` does it"
    assert len({cell.id for cell in book.cells}) == len(book.cells)


@every_lesson
def test_every_demo_left_a_picture_and_its_description(path):
    shown = [output for output in outputs(read(path)) if "image/png" in output.get("data", {})]
    assert len(shown) >= 3, "a lesson shows three demos or more"
    for output in shown:
        about = output.metadata["image/png"]
        picture = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"])))
        assert picture.size == (5 * about["width"] // 4, 5 * about["height"] // 4)
        assert len(picture.convert("RGB").getcolors(1 << 20)) > 20, "the picture is empty"
        assert len(about["alt"]) > 40
        told = output.data["text/plain"]
        assert told.startswith("Interactive demo: ") or told == about["alt"], "of a still picture, nbval compares all"


def test_only_the_readers_own_run_says_that_all_is_well():
    not_compared = {
        cell.source.splitlines()[-1].partition("  #")[0]: cell.outputs
        for path in LESSONS + SOLUTIONS
        for cell in code_cells(read(path))
        if "nbval-ignore-output" in cell.metadata.get("tags", [])
    }
    assert not_compared == {"demos.preflight()": []}, "saved, it would say so on a computer where nothing works"


@every_lesson
def test_the_first_code_is_imports_of_the_one_form_and_no_cell_is_long(path):
    first, *others = (cell for cell in code_cells(read(path)) if "colab" not in cell.metadata.get("tags", []))
    lines = [line for line in first.source.splitlines() if line.strip()]
    topic = path.stem.split("_", 1)[1]
    assert len(lines) <= 5 and all(re.match(r"(from \S+ )?import |demos\.preflight", line) for line in lines)
    assert f"from nnlessons.{topic} import demos, exercises" in lines
    for cell in others:
        assert len(cell.source.splitlines()) <= 15
        assert not re.search(r"sys\.path|^[!%]|warnings\.|;$", cell.source, re.M), cell.source


@every_lesson
def test_a_lesson_has_its_beats(path):
    book = read(path)
    text = "\n".join(cell.source for cell in book.cells)
    assert re.match(rf"# {int(path.stem[:2])} · \S", book.cells[0].source)
    assert re.search(r"you('| wi)ll be able to", text)
    for beat in (".ask()", ".judge()", "## Your turn", "## What you know now", "demos."):
        assert beat in text, beat


@every_lesson
def test_the_first_screen_says_how_to_run_a_cell_and_all_cells(path):
    first = read(path).cells[0].source
    assert "*Shift + Enter*" in first and "*Run → Run All Cells*" in first


@every_lesson
def test_headings_go_down_one_level_at_a_time(path):
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    levels = [len(hashes) for hashes in re.findall(r"^(#+) ", text, re.M)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def links(path):
    if path.suffix == ".ipynb":
        text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    else:
        text = re.sub(r"```.*?```", "", path.read_text(), flags=re.S)
    pictures = [("!", *found[::-1]) for found in re.findall(r'<img src="([^"]+)" width="700" alt="([^"]+)">', text)]
    assert len(pictures) == text.count("<img"), "a picture in a text has src, width and alt, in this order"
    return pictures + re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", text)


@every_page
def test_links_and_pictures_lead_somewhere_and_are_described(path):
    for picture, words, target in links(path):
        assert words.strip(), f"{target} has no words"
        if not target.startswith(("http:", "https:", "#")):
            assert (path.parent / target.partition("#")[0]).exists(), target
        if picture:
            assert len(words) > 20, f"{target}: say what the picture shows"


@every_lesson
def test_links_work_from_the_readers_copy_too(path):
    for _, _, target in links(path):
        if not target.startswith(("http:", "https:", "#")):
            assert (PROJECT / "notebooks" / ".." / "notebooks" / target).resolve().exists()
            assert target.startswith("../") or (PROJECT / "notebooks" / target).parent.name == "notebooks", target


CAUGHT = {  # the last cell of each of these books -> what is found out
    "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')": "a lesson asks for the network",
    "del once": "name 'once' is not defined",
    "next(numbers)": "mismatch 'text/plain'",
}


def test_a_cell_that_uses_the_network_or_changes_when_rerun_is_caught(tmp_path):
    for number, code in enumerate(CAUGHT):
        cells = ["once, numbers = 1, iter([1, 2])", code]
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each, execution_count=1) for each in cells])
        if code.startswith("next"):
            book.cells[1].outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "1"})]
        nbformat.write(book, tmp_path / f"{number:02}_bad.ipynb")
    command = (
        f"-m pytest -n0 -c/dev/null --rootdir={tmp_path} -pconftest --nbval --nbval-current-env --color=no {tmp_path}"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "tests")}
    told = subprocess.run([sys.executable, *command.split()], env=environment, capture_output=True, text=True).stdout
    assert all(fault in told for fault in CAUGHT.values()) and "3 failed, 3 passed" in told, told


@every_book
def test_files_are_small(path):
    assert path.stat().st_size < 400 * 1024


def test_each_picture_that_is_drawn_is_shown_somewhere():
    shown = {target for path in PAGES for _, _, target in links(path) if "images/" in target}
    drawn = {*draw_images.PICTURES, draw_film.FILM.name}
    assert {target.split("images/")[1] for target in shown} == drawn
    assert {path.name for path in (PROJECT / "images").iterdir()} == drawn


def test_pictures_and_the_whole_are_small():
    assert all(path.stat().st_size < 1024 * 1024 for path in (PROJECT / "images").iterdir())
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True, text=True).stdout
    files = [PROJECT / name for name in listed.split("\0") if name]
    assert len(files) > 150 and sum(path.stat().st_size for path in files if path.exists()) < 6 * 1024 * 1024


@every_lesson
def test_every_exercise_has_a_solution_that_is_found_correct(path):
    checks = set(re.findall(r"^exercises\.(\w+)\(\w", "\n".join(cell.source for cell in code_cells(read(path))), re.M))
    solution = read(path.parent / "solutions" / path.name)
    solved = {}
    for cell in code_cells(solution):
        for name in re.findall(r"exercises\.(\w+)\(\w", cell.source):
            solved[name] = cell.outputs[-1].data["text/plain"]
    assert checks and set(solved) == checks
    assert all(text.startswith("correct: ") for text in solved.values()), solved


@every_lesson
def test_the_lesson_itself_leaves_the_exercises_unsolved(path):
    for cell in code_cells(read(path)):
        if re.search(r"exercises\.(\w+\(my_|engine_)", cell.source):
            assert "..." in cell.source and cell.outputs[-1].data["text/plain"].startswith("still missing: ")
