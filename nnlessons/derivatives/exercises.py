"""Lesson 04: derivatives and gradients."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlib.activations import sigmoid, sigmoid_derivative
from nnlib.gradients import numerical_derivative, numerical_gradient

__all__ = ["smaller_h", "tiny_h", "which_way", "valley_floor", "two_slopes"]
__all__ += ["central_difference", "gradient", "chain", "weight_slope"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

SIGNS = ([1, 1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, -1])  # of three numbers, in four cases

# -- predictions ------------------------------------------------------------------------------------------------------

smaller_h = Prediction(
    question="From x = 5 to x = 15 the curve climbs by 3, and 3 / 10 = 0.3. Now the second point comes closer and closer to "
    "the first. What becomes of the climb divided by the distance?",
    choices=(
        "It stays at 0.3",
        "It shrinks to 0, since the climb does",
        "It comes closer and closer to a number that is not 0",
        "It grows without end, since we divide by less and less",
    ),
    answer="It comes closer and closer to a number that is not 0",
    reason="Climb and distance both shrink to 0, but not what you get when you divide them. "
    "That goes through 0.3, 0.25, 0.21 and 0.201 to 0.2, the slope of the tangent.",
)

tiny_h = Prediction(
    question="The computer finds the slope of the sigmoid at x = 1 by nudging, with h = 0.1, then 0.01, and so on down to "
    "1e-18. What becomes of the error, the distance from the true slope?",
    choices=(
        "It shrinks all the way",
        "It shrinks, and then it grows again",
        "It shrinks, and from some h on it stays at its smallest",
        "It is the same for every h",
    ),
    answer="It shrinks, and then it grows again",
    reason="At first a smaller h is better, since the curve bends less on the way. "
    "Then the two values are so close together that rounding spoils their difference. In the end nothing is left of it.",
)

which_way = Prediction(
    question="You stand in a round bowl, at (3, 4), and the gradient there is (6, 8). Where does it point?",
    choices=(
        "To the lowest point",
        "To where the ground rises most steeply",
        "Along the slope, so that you stay at the same height",
        "Straight up into the air",
    ),
    answer="To where the ground rises most steeply",
    reason="Both numbers are above 0: f grows with x0, and with x1. The gradient points uphill, the steepest way. "
    "Pictures often show its negative, which points downhill.",
)

valley_floor = Prediction(
    question="Now a long valley with its lowest point at (0, 0). You stand at (4, 1), and follow the arrow of the negative "
    "gradient, straight on. Do you come through the lowest point?",
    choices=(
        "Yes: it points downhill, and that is where downhill ends",
        "No: you cross the valley far from it",
        "No: you walk along the valley and never down",
        "No: the arrow leads up the side of the valley, from the first step on",
    ),
    answer="No: you cross the valley far from it",
    reason="The side of the valley is steeper than its floor, so the arrow (−0.4, −2) points almost straight at the floor. "
    "It knows the ground where you stand, and nothing of the lowest point.",
)

two_slopes = Prediction(
    question="x goes through two functions, one after the other. The first has the slope 3, the second the slope 2. "
    "What is the slope of both together?",
    choices=("5, the sum", "6, the product", "3, the larger one", "2.5, the mean"),
    answer="6, the product",
    reason="A small change of x becomes three times as large, and that change then twice as large: six times in all.",
)

# -- the central difference -------------------------------------------------------------------------------------------

central_difference = Exercise(
    name="exercises.central_difference",
    solution=lambda x, h: numerical_derivative(sigmoid, x, h),
    cases=lambda rng: [(float(rng.uniform(0.6, 2.0) * sign), float(rng.uniform(0.6, 1.5))) for sign in (1, -1, 1, -1)],
    mistakes=(
        Mistake(
            lambda x, h: (sigmoid(x + h) - sigmoid(x - h)) / h,
            "this is twice as large as it should be. From x - h to x + h it is 2 h, so divide by that.",
        ),
        Mistake(
            lambda x, h: (sigmoid(x + h) - sigmoid(x - h)) / 2 * h,
            "Python reads / 2 * h from left to right: divided by 2, then multiplied by h. Write / (2 * h).",
        ),
        Mistake(
            lambda x, h: sigmoid(x + h) - sigmoid(x - h) / (2 * h),
            "only the second value is divided. Put the difference in brackets first.",
        ),
        Mistake(
            lambda x, h: sigmoid(x + h) - sigmoid(x - h),
            "this is how far the sigmoid climbs. Divide it by how far x goes, 2 h.",
        ),
        Mistake(
            lambda x, h: (sigmoid(x + h) - sigmoid(x)) / h,
            "this is the forward difference, from x to x + h. The central one goes from x - h to x + h.",
        ),
        Mistake(
            lambda x, h: (sigmoid(x) - sigmoid(x - h)) / h,
            "this goes from x - h to x only. The central difference goes on to x + h.",
        ),
        Mistake(
            lambda x, h: (sigmoid(x + h) - sigmoid(x)) / (2 * h),
            "you go from x to x + h, which is h, and divide by 2 h. Begin at x - h.",
        ),
        Mistake(
            lambda x, h: (sigmoid(x - h) - sigmoid(x + h)) / (2 * h),
            "the sign is turned round: take the value at x + h minus the value at x - h.",
        ),
        Mistake(
            lambda x, h: (sigmoid(x + h) + sigmoid(x - h)) / (2 * h),
            "the two values are added. How far does the sigmoid climb from one to the other?",
        ),
        Mistake(
            lambda x, h: sigmoid_derivative(x),
            "this is the true slope, by formula. Here you should find it by nudging, with the h that you are given.",
        ),
    ),
    edges=(
        EdgeCase((np.array([-1.0, 0.0, 2.0]), 0.5), "It works for a single x, but not for an array of them."),
        EdgeCase((0.5, 1e-4), "It works, but not for a small h."),
    ),
    hints=(
        "You need the sigmoid at two places, x + h and x - h.",
        "Take their difference in brackets, then divide by 2 * h, in brackets too.",
        "return (sigmoid(x + h) - sigmoid(x - h)) / (2 * h)",
    ),
)

# -- the gradient -----------------------------------------------------------------------------------------------------


def of_cubes(x):
    """The f of the exercise: sum of cubes, and all numbers multiplied."""
    return np.sum(x**3) + np.prod(x)


def nudged(x, h, left_behind):
    """x with h added at one place after the other; those that have had their turn are off by what was left behind there."""
    for i in range(len(x)):
        one = np.array(x, dtype=float)
        one[:i] += left_behind
        one[i] += h
        yield one


def slopes(x, h, width, down=1.0, left_behind=0.0):
    """The difference quotient of of_cubes at each input, with the mistakes that the arguments bring in."""
    pairs = zip(nudged(x, h, left_behind), nudged(x, -down * h, left_behind), strict=True)
    return np.array([(of_cubes(above) - of_cubes(below)) / width for above, below in pairs])


def places(rng, size):
    """Inputs of both signs, and an h."""
    return rng.uniform(0.8, 2.0, size=size) * rng.choice([-1.0, 1.0], size=size), float(rng.uniform(0.5, 1.0))


gradient = Exercise(
    name="exercises.gradient",
    solution=lambda x, h: numerical_gradient(of_cubes, x, h),
    cases=lambda rng: [places(rng, size) for size in (3, 2, 4)],
    mistakes=(
        Mistake(
            lambda x, h: slopes(x, h, width=h),
            "every number is twice as large as it should be. From x - h to x + h it is 2 h: divide by 2 * h, in brackets.",
        ),
        Mistake(
            lambda x, h: slopes(x, h, width=1) / 2 * h,
            "Python reads / 2 * h from left to right: divided by 2, then multiplied by h. Write / (2 * h).",
        ),
        Mistake(
            lambda x, h: slopes(x, h, width=h, down=0.0),
            "these are forward differences. Nudge down as well: from x - h to x + h.",
        ),
        Mistake(lambda x, h: slopes(x, h, width=-2 * h), "every sign is turned round: above minus below."),
        Mistake(
            lambda x, h: np.full(len(x), (of_cubes(x + h) - of_cubes(x - h)) / (2 * h)),
            "all inputs are nudged at once. Nudge one, above[i] += h, while the others are held.",
        ),
        Mistake(
            lambda x, h: slopes(x, h, width=2 * h, left_behind=-h),
            "an input that was nudged is not put back before the next one. Take fresh copies inside the loop.",
        ),
        Mistake(
            lambda x, h: slopes(x, h, width=2 * h, left_behind=h),
            "an input that was nudged up stays up when the next one has its turn. Take fresh copies inside the loop.",
        ),
        Mistake(
            lambda x, h: np.where(np.arange(len(x)) == len(x) - 1, slopes(x, h, width=2 * h), 0.0),
            "only the last place is filled. Write to gradient[i], inside the loop.",
        ),
        Mistake(
            lambda x, h: np.where(np.arange(len(x)) == 0, slopes(x, h, width=2 * h), 0.0),
            "only the first place is filled. Does your return stand inside the loop?",
        ),
        Mistake(
            lambda x, h: np.sum(slopes(x, h, width=2 * h)),
            "the partial derivatives are added up. The gradient keeps them apart: one for each input.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([3, 4]), 0.5),
            "It works, but whole numbers swallow the nudge. Nudge x.astype(float), a copy.",
            ("value", "TypeError"),
        ),
    ),
    hints=(
        "For each i make two copies, above = x.astype(float) and below = x.astype(float).",
        "Then above[i] += h and below[i] -= h: one input has moved, the others are held.",
        "gradient[i] = (f_of_cubes(above) - f_of_cubes(below)) / (2 * h)",
    ),
)

# -- the chain rule ---------------------------------------------------------------------------------------------------

chain = Exercise(
    name="exercises.chain",
    solution=lambda x: 2 * (3 * x - 1) * 3,
    cases=lambda rng: [(float(x),) for x in rng.uniform(1.0, 3.0, size=4) * [1, -1, 1, -1]],
    mistakes=(
        Mistake(
            lambda x: 2 * (3 * x - 1),
            "this is the slope of u² alone. u itself changes three times as fast as x: the inner slope is missing.",
        ),
        Mistake(lambda x: 2 * x * 3, "the outer slope is taken at x. Take it at u: 2 u, with u = 3 x - 1."),
        Mistake(lambda x: 2 * (3 * x - 1) + 3, "the two slopes are added. They are multiplied."),
        Mistake(lambda x: 3.0, "this is the slope of u = 3 x - 1 alone. Multiply it by the slope of u², which is 2 u."),
        Mistake(lambda x: (3 * x - 1) ** 2, "this is y itself. How fast does it change?"),
        Mistake(lambda x: (3 * x - 1) * 3, "the 2 is missing: the slope of u² is 2 u."),
        Mistake(lambda x: (3 * x - 1) ** 2 * 3, "u² still stands there. Its slope is 2 u."),
        Mistake(
            lambda x: 2 * 3 * x - 1, "mind the brackets: 2 u means 2 * (3 * x - 1), and then comes the inner slope."
        ),
        Mistake(lambda x: 2 * 3 * x - 1 * 3, "the 2 is multiplied by 3 x alone: put 3 * x - 1 in brackets."),
        Mistake(lambda x: 2 * (3 * x - 1) * x, "the inner slope is 3, and not x: u = 3 x - 1 is a straight line."),
        Mistake(lambda x: 2 * (3 * x - 1) * 2, "the inner slope is that of 3 x - 1: 3, and not 2."),
        Mistake(lambda x: 2 * (3 * x - 1) * (3 * x - 1), "u stands there twice. The inner slope is that of u: 3."),
    ),
    hints=(
        "Two slopes: that of y = u², taken at u, and that of u = 3 x - 1.",
        "They are 2 u and 3. Put 3 x - 1 in the place of u, and multiply.",
        "return 2 * (3 * x - 1) * 3",
    ),
)

weight_slope = Exercise(
    name="exercises.weight_slope",
    solution=lambda w, b, x: sigmoid_derivative(w * x + b) * x,
    cases=lambda rng: [tuple(float(value) for value in rng.uniform(0.5, 1.5, size=3) * signs) for signs in SIGNS],
    mistakes=(
        Mistake(
            lambda w, b, x: sigmoid_derivative(w * x + b),
            "the inner slope is missing: how fast does a = w x + b change with w?",
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(w * x + b) * w,
            "this is the slope for x. The weight moves here, and x is held: a = w x + b changes x times as fast as w.",
        ),
        Mistake(lambda w, b, x: sigmoid_derivative(w) * x, "the outer slope is taken at w. Take it at a = w x + b."),
        Mistake(lambda w, b, x: sigmoid_derivative(x) * x, "the outer slope is taken at x. Take it at a = w x + b."),
        Mistake(
            lambda w, b, x: sigmoid_derivative(w * x) * x, "the bias is missing: take the outer slope at w * x + b."
        ),
        Mistake(
            lambda w, b, x: sigmoid(w * x + b) * x, "the outer slope is missing: this has the sigmoid's value instead."
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(sigmoid(w * x + b)) * x,
            "the outer slope is taken at z, the output. Take it at a = w x + b, the sum.",
        ),
        Mistake(lambda w, b, x: sigmoid_derivative(w * x + b) + x, "the two slopes are added. They are multiplied."),
        Mistake(
            lambda w, b, x: sigmoid_derivative(w * x + b) * (x + b),
            "b stands in the inner slope. When w moves, b does not: the slope of w x + b for w is x.",
        ),
        Mistake(lambda w, b, x: sigmoid(w * x + b), "this is the output z itself. How fast does it change with w?"),
    ),
    edges=(
        EdgeCase((np.array([0.5, -1.0]), 0.3, 2.0), "It works for single numbers, but not for an array of weights."),
    ),
    hints=(
        "The chain is w, then a = w x + b, then z = sigmoid(a). Each step has a slope.",
        "The slope of a for w is x, since x is held. The slope of z for a is s (1 - s), with s = sigmoid(a).",
        "s = sigmoid(w * x + b), and then return s * (1 - s) * x",
    ),
)
