"""Arrays of small whole numbers, so that every sum can be checked in your head, and such sums written out."""

import numpy as np

from nnlessons.wording import fixed, parenthesised

__all__ = ["dot_in_words", "numbers_in", "sum_in_words"]
__dir__ = __all__.copy  # what Tab shows after `whole_numbers.`


def numbers_in(seed, *shape):
    """An array of small whole numbers other than 0. Other shapes keep the numbers that stay, up to 4 x 4."""
    return np.random.default_rng(seed).choice([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], (4, 4))[tuple(map(slice, shape))]


def sum_in_words(numbers):
    """Whole numbers as a + b + c = sum; a single one alone."""
    total = fixed(np.sum(numbers), 0)
    if len(numbers) == 1:
        return total
    first, *others = numbers
    return f"{' + '.join([fixed(first, 0), *(parenthesised(number, 0) for number in others)])} = {total}"


def dot_in_words(ones, others):
    """Whole numbers as a · b + c · d = sum."""
    pairs = [f"{parenthesised(one, 0)} · {parenthesised(other, 0)}" for one, other in zip(ones, others, strict=True)]
    return f"{' + '.join(pairs)} = {fixed(np.dot(ones, others), 0)}"
