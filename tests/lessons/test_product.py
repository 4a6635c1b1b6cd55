"""Lesson 2's product of tables: each sum worked out by hand, and where its numbers come from."""

import itertools

import numpy as np
import pytest
from lesson_reader import numbers_in, said_by

from nnlessons.forward_pass.demos import product as demo
from nnlessons.forward_pass.product_figure import SUM
from nnlessons.live.calls import call
from nnlessons.live.scene import Scene

GATES = {"AND": (1, 1, -1.5), "NAND": (-1, -1, 1.5), "OR": (1, 1, -0.5)}  # w0, w1, b
CORNERS = list(itertools.product((0, 1), repeat=2))
CELLS = list(itertools.product(range(4), range(3)))


def patch_at(row, column):
    return call(demo.update, {"row": row, "column": column})


def number(text):
    (value,) = numbers_in(text)
    return value


@pytest.mark.parametrize(("row", "column"), CELLS)
def test_each_sum_has_the_sample_s_and_the_unit_s_numbers(row, column):
    (x0, x1), (name, (w0, w1, b)) = CORNERS[row], list(GATES.items())[column]
    a, patch = w0 * x0 + w1 * x1 + b, patch_at(row, column)
    parts = ("x 0", "W 0", "x 1", "W 1", "b sum", "a sum", "step sum")
    assert [number(patch[part]["text"]) for part in parts] == [x0, w0, x1, w1, b, a, a > 0]
    words = said_by(demo, row=row, column=column)
    assert f"Sample {row} is ({x0}, {x1}), and column {column} of W has the weights of {name}" in words
    assert numbers_in(words.split("The sum, ")[1].split(", is")[0]) == [x0, w0, x1, w1, b, a]
    assert words.endswith(f"{name} says {int(a > 0)}.") and ("isn't above 0" in words) == (a <= 0)


@pytest.mark.parametrize(("row", "column"), CELLS)
def test_the_places_below_the_sum_are_where_the_lit_numbers_are(row, column):
    patch = patch_at(row, column)
    tables = {name: np.reshape(patch[name]["words"], (-1, {"x": 2, "W": 3}[name])) for name in ("x", "W")}
    for part in ("x 0", "W 0", "x 1", "W 1"):
        place = patch[f"{part} source"]["text"]
        i, j = numbers_in(place[1:])
        assert place[0] == part[0] and tables[part[0]][int(i), int(j)] == patch[part]["text"].strip("()")
    lit = {name: [fill != "white" for fill in patch[name]["fills"]] for name in ("x", "W", "b", "a", "step")}
    assert lit["x"] == [k // 2 == row for k in range(8)] and lit["W"] == [k % 3 == column for k in range(6)]
    assert lit["b"] == [k == column for k in range(3)]
    assert lit["a"] == lit["step"] == [k == 3 * row + column for k in range(12)]


@pytest.fixture(scope="module")
def scene():
    return Scene(demo)


def pressed(scene, part, across, down):
    """What a press in a table moves, at these parts of its width and height."""
    box = scene.picture.parts[f"{part} area"].bbox
    width, height = scene.picture.canvas.get_width_height()
    return scene.pointed((box.x0 + across * box.width) / width, 1 - (box.y1 - down * box.height) / height)


@pytest.mark.parametrize("part", ["a", "step"])
def test_a_press_on_a_result_picks_its_row_and_column(scene, part):
    for (row, column), away in itertools.product(CELLS, (0.03, 0.5, 0.97)):
        assert pressed(scene, part, (column + away) / 3, (row + away) / 4) == {"row": row, "column": column}


def test_a_press_on_x_picks_a_row_and_on_w_or_b_a_column(scene):
    assert [pressed(scene, "x", 0.9, down) for down in (0.01, 0.4, 0.6, 0.99)] == [{"row": row} for row in range(4)]
    for part in ("W", "b"):
        assert [pressed(scene, part, across, 0.9) for across in (0.01, 0.5, 0.99)] == [{"column": k} for k in range(3)]


def test_the_frames_are_around_what_is_chosen(scene):
    patch, parts = patch_at(2, 1), scene.picture.parts
    for name, (row, column) in {"x": (2, slice(None)), "W": (slice(None), 1), "b": (0, 1), "a": (2, 1)}.items():
        outlines = np.array([path.vertices[:4] for path in parts[name].cells.get_paths()])
        shape = {"x": (4, 2), "W": (2, 3), "b": (1, 3), "a": (4, 3)}[name]
        chosen = outlines.reshape(*shape, 4, 2)[row, column].reshape(-1, 2)
        assert patch[f"{name} frame"]["xy"].min(axis=0) == pytest.approx(chosen.min(axis=0)), name
        assert patch[f"{name} frame"]["xy"].max(axis=0) == pytest.approx(chosen.max(axis=0)), name


def test_nothing_in_the_sum_overlaps(scene):
    for row, column in CELLS:
        scene.move({"row": row, "column": column})
        parts = scene.picture.parts
        names = ("place", "x 0", "W 0", "x 1", "W 1", "b sum", "a sum", "step sum")
        boxes = [parts[name].outline.get_window_extent() for name in names]
        signs = [
            text.get_window_extent() for text in scene.picture.figure.axes[0].texts if text.get_position()[1] == SUM
        ]
        ordered = sorted(boxes + signs, key=lambda box: box.x0)
        assert all(left.x1 < right.x0 for left, right in itertools.pairwise(ordered)), (row, column)
