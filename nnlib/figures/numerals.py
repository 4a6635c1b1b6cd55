"""Numbers that change at every move. A matplotlib text is laid out anew each time, which costs more than all else in a picture.

Here each sign is turned into an outline once, and a number is these outlines side by side: a tenth of the time.
"""

import functools

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import Affine2D, ScaledTranslation

from nnlib.figures.style import BLACK, NORMAL

EM = 100.0  # points: the size in which the outlines are kept
FONT = FontProperties(family="DejaVu Sans", size=EM)


class Numeral:
    """A short text of digits and signs, centred on a place of the axes."""

    def __init__(self, axes, place, size=NORMAL, **look):
        points = Affine2D().scale(size / EM / 72) + axes.figure.dpi_scale_trans
        there = points + ScaledTranslation(*place, axes.transData)
        self.outline = PathPatch(side_by_side(""), transform=there, **{"facecolor": BLACK, "linewidth": 0, **look})
        axes.add_artist(self.outline)
        self.artists = [self.outline]

    def set(self, text):
        self.outline.set_path(side_by_side(text))


@functools.lru_cache(maxsize=64)
def outline_of(sign):
    """A sign as a path that begins at (0, 0), and how wide it is."""
    width, _, _ = text_to_path.get_text_width_height_descent(sign, FONT, False)
    if not sign.strip():
        return Path(np.empty((0, 2))), width
    return TextPath((0, 0), sign, size=EM, prop=FONT), width


@functools.lru_cache(maxsize=1)
def half_height():
    return outline_of("0")[0].get_extents().ymax / 2


def side_by_side(text):
    """The outlines of a text, its middle at (0, 0)."""
    outlines = [outline_of(sign) for sign in text]
    x = -sum(width for _, width in outlines) / 2
    vertices, codes = [np.empty((0, 2))], [np.empty(0, np.uint8)]
    for path, width in outlines:
        if len(path.vertices):  # a space has none
            vertices.append(path.vertices + [x, -half_height()])
            codes.append(path.codes)
        x += width
    return Path(np.concatenate(vertices), np.concatenate(codes))


# -- how a number is written ------------------------------------------------------------------------------------------

MINUS = "\N{MINUS SIGN}"


def written(number, digits=3):
    """So many digits after the point; a minus that is one, and none before 0."""
    text = f"{number:.{digits}f}"
    return text.replace("-", MINUS if float(text) else "")


def bracketed(number, digits=3):
    """The same, in brackets where a minus would stand beside another sign."""
    text = written(number, digits)
    return f"({text})" if text.startswith(MINUS) else text
