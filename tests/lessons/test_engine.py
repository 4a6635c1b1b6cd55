"""The engine that lesson 6 builds: as a learner types it, right and wrong, against nnlib's graph, and with nonsense."""

import math
import re
import time

import numpy as np
import pytest

from nnlessons.backpropagation import engine, engine_steps
from nnlessons.backpropagation.engine_steps import Step
from nnlessons.exercise.checking import CORRECT, MISSING, WORKING, Answer
from nnlib import sigmoid
from nnlib.formulas import parse

STEPS = [step for step in vars(engine_steps).values() if isinstance(step, Step)]
every_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.exercise.name)

CELLS = {  # what the learner writes in each cell, and the name that is handed over
    "Value": """
class Value:
    def __init__(self, value, parents=(), local=()):
        self.value = value
        self.parents = parents
        self.local = local
        self.gradient = 0
""",
    "add": """
def add(u, v):
    return Value(u.value + v.value, (u, v), (1, 1))
""",
    "multiply": """
def multiply(u, v):
    return Value(u.value * v.value, (u, v), (v.value, u.value))
""",
    "sigmoid_of": """
def sigmoid_of(u):
    z = sigmoid(u.value)
    return Value(z, (u,), (z * (1 - z),))
""",
    "in_order": """
def in_order(result):
    order = []
    visit(result, order)
    return order


def visit(node, order):
    for parent in node.parents:
        if parent not in order:
            visit(parent, order)
    order.append(node)
""",
    "backward": """
def backward(result):
    result.gradient = 1
    for node in reversed(in_order(result)):
        for parent, local in zip(node.parents, node.local):
            parent.gradient += node.gradient * local
""",
}
STEP_OF = {"Value": "value", "sigmoid_of": "sigmoid"}


def step_of(name):
    return getattr(engine_steps, f"engine_{STEP_OF.get(name, name)}")


def typed(**cells):
    """The names that a learner's notebook has after running its cells, some of them with other code."""
    names = {"sigmoid": sigmoid, "np": np}
    for code in (CELLS | cells).values():
        exec(code, names)
    return names


def changed(name, *pairs):
    """What a learner's cell makes if some of its text is another."""
    code = CELLS[name]
    for old, new in pairs:
        assert old in code
        code = code.replace(old, new)
    return step_of(name)(typed(**{name: code})[name])


# -- right ------------------------------------------------------------------------------------------------------------

every_cell = pytest.mark.parametrize("name", [name for name in CELLS if name != "in_order"])


@every_cell
def test_what_the_lesson_asks_for_is_correct(name):
    step = step_of(name)
    assert step(typed()[name]) == Answer(CORRECT, step.done)


@every_cell
def test_each_cell_is_correct_though_the_others_are_not_solved(name):
    unsolved = {
        "Value": "class Value:\n    def __init__(self, value, parents=(), local=()):\n        self.value = ...",
        **{other: f"def {other}(u, v=0):\n    return ..." for other in ("add", "multiply", "sigmoid_of", "backward")},
    }
    names = typed(**{other: code for other, code in unsolved.items() if other != name})
    assert step_of(name)(names[name]).verdict == CORRECT


@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("add", [("(u, v), (1, 1)", "[u, v], [1, 1]")]),
        ("add", [("(u, v), (1, 1)", "(v, u), (1.0, 1.0)")]),
        ("multiply", [("(u, v), (v.value, u.value)", "(v, u), (u.value, v.value)")]),
        ("multiply", [("(u, v), (v.value", "local=(v.value"), ("u.value))", "u.value), parents=(u, v))")]),
        ("sigmoid_of", [("sigmoid(u.value)", "1 / (1 + np.exp(-u.value))")]),
        ("Value", [("= 0", "= 0.0")]),
        (
            "backward",
            [("reversed(in_order(result))", "in_order(result)[::-1]"), ("zip(", "list(zip("), ("local):", "local)):")],
        ),
    ],
)
def test_other_good_code_is_correct_too(name, pairs):
    assert changed(name, *pairs).verdict == CORRECT


@every_cell
def test_the_last_hint_has_the_missing_line(name):
    assert all(
        part.strip() in CELLS[name] for part in re.split(r", (?:and )?then ", step_of(name).exercise.hints[-1])
    ) or (step_of(name).exercise.hints[-1].split(": ")[1] in CELLS[name])


# -- against nnlib ----------------------------------------------------------------------------------------------------


class Node(engine.Value):
    """A Value with + and *."""


ADD, MULTIPLY, SIGMOID = (engine_steps.using(each, Node) for each in (engine.add, engine.multiply, engine.sigmoid_of))
Node.__add__, Node.__mul__ = ADD, MULTIPLY


def random_expression(rng, operations):
    """A formula in u, v and w with +, * and sigmoid, in which parts are used again and again."""
    parts = ["u", "v", "w"]
    for _ in range(operations):
        one, other = rng.choice(parts, 2)
        parts.append(str(rng.choice([f"({one} + {other})", f"{one} * {other}", f"sigmoid({one})"])))
    return parts[-1]


