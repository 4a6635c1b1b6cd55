"""Gaps: numbers on a drawn graph that the learner fills in, each judged, and a wrong one held against likely mistakes.

    graph.backward()
    gaps = gaps_of(graph, count=4, rng=rng)         which numbers are asked for: A, B, C, ...
    judge(graph, gaps[0], "-4")                     what to say to what was typed
    hint(gaps[0], level=1)                          the rule; 2 with its numbers; 3 the number

A gap is a value, made by the node that its edge comes from, or a gradient, sent back by the node that its edge leads to.
"""

import re
import string
from dataclasses import dataclass, replace

import numpy as np

from nnlessons.exercise.checking import ALMOST, CORRECT, MISSING, WORKING, Answer
from nnlessons.exercise.checking import WORDS as CHECKING
from nnlessons.wording import in_parentheses, trimmed
from nnlib.activations import sigmoid, sigmoid_derivative
from nnlib.arguments import as_count, as_rng
from nnlib.graph import Edge
from nnlib.nodes import Branch

# -- words ------------------------------------------------------------------------------------------------------------

WORDS = {
    "missing": "A number is still missing here.",
    "no number": "Write one number, like \N{MINUS SIGN}4, 2.5 or 1/4.",
    "divided by 0": "Nobody can divide by 0. Write one number, like \N{MINUS SIGN}4, 2.5 or 1/4.",
    "correct": "{letter} is {number}.",
    "few digits": "That fits, rounded to so few digits. Write two digits after the point.",
    "close": "Close, but not the number yet. Work with at least two digits after the point.",
    "elsewhere": "This number belongs to another place of the graph.",
    "value": "Take the values at the inputs of this node, and do with them what the node says.",
    "gradient": "Take the gradient that arrives at this node from the right, and multiply it by the local gradient.",
    "branch": "Take the gradients that come back on all the ways from here, and add them.",
    "number": "{letter} = {number}",
}

