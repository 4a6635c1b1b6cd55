"""The files of the lessons in JupyterLite: the lock and its wheels agree, the lessons are as the browser saves them, and only
one address of another host is in it."""

import ast
import hashlib
import json
import re
import shutil
import sys
import zipfile

import nbformat
import pytest
from conftest import PROJECT
from lite import contents, edition, packages


@pytest.fixture(scope="module")
def folder(site):
    return site / "try"


@pytest.fixture(scope="module")
def lock(folder):
    return json.loads((folder / edition.PACKAGES / "pyodide-lock.json").read_text())["packages"]


def settings(folder):
    return json.loads((folder / "jupyter-lite.json").read_text())["jupyter-config-data"]


def test_the_lock_and_its_files_agree(folder, lock):
    ours = {entry["file_name"] for entry in lock.values() if "//" not in entry["file_name"]}
    assert ours == {path.name for path in (folder / edition.PACKAGES).glob("*.whl")}
    for name, entry in lock.items():
        assert name == entry["name"].lower() and re.fullmatch(r"[0-9a-f]{64}", entry["sha256"])
        assert set(entry["depends"]) <= set(lock), name
        if entry["file_name"] in ours:
            wheel = folder / edition.PACKAGES / entry["file_name"]
            assert hashlib.sha256(wheel.read_bytes()).hexdigest() == entry["sha256"]
            assert entry["imports"], name
    modules = [module for entry in lock.values() for module in entry["imports"]]
    assert sorted(modules) == sorted(set(modules))


