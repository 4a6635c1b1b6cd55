"""100 samples to fit a line to."""

import numpy as np

__all__ = ["N", "some_samples"]
__dir__ = __all__.copy  # what Tab shows after `line_fit.`

N = 100


def some_samples():
    """100 samples around the line t = 1.5 x + 0.5, the same each time: x (100,), t (100,)."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, size=N)
    return x, 1.5 * x + 0.5 + rng.normal(scale=0.6, size=N)
