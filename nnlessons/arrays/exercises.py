"""Lesson 07: backpropagation through arrays."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlib.activations import identity, sigmoid, sigmoid_derivative

__all__ = ["through_repeat", "which_product", "shapes_decide", "bias_gradient", "who_sees_it", "after_the_mask"]
__all__ += ["repeat_backward", "sum_backward", "dx", "dW", "relu_backward", "update"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

# -- predictions ------------------------------------------------------------------------------------------------------

through_repeat = Prediction(
    question="The row [2, 5] is repeated 3 times, which makes three equal rows. To these rows the gradients [1, 0], [2, −1] "
    "and [4, 3] come back. What goes back to the one row in front?",
    choices=(
        "[2.33, 0.67]: the mean of the three",
        "[1, 0]: the first row is the original, the others are copies",
        "All three rows, as they came",
        "[7, 2]: the three added, column by column",
    ),
    answer="[7, 2]: the three added, column by column",
    reason="A nudge of the 2 moves all three rows at once, and what they do to the result adds up: 1 + 2 + 4 = 7. "
    "For the 5 it is 0 − 1 + 3 = 2. A repeat is a branch that goes three ways, and what comes back on them is added.",
)

which_product = Prediction(
    question="x has shape (4, 3), W has shape (3, 2), and y = x @ W. The upstream gradient dy has the shape of y, (4, 2). "
    "Which of these can be dW?",
    choices=("dy @ x.T", "x.T @ dy", "x @ dy", "dy.T @ x"),
    answer="x.T @ dy",
    reason="There is one gradient for each weight, so dW must have the shape of W, (3, 2). x.T has shape (3, 4), and (3, 4) "
    "times (4, 2) gives (3, 2). dy.T @ x gives (2, 3). The other two cannot even be multiplied: in dy @ x.T a row of 2 "
    "meets a column of 3, and in x @ dy a row of 3 meets a column of 4.",
)

shapes_decide = Prediction(
    question="Now W is square, (3, 3), and y = x @ W. So dy @ W and dy @ W.T have the same shape, that of x. "
    "How can you tell which of them is dx?",
    choices=(
        "You need not: both are right",
        "It is the one without a transpose, the simpler one",
        "Not by shapes: work out one entry, or nudge",
        "It is now the one and now the other, as the numbers in W happen to be",
    ),
    answer="Not by shapes: work out one entry, or nudge",
    reason="x[0, 1] meets the three weights W[1, 0], W[1, 1] and W[1, 2], on its way to the three outputs. So its gradient is "
    "dy[0, 0] W[1, 0] + dy[0, 1] W[1, 1] + dy[0, 2] W[1, 2]. That goes along row 1 of W, and in a product the "
    "right-hand array is read by columns: it must be W.T. A nudge of x[0, 1] gives the same number.",
)

bias_gradient = Prediction(
    question="A mini-batch has 100 samples, and a unit has one bias b. At the unit's sum a = x @ W + b the upstream gradient "
    "is 0.01 in each of the 100 rows. What is the gradient of b?",
    choices=("0.0001", "0.01", "1", "100"),
    answer="1",
    reason="The one b is added in all of the 100 rows, so a nudge of it moves the result on 100 ways at once. What comes back "
    "is added: 100 times 0.01 is 1. Where the loss is a mean, its 1/100 is in the 0.01 already, and is not taken again.",
)

who_sees_it = Prediction(
    question="Four lines of Python: grads = [np.zeros(2)]. Then held = grads[0]. Then dW = np.array([3.0, 4.0]). "
    "Then grads[0] = dW. What is in held now?",
    choices=(
        "[0. 0.]",
        "[3. 4.]",
        "A copy of dW, which follows when dW changes",
        "An error: something else stands in that place of the list already",
    ),
    answer="[0. 0.]",
    reason="The last line writes no number anywhere: it makes the place grads[0] of the list point to another array, dW. "
    "held still points to the first array, and that holds two zeros. grads[0][...] = dW would have written 3 and 4 into "
    "the first array, and then held would show them.",
)

after_the_mask = Prediction(
    question="An add node sends one and the same array dout back to two ReLU layers that stand before it. The first layer does "
    "dout[a <= 0] = 0, with its own a, and returns dout. What does the second layer get?",
    choices=(
        "dout, as the add node sent it",
        "dout, with zeros where the a of the first layer was not above 0",
        "An error: two layers cannot hold the same array",
        "Nothing but zeros",
    ),
    answer="dout, with zeros where the a of the first layer was not above 0",
    reason="There is only one array, and both layers hold it. Say that [5, 7] was sent, and that a in the first layer is "
    "[−1, 2]: it writes a 0 over the 5, and the second layer finds [0, 7]. dout * (a > 0) makes a new array, and leaves "
    "the 5 for the other layer.",
)

# -- repeat and sum ---------------------------------------------------------------------------------------------------

SIZES = ((4, 3), (2, 5), (3, 3))  # in a square one a transpose has the right shape, and only its numbers are wrong


def signed(rng, *shape, largest=3.0):
    """Random numbers of both signs and none near 0, so that a missing term or a wrong sign shows."""
    return rng.uniform(0.5, largest, size=shape) * rng.choice([-1, 1], size=shape)


repeat_backward = Exercise(
    name="exercises.repeat_backward",
    solution=lambda dout: dout.sum(axis=0, keepdims=True),
    cases=lambda rng: [(signed(rng, *size),) for size in SIZES],
    mistakes=(
        Mistake(
            lambda dout: dout.mean(axis=0, keepdims=True),
            "this is the mean of the rows. What comes back on several ways is added, and not divided.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=0),
            "the sums are right, but they have shape (D,). A row in front was (1, D): add keepdims=True.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=1, keepdims=True),
            "each row is added up in itself. Add the rows to each other, which is axis=0.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=1),
            "each row is added up in itself, and an axis is lost. Add the rows to each other, axis=0, with keepdims=True.",
        ),
        Mistake(
            lambda dout: dout.sum(),
            "everything is added up to one number. Each column keeps a sum of its own: axis=0, and keepdims=True.",
        ),
        Mistake(
            lambda dout: dout.sum(keepdims=True),
            "everything is added up to one number. Each column keeps a sum of its own: say axis=0 as well.",
        ),
        Mistake(
            lambda dout: dout.mean(axis=0),
            "this is the mean of the rows, and an axis is lost. Add them up instead, with keepdims=True.",
        ),
        Mistake(lambda dout: dout[:1], "only the first row is counted. A nudge moves all the rows: add them."),
        Mistake(lambda dout: dout[-1:], "only the last row is left: each overwrites the one before. Add them up."),
        Mistake(
            lambda dout: +dout,
            "these are the gradients of all the rows, as they came. In front there is one row, and it gets their sum.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=0)[:, np.newaxis],
            "the sums are right, but they stand in a column, (D, 1). A row is asked for, (1, D): axis=0 with keepdims=True.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=0, keepdims=True) * len(dout),
            "the sum is taken n times over. Each row is counted once, when you add them.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=0) * np.ones_like(dout),
            "the sum is repeated in each row. In front of the repeat there is one row: return (1, D).",
        ),
        Mistake(lambda dout: -dout.sum(axis=0, keepdims=True), "the sign is turned round: the sum needs no minus."),
    ),
    edges=(
        EdgeCase((np.array([[1.5, -2.0, 0.5]]),), "It works, but not where the row is repeated only once, n = 1."),
        EdgeCase((np.array([[1.0], [-2.5], [4.0]]),), "It works, but not for a row of a single number, D = 1."),
    ),
    hints=(
        "A repeat is a branch: the row goes n ways. What does a branch do with what comes back?",
        "It adds it up. Add the rows of dout to each other: np.sum with axis=0. The result is one row, of shape (1, D).",
        "keepdims=True keeps it a row: return dout.sum(axis=0, keepdims=True)",
    ),
)

sum_backward = Exercise(
    name="exercises.sum_backward",
    solution=lambda dout, N: np.repeat(dout, N, axis=0),
    cases=lambda rng: [(signed(rng, 1, D), N) for N, D in SIZES],
    mistakes=(
        Mistake(
            lambda dout, N: np.repeat(dout, N, axis=0) / N,
            "dout is shared out among the rows. A sum passes all of it on to each of them, like an add node.",
        ),
        Mistake(
            lambda dout, N: np.repeat(dout, N, axis=0) * N,
            "each row gets N times dout. When one row moves, the sum moves just as much: pass on dout as it is.",
        ),
        Mistake(
            lambda dout, N: +dout, "this is one row. N rows went into the sum, and each gets a gradient: return (N, D)."
        ),
        Mistake(
            lambda dout, N: np.vstack([dout, np.zeros((N - 1, dout.shape[1]))]),
            "only the first row gets something. A nudge of any row moves the sum: dout goes to each of them.",
        ),
        Mistake(
            lambda dout, N: dout / N, "this is one row, divided by N. N rows are asked for, and all of dout in each."
        ),
        Mistake(
            lambda dout, N: np.repeat(dout, N),
            "without an axis, np.repeat puts all the numbers in one long row. Say axis=0.",
        ),
        Mistake(
            lambda dout, N: np.repeat(dout, N, axis=1),
            "the numbers are repeated side by side. Rows below each other are asked for: axis=0.",
        ),
        Mistake(
            lambda dout, N: np.tile(dout, N),
            "the row is repeated to the right. Rows below each other are asked for: np.repeat with axis=0.",
        ),
        Mistake(
            lambda dout, N: np.repeat(dout, N).reshape(N, -1),
            "the shape is right, the order is not: np.repeat without axis=0 puts equal numbers next to each other.",
        ),
        Mistake(
            lambda dout, N: np.array([dout] * N),
            "there is an axis too many, since each of the N rows is (1, D) itself. np.repeat with axis=0 adds none.",
        ),
        Mistake(
            lambda dout, N: np.repeat(dout.T, N, axis=1),
            "dout stands in the columns. Each of the N rows is dout.",
        ),
        Mistake(
            lambda dout, N: np.ones((N, dout.shape[1])),
            "this is the local gradient alone, 1 everywhere. Multiply it by dout.",
        ),
        Mistake(
            lambda dout, N: np.full((N, dout.shape[1]), dout.sum()),
            "dout is added up before it is sent. Each number goes back down its own column: do not add here.",
        ),
        Mistake(lambda dout, N: -np.repeat(dout, N, axis=0), "the sign is turned round: nothing here needs a minus."),
    ),
    edges=(
        EdgeCase((np.array([[1.5, -2.0, 0.5]]), 1), "It works, but not where only one row was added up, N = 1."),
        EdgeCase((np.array([[2.5]]), 3), "It works, but not for rows of a single number, D = 1."),
    ),
    hints=(
        "A sum of N rows is an add node with N inputs. What does each of its inputs get?",
        "All of dout. So the answer has N equal rows: np.repeat makes them, if you name the axis.",
        "In one line: return np.repeat(dout, N, axis=0)",
    ),
)

# -- a matrix product -------------------------------------------------------------------------------------------------
# The ordinary cases are square: there every product can be formed, so that a wrong one has numbers, and a name. The edges
# have all sizes different.

OBLONG = "It works where x and W are square, but not for N = 4 samples, D = 3 inputs and H = 2 units."
ONE_SAMPLE = "It works, but not for a mini-batch of one sample, N = 1."


def two_squares(rng):
    """Three pairs of square arrays, in which every product of the two can be formed."""
    return [(signed(rng, size, size), signed(rng, size, size)) for size in (3, 4, 2)]


dx = Exercise(
    name="exercises.dx",
    solution=lambda W, dout: dout @ W.T,
    cases=two_squares,
    mistakes=(
        Mistake(
            lambda W, dout: dout @ W,
            "W is not turned over. Here W is square, so the shapes cannot tell you; work out one entry: it must be W.T.",
        ),
        Mistake(lambda W, dout: W.T @ dout, "the factors have changed places: dout stands first, and W.T after it."),
        Mistake(
            lambda W, dout: W @ dout, "the factors have changed places, and W is not turned over: dout first, then W.T."
        ),
        Mistake(
            lambda W, dout: W @ dout.T,
            "this is dx turned over: its rows are inputs. Rows are samples: put dout first, then W.T.",
        ),
        Mistake(
            lambda W, dout: dout.T @ W.T,
            "dout is turned over as well. Its rows are samples, and stay rows: dout @ W.T.",
        ),
        Mistake(lambda W, dout: dout.T @ W, "the wrong one is turned over: leave dout as it is, and take W.T."),
        Mistake(
            lambda W, dout: dout * W.T,
            "* multiplies place by place. Each input goes to all units, so a matrix product is needed: @.",
        ),
        Mistake(
            lambda W, dout: dout * W,
            "* multiplies place by place. A matrix product is needed, @, and W.T in it.",
        ),
        Mistake(
            lambda W, dout: W.T @ dout.T,
            "the factors have changed places, and dout is turned over as well: dout as it is stands first, then W.T.",
        ),
        Mistake(lambda W, dout: W.T, "this is the local gradient alone. Multiply dout by it: dout @ W.T."),
        Mistake(lambda W, dout: +dout, "this passes dout on as it is. On its way forward x was multiplied by W."),
        Mistake(
            lambda W, dout: dout @ W.T / len(dout),
            "there is a division too many. Where the loss is a mean, its 1/N is in dout already: leave it out.",
        ),
        Mistake(
            lambda W, dout: (dout @ W.T).sum(axis=0),
            "the samples are added up. Each sample has an x of its own, so dx has a row for each.",
        ),
        Mistake(
            lambda W, dout: dout @ np.linalg.inv(W),
            "this is the inverse, which would find x from y. A gradient needs no inverse: turn W over, W.T.",
        ),
    ),
    edges=(
        EdgeCase((np.array([[1.0, -2.0], [0.5, 3.0], [-1.5, 2.5]]), np.arange(8.0).reshape(4, 2) - 3), OBLONG),
        EdgeCase((np.array([[1.0, -2.0], [0.5, 3.0], [-1.5, 2.5]]), np.array([[2.0, -1.0]])), ONE_SAMPLE),
    ),
    hints=(
        "x[n, i] goes to unit j through W[i, j], and dout[n, j] comes back from there. Add over all the units j.",
        "dx has the shape of x, (N, D). dout is (N, H), and W is (D, H): what must you do with W, so that H meets H?",
        "Turn it over: return dout @ W.T",
    ),
)

dW = Exercise(
    name="exercises.dW",
    solution=lambda x, dout: x.T @ dout,
    cases=two_squares,
    mistakes=(
        Mistake(
            lambda x, dout: x @ dout,
            "x is not turned over. The sum must go over the samples, and these are the rows of both: take x.T.",
        ),
        Mistake(
            lambda x, dout: dout @ x.T,
            "the factors have changed places: x.T stands first. So the samples meet the samples, and are added up.",
        ),
        Mistake(
            lambda x, dout: dout.T @ x,
            "this is dW turned over, with a row for each unit. W[i, j] joins input i to unit j: x.T first, then dout.",
        ),
        Mistake(lambda x, dout: x @ dout.T, "the wrong one is turned over: take x.T, and leave dout as it is."),
        Mistake(lambda x, dout: x.T @ dout.T, "both are turned over. Take x.T, and leave dout as it is."),
        Mistake(
            lambda x, dout: dout @ x, "the factors have changed places, and x is not turned over: x.T first, then dout."
        ),
        Mistake(
            lambda x, dout: x.T * dout,
            "* multiplies place by place. Each weight adds up over all the samples, which a matrix product does: @.",
        ),
        Mistake(
            lambda x, dout: x * dout,
            "* multiplies place by place. A matrix product is needed, @, and x.T in it.",
        ),
        Mistake(
            lambda x, dout: x.T @ dout / len(x),
            "there is a division too many. The samples are added up, and where the loss is a mean, its 1/N is in dout already.",
        ),
        Mistake(
            lambda x, dout: x.T @ np.ones_like(dout),
            "the upstream gradient is left out: these are the sums of the inputs. Take dout in place of the ones.",
        ),
        Mistake(
            lambda x, dout: np.outer(x[0], dout[0]),
            "only the first sample is counted. W is used by all of them, and what they send back is added.",
        ),
        Mistake(
            lambda x, dout: np.outer(x[-1], dout[-1]),
            "only the last sample is left: each overwrites the one before. Add up what they send back.",
        ),
        Mistake(
            lambda x, dout: dout.T @ x.T,
            "the factors have changed places, and dout is turned over as well: x.T first, then dout as it is.",
        ),
        Mistake(
            lambda x, dout: x[:, :, np.newaxis] * dout[:, np.newaxis, :],
            "these are the products for each sample by itself. W is used by all the samples: add over them, axis=0.",
        ),
    ),
    edges=(
        EdgeCase((np.arange(12.0).reshape(4, 3) - 5, np.arange(8.0).reshape(4, 2) - 3), OBLONG),
        EdgeCase((np.array([[1.0, -2.0, 3.0]]), np.array([[2.0, -1.0]])), ONE_SAMPLE),
    ),
    hints=(
        "W[i, j] joins input i to unit j, in each sample n. There it gets x[n, i] times dout[n, j]. Add over all samples n.",
        "dW has the shape of W, (D, H). x is (N, D), and dout is (N, H): what must you do with x, so that N meets N?",
        "Turn it over: return x.T @ dout",
    ),
)

# -- activation ------------------------------------------------------------------------------------------------------


def sums_and_upstream(rng):
    """a with both signs, also where chance would give only one, and dout with both signs where a is above 0."""
    cases = []
    for size in SIZES:
        a, dout = signed(rng, *size), signed(rng, *size)
        a.flat[:4] = np.abs(a.flat[:4]) * [1, 1, -1, -1]
        dout.flat[:4] = np.abs(dout.flat[:4]) * [1, -1, 1, -1]
        cases.append((a, dout))
    return cases


relu_backward = Exercise(
    name="exercises.relu_backward",
    solution=lambda a, dout: dout * (a > 0),
    cases=sums_and_upstream,
    mistakes=(
        Mistake(
            lambda a, dout: a > 0,
            "this is the local gradient alone: 1 where a is above 0, else 0. Multiply it by dout.",
        ),
        Mistake(lambda a, dout: +dout, "this lets everything through. Where a is not above 0, nothing goes back."),
        Mistake(
            lambda a, dout: np.maximum(dout, 0),
            "this looks at the sign of dout. What counts is the side on which a was: dout may well be below 0.",
        ),
        Mistake(
            lambda a, dout: dout * (a > 0) * (dout > 0),
            "gradients below 0 are lost. What counts is the side on which a was, and nothing else.",
        ),
        Mistake(lambda a, dout: dout * (a < 0), "the sides are turned round: dout goes through where a is above 0."),
        Mistake(
            lambda a, dout: dout * np.maximum(a, 0),
            "dout is multiplied by the value of the ReLU. Multiply by its slope, which is 0 or 1.",
        ),
        Mistake(lambda a, dout: dout * a, "dout is multiplied by a. Multiply by the slope of the ReLU, 0 or 1."),
        Mistake(lambda a, dout: np.maximum(a, 0), "this is the value that goes forward. What comes back from dout?"),
        Mistake(
            lambda a, dout: dout[a > 0],
            "this picks out what gets through, and loses its places. Keep the shape, with 0 where nothing gets through.",
        ),
        Mistake(
            lambda a, dout: dout * a > 0,
            "Python reads dout * a > 0 as (dout * a) > 0, and that is True or False. Put a > 0 in brackets.",
        ),
        Mistake(
            lambda a, dout: np.where(a > 0, dout, 0.01 * dout),
            "this is the leaky ReLU, which lets a hundredth through. The ReLU lets nothing through there.",
        ),
        Mistake(lambda a, dout: dout * np.sign(a), "below 0 the slope is taken as -1. There the ReLU is flat: 0."),
        Mistake(lambda a, dout: dout + (a > 0), "dout is added to the slope. The two are multiplied."),
        Mistake(lambda a, dout: -dout * (a > 0), "the sign is turned round: nothing here needs a minus."),
    ),
    edges=(
        EdgeCase(
            (np.array([[0.0, 1.5, -2.0], [3.0, 0.0, -0.5]]), np.array([[2.0, -1.0, 4.0], [0.5, -3.0, 1.0]])),
            "It works, but not where a is exactly 0: there nothing goes back either. The mask is a > 0.",
        ),
        EdgeCase((np.array([[1.5, -2.0, 0.5]]), np.array([[3.0, 1.0, -2.0]])), ONE_SAMPLE),
    ),
    hints=(
        "Downstream is upstream times local, place by place. The slope of a ReLU is 1 where a is above 0, and else 0.",
        "a > 0 is an array of True and False, and in a product these count as 1 and 0.",
        "A product makes a new array, and leaves dout as it was: return dout * (a > 0)",
    ),
)

# -- one step of a whole net ------------------------------------------------------------------------------------------


def forward(x, W1, b1, W2, b2, output=sigmoid):
    """Both layers' activations, z1 (N, H) and y (N, C)."""
    z1 = sigmoid(x @ W1 + b1)
    return z1, output(z1 @ W2 + b2)


