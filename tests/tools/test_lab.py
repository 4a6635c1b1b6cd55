"""The reader's copies: made once, never overwritten, and what `make lab` says about them."""

import asyncio
import contextlib
import json
import logging
import os
import re
import resource
import runpy
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import lab
import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import PROJECT
from ipykernel.ipkernel import IPythonKernel
from lesson_reader import shown
from traitlets.config import Config


@pytest.fixture
def folders(tmp_path):
    lessons, copies = tmp_path / "notebooks", tmp_path / "my_notebooks"
    lessons.mkdir()
    (lessons / "01_a.ipynb").write_text("first a")
    (lessons / "02_b.ipynb").write_text("first b")
    return lessons, copies


def names(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_copies_are_made_once(folders, capsys):
    lessons, copies = folders
    assert lab.copy_lessons(lessons, copies) == ["01_a.ipynb", "02_b.ipynb"]
    assert "Your own copies of 2 lessons are in my_notebooks/" in capsys.readouterr().out
    assert lab.copy_lessons(lessons, copies) == []
    assert names(copies) == ["01_a.ipynb", "02_b.ipynb"] and capsys.readouterr().out == ""


def test_work_is_never_overwritten_and_a_changed_lesson_goes_beside_it(folders, capsys):
    lessons, copies = folders
    lab.copy_lessons(lessons, copies)
    (copies / "01_a.ipynb").write_text("my work")
    lab.copy_lessons(lessons, copies)
    assert names(copies) == ["01_a.ipynb", "02_b.ipynb"], "the reader's own change is no new lesson"
    capsys.readouterr()
    for number in (2, 3):
        (lessons / "01_a.ipynb").write_text(f"version {number}")
        lab.copy_lessons(lessons, copies)
        assert f"01_a (new {number}).ipynb" in capsys.readouterr().out
        (copies / f"01_a (new {number}).ipynb").write_text(f"my work {number}")
        lab.copy_lessons(lessons, copies)
    assert names(copies) == ["01_a (new 2).ipynb", "01_a (new 3).ipynb", "01_a.ipynb", "02_b.ipynb"]
    assert [(copies / name).read_text() for name in names(copies)][:3] == ["my work 2", "my work 3", "my work"]


@pytest.mark.parametrize("notes", ["not JSON", "[]"])
def test_a_deleted_copy_comes_back_and_lost_notes_lose_nothing(notes, folders):
    lessons, copies = folders
    lab.copy_lessons(lessons, copies)
    (copies / "02_b.ipynb").unlink()
    assert lab.copy_lessons(lessons, copies) == ["02_b.ipynb"]
    (copies / "01_a.ipynb").write_text("my work")
    (copies / lab.ORIGINS).write_text(notes)
    lab.copy_lessons(lessons, copies)
    assert (copies / "01_a.ipynb").read_text() == "my work"
    assert names(copies) == ["01_a (new 2).ipynb", "01_a.ipynb", "02_b.ipynb"], "an unchanged copy needs no new one"
    assert json.loads((copies / lab.ORIGINS).read_text()).keys() == {"01_a.ipynb", "02_b.ipynb"}


@contextlib.contextmanager
def full_disk():
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5, hard))  # bytes of a file: fewer than a lesson has
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_half_a_copy_is_removed_and_made_at_the_next_start(folders):
    lessons, copies = folders
    with full_disk(), pytest.raises(SystemExit, match="can't be copied.*too large.*is as it was"):
        lab.copy_lessons(lessons, copies)
    assert list(copies.iterdir()) == []
    assert lab.copy_lessons(lessons, copies) == ["01_a.ipynb", "02_b.ipynb"]
    assert (copies / "01_a.ipynb").read_text() == "first a"


def test_an_interrupted_start_has_noted_what_it_copied(folders, monkeypatch):
    lessons, copies = folders
    write_new = lab.write_new

    def interrupted(path, content):
        if path.name.startswith("02"):
            raise KeyboardInterrupt
        return write_new(path, content)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(lab, "write_new", interrupted)
        lab.copy_lessons(lessons, copies)
    (copies / "01_a.ipynb").write_text("my work")
    assert lab.copy_lessons(lessons, copies) == ["02_b.ipynb"]
    assert names(copies) == ["01_a.ipynb", "02_b.ipynb"]


def test_with_nothing_new_nothing_is_written(folders):
    lessons, copies = folders
    lab.copy_lessons(lessons, copies)
    before = [(path, path.stat().st_ino, path.stat().st_mtime_ns) for path in (copies, *sorted(copies.iterdir()))]
    lab.copy_lessons(lessons, copies)
    assert before == [(path, path.stat().st_ino, path.stat().st_mtime_ns) for path, *_ in before]


