"""Nudging: exact where it should be, twice per element, and it leaves everything as it was."""

import re

import numpy as np
import pytest
from gradient_checks import C, D, H, N, away_from_kinks
from layers_with_bugs import (
    ForgottenDerivative,
    MissingOneOverN,
    NoTranspose,
    StaleCache,
    TransposedWeights,
    WrongSign,
    affine,
)

from nnlib import (
    Affine,
    Network,
    ReLU,
    Sigmoid,
    TwoLayerNet,
    check_gradients,
    check_layer,
    numerical_derivative,
    numerical_gradient,
    relative_error,
)

LABELS = np.array([4, 0, 2, 2])


def square(x):
    return (np.asarray(x) ** 2).sum()


def test_derivatives_of_a_parabola():
    assert numerical_derivative(lambda x: 0.01 * x**2 + 0.1 * x, 5) == pytest.approx(0.2, abs=1e-9)
    assert numerical_derivative(lambda x: 0.01 * x**2 + 0.1 * x, 10) == pytest.approx(0.3, abs=1e-9)
    assert numerical_derivative(np.sin, [0.0, np.pi]) == pytest.approx([1, -1])


@pytest.mark.parametrize("x", [[3, 4], (3, 4), np.array([3, 4]), np.array([3, 4], np.int8), np.array([3.0, 4.0])])
def test_the_gradient_of_the_squared_distance_is_6_8_at_3_4(x):
    assert numerical_gradient(square, x) == pytest.approx([6, 8])
    assert numerical_gradient(square, x).dtype == np.float64
    assert list(x) == [3, 4]


@pytest.mark.parametrize("shape", [(), (1,), (D,), (N, D), (2, N, D), (0, 3)], ids=str)
def test_f_is_called_twice_for_each_element(shape):
    calls = []
    x = away_from_kinks(*shape)
    gradient = numerical_gradient(lambda x: calls.append(0) or square(x), x)
    assert len(calls) == 2 * x.size
    assert gradient == pytest.approx(2 * x) and np.shape(gradient) == shape


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("call", [1, 2, 7, 12])
def test_x_is_put_back_bit_for_bit_also_when_f_raises(error, call):
    x = np.array([0.1, -0.0, 1e-300, 1e300, np.nan, np.inf])
    before = x.tobytes()
    calls = []

    def f(x):
        calls.append(x.tobytes() != before)
        if len(calls) == call:
            raise error
        return 1.0

    with pytest.raises(error):
        numerical_gradient(f, x)
    assert calls[0], "it had been nudged"
    assert x.tobytes() == before


def test_x_is_put_back_bit_for_bit_after_all():
    x = np.random.default_rng(0).normal(size=(N, D)) * 10.0 ** np.arange(-6, 6, 4)
    before = x.tobytes()
    numerical_gradient(square, x)
    assert x.tobytes() == before


def test_a_closure_over_the_array_sees_the_nudges():
    net, x = TwoLayerNet(D, H, C, seed=0), away_from_kinks(N, D)
    analytic = net.gradient(x, LABELS)
    for param, grad in zip(net.params, analytic, strict=True):
        kept = grad.copy()
        numerical = numerical_gradient(lambda _: net.loss(x, LABELS), param)
        assert relative_error(kept, numerical) < 1e-6


def test_strided_and_read_only_arrays_get_the_same_gradient():
    x = away_from_kinks(2 * N, D)
    assert numerical_gradient(square, x[::2, ::-1]) == pytest.approx(2 * x[::2, ::-1])
    x.flags.writeable = False
    assert numerical_gradient(square, x) == pytest.approx(2 * x)


def squares_in_place(x):
    x **= 2
    return x.sum()


@pytest.mark.parametrize("x", [[3.0, 4.0], np.array([3.0, 4.0]), np.float32([3, 4]), np.array([3.0]), np.array(3.0)])
def test_a_function_that_changes_its_array_is_refused(x):
    before = np.array(x)
    with pytest.raises(ValueError, match="^f changes the array that it's given"):
        numerical_gradient(squares_in_place, x)
    assert np.array(x).tobytes() == before.tobytes()


