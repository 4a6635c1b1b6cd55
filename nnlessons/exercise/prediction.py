"""A prediction: the reader commits to an answer, plays, and is then told whether it holds and why.

exercises.some_question.ask()      before the demo: the question's choices
exercises.some_question.judge()    after it: a button that judges the choice
"""

import html
from dataclasses import dataclass, field

import ipywidgets as w

from nnlessons.live.page import close_all, retire_older

WORDS = {
    "ask": "Prediction: {question}",
    "judge": "What became of the prediction: {question}",
    "button": "Judge my prediction",
    "none": "You have not chosen an answer yet: do so above, before you look.",
    "right": "As you said: {answer}.",
    "wrong": "You said: {choice}. It is: {answer}.",
    "answer": "The answer",
}


@dataclass(eq=False)
class Prediction:
    """A question, its choices, the right one of them and the reason. The reader's choice is kept as long as the kernel."""

    question: str
    choices: tuple
    answer: str
    reason: str
    choice: str | None = field(default=None, init=False)

    def __post_init__(self):
        if self.answer not in self.choices:
            raise ValueError(f"answer must be one of {self.choices}, got {self.answer!r}")

    def ask(self):
        return QuestionView(self)

    def judge(self):
        return VerdictView(self)

    def verdict(self):
        """What to say to the reader's choice."""
        if self.choice is None:
            return WORDS["none"]
        words = WORDS["right" if self.choice == self.answer else "wrong"].format(choice=self.choice, answer=self.answer)
        return f"{words} {self.reason}"


class QuestionView:
    """The choices on the page; without a running kernel, a list of them."""

    def __init__(self, prediction):
        self.prediction = prediction

    def _repr_mimebundle_(self, include=None, exclude=None):
        prediction = self.prediction
        self.choices = w.RadioButtons(
            options=prediction.choices, value=prediction.choice, layout=w.Layout(width="auto")
        )
        self.choices.observe(lambda change: setattr(prediction, "choice", change["new"]), "value")
        self.box = w.VBox([w.HTML(f"<b>{html.escape(prediction.question)}</b>"), self.choices])
        retire_older((prediction, "ask"), self)
        items = "".join(f"<li>{html.escape(choice)}</li>" for choice in prediction.choices)
        return {
            **self.box._repr_mimebundle_(),
            "text/html": f"<p><b>{html.escape(prediction.question)}</b></p><ul>{items}</ul>",
            "text/plain": WORDS["ask"].format(question=prediction.question),
        }

    def close(self):
        close_all(self.box)


class VerdictView:
    """A button that judges the choice; without a running kernel, the answer folded away."""

    def __init__(self, prediction):
        self.prediction = prediction

    def _repr_mimebundle_(self, include=None, exclude=None):
        prediction = self.prediction
        self.button = w.Button(description=WORDS["button"], layout=w.Layout(width="max-content"))
        self.text = w.HTML()
        self.button.on_click(self.tell)
        self.box = w.VBox([self.button, self.text])
        retire_older((prediction, "judge"), self)
        answer = f"{html.escape(prediction.answer)}. {html.escape(prediction.reason)}"
        return {
            **self.box._repr_mimebundle_(),
            "text/html": f"<details><summary>{WORDS['answer']}</summary>{answer}</details>",
            "text/plain": WORDS["judge"].format(question=prediction.question),
        }

    def tell(self, _button=None):
        self.text.value = f'<div role="status" style="font-size: 15px">{html.escape(self.prediction.verdict())}</div>'

    def close(self):
        close_all(self.box)
