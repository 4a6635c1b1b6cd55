"""Gaps in a graph: what is asked for, what is said to right, rounded, wrong and senseless answers, and the hints."""

import math
import re
from collections import Counter

import numpy as np
import pytest

from nnlessons.backpropagation.gaps import WORDS, Gap, expected, fits, gaps_of, hint, judge, mistakes_of, number_in
from nnlessons.backpropagation.guides import ALL_PATHS, ANY_GRADIENT, ANY_VALUE, GRADIENTS, VALUES
from nnlessons.exercise.checking import ALMOST, CORRECT, MISSING, WORKING
from nnlessons.wording import trimmed
from nnlib.formulas import parse
from nnlib.graph import Graph, Variable, record
from nnlib.nodes import Apply, Branch

MINUS = "\N{MINUS SIGN}"
FORMULAS = (
    "(x + y) * z",
    "x * y + x",
    "(x + y) * (y + z)",
    "x * x * x",
    "sigmoid(w * x + y)",
    "sigmoid(x) * y + tanh(y) * z",
    "1 / (1 + exp(-(x * y + z)))",
    "relu(x * y) * z + relu(-x * y) * w",
    "relu(x * y) + x**2",
    "(x + y)**3 * z + x**-2",
    "y * log(x * x + 0.3)",
    "exp(x) * y - z / x",
)


def filled(formula, seed):
    """A graph of the formula, forward and back, at numbers of one digit after the point, as a demo may draw them."""
    rng = np.random.default_rng(seed)
    values = rng.integers(3, 25, size=4) / 10 * rng.choice([-1, 1], size=4)
    graph = parse(formula, **dict(zip("wxyz", values.tolist(), strict=True)))
    graph.backward()
    return graph


def all_gaps(graph):
    return gaps_of(graph, 26, np.random.default_rng(0))


def at(formula, kind, operation, own=0, **values):
    """A graph and the gap at its first node of this operation: the value that it makes, or the gradient of an input."""
    graph = parse(formula, **values)
    graph.backward()
    node = next(node for node in graph.nodes if node.operation and node.name == operation)
    return graph, Gap("A", kind, node.outputs[0] if kind == "value" else node.inputs[own])


# -- which numbers are asked for --------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_is_given_is_never_asked_for(formula):
    for seed in range(20):
        graph = filled(formula, seed)
        for gap in gaps_of(graph, 5, np.random.default_rng(seed)):
            source = gap.edge.source
            assert gap.edge is not graph.nodes[-1].outputs[0] or gap.kind == "value", "the 1 at the output"
            if gap.kind == "value":
                assert source.operation and not isinstance(source.operation, Branch)
            else:
                assert source.operation or source.name, "the gradient of a constant is of no use"


def test_a_constant_stays_one_through_nodes_and_branches():
    two = Variable(2.0)
    graph = Graph(Variable(3.0, "x") * (two * two).exp())
    graph.backward()
    assert [(gap.kind, gap.node.name) for gap in all_gaps(graph)] == [("value", "multiply"), ("gradient", "multiply")]


def dependencies(gap):
    """(kind, edge) of the numbers that this one is worked out from."""
    for edge in gap.node.inputs:
        while isinstance(edge.source.operation, Branch):
            edge = edge.source.inputs[0]
        yield "value", edge
    if gap.kind == "gradient":
        yield "value", gap.node.outputs[0]
        yield from (("gradient", edge) for edge in gap.node.outputs)


