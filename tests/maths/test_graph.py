"""Graphs: their values and gradients against Python's own arithmetic, step by step both ways, and formulas as typed."""

import ast
import builtins
import math
import random
import re
import time
from itertools import islice

import numpy as np
import pytest
from gradient_checks import D, N, away_from_kinks

from nnlib import Graph, Variable, parse
from nnlib.formulas import GraphBuilder
from nnlib.nodes import Branch

# -- the same formulas in Python's own numbers, which know nothing of nodes -------------------------------------------

FUNCTIONS = {
    "exp": math.exp,
    "log": math.log,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
}
METHODS = {name: getattr(Variable, name) for name in FUNCTIONS}
AT = {"x": 0.7, "y": -1.3, "z": 2.1}


def in_python(formula, values):
    return eval(formula, FUNCTIONS | values)


def central_differences(formula, values, h=1e-5):
    def nudged(name, by):
        return in_python(formula, values | {name: values[name] + by})

    return {name: (nudged(name, h) - nudged(name, -h)) / (2 * h) for name in values}


def recorded(formula, values):
    """The graph of a formula written with Variables."""
    return Graph(eval(formula, METHODS | {name: Variable(value, name) for name, value in values.items()}))


def values_in(formula, values=AT):
    """The values of the names that a formula holds."""
    return {name: value for name, value in values.items() if name in re.findall(r"\w+", formula)}


def backward(graph, dout=1.0):
    graph.backward(dout)
    return graph.gradients


def refusal(error, call, *arguments, **named):
    with pytest.raises(error) as refused:
        call(*arguments, **named)
    assert type(refused.value) is error
    return str(refused.value)


def edges(graph):
    return {edge for node in graph.nodes for edge in node.outputs}


def known(graph, what):
    return {edge for edge in edges(graph) if getattr(edge, what) is not None}


def names(graph):
    return [node.name for node in graph.nodes]


# -- the example that everyone knows ----------------------------------------------------------------------------------


def test_a_sum_times_a_number_is_as_in_the_worked_example():
    x, y, z = Variable(-2, "x"), Variable(5, "y"), Variable(-4, "z")
    graph = Graph((x + y) * z)
    assert graph.value == -12
    assert backward(graph) == {"x": -4, "y": -4, "z": 3}
    assert names(graph) == ["x", "y", "add", "z", "multiply"]
    assert [node.local for node in graph.nodes] == [None, None, (1, 1), None, (-4, 3)]
    assert [type(one) for one in (graph.value, graph.gradients["x"], *graph.nodes[-1].local)] == [float] * 4
    assert str(graph.gradients) == "{'x': -4.0, 'y': -4.0, 'z': 3.0}", "numbers print as numbers"


def test_the_edges_of_the_worked_example_hold_values_and_gradients():
    graph = parse("(x + y) * z", x=-2, y=5, z=-4)
    graph.backward()
    x, y, add, z, multiply = graph.nodes
    assert [(edge.source, edge.target, edge.value, edge.gradient) for node in graph.nodes for edge in node.outputs] == [
        (x, add, -2, -4),
        (y, add, 5, -4),
        (add, multiply, 3, -4),
        (z, multiply, -4, 3),
        (multiply, None, -12, 1),
    ]
    assert graph.variables == {"x": x, "y": y, "z": z} and graph.operations() == [add, multiply]


def test_a_variable_alone_is_a_graph_whose_gradient_is_the_upstream_one():
    graph = Graph(Variable([1.0, 2.0], "x"))
    assert graph.value.tolist() == [1, 2] and graph.operations() == []
    dout = np.array([3.0, 4.0])
    assert backward(graph, dout)["x"].tolist() == [3, 4] and not np.shares_memory(graph.gradients["x"], dout)
    assert graph.forward().tolist() == [1, 2] and graph.gradients == {"x": None}


# -- every operation, and operations of operations --------------------------------------------------------------------

SHORT = ["x + y", "x - y", "x * y", "x / y", "1 / y", "-x", "x**3", "x**-2", "y**2", "x**0", "z**0.5"]
SHORT += [f"{function}({x})" for function in FUNCTIONS for x in ("x", "z")]
LONG = [
    "x - y - z",
    "x - (y - z)",
    "x / y / z",
    "x / (y / z)",
    "-x**2 + (-y)**2",
    "tanh(x * y + z)",
    "log(exp(x) + exp(y))",
    "sigmoid(x) * (x - sigmoid(x))",
    "(x + y) * (x - y) / z",
    "1 / (exp(-x) + exp(-y))",
    "relu(x * z) - relu(y * z)",
]


