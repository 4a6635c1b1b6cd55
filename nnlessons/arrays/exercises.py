"""Lesson 7: predictions on backpropagation through arrays, and functions for the reader to write."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall
from nnlib.activations import identity, sigmoid, sigmoid_derivative

__all__ = ["recall", "through_repeat", "through_the_wire", "which_wires", "shapes_decide", "bias_gradient"]
__all__ += ["who_sees_it", "after_the_mask"]
__all__ += ["repeat_backward", "sum_backward", "dx", "dW", "relu_backward", "update"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

# -- predictions ------------------------------------------------------------------------------------------------------

recall = Recall(
    (
        Prediction(
            question="A gradient of 2 comes back to a multiply node whose inputs are 3 and 5. What does the input that's 3 get?",
            choices=("2", "6", "10", "30"),
            answer="10",
            reason="It gets upstream times the value of the other input, 2 · 5.",
        ),
        Prediction(
            question="A value is used in two places, and gradients of 4 and −1 come back from them. What's its gradient?",
            choices=("4", "−4", "1.5", "3"),
            answer="3",
            reason="Where paths meet, you add: 4 + (−1). Along a path, you multiply.",
        ),
        Prediction(
            question="x has shape (4, 3) and W has shape (3, 2). What shape does x @ W have?",
            choices=("(3, 3)", "(4, 2)", "(2, 4)", "They can't be multiplied"),
            answer="(4, 2)",
            reason="The two inner sizes, 3 and 3, have to agree. The outer ones are left: 4 samples, 2 units.",
        ),
    )
)

through_repeat = Prediction(
    question="The row [2, 5] is repeated 3 times, giving three identical rows. The gradients [1, 0], [2, −1] and [4, "
    "3] come back to these rows. What goes back to the original row?",
    choices=(
        "[2.33, 0.67]: the mean of the three",
        "[1, 0]: the first row is the original, the others are copies",
        "All three rows, as they came",
        "[7, 2]: the three added, column by column",
    ),
    answer="[7, 2]: the three added, column by column",
    reason="A nudge of the 2 moves all three rows at once, and its effects on the result add up: 1 + 2 + 4 = 7. "
    "For the 5 it's 0 − 1 + 3 = 2. A repeat is a branch with three paths, and what comes back along them is added.",
)

through_the_wire = Prediction(
    question="A wire leads from input 1, whose value is 3, to output 2. Its weight is 5. The gradient −2 comes back to "
    "output 2. What's the gradient of the weight?",
    choices=(
        "−6: what went in, times what came back",
        "−10: the weight, times what came back",
        "15: what went in, times the weight",
        "5: the weight itself",
    ),
    answer="−6: what went in, times what came back",
    reason="Going forward, the wire adds 3 · w to the output. If you nudge w by 0.01, the output moves by 3 · 0.01, "
    "and each bit of that counts −2 for the loss: 3 · (−2) = −6. The −10 is what the wire passes back to input 1. "
    "The 15 is what it passed forward. The weight's own value, 5, doesn't matter for its gradient.",
)

which_wires = Prediction(
    question="Going forward, output j adds up what comes in along its wires: column j of W. Now the gradients dy "
    "come back to the outputs. To work out dx for input 1, which part of W do you need?",
    choices=(
        "Row 1 of W: the wires that leave input 1",
        "Column 1 of W: the wires that reach output 1",
        "All of W, because every wire carries a gradient",
        "None of it: input 1 gets the sum of dy",
    ),
    answer="Row 1 of W: the wires that leave input 1",
    reason="Input 1 could only act on the loss along its own wires, one to each output. The gradients come back "
    "along the same wires, each multiplied by its weight: W[1, 0], W[1, 1], W[1, 2]. Those are a row of W.",
)

shapes_decide = Prediction(
    question="Now W is square, (3, 3), and y = x @ W. So dy @ W and dy @ W.T both have the shape of x. How can you "
    "find out which of them is dx?",
    choices=(
        "You don't need to: both are right",
        "It's the one without a transpose, because it's simpler",
        "Not by shapes: work out one entry, or nudge",
        "Sometimes it's one, sometimes the other, depending on the numbers in W",
    ),
    answer="Not by shapes: work out one entry, or nudge",
    reason="x[0, 1] meets the three weights W[1, 0], W[1, 1] and W[1, 2] on its wires to the three outputs. So its "
    "gradient is dy[0, 0] W[1, 0] + dy[0, 1] W[1, 1] + dy[0, 2] W[1, 2]. That goes along row 1 of W, and a product "
    "reads the array on its right by columns, so it must be W.T. A nudge of x[0, 1] gives the same number.",
)

bias_gradient = Prediction(
    question="A mini-batch has 100 samples, and a unit has one bias b. The loss is the mean over the samples, and at "
    "the unit's sum a = x @ W + b the upstream gradient is 0.01 in each of the 100 rows. What's the gradient of b?",
    choices=("0.0001", "0.01", "1", "100"),
    answer="1",
    reason="The same b is added in all 100 rows, so a nudge of it moves the result along 100 paths at once, and what "
    "comes back is added: 100 times 0.01 is 1. And the 1/100 of the mean? It's already inside the 0.01, because the "
    "loss divided by 100 at the very start of the backward pass. If you divide again, you get 0.01, which is 100 "
    "times too small.",
)

who_sees_it = Prediction(
    question="Four lines of Python: grads = [np.zeros(2)]. Then held = grads[0]. Then dW = np.array([3.0, 4.0]). "
    "Then grads[0] = dW. What is in held now?",
    choices=(
        "[0. 0.]",
        "[3. 4.]",
        "A copy of dW, which follows when dW changes",
        "An error: that slot in the list is already taken",
    ),
    answer="[0. 0.]",
    reason="The last line doesn't write any numbers. It makes the slot grads[0] of the list point to another array, "
    "dW. held still points to the first array, and that still has two zeros. grads[0][...] = dW would have written 3 "
    "and 4 into the first array, and then held would show them.",
)

after_the_mask = Prediction(
    question="An add node passes the very same array dout back to two ReLU layers before it. The first layer does "
    "dout[a <= 0] = 0, with its own a, and returns dout. What does the second layer get?",
    choices=(
        "dout, as the add node sent it",
        "dout, with zeros where the a of the first layer was not above 0",
        "An error: two layers can't share an array",
        "Nothing but zeros",
    ),
    answer="dout, with zeros where the a of the first layer was not above 0",
    reason="There's only one array, and both layers use it. Suppose [5, 7] was sent, and a in the first layer is "
    "[−1, 2]: it writes a 0 over the 5, and the second layer finds [0, 7]. dout * (a > 0) makes a new array, and "
    "leaves the 5 for the other layer.",
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
            "You took the mean of the rows. What comes back along several paths is added, not averaged.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=0),
            "Your sums are right, but they have shape (D,). The original row was (1, D), so add keepdims=True.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=1, keepdims=True),
            "You added up each row by itself. Add the rows to each other: that's axis=0.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=1),
            "You added up each row by itself, and lost an axis. Add the rows to each other: axis=0, with "
            "keepdims=True.",
        ),
        Mistake(
            lambda dout: dout.sum(),
            "You added everything up to one number. Each column has its own sum: use axis=0 and keepdims=True.",
        ),
        Mistake(
            lambda dout: dout.sum(keepdims=True),
            "You added everything up to one number. Each column has its own sum: use axis=0 as well.",
        ),
        Mistake(
            lambda dout: dout.mean(axis=0),
            "You took the mean of the rows, and lost an axis. Add them up instead, with keepdims=True.",
        ),
        Mistake(lambda dout: dout[:1], "You only used the first row. A nudge moves all the rows, so add them."),
        Mistake(
            lambda dout: dout[-1:], "You only used the last row. Does each row overwrite the one before? Add them up."
        ),
        Mistake(
            lambda dout: +dout,
            "You returned the gradients of all the rows, as they came. There's only one original row, and it gets "
            "their sum.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=0)[:, np.newaxis],
            "Your sums are right, but they're in a column, (D, 1). The original was a row, (1, D): use axis=0 with "
            "keepdims=True.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=0, keepdims=True) * len(dout),
            "Your sum is n times too large. Add the rows, and don't multiply.",
        ),
        Mistake(
            lambda dout: dout.sum(axis=0) * np.ones_like(dout),
            "You repeated the sum in each row. There was one row before the repeat, so return shape (1, D).",
        ),
        Mistake(lambda dout: -dout.sum(axis=0, keepdims=True), "You flipped the sign. The sum doesn't need a minus."),
    ),
    edges=(
        EdgeCase((np.array([[1.5, -2.0, 0.5]]),), "It works, but not if the row is repeated only once, n = 1."),
        EdgeCase((np.array([[1.0], [-2.5], [4.0]]),), "It works, but not for a row of a single number, D = 1."),
    ),
    hints=(
        "A repeat is a branch: the row takes n paths. What does a branch do with what comes back?",
        "It adds it up. Add the rows of dout to each other: np.sum with axis=0. The result is one row, of shape (1, "
        "D).",
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
            "You split dout among the rows. A sum passes all of it to each of them, like an add node.",
        ),
        Mistake(
            lambda dout, N: np.repeat(dout, N, axis=0) * N,
            "You gave each row N times dout. If one row moves, the sum moves just as much, so pass dout on as it is.",
        ),
        Mistake(
            lambda dout, N: +dout,
            "You returned one row. N rows went into the sum, and each gets a gradient: return shape (N, D).",
        ),
        Mistake(
            lambda dout, N: np.vstack([dout, np.zeros((N - 1, dout.shape[1]))]),
            "You gave dout only to the first row. A nudge of any row moves the sum, so dout goes to each of them.",
        ),
        Mistake(
            lambda dout, N: dout / N, "You returned one row, divided by N. Return N rows, with all of dout in each."
        ),
        Mistake(
            lambda dout, N: np.repeat(dout, N),
            "You left out the axis, so np.repeat made one long row of numbers. Use axis=0.",
        ),
        Mistake(
            lambda dout, N: np.repeat(dout, N, axis=1),
            "You repeated the numbers side by side. The copies should be rows below each other: axis=0.",
        ),
        Mistake(
            lambda dout, N: np.tile(dout, N),
            "You repeated the row to the right. The copies should be rows below each other: np.repeat with axis=0.",
        ),
        Mistake(
            lambda dout, N: np.repeat(dout, N).reshape(N, -1),
            "Your shape is right, but the order isn't: without axis=0, np.repeat puts equal numbers next to each "
            "other.",
        ),
        Mistake(
            lambda dout, N: np.array([dout] * N),
            "You have one axis too many, because each of your N rows is (1, D) itself. np.repeat with axis=0 "
            "doesn't add an axis.",
        ),
        Mistake(
            lambda dout, N: np.repeat(dout.T, N, axis=1),
            "You put dout into the columns. Each of the N rows is dout.",
        ),
        Mistake(
            lambda dout, N: np.ones((N, dout.shape[1])),
            "You returned the local gradient by itself, 1 everywhere. Multiply it by dout.",
        ),
        Mistake(
            lambda dout, N: np.full((N, dout.shape[1]), dout.sum()),
            "You added up dout before passing it back. Each number goes back along its own column, so don't add here.",
        ),
        Mistake(lambda dout, N: -np.repeat(dout, N, axis=0), "You flipped the sign. Nothing here needs a minus."),
    ),
    edges=(
        EdgeCase((np.array([[1.5, -2.0, 0.5]]), 1), "It works, but not if only one row was added up, N = 1."),
        EdgeCase((np.array([[2.5]]), 3), "It works, but not for rows of a single number, D = 1."),
    ),
    hints=(
        "A sum of N rows is an add node with N inputs. What does each of its inputs get?",
        "All of dout. So the result has N equal rows, and np.repeat makes them if you give it the axis.",
        "In one line: return np.repeat(dout, N, axis=0)",
    ),
)

# -- a matrix product -------------------------------------------------------------------------------------------------
# The ordinary cases are square: there every product can be formed, so that a wrong one has numbers, and a name. The edges
# have all sizes different.

OBLONG = "It works if x and W are square, but not for N = 4 samples, D = 3 inputs and H = 2 units."
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
            "You didn't transpose W. Here W is square, so the shapes can't warn you. Work out one entry, and you'll "
            "see it must be W.T.",
        ),
        Mistake(lambda W, dout: W.T @ dout, "You swapped the factors: dout comes first, then W.T."),
        Mistake(
            lambda W, dout: W @ dout, "You swapped the factors, and didn't transpose W: dout comes first, then W.T."
        ),
        Mistake(
            lambda W, dout: W @ dout.T,
            "You returned the transpose of dx, with a row for each input. Rows should be samples: dout comes first, "
            "then W.T.",
        ),
        Mistake(
            lambda W, dout: dout.T @ W.T,
            "You transposed dout as well. Its rows are samples, and they stay rows: dout @ W.T.",
        ),
        Mistake(lambda W, dout: dout.T @ W, "You transposed the wrong one. Leave dout as it is, and use W.T."),
        Mistake(
            lambda W, dout: dout * W.T,
            "You multiplied element by element, with *. Each input goes to all the units, so you need a matrix "
            "product: @.",
        ),
        Mistake(
            lambda W, dout: dout * W,
            "You multiplied element by element, with *. You need a matrix product, @, and W.T in it.",
        ),
        Mistake(
            lambda W, dout: W.T @ dout.T,
            "You swapped the factors, and transposed dout as well: dout comes first, as it is, then W.T.",
        ),
        Mistake(lambda W, dout: W.T, "You returned the local gradient by itself. Multiply dout by it: dout @ W.T."),
        Mistake(lambda W, dout: +dout, "You passed dout on as it is. Going forward, x was multiplied by W."),
        Mistake(
            lambda W, dout: dout @ W.T / len(dout),
            "You divided by N. If the loss is a mean, its 1/N is already inside dout, so leave it out.",
        ),
        Mistake(
            lambda W, dout: (dout @ W.T).sum(axis=0),
            "You added up the samples. Each sample has its own x, so dx has a row for each.",
        ),
        Mistake(
            lambda W, dout: dout @ np.linalg.inv(W),
            "You used the inverse, which would find x from y. A gradient needs the transpose: W.T.",
        ),
    ),
    edges=(
        EdgeCase((np.array([[1.0, -2.0], [0.5, 3.0], [-1.5, 2.5]]), np.arange(8.0).reshape(4, 2) - 3), OBLONG),
        EdgeCase((np.array([[1.0, -2.0], [0.5, 3.0], [-1.5, 2.5]]), np.array([[2.0, -1.0]])), ONE_SAMPLE),
    ),
    hints=(
        "x[n, i] goes to unit j through W[i, j], and dout[n, j] comes back along the same wire. Add over all the "
        "units j.",
        "dx has the shape of x, (N, D). dout is (N, H), and W is (D, H). What do you have to do to W so that H "
        "meets H?",
        "Transpose it: return dout @ W.T",
    ),
)

dW = Exercise(
    name="exercises.dW",
    solution=lambda x, dout: x.T @ dout,
    cases=two_squares,
    mistakes=(
        Mistake(
            lambda x, dout: x @ dout,
            "You didn't transpose x. The sum has to go over the samples, which are the rows of both, so use x.T.",
        ),
        Mistake(
            lambda x, dout: dout @ x.T,
            "You swapped the factors: x.T comes first. Then samples meet samples, and are added up.",
        ),
        Mistake(
            lambda x, dout: dout.T @ x,
            "You returned the transpose of dW, with a row for each unit. W[i, j] joins input i to unit j: x.T "
            "first, then dout.",
        ),
        Mistake(lambda x, dout: x @ dout.T, "You transposed the wrong one. Use x.T, and leave dout as it is."),
        Mistake(lambda x, dout: x.T @ dout.T, "You transposed both. Use x.T, and leave dout as it is."),
        Mistake(lambda x, dout: dout @ x, "You swapped the factors, and didn't transpose x: x.T first, then dout."),
        Mistake(
            lambda x, dout: x.T * dout,
            "You multiplied element by element, with *. Each weight adds up over all the samples, which is what a "
            "matrix product does: @.",
        ),
        Mistake(
            lambda x, dout: x * dout,
            "You multiplied element by element, with *. You need a matrix product, @, and x.T in it.",
        ),
        Mistake(
            lambda x, dout: x.T @ dout / len(x),
            "You divided by N. The samples are added up, and if the loss is a mean, its 1/N is already inside dout.",
        ),
        Mistake(
            lambda x, dout: x.T @ np.ones_like(dout),
            "You left out the upstream gradient, so you only added up the inputs. Use dout instead of the ones.",
        ),
        Mistake(
            lambda x, dout: np.outer(x[0], dout[0]),
            "You only used the first sample. All of them use W, and what they send back is added.",
        ),
        Mistake(
            lambda x, dout: np.outer(x[-1], dout[-1]),
            "You only kept the last sample. Does each one overwrite the one before? Add up what they send back.",
        ),
        Mistake(
            lambda x, dout: dout.T @ x.T,
            "You swapped the factors, and transposed dout as well: x.T first, then dout as it is.",
        ),
        Mistake(
            lambda x, dout: x[:, :, np.newaxis] * dout[:, np.newaxis, :],
            "You returned the products of each sample by itself. All the samples use W, so add over them: axis=0.",
        ),
    ),
    edges=(
        EdgeCase((np.arange(12.0).reshape(4, 3) - 5, np.arange(8.0).reshape(4, 2) - 3), OBLONG),
        EdgeCase((np.array([[1.0, -2.0, 3.0]]), np.array([[2.0, -1.0]])), ONE_SAMPLE),
    ),
    hints=(
        "W[i, j] is the wire from input i to unit j. From sample n it gets what went in, x[n, i], times what came "
        "back, dout[n, j]. Add over all the samples.",
        "dW has the shape of W, (D, H). x is (N, D), and dout is (N, H). What do you have to do to x so that N "
        "meets N?",
        "Transpose it: return x.T @ dout",
    ),
)

# -- activation ------------------------------------------------------------------------------------------------------


def sums_and_upstream(rng):
    """a with both signs, even if the random numbers happen to have only one, and dout with both signs where a is above 0."""
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
            "You returned the local gradient by itself: 1 if a is above 0, otherwise 0. Multiply it by dout.",
        ),
        Mistake(lambda a, dout: +dout, "You let everything through. Where a isn't above 0, nothing goes back."),
        Mistake(
            lambda a, dout: np.maximum(dout, 0),
            "You looked at the sign of dout. What counts is the sign of a. A gradient can well be negative.",
        ),
        Mistake(
            lambda a, dout: dout * (a > 0) * (dout > 0),
            "You dropped the negative gradients. Only the sign of a counts.",
        ),
        Mistake(
            lambda a, dout: dout * (a < 0),
            "You let dout through on the wrong side. It goes through where a is above 0.",
        ),
        Mistake(
            lambda a, dout: dout * np.maximum(a, 0),
            "You multiplied dout by the value of the ReLU. Multiply by its slope, which is 0 or 1.",
        ),
        Mistake(
            lambda a, dout: dout * a, "You multiplied dout by a. Multiply by the slope of the ReLU, which is 0 or 1."
        ),
        Mistake(
            lambda a, dout: np.maximum(a, 0),
            "You returned the value that goes forward. What happens to dout on its path back?",
        ),
        Mistake(
            lambda a, dout: dout[a > 0],
            "You picked out the numbers that get through, but lost where they were. Keep "
            "the shape, with zeros where nothing gets through.",
        ),
        Mistake(
            lambda a, dout: dout * a > 0,
            "Python reads your dout * a > 0 as (dout * a) > 0, which is True or False. Put a > 0 in parentheses.",
        ),
        Mistake(
            lambda a, dout: np.where(a > 0, dout, 0.01 * dout),
            "You used the leaky ReLU, which lets a hundredth through. The ReLU lets nothing through there.",
        ),
        Mistake(
            lambda a, dout: dout * np.sign(a),
            "You used a slope of -1 below 0. There the ReLU is flat, so its slope is 0.",
        ),
        Mistake(lambda a, dout: dout + (a > 0), "You added dout to the slope. Multiply the two."),
        Mistake(lambda a, dout: -dout * (a > 0), "You flipped the sign. Nothing here needs a minus."),
    ),
    edges=(
        EdgeCase(
            (np.array([[0.0, 1.5, -2.0], [3.0, 0.0, -0.5]]), np.array([[2.0, -1.0, 4.0], [0.5, -3.0, 1.0]])),
            "It works, but not where a is exactly 0: nothing goes back there either. The mask is a > 0.",
        ),
        EdgeCase((np.array([[1.5, -2.0, 0.5]]), np.array([[3.0, 1.0, -2.0]])), ONE_SAMPLE),
    ),
    hints=(
        "Downstream is upstream times local, element by element. The slope of a ReLU is 1 if a is above 0, "
        "otherwise 0.",
        "a > 0 is an array of True and False, which count as 1 and 0 in a product.",
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
    """A 2-2-2 network far from its targets, with a large rate, so that a mistake in any part shows in the new weights."""
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
            "You sent the gradient back to the hidden layer through the new W2. It must go through the W2 that made "
            "the outputs: work out all the gradients first, and then change the weights.",
        ),
        Mistake(
            updated(step=lambda W, dW, rate: W + rate * dW),
            "You went uphill, so the loss grows. The error is y - t, and the step is subtracted: one of the two is "
            "flipped.",
        ),
        Mistake(updated(step=lambda W, dW, rate: W - dW), "You forgot the rate. Multiply each gradient by it."),
        Mistake(
            updated(output_slope=lambda y: 1),
            "You left out the slope of the output's sigmoid: multiply y - t by y (1 - y).",
        ),
        Mistake(
            updated(hidden_slope=lambda z1: 1),
            "You left out the slope of the hidden sigmoid: multiply what arrives at z1 by z1 (1 - z1).",
        ),
        Mistake(
            updated(output_slope=sigmoid_derivative, hidden_slope=sigmoid_derivative),
            "You took the sigmoid twice: y and z1 are already its outputs, so the slopes are y (1 - y) and z1 (1 - "
            "z1).",
        ),
        Mistake(
            updated(sent_back=lambda da2, W2, new_W2: da2 @ W2),
            "You didn't transpose W2 in the backward pass. It's square, so the shapes can't warn you: use W2.T.",
        ),
        Mistake(
            updated(by_weights=lambda given, da: da.T @ given),
            "You transposed the gradients of the weights. W[i, j] joins input i to unit j: x.T first, then what "
            "arrives.",
        ),
        Mistake(
            updated(error=lambda y, t: 2 * (y - t)),
            "Your steps are twice as long as they should be. The loss starts with a half, so its gradient is y - t, "
            "without a 2.",
        ),
        Mistake(
            updated(step=lambda W, dW, rate: dW), "You returned the gradients. Return the new weights: W - rate * dW."
        ),
        Mistake(
            updated(by_weights=lambda given, da: given * da),
            "You multiplied element by element, with *. W[i, j] gets what went in at input i times what came back "
            "to unit j: x.T @ da1, z1.T @ da2.",
        ),
        Mistake(
            updated(into_W2=lambda x, z1: x),
            "You used x for W2. What goes into the second layer is z1, so the gradient of W2 is z1.T times what "
            "arrives.",
        ),
        Mistake(
            updated(output=identity, output_slope=lambda y: 1),
            "You left out the sigmoid at the output. Both layers of this network have one, in the forward and the "
            "backward pass.",
        ),
        Mistake(
            lambda x, t, W1, b1, W2, b2, rate: updated()(x, t, W1, 0 * b1, W2, 0 * b2, rate),
            "You left the biases b1 and b2 out of the forward pass. They don't change here, but they count.",
        ),
        Mistake(
            lambda x, t, W1, b1, W2, b2, rate: (W1, updated()(x, t, W1, b1, W2, b2, rate)[1]),
            "Your W2 is right, but W1 hasn't moved. Pass the gradient on, back through W2.",
        ),
        Mistake(
            updated(returned=lambda new_W1, new_W2: (new_W2, new_W1)),
            "Both are right, but you swapped them: return the new W1 first, then the new W2.",
        ),
    ),
    hints=(
        "Forward first: z1 and y. Then backward: what arrives at the two sums of the output layer, da2, and at the "
        "sums of the hidden layer, da1.",
        "da2 is (y - t) * y * (1 - y), and da1 is (da2 @ W2.T) * z1 * (1 - z1). Only now do the weights change.",
        "z1 = sigmoid(x @ W1 + b1), and then y = sigmoid(z1 @ W2 + b2), and then da2 = (y - t) * y * (1 - y), "
        "and then da1 = (da2 @ W2.T) * z1 * (1 - z1), and then return W1 - rate * x.T @ da1, W2 - rate * z1.T @ da2",
    ),
)
