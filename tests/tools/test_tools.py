"""What stands behind make: the reader's copies, the environment, and what it says when something is missing."""

import contextlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import threading
import tomllib

import environment
import lab as lab_tool
import pytest
import run_notebooks
from conftest import PROJECT

# -- the reader's copies ----------------------------------------------------------------------------------------------


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
    assert lab_tool.lay_copies(lessons, copies) == ["01_a.ipynb", "02_b.ipynb"]
    assert "Your own copies of 2 lessons are in my_notebooks/" in capsys.readouterr().out
    assert lab_tool.lay_copies(lessons, copies) == []
    assert names(copies) == ["01_a.ipynb", "02_b.ipynb"] and capsys.readouterr().out == ""


def test_the_readers_work_is_never_overwritten_and_a_changed_lesson_is_laid_beside(folders, capsys):
    lessons, copies = folders
    lab_tool.lay_copies(lessons, copies)
    (copies / "01_a.ipynb").write_text("my work")
    lab_tool.lay_copies(lessons, copies)
    assert names(copies) == ["01_a.ipynb", "02_b.ipynb"], "the reader's own change is no new lesson"
    capsys.readouterr()
    for number in (2, 3):
        (lessons / "01_a.ipynb").write_text(f"version {number}")
        lab_tool.lay_copies(lessons, copies)
        assert f"01_a (new {number}).ipynb" in capsys.readouterr().out
        (copies / f"01_a (new {number}).ipynb").write_text(f"my work {number}")
        lab_tool.lay_copies(lessons, copies)
    assert names(copies) == ["01_a (new 2).ipynb", "01_a (new 3).ipynb", "01_a.ipynb", "02_b.ipynb"]
    assert [(copies / name).read_text() for name in names(copies)][:3] == ["my work 2", "my work 3", "my work"]


@pytest.mark.parametrize("notes", ["not JSON", "[]"])
def test_a_copy_that_was_deleted_comes_back_fresh_and_lost_notes_lose_nothing(notes, folders):
    lessons, copies = folders
    lab_tool.lay_copies(lessons, copies)
    (copies / "02_b.ipynb").unlink()
    assert lab_tool.lay_copies(lessons, copies) == ["02_b.ipynb"]
    (copies / "01_a.ipynb").write_text("my work")
    (copies / lab_tool.ORIGINS).write_text(notes)
    lab_tool.lay_copies(lessons, copies)
    assert (copies / "01_a.ipynb").read_text() == "my work"
    assert json.loads((copies / lab_tool.ORIGINS).read_text()).keys() == {"01_a.ipynb", "02_b.ipynb"}


@contextlib.contextmanager
def full_disk():
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5, hard))  # bytes of a file: fewer than a lesson has
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def no_links(*_):
    raise PermissionError("no links on this disk")


def test_a_copy_cut_short_is_none(folders):
    lessons, copies = folders
    with full_disk(), pytest.raises(OSError):
        lab_tool.lay_copies(lessons, copies)
    assert list(copies.iterdir()) == []
    assert lab_tool.lay_copies(lessons, copies) == ["01_a.ipynb", "02_b.ipynb"]
    assert (copies / "01_a.ipynb").read_text() == "first a" and not list(copies.glob(".new-*"))


def test_nor_on_a_disk_without_links(folders, monkeypatch):
    lessons, copies = folders
    with monkeypatch.context() as patch, full_disk(), pytest.raises(OSError):
        patch.setattr(lab_tool, "written_apart", lambda path, content: contextlib.nullcontext(lessons / "01_a.ipynb"))
        patch.setattr(os, "link", no_links)
        lab_tool.lay_copies(lessons, copies)
    assert list(copies.iterdir()) == []
    monkeypatch.setattr(os, "link", no_links)
    assert lab_tool.lay_copies(lessons, copies) == ["01_a.ipynb", "02_b.ipynb"]
    assert (copies / "01_a.ipynb").read_text() == "first a"


@pytest.mark.parametrize("link", [os.link, no_links], ids=["links", "no links"])
def test_what_another_start_has_made_in_the_meantime_stays(link, tmp_path, monkeypatch):
    (tmp_path / "01_a.ipynb").write_text("my work")
    monkeypatch.setattr(os.path, "lexists", lambda path: False)
    monkeypatch.setattr(os, "link", link)
    assert not lab_tool.write_new(tmp_path / "01_a.ipynb", b"lesson")
    assert (tmp_path / "01_a.ipynb").read_text() == "my work"


