"""How what people read should sound: the tics that we've left behind, and everything that has been rewritten without them.

To hold another lesson to it, add its name to REWRITTEN: that covers the notebook, its solutions, its folder in nnlessons, and
its rows in docs/. `python -m pytest -n 0 tests/docs/test_voice.py` then lists what's left to reword.
"""

import ast
import html
import io
import re
import tokenize

import nbformat
import pytest
from conftest import PROJECT
from lesson_reader import lessons_linked, prose, tables

REWRITTEN = [
    "00_neuron",
    "01_activations",
    "02_forward_pass",
    "03_losses",
    "04_derivatives",
    "05_gradient_descent",
    "06_backpropagation",
    "07_arrays",
    "08_training",
]
REWRITTEN_TOO = ["reader", "exercise"]  # other folders in nnlessons

NOUNS = "learning rate|slope|weight|bias|value|shape|score|size|length|width|height"
VERBS = """categorize emphasize generalize initialize maximize memorize minimize normalize optimize organize realize recognize
regularize summarize utilize visualize"""
IZE = "|".join(verb.removesuffix("ize") for verb in VERBS.split())

TICS = [  # (what not to write, what to write, what it may look like)
    (r"the ways? (back|through)", "the path, the backward pass", "It starts on the way back."),
    (r"(stands?|stood)(?! for| out| still)", "is, appears, comes", "The sum stands below it."),
    (r"lies(?! about)|lying", "is, appears, comes", "The point lies on the line."),
    (r"(may|can) be left out", "You can skip this the first time.", "This may be left out at a first reading."),
    (r"at a first reading", "the first time", "Skip this at a first reading."),
    (r"what (has|have) become of|what becomes? of|what became of", "what happened to", "See what has become of it."),
    (r"put(s|ting)? out", "output", "The unit puts out 0.5."),
    (r"(send(s|ing)?|sent) on", "pass on", "A layer sends on what it gets."),
    (r"anew", "again, start over", "Begin anew."),
    (r"once more again", "again", "Try it once more again."),
    (r"to and fro", "back and forth", "It jumps to and fro."),
    (r"for ever", "forever", "It goes on for ever."),
    (r"whoever|somebody", "someone, the caller, if you ...", "Whoever calls it gets an array."),
    (r"tells (how|what|which|whether|where|that)", "shows, says", "The bar tells how far it is."),
    (r"(is|are) told (under|below|above|in)", "appears, is shown", "An error is told under the picture."),
    (r"speaks? of|spoke of", "is about, mentions", "The text speaks of units."),
    (r"(hear|hears|heard) of", "see, know about", "Samples don't hear of each other."),
    (r"wants", "needs, expects", "The function wants an array."),
    (r"[-−]?\d+(\.\d+)? where", "1 if ...", "It's 1 where x is above 0."),
    (r"(?<=, )else [-−]?\d+(\.\d+)?", "otherwise 0", "1 above it, else 0."),
    (r"(?<=, )for (it|they|there|we) (is|are|was|were|has|have|does|do|can)", "because", "It fits, for it is square."),
    (r"(?-i:Mind) (the|that|how|what|your)", "note, watch out", "Mind the order."),
    (
        rf"(with|has|have|take) the ({NOUNS}) [-−(]?\d+",
        "a learning rate of 0.1, has slope 2",
        "Take the learning rate 0.1.",
    ),
    (r"(?-i:That) it (is|was)", "turn the sentence around", "That it is a line is a special case."),
    (r"first weights", "initial weights", "The first weights are random."),
    (
        r"(a|the|each|this) training(?! (set|run|step|loop|data|sample|picture|digit)s?)",
        "training, a training run",
        "The training takes a minute.",
    ),
    (r"one and the same", "the same", "It's one and the same line."),
    (r"(that|those) of", "repeat the noun", "The slope is that of a line."),
    (r"changes? of(?! (course|heart|sign|direction|scene))", "a change in x", "A small change of x moves it."),
    (r"(at|in) (this|that|each|every) place", "at this point, in each element", "The slope at this place is 2."),
    (r"(?<!than )by chance(?! alone)", "at random; it happens to be", "The picture is chosen by chance."),
    (r"(come|comes|came) to rest", "settle", "The ball comes to rest."),
    (r"goes? in factors", "is logarithmic", "The axis goes in factors of ten."),
    (r"at the end you will be able to", "By the end you'll be able to", "At the end you will be able to read."),
    (r"all words of this lesson", "New terms are in the glossary", "All words of this lesson are in it."),
    (r"(\d+(\.\d+)?|\}|^)[ \N{NO-BREAK SPACE}]%", "97%, without a space", "It's right 97 % of the time."),
    (r"you may read that", "an item in the box “If you've read other books”", "You may read that depth helps."),
    (r"some texts (say|write|call|use)", "some books, in the box for their readers", "Some texts write W x."),
    (r"\(C\d+\.?\)", "no marks in the text", "It's never 0. (C11.)"),
    (r"(dis|multi)?colour(s|ed|ing|less|ful)?", "color", "The coloured line."),
    (r"greys?|greyed|greyish", "gray", "The grey line."),
    (rf"({IZE})is(e|es|ed|er|ers|ing|able|ation)", "-ize", "It recognises a digit."),
    (r"analyse[sd]?|analysing", "analyze", "It is analysed later."),
    (r"(learnt|spelt|burnt|dreamt)", "learned, spelled ...", "How many numbers are learnt."),
    (r"(behavi|fav|neighb|lab|hon|harb|vap)our(s|ed|ing|ite|able|hood)?", "-or", "Its nearest neighbour."),
    (r"(cent|met|fib|theat)res?|centred|centring", "-er", "The centre of the picture."),
    (r"(label|model|travel|cancel|signal)l(ed|ing|er)", "one l", "The axes are labelled."),
    (r"licence|defence|programme|judgement", "license, defense, program, judgment", "It has a licence."),
    (r"whilst|amongst|towards|afterwards", "while, among, toward, afterward", "It moves towards 0."),
]
PATTERNS = [(re.compile(rf"(?<!\w)({tic})(?!\w)", re.I), better) for tic, better, _ in TICS]


