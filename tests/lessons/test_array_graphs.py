"""Lesson 7, the graphs of arrays: each step against loops and nudging, and a drawing in which nothing overlaps."""

import ast
import itertools
import math
import re

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from test_array_puzzles import product
from test_arrays_lesson import Famous, affine, moved_by, sigmoid, slopes, weighted
from test_graph_drawing import (
    LINE,
    Shapes,
    densely,
    nodes_of,
    numbers_in,
    painted_numbers,
    room_for_numbers,
    scene_at,
    ways_of,
)

from nnlessons.arrays import demos
from nnlessons.drawing.array_graph import CHOSEN, array_graph
from nnlessons.drawing.graph import EDGE_STATES, HIGHLIGHT
from nnlessons.drawing.numerals import width_of
from nnlessons.drawing.style import GREY, ORANGE, SMALL
from nnlessons.live.calls import arguments_for, call
from nnlessons.live.scene import say
from nnlessons.wording import MINUS, short

# -- the four graphs in lists and loops -------------------------------------------------------------------------------


def each(function, *arrays):
    """function of the numbers that stand in one place."""
    return [[function(*numbers) for numbers in zip(*rows, strict=True)] for rows in zip(*arrays, strict=True)]


def sums_of_columns(rows):
    return [[sum(column) for column in zip(*rows, strict=True)]]


def softmax(scores):
    rows = [[math.exp(score) for score in row] for row in scores]
    return [[number / sum(row) for number in row] for row in rows]


def cross_entropy(y, t):
    return [[-sum(math.log(p) for p, on in zip(sum(y, []), sum(t, []), strict=True) if on) / len(y)]]


def half_of_squares(y, t):
    return [[sum(each(lambda y, t: (y - t) ** 2, y, t)[0]) / 2]]


class Graph:
    """names of the arrays in their order; nodes: (sign, inputs, outputs, function of lists); what goes in, and dout at the end.

    The gradient of an array is found by nudging each of its numbers, in L = sum(dout * output).
    """

    def __init__(self, names, nodes, inputs, douts, unasked=()):
        self.names, self.nodes, self.douts = names, nodes, douts
        self.values = self.forward(inputs)
        self.gradients = {name: self.gradient(name) for name in names if name not in unasked}
        self.shapes = {name: (len(self.values[name]), len(self.values[name][0])) for name in names}

    def forward(self, given, kept=None):
        values = dict(given)
        for _, inputs, outputs, function in self.nodes:
            out = function(*(values[name] for name in inputs))
            for name, value in zip(outputs, out if len(outputs) > 1 else [out], strict=True):
                if name != kept:
                    values[name] = [list(row) for row in value]
        return values

    def gradient(self, name):
        least = min((abs(number) for row in self.values[name] for number in row if number), default=1.0)

        def loss():
            values = self.forward(self.values, name)
            return sum(weighted(dout, values[end]) for end, dout in self.douts.items())

        return slopes(loss, self.values[name], h=1e-5 * min(1.0, least))

    def dg(self, name, row, column):
        return self.gradients[name][row][column]

    def turn(self, step):
        """(node, whether it goes backward); each has its turn forward, and in the other order backward."""
        turns = [(None, False), *((node, False) for node in self.nodes), *((node, True) for node in self.nodes[::-1])]
        return turns[step]

    def shown(self, step, chosen):
        """What the drawing must show after so many steps; chosen: {(name, row, column)}."""
        node, backward = self.turn(step)
        n = len(self.nodes)
        done = self.nodes[:step]
        came_back = self.nodes[2 * n - step :] if step > n else []
        waiting = {name for one in self.nodes if one not in done for name in one[2]}
        returned = {name for one in came_back for name in (*one[1], *one[2])} & set(self.gradients)
        looks = {name: "unknown" if name in waiting else "known" for name in self.names}
        if node and backward:
            looks |= dict.fromkeys(set(node[1]) & set(self.gradients), "downstream")
        if node:
            looks |= dict.fromkeys(node[2], "upstream" if backward else "forward")
        return {
            "cells": {
                "states": [looks[name] for name in self.names],
                "chosen": [place in chosen for place in self.places()],
            },
            "nodes": {"highlighted": [one is node for one in self.nodes]},
            "wires": {
                "states": [self.look_of(*wire, step) for wire in self.wires()],
                "returned": [one in came_back and name in self.gradients for one, name, _ in self.wires()],
            },
            "values": {name: self.values[name] for name in self.names if name not in waiting},
            "gradients": {name: self.gradients[name] for name in self.names if name in returned},
        }

    def places(self):
        return [(name, *place) for name in self.names for place in np.ndindex(self.shapes[name])]

    def wires(self):
        """(node, name, whether it goes into the node), node after node."""
        return [
            (node, name, goes_in)
            for node in self.nodes
            for names, goes_in in ((node[1], True), (node[2], False))
            for name in names
        ]

    def look_of(self, node, name, goes_in, step):
        turn, backward = self.turn(step)
        if node is turn and not goes_in:
            return "upstream" if backward else "forward"
        if node is turn and backward and name in self.gradients:
            return "downstream"
        return "known" if node in self.nodes[:step] else "unknown"