def test_a_start_that_is_broken_off_has_noted_what_it_laid(folders, monkeypatch):
    lessons, copies = folders
    lay = lab_tool.write_new

    def broken_off(path, content):
        if path.name.startswith("02"):
            raise KeyboardInterrupt
        return lay(path, content)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(lab_tool, "write_new", broken_off)
        lab_tool.lay_copies(lessons, copies)
    (copies / "01_a.ipynb").write_text("my work")
    assert lab_tool.lay_copies(lessons, copies) == ["02_b.ipynb"]
    assert names(copies) == ["01_a.ipynb", "02_b.ipynb"]


def test_with_nothing_new_nothing_is_written(folders):
    lessons, copies = folders
    lab_tool.lay_copies(lessons, copies)
    before = [(path, path.stat().st_ino, path.stat().st_mtime_ns) for path in (copies, *sorted(copies.iterdir()))]
    lab_tool.lay_copies(lessons, copies)
    assert before == [(path, path.stat().st_ino, path.stat().st_mtime_ns) for path, *_ in before]


def an_unreadable_file(path):
    path.write_text("mine")
    path.chmod(0)


@pytest.mark.parametrize("put", [lambda path: path.symlink_to("nowhere"), os.mkdir, an_unreadable_file])
def test_whatever_is_in_a_copys_place_is_the_readers(put, folders):
    lessons, copies = folders
    lab_tool.lay_copies(lessons, copies)
    (copies / "01_a.ipynb").unlink()
    put(copies / "01_a.ipynb")
    (lessons / "01_a.ipynb").write_text("version 2")
    assert lab_tool.lay_copies(lessons, copies) == []
    assert os.path.lexists(copies / "01_a.ipynb")
    assert (copies / "01_a (new 2).ipynb").read_text() == "version 2"


def test_for_the_projector_code_is_folded_but_for_what_the_class_writes():
    for path in sorted((PROJECT / "notebooks").glob("[0-9]*.ipynb")):
        lesson = json.loads(path.read_bytes())
        copy = json.loads(lab_tool.folded(path.read_bytes()))
        folded = [cell["metadata"].pop("jupyter", {}) == {"source_hidden": True} for cell in copy["cells"]]
        assert copy == lesson, "nothing else is changed"
        kinds = ["hole" if "..." in "".join(cell["source"]) else cell["cell_type"] for cell in copy["cells"]]
        assert folded == [kind == "code" for kind in kinds] and {"hole", "code"} <= set(kinds)


def test_a_copy_for_the_projector_is_kept_too(folders):
    lessons, copies = folders
    for name in ("01_a", "02_b"):
        (lessons / f"{name}.ipynb").write_text(json.dumps({"cells": []}))
    lab_tool.lay_copies(lessons, copies, made=lab_tool.folded)
    (copies / "01_a.ipynb").write_text("my notes")
    assert lab_tool.lay_copies(lessons, copies, made=lab_tool.folded) == []
    assert (copies / "01_a.ipynb").read_text() == "my notes" and names(copies) == ["01_a.ipynb", "02_b.ipynb"]


@pytest.mark.parametrize(
    "path", ["my_notebooks/01_activations.ipynb", "class_notebooks/x.ipynb", ".lab/x", ".venv/x", ".venv.lock"]
)
def test_git_does_not_see_what_is_the_readers(path):
    assert subprocess.run(["git", "check-ignore", path], cwd=PROJECT, stdout=subprocess.DEVNULL).returncode == 0


@pytest.mark.parametrize(
    ("words", "opened"), [([], "my_notebooks"), (["--class"], "class_notebooks"), (["--edit"], "notebooks")]
)
def test_each_way_opens_its_folder(words, opened, monkeypatch):
    folders, laid = [], []
    monkeypatch.setattr(sys, "argv", ["lab.py", *words])
    monkeypatch.setattr(lab_tool, "lay_copies", lambda lessons, copies, **_: laid.append(copies))
    monkeypatch.setattr(lab_tool, "open_lab", lambda folder, *_, **__: folders.append(folder))
    lab_tool.main()
    assert folders == [PROJECT / opened] and laid == ([] if "--edit" in words else folders)