every_formula = pytest.mark.parametrize("formula", [*SHORT, *LONG])


@every_formula
def test_numbers_agree_with_python_and_with_nudging(formula):
    values = values_in(formula)
    graph, slopes = recorded(formula, values), central_differences(formula, values)
    assert graph.value == pytest.approx(in_python(formula, values), rel=1e-12)
    assert backward(graph) == pytest.approx(slopes, rel=1e-7, abs=1e-9)
    graph.backward(-2.5)
    assert graph.gradients == pytest.approx({name: -2.5 * slope for name, slope in slopes.items()}, rel=1e-7, abs=1e-9)


@every_formula
def test_arrays_go_element_by_element(formula):
    arrays = {name: away_from_kinks(N, D, seed=seed) for seed, name in enumerate("xyz")}
    arrays["z"] = abs(arrays["z"])
    values = values_in(formula, arrays | {"x": abs(arrays["x"])} if formula == "log(x)" else arrays)
    graph, dout = recorded(formula, values), np.random.default_rng(3).normal(size=(N, D))
    gradients = backward(graph, dout)
    for place in np.ndindex(N, D):
        here = {name: float(value[place]) for name, value in values.items()}
        slopes = {name: dout[place] * slope for name, slope in central_differences(formula, here).items()}
        assert graph.value[place] == pytest.approx(in_python(formula, here), rel=1e-12)
        assert {name: gradients[name][place] for name in values} == pytest.approx(slopes, rel=1e-6, abs=1e-8)


def test_local_gradients_are_the_slopes_of_one_operation_alone():
    locals_of = {
        "x - y": [(-1,), (1, 1)],
        "x / y": [(-1 / 1.3**2,), (-1 / 1.3, 0.7)],
        "x**3": [(3 * 0.7**2,)],
        "exp(x)": [(math.exp(0.7),)],
        "log(x)": [(1 / 0.7,)],
        "tanh(x)": [(1 - math.tanh(0.7) ** 2,)],
        "relu(y)": [(0,)],
        "x * x": [(1,), (0.7, 0.7)],
    }
    for formula, expected in locals_of.items():
        graph = recorded(formula, AT)
        for node, local in zip(graph.operations(), expected, strict=True):
            assert node.local == pytest.approx(local, rel=1e-12), formula
    assert recorded("x * y", {"x": [1.0], "y": [2.0]}).nodes[-1].local is None, "an array has no single number"


def test_minus_is_plus_the_negative_and_over_is_times_the_reciprocal():
    assert names(recorded("x - y", AT)) == ["x", "y", "negative", "add"]
    assert names(recorded("x / y", AT)) == ["x", "y", "reciprocal", "multiply"]
    assert names(recorded("1 / y", AT)) == ["y", "reciprocal"]
    assert backward(parse("x / y", x=1, y=2)) == {"x": 1 / 2, "y": -1 / 4}, "a variable that happens to be 1 stays one"


def test_nodes_stand_in_the_order_in_which_the_formula_names_them():
    for formula in ("2 + x", "2 * x"):
        assert names(recorded(formula, {"x": 3}))[:2] == ["", "x"]
    assert names(parse("z * (y + x)", **AT)) == ["z", "y", "x", "add", "multiply"]


def test_a_negative_number_is_one_constant_and_no_operation():
    graph = parse("x - 3", x=1)
    assert names(graph) == ["x", "", "add"] and graph.nodes[1].outputs[0].value == -3
    assert names(parse("x * -3", x=1)) == ["x", "", "multiply"]
    assert graph.variables.keys() == {"x"} and backward(graph) == {"x": 1}, "constants have no gradient to ask for"


def test_numpy_numbers_and_arrays_may_stand_on_either_side():
    for number in (2, 2.0, np.float64(2), np.float32(2), np.int64(2), np.array(2.0)):
        v = Variable(4, "v")
        results = [number * v, v * number, number + v, v + number, number - v, v - number, number / v, v / number]
        assert [Graph(result).value for result in results] == [8, 8, 6, 6, -2, 2, 0.5, 2]
    row = np.array([1.0, 2.0])
    v = Variable([4.0, 8.0], "v")
    for result, value, gradient in [
        (row * v, [4, 16], [1, 2]),
        (row + v, [5, 10], [1, 1]),
        (row - v, [-3, -6], [-1, -1]),
        (row / v, [1 / 4, 1 / 4], [-1 / 16, -2 / 64]),
    ]:
        assert Graph(result).value.tolist() == value
        assert backward(Graph(result), [1, 1])["v"].tolist() == gradient