def test_a_changed_array_is_put_back_wherever_f_finds_it():
    x = np.array([[0.1, -0.0], [np.nan, np.inf]])
    before = x.tobytes()
    with pytest.raises(ValueError, match="^f changes the array"):
        numerical_gradient(lambda _: x.fill(7.0) or 1.0, x)
    assert x.tobytes() == before


def test_rounding_to_float32_does_not_swallow_a_nudge():
    x = np.float32([300, 4000])
    assert numerical_gradient(square, x) == pytest.approx([600, 8000])
    assert numerical_derivative(np.square, x) == pytest.approx([600, 8000])
    assert numerical_gradient(square, x).dtype == numerical_derivative(np.square, x).dtype == np.float32


def test_relative_error_is_a_ratio_of_norms():
    assert relative_error([3, 4], [3, 4]) == 0 and relative_error([0, 0], [0, 0]) == 0
    assert relative_error([3, 4], [0, 0]) == 1 and relative_error([3, 4], [-3, -4]) == 2
    assert relative_error([3, 4.5], [3, 4]) == pytest.approx(0.5 / np.hypot(3, 4.5))
    assert relative_error([3e300, 4.5e300], [3e300, 4e300]) == pytest.approx(0.5 / np.hypot(3, 4.5))
    assert np.isnan(relative_error([np.nan, 0], [0, 0])), "what cannot be compared must not pass as equal"
    assert not relative_error([np.inf, 0], [np.inf, 0]) < 1


# -- the check of a whole network -------------------------------------------------------------------------------------


def net_with(first=Affine, activation=Sigmoid, loss=None):
    return Network([affine(first), activation(), affine_to_c()], loss=loss)


def affine_to_c():
    return Affine(away_from_kinks(H, C, seed=8), away_from_kinks(C, seed=9))


def test_the_report_names_every_parameter():
    report = check_gradients(net_with(), away_from_kinks(N, D), LABELS)
    assert [row.name for row in report] == ["1 Affine W", "1 Affine b", "3 Affine W", "3 Affine b"]
    assert all(row.relative_error < 1e-6 for row in report)
    assert len(str(report).splitlines()) == 5 and "1 Affine W" in str(report)


def test_a_float32_network_is_checked_in_float64_and_left_as_it_is():
    net = TwoLayerNet(D, H, C, seed=0, dtype=np.float32)
    before = [param.copy() for param in net.params]
    report = check_gradients(net, away_from_kinks(N, D).astype(np.float32), LABELS)
    assert all(row.relative_error < 1e-6 for row in report)
    assert all(
        (param == kept).all() and param.dtype == np.float32 for param, kept in zip(net.params, before, strict=True)
    )


@pytest.mark.parametrize(
    ("bug", "found"),
    [
        ({"first": TransposedWeights}, [True, False, False, False]),
        ({"activation": ForgottenDerivative}, [True, True, False, False]),
        ({"activation": StaleCache}, [True, True, False, False]),
        ({"loss": MissingOneOverN()}, [True, True, True, True]),
    ],
    ids=["transpose", "derivative", "cache", "1/N"],
)
def test_the_report_shows_where_a_bug_sits(bug, found):
    net = net_with(**bug)
    net.gradient(np.zeros((N, D)), LABELS)  # an earlier batch
    report = check_gradients(net, away_from_kinks(N, D), LABELS)
    assert [row.relative_error > 1e-3 for row in report] == found
    assert all(
        row.analytic != pytest.approx(row.numerical, rel=1e-3) for row, bad in zip(report, found, strict=True) if bad
    )


def test_the_report_shows_a_wrong_sign_before_the_layer_that_has_it():
    net = Network([affine(), ReLU(), WrongSign(away_from_kinks(H, C), away_from_kinks(C))])
    report = check_gradients(net, away_from_kinks(N, D), LABELS)
    assert [row.relative_error > 1 for row in report] == [True, True, False, False]


XOR = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]


