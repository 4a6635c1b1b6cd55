"""The glossary: every bold word of the lessons once, in order, and told in words that have come before."""

import re

import pytest
from lesson_reader import LESSONS, forms, lessons_linked, tables, written

(ROWS,) = tables("glossary")


def uses(meaning, word):
    """Whether a word or one of its forms stands in a meaning, outside of code."""
    text = re.sub(r"`[^`]*`", "", meaning).lower()
    return re.search(rf"(?<![\w-])({forms(word)})(s|es|d|ed|ing)?(?![\w-])", text)


def is_word(bold):
    """Whether it's a word, and not a sentence or a run-in heading: these are longer, end like one, or have a colon."""
    return len(bold.split()) <= 3 and not bold.endswith((".", "?")) and ":" not in bold


@pytest.mark.parametrize("stem", LESSONS)
def test_the_words_of_a_lesson_come_in_the_order_they_are_first_bold(stem):
    bold = list(dict.fromkeys(word.lower() for word in re.findall(r"\*\*([^*]+)\*\*", written(stem)) if is_word(word)))
    rows = [word.lower() for word, _, link in ROWS if lessons_linked(link) == [stem]]
    assert rows == bold, f"docs/glossary.md wants a row for each bold word of {stem}, in the lesson's order"


def test_no_word_has_two_rows_and_the_lessons_stand_in_order():
    words = [word.lower() for word, _, _ in ROWS]
    assert sorted(words) == sorted(set(words))
    assert len({forms(word) for word in words}) == len(words), "one word in singular and in plural"
    links = [lessons_linked(link) for _, _, link in ROWS]
    assert links == sorted(links) and len(links) > 90


def test_a_meaning_is_short_and_whole():
    for word, meaning, _ in ROWS:
        assert re.match(r"[A-Z0-9$]", meaning) and meaning.endswith((".", "?")), word
        assert len(meaning) <= 160, word


def test_no_meaning_needs_a_word_of_a_later_lesson():
    lesson = {word: lessons_linked(link) for word, _, link in ROWS}
    early = {
        (word, other)
        for word, meaning, _ in ROWS
        for other in lesson
        if lesson[other] > lesson[word] and uses(meaning, other)
    }
    assert not early
