"""A handwritten scan of each digit that the trained network reads, for the buttons of demos with a grid of 8 x 8 cells."""

from nnlessons.drawing.digits import SIDE
from nnlessons.reader.network import CLASSES, reader_network
from nnlib.datasets import digits

__all__ = ["SCANS", "buttons"]
__dir__ = __all__.copy  # what Tab shows after `scans.`


def first_scans():
    """{digit: the rows of the first test scan of it that the trained network reads}."""
    x, t = digits()[1]
    says = reader_network().predict(x).argmax(axis=1)
    return {
        str(digit): tuple(map(tuple, x[(t == digit) & (says == digit)][0].reshape(SIDE, SIDE).tolist()))
        for digit in range(CLASSES)
    }


SCANS = first_scans()


def buttons():
    """The presets of a demo whose grid is called `cells`: each scan, and an empty picture."""
    return {name: {"cells": cells} for name, cells in {**SCANS, "empty": ((0.0,) * SIDE,) * SIDE}.items()}
