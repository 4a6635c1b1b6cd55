"""The files for maintainers agree with each other, and with what they are about."""

import json
import re
import subprocess

import nbformat
import pytest
from conftest import PROJECT

import nnlib

TEXTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in PROJECT.glob("docs/*.md"))]


def read(name):
    return (PROJECT / name).read_text(encoding="utf-8")


def test_the_changelog_and_the_citation_have_the_version_of_the_package():
    assert re.search(r"^## (\S+),", read("CHANGELOG.md"), re.M)[1] == nnlib.__version__
    assert re.search(r"^version: (\S+)$", read("CITATION.cff"), re.M)[1] == nnlib.__version__


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_in_a_text_is_one_of_makes(name):
    targets = set(re.findall(r"^([\w-]+):", read("Makefile"), re.M))
    assert set(re.findall(r"`make ([\w-]+)|^make ([\w-]+)", read(name), re.M)) <= {
        pair for target in targets for pair in ((target, ""), ("", target))
    }


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"])
def test_every_path_in_a_text_is_there(name):
    made_by_a_command = ("my_notebooks", "class_notebooks", "site", ".baked", ".venv")
    placeholders = ("notebooks/09_name.ipynb", "nnlessons/name/")
    paths = re.findall(r"`([\w.]+/[\w./]*)`", read(name))
    paths = [path for path in paths if not path.startswith(made_by_a_command) and path not in placeholders]
    assert [
        path for path in paths if not list(PROJECT.glob(path)) and not list(PROJECT.glob(f"nnlessons/{path}"))
    ] == []


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [
        ("notebooks/00_neuron.ipynb", "diff", "jupyternotebook"),
        ("notebooks/solutions/00_neuron.ipynb", "merge", "jupyternotebook"),
        ("requirements.lock", "linguist-generated", "set"),
        ("images/web_edition.webp", "linguist-generated", "set"),
    ],
)
def test_git_knows_which_files_are_notebooks_and_which_are_made(path, attribute, value):
    command = ["git", "check-attr", attribute, "--", path]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == f"{path}: {attribute}: {value}\n" and (PROJECT / path).exists()


def test_the_dev_container_makes_the_environment_that_it_names():
    container = json.loads(read(".devcontainer/devcontainer.json"))
    python, script = container["postCreateCommand"].split()
    assert (python, (PROJECT / script).exists()) == ("python3", True)
    assert "/.venv/bin/python" in json.dumps(container["customizations"]) and container["forwardPorts"] == [8888]


def test_the_import_in_the_changelog_is_that_of_lesson_0():
    (imports,) = (
        cell for cell in nbformat.read(PROJECT / "notebooks/00_neuron.ipynb", 4).cells if cell.id == "imports"
    )
    assert re.search(r"`(from nnlessons[^`]+)`", read("CHANGELOG.md"))[1] in imports.source.splitlines()