def tics_in(text):
    """[(the words around a tic, the better word)] of a text; code, formulas and addresses in it don't count."""
    plain = re.sub(r"\s+", " ", prose(text)) + " "
    return [
        (plain[max(0, found.start() - 30) : found.end() + 20].strip(), better)
        for pattern, better in PATTERNS
        for found in pattern.finditer(plain)
    ]


# -- what people read -------------------------------------------------------------------------------------------------


def in_code(source):
    """(line, text) of the strings in Python code, docstrings among them, and of its comments, neighboring ones as one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
    block, last = [], 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line = token.start[0]
            if block and line > last + 1:
                yield last, " ".join(block)
                block = []
            block, last = [*block, token.string.lstrip("# ")], line
    if block:
        yield last, " ".join(block)


def in_outputs(cell):
    """The words in a cell's saved outputs: what it has printed, its results, and the descriptions of its pictures."""
    for output in cell.get("outputs", ()):
        yield output.get("text", "")
        yield output.get("data", {}).get("text/plain", "")
        yield html.unescape(re.sub(r"<[^>]+>", " ", output.get("data", {}).get("text/html", "")))
        yield output.get("metadata", {}).get("image/png", {}).get("alt", "")


def in_notebook(path):
    """(cell, text) of all that a notebook says."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield f"cell {cell.id}", cell.source
        else:
            yield from ((f"cell {cell.id}, line {line}", text) for line, text in in_code(cell.source))
            yield from ((f"cell {cell.id}, its output", text) for text in in_outputs(cell))


def in_folder(path):
    """(file and line, text) of the strings and comments in a folder of Python files."""
    for file in sorted(path.glob("*.py")):
        yield from ((f"{file.name}:{line}", text) for line, text in in_code(file.read_text(encoding="utf-8")))


def in_rows(page):
    """(row, text) of the rows of a page in docs/ that link what is rewritten. What other texts say isn't our voice."""
    for row in (row for table in tables(page) for row in table):
        *_, link = (cell for cell in row if "../notebooks/" in cell)
        if set(lessons_linked(link)) & set(REWRITTEN):
            yield f"row {row[0]}", " ".join(row[2:] if page == "corrections" else row)


def everything():
    """{place: a function that gives (where in it, text) of all that people read there}."""
    places = {}
    for lesson in REWRITTEN:
        for folder in ("notebooks", "notebooks/solutions"):
            places[f"{folder}/{lesson}.ipynb"] = lambda path: in_notebook(PROJECT / path)
    for folder in [lesson.split("_", 1)[1] for lesson in REWRITTEN] + REWRITTEN_TOO:
        places[f"nnlessons/{folder}"] = lambda path: in_folder(PROJECT / path)
    for page in ("index", "glossary", "corrections"):
        places[f"docs/{page}.md"] = lambda path: in_rows(path.split("/")[1].removesuffix(".md"))
    return places


PLACES = everything()


# -- the tests --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_what_is_rewritten_has_no_tics(place):
    texts = list(PLACES[place](place))
    assert texts, f"nothing to read in {place}"
    found = [
        f"{place}, {where}: “…{words}…” Better: {better}" for where, text in texts for words, better in tics_in(text)
    ]
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize(("tic", "better", "example"), TICS, ids=[tic for tic, _, _ in TICS])
def test_each_tic_is_found_in_its_example(tic, better, example):
    assert better in [found for _, found in tics_in(example)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Each grid line stands for a millionth of the one above.",
        "Turn it all the way up. By the way, which way is down?",
        "It's 1 if x is above 0, and otherwise 0. That's the place where the sum is 0.",
        "Keep in mind that 97% isn't better than by chance.",
        "The training set has 1,442 digits, and each training step takes ten.",
        "`1 if x > 0 else 0`, and $1$ where $x > 0$ (`style.GREY`)",
        "return 1 if a > 0 else 0",
        "Precise, raised, and comprised; a promise, a surprise, otherwise; four of our hours.",
    ],
)
def test_a_good_sentence_is_left_alone(sentence):
    assert not tics_in(sentence)


def test_strings_docstrings_and_comments_are_read_and_names_are_not():
    source = (
        '"""A grey\nline."""\n# to and\n# fro\n\n# anew\ncolour = f"learnt {colour} {1:.2f}"\nlabel = "for " "ever"\n'
    )
    words = sorted(better for _, text in in_code(source) for _, better in tics_in(text))
    assert words == sorted(["gray", "back and forth", "again, start over", "learned, spelled ...", "forever"])
