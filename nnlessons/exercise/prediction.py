"""A question that the reader answers before a demo, and whose answer the notebook judges after it.

exercises.two_units.ask()      before the demo: the question and its choices
exercises.two_units.judge()    after it: a button that judges the choice
"""

import html
from dataclasses import dataclass, field

import ipywidgets as w

from nnlessons.exercise.kept import keep, kept
from nnlessons.live import stopped
from nnlessons.live.control_style import CONTROL_STYLE
from nnlessons.live.page import close_previous_views
from nnlessons.live.page_helper import PageHelper
from nnlessons.live.widget_versions import live_view

__all__ = ["Prediction", "QuestionView", "answered_on_paper", "asked_on_paper", "spoken"]
__dir__ = __all__.copy  # what Tab shows after `prediction.`

WORDS = {
    "ask": "Prediction: {question}",
    "judge": "How did your prediction do? {question}",
    "button": "Check my prediction",
    "none": "You haven't chosen an answer yet. Choose one above before you look.",
    "right": "You were right: {answer}. {reason}",
    "wrong": "You said: {choice}. The answer is: {answer}. {reason}",
    "answer": "The answer",
}


@dataclass(eq=False)
class Prediction:
    """A question with its choices, the right answer among them, and the reason for it.

    ValueError if the answer isn't one of the choices.
    """

    question: str
    choices: tuple
    answer: str
    reason: str
    chosen: str | None = field(default=None, init=False)

    def __post_init__(self):
        if self.answer not in self.choices:
            raise ValueError(f"answer must be one of {self.choices}, got {self.answer!r}")

    @property
    def choice(self):
        """What the reader has chosen, None at first. In the reader's own copy of a lesson it's kept for another day."""
        if self.chosen is None:
            self.chosen = kept(self.question, self.choices)
        return self.chosen

    @choice.setter
    def choice(self, choice):
        self.chosen = choice
        keep(self.question, self.choices, choice)

    def ask(self):
        """The question with its choices, to be shown as the result of a cell."""
        return QuestionView(self)

    def judge(self):
        """A button that judges the reader's choice, to be shown as the result of a cell."""
        return VerdictView(self)

    def verdict(self):
        """What to say about the reader's choice, with the reason."""
        if self.choice is None:
            return WORDS["none"]
        words = WORDS["right" if self.choice == self.answer else "wrong"]
        return words.format(choice=self.choice, answer=self.answer, reason=self.reason)


class QuestionView:
    """The choices as radio buttons; without a running kernel, a list of them."""

    def __init__(self, prediction):
        self.prediction = prediction

    def _repr_mimebundle_(self, include=None, exclude=None):
        prediction = self.prediction
        self.box = self.widgets()
        close_previous_views("question", prediction.question, self.box)
        return {
            **live_view(self.box),
            "text/html": asked_on_paper(prediction),
            "text/plain": WORDS["ask"].format(question=prediction.question),
        }

    def widgets(self):
        """The question with its choices, as one box."""
        prediction = self.prediction
        self.choices = w.RadioButtons(
            options=prediction.choices, value=prediction.choice, layout=w.Layout(width="auto")
        )
        self.choices.observe(self.keep, "value")
        style = CONTROL_STYLE + stopped.STYLE
        question = w.HTML(f'{style}<b class="nnlib-title">{html.escape(prediction.question)}</b>')
        box = w.VBox([question, self.choices, PageHelper().out_of_sight()])
        box.add_class("nnlib-question")
        return box

    def keep(self, change):
        """Keep the choice that the reader has just made."""
        self.prediction.choice = change["new"]


class VerdictView:
    """A button that judges the choice; without a running kernel, the answer folded away."""

    def __init__(self, prediction):
        self.prediction = prediction

    def _repr_mimebundle_(self, include=None, exclude=None):
        prediction = self.prediction
        self.button = w.Button(description=WORDS["button"], layout=w.Layout(width="max-content"))
        self.text = w.HTML(stopped.STYLE)
        self.button.on_click(self.show_verdict)
        self.box = w.VBox([self.button, self.text, PageHelper().out_of_sight()])
        self.box.add_class("nnlib-question")
        close_previous_views("verdict", prediction.question, self.box)
        return {
            **live_view(self.box),
            "text/html": answered_on_paper(prediction),
            "text/plain": WORDS["judge"].format(question=prediction.question),
        }

    def show_verdict(self, _button=None):
        """Show the verdict below the button, where a screen reader announces it."""
        self.text.value = stopped.STYLE + spoken(self.prediction.verdict())


def asked_on_paper(prediction):
    """A question with its choices as HTML, for a page without a kernel."""
    choices = "".join(f"<li>{html.escape(choice)}</li>" for choice in prediction.choices)
    return f"<p><b>{html.escape(prediction.question)}</b></p><ul>{choices}</ul>"


def answered_on_paper(prediction):
    """Its answer, folded away."""
    answer = html.escape(f"{prediction.answer}. {prediction.reason}")
    return f"<details><summary>{WORDS['answer']}</summary>{answer}</details>"


def spoken(verdict):
    """A verdict as HTML that a screen reader announces."""
    return f'<div class="nnlib-readout" role="status" style="font-size: 15px">{html.escape(verdict)}</div>'
