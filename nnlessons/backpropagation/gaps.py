"""Gaps: numbers on a drawn graph for the learner to fill in, with feedback on each and hints in steps.

    graph.backward()
    gaps = gaps_of(graph, count=4, rng=rng)         which numbers to ask for: A, B, C, ...
    judge(graph, gaps[0], "-4")                     feedback on what the learner typed
    hint(gaps[0], level=1)                          the rule; 2 with its numbers; 3 the number

A gap is a value, worked out at the node that its edge comes from, or a gradient, worked out at the node that it leads to.
"""

import re
import string
from dataclasses import dataclass, replace

import numpy as np

from nnlessons.backpropagation.guides import ALL_PATHS, ANY_GRADIENT, ANY_VALUE, guide_to
from nnlessons.exercise.checking import ALMOST, CORRECT, MISSING, WORKING, Answer, either
from nnlessons.wording import in_parentheses, trimmed
from nnlib.arguments import as_count, as_rng
from nnlib.graph import Edge
from nnlib.nodes import Branch

__all__ = ["Gap", "before_branch", "expected", "gaps_of", "hint", "judge"]
__dir__ = __all__.copy  # what Tab shows after `gaps.`

WORDS = {
    "missing": "There's no number here yet.",
    "no number": "Type one number, like −4, 2.5 or 1/4.",
    "divided by 0": "You can't divide by 0. Type one number, like −4, 2.5 or 1/4.",
    "correct": "{letter} is {number}.",
    "few digits": "That fits, but it's rounded too much. Give two digits after the point.",
    "close": "You're close. Keep three digits after the point as you go.",
    "elsewhere": "This number belongs somewhere else in the graph.",
    "branch": "Take the gradients that come back on all the paths from here, and add them.",
    "number": "{letter} = {number}",
}

# -- which numbers to ask for -----------------------------------------------------------------------------------------

LEAST = 0.05  # two or three digits after the point say too little about a number closer to 0
MOST = 1000.0  # a larger number is no fun to work out


@dataclass(frozen=True)
class Gap:
    """A number for the learner to fill in, shown as a letter: the "value" or the "gradient" of an edge, which is its kind."""

    letter: str
    kind: str
    edge: Edge

    @property
    def node(self):
        """The node at which this number is worked out."""
        return self.edge.source if self.kind == "value" else self.edge.target

    @property
    def inputs(self):
        """The edges that lead into this node, the one that the gap is about first."""
        edges = self.node.inputs
        return [self.edge, *(edge for edge in edges if edge is not self.edge)] if self.kind == "gradient" else edges


def expected(gap):
    """The number that belongs in a gap, as a float."""
    return float(getattr(gap.edge, gap.kind))


def gaps_of(graph, count, rng):
    """Gaps of a graph, in the order in which the learner works them out; fewer than `count` if the graph has fewer.

    They are a mixture, as far as the graph allows: a value, a gradient where paths meet, one at a multiply node, and mostly
    gradients among the others. Inputs, constants and the gradient at the output are given, and never gaps.

    count   an int, 1 or more;  rng  a numpy.random.Generator or a seed
    RuntimeError before graph.backward(), ValueError for a count below 1.
    """
    count, rng = as_count("count", count), as_rng("rng", rng)
    possible = [gap for gap in in_working_order(graph) if all(map(is_handy, [expected(gap), *worked_out_from(gap)]))]
    chosen = mixture(possible, min(count, len(string.ascii_uppercase)), rng)
    return [replace(possible[at], letter=letter) for letter, at in zip(string.ascii_uppercase, chosen, strict=False)]


def in_working_order(graph):
    """All numbers to work out, as gaps without a letter: values from left to right, then gradients back."""
    edges = graph.edges
    if any(edge.gradient is None for edge in edges):
        raise RuntimeError("gaps before backward: call graph.backward() first")
    if any(np.ndim(edge.value) for edge in edges):
        return  # numbers only, no arrays
    moving = nodes_that_move(graph)
    for node in moving:
        if node.operation and not isinstance(node.operation, Branch):  # a branch only passes a value on
            yield Gap("", "value", node.outputs[0])
    for node in reversed(moving):
        yield from (Gap("", "gradient", edge) for edge in node.inputs if edge.source in moving)