MISTAKES = {  # name -> what to say of it
    # gradients, at any node
    "sign": "The size is right, the sign is turned round.",
    "upstream forgotten": "This is the local gradient alone. Multiply it by the gradient that arrives.",
    "local forgotten": "This is the gradient that arrives, passed on as it is. Multiply it by the local gradient.",
    "gradients added": "You added the local gradient to the gradient that arrives. The two are multiplied.",
    "value typed": "This is the value here. The question is for the gradient.",
    "all ways": "This is the sum over all the ways. Only what comes back on this one is asked for here.",
    # gradients, node by node
    "own value": "You took the value of this input. At a multiply node, take the value of the other one.",
    "both values": "You multiplied by both inputs. Take the value of the other one only.",
    "times other value": "You multiplied by the other input, as at a multiply node. An add node passes on what arrives.",
    "times own value": "You multiplied by the value here. An add node passes on what arrives, as it is.",
    "halved": "You gave each input a half. Each input of an add node gets all that arrives.",
    "minus forgotten": "You passed on the gradient as it is. This node turns the sign round: its local gradient is "
    "\N{MINUS SIGN}1.",
    "times value": "You multiplied by the value here. The local gradient of this node is \N{MINUS SIGN}1.",
    "value as slope": "You multiplied by the value that this node makes. Multiply by its local gradient, the slope.",
    "no minus": "The sign is turned round: the slope of 1/x has a minus, \N{MINUS SIGN}1/x\N{SUPERSCRIPT TWO}.",
    "no square": "The square is missing: the slope of 1/x is \N{MINUS SIGN}1/x\N{SUPERSCRIPT TWO}.",
    "square above": "You multiplied by x\N{SUPERSCRIPT TWO}. Divide by it: the slope of 1/x is "
    "\N{MINUS SIGN}1/x\N{SUPERSCRIPT TWO}.",
    "times input": "You multiplied by the input. The slope of e^x is e^x itself: the value that this node makes.",
    "exp as power": "You took e^x for a power of x. It is its own slope: take the value that this node makes.",
    "log upside down": "You multiplied by x. The slope of log x is 1/x: divide by it.",
    "slope of 1/x": "This has the slope of 1/x. The slope of log x is 1/x itself.",
    "divided by log": "You divided by the value that this node makes. Divide by its input: the slope of log x is 1/x.",
    "power kept": "The power must be lower by one: the slope of x^n is n times x^(n\N{MINUS SIGN}1).",
    "power raised": "The power went up by one. It goes down: the slope of x^n is n times x^(n\N{MINUS SIGN}1).",
    "factor forgotten": "The n in front is missing: the slope of x^n is n times x^(n\N{MINUS SIGN}1).",
    "power forgotten": "Here x stands without its power: the slope of x^n is n times x^(n\N{MINUS SIGN}1).",
    "x forgotten": "You multiplied by n alone. The slope of x^n is n times x^(n\N{MINUS SIGN}1).",
    "one minus alone": "You multiplied by 1 \N{MINUS SIGN} s only. The slope of the sigmoid is s (1 \N{MINUS SIGN} s).",
    "input for output": "You put the input into s (1 \N{MINUS SIGN} s). There s is the value that the sigmoid makes.",
    "sigmoid twice": "You took the sigmoid once more. In s (1 \N{MINUS SIGN} s), s is the value that this node makes.",
    "slope of tanh": "1 \N{MINUS SIGN} s\N{SUPERSCRIPT TWO} is the slope of tanh. That of the sigmoid is "
    "s (1 \N{MINUS SIGN} s).",
    "slope of sigmoid": "s (1 \N{MINUS SIGN} s) is the slope of the sigmoid. That of tanh, with the value t, is "
    "1 \N{MINUS SIGN} t\N{SUPERSCRIPT TWO}.",
    "input squared": "You put the input into 1 \N{MINUS SIGN} t\N{SUPERSCRIPT TWO}. There t is the value that this "
    "node makes.",
    "square forgotten": "The square is missing: the slope of tanh is 1 \N{MINUS SIGN} t\N{SUPERSCRIPT TWO}.",
    "square alone": "The 1 is missing: the slope of tanh is 1 \N{MINUS SIGN} t\N{SUPERSCRIPT TWO}.",
    "let through": "The input of this ReLU is not above 0. There it is flat, and nothing goes through.",
    "blocked": "The input of this ReLU is above 0. There the gradient goes through as it is.",
    "relu times input": "You multiplied by the input. The slope of ReLU is 1 where its input is above 0, and 0 elsewhere.",
    "first way alone": "This is what comes back on one way. The value goes on more than one: add what comes back on all.",
    "last way alone": "Only the last way is counted, as if it had overwritten the others. Add what comes back on all.",
    "mean": "You took the mean of the ways. Add them.",
    "ways multiplied": "You multiplied the ways by each other. Add them.",
    "ways subtracted": "You subtracted one way from the other. Add them.",
    # values
    "value: sign": "The size is right, the sign is turned round.",
    "value: multiplied": "You multiplied. This node adds.",
    "value: subtracted": "You subtracted the second input from the first. This node adds; mind the signs.",
    "value: subtracted back": "You subtracted the first input from the second. This node adds; mind the signs.",
    "value: minus dropped": "You dropped a minus. Add the inputs with their signs.",
    "value: added": "You added. This node multiplies.",
    "value: first input": "This is the first input as it is. The second one counts too.",
    "value: second input": "This is the second input as it is. The first one counts too.",
    "value: passed on": "This is the input as it is. What does this node make of it?",
    "value: no minus": "This is the input as it is. This node turns its sign round.",
    "value: turned over": "This is 1/x. This node only turns the sign round.",
    "value: minus for 1/x": "You turned the sign round. This node makes 1/x of its input.",
    "value: slope": "This is the slope. The question is for the value.",
    "value: minus in exp": "This is e to the power of minus x. This node makes e^x.",
    "value: times e": "You multiplied by e. Here x is the power: e^x.",
    "value: exp of log": "This is e^x. This node makes the logarithm, which goes the other way.",
    "value: other log": "This is the logarithm to base 10. Here log is the natural one, to base e.",
    "value: times n": "You multiplied by n. In x^n it is the power: x^2 is x times x.",
    "value: without minus": "The minus in 1 / (1 + e^\N{MINUS SIGN}x) is missing.",
    "value: not turned over": "This is 1 + e^\N{MINUS SIGN}x alone. The sigmoid is 1 divided by it.",
    "value: without 1": "The 1 + is missing: the sigmoid is 1 / (1 + e^\N{MINUS SIGN}x).",
    "value: tanh": "This is tanh. Here stands a sigmoid.",
    "value: sigmoid": "This is the sigmoid. Here stands tanh.",
    "value: let through": "The input of this ReLU is not above 0. What does it make of it?",
    "value: blocked": "The input of this ReLU is above 0, and goes through.",
    "value: size": "You dropped the minus. A ReLU makes 0 of all that is below 0.",
}