def slope_by_output(z):
    """The slope of the sigmoid where its output is z:  z (1 - z)."""
    return z * (1 - z)


def updated(
    output=sigmoid,
    error=lambda y, t: y - t,
    output_slope=slope_by_output,
    hidden_slope=slope_by_output,
    into_W2=lambda x, z1: z1,
    sent_back=lambda da2, W2, new_W2: da2 @ W2.T,
    by_weights=lambda given, da: given.T @ da,
    step=lambda W, dW, rate: W - rate * dW,
    returned=lambda new_W1, new_W2: (new_W1, new_W2),
):
    """A function that takes one step of gradient descent. Each mistake replaces one of its parts."""

    def update(x, t, W1, b1, W2, b2, rate):
        z1, y = forward(x, W1, b1, W2, b2, output)
        da2 = error(y, t) * output_slope(y)
        new_W2 = step(W2, by_weights(into_W2(x, z1), da2), rate)
        da1 = sent_back(da2, W2, new_W2) * hidden_slope(z1)
        return returned(step(W1, by_weights(x, da1), rate), new_W2)

    return update


WORKED_EXAMPLE = (  # a much-copied example: its numbers are 0.298371109 before this step and 0.291027774 after it
    np.array([[0.05, 0.10]]),
    np.array([[0.01, 0.99]]),
    np.array([[0.15, 0.25], [0.20, 0.30]]),
    np.array([0.35, 0.35]),
    np.array([[0.40, 0.50], [0.45, 0.55]]),
    np.array([0.60, 0.60]),
    0.5,
)


