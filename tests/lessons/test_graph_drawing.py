"""The drawn graph: whatever the formula nothing overlaps, and each step shows what is known by then, and no more."""

import html
import math
import re
from collections import Counter
from itertools import combinations, pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from by_hand import FUNCTIONS, in_python, random_formula
from drawn_shapes import (
    LINE,
    Shapes,
    densely,
    nodes_of,
    painted_numbers,
    places_of,
    room_for_numbers,
    scene_at,
    ways_of,
)
from lesson_reader import numbers_in
from matplotlib.figure import Figure
from walk_checks import appearing, moved

import nnlessons.drawing.graph as drawing
from nnlessons.backpropagation import demos as lesson
from nnlessons.backpropagation.gaps import expected
from nnlessons.backpropagation.local_rules import NODES
from nnlessons.backpropagation.neuron import NEURONS
from nnlessons.backpropagation.own_formula import LEAST_SCALE, NAMES, OWN_SIZE, anything
from nnlessons.backpropagation.pictured import described, sign_of
from nnlessons.backpropagation.stepper import FIRST
from nnlessons.backpropagation.to_fill_in import LETTERS, TO_FILL, new_inputs, with_gaps
from nnlessons.drawing.graph import drawn_graph, scale_of
from nnlessons.drawing.graph_layout import in_columns_and_rows
from nnlessons.drawing.numerals import Numerals, width_of
from nnlessons.drawing.style import SMALL
from nnlessons.live.controls import Mistyped
from nnlessons.live.view import View
from nnlessons.wording import short
from nnlib.formulas import parse

AT = {"u": 2.0, "v": -3.0, "w": 4.0, "p": 1.0}  # where own_formula begins
TYPED = [
    "u",
    "2 + 3",
    "u * u",
    "u + u + u*v + u/v",
    "u*u*u - v",
    "(u + v) * (u - v) / w",
    "exp(-u) * log(w) + 3",
    "relu(u) * relu(v) + tanh(p)",
    "sigmoid(p / v)**-2 * 0.5",
    "(u*v + w) * (u*v - p)",
    "1 / (1 + exp(-(u*p + v)))",
    "(v - p)**2 + relu(v*w)",
]
SLOTS_AND_CHAINS = [
    "u*u*u*u*u",
    "u + u*v + u*w + u*p + u",
    "exp(log(exp(tanh(sigmoid(relu(exp(log(exp(tanh(u))))))))))",
    "----------u",
    "2",
    "(u*v + u*w) * (u*v + u*w) + u*v",
]
LESSON = [FIRST, *NODES.values(), *NEURONS.values(), *TO_FILL.values()]


def graph_of(formula):
    return parse(formula, **AT, w0=2.0, x0=-1.0, w1=-3.0, x1=-2.0, b=-3.0)


def random_formulas(count):
    rng = np.random.default_rng(0)
    for _ in range(count):
        formula = random_formula(rng, rng.integers(2, 16))
        yield re.sub(r"\b[xyz]\b", lambda _: rng.choice(list("uvwp")), formula)


def labels_of(parts):
    """For each edge the middle between its two numbers."""
    return sum(places_of(parts[kind]) for kind in ("values", "gradients")) / 2


