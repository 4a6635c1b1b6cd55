"""The index: it has every demo that the lessons show, and numbers that stand in the lessons and that tests work out."""

import re

import pytest
from lesson_reader import LESSONS, lessons_linked, names_of_tests, page, printed, shown, source_of_test, tables, written

DEMOS, PICTURES, NUMBERS = tables("index")
IN_THE_TEXT_ONLY = {"0.137", "0.025", "0.002", "0.900", "0.322", "66.5%", "24.5%", "3760"}
IN_THE_TEXT_ONLY |= {"-14.11", "0.1966", "0.0003", "0.2232", "0.280471447"}
IN_A_DEMO = {"7,523", "28,286,480"}  # which says or shows them as it goes on: the test that the row names plays it
IN_ONE_ROW = {r"Bug \d: .+": "Eight bugs to mend"}  # still pictures of the same kind
every_number = pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row[0].replace("`", ""))


def of_lesson(rows, stem, column=2):
    return [row for row in rows if lessons_linked(row[column]) == [stem]]


def title_of_row(title):
    """What a demo is called in its row."""
    return next((row for titles, row in IN_ONE_ROW.items() if re.fullmatch(titles, title)), title)


def stands_in(number, text):
    """Whether a number stands in a text, and not as a part of a longer one."""
    return re.search(rf"(?<![\w.]){re.escape(number)}(?!\w|\.\d)", text.replace("\N{MINUS SIGN}", "-"))


@pytest.mark.parametrize("stem", LESSONS)
def test_the_demos_are_those_that_the_lesson_shows_in_its_order(stem):
    titles = list(dict.fromkeys(title_of_row(title) for title, _, _ in shown(stem)))
    assert len(titles) >= 3, f"{stem} shows fewer than three demos: {titles}"
    rows = [title for title, _, _ in of_lesson(DEMOS, stem)]
    assert rows == titles, f"docs/index.md wants a row for each demo of {stem}, in the lesson's order"
    still = {title_of_row(title) for title, _, live in shown(stem) if not live}
    assert {title for title, about, _ in of_lesson(DEMOS, stem) if about.startswith("Still picture:")} == still


@pytest.mark.parametrize("stem", LESSONS)
def test_the_pictures_are_those_in_the_text_of_the_lesson_in_its_order(stem):
    in_the_text = re.findall(r'<img src="\.\./images/(\w+)\.png"', written(stem))
    rows = [row[0] for row in of_lesson(PICTURES, stem)]
    wanted = [f"[{one}](../images/{one}.png)" for one in in_the_text]
    assert rows == wanted, f"docs/index.md wants a row for each picture in the text of {stem}, in the lesson's order"


@every_number
def test_a_number_stands_in_its_lesson(row):
    (stem,) = lessons_linked(row[2])
    outputs = "\n".join([*printed(stem).values(), *(words for _, words, _ in shown(stem))])
    numbers = re.findall(r"`([^`]+)`", row[0])
    assert row[0] == ", ".join(f"`{number}`" for number in numbers)
    for number in set(numbers) - IN_A_DEMO:
        where = written(stem) if number in IN_THE_TEXT_ONLY else outputs
        assert stands_in(number, where), number
        assert number not in IN_THE_TEXT_ONLY or not stands_in(number, outputs), f"{number} is printed"


def test_every_number_names_a_test_that_exists():
    for number, _, _, test in NUMBERS:
        name = test.strip("`")
        found = names_of_tests()[name]
        assert test == f"`{name}`" and found == 1, f"{number}: there are {found} tests of the name {name}"
        for one in IN_A_DEMO & set(re.findall(r"`([^`]+)`", number)):
            assert one.replace(",", "_") in source_of_test(name), f"{name} is to compare {one} with what the demo shows"


def test_no_number_has_two_rows_and_the_lessons_stand_in_order():
    for rows in (DEMOS, PICTURES, NUMBERS):
        links = [lessons_linked(row[2]) for row in rows]
        assert links == sorted(links)
        assert len({row[0] for row in rows}) == len(rows)
    named = {stem for (stem,) in map(lessons_linked, (row[2] for row in NUMBERS))}
    assert named == set(LESSONS), "docs/index.md wants a worked number of each lesson"
    assert 40 <= len(NUMBERS) <= 75


def test_what_is_said_is_one_short_sentence():
    for about in (row[1] for row in DEMOS + PICTURES + NUMBERS):
        assert re.match(r"[A-Z0-9$(]", about) and about.endswith((".", "?")) and len(about.split()) >= 4, about
        assert len(about) <= 160 and not re.search(r"[.?!] [A-Z]", about), about


def test_every_table_of_the_page_is_looked_at():
    assert len(re.findall(r"^\| *[^|]* \|", page("index"), re.M)) == len(DEMOS + PICTURES + NUMBERS) + 3
