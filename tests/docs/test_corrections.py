"""The page of corrections: it is whole, its lessons and tests are there; and the tests of what a number can show.

Each test shows both sides: that what is often said fails, and that what we say holds.
"""

import re

import numpy as np
import pytest
from lesson_reader import LESSONS, lessons_linked, names_of_tests, tables, written

from nnlib import (
    SGD,
    Affine,
    MatMul,
    Network,
    ReLU,
    Sigmoid,
    SigmoidWithLoss,
    SumSquaredError,
    TwoLayerNet,
    blobs,
    cross_entropy,
    gradient_descent,
    half_sum_squared_error,
    half_sum_squared_error_gradient,
    mean_squared_error,
    mean_squared_error_gradient,
    numerical_derivative,
    numerical_gradient,
    relative_error,
    relu_derivative,
    sigmoid,
    softmax,
    softmax_cross_entropy,
    step,
    sum_squared_error,
    sum_squared_error_gradient,
    train,
)

N, D, H, C = 4, 3, 6, 5
ANGLES = np.radians(np.arange(360))
AROUND = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])  # steps of length 1 in every direction


def bowl(x):
    return np.square(x).sum()


def valley(x):
    return x[0] ** 2 / 20 + x[1] ** 2


def saddle(x):
    return x[0] ** 2 - x[1] ** 2


def random(*shapes):
    rng = np.random.default_rng(0)
    return [rng.normal(size=shape) for shape in shapes]


def direction(x):
    return x / np.linalg.norm(x)


# -- the page ---------------------------------------------------------------------------------------------------------

(ROWS,) = tables("corrections")
IDS = """
    C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29
""".split()


def test_every_correction_has_one_row_in_the_order_of_the_lessons():
    assert sorted((row[0] for row in ROWS), key=lambda name: int(name[1:])) == IDS
    links = [lessons_linked(row[3]) for row in ROWS]
    assert links == sorted(links, key=lambda stems: stems[0])
    assert all(stems == sorted(set(stems)) for stems in links)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_row_names_a_test_that_exists(row):
    name = row[4].strip("`")
    assert row[4] == f"`{name}`" and name.startswith(f"test_{row[0].lower()}_") and names_of_tests()[name] == 1, name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_row_says_both_sides_in_sentences(row):
    for side in row[1:3]:
        assert re.fullmatch(r"[A-Z0-9$`σ-].*\.", side), side


@pytest.mark.parametrize("stem", LESSONS)
def test_a_lesson_speaks_of_the_rows_that_link_it_and_of_no_others(stem):
    linking = {row[0] for row in ROWS if stem in lessons_linked(row[3])}
    marks = set(re.findall(r"\bC\d+\b", written(stem)))
    box = re.search(r"<summary>If you've read other books</summary>(.+?)</details>", written(stem), re.S)
    if box:  # an item for each, without a mark
        assert not marks and len(re.findall("^- ", box[1], re.M)) == len(linking)
    else:
        assert marks == linking


# -- units and layers -------------------------------------------------------------------------------------------------


def test_c4_w_i_j_joins_input_i_to_unit_j():
    (x,) = random((N, D))
    W = np.zeros((D, H))
    W[1, 4] = 2
    a = Affine(W).forward(x)
    assert a[:, 4] == pytest.approx(2 * x[:, 1])
    assert np.count_nonzero(a) == N, "no other unit hears of input 1"
    to_from = np.zeros((H, D))
    to_from[4, 1] = 2  # "to 4 from 1"
    assert (to_from == W.T).all() and (to_from @ x.T).T == pytest.approx(a)


def test_c5_rows_and_columns_give_the_same_numbers_transposed():
    x, W, square = random((N, D), (D, H), (D, D))
    assert Affine(W).forward(x).T == pytest.approx(W.T @ x.T)
    with pytest.raises(ValueError, match="mismatch"):
        W @ x
    assert relative_error(square @ x[0], x[0] @ square) > 0.5, "where both fit, x W and W x are not the same"
    assert square.T @ x[0] == pytest.approx(x[0] @ square)