@pytest.mark.parametrize("formula", FORMULAS)
def test_letters_follow_the_order_of_working_out(formula):
    for seed in range(10):
        gaps = gaps_of(filled(formula, seed), 6, np.random.default_rng(seed))
        assert "".join(gap.letter for gap in gaps) == "ABCDEFGH"[: len(gaps)]
        for place, gap in enumerate(gaps):
            later = {(other.kind, other.edge) for other in gaps[place + 1 :]}
            assert later.isdisjoint(dependencies(gap))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_mixture_with_a_branch_and_a_multiply_node_where_there_are_some(formula):
    for seed in range(20):
        graph = filled(formula, seed)
        everything = all_gaps(graph)
        for count in (3, 4, 6):
            gaps = gaps_of(graph, count, np.random.default_rng(seed))
            assert len(gaps) == min(count, len(everything))
            kinds = Counter(gap.kind for gap in gaps)
            assert kinds["value"] >= 1
            if sum(gap.kind == "gradient" for gap in everything) >= count:
                assert kinds["gradient"] > kinds["value"] and kinds["value"] == max(1, count // 3)
            for name in ("branch", "multiply"):
                asked, there = (
                    any(gap.kind == "gradient" and gap.node.name == name for gap in some) for some in (gaps, everything)
                )
                assert asked == there


def test_fewer_where_the_graph_has_fewer():
    graph = filled("x * y", 0)
    assert [(gap.letter, gap.kind) for gap in gaps_of(graph, 9, 0)] == [
        ("A", "value"),
        ("B", "gradient"),
        ("C", "gradient"),
    ]
    alone = parse("x", x=2)
    alone.backward()
    assert gaps_of(alone, 3, 0) == []


def test_the_same_rng_asks_the_same_and_another_one_something_else():
    graph = filled(FORMULAS[-1], 0)
    draws = [gaps_of(graph, 4, np.random.default_rng(seed)) for seed in range(8)]
    assert draws[3] == gaps_of(graph, 4, np.random.default_rng(3))
    assert len({tuple(gap.edge for gap in gaps) for gaps in draws}) > 3


def test_numbers_too_close_to_0_and_nan_are_never_gaps():
    for formula, values in {"x * y * z": (0.1, 0.1, 1.0), "exp(x) * y": (9.0, 2.0, 1), "log(x)": (-1.0, 1, 1)}.items():
        graph = parse(formula, **dict(zip("xyz", values, strict=True)))
        graph.backward()
        for gap in all_gaps(graph):
            assert expected(gap) == 0 or 0.05 <= abs(expected(gap)) <= 1000
    assert all_gaps(graph) == []
    arrays = Graph(Variable([1.0, 2.0], "x") * Variable([3.0, 4.0], "y"))
    arrays.backward([1.0, 1.0])
    assert all_gaps(arrays) == []


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_gap_is_worked_out_from_a_number_too_close_to_0(formula):
    for seed in range(50):
        for gap in all_gaps(filled(formula, seed)):
            for kind, edge in dependencies(gap):
                number = getattr(edge, kind)
                assert number == 0 or 0.05 <= abs(number) <= 1000


def test_gaps_before_backward_and_a_count_of_none_are_refused():
    with pytest.raises(RuntimeError, match="gaps before backward"):
        gaps_of(parse("x * y", x=1, y=2), 3, 0)
    with pytest.raises(ValueError, match="count must be at least 1"):
        gaps_of(filled("x * y", 0), 0, 0)


def test_more_than_the_letters_are_not_asked_for():
    graph = filled("+".join(["x*y"] * 20), 0)
    assert gaps_of(graph, 60, 0) == gaps_of(graph, 26, 0)
    assert [gap.letter for gap in gaps_of(graph, 60, 0)] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_expected_is_the_value_and_the_slope_of_the_formula():
    values = {"w": 0.7, "x": -1.2, "y": 0.4, "z": 1.5}
    by_hand = {"exp": math.exp, "tanh": math.tanh, "log": math.log, "relu": lambda x: max(x, 0.0)}
    by_hand["sigmoid"] = lambda a: 1 / (1 + math.exp(-a))
    for formula in FORMULAS:
        graph = parse(formula, **values)
        graph.backward()
        f = lambda **moved: eval(formula, by_hand, values | moved)  # noqa: B023, E731
        for gap in all_gaps(graph):
            name = gap.edge.source.name if not gap.edge.source.operation else None
            if gap.edge.source.name == "branch":
                continue
            if gap.kind == "value" and gap.node is graph.nodes[-1]:
                assert expected(gap) == pytest.approx(f())
            elif name:
                up, down = (f(**{name: values[name] + h}) for h in (1e-5, -1e-5))
                assert expected(gap) == pytest.approx((up - down) / 2e-5, abs=1e-7)


# -- right answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_right_answer_with_two_digits_or_more_is_correct(formula):
    for seed in range(20):
        graph = filled(formula, seed)
        for gap in all_gaps(graph):
            right = expected(gap)
            for text in (
                f"{right:.2f}",
                f" {right:.3f} ",
                f"{right:.2f}".replace(".", ","),
                f"{right:+.6f}",
                repr(right),
            ):
                assert judge(graph, gap, text).verdict == CORRECT, (text, right)
                assert judge(graph, gap, text.replace("-", MINUS)).verdict == CORRECT
            assert judge(graph, gap, f"{1.009 * right:.6f}").verdict == CORRECT, "worked out from rounded numbers"
            for part in (0.93, 1.07):
                if abs(right) > 0.1:
                    assert judge(graph, gap, f"{part * right:.6f}").verdict == WORKING


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-4", -4),
        (f"{MINUS}4", -4),
        ("\N{EN DASH}4", -4),
        ("- 4", -4),
        ("+4", 4),
        ("3,5", 3.5),
        (" 2.50 ", 2.5),
        ("\N{NO-BREAK SPACE}2.5", 2.5),
        (".5", 0.5),
        ("3.", 3),
        ("1/4", 0.25),
        ("-1 / 4", -0.25),
        ("1,5/-3", -0.5),
        ("1.2e-2", 0.012),
        ("-0", 0),
        ("0.19661193324148185", 0.19661193324148185),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    graph, gap = at("x + y", "value", "add", x=number, y=0)
    assert judge(graph, gap, text).verdict == CORRECT
    assert number_in(text.strip()) == number


def test_the_answer_to_a_right_number_says_it():
    graph, gap = at("(x + y) * z", "gradient", "add", x=-2, y=5, z=-4)
    assert judge(graph, gap, "-4").text == f"A is {MINUS}4."
    assert trimmed(-0.0001) == "0" and trimmed(100.0) == "100" and trimmed(-1.25) == f"{MINUS}1.25"


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("0.8808", CORRECT, "A is 0.881."),
        ("0.88", CORRECT, "A is"),
        ("0.9", ALMOST, WORDS["few digits"]),
        ("1", ALMOST, WORDS["few digits"]),
        ("1,", ALMOST, WORDS["few digits"]),
        ("0.85", ALMOST, WORDS["close"]),
        ("11/12", ALMOST, WORDS["close"]),
        ("1/1", WORKING, ANY_VALUE.rule),
        ("0.8", WORKING, ANY_VALUE.rule),
        ("1.00", WORKING, ANY_VALUE.rule),
        ("0", WORKING, ANY_VALUE.rule),
    ],
)
def test_almost_right_gets_a_word_about_digits(text, verdict, words):
    answer = judge(*at("sigmoid(x)", "value", "sigmoid", x=2), text)
    assert answer.verdict == verdict and words in answer.text


