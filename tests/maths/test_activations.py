"""The activation functions: their values, their slopes, and that they are right at the edges and refuse nonsense."""

import numpy as np
import pytest

import nnlib
from nnlib import (
    ACTIVATIONS,
    elu,
    elu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    maxout,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    step,
    step_derivative,
    tanh,
    tanh_derivative,
)

ELEMENTWISE = {name: activation.function for name, activation in ACTIVATIONS.items()}
ELEMENTWISE |= {f"{name}_derivative": activation.derivative for name, activation in ACTIVATIONS.items()}
EVERY = {**ELEMENTWISE, "softmax": softmax}
SMALLEST, LARGEST = 5e-324, 1.7e308
EDGES = [-np.inf, -LARGEST, -1000, -745.1, -708.5, -104, -40, -1, -SMALLEST, -0.0]
EDGES = [*EDGES, 0, SMALLEST, 1e-300, 1, 40, 104, 708.5, 745.1, 1000, LARGEST, np.inf, np.nan]


def every(functions):
    return pytest.mark.parametrize("function", functions.values(), ids=functions.keys())


# -- values -----------------------------------------------------------------------------------------------------------


def test_the_table_names_every_elementwise_function_with_its_derivative():
    for name, activation in ACTIVATIONS.items():
        assert activation.function is getattr(nnlib, name, None), f"nnlib/__init__.py lacks {name}"
        assert activation.derivative is getattr(nnlib, f"{name}_derivative", None), f"... or {name}_derivative"


@pytest.mark.parametrize(
    ("function", "x", "expected"),
    [
        (step, [-1, -0.0, 0, 1e-300, 1], [0, 0, 0, 1, 1]),
        (sigmoid, [-1, 0, 1, 2], [0.2689414213699951, 0.5, 0.7310585786300049, 0.8807970779778823]),
        (tanh, [-1, 0, 1], [-0.7615941559557649, 0, 0.7615941559557649]),
        (relu, [-2, 0, 3], [0, 0, 3]),
        (leaky_relu, [-2, 0, 3], [-0.02, 0, 3]),
        (elu, [-1, 0, 3], [-0.6321205588285577, 0, 3]),
        (nnlib.identity, [-2, 0, 3], [-2, 0, 3]),
    ],
)
def test_values_known_from_elsewhere(function, x, expected):
    assert function(x) == pytest.approx(expected, rel=1e-15)


def test_slope_and_alpha_are_what_the_negative_side_gets():
    assert leaky_relu([-2.0, 2.0], slope=0.25) == pytest.approx([-0.5, 2])
    assert elu([-1.0, 1.0], alpha=3) == pytest.approx([3 * np.expm1(-1), 1])
    assert leaky_relu_derivative([-2.0, 2.0], slope=0.25) == pytest.approx([0.25, 1])
    assert elu_derivative([-1.0, 1.0], alpha=3) == pytest.approx([3 * np.exp(-1), 1])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_each_derivative_is_the_slope_of_its_function(name):
    activation = ACTIVATIONS[name]
    x = np.random.default_rng(0).uniform(0.05, 6, size=(2, 25)) * [[-1], [1]]  # on both sides, away from the kink at 0
    h = 1e-6
    numerical = (activation.function(x + h) - activation.function(x - h)) / (2 * h)
    assert activation.derivative(x) == pytest.approx(numerical, abs=1e-8)


def test_at_a_kink_a_derivative_is_its_left_value():
    assert relu_derivative(0) == 0
    assert leaky_relu_derivative(0, slope=0.2) == 0.2
    assert elu_derivative(0, alpha=0.5) == 0.5
    assert step_derivative(0) == 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("function", [step, relu_derivative])
def test_what_does_not_fire_is_nothing_and_not_minus_nothing(function, dtype):
    for size in range(1, 40):  # NumPy works in blocks, with what is left over by itself
        assert not np.signbit(function(np.full(size, -0.0, dtype))).any()
        assert not np.signbit(function(np.full(size, -3, dtype))).any()


def test_sigmoid_is_exact_far_out():
    assert sigmoid([-1000.0, 1000.0]).tolist() == [0, 1]
    assert sigmoid(-40.0) == pytest.approx(np.exp(-40), rel=1e-15)