def small_net(rng):
    """A 2-2-2 net far from its targets, with a large rate, so that a mistake in any part shows in the new weights."""
    x, W1, W2 = signed(rng, 1, 2) / 2, signed(rng, 2, 2) / 2, signed(rng, 2, 2) / 2
    b1, b2 = signed(rng, 2) / 4, signed(rng, 2) / 4
    _, y = forward(x, W1, b1, W2, b2)
    return x, np.where(y > 0.5, 0.05, 0.95), W1, b1, W2, b2, float(rng.uniform(3, 6))


update = Exercise(
    name="exercises.update",
    solution=updated(),
    cases=lambda rng: [WORKED_EXAMPLE, *(small_net(rng) for _ in range(4))],
    mistakes=(
        Mistake(
            updated(sent_back=lambda da2, W2, new_W2: da2 @ new_W2.T),
            "the gradient goes back to the hidden layer through the new W2. It must go through the W2 that made the outputs: "
            "work out all gradients first, and then change the weights.",
        ),
        Mistake(
            updated(step=lambda W, dW, rate: W + rate * dW),
            "the weights go uphill, and the loss grows. The error is y - t, and the step is subtracted: one of the two is "
            "turned round.",
        ),
        Mistake(updated(step=lambda W, dW, rate: W - dW), "the rate is forgotten: each gradient is multiplied by it."),
        Mistake(
            updated(output_slope=lambda y: 1),
            "the slope of the sigmoid at the output is missing: y - t is multiplied by y (1 - y).",
        ),
        Mistake(
            updated(hidden_slope=lambda z1: 1),
            "the slope of the hidden sigmoid is missing: what arrives at z1 is multiplied by z1 (1 - z1).",
        ),
        Mistake(
            updated(output_slope=sigmoid_derivative, hidden_slope=sigmoid_derivative),
            "the sigmoid is taken twice: y and z1 are outputs of it already, and the slopes are y (1 - y) and z1 (1 - z1).",
        ),
        Mistake(
            updated(sent_back=lambda da2, W2, new_W2: da2 @ W2),
            "on the way back W2 is not turned over. It is square, so the shapes cannot tell you: take W2.T.",
        ),
        Mistake(
            updated(by_weights=lambda given, da: da.T @ given),
            "the gradients of the weights are turned over. W[i, j] joins input i to unit j: x.T first, then what arrives.",
        ),
        Mistake(
            updated(error=lambda y, t: 2 * (y - t)),
            "the steps are twice too long. The loss has a half in front, so its gradient is y - t, without a 2.",
        ),
        Mistake(
            updated(step=lambda W, dW, rate: dW), "these are the gradients. New weights are asked for: W - rate * dW."
        ),
        Mistake(
            updated(by_weights=lambda given, da: given * da),
            "* multiplies place by place. W[i, j] gets what input i sends times what arrives at unit j: x.T @ da1, z1.T @ da2.",
        ),
        Mistake(
            updated(into_W2=lambda x, z1: x),
            "for W2 you took x. What goes into the second layer is z1: its gradient is z1.T times what arrives.",
        ),
        Mistake(
            updated(output=identity, output_slope=lambda y: 1),
            "the sigmoid at the output is missing. In this net both layers have one, going forward and coming back.",
        ),
        Mistake(
            lambda x, t, W1, b1, W2, b2, rate: updated()(x, t, W1, 0 * b1, W2, 0 * b2, rate),
            "the biases b1 and b2 are missing in the forward pass. They stay as they are, but they count.",
        ),
        Mistake(
            lambda x, t, W1, b1, W2, b2, rate: (W1, updated()(x, t, W1, b1, W2, b2, rate)[1]),
            "W2 is right, and W1 has not moved. Send the gradient on, back through W2.",
        ),
        Mistake(
            updated(returned=lambda new_W1, new_W2: (new_W2, new_W1)),
            "both are right, the order is not: return the new W1 first, then the new W2.",
        ),
    ),
    hints=(
        "Forward first: z1 and y. Then back: what arrives at the two sums of the output layer, da2, and of the hidden one, da1.",
        "da2 is (y - t) * y * (1 - y), and da1 is (da2 @ W2.T) * z1 * (1 - z1). Only now do the weights change.",
        "z1 = sigmoid(x @ W1 + b1), and then y = sigmoid(z1 @ W2 + b2), and then da2 = (y - t) * y * (1 - y), "
        "and then da1 = (da2 @ W2.T) * z1 * (1 - z1), and then return W1 - rate * x.T @ da1, W2 - rate * z1.T @ da2",
    ),
)