def test_a_number_twice_as_large_is_no_rounding():
    assert judge(*at("1 / x", "value", "reciprocal", x=2), "1").verdict == WORKING


# -- no number --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  ", "...", "\N{HORIZONTAL ELLIPSIS}", " . . ."[:2]])
def test_an_empty_gap_is_still_missing(text):
    assert judge(*at("x * y", "value", "multiply", x=2, y=3), text).verdict == MISSING


SENSELESS = [
    "nan",
    "inf",
    "-inf",
    "six",
    "2*3",
    "2 3",
    "1.2.3",
    "1,000.5",
    "--4",
    "1/2/3",
    "6 apples",
    "0x6",
    "6_0",
    "1e999",
]
SENSELESS += [
    "\N{DEVANAGARI DIGIT SIX}",
    "__import__('os')",
    "6" * 31,
    "x" * 100_000,
    "(6)",
    "-",
    "/",
    "1/",
    "/2",
    "\0",
    "6\n6",
]


@pytest.mark.parametrize("text", SENSELESS)
def test_what_is_no_number_is_refused_politely_and_not_repeated(text):
    answer = judge(*at("x * y", "value", "multiply", x=2, y=3), text)
    assert (answer.verdict, answer.text) == (WORKING, WORDS["no number"])


def test_division_by_0_gets_a_message():
    assert "divide by 0" in judge(*at("x * y", "value", "multiply", x=2, y=3), "1/0").text


