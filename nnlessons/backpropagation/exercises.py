"""Lesson 06: backpropagation, node by node."""

import numpy as np

from nnlessons.derivatives.exercises import SIGNS
from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlib.activations import sigmoid, sigmoid_derivative

__all__ = ["which_input", "at_the_minus", "used_twice", "through_relu", "backward_twice"]
__all__ += ["multiply_backward", "branch", "gradients", "sigmoid_backward", "reciprocal_backward", "neuron"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

# -- predictions ------------------------------------------------------------------------------------------------------

which_input = Prediction(
    question="f = (x + y) z, at x = −2, y = 5 and z = −4. You raise one input by a little, and hold the other two. "
    "Which moves f the most, and which way? (There may be a tie.)",
    choices=(
        "x or y, the one as much as the other, and f falls",
        "x or y, the one as much as the other, and f rises",
        "y, and f rises: it is the largest",
        "z, and f rises: it stands alone",
    ),
    answer="x or y, the one as much as the other, and f falls",
    reason="A nudge of x or of y moves the sum just as much, and the sum is multiplied by z = −4: f falls by 4 times the "
    "nudge. A nudge of z is multiplied by the sum, x + y = 3: f rises, by 3 times the nudge.",
)

at_the_minus = Prediction(
    question="A node puts out x − y, where x is 2 and y is 100. A gradient of 6 arrives at it. What goes on to x and to y?",
    choices=(
        "3 and −3: each gets a half",
        "6 and 6: each gets all of it",
        "6 and −6: each gets all of it, y with a minus",
        "12 and −600: each is multiplied by its value",
    ),
    answer="6 and −6: each gets all of it, y with a minus",
    reason="Raise x by a little, and x − y rises by just as much: the local gradient is 1. Raise y, and it falls by as much: "
    "the local gradient is −1. How large x and y are does not matter.",
)

used_twice = Prediction(
    question="f = x * x is recorded as a multiply node, and both of its inputs are x. At x = 3, what gradient does x get?",
    choices=("3", "6", "9", "It depends on which of the two inputs you mean"),
    answer="6",
    reason="Each input of the node gets the value of the other one, 3. x goes both ways, and a nudge of x moves f on both, "
    "so the two are added: 3 + 3 = 6. The formula says so too: the derivative of x² is 2 x.",
)

through_relu = Prediction(
    question="A gradient of 5 arrives at two ReLU nodes. The input of the first is −0.1, that of the second is 2. "
    "What do they pass on?",
    choices=("0 and 5", "5 and 5", "−0.5 and 10", "0 and 10"),
    answer="0 and 5",
    reason="Below 0 a ReLU is flat: a nudge of its input changes nothing, and nothing goes through. Above 0 its slope is 1, "
    "and the gradient goes through as it is. Of the input only the side counts, and not how large it is.",
)

backward_twice = Prediction(
    question="The program above goes back once, from x = −2, y = 5 and z = −4, and x gets −4. Then it goes back a second time, "
    "and nobody has set the gradients to 0. What does x hold now?",
    choices=("−4, as before", "−8, twice as much", "−12, three times as much", "−16, four times as much"),
    answer="−12, three times as much",
    reason="The sum q = x + y still holds −4 and gets −4 once more. So it holds −8, and passes that on: x has "
    "−4 + (−8) = −12. z gets its gradient from the output, which begins with 1 each time: 3 + 3 = 6, twice as much. "
    "All of them are wrong, "
    "and not even by the same factor.",
)

# -- a multiply node --------------------------------------------------------------------------------------------------


def three_numbers(rng):
    """Four cases of three numbers, with the signs of SIGNS."""
    return [tuple(float(value) for value in rng.uniform(0.5, 3.0, size=3) * signs) for signs in SIGNS]


multiply_backward = Exercise(
    name="exercises.multiply_backward",
    solution=lambda x, y, dout: (dout * y, dout * x),
    cases=three_numbers,
    mistakes=(
        Mistake(
            lambda x, y, dout: (dout * x, dout * y),
            "each input is multiplied by its own value. Take the value of the other one: when x moves, y is the factor.",
        ),
        Mistake(lambda x, y, dout: (y, x), "these are the local gradients. Multiply each by dout, which arrives."),
        Mistake(
            lambda x, y, dout: (dout, dout),
            "an add node passes dout on like this. Here each is multiplied by the value of the other input.",
        ),
        Mistake(lambda x, y, dout: (dout + y, dout + x), "dout is added. Upstream and local gradient are multiplied."),
        Mistake(
            lambda x, y, dout: (dout * x * y, dout * x * y),
            "both values stand in it. For dx take y alone, and for dy take x alone.",
        ),
        Mistake(lambda x, y, dout: (x * y, x * y), "this is the value that goes forward. What comes back from dout?"),
        Mistake(lambda x, y, dout: (dout * y, x), "dx is right. For dy, dout is missing."),
        Mistake(lambda x, y, dout: (y, dout * x), "dy is right. For dx, dout is missing."),
        Mistake(lambda x, y, dout: (-dout * y, -dout * x), "the signs are turned round: nothing here needs a minus."),
        Mistake(
            lambda x, y, dout: (dout / y, dout / x), "dout is divided. When x moves by 1, x y moves by y: multiply."
        ),
        Mistake(
            lambda x, y, dout: dout * x * y, "two numbers are asked for: return dx, dy, with a comma between them."
        ),
        Mistake(lambda x, y, dout: dout * y, "this is dx alone. Return dx, dy, with a comma between them."),
        Mistake(
            lambda x, y, dout: dout * y + dout * x,
            "the two are added up. They belong to different inputs: return dx, dy.",
        ),
    ),
    edges=(
        EdgeCase(
            (0.0, 2.0, 3.0),
            "It works, but not where an input is 0. You need no division, only the other value.",
            ("value", "ZeroDivisionError"),
        ),
        EdgeCase(
            (np.array([1.0, -2.0]), np.array([0.5, 3.0]), np.array([2.0, -1.0])),
            "It works for single numbers, but not for arrays of them.",
        ),
    ),
    hints=(
        "Hold y. When x moves by a little, x y moves y times as much. So y is the local gradient of x.",
        "Downstream is upstream times local: dx is dout times y. And dy?",
        "In one line: return dout * y, dout * x",
    ),
)

# -- a branch ---------------------------------------------------------------------------------------------------------

branch = Exercise(
    name="exercises.branch",
    solution=lambda douts: np.sum(douts),
    cases=lambda rng: [(rng.uniform(0.5, 3.0, size=size) * rng.choice([-1, 1], size=size),) for size in (3, 2, 4)],
    mistakes=(
        Mistake(lambda douts: douts[-1], "only the last one is left: each overwrites the one before. Add them up."),
        Mistake(lambda douts: douts[0], "only the first one is counted. Does your return stand inside a loop?"),
        Mistake(lambda douts: douts[0] + douts[1], "only the first two are added. There may be more of them."),
        Mistake(lambda douts: np.mean(douts), "this is the mean. A nudge of x moves f on every way: add them."),
        Mistake(lambda douts: np.prod(douts), "they are multiplied. That is for links of a chain; ways are added."),
        Mistake(lambda douts: np.max(douts), "this is the largest one. The others count too: add them."),
        Mistake(lambda douts: np.sum(np.abs(douts)), "the minus signs are lost. What comes back may cancel in part."),
        Mistake(lambda douts: -np.sum(douts), "the sign is turned round: the sum needs no minus."),
        Mistake(lambda douts: len(douts), "this is how many ways there are. Add what comes back on them."),
        Mistake(lambda douts: np.cumsum(douts), "these are the sums on the way. Return the last one, the whole sum."),
        Mistake(lambda douts: +douts, "these are the gradients as they came. x gets one number, their sum."),
    ),
    edges=(EdgeCase((np.array([2.5]),), "It works, but not if x goes on one way only."),),
    hints=(
        "A nudge of x moves f on every way at once. What do these moves make together?",
        "They are added. np.sum adds the numbers of an array.",
        "All of them added: return np.sum(douts)",
    ),
)

# -- a whole graph ----------------------------------------------------------------------------------------------------

gradients = Exercise(
    name="exercises.gradients",
    solution=lambda x, y, z: (z, z, x + y),
    cases=three_numbers,
    mistakes=(
        Mistake(
            lambda x, y, z: (x + y, x + y, z),
            "at the multiply node each input gets its own value. It gets that of the other: q gets z, and z gets q.",
        ),
        Mistake(
            lambda x, y, z: (1.0, 1.0, x + y),
            "for x and y these are the local gradients of the add node. Multiply them by what arrives there.",
        ),
        Mistake(
            lambda x, y, z: (z, z, x * y),
            "for z you took x times y. The other input of the multiply node is q, and q = x + y.",
        ),
        Mistake(
            lambda x, y, z: (z, z, 1.0),
            "for z the local gradient is missing. At the multiply node it is the value of the other input, q.",
        ),
        Mistake(
            lambda x, y, z: (z, z, (x + y) * z),
            "for z you gave f itself. Take what arrives, 1, times the value of the other input, q.",
        ),
        Mistake(
            lambda x, y, z: (z / 2, z / 2, x + y),
            "the add node shares out what arrives. Each of its inputs gets all of it.",
        ),
        Mistake(
            lambda x, y, z: (x * z, y * z, x + y),
            "x and y are multiplied by their own values. The add node passes on what arrives, as it is.",
        ),
        Mistake(
            lambda x, y, z: (y * z, x * z, x + y),
            "x and y meet at an add node, and you treat it as a multiply node. It passes on what arrives, as it is.",
        ),
        Mistake(
            lambda x, y, z: (z + 1, z + 1, x + y),
            "for x and y the local gradient 1 is added to what arrives. They are multiplied.",
        ),
        Mistake(
            lambda x, y, z: (x + y, z, z),
            "the numbers are right, the order is not: first x, then y, then z.",
        ),
        Mistake(lambda x, y, z: (-z, -z, -(x + y)), "the signs are turned round: nothing here needs a minus."),
        Mistake(
            lambda x, y, z: ((x + y) * z * z, (x + y) * z * z, (x + y) * z * (x + y)),
            "you begin with f at the output. Begin with 1: that is how much f moves when f moves by 1.",
        ),
        Mistake(
            lambda x, y, z: (z, x + y),
            "these are the gradients of q and of z. Go on through the add node, and return three numbers.",
        ),
    ),
    edges=(
        EdgeCase(
            (2.0, -2.0, 0.0),
            "It works, but not where x + y or z is 0. You need no division.",
            ("value", "ZeroDivisionError"),
        ),
    ),
    hints=(
        "Call the sum q = x + y. Then f = q z. Begin at the output with 1, and go back.",
        "The multiply node gives q the value of z, and z the value of q. The add node passes what q got on to x and y.",
        "q = x + y, and then return z, z, q",
    ),
)

# -- two nodes with one input -----------------------------------------------------------------------------------------


def input_and_upstream(rng):
    """Four cases of an input and a gradient that arrives, with the first two signs of SIGNS."""
    return [tuple(float(value) for value in rng.uniform(0.5, 2.5, size=2) * signs[:2]) for signs in SIGNS]


sigmoid_backward = Exercise(
    name="exercises.sigmoid_backward",
    solution=lambda a, dout: dout * sigmoid_derivative(a),
    cases=input_and_upstream,
    mistakes=(
        Mistake(lambda a, dout: sigmoid_derivative(a), "this is the local gradient alone. Multiply it by dout."),
        Mistake(
            lambda a, dout: dout * sigmoid(a),
            "dout is multiplied by the value of the sigmoid. Multiply by its slope, s (1 - s).",
        ),
        Mistake(lambda a, dout: dout * (1 - sigmoid(a)), "one factor is missing: the slope is s (1 - s)."),
        Mistake(lambda a, dout: dout * a * (1 - a), "this is a (1 - a). In s (1 - s), s is the sigmoid of a."),
        Mistake(
            lambda a, dout: dout * sigmoid_derivative(sigmoid(a)),
            "the sigmoid is taken twice. s is its value at a, and the slope is s (1 - s).",
        ),
        Mistake(lambda a, dout: dout + sigmoid_derivative(a), "dout is added to the slope. The two are multiplied."),
        Mistake(lambda a, dout: dout, "this passes dout on as it is. Multiply it by the slope, s (1 - s)."),
        Mistake(lambda a, dout: -dout * sigmoid_derivative(a), "the sign is turned round: the sigmoid only rises."),
        Mistake(
            lambda a, dout: a * sigmoid_derivative(dout),
            "a and dout have changed places: the sigmoid is taken at a, and dout is what arrives.",
        ),
        Mistake(
            lambda a, dout: dout * sigmoid_derivative(dout), "the slope is taken at dout. Take it at a, the input."
        ),
        Mistake(
            lambda a, dout: dout * (1 - sigmoid(a) ** 2), "this is the rule for tanh. Here the slope is s (1 - s)."
        ),
        Mistake(
            lambda a, dout: dout * sigmoid(a) - sigmoid(a),
            "Python reads dout * s * 1 - s as (dout * s * 1) - s. Put 1 - s in brackets.",
        ),
        Mistake(lambda a, dout: dout * sigmoid_derivative(a) * a, "there is one factor a too many at the end."),
        Mistake(lambda a, dout: sigmoid(a), "this is the value that goes forward. What comes back from dout?"),
    ),
    edges=(
        EdgeCase(
            (np.array([-1.0, 0.0, 2.0]), np.array([2.0, -3.0, 0.5])),
            "It works for single numbers, but not for arrays of them.",
        ),
    ),
    hints=(
        "Downstream is upstream times local. dout is upstream; local is the slope of the sigmoid at a.",
        "With s = sigmoid(a) the slope is s (1 - s).",
        "s = sigmoid(a), and then return dout * s * (1 - s)",
    ),
)

reciprocal_backward = Exercise(
    name="exercises.reciprocal_backward",
    solution=lambda x, dout: -dout / x**2,
    cases=input_and_upstream,
    mistakes=(
        Mistake(lambda x, dout: -1 / x**2, "this is the local gradient alone. Multiply it by dout."),
        Mistake(lambda x, dout: dout / x**2, "the minus is missing: when x grows, 1 / x falls, if x is above 0."),
        Mistake(lambda x, dout: -dout / x, "the square is missing: the slope of 1 / x is -1 / x²."),
        Mistake(lambda x, dout: dout / x, "dout is multiplied by the value 1 / x. Multiply by its slope, -1 / x²."),
        Mistake(lambda x, dout: -dout * x**2, "dout is multiplied by x². Divide by it: the slope of 1 / x is -1 / x²."),
        Mistake(
            lambda x, dout: -dout,
            "only the minus is left. Python reads / x * x from left to right, and it cancels: write / x**2.",
        ),
        Mistake(lambda x, dout: dout, "this passes dout on as it is. Multiply it by the slope of 1 / x, -1 / x²."),
        Mistake(lambda x, dout: dout - 1 / x**2, "the slope is added to dout. The two are multiplied."),
        Mistake(lambda x, dout: -1 / (dout * x**2), "dout stands below the line. It is multiplied: -dout / x²."),
        Mistake(lambda x, dout: -1 / dout**2 * x, "x and dout have changed places: x is the input, dout arrives."),
        Mistake(lambda x, dout: -2 * dout / x**3, "this has the slope of 1 / x². Here the node makes 1 / x."),
        Mistake(lambda x, dout: 1 / x, "this is the value that goes forward. What comes back from dout?"),
    ),
    edges=(
        EdgeCase(
            (np.array([2, -4]), np.array([1, 3])),
            "It works, but not for an array of whole numbers, where NumPy has no x ** -2. Write 1 / x**2.",
            ("ValueError",),
        ),
    ),
    hints=(
        "Downstream is upstream times local. dout is upstream; local is the slope of 1 / x.",
        "That slope is -1 / x². In Python, x² is x**2.",
        "In one line: return -dout / x**2",
    ),
)

# -- the neuron -------------------------------------------------------------------------------------------------------


def neuron_sum(w0, x0, w1, x1, w2):
    """The neuron's weighted sum:  a = w0 x0 + w1 x1 + w2."""
    return w0 * x0 + w1 * x1 + w2


def inputs_and_1(w0, x0, w1, x1, w2):
    """How much the sum moves with w0, w1 and w2."""
    return x0, x1, 1.0


def with_slope(slope, factors=inputs_and_1):
    """A neuron's gradients: a slope, made of the sum, times factors, made of all five numbers."""
    return lambda *given: slope(neuron_sum(*given)) * np.array(factors(*given))


neuron = Exercise(
    name="exercises.neuron",
    solution=with_slope(sigmoid_derivative),
    cases=lambda rng: [
        tuple(float(value) for value in rng.uniform(0.4, 1.3, size=5) * signs)
        for signs in ([1, 1, 1, 1, 1], [1, -1, 1, 1, -1], [-1, 1, 1, 1, 1], [1, 1, -1, 1, -1])
    ],
    mistakes=(
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, w2: (w0, w1, 1.0)),
            "w0 and w1 get their own values. At a multiply node each gets the value of the other input: w0 gets x0.",
        ),
        Mistake(
            with_slope(lambda a: 1.0),
            "the slope of the sigmoid is missing: what arrives at the sum is s (1 - s), and not 1.",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, w2: (x0, x1, 0.0)),
            "the gradient of w2 is not 0: it is added to the sum, and an add node passes on what arrives.",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, w2: (x0, x1, w2)),
            "w2 is not multiplied by anything. It is added to the sum, and an add node passes on what arrives.",
        ),
        Mistake(
            lambda *given: np.array([*with_slope(sigmoid_derivative)(*given)[:2], 1.0]),
            "w2 gets 1, the local gradient of the add node. Multiply it by what arrives at the sum, s (1 - s).",
        ),
        Mistake(with_slope(sigmoid), "the value of the sigmoid stands where its slope should: that is s (1 - s)."),
        Mistake(with_slope(lambda a: 1 - sigmoid(a)), "one factor is missing: the slope of the sigmoid is s (1 - s)."),
        Mistake(with_slope(lambda a: a * (1 - a)), "this has a (1 - a). In s (1 - s), s is the sigmoid of the sum a."),
        Mistake(
            with_slope(lambda a: sigmoid_derivative(sigmoid(a))),
            "the sigmoid is taken twice. s is its value at the sum a, and the slope is s (1 - s).",
        ),
        Mistake(
            lambda w0, x0, w1, x1, w2: sigmoid_derivative(w0 * x0 + w1 * x1) * np.array([x0, x1, 1.0]),
            "w2 is missing in the sum: the slope is taken at w0 x0 + w1 x1 + w2.",
        ),
        Mistake(
            with_slope(lambda a: -sigmoid_derivative(a)),
            "the signs are turned round. Two nodes turn the sign, the minus and 1 / x, and together they leave it.",
        ),
        Mistake(
            with_slope(lambda a: sigmoid(a) ** 2),
            "the exp node is left out: multiply by its local gradient, e to the power of minus a.",
        ),
        Mistake(
            with_slope(lambda a: np.exp(-a)),
            "the node 1 / x is left out: its local gradient is -1 / x², with x = 1 + exp(-a).",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, w2: (w0 * x0, w1 * x1, w2)),
            "the weights still stand in it. When w0 moves, x0 is the factor in front, and nothing else.",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, w2: (x0, w0, x1, w1, 1.0)),
            "these are the gradients of all five numbers. Only those of w0, w1 and w2 are asked for.",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, w2: (x0, x1)),
            "w2 is missing: three gradients are asked for.",
        ),
    ),
    edges=(
        EdgeCase(
            (2.0, 0.0, -3.0, 0.0, -3.0),
            "It works, but not where an input is 0. You need no division by x.",
            ("value", "ZeroDivisionError"),
        ),
    ),
    hints=(
        "Go forward first: the sum a, then s = sigmoid(a). Then go back, with 1 at the output.",
        "At the sum s (1 - s) arrives. The add nodes pass it on, and each multiply node gives its weight x times as much.",
        "s = sigmoid(w0 * x0 + w1 * x1 + w2), and then return s * (1 - s) * np.array([x0, x1, 1])",
    ),
)