RULES = {  # (kind, operation) -> the rule in words, and with its numbers
    ("value", "any other"): (WORDS["value"], "what this node makes of {x}"),
    ("gradient", "any other"): (WORDS["gradient"], "{upstream} · {local}"),
    ("value", "add"): ("An add node adds its inputs.", "{x} + {other}"),
    ("value", "multiply"): ("A multiply node multiplies its inputs.", "{x} · {other}"),
    ("value", "negative"): ("This node turns the sign of its input round.", "\N{MINUS SIGN}{x}"),
    ("value", "reciprocal"): ("This node divides 1 by its input.", "1 / {x}"),
    ("value", "exp"): ("This node makes e^x, with e = 2.718...", "e^{x}, in Python np.exp"),
    ("value", "log"): ("This node makes the natural logarithm of its input.", "log {x}, in Python np.log"),
    ("value", "power"): ("This node takes its input to the power n: x^2 is x times x.", "{x}^{n}"),
    ("value", "sigmoid"): (
        "The sigmoid is 1 / (1 + e^\N{MINUS SIGN}x), between 0 and 1.",
        "1 / (1 + e^\N{MINUS SIGN}x), with x = {plain x}",
    ),
    ("value", "tanh"): ("This node makes tanh x, between \N{MINUS SIGN}1 and 1.", "tanh {x}, in Python np.tanh"),
    ("value", "relu"): ("A ReLU leaves what is above 0, and makes 0 of the rest.", "the larger one of 0 and {plain x}"),
    ("gradient", "add"): ("An add node passes the gradient that arrives on to each input, as it is.", "{upstream} · 1"),
    ("gradient", "multiply"): (
        "A multiply node gives each input the gradient that arrives times the value of the other input.",
        "{upstream} · {other}",
    ),
    ("gradient", "branch"): ("Where ways part, the gradients that come back on them are added.", "{ways}"),
    ("gradient", "negative"): (
        "This node turns the sign of the gradient that arrives round.",
        "{upstream} · (\N{MINUS SIGN}1)",
    ),
    ("gradient", "reciprocal"): (
        "The gradient that arrives, times the slope of 1/x, which is \N{MINUS SIGN}1/x\N{SUPERSCRIPT TWO}.",
        "{upstream} · (\N{MINUS SIGN}1 / {x}\N{SUPERSCRIPT TWO})",
    ),
    ("gradient", "exp"): (
        "The gradient that arrives, times the slope of e^x, which is e^x: the value that this node has made.",
        "{upstream} · {result}",
    ),
    ("gradient", "log"): (
        "The gradient that arrives, times the slope of log x, which is 1/x.",
        "{upstream} · 1 / {x}",
    ),
    ("gradient", "power"): (
        "The gradient that arrives, times the slope of x^n, which is n times x^(n\N{MINUS SIGN}1).",
        "{upstream} · {n} · {x}^{n less 1}",
    ),
    ("gradient", "sigmoid"): (
        "The gradient that arrives, times the slope s (1 \N{MINUS SIGN} s), with s the value that this node has made.",
        "{upstream} · {result} · (1 \N{MINUS SIGN} {result})",
    ),
    ("gradient", "tanh"): (
        "The gradient that arrives, times the slope 1 \N{MINUS SIGN} t\N{SUPERSCRIPT TWO}, with t the value that this "
        "node has made.",
        "{upstream} · (1 \N{MINUS SIGN} {result}\N{SUPERSCRIPT TWO})",
    ),
    ("gradient", "relu"): (
        "A ReLU lets the gradient that arrives through where its input is above 0, and stops it elsewhere.",
        "{upstream} · 1 if {plain x} is above 0, and {upstream} · 0 if not",
    ),
}

