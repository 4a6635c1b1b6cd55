"""Lesson 7: what its puzzles say and draw, against products and slopes worked out number by number."""

import itertools
import math
import re

import by_hand as hand
import numpy as np
import pytest
from gradient_checks import complaints
from lesson_reader import said_by

from nnlessons.arrays import puzzles as demos
from nnlessons.arrays.jacobian_figure import HEIGHT, WIDTH, jacobian_cells, tints
from nnlessons.drawing.style import BLUE, GREEN, ORANGE
from nnlessons.wording import MINUS
from nnlib import Affine, Sigmoid

# -- which product fits -----------------------------------------------------------------------------------------------

SHAPES = list(itertools.product(range(1, 6), repeat=3))
FACTORS = ["x", "x.T", "W", "W.T", "dy", "dy.T"]
PAIRS = list(itertools.product(FACTORS, repeat=2))
BOOK = {"dx": ("dy", "W.T"), "dW": ("x.T", "dy")}
OF = {"dx": "x", "dW": "W"}


def arrays_of(N, D, H):
    """The demo's arrays as lists, and each of them transposed."""
    arrays = {name: array.tolist() for name, array in demos.arrays_of(N, D, H).items()}
    assert {name: hand.shape_of(rows) for name, rows in arrays.items()} == {"x": (N, D), "W": (D, H), "dy": (N, H)}
    return arrays | {f"{name}.T": hand.transposed(rows) for name, rows in arrays.items()}


def differences(one, other):
    """{place: how far two arrays of a shape are apart there}."""
    far = hand.each(lambda a, b: round(abs(a - b), 6), one, other)
    return dict(zip(np.ndindex(hand.shape_of(far)), hand.flat(far), strict=True))


@pytest.fixture(scope="module", params=["dx", "dW"])
def verdicts(request):
    """For all sizes and products of one of the two: (values of the controls, the result, the slopes, the verdict)."""
    wanted, found = request.param, []
    for N, D, H in SHAPES:
        arrays = arrays_of(N, D, H)
        needed = hand.slopes(lambda a=arrays: hand.weighted(a["dy"], hand.product(a["x"], a["W"])), arrays[OF[wanted]])
        for left, right in PAIRS:
            result = hand.product(arrays[left], arrays[right])
            if result is None:
                verdict = "apart"
            elif hand.shape_of(result) != hand.shape_of(needed):
                verdict = "other shape"
            else:
                distance = max(differences(result, needed).values())
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
        shapes = {name: hand.shape_of(rows) for name, rows in arrays_of(*sizes_of(values)).items()}
        of, shape = OF[wanted], hand.shape_of(needed)
        if verdict == "apart":
            assert words == (
                f"{left} {shapes[left]} @ {right} {shapes[right]} can't be multiplied: "
                f"the inner sizes, {shapes[left][1]} and {shapes[right][0]}, differ."
            )
        elif verdict == "other shape":
            assert f"{left} @ {right} has shape {hand.shape_of(result)}, " in words
            assert words.endswith(f"{wanted} needs the shape of {of}, {shape}.")
        else:
            if verdict == "wrong":
                far = differences(result, needed)
                i, j = max(far, key=far.get)
                entry, here = (f"{rows[i][j]:.3f}".replace("-", MINUS) for rows in (needed, result))
                assert entry != here and not by_the_book
                assert f"the right shape, {shape}," in words
                assert words.endswith(f"{wanted}[{i}, {j}] is {here}, and nudging {of} gives {entry}.")
            elif by_the_book:
                assert words.startswith(f"Yes, {wanted} = {left} @ {right}:")
            else:
                assert "only because one size is 1" in words and 1 in sizes_of(values)


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
        for values, *_, verdict in (group[0], group[-1]):
            words = said_by(demos.shape_puzzle, **values)
            if verdict in ("right", "wrong"):
                counts = [fitting, len(group), good]
                assert [int(each) for each in re.findall(r"\d+", words.split("\n")[1])] == counts
            else:
                assert "\n" not in words, "the count is for those who found a product that fits"


def test_the_presets_go_from_one_fitting_product_to_36():
    counts = {}
    for name, sizes in demos.shape_puzzle.presets.items():
        readouts = [demos.try_product(wanted, "x", "dy", **sizes)["readout"] for wanted in ("dx", "dW")]
        counts[name] = [(readout["fitting"], readout["good"]) for readout in readouts]
    assert counts == {"all sizes differ": [(1, 1)] * 2, "D = H": [(4, 1), (8, 1)], "all equal": [(36, 1)] * 2}


def test_the_puzzle_does_not_begin_with_its_answer():
    start = demos.shape_puzzle.beginning
    assert said_by(demos.shape_puzzle).startswith("x (4, 3) @ dy (4, 2) can't be multiplied")
    assert (start["left"], start["right"]) not in BOOK.values()


def drawn_shape(corners):
    """Rows and columns of cells that are side by side, from their corners."""
    left, top = corners[:, :, 0].min(axis=1).round(6), corners[:, :, 1].max(axis=1).round(6)
    rows, columns = len(set(top)), len(set(left))
    assert len({*zip(left, top, strict=True)}) == len(corners) == rows * columns
    return rows, columns