def read(texts, shapes):
    """{name: rows of texts}, for arrays whose texts stand one after the other."""
    texts, arrays = list(texts), {}
    for name, (rows, columns) in shapes.items():
        arrays[name] = [[texts.pop(0) for _ in range(columns)] for _ in range(rows)]
    assert not texts
    return arrays


def whole(rows):
    """Texts of whole numbers, or of few digits, as the numbers that they are."""
    return [[float(text.replace(MINUS, "-")) for text in row] for row in rows]


def written_as(text, number):
    """Whether a text is what is written for a number, or for one that nudging cannot tell from it."""
    return text in {short(round(number + noise, 9)) for noise in (-1e-9, 0, 1e-9)}


def check_shown(patch, graph, step, chosen=()):
    """All that a patch sets in the drawing."""
    expected = graph.shown(step, set(chosen))
    for part in ("cells", "nodes", "wires"):
        assert patch[part] == expected[part], part
    for kind in ("values", "gradients"):
        for name, rows in read(patch[kind]["texts"], graph.shapes).items():
            numbers = expected[kind].get(name)
            for place in np.ndindex(graph.shapes[name]):
                text = rows[place[0]][place[1]]
                good = text == "" if numbers is None else written_as(text, numbers[place[0]][place[1]])
                assert good, f"{kind} of {name} at {place}: {text!r}"
    assert set(patch) == {*expected, "readout"}


def moved(demo, **values):
    """(patch, line under the picture)"""
    patch = call(demo.update, {**demo.beginning, **values})
    sentence = say(demo.readout, patch["readout"])
    assert not re.search(rf"[+·/] {MINUS}\d", sentence), "a minus beside another sign stands in brackets"
    return patch, sentence


def added(numbers):
    """The numbers in a sum that is written out with its result."""
    return [*numbers, sum(numbers)] if len(numbers) > 1 else numbers


def products(ones, others):
    """The numbers in a sum of products that is written out with its result."""
    pairs = list(zip(ones, others, strict=True))
    return [*itertools.chain(*pairs), sum(one * other for one, other in pairs)]


def check_numbers(sentence, expected, digits=0, rel=None):
    """The numbers of a sentence in their order, shapes and indices among them."""
    off = 0.5001 * 10**-digits if digits else 1e-6
    assert numbers_in(sentence) == pytest.approx(list(expected), abs=off, rel=rel), sentence


def column(rows, j=0):
    return [row[j] for row in rows]


# -- repeat, sum, branch ----------------------------------------------------------------------------------------------

SEEDS = range(3)
MIRRORS = list(itertools.product((1, 2, 3), (1, 2, 3, 4)))


def mirror_texts(node, N, D, seed, step):
    """The patch, its sentence, and {name: texts} of values and of gradients."""
    outs = [f"y{number}" for number in range(N)] if node == "branch" else ["y"]
    shapes = {"x": (N, D) if node == "sum" else (1, D)} | dict.fromkeys(outs, (N, D) if node == "repeat" else (1, D))
    patch, sentence = moved(demos.mirrors, node=node, N=N, D=D, seed=seed, step=step)
    return patch, sentence, *(read(patch[kind]["texts"], shapes) for kind in ("values", "gradients"))


