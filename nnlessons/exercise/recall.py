"""Questions at the start of a lesson about the lessons before. Each is answered as soon as the reader has chosen."""

from dataclasses import dataclass

import ipywidgets as w

from nnlessons.exercise.prediction import QuestionView, answered_on_paper, asked_on_paper, spoken
from nnlessons.live.page import close_previous_views
from nnlessons.live.widget_versions import live_view

__all__ = ["Recall"]
__dir__ = __all__.copy  # what Tab shows after `recall.`

WORDS = {
    "recall": "Do you remember? {questions}",
    "right": "That's right. {reason}",
    "wrong": "Not quite. The answer is: {answer}. {reason}",
}


@dataclass(frozen=True, eq=False)
class Recall:
    """Some questions, each a `Prediction` with its answer and the reason for it."""

    questions: tuple

    def _repr_mimebundle_(self, include=None, exclude=None):
        box = w.VBox([RecallView(question).widgets() for question in self.questions])
        close_previous_views("recall", self.questions[0].question, box)
        return {
            **live_view(box),
            "text/html": "".join(asked_on_paper(each) + answered_on_paper(each) for each in self.questions),
            "text/plain": WORDS["recall"].format(questions=" ".join(each.question for each in self.questions)),
        }


class RecallView(QuestionView):
    """A question whose answer appears below the choices once the reader has chosen."""

    def widgets(self):
        box = super().widgets()
        self.text = w.HTML()
        self.show_verdict()
        *above, helper = box.children
        box.children = (*above, self.text, helper)
        return box

    def keep(self, change):
        super().keep(change)
        self.show_verdict()

    def show_verdict(self):
        """Show whether the choice is right, if there is one."""
        question = self.prediction
        if question.choice is not None:
            words = WORDS["right" if question.choice == question.answer else "wrong"]
            self.text.value = spoken(words.format(answer=question.answer, reason=question.reason))
