"""The 60 zeros and nines on which several lessons watch one neuron: each sixth scan of either digit."""

import functools

from nnlib.datasets import zeros_and_nines

__all__ = ["EVERY", "sixty"]
__dir__ = __all__.copy  # what Tab shows after `sixty.`

EVERY = 6  # of each digit, each sixth scan


@functools.cache
def sixty():
    """x (60, 2), t (60,), pictures (60, 64), as in `zeros_and_nines`; read once."""
    return zeros_and_nines(EVERY)