def mirror_graph(node, N, D, seed):
    """With the numbers that the demo shows at its ends."""
    *_, values, gradients = mirror_texts(node, N, D, seed, 2)
    outs = [name for name in values if name != "x"]
    function = {
        "repeat": lambda x: x * N,
        "sum": sums_of_columns,
        "branch": lambda x: [x] * N if N > 1 else x,
    }[node]
    sign = "" if node == "branch" else node
    douts = {name: whole(gradients[name]) for name in outs}
    return Graph(["x", *outs], [(sign, ["x"], outs, function)], {"x": whole(values["x"])}, douts)


@pytest.mark.parametrize("node", ["repeat", "sum", "branch"])
def test_every_step_of_repeat_sum_and_branch(node):
    for (N, D), seed in itertools.product(MIRRORS, SEEDS):
        graph = mirror_graph(node, N, D, seed)
        first = {(name, row, 0) for name, (rows, _) in graph.shapes.items() for row in range(rows)}
        outs = [name for name in graph.names if name != "x"]
        back = [column(graph.gradients[name]) for name in outs]
        x, y = graph.shapes["x"], graph.shapes[outs[0]]
        added_back = [N, 0, 0, *added(sum(back, []))]
        said = {
            "repeat": [x, [*x, N, *y], added_back],
            "sum": [x, [N, *x, *y, 0, 0, *added(column(graph.values["x"]))], [N]],
            "branch": [x, [*x, N], added_back],
        }[node]
        for step in (0, 1, 2):
            patch, sentence, *_ = mirror_texts(node, N, D, seed, step)
            check_shown(patch, graph, step, first if step == (1 if node == "sum" else 2) else ())
            check_numbers(sentence, said[step])
            assert sentence.startswith(("x (", "Forward: ", "Backward: ")[step])
        if node != "sum":
            assert said[2][-1] == pytest.approx(graph.dg("x", 0, 0), abs=1e-8), "by nudging"


def test_the_values_of_repeat_are_the_gradients_of_sum_and_vice_versa():
    for (N, D), seed in itertools.product(MIRRORS, SEEDS):
        _, _, repeat_values, repeat_gradients = mirror_texts("repeat", N, D, seed, 2)
        _, _, sum_values, sum_gradients = mirror_texts("sum", N, D, seed, 2)
        assert repeat_values == {"x": sum_gradients["y"], "y": sum_gradients["x"]}
        assert repeat_gradients == {"x": sum_values["y"], "y": sum_values["x"]}


def test_a_branch_is_a_repeat_with_its_rows_apart():
    for (N, D), seed in itertools.product(MIRRORS, SEEDS):
        _, _, *repeat = mirror_texts("repeat", N, D, seed, 2)
        _, _, *branch = mirror_texts("branch", N, D, seed, 2)
        for one, other in zip(repeat, branch, strict=True):
            assert one["x"] == other["x"] and one["y"] == [other[f"y{number}"][0] for number in range(N)]


# -- a matrix product, and an affine layer ----------------------------------------------------------------------------

SIZES = list(itertools.product((1, 2, 3, 4), (1, 2, 3), (1, 2, 3)))


def product_shapes(node, N, D, H):
    y, b = (N, H), (1, H)
    return {"x": (N, D), "W": (D, H)} | ({"y": y} if node == "matmul" else {"b": b, "p": y, "r": y, "a": y})


def product_graph(node, N, D, H, seed):
    """With the numbers that the demo shows: what goes in at the beginning, and the gradient at the first step back."""
    shapes = product_shapes(node, N, D, H)
    nodes = [("@", ["x", "W"], ["y"], product)]
    if node == "affine":
        nodes = [
            ("@", ["x", "W"], ["p"], product),
            ("repeat", ["b"], ["r"], lambda b: b * N),
            ("+", ["p", "r"], ["a"], lambda p, r: each(lambda one, other: one + other, p, r)),
        ]
    values, gradients = (
        read(moved(demos.matmul, node=node, N=N, D=D, H=H, seed=seed, step=step)[0][kind]["texts"], shapes)
        for kind, step in (("values", 0), ("gradients", len(nodes) + 1))
    )
    inputs = {name: whole(values[name]) for name in ("x", "W", "b") if name in shapes}
    (end,) = nodes[-1][2]
    return Graph(list(shapes), nodes, inputs, {end: whole(gradients[end])})


