"""Lesson 8: predictions about training, and functions for the reader to write."""

import numpy as np

from nnlessons.arrays.exercises import signed, slope_by_output
from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall
from nnlessons.losses.exercises import of_right_class
from nnlessons.training.diagnoses import diagnose
from nnlessons.training.move_right import move_right
from nnlib.activations import identity, sigmoid, sigmoid_derivative, softmax

__all__ = ["recall", "twenty_steps", "two_units", "diagnose", "moved_by_one", "shuffled_pixels"]
__all__ += ["accuracy", "move_right", "training"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

# -- predictions ------------------------------------------------------------------------------------------------------

recall = Recall(
    (
        Prediction(
            question="For a layer y = x @ W, which two arrays make dW?",
            choices=("W and dy", "x and dy", "x and W", "y and dy"),
            answer="x and dy",
            reason="A weight's gradient is what went in times what came back, summed over the samples: x.T @ dy.",
        ),
        Prediction(
            question="A loss curve zigzags up and down, and doesn't get down to the best. What do you try first?",
            choices=("A larger learning rate", "More steps", "A smaller learning rate", "Other data"),
            answer="A smaller learning rate",
            reason="Each step overshoots, so it lands on the other side of the valley.",
        ),
        Prediction(
            question="What's the gradient of the loss for the scores, with softmax and cross entropy and one sample?",
            choices=("y − t", "y (1 − y)", "−log y", "t − y"),
            answer="y − t",
            reason="Output minus target: one number for each class. That's where the backward pass starts.",
        ),
    )
)

twenty_steps = Prediction(
    question="A small net has 3 inputs, 2 sigmoid units and 1 output, and it learns from 3 samples. Data and weights are random "
    "numbers, and the loss, the sum of the squared errors, is 5.8. Gradient descent takes 20 steps with a learning rate "
    "of 0.0001. What's the loss after that?",
    choices=("Nearly 0", "About half, 2.9", "More than at the start", "Still about 5.8: it fell by less than 1%"),
    answer="Still about 5.8: it fell by less than 1%",
    reason="It falls from 5.81 to 5.76. Each step moves a weight by a ten-thousandth of its gradient, so 20 of them hardly move "
    "it. With a learning rate of 0.1 the same net gets to 0.45 in 20 steps. Other random nets show the same: half of them lose "
    "less than about 0.7% of their loss with 0.0001, and half lose more than about 85% with 0.1. With 1, half of them end up "
    "higher than they started.",
)

two_units = Prediction(
    question="The data are circles: one class is a ring, and the other is a larger ring around it. Your net has 2 hidden tanh "
    "units, so it can draw two straight lines. How many of the points can it learn to get right?",
    choices=("About half", "About 85%", "Nearly all", "That depends only on the learning rate"),
    answer="About 85%",
    reason="Two lines can't go all the way around the inner ring. The best they can do is a strip that contains the inner ring "
    "and is open at both ends. About a third of the outer ring is in that strip too, and wrong: a sixth of all points. "
    "A third unit closes the strip, and then nearly all points are right.",
)

moved_by_one = Prediction(
    question="Your network reads about 97% of the test digits. Now you move each of them by one pixel to the right. How many "
    "does it still read correctly?",
    choices=("About 97%, as before", "About 90%", "About 45%", "About 10%, no better than guessing"),
    answer="About 45%",
    reason="Each weight belongs to one pixel, and the network has no idea which pixels are neighbors. During training, every "
    "digit was in the middle. Once it's moved, its ink meets different weights. Networks built for pictures suffer much "
    "less from this.",
)

shuffled_pixels = Prediction(
    question="The 64 pixels of all pictures are shuffled, always in the same order, and a new network is trained on them. How "
    "many of the test digits, shuffled in the same order, does it read?",
    choices=("About 97%, as before", "About 70%", "About 45%", "About 10%, no better than guessing"),
    answer="About 97%, as before",
    reason="Each hidden unit adds up 64 pixels times 64 weights, and a sum doesn't depend on the order. The network never knew "
    "which pixels are neighbors, so it loses nothing when they aren't anymore.",
)

# -- accuracy ---------------------------------------------------------------------------------------------------------


def hits(scores, t):
    """Whether each row's largest score is at its label:  scores (N, C), t (N,) -> booleans (N,)."""
    return scores.argmax(axis=1) == t


# As many samples as classes, so that the wrong axis has the right shape; and whole numbers, so that even a score may
# happen to be the label. 2 of 5 are right in both, and no two of the mistakes agree in both.
TOLD_APART = [
    (
        np.array([[3, 0, 2, 2, -2], [1, 1, 4, -3, -2], [-3, 1, 1, 4, 3], [3, 4, 5, -1, -3], [4, -3, -1, -1, 2.0]]),
        np.array([4, 4, 3, 2, 2]),
    ),
    (
        np.array([[5, 3, -3, 4, 1], [-2, 4, 3, 0, -3], [-2, -3, 1, -1, -1], [2, -2, -1, 3, 4], [0, 1, -1, 0, 0.0]]),
        np.array([1, 0, 2, 0, 1]),
    ),
]


def marked(rng, size):
    """As many samples as classes, with 1 to size - 1 of them right."""
    scores, t = rng.normal(size=(size, size)), rng.integers(size, size=size)
    right = rng.permutation(size) < rng.integers(1, size)
    top, other = scores.argmax(axis=1), (scores.argmax(axis=1) + rng.integers(1, size, size=size)) % size
    return scores, np.where(right, top, np.where(t == top, other, t))


accuracy = Exercise(
    name="exercises.accuracy",
    solution=lambda scores, t: np.mean(hits(scores, t)),
    cases=lambda rng: [*TOLD_APART, marked(rng, 4), marked(rng, 6)],
    mistakes=(
        Mistake(
            lambda scores, t: np.mean(scores.argmax(axis=0) == t),
            "You looked for the largest score in each column. Each sample is a row: use argmax with axis=1.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.argmax() == t),
            "Without an axis, argmax finds one position in the whole array. You need one for each row: axis=1.",
        ),
        Mistake(
            lambda scores, t: np.sum(hits(scores, t)),
            "You counted the samples that are right. Divide by how many there are, or take the mean.",
        ),
        Mistake(
            lambda scores, t: 100 * np.mean(hits(scores, t)), "You returned percent. Return the fraction, from 0 to 1."
        ),
        Mistake(
            hits,
            "You have a True or False for each sample. Return one number: their mean, which counts True as 1.",
        ),
        Mistake(
            lambda scores, t: np.mean(of_right_class(scores, t)),
            "You took the mean of the scores at the targets. Find out instead where the largest score of each row is.",
        ),
        Mistake(
            lambda scores, t: np.mean(of_right_class(softmax(scores), t)),
            "You took the mean of the probabilities at the targets. Accuracy only counts: is the largest score there or not?",
        ),
        Mistake(
            lambda scores, t: np.mean(of_right_class(softmax(scores), t) > 0.5),
            "You checked for a probability above one half. With more than two classes, even the largest can be smaller "
            "than that.",
        ),
        Mistake(
            lambda scores, t: np.mean(of_right_class(scores, t) > 0),
            "You checked for a score above 0. What counts is whether it's the largest of its row.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.max(axis=1) == t),
            "max gives you the largest score itself. You need its position, to compare it with t: argmax.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores == t),
            "You compared scores with labels. First find where the largest score of each row is: argmax with axis=1.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores == t[:, np.newaxis]),
            "You compared scores with labels, row by row. First find where the largest score of each row is: argmax.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.argmin(axis=1) == t),
            "You took the smallest score. The net's answer is the class with the largest one: argmax.",
        ),
        Mistake(
            lambda scores, t: np.mean(~hits(scores, t)),
            "You returned the fraction that's wrong. Count where argmax and t are equal, ==, not where they differ.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.argmax(axis=1) + 1 == t),
            "You added 1 to the class. Classes count from 0, and so does argmax.",
        ),
        Mistake(
            lambda scores, t: np.sum(hits(scores, t)) / scores.size,
            "You divided by the number of all scores, samples times classes. Divide by the number of samples.",
        ),
        Mistake(
            lambda scores, t: np.all(hits(scores, t)),
            "np.all says whether every sample is right. You need to know what fraction is: np.mean.",
        ),
        Mistake(
            lambda scores, t: np.any(hits(scores, t)),
            "np.any says whether at least one sample is right. You need to know what fraction is: np.mean.",
        ),
        Mistake(
            lambda scores, t: np.mean(np.abs(scores.argmax(axis=1) - t)),
            "You measured how far apart the labels are. But a label is only a name: the answer equals it, ==, or it doesn't.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.argmax(axis=1)),
            "You took the mean of the net's answers. Compare them with t first: ==.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([[2.0, 1, 0], [0, 3, 1], [1, 2, 0], [5, 4, 3]]), np.array([0, 1, 2, 0])),
            "It works for as many samples as classes, but not for 4 samples of 3 classes. Divide by the number of "
            "samples, len(t).",
        ),
        EdgeCase((np.array([[0.5, -1.0, 2.0]]), np.array([2])), "It works, but not for a single sample, N = 1."),
        EdgeCase(
            (np.array([[1.0, 1.0, 0.0], [2.0, 0.0, 2.0], [0.0, 3.0, 1.0]]), np.array([1, 0, 1])),
            "It works, unless two scores are equally large. A net gives one answer, and argmax takes the first of the two.",
            ("value",),
        ),
    ),
    hints=(
        "The net's answer for a sample is the class with the largest score in its row. How often is that t?",
        "scores.argmax(axis=1) gives one answer for each row, and == compares them with t. True counts as 1, False as 0.",
        "The mean of them is the fraction: return np.mean(scores.argmax(axis=1) == t)",
    ),
)

# -- the loop ---------------------------------------------------------------------------------------------------------


def trained(
    hidden=sigmoid,
    output=identity,
    output_slope=lambda y: 1,
    loss=lambda error: np.sum(error**2),
    dloss=lambda error: 2 * error,
    hidden_slope=slope_by_output,
    into_W2=lambda x, z1: z1,
    sent_back=lambda dy, W2, new_W2: dy @ W2.T,
    by_weights=lambda given, da: given.T @ da,
    step=lambda W, dW, rate: W - rate * dW,
    kept=lambda W1, W2, new_W1, new_W2: (new_W1, new_W2),
):
    """A function that trains a net and returns its losses. Each mistake replaces one of its parts."""

    def training(x, t, W1, W2, learning_rate, steps):
        losses = []
        for _ in range(steps):
            z1 = hidden(x @ W1)
            y = output(z1 @ W2)
            losses.append(loss(y - t))
            dy = dloss(y - t) * output_slope(y)
            new_W2 = step(W2, by_weights(into_W2(x, z1), dy), learning_rate)
            da1 = sent_back(dy, W2, new_W2) * hidden_slope(z1)
            W1, W2 = kept(W1, W2, step(W1, by_weights(x, da1), learning_rate), new_W2)
        return np.array(losses)

    return training


def looking(at, more=0):
    """A function that trains without a mistake, for this many more steps, and returns what `at` makes of the losses."""
    return lambda x, t, W1, W2, learning_rate, steps: at(trained()(x, t, W1, W2, learning_rate, steps + more))


def small_net(rng, steps, size=3):
    """A net with square arrays, so that a transpose fits, far from its targets and with a rate as large as it can bear."""
    x, W1, W2, half_t = (signed(rng, size, size, largest=1.5) for _ in range(4))
    return x, 2 * half_t, W1, W2, round(rng.uniform(0.1, 0.15), 3), steps


FAR = 1231  # with these numbers each mistake below is far from what is right, by a tenth at least

training = Exercise(
    name="exercises.training",
    solution=trained(),
    cases=lambda rng: [small_net(np.random.default_rng(FAR), 2), small_net(rng, 4), small_net(rng, 3)],
    mistakes=(
        Mistake(
            trained(dloss=lambda error: error),
            "You left out the 2 in the gradient. The loss has no half in front, so the slope of (y - t) ** 2 is 2 (y - t).",
        ),
        Mistake(
            trained(step=lambda W, dW, rate: W + rate * dW),
            "Your weights go uphill, so the loss grows. The error is y - t, and the step is subtracted: you turned one of the "
            "two around.",
        ),
        Mistake(
            trained(sent_back=lambda dy, W2, new_W2: dy @ new_W2.T),
            "You sent the gradient back to the hidden layer through the new W2. It has to go through the W2 that made the "
            "outputs: compute both gradients first, and then change the weights.",
        ),
        Mistake(
            trained(hidden_slope=lambda z1: 1),
            "You left out the slope of the sigmoid: multiply what arrives at z1 by z1 (1 - z1).",
        ),
        Mistake(
            trained(hidden_slope=sigmoid_derivative),
            "You applied the sigmoid twice: z1 is already an output of it, so the slope is z1 (1 - z1).",
        ),
        Mistake(
            trained(kept=lambda W1, W2, new_W1, new_W2: (W1, W2)),
            "All your losses are the same, because the weights never change. Give the new ones the names W1 and W2, for "
            "the next step.",
        ),
        Mistake(
            trained(kept=lambda W1, W2, new_W1, new_W2: (W1, new_W2)),
            "W2 learns, but your W1 never changes. Pass the gradient back through W2, and take a step with W1 too.",
        ),
        Mistake(
            trained(kept=lambda W1, W2, new_W1, new_W2: (new_W1, W2)),
            "W1 learns, but your W2 never changes. Take a step with W2 too.",
        ),
        Mistake(
            looking(lambda losses: losses[1:], more=1),
            "You kept the losses after each update. Keep each one before its update: the first belongs to the initial weights.",
        ),
        Mistake(
            looking(lambda losses: losses, more=1),
            "You kept one loss too many, after the last update. Keep one in each step, before its update.",
        ),
        Mistake(
            looking(lambda losses: losses, more=-1),
            "You kept one loss too few. range(steps) repeats as often as there are steps.",
        ),
        Mistake(looking(lambda losses: losses[0]), "You returned only the first loss. Is your return inside the loop?"),
        Mistake(
            looking(lambda losses: losses[-1]), "You returned only the last loss. Keep the loss of each step in a list."
        ),
        Mistake(
            looking(lambda losses: losses[:1]), "Your list has only the first loss. Is your return inside the loop?"
        ),
        Mistake(
            looking(lambda losses: losses[-1:]),
            "Your list has only the last loss. Start with an empty list before the loop, not in it.",
        ),
        Mistake(
            looking(np.cumsum),
            "You added up the losses of all steps so far. Keep each step's own loss.",
        ),
        Mistake(
            trained(loss=lambda error: np.mean(error**2)),
            "Your weights are right, but you kept the mean of the squares. The loss is their sum: np.sum.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error**2) / len(error)),
            "Your weights are right, but you divided each loss by the number of samples. The loss is the sum alone.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error**2) / 2),
            "Your weights are right, but each of your losses is only half the sum. This loss has no half.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error**2) / 2, dloss=lambda error: error),
            "You used the loss with a half in front, and its gradient. Here the loss is the sum without a half, so its "
            "slope has a 2.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(np.abs(error))),
            "Your weights are right, but you didn't square the errors in the loss.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error) ** 2),
            "Your weights are right, but you squared the sum in the loss. Square each error first, then add up.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error)),
            "Your weights are right, but you added up the errors in the loss without squaring them, so they cancel.",
        ),
        Mistake(
            trained(loss=lambda error: np.mean(error**2), dloss=lambda error: 2 * error / error.size),
            "You trained with the mean of the squares. The loss here is their sum, without a division.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error**2) / len(error), dloss=lambda error: 2 * error / len(error)),
            "You trained with the mean over the samples. The loss here is the sum, without a division.",
        ),
        Mistake(
            trained(dloss=lambda error: 2 * error / len(error)),
            "You divided the gradient by the number of samples. The loss is a sum, and so is its gradient.",
        ),
        Mistake(
            trained(dloss=lambda error: 2 * error / error.size),
            "You divided the gradient by the number of errors. The loss is a sum, and so is its gradient.",
        ),
        Mistake(
            trained(step=lambda W, dW, rate: W - dW),
            "You forgot the learning rate. Multiply each gradient by it.",
        ),
        Mistake(
            trained(output=sigmoid),
            "You put a sigmoid at the output. It has none here: y = z1 @ W2.",
        ),
        Mistake(
            trained(output=sigmoid, output_slope=slope_by_output),
            "You put a sigmoid at the output, and used its slope. The output has none here: y = z1 @ W2.",
        ),
        Mistake(
            trained(hidden=identity, hidden_slope=lambda z1: 1),
            "You left out the sigmoid of the hidden layer. z1 is sigmoid(x @ W1), and going backward its slope is z1 (1 - z1).",
        ),
        Mistake(
            trained(hidden=identity),
            "You used the slope of a sigmoid in the backward pass, but left out the sigmoid in the forward pass: z1 = "
            "sigmoid(x @ W1).",
        ),
        Mistake(
            trained(sent_back=lambda dy, W2, new_W2: dy @ W2),
            "You forgot to transpose W2 in the backward pass. It's square here, so the shapes can't warn you: use W2.T.",
        ),
        Mistake(
            trained(by_weights=lambda given, da: da.T @ given),
            "Your gradients of the weights are transposed. W[i, j] joins input i to unit j: x.T first, then what arrives.",
        ),
        Mistake(
            trained(by_weights=lambda given, da: given @ da),
            "You forgot to transpose x and z1 in the gradients of the weights: x.T @ da1 and z1.T @ dy.",
        ),
        Mistake(
            trained(by_weights=lambda given, da: given * da),
            "You multiplied element by element. W[i, j] gets what input i sends times what arrives at unit j: x.T @ da1, "
            "z1.T @ dy.",
        ),
        Mistake(
            trained(into_W2=lambda x, z1: x),
            "You used x for the gradient of W2. What goes into the second layer is z1, so it's z1.T @ dy.",
        ),
    ),
    edges=(
        EdgeCase(
            (
                np.array([[1.0, -0.5, 2.0], [0.5, 1.5, -1.0], [-2.0, 1.0, 0.5], [1.5, 0.5, 1.0]]),
                np.array([[1.0], [-0.5], [2.0], [0.5]]),
                np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, 1.5]]),
                np.array([[1.0], [-1.5]]),
                0.1,
                3,
            ),
            "It works for square arrays, but not for N = 4 samples, D = 3 inputs, H = 2 hidden units and C = 1 output.",
        ),
        EdgeCase(
            (np.array([[1.0, -0.5]]), np.array([[1.0, 2.0]]), np.array([[0.5, -1.0], [1.0, 0.5]]), np.eye(2), 0.1, 3),
            "It works, but not for a single sample, N = 1.",
        ),
        EdgeCase(
            (np.array([[1.0, -0.5], [2.0, 1.0]]), np.eye(2), np.array([[0.5, -1.0], [1.0, 0.5]]), np.eye(2), 0.1, 1),
            "It works, but not for a single step: then the losses are an array with one number.",
        ),
    ),
    hints=(
        "Start with an empty list. Then, in each step: forward to y, append the loss, backward to both gradients, update.",
        "dy is 2 * (y - t), and da1 is (dy @ W2.T) * z1 * (1 - z1). Then W1 = W1 - learning_rate * x.T @ da1: a new array, "
        "and with z1 and dy the same for W2.",
        "losses = [], and then for _ in range(steps):, and inside z1 = sigmoid(x @ W1), and inside y = z1 @ W2, "
        "and inside losses.append(np.sum((y - t) ** 2)), and inside dy = 2 * (y - t), "
        "and inside da1 = (dy @ W2.T) * z1 * (1 - z1), and inside W1 = W1 - learning_rate * x.T @ da1, "
        "and inside W2 = W2 - learning_rate * z1.T @ dy, and then return np.array(losses)",
    ),
)
