"""What the tests of the lessons look at: what a lesson says, prints and shows, and a demo in words; pages; and the tests."""

import collections
import functools
import importlib
import pkgutil
import re

import nbformat
from conftest import PROJECT

import nnlessons
from nnlessons.live.calls import call
from nnlessons.live.scene import say
from nnlessons.wording import MINUS

LESSONS = sorted(path.stem for path in (PROJECT / "notebooks").glob("[0-9]*.ipynb"))
LINK = r"\[(\d)\]\(\.\./notebooks/(\w+)\.ipynb\)"  # to a lesson, as on the pages in docs/


@functools.cache
def cells(stem):
    return nbformat.read(PROJECT / "notebooks" / f"{stem}.ipynb", as_version=4).cells


def printed(stem):
    """{id of a cell: what its code has printed}, as saved in a lesson."""
    return {
        cell.id: "".join(output.get("text", "") for output in cell.outputs)
        for cell in cells(stem)
        if cell.cell_type == "code"
    }


def written(stem):
    """The text of a lesson."""
    return "\n\n".join(cell.source for cell in cells(stem) if cell.cell_type == "markdown")


def prose(text):
    """A text without code, formulas, addresses and tags."""
    return re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|<[^>]+>|https?://\S+", " ", text, flags=re.S)


def shown(stem):
    """[(title, words, whether it is live) of each picture that a lesson's code shows], in order."""
    outputs = [output for cell in cells(stem) if cell.cell_type == "code" for output in cell.outputs]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    found = []
    for output in pictures:
        words, text = output.metadata["image/png"]["alt"], output.data["text/plain"]
        live = text.startswith("Interactive demo: ")
        found.append((text.removeprefix("Interactive demo: ") if live else words.split(". ")[0], words, live))
    return found


NUMBER = re.compile(r"(?<![\w.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:e[-+]?\d+)?")


def numbers_in(text):
    """The numbers of a text: -0.5, 1,000 and 4e-7, with a real minus or a hyphen; not the digits of a name such as w0."""
    return [float(number.replace(",", "")) for number in NUMBER.findall(text.replace(MINUS, "-"))]


def page(name):
    return (PROJECT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def tables(name):
    """[[row, each a list of its cells] of each table] of a page in docs/, without the heads."""
    found = []
    for block in re.findall(r"(?:^\|.*\|\n)+", page(name), re.M):
        head, line, *rows = ([cell.strip() for cell in row.strip("|").split(" | ")] for row in block.splitlines())
        assert line == ["|".join(["---"] * len(head))], head
        assert all(len(row) == len(head) and all(row) for row in rows), [row for row in rows if len(row) != len(head)]
        found.append(rows)
    return found


def forms(word):
    """A word with the endings that it may have."""
    stem = re.sub(r"(?<=[^s])s$", "", word.lower())
    plural = {"y": stem[:-1] + "ies", "x": stem[:-1] + "ces"}.get(stem[-1])
    return "|".join(re.escape(form) for form in (stem, plural) if form)


def lessons_linked(cell):
    """The lessons that a cell of a table links, and nothing but links: their names, each under its number."""
    links = re.findall(LINK, cell)
    assert links and re.fullmatch(rf"{LINK}(, {LINK})*", cell), cell
    assert all(stem in LESSONS and int(stem[:2]) == int(number) for number, stem in links), cell
    return [stem for _, stem in links]


def in_lessons(kind):
    """{"neuron.weights": the demo, ...}: all demos, exercises or predictions that the lessons' modules hold, each once."""
    found = {}
    for module in pkgutil.walk_packages(nnlessons.__path__, "nnlessons."):
        lesson = module.name.split(".")[1]
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, kind) and not any(value is other for other in found.values()):
                found[f"{lesson}.{name}"] = value
    return found


def source_of_test(name):
    """The code of the test of this name."""
    files = (PROJECT / "tests").rglob("test_*.py")
    (source,) = re.findall(rf"^def {name}\(.*?(?=^\S|\Z)", "\n".join(file.read_text() for file in files), re.M | re.S)
    return source


@functools.cache
def names_of_tests():
    """{name of a test: how many there are of that name}."""
    files = (PROJECT / "tests").rglob("test_*.py")
    return collections.Counter(
        name for file in files for name in re.findall(r"^def (test_\w+)\(", file.read_text(), re.M)
    )


def said_by(demo, **values):
    """The line under a demo's picture, with these controls moved. (Tests of the demos see that it is shown.)"""
    patch = call(demo.update, {**demo.beginning, **values})
    return say(demo.readout, patch["readout"])


def walked(demo, steps, **values):
    """(state, line under the picture) so many steps on, or where it ends before."""
    values = {**demo.beginning, **values}
    state = call(demo.start, values)
    for _ in range(steps):
        following = call(demo.advance, values, state)
        if following is None:
            break
        state = following
    return state, say(demo.readout, call(demo.update, values, state)["readout"])
