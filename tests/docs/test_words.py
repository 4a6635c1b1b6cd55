"""The words that a reader meets: spelled right, and explained before they are used."""

import re
import subprocess
import sys

from conftest import PROJECT
from lesson_reader import LESSONS, forms, lessons_linked, prose, tables, written

# -- each word is said what it means before it is used ----------------------------------------------------------------

(GLOSSARY,) = tables("glossary")
BEFORE_IT_IS_SAID = {  # (word, the lesson that uses it early): why it may
    ("neuron", "00_neuron"): "the opening says what the lesson will look at",
    ("learns", "00_neuron"): "in the everyday sense: watch it learn",
    ("regression", "00_neuron"): "in the box for those who have read other books",
    ("slope", "01_activations"): "as a verb, in the everyday sense: where a slide slopes",
    ("array", "01_activations"): "NumPy's name for many numbers, beside cells that show some",
    ("edges", "01_activations"): "in the everyday sense: the edge of a step",
    ("array", "02_forward_pass"): "in the goals, a screen before it's explained; lesson 1 shows some",
    ("shape", "02_forward_pass"): "in the goals, as array",
    ("maximum", "02_forward_pass"): "in the everyday sense: the largest of several numbers",
    ("limit", "03_losses"): "in the everyday sense: without limit",
    ("momentum", "05_gradient_descent"): "explained there, too, at the end, in a paragraph that begins with the word",
}


def paragraphs(stem):
    """[(lesson, paragraph)] from the first lesson to this one. Of each the opening is left out: it says what will come."""
    for lesson in LESSONS[: LESSONS.index(stem) + 1]:
        _, *body = written(lesson).split("\n## ")
        for section in body:
            heading, *text = re.split(r"\n\s*\n", section)
            yield from ((lesson, paragraph) for paragraph in text if not paragraph.startswith("#"))


def used_early(word, stem):
    """The lessons that use a word before the paragraph that says what it means, where it is bold or in italics."""
    form = rf"({forms(word)})(s|es)?"
    early = set()
    for lesson, paragraph in paragraphs(stem):
        if re.search(rf"\*{form}\*", paragraph, re.I):
            return early
        if re.search(rf"(?<![\w-]){form}(?![\w-])", prose(paragraph), re.I):
            early.add(lesson)
    raise AssertionError(f"{stem} does not say what {word} is")


def test_a_word_is_used_only_after_the_lesson_has_said_what_it_means():
    early = {(word.lower(), lesson) for word, _, link in GLOSSARY for lesson in used_early(word, *lessons_linked(link))}
    assert early == set(BEFORE_IT_IS_SAID)


# -- spelling ---------------------------------------------------------------------------------------------------------

TEXTS = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs",
    "notebooks",
    "nnlib",
    "nnlessons",
    "tests",
    "tools",
    "benchmarks",
]


def misspelled(*paths):
    """What codespell finds: known misspellings, each with its place and a proposal."""
    command = [sys.executable, "-m", "codespell_lib", "--skip=*.gz,*.png,*.webp", *map(str, paths)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True).stdout


def test_words_are_spelled_right():
    assert not misspelled(*TEXTS)


def test_a_misspelling_is_found(tmp_path):
    slip = tmp_path / "slip.md"
    slip.write_text("A neural network.".replace("neu", "nue"))
    assert "neural" in misspelled(slip)
