"""Lesson 5: predictions about descent, and functions for the reader to write."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall

__all__ = ["recall", "twice_the_rate", "one_sample", "diagnose"]
__all__ += ["step", "descent", "batch_gradient"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

recall = Recall(
    (
        Prediction(
            question="On the map of lesson 4, with a weight along each axis, what is a single point?",
            choices=("One of the 60 pictures", "A neuron with these two weights", "The loss of one picture"),
            answer="A neuron with these two weights",
            reason="Each point of the map is a pair of weights, and its color shows how large the loss is with them. So "
            "a better neuron is a lower point, and learning means going there.",
        ),
        Prediction(
            question="Your weights are at a point where the gradient of the loss is (2, −1). Which of these small steps "
            "makes the loss smaller?",
            choices=("(0.2, −0.1)", "(0.1, 0.2)", "(−0.2, 0.1)"),
            answer="(−0.2, 0.1)",
            reason="The gradient points uphill, and its negative points downhill. The step (0.1, 0.2) goes along the "
            "contour line, where the loss hardly changes.",
        ),
        Prediction(
            question="The slope of the loss for a neuron's sum a is −0.5. The weight w gets an input of 4, so a = 4 w + "
            "b. What's the slope of the loss for w?",
            choices=("−2", "3.5", "−0.5", "−0.125"),
            answer="−2",
            reason="a changes 4 times as fast as w, and slopes along a chain multiply: −0.5 · 4 = −2.",
        ),
    )
)

twice_the_rate = Prediction(
    question="On the bowl f(w) = w², from w = −3, descent with a learning rate of 0.1 gets closer to the bottom with "
    "every step. What happens with a learning rate of 1?",
    choices=(
        "It gets there ten times as fast",
        "It jumps to 3, back to −3, and so on forever",
        "It's at the bottom after one step",
        "It jumps farther away with every step",
    ),
    answer="It jumps to 3, back to −3, and so on forever",
    reason="At −3 the slope is −6, so the step is −1 · (−6) = 6, and it takes you to 3. There the slope is 6, so the next step "
    "takes you back. With a learning rate of 0.5 the step would be 3, straight to the bottom. Above 1, every step takes "
    "you farther away.",
)

one_sample = Prediction(
    question="Each step can look at all 100 samples, or at just one of them, picked at random each time. What does the "
    "path look like with just one?",
    choices=(
        "It's the same path, but it takes 100 times as long",
        "It leads down on the whole, but it staggers, and never quite settles",
        "It goes anywhere, because one sample says nothing",
        "It settles sooner",
    ),
    answer="It leads down on the whole, but it staggers, and never quite settles",
    reason="The gradient of one sample is right on average, and off each time, so the path leads down on the whole. "
    "Near the bottom, the gradient of all samples is almost 0, but the gradient of a single one isn't, so it keeps "
    "staggering around.",
)

CAUSES = (
    "The learning rate is too small",
    "The learning rate is about right",
    "The learning rate is too large: it diverges",
    "The learning rate is too large: it bounces",
    "The mini-batches are small: it's noisy",
    "It crosses a plateau",
)


def diagnosis(run, cause, reason):
    """The question what the curve of one of the six runs shows."""
    return Prediction(question=f"What does the curve of run {run} show?", choices=CAUSES, answer=cause, reason=reason)


diagnose = Recall(
    (
        diagnosis(
            "A",
            CAUSES[0],
            "The loss falls at every step, but along a nearly straight line, and there's no sign that it's leveling off. "
            "Try 10 times the learning rate; more steps alone would take forever.",
        ),
        diagnosis(
            "B",
            CAUSES[1],
            "The loss drops fast, then more and more slowly as the slope runs out. Nothing to fix here.",
        ),
        diagnosis(
            "C",
            CAUSES[2],
            "Look at the axis: the loss goes from 1.5 to over 200. After the first step it only climbs, and each step adds more "
            "than the one before. Stop the run, and start over with a learning rate 3 to 10 times smaller.",
        ),
        diagnosis(
            "D",
            CAUSES[3],
            "Up, down, up, down, one step each, and never below where it started: each step jumps over the valley to its other "
            "side. The numbers don't explode, but they don't get anywhere either. Make the learning rate smaller.",
        ),
        diagnosis(
            "E",
            CAUSES[4],
            "The loss falls quickly, then jitters around a level without any rhythm. Each step looks at only 2 samples, so the "
            "direction is partly luck. Use larger mini-batches, or a smaller learning rate toward the end.",
        ),
        diagnosis(
            "F",
            CAUSES[5],
            "For 50 steps next to nothing happens, and then the loss falls after all. Flat at the start doesn't mean finished: "
            "be patient, or start from somewhat larger random weights.",
        ),
    )
)

step = Exercise(
    name="exercises.step",
    solution=lambda w, gradient, learning_rate: w - learning_rate * gradient,
    cases=lambda rng: [
        (rng.normal(size=size), rng.normal(size=size), float(rate))
        for size, rate in zip((2, 3, 5), rng.uniform(0.05, 0.9, 3), strict=True)
    ],
    mistakes=(
        Mistake(
            lambda w, gradient, learning_rate: w + learning_rate * gradient,
            "You went along the gradient, and that's uphill. Subtract instead of adding.",
        ),
        Mistake(
            lambda w, gradient, learning_rate: w - gradient,
            "You forgot the learning rate. Multiply the gradient by it.",
        ),
        Mistake(
            lambda w, gradient, learning_rate: w - learning_rate,
            "You subtracted the learning rate by itself. The step is the learning rate times the gradient.",
        ),
        Mistake(
            lambda w, gradient, learning_rate: -learning_rate * gradient,
            "You returned only the step. Add it to w, and you get the new w.",
        ),
        Mistake(
            lambda w, gradient, learning_rate: learning_rate * (w - gradient),
            "You multiplied w by the learning rate, too. Only the gradient is multiplied by it.",
        ),
        Mistake(
            lambda w, gradient, learning_rate: w - learning_rate * w,
            "You used w itself as the gradient. Go against the gradient that you're given.",
        ),
        Mistake(
            lambda w, gradient, learning_rate: w - gradient / learning_rate,
            "You divided the gradient by the learning rate. Multiply instead.",
        ),
        Mistake(
            lambda w, gradient, learning_rate: w - learning_rate - gradient,
            "You subtracted the learning rate and the gradient. Multiply the two first, then subtract the product.",
        ),
        Mistake(
            lambda w, gradient, learning_rate: w - learning_rate * np.sign(gradient),
            "You only used the sign of the gradient. Its size counts, too: on a steep slope, the step is large.",
        ),
    ),
    hints=(
        "The step is minus the learning rate times the gradient.",
        "The new w is the old w plus the step. Both are arrays of the same shape, so you don't need a loop.",
        "return w - learning_rate * gradient",
    ),
)


def walk(w, learning_rate, steps):
    """Gradient descent on (w - 3)², which has slope 2 (w - 3)."""
    return walk_with(lambda w: 2 * (w - 3), w, learning_rate, steps)


def walk_with(slope, w, learning_rate, steps):
    """Gradient descent with any slope, a function of w."""
    for _ in range(steps):
        w = w - learning_rate * slope(w)
    return w


descent = Exercise(
    name="exercises.descent",
    solution=walk,
    cases=lambda rng: [
        (float(rng.uniform(-4, 8)), float(rng.uniform(0.05, 0.35)), int(steps))
        for steps in rng.permutation(np.arange(2, 7))[:4]
    ],
    mistakes=(
        Mistake(
            lambda w, learning_rate, steps: walk_with(lambda w: -2 * (w - 3), w, learning_rate, steps),
            "You went uphill, because the sign of your step is flipped. Subtract instead of adding.",
        ),
        Mistake(
            lambda w, learning_rate, steps: walk(w, learning_rate, 1),
            "You took a single step. Repeat it with for _ in range(steps), and return w after the loop, not inside it.",
        ),
        Mistake(
            lambda w, learning_rate, steps: walk(w, learning_rate, steps - 1),
            "You took one step too few. range(steps) already counts as many as you need.",
        ),
        Mistake(
            lambda w, learning_rate, steps: walk(w, learning_rate, steps + 1),
            "You took one step too many. range(steps) already counts as many as you need.",
        ),
        Mistake(
            lambda w, learning_rate, steps: w - steps * learning_rate * 2 * (w - 3),
            "You used the slope at the start for every step. After each step, compute the slope again, at the new w.",
        ),
        Mistake(
            lambda w, learning_rate, steps: walk_with(lambda w: w - 3, w, learning_rate, steps),
            "You forgot the factor 2: the slope of (w - 3)² is 2 (w - 3).",
        ),
        Mistake(
            lambda w, learning_rate, steps: walk_with(lambda w: 2 * w, w, learning_rate, steps),
            "You used the slope of w². The bottom of this bowl is at 3, so the slope is 2 (w - 3).",
        ),
        Mistake(
            lambda w, learning_rate, steps: walk_with(lambda w: 2 * w - 3, w, learning_rate, steps),
            "You multiplied only w by 2. Put parentheses around w - 3: the slope is 2 * (w - 3).",
        ),
        Mistake(
            lambda w, learning_rate, steps: walk_with(lambda w: (w - 3) ** 2, w, learning_rate, steps),
            "You used the height (w - 3)² where the slope belongs, which is 2 (w - 3).",
        ),
        Mistake(
            lambda w, learning_rate, steps: (walk(w, learning_rate, steps) - 3) ** 2,
            "You returned the height where you ended up. Return w itself.",
        ),
    ),
    edges=(
        EdgeCase(
            (5.0, 0.1, 0), "Your function works, but not for 0 steps. Then it should return w just as it came in."
        ),
    ),
    hints=(
        "for _ in range(steps): repeats the indented lines below it.",
        "In the loop, take one step: w = w - learning_rate * 2 * (w - 3)",
        "After the loop, and not indented as far as its lines: return w",
    ),
)


batch_gradient = Exercise(
    name="exercises.batch_gradient",
    solution=lambda w, x, t: np.mean((w * x - t) * x),
    cases=lambda rng: [(float(rng.normal()), rng.normal(size=size), rng.normal(size=size)) for size in (3, 5, 8)],
    mistakes=(
        Mistake(
            lambda w, x, t: np.sum((w * x - t) * x),
            "You took the sum over the mini-batch. Take the mean, so the slope doesn't grow with the number of samples.",
        ),
        Mistake(
            lambda w, x, t: np.mean((t - w * x) * x),
            "The sign is flipped. The error is output minus target, w * x - t.",
        ),
        Mistake(
            lambda w, x, t: np.mean(w * x - t),
            "You forgot the factor x. Multiply each error by its input.",
        ),
        Mistake(
            lambda w, x, t: np.mean((w * x - t) ** 2) / 2,
            "You returned the loss itself. Its slope for w is the mean of error times input.",
        ),
        Mistake(
            lambda w, x, t: 2 * np.mean((w * x - t) * x),
            "Your slope is twice as large as it should be. The 2 from the square cancels with the one half in the loss.",
        ),
        Mistake(
            lambda w, x, t: np.mean((w * x - t) * w),
            "You multiplied the errors by w. For the slope for w, multiply them by the inputs, x.",
        ),
        Mistake(
            lambda w, x, t: np.mean(w * x - t) * np.mean(x),
            "You took two means and then multiplied them. Multiply sample by sample first, then take one mean.",
        ),
        Mistake(
            lambda w, x, t: (w * x - t) * x,
            "You have a slope for each sample. Now take the mean over the mini-batch.",
        ),
        Mistake(
            lambda w, x, t: np.mean(w * x - t * x),
            "You need parentheses around the error, w * x - t. Otherwise only t is multiplied by x.",
        ),
    ),
    edges=(
        EdgeCase(
            (2.0, np.array([3.0]), np.array([1.0])),
            "Your function works, but not for a mini-batch of one sample.",
        ),
    ),
    hints=(
        "For one sample, the slope is (w * x - t) * x.",
        "x and t are arrays, so (w * x - t) * x has one number for each sample.",
        "return np.mean((w * x - t) * x)",
    ),
)