def test_c7_a_matrix_product_is_not_elementwise():
    X, W, A = random((N, D), (D, H), (D, D))
    with pytest.raises(ValueError, match="broadcast"):
        X * W
    by_hand = [[sum(X[n, d] * W[d, h] for d in range(D)) for h in range(H)] for n in range(N)]
    assert MatMul(W).forward(X) == pytest.approx(np.array(by_hand))
    assert np.square(A) == pytest.approx(A * A)
    assert relative_error(np.square(A), A @ A) > 0.5


def test_c17_the_step_function_gives_0_or_1_and_sgn_gives_minus_1_0_or_1():
    assert np.sign([-2.0, 0.0, 3.0]).tolist() == [-1, 0, 1]
    assert step([-2.0, 0.0, 3.0]).tolist() == [0, 0, 1]


def test_c20_perceptron_and_logistic_regression_find_different_lines():
    x, t = blobs(60, seed=1)
    samples = np.column_stack([x, np.ones(60)])  # the last weight is the bias

    def perceptron(order):
        line = np.zeros(3)
        for i in order * 5:
            line += (t[i] - step(samples[i] @ line)) * samples[i]
        return line

    forth, back = perceptron([*range(60)]), perceptron([*range(59, -1, -1)])
    logistic = Network([Affine(np.zeros((3, 1)))], SigmoidWithLoss())
    train(logistic, samples, t[:, None], learning_rate=1, epochs=50, batch_size=60, progress=False)
    lines = [direction(line) for line in (forth, back, logistic.params[0][:, 0])]
    assert all(((samples @ line > 0) == t).all() for line in lines), "the same kind of boundary: each parts the classes"
    turned = np.degrees(np.arccos([lines[0] @ lines[1], lines[0] @ lines[2]]))
    assert (turned > 5).all(), "the perceptron's line hangs on the order of the samples, and is another one"

    assert not (t - step(samples @ forth)).any(), "the perceptron has nothing left to learn"
    assert np.abs(logistic.gradient(samples, t[:, None])[0]).max() > 1e-3, "logistic regression has"
    y = sigmoid(logistic.predict(samples))
    assert ((y > 0.001) & (y < 0.999)).all(), "a probability, not 0 or 1"


# -- losses -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loss", "gradient", "factor"),
    [
        (half_sum_squared_error, half_sum_squared_error_gradient, 1),
        (sum_squared_error, sum_squared_error_gradient, 2),
        (mean_squared_error, mean_squared_error_gradient, 2 / (N * C)),
    ],
    ids=["half sum", "sum", "mean"],
)
def test_c3_half_sum_sum_and_mean_need_different_learning_rates(loss, gradient, factor):
    y, t = random((N, C), (N, C))
    assert gradient(y, t) == pytest.approx(factor * (y - t))
    assert gradient(y, t) == pytest.approx(numerical_gradient(lambda y: loss(y, t), y), rel=1e-6)

    def end(learning_rate):
        return gradient_descent(lambda y: loss(y, t), y, learning_rate, steps=30, gradient=lambda y: gradient(y, t))[-1]

    assert end(1 / factor) == pytest.approx(t), "1 for the half, 0.5 for the sum, 10 for the mean"
    assert np.abs(end(2.5 / factor) - t).max() > 1e5, "and 2.5 times as much explodes"
    assert (end(1) == pytest.approx(t)) == (factor == 1), "one learning rate does not fit all three"


def test_c12_dividing_by_n_is_a_mean_and_regularises_nothing():
    (scores,) = random((N, C))
    labels = np.array([1, 4, 0, 2])
    one_by_one = [softmax_cross_entropy(scores[n], labels[n]) for n in range(N)]
    assert softmax_cross_entropy(scores, labels) == pytest.approx(sum(one_by_one) / N)
    twice = softmax_cross_entropy(np.tile(scores, (2, 1)), np.tile(labels, 2))
    assert twice == pytest.approx(sum(one_by_one) / N), "the sum would be twice as large"

    t = np.array([1.0, 2.0, 3.0, 6.0])
    by_sum = gradient_descent(lambda w: np.square(w - t).sum(), 0.0, learning_rate=0.1)
    by_mean = gradient_descent(lambda w: np.square(w - t).mean(), 0.0, learning_rate=0.1)
    regularised = gradient_descent(lambda w: np.square(w - t).mean() + w**2, 0.0, learning_rate=0.1)
    assert [by_sum[-1], by_mean[-1], regularised[-1]] == pytest.approx([3, 3, 1.5])


