"""Lesson 1: predictions about bends, and functions for the reader to write."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall
from nnlib import activations
from nnlib.activations import relu

__all__ = ["recall", "no_bend", "w_doubles", "dead_unit"]
__all__ += ["sigmoid", "hat", "slope", "leaky_relu"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

recall = Recall(
    (
        Prediction(
            question="A neuron with the step function has w₀ = 2, w₁ = −1 and b = −1. What does it say about the point (1, 2)?",
            choices=("1", "0", "−1"),
            answer="0",
            reason="The sum is 2 · 1 + (−1) · 2 + (−1) = −1. That isn't above 0, so the neuron says 0.",
        ),
        Prediction(
            question="Which of these changes a neuron's answers?",
            choices=(
                "Doubling its weights and its bias",
                "Changing the sign of its weights and its bias",
                "Neither of the two",
            ),
            answer="Changing the sign of its weights and its bias",
            reason="Every sum changes its sign, so the two sides of the line trade places. Doubling leaves all signs alone.",
        ),
        Prediction(
            question="One line can't do XOR. Why can two neurons, followed by a third?",
            choices=(
                "The first two move the points, and then one line is enough",
                "Two lines are longer than one",
                "The third neuron draws a curve",
            ),
            answer="The first two move the points, and then one line is enough",
            reason="Their answers put both blue corners in the same place, on one side of the third neuron's line.",
        ),
    )
)

no_bend = Prediction(
    question="You take the bend out: h becomes the identity, h(a) = a. You still have all ten sliders. What shapes can the blue "
    "curve take?",
    choices=(
        "Any shape, with enough patience",
        "A straight line, and nothing else",
        "Two straight pieces with one corner",
        "A parabola",
    ),
    answer="A straight line, and nothing else",
    reason="Without the bend, each unit draws a straight line, and straight lines add up to another straight line. All that ten "
    "sliders can change is its slope and its height.",
)

w_doubles = Prediction(
    question="You double the weight w of sigmoid(w x + b) from 1 to 2, and leave b at −2. What happens to the curve?",
    choices=(
        "It gets steeper, and crosses one half at the same x",
        "It gets steeper and moves to the left",
        "It gets steeper and moves to the right",
        "It gets twice as high",
    ),
    answer="It gets steeper and moves to the left",
    reason="The curve crosses one half where w x + b = 0, so at x = −b / w. That moves from 2 to 1. And "
    "the same rise now takes half the distance, so the curve is twice as steep. It doesn't get any higher.",
)

dead_unit = Prediction(
    question="A ReLU unit with w = 1 gets inputs from −2.5 to 2.5. Which bias makes it output 0 for every one of them?",
    choices=("b = −1", "b = −4", "b = 0", "None, because some input always gets through"),
    answer="b = −4",
    reason="The largest sum is 2.5 + b. With b = −4 that's −1.5, and ReLU turns it into 0, like all the others. The slope is 0 "
    "for every input, too, so a small change in w or b changes nothing.",
)

sigmoid = Exercise(
    name="exercises.sigmoid",
    solution=activations.sigmoid,
    cases=lambda rng: [(float(x),) for x in rng.uniform(-3, 3, size=6)],
    mistakes=(
        Mistake(
            lambda x: 1 / (1 + np.exp(x)), "Your curve falls where it should rise. Look at the sign in the exponent."
        ),
        Mistake(
            lambda x: np.exp(-x) / (1 + np.exp(-x)),
            "You have e^-a above the fraction line, too. Put a 1 there.",
        ),
        Mistake(
            lambda x: 1 / 1 + np.exp(-x),
            "You divided 1 by 1, and added e^-a afterward. Put parentheses around the sum: 1 / (1 + ...).",
        ),
        Mistake(lambda x: 1 / np.exp(-x), "You forgot the 1 + below the fraction line."),
        Mistake(lambda x: -1 / (1 + np.exp(-x)), "Your result is negative. Look at the sign in front of the fraction."),
        Mistake(np.tanh, "That's tanh, which goes from -1 to 1. The sigmoid goes from 0 to 1."),
        Mistake(lambda x: float(x > 0), "That's the step function, which jumps. The sigmoid climbs smoothly."),
    ),
    edges=(
        EdgeCase(
            (np.array([[-2.0, -1.0, 0.0], [0.5, 1.0, 2.0]]),),
            "Your function works for a number, but not for an array. math.exp takes only a number; np.exp takes both.",
            ("TypeError",),
        ),
        EdgeCase((0,), "Your function works for most numbers, but not for a = 0."),
    ),
    hints=(
        "Read the formula from the inside out: e to the power of -a, then 1 plus that, then 1 divided by the sum.",
        "e to the power of -a is np.exp(-a). Put parentheses around the whole sum below the fraction line.",
        "return 1 / (1 + np.exp(-a))",
    ),
)

hat = Exercise(
    name="exercises.hat",
    solution=lambda x: relu(x) - 2 * relu(x - 1) + relu(x - 2),
    cases=lambda rng: [
        (low + float(part),) for low in (-2, -1, 0, 0, 1, 1, 2, 3) for part in rng.uniform(0.1, 0.9, size=1)
    ],
    mistakes=(
        Mistake(
            relu,
            "You've got the climb. Now add a unit that turns it into a fall at x = 1, and one that ends the fall at x = 2.",
        ),
        Mistake(
            lambda x: relu(x) - relu(x - 1),
            "Your curve climbs to 1 and stays there. Your second unit only cancels the climb; it should also bring a fall.",
        ),
        Mistake(
            lambda x: relu(x) - relu(x - 1) + relu(x - 2),
            "Your curve stays at 1 from x = 1 to 2. To turn the climb into a fall, the slope has to drop by 2.",
        ),
        Mistake(
            lambda x: relu(x) - 2 * relu(x - 1),
            "Your curve goes on falling after x = 2. Add a third unit that ends the fall.",
        ),
        Mistake(
            lambda x: relu(x) - 2 * relu(x - 1) + 2 * relu(x - 2),
            "Your curve climbs again after x = 2. The third unit should only end the fall, so give it half the weight.",
        ),
        Mistake(
            lambda x: relu(x) - 2 * relu(x - 1) - relu(x - 2),
            "Your third unit makes the fall even steeper. Turn its sign around.",
        ),
        Mistake(
            lambda x: relu(x) + 2 * relu(x - 1) + relu(x - 2),
            "You add all three units, so the curve climbs ever faster. The second one has to pull it down: subtract it.",
        ),
        Mistake(
            lambda x: -relu(x) + 2 * relu(x - 1) - relu(x - 2),
            "Your hat is upside down. Turn the signs of all three units around.",
        ),
        Mistake(
            lambda x: relu(x) - 2 * relu(x + 1) + relu(x + 2),
            "Your corners are at -1 and -2 instead of 1 and 2. The corner of relu(x + 1) is where x + 1 is 0.",
        ),
        Mistake(
            lambda x: relu(x) - 2 * relu(x - 1) + relu(x - 3),
            "Your third corner is at x = 3, so the curve falls below 0. It should already end its fall at x = 2.",
        ),
        Mistake(
            lambda x: relu(x) - 2 * relu(x - 2) + relu(x - 4),
            "Your hat is twice as wide and twice as high. Put its corners at 0, 1, and 2.",
        ),
        Mistake(
            lambda x: relu(x + 1) - 2 * relu(x) + relu(x - 1),
            "Your hat goes from -1 to 1. Shift it to the right by 1: the first corner is at x = 0.",
        ),
        Mistake(
            lambda x: x - 2 * relu(x - 1) + relu(x - 2),
            "You forgot the relu around the first x, so your curve is negative on the left.",
        ),
        Mistake(
            lambda x: 0.0 * x,
            "Your function is 0 everywhere. Did you forget the relu? Three straight lines only add up to another one.",
        ),
    ),
    edges=(
        EdgeCase((1.0,), "Your hat is right nearly everywhere, but at its tip, x = 1, it should be 1."),
        EdgeCase(
            (np.array([[-1.0, 0.0, 0.5], [1.0, 1.5, 3.0]]),),
            "Your hat works for a number, but not for an array. if and max take only a number; relu takes both.",
            ("TypeError", "ValueError"),
        ),
    ),
    hints=(
        "Each unit adds one corner. relu(x) begins to climb at 0. At which two places does the slope change after that?",
        "At x = 1 the slope goes from 1 to -1, so subtract relu(x - 1) twice. At x = 2 it goes from -1 back to 0.",
        "return relu(x) - 2 * relu(x - 1) + relu(x - 2)",
    ),
)

slope = Exercise(
    name="exercises.slope",
    solution=activations.sigmoid_derivative,
    cases=lambda rng: [(rng.uniform(-3, 3, size=5),) for _ in range(2)],
    mistakes=(
        Mistake(activations.sigmoid, "That's the sigmoid itself. Call it s, and return s * (1 - s)."),
        Mistake(lambda x: x * (1 - x), "You used a where the rule has s. Compute s, the sigmoid of a, first."),
        Mistake(
            lambda x: activations.sigmoid(x) * (activations.sigmoid(x) - 1),
            "You have the right factors, but the wrong sign: it's 1 - s, not s - 1.",
        ),
        Mistake(lambda x: 1 - activations.sigmoid(x), "You forgot to multiply 1 - s by s."),
        Mistake(
            lambda x: activations.sigmoid(x) * (1 + activations.sigmoid(x)),
            "You added in the parentheses. It's 1 - s, not 1 + s.",
        ),
        Mistake(
            lambda x: 1 - activations.sigmoid(x) ** 2,
            "You used 1 - s^2, the rule for tanh. For the sigmoid, it's s * (1 - s).",
        ),
        Mistake(lambda x: activations.sigmoid(x) ** 2, "You multiplied s by itself. The second factor is 1 - s."),
    ),
    hints=(
        "Start by giving the sigmoid of a a name: s = sigmoid(a).",
        "The slope is s times what's left from s to 1.",
        "s = sigmoid(a), then return s * (1 - s)",
    ),
)

leaky_relu = Exercise(
    name="exercises.leaky_relu",
    solution=activations.leaky_relu,
    cases=lambda rng: [
        (np.concatenate([rng.uniform(-3, -0.5, size=3), rng.uniform(0.5, 3, size=3)]),) for _ in range(2)
    ],
    mistakes=(
        Mistake(
            lambda x: np.maximum(x, 0), "That's ReLU, which turns negative numbers into 0. Let 0.01 a through instead."
        ),
        Mistake(lambda x: 0.01 * x, "You made the positive numbers small, too. There, a stays as it is."),
        Mistake(
            lambda x: np.where(x > 0, 0.01 * x, x),
            "You swapped the two sides. The negative numbers are the ones to make small.",
        ),
        Mistake(
            lambda x: np.where(x > 0, x, 0.01), "On the left you return the number 0.01. It should be 0.01 times a."
        ),
        Mistake(
            lambda x: np.where(x > 0, x, -0.01 * x),
            "You turned the sign around on the left, where 0.01 a is negative.",
        ),
        Mistake(
            lambda x: np.where(x > 0, 1.0, 0.01),
            "That's the slope of leaky ReLU. Return its value: a, or 0.01 times a.",
        ),
        Mistake(lambda x: np.where(x > 0, x, 0.1 * x), "You multiplied by 0.1 on the left. It should be 0.01."),
    ),
    edges=(
        EdgeCase((np.array([0.0, -1.0, 1.0]),), "Nearly! It only goes wrong at a = 0, where the result should be 0."),
        EdgeCase((-2.0,), "Your function works for arrays, but not for a single number."),
    ),
    hints=(
        "np.where(condition, p, q) gives p where the condition is true, and q everywhere else.",
        "The condition is a > 0. Where it's true, keep a. Everywhere else, take 0.01 * a.",
        "return np.where(a > 0, a, 0.01 * a)",
    ),
)