# -- the environment --------------------------------------------------------------------------------------------------


def project():
    return tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]


def test_conda_gets_the_same_packages_in_the_same_ranges():
    lines = re.findall(r"^ +- (\S+)$", (PROJECT / "environment.yml").read_text(), re.M)
    assert {line for line in lines if line not in ("conda-forge", "pip", "pip:")} == {
        f"python{project()['requires-python']}",
        *project()["dependencies"],
    }


def test_the_lock_pins_every_package_with_hashes_and_names_no_address():
    lock = (PROJECT / "requirements.lock").read_text()
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", lock, re.M))
    wanted = [*project()["dependencies"], *project()["optional-dependencies"]["test"]]
    assert {re.match(r"[A-Za-z0-9_-]+", name)[0].lower().replace("_", "-") for name in wanted} <= pinned
    assert lock.count("--hash=sha256:") >= len(pinned) and "://" not in lock and "index-url" not in lock


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = tmp_path / "net [1]"
    home.mkdir()
    (home / "requirements.lock").write_text("a==1\n")
    for name in ("python3.11", "python3.12"):
        (home / name).touch()
    (home / "python3").symlink_to("python3.11")
    monkeypatch.setattr(environment, "HOME", str(home))
    monkeypatch.setattr(environment, "LOCK", str(home / "requirements.lock"))
    monkeypatch.setattr(environment, "VENV", str(home / ".venv"))
    monkeypatch.setattr(environment, "STAMP", str(home / ".venv" / "made-from"))
    return home


@pytest.fixture
def fake_home(home, monkeypatch):
    made = []

    def fill(builder, python):
        made.append(builder)
        os.makedirs(os.path.dirname(python))
        os.symlink(home / "python3", python)
        with open(environment.STAMP, "w") as file:
            file.write(environment.wanted_stamp(python))

    monkeypatch.setattr(environment, "fill_venv", fill)
    return home, made


def test_the_environment_is_made_once_and_anew_when_the_lock_has_changed(fake_home, capsys):
    home, made = fake_home
    environment.venv_python()
    environment.venv_python()
    assert len(made) == 1
    (home / "requirements.lock").write_text("a==2\n")
    environment.venv_python()
    assert len(made) == 2 and "requirements.lock or Python has changed" in capsys.readouterr().out


def test_and_when_the_python_that_it_leads_to_is_another_one(fake_home):
    home, made = fake_home
    environment.venv_python()
    (home / "python3").unlink()
    (home / "python3").symlink_to("python3.12")
    environment.venv_python()
    environment.venv_python()
    assert len(made) == 2


def test_and_when_the_folder_was_moved(fake_home, monkeypatch):
    home, made = fake_home
    environment.venv_python()
    monkeypatch.setattr(environment, "HOME", str(home / "elsewhere"))
    environment.venv_python()
    assert len(made) == 2


def test_a_link_in_its_place_is_replaced_and_what_it_leads_to_stays(fake_home):
    home, made = fake_home
    (home / "elsewhere").mkdir()
    (home / ".venv").symlink_to("elsewhere")
    for version in range(2):
        (home / "requirements.lock").write_text(f"a=={version}\n")
        environment.venv_python()
        assert not (home / ".venv").is_symlink() and (home / "elsewhere").is_dir()
        assert not os.path.lexists(home / ".venv-before")
    assert len(made) == 2


def test_of_two_starts_at_once_one_makes_it_and_the_other_waits(fake_home, monkeypatch, capsys):
    made, fill = fake_home[1], environment.fill_venv
    second = threading.Thread(target=environment.venv_python)

    def meanwhile(builder, python):
        if not second.is_alive():
            second.start()
            second.join(0.2)
        fill(builder, python)

    monkeypatch.setattr(environment, "fill_venv", meanwhile)
    environment.venv_python()
    second.join()
    assert len(made) == 1 and "waiting" in capsys.readouterr().out