def test_what_is_preloaded_and_what_the_lessons_import_is_in_the_lock(folder, lock):
    kernel = settings(folder)["litePluginSettings"][edition.KERNEL]
    assert set(kernel["loadPyodideOptions"]["packages"]) <= set(lock)
    modules = {module for entry in lock.values() for module in entry["imports"]}
    for path in (PROJECT / "notebooks").glob("[0-9]*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and "colab" not in cell.metadata.get("tags", []):
                for node in ast.walk(ast.parse(cell.source)):
                    names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                    names += [node.module] if isinstance(node, ast.ImportFrom) else []
                    assert {name.partition(".")[0] for name in names} - {"torch", *sys.stdlib_module_names} <= modules


def test_the_package_is_todays(folder, lock):
    with zipfile.ZipFile(folder / edition.PACKAGES / lock["nnlib"]["file_name"]) as wheel:
        for path in [
            *PROJECT.glob("nnlib/**/*.py"),
            *PROJECT.glob("nnlessons/**/*.py"),
            *PROJECT.glob("nnlessons/**/*.js"),
        ]:
            assert wheel.read(path.relative_to(PROJECT).as_posix()) == path.read_bytes()
    assert {"numpy", "matplotlib", "pillow", "ipywidgets", "anywidget", "tqdm"} <= set(lock["nnlib"]["depends"])


def test_the_only_other_host_is_pyodides(folder, lock):
    assert {entry["file_name"].rpartition("/")[0] + "/" for entry in lock.values() if "//" in entry["file_name"]} == {
        packages.PYODIDE
    }
    assert settings(folder)["litePluginSettings"][edition.KERNEL]["pyodideUrl"] == packages.PYODIDE + "pyodide.mjs"
    assert settings(folder)["litePluginSettings"][edition.KERNEL]["disablePyPIFallback"]
    (kernel,) = (folder / "extensions").glob("@jupyterlite/pyodide-kernel-extension/static/2*.js")
    assert packages.PYODIDE + "pyodide.mjs" in "".join(path.read_text() for path in kernel.parent.glob("*.js")), (
        "the kernel goes with another Pyodide"
    )


def test_the_lessons_are_there_as_the_browser_saves_them(folder):
    files = folder / "files"
    versions = json.loads(settings(folder)["nnlibVersions"])
    for path in [*PROJECT.glob("notebooks/[0-9]*.ipynb"), *PROJECT.glob("notebooks/solutions/*.ipynb")]:
        place = path.relative_to(PROJECT).as_posix()
        original, book = (nbformat.read(one, as_version=4) for one in (path, files / place))
        kept = [cell for cell in original.cells if "colab" not in cell.metadata.get("tags", [])]
        assert [cell.source for cell in book.cells] == [cell.source for cell in kept]
        assert {name: book.metadata[name] for name in contents.KERNEL} == contents.KERNEL
        assert book.metadata.nnlib.version == versions[place]
    assert {path.name for path in (files / "images").iterdir()} == {
        path.name for path in (PROJECT / "images").iterdir()
    }
    assert {path.name for path in (files / "docs").glob("*.md")} == {
        path.name for path in (PROJECT / "docs").glob("*.md")
    }


def test_another_text_is_another_version():
    book = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": "a"}], "metadata": {}}
    other = {**book, "cells": [{**book["cells"][0], "source": "b"}]}
    version = contents.for_the_browser(book)["metadata"]["nnlib"]["version"]
    assert version == contents.for_the_browser(book)["metadata"]["nnlib"]["version"]
    assert version != contents.for_the_browser(other)["metadata"]["nnlib"]["version"]


# -- a copy of Pyodide ------------------------------------------------------------------------------------------------


@pytest.fixture
def pyodide(tmp_path, monkeypatch):
    """A folder like Pyodide's, with files of another content, whose hashes are known."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    compiled = {}
    for name, entry in packages.COMPILED["packages"].items():
        content = name.encode()
        (folder / entry["file_name"]).write_bytes(content)
        compiled[name] = {**entry, "sha256": hashlib.sha256(content).hexdigest()}
    for name in (*packages.CORE, "console.html", "scipy.whl"):
        (folder / name).write_text(name)
    monkeypatch.setattr(packages, "COMPILED", {**packages.COMPILED, "packages": compiled})
    return folder


def test_a_copy_of_pyodide_is_trimmed_and_then_no_other_host_is_named(pyodide, tmp_path):
    packages.write_packages(tmp_path / "out", pyodide)
    lock = json.loads((tmp_path / "out" / "pyodide-lock.json").read_text())["packages"]
    assert all((tmp_path / "out" / entry["file_name"]).is_file() for entry in lock.values())
    assert {path.name for path in pyodide.iterdir()} - {path.name for path in (tmp_path / "out").iterdir()} == {
        "console.html",
        "scipy.whl",
    }


def test_a_folder_that_is_not_a_complete_pyodide_is_refused(pyodide, tmp_path):
    numpy = pyodide / packages.COMPILED["packages"]["numpy"]["file_name"]
    numpy.write_bytes(b"another one")
    with pytest.raises(SystemExit, match=f"PYODIDE: .* has another {re.escape(numpy.name)} than Pyodide 314"):
        packages.write_packages(tmp_path / "one", pyodide)
    numpy.unlink()
    with pytest.raises(SystemExit, match=f"PYODIDE: .*isn't a complete Pyodide: it has no {re.escape(numpy.name)}"):
        packages.write_packages(tmp_path / "two", pyodide)
    shutil.rmtree(pyodide)
    with pytest.raises(SystemExit, match=r"it has no pyodide\.mjs"):
        packages.write_packages(tmp_path / "three", pyodide)


def test_a_package_that_needs_what_is_not_there_is_refused():
    entry = {"name": "a", "depends": ["b"], "imports": ["a"]}
    with pytest.raises(SystemExit, match="a needs b, which tools/lite/wheels.in doesn't have"):
        packages.complete({"a": entry}, {})


def test_downloads_that_fail_leave_nothing_half_done(tmp_path, monkeypatch):
    (lock := tmp_path / "wheels.lock").write_text("six==1.17.0 --hash=sha256:" + "0" * 64 + "\n")
    monkeypatch.setattr(packages, "DOWNLOADED", tmp_path / "downloaded")
    with pytest.raises(SystemExit, match="couldn't be downloaded"):
        packages.download(lock, tmp_path / "downloaded" / "whole")
    assert not (tmp_path / "downloaded" / "whole").exists()


def test_the_versions_agree_with_the_lessons_own(lock):
    ours = (PROJECT / "requirements.lock").read_text()
    for name in ("ipywidgets", "anywidget", "psygnal", "comm"):
        assert f"\n{name}=={lock[name]['version']} " in ours
