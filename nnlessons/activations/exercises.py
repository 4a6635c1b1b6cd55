"""Lesson 01: activation functions."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlib import activations

__all__ = ["w_doubles", "linear_layers", "dead_unit"]
__all__ += ["sigmoid", "slope", "leaky_relu"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

w_doubles = Prediction(
    question="The weight w of sigmoid(w x + b) grows from 1 to 2, while b stays at −2. What does the curve do?",
    choices=(
        "It only gets steeper; where it crosses one half stays the same",
        "It gets steeper and moves to the left",
        "It gets steeper and moves to the right",
        "It gets twice as high",
    ),
    answer="It gets steeper and moves to the left",
    reason="The curve is at one half where w x + b = 0, that is at x = −b / w. This goes from 2 to 1, while the slope there, "
    "w / 4, doubles. The height stays between 0 and 1.",
)

linear_layers = Prediction(
    question="Three units in a row, each with h(x) = x and the weight 0.5, no bias. What do the three make of x together?",
    choices=(
        "Something that bends more with each layer",
        "A straight line with slope 1.5",
        "A straight line with slope 0.125",
        "x again, because h changes nothing",
    ),
    answer="A straight line with slope 0.125",
    reason="Each unit multiplies by 0.5, and 0.5 * 0.5 * 0.5 = 0.125. A single unit with the weight 0.125 does the same: "
    "without a bend in h, three layers are no more than one.",
)

dead_unit = Prediction(
    question="A ReLU unit with w = 1 gets inputs from −2.5 to 2.5. Which bias makes it deaf to all of them?",
    choices=("b = −1", "b = −4", "b = 0", "No bias does; there is always some input that gets through"),
    answer="b = −4",
    reason="The largest sum is 2.5 + b. With b = −4 this is −1.5, and ReLU makes 0 of it: no input gets through. The slope "
    "is 0 for all of them as well, so no small change of w or b changes anything.",
)

sigmoid = Exercise(
    name="exercises.sigmoid",
    solution=activations.sigmoid,
    cases=lambda rng: [(float(x),) for x in rng.uniform(-3, 3, size=6)],
    mistakes=(
        Mistake(lambda x: 1 / (1 + np.exp(x)), "it falls where it should rise. Look at the sign in the exponent."),
        Mistake(
            lambda x: np.exp(-x) / (1 + np.exp(-x)),
            "e^-x stands above the fraction line too. There should be a 1.",
        ),
        Mistake(
            lambda x: 1 / 1 + np.exp(-x),
            "1 / 1 + e is not 1 / (1 + e). Put brackets around the sum below the fraction line.",
        ),
        Mistake(lambda x: 1 / np.exp(-x), "the 1 + below the fraction line is missing."),
        Mistake(lambda x: -1 / (1 + np.exp(-x)), "the whole is negative. Look at the sign in front of the fraction."),
        Mistake(np.tanh, "this is tanh, which goes from -1 to 1. The sigmoid goes from 0 to 1."),
        Mistake(lambda x: float(x > 0), "this is the step function. The sigmoid is smooth."),
    ),
    edges=(
        EdgeCase(
            (np.array([[-2.0, -1.0, 0.0], [0.5, 1.0, 2.0]]),),
            "It works for one number, but not for an array of them. math.exp takes a single number; np.exp takes both.",
            ("TypeError",),
        ),
        EdgeCase((0,), "It works for most numbers, but not for x = 0."),
    ),
    hints=(
        "Read the formula from the inside out: first e to the power -x, then 1 + that, then 1 divided by all that.",
        "e to the power -x is np.exp(-x). The whole sum below the fraction line needs brackets.",
        "return 1 / (1 + np.exp(-x))",
    ),
)

slope = Exercise(
    name="exercises.slope",
    solution=activations.sigmoid_derivative,
    cases=lambda rng: [(rng.uniform(-3, 3, size=5),) for _ in range(2)],
    mistakes=(
        Mistake(activations.sigmoid, "this is the sigmoid itself. Its slope is s (1 - s), where s is the sigmoid."),
        Mistake(lambda x: x * (1 - x), "x (1 - x) is not s (1 - s). Compute s, the sigmoid of x, first."),
        Mistake(
            lambda x: activations.sigmoid(x) * (activations.sigmoid(x) - 1),
            "the sign is the wrong way round: 1 - s, not s - 1.",
        ),
        Mistake(lambda x: 1 - activations.sigmoid(x), "this is 1 - s. The factor s is missing."),
        Mistake(
            lambda x: activations.sigmoid(x) * (1 + activations.sigmoid(x)),
            "there is a plus in the bracket where a minus belongs.",
        ),
        Mistake(lambda x: 1 - activations.sigmoid(x) ** 2, "1 - s^2 is the rule for tanh. The sigmoid's is s (1 - s)."),
        Mistake(lambda x: activations.sigmoid(x) ** 2, "s is multiplied by itself. The second factor is 1 - s."),
    ),
    hints=(
        "Call the sigmoid of x by a name of its own: s = sigmoid(x).",
        "The slope is s times what is missing from s to 1.",
        "s = sigmoid(x), then return s * (1 - s)",
    ),
)

leaky_relu = Exercise(
    name="exercises.leaky_relu",
    solution=activations.leaky_relu,
    cases=lambda rng: [
        (np.concatenate([rng.uniform(-3, -0.5, size=3), rng.uniform(0.5, 3, size=3)]),) for _ in range(2)
    ],
    mistakes=(
        Mistake(lambda x: np.maximum(x, 0), "this is ReLU: nothing of the negative gets through. Let 0.01 x through."),
        Mistake(lambda x: 0.01 * x, "the positive side is made small too. There, x stays as it is."),
        Mistake(
            lambda x: np.where(x > 0, 0.01 * x, x),
            "the two sides are exchanged: it is the negative one that is made small.",
        ),
        Mistake(
            lambda x: np.where(x > 0, x, 0.01), "the left is the number 0.01 everywhere. It should be 0.01 times x."
        ),
        Mistake(
            lambda x: np.where(x > 0, x, -0.01 * x), "on the left the sign is turned around. 0.01 x is negative there."
        ),
        Mistake(lambda x: np.where(x > 0, 1.0, 0.01), "this is the slope of leaky ReLU, not its value."),
        Mistake(lambda x: np.where(x > 0, x, 0.1 * x), "the slope on the left is 0.1. It should be 0.01."),
    ),
    edges=(
        EdgeCase((np.array([0.0, -1.0, 1.0]),), "It works, but not where x is 0 in an array: there it should be 0."),
        EdgeCase((-2.0,), "It works for arrays, but not for a single number."),
    ),
    hints=(
        "np.where(condition, a, b) takes a where the condition holds, and b elsewhere.",
        "The condition is x > 0. Where it holds, x stays; elsewhere it is multiplied by 0.01.",
        "return np.where(x > 0, x, 0.01 * x)",
    ),
)
