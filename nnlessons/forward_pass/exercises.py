"""Lesson 02: the forward pass."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall
from nnlib import activations
from nnlib.activations import relu, sigmoid, step

__all__ = ["recall", "shape_of_product", "which_entry", "one_weight", "add_to_all"]
__all__ += ["sums", "network", "xor_network", "softmax", "parameters"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

recall = Recall(
    (
        Prediction(
            question="Why is a neuron with the step function hard to teach?",
            choices=(
                "It takes too long to compute",
                "A small change in a weight usually changes nothing",
                "Its answers are too large",
            ),
            answer="A small change in a weight usually changes nothing",
            reason="So nothing tells you which way is better. Where the sigmoid slopes, every change in a weight changes its "
            "answer a little.",
        ),
        Prediction(
            question="A ReLU unit has w = 1 and b = −3. What are its outputs for x = 2 and for x = 5?",
            choices=("−1 and 2", "0 and 2", "0 and 5"),
            answer="0 and 2",
            reason="The sums are 2 − 3 = −1 and 5 − 3 = 2. ReLU turns what's below 0 into 0, and leaves the rest as it is.",
        ),
        Prediction(
            question="Three layers with the identity as h come one after another. What can they do that a single one can't?",
            choices=("XOR", "Curves with two corners", "Nothing"),
            answer="Nothing",
            reason="Chain straight lines together, and you still get a straight line. It takes a bend between the layers.",
        ),
    )
)

shape_of_product = Prediction(
    question="x has shape (2, 3) and W has shape (3, 4). What's the shape of x @ W?",
    choices=("(3, 3)", "(2, 4)", "(4, 2)", "None, they don't fit"),
    answer="(2, 4)",
    reason="Write the shapes side by side: (2, 3) (3, 4). The two inner numbers agree and drop out: each sample has 3 inputs, "
    "and each unit has 3 weights. The two outer ones remain, for 2 samples and 4 units.",
)

which_entry = Prediction(
    question="A sample is a row, and W has shape (2, 3). Counting from 0, which entry is the weight from input 1 to unit 2?",
    choices=("W[2, 3]", "W[0, 1]", "W[1, 2]", "W[2, 1]"),
    answer="W[1, 2]",
    reason="The row says which input a weight comes from, and the column says which unit it goes to: W[i, j] joins input i "
    "to unit j.",
)

one_weight = Prediction(
    question="You change only W3[1, 0], one of the four weights of the last layer. Which outputs change?",
    choices=("Only y[0]", "Only y[1]", "Both", "Neither, until an input changes too"),
    answer="Only y[0]",
    reason="W3[1, 0] joins z2[1] to y[0] and to nothing else, so y[1] never sees it. A weight of the first layer is different: "
    "it changes one unit there, and through that unit everything that comes after.",
)

add_to_all = Prediction(
    question="Three scores go through softmax. Then 2 is added to each score. What happens to the three outputs?",
    choices=("All three get larger", "The largest moves toward 1", "They move closer together", "Nothing"),
    answer="Nothing",
    reason="Adding 2 to a score multiplies its power of e by e². That's the same factor for all three powers, and so for their "
    "sum, and it cancels. Softmax only sees the differences between the scores.",
)


sums = Exercise(
    name="exercises.sums",
    solution=lambda x, W, b: x @ W.T + b,
    cases=lambda rng: [(rng.normal(size=(4, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)) for _ in range(2)],
    mistakes=(
        Mistake(
            lambda x, W, b: x @ W + b,
            "You used each column of W as a neuron. In this book each row is one, so multiply by W.T.",
        ),
        Mistake(lambda x, W, b: x @ W.T, "You forgot to add the bias b to the products."),
        Mistake(lambda x, W, b: x @ W.T - b, "You subtracted b. Add it instead."),
        Mistake(lambda x, W, b: (x @ W.T) * b, "You multiplied the sums by b. Add it instead."),
        Mistake(
            lambda x, W, b: (x + b) @ W.T,
            "You added b to the inputs. Take the matrix product first, then add b to the sums.",
        ),
        Mistake(
            lambda x, W, b: x @ (W.T + b),
            "You added b to the weights. Take the matrix product first, then add b to the sums.",
        ),
        Mistake(
            lambda x, W, b: W @ x.T + b[:, np.newaxis],
            "Each column of your result is a sample, but each row should be one. Put x first in the product, then W.T.",
        ),
        Mistake(
            lambda x, W, b: (x @ W.T + b > 0) * 1.0,
            "You returned the outputs, after the step. Return the sums themselves.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(4, 3), np.arange(4.0)),
            "Your function works if W is square, but not for 4 units with 3 inputs. Did you swap units and inputs somewhere?",
        ),
    ),
    hints=(
        "You need x @ something of shape (D, H), and W has shape (H, D).",
        "W.T has shape (D, H), and NumPy adds b to each row for you.",
        "In one line, and without a loop: return x @ W.T + b",
    ),
)


def scores(x, W1, b1, W2, b2):
    """s = relu(x @ W1 + b1) @ W2 + b2:  x (N, D), W1 (D, H), W2 (H, C) -> s (N, C)."""
    return relu(x @ W1 + b1) @ W2 + b2


network = Exercise(
    name="exercises.network",
    solution=lambda x, W1, b1, W2, b2: activations.softmax(scores(x, W1, b1, W2, b2)),
    cases=lambda rng: [
        tuple(rng.normal(size=size) for size in ((4, 3), (3, 3), (3,), (3, 3), (3,))),
        tuple(rng.normal(size=size) for size in ((2, 3), (3, 3), (3,), (3, 3), (3,))),
    ],
    mistakes=(
        Mistake(scores, "You return the scores. Send them through softmax first."),
        Mistake(
            lambda x, W1, b1, W2, b2: activations.softmax((x @ W1 + b1) @ W2 + b2),
            "You left out the ReLU between the layers. Without it, two layers can't do more than one.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: activations.softmax(sigmoid(x @ W1 + b1) @ W2 + b2),
            "You used the sigmoid in the hidden layer. The reader has ReLU there.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: activations.softmax(relu(scores(x, W1, b1, W2, b2))),
            "You applied ReLU to the scores, too. A score may be below 0.",
        ),
        Mistake(lambda x, W1, b1, W2, b2: activations.softmax(relu(x @ W1) @ W2), "You forgot both biases, b1 and b2."),
        Mistake(
            lambda x, W1, b1, W2, b2: activations.softmax(relu(x @ W1) @ W2 + b2),
            "You forgot the bias b1 of the first layer.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: activations.softmax(relu(x @ W1 + b1) @ W2),
            "You forgot the bias b2 of the last layer.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: activations.softmax((relu(x @ W1) + b1) @ W2 + b2),
            "You added b1 after the ReLU. Add it to the sums that go into the ReLU.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: relu(x @ W1 + b1),
            "You returned the output of the first layer. It still has to go through the second: @ W2 + b2.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: activations.softmax(x @ W2 + b2),
            "You sent x straight into the second layer. That layer gets the output of the first.",
        ),
        Mistake(
            lambda x, W1, b1, W2, b2: activations.softmax(relu(x @ W1.T + b1) @ W2.T + b2),
            "You transposed the weights. If each row is a sample, it's x @ W1, without .T.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.ones((1, 2)), np.arange(6.0).reshape(2, 3), np.ones(3), np.arange(12.0).reshape(3, 4) / 50, np.ones(4)),
            "Your function works if all layers have the same size, but not for 2 inputs, 3 hidden units and 4 outputs.",
        ),
    ),
    hints=(
        "One line for each stage: z1 for the hidden units, s for the scores, and y for the percentages.",
        "The hidden units are z1 = relu(x @ W1 + b1), and the scores are s = z1 @ W2 + b2.",
        "z1 = relu(x @ W1 + b1), then s = z1 @ W2 + b2, then return softmax(s)",
    ),
)

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
OR, NAND, AND = (1, 1, -0.5), (-1, -1, 1.5), (1, 1, -1.5)  # two weights and a bias


def three_neurons(one, other, output):
    """The function of a network whose two hidden neurons and output neuron have these weights and biases."""
    hidden, last = np.transpose([one, other]), np.transpose([output])
    return lambda x: step(step(x @ hidden[:2] + hidden[2]) @ last[:2] + last[2])


xor_network = Exercise(
    name="exercises.xor_network",
    solution=three_neurons(OR, NAND, AND),
    cases=lambda rng: [(CORNERS,), (CORNERS[rng.integers(4, size=6)],)],
    mistakes=(
        Mistake(
            three_neurons(OR, NAND, OR),
            "Your network says 1 at all four corners. If the hidden neurons are OR and NAND, at least one of them always says "
            "1, so the last neuron should be AND: it needs both. Try a lower bias b2.",
        ),
        Mistake(
            three_neurons(OR, (-1, -1, -1.5), AND),
            "Your network says 0 at all four corners. Check NAND first: its weights are negative, so it needs a bias large "
            "enough to say 1 at (0, 1) and (1, 0). Then check b2: if both hidden neurons say 1, the sum has to get above 0.",
        ),
        Mistake(
            three_neurons(OR, OR, AND),
            "Your network computes OR, so just (1, 1) is wrong. Is NAND there, in the second column of W1 and of b1, and does "
            "the last neuron need both?",
        ),
        Mistake(
            three_neurons(NAND, NAND, AND),
            "Your network computes NAND, so just (0, 0) is wrong. Is OR there, in the first column of W1 and of b1, and does "
            "the last neuron need both?",
        ),
        Mistake(
            three_neurons(OR, AND, AND),
            "Your network computes AND. It's the second hidden neuron that should say 0 at (1, 1): NAND has negative weights "
            "and a positive bias.",
        ),
        Mistake(
            three_neurons(OR, NAND, NAND),
            "Your network says the opposite of XOR. Your last neuron is NAND; it should be AND.",
        ),
        Mistake(
            three_neurons((1, -1, -0.5), (1, -1, 1.5), AND),
            "Your network says 1 only at (1, 0). Did you write each neuron's weights as a row of W1? They're a column: OR goes "
            "down the first column, NAND down the second.",
        ),
        Mistake(
            three_neurons((-1, 1, 1.5), (-1, 1, -0.5), AND),
            "Your network says 1 only at (0, 1). Did you write each neuron's weights as a row of W1? They're a column: NAND "
            "goes down one column, OR down the other.",
        ),
        Mistake(
            lambda x: three_neurons(OR, NAND, AND)(x)[:, 0],
            "Your answers are right, but they should be a column, with a row for each sample. Write W2 with two rows of one "
            "number each, [[...], [...]].",
        ),
    ),
    hints=(
        "You know the three neurons from lesson 0: OR and NAND in the hidden layer, and AND on top of them.",
        "Each neuron is a column. OR has weights 1 and 1 and bias -0.5, NAND has -1, -1 and 1.5, and AND has 1, 1 and -1.5.",
        "W1 = np.array([[1, -1], [1, -1]]), then b1 = np.array([-0.5, 1.5]), then W2 = np.array([[1], [1]]), "
        "then b2 = np.array([-1.5]), then return step(step(x @ W1 + b1) @ W2 + b2)",
    ),
)

softmax = Exercise(
    name="exercises.softmax",
    solution=lambda s: activations.softmax(s),
    cases=lambda rng: [(rng.normal(size=3),), (rng.normal(size=5),)],
    mistakes=(
        Mistake(lambda s: np.exp(s), "You returned the powers of e. Divide each of them by their sum."),
        Mistake(
            lambda s: s / np.sum(s),
            "You divided the scores themselves by their sum. Raise e to the power of each score first.",
        ),
        Mistake(
            lambda s: np.exp(s) / np.sum(s),
            "You divided by the sum of the scores. Divide by the sum of the powers.",
        ),
        Mistake(
            lambda s: np.exp(s - np.max(s)),
            "You subtracted the largest score, and your powers are right. Now divide them by their sum.",
        ),
        Mistake(
            lambda s: np.exp(s - np.max(s)) / np.sum(np.exp(s)),
            "You subtracted the largest score above the fraction line, but not below it.",
        ),
        Mistake(
            lambda s: np.exp(s) / np.max(np.exp(s)),
            "You divided by the largest power, so the largest output is 1. Divide by the sum of all powers.",
        ),
        Mistake(
            lambda s: np.exp(-s) / np.sum(np.exp(-s)),
            "You flipped the sign of the scores, so the smallest score gets the largest share.",
        ),
        Mistake(
            lambda s: np.exp(s) / len(s),
            "You divided by the number of scores. Divide by the sum of the powers.",
        ),
        Mistake(
            lambda s: sigmoid(s),
            "You took the sigmoid of each score by itself. Softmax divides by a sum over all scores.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([1010.0, 1000.0, 990.0]),),
            "Your function works, but it overflows if the scores are large. Subtract the largest score first.",
            ("value", "OverflowError"),
        ),
        EdgeCase(
            (np.array([-1010.0, -1000.0, -990.0]),),
            "Your function works, but not if all scores are far below 0: then every power becomes 0. Subtract the largest score "
            "first.",
            ("value", "ZeroDivisionError"),
        ),
    ),
    hints=(
        "Start with e = np.exp(s - np.max(s)).",
        "The sum of the powers is np.sum(e).",
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
            "You counted only the weights. Each hidden unit and each output has a bias, too.",
        ),
        Mistake(
            lambda D, H, C: D + H + C,
            "You counted the units. Count the weights between them: one for each pair of units in neighboring layers.",
        ),
        Mistake(
            lambda D, H, C: D * H * C,
            "You multiplied all three sizes. W1 and W2 are two arrays, so add up what's in each.",
        ),
        Mistake(
            lambda D, H, C: D * H + H * C + D + H + C,
            "You gave the inputs a bias, too. They don't compute anything, so they have none.",
        ),
        Mistake(lambda D, H, C: D * H + H * C + H, "You forgot the biases of the outputs."),
        Mistake(lambda D, H, C: D * H + H * C + C, "You forgot the biases of the hidden units."),
        Mistake(
            lambda D, H, C: D * H + H * C + 2, "You counted one bias for each layer. Each unit has a bias of its own."
        ),
        Mistake(lambda D, H, C: D * H + H, "You counted only the first layer. Add the second one: W2 and b2."),
    ),
    hints=(
        "W1 has shape (D, H). How many numbers is that? And how many are in b1?",
        "W2 has shape (H, C), and b2 has shape (C,).",
        "return D * H + H + H * C + C",
    ),
)