def test_c14_the_log_of_a_softmax_as_written_is_infinite_and_ours_is_right():
    scores = np.array([1010.0, 1000.0, 0.0])
    with np.errstate(divide="ignore"):
        assert -np.log(softmax(scores)[2]) == np.inf
    assert softmax_cross_entropy(scores, 2) == pytest.approx(1010 + np.log1p(np.exp(-10)), rel=1e-12)
    assert softmax_cross_entropy(scores, 0) == pytest.approx(np.log1p(np.exp(-10)), rel=1e-9)
    assert 700 < cross_entropy(softmax(scores), 2) < 710, "from probabilities: large, and finite"


def test_c25_a_small_number_inside_the_log_caps_the_loss_at_16():
    scores = np.array([0.0, 10_000.0])
    assert -np.log(softmax(scores)[0] + 1e-7) == pytest.approx(16.1, abs=0.05)
    assert softmax_cross_entropy(scores, 0) == 10_000
    assert -np.log(softmax(scores)[1] + 1e-7) < 0, "and a loss below 0 for what is right"
    assert softmax_cross_entropy(scores, 1) == 0


def test_c26_a_column_against_a_row_broadcasts_to_a_wrong_loss():
    (t,) = random(N)
    y = t[:, np.newaxis]  # all of them right
    assert (y - t).shape == (N, N)
    assert np.square(y - t).mean() > 0.1, "and 0 is right"
    assert mean_squared_error(y, t[:, np.newaxis]) == 0
    for loss in (half_sum_squared_error, sum_squared_error, mean_squared_error):
        with pytest.raises(ValueError, match=r"t must have shape \(4, 1\), got \(4,\)"):
            loss(y, t)


# -- gradients --------------------------------------------------------------------------------------------------------


def test_c1_the_gradient_points_uphill_and_its_negative_down():
    here = np.array([3.0, 4.0])
    gradient = numerical_gradient(valley, here)
    heights = [valley(here + 0.001 * away) for away in AROUND]
    within_a_degree = np.cos(np.radians(1))
    assert AROUND[np.argmax(heights)] @ direction(gradient) > within_a_degree
    assert AROUND[np.argmin(heights)] @ direction(-gradient) > within_a_degree
    assert valley(here + 0.1 * gradient) > valley(here) > valley(here - 0.1 * gradient)
    assert (np.diff([valley(x) for x in gradient_descent(valley, here)]) < 0).all()


def test_c2_arrows_point_at_the_minimum_only_if_the_bowl_is_round():
    for here in np.random.default_rng(0).uniform(-3, 3, size=(10, 2)):
        assert -numerical_gradient(bowl, here) == pytest.approx(-2 * here), "at the minimum, longer when farther"

    here = np.array([10.0, 1.0])
    arrow = -numerical_gradient(valley, here)
    assert arrow == pytest.approx([-1, -2])
    assert direction(arrow) @ direction(-here) < np.cos(np.radians(55)), "more than 55 degrees off"
    far, near = (np.linalg.norm(numerical_gradient(valley, place)) for place in ([10, 0], [0, 1]))
    assert [far, near] == pytest.approx([1, 2]), "farther, and shorter"

    for r, length in ((1, 0.736), (2, 0.073)):  # 1 - e^-r^2: still at the minimum, and shorter when farther
        arrow = -numerical_gradient(lambda x: 1 - np.exp(-bowl(x)), np.array([0.6, 0.8]) * r)
        assert direction(arrow) == pytest.approx([-0.6, -0.8]) and np.linalg.norm(arrow) == pytest.approx(
            length, abs=5e-4
        )


@pytest.mark.parametrize(
    ("f", "lowest", "highest"),
    [
        (bowl, 0.01, 0.01),  # a minimum: every step goes up
        (lambda x: -bowl(x), -0.01, -0.01),  # a maximum
        (saddle, -0.01, 0.01),
        (lambda x: max(bowl(x) - 1, 0), 0, 0),  # a plateau
    ],
    ids=["minimum", "maximum", "saddle", "plateau"],
)
def test_c10_a_derivative_of_0_means_no_change_to_first_order_only(f, lowest, highest):
    assert numerical_gradient(f, np.zeros(2)) == pytest.approx([0, 0], abs=1e-12)
    for length in (1, 0.1):  # of the steps, in tenths
        change = [f(0.1 * length * away) - f(np.zeros(2)) for away in AROUND]
        assert [min(change), max(change)] == pytest.approx([length**2 * lowest, length**2 * highest])


