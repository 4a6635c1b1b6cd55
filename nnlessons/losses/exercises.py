"""Lesson 3: predictions about losses and slopes, and functions for the reader to write."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall
from nnlib import losses
from nnlib.activations import softmax

__all__ = ["recall", "errors_double", "ten_times_less", "worst_three", "pulls"]
__all__ += ["half_sum", "cross_entropy", "batch_loss", "gradient"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

recall = Recall(
    (
        Prediction(
            question="Ten pictures of 64 pixels each are the rows of x. The digit reader's first layer has 50 units. "
            "What's the shape of x @ W1?",
            choices=("(64, 50)", "(10, 64)", "(10, 50)", "(50, 10)"),
            answer="(10, 50)",
            reason="x has shape (10, 64), and W1 has shape (64, 50). The inner numbers agree and drop out. What's left "
            "is a row for each picture and a column for each unit.",
        ),
        Prediction(
            question="Class 0 has score 3, and class 1 has score 2. After softmax, how many times as large is y₀ as y₁?",
            choices=("1.5 times", "e times, so about 2.7 times", "10 times", "That depends on the other scores"),
            answer="e times, so about 2.7 times",
            reason="Only the lead counts, and a lead of one point means e to 1. Softmax divides both powers by the same "
            "sum, and e³ is e times as large as e².",
        ),
        Prediction(
            question="The sum that goes into a sigmoid is 40, so its output is nearly 1. It should have been 0. A "
            "weight changes a little. What does the output do?",
            choices=(
                "It changes a lot, because it's so wrong",
                "It hardly changes at all",
                "It jumps to 0",
            ),
            answer="It hardly changes at all",
            reason="That far out, the sigmoid is flat, so there's no hint which way to go, however wrong the output is. "
            "In this lesson you'll meet the cure.",
        ),
    )
)

errors_double = Prediction(
    question="Three outputs are off by 0.3, −0.4 and 0.1. Then all three errors double. What happens to the sum of "
    "their squares?",
    choices=(
        "It doubles",
        "It gets four times as large",
        "It gets six times as large, twice for each of the three",
        "That depends on the targets",
    ),
    answer="It gets four times as large",
    reason="Twice the side makes four times the area. The squares 0.09, 0.16 and 0.01 become 0.36, 0.64 and 0.04, so "
    "the sum goes from 0.26 to 1.04.",
)

ten_times_less = Prediction(
    question="The right class gets a probability of 0.1, and then only 0.01. The square of what's missing, (1 − y)², hardly "
    "changes: it goes from 0.81 to 0.98. What happens to −log y?",
    choices=(
        "It hardly changes, either",
        "It gets twice as large",
        "It gets ten times as large",
        "It becomes infinite",
    ),
    answer="It gets twice as large",
    reason="−log 0.1 is 2.30, and −log 0.01 is 4.61. Whenever y gets ten times smaller, you add another 2.30, and that "
    "never ends.",
)

worst_three = Prediction(
    question="With the best line, the neuron misreads 3 of the 60 pictures. How much of the whole loss comes from the three "
    "pictures that surprise it most?",
    choices=("About 5%, because it's 3 of 60", "About a quarter", "More than two thirds"),
    answer="More than two thirds",
    reason="It's 69%. They're the three that it misreads, and being wrong costs far more than being right. The other 57 pictures "
    "share what's left.",
)

pulls = Prediction(
    question="The scores are 2, 1 and 0, class 1 is right, and softmax says y = (0.67, 0.24, 0.09). Which score is "
    "pulled hardest, and which way?",
    choices=(
        "Score 0, down, because it's the largest",
        "Score 1, up, because it belongs to the right class",
        "Score 2, down, because its class is the least likely",
        "All three equally hard",
    ),
    answer="Score 1, up, because it belongs to the right class",
    reason="Output 1 is 0.24 and should be 1, so it's missing 0.76. The other two have too much, 0.67 and 0.09, which "
    "adds up to the same 0.76. So neither of them is pulled as hard.",
)

half_sum = Exercise(
    name="exercises.half_sum",
    solution=losses.half_sum_squared_error,
    cases=lambda rng: [(rng.uniform(0, 1, size=size), rng.uniform(0, 1, size=size)) for size in (3, 4, 5)],
    mistakes=(
        Mistake(lambda y, t: np.sum((y - t) ** 2), "You returned the whole sum of the squares. Take half of it."),
        Mistake(
            lambda y, t: np.mean((y - t) ** 2),
            "You took the mean of the squares. Take half their sum instead, however many there are.",
        ),
        Mistake(lambda y, t: np.mean((y - t) ** 2) / 2, "You took half the mean. Take half the sum instead."),
        Mistake(
            lambda y, t: (y - t) ** 2 / 2,
            "You have half of each square, one number for each output. Now add them up.",
        ),
        Mistake(
            lambda y, t: np.sum(y - t) / 2,
            "You forgot to square the errors, so those above 0 and those below 0 cancel.",
        ),
        Mistake(
            lambda y, t: np.sum(y - t) ** 2 / 2,
            "You squared the sum. Square each error first, then add up the squares.",
        ),
        Mistake(
            lambda y, t: np.sum(np.abs(y - t)) / 2,
            "You dropped the minus signs of the errors. Square the errors instead.",
        ),
        Mistake(
            lambda y, t: np.sum(y**2 - t**2) / 2,
            "You squared y and t before you subtracted. Take the difference y - t first, then square it.",
        ),
        Mistake(lambda y, t: np.sqrt(np.sum((y - t) ** 2)) / 2, "You took the square root of the sum. Leave it out."),
        Mistake(
            lambda y, t: np.sqrt(np.sum((y - t) ** 2)),
            "You took the square root of the sum. Take half of the sum instead.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([[0.2, 0.7], [0.4, 0.9], [0.1, 0.3]]), np.array([[0, 1], [1, 0], [0, 1]])),
            "Your function works for one row, but not for several. Python's own sum only adds up the rows; np.sum adds "
            "up everything.",
            ("shape",),
        ),
        EdgeCase(
            (np.array([1, 0, 2]), np.array([0, 0, 5])),
            "Your function works for decimals, but not for whole numbers. Use / 2 instead of // 2.",
            ("value",),
        ),
    ),
    hints=(
        "Read the formula from the inside out: the difference, its square, the sum of all squares, and half of that.",
        "y - t works on whole arrays, and so does ** 2. np.sum adds up everything in an array.",
        "return np.sum((y - t) ** 2) / 2",
    ),
)


def one_sample(rng, classes, rank):
    """The probabilities of one sample, and the label of the class that has this rank among them, 0 for the least likely."""
    y = softmax(rng.normal(size=classes))
    return y, int(np.argsort(y)[rank])


cross_entropy = Exercise(
    name="exercises.cross_entropy",
    solution=losses.cross_entropy,
    cases=lambda rng: [one_sample(rng, *case) for case in ((3, 0), (4, 1), (5, 2), (3, 1), (4, 3))],
    mistakes=(
        Mistake(
            lambda y, label: np.log(y[label]),
            "You forgot the minus. The log of a probability is negative, and the loss shouldn't be.",
        ),
        Mistake(
            lambda y, label: -np.log(y),
            "You took the logs of all classes. Only the right class counts, and its probability is y[label].",
        ),
        Mistake(
            lambda y, label: -np.sum(np.log(y)),
            "You added up the logs of all classes. Take only the right class, y[label].",
        ),
        Mistake(
            lambda y, label: -np.mean(np.log(y)),
            "You took the mean over all classes. Take only the right class, y[label].",
        ),
        Mistake(
            lambda y, label: -np.sum(label * np.log(y)),
            "You multiplied by the label, as if it were a one-hot row. It's the number of the class, so take y[label].",
        ),
        Mistake(
            lambda y, label: -np.log(y.max()),
            "You took the most likely class. Take the right one, y[label], even if the network thinks it's unlikely.",
        ),
        Mistake(
            lambda y, label: -np.log10(y[label]),
            "You used the logarithm with base 10. The natural logarithm is np.log.",
        ),
        Mistake(
            lambda y, label: -np.log2(y[label]),
            "You used the logarithm with base 2. The natural logarithm is np.log.",
        ),
        Mistake(
            lambda y, label: -np.log(1 - y[label]),
            "You took the log of 1 - y, so the loss is large when the network is right. Take the log of y itself.",
        ),
        Mistake(
            lambda y, label: 1 - y[label],
            "You returned what the right class is missing to 1. The loss is minus the log of y[label].",
        ),
        Mistake(
            lambda y, label: (1 - y[label]) ** 2,
            "You returned the squared error. The cross entropy is minus the log of y[label].",
        ),
        Mistake(
            lambda y, label: -y[label] * np.log(y[label]),
            "You multiplied the log by y. In the formula it's multiplied by the target, which is 1 for the right class.",
        ),
        Mistake(
            lambda y, label: -np.log(y[label - 1]),
            "You took the class before the right one. Both classes and array elements are counted from 0, so it's y[label].",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([1e-12, 1 - 1e-12]), 0),
            "Your function works, but not if y is very small. If you add a tiny number to y before the log, leave it out.",
            ("value",),
        ),
    ),
    hints=(
        "Only the probability of the right class counts, and the label is its index in y.",
        "That probability is y[label], and np.log is the natural logarithm.",
        "return -np.log(y[label])",
    ),
)


def batch_of(rng, N, C):
    """Probabilities y (N, C) and labels t (N,), with about as many samples of each class."""
    return softmax(rng.normal(size=(N, C))), rng.permutation(np.arange(N) % C)


def of_right_class(y, t):
    """The probability of the right class in each row:  y (N, C), t (N,) -> (N,)."""
    return y[np.arange(len(t)), t]


batch_loss = Exercise(
    name="exercises.batch_loss",
    solution=losses.cross_entropy,
    cases=lambda rng: [batch_of(rng, 4, 3), batch_of(rng, 7, 3), batch_of(rng, 5, 4)],
    mistakes=(
        Mistake(
            lambda y, t: -np.sum(np.log(of_right_class(y, t))),
            "You took the sum over the samples. Take the mean, so the loss doesn't depend on how many samples there are.",
        ),
        Mistake(
            lambda y, t: np.mean(np.log(of_right_class(y, t))),
            "You forgot the minus. The log of a probability is negative, and the loss shouldn't be.",
        ),
        Mistake(
            lambda y, t: -np.log(of_right_class(y, t)),
            "You have the loss of each sample. Now take the mean of them.",
        ),
        Mistake(
            lambda y, t: -np.sum(np.log(of_right_class(y, t))) / y.size,
            "You divided by the number of all probabilities, samples times classes. Divide by the number of samples only.",
        ),
        Mistake(
            lambda y, t: -np.sum(np.log(of_right_class(y, t))) / y.shape[1],
            "You divided by the number of classes. Divide by the number of samples instead.",
        ),
        Mistake(
            lambda y, t: -np.mean(np.log(y[:, t])),
            "You wrote y[:, t], which picks all these columns from every row. You need one number from each row: "
            "y[np.arange(N), t], where N is len(t).",
        ),
        Mistake(
            lambda y, t: -np.mean(np.log(y[t])),
            "You wrote y[t], which picks whole rows. You need one number from each row: y[np.arange(N), t], where N is "
            "len(t).",
        ),
        Mistake(
            lambda y, t: -np.mean(np.log(y)),
            "You took the mean over all classes. Pick the right class from each row first.",
        ),
        Mistake(
            lambda y, t: -np.mean(np.log(y.max(axis=1))),
            "You took the most likely class of each row. Take the right one, even if the network thinks it's unlikely.",
        ),
        Mistake(
            lambda y, t: -np.log(np.mean(of_right_class(y, t))),
            "You took the log of the mean. Take the log of each probability first, then the mean.",
        ),
        Mistake(
            lambda y, t: -np.mean(np.log10(of_right_class(y, t))),
            "You used the logarithm with base 10. The natural logarithm is np.log.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([[0.2, 0.5, 0.3]]), np.array([2])),
            "Your function works, but not for a mini-batch of one sample.",
        ),
        EdgeCase(
            (np.array([[0.2, 0.8], [0.9, 0.1], [0.6, 0.4]]), np.array([1, 1, 1])),
            "Your function works, but not if all samples have the same label.",
        ),
        EdgeCase(
            (np.array([[1e-12, 1 - 1e-12], [0.5, 0.5]]), np.array([0, 1])),
            "Your function works, but not if y is very small. If you add a tiny number to y before the log, leave it out.",
            ("value",),
        ),
    ),
    hints=(
        "In the example, y[[0, 1], t] picked one number from row 0 and one from row 1. With N samples, you need all rows.",
        "N is len(t), and np.arange(N) counts the rows: y[np.arange(N), t]. Then take minus the log, and then the mean.",
        "return -np.mean(np.log(y[np.arange(len(t)), t]))",
    ),
)


def one_hot(y, t):
    """A one-hot row for each label:  y (N, C), t (N,) -> (N, C)."""
    return np.eye(y.shape[1])[t]


gradient = Exercise(
    name="exercises.gradient",
    solution=lambda y, t: (y - one_hot(y, t)) / len(y),
    cases=lambda rng: [batch_of(rng, 4, 3), batch_of(rng, 7, 3), batch_of(rng, 5, 4)],
    mistakes=(
        Mistake(
            lambda y, t: y - one_hot(y, t),
            "You forgot that the loss is a mean. Divide by the number of samples, len(y).",
        ),
        Mistake(
            lambda y, t: (one_hot(y, t) - y) / len(y),
            "The sign is flipped. It's output minus target: positive where the score should go down.",
        ),
        Mistake(
            lambda y, t: one_hot(y, t) - y,
            "The sign is flipped, and you forgot to divide by the number of samples, len(y).",
        ),
        Mistake(
            lambda y, t: (y - one_hot(y, t)) / y.size,
            "You divided by samples times classes. Divide by the number of samples only, len(y).",
        ),
        Mistake(
            lambda y, t: (y - one_hot(y, t)) / y.shape[1],
            "You divided by the number of classes. Divide by the number of samples, len(y).",
        ),
        Mistake(
            lambda y, t: (y - t[:, np.newaxis]) / len(y),
            "You subtracted the label itself. Subtract its one-hot row: np.eye(C)[t] makes one for each label.",
        ),
        Mistake(
            lambda y, t: y / len(y),
            "You forgot to subtract the target, which is 1 for the right class of each row.",
        ),
        Mistake(
            lambda y, t: (y - 1) / len(y),
            "You subtracted 1 from every class. The target is 1 only for the right one, and 0 for the others.",
        ),
        Mistake(
            lambda y, t: (of_right_class(y, t) - 1) / len(y),
            "You only have the slopes of the right classes. The other scores have slopes, too: their target is 0.",
        ),
        Mistake(
            lambda y, t: (y - one_hot(y, t)).mean(axis=0),
            "You took the mean over the samples. Each sample has scores of its own, so keep a row for each of them.",
        ),
        Mistake(
            lambda y, t: 2 * (y - one_hot(y, t)) / len(y),
            "Your slopes are twice as large as they should be. There's no 2 in output minus target.",
        ),
        Mistake(
            lambda y, t: -one_hot(y, t) / y / len(y),
            "You found the slopes for the probabilities y. For the scores, the slopes are (y - t) / N.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([[0.2, 0.5, 0.3]]), np.array([2])),
            "Your function works, but not for a mini-batch of one sample.",
        ),
        EdgeCase(
            (np.array([[0.2, 0.5, 0.3], [0.6, 0.1, 0.3]]), np.array([0, 0])),
            "Your function works, but not if a class is missing from t. Take the number of classes from y: it's y.shape[1].",
        ),
    ),
    hints=(
        "To compute y - t you need a one-hot row for each label. np.eye(C) has all C of them as its rows.",
        "The number of classes C is y.shape[1], and np.eye(C)[t] picks a one-hot row for each label.",
        "return (y - np.eye(y.shape[1])[t]) / len(y)",
    ),
)