def check_drawing(graph, parts, size, more):
    """Nothing overlaps; edges join their nodes and pass all others. `more`: what else is there."""
    _, _, edges = described(graph)
    wires, nodes, ways = parts["edges"], nodes_of(parts["nodes"]), ways_of(parts["edges"])
    shapes = nodes
    for some in more:
        shapes = shapes + some
    assert not shapes.pairs_that_overlap()
    points = [densely(way) for way in ways]
    every_point, owner = np.concatenate(points), np.repeat(range(len(points)), [len(one) for one in points])
    for low, high in [(shapes.low, shapes.high), *((one, one) for one in points)]:
        assert (low >= 0).all() and (high <= size).all(), "inside the figure"
    centres, scale = (nodes.low + nodes.high) / 2, parts["nodes"].words.size / SMALL
    labels = labels_of(parts)
    for number, ((source, target), way, along) in enumerate(zip(edges, ways, points, strict=True)):
        assert (np.diff(way[:, 0]) >= -1e-9).all(), "never back"
        apart = shapes.distances(along)
        joined = [source] if target is None else [source, target]
        for node, end in zip(joined, (0, -1), strict=False):
            assert abs(apart[end, node]) < 1e-3, "from rim to rim"
        passed = np.delete(apart, joined, axis=1)
        assert passed.min(initial=np.inf) > LINE, f"edge {number} touches something"
        assert target is None or centres[source, 0] < centres[target, 0]
        assert np.linalg.norm(along - labels[number], axis=1).min() < 0.02, "its numbers stand at it"
        check_heads(wires, number, way)
        between = (np.abs(every_point - labels[number]) < [0.2, 0.1]).all(axis=1)
        assert (owner[between] == number).all(), f"another edge passes between the numbers of edge {number}"
    for (one, (begin, end)), (other, (begin_too, end_too)) in combinations(zip(ways, edges, strict=True), 2):
        assert begin != begin_too or math.dist(one[1], other[1]) > 0.06 * scale, "two ways in one place"
        assert end != end_too or math.dist(one[-1], other[-1]) > 0.06 * scale, "two arrowheads in one place"


def check_heads(wires, number, way):
    """The arrowhead points along the last part of a way, the one of the gradient back along a level part."""
    tip, *corners = wires.heads.get_paths()[number].vertices[:3]
    along = tip - np.mean(corners, axis=0)
    step = way[-1] - way[-2]
    assert along @ step > 0.999 * np.linalg.norm(along) * np.linalg.norm(step)
    tip, *corners = wires.heads_back.get_paths()[number].vertices[:3]
    along = tip - np.mean(corners, axis=0)
    assert along[0] < 0 and abs(along[1]) < 1e-9 and np.linalg.norm(densely(way) - tip, axis=1).min() < 0.02


def paper(width, height):
    """As much of a figure and its axes as a drawing needs, in a hundredth of the time."""
    figure = Figure(figsize=(width, height))
    axes = SimpleNamespace(figure=figure, transData=figure.dpi_scale_trans)
    axes.add_artist = axes.add_collection = axes.text = lambda *_, **__: None
    return figure, axes


def check_on_paper(graph, size):
    """The drawing with the widest numbers everywhere, on a larger sheet where it would come out too small."""
    drawn = described(graph)
    size = np.array(size) * max(1, LEAST_SCALE / scale_of(*drawn, size))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawing, "blank_figure", paper)
        _, parts = drawn_graph.__wrapped__(*drawn, size)
    check_drawing(graph, parts, size, [room_for_numbers(parts[kind]) for kind in ("values", "gradients")])


# -- nothing overlaps -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", [*TYPED, *SLOTS_AND_CHAINS, *LESSON])
def test_nothing_overlaps_with_the_widest_numbers_everywhere(formula):
    for size in (OWN_SIZE, (7.0, 2.5)):
        check_on_paper(graph_of(formula), size)


def test_nothing_overlaps_in_two_hundred_random_graphs():
    met = Counter()
    for formula in random_formulas(200):
        graph = graph_of(formula)
        check_on_paper(graph, OWN_SIZE)
        met.update({node.name for node in graph.nodes} | {len(graph.nodes) > 20})
    assert all(met[name] > 10 for name in ("u", "v", "w", "p", "branch", "", "reciprocal", *FUNCTIONS, True))


@pytest.mark.parametrize("formula", ["3 / log(relu(tanh(2) / (1/u + 3)))", *NEURONS.values()])
def test_nodes_come_to_rest_at_most_a_row_from_their_inputs(formula):
    kinds, _, edges = described(graph_of(formula))
    assert "branch" not in kinds
    _, chains, rows = in_columns_and_rows(len(kinds), tuple(edges), frozenset())
    assert max(abs(rows[chain[0]] - rows[chain[-1]]) for chain in chains) <= 1


