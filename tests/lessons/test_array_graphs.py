"""Lesson 7, the graphs of arrays: each step's numbers against lists and nudging, and a drawing in which nothing overlaps."""

import ast
import itertools
import math
import re

import by_hand as hand
import numpy as np
import pytest
from drawn_shapes import LINE, Shapes, densely, nodes_of, painted_numbers, room_for_numbers, scene_at, ways_of
from lesson_reader import numbers_in
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from walk_checks import cells_of, check_chosen, check_equations, check_numbers, check_walk, chosen_in, moved

from nnlessons.arrays import demos
from nnlessons.drawing.array_graph import array_graph
from nnlessons.drawing.numerals import width_of
from nnlessons.drawing.style import SMALL
from nnlessons.live.calls import arguments_for, call
from nnlessons.wording import MINUS

# -- the four graphs in lists -----------------------------------------------------------------------------------------


def read(patch, kind, shapes):
    """{name: rows of numbers} of what a patch shows; 0 stands for nothing."""
    texts, arrays = iter(patch[kind]["texts"]), {}
    for name, (rows, columns) in shapes.items():
        arrays[name] = [[numbers_in(next(texts) or "0")[0] for _ in range(columns)] for _ in range(rows)]
    return arrays


def mirror_graph(node, N, D, seed):
    """Repeat, sum or branch, with the numbers that the demo shows at its ends."""
    outs = [f"y{number}" for number in range(N)] if node == "branch" else ["y"]
    shapes = {"x": (N, D) if node == "sum" else (1, D)} | dict.fromkeys(outs, (N, D) if node == "repeat" else (1, D))
    patch, _ = moved(demos.mirrors, node=node, N=N, D=D, seed=seed, step=2)
    function = {"repeat": lambda x: x * N, "sum": hand.sums_of_columns, "branch": lambda x: [x] * N if N > 1 else x}
    douts = read(patch, "gradients", shapes)
    x = read(patch, "values", shapes)["x"]
    return hand.Graph([(["x"], outs, function[node])], {"x": x}, {name: douts[name] for name in outs})


def product_graph(node, N, D, H, seed):
    """With the numbers that the demo shows: what goes in at the beginning, and the gradient at the first step back."""
    shapes = {"x": (N, D), "W": (D, H)} | ({"b": (1, H)} if node == "affine" else {})
    ends = [*shapes, "y"] if node == "matmul" else [*shapes, "p", "r", "a"]
    shapes |= {name: (N, H) for name in ends if name not in shapes}
    nodes = [(["x", "W"], ["y"], hand.product)]
    if node == "affine":
        nodes = [
            (["x", "W"], ["p"], hand.product),
            (["b"], ["r"], lambda b: b * N),
            (["p", "r"], ["a"], lambda p, r: hand.each(lambda one, other: one + other, p, r)),
        ]
    at = {"node": node, "N": N, "D": D, "H": H, "seed": seed}
    values = read(moved(demos.matmul, **at, step=0)[0], "values", shapes)
    douts = read(moved(demos.matmul, **at, step=len(nodes) + 1)[0], "gradients", shapes)
    return hand.Graph(
        nodes, {name: values[name] for name in ("x", "W", "b") if name in shapes}, {ends[-1]: douts[ends[-1]]}
    )


def loss_graph(N, C, seed):
    shapes = {"scores": (N, C), "y": (N, C), "t": (N, C), "L": (1, 1)}
    inputs = read(moved(demos.softmax_with_loss, N=N, C=C, seed=seed, step=0)[0], "values", shapes)
    nodes = [(["scores"], ["y"], hand.softmax), (["y", "t"], ["L"], hand.cross_entropy)]
    return hand.Graph(nodes, {name: inputs[name] for name in ("scores", "t")}, {"L": [[1.0]]}, fixed=["t"])


def network_graph(x0, x1, **weights):
    net = hand.Famous()
    inputs = {"x": [[x0, x1]], **{name: getattr(net, name) for name in ("W1", "b1", "W2", "b2", "t")}, **weights}
    nodes = [
        (["x", "W1", "b1"], ["a1"], hand.affine),
        (["a1"], ["z1"], lambda a: hand.each(hand.sigmoid, a)),
        (["z1", "W2", "b2"], ["a2"], hand.affine),
        (["a2"], ["y"], lambda a: hand.each(hand.sigmoid, a)),
        (["y", "t"], ["L"], hand.half_of_squares),
    ]
    return hand.Graph(nodes, inputs, {"L": [[1.0]]}, fixed=["t"])