# -- wrong answers: the numbers of the mistakes -----------------------------------------------------------------------

e, s, t = math.exp(0.5), 1 / (1 + math.exp(-0.5)), math.tanh(0.5)
s_of_s = 1 / (1 + math.exp(-s))
GENERAL = (
    "flipped",
    "the local gradient alone",
    "the arriving gradient on",
    "You added the local",
)
GENERAL += ("the value here",)


def general(right, upstream, local, x):
    return dict(zip(GENERAL, (-right, local, upstream, upstream + local, x), strict=True))


def less(numbers, *words):
    return {some: number for some, number in numbers.items() if some not in words}


WORKED_GRADIENTS = [  # formula, operation, values, words of each mistake and its number, worked out here
    ("(x + y) * z", "add", {"x": -2, "y": 5, "z": -4})
    + ({"by the other input": -20, "multiplied by the value here": 8, "half of it": -2, "flipped": 4}
       | {"the local gradient alone": 1, "You added the local": -3, "That's the value here": -2},),
    ("x * y * z", "multiply", {"x": 2, "y": 5, "z": 3})
    + ({"value of this input": 6, "by both inputs": 30} | general(15, 3, 5, 2),),
    ("x * y + x * z", "branch", {"x": 4, "y": 5, "z": -2})
    + ({"comes back on one path": 5, "only counted the last path": -2, "the mean": 1.5, "multiplied the paths": -10}
       | {"subtracted one path": 7, "flipped": -3, "the value here": 4},),
    ("-x * y", "negative", {"x": 2, "y": 5})
    + ({"passed on the gradient as it is": 5, "multiplied by the value here": 10}
       | {"the local gradient alone": -1, "You added the local": 4, "That's the value here": 2},),
    ("1 / x * y", "reciprocal", {"x": 4, "y": 8})
    + ({"has a minus": 0.5, "forgot the square": -2, "the value that this node outputs": 2, "by a²": -128}
       | less(general(-0.5, 8, -1 / 16, 4), "flipped"),),
    ("exp(x) * y", "exp", {"x": 0.5, "y": 3})
    + ({"by the input": 1.5, "like a power of a": 1.5 * math.exp(-0.5)} | general(3 * e, 3, e, 0.5),),
    ("log(x) * y", "log", {"x": 2.5, "y": 3})
    + ({"multiplied by the value that": 3 * math.log(2.5), "multiplied by a": 7.5, "used the slope of 1/a": -3 / 6.25}
       | {"divided by the value": 3 / math.log(2.5)} | general(1.2, 3, 0.4, 2.5),),
    ("x**3 * y", "power", {"x": 2, "y": 5})
    + ({"kept the power": 120, "raised the power by one": 240, "forgot the n in front": 20, "without its power": 30}
       | {"by n alone": 15, "the value that this node outputs": 40} | general(60, 5, 12, 2),),
    ("sigmoid(x) * y", "sigmoid", {"x": 0.5, "y": 3})
    + ({"multiplied by the value": 3 * s, "1 − z only": 3 * (1 - s), "put the input into": 0.75}
       | {"the sigmoid twice": 3 * s_of_s * (1 - s_of_s), "the slope of tanh": 3 * (1 - s * s)}
       | general(3 * s * (1 - s), 3, s * (1 - s), 0.5),),
    ("tanh(x) * y", "tanh", {"x": 0.5, "y": 3})
    + ({"multiplied by the value": 3 * t, "the slope of the sigmoid": 3 * t * (1 - t), "put the input into": 2.25}
       | {"forgot the square": 3 * (1 - t), "forgot the 1": 3 * t * t} | general(3 * (1 - t * t), 3, 1 - t * t, 0.5),),
    ("relu(x) * y", "relu", {"x": -0.5, "y": 5})
    + ({"isn't above 0": 5, "by the input": -2.5, "the value here": -0.5},),
    ("relu(x) * y", "relu", {"x": 2, "y": 5})
    + ({"ReLU is above 0": 0, "by the input": 10, "flipped": -5, "the local gradient alone": 1}
       | {"the value here": 2},),
]  # fmt: skip

