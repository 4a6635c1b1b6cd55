"""Lesson 7: every number that it prints, worked out with lists and loops, and the classes that it prints, as they stand now."""

import re

import numpy as np
import pytest
from by_hand import (
    NOISE,
    Famous,
    affine,
    each,
    flat,
    furthest,
    half_of_squares,
    product,
    relative,
    shape_of,
    sigmoid,
    slopes,
    sums_of_columns,
    to_digits,
    to_text,
    transposed,
    weighted,
)
from conftest import PROJECT
from lesson_reader import printed

OUT = printed("07_arrays")


def decimals_in(text):
    return [float(number) for number in re.findall(r"-?\d+\.\d*", text)]


def all_that_is_drawn():
    """The arrays of the lesson's own random numbers, in the order of its cells."""
    rng = np.random.default_rng(0)
    cells = {
        "matmul-check": {"x": (4, 3), "W": (3, 2), "dy": (4, 2)},
        "square": {"W": (3, 3), "dy": (4, 3)},
        "columns-check": {"W": (2, 3), "X": (3, 4), "dA": (2, 4)},
        "checked": {"x": (4, 2), "t": (4, 3)},
    }
    return {
        cell: {name: rng.normal(size=shape).tolist() for name, shape in shapes.items()}
        for cell, shapes in cells.items()
    }


DRAWN = all_that_is_drawn()

# -- repeat, and a product --------------------------------------------------------------------------------------------


def test_a_row_repeated_three_times_gets_the_sums_of_the_columns():
    x, dy = [[2.0, 5.0]], [[1.0, 0.0], [2.0, -1.0], [4.0, 3.0]]
    y = [x[0]] * 3
    by_formula = sums_of_columns(dy)
    assert furthest(slopes(lambda: weighted(dy, [x[0]] * 3), x), by_formula) < NOISE
    row = " ".join(f"{number:.0f}." for number in by_formula[0])
    assert OUT["by-hand"].splitlines() == [
        f"y {shape_of(y)}  dx [[{row}]] {shape_of(by_formula)}",
        f"by nudging [[{row}]]",
    ]


def test_both_gradients_of_a_product_and_the_first_row_in_six_digits():
    x, W, dy = DRAWN["matmul-check"].values()
    dx, dW = (slopes(lambda: weighted(dy, product(x, W)), one) for one in (x, W))
    assert furthest(product(dy, transposed(W)), dx) < NOISE and furthest(product(transposed(x), dy), dW) < NOISE
    *first, last = OUT["matmul-check"].splitlines()
    assert first == [f"d{name} {shape}  the same by nudging: True" for name, shape in (("x", (4, 3)), ("W", (3, 2)))]
    assert decimals_in(last) == to_digits(dW[:1], 6)[0] * 2
    assert re.fullmatch(r"row 0 of dW \[.+\]  by nudging \[.+\]", last)


def test_with_square_weights_both_products_fit_and_one_is_right():
    (W, dy), x = DRAWN["square"].values(), [[0.0] * 3 for _ in range(4)]
    nudged = slopes(lambda: weighted(dy, product(x, W)), x)
    right, wrong = product(dy, transposed(W)), product(dy, W)
    assert furthest(right, nudged) < NOISE and furthest(wrong, nudged) > 0.1
    assert shape_of(right) == shape_of(wrong) == (4, 3)
    for line, name, rows, verdict in zip(
        OUT["square"].splitlines(), ("dy @ W.T", "dy @ W  "), (right, wrong), (True, False), strict=True
    ):
        assert line.startswith(f"{name} shape {shape_of(rows)}  row 0 [") and line.endswith(f"]  right: {verdict}")
        assert decimals_in(line) == to_digits(rows[:1], 3)[0]


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


@pytest.mark.parametrize(
    ("cell", "classes"),
    [
        ("affine-source", [("Affine", "layers")]),
        (
            "activation-source",
            [("Elementwise", "nodes"), ("Apply", "nodes"), ("ActivationLayer", "layers"), ("Sigmoid", "layers")],
        ),
    ],
)
def test_the_printed_classes_are_those_of_the_package_now(cell, classes):
    assert OUT[cell] == "".join(source_of(*one) + "\n" for one in classes)


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


def told(text):
    """{what: rows} of lines like "dW2 [[0.1, 0.2]]"."""
    return {
        line[: line.index(" [")]: [decimals_in(row) for row in line.split("], [")]
        for line in text.splitlines()
        if " [" in line
    }