def test_a_weighted_sum_of_0_at_the_corner_of_relu_is_no_bug():
    W1, b1, W2, b2 = check_gradients(TwoLayerNet(2, 4, 2, "relu", seed=0), *XOR)
    assert all(row.relative_error < 1e-6 for row in (W1, b1, W2, b2))
    assert [row.corners for row in (W1, b1, W2, b2)] == [0, 4, 0, 0], "at (0, 0) each of the four sums is b = 0"
    assert "4 at a corner: the left and right slope differ" in str(b1) and "corner" not in str(W1)


class WrongBias(Affine):
    def backward_to_params(self, dout):
        super().backward_to_params(dout)
        self.grads[1][...] *= 1.01


def test_a_bug_at_a_corner_is_still_found():
    net = TwoLayerNet(2, 4, 2, "relu", seed=0)
    net.layers[0] = WrongBias(*net.layers[0].params)
    assert check_gradients(net, *XOR)[1].relative_error == pytest.approx(0.01, rel=0.02)


@pytest.mark.parametrize("near", [0, 3e-5, -3e-5])
def test_at_and_near_a_corner_a_layer_has_the_slope_on_its_side(near):
    (row,) = check_layer(ReLU(), [[near]], [[5.0]])
    assert row.relative_error < 1e-6 and row.corners == 1
    assert row.numerical == pytest.approx(row.analytic) and row.analytic == (5 if near > 0 else 0)


class OwnNames:
    """A learner's layer: the arrays have names of their own, besides standing in params and grads."""

    factor = 1

    def __init__(self):
        self.W = away_from_kinks(D, C)
        self.dW = np.zeros_like(self.W)
        self.params, self.grads = [self.W], [self.dW]

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, dout):
        self.dW[...] = self.factor * self.x.T @ dout
        return dout @ self.W.T


class OwnNamesAndABug(OwnNames):
    factor = 7


def test_a_layer_with_names_of_its_own_is_judged_by_what_it_does():
    x = away_from_kinks(N, D)
    assert check_gradients(Network([OwnNames()]), x, LABELS)[0].relative_error < 1e-6
    assert check_gradients(Network([OwnNamesAndABug()]), x, LABELS)[0].relative_error == pytest.approx(6 / 7)


def test_a_parameter_without_a_gradient_is_not_passed_over():
    layer = OwnNames()
    layer.grads = []
    with pytest.raises(ValueError, match="one for each of the 1 params, got 0"):
        check_gradients(Network([layer]), away_from_kinks(N, D), LABELS)


def test_a_gradient_of_another_shape_is_named():
    layer = OwnNames()
    layer.grads = [grad[:, :1] for grad in layer.grads]
    with pytest.raises(ValueError, match=r"grads\[0\] must have the shape of params\[0\], "):
        check_gradients(Network([layer]), away_from_kinks(N, D), LABELS)


