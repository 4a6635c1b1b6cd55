"""The project's public addresses: two lines in pyproject.toml, and from there in lessons, README.md, CITATION.cff, the site."""

import re
import subprocess
import sys

import nbformat
import pytest
import run_notebooks
from conftest import PROJECT
from nbclient import NotebookClient
from web import layout, lesson_pages
from web.finishing import parsed

ADDRESS = "https://github.com/someone/neural-lessons"
HOMEPAGE = "https://someone.github.io/neural-lessons/"
LESSONS = sorted(path.name for path in (PROJECT / "notebooks").glob("[0-9]*.ipynb"))


def copied(folder):
    """A copy of all files of the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True, text=True).stdout
    for path in filter(lambda path: path.exists(), (PROJECT / name for name in listed.split("\0") if name)):
        copy = folder / path.relative_to(PROJECT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def project(tmp_path):
    return copied(tmp_path)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A copy that has an address, only to look at."""
    folder = copied(tmp_path_factory.mktemp("published"))
    written(folder, ADDRESS)
    return folder


def run(project, *words):
    return subprocess.run([sys.executable, *words], cwd=project, capture_output=True, text=True)


def written(project, address, name="Repository"):
    """{file: its text} of what has an address in it, after `make address` with this address in pyproject.toml, or none."""
    settings = project / "pyproject.toml"
    line = f'{name} = "{address}"' if address else f"# {name} ="
    text, lines = re.subn(rf"^(# )?{name} =.*$", line, settings.read_text(), flags=re.M)
    assert lines == 1
    settings.write_text(text)
    done = run(project, "tools/address.py")
    assert done.returncode == 0, done.stderr
    files = [project / "README.md", project / "CITATION.cff", *sorted(project.glob("notebooks/*.ipynb"))]
    return {file.name: file.read_text() for file in files}


def cells(project, name):
    return nbformat.read(project / "notebooks" / name, as_version=4).cells


def test_the_files_have_the_address_of_pyproject(project):
    assert run(project, "tools/address.py").stdout == "", "`make address` changes something"


def test_an_address_goes_without_a_trace_and_twice_is_once(project):
    without = written(project, None)
    assert not any(re.search("google.com|google.colab|git[+]https|git clone", text) for text in without.values())
    first = written(project, ADDRESS)
    assert written(project, ADDRESS) == first and all("someone/neural-lessons" in text for text in first.values())
    assert not any("someone/" in text for text in written(project, "https://github.com/other/name.py").values())
    assert written(project, None) == without


def test_each_lesson_has_a_link_and_a_folded_cell_for_colab(published):
    colab = "https://colab.research.google.com/github/someone/neural-lessons/blob/main/notebooks"
    for name in LESSONS:
        title, install, imports = cells(published, name)[:3]
        assert title.source.split("\n\n")[1] == f"[Open in Colab]({colab}/{name})"
        assert install.metadata == {"jupyter": {"source_hidden": True}, "tags": ["colab"]}
        assert imports.id == "imports"


def test_readers_are_told_where_the_project_is(published):
    readme = (published / "README.md").read_text()
    assert f"```\ngit clone {ADDRESS} && cd neural-lessons\nmake lab " in readme
    assert "\n| Colab | *Open in Colab*" in readme
    assert f"\nrepository-code: {ADDRESS}\n" in (published / "CITATION.cff").read_text()


PIP_IS_ONLY_SHOWN = "get_ipython().register_magic_function(print, magic_name='pip')"
AS_IN_COLAB = "import sys, types\nsys.modules['google.colab'] = types.ModuleType('google.colab')"


def test_the_cell_installs_in_colab_and_nowhere_else(published):
    install = cells(published, LESSONS[0])[1].source
    sources = [PIP_IS_ONLY_SHOWN, install, AS_IN_COLAB, install]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(book, kernel_name="python3").execute()
    shown = ["".join(output.text for output in cell.outputs) for cell in book.cells]
    assert shown == ["", "", "", f"install --quiet git+{ADDRESS}\n"]


def test_a_lesson_with_an_address_runs_to_the_same_bytes(published):
    lesson = published / "notebooks" / LESSONS[1]
    assert run_notebooks.rerun(lesson) == lesson.read_text()


def test_lint_and_the_tests_of_the_lessons_hold_with_an_address(published):
    for words in ("check --quiet", "format --check --quiet"):
        assert run(published, "-m", "ruff", *words.split(), "notebooks").returncode == 0
    pytest_here = "-m pytest -n0 -q -p no:cacheprovider tests/lessons/test_notebooks.py -k".split()
    done = run(published, *pytest_here, "not whole and not network")  # a copy has no git
    assert done.returncode == 0, done.stdout


def test_a_page_of_the_site_has_the_link_and_not_the_cell(published, tmp_path):
    body = lesson_pages.lesson_body(published / "notebooks" / LESSONS[0], {}, tmp_path)
    assert "Open in Colab" in body and "google.colab" not in body


def test_the_readme_begins_with_the_link_to_the_web_edition(project):
    without = written(project, None, "Homepage")
    readme = written(project, HOMEPAGE, "Homepage")["README.md"]
    assert readme.splitlines()[1:4] == ["", f"Open the lessons in your browser: {HOMEPAGE}", ""]
    assert written(project, HOMEPAGE, "Homepage")["README.md"] == readme
    both = written(project, ADDRESS)
    assert HOMEPAGE in both["README.md"] and f"git clone {ADDRESS}" in both["README.md"]
    written(project, None)
    assert written(project, None, "Homepage") == without and "in your browser:" not in without["README.md"]


@pytest.mark.parametrize("address", ["", HOMEPAGE])
def test_a_page_of_the_site_says_where_it_is_published(address, tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(f'[project.urls]\nHomepage = "{address}"\n')
    monkeypatch.setattr(layout, "HOME", tmp_path)
    pages = [layout.Page(place, "A", parsed("<h1>A</h1>")) for place in ("index.html", "docs/a.html")]
    links = [parsed(layout.whole(page)).select("link[rel=canonical]") for page in pages]
    wanted = [[address], [f"{address}docs/a.html"]] if address else [[], []]
    assert [[link["href"] for link in each] for each in links] == wanted


@pytest.mark.parametrize(
    "address", [f"https://{rest}" for rest in ("gitlab.com/a/b", "github.com/a", "github.com/a/b.git")]
)
def test_an_address_that_colab_cannot_open_is_refused(address, project):
    (project / "pyproject.toml").write_text(f'[project.urls]\nRepository = "{address}"\n')
    done = run(project, "tools/address.py")
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.endswith(f"and it is {address}.\n")


@pytest.mark.parametrize("address", ["http://a.io/b/", "https://a.github.io/b", "a.github.io"])
def test_an_address_that_is_no_site_is_refused(address, project):
    (project / "pyproject.toml").write_text(f'[project.urls]\nHomepage = "{address}"\n')
    done = run(project, "tools/address.py")
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.endswith(f"and it is {address}.\n")
