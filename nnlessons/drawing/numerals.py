"""Numbers that change with every move, painted fast.

Matplotlib lays a text out again whenever it changes, which takes longer than the rest of a picture. Here the outline of
each character is made once, and a number is its outlines side by side: a tenth of the time.
"""

import functools

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import Affine2D

from nnlessons.drawing.style import BLACK, NORMAL

__all__ = ["EM", "SERIF", "Numeral", "Numerals", "one_path", "side_by_side", "width_of"]
__dir__ = __all__.copy  # what Tab shows after `numerals.`

EM = 100.0  # points: the size at which the outlines are stored
FONT = FontProperties(family="DejaVu Sans", size=EM)
SERIF = FontProperties(family="DejaVu Serif", style="italic", size=EM)


class Numerals:
    """Short texts of digits and signs, each centred on a point of the axes. Together they are one artist.

    places  (n, 2), in data coordinates of axes that won't change
    size    in points
    room    in inches: a text that is wider is painted smaller
    look    passed on to the patch: facecolor, zorder, clip_on
    """

    def __init__(self, axes, places, size=NORMAL, font=FONT, room=np.inf, **look):
        self.size, self.font, self.room = size, font, room
        inches = (axes.transData - axes.figure.dpi_scale_trans).transform(np.asarray(places, float))
        self.scale = size / EM / 72
        self.centres = inches / self.scale
        there = Affine2D().scale(self.scale) + axes.figure.dpi_scale_trans
        self.outline = PathPatch(one_path([]), transform=there, **{"facecolor": BLACK, "linewidth": 0, **look})
        axes.add_artist(self.outline)
        self.artists = [self.outline]

    def set(self, texts, down=0.0):
        """Show these texts, one for each place; "" for none. down: how far below its place each one is, in inches."""
        pieces, below = [], np.multiply.outer(np.broadcast_to(down, len(self.centres)), [0, 1 / self.scale])
        for text, centre in zip(texts, self.centres - below, strict=True):
            path = side_by_side(text, self.font)
            smaller = min(1, self.room / (width_of(text, self.size, self.font) or 1))
            pieces.append((path.vertices * smaller + centre, path.codes))
        self.outline.set_path(one_path(pieces))


class Numeral(Numerals):
    """A single text, as in `Numerals`, at `place` (x, y)."""

    def __init__(self, axes, place, size=NORMAL, **look):
        super().__init__(axes, [place], size, **look)

    def set(self, text):
        """Show this text."""
        super().set([text])


def one_path(pieces):
    """One path from several pieces (vertices, codes)."""
    vertices, codes = [np.empty((0, 2))], [np.empty(0, np.uint8)]
    for some_vertices, some_codes in pieces:
        vertices.append(some_vertices)
        codes.append(some_codes)
    return Path(np.concatenate(vertices), np.concatenate(codes))


@functools.lru_cache(maxsize=256)
def outline_of(sign, font):
    """(path, width) of a character at size EM, with its left end at (0, 0)."""
    width, _, _ = text_to_path.get_text_width_height_descent(sign, font, False)
    if not sign.strip():
        return Path(np.empty((0, 2))), width
    return TextPath((0, 0), sign, size=EM, prop=font), width


@functools.lru_cache(maxsize=1)
def half_height():
    """Half the height of a digit, at size EM."""
    return outline_of("0", FONT)[0].get_extents().ymax / 2


def width_of(text, size, font=FONT):
    """The width of a text at this size in points, in inches."""
    return sum(outline_of(sign, font)[1] for sign in text) * size / EM / 72


@functools.lru_cache(maxsize=4096)
def side_by_side(text, font=FONT):
    """The outlines of a text at size EM as one path, its middle at (0, 0)."""
    outlines = [outline_of(sign, font) for sign in text]
    x, pieces = -sum(width for _, width in outlines) / 2, []
    for path, width in outlines:
        if len(path.vertices):  # a space has none
            pieces.append((path.vertices + [x, -half_height()], path.codes))
        x += width
    return one_path(pieces)