def test_gradients_are_those_of_nnlibs_graph_for_random_expressions():
    rng, twice = np.random.default_rng(0), 0
    for _ in range(200):
        formula = random_expression(rng, rng.integers(2, 9))
        if len(formula) > 150:
            continue
        numbers = dict(zip("uvw", rng.uniform(-1.5, 1.5, 3).tolist(), strict=True))
        graph = parse(formula, **numbers)
        graph.backward()
        names = {name: Node(number) for name, number in numbers.items()}
        result = eval(formula, {"sigmoid": SIGMOID}, names)
        engine.backward(result)
        assert result.value == pytest.approx(graph.value)
        twice += any(formula.count(name) > 1 for name in "uvw")
        for name in graph.variables:
            assert names[name].gradient == pytest.approx(graph.gradients[name]), formula
    assert twice > 100


def test_a_part_that_is_used_twice_is_walked_through_once():
    result = u = Node(0.5)
    for _ in range(25):  # 2^25 paths
        result = result + result
    start = time.perf_counter()
    engine.backward(result)
    assert u.gradient == 2**25 and time.perf_counter() - start < 1


def test_the_learners_engine_trains_the_neuron_as_nnlib_does():
    names = typed()
    Value, add, multiply, backward = (names[name] for name in ("Value", "add", "multiply", "backward"))
    Value.__add__, Value.__mul__ = add, multiply
    w0, w1, b = 2.0, -3.0, -3.0
    loss, kept = "(sigmoid(w0*x0 + w1*x1 + b) - t)**2", {"w0": 2.0, "w1": -3.0, "b": -3.0}
    x0, x1, minus_t = Value(-1.0), Value(-2.0), Value(-0.0)
    for _ in range(20):
        values = Value(w0), Value(w1), Value(b)
        difference = names["sigmoid_of"](values[0] * x0 + values[1] * x1 + values[2]) + minus_t
        L = difference * difference
        backward(L)
        w0, w1, b = (each.value - 1.0 * each.gradient for each in values)
        graph = parse(loss, **kept, x0=-1.0, x1=-2.0, t=0.0)
        graph.backward()
        assert L.value == pytest.approx(graph.value)
        kept = {name: number - 1.0 * graph.gradients[name] for name, number in kept.items()}
    assert [w0, w1, b] == pytest.approx(list(kept.values()))
    assert 1 / (1 + math.exp(-(w0 * -1 + w1 * -2 + b))) == pytest.approx(0.048, abs=5e-4)


# -- wrong ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "pairs", "words"),
    [
        ("Value", [("self.parents = parents", "parents = parents")], "keep its parents"),
        ("Value", [("self.", "")], "keeps nothing"),
        ("Value", [("= 0", "= 1")], "at 1"),
        ("Value", [("= 0", "= None")], "no gradient yet"),
        (
            "Value",
            [("self.parents = parents", "self.parents = local"), ("local = local", "local = parents")],
            "swapped",
        ),
        ("add", [("(1, 1)", "(u.value, v.value)")], "inputs' values"),
        ("add", [("(u, v), ", "(u.value, v.value), ")], "parents are numbers"),
        ("add", [("Value(u.value + v.value, (u, v), (1, 1))", "u.value + v.value")], "isn't a Value"),
        ("add", [("Value(", "(")], "isn't a Value"),
        ("add", [(", (u, v), (1, 1)", "")], "Without parents"),
        ("multiply", [("(v.value, u.value)", "(u.value, v.value)")], "Swap them"),
        ("multiply", [("(v.value, u.value)", "(1, 1)")], "add node"),
        ("multiply", [("(v.value, u.value)", "(v, u)")], "are Values"),
        ("multiply", [("u.value * v.value,", "u.value + v.value,")], "added the values"),
        ("sigmoid_of", [("z * (1 - z)", "z")], "value as its local"),
        ("sigmoid_of", [("(u,)", "(u)")], "comma is missing behind u"),
        ("sigmoid_of", [("(z * (1 - z),)", "z * (1 - z)")], "behind the slope"),
        ("sigmoid_of", [("z * (1 - z)", "u.value * (1 - u.value)")], "u.value into the slope"),
        ("backward", [("+=", "=")], "= instead of +="),
        ("backward", [("reversed(in_order(result))", "in_order(result)")], "own parents"),
        ("backward", [("result.gradient = 1", "pass")], "stay 0"),
        (
            "backward",
            [("parent.gradient += node.gradient * local", "node.gradient += parent.gradient * local")],
            "stay 0",
        ),
        ("backward", [("gradient * local", "gradient + local")], "added upstream and local"),
        ("backward", [("node.gradient * local", "local")], "local gradient alone"),
        ("backward", [("= 1", "= result.value")], "started with the result's value"),
    ],
)
def test_what_learners_type_gets_a_tutors_sentence(name, pairs, words):
    answer = changed(name, *pairs)
    assert answer.verdict == WORKING and words.lower() in answer.text.lower() and answer.hints, answer


