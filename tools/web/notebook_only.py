"""What a lesson says only to someone who can run its cells: a page leaves it out, or says something else instead."""

import re

SAID_INSTEAD = {
    "To run a cell, click it and press *Shift + Enter*. *Run → Run All Cells* runs them all.": "",
    "When you're back, click here and choose *Run → Run All Above Selected Cell*.": "",
    "Click inside a gray cell and press *Shift + Enter*: the cell runs, and you move on to the next one. *Run → Run All "
    "Cells* runs them all. This is your own copy, so change whatever you like; nothing will overwrite it.": "Choose an "
    "answer whenever there's a question, and play with the pictures before you read on. When it's your turn to write "
    "code, there are hints and a solution below the task. To have your own code checked, "
    "[run the lesson yourself](../try/notebooks/index.html?path=notebooks/00_neuron.ipynb).",
    "Change the 10 to 0.1 or to 1000, and run the cell again. What happens to the weights?": "What happens to the weights "
    "if the 10 becomes 0.1, or 1000?",
    "There are five small pieces, and each one is checked as soon as you run it.": "There are five small pieces.",
    "Run this cell only once for now. You'll see why in a moment.": "It goes backward only once here. You'll see why in a "
    "moment.",
    "Run a cell to see the gradient check of the whole network (with other random numbers), edit the code, and run it again "
    "until all six bars have their ✓.": "Below each is the gradient check of the whole network (with other random "
    "numbers). What would you change, so that all six bars get their ✓?",
    "Change something, such as the number of hidden units (the 4) or the learning rate, and run the cell again. Sooner or "
    "later you'll get a run that fails": "If you change something, such as the number of hidden units (the 4) or the "
    "learning rate, then sooner or later you'll get a run that fails",
}
TO_RUN_A_CELL = re.compile(
    r"\b[Rr]uns? (a|an|the|this|that|each|your) cell|Shift ?\+ ?Enter|Run →|Selected Cell|run it again until"
)


def for_a_page(markdown):
    """The text of a cell as a page says it."""
    for said, instead in SAID_INSTEAD.items():
        markdown = markdown.replace(said, instead)
    return markdown