def an_unreadable_file(path):
    path.write_text("mine")
    path.chmod(0)


@pytest.mark.parametrize("put", [lambda path: path.symlink_to("nowhere"), os.mkdir, an_unreadable_file])
def test_whatever_has_the_name_of_a_copy_is_the_readers(put, folders):
    lessons, copies = folders
    lab.copy_lessons(lessons, copies)
    (copies / "01_a.ipynb").unlink()
    put(copies / "01_a.ipynb")
    (lessons / "01_a.ipynb").write_text("version 2")
    assert lab.copy_lessons(lessons, copies) == []
    assert os.path.lexists(copies / "01_a.ipynb")
    assert (copies / "01_a (new 2).ipynb").read_text() == "version 2"


def test_for_the_projector_all_code_is_folded_but_cells_with_a_hole():
    for path in sorted((PROJECT / "notebooks").glob("[0-9]*.ipynb")):
        lesson = json.loads(path.read_bytes())
        copy = json.loads(lab.folded(path.read_bytes()))
        folded = [cell["metadata"].pop("jupyter", {}) == {"source_hidden": True} for cell in copy["cells"]]
        for cell in lesson["cells"]:  # one for Colab is folded everywhere
            cell["metadata"].pop("jupyter", None)
        assert copy == lesson, "nothing else is changed"
        kinds = ["hole" if "..." in "".join(cell["source"]) else cell["cell_type"] for cell in copy["cells"]]
        assert folded == [kind == "code" for kind in kinds] and {"hole", "code"} <= set(kinds)


def test_a_copy_for_the_projector_is_kept_too(folders):
    lessons, copies = folders
    for name in ("01_a", "02_b"):
        (lessons / f"{name}.ipynb").write_text(json.dumps({"cells": []}))
    lab.copy_lessons(lessons, copies, made=lab.folded)
    (copies / "01_a.ipynb").write_text("my notes")
    assert lab.copy_lessons(lessons, copies, made=lab.folded) == []
    assert (copies / "01_a.ipynb").read_text() == "my notes" and names(copies) == ["01_a.ipynb", "02_b.ipynb"]


@pytest.mark.parametrize(
    "path", ["my_notebooks/01_activations.ipynb", "class_notebooks/x.ipynb", ".lab/x", ".venv/x", ".venv.lock"]
)
def test_git_ignores_what_is_the_readers(path):
    assert subprocess.run(["git", "check-ignore", path], cwd=PROJECT, stdout=subprocess.DEVNULL).returncode == 0


@pytest.mark.parametrize(
    ("words", "opened"), [([], "my_notebooks"), (["--class"], "class_notebooks"), (["--edit"], "notebooks")]
)
def test_each_command_opens_its_folder(words, opened, monkeypatch):
    folders, copied, told = [], [], []
    monkeypatch.setattr(sys, "argv", ["lab.py", *words])
    monkeypatch.setattr(lab, "copy_lessons", lambda lessons, copies, **_: copied.append(copies))
    monkeypatch.setattr(lab, "say_which_are_old", told.append)
    monkeypatch.setattr(lab, "open_lab", lambda folder, *_, **__: folders.append(folder))
    lab.main()
    assert folders == [PROJECT / opened] and copied == told == ([] if "--edit" in words else folders)


def test_a_folder_that_cannot_be_written_to_is_a_sentence(tmp_path, monkeypatch):
    def refused(path, **_):
        raise OSError(30, "Read-only file system", str(path))

    monkeypatch.setattr("pathlib.Path.mkdir", refused)
    with pytest.raises(SystemExit, match="can't be copied.*Read-only file system.*my_notebooks"):
        lab.copy_lessons(PROJECT / "notebooks", tmp_path / "my_notebooks")


def test_jupyterlab_finds_its_own_parts_and_no_others(monkeypatch):
    started, gone = [], []
    monkeypatch.setattr(os, "environ", {"JUPYTERLAB_DIR": "/elsewhere", "JUPYTER_PATH": "/elsewhere"})
    monkeypatch.setattr(os, "chdir", gone.append)
    monkeypatch.setattr(os, "execv", lambda path, command: started.append(command))
    lab.open_lab(PROJECT / "notebooks")
    share = os.path.relpath(os.path.join(sys.prefix, "share", "jupyter"), PROJECT)
    assert gone == [PROJECT] and not os.path.isabs(share)
    assert {f"--LabApp.app_dir={share}/lab", f"--LabApp.labextensions_path={share}/labextensions"} <= set(started[0])