def test_c22_central_differences_are_closer_and_a_nudge_can_be_too_small():
    def f(x):
        return 0.01 * x**2 + 0.1 * x  # its slope at 5 is 0.2

    h = 1e-4
    assert f"{(f(5 + h) - f(5)) / h:.7f}" == "0.2000010"
    assert f"{numerical_derivative(f, 5):.7f}" == f"{(f(5 + h) - f(5 - h)) / (2 * h):.7f}" == "0.2000000"
    assert (f(5 + 1e-50) - f(5)) / 1e-50 == numerical_derivative(f, 5, eps=1e-50) == 0.0


def test_c23_integers_swallow_the_nudge_of_well_known_code_but_not_of_ours():
    def as_often_written(f, x, h=1e-4):
        gradient = np.zeros_like(x)
        for i in range(x.size):
            before = x[i]
            x[i] = before + h
            above = f(x)
            x[i] = before - h
            below = f(x)
            gradient[i] = (above - below) / (2 * h)
            x[i] = before
        return gradient

    assert as_often_written(bowl, np.array([3.0, 4.0])) == pytest.approx([6, 8])
    assert as_often_written(bowl, np.array([3, 4])).tolist() == [25000, 35000]
    assert numerical_gradient(bowl, np.array([3, 4])) == pytest.approx([6, 8])


# -- gradient descent -------------------------------------------------------------------------------------------------


def test_c13_the_step_is_the_learning_rate_times_the_gradient():
    path = gradient_descent(bowl, [-3.0, 4.0], learning_rate=0.1, steps=3, gradient=lambda x: 2 * x)
    lengths = np.linalg.norm(np.diff(path, axis=0), axis=1)
    assert lengths == pytest.approx([1, 0.8, 0.64]), "one learning rate, three amounts, and none is 0.1"
    W, dW = random((D, H), (D, H))
    after = W.copy()
    SGD(0.1).update([after], [dW])
    assert W - after == pytest.approx(0.1 * dW)


@pytest.mark.parametrize(
    ("f", "start", "lower"),
    [
        (lambda x: x**4 - 2 * x**2 + 0.5 * x, 1.5, -1.0),  # two minima, and the path ends in the higher one
        (saddle, [1.0, 0.0], [0.0, 1.0]),
        (lambda x: sigmoid(10 * x), 2.0, -2.0),  # a plateau: it never got away from the start
    ],
    ids=["another minimum", "saddle", "plateau"],
)
def test_c19_a_gradient_near_0_may_be_a_saddle_or_a_plateau(f, start, lower):
    end = gradient_descent(f, start, learning_rate=0.1, steps=100)[-1]
    assert np.abs(numerical_gradient(f, end)).max() < 1e-7
    assert f(np.array(lower)) < f(end) - 0.9


def test_c28_an_exploding_path_stops_when_the_nudge_is_rounded_away():
    start = np.array([-3.0, 4.0])
    nudged = gradient_descent(bowl, start, learning_rate=10, steps=100)
    assert nudged[-1] == pytest.approx([-2.58983747e13, -1.29524862e12])
    assert (nudged[-1] + 1e-4 == nudged[-1]).all() and (nudged[10:] == nudged[-1]).all(), "stuck since the tenth step"
    exact = gradient_descent(bowl, start, learning_rate=10, steps=100, gradient=lambda x: 2 * x)
    assert exact == pytest.approx(start * (-19.0) ** np.arange(101)[:, np.newaxis], rel=1e-12)
    assert exact[-1, 1] > 1e128


# -- backpropagation --------------------------------------------------------------------------------------------------


