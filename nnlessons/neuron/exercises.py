"""Lesson 0: predictions about a neuron's line, and a neuron for the reader to write."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction

__all__ = ["doubled", "xor", "neuron", "nand"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

doubled = Prediction(
    question="A neuron has w₀ = 1, w₁ = 1 and b = −1.5. You double all three numbers. What happens to its line?",
    choices=("It moves away from (0, 0)", "It moves toward (0, 0)", "It turns", "Nothing, it stays where it is"),
    answer="Nothing, it stays where it is",
    reason="Doubling all three doubles the sum at every point. Where it was 0, it's still 0, and its sign doesn't "
    "change anywhere. Only the arrow gets twice as long.",
)

xor = Prediction(
    question="XOR is 1 at (0, 1) and (1, 0), and 0 at the other two corners. What's the most that one line can get right?",
    choices=("All four", "Three at most", "Two at most", "All four, if the weights are large enough"),
    answer="Three at most",
    reason="The center of the square is halfway between the two ones and halfway between the two zeros. If both ones are on one "
    "side of a line, so is the center. If both zeros were on the other side, the center would have to be there, too, and it "
    "can't be on both. Three is possible: OR and NAND both get three.",
)


def fires(x0, x1, w0, w1, b):
    """1 if w0 x0 + w1 x1 + b is above 0, otherwise 0."""
    return 1 if w0 * x0 + w1 * x1 + b > 0 else 0


neuron = Exercise(
    name="exercises.neuron",
    solution=fires,
    cases=lambda rng: [tuple(map(float, row)) for row in rng.normal(size=(80, 5))],
    mistakes=(
        Mistake(
            lambda x0, x1, w0, w1, b: w0 * x0 + w1 * x1 + b,
            "You return the sum itself. A neuron says 1 if the sum is above 0, and 0 otherwise.",
        ),
        Mistake(lambda x0, x1, w0, w1, b: int(w0 * x0 + w1 * x1 > 0), "You forgot to add the bias b to the sum."),
        Mistake(
            lambda x0, x1, w0, w1, b: np.sign(w0 * x0 + w1 * x1 + b),
            "You return the sign of the sum, which is -1 or 1. This neuron says 0 or 1.",
        ),
        Mistake(
            lambda x0, x1, w0, w1, b: int(w0 * x0 + w1 * x1 + b < 0),
            "Your neuron says 1 below 0. It should say 1 if the sum is above 0.",
        ),
        Mistake(
            lambda x0, x1, w0, w1, b: int(w0 * x0 + w1 * x1 > b),
            "You compare the sum with b. Add the bias to the sum, then compare with 0.",
        ),
        Mistake(
            lambda x0, x1, w0, w1, b: int(w0 * x1 + w1 * x0 + b > 0),
            "You swapped the weights: w0 belongs to x0, and w1 to x1.",
        ),
        Mistake(
            lambda x0, x1, w0, w1, b: int((w0 + w1) * (x0 + x1) + b > 0),
            "You add weights and inputs before you multiply. Each input has its own weight.",
        ),
    ),
    edges=(
        EdgeCase(
            (1.0, 1.0, 1.0, 1.0, -2.0),
            "Nearly! If the sum is exactly 0, the neuron says 0. Use > instead of >=.",
            ("value",),
        ),
    ),
    hints=(
        "Start with the sum: each input times its own weight, plus the bias.",
        "a = w0 * x0 + w1 * x1 + b. Then return 1 if a is above 0, and 0 otherwise.",
        "return 1 if w0 * x0 + w1 * x1 + b > 0 else 0",
    ),
)

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]

nand = Exercise(
    name="exercises.nand",
    solution=lambda x0, x1: fires(x0, x1, -1, -1, 1.5),
    cases=lambda rng: CORNERS,
    mistakes=(
        Mistake(
            lambda x0, x1: fires(x0, x1, 1, 1, -1.5),
            "That's AND itself. NAND says 1 on the other side of the same line.",
        ),
        Mistake(
            lambda x0, x1: fires(x0, x1, 1, 1, -0.5),
            "That's OR. NAND says 0 at (1, 1) only.",
        ),
        Mistake(
            lambda x0, x1: fires(x0, x1, -1, -1, 0.5),
            "That's the opposite of OR: 1 at (0, 0) only. Shift the line until only (1, 1) is on the 0 side.",
        ),
        Mistake(lambda x0, x1: 1, "Your neuron says 1 everywhere. It should say 0 at (1, 1)."),
        Mistake(lambda x0, x1: 0, "Your neuron says 0 everywhere. It should say 1 at all corners but (1, 1)."),
    ),
    hints=(
        "Start from AND: w0 = 1, w1 = 1, b = -1.5. NAND needs the same line, with its arrow turned around.",
        "What turns the arrow around? Change the sign of both weights. Then look at what b has to be.",
        "return my_neuron(x0, x1, w0=-1, w1=-1, b=1.5)",
    ),
)