def test_the_famous_network_forward():
    z1, y = (" ".join(to_text(number, 4) for number in rows[0]) for rows in (NET.z1(), NET.y()))
    assert OUT["famous"] == f"z1 = [[{z1}]]   y = [[{y}]]   L = {to_text(NET.loss(), 9)}\n"
    assert "L = 0.298371109" in OUT["famous"]


def test_the_famous_gradients_by_hand_are_those_by_nudging():
    assert told(OUT["famous-back"]) == {f"d{name}": to_digits(GRADIENTS[name], 6) for name in ("W2", "W1")}


def test_nudging_as_far_as_the_lesson_does_agrees_by_a_wide_margin():
    for name, gradient in GRADIENTS.items():
        assert furthest(slopes(NET.loss, getattr(NET, name), eps=1e-4), gradient) < 1e-9, "the lesson accepts 1e-8"
    assert OUT["famous-nudge"].splitlines() == [f"d{name} the same by nudging: True" for name in GRADIENTS]


def test_the_famous_loss_after_a_step_of_the_weights_and_of_the_biases_too():
    assert told(OUT["famous-step"]) == {f"new {name}": to_digits(getattr(AFTER, name), 6) for name in ("W1", "W2")}
    *_, moved, with_biases = OUT["famous-step"].splitlines()
    assert moved == f"L: {to_text(NET.loss(), 9)} -> {to_text(AFTER.loss(), 9)}" == "L: 0.298371109 -> 0.291027774"
    after_all = to_text(NET.after(**GRADIENTS).loss(), 9)
    assert with_biases == f"with the biases too: {after_all}" == "with the biases too: 0.280471447"


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
    printed = [0.149780716, 0.24975114, 0.19956143, 0.29950229], [0.35891648, 0.511301270, 0.408666186, 0.561370121]
    for weights, told in zip((AFTER.W1, AFTER.W2), printed, strict=True):
        assert flat(weights) == pytest.approx(told, abs=5e-9), "the eight weights that it prints: of the right way"


# -- the gradient check -----------------------------------------------------------------------------------------------


def errors_of_a_check(with_transpose):
    """The relative errors of both layers' W and b: x -> affine -> sigmoid -> square affine -> half the sum of squares."""
    rng = np.random.default_rng(0)
    (x, t), W2, b2, W1 = DRAWN["checked"].values(), *(rng.normal(size=size).tolist() for size in ((3, 3), 3, (2, 3)))
    b1, b2 = [[0.0] * 3], [b2]

    def hidden():
        return each(sigmoid, affine(x, W1, b1))

    def loss():
        return half_of_squares(affine(hidden(), W2, b2), t)[0][0]

    z1 = hidden()
    dy = each(lambda y, t: y - t, affine(z1, W2, b2), t)
    dz1 = product(dy, transposed(W2) if with_transpose else W2)
    da1 = each(lambda d, z: d * z * (1 - z), dz1, z1)
    sent_back = [(W1, product(transposed(x), da1)), (b1, sums_of_columns(da1))]
    own = [(W2, product(transposed(z1), dy)), (b2, sums_of_columns(dy))]
    return [relative(gradient, slopes(loss, rows, eps=1e-4)) for rows, gradient in sent_back + own]


def test_a_forgotten_transpose_shows_in_the_layer_before_its_own():
    lines = []
    for name in ("Affine", "Broken"):
        errors = errors_of_a_check(name == "Affine")
        assert [error > 1e-2 for error in errors] == [name == "Broken"] * 2 + [False] * 2
        assert all(error < 1e-7 or error > 1e-2 for error in errors), "none of them is near the limit"
        rows = [f"{layer} {param}" for layer in ("1 Affine", f"3 {name}") for param in "Wb"]
        shown = [to_text(error, 3) for error in errors]
        lines += [name, *(f"   {row}: relative error {error}" for row, error in zip(rows, shown, strict=True))]
    assert OUT["checked"].splitlines() == lines


# -- all of it --------------------------------------------------------------------------------------------------------


def test_nothing_that_the_lesson_prints_is_left_out_here():
    assert {cell for cell, text in OUT.items() if text} == {
        *("by-hand", "matmul-check", "square", "columns-check", "jacobian-size", "affine-source", "activation-source"),
        *("in-place-run", "famous", "famous-back", "famous-nudge", "famous-step", "slip-run", "checked"),
    }


def test_no_printed_number_is_nothing_but_rounding():
    for cell, text in OUT.items():
        if not cell.endswith("-source"):
            assert not re.search(r"\de[-+]?\d", text), f"{cell}: a number as small as noise"
            assert not re.search(r"-0\.?0*(?![\d.])", text), f"{cell}: 0 with a minus"
