"""Lesson 02: the forward pass."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlib import activations
from nnlib.activations import sigmoid

__all__ = ["shape_of_product", "which_entry", "one_weight", "add_to_all"]
__all__ += ["sums", "network", "softmax", "parameters"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

shape_of_product = Prediction(
    question="x has shape (2, 3) and W has shape (3, 4). What shape does x @ W have?",
    choices=("(3, 3)", "(2, 4)", "(4, 2)", "None: they do not fit"),
    answer="(2, 4)",
    reason="Side by side: (2, 3) (3, 4). The two inner numbers agree and disappear: each of the 2 samples has 3 inputs, "
    "and each of the 4 units has 3 weights. The two outer ones remain: 2 samples, 4 units.",
)

which_entry = Prediction(
    question="A sample is a row, and W has shape (2, 3). Which entry is the weight from the second input to the third unit?",
    choices=("W[2, 3]", "W[3, 2]", "W[1, 2]", "W[2, 1]"),
    answer="W[1, 2]",
    reason="The row says from which input, the column to which unit: W[i, j] joins input i to unit j. "
    "And Python counts from 0, so the second row is row 1, and the third column is column 2.",
)

one_weight = Prediction(
    question="Only W3[1, 0] is changed, one of the four weights of the last layer. Which outputs change?",
    choices=("y[0] alone", "y[1] alone", "Both", "Neither, until the input changes as well"),
    answer="y[0] alone",
    reason="W3[1, 0] joins z2[1] to output 0, and nothing else. y[1] never sees it. "
    "A weight of the first layer is another matter: it changes one unit there, and through it all that comes after.",
)

add_to_all = Prediction(
    question="Three scores go through softmax. Then 100 is added to each score. What happens to the three outputs?",
    choices=("All become larger", "The largest comes close to 1", "They come closer together", "Nothing"),
    answer="Nothing",
    reason="Each power of e becomes larger by the same factor, and so does their sum. The factor cancels. "
    "What counts for softmax are the differences between the scores.",
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
            lambda x, W, b: (x @ W.T + b > 0) * 1.0,
            "these are the outputs, after the step. Return the sums themselves.",
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


def two_layers(x, W1, b1, W2, b2):
    """s = sigmoid(x @ W1 + b1) @ W2 + b2:  x (N, D), W1 (D, H), W2 (H, C) -> s (N, C)."""
    return sigmoid(x @ W1 + b1) @ W2 + b2


network = Exercise(
    name="exercises.network",
    solution=two_layers,
    cases=lambda rng: [
        tuple(rng.normal(size=size) for size in ((4, 3), (3, 3), (3,), (3, 3), (3,))),
        tuple(rng.normal(size=size) for size in ((2, 3), (3, 3), (3,), (3, 3), (3,))),
    ],
    mistakes=(
        Mistake(
            lambda x, W1, b1, W2, b2: sigmoid(sigmoid(x @ W1 + b1) @ W2 + b2),
            "the sigmoid is applied at the output too. Here the last layer has the identity.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: (x @ W1 + b1) @ W2 + b2,
            "the sigmoid is missing between the layers. Without it, the two layers are no more than one.",
        ),
        Mistake(lambda x, W1, b1, W2, b2: sigmoid(x @ W1) @ W2, "the biases b1 and b2 are missing."),
        Mistake(lambda x, W1, b1, W2, b2: sigmoid(x @ W1) @ W2 + b2, "the bias b1 of the first layer is missing."),
        Mistake(lambda x, W1, b1, W2, b2: sigmoid(x @ W1 + b1) @ W2, "the bias b2 of the last layer is missing."),
        Mistake(
            lambda x, W1, b1, W2, b2: sigmoid(x @ W1) @ W2 + b1 + b2,
            "b1 is added at the end. It belongs to the sums of the first layer, before the sigmoid.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: sigmoid(x @ W1) + b1 @ W2 + b2,
            "b1 comes after the sigmoid, and W2 meets b1 alone. Mind the brackets: first x @ W1 + b1, then sigmoid(...).",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: (sigmoid(x @ W1) + b1) @ W2 + b2,
            "b1 is added after the sigmoid. It belongs to the sum that goes into it.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: sigmoid(x @ W1 + b1),
            "this is the output of the first layer. It still has to go through the second: @ W2 + b2.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: x @ W2 + b2,
            "x goes straight into the second layer. That should get the output of the first.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: sigmoid(x @ W1.T + b1) @ W2.T + b2,
            "the weights are turned over. With a sample in each row it is x @ W1, without .T.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.ones((1, 2)), np.arange(6.0).reshape(2, 3), np.ones(3), np.arange(12.0).reshape(3, 4), np.ones(4)),
            "It works where all layers have the same size, but not for 2 inputs, 3 hidden units and 4 outputs.",
        ),
    ),
    hints=(
        "Two lines: z1 for the hidden layer, y for the output.",
        "The hidden layer is z1 = sigmoid(x @ W1 + b1).",
        "Then return z1 @ W2 + b2.",
    ),
)

softmax = Exercise(
    name="exercises.softmax",
    solution=lambda a: activations.softmax(a),
    cases=lambda rng: [(rng.normal(size=3),), (rng.normal(size=5),)],
    mistakes=(
        Mistake(lambda a: np.exp(a), "these are the powers of e alone. Divide them by their sum."),
        Mistake(
            lambda a: a / np.sum(a), "the scores themselves are divided by their sum. Raise e to each of them first."
        ),
        Mistake(
            lambda a: np.exp(a) / np.sum(a),
            "you divide by the sum of the scores. Divide by the sum of the powers.",
        ),
        Mistake(
            lambda a: np.exp(a - np.max(a)),
            "the largest score is subtracted, and the powers are right. Divide them by their sum.",
        ),
        Mistake(
            lambda a: np.exp(a - np.max(a)) / np.sum(np.exp(a)),
            "the largest score is subtracted above the fraction line, but not below it.",
        ),
        Mistake(
            lambda a: np.exp(a) / np.max(np.exp(a)),
            "you divide by the largest power, so the largest output is 1. Divide by the sum of all.",
        ),
        Mistake(
            lambda a: np.exp(-a) / np.sum(np.exp(-a)),
            "the sign of the scores is turned round: the smallest score gets the largest share.",
        ),
        Mistake(
            lambda a: np.exp(a) / len(a),
            "you divide by how many there are. Divide by the sum of the powers.",
        ),
        Mistake(
            lambda a: sigmoid(a),
            "this is the sigmoid, of each score alone. Softmax divides by the sum over all scores.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([1010.0, 1000.0, 990.0]),),
            "It works, but overflows at large scores. Subtract the largest score first.",
            ("value", "OverflowError"),
        ),
        EdgeCase(
            (np.array([-1010.0, -1000.0, -990.0]),),
            "It works, but not where all scores are very small: then all powers become 0. Subtract the largest score first.",
            ("value", "ZeroDivisionError"),
        ),
    ),
    hints=(
        "First e = np.exp(a - np.max(a)).",
        "np.sum(e) is the sum of the powers.",
        "The last line: return e / np.sum(e)",
    ),
)

parameters = Exercise(
    name="exercises.parameters",
    solution=lambda D, H, C: D * H + H + H * C + C,
    cases=lambda rng: [tuple(int(size) for size in rng.permutation(np.arange(2, 40))[:3]) for _ in range(4)],
    mistakes=(
        Mistake(
            lambda D, H, C: D * H + H * C,
            "these are the weights alone. Each hidden unit and each output has a bias too.",
        ),
        Mistake(
            lambda D, H, C: D + H + C,
            "these are the units. Count the weights: one for each pair of units in neighbouring layers.",
        ),
        Mistake(
            lambda D, H, C: D * H * C, "all three sizes are multiplied. W1 and W2 are two arrays: add what is in each."
        ),
        Mistake(
            lambda D, H, C: D * H + H * C + D + H + C,
            "the inputs are given a bias as well. They compute nothing, so they have none.",
        ),
        Mistake(lambda D, H, C: D * H + H * C + H, "the biases of the outputs are missing."),
        Mistake(lambda D, H, C: D * H + H * C + C, "the biases of the hidden units are missing."),
        Mistake(
            lambda D, H, C: D * H + H * C + 2, "a bias is counted once for each layer. Each unit has a bias of its own."
        ),
        Mistake(lambda D, H, C: D * H + H, "this is the first layer alone. Add the second: W2 and b2."),
    ),
    hints=(
        "W1 has the shape (D, H). How many numbers is that? And b1?",
        "W2 has the shape (H, C), and b2 has (C,).",
        "return D * H + H + H * C + C",
    ),
)