def said_of_product(graph, step, N, D, H):
    """(numbers of the sentence, chosen cells) at a step."""
    node, backward = graph.turn(step)
    sign, out = (node[0], node[2][0]) if node else ("", "")
    values, gradients = graph.values, graph.gradients
    if sign == "@" and not backward:
        shapes = [N, D, D, H, N, H]
        used = {("x", 0, k) for k in range(D)} | {("W", k, 0) for k in range(D)} | {(out, 0, 0)}
        return [*shapes, 0, 0, *products(values["x"][0], column(values["W"]))], used
    if sign == "@":
        dx = products(gradients[out][0], values["W"][0])
        dW = products(column(values["x"]), column(gradients[out]))
        assert [dx[-1], dW[-1]] == pytest.approx([graph.dg("x", 0, 0), graph.dg("W", 0, 0)], abs=1e-8), "by nudging"
        used = {("x", 0, 0)} | {("W", 0, k) for k in range(H)} | {(out, 0, k) for k in range(H)}
        return [N, H, N, D, D, H, 0, 0, *dx, 0, 0, *dW], used
    if sign == "repeat" and not backward:
        return [1, H, N, H], set()
    if sign == "repeat":
        rows = column(gradients["r"])
        assert sum(rows) == pytest.approx(graph.dg("b", 0, 0), abs=1e-8), "by nudging"
        return [N, 0, 0, *added(rows)], {("b", 0, 0)} | {("r", k, 0) for k in range(N)}
    return [], set()


@pytest.mark.parametrize("node", ["matmul", "affine"])
def test_every_step_of_a_product_and_of_an_affine_layer(node):
    for N, D, H in SIZES:
        seed = N + 3 * D + 5 * H  # each size has its own numbers
        graph = product_graph(node, N, D, H, seed)
        out = "y" if node == "matmul" else "p"
        for step in range(2 * len(graph.nodes) + 1):
            patch, sentence = moved(demos.matmul, node=node, N=N, D=D, H=H, seed=seed, step=step)
            numbers, used = said_of_product(graph, step, N, D, H)
            check_shown(patch, graph, step, used)
            check_numbers(sentence, numbers)
            turn, backward = graph.turn(step)
            if turn:
                assert sentence.startswith("Backward: " if backward else "Forward: ")
            if turn and turn[0] == "@":
                assert (f"d{out} ({N}, {H}) comes in, " if backward else f"{out} = x @ W, ") in sentence
        assert call(demos.matmul.controls["step"].last, {"node": node}) == 2 * len(graph.nodes)


def test_an_affine_layer_has_the_numbers_of_the_product_in_it():
    for N, D, H in SIZES:
        one, other = (product_graph(node, N, D, H, 1) for node in ("matmul", "affine"))
        for name in "xW":
            assert one.values[name] == other.values[name]
            assert sum(one.gradients[name], []) == pytest.approx(sum(other.gradients[name], []), abs=1e-8)


# -- softmax with its loss --------------------------------------------------------------------------------------------

LOSSES = list(itertools.product((1, 2, 3), (2, 3, 4)))


def loss_graph(N, C, seed):
    shapes = {"scores": (N, C), "y": (N, C), "t": (N, C), "L": (1, 1)}
    patch, _ = moved(demos.softmax_with_loss, N=N, C=C, seed=seed, step=0)
    texts = read(patch["values"]["texts"], shapes)
    inputs = {name: whole(texts[name]) for name in ("scores", "t")}
    nodes = [("softmax", ["scores"], ["y"], softmax), ("cross entropy", ["y", "t"], ["L"], cross_entropy)]
    return Graph(list(shapes), nodes, inputs, {"L": [[1.0]]}, unasked=["t"])


@pytest.mark.parametrize(("N", "C"), LOSSES)
def test_every_step_of_softmax_with_its_loss(N, C):
    for seed in range(8):
        graph = loss_graph(N, C, seed)
        y, t = graph.values["y"], graph.values["t"]
        assert [sorted(row) for row in t] == [[0.0] * (C - 1) + [1.0]] * N, "one-hot"
        right = [(row, t[row].index(1.0)) for row in range(N)]
        at = [y[row][target] for row, target in right]
        (_, k), p = right[0], at[0]
        dy, ds = graph.dg("y", 0, k), graph.dg("scores", 0, k)
        assert ds == pytest.approx((p - 1) / N, abs=1e-6) and dy == pytest.approx(-1 / (N * p), rel=1e-6)
        said = [
            ([], []),
            ([], []),
            ([*at, N, -sum(map(math.log, at)) / N], [("y", *place) for place in right]),
            ([0, k, -1, N, p, dy], [("y", 0, k)]),
            ([0, k, p, 1, N, ds], [("scores", 0, k), ("y", 0, k), ("t", 0, k)]),
        ]
        for step, (numbers, used) in enumerate(said):
            patch, sentence = moved(demos.softmax_with_loss, N=N, C=C, seed=seed, step=step)
            check_shown(patch, graph, step, used)
            check_numbers(sentence, numbers, digits=4, rel=0.5001e-3)  # four digits in all
        assert demos.softmax_with_loss.controls["step"].last == len(said) - 1


