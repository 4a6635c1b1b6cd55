"""Lesson 6: recall, predictions about gradients, and functions for the reader to write."""

import numpy as np

from nnlessons.backpropagation.engine_steps import (
    engine,
    engine_add,
    engine_backward,
    engine_multiply,
    engine_sigmoid,
    engine_value,
)
from nnlessons.derivatives.exercises import SIGNS
from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall
from nnlib.activations import sigmoid, sigmoid_derivative

__all__ = ["recall", "how_many", "which_input", "at_the_minus", "used_twice", "through_relu", "backward_twice"]
__all__ += ["gradients", "reciprocal_backward", "neuron"]
__all__ += ["engine", "engine_value", "engine_add", "engine_multiply", "engine_sigmoid", "engine_backward"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

# -- recall and predictions -------------------------------------------------------------------------------------------

recall = Recall(
    (
        Prediction(
            question="A weight w has a gradient of 4, and the learning rate is 0.1. What does one update do to w?",
            choices=("w falls by 0.4", "w rises by 0.4", "w becomes 0.4", "w falls by 4"),
            answer="w falls by 0.4",
            reason="The step is minus the learning rate times the gradient, −0.1 · 4.",
        ),
        Prediction(
            question="The slope of a along w is 3, and the slope of L along a is −2. What's the slope of L along w?",
            choices=("1", "−6", "−5", "−2/3"),
            answer="−6",
            reason="Slopes along a chain multiply: when w moves by a little, a moves 3 times as far, and L moves −2 times "
            "as far as a.",
        ),
        Prediction(
            question="A sigmoid outputs z = 0.5. What's its slope there?",
            choices=("0.5", "0.25", "1", "0"),
            answer="0.25",
            reason="The slope of a sigmoid is z (1 − z), so here it's 0.5 · 0.5. It's never larger than that.",
        ),
    )
)

how_many = Prediction(
    question="A network has 3,760 weights. How much work does it take to get all 3,760 slopes by going backward?",
    choices=(
        "About as much as 2 or 3 forward passes",
        "About as much as 3,760 forward passes",
        "About as much as 7,520 forward passes",
    ),
    answer="About as much as 2 or 3 forward passes",
    reason="One pass goes forward, and one comes back and costs about as much again, or twice as much. There's only one loss, "
    "so a single backward pass reaches all the weights. Nudging needs two forward passes for each weight, and that's 7,520.",
)

which_input = Prediction(
    question="L = (u + v) w, with u = −2, v = 5 and w = −4. You raise one of the three a little and leave the other two alone. "
    "Which one moves L the most, and in which direction?",
    choices=(
        "u and v, both equally, and L falls",
        "u and v, both equally, and L rises",
        "v, because it's the largest, and L rises",
        "w, because it multiplies everything, and L rises",
    ),
    answer="u and v, both equally, and L falls",
    reason="A nudge of u or v moves the sum by just as much, and the sum is multiplied by w = −4. So L falls by 4 times the "
    "nudge. A nudge of w is multiplied by the sum, u + v = 3, so L rises by 3 times the nudge.",
)

at_the_minus = Prediction(
    question="A node outputs u − v, with u = 2 and v = 100. A gradient of 6 arrives at it. What does it pass back to u and to v?",
    choices=(
        "3 and −3: half of it each",
        "6 and 6: all of it to both",
        "6 and −6: all of it to both, with a minus for v",
        "12 and −600: each times its own value",
    ),
    answer="6 and −6: all of it to both, with a minus for v",
    reason="Raise u a little, and u − v rises by just as much: the local gradient is 1. Raise v, and u − v falls by just as "
    "much: the local gradient is −1. How large u and v are doesn't matter.",
)

used_twice = Prediction(
    question="L = u · u is a multiply node that gets u at both of its inputs. What's the gradient of u at u = 3?",
    choices=("3", "6", "9", "It depends on which of the two inputs you mean"),
    answer="6",
    reason="Each input of the node gets the value of the other one, 3. A nudge of u moves L through both inputs, so the two "
    "are added: 3 + 3 = 6. The formula agrees, because the derivative of u² is 2u.",
)

through_relu = Prediction(
    question="A gradient of 5 arrives at two ReLU nodes. The input of the first one is −0.1, and the input of the second one "
    "is 2. What do they pass back?",
    choices=("0 and 5", "5 and 5", "−0.5 and 10", "0 and 10"),
    answer="0 and 5",
    reason="Below 0 a ReLU is flat. A nudge of its input changes nothing, so nothing gets through. Above 0 its slope is 1, and "
    "the gradient gets through unchanged. All that counts is which side of 0 the input is on, not how far.",
)

backward_twice = Prediction(
    question="You run your engine backward from L = (u + v) w, at u = −2, v = 5 and w = −4, and u gets a gradient of −4. Then "
    "you run it backward a second time, without setting the gradients back to 0. What does u have now?",
    choices=("−4, as before", "−8, twice as much", "−12, three times as much", "−16, four times as much"),
    answer="−12, three times as much",
    reason="The sum u + v still has −4 from the first time and gets another −4. Now it has −8 and passes that on, so u has "
    "−4 + (−8) = −12. w gets its gradient straight from the output, which starts with 1 each time: 3 + 3 = 6, twice as much. "
    "So all of them are wrong, and not even by the same factor.",
)

# -- a whole graph ------------------------------------------------------------------------------------------------------


def three_numbers(rng):
    """Four cases of three numbers, with the signs of SIGNS."""
    return [tuple(float(value) for value in rng.uniform(0.5, 3.0, size=3) * signs) for signs in SIGNS]


gradients = Exercise(
    name="exercises.gradients",
    solution=lambda u, v, w: (w, w, u + v),
    cases=three_numbers,
    mistakes=(
        Mistake(
            lambda u, v, w: (u + v, u + v, w),
            "At the multiply node, you gave each input its own value. It's the other way around: q gets w, and w gets q.",
        ),
        Mistake(
            lambda u, v, w: (1.0, 1.0, u + v),
            "For u and v you returned the local gradients of the add node. Multiply them by the gradient that arrives there.",
        ),
        Mistake(
            lambda u, v, w: (w, w, u * v),
            "For w you took u times v. The other input of the multiply node is q, and q = u + v.",
        ),
        Mistake(
            lambda u, v, w: (w, w, 1.0),
            "For w you forgot the local gradient. At the multiply node it's the value of the other input, q.",
        ),
        Mistake(
            lambda u, v, w: (w, w, (u + v) * w),
            "For w you returned L itself. Take the gradient that arrives, 1, times the value of the other input, q.",
        ),
        Mistake(
            lambda u, v, w: (w / 2, w / 2, u + v),
            "You split the gradient at the add node. Each of its inputs gets all of it.",
        ),
        Mistake(
            lambda u, v, w: (u * w, v * w, u + v),
            "You multiplied u and v by their own values. The add node passes the gradient on as it is.",
        ),
        Mistake(
            lambda u, v, w: (v * w, u * w, u + v),
            "You treated the add node like a multiply node. It passes the gradient on to u and v as it is.",
        ),
        Mistake(
            lambda u, v, w: (w + 1, w + 1, u + v),
            "For u and v you added the local gradient, 1, to the gradient that arrives. Multiply them instead.",
        ),
        Mistake(
            lambda u, v, w: (u + v, w, w),
            "Your numbers are right, but in the wrong order. Return du first, then dv, then dw.",
        ),
        Mistake(lambda u, v, w: (-w, -w, -(u + v)), "Your signs are flipped. Nothing here needs a minus."),
        Mistake(
            lambda u, v, w: ((u + v) * w * w, (u + v) * w * w, (u + v) * w * (u + v)),
            "You started with L at the output. Start with 1: that's how much L moves when L moves by 1.",
        ),
        Mistake(
            lambda u, v, w: (w, u + v),
            "You returned the gradients of q and w. Go on through the add node, and return three numbers.",
        ),
    ),
    edges=(
        EdgeCase(
            (2.0, -2.0, 0.0),
            "Your function works, but not if u + v or w is 0. You don't need a division.",
            ("value", "ZeroDivisionError"),
        ),
    ),
    hints=(
        "Call the sum q = u + v. Then L = q w. Start at the output with 1, and go backward.",
        "The multiply node gives q the value of w, and w the value of q. The add node passes q's gradient on to u and v.",
        "q = u + v, and then return w, w, q",
    ),
)

# -- the node 1/u -----------------------------------------------------------------------------------------


def input_and_upstream(rng):
    """Four cases of an input and a gradient that arrives, with the first two signs of SIGNS."""
    return [tuple(float(value) for value in rng.uniform(0.5, 2.5, size=2) * signs[:2]) for signs in SIGNS]


reciprocal_backward = Exercise(
    name="exercises.reciprocal_backward",
    solution=lambda u, dout: -dout / u**2,
    cases=input_and_upstream,
    mistakes=(
        Mistake(lambda u, dout: -1 / u**2, "You returned only the local gradient. Multiply it by dout."),
        Mistake(lambda u, dout: dout / u**2, "You forgot the minus: when u grows, 1 / u falls."),
        Mistake(lambda u, dout: -dout / u, "You forgot the square: the slope of 1 / u is -1 / u²."),
        Mistake(
            lambda u, dout: dout / u, "You multiplied dout by the value, 1 / u. Multiply it by the slope, -1 / u²."
        ),
        Mistake(lambda u, dout: -dout * u**2, "You multiplied by u². Divide by it: the slope of 1 / u is -1 / u²."),
        Mistake(
            lambda u, dout: -dout,
            "Only the minus is left. Python reads / u * u from left to right, so it cancels. Write / u**2.",
        ),
        Mistake(lambda u, dout: dout, "You passed dout on as it is. Multiply it by the slope of 1 / u, -1 / u²."),
        Mistake(lambda u, dout: dout - 1 / u**2, "You added the slope to dout. Multiply them instead."),
        Mistake(lambda u, dout: -1 / (dout * u**2), "You divided by dout. Multiply by it: -dout / u²."),
        Mistake(lambda u, dout: -1 / dout**2 * u, "You swapped u and dout: u is the input, and dout is what arrives."),
        Mistake(lambda u, dout: -2 * dout / u**3, "You used the slope of 1 / u². This node outputs 1 / u."),
        Mistake(lambda u, dout: 1 / u, "You returned the value that goes forward. What comes back, given dout?"),
    ),
    edges=(
        EdgeCase(
            (np.array([2, -4]), np.array([1, 3])),
            "Your function works, but not for an array of whole numbers, because NumPy refuses u ** -2. Write 1 / u**2.",
            ("ValueError",),
        ),
    ),
    hints=(
        "Downstream is upstream times local. dout is upstream; local is the slope of 1 / u.",
        "That slope is -1 / u². In Python, u² is u**2.",
        "In one line: return -dout / u**2",
    ),
)

# -- the neuron -------------------------------------------------------------------------------------------------------


def neuron_sum(w0, x0, w1, x1, b):
    """The neuron's weighted sum:  a = w0 x0 + w1 x1 + b."""
    return w0 * x0 + w1 * x1 + b


def inputs_and_1(w0, x0, w1, x1, b):
    """How much the sum moves with w0, w1 and b."""
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
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, b: (w0, w1, 1.0)),
            "You multiplied by the weights themselves. At a multiply node each gets the value of the other input: w0 gets x0.",
        ),
        Mistake(
            with_slope(lambda a: 1.0),
            "You forgot the slope of the sigmoid: what arrives at the sum is z (1 - z), not 1.",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, b: (x0, x1, 0.0)),
            "The gradient of b isn't 0. b is added to the sum, and an add node passes on what arrives.",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, b: (x0, x1, b)),
            "You multiplied by b. It's added to the sum, and an add node passes on what arrives, as it is.",
        ),
        Mistake(
            lambda *given: np.array([*with_slope(sigmoid_derivative)(*given)[:2], 1.0]),
            "For b you returned 1, the local gradient of the add node. Multiply it by what arrives at the sum, z (1 - z).",
        ),
        Mistake(with_slope(sigmoid), "You used the sigmoid's value. You need its slope, z (1 - z)."),
        Mistake(with_slope(lambda a: 1 - sigmoid(a)), "You forgot a factor: the slope of the sigmoid is z (1 - z)."),
        Mistake(
            with_slope(lambda a: a * (1 - a)),
            "You used a (1 - a). The slope is z (1 - z), and z is the sigmoid of the sum a.",
        ),
        Mistake(
            with_slope(lambda a: sigmoid_derivative(sigmoid(a))),
            "You took the sigmoid twice. z is the sigmoid of the sum a, and the slope is z (1 - z).",
        ),
        Mistake(
            lambda w0, x0, w1, x1, b: sigmoid_derivative(w0 * x0 + w1 * x1) * np.array([x0, x1, 1.0]),
            "You left b out of the sum. Take the slope at w0 x0 + w1 x1 + b.",
        ),
        Mistake(
            with_slope(lambda a: -sigmoid_derivative(a)),
            "Your signs are flipped. If you went node by node: negate and 1/u flip the sign once each, so it's back.",
        ),
        Mistake(
            with_slope(lambda a: sigmoid(a) ** 2),
            "You left out the exp node. Multiply by its local gradient, e to the power of minus a.",
        ),
        Mistake(
            with_slope(lambda a: np.exp(-a)),
            "You left out the node 1/u. Its local gradient is -1 / u², with u = 1 + exp(-a).",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, b: (w0 * x0, w1 * x1, b)),
            "You multiplied by the weights, too. When w0 moves, the sum moves x0 times as far, however large w0 is.",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, b: (x0, w0, x1, w1, 1.0)),
            "You returned the gradients of all five numbers. Return only those for w0, w1 and b.",
        ),
        Mistake(
            with_slope(sigmoid_derivative, lambda w0, x0, w1, x1, b: (x0, x1)),
            "You forgot the gradient of b. Return three numbers.",
        ),
    ),
    edges=(
        EdgeCase(
            (2.0, 0.0, -3.0, 0.0, -3.0),
            "Your function works, but not if an input is 0. You don't need to divide by x.",
            ("value", "ZeroDivisionError"),
        ),
    ),
    hints=(
        "Go forward first: the sum a, then z = sigmoid(a). Then go backward, with 1 at the output.",
        "At the sum, z (1 - z) arrives. The add nodes pass it on, and each multiply node gives its weight x times as much.",
        "z = sigmoid(w0 * x0 + w1 * x1 + b), and then return z * (1 - z) * np.array([x0, x1, 1])",
    ),
)
