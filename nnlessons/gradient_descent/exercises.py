"""Lesson 05: gradient descent."""

import numpy as np

from nnlessons.exercise.checking import EdgeCase, Exercise, Mistake
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall

__all__ = ["twice_the_rate", "one_sample", "diagnose"]
__all__ += ["step", "descent", "batch_gradient"]
__dir__ = __all__.copy  # what Tab shows after `exercises.`

twice_the_rate = Prediction(
    question="On the bowl f(x) = x², from x = −3, descent with the learning rate 0.1 comes closer to the bottom step by step. "
    "What does it do with the learning rate 1?",
    choices=(
        "It is ten times as fast",
        "It jumps to 3, back to −3, and so on for ever",
        "It is at the bottom after one step",
        "It goes away from the bottom, further each time",
    ),
    answer="It jumps to 3, back to −3, and so on for ever",
    reason="The slope at −3 is −6, so the move is −1 · (−6) = 6: from −3 to 3. There the slope is 6, and the move −6. "
    "With 0.5 the move would be 3, and reach the bottom at once. Above 1 it goes further away each time.",
)

one_sample = Prediction(
    question="Each step may look at all 100 samples, or at 1 of them, chosen anew each time. How does the way with 1 look?",
    choices=(
        "The same way, 100 times as slow",
        "The same way, more roughly: it staggers, and does not come to rest",
        "It goes anywhere: a single sample says nothing",
        "It comes to rest sooner",
    ),
    answer="The same way, more roughly: it staggers, and does not come to rest",
    reason="The gradient of one sample is right on average, and off each time. So the way leads down on the whole, and near the "
    "bottom, where the gradient of all samples is 0, that of a single one is not.",
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
            "The loss drops fast, then more and more slowly as the slope runs out. Nothing to mend here.",
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
            "The loss falls quickly, then jitters around a level without any rhythm. Each step goes by 2 samples, so the "
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
    solution=lambda x, gradient, learning_rate: x - learning_rate * gradient,
    cases=lambda rng: [
        (rng.normal(size=size), rng.normal(size=size), float(rate))
        for size, rate in zip((2, 3, 5), rng.uniform(0.05, 0.9, 3), strict=True)
    ],
    mistakes=(
        Mistake(
            lambda x, gradient, learning_rate: x + learning_rate * gradient,
            "this goes along the gradient, uphill. Subtract.",
        ),
        Mistake(
            lambda x, gradient, learning_rate: x - gradient,
            "the learning rate is missing: the gradient is multiplied by it.",
        ),
        Mistake(
            lambda x, gradient, learning_rate: x - learning_rate,
            "this subtracts the learning rate alone. The move is the learning rate times the gradient.",
        ),
        Mistake(
            lambda x, gradient, learning_rate: -learning_rate * gradient,
            "this is the move alone. Add it to x, to get the new place.",
        ),
        Mistake(
            lambda x, gradient, learning_rate: learning_rate * (x - gradient),
            "the learning rate multiplies x as well. It belongs to the gradient alone.",
        ),
        Mistake(
            lambda x, gradient, learning_rate: x - learning_rate * x,
            "this goes against x itself. Go against the gradient.",
        ),
        Mistake(
            lambda x, gradient, learning_rate: x - gradient / learning_rate,
            "the gradient is divided by the learning rate. Multiply.",
        ),
        Mistake(
            lambda x, gradient, learning_rate: x - learning_rate * np.sign(gradient),
            "only the sign of the gradient is used. Its size counts too: where it is steep, the step is large.",
        ),
    ),
    hints=(
        "The move is minus the learning rate times the gradient.",
        "The new place is the old one plus the move.",
        "return x - learning_rate * gradient",
    ),
)


def walk(x, learning_rate, steps):
    """Gradient descent on (x - 3)², whose slope is 2 (x - 3)."""
    for _ in range(steps):
        x = x - learning_rate * 2 * (x - 3)
    return x


def walk_with(slope, x, learning_rate, steps):
    """Gradient descent by any slope, a function of x."""
    for _ in range(steps):
        x = x - learning_rate * slope(x)
    return x