# -- a whole update ---------------------------------------------------------------------------------------------------

NAMES = ["x", "W1", "b1", "a1", "z1", "W2", "b2", "a2", "y", "t", "L"]


def network_graph(x0, x1, **weights):
    net = Famous()
    inputs = {"x": [[x0, x1]], **{name: getattr(net, name) for name in ("W1", "b1", "W2", "b2", "t")}, **weights}
    nodes = [
        ("affine", ["x", "W1", "b1"], ["a1"], affine),
        ("σ", ["a1"], ["z1"], lambda a: each(sigmoid, a)),
        ("affine", ["z1", "W2", "b2"], ["a2"], affine),
        ("σ", ["a2"], ["y"], lambda a: each(sigmoid, a)),
        ("loss", ["y", "t"], ["L"], half_of_squares),
    ]
    return Graph(NAMES, nodes, inputs, {"L": [[1.0]]}, unasked=["t"])


TOLD = [[], ["a1"], ["z1"], ["a2"], ["y"], [], ["dy"], ["da2"], ["dz1", "dW2", "db2"], ["da1"], ["dx", "dW1", "db1"]]


def arrays_told(sentence):
    """[(name, rows)] for each line that ends in an array."""
    found = []
    for line in sentence.replace(MINUS, "-").split("\n"):
        if line.endswith("]"):
            name, rows = re.search(r"^(?:\w+: )?(\w+) .*?= (\[.*\])$", line).groups()
            found.append((name, list(ast.literal_eval(f"[{rows}]"))))
    return found


def check_arrays_told(sentence, expected):
    told = arrays_told(sentence)
    assert [name for name, _ in told] == [name for name, _ in expected]
    for (name, rows), (_, numbers) in zip(told, expected, strict=True):
        assert [len(row) for row in rows] == [len(row) for row in numbers]
        assert sum(rows, []) == pytest.approx(sum(numbers, []), rel=5.01e-4, abs=1e-9), f"four digits of {name}"


@pytest.mark.parametrize(("x0", "x1"), [(0.05, 0.1), (0.0, 0.0), (1.0, 0.35), (0.6, 1.0), (0.0, 0.75)])
def test_every_step_of_the_update(x0, x1):
    graph = network_graph(x0, x1)
    before = graph.values["L"][0][0]
    about = {**graph.values, **{f"d{name}": rows for name, rows in graph.gradients.items()}}
    for step, names in enumerate(TOLD):
        patch, sentence = moved(demos.one_update, x0=x0, x1=x1, step=step)
        check_shown(patch, graph, step)
        check_arrays_told(sentence, [(name, about[name]) for name in names])
        assert step == 0 or sentence.startswith("Forward: " if step <= 5 else "Backward: ")
        if step == 5:
            check_numbers(sentence.split(" = ")[-1], [before], digits=9)
    for rate in (0.1, 0.5, 3.3, 5.0):
        new = {name: moved_by(graph.values[name], graph.gradients[name], rate) for name in ("W1", "W2")}
        after = network_graph(x0, x1, **new)
        patch, sentence = moved(demos.one_update, x0=x0, x1=x1, rate=rate, step=len(TOLD))
        weights = [(name, *place) for name in new for place in np.ndindex(2, 2)]
        check_shown(patch, after, 5, weights)
        check_arrays_told(sentence, list(new.items()))
        first, *_, last = sentence.split("\n")
        check_numbers(first, [rate])
        check_numbers(last, [before, after.values["L"][0][0]], digits=9)
    assert demos.one_update.controls["step"].last == len(TOLD)