NAMES = {
    "repeat": ["x", "y"],
    "sum": ["x", "y"],
    "matmul": ["x", "W", "y"],
    "affine": ["x", "W", "b", "p", "r", "a"],
    "loss": ["scores", "y", "t", "L"],
    "network": ["x", "W1", "b1", "a1", "z1", "W2", "b2", "a2", "y", "t", "L"],
}
MIRRORS = list(itertools.product((1, 2, 3), (1, 2, 3, 4)))
SIZES = list(itertools.product((1, 2, 3, 4), (1, 2, 3), (1, 2, 3)))
LOSSES = list(itertools.product((1, 2, 3), (2, 3, 4)))


def shapes_said(sentence):
    return [ast.literal_eval(shape) for shape in re.findall(r"\(\d, \d\)", sentence)]


# -- each step --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("node", ["repeat", "sum", "branch"])
def test_every_step_of_repeat_sum_and_branch(node):
    for (N, D), seed in itertools.product(MIRRORS, range(3)):
        graph = mirror_graph(node, N, D, seed)
        names = NAMES.get(node) or ["x", *graph.nodes[0][1]]
        steps = [moved(demos.mirrors, node=node, N=N, D=D, seed=seed, step=step) for step in range(3)]
        check_walk([patch for patch, _ in steps], graph, names)
        for step, (patch, sentence) in enumerate(steps):
            assert sentence.startswith(("Before ", "Forward: ", "Backward: ")[step])
            assert step == 0 or f" {N} " in sentence
            for name, shape in re.findall(r"\b([xy]) (\(\d, \d\))", sentence):
                assert ast.literal_eval(shape) == hand.shape_of(graph.values[name if name in names else "y0"])
            equations = check_equations(sentence, graph)
            assert len(equations) == (step == (1 if node == "sum" else 2)), "numbers are added once"
            for _, _, numbers in equations:
                check_chosen(patch, graph, names, numbers)
            assert equations or not any(patch["cells"]["chosen"])


def test_the_values_of_repeat_are_the_gradients_of_sum_and_vice_versa():
    for (N, D), seed in itertools.product(MIRRORS, range(3)):
        repeat, adding, branch = (mirror_graph(node, N, D, seed) for node in ("repeat", "sum", "branch"))
        assert repeat.values["x"] == adding.douts["y"] and repeat.douts["y"] == adding.values["x"]
        assert branch.values["x"] == repeat.values["x"], "a branch is a repeat with its rows apart"
        assert [branch.douts[name][0] for name in branch.douts] == repeat.douts["y"]


@pytest.mark.parametrize("node", ["matmul", "affine"])
def test_every_step_of_a_product_and_of_an_affine_layer(node):
    for N, D, H in SIZES:
        at = {"node": node, "N": N, "D": D, "H": H, "seed": N + 3 * D + 5 * H}  # each size has its own numbers
        graph, names, out = product_graph(**at), NAMES[node], "y" if node == "matmul" else "p"
        n = len(graph.nodes)
        steps = [moved(demos.matmul, **at, step=step) for step in range(2 * n + 1)]
        check_walk([patch for patch, _ in steps], graph, names)
        assert call(demos.matmul.controls["step"].last, at) == 2 * n
        for step, (_, sentence) in enumerate(steps[1:], 1):
            assert sentence.startswith("Forward: " if step <= n else "Backward: ")
        (patch, sentence), (patch_back, back) = steps[1], steps[-1]
        assert f"{out} = x @ W, " in sentence and shapes_said(sentence) == [(N, D), (D, H), (N, H)]
        ((name, place, numbers),) = check_equations(sentence, graph)
        assert (name, place) == (out, (0, 0))
        check_chosen(patch, graph, names, numbers)
        assert f"d{out} ({N}, {H}) comes in, and dx ({N}, {D}) and dW ({D}, {H}) go out." in back
        dx, dW = check_equations(back, graph)
        assert [dx[:2], dW[:2]] == [("dx", (0, 0)), ("dW", (0, 0))]
        check_chosen(patch_back, graph, names, dx[2])
        if node == "affine":
            assert shapes_said(steps[2][1]) == [(1, H), (N, H)]
            patch, sentence = steps[5]
            ((name, place, numbers),) = check_equations(sentence, graph)
            assert (name, place) == ("db", (0, 0)) and f"used for {N} sample" in sentence
            check_chosen(patch, graph, names, numbers)


