"""Predictions made in a reader's own copy of a lesson are there the next day, and never get in the way."""

import json

import pytest

from nnlessons.exercise.prediction import Prediction

LESSON = "01_a.ipynb"


def question(text="How many?", choices=("one", "two", "three")):
    """The question of a lesson, as on a new day: in a new kernel."""
    return Prediction(text, choices, answer=choices[0], reason="")


@pytest.fixture
def copies(tmp_path, monkeypatch):
    """The folder of the reader's copies. One of them is open."""
    folder = tmp_path / "my_notebooks"
    folder.mkdir()
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / LESSON))
    return folder


def choose(choice, prediction):
    asked = prediction.ask()
    asked._repr_mimebundle_()
    asked.choices.value = choice


def shown(prediction):
    """What the reader sees chosen."""
    asked = prediction.ask()
    asked._repr_mimebundle_()
    return asked.choices.value


def test_a_choice_is_there_the_next_day(copies):
    choose("two", question())
    assert shown(question()) == "two"
    assert "You said: two." in question().verdict(), "also if the question's cell hasn't run"
    choose("three", question())
    assert shown(question()) == "three", "the latest counts"
    assert [path.name for path in copies.iterdir()] == [".predictions.json"]


def test_each_question_and_each_copy_has_its_own(copies, monkeypatch):
    choose("two", question())
    choose("one", question("How few?"))
    assert shown(question()) == "two" and shown(question("How few?")) == "one"
    monkeypatch.setenv("JPY_SESSION_NAME", str(copies / "01_a (new 2).ipynb"))
    assert shown(question()) is None
    choose("three", question())
    monkeypatch.setenv("JPY_SESSION_NAME", str(copies / LESSON))
    assert shown(question()) == "two"


@pytest.mark.parametrize("text, choices", [("How many now?", ("one", "two")), ("How many?", ("one", "two", "many"))])
def test_a_question_that_has_changed_is_asked_again(text, choices, copies):
    choose("two", question())
    assert shown(question(text, choices)) is None


@pytest.mark.parametrize("place", ["notebooks", "class_notebooks", None])
def test_nothing_is_kept_of_any_other_lesson(place, tmp_path, monkeypatch):
    if place is None:
        monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
        monkeypatch.chdir(tmp_path)
    else:
        (tmp_path / place).mkdir()
        monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / place / LESSON))
    choose("two", question())
    assert shown(question()) is None and not list(tmp_path.rglob(".*"))


KEY = "How many?\none\ntwo\nthree"
BROKEN = ["", "{", "[]", "7", "null", '{"01_a.ipynb": 7}', '{"01_a.ipynb": [1, 2]}', "[" * 100_000]
BROKEN += [json.dumps({LESSON: {KEY: choice}}) for choice in ("four", 7, None, ["two"])]


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text[:30] or "empty")
def test_a_broken_file_is_no_trouble_and_is_replaced(text, copies):
    (copies / ".predictions.json").write_text(text)
    assert shown(question()) is None
    choose("two", question())
    assert shown(question()) == "two"


def test_bytes_that_are_no_text_are_no_trouble(copies):
    (copies / ".predictions.json").write_bytes(b"\xff\x00")
    assert shown(question()) is None


def test_if_it_cannot_be_kept_the_lesson_goes_on(copies):
    (copies / ".predictions.json").mkdir()
    prediction = question()
    choose("two", prediction)
    assert prediction.choice == "two" and shown(question()) is None


def test_if_the_disk_is_full_what_was_kept_stays(copies, monkeypatch):
    choose("two", question())
    before = (copies / ".predictions.json").read_bytes()

    def full(path, text, **_):
        path.write_bytes(text.encode()[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    choose("three", question())
    assert (copies / ".predictions.json").read_bytes() == before
