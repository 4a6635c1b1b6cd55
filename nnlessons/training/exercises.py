"""Lesson 08: training a two-layer net."""

import numpy as np

from nnlessons.arrays.exercises import signed, slope_by_output
from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.losses.exercises import of_right_class
from nnlessons.training.diagnoses import diagnose
from nnlib.activations import identity, sigmoid, sigmoid_derivative, softmax

__all__ = ["twenty_steps", "two_units", "same_start", "all_right_on_train", "moved_by_one"]
__all__ += ["accuracy", "diagnose", "training"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

# -- predictions ------------------------------------------------------------------------------------------------------

twenty_steps = Prediction(
    question="A small net, with N = 3 samples, D = 3 inputs, H = 2 sigmoid units and C = 1 output. Data and weights are drawn "
    "at random, and the loss is the sum of the squared errors: 5.8. Gradient descent takes 20 steps with the learning rate "
    "0.0001. What is the loss after them?",
    choices=("Nearly 0", "About half, 2.9", "More than at the start", "About 5.8: less than a hundredth is gone"),
    answer="About 5.8: less than a hundredth is gone",
    reason="It falls from 5.81 to 5.76. Each step moves a weight by a ten-thousandth of its gradient, and 20 of them by a "
    "five-hundredth. With the rate 0.1 the same net goes to 0.45 in 20 steps. Of many such nets half lose less than about "
    "0.7 % with 0.0001, and half lose more than about 85 % with 0.1. With 1 half of them end higher than they began.",
)

two_units = Prediction(
    question="The data are circles: a ring of one class around a ring of the other. The net has 2 hidden units, tanh, and so "
    "two straight lines. How many of the points can training get right?",
    choices=("About half", "About 85 %", "Nearly all", "That depends on nothing but the learning rate"),
    answer="About 85 %",
    reason="Two lines cannot go all the way round the inner ring. The best that they can make is a strip, with the inner ring "
    "in it and two ends open. About a third of the outer ring lies in the strip too, and is wrong: a sixth of all points. "
    "A third unit closes the ring, and then nearly all are right.",
)

same_start = Prediction(
    question="A net has 10 hidden sigmoid units. All its weights and biases begin at 0. It is trained for many epochs, with "
    "random mini-batches of 10 samples. What becomes of the hidden units?",
    choices=(
        "They become different from each other, since the samples are",
        "They stay as they are: all gradients are 0 for ever",
        "They change, and stay copies of each other for ever",
        "They become different from each other, since the mini-batches are random",
    ),
    answer="They change, and stay copies of each other for ever",
    reason="All units begin alike, so they get the same sums, send on the same 0.5, and get the same gradients. After a step "
    "they are alike again, whatever the samples and their order. All 10 do the work of one. With tanh they send on 0, and "
    "W2 is 0 too: then W1 and W2 stay at 0, and only the biases of the output move. (So it is with sigmoids too in one case: "
    "all samples at once, and as many of each class. Then all gradients are 0 from the start.)",
)

all_right_on_train = Prediction(
    question="A net with 40 hidden units has 20 noisy points to learn from. After some time it gets all 20 right, and the "
    "training goes on. What do the losses do, as a rule?",
    choices=(
        "Both go on falling, on the 20 points and on unseen ones",
        "The loss on the 20 points goes on falling, and the one on unseen points rises",
        "Both stay as they are, since nothing is wrong any more",
        "The loss on the 20 points rises, and the one on unseen points falls",
    ),
    answer="The loss on the 20 points goes on falling, and the one on unseen points rises",
    reason="A point that is right still has a loss, so the net goes on, and becomes surer of all that it says. On unseen points "
    "some of that is wrong, and a sure mistake costs most. With the button overfitting all 20 points are right from epoch 330 "
    "on: the losses are 0.06 on them and 0.99 on 400 unseen points. At epoch 1,500 they are 0.005 and 1.79.",
)

moved_by_one = Prediction(
    question="Your network reads about 97 % of the test digits. Now each of them is moved by one pixel to the right. How many "
    "does it read?",
    choices=("About 97 %, as before", "About 90 %", "About 45 %", "About 10 %, no more than by chance"),
    answer="About 45 %",
    reason="Each weight belongs to one pixel, and the network has no idea which pixels are neighbours. In the training each "
    "digit stood in the middle. Moved, its ink meets other weights. Networks for pictures are built so that this does not "
    "happen to them.",
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
            "this looks for the largest score of each class, down the columns. Each sample is a row: argmax with axis=1.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.argmax() == t),
            "argmax without an axis gives one place in the whole array. One for each row is needed: axis=1.",
        ),
        Mistake(
            lambda scores, t: np.sum(hits(scores, t)),
            "this counts the samples that are right. Divide by how many there are, or take the mean.",
        ),
        Mistake(
            lambda scores, t: 100 * np.mean(hits(scores, t)), "this is in percent. Return the fraction, from 0 to 1."
        ),
        Mistake(
            hits,
            "this says of each sample whether it is right. One number is asked for: their mean, with True as 1.",
        ),
        Mistake(
            lambda scores, t: np.mean(of_right_class(scores, t)),
            "this is the mean of the scores at the targets. Ask instead where the largest score of each row is.",
        ),
        Mistake(
            lambda scores, t: np.mean(of_right_class(softmax(scores), t)),
            "this is the mean of the probabilities at the targets. Accuracy only counts: is the largest score there or not?",
        ),
        Mistake(
            lambda scores, t: np.mean(of_right_class(softmax(scores), t) > 0.5),
            "this asks for a probability above one half. With more than two classes the largest may be less than that.",
        ),
        Mistake(
            lambda scores, t: np.mean(of_right_class(scores, t) > 0),
            "this asks for a score above 0. What counts is whether it is the largest of its row.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.max(axis=1) == t),
            "max gives the largest score itself. Where it stands is what t is compared with: argmax.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores == t),
            "scores are compared with labels. First find where the largest score of each row is: argmax with axis=1.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores == t[:, np.newaxis]),
            "scores are compared with labels, row by row. First find where the largest score of each row is: argmax.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.argmin(axis=1) == t),
            "this takes the smallest score. The answer of the net is the class with the largest: argmax.",
        ),
        Mistake(
            lambda scores, t: np.mean(~hits(scores, t)),
            "this is the fraction that is wrong. Count where argmax and t are equal, ==, not where they differ.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.argmax(axis=1) + 1 == t),
            "classes are counted from 0, as argmax counts. There is no 1 to add.",
        ),
        Mistake(
            lambda scores, t: np.sum(hits(scores, t)) / scores.size,
            "this divides by the number of all scores, samples times classes. Divide by the number of samples.",
        ),
        Mistake(
            lambda scores, t: np.all(hits(scores, t)),
            "np.all says whether every sample is right. The part of them is asked for: np.mean.",
        ),
        Mistake(
            lambda scores, t: np.any(hits(scores, t)),
            "np.any says whether some sample is right. The part of them is asked for: np.mean.",
        ),
        Mistake(
            lambda scores, t: np.mean(np.abs(scores.argmax(axis=1) - t)),
            "this is how far off the labels are. A label is a name: it is right, ==, or it is not.",
        ),
        Mistake(
            lambda scores, t: np.mean(scores.argmax(axis=1)),
            "this is the mean of the answers, and t is left out. Compare them with t: ==.",
        ),
    ),
    edges=(
        EdgeCase(
            (np.array([[2.0, 1, 0], [0, 3, 1], [1, 2, 0], [5, 4, 3]]), np.array([0, 1, 2, 0])),
            "It works for as many samples as classes, but not for 4 samples of 3 classes. The part is of the samples, len(t).",
        ),
        EdgeCase((np.array([[0.5, -1.0, 2.0]]), np.array([2])), "It works, but not for a single sample, N = 1."),
        EdgeCase(
            (np.array([[1.0, 1.0, 0.0], [2.0, 0.0, 2.0], [0.0, 3.0, 1.0]]), np.array([1, 0, 1])),
            "It works, but not where two scores are equally large. A net gives one answer, and argmax takes the first.",
            ("value",),
        ),
    ),
    hints=(
        "The answer of the net for a sample is the class with the largest score of its row. How often is that t?",
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
            "the 2 is missing in the gradient. The loss has no half in front: the slope of (y - t) ** 2 is 2 (y - t).",
        ),
        Mistake(
            trained(step=lambda W, dW, rate: W + rate * dW),
            "the weights go uphill, and the loss grows. The error is y - t, and the step is subtracted: one of the two is "
            "turned round.",
        ),
        Mistake(
            trained(sent_back=lambda dy, W2, new_W2: dy @ new_W2.T),
            "the gradient goes back to the hidden layer through the new W2. It must go through the W2 that made the outputs: "
            "work out both gradients first, and then change the weights.",
        ),
        Mistake(
            trained(hidden_slope=lambda z1: 1),
            "the slope of the sigmoid is missing: what arrives at z1 is multiplied by z1 (1 - z1).",
        ),
        Mistake(
            trained(hidden_slope=sigmoid_derivative),
            "the sigmoid is taken twice: z1 is an output of it already, and the slope is z1 (1 - z1).",
        ),
        Mistake(
            trained(kept=lambda W1, W2, new_W1, new_W2: (W1, W2)),
            "all losses are alike: the weights do not change. Give the new ones the names W1 and W2, for the next step.",
        ),
        Mistake(
            trained(kept=lambda W1, W2, new_W1, new_W2: (W1, new_W2)),
            "W2 learns, and W1 stays as it was. Send the gradient on, back through W2, and take a step with W1 too.",
        ),
        Mistake(
            trained(kept=lambda W1, W2, new_W1, new_W2: (new_W1, W2)),
            "W1 learns, and W2 stays as it was. Take a step with W2 too.",
        ),
        Mistake(
            looking(lambda losses: losses[1:], more=1),
            "these are the losses after each update. Keep each one before its update: the first belongs to the first weights.",
        ),
        Mistake(
            looking(lambda losses: losses, more=1),
            "this is one loss too many: the one after the last update is not asked for. Keep one in each step.",
        ),
        Mistake(
            looking(lambda losses: losses, more=-1),
            "this is one loss too few. range(steps) goes round as often as there are steps.",
        ),
        Mistake(
            looking(lambda losses: losses[0]), "only the first loss is returned. Does return stand inside the loop?"
        ),
        Mistake(
            looking(lambda losses: losses[-1]), "only the last loss is returned. Keep the loss of each step in a list."
        ),
        Mistake(
            looking(lambda losses: losses[:1]), "only the first loss is in the list. Does return stand inside the loop?"
        ),
        Mistake(
            looking(lambda losses: losses[-1:]),
            "only the last loss is in the list. The list must begin empty before the loop, not in it.",
        ),
        Mistake(
            looking(np.cumsum),
            "the losses of all steps so far are added up. Each step has a loss of its own.",
        ),
        Mistake(
            trained(loss=lambda error: np.mean(error**2)),
            "the weights are right, but each loss is the mean of the squares. Their sum is asked for: np.sum.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error**2) / len(error)),
            "the weights are right, but each loss is divided by the number of samples. The sum alone is asked for.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error**2) / 2),
            "the weights are right, but each loss is only half the sum. This loss has no half.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error**2) / 2, dloss=lambda error: error),
            "this is the loss with a half in front, and its gradient. Here it is the sum without a half, and the slope has a 2.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(np.abs(error))),
            "the weights are right, but the errors are not squared in the loss.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error) ** 2),
            "the weights are right, but in the loss the sum is squared. Square each error first, then add up.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error)),
            "the weights are right, but in the loss the errors are added up without their squares, so that they cancel.",
        ),
        Mistake(
            trained(loss=lambda error: np.mean(error**2), dloss=lambda error: 2 * error / error.size),
            "this trains with the mean of the squares. The loss here is their sum, without a division.",
        ),
        Mistake(
            trained(loss=lambda error: np.sum(error**2) / len(error), dloss=lambda error: 2 * error / len(error)),
            "this trains with the mean over the samples. The loss here is the sum, without a division.",
        ),
        Mistake(
            trained(dloss=lambda error: 2 * error / len(error)),
            "the gradient is divided by the number of samples. The loss is a sum, and so is its gradient.",
        ),
        Mistake(
            trained(dloss=lambda error: 2 * error / error.size),
            "the gradient is divided by the number of errors. The loss is a sum, and so is its gradient.",
        ),
        Mistake(
            trained(step=lambda W, dW, rate: W - dW),
            "the learning rate is forgotten: each gradient is multiplied by it.",
        ),
        Mistake(
            trained(output=sigmoid),
            "a sigmoid at the output is too many: y = z1 @ W2 is all.",
        ),
        Mistake(
            trained(output=sigmoid, output_slope=slope_by_output),
            "the net has a sigmoid at the output, and its slope. The output here is y = z1 @ W2, as it is.",
        ),
        Mistake(
            trained(hidden=identity, hidden_slope=lambda z1: 1),
            "the hidden layer has no sigmoid. z1 is sigmoid(x @ W1), and going back its slope is z1 (1 - z1).",
        ),
        Mistake(
            trained(hidden=identity),
            "going back you take the slope of a sigmoid, but going forward it is missing: z1 = sigmoid(x @ W1).",
        ),
        Mistake(
            trained(sent_back=lambda dy, W2, new_W2: dy @ W2),
            "on the way back W2 is not turned over. Here it is square, so the shapes cannot tell you: take W2.T.",
        ),
        Mistake(
            trained(by_weights=lambda given, da: da.T @ given),
            "the gradients of the weights are turned over. W[i, j] joins input i to unit j: x.T first, then what arrives.",
        ),
        Mistake(
            trained(by_weights=lambda given, da: given @ da),
            "in the gradients of the weights x and z1 are not turned over: x.T @ da1 and z1.T @ dy.",
        ),
        Mistake(
            trained(by_weights=lambda given, da: given * da),
            "* multiplies place by place. W[i, j] gets what input i sends times what arrives at unit j: x.T @ da1, z1.T @ dy.",
        ),
        Mistake(
            trained(into_W2=lambda x, z1: x),
            "for W2 you took x. What goes into the second layer is z1: its gradient is z1.T times what arrives.",
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
            "It works, but not for a single step: then the losses are an array of one.",
        ),
    ),
    hints=(
        "An empty list, and then for each step: forward to y, the loss into the list, back to both gradients, the update.",
        "dy is 2 * (y - t), and da1 is (dy @ W2.T) * z1 * (1 - z1). Then W1 = W1 - learning_rate * x.T @ da1: a new array, "
        "and with z1 and dy the same for W2.",
        "losses = [], and then for _ in range(steps):, and inside z1 = sigmoid(x @ W1), and inside y = z1 @ W2, "
        "and inside losses.append(np.sum((y - t) ** 2)), and inside dy = 2 * (y - t), "
        "and inside da1 = (dy @ W2.T) * z1 * (1 - z1), and inside W1 = W1 - learning_rate * x.T @ da1, "
        "and inside W2 = W2 - learning_rate * z1.T @ dy, and then return np.array(losses)",
    ),
)