def test_the_update_begins_with_the_famous_numbers():
    first, last = (moved(demos.one_update, step=step)[1] for step in (5, 11))
    assert first.endswith("= 0.298371109") and "with η = 0.5" in last
    assert last.endswith("L was 0.298371109 and is now 0.291027774.")
    assert numbers_in(moved(demos.one_update, step=11, rate=5.0)[1])[-1] == pytest.approx(0.2232, abs=5e-5)


# -- what a button and a slider do to the numbers ---------------------------------------------------------------------

NUMBERED = [
    (demos.mirrors, {"node": "repeat", "N": 3, "D": 4, "step": 2}),
    (demos.matmul, {"node": "affine", "N": 4, "D": 3, "H": 3, "step": 6}),
    (demos.softmax_with_loss, {"N": 3, "C": 4, "step": 4}),
]


@pytest.mark.parametrize(("demo", "values"), NUMBERED)
def test_new_numbers_are_others_and_never_0(demo, values):
    seen = [moved(demo, **values, seed=seed)[0] for seed in range(20)]
    assert len({str(patch["values"]["texts"]) for patch in seen}) == 20
    assert len({str(patch["gradients"]["texts"]) for patch in seen}) == 20
    if demo is not demos.softmax_with_loss:
        shapes = product_shapes("affine", 4, 3, 3) if demo is demos.matmul else {"x": (1, 4), "y": (3, 4)}
        for name, rows in read(seen[0]["values"]["texts"], shapes).items():
            assert name in "pa" or "0" not in sum(rows, []), "a 0 would hide what it is multiplied by"


def test_another_size_keeps_the_numbers_that_stay():
    large = product_graph("affine", 4, 3, 3, 7)
    first_rows = [large.values[name][0] for name in ("x", "W", "b")] + [large.douts["a"][0]]
    assert len(set(map(tuple, first_rows))) == 4, "each array has numbers of its own"
    for N, D, H in SIZES:
        small = product_graph("affine", N, D, H, 7)
        for name in ("x", "W", "b"):
            rows, columns = small.shapes[name]
            assert small.values[name] == [row[:columns] for row in large.values[name][:rows]]
        assert small.douts["a"] == [row[:H] for row in large.douts["a"][:N]]


# -- the drawing: where everything stands -----------------------------------------------------------------------------

PLANS = [("mirrors", {"node": node, "N": N, "D": D}) for node in ("repeat", "sum", "branch") for N, D in MIRRORS]
PLANS += [("matmul", {"node": node, "N": N, "D": D, "H": H}) for node in ("matmul", "affine") for N, D, H in SIZES]
PLANS += [("softmax_with_loss", {"N": N, "C": C}) for N, C in LOSSES]
PLANS += [("one_update", {})]
RIM = 1.4 / 72  # inches: half of the widest rim of a cell


def graph_of(name, values):
    """As lists and loops have it, with any numbers."""
    values = dict(values)
    graph = {"matmul": product_graph, "mirrors": mirror_graph, "softmax_with_loss": loss_graph}.get(name)
    return graph(**values, seed=0) if graph else network_graph(0.05, 0.1)


class Drawn:
    """What array_graph has painted, in inches."""

    def __init__(self, name, values):
        demo = getattr(demos, name)
        self.values = {**demo.beginning, **values}
        self.figure, self.parts = demo.figure(**arguments_for(demo.figure, self.values))
        self.graph = graph_of(name, values)
        self.size = self.figure.get_size_inches()
        self.cells = Shapes.around([path.vertices for path in self.parts["cells"].shapes.get_paths()])
        counts = [math.prod(shape) for shape in self.graph.shapes.values()]
        ends = np.cumsum(counts)
        self.cells_of = [np.arange(end - count, end) for end, count in zip(ends, counts, strict=True)]
        self.arrays = Shapes.around(
            [np.concatenate([self.cells.low[own], self.cells.high[own]]) for own in self.cells_of]
        )
        self.nodes = nodes_of(self.parts["nodes"])
        renderer = FigureCanvasAgg(self.figure).get_renderer()
        (axes,) = self.figure.axes
        self.names = [text.get_text() for text in axes.texts]
        boxes = [text.get_window_extent(renderer).get_points() / self.figure.dpi for text in axes.texts]
        self.titles = Shapes.around(boxes)
        self.title_sizes = [text.get_fontsize() for text in axes.texts]
        self.ways = ways_of(self.parts["wires"])