def test_float32_stays_float32_both_ways():
    graph = recorded("exp(x) * x", {"x": np.ones(D, np.float32)})
    assert graph.value.dtype == backward(graph, np.ones(D))["x"].dtype == np.float32
    assert {edge.gradient.dtype for edge in edges(graph)} == {np.dtype(np.float32)}


# -- what is used more than once --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "uses", "value", "gradient"),
    [
        ("a * a", 2, 9, 6),
        ("a + a * a", 3, 12, 7),
        ("a - a", 2, 0, 0),
        ("a * a * a * a", 4, 81, 108),
        ("a / a", 2, 1, 0),
    ],
)
def test_what_is_used_again_goes_through_a_branch_that_adds_its_gradients(formula, uses, value, gradient):
    graph = recorded(formula, {"a": 3})
    a, branch = graph.nodes[:2]
    assert branch.operation.n == len(branch.outputs) == uses and branch.inputs == a.outputs
    assert all(edge.target for edge in branch.outputs), "every way leads somewhere"
    assert graph.value == pytest.approx(value)
    assert backward(graph) == pytest.approx({"a": gradient})
    assert a.outputs[0].gradient == pytest.approx(sum(edge.gradient for edge in branch.outputs))


def test_both_edges_of_a_square_lead_to_the_same_node():
    a = Variable(3, "a")
    graph = Graph(a * a)
    one, other = graph.nodes[-1].inputs
    assert one is not other and one.source is other.source and one.target is other.target is graph.nodes[-1]


def test_what_is_computed_and_used_three_times_is_computed_once():
    x = Variable(0.7, "x")
    q = x.exp()
    graph = Graph(q * q + q)
    assert names(graph) == ["x", "exp", "branch", "multiply", "add"]
    assert backward(graph)["x"] == pytest.approx(2 * math.exp(1.4) + math.exp(0.7))


def test_what_is_used_once_needs_no_branch():
    assert not [node for node in recorded("(x + y) * z", AT).nodes if isinstance(node.operation, Branch)]


def test_a_chain_of_five_thousand_nodes_is_no_trouble():
    began = time.perf_counter()
    x = Variable(1, "x")
    result = x
    for _ in range(2500):
        result = (result + 0.001) * 1.001
    graph = Graph(result)
    assert len(graph.operations()) == 5000
    assert backward(graph)["x"] == pytest.approx(1.001**2500)
    for _ in range(5):
        result = result + result  # as wide as 2^5 ways, and 10 nodes
    assert backward(Graph(result))["x"] == pytest.approx(32 * 1.001**2500)
    del result, graph
    assert time.perf_counter() - began < 5


# -- again, halfway, and from nothing ---------------------------------------------------------------------------------


def test_a_second_backward_gives_the_same_gradients_and_not_their_sum():
    graph = recorded("a + a * a", {"a": 3})
    assert backward(graph) == backward(graph) == {"a": 7}
    assert backward(graph, 2) == {"a": 14} and backward(graph) == {"a": 7}


def test_a_changed_value_is_followed_by_forward_and_backward():
    x, y = Variable(3, "x"), Variable(4, "y")
    graph = Graph(x * y)
    graph.backward()
    x.value = 10
    assert graph.value == 12 and graph.gradients == {"x": 4, "y": 3}, "until forward is called"
    assert graph.forward() == graph.value == 40
    assert graph.gradients == {"x": None, "y": None}, "of other values, so gone"
    assert backward(graph) == {"x": 4, "y": 10}
    x.value, y.value = [1.0, 2.0], [3.0, 4.0]
    assert graph.forward().tolist() == [3, 8]


def test_scribbling_on_an_array_counts_from_the_next_forward_on():
    values = np.array([3.0, 4.0])
    x = Variable(values, "x")
    graph = Graph(x * x)
    values[:] = 77
    assert backward(graph, [1, 1])["x"].tolist() == [6, 8]
    assert not np.shares_memory(Graph(x).value, x.value)
    x.value[:] = 5
    assert backward(graph, [1, 1])["x"].tolist() == [6, 8] and graph.forward().tolist() == [25, 25]