def test_when_making_it_anew_fails_the_old_one_comes_back_and_it_is_tried_again(fake_home, monkeypatch):
    home, made = fake_home
    python = environment.venv_python()
    (home / "requirements.lock").write_text("a==2\n")
    good = environment.fill_venv
    monkeypatch.setattr(environment, "fill_venv", lambda *_: environment.stop("no network"))
    with pytest.raises(SystemExit, match="no network"):
        environment.venv_python()
    assert os.path.exists(python) and environment.read(environment.STAMP) != environment.wanted_stamp(python)
    monkeypatch.setattr(environment, "fill_venv", good)
    environment.venv_python()
    assert len(made) == 2 and not (home / ".venv-before").exists()


def half_made(builder, python):
    os.makedirs(os.path.dirname(python))
    raise KeyboardInterrupt


def test_a_half_made_environment_never_stays(fake_home, monkeypatch):
    monkeypatch.setattr(environment, "fill_venv", half_made)
    with pytest.raises(KeyboardInterrupt):
        environment.venv_python()
    assert not (fake_home[0] / ".venv").exists()


def test_after_a_start_that_was_killed_the_good_environment_comes_back(fake_home, monkeypatch):
    home, _ = fake_home
    python = environment.venv_python()
    (home / "requirements.lock").write_text("a==2\n")
    (home / ".venv").rename(home / ".venv-before")
    (home / ".venv").mkdir()
    monkeypatch.setattr(environment, "fill_venv", half_made)
    with pytest.raises(KeyboardInterrupt):
        environment.venv_python()
    assert os.path.exists(python) and not (home / ".venv-before").exists()


BUILDER = """#!/bin/sh
echo "$PWD: $*" >> "$ASKED"
[ "$2" != venv ] || { mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; }
[ "$1" != -c ] || exit TRIED
"""


@pytest.mark.parametrize(
    ("tried", "told"), [("0", contextlib.nullcontext()), ("1", pytest.raises(Exception, match="import nnlib"))]
)
def test_an_environment_is_filled_then_tried_and_only_a_good_one_gets_its_stamp(tried, told, home, monkeypatch):
    builder, python = home / "builder", home / ".venv" / "bin" / "python"
    builder.write_text(BUILDER.replace("TRIED", tried))
    builder.chmod(0o755)
    monkeypatch.setenv("ASKED", str(home / "asked"))
    with told:
        environment.fill_venv(str(builder), str(python))
    *_, ours, trial = (home / "asked").read_text().splitlines()
    assert ours.startswith(f"{home}: -m pip") and ours.endswith(" -e ."), (
        "pip would take the end of this folder's name for an extra"
    )
    assert "-c import nnlib" in trial
    assert environment.is_ready(str(python)) == (tried == "0")


def test_a_python_that_can_make_no_environment_is_quoted(tmp_path):
    builder = tmp_path / "python"
    builder.write_text("#!/bin/sh\necho No module named venv >&2\nexit 1\n")
    builder.chmod(0o755)
    with pytest.raises(SystemExit, match="(?s)    No module named venv\n.*sudo apt install python3-venv"):
        environment.fill_venv(str(builder), "unused")


def test_pip_that_fails_is_quoted(monkeypatch, tmp_path):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho no route to host\nexit 1\n")
    python.chmod(0o755)
    with pytest.raises(SystemExit, match="(?s)could not be installed.*no route to host.*Without network"):
        environment.pip(str(python), ["-r", "x"])


def test_two_pips_install_each_package_once_with_its_hashes_and_either_may_fail(tmp_path):
    python, asked = tmp_path / "python", tmp_path / "asked"
    python.write_text(f'#!/bin/sh\nfor last; do :; done\ncat "$last" >> {asked}\n! grep -q unreachable "$last"\n')
    python.chmod(0o755)
    packages = environment.locked_packages()
    lock = (PROJECT / "requirements.lock").read_text()
    assert "".join(packages) == lock and len(packages) == len(re.findall(r"^\S+==", lock, re.M)) > 100
    assert all("--hash=sha256:" in package for package in packages)
    environment.install(str(python), packages)
    assert sorted(asked.read_text().splitlines()) == sorted(lock.splitlines())
    for place in (0, 1):
        with pytest.raises(SystemExit, match="could not be installed"):
            environment.install(str(python), [*packages[:place], "unreachable==1\n", *packages[place + 1 :]])


def test_what_was_compiled_is_kept(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["environment.py"])
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("CONDA", raising=False)
    monkeypatch.setattr(environment, "venv_python", lambda: os.environ.get("PYTHONDONTWRITEBYTECODE"))
    environment.main()
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