def test_c15_equals_rebinds_the_slot_and_ellipsis_writes_into_it():
    (dW,) = random((D, H))
    grads = [np.zeros((D, H))]
    held = grads[0]
    grads[0] = dW
    assert grads[0] is dW and not held.any(), "nothing was copied, and who held the old array sees nothing"
    grads = [held]
    grads[0][...] = dW
    assert grads[0] is held and (held == dW).all() and not np.shares_memory(held, dW)

    W, x, dout = random((D, H), (N, D), (N, H))
    layer = Affine(W)
    (held,) = layer.grads
    layer.forward(x)
    layer.backward(dout)
    assert layer.grads[0] is held and held == pytest.approx(x.T @ dout)


def test_c16_a_square_w_and_its_transpose_both_fit_so_check_numbers():
    x, W, dout = random((N, D), (D, D), (N, D))
    layer = Affine(W)
    layer.forward(x)
    dx = layer.backward(dout)
    by_nudging = numerical_gradient(lambda x: (dout * (x @ W)).sum(), x)
    assert dx.shape == (dout @ W).shape
    assert relative_error(dx, by_nudging) < 1e-8
    assert relative_error(dout @ W, by_nudging) > 0.5


def test_c24_relu_backward_leaves_the_callers_array_alone():
    x = np.array([[-1.0, 0.0, 2.0]])

    def as_often_written(dout):
        dout[x <= 0] = 0
        return dout

    dout = np.array([[5.0, 6.0, 7.0]])
    as_often_written(dout)
    assert dout.tolist() == [[0, 0, 7]], "the caller's array"

    dout, layer = np.array([[5.0, 6.0, 7.0]]), ReLU()
    layer.forward(x)
    assert layer.backward(dout).tolist() == [[0, 0, 7]]
    assert dout.tolist() == [[5, 6, 7]]
    also_often_written = np.zeros_like(x)
    also_often_written[x >= 0] = 1
    assert also_often_written.tolist() == [[0, 1, 1]], "1 at 0, where the layer has 0"
    assert relu_derivative(x).tolist() == layer.backward(np.ones((1, 3))).tolist() == [[0, 0, 1]]


# -- training ---------------------------------------------------------------------------------------------------------


def test_c18_twenty_steps_at_1e_4_hardly_change_the_loss():
    x, t, W1, W2 = random((2000, 3, 3), (2000, 3, 1), (2000, 3, 2), (2000, 2, 1))  # 2,000 networks at once

    def after_20_steps(learning_rate):
        V1, V2 = W1, W2
        with np.errstate(all="ignore"):
            for _ in range(20):
                z = sigmoid(x @ V1)
                dy = 2 * (z @ V2 - t)
                dV1, dV2 = x.mT @ (dy @ V2.mT * z * (1 - z)), z.mT @ dy
                V1, V2 = V1 - learning_rate * dV1, V2 - learning_rate * dV2
            return np.square(sigmoid(x @ V1) @ V2 - t).sum(axis=(1, 2))

    before = np.square(sigmoid(x @ W1) @ W2 - t).sum(axis=(1, 2))
    decrease = {rate: 1 - after_20_steps(rate) / before for rate in (1e-4, 0.1, 1)}
    assert np.median(decrease[1e-4]) == pytest.approx(0.007, abs=0.001)
    assert np.median(decrease[0.1]) == pytest.approx(0.85, abs=0.02)
    assert 1 - (decrease[1] >= 0).mean() == pytest.approx(0.5, abs=0.05), "half of them end higher"

    network = Network([Affine(W1[0]), Sigmoid(), Affine(W2[0])], SumSquaredError())
    for _ in range(20):
        SGD(0.1).update(network.params, network.gradient(x[0], t[0]))
    assert network.loss(x[0], t[0]) == pytest.approx(after_20_steps(0.1)[0])


def test_c21_a_line_without_a_bias_goes_through_the_origin():
    x, t = blobs(60, seed=0)

    def accuracy(*bias):
        network = Network([Affine(np.zeros((2, 1)), *bias)], SigmoidWithLoss())
        train(network, x + 2, t[:, None], learning_rate=1, epochs=400, batch_size=60, rng=0, progress=False)
        return network.accuracy(x + 2, t[:, None])

    assert accuracy() < 0.8
    assert accuracy([0.0]) > 0.95
    weights = [TwoLayerNet(D, H, C, seed=seed).params[0] for seed in (7, 7, None, None)]
    assert (weights[0] == weights[1]).all() and (weights[2] != weights[3]).any()
