"""Lesson 00: one neuron, the perceptron, and the shapes of its arrays."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlib.activations import step

__all__ = ["nand", "xor", "shape_of_product"]
__all__ += ["perceptron", "errors", "sums"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

nand = Prediction(
    question="NAND is the opposite of AND: 0 at (1, 1), and 1 at the other three corners. Which of these gives it?",
    choices=(
        "w₁ = w₂ = 1, b = 1.5",
        "w₁ = w₂ = −1, b = −1.5",
        "w₁ = w₂ = −1, b = 1.5",
        "None of these; a single unit can only do AND",
    ),
    answer="w₁ = w₂ = −1, b = 1.5",
    reason="With them the sum is 1.5 at (0, 0), 0.5 at (0, 1) and (1, 0), and −0.5 at (1, 1). It is AND with every sign "
    "turned round: the same line, with the 1 on the other side.",
)

xor = Prediction(
    question="XOR is 1 where exactly one of the two inputs is 1. How many of the four corners can one line get right?",
    choices=("All four", "Three at most", "Two at most", "All four, if the weights are large enough"),
    answer="Three at most",
    reason="The two corners with 1 lie across from each other, and so do the two with 0. A straight line that has both ones "
    "on its one side always has at least one of the zeros there too.",
)

shape_of_product = Prediction(
    question="x has shape (2, 3) and W has shape (3, 4). What shape does x @ W have?",
    choices=("(3, 3)", "(2, 4)", "(4, 2)", "None: they do not fit"),
    answer="(2, 4)",
    reason="Side by side: (2, 3) (3, 4). The two inner numbers agree and disappear: each of the 2 samples has 3 inputs, "
    "and each of the 4 units has 3 weights. The two outer ones remain: 2 samples, 4 units.",
)


def fires(x1, x2, w1, w2, b):
    """1 if w1 x1 + w2 x2 + b is above 0, otherwise 0."""
    return 1 if w1 * x1 + w2 * x2 + b > 0 else 0


perceptron = Exercise(
    name="exercises.perceptron",
    solution=fires,
    cases=lambda rng: [tuple(map(float, row)) for row in rng.normal(size=(80, 5))],
    mistakes=(
        Mistake(
            lambda x1, x2, w1, w2, b: w1 * x1 + w2 * x2 + b,
            "this is the sum itself. Return 1 where it is above 0, else 0.",
        ),
        Mistake(lambda x1, x2, w1, w2, b: int(w1 * x1 + w2 * x2 > 0), "the bias b is missing from the sum."),
        Mistake(
            lambda x1, x2, w1, w2, b: np.sign(w1 * x1 + w2 * x2 + b),
            "this is the sign, -1 or 1. The step function gives 0 or 1.",
        ),
        Mistake(
            lambda x1, x2, w1, w2, b: int(w1 * x1 + w2 * x2 + b < 0),
            "0 and 1 are exchanged: it fires above 0, not below.",
        ),
        Mistake(
            lambda x1, x2, w1, w2, b: int(w1 * x1 + w2 * x2 > b),
            "the sum is compared with b. The bias is added, and the whole compared with 0.",
        ),
        Mistake(
            lambda x1, x2, w1, w2, b: int(w1 * x2 + w2 * x1 + b > 0),
            "the weights are exchanged: w1 belongs to x1, and w2 to x2.",
        ),
        Mistake(
            lambda x1, x2, w1, w2, b: int((w1 + w2) * (x1 + x2) + b > 0),
            "weights and inputs are added before they are multiplied. Each input is multiplied by its own weight.",
        ),
    ),
    edges=(
        EdgeCase(
            (1.0, 1.0, 1.0, 1.0, -2.0),
            "It works, but not where the sum is exactly 0: there the step gives 0. Use >, not >=.",
            ("value",),
        ),
    ),
    hints=(
        "First the sum: each input times its weight, and the bias.",
        "a = w1 * x1 + w2 * x2 + b. Then 1 if a is above 0, else 0.",
        "return 1 if w1 * x1 + w2 * x2 + b > 0 else 0",
    ),
)

errors = Exercise(
    name="exercises.errors",
    solution=lambda y, t: np.sum(y != t),
    cases=lambda rng: [tuple(rng.integers(0, 2, size=(2, size))) for size in (9, 12, 15, 18, 21)],
    mistakes=(
        Mistake(
            lambda y, t: np.sum(y == t), "this counts the points that are right. Count those where y and t differ."
        ),
        Mistake(lambda y, t: np.mean(y != t), "this is the fraction of the points that are wrong, not their number."),
        Mistake(
            lambda y, t: np.sum(y - t),
            "a 1 in place of a 0 and a 0 in place of a 1 cancel in y - t. Count where the two differ.",
        ),
        Mistake(lambda y, t: np.sum(t - y), "in t - y the mistakes of either kind cancel. Count where the two differ."),
        Mistake(lambda y, t: np.sum(y > t), "this counts only the points that should be 0 and are 1."),
        Mistake(lambda y, t: np.sum(y < t), "this counts only the points that should be 1 and are 0."),
    ),
    edges=(
        EdgeCase(
            (np.array([1, 0, 1]), np.array([1, 0, 1])), "It works, but not where nothing is wrong: that is 0 errors."
        ),
    ),
    hints=(
        "y != t compares the arrays point by point, and gives True where they differ.",
        "np.sum counts each True as 1.",
        "return np.sum(y != t)",
    ),
)

sums = Exercise(
    name="exercises.sums",
    solution=lambda x, W, b: x @ W.T + b,
    cases=lambda rng: [(rng.normal(size=(4, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)) for _ in range(2)],
    mistakes=(
        Mistake(
            lambda x, W, b: x @ W + b,
            "each column of W is taken for a neuron. Here its rows are: turn W over first, with W.T.",
        ),
        Mistake(lambda x, W, b: x @ W.T, "the bias b is missing. Add it to the products."),
        Mistake(lambda x, W, b: x @ W.T - b, "b is subtracted. It should be added."),
        Mistake(lambda x, W, b: (x @ W.T) * b, "the sums are multiplied by b. It should be added."),
        Mistake(
            lambda x, W, b: (x + b) @ W.T,
            "b is added to the inputs. It belongs to the sums: first the matrix product, then b.",
        ),
        Mistake(
            lambda x, W, b: x @ (W.T + b),
            "b is added to the weights. It belongs to the sums: first the matrix product, then b.",
        ),
        Mistake(
            lambda x, W, b: W @ x.T + b[:, np.newaxis],
            "each column belongs to a sample. Here each row should: (N, D) comes first, and W turned over second.",
        ),
        Mistake(
            lambda x, W, b: step(x @ W.T + b), "these are the outputs, after the step. Return the sums themselves."
        ),
    ),
    edges=(
        EdgeCase(
            (np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(4, 3), np.arange(4.0)),
            "It works for a square W, but not for 4 units with 3 inputs. Are units and inputs exchanged somewhere?",
        ),
    ),
    hints=(
        "x @ ... needs something of shape (D, H). W is (H, D).",
        "W.T has the shape (D, H). NumPy adds b to each row by itself.",
        "In one line, and without a loop: return x @ W.T + b",
    ),
)
