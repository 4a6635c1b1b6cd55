"""What make says, what `make notebooks` writes, and what `make test` says when there is no browser."""

import os
import re
import subprocess
import sys
import tomllib

import nbformat
import oldest
import pytest
import run_notebooks
from conftest import PROJECT


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


def test_what_only_the_readers_own_run_can_say_is_not_saved(tmp_path):
    cells = [nbformat.v4.new_code_cell("1 + 1"), nbformat.v4.new_code_cell("2 + 2")]
    cells[1].metadata["tags"] = ["nbval-ignore-output"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    saved = nbformat.reads(run_notebooks.rerun(tmp_path / "a.ipynb"), as_version=4).cells
    assert [[output.data for output in cell.outputs] for cell in saved] == [[{"text/plain": "2"}], []]


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
def test_a_missing_browser_is_said_loudly_and_fails_in_ci(ci, code, tmp_path):
    without = {name: value for name, value in os.environ.items() if name not in ("BROWSER_PATH", "CI")}
    without |= {"PATH": str(tmp_path), "CI": ci}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n0",
        "-k",
        "does_look",
        "tests/site/test_pages_in_browser.py",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(command, cwd=PROJECT, env=without, capture_output=True, text=True)
    assert done.returncode == code, done.stdout
    assert "no Chromium or Chrome here: JupyterLab was not tried in a browser" in done.stdout
    assert ("left out" in done.stdout) == (not ci)


# -- the oldest packages ----------------------------------------------------------------------------------------------


def test_the_oldest_packages_are_the_lower_bounds():
    assert oldest.oldest(["numpy>=2.0", "ipywidgets>=7.7.1"]) == ["numpy==2.0", "ipywidgets==7.7.1"]
    for text in ("numpy", "numpy>=2", "numpy>=2.0,<3", "numpy==2.0"):
        with pytest.raises(ValueError, match="must be name>=version"):
            oldest.oldest([text])


def test_running_the_tests_on_the_oldest_packages_is_a_job_of_its_own():
    assert "run: make test-oldest" in (PROJECT / ".github/workflows/check.yml").read_text()
    dependencies = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert len(oldest.oldest(dependencies)) == len(dependencies)
    assert all((PROJECT / room).exists() for room in oldest.ROOMS)