def test_each_array_is_drawn_with_its_shape_in_its_colour(verdicts):
    colours = {"x": BLUE, "W": ORANGE, "dy": GREEN}
    for values, result, needed, verdict in verdicts[::5]:  # 36 products and 5 have no factor in common
        patch, arrays = demos.shape_puzzle.update(**values), arrays_of(*sizes_of(values))
        expected = {"left": arrays[values["left"]], "right": arrays[values["right"]], "wanted": needed}
        for place, rows in (expected | {"result": result} if result else expected).items():
            assert drawn_shape(patch[f"{place} cells"]["verts"]) == hand.shape_of(rows)
            assert patch[f"{place} name"]["text"].endswith(str(hand.shape_of(rows)))
        for place in ("left", "right"):
            assert patch[f"{place} cells"]["edgecolors"] == colours[values[place].removesuffix(".T")]
        assert (len(patch["result cells"]["verts"]) == 0) == (patch["unknown"]["text"] == "?") == (verdict == "apart")
        assert ("≠" in patch["inner"]["text"]) == (verdict == "apart")
        assert ("≠" in patch["shapes"]["text"]) == (verdict == "other shape")
        assert (patch["shapes"]["text"] == "wrong numbers") == (verdict == "wrong")
        marked = [
            np.flatnonzero(np.array(patch[f"{place} cells"]["facecolors"]) == demos.MARK)
            for place in ("result", "wanted")
        ]
        far = differences(result, needed) if verdict == "wrong" else {}
        assert [list(each) for each in marked] == [[list(far).index(max(far, key=far.get))] if far else []] * 2


def test_no_array_touches_a_sign_or_another_array():
    patch = demos.try_product("dx", "x", "W", 5, 5, 5)
    spans = [patch[f"{place} cells"]["verts"][:, :, 0] for place in demos.MIDDLES]
    for one, other in itertools.pairwise(spans):
        assert other.min() - one.max() > 0.4
    assert spans[0].min() > 0.05 and spans[-1].max() < 6.95
    assert patch["left cells"]["verts"][:, :, 1].min() > patch["inner"]["position"][1] + 0.2
    assert patch["equals"]["position"][0] == pytest.approx((spans[1].max() + spans[2].min()) / 2)
    bar, number = min(patch["right side"]["data"][0]), patch["right size"]["position"][0]
    assert spans[0].max() + 0.1 < patch["product"]["position"][0] < number - 0.15 < bar - 0.2 < spans[1].min()


def test_the_two_inner_sides_have_their_sizes_and_are_dashed_if_they_clash(verdicts):
    for values, _, _, verdict in verdicts[::5]:
        patch, arrays = demos.shape_puzzle.update(**values), arrays_of(*sizes_of(values))
        inner = hand.shape_of(arrays[values["left"]])[1], hand.shape_of(arrays[values["right"]])[0]
        for side, size in zip(("left", "right"), inner, strict=True):
            assert patch[f"{side} size"]["text"] == str(size)
            (x0, x1), (y0, y1) = patch[f"{side} side"]["data"]
            assert abs(x1 - x0) + abs(y1 - y0) == pytest.approx(size * demos.SIDE)
            assert (patch[f"{side} side"]["linestyle"] == "-") == (verdict != "apart")


# -- the Jacobian and its size ----------------------------------------------------------------------------------------

FUNCTIONS = {
    "x W": hand.product,
    "sigmoid": lambda x, W: hand.each(hand.sigmoid, x),
    "softmax": lambda x, W: hand.softmax(x),
}
STATES = [
    (name, *sizes)
    for name in FUNCTIONS
    for sizes in itertools.product(range(1, 4), range(1, 5), range(1, 4) if name == "x W" else [2])
]
every_state = pytest.mark.parametrize("state", STATES, ids=str)


def jacobian_by_nudging(function, x, W):
    """dy_k / dx_i: a row for each y_k."""
    count = len(hand.flat(FUNCTIONS[function](x, W)))
    return [hand.flat(hand.slopes(lambda k=k: hand.flat(FUNCTIONS[function](x, W))[k], x)) for k in range(count)]


@every_state
def test_every_entry_every_zero_and_every_count_of_the_jacobian(state):
    function, N, D, H = state
    seen = []
    for seed in range(3):
        patch = demos.draw_jacobian(function, N, D, H, seed)["jacobian"]
        x, W = (array.tolist() for array in demos.numbers_of(seed, N, D, H))
        assert hand.shape_of(x) == (N, D) and hand.shape_of(W) == (D, H)
        expected = jacobian_by_nudging(function, x, W)
        assert patch["values"] == pytest.approx(np.array(expected), abs=1e-8) and patch["samples"] == N
        seen.append(np.abs(expected) < 1e-9)
    always = np.all(seen, axis=0)
    assert (patch["zero"] == always).all()
    outputs, inputs = hand.shape_of(expected)
    first, second, *_ = said_by(demos.jacobian, function=function, N=N, D=D, H=H).split("\n")
    assert f" {outputs} · {inputs} = {outputs * inputs} " in first and f" {always.sum()} of them" in first
    if function == "softmax" and D == 1:
        assert second.startswith("The softmax of a single score is always 1")
    else:
        what = f"W, with D · H = {D} · {H} = {D * H} " if function == "x W" else f"y, with N · D = {N} · {D} = {N * D} "
        assert f"only needs {what}numbers." in second
    flow = demos.draw_jacobian(function, N, D, H, 0)["flow"]["text"]
    assert flow == f"dx ({inputs},) = dy ({outputs},) @ J ({outputs}, {inputs})"