@pytest.fixture(scope="module")
def drawings():
    return [Drawn(name, values) for name, values in PLANS]


def grown(shapes, by):
    return Shapes(shapes.low - by, shapes.high + by, shapes.radii)


def test_no_array_name_or_node_touches_another_or_the_rim_of_the_sheet(drawings):
    for drawn in drawings:
        shapes = grown(drawn.arrays, RIM) + drawn.titles + grown(drawn.nodes, LINE)
        assert not shapes.pairs_that_overlap(), drawn.values
        assert (shapes.low >= 0).all() and (shapes.high <= drawn.size).all(), drawn.values


def test_each_array_has_its_shape_in_cells_of_one_size_from_the_upper_left(drawings):
    for drawn in drawings:
        for own, (rows, columns) in zip(drawn.cells_of, drawn.graph.shapes.values(), strict=True):
            low, high = drawn.cells.low[own], drawn.cells.high[own]
            assert np.allclose(high - low, (high - low)[0])
            x, y = (np.reshape((low + high)[:, axis] / 2, (rows, columns)) for axis in (0, 1))
            wide, tall = (high - low)[0]
            assert np.allclose(x, x[0, 0] + wide * np.arange(columns)) and np.allclose(
                y, y[0, 0] - tall * np.arange(rows)[:, np.newaxis]
            )


def test_each_name_with_its_shape_stands_above_its_own_array(drawings):
    for drawn in drawings:
        assert drawn.names == [f"{name} {shape}" for name, shape in drawn.graph.shapes.items()]
        middles = (drawn.arrays.low + drawn.arrays.high)[:, 0] / 2
        titles = (drawn.titles.low + drawn.titles.high) / 2
        gaps = drawn.titles.low[:, 1] - drawn.arrays.high[:, 1]
        assert np.allclose(titles[:, 0], middles, atol=0.02) and (gaps > 0).all() and (gaps < 0.15).all()
        assert (drawn.arrays.distances(titles).argmin(axis=1) == np.arange(len(titles))).all(), "no other is nearer"


def test_each_number_stands_in_its_own_cell_the_gradient_below_the_value(drawings):
    for drawn in drawings:
        values, gradients = (room_for_numbers(drawn.parts[kind]) for kind in ("values", "gradients"))
        for shapes in (values, gradients):
            assert (shapes.low > drawn.cells.low).all() and (shapes.high < drawn.cells.high).all(), drawn.values
        assert (gradients.high[:, 1] < values.low[:, 1]).all(), drawn.values


def test_each_way_joins_its_array_and_its_node_and_passes_all_else(drawings):
    for drawn in drawings:
        graph = drawn.graph
        wires = graph.wires()
        shapes = grown(drawn.arrays, RIM) + drawn.titles + drawn.nodes
        first_node = 2 * len(graph.names)
        assert len(wires) == len(drawn.ways)
        for (node, name, goes_in), way in zip(wires, drawn.ways, strict=True):
            assert way[0, 0] < way[-1, 0], "from left to right"
            here = graph.names.index(name)
            there = first_node + next(k for k, one in enumerate(graph.nodes) if one is node)
            at_array, at_node = way if goes_in else way[::-1]
            along = shapes.distances(densely(way))
            assert abs(shapes.distances(at_node[np.newaxis])[0, there]) < 1e-3, "it begins or ends at the node's rim"
            low, high = drawn.arrays.low[here], drawn.arrays.high[here]
            beside = at_array[0] - high[0] if goes_in else low[0] - at_array[0]
            assert 0.01 < beside < 0.05, "right beside its array"
            assert at_array[1] == pytest.approx((low + high)[1] / 2), "in the middle of that side"
            passed = np.delete(along, [here, there], axis=1)
            assert passed.min() > LINE, f"{drawn.values}: the way of {name} touches something"
            assert along[:, here].min() > 0 and along[:, there].min() > -1e-3, "never inside its own"


def cross(one, other):
    """Whether two straight ways meet."""
    (a, b), (c, d) = one, other

    def side(p, q, r):
        return np.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def test_ways_do_not_cross(drawings):
    for drawn in drawings:
        assert not [pair for pair in itertools.combinations(drawn.ways, 2) if cross(*pair)], drawn.values