class WrongInItsOwnBackward(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.grads[0][...] = 99
        return dx


def test_a_first_layer_with_a_backward_of_its_own_is_not_passed_over():
    net = Network([affine(WrongInItsOwnBackward), Sigmoid(), Affine(away_from_kinks(H, C))])
    row, *others = check_gradients(net, away_from_kinks(N, D), LABELS)
    assert row.name == "1 WrongInItsOwnBackward W" and row.relative_error > 0.5
    assert all(other.relative_error < 1e-6 for other in others)


# -- the check of one layer -------------------------------------------------------------------------------------------


def test_a_right_layer_has_small_errors_in_x_and_in_each_parameter():
    report = check_layer(affine(), away_from_kinks(N, D))
    assert [row.name for row in report] == ["x", "W", "b"]
    assert all(row.relative_error < 1e-8 for row in report)
    assert [row.name for row in check_layer(ReLU(), away_from_kinks(N, D))] == ["x"]
    assert len(str(report).splitlines()) == 4


@pytest.mark.parametrize(
    ("layer", "wrong"),
    [
        (affine(WrongSign), ["x"]),
        (NoTranspose(away_from_kinks(D, D, seed=3)), ["x"]),
        (affine(TransposedWeights), ["W"]),
        (ForgottenDerivative(), ["x"]),
    ],
    ids=lambda case: type(case).__name__,
)
def test_a_wrong_layer_shows_in_the_row_that_is_wrong_and_no_other(layer, wrong):
    report = check_layer(layer, away_from_kinks(N, D))
    assert [row.name for row in report if row.relative_error > 1e-2] == wrong
    assert all(row.relative_error < 1e-8 for row in report if row.name not in wrong)


def test_a_row_is_the_gradient_of_the_output_weighted_with_dout():
    """By hand, for one sample with one input and one unit: y = x w + b."""
    rows = check_layer(Affine([[3.0]], [1.0]), [[2.0]], [[10.0]])
    assert [(row.name, row.worst) for row in rows] == [("x", (0, 0)), ("W", (0, 0)), ("b", (0,))]
    for row, slope in zip(rows, (30, 20, 10), strict=True):
        assert row.analytic == pytest.approx(slope) == pytest.approx(row.numerical)


def test_without_dout_it_is_always_the_same_random_one():
    first, again = (check_layer(affine(), away_from_kinks(N, D)) for _ in range(2))
    ones = check_layer(affine(), away_from_kinks(N, D), np.ones((N, H)))
    assert first == again != ones


def test_a_checked_layer_stays_as_it_was():
    layer, x = affine(), away_from_kinks(N, D)
    layer.forward(x), layer.backward(np.ones((N, H)))
    params, grads = ([array.copy() for array in arrays] for arrays in (layer.params, layer.grads))
    check_layer(layer, 3 * x)
    for arrays, kept in ((layer.params, params), (layer.grads, grads)):
        assert all((array == before).all() for array, before in zip(arrays, kept, strict=True))
    layer.backward(np.ones((N, H)))
    assert (layer.grads[0] == grads[0]).all(), "it remembers its own batch"


def test_a_float32_layer_is_checked_in_float64():
    W, b = away_from_kinks(D, H, seed=3).astype(np.float32), away_from_kinks(H, seed=4).astype(np.float32)
    assert all(row.relative_error < 1e-8 for row in check_layer(Affine(W, b), away_from_kinks(N, D).astype(np.float32)))


class ClearsItsGradients(OwnNames):
    """A layer that begins each forward with all gradients at 0, in arrays that it uses again and again."""

    def forward(self, x):
        self.dx = getattr(self, "dx", np.zeros(x.shape))
        self.dx[...], self.dW[...] = 0, 0
        return super().forward(x)

    def backward(self, dout):
        self.dx[...] = super().backward(dout)
        return self.dx


def test_a_layer_that_clears_its_gradients_in_forward_is_right_too():
    x = away_from_kinks(N, D)
    assert all(row.relative_error < 1e-8 for row in check_layer(ClearsItsGradients(), x))
    assert all(row.relative_error < 1e-6 for row in check_gradients(Network([ClearsItsGradients()]), x, LABELS))


class Forgetful(OwnNames):
    def backward(self, dout):
        super().backward(dout)


class OneRowTooFew(OwnNames):
    def backward(self, dout):
        return super().backward(dout)[1:]


class WithoutGradients(OwnNames):
    def __init__(self):
        super().__init__()
        self.grads = []


@pytest.mark.parametrize(
    ("layer", "error", "words"),
    [
        (Forgetful, TypeError, "dx must be an array of real numbers, got NoneType None"),
        (OneRowTooFew, ValueError, "dx must have the shape of x, (4, 3), got (3, 3)"),
        (WithoutGradients, ValueError, "grads must be one for each of the 1 params, got 0"),
    ],
)
def test_what_a_layer_returns_wrongly_is_named(layer, error, words):
    with pytest.raises(error, match=f"^{re.escape(words)}"):
        check_layer(layer(), away_from_kinks(N, D))


def test_a_slope_without_a_value_is_infinite_or_nan_and_no_warning():
    assert numerical_derivative(np.log, 1e-4, eps=1e-4) == np.inf
    assert numerical_gradient(lambda x: np.log(x).sum(), [1e-4], eps=1e-4) == [np.inf]
