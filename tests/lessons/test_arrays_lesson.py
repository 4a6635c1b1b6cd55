"""Lesson 7: every number that it prints or says, worked out with lists and loops, and the class that it prints, as it is now."""

import re

import numpy as np
import pytest
from by_hand import (
    NOISE,
    Famous,
    affine,
    cross_entropy,
    each,
    flat,
    furthest,
    norm,
    product,
    relative,
    shape_of,
    sigmoid,
    slope,
    slopes,
    softmax,
    sums_of_columns,
    to_digits,
    to_text,
    transposed,
    weighted,
)
from conftest import PROJECT
from lesson_reader import numbers_in, printed, said_by, written

from nnlessons.arrays import demos, exercises

OUT = printed("07_arrays")
TEXT = written("07_arrays")


def decimals_in(text):
    return [float(number) for number in re.findall(r"-?\d+\.\d*", text)]


def all_that_is_drawn():
    """The arrays of the lesson's own random numbers, in the order of its cells."""
    rng = np.random.default_rng(0)
    cells = {
        "nudge": {"x": (4, 3), "W": (3, 2), "dy": (4, 2)},
        "broken": {
            "x": (4, 2),
            "MyAffine W1": (2, 3),
            "MyAffine W2": (3, 3),
            "Broken W1": (2, 3),
            "Broken W2": (3, 3),
        },
        "columns-check": {"W": (2, 3), "X": (3, 4), "dA": (2, 4)},
    }
    return {
        cell: {name: rng.normal(size=shape).tolist() for name, shape in shapes.items()}
        for cell, shapes in cells.items()
    }


DRAWN = all_that_is_drawn()

# -- a product, and a repeat ------------------------------------------------------------------------------------------


def test_both_formulas_agree_with_nudging():
    x, W, dy = DRAWN["nudge"].values()
    dx, dW = (slopes(lambda: weighted(dy, product(x, W)), one) for one in (x, W))
    assert furthest(product(dy, transposed(W)), dx) < NOISE and furthest(product(transposed(x), dy), dW) < NOISE
    for line, name, gradient in zip(OUT["nudge"].splitlines(), ("dx", "dW"), (dx, dW), strict=True):
        assert line.startswith(f"{name} {shape_of(gradient)} ") and line.endswith(" True")


def test_the_gradient_of_a_weight_is_what_went_in_times_what_came_back():
    went_in, weight, came_back = 3.0, 5.0, -2.0
    gradient = slope(lambda weight: came_back * went_in * weight, weight)
    assert numbers_in(exercises.through_the_wire.answer)[0] == pytest.approx(gradient)


def test_a_row_repeated_three_times_gets_the_sums_of_the_columns():
    x, dy = [[2.0, 5.0]], [[1.0, 0.0], [2.0, -1.0], [4.0, 3.0]]
    nudged = slopes(lambda: weighted(dy, x * 3), x)
    assert furthest(nudged, sums_of_columns(dy)) < NOISE
    assert numbers_in(exercises.through_repeat.answer)[:2] == pytest.approx(nudged[0])


def test_a_bias_gets_the_sum_over_the_samples():
    dout = [[0.01]] * 100
    assert OUT["bias-mean"].split() == ["db", "=", f"[{sum(flat(dout)):.0f}.]"]
    assert numbers_in(exercises.bias_gradient.answer)[0] == pytest.approx(sum(flat(dout)))


def test_shapes_leave_1_then_4_then_36_products():
    def fitting(N, D, H):
        """How many products of two of x, W, dy and their transposes have the shape of x."""
        shapes = [(N, D), (D, H), (N, H), (D, N), (H, D), (H, N)]
        return sum(one[1] == other[0] and (one[0], other[1]) == (N, D) for one in shapes for other in shapes)

    sizes = {1: (4, 3, 2), 4: (4, 3, 3), 36: (3, 3, 3)}
    for count, (N, D, H) in sizes.items():
        assert fitting(N, D, H) == count
        said = said_by(demos.shape_puzzle, N=N, D=D, H=H, left="dy", right="W.T")
        assert "Yes, dx = dy @ W.T" in said
        assert f"Products with the shape of dx at these sizes: {count} of 36. With the right numbers, too: 1." in said
    assert "can't be multiplied" in said_by(demos.shape_puzzle), (
        "at first nothing fits, and no count gives the answer away"
    )
    assert "products" not in said_by(demos.shape_puzzle)


