"""An arrow as the corners of a polygon, which a demo can move; matplotlib's own arrows can't be moved."""

import numpy as np

__all__ = ["arrow"]
__dir__ = __all__.copy  # what Tab shows after `arrow.`

HEAD = 0.55


def arrow(start, change, size=1.0):
    """The outline (7 corners) of an arrow from `start` to `start + change`; a short one is all head, which is `size` large."""
    length = float(np.hypot(*change))
    along = np.asarray(change) / length if length else np.zeros(2)
    across = np.array([-along[1], along[0]])
    head = min(HEAD * size, length)
    neck, half, wide = length - head, min(0.09 * size, 0.4 * head), 0.42 * head
    outline = [(0, half), (neck, half), (neck, wide), (length, 0), (neck, -wide), (neck, -half), (0, -half)]
    return [tuple(start + a * along + b * across) for a, b in outline]