# -- the pictures of the lesson, as painted ---------------------------------------------------------------------------


def texts_of(scene, kind):
    return scene.picture.shown[kind]["texts"]


def check_painted(scene, graph):
    """What a demo's picture shows now: the same as on paper, and its words."""
    parts, figure = scene.picture.parts, scene.picture.figure
    numbers = [painted_numbers(parts[kind], texts_of(scene, kind)) for kind in ("values", "gradients")]
    renderer, words = (
        scene.picture.canvas.get_renderer(),
        figure.axes[0].texts,
    )  # the names of the result and its gradient
    boxes = np.array([word.get_window_extent(renderer).get_points() / figure.dpi for word in words])
    result = Shapes(boxes[:, 0], boxes[:, 1])
    check_drawing(graph, parts, figure.get_size_inches(), [*numbers, result])
    if "gaps" in parts:
        frames = Shapes.around([path.vertices for path in parts["gaps"].frames.get_paths()])
        check_drawing(graph, parts, figure.get_size_inches(), [frames, result])
    nodes = nodes_of(parts["nodes"])
    signs = [sign_of(node) for node in graph.nodes]
    words = painted_numbers(parts["nodes"].words, signs)
    around = [at for at, sign in enumerate(signs) if sign]
    assert (words.low > nodes.low[around]).all() and (words.high < nodes.high[around]).all(), "words lie in their nodes"
    for kind, above in (("values", 1), ("gradients", -1)):
        off = places_of(parts[kind]) - labels_of(parts)
        assert (np.sign(off) == [0, above]).all()


PAINTED = [(lesson.stepper, {"step": step}) for step in (0, 1, 2, 3, 4, 5)]
PAINTED += [
    (lesson.neuron, {"formula": formula, "step": step, "w0": -3.9})
    for formula in NEURONS.values()
    for step in (3, 8, 11)
]
PAINTED += [(lesson.local_rules, {"formula": formula, "dout": -4.5}) for formula in NODES.values()]
PAINTED += [(lesson.own_formula, {"formula": formula, "step": 7}) for formula in TYPED]
PAINTED += [(lesson.to_fill_in, {"formula": formula, "a": "-14", "b": "2.5"}) for formula in TO_FILL.values()]


@pytest.mark.parametrize(("demo", "values"), PAINTED)
def test_nothing_that_the_lesson_paints_overlaps(demo, values):
    scene = scene_at(demo, **values)
    if demo is lesson.to_fill_in:
        graph = with_gaps(scene.values["formula"], scene.values["numbers"])[0]
    else:
        graph = graph_of(scene.values.get("formula", FIRST))
    check_painted(scene, graph)


# -- every step, forward and back, against Python's own numbers -------------------------------------------------------

OPERATIONS = {
    "add": lambda a, b: a + b,
    "multiply": lambda a, b: a * b,
    "branch": lambda a: a,
    "negative": lambda a: -a,
    "reciprocal": lambda a: 1 / a,
    **FUNCTIONS,
}


class ByHand:
    """A formula's graph worked out in plain Python: each edge's value, and its gradient by nudging it."""

    def __init__(self, formula, values, dout=1.0, eps=1e-4):
        self.graph, self.inputs = parse(formula, **values), values
        self.edges = [edge for node in self.graph.nodes for edge in node.outputs]
        self.operations = [node for node in self.graph.nodes if node.operation]
        self.value = self.worked_out()
        assert self.value[self.edges[-1]] == pytest.approx(in_python(formula, values))
        ends = {edge: [self.worked_out(edge, by)[self.edges[-1]] for by in (eps, -eps)] for edge in self.edges}
        self.gradient = {edge: round(dout * (up - down) / (2 * eps), 6) for edge, (up, down) in ends.items()}

    def worked_out(self, nudged=None, by=0.0):
        value = {}
        for node in self.graph.nodes:
            out = self.output(node, [value[edge] for edge in node.inputs])
            value |= {edge: out + (by if edge is nudged else 0) for edge in node.outputs}
        return value

    def output(self, node, inputs):
        if node.name == "power":
            return inputs[0] ** node.operation.n
        if node.operation:
            return OPERATIONS[node.name](*inputs)
        return self.inputs[node.name] if node.name else float(node.variable.value)

    def texts(self):
        """(values, gradients) as they are written at the end; a fixed number has no gradient."""
        values = [short(self.value[edge]) for edge in self.edges]
        return values, [short(self.gradient[edge]) if moves(edge) else "" for edge in self.edges]