def test_two_graphs_of_the_same_variables_remember_apart():
    x, y = Variable(3, "x"), Variable(4, "y")
    product = x * y
    first = Graph(product)
    x.value = 10
    second = Graph(product + 1)
    assert backward(first) == {"x": 4, "y": 3} and first.nodes[-1].local == (4, 3)
    assert backward(second) == {"x": 4, "y": 10}


def test_backward_stopped_halfway_does_not_disturb_the_next_one():
    graph = recorded("a * a * exp(a)", {"a": 1.5})
    expected = backward(graph)
    for stop in range(len(graph.operations()) + 1):
        list(islice(graph.backward_steps(5.0), stop))
        assert backward(graph) == expected


def test_halfway_forward_later_edges_and_all_gradients_are_unknown():
    graph = recorded("exp(x * y) + z", AT)
    graph.backward()
    product, exp, add = graph.operations()
    assert next(graph.forward_steps()) is product
    assert product.outputs[0].value == pytest.approx(0.7 * -1.3) and product.local == (-1.3, 0.7)
    assert exp.outputs[0].value is add.outputs[0].value is graph.value is None
    assert exp.local is add.local is None, "what has no value has no slope yet"
    assert not known(graph, "gradient") and graph.gradients == {"x": None, "y": None, "z": None}
    assert "before" in refusal(RuntimeError, graph.backward)
    graph.forward()
    assert known(graph, "value") == edges(graph) and not known(graph, "gradient")


def test_backward_is_refused_after_a_forward_that_failed():
    x, y = Variable([1.0, 2.0], "x"), Variable([3.0, 4.0], "y")
    graph = Graph(x * y)
    x.value = [1.0, 2.0, 3.0]
    assert "shape" in refusal(ValueError, graph.forward)
    assert refusal(RuntimeError, graph.backward).startswith("backward before forward")
    x.value = [5.0, 6.0]
    assert graph.forward().tolist() == [15, 24]


def test_an_upstream_gradient_that_does_not_fit_changes_nothing():
    graph = recorded("x * y", AT)
    expected = backward(graph)
    for dout, error in [([1.0], ValueError), ("1", TypeError), (None, TypeError)]:
        assert refusal(error, graph.backward, dout).startswith("dout must ")
        assert graph.gradients == expected


# -- one operation at a time ------------------------------------------------------------------------------------------

WALKS = ["x", "-x", "(x + y) * z", "x * x", "x + x * x - x", "sigmoid(x * y + z)", "exp(x) / (exp(x) + exp(y))"]
WALKS += ["(x + y) * (x - y) / (x * y)", "relu(tanh(log(z)))**2", "2 * 3 - 4", "x - y * (z - x * (y - z))"]


@pytest.mark.parametrize("formula", WALKS)
def test_every_edge_joins_two_nodes_and_every_node_comes_after_its_inputs(formula):
    graph = parse(formula, **AT)
    for i, node in enumerate(graph.nodes):
        assert all(edge.target is node and edge.source in graph.nodes[:i] for edge in node.inputs)
        assert all(edge.source is node for edge in node.outputs)
    assert all(edge in edge.target.inputs for edge in edges(graph) if edge.target)
    ends = [edge for edge in edges(graph) if edge.target is None]
    assert ends == graph.nodes[-1].outputs, "one edge leads out, and holds the result"


@pytest.mark.parametrize("formula", WALKS)
def test_forward_steps_know_one_operation_more_each_time(formula):
    graph = parse(formula, **AT)
    graph.backward()
    expected = {edge for node in graph.nodes if not node.operation for edge in node.outputs}
    order = []
    for node in graph.forward_steps():
        assert set(node.inputs) <= expected, "it has all that it needs"
        expected |= set(node.outputs)
        assert known(graph, "value") == expected and not known(graph, "gradient")
        order.append(node)
    assert order == graph.operations() and expected == edges(graph)
    assert graph.value == pytest.approx(in_python(formula, AT))


@pytest.mark.parametrize("formula", WALKS)
def test_backward_steps_run_the_same_way_back(formula):
    graph = parse(formula, **AT)
    graph.backward(7)
    gradients, expected = graph.gradients, set(graph.nodes[-1].outputs)
    order = []
    for node in graph.backward_steps(7):
        assert set(node.outputs) <= expected, "all its upstream gradients have arrived"
        expected |= set(node.inputs)
        assert known(graph, "gradient") == expected and known(graph, "value") == edges(graph)
        order.append(node)
    assert order == graph.operations()[::-1] and expected == edges(graph)
    assert graph.gradients == gradients