# -- which numbers are asked for --------------------------------------------------------------------------------------

LEAST = 0.05  # of what is closer to 0, two or three digits after the point do not tell enough
MOST = 1000.0  # what is larger is no fun to work out


@dataclass(frozen=True)
class Gap:
    """A number that the learner fills in: the value or the gradient of an edge."""

    letter: str
    kind: str
    edge: Edge

    @property
    def node(self):
        """The node that this number is worked out at."""
        return self.edge.source if self.kind == "value" else self.edge.target

    @property
    def inputs(self):
        """The edges that lead into this node, the one that the gap is about first."""
        edges = self.node.inputs
        return [self.edge, *(edge for edge in edges if edge is not self.edge)] if self.kind == "gradient" else edges


def expected(gap):
    """The right number."""
    return float(getattr(gap.edge, gap.kind))


def gaps_of(graph, count, rng):
    """`count` gaps of a graph after backward, in the order in which the learner works them out; fewer if it has fewer.

    They are a mixture, as far as the graph allows: a value, a gradient where ways meet, one at a multiply node, and of the
    others mostly gradients. What is given is not asked for: inputs, constants, and the gradient at the output.
    """
    count, rng = as_count("count", count), as_rng("rng", rng)
    possible = [gap for gap in in_working_order(graph) if all(map(is_handy, [expected(gap), *worked_out_from(gap)]))]
    chosen = mixture(possible, min(count, len(string.ascii_uppercase)), rng)
    return [replace(possible[at], letter=letter) for letter, at in zip(string.ascii_uppercase, chosen, strict=False)]


def in_working_order(graph):
    """All that is worked out, as gaps without a letter: values from the left to the right, then gradients back."""
    edges = graph.edges
    if any(edge.gradient is None for edge in edges):
        raise RuntimeError("gaps before backward: call graph.backward() first")
    if any(np.ndim(edge.value) for edge in edges):
        return  # arrays are not asked for
    moving = nodes_that_move(graph)
    for node in moving:
        if node.operation and not isinstance(node.operation, Branch):  # what a branch passes on is plain to see
            yield Gap("", "value", node.outputs[0])
    for node in reversed(moving):
        yield from (Gap("", "gradient", edge) for edge in node.inputs if edge.source in moving)


def nodes_that_move(graph):
    """The named variables and all that depends on them: the rest is constant."""
    moving = {}  # a dict, since it keeps their order
    for node in graph.nodes:
        is_variable = bool(node.name) and not node.operation
        if is_variable or any(edge.source in moving for edge in node.inputs):
            moving[node] = True
    return moving


def is_handy(number):
    return bool(number == 0 or LEAST <= abs(number) <= MOST)


def worked_out_from(gap):
    """The numbers that the learner needs, but for what is given."""
    yield from (edge.value for edge in map(before_branch, gap.inputs) if edge.source.operation)
    if gap.kind == "gradient":
        yield from (number for edge in gap.node.outputs for number in (edge.value, edge.gradient))


def before_branch(edge):
    """The edge where the value was made that this one only carries on."""
    while isinstance(edge.source.operation, Branch):
        edge = edge.source.inputs[0]
    return edge


