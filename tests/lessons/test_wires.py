"""The wires: every sum in the readout by plain loops, what is lit, and what a press chooses."""

import itertools

import pytest
from drawn_shapes import scene_at
from lesson_reader import said_by

from nnlessons.arrays import wires_figure
from nnlessons.arrays.wires import layer_arrays
from nnlessons.arrays.wires import wires as demo
from nnlessons.wording import MINUS

N, D, H = 4, 2, 3
STATES = list(itertools.product(("output", "input", "wire"), range(D), range(H), (*range(N), "all")))


def arrays_of(seed):
    return {name: array.tolist() for name, array in layer_arrays(seed).items() if name in ("x", "W", "dy")}


def expected(look, i, j, sample, arrays):
    """The pairs of factors that meet in the number in question: along output j, input i, or the wire between them."""
    x, W, dy = arrays["x"], arrays["W"], arrays["dy"]
    n = 0 if sample == "all" else sample
    if look == "output":
        return [(x[n][k], W[k][j]) for k in range(D)]
    if look == "input":
        return [(dy[n][k], W[i][k]) for k in range(H)]
    return [(x[k][i], dy[k][j]) for k in (range(N) if sample == "all" else [n])]


@pytest.mark.parametrize(("look", "i", "j", "sample"), STATES)
def test_the_readout_s_sum_is_right(look, i, j, sample):
    for seed in (0, 4):
        pairs = expected(look, i, j, sample, arrays_of(seed))
        total = f"{sum(one * other for one, other in pairs):.0f}"
        words = said_by(demo, look=look, i=i, j=j, sample=sample, seed=seed).replace(MINUS, "-")
        written = " + ".join(" · ".join(f"({k:.0f})" if k < 0 else f"{k:.0f}" for k in pair) for pair in pairs)
        assert f"{written} = {total}" in words


@pytest.mark.parametrize(("look", "i", "j", "sample"), STATES)
def test_the_lit_wires_are_the_lit_weights(look, i, j, sample):
    patch = demo.update(look, i, j, sample, 0)
    weights = {(i, j)}
    if look == "output":
        weights = {(k, j) for k in range(D)}
    if look == "input":
        weights = {(i, k) for k in range(H)}
    lit = {divmod(number, H) for number, state in enumerate(patch["wires"]["states"]) if state != "idle"}
    in_table = {(row, column) for row in range(D) for column in range(H) if patch["W"]["lit"][row, column]}
    assert lit == in_table == weights
    assert {"output": "forward", "input": "back", "wire": "both"}[look] in patch["wires"]["states"]


@pytest.mark.parametrize("seed", [0, 4])
def test_the_tables_hold_every_output_and_every_gradient(seed):
    x, W, dy = (arrays_of(seed)[name] for name in ("x", "W", "dy"))
    patch = demo.update("wire", 0, 0, "all", seed)
    right = {
        "y": [sum(x[n][i] * W[i][j] for i in range(D)) for n in range(N) for j in range(H)],
        "dx": [sum(dy[n][j] * W[i][j] for j in range(H)) for n in range(N) for i in range(D)],
        "dW": [sum(x[n][i] * dy[n][j] for n in range(N)) for i in range(D) for j in range(H)],
    }
    for name, numbers in right.items():
        assert [float(word.replace(MINUS, "-")) for word in patch[name]["words"]] == numbers, name


def test_a_sample_adds_its_part_to_a_weights_gradient():
    shown = {sample: demo.update("wire", 0, 0, sample, 0)["dW"]["words"] for sample in (*range(N), "all")}
    as_numbers = {sample: [float(word.replace(MINUS, "-")) for word in words] for sample, words in shown.items()}
    assert [sum(parts) for parts in zip(*(as_numbers[n] for n in range(N)), strict=True)] == as_numbers["all"]


def test_a_press_chooses_what_is_there():
    scene = scene_at(demo)
    width, height = scene.picture.figure.get_size_inches()

    def press(x, y):
        return scene.pointed(x / width, 1 - y / height)

    for j, place in enumerate(wires_figure.OUTPUTS):
        assert press(*place) == {"look": "output", "j": j}
    for i, place in enumerate(wires_figure.INPUTS):
        assert press(*place) == {"look": "input", "i": i}
    for number, place in enumerate(wires_figure.WEIGHTS):
        i, j = divmod(number, H)
        assert press(*place) == {"look": "wire", "i": i, "j": j}
    for name, row, column, chosen in (
        ("x", 2, 1, {"look": "input", "i": 1, "sample": 2}),
        ("W", 1, 2, {"look": "wire", "i": 1, "j": 2}),
        ("dW", 0, 1, {"look": "wire", "i": 0, "j": 1}),
        ("y", 3, 0, {"look": "output", "j": 0, "sample": 3}),
        ("dy", 1, 2, {"look": "wire", "j": 2, "sample": 1}),
    ):
        _, left, top = wires_figure.TABLES[name]
        wide, high = wires_figure.CELL
        assert press(left + (column + 0.5) * wide, top - (row + 0.5) * high) == chosen


def test_no_two_weights_are_drawn_on_each_other():
    wide, high = wires_figure.LABEL
    for one, other in itertools.combinations(wires_figure.WEIGHTS, 2):
        assert abs(one[0] - other[0]) > 2 * wide or abs(one[1] - other[1]) > 2 * high