@pytest.mark.parametrize("walk", [Graph.forward_steps, Graph.steps])
@pytest.mark.parametrize("formula", WALKS)
def test_a_walk_of_no_steps_knows_the_variables_and_nothing_else(formula, walk):
    graph = parse(formula, **AT)
    graph.backward()
    for node in graph.variables.values():
        node.variable.value = 5
    walk(graph)
    begun = {edge for node in graph.nodes if not node.operation for edge in node.outputs}
    assert known(graph, "value") == begun and not known(graph, "gradient")
    assert all(node.outputs[0].value == 5 for node in graph.variables.values()), "what they are now"


@pytest.mark.parametrize("formula", WALKS)
def test_backward_steps_begin_with_the_gradient_of_the_result_and_no_other(formula):
    graph = parse(formula, **AT)
    graph.backward()
    graph.backward_steps(7)
    assert known(graph, "gradient") == set(graph.nodes[-1].outputs) and known(graph, "value") == edges(graph)
    assert graph.nodes[-1].outputs[0].gradient == 7


def test_backward_steps_are_refused_when_they_are_called():
    graph = recorded("x * y", AT)
    expected = backward(graph)
    assert refusal(TypeError, graph.backward_steps, "1").startswith("dout must ")
    assert refusal(ValueError, graph.backward_steps, [1.0]).startswith("dout must ")
    assert graph.gradients == expected
    walk = graph.forward_steps()
    assert refusal(RuntimeError, graph.backward_steps).startswith("backward before forward")
    assert list(walk) == graph.operations(), "the walk goes on"


@pytest.mark.parametrize("formula", WALKS)
def test_steps_go_forward_and_back_and_stop_anywhere(formula):
    graph = parse(formula, **AT)
    gradients, forward = backward(graph), graph.operations()
    for n in range(2 * len(forward) + 1):
        assert list(islice(graph.steps(), n)) == [*forward, *forward[::-1]][:n]
        assert (graph.value is None) == (n < len(forward))
        assert bool(known(graph, "gradient")) == (n > len(forward)), "the way back begins with its first step"
    assert list(graph.steps()) == [*forward, *forward[::-1]] and graph.gradients == gradients


# -- formulas as typed ------------------------------------------------------------------------------------------------


def random_formula(rng, size):
    """A formula of about this many values and operations, with brackets or without."""
    if size < 2:
        return rng.choice(["x", "y", "z", "2", "0.5", "1.5e0", ".3", "3."])
    kind = rng.choice(["+", "-", "*", "/", "negative", "power", *FUNCTIONS])
    if kind in "+-*/":
        left = rng.integers(1, size)
        formula = f"{random_formula(rng, left)} {kind} {random_formula(rng, size - left)}"
        return f"({formula})" if rng.random() < 0.5 else formula
    inner = random_formula(rng, size - 1)
    if kind == "power":
        return f"{inner}**{rng.integers(-2, 4)}" if inner in "xyz" else f"({inner})**{rng.integers(-2, 4)}"
    return f"-{inner}" if kind == "negative" else f"{kind}({inner})"


def tame_formulas(count):
    """Random formulas with values, without a kink or pole near: slopes over long and short distances agree."""
    rng = np.random.default_rng(0)
    while count:
        formula, values = random_formula(rng, rng.integers(2, 26)), dict(zip("xyz", rng.uniform(-2, 2, 3), strict=True))
        values = {name: float(value) for name, value in values.items()}
        try:
            far, near = (list(central_differences(formula, values, h).values()) for h in (1e-3, 1e-5))
        except (ArithmeticError, ValueError):
            continue
        if len(formula) <= 200 and np.abs(near).max() < 100 and np.allclose(far, near, rtol=1e-2, atol=1e-4):
            count -= 1
            yield formula, values


