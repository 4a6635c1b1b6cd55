"""The words that a reader meets: spelt right, and said what they mean before they are used."""

import ast
import re

import nbformat
import pytest
from conftest import PROJECT
from lessons import LESSONS, lessons_linked, tables, written
from spellchecker import SpellChecker
from test_glossary import forms

# -- each word is said what it means before it is used ----------------------------------------------------------------

(GLOSSARY,) = tables("glossary")
BEFORE_IT_IS_SAID = {  # (word, the lesson that uses it early): why it may
    ("network", "00_neuron"): "what the series is about; lesson 2 says what a network is exactly",
    ("network", "01_activations"): "as in lesson 0",
    ("matrix", "00_neuron"): "in: matrix product, which the same sentence explains",
    ("tanh", "01_activations"): "in a question about a picture with this name on a button; the answer says what it is",
    ("relu", "01_activations"): "as tanh",
    ("gradient", "01_activations"): "explained in the same sentence",
    ("edges", "01_activations"): "in the everyday sense: that of a step",
    ("softmax", "02_forward_pass"): "in a table, explained right below it",
    ("class", "02_forward_pass"): "as softmax",
    ("edges", "03_losses"): "that of a step",
    ("limit", "03_losses"): "in the everyday sense: without limit",
    ("cross entropy", "03_losses"): "the sentence says what will come",
    ("gradient descent", "04_derivatives"): "the name of the next lesson",
    ("edges", "05_gradient_descent"): "that of a picture",
}


def prose(text):
    """A text without code, formulas, addresses and tags."""
    return re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|<[^>]+>|https?://\S+", " ", text, flags=re.S)


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

OURS = set((PROJECT / "tests" / "words.txt").read_text(encoding="utf-8").split())
TEXTS = [
    *sorted((PROJECT / "notebooks").rglob("[0-9]*.ipynb")),
    *sorted((PROJECT / "docs").glob("*.md")),
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    *sorted((PROJECT / "nnlib").rglob("*.py")),
]


def text_of(path):
    """What of a file is for reading: a lesson's text, a page, or a module's sentences."""
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    if path.suffix == ".py":
        return "\n\n".join(sentences(path.read_text(encoding="utf-8")))
    return path.read_text(encoding="utf-8")


def sentences(code):
    """The strings of a module that are more than names: docstrings, messages, what stands under a picture."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value.split()) > 3:
            yield re.sub(r"\{[^}]*\}", " ", node.value)


def words(text):
    """The words of a text. What has digits, points, underlines or capitals inside is a name, and no word."""
    found = re.findall(r"(?<![\w.@])[A-Z]?[a-z]{2,}(?:['’][a-z]+)?(?![\w(@]|\.\w|\[)", prose(text))
    return {word.lower().replace("’", "'") for word in found}


@pytest.fixture(scope="module")
def dictionary():
    return SpellChecker()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_words_are_spelt_right(path, dictionary):
    strange = dictionary.unknown(words(text_of(path))) - OURS
    assert not strange, f"spelt wrongly, or else to be put into tests/words.txt: {sorted(strange)}"


def test_no_word_of_our_own_list_is_without_use(dictionary):
    used = set().union(*(words(text_of(path)) for path in TEXTS))
    idle = OURS - (dictionary.unknown(OURS) & used)
    assert not idle, f"in tests/words.txt, and known already or nowhere used: {sorted(idle)}"


def test_a_slip_is_found(dictionary):
    slip = words("A nueron gets `inptus`, $x_1$ and x_train.shape; [its](weigths.md) wieghts count.")
    assert dictionary.unknown(slip) == {"nueron", "wieghts"}