def test_an_affine_layer_has_the_numbers_of_the_product_in_it():
    for N, D, H in SIZES:
        one, other = (product_graph(node, N, D, H, 1) for node in ("matmul", "affine"))
        for name in "xW":
            assert one.values[name] == other.values[name]
            assert hand.furthest(one.gradients[name], other.gradients[name]) < 1e-8


@pytest.mark.parametrize(("N", "C"), LOSSES)
def test_every_step_of_softmax_with_its_loss(N, C):
    for seed in range(8):
        graph, names = loss_graph(N, C, seed), NAMES["loss"]
        y, t = graph.values["y"], graph.values["t"]
        assert [sorted(row) for row in t] == [[0.0] * (C - 1) + [1.0]] * N, "one-hot"
        targets = [row.index(1.0) for row in t]
        k, p = targets[0], y[0][targets[0]]
        steps = [moved(demos.softmax_with_loss, N=N, C=C, seed=seed, step=step) for step in range(5)]
        assert demos.softmax_with_loss.controls["step"].last == 4
        check_walk([patch for patch, _ in steps], graph, names)
        marked = [chosen_in(patch, graph, names) for patch, _ in steps]
        assert marked[2] == [("y", *place) for place in enumerate(targets)] and not marked[0] + marked[1]
        assert marked[3:] == [[("y", 0, k)], [(name, 0, k) for name in ("scores", "y", "t")]]
        ((_, _, loss),) = check_equations(steps[2][1], graph)
        assert loss[:-1] == pytest.approx([*(y[row][j] for row, j in enumerate(targets)), N], rel=6e-4)
        (dy,) = check_equations(steps[3][1], graph)
        (dscores,) = check_equations(steps[4][1], graph)
        assert dy[:2] == ("dy", (0, k)) and dy[2][:-1] == pytest.approx([-1, N, p], rel=6e-4)
        assert dscores[:2] == ("dscores", (0, k)) and dscores[2][:-1] == pytest.approx([p, 1, N], rel=6e-4)


# -- a whole update ---------------------------------------------------------------------------------------------------

TOLD = [[], ["a1"], ["z1"], ["a2"], ["y"], [], ["dy"], ["da2"], ["dz1", "dW2", "db2"], ["da1"], ["dx", "dW1", "db1"]]


def check_arrays_told(sentence, expected):
    """The lines that end in an array: their names, and their numbers to four digits."""
    lines = re.findall(r"^(?:\w+: )?(\w+) .*?= (\[.*\])$", sentence.replace(MINUS, "-"), re.M)
    assert [name for name, _ in lines] == [name for name, _ in expected]
    for (name, rows), (_, numbers) in zip(lines, expected, strict=True):
        found = list(ast.literal_eval(f"[{rows}]"))
        assert hand.shape_of(found) == hand.shape_of(numbers)
        assert hand.flat(found) == pytest.approx(hand.flat(numbers), rel=5.01e-4, abs=1e-9), f"four digits of {name}"


@pytest.mark.parametrize(("x0", "x1"), [(0.05, 0.1), (0.0, 0.0), (1.0, 0.35), (0.6, 1.0), (0.0, 0.75)])
def test_every_step_of_the_update(x0, x1):
    graph, names = network_graph(x0, x1), NAMES["network"]
    before = graph.values["L"][0][0]
    about = {**graph.values, **{f"d{name}": rows for name, rows in graph.gradients.items()}}
    steps = [moved(demos.one_update, x0=x0, x1=x1, step=step) for step in range(len(TOLD))]
    assert demos.one_update.controls["step"].last == len(TOLD)
    check_walk([patch for patch, _ in steps], graph, names)
    for step, (names_told, (_, sentence)) in enumerate(zip(TOLD, steps, strict=True)):
        check_arrays_told(sentence, [(name, about[name]) for name in names_told])
        assert step == 0 or sentence.startswith("Forward: " if step <= 5 else "Backward: ")
    assert numbers_in(steps[5][1])[-1] == pytest.approx(before, abs=5.1e-10)
    for rate in (0.1, 0.5, 3.3, 5.0):
        new = {name: hand.moved_by(graph.values[name], graph.gradients[name], rate) for name in ("W1", "W2")}
        after = network_graph(x0, x1, **new)
        patch, sentence = moved(demos.one_update, x0=x0, x1=x1, rate=rate, step=len(TOLD))
        check_numbers(patch, after, names)
        assert all(patch["values"]["texts"]) and not any(patch["gradients"]["texts"]), (
            "gradients of other weights are gone"
        )
        assert chosen_in(patch, after, names) == [cell for cell in cells_of(after, names) if cell[0] in new]
        check_arrays_told(sentence, list(new.items()))
        first, *_, last = sentence.split("\n")
        assert numbers_in(first) == [rate]
        assert numbers_in(last) == pytest.approx([before, after.values["L"][0][0]], abs=5.1e-10)


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
def test_the_button_brings_other_numbers(demo, values):
    seen = [moved(demo, **values, seed=seed)[0] for seed in range(20)]
    assert len({str(patch["values"]["texts"]) for patch in seen}) == 20
    assert len({str(patch["gradients"]["texts"]) for patch in seen}) == 20