def test_two_hundred_random_formulas_mean_what_they_mean_in_python():
    met = set()
    for formula, values in tame_formulas(200):
        graph = parse(formula, **values)
        assert graph.value == pytest.approx(in_python(formula, values), rel=1e-9, abs=1e-9), formula
        slopes = central_differences(formula, values)
        gradients = {name: 0.0 for name in values} | backward(graph)
        assert gradients == pytest.approx(slopes, rel=1e-4, abs=1e-6), formula
        met |= set(names(graph)) | {len(graph.nodes) > 20}
    assert met >= {*FUNCTIONS, "add", "multiply", "negative", "reciprocal", "power", "branch", True}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("-2**2", -4),
        ("(-2)**2", 4),
        ("-x**2", -9),
        ("2**-1", 0.5),
        ("x**(-2)", 1 / 9),
        ("x**+2", 9),
        ("-x - -x", 0),
        ("--x", 3),
        ("8 / 4 / 2", 1),
        ("8 - 4 - 2", 2),
        ("2 + 3 * 4", 14),
        ("2 * -3", -6),
        ("8 / 2 * 4", 16),
        ("  ( x )  ", 3),
        ("exp (0)", 1),
        ("1e3 + 2.5E-1 + .5 + 1.", 1001.75),
        ("exp2 * x", 15),
        ("((((((((((x))))))))))", 3),
        ("formula + self", 7),
        ("00 + 01. + 007.5", 8.5),
        ("- -+-x", -3),
        ("x---x", 0),
        ("2**-+-2", 4),
    ],
)
def test_signs_bind_as_in_python(formula, value):
    assert parse(formula, x=3, exp2=5, formula=6, self=1).value == pytest.approx(value)


ONLY = "only names, numbers, brackets, + - * / ** and functions can be used"
SIGN = "is a sign missing before it? To multiply, write *"
AFTER, BEFORE = "something is missing after it", "something is missing before it"
NAMES, KNOWN = "the names are x, y", "the functions are exp, log, sigmoid, tanh, relu; to multiply, write *"
POWER = "after ** comes a whole number from -9 to 9"
NEEDS, PLAIN = "it needs brackets after it, as in exp(x)", "use plain letters, digits and signs"
AS_MANY, NOTHING, DEEP = (
    "there must be as many ) as (",
    "there is nothing in these brackets",
    "brackets are nested too deeply",
)
POINT = "a decimal point is a point, and a function takes one input"

