"""What a demo shows that walks through a graph step by step: its numbers against an oracle, and each of them in its turn."""

import math
import re

import pytest
from lesson_reader import numbers_in

from nnlessons.live.calls import call
from nnlessons.live.scene import say
from nnlessons.wording import MINUS, short


def moved(demo, **values):
    """(patch, line under the picture) with these controls moved."""
    patch = call(demo.update, {**demo.beginning, **values})
    sentence = say(demo.readout, patch.pop("readout"))
    assert not re.search(rf"[+·/] {MINUS}\d", sentence), "a minus beside another sign is in parentheses"
    return patch, sentence


def appearing(patches, kind):
    """For each patch the places whose text is new in it. A text that is there stays as it is."""
    found, before = [], [""] * len(patches[0][kind]["texts"])
    for patch in patches:
        texts = patch[kind]["texts"]
        assert all(old in ("", new) for old, new in zip(before, texts, strict=True)), "what is known stays known"
        found.append({place for place, text in enumerate(texts) if text and not before[place]})
        before = texts
    return found


def written_as(text, number):
    """Whether a text is what is written for a number, or for one that nudging can't tell from it."""
    return text in {short(round(number + noise, 9)) for noise in (-1e-9, 0, 1e-9)}


def cells_of(graph, names):
    """(name, row, column) of each cell, array after array."""
    shapes = {name: (len(graph.values[name]), len(graph.values[name][0])) for name in names}
    return [(name, i, j) for name, (rows, columns) in shapes.items() for i in range(rows) for j in range(columns)]


def check_numbers(patch, graph, names):
    """Wherever a number is shown, it is the right one."""
    for kind, expected in (("values", graph.values), ("gradients", graph.gradients)):
        for (name, i, j), text in zip(cells_of(graph, names), patch[kind]["texts"], strict=True):
            assert not text or written_as(text, expected[name][i][j]), f"{kind} of {name} at {i, j}: {text}"


def check_walk(patches, graph, names):
    """A patch for each step: the numbers of a by_hand.Graph, each node's turn forward, then backward in the other order.

    names: the arrays in the order in which they are drawn.
    """
    cells, n = cells_of(graph, names), len(graph.nodes)
    turns = [*graph.nodes, *reversed(graph.nodes)]
    wires = [(node, name) for node in graph.nodes for name in (*node[0], *node[1])]
    check_numbers(patches[-1], graph, names)
    new = [[{cells[place][0] for place in places} for places in appearing(patches, kind)] for kind in KINDS]
    assert new[0][0] == set(names) - {name for _, outputs, _ in graph.nodes for name in outputs} and not new[1][0]
    assert len(patches) == len(turns) + 1
    for step, (turn, patch) in enumerate(zip(turns, patches[1:], strict=True), 1):
        inputs, outputs, _ = turn
        moving, forward = set(inputs) & set(graph.gradients), step <= n
        if forward:
            assert (new[0][step], new[1][step]) == (set(outputs), set()), f"step {step}"
            roles = dict.fromkeys(outputs, "forward")
        else:
            assert (new[0][step], new[1][step]) == (set(), moving | (set(outputs) if step == n + 1 else set()))
            roles = {**dict.fromkeys(outputs, "upstream"), **dict.fromkeys(moving, "downstream")}
        known = set().union(*new[0][: step + 1])
        looks = {name: roles.get(name, "known" if name in known else "unknown") for name in names}
        assert patch["cells"]["states"] == list(looks.values()), f"step {step}"
        assert patch["nodes"]["highlighted"] == [node is turn for node in graph.nodes], f"step {step}"
        for (node, name), look, back in zip(wires, *patch["wires"].values(), strict=True):
            plain = "known" if node in turns[:step] else "unknown"
            assert look == (roles.get(name, "known") if node is turn else plain), f"step {step}: the wire of {name}"
            assert back == (node in turns[n:step] and name in graph.gradients), f"step {step}: the wire of {name}"


KINDS = ("values", "gradients")


def chosen_in(patch, graph, names):
    """The cells that are marked: (name, row, column)."""
    return [cell for cell, on in zip(cells_of(graph, names), patch["cells"]["chosen"], strict=True) if on]


EQUATION = re.compile(
    rf"^(\w+)(?:\[(\d), (\d)\])? = (?:([^=\n]*) = )?({MINUS}?\d[\d.e{MINUS}]*)(?: \(yellow\)\.)?$", re.M
)
PYTHON = {MINUS: "-", "·": "*"}


def check_equations(sentence, graph):
    """Each line like dx[0, 0] = 2 · 3 + 1 = 7 is true, and has the right number; [(name, place, its numbers)]."""
    found = []
    for name, row, column, expression, result in EQUATION.findall(sentence):
        place, (number,) = (int(row or 0), int(column or 0)), numbers_in(result)
        rows = graph.values[name] if name in graph.values else graph.gradients[name.removeprefix("d")]
        assert number == pytest.approx(rows[place[0]][place[1]], rel=6e-4, abs=5.1e-5), sentence
        python = re.sub(r"log ([\d.e-]+)", r"log(\1)", expression.translate(str.maketrans(PYTHON)))
        assert eval(python or result.replace(MINUS, "-"), {"log": math.log}) == pytest.approx(
            number, rel=2e-3, abs=1.1e-4
        )
        found.append((name, place, [*numbers_in(expression), number]))
    return found


def check_chosen(patch, graph, names, numbers):
    """The marked cells are the ones with the numbers of an equation: an operand or the result each."""
    texts = [patch[kind]["texts"] for kind in KINDS]
    cells = cells_of(graph, names)
    marked = [cells.index(cell) for cell in chosen_in(patch, graph, names)]
    there = [number for place in marked for text in texts for number in numbers_in(text[place])]
    assert len(marked) == max(2, len(numbers))
    for number in numbers:
        there.remove(number)