def moves(edge):
    return edge.source.operation or edge.source.name


def rounded(*numbers):
    return pytest.approx(numbers, rel=0.005, abs=0.006)


def check_step(patch, about, turn, forward):
    """The node whose turn it is, and its edges, are marked; an arrow comes back wherever there is a gradient."""
    assert patch["nodes"]["highlighted"] == [node is turn for node in about.graph.nodes]
    roles = dict.fromkeys(turn.outputs, "forward" if forward else "upstream") if turn else {}
    roles |= {} if forward else dict.fromkeys(filter(moves, turn.inputs), "downstream")
    plain = ["known" if text else "unknown" for text in patch["values"]["texts"]]
    assert patch["edges"]["states"] == [roles.get(edge, look) for edge, look in zip(about.edges, plain, strict=True)]
    assert patch["edges"]["returned"] == [text != "" for text in patch["gradients"]["texts"]]


def check_backward(text, about, turn):
    """A line for each input that gets a gradient: its name, and a product or a sum that is true."""
    lines = [line.split(" gets ", 1) for line in text.split("\n") if " gets " in line]
    inputs, upstream = list(filter(moves, turn.inputs)), [about.gradient[edge] for edge in turn.outputs]
    assert len(lines) == len(inputs)
    for (name, line), edge in zip(lines, inputs, strict=True):
        source = edge.source.inputs[0].source if edge.source.name == "branch" else edge.source
        assert name in (sign_of(source), f"{sign_of(source)} (on one path)")
        *_, operands, result = line.split(" = ")
        terms, (downstream,) = numbers_in(operands.rpartition("paths: ")[2]), numbers_in(result)
        assert (sum if turn.name == "branch" else math.prod)(terms) == pytest.approx(downstream, rel=0.01, abs=1e-3)
        assert [*terms[: len(turn.outputs)], downstream] == rounded(*upstream, about.gradient[edge])
    assert turn.name != "branch" or f"on its {len(upstream)} paths" in text


def check_forward(sentence, about, node):
    inputs, out = [about.value[edge] for edge in node.inputs], about.value[node.outputs[0]]
    if node.name == "branch":
        assert numbers_in(sentence)[2:] == rounded(out, len(node.outputs))
        return
    assert f"{sign_of(node)} outputs" in sentence
    rule, result = sentence.split("outputs ")[1].rsplit(" = ", 1)
    assert numbers_in(result) == rounded(out)
    before = {"negative": [-1], "reciprocal": [1], "relu": [0]}.get(node.name, [])
    assert numbers_in(rule) == rounded(*before, *inputs, *([node.operation.n] if node.name == "power" else []))


STEPPED = [(lesson.stepper, {}, FIRST), (lesson.stepper, {"u": 3.5, "v": -1.5, "w": -0.5}, FIRST)]
STEPPED += [(lesson.neuron, {"formula": formula}, formula) for formula in NEURONS.values()]
STEPPED += [(lesson.own_formula, {"formula": formula}, formula) for formula in ["u*v + u*w", *TYPED]]
every_walk = pytest.mark.parametrize(("demo", "values", "formula"), STEPPED)