@pytest.mark.parametrize("last", [0, 2])
def test_an_array_that_would_leave_the_sheet_is_moved_back(last):
    """Its node takes the first or last array of a column that just fits; others stand before or behind it."""
    columns = ("u", "v", "w"), (("y", "z") if last else ("z", "y"))
    nodes = [("+", (columns[0][last],), ("y",))]
    figure, parts = array_graph(columns, dict.fromkeys("uvwyz", (1, 1)), nodes, (6.0, 2.45))
    cells = Shapes.around([path.vertices for path in parts["cells"].shapes.get_paths()])
    assert parts["values"].size == SMALL, "there is room, so nothing is drawn smaller"
    assert (cells.low > 0).all() and (cells.high < figure.get_size_inches()).all()
    assert not cells.pairs_that_overlap()


# -- the drawing: type and colours ------------------------------------------------------------------------------------

TYPE = {"mirrors": 12, "matmul": 10.9, "softmax_with_loss": 12, "one_update": 9.6}  # points, at the smallest


def test_type_is_large_enough(drawings):
    for drawn, (name, _) in zip(drawings, PLANS, strict=True):
        parts = drawn.parts
        sizes = [*drawn.title_sizes, parts["values"].size, parts["gradients"].size, parts["nodes"].words.size]
        assert min(sizes) >= TYPE[name] - 1e-9, drawn.values
        words = painted_numbers(parts["nodes"].words, [node[0] for node in drawn.graph.nodes])
        signed = [k for k, node in enumerate(drawn.graph.nodes) if node[0]]
        if signed:
            low, high = drawn.nodes.low[signed], drawn.nodes.high[signed]
            assert (words.low > low).all() and (words.high < high).all(), "signs lie in their nodes"


def test_whole_numbers_are_painted_in_full_size(drawings):
    for drawn, (name, _) in zip(drawings, PLANS, strict=True):
        if name in ("mirrors", "matmul"):
            for kind in ("values", "gradients"):
                numerals = drawn.parts[kind]
                assert width_of(f"{MINUS}36", numerals.size, numerals.font) <= numerals.room


PAINTED = [(demos.mirrors, {"node": node}) for node in ("repeat", "sum", "branch")]
PAINTED += [(demos.matmul, {"node": node}) for node in ("matmul", "affine")]
PAINTED += [(demos.softmax_with_loss, {}), (demos.one_update, {})]


@pytest.mark.parametrize(("demo", "values"), PAINTED)
def test_every_step_is_painted_in_its_colours(demo, values):
    scene = scene_at(demo, **values)
    for step in range(scene.demo.controls["step"].end(scene.values) + 1):
        scene.move({**scene.values, "step": step})
        parts, shown = scene.picture.parts, scene.picture.shown
        (name,) = [
            name for name in ("mirrors", "matmul", "softmax_with_loss", "one_update") if getattr(demos, name) is demo
        ]
        sizes = {key: value for key, value in scene.values.items() if key in ("node", "N", "D", "H", "C")}
        counts = [math.prod(shape) for shape in graph_of(name, sizes).shapes.values()]
        looks = np.repeat(shown["cells"]["states"], counts)
        rims = [to_rgba(GREY if look == "known" else EDGE_STATES[look][0]) for look in looks]
        assert (parts["cells"].shapes.get_edgecolors() == rims).all()
        wide = parts["cells"].shapes.get_linewidths()
        assert all(
            (width > 2) == (look in ("forward", "upstream", "downstream"))
            for width, look in zip(wide, looks, strict=True)
        )
        behind = [to_rgba(CHOSEN if on else "white") for on in shown["cells"]["chosen"]]
        assert (parts["cells"].shapes.get_facecolors() == behind).all()
        lines = [to_rgba(EDGE_STATES[look][0]) for look in shown["wires"]["states"]]
        assert (parts["wires"].lines.get_colors() == lines).all()
        assert [bool(colour[3]) for colour in parts["wires"].heads_back.get_facecolors()] == shown["wires"]["returned"]
        fills = parts["nodes"].shapes.get_facecolors()
        assert [tuple(fill) == to_rgba(HIGHLIGHT) for fill in fills] == shown["nodes"]["highlighted"]
        assert tuple(parts["gradients"].outline.get_facecolor()) == to_rgba(ORANGE)
        assert (scene.picture.pixels() == scene.picture.redrawn()).all()
