"""The page for the teacher: what it tells to click is there, and what it promises is what the demos then say.

In a row of the page *italics* name a demo, as it stands after Reset; **bold** is what is clicked or moved, in order; and
what stands in straight quotes is what the line below the picture then says.
"""

import functools
import re

import nbformat
import pytest
from conftest import PROJECT
from web.click_paths import PLAIN, Path

from nnlessons.live import Demo
from nnlessons.live.calls import call
from nnlessons.live.scene import Scene, say
from nnlessons.live.view import Still

PAGE = (PROJECT / "docs" / "teaching.md").read_text()
README = (PROJECT / "README.md").read_text()
LESSONS = sorted(path.stem for path in (PROJECT / "notebooks").glob("[0-9]*.ipynb"))
every_lesson = pytest.mark.parametrize("stem", LESSONS)
HEADING = re.compile(r"^## \[(.+)\]\(\.\./notebooks/(\w+)\.ipynb\): (.+) minutes$", re.M)
TOKEN = re.compile(r'"([^"]+)"|\*\*((?:\\.|[^*\\])+)\*\*|\*((?:\\.|[^*\\])+)\*')
MADE = r"t_test\) = digits\(|\btrain\("  # in the cells of lesson 8 that make what its later demos show

# -- the page ---------------------------------------------------------------------------------------------------------


def section(stem):
    """(title, minutes, text) of a lesson on the page."""
    found = [match for match in HEADING.finditer(PAGE) if match[2] == stem]
    assert len(found) == 1, (
        f"docs/teaching.md has {len(found)} sections like ## [0 · ...](...): 45 + 25 minutes, for {stem}"
    )
    (heading,) = found
    return heading[1], [int(number) for number in heading[3].split(" + ")], PAGE[heading.end() :].split("\n## ")[0]


def tables(stem):
    """The tables of a lesson, one for each sitting: lists of rows, and a row is a list of its cells."""
    blocks = re.findall(r"^\|.*\n\|[-| ]+\n((?:\|.*\n)+)", section(stem)[2] + "\n", re.M)
    return [[re.split(r"(?<!\\)\|", line)[1:-1] for line in block.splitlines()] for block in blocks]


def rows(stem):
    return [row for table in tables(stem) for row in table]


def unescaped(text):
    return re.sub(r"\\(.)", r"\1", text)


def tokens(text):
    """What a text of the page says, in order: ("says", words), ("move", words) or ("title", words)."""
    for match in TOKEN.finditer(re.sub(r"`[^`]*`", "", text)):
        kind = ("says", "move", "title")[match.lastindex - 1]
        yield kind, unescaped(match[match.lastindex])


# -- a lesson ---------------------------------------------------------------------------------------------------------


@functools.cache
def book(stem):
    return nbformat.read(PROJECT / "notebooks" / f"{stem}.ipynb", as_version=4)


@functools.cache
def text_of(stem):
    return "\n".join(cell.source for cell in book(stem).cells if cell.cell_type == "markdown")


def headings(level, text):
    return re.findall(rf"^{level} (.+)$", text, re.M)


def sittings(stem):
    """The minutes of each sitting, as the lesson's first lines give them."""
    found = re.search(r"^\*About (\d+) minutes(?:, in \w+ sittings: (\d+(?: \+ \d+)+))?", text_of(stem), re.M)
    assert found, f"{stem} does not begin with *About 70 minutes, in two sittings: 40 + 30.*"
    minutes = [int(number) for number in (found[2] or found[1]).split(" + ")]
    assert sum(minutes) == int(found[1]), f"{stem}: {found[0]} does not add up"
    return minutes


@functools.cache
def pictures(stem):
    """{title: [(demo or still picture, description)]} of all that a lesson shows.

    The description in the file, if the lesson's own objects are shown, as they were when the lesson was run; else None.
    """
    first, *cells = [cell for cell in book(stem).cells if cell.cell_type == "code" and cell.id != "colab"]
    names, found = {}, {}
    exec(first.source, names)
    for cell in cells:
        *lines, last = cell.source.splitlines()
        if re.search(MADE, cell.source):
            exec(cell.source, names)
        elif last.startswith("demos."):
            exec("\n".join(lines), names)
            shown = eval(last, names)
            if isinstance(shown, (Demo, Still)):
                (output,) = cell.outputs
                description = output.metadata["image/png"]["alt"] if last.endswith(")") else None
                found.setdefault(shown.title, []).append((shown, description))
    return found


# -- a demo, moved ----------------------------------------------------------------------------------------------------


class Moved(Path):
    """A demo on a click path, with its scene, in which nothing is drawn, and what it says."""

    def __init__(self, demo, text):
        super().__init__(demo)
        self.scene = Undrawn(demo)
        self.text = text or self.scene.text

    def move(self, values, restart=False):
        super().move(values, restart)
        self.scene.move(self.values, restart)
        self.agree()

    def walk(self, last):
        super().walk(last)
        self.scene.run_to(last)
        self.agree()

    def agree(self):
        self.text = self.scene.text
        assert self.scene.values == self.values
        assert self.step == (self.scene.timeline.step if self.demo.start else 0), "the run ends before"