WORKED_VALUES = [
    ("x + y", "add", {"x": -2, "y": 5})
    + ({"You multiplied": -10, "subtracted the second": -7, "subtracted the first": 7, "dropped a minus": 7}
       | {"That's the first input": -2, "That's the second input": 5, "flipped": -3},),
    ("x * y", "multiply", {"x": 3, "y": -4})
    + ({"You added": -1, "That's the first input": 3, "That's the second input": -4, "flipped": 12},),
    ("-x", "negative", {"x": 2}, {"the input as it is": 2, "You divided 1": 0.5}),
    ("1 / x", "reciprocal", {"x": 4})
    + ({"You flipped the sign": -4, "the slope": -1 / 16, "the input as it is": 4, "sign is flipped": -0.25},),
    ("exp(x)", "exp", {"x": 0.5})
    + ({"the power of minus a": 1 / e, "multiplied by e": math.e / 2, "the input as it is": 0.5, "flipped": -e},),
    ("log(x)", "log", {"x": 2.5})
    + ({"base 10": math.log10(2.5), "That's e^a": math.exp(2.5), "the slope": 0.4, "the input as it is": 2.5}
       | {"flipped": -math.log(2.5)},),
    ("x**3", "power", {"x": 2}, {"by n": 6, "the slope": 12, "the input as it is": 2, "flipped": -8}),
    ("sigmoid(x)", "sigmoid", {"x": 0.5})
    + ({"forgot the minus in": 1 - s, "1 + e^−a alone": 1 / s, "forgot the 1 +": e, "the slope": s * (1 - s)}
       | {"That's tanh": t, "the input as it is": 0.5, "flipped": -s},),
    ("tanh(x)", "tanh", {"x": 0.5})
    + ({"the slope": 1 - t * t, "That's the sigmoid": s, "the input as it is": 0.5, "flipped": -t},),
    ("relu(x)", "relu", {"x": -0.5}, {"isn't above 0": -0.5, "dropped the minus": 0.5}),
    ("relu(x)", "relu", {"x": 2}, {"is above 0, so it gets through": 0, "the slope": 1, "flipped": -2}),
]  # fmt: skip


def number_of(words, gap):
    """The number of the one mistake at this gap whose message has these words."""
    (number,) = (number for number, message in mistakes_of(gap) if words in message)
    return number


@pytest.mark.parametrize(
    ("kind", "formula", "operation", "values", "numbers"),
    [("gradient", *row) for row in WORKED_GRADIENTS] + [("value", *row) for row in WORKED_VALUES],
)
def test_each_mistake_gives_the_number_worked_out_by_hand(kind, formula, operation, values, numbers):
    _, gap = at(formula, kind, operation, **values)
    assert {words: number_of(words, gap) for words in numbers} == pytest.approx(numbers)
    assert len(mistakes_of(gap)) == len(numbers)


def test_the_second_input_has_the_same_mistakes_seen_from_its_side():
    _, gap = at("x * y * z", "gradient", "multiply", own=1, x=2, y=5, z=3)
    assert expected(gap) == 6 and number_of("value of this input", gap) == 15
    assert (number_of("local gradient alone", gap), number_of("That's the value here", gap)) == (2, 5)
    _, gap = at("(x + y) * z", "gradient", "add", own=1, x=-2, y=5, z=-4)
    assert (number_of("by the other input", gap), number_of("multiplied by the value here", gap)) == (8, -20)


def test_the_sum_of_all_ways_is_a_mistake_on_one_of_them():
    _, gap = at("x * y + x * z", "gradient", "multiply", x=4, y=5, z=-2)
    assert expected(gap) == 5 and number_of("sum over all the paths", gap) == 3


# -- wrong answers: the feedback --------------------------------------------------------------------------------------