def test_another_size_keeps_the_numbers_that_stay_and_none_is_0():
    large = product_graph("affine", 4, 3, 3, 7)
    first_rows = [large.values[name][0] for name in ("x", "W", "b")] + [large.douts["a"][0]]
    assert len(set(map(tuple, first_rows))) == 4, "each array has numbers of its own"
    assert all(map(all, first_rows)), "a 0 would hide what it is multiplied by"
    for N, D, H in SIZES:
        small = product_graph("affine", N, D, H, 7)
        for name in ("x", "W", "b"):
            rows, columns = hand.shape_of(small.values[name])
            assert small.values[name] == [row[:columns] for row in large.values[name][:rows]]
        assert small.douts["a"] == [row[:H] for row in large.douts["a"][:N]]


# -- the drawing: where everything is ---------------------------------------------------------------------------------

PLANS = [("mirrors", {"node": node, "N": N, "D": D}) for node in ("repeat", "sum", "branch") for N, D in MIRRORS]
PLANS += [("matmul", {"node": node, "N": N, "D": D, "H": H}) for node in ("matmul", "affine") for N, D, H in SIZES]
PLANS += [("softmax_with_loss", {"N": N, "C": C}) for N, C in LOSSES]
PLANS += [("one_update", {})]
RIM = 1.4 / 72  # inches: half of the widest rim of a cell


def graph_of(name, values):
    graph = {"matmul": product_graph, "mirrors": mirror_graph, "softmax_with_loss": loss_graph}.get(name)
    return graph(**values, seed=0) if graph else network_graph(0.05, 0.1)


class Drawn:
    """What array_graph has painted, in inches."""

    def __init__(self, name, values):
        demo = getattr(demos, name)
        self.values = {**demo.beginning, **values}
        self.figure, self.parts = demo.figure(**arguments_for(demo.figure, self.values))
        self.graph = graph_of(name, values)
        kind = {"softmax_with_loss": "loss", "one_update": "network"}.get(name, values.get("node"))
        self.order = NAMES.get(kind) or ["x", *self.graph.nodes[0][1]]
        self.shapes = {one: hand.shape_of(self.graph.values[one]) for one in self.order}
        self.size = self.figure.get_size_inches()
        self.cells = Shapes.around([path.vertices for path in self.parts["cells"].shapes.get_paths()])
        ends = np.cumsum([math.prod(shape) for shape in self.shapes.values()])
        self.cells_of = np.split(np.arange(ends[-1]), ends[:-1])
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
        for own, (rows, columns) in zip(drawn.cells_of, drawn.shapes.values(), strict=True):
            low, high = drawn.cells.low[own], drawn.cells.high[own]
            wide, tall = (high - low)[0]
            x, y = (np.reshape((low + high)[:, axis] / 2, (rows, columns)) for axis in (0, 1))
            assert np.allclose(high - low, [wide, tall]) and np.allclose(x, x[0, 0] + wide * np.arange(columns))
            assert np.allclose(y, y[0, 0] - tall * np.arange(rows)[:, np.newaxis])


def test_each_name_with_its_shape_is_above_its_own_array(drawings):
    for drawn in drawings:
        shapes = {name: shape[1:] if name in ("b1", "b2") else shape for name, shape in drawn.shapes.items()}
        assert drawn.names == [f"{name} {shape}" for name, shape in shapes.items()], "b1 is (2,) in the code"
        titles = (drawn.titles.low + drawn.titles.high) / 2
        gaps = drawn.titles.low[:, 1] - drawn.arrays.high[:, 1]
        assert np.allclose(titles[:, 0], (drawn.arrays.low + drawn.arrays.high)[:, 0] / 2, atol=0.02)
        assert (gaps > 0).all() and (gaps < 0.15).all()
        assert (drawn.arrays.distances(titles).argmin(axis=1) == np.arange(len(titles))).all(), "no other is nearer"


