"""The look at the reader's machine: what's missing is named, with what to do about it."""

import os
import sys

import pytest

from nnlessons import preflight


def test_here_nothing_needs_mending():
    assert preflight.preflight() is None


def test_what_is_missing_or_too_old_is_named():
    assert preflight.check_python((3, 9, 2)) == "Python 3.11 is needed, and this is 3.9.2."
    asked = [
        "numpy>=1",
        "numpy[some-extra]>=1",
        "numpy>=999",
        "no-such-package>=1",
        'neither-this==1.0; extra == "test"',
    ]
    first, second = preflight.check_packages(asked)
    assert first.startswith("numpy >=999 is needed, and ") and second == "no-such-package is missing."
    assert preflight.check_font("No Such Font") == "The font No Such Font cannot be found, or lacks everything."


def test_each_trouble_comes_with_what_to_do(monkeypatch):
    monkeypatch.setattr(preflight, "installed_version", lambda name: "1.0" if name == "jupyterlab_widgets" else "99")
    words = repr(preflight.preflight())
    assert words.startswith("jupyterlab_widgets 3 is needed") and words.endswith("in the folder of the lessons.")


@pytest.fixture
def nowhere(monkeypatch):
    for name in [name for name in os.environ if name.startswith("VSCODE_") or name == "JPY_SESSION_NAME"]:
        monkeypatch.delenv(name)
    return monkeypatch


def test_the_cure_is_one_for_where_the_lesson_runs(nowhere):
    assert preflight.place() == "JupyterLab"
    nowhere.setenv("VSCODE_PID", "1")
    assert preflight.place() == "VS Code"
    nowhere.setenv("JPY_SESSION_NAME", "00_neuron.ipynb")
    assert preflight.place() == "JupyterLab", "one that was started in a terminal of VS Code"
    nowhere.setitem(sys.modules, "google.colab", None)
    assert preflight.place() == "Colab"
    nowhere.setattr(sys, "platform", "emscripten")
    assert preflight.place() == "JupyterLite"


@pytest.mark.parametrize("place", ["Colab", "VS Code", "JupyterLite"])
def test_outside_jupyterlab_its_half_of_the_widgets_is_not_missed(place, monkeypatch):
    monkeypatch.setattr(preflight, "place", lambda: place)
    monkeypatch.setattr(preflight, "installed_version", lambda name: None if "lab" in name else "99")
    assert preflight.preflight() is None
    monkeypatch.setattr(preflight, "check_font", lambda: "No font.")
    assert preflight.preflight().lines == ("No font.", preflight.CURES[place])


def test_an_old_copy_names_the_newest_one_beside_it(monkeypatch, tmp_path):
    for name in ("00_neuron", "00_neuron (new 2)", "00_neuron (new 10)", "01_activations (new 11)"):
        (tmp_path / f"{name}.ipynb").touch()
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "00_neuron.ipynb"))
    assert repr(preflight.preflight()).endswith("beside it: 00_neuron (new 10).ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "00_neuron (new 10).ipynb"))
    assert preflight.preflight() is None


@pytest.mark.parametrize(
    ("have", "wanted", "enough"),
    [
        ("2.10", "2.9", True),
        ("2.9", "2.10", False),
        ("8.0.0rc1", "8", True),
        ("2", "2.0", True),
        ("7.7.0", "7.7.1", False),
    ],
)
def test_versions_compare_as_numbers(have, wanted, enough, monkeypatch):
    monkeypatch.setattr(preflight, "installed_version", lambda name: have)
    assert (list(preflight.check_packages([f"numpy>={wanted}"])) == []) == enough