def configured(folder):
    config = Config()
    return config, runpy.run_path(str(PROJECT / "tools" / folder / "jupyter_server_config.py"), {"c": config})


def test_the_terminal_shows_the_address_how_to_stop_and_errors(capsys):
    show = configured("terminal")[1]["TwoLines"]().filter
    words = "\n\n    To access the server, open this file:\n  file:///x.html\n  Or copy:\n    http://127.0.0.1:8888/lab?token=1"
    assert not show(logging.makeLogRecord({"levelno": logging.CRITICAL, "msg": words}))
    assert (
        capsys.readouterr().out
        == "The lessons are at http://127.0.0.1:8888/lab?token=1\nTo stop, press Ctrl-C twice.\n"
    )
    shown = {level: show(logging.makeLogRecord({"levelno": level, "msg": "x"})) for level in (20, 30, 40, 50)}
    assert shown == {20: False, 30: False, 40: True, 50: True} and capsys.readouterr().out == ""


@pytest.mark.parametrize(("more", "quiet"), [([], True), (["--debug"], False)])
def test_only_debug_shows_all_of_the_servers_log(more, quiet, monkeypatch):
    monkeypatch.setattr(os, "environ", {})
    monkeypatch.setattr(os, "chdir", lambda path: None)
    monkeypatch.setattr(os, "execv", lambda path, command: None)
    lab.open_lab(PROJECT / "notebooks", more=more)
    assert (str(lab.TERMINAL) in os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)) == quiet


@pytest.fixture
def server(tmp_path, monkeypatch):
    """What the page gets of a notebook that no kernel runs, `get(bytes)`, and the file it saves, `save(what it got)`."""
    lessons = configured("jupyter")[1]["Lessons"](root_dir=str(tmp_path))
    monkeypatch.setattr(type(lessons), "has_kernel", lambda *_: asyncio.sleep(0, result=False))
    path = tmp_path / "a.ipynb"

    def get(content):
        path.write_bytes(content)
        model = outside(lambda: asyncio.run(lessons.get("a.ipynb")))
        assert path.read_bytes() == content
        return model

    def save(model):
        outside(lambda: asyncio.run(lessons.save(model, "a.ipynb")))
        return json.loads(path.read_bytes())

    return SimpleNamespace(get=get, save=save)


def outside(work):
    """Away from the loop of Playwright, which may be this thread's."""
    with ThreadPoolExecutor() as apart:
        return apart.submit(work).result()


def test_the_page_gets_a_lesson_with_what_it_would_add_itself(server):
    model = server.get((PROJECT / "notebooks" / "01_activations.ipynb").read_bytes())
    assert model["content"]["metadata"]["language_info"] == IPythonKernel.language_info


def outputs(book):
    return [output for cell in book["cells"] for output in cell.get("outputs", [])]


@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("[0-9]*.ipynb")), ids=lambda path: path.stem)
def test_a_demo_that_has_not_run_comes_with_its_words(path, server):
    model = server.get(path.read_bytes())
    described = iter(shown(path.stem))
    for output in outputs(model["content"]):
        if "image/png" not in output.get("data", {}):
            continue
        title, words, live = next(described)
        page = BeautifulSoup(output["data"]["text/html"], "html.parser")
        assert (
            page.b.text == title and page.img["alt"] == words and page.img["src"].startswith("data:image/png;base64,iV")
        )
        text, *run = [part.text for part in page.select("div > p")[1:]]
        assert words in (f"{title}. {text}", f"{title} {text}")  # a question has its own mark
        assert live == bool(run) == ("Shift + Enter" in "".join(run)), "a picture that never moves needs no run"
    assert not list(described)


@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("[0-9]*.ipynb")), ids=lambda path: path.stem)
def test_saving_an_unrun_lesson_leaves_its_outputs_as_they_were(path, server):
    saved = server.save(server.get(path.read_bytes()))
    assert saved["cells"] == json.loads(path.read_bytes())["cells"]


OF_OTHERS = [
    {"text/html": "<div>a table</div>", "text/plain": "a table"},
    {"text/html": "<div>a plot</div>", "image/png": "iVBORw0KGgo=", "text/plain": "a plot"},
    {"image/png": "iVBORw0KGgo="},
    {"text/plain": "words alone"},
]