@every_walk
def test_each_step_shows_what_is_known_by_then_as_python_works_it_out(demo, values, formula):
    numbers = {name: value for name, value in {**demo.beginning, **values}.items() if isinstance(value, float)}
    about = ByHand(formula, {name: value for name, value in numbers.items() if name != "rate"})
    turns, n = [*about.operations, *reversed(about.operations)], len(about.operations)
    steps = [moved(demo, **values, step=step) for step in range(2 * n + 1)]
    patches = [patch for patch, _ in steps]
    assert (
        patches[-1]["values"]["texts"],
        patches[-1]["gradients"]["texts"] if n else about.texts()[1],
    ) == about.texts()
    new = [
        [{about.edges[at] for at in places} for places in appearing(patches, kind)] for kind in ("values", "gradients")
    ]
    assert new[0][0] == {edge for node in about.graph.nodes if not node.operation for edge in node.outputs}
    assert not new[1][0] and patches[0]["nodes"]["highlighted"] == [False] * len(about.graph.nodes)
    for step, (turn, (patch, sentence)) in enumerate(zip(turns, steps[1:], strict=True), 1):
        forward, first = step <= n, sentence.split("\n")[0]
        moving = set(filter(moves, turn.inputs))
        known, back = (set(turn.outputs), set()) if forward else (set(), moving)
        assert new[0][step] == known
        assert new[1][step] == back | (set(turn.outputs) if step == n + 1 else set())
        check_step(patch, about, turn, forward)
        assert first.startswith(f"Forward, step {step} of {n}:" if forward else f"Backward, step {step - n} of {n}:")
        if forward:
            check_forward(first, about, turn)
        else:
            check_backward(sentence, about, turn)


def test_a_step_beyond_the_end_of_another_drawing_is_the_last_one():
    scene = scene_at(lesson.neuron, formula=NEURONS["node by node"], step=16)
    scene.move({**scene.values, "formula": NEURONS["the sigmoid as one node"]})
    assert scene.values["step"] == 10 and "step 5 of 5" in scene.text


@pytest.mark.parametrize(("u", "v", "w", "rate"), [(-2.0, 5.0, -4.0, 0.05), (3.5, -1.5, 0.5, 0.1)])
def test_the_update_steps_against_the_gradients_and_makes_it_smaller(u, v, w, rate):
    scene = scene_at(lesson.stepper, u=u, v=v, w=w, rate=rate, step=5)
    gradients = {"u": w, "v": w, "w": u + v}
    after_step = {name: value - rate * gradients[name] for name, value in {"u": u, "v": v, "w": w}.items()}
    first, *lines, last = scene.text.split("\n")
    assert numbers_in(first) == [rate]
    for line, (name, value) in zip(lines, {"u": u, "v": v, "w": w}.items(), strict=True):
        assert line.startswith(f"{name} = ") and numbers_in(line) == rounded(
            value, rate, gradients[name], after_step[name]
        )
    before, after = (u + v) * w, (after_step["u"] + after_step["v"]) * after_step["w"]
    assert numbers_in(last) == rounded(before, after) and after < before
    assert texts_of(scene, "values") == ByHand(FIRST, after_step).texts()[0]
    assert set(texts_of(scene, "gradients")) == {""}, "of other values, so gone"


@pytest.mark.parametrize("formula", NODES.values())
def test_a_node_alone_sends_back_upstream_times_local(formula):
    for upstream in (1.0, -2.5):
        scene = scene_at(lesson.local_rules, formula=formula, u=1.7, dout=upstream)
        about = ByHand(formula, {"u": 1.7, "v": -3.0}, dout=upstream)
        assert (texts_of(scene, "values"), texts_of(scene, "gradients")) == about.texts()


def test_what_has_no_value_is_a_question_mark_and_words():
    scene = scene_at(lesson.local_rules, formula="1 / u", u=0.0)
    assert texts_of(scene, "values") == ["0", "?"] and "no value" in scene.text


# -- a formula of the reader's own ------------------------------------------------------------------------------------


def typed(view, formula):
    view.controls["formula"].value = formula


def words(widget):
    return html.unescape(re.sub(r"<[^>]+>", "", widget.value)).strip()


