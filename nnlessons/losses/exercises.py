"""Lesson 03: loss functions."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlib import losses
from nnlib.activations import softmax

__all__ = ["errors_double", "ten_times_less", "small_change"]
__all__ += ["half_sum", "cross_entropy", "batch_loss", "gradient"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

errors_double = Prediction(
    question="Three outputs miss their targets by 0.3, 0.4 and 0.1. Then all three errors double. "
    "What does the sum of their squares do?",
    choices=(
        "It doubles",
        "It becomes four times as large",
        "It becomes six times as large: twice for each of the three",
        "That depends on the targets",
    ),
    answer="It becomes four times as large",
    reason="Each square gets twice the side, and so four times the area: 0.09, 0.16 and 0.01 become 0.36, 0.64 and 0.04. "
    "The sum goes from 0.26 to 1.04.",
)

ten_times_less = Prediction(
    question="The right class gets the probability 0.1, and then only 0.01. Its squared error (1 − y)² grows a little, from "
    "0.81 to 0.98. What does −log y do?",
    choices=(
        "It grows by about as little",
        "It becomes twice as large",
        "It becomes ten times as large",
        "It becomes infinite",
    ),
    answer="It becomes twice as large",
    reason="−log 0.1 is 2.30, and −log 0.01 is 4.61. Each time that y becomes ten times smaller, 2.30 is added, without end.",
)

small_change = Prediction(
    question="A network is right for 32 of 100 samples. One of its weights changes from 2.00 to 2.01. "
    "What do accuracy and loss do?",
    choices=(
        "Accuracy and loss both change a little",
        "The accuracy stays at 32 %, and the loss changes a little",
        "The loss stays as it is, and the accuracy changes",
        "Neither changes: 0.01 is too little",
    ),
    answer="The accuracy stays at 32 %, and the loss changes a little",
    reason="All probabilities change a little, and the loss with them. The accuracy only counts, and it changes when "
    "another class becomes the likeliest for some sample. A small change of a weight hardly ever does that.",
)

half_sum = Exercise(
    name="exercises.half_sum",
    solution=losses.half_sum_squared_error,
    cases=lambda rng: [(rng.uniform(0, 1, size=size), rng.uniform(0, 1, size=size)) for size in (3, 4, 5)],
    mistakes=(
        Mistake(lambda y, t: np.sum((y - t) ** 2), "this is the sum of the squares. Half of it is asked for."),
        Mistake(
            lambda y, t: np.mean((y - t) ** 2),
            "this is the mean of the squares. Add them up and take the half, however many there are.",
        ),
        Mistake(lambda y, t: np.mean((y - t) ** 2) / 2, "this is half the mean. Half the sum is asked for."),
        Mistake(lambda y, t: (y - t) ** 2 / 2, "these are the halves of the squares one by one. Add them up."),
        Mistake(
            lambda y, t: np.sum(y - t) / 2,
            "the errors are not squared, so that errors up and errors down cancel.",
        ),
        Mistake(lambda y, t: np.sum(y - t) ** 2 / 2, "the sum is squared. Square each error first, then add them up."),
        Mistake(lambda y, t: np.sum(np.abs(y - t)) / 2, "these are the errors without their signs, not their squares."),
        Mistake(lambda y, t: np.sum(y**2 - t**2) / 2, "y and t are squared one by one. Square the difference y - t."),
        Mistake(lambda y, t: np.sqrt(np.sum((y - t) ** 2)) / 2, "there is a root around the sum. Leave it out."),
        Mistake(lambda y, t: np.sqrt(np.sum((y - t) ** 2)), "there is a root where a half should be."),
    ),
    edges=(
        EdgeCase(
            (np.array([[0.2, 0.7], [0.4, 0.9], [0.1, 0.3]]), np.array([[0, 1], [1, 0], [0, 1]])),
            "It works for one row, but not for several. Python's own sum adds up the rows; np.sum adds up everything.",
            ("shape",),
        ),
        EdgeCase(
            (np.array([1, 0, 2]), np.array([0, 0, 5])),
            "It works for numbers with a point, but not for whole numbers. Use / 2, not // 2.",
            ("value",),
        ),
    ),
    hints=(
        "From the inside out: the difference, its square, the sum of all squares, the half.",
        "y - t works on whole arrays, and so does ** 2. np.sum adds up.",
        "return np.sum((y - t) ** 2) / 2",
    ),
)


def one_sample(rng, classes, place):
    """Probabilities, and the label of the class that comes at this place when they are put in order."""
    y = softmax(rng.normal(size=classes))
    return y, int(np.argsort(y)[place])


cross_entropy = Exercise(
    name="exercises.cross_entropy",
    solution=losses.cross_entropy,
    cases=lambda rng: [one_sample(rng, *case) for case in ((3, 0), (4, 1), (5, 2), (3, 1), (4, 3))],
    mistakes=(
        Mistake(lambda y, label: np.log(y[label]), "the minus sign is missing: the log of a probability is below 0."),
        Mistake(lambda y, label: -np.log(y), "these are the logs of all classes. Take the right class only, y[label]."),
        Mistake(
            lambda y, label: -np.sum(np.log(y)),
            "this adds up the logs of all classes. Only the right class counts, y[label].",
        ),
        Mistake(lambda y, label: -np.mean(np.log(y)), "this is a mean over all classes. Only y[label] counts."),
        Mistake(
            lambda y, label: -np.log(y.max()),
            "this looks at the class that got the most. Look at the right one, y[label].",
        ),
        Mistake(
            lambda y, label: -np.log10(y[label]), "this is the logarithm to base 10. np.log is the natural logarithm."
        ),
        Mistake(
            lambda y, label: -np.log2(y[label]), "this is the logarithm to base 2. np.log is the natural logarithm."
        ),
        Mistake(
            lambda y, label: -np.log(1 - y[label]), "this is the log of 1 - y: it is large where y is right. Take y."
        ),
        Mistake(lambda y, label: 1 - y[label], "this is what is missing to 1. The loss is minus the log of y[label]."),
        Mistake(lambda y, label: (1 - y[label]) ** 2, "this is the squared error. Take minus the log of y[label]."),
        Mistake(
            lambda y, label: -y[label] * np.log(y[label]),
            "the log is multiplied by y. It should be multiplied by the target, which is 1.",
        ),
        Mistake(
            lambda y, label: -np.log(y[label - 1]),
            "this takes the class before the right one. Classes are counted from 0, and so are places in y.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([1e-12, 1 - 1e-12]), 0),
            "It works, but not where y is very small. If you add something to y before the log, leave it out.",
            ("value",),
        ),
    ),
    hints=(
        "Only the probability of the right class counts. The label says where it stands in y.",
        "y[label] is that probability. Its loss is minus its natural logarithm, np.log.",
        "return -np.log(y[label])",
    ),
)


def batch_of(rng, N, C):
    """Probabilities y (N, C) and labels t (N,), in which no class is rare."""
    return softmax(rng.normal(size=(N, C))), rng.permutation(np.arange(N) % C)


def of_right_class(y, t):
    """From row 0 the number at t[0], from row 1 the one at t[1], and so on:  y (N, C), t (N,) -> (N,)."""
    return y[np.arange(len(t)), t]


batch_loss = Exercise(
    name="exercises.batch_loss",
    solution=losses.cross_entropy,
    cases=lambda rng: [batch_of(rng, 4, 3), batch_of(rng, 7, 3), batch_of(rng, 5, 4)],
    mistakes=(
        Mistake(
            lambda y, t: -np.sum(np.log(of_right_class(y, t))),
            "this is the sum over the samples. Take the mean, so that the number of samples does not matter.",
        ),
        Mistake(lambda y, t: np.mean(np.log(of_right_class(y, t))), "the minus sign is missing."),
        Mistake(lambda y, t: -np.log(of_right_class(y, t)), "these are the losses one by one. Take the mean of them."),
        Mistake(
            lambda y, t: -np.sum(np.log(of_right_class(y, t))) / y.size,
            "this divides by the number of all probabilities, samples times classes. Divide by the samples only.",
        ),
        Mistake(
            lambda y, t: -np.sum(np.log(of_right_class(y, t))) / y.shape[1],
            "this divides by the number of classes. Divide by the number of samples.",
        ),
        Mistake(
            lambda y, t: -np.mean(np.log(y[:, t])),
            "y[:, t] takes these columns from every row. One number from each row is needed: y[np.arange(len(t)), t].",
        ),
        Mistake(
            lambda y, t: -np.mean(np.log(y[t])),
            "y[t] takes whole rows. One number from each row is needed: y[np.arange(len(t)), t].",
        ),
        Mistake(lambda y, t: -np.mean(np.log(y)), "this is a mean over all classes. Only the right one counts."),
        Mistake(
            lambda y, t: -np.mean(np.log(y.max(axis=1))),
            "this looks at the class that got the most. Look at the right one.",
        ),
        Mistake(
            lambda y, t: -np.log(np.mean(of_right_class(y, t))),
            "this is the log of the mean. Take the log of each, and then the mean.",
        ),
        Mistake(
            lambda y, t: -np.mean(np.log10(of_right_class(y, t))),
            "this is the logarithm to base 10. np.log is the natural logarithm.",
        ),
    ),
    edges=(
        EdgeCase((np.array([[0.2, 0.5, 0.3]]), np.array([2])), "It works, but not for a mini-batch of one sample."),
        EdgeCase(
            (np.array([[0.2, 0.8], [0.9, 0.1], [0.6, 0.4]]), np.array([1, 1, 1])),
            "It works, but not where all samples have the same label.",
        ),
        EdgeCase(
            (np.array([[1e-12, 1 - 1e-12], [0.5, 0.5]]), np.array([0, 1])),
            "It works, but not where y is very small. If you add something to y before the log, leave it out.",
            ("value",),
        ),
    ),
    hints=(
        "From row 0 take the place t[0], from row 1 the place t[1], and so on.",
        "y[np.arange(len(t)), t] does that for all rows at once. Then minus the log, then the mean.",
        "return -np.mean(np.log(y[np.arange(len(t)), t]))",
    ),
)


def one_hot(y, t):
    """A row with 1 at its label and 0 elsewhere, for each label:  y (N, C), t (N,) -> (N, C)."""
    return np.eye(y.shape[1])[t]


gradient = Exercise(
    name="exercises.gradient",
    solution=lambda y, t: (y - one_hot(y, t)) / len(y),
    cases=lambda rng: [batch_of(rng, 4, 3), batch_of(rng, 7, 3), batch_of(rng, 5, 4)],
    mistakes=(
        Mistake(
            lambda y, t: y - one_hot(y, t), "the mean is forgotten: divide by the number of samples, which is len(y)."
        ),
        Mistake(
            lambda y, t: (one_hot(y, t) - y) / len(y),
            "every sign is turned round: it is y minus the target, above 0 where a score should go down.",
        ),
        Mistake(
            lambda y, t: one_hot(y, t) - y,
            "every sign is turned round, and the division by the number of samples is missing.",
        ),
        Mistake(lambda y, t: (y - one_hot(y, t)) / y.size, "this divides by samples times classes. Divide by len(y)."),
        Mistake(
            lambda y, t: (y - one_hot(y, t)) / y.shape[1], "this divides by the number of classes. Divide by len(y)."
        ),
        Mistake(
            lambda y, t: (y - t[:, np.newaxis]) / len(y),
            "the label itself is subtracted. Subtract its one-hot row: np.eye(C)[t] makes one for each label.",
        ),
        Mistake(lambda y, t: y / len(y), "the target is not subtracted: 1 from the right class of each row."),
        Mistake(
            lambda y, t: (y - 1) / len(y), "1 is subtracted from every class. Only the right one has the target 1."
        ),
        Mistake(
            lambda y, t: (y - one_hot(y, t)).mean(axis=0),
            "the samples are added up. The gradient has a row for each sample, the shape of y.",
        ),
        Mistake(lambda y, t: 2 * (y - one_hot(y, t)) / len(y), "it is twice too large: there is no 2 here."),
        Mistake(
            lambda y, t: -one_hot(y, t) / y / len(y),
            "these are the slopes for the probabilities y. For the scores it is (y - t) / N.",
        ),
    ),
    edges=(
        EdgeCase((np.array([[0.2, 0.5, 0.3]]), np.array([2])), "It works, but not for a mini-batch of one sample."),
        EdgeCase(
            (np.array([[0.2, 0.5, 0.3], [0.6, 0.1, 0.3]]), np.array([0, 0])),
            "It works, but not where a class never appears among the labels: there are as many classes as columns of y.",
        ),
    ),
    hints=(
        "y - t needs a one-hot row for each label. np.eye(3) has them as its rows.",
        "C = y.shape[1] is the number of classes, np.eye(C)[t] the one-hot rows of all labels.",
        "return (y - np.eye(y.shape[1])[t]) / len(y)",
    ),
)