def test_a_python_that_is_too_old_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 8, 0))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"need Python 3\.11 or newer"):
        environment.new_enough_python()


@pytest.mark.parametrize(
    ("conda", "words"), [({}, "none is active"), ({"CONDA_PREFIX": sys.prefix}, "")], ids=["inactive", "active"]
)
def test_conda_is_used_where_it_is_active(conda, words, monkeypatch):
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    for name, value in conda.items():
        monkeypatch.setenv(name, value)
    if words:
        with pytest.raises(SystemExit, match=words):
            environment.conda_python(tests=True)
    else:
        assert environment.conda_python(tests=True) == os.path.join(sys.prefix, "bin", "python")


def test_what_a_conda_environment_lacks_is_named_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.setenv("CONDA_PREFIX", sys.prefix)
    monkeypatch.setattr(environment, "HOME", str(tmp_path))
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["numpy", "no-such-one>=2"]\noptional-dependencies.test = ["nor-this"]'
    )
    with pytest.raises(SystemExit, match="lacks: no-such-one\n    conda env update"):
        environment.conda_python(tests=False)
    with pytest.raises(SystemExit, match="lacks: no-such-one nor-this\n    pip install"):
        environment.conda_python(tests=True)


@pytest.mark.parametrize(
    ("python", "words"),
    [("#!/bin/sh\necho No module named tomllib >&2\nexit 1\n", "No module named tomllib"), (None, "No such file")],
    ids=["too old", "gone"],
)
def test_a_conda_environment_that_cannot_be_asked_is_told(python, words, tmp_path, monkeypatch):
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path))
    (tmp_path / "bin").mkdir()
    if python:
        (tmp_path / "bin" / "python").write_text(python)
        (tmp_path / "bin" / "python").chmod(0o755)
    with pytest.raises(SystemExit, match=f"(?s)could not be asked.*{words}.*conda env create"):
        environment.conda_python(tests=False)


def make(*words):
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", *words], cwd=PROJECT, capture_output=True, text=True, env=quiet)


def test_make_alone_lists_every_target():
    told = make().stdout
    text = (PROJECT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: help (.+)$", text, re.M)[1].split()
    assert targets and all(f"make {target} " in told for target in targets)
    assert all(re.search(rf"^{target}:", text, re.M) for target in targets)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lab", "OS=Windows_NT"], "Please run make inside WSL"),
        (["lab", "PYTHON=no-such-python"], "There is no no-such-python here. Install Python 3.11 or newer"),
    ],
)
def test_make_says_what_to_do(words, told):
    done = make(*words)
    assert done.returncode != 0 and told in done.stderr


# -- the notebooks' runner --------------------------------------------------------------------------------------------


def test_running_a_lesson_again_gives_the_same_bytes():
    path = PROJECT / "notebooks" / "01_activations.ipynb"
    assert run_notebooks.rerun(path) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "text"), [(["--check"], 1, "old"), ([], 0, "new")], ids=["only looks", "writes"]
)
def test_a_check_of_the_lessons_writes_nothing(words, code, text, tmp_path, monkeypatch):
    lesson = tmp_path / "01_a.ipynb"
    lesson.write_text("old")
    monkeypatch.setattr(sys, "argv", ["run_notebooks.py", str(lesson), *words])
    monkeypatch.setattr(run_notebooks, "rerun", lambda path: "new")
    with pytest.raises(SystemExit) as end:
        run_notebooks.main()
    assert (end.value.code, lesson.read_text()) == (code, text)


# -- without a browser ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)], ids=["at home", "in CI"])
def test_without_a_browser_it_is_said_loudly_and_in_ci_it_is_a_failure(ci, code, tmp_path):
    without = {name: value for name, value in os.environ.items() if name not in ("BROWSER_PATH", "CI")}
    without |= {"PATH": str(tmp_path), "CI": ci}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n0",
        "-k",
        "does_look",
        "tests/docs/test_static_edition.py",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(command, cwd=PROJECT, env=without, capture_output=True, text=True)
    assert done.returncode == code, done.stdout
    assert "no Chromium or Chrome here: JupyterLab was not tried in a browser" in done.stdout
    assert ("left out" in done.stdout) == (not ci)
