"""How numbers above and below 0 look as a mesh of cells: blue above, and below orange with a minus sign."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from nnlessons.drawing.style import BLACK, BLUE, ORANGE

__all__ = ["MINUS", "minus_signs", "signed"]
__dir__ = __all__.copy  # what Tab shows after `signed.`

# below and above 0, dark at the ends: the few large weights leave the many others some color
SHADES = [(0, "#6B2F00"), (0.2, ORANGE), (0.5, "white"), (0.8, BLUE), (1, "#00324F")]
SIGNED = LinearSegmentedColormap.from_list("signed", SHADES)
MINUS = {"colors": BLACK, "linewidths": 1.3, "zorder": 3, "clip_on": False}  # of a LineCollection
HALF = 0.045  # inches


def signed(reach):
    """The look of a mesh of numbers up to this size."""
    return {"cmap": SIGNED, "vmin": -reach, "vmax": reach}


def minus_signs(numbers, left, top, pixel):
    """The short lines (n, 2, 2) in those cells of a mesh whose number is below 0; left, top, pixel as in `Mosaic`."""
    rows, columns = np.nonzero(numbers < 0)
    x, y = left + (columns + 0.5) * pixel, top - (rows + 0.5) * pixel
    return np.stack([np.stack([x - HALF, y], axis=1), np.stack([x + HALF, y], axis=1)], axis=1)