def test_c8_straight_layers_are_one_layer_and_biases_do_not_rescue_them():
    rng = np.random.default_rng(0)
    x, W1, W2, W3 = (rng.normal(size=shape) for shape in [(5, 4), (4, 3), (3, 6), (6, 2)])
    b1, b2, b3 = (rng.normal(size=size) for size in (3, 6, 2))
    layers = ((x @ W1 + b1) @ W2 + b2) @ W3 + b3
    assert layers == pytest.approx(x @ (W1 @ W2 @ W3) + ((b1 @ W2 + b2) @ W3 + b3))
    many = rng.normal(size=(200, 4))
    bent = relu(relu(many @ W1 + b1) @ W2 + b2) @ W3 + b3
    _, misfit, *_ = np.linalg.lstsq(np.column_stack([many, np.ones(200)]), bent, rcond=None)
    assert (misfit > 1).all(), "no single layer does what bent ones do"


def test_c14_formulas_as_written_overflow_and_ours_do_not():
    scores = np.array([1010.0, 1000.0, 990.0])
    with np.errstate(all="ignore"):
        assert np.isnan(np.exp(scores) / np.exp(scores).sum()).all()
        assert np.isnan(np.exp(1000.0) / (1 + np.exp(1000.0)))
    assert softmax(scores).round(6).tolist() == [0.999955, 0.000045, 0]
    assert sigmoid([-1000.0, 0.0, 1000.0]).tolist() == [0, 0.5, 1]


def test_c11_the_slope_of_the_sigmoid_vanishes_but_is_not_rounded_to_0():
    assert sigmoid_derivative(0) == 0.25
    assert sigmoid_derivative(5) == pytest.approx(0.0066, abs=5e-5)
    assert sigmoid_derivative(40) == pytest.approx(4e-18, rel=0.1)
    assert sigmoid_derivative(-40) == sigmoid_derivative(40)
    as_often_written = sigmoid(37.0) * (1 - sigmoid(37.0))
    assert as_often_written == 0 and sigmoid(-37.0) * (1 - sigmoid(-37.0)) > 0
    assert tanh_derivative(20) == pytest.approx(4 * np.exp(-40), rel=1e-12)


def test_softmax_sums_to_one_keeps_order_and_ignores_a_shift():
    x = np.random.default_rng(0).normal(size=(4, 5)) * 10
    y = softmax(x)
    assert y.sum(axis=1) == pytest.approx(np.ones(4))
    assert (y.argsort(axis=1) == x.argsort(axis=1)).all()
    assert softmax(x + 1000) == pytest.approx(y, rel=1e-10)
    assert softmax(x.T, axis=0) == pytest.approx(y.T)


def test_softmax_of_large_scores_is_right():
    assert softmax([1010, 1000, 990]) == pytest.approx(softmax([20, 10, 0]), rel=1e-12)
    assert softmax([LARGEST, -LARGEST]).tolist() == [1, 0]
    assert softmax([-np.inf, 0.0]).tolist() == [0, 1]


def test_maxout_of_two_pieces_can_be_relu_or_the_absolute_value():
    x = np.array([[-2.0, 1.0], [3.0, -4.0], [0.5, 0.0]])
    one = np.eye(2)
    assert (maxout(x, np.array([one, 0 * one]), np.zeros((2, 2))) == relu(x)).all()
    assert (maxout(x, np.array([one, -one]), np.zeros((2, 2))) == np.abs(x)).all()


def test_maxout_is_the_largest_piece_unit_by_unit():
    rng = np.random.default_rng(0)
    x, W, b = rng.normal(size=(4, 3)), rng.normal(size=(2, 3, 6)), rng.normal(size=(2, 6))
    pieces = [[[sum(x[n] * W[k][:, h]) + b[k, h] for h in range(6)] for n in range(4)] for k in range(2)]
    assert maxout(x, W, b) == pytest.approx(np.maximum(*pieces))


# -- rules that hold for every function -------------------------------------------------------------------------------