def is_named(answer, message, number, mistakes):
    """Whether the answer names this mistake; it names two of those that give the same number."""
    same = {other for wrong, other in mistakes if fits(number, wrong)}
    assert answer.verdict == WORKING and sum(other in answer.text for other in same) == min(len(same), 2)
    assert answer.text.startswith("Either: ") == (len(same) > 1)
    return message in answer.text


def test_every_mistake_is_named_on_50_fillings():
    named = Counter()
    for formula in FORMULAS:
        for seed in range(70):
            graph = filled(formula, seed)
            for gap in all_gaps(graph):
                mistakes = mistakes_of(gap)
                for number, message in mistakes:
                    text = f"{number:.9g}"
                    answer = judge(graph, gap, text)
                    operation = "any" if message == ALL_PATHS.message else gap.node.name
                    named[gap.kind, operation, message] += is_named(answer, message, float(text), mistakes)
    known = {
        (kind, operation, mistake.message)
        for kind, guides in (("gradient", GRADIENTS), ("value", VALUES))
        for operation, guide in guides.items()
        for mistake in guide.mistakes
    }
    known.add(("gradient", "any", ALL_PATHS.message))
    assert {where: named[where] for where in known if named[where] < 50} == {}


@pytest.mark.parametrize("guides", [GRADIENTS, VALUES], ids=["gradients", "values"])
def test_no_two_mistakes_of_a_node_read_alike_and_texts_are_sentences(guides):
    for guide in guides.values():
        messages = [mistake.message for mistake in guide.mistakes]
        assert len(set(messages)) == len(messages)
        for text in (guide.rule, *messages):
            assert (text[0].isupper()) and text[-1] in ".?", text


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_message_gives_the_number_away(formula):
    for seed in range(5):
        graph = filled(formula, seed)
        for gap in all_gaps(graph):
            for text in ("77.7", *(f"{number:.9g}" for number, _ in mistakes_of(gap))):
                right = trimmed(expected(gap))
                if len(right.strip(MINUS)) > 2:  # the 1 and 2 of a formula are no secret
                    assert right not in judge(graph, gap, text).text


def test_two_mistakes_with_the_same_number_are_both_named():
    graph, gap = at("(x + y) * z", "gradient", "multiply", own=1, x=-2, y=5, z=-4)
    assert re.fullmatch("Either: You took the value of .* Or: That's the value here.*", judge(graph, gap, "-4").text)


def test_another_wrong_number_gets_the_rule():
    graph, gap = at("(x + y) * z", "gradient", "add", x=-2, y=5, z=-4)
    assert judge(graph, gap, "77").text == ANY_GRADIENT.rule
    assert judge(graph, gap, "3").text == f"{WORDS['elsewhere']} {ANY_GRADIENT.rule}", "it is that of z"
    assert judge(*at("(x + y) * z", "value", "add", x=-2, y=5, z=-4), "77").text == ANY_VALUE.rule
    assert judge(*at("x * y + x", "gradient", "branch", x=2, y=5), "77").text == WORDS["branch"]


def test_a_mistake_close_to_the_right_number_is_named_if_it_is_closer():
    graph, gap = at("x * y", "gradient", "multiply", x=3.9, y=4.0)
    assert expected(gap) == 4
    assert "You took the value of this input" in judge(graph, gap, "3.9").text
    assert judge(graph, gap, "3.97").verdict == CORRECT
    assert judge(graph, gap, "4.1") == judge(graph, gap, "4.15") and judge(graph, gap, "4.15").text == WORDS["close"]


# -- hints ------------------------------------------------------------------------------------------------------------

PYTHON = {MINUS: "-", "·": "*", "\N{SUPERSCRIPT TWO}": "**2", "^": "**", "log ": "math.log", "tanh ": "math.tanh"}