class Undrawn(Scene):
    def show(self, values, timeline):
        state = (timeline.state,) if timeline else ()
        self.text = say(self.demo.readout, call(self.demo.update, values, *state)["readout"])
        self.values, self.timeline = values, timeline


class Described:
    """A picture that isn't moved, with what the lesson's file says of it."""

    def __init__(self, description):
        self.text = description

    def do(self, words):
        raise AssertionError(f"{words}: this picture is still")


def moved(shown, description):
    """A demo to be moved. One that was shown as the lesson was run has said what the lesson's file says."""
    return Moved(shown, description) if isinstance(shown, Demo) else Described(description)


def plain(text):
    return re.sub(r"\s+", " ", text.translate(PLAIN))


def follow(stem, row):
    """Do what a row tells, and yield (what it promises, what is then said)."""
    shown = None
    for kind, words in tokens(" ".join(row)):
        if kind == "title":
            assert words in pictures(stem), f"no demo {words!r} in this lesson: {list(pictures(stem))}"
            shown = [moved(*each) for each in pictures(stem)[words]]
        elif kind == "move":
            assert shown, f"{words} belongs to no demo"
            shown[0].do(words)
        else:
            assert shown, f"{words} belongs to no demo"
            yield words, "\n".join(each.text for each in shown)


# -- the tests --------------------------------------------------------------------------------------------------------


@every_lesson
def test_every_lesson_has_its_section_with_its_title_and_a_link(stem):
    title, _, _ = section(stem)
    assert [title] == headings("#", text_of(stem))


def test_the_lessons_stand_in_order_and_no_other_is_named():
    assert [match[2] for match in HEADING.finditer(PAGE)] == LESSONS


@every_lesson
def test_a_table_for_each_sitting_has_a_row_for_each_of_its_sections(stem):
    parts = text_of(stem).split("*A good place to stop.")
    assert len(tables(stem)) == len(parts)
    for table, part in zip(tables(stem), parts, strict=True):
        named = [name.strip() for row in table for name in row[0].split(";")]
        assert set(named) <= set(headings("#{2,3}", part))
        rows_of = [name for name in named if name in headings("##", part)]
        assert rows_of == headings("##", part), f"docs/teaching.md wants a row for each heading of {stem}, in its order"


@every_lesson
def test_the_minutes_of_the_parts_add_up_to_the_sittings_of_the_lesson(stem):
    _, minutes, _ = section(stem)
    sums = [sum(int(row[1]) for row in table) for table in tables(stem)]
    told = f"docs/teaching.md: rows of {sums} minutes, a heading with {minutes}, and {stem} says {sittings(stem)}"
    assert sums == minutes == sittings(stem), told


@every_lesson
def test_the_places_to_stop_and_the_readme_tell_the_same_minutes(stem):
    minutes = sittings(stem)
    stops = re.findall(r"^\*A good place to stop\. Part \w+ takes about (\d+) minutes\.\*$", text_of(stem), re.M)
    assert [int(number) for number in stops] == minutes[1:]
    row = re.search(rf"^\| \[(.+)\]\(notebooks/{stem}\.ipynb\) \| .+ \| (.+) \|$", README, re.M)
    assert row, f"the table of README.md has no row for {stem}"
    parts = " + ".join(map(str, minutes))
    assert row[2] == (f"{sum(minutes)} = {parts}" if len(minutes) > 1 else parts)
    assert [row[1]] == headings("#", text_of(stem))


@every_lesson
def test_a_section_that_the_text_names_is_one_of_the_lesson(stem):
    text = re.sub(r"^\|.*$", "", section(stem)[2], flags=re.M)
    assert set(re.findall("“(.+?)”", text)) <= set(headings("#{2,3}", text_of(stem)))


@every_lesson
def test_every_demo_of_the_lesson_is_named(stem):
    named = {words for row in rows(stem) for kind, words in tokens(" ".join(row)) if kind == "title"}
    assert named == set(pictures(stem)), f"docs/teaching.md names, in italics, each demo that {stem} shows"


@every_lesson
def test_what_is_told_to_click_is_there_and_then_it_says_what_is_promised(stem):
    promises = [promise for row in rows(stem) for promise in follow(stem, row)]
    assert len(promises) >= len(pictures(stem))
    for promised, said in promises:
        assert plain(promised) in plain(said), said


@every_lesson
def test_each_demo_has_a_question_and_each_lesson_a_short_version(stem):
    for row in rows(stem):
        assert len(row) == 5
        if any(kind == "title" for kind, _ in tokens(row[3])):
            assert "?" in row[2], f"nothing is asked before {row[0]}"
    text = section(stem)[2]
    assert "\nIf there are only 45 minutes: " in text and "\nOn the board: " in text
