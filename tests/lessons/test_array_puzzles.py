"""Lesson 7: what its demos say and draw, held against products and slopes worked out number by number."""

import itertools
import math

import numpy as np
import pytest
from gradient_checks import complaints
from lesson_reader import said_by
from matplotlib.colors import to_rgb, to_rgba

from nnlessons.arrays import puzzles as demos
from nnlessons.arrays.jacobian_figure import HEIGHT, WIDTH, jacobian_cells
from nnlessons.drawing.numerals import side_by_side
from nnlessons.drawing.style import BLUE, GREEN, GREY, ORANGE
from nnlessons.wording import MINUS
from nnlib import Affine, Sigmoid

# -- which product fits -----------------------------------------------------------------------------------------------

SHAPES = list(itertools.product(range(1, 6), repeat=3))
FACTORS = ["x", "x.T", "W", "W.T", "dy", "dy.T"]
PAIRS = list(itertools.product(FACTORS, repeat=2))
BOOK = {"dx": ("dy", "W.T"), "dW": ("x.T", "dy")}


def transposed(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def product(one, other):
    """Number by number; None where the inner sizes differ."""
    if len(one[0]) != len(other):
        return None
    return [[sum(row[k] * other[k][j] for k in range(len(other))) for j in range(len(other[0]))] for row in one]


def shape_of(rows):
    return (len(rows), len(rows[0]))


def arrays_of(N, D, H):
    arrays = {name: array.tolist() for name, array in demos.arrays_of(N, D, H).items()}
    assert {name: shape_of(rows) for name, rows in arrays.items()} == {"x": (N, D), "W": (D, H), "dy": (N, H)}
    return arrays | {f"{name}.T": transposed(rows) for name, rows in arrays.items()}


def loss(x, W, dy):
    y = product(x, W)
    return sum(dy[n][h] * y[n][h] for n in range(len(y)) for h in range(len(y[0])))


def slopes(wanted, arrays, h=1e-3):
    """Central differences of the loss, which is linear in each array: exact but for rounding."""
    x, W, dy = ([list(row) for row in arrays[name]] for name in ("x", "W", "dy"))
    moved = {"dx": x, "dW": W}[wanted]
    rows = [[0.0] * len(moved[0]) for _ in moved]
    for i, j in itertools.product(range(len(moved)), range(len(moved[0]))):
        before = moved[i][j]
        moved[i][j] = before + h
        above = loss(x, W, dy)
        moved[i][j] = before - h
        rows[i][j] = (above - loss(x, W, dy)) / (2 * h)
        moved[i][j] = before
    return rows


def apart(one, other):
    """How far two arrays of a shape are apart at most, and where first."""
    far = {(i, j): round(abs(one[i][j] - other[i][j]), 6) for i in range(len(one)) for j in range(len(one[0]))}
    return max(far.values()), max(far, key=far.get)


def three_digits(number):
    return f"{number:.3f}".replace("-", MINUS)


@pytest.fixture(scope="module", params=["dx", "dW"])
def verdicts(request):
    """For all sizes and products of one of the two: (values of the controls, the result, the slopes, the verdict)."""
    wanted, found = request.param, []
    for N, D, H in SHAPES:
        arrays = arrays_of(N, D, H)
        needed = slopes(wanted, arrays)
        for left, right in PAIRS:
            result = product(arrays[left], arrays[right])
            if result is None:
                verdict = "apart"
            elif shape_of(result) != shape_of(needed):
                verdict = "other shape"
            else:
                distance, _ = apart(result, needed)
                assert distance == 0 or distance > 0.2, "right or wrong, and nothing between"
                verdict = "wrong" if distance else "right"
            values = {"wanted": wanted, "left": left, "right": right, "N": N, "D": D, "H": H}
            found.append((values, result, needed, verdict))
    return found


def sizes_of(values):
    return values["N"], values["D"], values["H"]


def test_every_verdict_on_every_product_at_all_sizes(verdicts):
    for values, result, needed, verdict in verdicts:
        wanted, left, right = values["wanted"], values["left"], values["right"]
        by_the_book = (left, right) == BOOK[wanted]
        words = said_by(demos.shape_puzzle, **values).split("\n")[0]
        arrays = demos.arrays_of(*sizes_of(values))
        shapes = {name: array.shape for name, array in arrays.items()}
        shapes |= {f"{name}.T": array.T.shape for name, array in arrays.items()}
        of, shape = {"dx": "x", "dW": "W"}[wanted], shape_of(needed)
        if verdict == "apart":
            assert words == (
                f"{left} {shapes[left]} @ {right} {shapes[right]} does not multiply: "
                f"the inner sizes are {shapes[left][1]} ≠ {shapes[right][0]}."
            )
        elif verdict == "other shape":
            told = f"{left} @ {right} multiplies, and its shape is {shape_of(result)}. "
            assert words == told + f"{wanted} must have the shape of {of}, {shape}."
        else:
            told, rest = words.split(", and it is ")
            assert told == f"{left} @ {right} has the shape of {of}, {shape}"
            if verdict == "wrong":
                _, (i, j) = apart(result, needed)
                entry, product_here = three_digits(needed[i][j]), three_digits(result[i][j])
                assert entry != product_here
                named = f"wrong: {wanted}[{i}, {j}] is {entry} by nudging {of}, and {product_here} by this product."
                assert rest == named and not by_the_book
            elif by_the_book:
                assert rest == f"right: every entry is what nudging {of} gives."
            else:
                assert rest.startswith("right for these sizes, since a side is 1.") and 1 in sizes_of(values)


def test_one_product_is_right_and_where_no_side_is_1_no_other_is(verdicts):
    for values, _, _, verdict in verdicts:
        by_the_book = (values["left"], values["right"]) == BOOK[values["wanted"]]
        if by_the_book or 1 not in sizes_of(values):
            assert (verdict == "right") == by_the_book
    assert any(verdict == "right" and (v["left"], v["right"]) != BOOK[v["wanted"]] for v, *_, verdict in verdicts)


def test_the_counts_of_all_36_products(verdicts):
    for _, group in itertools.groupby(verdicts, key=lambda row: sizes_of(row[0])):
        group = list(group)
        good = sum(verdict == "right" for *_, verdict in group)
        fitting = good + sum(verdict == "wrong" for *_, verdict in group)
        for values, *_ in (group[0], group[-1]):
            count = said_by(demos.shape_puzzle, **values).split("\n")[1]
            told = f"With the shape of {values['wanted']} at these sizes: {fitting}. Of these, right: {good}."
            assert count == f"Products tried: {len(group)}. {told}" and len(group) == 36


def test_the_presets_go_from_one_fitting_product_to_36():
    counts = {}
    for name, sizes in demos.shape_puzzle.presets.items():
        readouts = [demos.try_product(wanted, "x", "dy", **sizes)["readout"] for wanted in ("dx", "dW")]
        counts[name] = [(readout["fitting"], readout["good"]) for readout in readouts]
    assert counts == {"all sizes differ": [(1, 1)] * 2, "D = H": [(4, 1), (8, 1)], "all equal": [(36, 1)] * 2}


def test_the_puzzle_does_not_begin_with_its_answer():
    start = demos.shape_puzzle.beginning
    assert said_by(demos.shape_puzzle).startswith("x (4, 3) @ dy (4, 2) does not multiply")
    assert (start["left"], start["right"]) not in BOOK.values()


def drawn_shape(corners):
    """Rows and columns of squares that stand side by side, from their corners."""
    left, top = corners[:, :, 0].min(axis=1).round(6), corners[:, :, 1].max(axis=1).round(6)
    rows, columns = len(set(top)), len(set(left))
    assert len({*zip(left, top, strict=True)}) == len(corners) == rows * columns
    return rows, columns


COLOURS = {"x": BLUE, "W": ORANGE, "dy": GREEN}


def test_the_arrays_are_drawn_with_their_shapes_and_the_sizes_are_compared(verdicts):
    for values, result, needed, verdict in verdicts[::5]:  # 36 products and 5 have no factor in common
        patch = demos.shape_puzzle.update(**values)
        arrays = demos.arrays_of(*sizes_of(values))
        shapes = []
        for place in ("left", "right"):
            name = values[place]
            shapes.append(arrays[name[:-2]].T.shape if name.endswith(".T") else arrays[name].shape)
            cells, words = patch[f"{place} cells"], patch[f"{place} name"]
            assert drawn_shape(cells["verts"]) == shapes[-1] and words["text"] == f"{name} {shapes[-1]}"
            assert cells["edgecolors"] == words["color"] == COLOURS[name.removesuffix(".T")]
        (_, n), (m, _) = shapes
        assert patch["inner"]["text"] == (f"{n} = {m}" if n == m else f"{n} ≠ {m}")
        assert patch["wanted name"]["text"] == f"{values['wanted']} {shape_of(needed)}"
        assert drawn_shape(patch["wanted cells"]["verts"]) == shape_of(needed)
        if verdict == "apart":
            assert patch["unknown"]["text"] == "?" and len(patch["result cells"]["verts"]) == 0
            assert patch["shapes"]["text"] == patch["result name"]["text"] == ""
        else:
            have = shape_of(result)
            assert patch["unknown"]["text"] == "" and drawn_shape(patch["result cells"]["verts"]) == have
            assert patch["result name"]["text"] == str(have)
            sign = "≠" if verdict == "other shape" else "="
            assert patch["shapes"]["text"] == f"{have} {sign} {shape_of(needed)}"
        fills = {place: patch[f"{place} cells"]["facecolors"] for place in ("result", "wanted")}
        if verdict == "wrong":
            _, (i, j) = apart(result, needed)
            expected = ["white"] * (len(needed) * len(needed[0]))
            expected[i * len(needed[0]) + j] = demos.MARK
            assert fills == {"result": expected, "wanted": expected}
        else:
            assert fills == {"result": "white", "wanted": "white"}


def test_no_array_touches_a_sign_or_another_array():
    patch = demos.try_product("dx", "x", "W", 5, 5, 5)
    spans = [patch[f"{place} cells"]["verts"][:, :, 0] for place in demos.MIDDLES]
    for one, other in itertools.pairwise(spans):
        assert other.min() - one.max() > 0.4
    assert spans[0].min() > 0.05 and spans[-1].max() < 6.95
    assert patch["left cells"]["verts"][:, :, 1].min() > patch["inner"]["position"][1] + 0.2
    for sign, (left, right) in {"product": spans[:2], "equals": spans[1:3]}.items():
        assert patch[sign]["position"][0] == pytest.approx((left.max() + right.min()) / 2)


# -- the Jacobian and its size ----------------------------------------------------------------------------------------

FUNCTIONS = {"x W": lambda x, W: product(x, W)}
FUNCTIONS["sigmoid"] = lambda x, W: [[1 / (1 + math.exp(-a)) for a in row] for row in x]
FUNCTIONS["softmax"] = lambda x, W: [[math.exp(a) / sum(math.exp(b) for b in row) for a in row] for row in x]
STATES = [
    (name, *sizes)
    for name in FUNCTIONS
    for sizes in itertools.product(range(1, 4), range(1, 5), range(1, 4) if name == "x W" else [2])
]


def flat(rows):
    return [number for row in rows for number in row]


def jacobian_by_nudging(function, x, W, h=1e-5):
    """dy_k / dx_i, column by column."""
    columns = []
    for n, d in itertools.product(range(len(x)), range(len(x[0]))):
        ends = []
        for nudge in (h, -h):
            moved = [list(row) for row in x]
            moved[n][d] += nudge
            ends.append(flat(FUNCTIONS[function](moved, W)))
        columns.append([(above - below) / (2 * h) for above, below in zip(*ends, strict=True)])
    return transposed(columns)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_every_entry_every_zero_and_every_count_of_the_jacobian(state):
    function, N, D, H = state
    seen = []
    for seed in range(3):
        patch = demos.draw_jacobian(function, N, D, H, seed)["jacobian"]
        x, W = (array.tolist() for array in demos.numbers_of(seed, N, D, H))
        assert shape_of(x) == (N, D) and shape_of(W) == (D, H)
        expected = jacobian_by_nudging(function, x, W)
        assert patch["values"].shape == shape_of(expected) and patch["samples"] == N
        assert patch["values"] == pytest.approx(np.array(expected), abs=1e-8)
        seen.append(np.abs(expected) < 1e-9)
    assert (patch["zero"] == np.all(seen, axis=0)).all()
    outputs, inputs = shape_of(expected)
    words = said_by(demos.jacobian, function=function, N=N, D=D, H=H).split("\n")
    count = f"Entries of J: {outputs} · {inputs} = {outputs * inputs}."
    assert words[0] == f"{count} Those that are 0 whatever the numbers are: {np.all(seen, axis=0).sum()}."
    if function == "softmax" and D == 1:
        assert words[1].startswith("The softmax of a single score is 1")
    elif function == "x W":
        assert words[1].startswith(f"Numbers that backward needs instead: W, D · H = {D} · {H} = {len(flat(W))}.")
    else:
        size = len(flat(FUNCTIONS[function](x, W)))
        assert words[1].startswith(f"Numbers that backward needs instead: y, N · D = {N} · {D} = {size}.")
    flow = demos.draw_jacobian(function, N, D, H, 0)["flow"]["text"]
    assert flow == f"dx ({inputs},) = dy ({outputs},) @ J ({outputs}, {inputs})"


def test_backward_passes_on_dy_times_the_jacobian():
    rng = np.random.default_rng(0)
    x, W = demos.numbers_of(0, 3, 4, 2)
    for layer in (Affine(W), Sigmoid(), demos.Softmax()):
        J = demos.jacobian_of(layer, x)
        y = layer.forward(x)
        dy = rng.normal(size=y.shape)
        dx = layer.backward(dy)
        assert dy.ravel() @ J == pytest.approx(dx.ravel())
        if isinstance(layer, Affine):
            told = dy @ W.T
        else:
            s = (dy * y).sum(axis=1, keepdims=True)
            told = dy * y * (1 - y) if isinstance(layer, Sigmoid) else y * (dy - s)
        assert dx == pytest.approx(told)


def test_the_backward_of_softmax_is_right():
    assert list(complaints(demos.Softmax(), np.random.default_rng(0).normal(size=(3, 4)))) == []


def test_new_numbers_are_new_and_other_sizes_keep_those_that_stay():
    assert (demos.numbers_of(0, 3, 4, 3)[0] != demos.numbers_of(1, 3, 4, 3)[0]).all()
    large, small = demos.numbers_of(5, 3, 4, 3), demos.numbers_of(5, 2, 3, 1)
    assert (small[0] == large[0][:2, :3]).all() and (small[1] == large[1][:3, :1]).all()
    for seed in range(200):
        numbers = np.abs(np.concatenate([array.ravel() for array in demos.numbers_of(seed, 3, 4, 3)]))
        assert numbers.min() >= 0.1 and numbers.max() <= 2, "away from 0, and short enough for a cell"


@pytest.fixture(scope="module")
def figure():
    return jacobian_cells()


def drawn(figure, function, N, D, H):
    """The drawn part, and what it was given."""
    _, parts = figure
    patch = demos.draw_jacobian(function, N, D, H, 0)["jacobian"]
    parts["jacobian"].set(**patch)
    return parts["jacobian"], patch


def inside(outline, box):
    """The corners of a painted text that lie in a box of the figure, in inches."""
    scale = outline.get_transform().transform([[0, 0], [1, 0]])
    points = outline.get_path().vertices * np.diff(scale[:, 0]) / outline.figure.dpi
    (x0, y0), (x1, y1) = box.min(axis=0), box.max(axis=0)
    return points[((points >= [x0, y0]) & (points <= [x1, y1])).all(axis=1)]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_each_number_is_in_its_cell_and_each_name_at_its_row_or_column(figure, state):
    _, N, D, _ = state
    part, patch = drawn(figure, *state)
    values, zero = patch["values"], patch["zero"]
    boxes = [path.vertices[:4] for path in part.cells.get_paths()]
    assert drawn_shape(np.array(boxes)) == values.shape
    for box, value, nothing in zip(boxes, values.flat, zero.flat, strict=True):
        text = f"{value:.2f}".replace("-", MINUS if round(value, 2) else "")
        for outline, words in ((part.numbers, "" if nothing else text), (part.zeros, "0" if nothing else "")):
            here = inside(outline.outline, box)
            assert len(here) == len(side_by_side(words).vertices)
            if words:
                middle = (here.min(axis=0) + here.max(axis=0)) / 2
                assert np.abs(middle - np.mean(box, axis=0)).max() < 0.03
    for words, along, names in ((part.columns, 0, f"x{N}"), (part.rows, 1, f"y{N}")):
        size = np.ptp([box[:, along] for box in boxes]) / N
        start = np.min([box[:, 0] for box in boxes]) if along == 0 else np.max([box[:, 1] for box in boxes])
        for n in range(N):
            ends = (
                [start + n * size, start + (n + 1) * size] if along == 0 else [start - (n + 1) * size, start - n * size]
            )
            strip = np.array([ends, [0, HEIGHT]] if along == 0 else [[0, WIDTH], ends]).T
            assert len(inside(words.outline, strip)) == len(side_by_side(f"{names[0]}[{n}]").vertices)
    for k, i in itertools.product(range(len(values)), range(len(values[0]))):
        box = boxes[k * len(values[0]) + i]
        above = np.array([[box[:, 0].min(), boxes[0][:, 1].max()], [box[:, 0].max(), boxes[0][:, 1].max() + 0.3]])
        beside = np.array([[boxes[0][:, 0].min() - 0.35, box[:, 1].min()], [boxes[0][:, 0].min(), box[:, 1].max()]])
        for place, number in ((above, i % D), (beside, k % (len(values) // N))):
            assert len(inside(part.elements.outline, place)) == len(side_by_side(str(number)).vertices)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_cells_are_blue_above_0_orange_below_and_white_if_always_0(figure, state):
    part, patch = drawn(figure, *state)
    fills, values = part.cells.get_facecolors()[:, :3], patch["values"].ravel()
    depth = {}
    for fill, value, nothing in zip(fills, values, patch["zero"].ravel(), strict=True):
        if nothing:
            assert (fill == 1).all()
        else:
            full = 1 - np.array(to_rgb(BLUE if value > 0 else ORANGE))
            share = (1 - fill)[full > 0.1] / full[full > 0.1]
            assert np.ptp(share) < 1e-9 and 0.05 < share[0] <= 0.6
            depth[abs(value)] = share[0].round(9)
    in_order = [depth[size] for size in sorted(depth)]
    assert in_order == sorted(in_order)
    assert (part.zeros.outline.get_facecolor() == np.array(to_rgba(GREY))).all()


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_lines_part_the_samples_and_everything_is_inside_the_figure(figure, state):
    _, N, _, _ = state
    part, patch = drawn(figure, *state)
    corners = np.concatenate([path.vertices[:4] for path in part.cells.get_paths()])
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    down = {round(x0 + n * (x1 - x0) / N, 6) for n in range(N + 1)}
    across = {round(y0 + n * (y1 - y0) / N, 6) for n in range(N + 1)}
    segments = np.array(part.lines.get_segments())
    assert {round(x, 6) for (x, _), (other, _) in segments if x == other} == down
    assert {round(y, 6) for (_, y), (_, other) in segments if y == other} == across
    assert len(segments) == 2 * (N + 1)
    for (a, b), (c, d) in segments:
        assert (b, d) == pytest.approx((y1, y0)) if a == c else (a, c) == pytest.approx((x0, x1))
    edge = 0.05
    assert x1 < WIDTH - edge and y0 > 0.4, "the flow stands below"
    page = np.array([[edge, 0.45], [WIDTH - edge, HEIGHT - edge]])
    for words in (part.numbers, part.zeros, part.rows, part.columns, part.elements):
        assert len(inside(words.outline, page)) == len(words.outline.get_path().vertices)