def test_with_samples_in_columns_the_factors_change_places():
    W, X, dA = DRAWN["columns-check"].values()
    dW, dX = (slopes(lambda: weighted(dA, product(W, X)), one) for one in (W, X))
    assert furthest(product(dA, transposed(X)), dW) < NOISE and furthest(product(transposed(W), dA), dX) < NOISE
    assert OUT["columns-check"] == "dW = dA @ X.T: True   dX = W.T @ dA: True\n"


def test_the_jacobian_of_a_layer_is_far_larger_than_its_weights():
    samples, inputs, units = 100, 28 * 28, 50
    rows, columns = samples * units, samples * inputs
    gigabytes, megabytes = rows * columns * 8 / 10**9, inputs * units * 8 / 10**6
    assert OUT["jacobian-size"].splitlines() == [
        f"Jacobian: {rows:,} rows, {columns:,} columns, {rows * columns:,} numbers, {to_text(gigabytes, 1)} GB",
        f"W:        {inputs * units:,} numbers, {to_text(megabytes, 1)} MB",
    ]


# -- layers -----------------------------------------------------------------------------------------------------------


def source_of(name, module):
    """A class as it stands in the file now."""
    text = (PROJECT / "nnlib" / f"{module}.py").read_text()
    (source,) = re.findall(rf"^class {name}\b.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return source.rstrip() + "\n"


def test_the_printed_class_is_that_of_the_package_now():
    assert OUT["affine-source"] == source_of("Affine", "layers") + "\n"


def test_a_mask_written_into_the_array_spoils_it_for_the_second_layer():
    first, second = [-1.0, 2.0], [3.0, 4.0]

    def in_place(a, dout):
        for j, number in enumerate(a):
            if number <= 0:
                dout[j] = 0.0
        return dout

    shared = [5.0, 6.0]
    spoilt = [list(in_place(a, shared)) for a in (first, second)]
    right = [[d if number > 0 else 0.0 for d, number in zip([5.0, 6.0], a, strict=True)] for a in (first, second)]
    assert spoilt[1] != right[1]
    assert OUT["in-place-run"].splitlines() == [
        f"{name:<6} [[{' '.join(f'{number:.0f}.' for number in row)}]]"
        for name, row in zip(("first", "second") * 2, (*spoilt, *right), strict=True)
    ]


# -- one whole update -------------------------------------------------------------------------------------------------


NET = Famous()
GRADIENTS = {name: NET.gradient(name) for name in ("W1", "b1", "W2", "b2")}
AFTER = NET.after(**{name: GRADIENTS[name] for name in ("W1", "W2")})


def test_the_famous_network_forward():
    z1, y = (" ".join(to_text(number, 4) for number in rows[0]) for rows in (NET.z1(), NET.y()))
    assert OUT["famous"] == f"z1 = [[{z1}]]   y = [[{y}]]   L = {to_text(NET.loss(), 9)}\n"
    assert "L = 0.298371109" in OUT["famous"]


def test_the_famous_gradients_are_those_by_nudging():
    z1, W2 = NET.z1(), NET.W2
    dy = each(lambda y, t: y - t, NET.y(), NET.t)
    da2 = each(lambda d, y: d * y * (1 - y), dy, NET.y())
    da1 = each(lambda d, z: d * z * (1 - z), product(da2, transposed(W2)), z1)
    for name, rows in {"W2": product(transposed(z1), da2), "W1": product(transposed(NET.x), da1)}.items():
        assert furthest(rows, GRADIENTS[name]) < 1e-9
        said = said_by(demos.one_update, step={"W2": 8, "W1": 10}[name])
        (line,) = re.findall(rf"^d{name} = .* = (.*)$", said, re.M)
        assert numbers_in(line) == pytest.approx(flat(GRADIENTS[name]), rel=1e-3)
    assert OUT["famous-back"].splitlines()[1].endswith(" True")


def test_the_famous_loss_after_a_step_of_the_weights_and_of_the_biases_too():
    moved = OUT["famous-back"].splitlines()[0]
    assert moved == f"L: {to_text(NET.loss(), 9)} -> {to_text(AFTER.loss(), 9)}" == "L: 0.298371109 -> 0.291027774"
    assert to_text(NET.after(**GRADIENTS).loss(), 9) == "0.280471447"
    ten_times = NET.after(**{name: each(lambda slope: 10 * slope, GRADIENTS[name]) for name in ("W1", "W2")})
    assert to_text(AFTER.loss(), 4) == "0.2910" and to_text(ten_times.loss(), 4) == "0.2232"
    assert all(number in TEXT for number in ("0.280471447", "0.2910", "0.2232"))


def test_c29_the_famous_last_number_uses_weights_that_had_moved():
    a2 = affine(NET.z1(), NET.W2, NET.b2)
    da2 = slopes(lambda: sum((sigmoid(a) - t) ** 2 for a, t in zip(a2[0], NET.t[0], strict=True)) / 2, a2)
    through_new = slopes(lambda: weighted(da2, product(NET.z1(), AFTER.W2)), NET.W1)
    through_old = slopes(lambda: weighted(da2, product(NET.z1(), NET.W2)), NET.W1)
    assert furthest(through_old, GRADIENTS["W1"]) < NOISE
    right, slipped = (to_digits(one, 6) for one in (GRADIENTS["W1"], through_new))
    slip = to_text(NET.after(W1=through_new, W2=GRADIENTS["W2"]).loss(), 9)
    assert OUT["slip-run"].splitlines() == [
        f"dW1           {right}",
        f"with the slip {slipped}",
        f"L with the slip: {slip}",
    ]
    assert slip == "0.291027924"
    published = [0.149780716, 0.24975114, 0.19956143, 0.29950229], [0.35891648, 0.511301270, 0.408666186, 0.561370121]
    for weights, right_ones in zip((AFTER.W1, AFTER.W2), published, strict=True):
        assert flat(weights) == pytest.approx(right_ones, abs=5e-9), "the example's own weights are right"
    off = norm(each(lambda one, other: one - other, through_new, through_old)) / norm(through_old)
    (percent,) = re.findall(r"off by about (\d+)%", TEXT)
    assert round(100 * off) == int(percent)


# -- the gradient check -----------------------------------------------------------------------------------------------


def errors_of_a_check(name):
    """The relative errors of both layers' W and b: x -> affine -> sigmoid -> square affine -> softmax, cross entropy."""
    x, W1, W2 = (DRAWN["broken"][array] for array in ("x", f"{name} W1", f"{name} W2"))
    t = [[float(column == label) for column in range(3)] for label in (0, 2, 1, 2)]
    b1, b2 = [[0.0] * 3], [[0.0] * 3]

    def hidden():
        return each(sigmoid, affine(x, W1, b1))

    def loss():
        return cross_entropy(softmax(affine(hidden(), W2, b2)), t)[0][0]

    z1 = hidden()
    ds = each(lambda y, t: (y - t) / len(x), softmax(affine(z1, W2, b2)), t)
    dz1 = product(ds, W2 if name == "Broken" else transposed(W2))
    da1 = each(lambda d, z: d * z * (1 - z), dz1, z1)
    before = [(W1, product(transposed(x), da1)), (b1, sums_of_columns(da1))]
    own = [(W2, product(transposed(z1), ds)), (b2, sums_of_columns(ds))]
    return [relative(gradient, slopes(loss, rows, eps=1e-4)) for rows, gradient in before + own]


def test_a_forgotten_transpose_shows_in_the_layer_before_its_own():
    tables = [table.splitlines() for table in OUT["broken"].strip().split("\n\n")]
    for name, lines in zip(("MyAffine", "Broken"), tables, strict=True):
        errors = errors_of_a_check(name)
        assert [error > 1e-2 for error in errors] == [name == "Broken"] * 2 + [False] * 2
        assert all(error > 1e-2 or error < 1e-6 for error in errors)
        rows = ("1 MyAffine W", "1 MyAffine b", f"3 {name} W", f"3 {name} b")
        assert lines == [
            f"{row:12} relative error {to_text(error, 7)}" for row, error in zip(rows, errors, strict=True)
        ]


# -- all of it --------------------------------------------------------------------------------------------------------


def test_nothing_that_the_lesson_prints_is_left_out_here():
    assert {cell for cell, text in OUT.items() if text} == {
        *("nudge", "bias-mean", "famous", "famous-back", "broken", "columns-check", "jacobian-size"),
        *("in-place-run", "affine-source", "slip-run"),
    }


def test_no_printed_number_is_nothing_but_rounding():
    for cell, text in OUT.items():
        if not cell.endswith("-source"):
            assert not re.search(r"\de-(0[6-9]|[1-9]\d)", text), f"{cell}: its digits depend on the computer"
            assert not re.search(r"-0\.?0*(?![\d.])", text), f"{cell}: 0 with a minus"