MISTYPED = {
    "u*v + u*": "something is missing",
    "u v": "is a sign missing",
    "": "must not be empty",
    "foo(u)": "the functions are",
    "u + q": "the names are u, v, w, p",
    "u,5": "a decimal point is a point",
    " + ".join(["u*v"] * 9): "needs 21 nodes",
    "exp(" * 15 + "u" + ")" * 15: "needs 16 nodes",
}


def test_what_is_mistyped_is_said_in_words_and_nothing_is_lost():
    view = View(lesson.own_formula)
    view.controls["u"].value, view.controls["step"].value = 1.5, 5
    kept = view.image.value, view.readout.value
    for formula, why in MISTYPED.items():
        typed(view, formula)
        assert why in words(view.failure) and "could not follow" not in words(view.failure)
        assert (view.image.value, view.readout.value) == kept
        view.controls["u"].value = 2.5
        view.controls["u"].value = 1.5
        assert why in words(view.failure) and (view.image.value, view.readout.value) == kept
        with pytest.raises(Mistyped):
            anything(formula)
    typed(view, "u*v + u*w")
    assert (view.image.value, view.readout.value) == kept and not words(view.failure)
    assert view.controls["u"].value == 1.5 and view.controls["step"].value == 5


def test_sliders_of_unused_names_are_grayed_out():
    view = View(lesson.own_formula)

    def unused():
        return "".join(name for name in NAMES if view.controls[name].disabled)

    assert unused() == "p"
    view.controls["step"].value = 8
    for formula, disabled, last in [("u", "vwp", 0), ("p*p", "uvw", 4), ("u +", "uvw", 4), ("2 + 3", "uvwp", 2)]:
        typed(view, formula)
        assert unused() == disabled and last == view.controls["step"].slider.max
    typed(view, "u*v + w/p")
    assert unused() == ""


# -- the graph to fill in ---------------------------------------------------------------------------------------------

SEEDS = range(50)
every_graph_to_fill = pytest.mark.parametrize("formula", TO_FILL.values())


def filled(formula, numbers, answers=(), hints=0):
    """(patch, sentence) of the demo with these answers typed, in order."""
    typed = dict(zip(LETTERS, answers, strict=False))
    return moved(lesson.to_fill_in, formula=formula, numbers=numbers, hints=hints, **typed)


def places(formula, numbers):
    """(gaps, for each gap the place in the texts of its kind, the right answers)."""
    graph, gaps = with_gaps(formula, numbers)
    edges = [edge for node in graph.nodes for edge in node.outputs]
    return gaps, [edges.index(gap.edge) for gap in gaps], [f"{expected(gap):.2f}" for gap in gaps]


@every_graph_to_fill
def test_six_numbers_are_asked_for_and_none_of_them_is_given_away(formula):
    for seed in SEEDS:
        gaps, where, _ = places(formula, seed)
        assert "".join(gap.letter for gap in gaps) == "ABCDEF"
        texts = dict(zip(("value", "gradient"), ByHand(formula, new_inputs(formula, seed)).texts(), strict=True))
        for gap, place in zip(gaps, where, strict=True):
            ends = [node.name for node in (gap.edge.source, gap.edge.target) if node]
            assert gap.kind == "gradient" or "branch" not in ends, "a copy would stand behind the branch"
            texts[gap.kind][place] = gap.letter
        patch, sentence = filled(formula, seed)
        assert {kind: patch[f"{kind}s"]["texts"] for kind in texts} == texts, (
            "a letter for each, and all others are there"
        )
        assert patch["gaps"]["states"] == ["open"] * 6 and "0 of 6 right" in sentence


@every_graph_to_fill
def test_each_frame_is_around_its_letter(formula):
    scene = scene_at(lesson.to_fill_in, formula=formula)
    gaps, where, _ = places(formula, scene.values["numbers"])
    frames = Shapes.around([path.vertices for path in scene.picture.parts["gaps"].frames.get_paths()])
    for gap, place, low, high in zip(gaps, where, frames.low, frames.high, strict=True):
        texts = texts_of(scene, f"{gap.kind}s")
        painted, number = painted_numbers(scene.picture.parts[f"{gap.kind}s"], texts), sum(map(bool, texts[:place]))
        assert (low < painted.low[number]).all() and (painted.high[number] < high).all()