@pytest.mark.parametrize("about", [{}, {"width": 7, "height": 4}, {"alt": "a plot", "width": 7, "height": 4}])
def test_outputs_of_others_come_and_go_as_they_are(about, server):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x")])
    book.cells[0].outputs = [
        nbformat.v4.new_output("display_data", data, metadata={"image/png": about}) for data in OF_OTHERS
    ]
    model = server.get(nbformat.writes(book).encode())
    assert [output["data"] for output in outputs(model["content"])] == OF_OTHERS
    saved = server.save(model)["cells"][0]["outputs"]
    assert [output["data"].keys() for output in saved] == [data.keys() for data in OF_OTHERS]


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        ("images/a.png", "images/a.png"),
        ("mine/week1/images/a.png", "images/a.png"),
        ("mine/images/own.png", "mine/images/own.png"),
        ("mine/images/none.png", "images/none.png"),
        ("mine/a.png", "mine/a.png"),
    ],
)
def test_a_copy_in_a_folder_of_its_own_finds_the_pictures(asked, got, tmp_path):
    for path in ("images/a.png", "mine/images/own.png"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    config, defined = configured("jupyter")
    assert config.ContentsManager.files_handler_class is defined["Pictures"]
    assert defined["Pictures"].get_absolute_path(str(tmp_path), asked) == str(tmp_path / got)


# -- copies from the first edition ------------------------------------------------------------------------------------

OF_THE_FIRST_EDITION = [
    "import numpy as np\n\nfrom nnlib.demos import neuron as demos",
    "from nnlib.exercises import neuron as exercises",
    "exercises.own_perceptron(my_perceptron)",
]


def notebook(code, words="About `nnlib.demos`"):
    cells = [{"cell_type": "markdown", "source": [words]}, {"cell_type": "code", "source": code.splitlines(True)}]
    return json.dumps({"cells": cells})


@pytest.mark.parametrize("code", OF_THE_FIRST_EDITION)
@pytest.mark.parametrize("edit", ["", "\nmine = 3"], ids=["as it was", "edited"])
def test_old_copies_get_the_new_lessons_beside_them_and_one_line(code, edit, folders, capsys):
    lessons, copies = folders
    for name in ("01_a", "02_b"):
        (lessons / f"{name}.ipynb").write_text(notebook(code))
    lab.copy_lessons(lessons, copies)
    old = notebook(code + edit)
    for name in ("01_a", "02_b"):
        (copies / f"{name}.ipynb").write_text(old)
        (lessons / f"{name}.ipynb").write_text(notebook("from nnlessons.neuron import demos, exercises"))
    (copies / "my notes.ipynb").write_text(notebook("own_weights = 3"))
    assert lab.copy_lessons(lessons, copies) == []
    capsys.readouterr()
    lab.say_which_are_old(copies)
    assert capsys.readouterr().out == (
        "From the first edition, and can't run any more: my_notebooks/01_a.ipynb, my_notebooks/02_b.ipynb. Your work in them "
        "is safe. The new lessons are my_notebooks/01_a (new 2).ipynb, my_notebooks/02_b (new 2).ipynb.\n"
    )
    assert {(copies / f"{name}.ipynb").read_text() for name in ("01_a", "02_b")} == {old}


def test_the_newest_copy_counts_and_an_old_one_under_any_name(folders, capsys):
    _, copies = folders
    copies.mkdir()
    for number in (2, 9, 10):
        (copies / f"01_a (new {number}).ipynb").write_text(notebook("from nnlessons.neuron import demos"))
    for name in ("01_a", "01_a (new 11)", "my own", "02_b"):
        (copies / f"{name}.ipynb").write_text(notebook(OF_THE_FIRST_EDITION[0]))
    lab.say_which_are_old(copies)
    old, new = capsys.readouterr().out.split(" Your work in them is safe. ")
    assert re.findall(r"/([^/]+)\.ipynb", old) == ["01_a", "01_a (new 11)", "02_b", "my own"]
    assert new == "The new lessons are my_notebooks/01_a (new 10).ipynb.\n"


@pytest.mark.parametrize(
    "text", ["", "[]", '{"cells": 3}', '{"cells": [{}]}', "nnlib.demos", notebook("nnlib = demos")]
)
def test_what_is_no_notebook_of_the_first_edition_is_passed_over(text, folders, capsys):
    _, copies = folders
    copies.mkdir()
    (copies / "01_a.ipynb").write_text(text)
    (copies / "02_b.ipynb").mkdir()
    lab.say_which_are_old(copies)
    assert capsys.readouterr().out == ""


def test_no_lesson_of_today_is_taken_for_one_of_the_first_edition():
    lessons = [*(PROJECT / "notebooks").rglob("[0-9]*.ipynb")]
    assert len(lessons) == 18 and all("import" in lab.code_of(path) for path in lessons)
    assert not [path for path in lessons if lab.FIRST_EDITION.search(lab.code_of(path))]
