"""In a kernel of `make lab`, one line says what to run before a demo's cell. All else is as in any other kernel."""

import os
import re
import subprocess
import sys

import lab
import pytest
from conftest import PROJECT
from jupyter_client.manager import start_new_kernel

LESSON = PROJECT / "notebooks" / "01_activations.ipynb"
LINE = "\nRun the cells above first: choose Run → Run All Above Selected Cell."
CELLS = {  # -> whether the line is shown
    "demos.step_beside_sigmoid": True,
    "def mine():\n    return relu(1)\nmine()": True,
    "my_sigmoid(3)": False,  # which no import gives
    "1 / 0": False,
    "__doc__, sorted(set(globals()) - {'__session__'})": False,  # the path of the open file
}


def answers(**environment):
    """What each cell shows in a fresh kernel, in order."""
    manager, client = start_new_kernel(env=environment)
    try:
        return [answer(client, cell) for cell in CELLS]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def answer(client, code):
    found = []
    reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: found.append(message["content"]))
    shown = "\n".join("\n".join(each.get("traceback", [str(each.get("data", ""))])) for each in found)
    return reply["content"]["status"], re.sub(r"\x1b\[[\d;]*m", "", shown).strip()


@pytest.fixture(scope="module")
def in_any_kernel():
    return answers(**os.environ)


@pytest.fixture(scope="module")
def environment():
    """What a kernel of `make lab` is given."""
    return {**os.environ, "PYTHONSTARTUP": str(lab.SETTINGS / "kernel_startup.py")}


def test_a_name_that_only_the_imports_give_comes_with_a_line(environment, in_any_kernel):
    ours = answers(**environment, JPY_SESSION_NAME=str(LESSON))
    lines = [LINE if hint else "" for hint in CELLS.values()]
    assert ours == [(status, text + line) for (status, text), line in zip(in_any_kernel, lines, strict=True)]


@pytest.mark.parametrize("content", [None, '{"cells": [{"cell_type": "code", "source": ["import ("]}]}'])
def test_whatever_the_open_file_is_the_error_is_shown(content, environment, in_any_kernel, tmp_path):
    if content is not None:
        (tmp_path / "x.ipynb").write_text(content)
    assert answers(**environment, JPY_SESSION_NAME=str(tmp_path / "x.ipynb")) == in_any_kernel


def test_a_plain_python_starts_as_ever(environment):
    run = [sys.executable, "-i", "-c", ""]
    done = subprocess.run(run, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0 and "Error" not in done.stderr
    assert subprocess.run([sys.executable, environment["PYTHONSTARTUP"]]).returncode == 0


def test_make_lab_gives_it_to_its_kernels(monkeypatch):
    monkeypatch.setattr(os, "environ", {})
    monkeypatch.setattr(os, "chdir", lambda path: None)
    monkeypatch.setattr(os, "execv", lambda path, command: None)
    lab.open_lab(PROJECT / "notebooks")
    assert os.environ["PYTHONSTARTUP"] == str(PROJECT / "tools" / "jupyter" / "kernel_startup.py")
