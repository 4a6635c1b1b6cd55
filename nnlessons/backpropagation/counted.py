"""Three methods to get all the slopes of L = (w x - t)², with every multiplication counted.

w x is the sum of n products, and L has a slope along each of the n weights. Divisions count as multiplications.
"""

import functools

import numpy as np

__all__ = ["METHODS", "counted"]
__dir__ = __all__.copy  # what Tab shows after `counted.`

EPS = 1e-4


class Counter:
    """Multiplies, and counts the products: `count` of them so far. `known` has the count at which each slope was found."""

    def __init__(self):
        self.count, self.slopes, self.known = 0, [], []

    def times(self, a, b):
        """a b for two numbers or arrays: a product for each pair of elements."""
        product = a * b
        self.count += np.size(product)
        return product

    def found(self, slope):
        """Keep the next slope."""
        self.slopes.append(float(slope))
        self.known.append(self.count)


def loss(counter, w, x, t):
    """(L, the difference w x - t)."""
    difference = counter.times(w, x).sum() - t
    return counter.times(difference, difference), difference


def nudging(counter, w, x, t):
    """Two forward passes for each weight, and a division by 2 eps."""
    for i in range(len(w)):
        nudge = np.zeros(len(w))
        nudge[i] = EPS
        above, below = loss(counter, w + nudge, x, t)[0], loss(counter, w - nudge, x, t)[0]
        counter.found(counter.times(above - below, 1 / (2 * EPS)))


def forward(counter, w, x, t):
    """One forward pass for the values, then one for each weight, in which its slope is carried along to the end."""
    _, difference = loss(counter, w, x, t)
    for i in range(len(w)):
        slopes = np.zeros(len(w))
        slopes[i] = 1.0  # of each weight along weight i
        slope = counter.times(slopes, x).sum()  # of the difference
        counter.found(counter.times(slope, difference) + counter.times(difference, slope))


def backward(counter, w, x, t):
    """One forward pass, then one backward pass that reaches every weight."""
    _, difference = loss(counter, w, x, t)
    upstream = counter.times(1.0, difference) + counter.times(
        1.0, difference
    )  # both inputs of the square's multiply node
    for each in x:  # all the adds pass it on as it is
        counter.found(counter.times(upstream, each))


METHODS = {"nudging": nudging, "forward": forward, "backward": backward}


@functools.cache
def counted(method, n):
    """(the slopes, the multiplications spent when each was known) of a method for n weights, worked out once."""
    rng = np.random.default_rng(0)
    counter = Counter()
    METHODS[method](counter, rng.normal(size=n), rng.normal(size=n), 0.5)
    return np.array(counter.slopes), np.array(counter.known)