def test_each_number_is_in_its_own_cell_the_gradient_below_the_value(drawings):
    for drawn in drawings:
        values, gradients = (room_for_numbers(drawn.parts[kind]) for kind in ("values", "gradients"))
        for shapes in (values, gradients):
            assert (shapes.low > drawn.cells.low).all() and (shapes.high < drawn.cells.high).all(), drawn.values
        assert (gradients.high[:, 1] < values.low[:, 1]).all(), drawn.values


def test_each_way_joins_its_array_and_its_node_and_passes_all_else(drawings):
    for drawn in drawings:
        nodes = drawn.graph.nodes
        ends = [
            (number, name, goes_in)
            for number, (inputs, outputs, _) in enumerate(nodes)
            for names, goes_in in ((inputs, True), (outputs, False))
            for name in names
        ]
        shapes = grown(drawn.arrays, RIM) + drawn.titles + drawn.nodes
        for (number, name, goes_in), way in zip(ends, drawn.ways, strict=True):
            assert way[0, 0] < way[-1, 0], "from left to right"
            here, there = drawn.order.index(name), 2 * len(drawn.order) + number
            at_array, at_node = way if goes_in else way[::-1]
            along = shapes.distances(densely(way))
            assert abs(shapes.distances(at_node[np.newaxis])[0, there]) < 1e-3, "it begins or ends at the node's rim"
            low, high = drawn.arrays.low[here], drawn.arrays.high[here]
            assert 0.01 < (at_array[0] - high[0] if goes_in else low[0] - at_array[0]) < 0.05, "right beside its array"
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
    assert parts["values"].size >= SMALL, "there is room, so nothing is drawn smaller"
    assert (cells.low > 0).all() and (cells.high < figure.get_size_inches()).all()
    assert not cells.pairs_that_overlap()


# -- the drawing: type and colours ------------------------------------------------------------------------------------

TYPE = {"mirrors": 12, "matmul": 10.9, "softmax_with_loss": 12, "one_update": 9.6}  # points, at the smallest


def test_type_is_large_enough_and_whole_numbers_are_painted_in_full_size(drawings):
    for drawn, (name, _) in zip(drawings, PLANS, strict=True):
        parts = drawn.parts
        sizes = [*drawn.title_sizes, parts["values"].size, parts["gradients"].size, parts["nodes"].words.size]
        assert min(sizes) >= TYPE[name] - 1e-9, drawn.values
        for numerals in (parts["values"], parts["gradients"]) if name in ("mirrors", "matmul") else ():
            assert width_of(f"{MINUS}36", numerals.size, numerals.font) <= numerals.room


def test_the_signs_are_inside_their_nodes(drawings):
    signs = {"repeat": ["repeat"], "sum": ["sum"], "matmul": ["@"], "affine": ["@", "repeat", "+"]}
    for drawn, (_, values) in zip(drawings, PLANS, strict=True):
        if values.get("node") in signs:
            words = painted_numbers(drawn.parts["nodes"].words, signs[values["node"]])
            assert (words.low > drawn.nodes.low).all() and (words.high < drawn.nodes.high).all()


def test_each_state_of_a_cell_has_its_colour_and_chosen_ones_are_yellow():
    scene, names = scene_at(demos.one_update), NAMES["network"]
    cells, colours = cells_of(network_graph(0.05, 0.1), names), {}
    for step in (1, 8, 12):
        scene.move({**scene.values, "step": step})
        painted, shown = scene.picture.parts["cells"].shapes, scene.picture.shown["cells"]
        for (name, *_), rim in zip(cells, painted.get_edgecolors(), strict=True):
            colours.setdefault(shown["states"][names.index(name)], set()).add(to_hex(rim))
        fills = [to_hex(fill) == "#ffffff" for fill in painted.get_facecolors()]
        assert fills == [not on for on in shown["chosen"]]
    assert sorted(colours) == ["downstream", "forward", "known", "unknown", "upstream"]
    assert all(len(each) == 1 for each in colours.values()) and len(set.union(*colours.values())) == 4
    assert colours["upstream"] == colours["downstream"], "gradients share a color"
