"""A graph with six numbers missing, which the reader fills in."""

import functools

import numpy as np

from nnlessons.backpropagation.gaps import before_branch, gaps_of, hint, judge
from nnlessons.backpropagation.pictured import draw, shown, sign_of
from nnlessons.backpropagation.steps import name_at
from nnlessons.exercise.checking import ALMOST, CORRECT, MISSING, WORKING
from nnlessons.live import Button, Choice, Demo, Text
from nnlessons.wording import short
from nnlib.formulas import parse

__all__ = ["LETTERS", "TO_FILL", "new_inputs", "to_fill_in", "with_gaps"]
__dir__ = __all__.copy  # what Tab shows after `to_fill_in.`

TO_FILL = {
    "u v + u": "u*v + u",
    "sigmoid(u v + w)": "sigmoid(u*v + w)",
    "(u + v) w": "(u + v) * w",
    "(u + v) (v + w)": "(u + v) * (v + w)",
    "1 / (u + v w)": "1 / (u + v*w)",
}
LETTERS, FIELD = "abcdef", "80px"
ANSWER_STATES = {  # verdict on what was typed -> state of the gap, sign behind its letter
    MISSING: ("open", ""),
    WORKING: ("wrong", " ≠"),
    ALMOST: ("almost", " ≈"),
    CORRECT: ("right", ""),
}
GAP = {
    "value": "{letter}, the value that {node} outputs, from {inputs}: {answer}",
    "and": " and ",
    "gradient": "{letter}, the gradient that comes back to {node}: {answer}",
    "missing": "yours to find.",
    "answer": "{verdict}. {says}",
    "hint": "Hint for {letter}: {hint}",
    "given": "{name} = {value}",
}


def with_gaps(formula, numbers):
    """(graph, gaps): a graph with new numbers, and what is to be filled in on it."""
    graph = parse(formula, **new_inputs(formula, numbers))
    graph.backward()
    return graph, gaps_of(graph, len(LETTERS), np.random.default_rng(numbers + 1))


@functools.cache
def new_inputs(formula, numbers):
    """New inputs, other than the last ones, that leave as many numbers to work out as there are letters."""
    before = new_inputs(formula, numbers - 1) if numbers else None
    rng = np.random.default_rng(numbers + 1)
    names = sorted(set(formula) & set("uvw"))
    while True:
        inputs = dict(zip(names, map(int, rng.choice(INPUTS, size=len(names), replace=False)), strict=True))
        graph = parse(formula, **inputs)
        graph.backward()
        handy = all(0.02 <= abs(number) <= 100 for edge in graph.edges for number in (edge.value, edge.gradient))
        if inputs != before and handy and len(gaps_of(graph, len(LETTERS), rng)) == len(LETTERS):
            return inputs


INPUTS = [-4, -3, -2, 2, 3, 4, 5]


def fill_in(formula, numbers, hints, a, b, c, d, e, f):
    """The graph with its gaps, and the verdict on what was typed for each letter."""
    graph, gaps = with_gaps(formula, numbers)
    judged = [(gap, judge(graph, gap, typed)) for gap, typed in zip(gaps, (a, b, c, d, e, f), strict=False)]
    return {**with_letters(graph, judged), "readout": gap_sentences(graph, judged, hints)}


def with_letters(graph, judged):
    """The properties of the drawing's parts, with a letter and a verdict in each gap that isn't solved yet."""
    patch, edges = shown(graph), graph.edges
    for gap, answer in judged:
        if answer.verdict != CORRECT:
            patch[f"{gap.kind}s"]["texts"][edges.index(gap.edge)] = gap.letter + ANSWER_STATES[answer.verdict][1]
    patch["gaps"] = {"states": [ANSWER_STATES[answer.verdict][0] for _, answer in judged]}
    return patch


def gap_sentences(graph, judged, level):
    """The gaps in words, with a hint of this level for the first one that isn't solved yet."""
    unsolved = [gap for gap, answer in judged if answer.verdict != CORRECT]
    lines = [gap_in_words(gap, answer_in_words(answer)) for gap, answer in judged]
    if level and unsolved:
        lines.append(GAP["hint"].format(letter=unsolved[0].letter, hint=hint(unsolved[0], level, unsolved)))
    given = [GAP["given"].format(name=name, value=short(node.variable.value)) for name, node in graph.variables.items()]
    solved = len(judged) - len(unsolved)
    return {"given": ", ".join(given), "lines": "\n".join(lines), "solved": solved, "all": len(judged)}


def draw_with_gaps(graph, gaps):
    """(figure, parts) of a graph to fill in."""
    return draw(graph, (7.0, 3.0), gaps=gaps)


def answer_in_words(answer):
    """The verdict on what was typed, and why."""
    missing = answer.verdict == MISSING
    return GAP["missing"] if missing else GAP["answer"].format(verdict=answer.verdict, says=answer.text)


def gap_in_words(gap, answer):
    """What to fill in, and the verdict on what was typed."""
    if gap.kind == "gradient":
        return GAP["gradient"].format(letter=gap.letter, node=name_at(gap.edge), answer=answer)
    node = gap.edge.source
    inputs = GAP["and"].join(sign_of(before_branch(edge).source) for edge in node.inputs)
    return GAP["value"].format(letter=gap.letter, node=sign_of(node), inputs=inputs, answer=answer)


to_fill_in = Demo(
    title="A graph to fill in",
    controls={
        "formula": Choice(TO_FILL, label="L =", resets=(*LETTERS, "hints")),
        "numbers": Button("new numbers", resets=(*LETTERS, "hints")),
        **{
            letter: Text("", examples=("3", "-4"), label=letter.upper(), width=FIELD, resets=("hints",))
            for letter in LETTERS
        },
        "hints": Choice({"no hint": 0, "the rule": 1, "with its numbers": 2, "the number": 3}, label="hint"),
    },
    figure=lambda formula, numbers: draw_with_gaps(*with_gaps(formula, numbers)),
    update=fill_in,
    readout="{given}. You have {solved} of {all} right.\n{lines}",
)