REFUSED = [  # formula, character, what stands there, why
    # unfinished, or too much
    ("x +", 3, "+", AFTER),
    ("  x - ", 5, "-", AFTER),
    ("x**", 2, "**", AFTER),
    ("(", 1, "(", AFTER),
    ("exp(", 4, "(", AFTER),
    ("* x", 1, "*", BEFORE),
    ("x + * y", 5, "*", BEFORE),
    ("x // y", 4, "/", BEFORE),
    (")", 1, ")", BEFORE),
    ("x + )", 5, ")", BEFORE),
    ("(x + )", 6, ")", BEFORE),
    ("x***y", 4, "*", BEFORE),
    ("x**y +", 6, "+", AFTER),
    ("(x + y", 1, "(x + y", AS_MANY),
    ("x * ((y)", 5, "((y)", AS_MANY),
    ("x)", 2, ")", AS_MANY),
    ("x)(y", 2, ")", AS_MANY),
    ("2e3 + (x", 7, "(x", AS_MANY),
    ("exp (x", 5, "(x", AS_MANY),
    ("()", 1, "(", NOTHING),
    ("exp()", 4, "(", NOTHING),
    # as on paper, or as in other languages
    ("2x", 2, "x", SIGN),
    ("2 x", 3, "x", SIGN),
    ("x y", 3, "y", SIGN),
    ("3 4", 3, "4", SIGN),
    ("2(x)", 2, "(", SIGN),
    ("(x)(y)", 4, "(", SIGN),
    ("(x) y", 5, "y", SIGN),
    ("exp(x)(y)", 7, "(", SIGN),
    ("2e3 x", 5, "x", SIGN),
    ("0x10", 2, "x10", SIGN),
    ("1_000", 2, "_000", SIGN),
    ("1if x else y", 2, "if", SIGN),
    ("2j", 2, "j", SIGN),
    ("x.5", 2, ".5", SIGN),
    ("x(y)", 1, "x", KNOWN),
    ("x^2", 2, "^", "for a power write **, as in x**2"),
    ("2,5 * x", 2, ",", POINT),
    ("exp(x, y)", 6, ",", POINT),
    ("x = 3", 3, "=", ONLY),
    ("x % y", 3, "%", ONLY),
    ("[x + y]", 1, "[", ONLY),
    ("x + y  # and more", 8, "#", ONLY),
    ("x!", 2, "!", ONLY),
    # names
    ("x + q", 5, "q", NAMES),
    ("a" * 30, 1, "a" * 17 + "...", NAMES),
    ("True", 1, "True", NAMES),
    ("None * x", 1, "None", NAMES),
    ("sin(x)", 1, "sin", KNOWN),
    ("exp", 1, "exp", NEEDS),
    ("exp x", 1, "exp", NEEDS),
    ("not x", 1, "not", NAMES),
    ("2 * exp + 1", 5, "exp", NEEDS),
    # powers and large numbers
    ("x**y", 4, "y", POWER),
    ("x**x", 4, "x", POWER),
    ("x**2.5", 4, "2.5", POWER),
    ("x**10", 4, "10", POWER),
    ("x**-10", 4, "-10", POWER),
    ("x**(1 + 1)", 5, "1 + 1", POWER),
    ("  exp(x)**((y))", 13, "y", POWER),
    ("x**2**3", 4, "2**3", POWER),
    ("9**9**9**9", 7, "9**9", POWER),
    ("2**999999999999", 4, "999999999999", POWER),
    ("2**1e300", 4, "1e300", POWER),
    ("x**2.5 + y**y", 4, "2.5", POWER),
    ("1e400", 1, "1e400", "the number is too large"),
    ("x**1e400", 4, "1e400", "the number is too large"),
    ("x + 010", 5, "010", "write it without the 0 in front"),
    ("08", 1, "08", "write it without the 0 in front"),
    # signs that only look plain, and none at all
    ("\u0445 + 1", 1, "\u0445", PLAIN),
    ("x \u2212 y", 3, "\u2212", "for minus use the key -"),
    ("x \u00d7 y", 3, "\u00d7", "to multiply, write *"),
    ("x \u00b7 y", 3, "\u00b7", "to multiply, write *"),
    ("x\u00b2", 2, "\u00b2", PLAIN),
    ("\uff18", 1, "\uff18", PLAIN),
    ("x +\u00a0y", 4, r"'\xa0'", PLAIN),
    ("x\x00", 2, r"'\x00'", PLAIN),
    ("x\ny", 2, r"'\n'", PLAIN),
    ("x + y\n", 6, r"'\n'", PLAIN),
    ("x\t* y", 2, r"'\t'", PLAIN),
    ("\ud800", 1, r"'\ud800'", PLAIN),
    # what should be run, and never is
    ("ouch()", 1, "ouch", KNOWN),
    ("x + ouch(1)", 5, "ouch", KNOWN),
    ("exp(ouch())", 5, "ouch", KNOWN),
    ("__import__('os')", 1, "__import__", KNOWN),
    ("eval('ouch()')", 1, "eval", KNOWN),
    ("print(x)", 1, "print", KNOWN),
    ("__builtins__", 1, "__builtins__", NAMES),
    ("x.__class__", 2, ".", ONLY),
    ("x.value", 2, ".", ONLY),
    ("exp.__globals__", 1, "exp", NEEDS),
    ("().__class__", 1, "(", NOTHING),
    ("x[0]", 2, "[", ONLY),
    ("lambda: ouch()", 1, "lambda", NAMES),
    ("(x := 3)", 4, ":", ONLY),
    ("x; ouch()", 2, ";", ONLY),
    ("[ouch() for x in y]", 1, "[", ONLY),
    ("(x for x in y)", 4, "for", SIGN),
    ("x if y else 2", 3, "if", SIGN),
    ("f'{ouch()}'", 1, "f", NAMES),
    ("'x'", 1, "'", ONLY),
    ('"""x', 1, '"', ONLY),
    ("x \\", 3, "\\", ONLY),
    ("exp(x=2)", 6, "=", ONLY),
    ("exp(*x)", 5, "*", BEFORE),
    ("exp(**x)", 5, "**", BEFORE),
    ("*x", 1, "*", BEFORE),
    ("{**x}", 1, "{", ONLY),
    ("@x", 1, "@", ONLY),
    ("import os", 1, "import", NAMES),
    ("yield x", 1, "yield", NAMES),
    ("(" * 25 + "x" + ")" * 25, 21, "(", DEEP),
    ("(" * 200, 21, "(", DEEP),
    ("exp(" * 50, 84, "(", DEEP),
    ("-" * 200, 200, "-", AFTER),
    ("x**-" * 50, 200, "-", AFTER),
]


@pytest.mark.parametrize(("formula", "place", "what", "why"), REFUSED, ids=[ascii(row[0])[:30] for row in REFUSED])
def test_a_wrong_formula_is_refused_at_its_character_and_never_run(monkeypatch, formula, place, what, why):
    called = []
    with monkeypatch.context() as builtin:
        for name in ("ouch", "eval", "exec", "print", "open"):
            builtin.setattr(builtins, name, lambda *_: called.append(1), raising=False)
        began = time.perf_counter()
        message = refusal(ValueError, parse, formula, x=2, y=3)
        took = time.perf_counter() - began
    assert message == f"formula is not understood at character {place}, {what}: {why}"
    assert not called and took < 1