def test_backward_passes_on_dy_times_the_jacobian():
    rng = np.random.default_rng(0)
    x, W = demos.numbers_of(0, 3, 4, 2)
    for layer in (Affine(W), Sigmoid(), demos.Softmax()):
        J, y = demos.jacobian_of(layer, x), layer.forward(x)
        dy = rng.normal(size=y.shape)
        assert dy.ravel() @ J == pytest.approx(layer.backward(dy).ravel())


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
def part():
    """The drawn cells; what is set in each of their kinds of words is kept in `words`: {kind: [(text, place)]}."""
    part = jacobian_cells()[1]["jacobian"]
    part.words = {}

    def keep(kind, paint):
        def note(texts, places, *room):
            part.words[kind] = list(zip(texts := list(texts), np.asarray(places).tolist(), strict=True))
            paint(texts, places, *room)

        return note

    for kind in ("numbers", "zeros", "rows", "columns", "elements"):
        words = getattr(part, kind)
        words.set = keep(kind, words.set)
    return part


@every_state
def test_each_number_is_in_its_cell_and_each_name_at_its_row_or_column(part, state):
    function, N, D, _ = state
    patch = demos.draw_jacobian(*state, 0)["jacobian"]
    part.set(**patch)
    boxes = np.array([path.vertices[:4] for path in part.cells.get_paths()])
    rows, columns = patch["values"].shape
    assert drawn_shape(boxes) == (rows, columns)
    middles = boxes.mean(axis=1).reshape(rows, columns, 2)
    cells = {tuple(place): text for kind in ("numbers", "zeros") for text, place in part.words[kind]}
    for k, i in np.ndindex(rows, columns):
        text = "0" if patch["zero"][k, i] else f"{patch['values'][k, i]:.2f}".replace("-", MINUS)
        assert cells[tuple(middles[k, i])] in (
            text,
            text.removeprefix(MINUS) if not round(patch["values"][k, i], 2) else text,
        )
    across, down = middles[0, :, 0], middles[:, 0, 1]
    for kind, axis, along, name in (("columns", 0, across, "x"), ("rows", 1, down, "y")):
        blocks = along.reshape(N, -1).mean(axis=1)
        assert [(text, place[axis]) for text, place in part.words[kind]] == [
            (f"{name}[{n}]", pytest.approx(middle)) for n, middle in enumerate(blocks)
        ]
    for text, (x, y) in part.words["elements"]:
        above = y > boxes[:, :, 1].max()
        number = np.abs(across - x).argmin() % (columns // N) if above else np.abs(down - y).argmin() % (rows // N)
        assert text == str(number)
    assert len(part.words["elements"]) == rows + columns


@every_state
def test_lines_separate_the_samples_and_everything_is_inside_the_figure(part, state):
    _, N, _, _ = state
    part.set(**demos.draw_jacobian(*state, 0)["jacobian"])
    corners = np.concatenate([path.vertices[:4] for path in part.cells.get_paths()])
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    segments = np.array(part.lines.get_segments())
    down, across = ({round(a[axis], 6) for a, b in segments if a[axis] == b[axis]} for axis in (0, 1))
    assert down == {round(x0 + n * (x1 - x0) / N, 6) for n in range(N + 1)}
    assert across == {round(y0 + n * (y1 - y0) / N, 6) for n in range(N + 1)}
    places = np.array([place for words in part.words.values() for _, place in words])
    assert (
        (places > [0.15, 0.5]).all()
        and (places < [WIDTH - 0.15, HEIGHT - 0.1]).all()
        and y0 > 0.4
        and x1 < WIDTH - 0.05
    )


def test_cells_are_blue_above_0_orange_below_and_white_if_always_0():
    values, zero = np.array([[2.0, -2.0, 1.0, -0.5, 0.0]]), np.array([[False] * 4 + [True]])
    (blue, orange, pale_blue, pale_orange, white) = tints(values, zero)[0]
    assert (
        (white == 1).all() and blue.argmin() == pale_blue.argmin() == 0 and orange.argmin() == pale_orange.argmin() == 2
    )
    assert blue.min() < pale_blue.min() and orange.min() < pale_orange.min(), "the deeper the larger"
    assert 1 - math.ulp(1) > max(blue.min(), pale_orange.min()) and min(blue.min(), orange.min()) > 0.3, (
        "numbers can be read"
    )