@every_graph_to_fill
def test_right_answers_solve_all_and_a_wrong_one_leaves_the_others(formula):
    for seed in SEEDS:
        gaps, where, right = places(formula, seed)
        patch, sentence = filled(formula, seed, right)
        assert patch["gaps"]["states"] == ["right"] * 6 and "6 of 6 right" in sentence
        for gap, place in zip(gaps, where, strict=True):
            assert patch[f"{gap.kind}s"]["texts"][place] == short(expected(gap))
        wrong = seed % 6
        patch, sentence = filled(formula, seed, [*right[:wrong], "777", *right[wrong + 1 :]])
        assert patch["gaps"]["states"] == ["right"] * wrong + ["wrong"] + ["right"] * (5 - wrong)
        assert "5 of 6 right" in sentence and sentence.count(": keep working") == 1
        gap = gaps[wrong]
        assert patch[f"{gap.kind}s"]["texts"][where[wrong]] == f"{gap.letter} ≠"


@every_graph_to_fill
def test_hints_are_for_the_first_unsolved_gap_and_keep_its_number(formula):
    for seed in SEEDS[::5]:
        gaps, _, right = places(formula, seed)
        for solved, gap in enumerate(gaps):
            patch, _ = filled(formula, seed, right[:solved])
            seen = numbers_in(" ".join([*patch["values"]["texts"], *patch["gradients"]["texts"]]))
            for level in (1, 2, 3):
                hint = filled(formula, seed, right[:solved], level)[1].split("\n")[-1]
                assert hint.startswith(f"Hint for {gap.letter}: ")
                tells = [number for number in numbers_in(hint) if number == pytest.approx(expected(gap), abs=0.006)]
                if level == 3:
                    assert tells
                known = [*seen, 0, 1, 2, -1]  # of the rules themselves
                assert level == 3 or all(pytest.approx(number, abs=0.006) in known for number in tells), hint
        assert "Hint" not in filled(formula, seed, right, 2)[1]


@every_graph_to_fill
def test_new_numbers_are_others(formula):
    drawn = [new_inputs(formula, seed) for seed in SEEDS]
    assert all(one != other for one, other in pairwise(drawn)) and len(set(map(str, drawn))) > 12


def test_the_button_and_the_choice_clear_fields_and_hint():
    view = View(lesson.to_fill_in)

    def fields():
        return [view.controls[letter].value for letter in LETTERS] + [view.controls["hints"].value]

    def press():
        view.controls["numbers"].button.click()

    def choose():
        view.controls["formula"].value = TO_FILL["sigmoid(u v + w)"]

    for clear in (press, choose, press):
        for letter in LETTERS:
            view.controls[letter].value = "3"
        view.controls["hints"].value = 3
        before = view.image.value
        clear()
        assert fields() == [""] * 6 + [0] and view.image.value != before
        assert "0 of 6 right" in words(view.readout) and "Hint" not in words(view.readout)
        graph, _ = with_gaps(view.values["formula"], view.values["numbers"])
        for name, node in graph.variables.items():
            assert f"{name} = {short(node.variable.value.item())}" in words(view.readout)


# -- how numbers are painted ------------------------------------------------------------------------------------------


def test_a_number_that_is_too_wide_is_painted_smaller():
    _, axes = paper(3, 1)
    for text in (short(-0.53), short(-4e-12)):
        plain, narrow = (Numerals(axes, [(1, 0.5)], SMALL, **room) for room in ({}, {"room": 0.52}))
        for numerals in (plain, narrow):
            numerals.set([text])
        wide, small = (painted_numbers(numerals, [text]) for numerals in (plain, narrow))
        part = min(1, 0.52 / width_of(text, SMALL))
        assert small.high - small.low == pytest.approx(part * (wide.high - wide.low))