UNLISTED = ["x.value", "x[0]", "x(2)", "exp(x, y)", "exp(x=2)", "exp(*x)", "exp(x)(y)", "exp()", "exp", "q", "ouch()"]
UNLISTED += ["True", "None", "...", "2j", "'x'", "f'{ouch()}'", "x // y", "x % y", "x @ y", "~x", "not x", "x < y"]
UNLISTED += ["x and y", "x if y else 2", "lambda: ouch()", "(x := 3)", "[ouch() for x in y]", "x + (x, y)", "-[x]"]


@pytest.mark.parametrize("formula", UNLISTED)
def test_the_graph_builder_alone_refuses_python_beyond_its_list(monkeypatch, formula):
    called = []
    monkeypatch.setattr(builtins, "ouch", lambda *_: called.append(1), raising=False)
    builder = GraphBuilder(formula, {name: Variable(2, name) for name in "xy"})
    tree = ast.parse(formula, mode="eval").body
    assert refusal(ValueError, builder.build, tree).endswith(ONLY) and not called


VALUES = "x y 2 0.5 3. exp(x) -1 (x (-y".split()
BETWEEN = "+ - * / ** ) )-".split()
OTHERS = "( ) , # 01 exp if j ( =".split()


def words_in_any_order(chance):
    """A value, a sign, a value ..., with a slip here and there."""
    kinds = [[VALUES, BETWEEN][i % 2] for i in range(chance.randrange(1, 10))]
    words = [chance.choice(kind if chance.random() < 0.95 else OTHERS) for kind in kinds]
    closing = ")" * sum(word.count("(") - word.count(")") for word in words) if chance.random() < 0.9 else ""
    return chance.choice(["", " "]).join([*words, closing])


def test_words_in_any_order_mean_the_same_as_in_python_or_are_refused():
    chance, understood = random.Random(0), 0
    for _ in range(4000):
        formula = words_in_any_order(chance)
        try:
            value = parse(formula, x=2, y=3).value
        except ValueError as error:
            assert str(error).startswith("formula is not understood at character "), formula
            continue
        understood += 1
        try:
            assert value == pytest.approx(in_python(formula, {"x": 2, "y": 3})), formula
        except ZeroDivisionError:
            assert not math.isfinite(value), formula
    assert understood > 800


def test_the_longest_and_deepest_formulas_are_read_at_once():
    began = time.perf_counter()
    for formula in ("-" * 199 + "x", "x" + "+x" * 99, "(" * 20 + "x" + ")**1" * 20, "exp(" * 20 + "-x" + ")" * 20):
        parse(formula, x=1)
    assert time.perf_counter() - began < 1


def test_formulas_have_a_length_and_something_in_them():
    assert parse("x" + " + x" * 49 + "* 3", x=1).value == 52, "200 characters"
    for formula in ("x" + " + x" * 50, "(" * 10**6, "9" * 10**6):
        assert refusal(ValueError, parse, formula, x=1) == (
            f"formula must have at most 200 characters, got {len(formula)}"
        )
    for formula in ("", "   "):
        assert refusal(ValueError, parse, formula, x=1) == "formula must not be empty"
    assert refusal(ValueError, parse, "x").endswith("the names are none")
    assert refusal(ValueError, parse, "exp").endswith("as in exp(2)")


def test_what_has_no_real_value_is_nan_or_infinite_without_a_warning():
    for formula, value in [("1 / 0", math.inf), ("log(0)", -math.inf), ("log(-1)", math.nan), ("exp(999)", math.inf)]:
        assert parse(formula).value == pytest.approx(value, nan_ok=True)
    graph = parse("(((x**9)**9)**9)**9", x=2)
    assert graph.value == math.inf and backward(graph) == {"x": math.inf}


# -- what a graph says of itself --------------------------------------------------------------------------------------


def test_a_variable_shows_its_value_and_name():
    x = Variable(2, "x")
    assert [repr(one) for one in (x, Variable(0.5), x * x, x.tanh())] == [
        "Variable(2.0, 'x')",
        "Variable(0.5)",
        "Variable(multiply of 2)",
        "Variable(tanh of 1)",
    ]
    assert (x * x).value is None, "a graph computes it"
