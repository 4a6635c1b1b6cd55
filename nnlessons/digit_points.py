"""Handwritten digits as points in a plane, for the lessons that ask a neuron about them: a fixed part of either question."""

import functools

from nnlib.datasets import lopsided, zeros_and_nines

__all__ = ["SIXTY_IN", "lopsided_ones", "sixty"]
__dir__ = __all__.copy  # what Tab shows after `digit_points.`

EVERY = 6  # of each digit, each sixth scan
SIXTY_IN = {"x": (-1.7, 3.8), "y": (-2.2, 3.3)}  # the limits of a square plane around the sixty


@functools.cache
def sixty():
    """0 or 9?  30 zeros and 30 nines, the same each time: x (60, 2), t (60,), pictures (60, 64)."""
    return zeros_and_nines(EVERY)


@functools.cache
def lopsided_ones():
    """Lopsided or not?  120 digits, the same each time: x (120, 2), t (120,), pictures (120, 64)."""
    return lopsided(EVERY)