def worked_out(text):
    """The number that a hint's formula makes."""
    text = text.split(" = ", 1)[1].split(", in Python")[0]
    with_a = re.fullmatch(r"(.*), with a = (.*)", text)
    if with_a:
        text = with_a[1].replace("a", f"({with_a[2]})")
    text = re.sub(r"the larger one of 0 and (.*)", r"max(0, \1)", text)
    text = re.sub(r"(.*) if (.*) is above 0, and (.*) if not", r"(\1 if \2 > 0 else \3)", text)
    for sign, python in PYTHON.items():
        text = text.replace(sign, python)
    text = re.sub(r"math\.(\w+?)(\(?-?[\d.]+\)?)$", r"math.\1(\2)", text)
    return eval(re.sub(r"\be\b", "math.e", text), {"math": math, "max": max})


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_second_hint_makes_the_right_number_and_the_third_says_it(formula):
    for seed in range(20):
        for gap in all_gaps(filled(formula, seed)):
            right = expected(gap)
            assert worked_out(hint(gap, 2)) == pytest.approx(right, rel=2e-2, abs=6e-3), hint(gap, 2)
            last = hint(gap, 3)
            assert last.startswith(f"{gap.letter} = ")
            assert float(last.split(" = ")[1].replace(MINUS, "-")) == pytest.approx(right, abs=5.1e-4)


def test_hints_come_in_steps():
    _, gap = at("(x + y) * z", "gradient", "multiply", own=1, x=-2, y=5, z=-4)
    assert hint(gap, 1) == GRADIENTS["multiply"].rule
    assert [hint(gap, level) for level in (2, 3)] == ["A = 1 · 3", "A = 3"]
    for level in (0, 4, None):
        with pytest.raises(ValueError, match="level must be 1, 2 or 3"):
            hint(gap, level)


def test_numbers_stand_in_brackets_where_a_minus_would_meet_a_sign():
    assert hint(at("(x + y) * z", "gradient", "add", x=-2, y=5, z=-4)[1], 2) == f"A = ({MINUS}4) · 1"
    assert hint(at("x + y", "value", "add", x=-2, y=-5)[1], 2) == f"A = ({MINUS}2) + ({MINUS}5)"
    assert hint(at("-x", "value", "negative", x=-2)[1], 2) == f"A = {MINUS}({MINUS}2)"
    assert hint(at("x**3 * y", "gradient", "power", x=-2, y=1)[1], 2) == f"A = 1 · 3 · ({MINUS}2)^2"
    two_ways = hint(at("x*y + x*z", "gradient", "branch", x=1, y=-2, z=-3)[1], 2)
    assert two_ways == f"A = ({MINUS}2) + ({MINUS}3)"


def test_a_hint_keeps_the_numbers_that_are_still_unsolved():
    graph = parse("x * (y + x)", x=2, y=3)
    graph.backward()
    gaps = all_gaps(graph)
    assert [hint(gap, 2, unsolved=gaps) for gap in gaps] == [
        "A = 3 + 2",
        "B = 2 · A",
        "C = 1 · A",
        "D = 1 · 2",
        "E = D · 1",
        "F = D · 1",
        "G = F + C",
    ]
    assert hint(gaps[1], 2, unsolved=gaps[2:]) == "B = 2 · 5"


def test_a_value_keeps_its_letter_behind_a_branch():
    total = Variable(2.0, "x") + Variable(3.0, "y")
    graph = Graph(total * total)
    graph.backward()
    gaps = all_gaps(graph)
    assert [hint(gap, 2, unsolved=gaps) for gap in gaps[:4]] == ["A = 2 + 3", "B = A · A", "C = 1 · A", "D = 1 · A"]
    assert hint(gaps[1], 2) == "B = 5 · 5"


def test_a_node_without_a_rule_of_its_own_still_has_hints():
    graph = Graph(record(Apply("elu"), Variable(-0.5, "x")))
    graph.backward()
    value, gradient = all_gaps(graph)
    slope = math.exp(-0.5)
    assert hint(value, 2) == f"A = what this node makes of ({MINUS}0.5)" and hint(value, 1) == ANY_VALUE.rule
    assert [number for number, _ in mistakes_of(value)] == pytest.approx([-0.5, 1 - slope])
    assert hint(gradient, 1) == ANY_GRADIENT.rule and hint(gradient, 2) == "B = 1 · 0.607"
    assert [number for number, _ in mistakes_of(gradient)] == pytest.approx([-slope, 1, 1 + slope, -0.5])
    assert judge(graph, gradient, "0.61").verdict == CORRECT
