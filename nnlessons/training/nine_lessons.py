"""All nine lessons in one line: the numbers behind its little drawings, computed as in the lessons."""

import numpy as np

from nnlessons.derivatives.loss_map import BEST, B
from nnlessons.digit_points import sixty
from nnlessons.drawing.plane import line_patch, points_patch
from nnlessons.reader.network import reader_network
from nnlessons.reader.scans import SCANS
from nnlessons.training.nine_lessons_figure import nine_in_a_row
from nnlib.activations import relu, sigmoid, step
from nnlib.descent import gradient_descent
from nnlib.gradients import numerical_derivative
from nnlib.losses import cross_entropy

__all__ = ["nine_lessons"]
__dir__ = __all__.copy  # what Tab shows after `nine_lessons.`

SOME = [0, 7, 10, 14, 16, 1, 3, 19, 25, 42]  # of the sixty points: five zeros and five nines that are far apart


def nine_lessons():
    """(figure, {}): the picture at the end of lesson 8, in which nothing moves."""
    x, t, _ = (part[SOME] for part in sixty())
    a, y, w = np.linspace(-5, 5, 101), np.linspace(0.01, 1, 100), np.linspace(-2.3, 2.3, 101)
    beside = np.array([-3.0, 3.0])  # the ends of the tangent at 0
    path = gradient_descent(np.square, start=-2.0, learning_rate=0.2, steps=3)
    scan = np.array(SCANS["8"])
    return nine_in_a_row(
        neuron=points_patch(x, t, step(x @ BEST + B)) | line_patch(BEST, B, middle=(1.9, -0.7), unit=0.12, size=1.6),
        bend=(a, relu(a)),
        loss=(y, [surprise(one) for one in y]),
        answer=(0.2, surprise(0.2)),
        curve=(a, sigmoid(a)),
        tangent=(beside, sigmoid(0) + numerical_derivative(sigmoid, 0.0) * beside),
        touch=(0, sigmoid(0)),
        bowl=(w, np.square(w)),
        path=(path, np.square(path)),
        digit=scan,
        says=reader_network().predict(scan.reshape(1, -1)).argmax(),
    )


def surprise(y):
    """-log y, the loss of a sample whose right class got the probability y."""
    return cross_entropy([y, 1 - y], 0)