descent = Exercise(
    name="exercises.descent",
    solution=walk,
    cases=lambda rng: [
        (float(rng.uniform(-4, 8)), float(rng.uniform(0.05, 0.35)), int(steps))
        for steps in rng.permutation(np.arange(2, 7))[:4]
    ],
    mistakes=(
        Mistake(
            lambda x, learning_rate, steps: walk_with(lambda x: -2 * (x - 3), x, learning_rate, steps),
            "it goes uphill: the sign of the move is turned round.",
        ),
        Mistake(
            lambda x, learning_rate, steps: walk(x, learning_rate, 1),
            "this is a single step. Repeat it: for _ in range(steps).",
        ),
        Mistake(
            lambda x, learning_rate, steps: walk(x, learning_rate, steps - 1),
            "one step is missing. range(steps) counts as many as it should.",
        ),
        Mistake(
            lambda x, learning_rate, steps: walk(x, learning_rate, steps + 1),
            "this is one step too many.",
        ),
        Mistake(
            lambda x, learning_rate, steps: x - steps * learning_rate * 2 * (x - 3),
            "the slope of the start is used in every step. After each step, take the slope where x is now.",
        ),
        Mistake(
            lambda x, learning_rate, steps: walk_with(lambda x: x - 3, x, learning_rate, steps),
            "the slope of (x - 3)² is 2 (x - 3). A factor of 2 is missing.",
        ),
        Mistake(
            lambda x, learning_rate, steps: walk_with(lambda x: 2 * x, x, learning_rate, steps),
            "this is the slope of x². The bottom of the bowl is at 3: the slope is 2 (x - 3).",
        ),
        Mistake(
            lambda x, learning_rate, steps: walk_with(lambda x: (x - 3) ** 2, x, learning_rate, steps),
            "this goes by the height (x - 3)². Go by the slope, 2 (x - 3).",
        ),
        Mistake(
            lambda x, learning_rate, steps: (walk(x, learning_rate, steps) - 3) ** 2,
            "this is the height at the end. The place x is asked for.",
        ),
    ),
    edges=(EdgeCase((5.0, 0.1, 0), "It works, but not for 0 steps: then x is where it was."),),
    hints=(
        "for _ in range(steps): repeats what stands below it.",
        "In the loop: x = x - learning_rate * 2 * (x - 3).",
        "After the loop, with no indent under it: return x",
    ),
)


batch_gradient = Exercise(
    name="exercises.batch_gradient",
    solution=lambda w, x, t: np.mean((w * x - t) * x),
    cases=lambda rng: [(float(rng.normal()), rng.normal(size=size), rng.normal(size=size)) for size in (3, 5, 8)],
    mistakes=(
        Mistake(
            lambda w, x, t: np.sum((w * x - t) * x),
            "this is the sum over the mini-batch. Take the mean, so that it does not grow with the number of samples.",
        ),
        Mistake(
            lambda w, x, t: np.mean((t - w * x) * x),
            "the sign is turned round: the error is output minus target, w * x - t.",
        ),
        Mistake(lambda w, x, t: np.mean(w * x - t), "the factor x is missing: the error is multiplied by the input."),
        Mistake(
            lambda w, x, t: np.mean((w * x - t) ** 2) / 2,
            "this is the loss itself. Its slope for w is the mean of error times input.",
        ),
        Mistake(
            lambda w, x, t: 2 * np.mean((w * x - t) * x),
            "this is twice as much: the loss has a factor of one half, which cancels the 2.",
        ),
        Mistake(
            lambda w, x, t: np.mean((w * x - t) * w),
            "the error is multiplied by w. For the slope in w, multiply by the input x.",
        ),
        Mistake(
            lambda w, x, t: np.mean(w * x - t) * np.mean(x),
            "the means are taken before they are multiplied. Multiply sample by sample, then take the mean.",
        ),
        Mistake(
            lambda w, x, t: (w * x - t) * x,
            "this has one number for each sample. Take the mean over the mini-batch.",
        ),
    ),
    edges=(
        EdgeCase((2.0, np.array([3.0]), np.array([1.0])), "It works, but not for a mini-batch of a single sample."),
    ),
    hints=(
        "For one sample the slope is (w * x - t) * x.",
        "x and t are arrays, so (w * x - t) * x is one number for each sample.",
        "return np.mean((w * x - t) * x)",
    ),
)
