"""Lesson 4: predictions about slopes, and functions for the reader to write."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall
from nnlib.activations import sigmoid, sigmoid_derivative
from nnlib.gradients import numerical_derivative, numerical_gradient

__all__ = ["recall", "two_sided", "which_way", "two_slopes", "tiny_eps", "valley_floor"]
__all__ += ["central_difference", "gradient", "chain", "weight_slope"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

SIGNS = ([1, 1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, -1])  # of three numbers, in four cases

# -- questions --------------------------------------------------------------------------------------------------------

recall = Recall(
    (
        Prediction(
            question="Why does learning go by the loss, and not by the accuracy?",
            choices=(
                "The accuracy takes longer to compute",
                "A small change in a weight usually leaves the accuracy as it is",
                "The loss is the smaller number of the two",
            ),
            answer="A small change in a weight usually leaves the accuracy as it is",
            reason="The accuracy goes up and down in stairs, and a stair is flat, so it gives no hint. The loss changes "
            "a little whenever the answers change a little.",
        ),
        Prediction(
            question="The right class has probability 0.01, so the loss, −log y, is 4.6. Then the probability drops to "
            "0.001. What's the loss now?",
            choices=("4.7", "6.9", "9.2", "46"),
            answer="6.9",
            reason="Whenever the probability gets ten times smaller, you add log 10, which is 2.3. It doesn't matter "
            "where you started.",
        ),
        Prediction(
            question="Softmax gives the right class 0.8. What's the slope of the cross entropy for the score of that class?",
            choices=("0.8", "0.2", "−0.2", "−0.8"),
            answer="−0.2",
            reason="It's output minus target, 0.8 − 1. The slope is negative, so the loss gets smaller if this score "
            "goes up.",
        ),
    )
)

two_sided = Prediction(
    question="The road is y = 0.01 x² + 0.1 x, and its true slope at x = 5 is 0.2. With ε = 10 the forward difference "
    "gives 0.3. What does the central difference give, with the same ε?",
    choices=("0.3", "0.25", "Exactly 0.2", "0.1"),
    answer="Exactly 0.2",
    reason="From x = −5 to 15 the road climbs by 4, and 4 / 20 = 0.2. To the right of x = 5, the average slope is 0.3, "
    "which is 0.1 too much. To the left it's 0.1, which is 0.1 too little. On this curve, the two errors cancel exactly.",
)

which_way = Prediction(
    question="In a round bowl, at (3, 4), the slopes are 6 along x₀ and 8 along x₁. You take a tiny step, and you're exactly as "
    "high as before. In which direction did you go?",
    choices=("(6, 8)", "(−6, −8)", "(−8, 6)", "That can't happen: the bowl slopes in both directions"),
    answer="(−8, 6)",
    reason="8 back along x₀ lowers f by 6 · 8, and 6 up along x₁ raises it by 8 · 6, so the two cancel. That's a "
    "quarter turn from (6, 8).",
)

two_slopes = Prediction(
    question="You turn w a little, and a turns 3 times as fast as w. And z turns a quarter as fast as a does. How fast "
    "does z turn, compared with w?",
    choices=(
        "3.25 times as fast, the sum",
        "0.75 times as fast, the product",
        "3 times as fast, because the fastest gear decides",
        "0.25 times as fast, because the slowest gear decides",
    ),
    answer="0.75 times as fast, the product",
    reason="Turn w by 1 degree, and a turns by 3 degrees. A quarter of that is 0.75 degrees, so that's how far z turns.",
)

tiny_eps = Prediction(
    question="The computer finds the slope of the sigmoid at x = 1 by nudging, with ε = 0.1, then 0.01, and so on, all "
    "the way down to 1e-18. What happens to the error, the distance from the true slope?",
    choices=(
        "It keeps shrinking",
        "It shrinks, and then it grows again",
        "It shrinks, and then it stays as small as it is",
        "It's the same for every ε",
    ),
    answer="It shrinks, and then it grows again",
    reason="At first a smaller ε helps, because the curve bends less on a shorter step. But then the two values are so "
    "close together that rounding spoils their difference, and in the end nothing is left of it.",
)

valley_floor = Prediction(
    question="You're in a long valley, at (4, 1), and its lowest point is (0, 0). You follow the negative gradient in a "
    "straight line. Will you get to the lowest point?",
    choices=(
        "Yes, because it points downhill, and that's where downhill ends",
        "No, you'll cross the floor of the valley far away from it",
        "No, you'll walk along the valley and never get down to its floor",
        "No, you'll climb the side of the valley from the first step on",
    ),
    answer="No, you'll cross the floor of the valley far away from it",
    reason="The side of the valley is much steeper than its floor, so the arrow, (−0.4, −2), points almost straight at "
    "the floor. All it knows is the ground under your feet.",
)

# -- the central difference -------------------------------------------------------------------------------------------

central_difference = Exercise(
    name="exercises.central_difference",
    solution=lambda x, eps: numerical_derivative(sigmoid, x, eps),
    cases=lambda rng: [(float(rng.uniform(0.6, 2.0) * sign), float(rng.uniform(0.6, 1.5))) for sign in (1, -1, 1, -1)],
    mistakes=(
        Mistake(
            lambda x, eps: (sigmoid(x + eps) - sigmoid(x - eps)) / eps,
            "Your slope is twice as large as it should be. It's 2 eps from x - eps to x + eps, so divide by 2 * eps.",
        ),
        Mistake(
            lambda x, eps: (sigmoid(x + eps) - sigmoid(x - eps)) / 2 * eps,
            "You need parentheses below the fraction line: / (2 * eps). Python reads / 2 * eps from left to right, so "
            "it divides by 2 and then multiplies by eps.",
        ),
        Mistake(
            lambda x, eps: sigmoid(x + eps) - sigmoid(x - eps) / (2 * eps),
            "You divided only the second value. Put parentheses around the difference.",
        ),
        Mistake(
            lambda x, eps: sigmoid(x + eps) - sigmoid(x - eps),
            "That's how far the sigmoid climbs. Divide it by how far x goes, 2 * eps.",
        ),
        Mistake(
            lambda x, eps: (sigmoid(x + eps) - sigmoid(x)) / eps,
            "That's the forward difference, from x to x + eps. The central one goes from x - eps to x + eps.",
        ),
        Mistake(
            lambda x, eps: (sigmoid(x) - sigmoid(x - eps)) / eps,
            "You went from x - eps only as far as x. The central difference goes on to x + eps.",
        ),
        Mistake(
            lambda x, eps: (sigmoid(x + eps) - sigmoid(x)) / (2 * eps),
            "You divided by 2 eps, but you only went from x to x + eps. Start at x - eps.",
        ),
        Mistake(
            lambda x, eps: (sigmoid(x - eps) - sigmoid(x + eps)) / (2 * eps),
            "The sign is flipped. Take the value at x + eps minus the value at x - eps.",
        ),
        Mistake(
            lambda x, eps: (sigmoid(x + eps) + sigmoid(x - eps)) / (2 * eps),
            "You added the two values. Subtract them to see how far the sigmoid climbs from one to the other.",
        ),
        Mistake(
            lambda x, eps: sigmoid_derivative(x),
            "That's the true slope, by formula. Here, find it by nudging, with the eps that you're given.",
        ),
    ),
    edges=(
        EdgeCase((np.array([-1.0, 0.0, 2.0]), 0.5), "Your function works for a single x, but not for an array."),
        EdgeCase((0.5, 1e-4), "Your function works, but not if eps is small. Did you round something?"),
    ),
    hints=(
        "You need the sigmoid twice, at x + eps and at x - eps.",
        "Put parentheses around their difference, then divide by 2 * eps, with parentheses around that, too.",
        "return (sigmoid(x + eps) - sigmoid(x - eps)) / (2 * eps)",
    ),
)

# -- the gradient -----------------------------------------------------------------------------------------------------


def of_cubes(x):
    """The f of the exercise: the sum of the cubes, plus the product of all numbers."""
    return np.sum(x**3) + np.prod(x)


def nudged(x, eps, left_behind):
    """x with eps added to one input after another. Whatever is left behind is still in the inputs that were nudged before."""
    for i in range(len(x)):
        one = np.array(x, dtype=float)
        one[:i] += left_behind
        one[i] += eps
        yield one


def slopes(x, eps, width, down=1.0, left_behind=0.0):
    """The difference quotient of of_cubes for each input, with the mistakes that the arguments bring in."""
    pairs = zip(nudged(x, eps, left_behind), nudged(x, -down * eps, left_behind), strict=True)
    return np.array([(of_cubes(above) - of_cubes(below)) / width for above, below in pairs])


def inputs(rng, size):
    """Numbers of both signs, and an eps."""
    return rng.uniform(0.8, 2.0, size=size) * rng.choice([-1.0, 1.0], size=size), float(rng.uniform(0.5, 1.0))


gradient = Exercise(
    name="exercises.gradient",
    solution=lambda x, eps: numerical_gradient(of_cubes, x, eps),
    cases=lambda rng: [inputs(rng, size) for size in (3, 2, 4)],
    mistakes=(
        Mistake(
            lambda x, eps: slopes(x, eps, width=eps),
            "Your slopes are twice as large as they should be. It's 2 eps from below to above, so divide by (2 * eps).",
        ),
        Mistake(
            lambda x, eps: slopes(x, eps, width=1) / 2 * eps,
            "You need parentheses below the fraction line: / (2 * eps). Python reads / 2 * eps from left to right, so "
            "it divides by 2 and then multiplies by eps.",
        ),
        Mistake(
            lambda x, eps: slopes(x, eps, width=eps, down=0.0),
            "You took forward differences. Nudge each input down, too, and go from x - eps to x + eps.",
        ),
        Mistake(
            lambda x, eps: slopes(x, eps, width=2 * eps, down=0.0),
            "You divided by 2 eps, but you only nudged up, by eps. Nudge each input down, too.",
        ),
        Mistake(
            lambda x, eps: slopes(x, eps, width=-2 * eps),
            "The sign is flipped. Take the value above minus the value below.",
        ),
        Mistake(
            lambda x, eps: np.full(len(x), (of_cubes(x + eps) - of_cubes(x - eps)) / (2 * eps)),
            "You nudged all inputs at once. Nudge just one, above[i] += eps, and hold the others still.",
        ),
        Mistake(
            lambda x, eps: slopes(x, eps, width=2 * eps, left_behind=-eps),
            "You nudged an input down and never put it back before the next one's turn. Make fresh copies inside the loop.",
        ),
        Mistake(
            lambda x, eps: slopes(x, eps, width=2 * eps, left_behind=eps),
            "You nudged an input up and never put it back before the next one's turn. Make fresh copies inside the loop.",
        ),
        Mistake(
            lambda x, eps: np.where(np.arange(len(x)) == len(x) - 1, slopes(x, eps, width=2 * eps), 0.0),
            "You only filled in the last slope. Write to gradient[i] inside the loop.",
        ),
        Mistake(
            lambda x, eps: np.where(np.arange(len(x)) == 0, slopes(x, eps, width=2 * eps), 0.0),
            "You only filled in the first slope. Is your return inside the loop? It should come after it.",
        ),
        Mistake(
            lambda x, eps: np.sum(slopes(x, eps, width=2 * eps)),
            "You added up the partial derivatives. Keep them apart, one for each input.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([3, 4]), 0.5),
            "Your function works, but not for whole numbers: an array of integers can't hold the nudge. Make the copies "
            "with x.astype(float).",
            ("value", "TypeError"),
        ),
    ),
    hints=(
        "For each i, make two copies of x: above = x.astype(float) and below = x.astype(float).",
        "Then nudge just one input in each of them: above[i] += eps and below[i] -= eps.",
        "gradient[i] = (f_of_cubes(above) - f_of_cubes(below)) / (2 * eps)",
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
            "You forgot the inner slope. You have 2 u, the slope of u², but u itself changes 3 times as fast as x.",
        ),
        Mistake(lambda x: 2 * x * 3, "You took the outer slope at x. Take it at u, so it's 2 u, with u = 3 x - 1."),
        Mistake(lambda x: 2 * (3 * x - 1) + 3, "You added the two slopes. Slopes along a chain multiply."),
        Mistake(
            lambda x: 3.0,
            "That's only the inner slope, how fast u = 3 x - 1 changes. Multiply it by the slope of u², which is 2 u.",
        ),
        Mistake(lambda x: (3 * x - 1) ** 2, "That's y itself. Return how fast it changes."),
        Mistake(lambda x: (3 * x - 1) * 3, "You forgot the 2. The slope of u² is 2 u, with u = 3 x - 1."),
        Mistake(
            lambda x: (3 * x - 1) ** 2 * 3, "You multiplied u² by the inner slope. Multiply its slope, 2 u, instead."
        ),
        Mistake(
            lambda x: 2 * 3 * x - 1,
            "You need parentheses around u, 2 * (3 * x - 1). You also forgot the inner slope.",
        ),
        Mistake(
            lambda x: 2 * 3 * x - 1 * 3,
            "You need parentheses around u. Otherwise the 2 only multiplies 3 * x, and the last 3 only multiplies the 1.",
        ),
        Mistake(
            lambda x: 2 * (3 * x - 1) * x,
            "You multiplied by x. The inner slope is how fast u = 3 x - 1 changes with x, which is 3.",
        ),
        Mistake(
            lambda x: 2 * (3 * x - 1) * 2,
            "You took 2 for the inner slope: 3 - 1. A constant never climbs, so the slope of 3 x - 1 is 3.",
        ),
        Mistake(
            lambda x: 2 * (3 * x - 1) * (3 * x - 1),
            "You multiplied by u again. Multiply by its slope instead, which is 3.",
        ),
    ),
    hints=(
        "There are two slopes to find: the slope of u², taken at u, and the slope of u = 3 x - 1.",
        "They are 2 u and 3. Write 3 * x - 1 for u, in parentheses, and multiply.",
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
            "You forgot the inner slope. How fast does a = w x + b change when w moves?",
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(w * x + b) * w,
            "You found the slope for x. Here the weight moves and x is held still, so a = w x + b changes x times as "
            "fast as w.",
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(w) * x,
            "You took the outer slope at w. Take it at a = w x + b.",
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(x) * x,
            "You took the outer slope at x. Take it at a = w x + b.",
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(w * x) * x,
            "You forgot the bias. Take the outer slope at w * x + b.",
        ),
        Mistake(
            lambda w, b, x: sigmoid(w * x + b) * x,
            "You multiplied by z itself, the value of the sigmoid. Multiply by its slope, z * (1 - z).",
        ),
        Mistake(
            lambda w, b, x: sigmoid(w * x + b) * (sigmoid(w * x + b) - 1) * x,
            "The sign is flipped. It's 1 - z, not z - 1.",
        ),
        Mistake(
            lambda w, b, x: (w * x + b) * (1 - (w * x + b)) * x,
            "You used a where the rule has z. Send w * x + b through the sigmoid first.",
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(sigmoid(w * x + b)) * x,
            "You took the sigmoid twice, so your outer slope is at z. Take it at a = w x + b.",
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(w * x + b) + x,
            "You added the two slopes. Slopes along a chain multiply.",
        ),
        Mistake(
            lambda w, b, x: sigmoid_derivative(w * x + b) * (x + b),
            "You have b in the inner slope. When w moves, b doesn't, so w x + b has slope x.",
        ),
        Mistake(lambda w, b, x: sigmoid(w * x + b), "That's z itself. Return how fast it changes when w moves."),
    ),
    edges=(
        EdgeCase(
            (np.array([0.5, -1.0]), 0.3, 2.0),
            "Your function works for single numbers, but not for an array of weights. math.exp takes only a number; "
            "np.exp and sigmoid take both.",
        ),
    ),
    hints=(
        "The chain goes from w to a = w x + b, and from a to z = sigmoid(a). Find the slope of each of the two.",
        "If w moves by 1, then a moves by x. And the slope of z for a is z (1 - z).",
        "z = sigmoid(w * x + b), and then return z * (1 - z) * x",
    ),
)
