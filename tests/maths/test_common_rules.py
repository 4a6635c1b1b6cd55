"""Rules that hold for everything public that takes arrays, and laws that hold for any numbers."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import nnlib
from nnlib import (
    ACTIVATIONS,
    SGD,
    Add,
    Affine,
    Branch,
    Graph,
    MatMul,
    Multiply,
    Network,
    ReLU,
    Repeat,
    Sum,
    TwoLayerNet,
    Variable,
    cross_entropy,
    gradient_descent,
    minibatches,
    numerical_derivative,
    numerical_gradient,
    relative_error,
    relu,
    sigmoid,
    sigmoid_cross_entropy,
    softmax,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    tanh,
)

N, D, H, C = 4, 3, 6, 5

NO_ARRAYS = {
    "ACTIVATIONS": "a table of functions that are each in this one",
    "Activation": "a row of that table",
    "History": "a record that train fills",
    "blobs": "makes data from numbers",
    "circles": "makes data from numbers",
    "digits": "reads data from a file",
    "lopsided": "reads data from a file",
    "moons": "makes data from numbers",
    "parse": "reads a text and takes numbers",
    "spirals": "makes data from numbers",
    "xor": "makes data from numbers",
    "zeros_and_nines": "reads data from a file",
}

# -- what an argument may be ------------------------------------------------------------------------------------------

LOWEST, LARGEST = -1.7e308, 1.7e308
EDGES = [LOWEST, -1e300, -1000, -1, -5e-324, 0, 5e-324, 1e-300, 1, 1000, 1e300, LARGEST, np.inf, -np.inf, np.nan]


@dataclass(frozen=True)
class Any:
    """Real numbers without a limit."""

    shape: tuple

    def draw(self, rng):
        return rng.normal(size=self.shape)

    def whole(self, rng):
        return rng.integers(-3, 4, size=self.shape)

    def edges(self, rng):
        return rng.choice(EDGES, size=self.shape)


class Answers(Any):
    """Yes, no and in between."""

    def draw(self, rng):
        return rng.uniform(size=self.shape)

    def whole(self, rng):
        return rng.integers(0, 2, size=self.shape)

    def edges(self, rng):
        return rng.choice([0, 5e-324, 1e-300, 0.5, 1], size=self.shape)


class Rows(Any):
    """Probabilities, each row with the sum 1."""

    def draw(self, rng):
        return (parts := rng.uniform(0.1, 1, size=self.shape)) / parts.sum(axis=-1, keepdims=True)

    def whole(self, rng):
        return np.eye(C, dtype=int)[rng.integers(0, C, size=self.shape[:-1])]

    def edges(self, rng):
        row = [[1, 0, 5e-324, 0, 0], [1, 0, 0, 1e-300, 1e-50], [np.nan, 1, 0, 0, 0], [np.inf, np.nan, 0, 0, 0]]
        return np.array(row)[rng.integers(0, len(row), size=self.shape[:-1])]


class Labels(Any):
    """Classes by number."""

    def draw(self, rng):
        return rng.integers(0, C, size=self.shape)

    whole = edges = draw


# -- the table --------------------------------------------------------------------------------------------------------


@dataclass
class Case:
    """One way to call something public: arguments go in, a tuple of all that is computed comes out."""

    name: str
    arguments: dict
    function: Callable = None
    make: Callable = None  # for what has forward and backward: the object, from its own arrays
    own: int = 0  # how many arguments go to make
    upstream: int = 0  # how many of the last arguments go to backward
    variant: str = ""
    empty: str = "answered"
    number: bool = False  # whether single numbers are welcome
    elementwise: bool = False

    def __call__(self, *values):
        if self.make is None:
            return together(self.function(*values))
        thing = self.make(*values[: self.own])
        out = together(thing.forward(*self.inputs(values)))
        return *out, *together(thing.backward(*self.douts(values))), *getattr(thing, "grads", [])

    def inputs(self, values):
        return values[self.own : len(values) - self.upstream]

    def douts(self, values):
        return values[len(values) - self.upstream :]

    def draw(self, seed=0):
        return self.each("draw", seed)

    def each(self, kind, seed=0):
        rng = np.random.default_rng(seed)
        return [getattr(argument, kind)(rng) for argument in self.arguments.values()]

    def resized(self, size):
        """The same case with arguments of other sizes."""
        changed = {name: type(value)(tuple(map(size, value.shape))) for name, value in self.arguments.items()}
        return Case(**{**vars(self), "arguments": changed})

    def shaped(self, shape):
        return Case(**{**vars(self), "arguments": {name: type(v)(shape) for name, v in self.arguments.items()}})


def together(result):
    return tuple(result) if isinstance(result, (tuple, list)) else (result,)


def elementwise(name, function, **more):
    return Case(name, {"x": Any((N, D))}, function, number=True, elementwise=True, **more)


def node(name, *arguments, make=None, douts=1, own=0, shape=(N, D), **more):
    """A node or layer whose gradients arrive in the shape of its output."""
    inputs = dict(arguments)
    inputs |= {f"dout_{i}": Any(shape) for i in range(douts)}
    return Case(name, inputs, make=make or getattr(nnlib, name), own=own, upstream=douts, **more)


def losses():
    labels, rows, one = {"t": Labels((N,))}, {"t": Rows((N, C))}, {"t": Labels(())}
    entropies = {"labels": (labels, (N, C)), "rows": (rows, (N, C)), "one sample": (one, (C,))}
    for name in ("cross_entropy", "softmax_cross_entropy"):
        first = {"cross_entropy": ("y", Rows), "softmax_cross_entropy": ("scores", Any)}[name]
        for variant, (target, shape) in entropies.items():
            for which in (name, f"{name}_gradient"):
                yield which, {first[0]: first[1](shape)} | target, variant
    for shape, variant in [((N, C), "batch"), ((C,), "one sample")]:
        for which in ("sigmoid_cross_entropy", "sigmoid_cross_entropy_gradient"):
            yield which, {"scores": Any(shape), "t": Answers(shape)}, variant
        for name in ("half_sum_squared_error", "sum_squared_error", "mean_squared_error"):
            for which in (name, f"{name}_gradient"):
                yield which, {"y": Any(shape), "t": Any(shape)}, variant


def loss_layer(name, target, variant=""):
    arguments = {"scores": Any((N, C)), "t": target}
    return Case(name, arguments, make=getattr(nnlib, name), empty="refused", variant=variant)


def sum_of_squares(x):
    with np.errstate(all="ignore"):
        return np.square(x).sum()


def square(x):
    with np.errstate(all="ignore"):
        return np.square(x)


def network(W, b, V, c):
    return Network([Affine(W, b), ReLU(), Affine(V, c)])


def network_case(name, function, **more):
    data = {"x": Any((N, D)), "t": Labels((N,))}
    params = {"W": Any((D, H)), "b": Any((H,)), "V": Any((H, C)), "c": Any((C,))}
    return Case(name, data | params, function, empty="refused", **more)


def all_of_network(x, t, *params):
    net = network(*params)
    return net.predict(x), net.loss(x, t), *net.gradient(x, t), net.accuracy(x, t)


def all_of_two_layers(x, t):
    net = TwoLayerNet(D, H, C, seed=0, dtype=np.float32 if getattr(x, "dtype", None) == np.float32 else np.float64)
    return net.predict(x), net.loss(x, t), *net.gradient(x, t), net.accuracy(x, t)


def trained(x, t, *params):
    net = network(*params)
    history = nnlib.train(net, x, t, 0.1, epochs=2, batch_size=3, validation=(x, t), rng=0, progress=False)
    return *net.params, *history.loss, *history.accuracy, *history.validation_loss, *history.validation_accuracy


def checked(x, t, *params):
    return [number for row in nnlib.check_gradients(network(*params), x, t) for number in row_numbers(row)]


def row_numbers(row):
    return row.relative_error, row.analytic, row.numerical


def checked_layer(x, dout):
    return [number for row in nnlib.check_layer(nnlib.Tanh(), x, dout) for number in row_numbers(row)]


class Recorded:
    """x y - e^-x as a graph, which is asked forward and backward as a node is."""

    def __init__(self):
        self.x, self.y = Variable(0, "x"), Variable(0, "y")
        self.graph = Graph(self.x * self.y - (-self.x).exp())

    def forward(self, x, y):
        self.x.value, self.y.value = x, y
        return self.graph.forward()

    def backward(self, dout):
        self.graph.backward(dout)
        return tuple(self.graph.gradients.values())


def one_step(param, grad):
    param = np.array(param) * 1.0  # changed in place, as it should be
    SGD(0.1).update([param], [grad])
    return param


X, W, B = ("x", Any((N, D))), ("W", Any((D, H))), ("b", Any((H,)))
SELF = {"number": True, "elementwise": True}

CASES = [
    *(elementwise(name, activation.function) for name, activation in ACTIVATIONS.items()),
    *(elementwise(f"{name}_derivative", activation.derivative) for name, activation in ACTIVATIONS.items()),
    Case("softmax", dict([X]), softmax),
    Case("maxout", {"x": Any((N, D)), "W": Any((2, D, H)), "b": Any((2, H))}, nnlib.maxout),
    *(Case(name, inputs, getattr(nnlib, name), variant=how, empty="refused") for name, inputs, how in losses()),
    elementwise("numerical_derivative", lambda x: numerical_derivative(square, x)),
    Case("numerical_gradient", dict([X]), lambda x: numerical_gradient(sum_of_squares, x), number=True),
    Case("relative_error", {"actual": Any((N, D)), "expected": Any((N, D))}, relative_error, number=True),
    Case("gradient_descent", dict([X]), lambda x: gradient_descent(sum_of_squares, x, steps=1), number=True),
    Case(
        "gradient_descent",
        dict([X]),
        lambda x: gradient_descent(sum_of_squares, x, steps=1, gradient=lambda x: x),
        variant="by formula",
        number=True,
    ),
    Case("measurements", {"pictures": Any((N, 64))}, nnlib.measurements, empty="refused"),
    Case("moved", {"pictures": Any((N, 64))}, lambda pictures: nnlib.moved(pictures, right=1, down=2), empty="refused"),
    Case("SGD", {"param": Any((N, D)), "grad": Any((N, D))}, one_step),
    node("Add", X, ("y", Any((N, D))), **SELF),
    node("Multiply", X, ("y", Any((N, D))), **SELF),
    node("Branch", X, douts=2, **SELF),
    node("Branch", X, douts=3, make=lambda: Branch(3), variant="3", **SELF),
    node("Negative", X, **SELF),
    node("Reciprocal", X, **SELF),
    node("Exp", X, **SELF),
    node("Log", X, **SELF),
    *(node("Power", X, make=lambda n=n: nnlib.Power(n), variant=f"{n}", **SELF) for n in (2, 0.5, -1)),
    *(node("Apply", X, make=lambda name=name: nnlib.Apply(name), variant=name, **SELF) for name in ("sigmoid", "elu")),
    node("Repeat", ("x", Any((1, D))), make=lambda: Repeat(2), shape=(2, D), empty="refused"),
    node("Sum", X, shape=(1, D), empty="refused"),
    node("Graph", X, ("y", Any((N, D))), make=Recorded, elementwise=True),
    elementwise("Variable", lambda x: Variable(x).value),
    node("MatMul", W, X, own=1, shape=(N, H), empty="refused"),
    node("Affine", W, B, X, own=2, shape=(N, H), empty="refused"),
    node("Affine", W, X, own=1, shape=(N, H), empty="refused", variant="without b"),
    *(node(layer, X, empty="refused") for layer in ("Sigmoid", "Tanh", "ReLU", "LeakyReLU", "ELU", "Identity", "Step")),
    loss_layer("SoftmaxWithLoss", Labels((N,)), "labels"),
    loss_layer("SoftmaxWithLoss", Rows((N, C)), "rows"),
    loss_layer("SigmoidWithLoss", Answers((N, C))),
    *(loss_layer(name, Any((N, C))) for name in ("HalfSumSquaredError", "SumSquaredError", "MeanSquaredError")),
    network_case("Network", all_of_network),
    Case("TwoLayerNet", {"x": Any((N, D)), "t": Labels((N,))}, all_of_two_layers, empty="refused"),
    network_case("check_gradients", checked),
    Case("check_layer", dict([X]) | {"dout": Any((N, D))}, checked_layer, empty="refused"),
    network_case("train", trained),
    Case(
        "minibatches",
        {"x": Any((N, D)), "t": Labels((N,))},
        lambda x, t: [part for pair in minibatches(x, t, 3, rng=0) for part in pair],
        empty="refused",
    ),
]


def every(cases=CASES):
    return pytest.mark.parametrize("case", cases, ids=[f"{case.name} {case.variant}".strip() for case in cases])


WITH_MEMORY = [case for case in CASES if case.make]


def test_every_public_name_is_in_the_table_or_takes_no_arrays():
    there = {case.name for case in CASES} | set(NO_ARRAYS)
    assert there == set(nnlib.__all__), "nnlib.__all__ and the rows of CASES and NO_ARRAYS above name the same"
    assert not {case.name for case in CASES} & set(NO_ARRAYS)
    assert len(set(nnlib.__all__)) == len(nnlib.__all__)


# -- what may go in ---------------------------------------------------------------------------------------------------


def floats(values, dtype=float):
    with np.errstate(all="ignore"):
        return [value.astype(dtype) if np.asarray(value).dtype.kind == "f" else value for value in values]


def same(actual, expected, rtol=0.0):
    assert len(actual) == len(expected)
    for one, other in zip(actual, expected, strict=True):
        assert np.asarray(one).dtype == np.asarray(other).dtype
        np.testing.assert_allclose(one, other, rtol=rtol, atol=rtol, strict=True)


@every()
def test_whole_numbers_and_lists_are_as_good_as_floats(case):
    whole = [np.asarray(value) for value in case.each("whole")]
    labels = [isinstance(argument, Labels) for argument in case.arguments.values()]

    def given_as(form):
        return [value if label else form(value) for value, label in zip(whole, labels, strict=True)]

    expected = case(*given_as(lambda value: value.astype(float)))
    for form in (np.asarray, lambda value: value.astype(np.int8), np.ndarray.tolist):
        same(case(*given_as(form)), expected)


@every([case for case in CASES if any(isinstance(argument, Labels) for argument in case.arguments.values())])
def test_labels_may_be_a_list_or_of_any_whole_type(case):
    values = case.draw()
    expected = case(*values)
    at = [isinstance(argument, Labels) for argument in case.arguments.values()].index(True)
    for labels in (np.asarray(values[at]).tolist(), np.uint8(values[at]), np.int16(values[at])):
        for one, other in zip(case(*values[:at], labels, *values[at + 1 :]), expected, strict=True):
            np.testing.assert_array_equal(one, other)


@every()
def test_float32_in_float32_out(case):
    roughly = {"numerical_derivative": 0.1, "numerical_gradient": 0.1, "gradient_descent": 0.1}.get(case.name, 1e-4)
    for out, like in zip(case(*floats(case.draw(), np.float32)), case(*case.draw()), strict=True):
        assert type(out) is float or out.dtype == (np.float32 if like.dtype.kind == "f" else like.dtype)
        assert out == pytest.approx(like, rel=roughly, abs=roughly, nan_ok=True)


@every([case for case in CASES if case.name != "SGD"])  # whose parameters stay what they are, in place
@pytest.mark.parametrize("dtype", [np.float16, ">f4", ">f8", np.longdouble])
def test_any_other_kind_of_float_becomes_float64(case, dtype):
    values = floats(case.draw(), np.float16)
    same(case(*floats(values, dtype)), case(*floats(values)))


@every([case for case in CASES if case.name.endswith(("_error", "_entropy", "_gradient", "Error", "Loss"))])
def test_the_first_argument_decides_the_type_of_a_loss_and_its_gradient(case):
    first, *others = case.draw()
    for out in case(first.astype(np.float32), *others):
        assert type(out) is float or out.dtype == np.float32
    for out in case(first, *floats(others, np.float32)):
        assert type(out) is float or out.dtype == np.float64


@every([case for case in CASES if case.empty == "answered"])
def test_nothing_in_nothing_out(case):
    full = case(*case.draw())
    for size in (N, D) if case.elementwise else (N,):
        empty = case.resized(lambda s, size=size: 0 if s == size else s)
        for out, like in zip(empty(*empty.draw()), full, strict=True):
            assert np.shape(out) == tuple(0 if s == size else s for s in np.shape(like))
            assert np.asarray(out).dtype == np.asarray(like).dtype


@every([case for case in CASES if case.empty == "refused"])
def test_an_empty_batch_is_refused_by_name(case):
    empty = case.resized(lambda s: 0 if s in (1, N) or case.variant == "one sample" else s)
    wanted = next(name for name in case.arguments if name in ("x", "y", "scores", "pictures"))
    values = [np.empty(argument.shape) for argument in empty.arguments.values()]
    with pytest.raises(ValueError, match=f"^{wanted} must "):
        empty(*values)


@every([case for case in CASES if case.number])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_number_gives_a_number(case, dtype):
    single = [dtype(value) for value in case.shaped(()).draw()]
    row = case(*(np.array([number]) for number in single))
    for values in (single, list(map(np.asarray, single))):
        for out, like in zip(case(*values), row, strict=True):
            assert np.shape(out) == np.shape(like)[:-1] and (np.shape(out) or not isinstance(out, np.ndarray))
            assert np.asarray(out).dtype == np.asarray(like).dtype
            assert np.ravel(out) == pytest.approx(np.ravel(like), rel=1e-6, nan_ok=True)


def strided(value):
    """Equal, but every second element of a larger array, and backwards."""
    value = np.asarray(value)
    for axis in range(value.ndim):
        value = np.flip(np.flip(value, axis).repeat(2, axis), axis)
        value = value[(slice(None),) * axis + (slice(None, None, 2),)]
    return value


def read_only(value):
    value = np.array(value)
    value.flags.writeable = False
    return value


@every()
def test_how_an_array_lies_in_memory_makes_no_difference(case):
    values = case.draw()
    for form in (strided, np.asfortranarray, read_only):
        given_as = [form(value) if np.ndim(value) else value for value in values]
        same(case(*given_as), case(*values), rtol=1e-9)


# -- huge, tiny, infinite, not a number -------------------------------------------------------------------------------


@every()
@pytest.mark.parametrize("dtype", [np.float64, np.float32, "first float32"])
def test_nothing_warns_and_nothing_raises_at_any_edge(case, dtype):
    rounds = 3 if case.name.startswith("check") else 20
    for seed in range(rounds):
        values = case.each("edges", seed)
        if dtype == "first float32":
            values[:1] = floats(values[:1], np.float32)
        else:
            values = floats(values, dtype)
        with np.errstate(all="raise"):
            case(*values)


@every()
def test_one_argument_full_of_one_huge_or_tiny_value_is_no_trouble(case):
    for i, argument in enumerate(case.arguments.values()):
        for value in (1e300, LARGEST, LOWEST, np.inf, -np.inf, np.nan, 5e-324):
            values = case.draw()
            if type(argument) is Any:
                values[i] = np.full(argument.shape, value)
                with np.errstate(all="raise"):
                    case(*values)


def loss_of_scores_far_off():
    last = nnlib.SumSquaredError()
    last.forward(np.full((N, C), 1e10), np.zeros((N, C)))
    return last.backward(1e305)


def check_of_gradients_too_large_for_a_float():
    net = Network([Affine(np.full((D, C), 0.002))], loss=nnlib.SumSquaredError())
    return nnlib.check_gradients(net, np.full((N, D), 1e155), np.zeros((N, C)))


@pytest.mark.parametrize(
    "call",
    [
        loss_of_scores_far_off,
        check_of_gradients_too_large_for_a_float,
        lambda: numerical_gradient(sum_of_squares, np.ones(D, np.float32), eps=1e300),
        lambda: numerical_gradient(sum_of_squares, np.full(D, LARGEST), eps=1e308),
        lambda: TwoLayerNet(D, H, C, weight_scale=1e308, seed=0),
        lambda: TwoLayerNet(D, H, C, weight_scale=1e300, seed=0, dtype=np.float32),
        lambda: nnlib.spirals(9, turns=1e308),
        lambda: nnlib.blobs(99, noise=LARGEST),
    ],
    ids=["dout", "check", "float32 eps", "eps", "weight_scale", "float32 weight_scale", "turns", "noise"],
)
def test_huge_settings_warn_no_more_than_huge_data(call):
    with np.errstate(all="raise"):
        call()


@every()
def test_nan_in_nan_out(case):
    for i, argument in enumerate(case.arguments.values()):
        if isinstance(argument, Labels):
            continue
        values = case.draw()
        values[i] = np.zeros(argument.shape) if type(argument) is Any else values[i]
        values[i][(0,) * len(argument.shape)] = np.nan
        outputs = case(*values)
        assert any(np.isnan(out).any() for out in outputs), f"NaN in argument {i}"
        if case.elementwise:
            for out, without in zip(outputs, case(*(np.nan_to_num(value, nan=0.5) for value in values)), strict=True):
                assert np.array_equal(np.ravel(out)[1:], np.ravel(without)[1:], equal_nan=True)
        if i == case.own and not case.name.startswith("gradient"):
            assert np.isnan(outputs[0]).any(), "the value itself"


def test_nan_against_zero_is_no_agreement():
    for actual, expected in [([0.0], [np.nan]), ([np.nan], [0.0]), ([0.0, 0.0], [np.nan, 0.0])]:
        assert np.isnan(relative_error(actual, expected))


def test_a_sample_with_nan_is_never_counted_as_right():
    net = Network([nnlib.Identity()])
    assert net.accuracy([[np.nan, 1, 2], [0, 0, 1]], [2, 2]) == 0.5
    assert net.accuracy([[np.nan, 1, 2], [0, 0, 1]], [0, 2]) == 0.5
    assert net.accuracy([[2, 1, 0], [0, 0, 1]], [[np.nan, 1, 0], [0, 0, 1]]) == 0.5


# -- whose memory is whose --------------------------------------------------------------------------------------------


@every()
def test_what_goes_in_is_not_changed(case):
    values = [np.array(value) for value in case.draw()]
    before = [value.tobytes() for value in values]
    case(*values)
    assert [value.tobytes() for value in values] == before


@every()
def test_outputs_share_no_memory_with_inputs_or_with_each_other(case):
    values = [np.array(value) for value in case.draw()]
    outputs = [out for out in case(*values) if isinstance(out, np.ndarray)]
    assert all(out.flags.writeable for out in outputs)
    for one, other in [*combinations(outputs, 2), *((out, value) for out in outputs for value in values)]:
        assert not np.shares_memory(one, other)


def scribble(values):
    for value in values:
        if isinstance(value, np.ndarray):
            value[...] = 0 if value.dtype.kind == "i" else 77.5


@every(WITH_MEMORY)
def test_scribbling_between_forward_and_backward_changes_no_gradient(case):
    expected = case(*case.draw())
    values, douts = [np.array(value) for value in case.draw()], case.douts(case.draw())
    thing = case.make(*values[: case.own])
    out = together(thing.forward(*case.inputs(values)))
    answers = len(out)
    scribble([*values, *out])
    for _ in range(2):
        given = [dout.copy() for dout in douts]
        back = together(thing.backward(*given))
        same((*back, *getattr(thing, "grads", [])), expected[answers:])
        scribble([*given, *back])


@every(WITH_MEMORY)
def test_two_objects_of_one_class_remember_apart(case):
    values, others = case.draw(0), case.draw(1)
    one, other = case.make(*values[: case.own]), case.make(*others[: case.own])
    answers = len(together(one.forward(*case.inputs(values))))
    other.forward(*case.inputs(others))
    other.backward(*case.douts(others))
    back = together(one.backward(*case.douts(values)))
    same((*back, *getattr(one, "grads", [])), case(*values)[answers:])


@every(WITH_MEMORY)
def test_the_latest_forward_counts_and_gradients_do_not_pile_up(case):
    values, others = case.draw(0), case.draw(1)
    thing = case.make(*values[: case.own])
    thing.forward(*case.inputs(others))
    thing.backward(*case.douts(others))
    answers = len(together(thing.forward(*case.inputs(values))))
    back = together(thing.backward(*case.douts(values)))
    same((*back, *getattr(thing, "grads", [])), case(*values)[answers:])


@every([case for case in WITH_MEMORY if hasattr(case.make(*case.draw()[: case.own]), "grads")])
def test_a_gradient_list_held_by_an_optimiser_sees_every_new_gradient(case):
    values = case.draw()
    thing = case.make(*values[: case.own])
    params, grads = thing.params, thing.grads
    inside = list(grads)
    thing.forward(*case.inputs(values))
    thing.backward(*case.douts(values))
    assert thing.params is params and thing.grads is grads
    assert all(grad is held for grad, held in zip(thing.grads, inside, strict=True))
    assert [grad.shape for grad in grads] == [param.shape for param in params]
    assert all(grad.any() for grad in grads)


def test_scribbling_on_data_and_scores_changes_no_gradient_of_a_network():
    x, t, *params = next(case for case in CASES if case.name == "Network").draw()
    expected = [grad.copy() for grad in network(*params).gradient(x, t)]
    net = network(*params)
    scribbled = [x.copy(), t.copy(), *(param.copy() for param in params)]
    net.loss(*scribbled[:2])
    scribble(scribbled)
    net.backward()
    same(net.grads, expected)


def test_a_gradient_written_over_its_own_argument_does_not_bend_the_path():
    def in_place(x):
        x *= 2
        return x

    start = np.array([1.0, -3.0])
    path = gradient_descent(sum_of_squares, start, learning_rate=0.25, steps=3, gradient=in_place)
    assert path == pytest.approx(np.outer([1, 1 / 2, 1 / 4, 1 / 8], [1, -3]))


# -- the state of the world -------------------------------------------------------------------------------------------


def world():
    return repr((np.random.get_state(legacy=False), random.getstate(), np.geterr(), np.get_printoptions()))


@every()
def test_no_call_touches_global_state(case):
    values = case.draw()
    with np.errstate(over="raise", under="warn"):
        before = world()
        case(*values)
        assert world() == before


@pytest.mark.parametrize("make", [nnlib.blobs, nnlib.circles, nnlib.moons, nnlib.spirals, nnlib.xor])
def test_data_are_made_without_global_randomness(make):
    before = world()
    x, t = make(9, seed=3)
    again, t_again = make(9, seed=3)
    make(9, seed=None)
    assert world() == before
    assert (x == again).all() and (t == t_again).all() and not np.shares_memory(x, again)


# -- laws -------------------------------------------------------------------------------------------------------------

law = settings(max_examples=50, deadline=None, derandomize=True)


def numbers(*shape, most=1e3):
    return arrays(float, shape, elements=st.floats(-most, most, allow_subnormal=False))


@law
@given(numbers(N, C), st.floats(-1e3, 1e3))
def test_softmax_sums_to_one_and_ignores_a_shift(x, shift):
    assert softmax(x).sum(axis=1) == pytest.approx(np.ones(N), rel=1e-12)
    assert softmax(x + shift) == pytest.approx(softmax(x), rel=1e-9, abs=1e-12)


@law
@given(numbers(N, D), numbers(1, D))
def test_sum_and_repeat_are_each_others_adjoint(x, y):
    total, repeat = Sum(), Repeat(N)
    assert (total.forward(x) * y).sum() == pytest.approx((x * repeat.forward(y)).sum(), rel=1e-9, abs=1e-6)
    assert (total.backward(y) == repeat.forward(y)).all()
    assert (repeat.backward(x) == total.forward(x)).all()


@law
@given(numbers(N, D), numbers(N, D))
def test_branch_and_add_are_each_others_adjoint(x, y):
    branch, add = Branch(), Add()
    assert all((copy == x).all() for copy in branch.forward(x))
    assert (add.forward(x, y) == branch.backward(x, y)).all()
    assert all((one == other).all() for one, other in zip(add.backward(x), branch.forward(x), strict=True))
    assert (add.forward(*branch.forward(x)) == 2 * x).all()


@law
@given(numbers(N, D), numbers(D, H), numbers(N, H))
def test_a_matrix_product_and_its_gradients_are_adjoint(x, W, dout):
    product = MatMul(W)
    value = (product.forward(x) * dout).sum()
    scale = 1e-9 * max(1, (np.abs(x) @ np.abs(W) * np.abs(dout)).sum())
    assert (x * product.backward(dout)).sum() == pytest.approx(value, abs=scale)
    assert (W * product.grads[0]).sum() == pytest.approx(value, abs=scale)


@law
@given(numbers(N, D), numbers(N, D), numbers(N, D))
def test_a_product_does_not_mind_the_order(x, y, dout):
    one, other = Multiply(), Multiply()
    assert (one.forward(x, y) == other.forward(y, x)).all()
    (dx, dy), (dy_too, dx_too) = one.backward(dout), other.backward(dout)
    assert (dx == dx_too).all() and (dy == dy_too).all() and (dx == dout * y).all()


labels = arrays(int, N, elements=st.integers(0, C - 1))


@law
@given(numbers(N, C, most=15), labels)
def test_cross_entropy_of_softmax_is_softmax_cross_entropy(scores, t):
    assert softmax_cross_entropy(scores, t) == pytest.approx(cross_entropy(softmax(scores), t), rel=1e-9, abs=1e-12)


@law
@given(numbers(N, C), labels)
def test_each_row_of_the_gradient_of_softmax_cross_entropy_sums_to_zero(scores, t):
    assert softmax_cross_entropy_gradient(scores, t).sum(axis=1) == pytest.approx(np.zeros(N), abs=1e-12)


@law
@given(numbers(N, C), labels)
def test_labels_are_short_for_one_hot_rows(scores, t):
    rows, y = np.eye(C)[t], softmax(scores)
    assert softmax_cross_entropy(scores, t) == softmax_cross_entropy(scores, rows)
    assert (softmax_cross_entropy_gradient(scores, t) == softmax_cross_entropy_gradient(scores, rows)).all()
    assert cross_entropy(y, t) == cross_entropy(y, rows)
    assert (nnlib.cross_entropy_gradient(y, t) == nnlib.cross_entropy_gradient(y, rows)).all()


@law
@given(numbers(N, C), labels)
def test_the_loss_of_a_batch_is_the_mean_over_its_samples(scores, t):
    alone = [softmax_cross_entropy(row, label) for row, label in zip(scores, t, strict=True)]
    assert softmax_cross_entropy(scores, t) == pytest.approx(np.mean(alone), rel=1e-12)


@law
@given(numbers(N))
def test_yes_or_no_is_a_choice_of_two_classes(scores):
    yes = softmax_cross_entropy(np.column_stack([scores, 0 * scores]), np.zeros(N, int))
    column = scores[:, np.newaxis]
    assert sigmoid_cross_entropy(column, np.ones((N, 1))) == pytest.approx(yes, rel=1e-9, abs=1e-12)


@law
@given(numbers(N, D), numbers(N, D), st.floats(1e-150, 1e150), st.booleans())
def test_relative_error_is_symmetric_and_ignores_the_scale(actual, expected, scale, negative):
    error = relative_error(actual, expected)
    scale = -scale if negative else scale
    actual_1, expected_1 = np.round(actual, 3), np.round(expected, 3)
    assert 0 <= error <= 2
    assert relative_error(expected, actual) == error
    assert relative_error(scale * actual_1, scale * expected_1) == pytest.approx(
        relative_error(actual_1, expected_1), rel=1e-6, abs=1e-12
    )
    assert relative_error(actual, actual) == 0


@law
@given(st.integers(1, 30), st.integers(1, 35), st.integers(0, 2**32))
def test_minibatches_hand_out_every_sample_exactly_once(n, batch_size, seed):
    x, t = np.arange(2.0 * n).reshape(n, 2), np.arange(n)
    pairs = list(minibatches(x, t, batch_size, seed))
    assert sorted(label for _, part in pairs for label in part) == list(range(n))
    assert all((x_part == x[t_part]).all() for x_part, t_part in pairs)
    whole, rest = divmod(n, batch_size)
    assert [len(part) for _, part in pairs] == [batch_size] * whole + [rest] * (rest > 0)


@law
@given(numbers(N, D))
def test_mirrors_of_the_activation_functions(x):
    assert sigmoid(-x) == pytest.approx(1 - sigmoid(x), abs=1e-15)
    assert (tanh(-x) == -tanh(x)).all()
    assert (relu(x) - relu(-x) == x).all()
    assert tanh(x) == pytest.approx(2 * sigmoid(2 * x) - 1, abs=1e-14)


@law
@given(numbers(D, D, most=10), numbers(D, most=10), numbers(D, most=10))
def test_nudging_a_quadratic_form_gives_its_exact_gradient(A, b, x):
    exact = (A + A.T) @ x + b
    assert numerical_gradient(lambda x: x @ A @ x + b @ x, x, eps=0.5) == pytest.approx(exact, abs=1e-9)
    before = x.tobytes()
    numerical_gradient(lambda x: x @ A @ x + b @ x, x)
    assert x.tobytes() == before


@law
@given(numbers(D, most=10), st.floats(0, 1), st.integers(0, 9))
def test_in_a_round_bowl_each_step_shrinks_the_distance_by_one_factor(start, learning_rate, steps):
    path = gradient_descent(sum_of_squares, start, learning_rate, steps, gradient=lambda x: 2 * x)
    factors = (1 - 2 * learning_rate) ** np.arange(steps + 1)
    assert path == pytest.approx(np.outer(factors, start), abs=1e-9)
