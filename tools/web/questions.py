"""Predictions and questions about earlier lessons. page.js makes the choices into buttons and judges what's chosen.

Without it, a question is a list of choices, and its answer is folded.
"""

import html
import json

from nnlessons.exercise.prediction import WORDS as PREDICTION
from nnlessons.exercise.recall import WORDS as RECALL

QUESTION = """<div class="question" id="{id}" data-answer="{answer}">
<p class="asked" id="{id}-asked">{question}</p>
<ul>{choices}</ul>
</div>
"""
VERDICT = """<div class="verdict" data-question="{id}" data-words="{words}">
<details data-of="{question}"><summary>The answer</summary><p><strong>{answer}.</strong> {reason}</p></details>
</div>
"""


def asked(question, id):
    choices = "".join(f"<li>{html.escape(choice)}</li>" for choice in question.choices)
    answer = question.choices.index(question.answer)
    return QUESTION.format(id=id, answer=answer, question=html.escape(question.question), choices=choices)


def judged(question, id):
    """The verdict, which comes when the reader presses a button."""
    words = {"button": PREDICTION["button"], "none": PREDICTION["none"]}
    return verdict(question, id, {**words, "right": PREDICTION["right"], "wrong": PREDICTION["wrong"]})


def recalled(recall, id):
    """Several questions, each judged as soon as the reader has chosen."""
    words = {"right": RECALL["right"], "wrong": RECALL["wrong"]}
    each = [(question, f"{id}-{number}") for number, question in enumerate(recall.questions, 1)]
    return "".join(asked(question, id) + verdict(question, id, words) for question, id in each)


def verdict(question, id, words):
    known = {"answer": question.answer, "reason": question.reason, "choice": "{choice}"}
    words = {name: text.format(**known) for name, text in words.items()}
    parts = {"question": question.question, "answer": question.answer, "reason": question.reason}
    return VERDICT.format(
        id=id, words=html.escape(json.dumps(words)), **{name: html.escape(text) for name, text in parts.items()}
    )
