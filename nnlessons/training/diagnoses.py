"""Lesson 8: what's wrong with each of the six runs that fail?"""

from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall

__all__ = ["diagnose"]
__dir__ = __all__.copy  # what Tab shows after `diagnoses.`

CAUSES = (
    "The learning rate is too small",
    "The learning rate is too large",
    "The ReLUs are dead",
    "The start is symmetric",
    "There are too few units",
    "It overfits",
)


def diagnosis(run, cause, reason):
    """The question what's wrong with one of the six runs."""
    return Prediction(question=f"Run {run}: what's wrong?", choices=CAUSES, answer=cause, reason=reason)


diagnose = Recall(
    (
        diagnosis(
            "A",
            CAUSES[4],
            "The loss stops falling at about 0.34, and the picture shows why: there are only two units, so only two lines, and "
            "two lines can't go all around the inner ring. Ten more units close it.",
        ),
        diagnosis(
            "B",
            CAUSES[3],
            "All ten small pictures look the same, and the ten lines are on top of each other. Units that start with equal "
            "weights get equal gradients, so they stay copies of each other. Random initial weights make them different.",
        ),
        diagnosis(
            "C",
            CAUSES[0],
            "The loss falls very slowly, in nearly a straight line, and nothing else is wrong: it doesn't jump, and all units "
            "are alive and different. Take a learning rate 3 or 10 times larger.",
        ),
        diagnosis(
            "D",
            CAUSES[5],
            "Look at the gap: the solid curve falls to 0.02, and the dashed one rises above 1. The network gets all 20 points "
            "right, but only 85% of new ones, because 40 units can memorize 20 noisy points. More points show it where the "
            "classes really are.",
        ),
        diagnosis(
            "E",
            CAUSES[1],
            "The loss jumps up and down, most of the time far above where it started, and so does the accuracy. Each step "
            "overshoots. Take a learning rate 3 or 10 times smaller, and start over.",
        ),
        diagnosis(
            "F",
            CAUSES[2],
            "The loss gets nowhere, and where there are points, the small pictures are white: all 10 units output 0 there. A "
            "ReLU's slope is 0 then, so they can't learn anymore. A learning rate that's too large killed them in the first few "
            "steps. Take a smaller one, and start over.",
        ),
    )
)