def mixture(gaps, count, rng):
    """Which of the gaps, in order."""
    by_chance = rng.permutation(len(gaps)).tolist()
    values = [at for at in by_chance if gaps[at].kind == "value"]
    gradients = [at for at in by_chance if gaps[at].kind == "gradient"]
    meeting = [at for at in gradients if gaps[at].node.name == "branch"]
    multiplied = [at for at in gradients if gaps[at].node.name == "multiply"]
    wanted = [*values[:1], *meeting[:1], *multiplied[:1], *values[: count // 3], *gradients, *values]
    return sorted(list(dict.fromkeys(wanted))[:count])


# -- the numbers around a gap -----------------------------------------------------------------------------------------


class Neighbourhood:
    """What stands around a gap, by the names that the rules use.

    x, other  the value of the input that it is about, and of the other one, if the node has two
    result    the value that the node makes
    upstream  the gradient that arrives at it;  ways  all of them, where it is a branch
    local     how much the result moves with x
    n         the power, where it is one
    """

    def __init__(self, gap):
        node = gap.node
        inputs = [np.float64(edge.value) for edge in gap.inputs]
        self.right = np.float64(expected(gap))
        self.x, self.other = inputs[0], inputs[-1]
        self.result = np.float64(node.outputs[0].value)
        self.ways = np.array([edge.gradient for edge in node.outputs])
        self.upstream, self.local = self.ways[0], np.float64(node.local[node.inputs.index(gap.inputs[0])])
        self.n = getattr(node.operation, "n", None)


# -- what people often write instead ----------------------------------------------------------------------------------

ANY_GRADIENT = {
    "sign": lambda p: -p.right,
    "upstream forgotten": lambda p: p.local,
    "local forgotten": lambda p: p.upstream,
    "gradients added": lambda p: p.upstream + p.local,
    "value typed": lambda p: p.x,
}


def without(general, *left_out):
    return {name: number for name, number in general.items() if name not in left_out}


GRADIENT_MISTAKES = {
    "add": {
        "times other value": lambda p: p.upstream * p.other,
        "times own value": lambda p: p.upstream * p.x,
        "halved": lambda p: p.upstream / 2,
        **without(ANY_GRADIENT, "local forgotten"),
    },
    "multiply": {
        "own value": lambda p: p.upstream * p.x,
        "both values": lambda p: p.upstream * p.result,
        **ANY_GRADIENT,
    },
    "branch": {
        "first way alone": lambda p: p.ways[0],
        "last way alone": lambda p: p.ways[-1],
        "mean": lambda p: p.ways.mean(),
        "ways multiplied": lambda p: p.ways.prod(),
        "ways subtracted": lambda p: p.ways[0] - p.ways[1:].sum(),
        **without(ANY_GRADIENT, "upstream forgotten", "local forgotten", "gradients added"),
    },
    "negative": {
        "minus forgotten": lambda p: p.upstream,
        "times value": lambda p: p.upstream * p.x,
        **without(ANY_GRADIENT, "sign", "local forgotten"),
    },
    "reciprocal": {
        "no minus": lambda p: -p.right,
        "no square": lambda p: -p.upstream / p.x,
        "value as slope": lambda p: p.upstream * p.result,
        "square above": lambda p: -p.upstream * p.x**2,
        **without(ANY_GRADIENT, "sign"),
    },
    "exp": {
        "times input": lambda p: p.upstream * p.x,
        "exp as power": lambda p: p.upstream * p.x * np.exp(p.x - 1),
        **ANY_GRADIENT,
    },
    "log": {
        "value as slope": lambda p: p.upstream * p.result,
        "log upside down": lambda p: p.upstream * p.x,
        "slope of 1/x": lambda p: -p.upstream / p.x**2,
        "divided by log": lambda p: p.upstream / p.result,
        **ANY_GRADIENT,
    },
    "power": {
        "power kept": lambda p: p.upstream * p.n * p.x**p.n,
        "power raised": lambda p: p.upstream * p.n * p.x ** (p.n + 1),
        "factor forgotten": lambda p: p.upstream * p.x ** (p.n - 1),
        "power forgotten": lambda p: p.upstream * p.n * p.x,
        "x forgotten": lambda p: p.upstream * p.n,
        "value as slope": lambda p: p.upstream * p.result,
        **ANY_GRADIENT,
    },
    "sigmoid": {
        "value as slope": lambda p: p.upstream * p.result,
        "one minus alone": lambda p: p.upstream * (1 - p.result),
        "input for output": lambda p: p.upstream * p.x * (1 - p.x),
        "sigmoid twice": lambda p: p.upstream * sigmoid_derivative(p.result),
        "slope of tanh": lambda p: p.upstream * (1 - p.result**2),
        **ANY_GRADIENT,
    },
    "tanh": {
        "value as slope": lambda p: p.upstream * p.result,
        "slope of sigmoid": lambda p: p.upstream * p.result * (1 - p.result),
        "input squared": lambda p: p.upstream * (1 - p.x**2),
        "square forgotten": lambda p: p.upstream * (1 - p.result),
        "square alone": lambda p: p.upstream * p.result**2,
        **ANY_GRADIENT,
    },
    "relu": {
        "let through": lambda p: p.upstream,
        "blocked": lambda p: 0.0,
        "relu times input": lambda p: p.upstream * p.x,
        **without(ANY_GRADIENT, "local forgotten", "gradients added"),
    },
}

ANY_VALUE = {"value: passed on": lambda p: p.x, "value: sign": lambda p: -p.right}

OF_TWO = {
    "value: first input": lambda p: p.x,
    "value: second input": lambda p: p.other,
    "value: sign": lambda p: -p.right,
}

VALUE_MISTAKES = {
    "add": {
        "value: multiplied": lambda p: p.x * p.other,
        "value: subtracted": lambda p: p.x - p.other,
        "value: subtracted back": lambda p: p.other - p.x,
        "value: minus dropped": lambda p: abs(p.x) + abs(p.other),
        **OF_TWO,
    },
    "multiply": {
        "value: added": lambda p: p.x + p.other,
        **OF_TWO,
    },
    "negative": {"value: no minus": lambda p: p.x, "value: turned over": lambda p: 1 / p.x},
    "reciprocal": {
        "value: minus for 1/x": lambda p: -p.x,
        "value: slope": lambda p: p.local,
        **ANY_VALUE,
    },
    "exp": {
        "value: minus in exp": lambda p: np.exp(-p.x),
        "value: times e": lambda p: p.x * np.e,
        **ANY_VALUE,
    },
    "log": {
        "value: other log": lambda p: np.log10(p.x),
        "value: exp of log": lambda p: np.exp(p.x),
        "value: slope": lambda p: p.local,
        **ANY_VALUE,
    },
    "power": {
        "value: times n": lambda p: p.x * p.n,
        "value: slope": lambda p: p.local,
        **ANY_VALUE,
    },
    "sigmoid": {
        "value: without minus": lambda p: sigmoid(-p.x),
        "value: not turned over": lambda p: 1 + np.exp(-p.x),
        "value: without 1": lambda p: np.exp(p.x),
        "value: slope": lambda p: p.local,
        "value: tanh": lambda p: np.tanh(p.x),
        **ANY_VALUE,
    },
    "tanh": {"value: slope": lambda p: p.local, "value: sigmoid": lambda p: sigmoid(p.x), **ANY_VALUE},
    "relu": {
        "value: let through": lambda p: p.x,
        "value: blocked": lambda p: 0.0,
        "value: size": lambda p: abs(p.x),
        "value: slope": lambda p: p.local,
        "value: sign": lambda p: -p.right,
    },
}


def mistakes_of(gap):
    """{name: the number that this mistake gives}, a text in MISTAKES for each; without those that give the right number."""
    table, general = (VALUE_MISTAKES, ANY_VALUE) if gap.kind == "value" else (GRADIENT_MISTAKES, ANY_GRADIENT)
    functions = table.get(gap.node.name, general)
    place = Neighbourhood(gap)
    with np.errstate(all="ignore"):
        numbers = {name: float(function(place)) for name, function in functions.items()}
    if gap.kind == "gradient" and isinstance(gap.edge.source.operation, Branch):
        numbers["all ways"] = float(gap.edge.source.inputs[0].gradient)
    return {name: number for name, number in numbers.items() if np.isfinite(number) and not fits(number, place.right)}


# -- what to say to what was typed ------------------------------------------------------------------------------------

ROUNDING = 0.006  # two digits after the point, and a little more
NEARLY = 0.01, 0.05  # as a part of the number: what is correct, and what is almost
LONGEST = 30  # characters
MINUSES = "[\N{MINUS SIGN}\N{EN DASH}]"
DECIMAL = r"[+-]?\s*(?:\d+[.,]?\d*|[.,]\d+)"
COARSE = re.compile(r"[^./,e]*[.,]?(\d?)", re.IGNORECASE)
NUMBER = re.compile(rf"({DECIMAL}(?:e[+-]?\d\d?)?)(?:\s*/\s*({DECIMAL}))?", re.ASCII | re.IGNORECASE)


def judge(graph, gap, text):
    """What to say to what the learner has typed into a gap: an Answer, whatever it is."""
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
    return Answer(WORKING, unnamed(graph, gap, number))


def number_in(text):
    """The number that a learner means by "-4", "3,5" or "1/4"; None if it is none. Never evaluated."""
    found = NUMBER.fullmatch(re.sub(MINUSES, "-", text)) if len(text) <= LONGEST else None
    if not found:
        return None
    above, below = (float(re.sub(r"\s", "", part).replace(",", ".")) for part in (found[1], found[2] or "1"))
    return above / below


def fits(number, right):
    """Whether it is the same number, worked out from rounded ones."""
    return abs(number - right) <= max(ROUNDING, NEARLY[0] * abs(right))


def is_coarse(number, text, right):
    """Whether it is the right number, rounded to one digit after the point or to none, and still of about its size."""
    off, digits = abs(number - right), COARSE.fullmatch(text)
    return bool(digits) and off < abs(right) / 2 and off <= (0.051 if digits[1] else 0.501)


def named_mistake(gap, number):
    """What to say of the mistakes that give this number."""
    says = [MISTAKES[name] for name, wrong in mistakes_of(gap).items() if fits(number, wrong)]
    return CHECKING["either"].format(one=says[0], other=says[1]) if len(says) > 1 else "".join(says)


def unnamed(graph, gap, number):
    """How to work out this one, and whether the number belongs to another place."""
    rule = WORDS["branch" if gap.kind == "gradient" and isinstance(gap.node.operation, Branch) else gap.kind]
    others = (getattr(edge, gap.kind) for edge in graph.edges)
    return f"{WORDS['elsewhere']} {rule}" if any(fits(number, other) for other in others) else rule


# -- hints ------------------------------------------------------------------------------------------------------------


def hint(gap, level, unsolved=()):
    """A hint in three steps: 1 the rule, 2 with the numbers of its node filled in, 3 the number.

    unsolved  gaps whose numbers must not be given away: their letters stand in the hint
    """
    if level == 3:
        return WORDS["number"].format(letter=gap.letter, number=trimmed(expected(gap)))
    rule, filled = RULES.get((gap.kind, gap.node.name), RULES[gap.kind, "any other"])
    if level == 1:
        return rule
    if level == 2:
        return f"{gap.letter} = {filled.format(**numbers_near(gap, unsolved))}"
    raise ValueError(f"level must be 1, 2 or 3, got {level!r}")


def numbers_near(gap, unsolved):
    """The numbers of a gap's node as they stand in a formula, or the letter of one that is still unsolved."""
    letters = {(other.kind, other.edge): other.letter for other in unsolved}

    def shown(kind, edge):
        return letters.get((kind, edge)) or trimmed(getattr(edge, kind))

    outputs = gap.node.outputs
    x, *others = [shown("value", before_branch(edge)) for edge in gap.inputs]
    numbers = {"plain x": x, "x": x, "other": "".join(others), "result": shown("value", outputs[0])}
    if gap.kind == "gradient":
        ways = [shown("gradient", edge) for edge in outputs]
        numbers |= {
            "upstream": ways[0],
            "ways": " + ".join(map(in_parentheses, ways)),
            "local": trimmed(Neighbourhood(gap).local),
        }
    n = getattr(gap.node.operation, "n", 0)  # a branch has an n too, and its rule does not name it
    numbers |= {"n": trimmed(n), "n less 1": trimmed(n - 1)}
    return {name: text if name in ("plain x", "ways") else in_parentheses(text) for name, text in numbers.items()}
