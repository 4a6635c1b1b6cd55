"""What three demos of lesson 5 share: 100 samples, the line y = w x + b to fit to them, its loss and the gradient."""

import numpy as np

__all__ = [
    "BEST",
    "GRID",
    "LOWEST",
    "N",
    "T",
    "X",
    "ends_of_line",
    "gradient_at",
    "loss",
    "losses_on_grid",
    "some_samples",
]
__dir__ = __all__.copy  # what Tab shows after `line_fit.`

N = 100
GRID = np.linspace(-2.3, 4.3, 133)  # of w and of b


def some_samples():
    """100 samples around the line t = 1.5 x + 0.5, the same each time: x (100,), t (100,)."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, size=N)
    return x, 1.5 * x + 0.5 + rng.normal(scale=0.6, size=N)


X, T = some_samples()


def loss(w, b):
    """The loss over all samples at each (w, b): half the mean of the squared errors."""
    errors = np.multiply.outer(w, X) + np.expand_dims(b, -1) - T
    return np.mean(errors**2, axis=-1) / 2


def losses_on_grid():
    """The loss (n, n) for each b (rows) and w (columns) of the grid."""
    return loss(*np.meshgrid(GRID, GRID))


def gradient_at(place, chosen=slice(None)):
    """The gradient (2,) at a place (w, b) of the loss over the chosen samples, or over all."""
    errors = place[0] * X[chosen] + place[1] - T[chosen]
    return np.array([np.mean(errors * X[chosen]), np.mean(errors)])


def ends_of_line(place):
    """Two points of the line with these (w, b), left and right of all samples: their x, and their y."""
    w, b = place
    x = np.array([-1.1, 1.1])
    return x, w * x + b


BEST = np.linalg.lstsq(np.column_stack([X, np.ones(N)]), T, rcond=None)[0]  # (w, b)
LOWEST = loss(*BEST)