def test_going_on_along_every_path_counts_twice():
    names = typed(backward="def backward(result):\n    result.gradient = 1\n    go(result)")
    exec(
        "def go(node):\n for parent, local in zip(node.parents, node.local):\n  parent.gradient += node.gradient * local\n"
        "  go(parent)",
        names,
    )
    assert "counted twice" in engine_steps.engine_backward(names["backward"]).text


@every_cell
def test_open_dots_are_missing(name):
    holes = {"Value": "self.parents = ...", "backward": "parent.gradient += ..."}
    code = CELLS[name]
    for line in code.splitlines():
        if line.strip().startswith(("return", "self.parents", "parent.gradient")):
            code = code.replace(line.strip(), holes.get(name, "return ..."))
    assert step_of(name)(typed(**{name: code})[name]).verdict == MISSING


@pytest.mark.parametrize(
    "nonsense",
    [
        3,
        "add",
        [],
        print,
        int,
        dict,
        list,
        len,
        engine.Value(1.0),
        lambda: None,
        lambda *given: None,
        lambda *given: given,
        lambda *given: "text",
        lambda *given: {1, 2},
        lambda *given: np.ones((2, 2)),
        lambda *given: engine.Value("text", 3, "ab"),
        lambda *given: engine.Value(None, [None], [None, ...][:1]),
        lambda *given: engine.Value(np.ones(3), given, given),
        lambda *given: exit(),
        lambda *given: input(),
        lambda *given: (yield given),
        type("Value", (), {}),
        type("Value", (), {"__init__": lambda self, *given: 1 / 0}),
    ],
    ids=lambda one: type(one).__name__,
)
@every_step
def test_nonsense_gets_an_answer_and_never_an_error(step, nonsense):
    answer = step(nonsense)
    assert isinstance(answer, Answer) and answer.verdict != CORRECT and answer.text
    assert step(None).verdict == step(...).verdict == MISSING


def test_endless_recursion_and_endless_walks_end():
    def endless(result):
        return endless(result)

    def around_and_around(result):
        result.gradient, waiting = 1, [result]
        while waiting:
            waiting = [parent for node in waiting for parent in node.parents][:1] or [result]

    for part in (endless, around_and_around):
        answer = engine_steps.engine_backward(part)
        assert answer.verdict == WORKING and "stopped with R" in answer.text
    assert "Does your loop ever end?" in answer.text
    names = typed(add="def add(u, v):\n    return u + v")
    names["Value"].__add__ = names["add"]
    assert "RecursionError" in engine_steps.engine_add(names["add"]).text


def test_an_error_is_shown_with_its_line():
    def add(u, v):
        c = u.value
        return engine.Value(c + v.number, (u, v), (1, 1))

    assert "in its line 3: return engine.Value(c + v.number" in engine_steps.engine_add(add).text


def train(engine, updates=20):
    """The neuron's output, with its weights and bias (2, -3, -3) and inputs (-1, -2), before each update toward 0."""
    w0, w1, b = engine.Value(2.0), engine.Value(-3.0), engine.Value(-3.0)
    x0, x1 = engine.Value(-1.0), engine.Value(-2.0)
    outputs = []
    for _ in range(updates):
        z = engine.sigmoid(w0 * x0 + w1 * x1 + b)
        engine.backward(z * z)
        outputs.append(z.value)
        w0, w1, b = (engine.Value(each.value - each.gradient) for each in (w0, w1, b))
    return outputs


def train_by_graph(updates=20):
    """The same with nnlib's graph."""
    now, outputs = {"w0": 2.0, "w1": -3.0, "b": -3.0}, []
    for _ in range(updates):
        graph = parse("sigmoid(w0*x0 + w1*x1 + b)**2", x0=-1.0, x1=-2.0, **now)
        graph.backward()
        outputs.append(graph.value**0.5)
        now = {name: value - graph.gradients[name] for name, value in now.items()}
    return outputs


def test_the_finished_engine_trains_the_neuron_just_as_nnlib_does(capsys):
    names = typed()
    own = engine_steps.engine(*(names[name] for name in ("Value", "add", "multiply", "sigmoid_of", "backward")))
    assert own.Value is names["Value"] and "yours" in capsys.readouterr().out
    assert train(own) == pytest.approx(train_by_graph(), rel=1e-12)


@every_cell
def test_until_all_five_pieces_are_right_our_engine_is_used(name, capsys):
    names = typed(**{name: f"def {name}(*given):\n    return ..."})
    ours = engine_steps.engine(*(names[each] for each in ("Value", "add", "multiply", "sigmoid_of", "backward")))
    assert ours.Value is engine.Value and "our engine" in capsys.readouterr().out
    assert train(ours) == pytest.approx(train_by_graph(), rel=1e-12)
