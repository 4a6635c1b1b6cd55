"""A prediction: the reader commits to an answer, plays, and is then told whether it holds and why.

exercises.some_question.ask()      before the demo: the question's choices
exercises.some_question.judge()    after it: a button that judges the choice
"""

import html
from dataclasses import dataclass, field

import ipywidgets as w

from nnlessons.live.page import close_previous_views

WORDS = {
    "ask": "Prediction: {question}",
    "judge": "What became of the prediction: {question}",
    "button": "Judge my prediction",
    "none": "You have not chosen an answer yet: do so above, before you look.",
    "right": "As you said: {right}.",
    "wrong": "You said: {said}. It is: {right}.",
    "answer": "The answer",
}


@dataclass(frozen=True, eq=False)
class Prediction:
    """A question, its choices, the right one of them and the reason. The reader's choice is kept as long as the kernel."""

    question: str
    choices: tuple
    right: str
    reason: str
    said: list = field(default_factory=lambda: [None], init=False)  # one place: the reader's choice

    def __post_init__(self):
        if self.right not in self.choices:
            raise ValueError(f"right must be one of {self.choices}, got {self.right!r}")

    @property
    def choice(self):
        return self.said[0]

    def ask(self):
        return Asked(self)

    def judge(self):
        return Judged(self)

    def verdict(self):
        """What to say to the reader's choice."""
        if self.choice is None:
            return WORDS["none"]
        words = WORDS["right" if self.choice == self.right else "wrong"].format(said=self.choice, right=self.right)
        return f"{words} {self.reason}"


class Asked:
    """The choices on the page; without a running kernel, a list of them."""

    def __init__(self, prediction):
        self.prediction = prediction

    def _repr_mimebundle_(self, include=None, exclude=None):
        prediction = self.prediction
        self.choices = w.RadioButtons(
            options=prediction.choices, value=prediction.choice, layout=w.Layout(width="auto")
        )
        self.choices.observe(lambda change: prediction.said.__setitem__(0, change["new"]), "value")
        self.box = w.VBox([w.HTML(f"<b>{html.escape(prediction.question)}</b>"), self.choices])
        close_previous_views("question", prediction.question, self.box)
        items = "".join(f"<li>{html.escape(choice)}</li>" for choice in prediction.choices)
        return {
            **self.box._repr_mimebundle_(),
            "text/html": f"<p><b>{html.escape(prediction.question)}</b></p><ul>{items}</ul>",
            "text/plain": WORDS["ask"].format(question=prediction.question),
        }


class Judged:
    """A button that judges the choice; without a running kernel, the answer folded away."""

    def __init__(self, prediction):
        self.prediction = prediction

    def _repr_mimebundle_(self, include=None, exclude=None):
        prediction = self.prediction
        self.button = w.Button(description=WORDS["button"], layout=w.Layout(width="max-content"))
        self.text = w.HTML()
        self.button.on_click(self.tell)
        self.box = w.VBox([self.button, self.text])
        close_previous_views("verdict", prediction.question, self.box)
        answer = f"{html.escape(prediction.right)}. {html.escape(prediction.reason)}"
        return {
            **self.box._repr_mimebundle_(),
            "text/html": f"<details><summary>{WORDS['answer']}</summary>{answer}</details>",
            "text/plain": WORDS["judge"].format(question=prediction.question),
        }

    def tell(self, _button=None):
        self.text.value = f'<div role="status" style="font-size: 15px">{html.escape(self.prediction.verdict())}</div>'