def nodes_that_move(graph):
    """The nodes of named variables and all that depend on them: the rest is constant."""
    moving = {}  # a dict, since it keeps their order
    for node in graph.nodes:
        is_variable = bool(node.name) and not node.operation
        if is_variable or any(edge.source in moving for edge in node.inputs):
            moving[node] = True
    return moving


def is_handy(number):
    """Whether a learner can work with this number."""
    return bool(number == 0 or LEAST <= abs(number) <= MOST)


def worked_out_from(gap):
    """The numbers that the learner needs for a gap, without the given ones."""
    yield from (edge.value for edge in map(before_branch, gap.inputs) if edge.source.operation)
    if gap.kind == "gradient":
        yield from (number for edge in gap.node.outputs for number in (edge.value, edge.gradient))


def before_branch(edge):
    """The edge where a value first appears, before the branches that this edge comes through."""
    while isinstance(edge.source.operation, Branch):
        edge = edge.source.inputs[0]
    return edge


def mixture(gaps, count, rng):
    """The indices of the gaps to ask for, in order."""
    at_random = rng.permutation(len(gaps)).tolist()
    values = [at for at in at_random if gaps[at].kind == "value"]
    gradients = [at for at in at_random if gaps[at].kind == "gradient"]
    meeting = [at for at in gradients if gaps[at].node.name == "branch"]
    multiplied = [at for at in gradients if gaps[at].node.name == "multiply"]
    wanted = [*values[:1], *meeting[:1], *multiplied[:1], *values[: count // 3], *gradients, *values]
    return sorted(list(dict.fromkeys(wanted))[:count])


# -- the numbers near a gap -------------------------------------------------------------------------------------------


class Neighborhood:
    """The numbers near a gap, by the names that mistakes use.

    right     the number that belongs in the gap
    x, other  the value of the input that the gap is about, and of the other input, if the node has two
    result    the value that the node outputs
    dout      the gradient that arrives at the node;  paths  all of them, if the node is a branch
    local     how much the result moves with x
    all_paths  for one of the edges after a branch, the gradients of all of them added; otherwise NaN
    n         the power, if the node is one
    """

    def __init__(self, gap):
        node, source = gap.node, gap.edge.source
        inputs = [np.float64(edge.value) for edge in gap.inputs]
        self.right = np.float64(expected(gap))
        self.x, self.other = inputs[0], inputs[-1]
        self.result = np.float64(node.outputs[0].value)
        self.paths = np.array([edge.gradient for edge in node.outputs])
        self.dout, self.local = self.paths[0], np.float64(node.local[node.inputs.index(gap.inputs[0])])
        self.all_paths = source.inputs[0].gradient if isinstance(source.operation, Branch) else np.nan
        self.n = getattr(node.operation, "n", None)


def mistakes_of(gap):
    """[(number, message) of each mistake that people may make at this gap], without those that give the right number."""
    near = Neighborhood(gap)
    mistakes = *guide_to(gap.kind, gap.node.name).mistakes, ALL_PATHS
    with np.errstate(all="ignore"):
        numbers = [(float(mistake.function(near)), mistake.message) for mistake in mistakes]
    return [(number, message) for number, message in numbers if np.isfinite(number) and not fits(number, near.right)]


# -- feedback ---------------------------------------------------------------------------------------------------------

ROUNDING = 0.006  # two digits after the point, and a little more
NEARLY = 0.02, 0.05  # as a part of the number: what is correct, and what is almost
LONGEST = 30  # characters
MINUSES = "[\N{MINUS SIGN}\N{EN DASH}]"  # what people type for a minus
DECIMAL = r"[+-]?\s*(?:\d+[.,]?\d*|[.,]\d+)"
COARSE = re.compile(r"[^./,e]*[.,]?(\d?)", re.IGNORECASE)
NUMBER = re.compile(rf"({DECIMAL}(?:e[+-]?\d\d?)?)(?:\s*/\s*({DECIMAL}))?", re.ASCII | re.IGNORECASE)


def judge(graph, gap, text):
    """Feedback on what the learner typed into a gap, as an Answer. Any text gets one."""
    text = text.strip()
    if not text.strip(".\N{HORIZONTAL ELLIPSIS}"):
        return Answer(MISSING, WORDS["missing"])
    try:
        number = number_in(text)
    except ZeroDivisionError:
        return Answer(WORKING, WORDS["divided by 0"])
    if number is None:
        return Answer(WORKING, WORDS["no number"])
    right = expected(gap)
    if fits(number, right):
        return Answer(CORRECT, WORDS["correct"].format(letter=gap.letter, number=trimmed(right)))
    mistake = named_mistake(gap, number)
    if mistake:
        return Answer(WORKING, mistake)
    if is_coarse(number, text, right):
        return Answer(ALMOST, WORDS["few digits"])
    if abs(number - right) <= NEARLY[1] * abs(right):
        return Answer(ALMOST, WORDS["close"])
    return Answer(WORKING, rule_for(graph, gap, number))


def number_in(text):
    """The number in "-4", "3,5" or "1/4", as a float; None in any other text, which is never evaluated as code."""
    found = NUMBER.fullmatch(re.sub(MINUSES, "-", text)) if len(text) <= LONGEST else None
    if not found:
        return None
    above, below = (float(re.sub(r"\s", "", part).replace(",", ".")) for part in (found[1], found[2] or "1"))
    return above / below


def fits(number, right):
    """Whether a number is the right one, perhaps worked out from rounded numbers."""
    return abs(number - right) <= max(ROUNDING, NEARLY[0] * abs(right))


def is_coarse(number, text, right):
    """Whether it is the right number, rounded to one digit after the point or to none, and still close to it."""
    off, digits = abs(number - right), COARSE.fullmatch(text)
    return bool(digits) and off < abs(right) / 2 and off <= (0.051 if digits[1] else 0.501)


def named_mistake(gap, number):
    """The message of the mistake that gives this number; of two, both; of none, ""."""
    return either([message for wrong, message in mistakes_of(gap) if fits(number, wrong)])


def rule_for(graph, gap, number):
    """How to work out a gap, and first, if another edge has the typed number, that it belongs there."""
    rule = ANY_VALUE.rule if gap.kind == "value" else ANY_GRADIENT.rule
    if gap.kind == "gradient" and isinstance(gap.node.operation, Branch):
        rule = WORDS["branch"]
    others = (getattr(edge, gap.kind) for edge in graph.edges)
    return f"{WORDS['elsewhere']} {rule}" if any(fits(number, other) for other in others) else rule


# -- hints ------------------------------------------------------------------------------------------------------------


def hint(gap, level, unsolved=()):
    """A hint for a gap. Level 1 is the rule, 2 the rule with its numbers filled in, and 3 the number itself.

    unsolved  gaps whose numbers the hint must not give away: it shows their letters instead
    ValueError for another level.
    """
    if level == 3:
        return WORDS["number"].format(letter=gap.letter, number=trimmed(expected(gap)))
    guide = guide_to(gap.kind, gap.node.name)
    if level == 1:
        return guide.rule
    if level == 2:
        return f"{gap.letter} = {guide.formula.format(**numbers_near(gap, unsolved))}"
    raise ValueError(f"level must be 1, 2 or 3, got {level!r}")


def numbers_near(gap, unsolved):
    """{name in a formula: the number as text}, for the numbers near a gap, with letters for those still unsolved."""
    letters = {(other.kind, other.edge): other.letter for other in unsolved}

    def shown(kind, edge):
        return letters.get((kind, edge)) or trimmed(getattr(edge, kind))

    outputs = gap.node.outputs
    x, *others = [shown("value", before_branch(edge)) for edge in gap.inputs]
    numbers = {"plain x": x, "x": x, "other": "".join(others), "result": shown("value", outputs[0])}
    if gap.kind == "gradient":
        paths = [shown("gradient", edge) for edge in outputs]
        numbers |= {"upstream": paths[0], "paths": " + ".join(map(in_parentheses, paths))}
        numbers["local"] = trimmed(Neighborhood(gap).local)
    n = getattr(gap.node.operation, "n", 0)  # a branch has an n too, and its rule does not name it
    numbers |= {"n": trimmed(n), "n less 1": trimmed(n - 1)}
    return {name: text if name in ("plain x", "paths") else in_parentheses(text) for name, text in numbers.items()}