@every(EVERY)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_float_types_stay_and_nothing_warns_at_any_edge(function, dtype):
    with np.errstate(over="ignore"):
        x = np.array(EDGES, dtype)
    with np.errstate(all="raise"):
        y = function(x)
        single = function(x[:, np.newaxis]) if function is softmax else [function(one) for one in x]
    assert y.dtype == dtype and y.shape == x.shape
    assert np.isnan(y[-1]), "NaN stays NaN"
    assert np.asarray(single).dtype == dtype


@every(ELEMENTWISE)
def test_infinity_has_the_limit_or_nan(function):
    far = function([-np.inf, np.inf])
    near = function([-LARGEST, LARGEST])
    assert all(np.isinf(a) and abs(b) > 1e300 or a == b for a, b in zip(far, near, strict=True))


@every(EVERY)
def test_integers_and_lists_become_float64(function):
    expected = function(np.array([[-2.0, 0.0, 3.0]]))
    for same in ([[-2, 0, 3]], np.array([[-2, 0, 3]]), np.array([[-2, 0, 3]], np.int8), ((-2, 0, 3),)):
        assert function(same).dtype == np.float64
        assert (function(same) == expected).all()


@every(ELEMENTWISE)
def test_a_number_gives_a_number(function):
    assert isinstance(function(1), np.float64) and isinstance(function(np.float32(1)), np.float32)


@every(EVERY)
def test_the_input_is_not_changed_and_not_handed_back(function):
    x = np.random.default_rng(0).normal(size=(4, 6))
    before = x.copy()
    y = function(x)
    assert (x == before).all() and not np.shares_memory(x, y)
    x.flags.writeable = False
    function(x)
    y[...] = 7  # the answer is the caller's own


@every(EVERY)
def test_strides_and_empty_arrays_are_no_trouble(function):
    x = np.random.default_rng(0).normal(size=(8, 6))
    assert (function(x[::2, ::-1]) == function(x[::2, ::-1].copy())).all()
    assert function(np.empty((0, 3))).shape == (0, 3)


@every(EVERY)
@pytest.mark.parametrize("bad", ["1.0", ["a", "b"], 1j, [1, 2j], None, {}, np.array([1, None]), [[1, 2], [3]]])
def test_what_is_no_array_of_real_numbers_is_refused(function, bad):
    with pytest.raises(TypeError, match="^x must be an array of real numbers, got "):
        function(bad)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: leaky_relu(1, slope="a"), TypeError, "slope must be a number, got str 'a'"),
        (lambda: leaky_relu(1, slope=np.nan), ValueError, "slope must be finite, got nan"),
        (lambda: leaky_relu_derivative(1, slope=[1]), TypeError, "slope must be a number, got list"),
        (lambda: elu(1, alpha=np.inf), ValueError, "alpha must be finite, got inf"),
        (lambda: elu_derivative(1, alpha=True), TypeError, "alpha must be a number, got bool True"),
        (lambda: elu(1, alpha=1j), TypeError, "alpha must be a number, got complex"),
        (lambda: softmax(3.0), ValueError, "x must have at least one dimension"),
        (lambda: softmax([]), ValueError, "x must have at least one score along axis -1, got shape (0,)"),
        (lambda: softmax([1, 2], axis=1), ValueError, "axis must be from -1 to 0 for x of shape (2,), got 1"),
        (lambda: softmax([1, 2], axis=0.0), TypeError, "axis must be a whole number, got float 0.0"),
        (lambda: maxout([1, 2], np.ones((2, 2, 3)), np.ones((2, 3))), ValueError, "x must have shape (N, 2), got (2,)"),
        (lambda: maxout([[1, 2]], np.ones((2, 3)), np.ones(3)), ValueError, "W must have shape (K, D, H), got (2, 3)"),
        (lambda: maxout([[1, 2]], np.ones((2, 2, 3)), np.ones(3)), ValueError, "b must have shape (2, 3), got (3,)"),
        (lambda: maxout([[1]], np.ones((0, 1, 3)), np.ones((0, 3))), ValueError, "W must have at least one piece"),
    ],
)
def test_bad_arguments_are_named(call, error, words):
    with pytest.raises(error) as refusal:
        call()
    assert str(refusal.value).startswith(words)
