"""Recall questions: each is answered below its choices as soon as one is chosen, and the next day too."""

from live_widgets import shown, within

from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall, RecallView


def question(text="How many lines?"):
    return Prediction(text, ("none", "one < two", "three"), answer="one < two", reason="Because 1 < 2.")


def test_nothing_is_said_before_a_choice_and_then_whether_it_is_right():
    view = RecallView(question())
    box = view.widgets()
    assert view.text in within(box) and view.text.value == ""
    view.choices.value = "three"
    assert (
        ">Not quite. The answer is: one &lt; two. Because 1 &lt; 2.<" in view.text.value and "status" in view.text.value
    )
    view.choices.value = "one < two"
    assert ">That&#x27;s right. Because 1 &lt; 2.<" in view.text.value


def test_an_answer_is_there_with_its_verdict_the_next_day(tmp_path, monkeypatch):
    (tmp_path / "my_notebooks").mkdir()
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "my_notebooks" / "01_a.ipynb"))
    today = RecallView(question())
    today.widgets()
    today.choices.value = "three"
    tomorrow = RecallView(question())
    tomorrow.widgets()
    assert tomorrow.choices.value == "three" and "Not quite" in tomorrow.text.value


def test_a_recall_shows_all_its_questions_and_folds_the_answers_on_paper():
    recall = Recall((question(), question("How many planes?")))
    bundle = recall._repr_mimebundle_()
    assert len([each for each in within(shown(bundle)) if hasattr(each, "options")]) == 2
    for words in (
        "<b>How many lines?</b>",
        "<b>How many planes?</b>",
        "<details><summary>The answer</summary>one &lt; two. ",
    ):
        assert words in bundle["text/html"]
    assert bundle["text/plain"] == "Do you remember? How many lines? How many planes?"
