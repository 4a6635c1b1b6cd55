"""The figure of "Is it lopsided?": the plane of the two measurements, and loss and accuracy over the epochs."""

import numpy as np

from nnlessons.drawing.plane import IN_THE_MIDDLE, TOP_HEAVY, draw_legend, draw_plane
from nnlessons.drawing.style import SMALL, in_style, new_figure
from nnlessons.training.playground_figure import CELLS, TRAIN, Lines, Region

__all__ = ["LAST", "PLANE", "lopsided_figure"]
__dir__ = __all__.copy  # what Tab shows after `lopsided_figure.`

LAST = 100  # epochs
MIDDLE, SIDE = np.array([0.25, 0.95]), 3.55  # the plane goes so far from its middle
ACROSS, UP = np.array([MIDDLE - SIDE, MIDDLE + SIDE]).T
WIDTH, HEIGHT = 7.4, 4.0  # inches, and so are the places of plane, loss, accuracy and key: left, bottom, width, height
PLACES = [(0.4, 0.52, 3.15, 3.15), (4.45, 2.4, 2.7, 1.2), (4.45, 0.56, 2.7, 1.2), (5.35, 3.65, 2.0, 0.3)]
NO, YES = "0 or 8", "6 or 9"


def centers():
    """The centers of CELLS x CELLS squares that fill the plane, row by row from below."""
    part = (np.arange(CELLS) + 0.5) / CELLS
    x, y = np.meshgrid(ACROSS[0] + 2 * SIDE * part, UP[0] + 2 * SIDE * part)
    return np.column_stack([x.ravel(), y.ravel()])


PLANE = centers()


@in_style
def lopsided_figure():
    """Left the plane, right the loss and the accuracy.

    Parts: "region" (`Region`), "lines" (`Lines`), and what `draw_plane` gives; the curves "loss" and "accuracy" over the epochs.
    """
    figure, axes = new_figure(4, WIDTH, HEIGHT)
    for one, place in zip(axes, PLACES, strict=True):
        one.set_position(np.array(place) / [WIDTH, HEIGHT, WIDTH, HEIGHT])
    plane, loss, accuracy, key = axes
    parts = draw_plane(plane, ACROSS, UP, size=4)
    plane.set(xticks=range(-3, 4), yticks=range(-2, 5), xlim=ACROSS, ylim=UP, xlabel=TOP_HEAVY, title=IN_THE_MIDDLE)
    plane.grid(visible=False)
    parts |= {"region": Region(plane), "lines": Lines(plane, SIDE)}
    loss.set(ylim=(0, 1), yticks=[0, 0.5, 1], title="loss $L$")
    accuracy.set(ylim=(40, 102), yticks=[50, 75, 100], title="accuracy %", xlabel="epoch")
    for one, name in ((loss, "loss"), (accuracy, "accuracy")):
        one.set(xlim=(0, LAST), xticks=range(0, LAST + 1, 25))
        one.tick_params(labelsize=SMALL)
        (parts[name],) = one.plot([], [], **TRAIN)
    key.set(xlim=(0, PLACES[-1][2]), ylim=(0, PLACES[-1][3]))
    key.set_axis_off()
    draw_legend(key, 0.1, PLACES[-1][3] / 2, (NO, YES), 1.0)
    return figure, parts
