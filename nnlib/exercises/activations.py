"""Lesson 01: activation functions."""

import numpy as np

from nnlib.activations import sigmoid
from nnlib.exercises.checking import Edge, Exercise, Mistake
from nnlib.exercises.prediction import Prediction

w_doubles = Prediction(
    question="The weight w of sigmoid(w x + b) grows from 1 to 2, while b stays at -2. What does the curve do?",
    choices=(
        "It only gets steeper; where it crosses one half stays the same",
        "It gets steeper and moves to the left",
        "It gets steeper and moves to the right",
        "It gets twice as high",
    ),
    right="It gets steeper and moves to the left",
    reason="The curve is at one half where w x + b = 0, that is at x = -b / w. This goes from 2 to 1, while the slope there, "
    "w / 4, doubles. The height stays between 0 and 1.",
)

own_sigmoid = Exercise(
    name="exercises.own_sigmoid",
    right=sigmoid,
    cases=lambda rng: [(float(x),) for x in rng.uniform(-3, 3, size=6)],
    mistakes=(
        Mistake(lambda x: 1 / (1 + np.exp(x)), "it falls where it should rise. Look at the sign in the exponent."),
        Mistake(
            lambda x: np.exp(-x) / (1 + np.exp(-x)),
            "e^-x stands above the fraction line too. There should be a 1.",
        ),
        Mistake(
            lambda x: 1 / 1 + np.exp(-x),
            "1 / 1 + e is not 1 / (1 + e). Put brackets around the sum below the fraction line.",
        ),
        Mistake(lambda x: 1 / np.exp(-x), "the 1 + below the fraction line is missing."),
        Mistake(lambda x: -1 / (1 + np.exp(-x)), "the whole is negative. Look at the sign in front of the fraction."),
        Mistake(np.tanh, "this is tanh, which goes from -1 to 1. The sigmoid goes from 0 to 1."),
        Mistake(lambda x: float(x > 0), "this is the step function. The sigmoid is smooth."),
    ),
    edges=(
        Edge(
            (np.array([[-2.0, -1.0, 0.0], [0.5, 1.0, 2.0]]),),
            "It works for one number, but not for an array of them. math.exp takes a single number; np.exp takes both.",
        ),
        Edge((0,), "It works for most numbers, but not for x = 0."),
    ),
    hints=(
        "Read the formula from the inside out: first e to the power -x, then 1 + that, then 1 divided by all that.",
        "e to the power -x is np.exp(-x). The whole sum below the fraction line needs brackets.",
        "return 1 / (1 + np.exp(-x))",
    ),
)
