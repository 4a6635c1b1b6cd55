"""The figure of "The three biggest surprises": a plane of points, and beside it the pictures of three of them."""

import numpy as np

from nnlessons.drawing.digits import one_picture
from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.plane import draw_digit_plane, draw_legend
from nnlessons.drawing.style import BLACK, CENTRED, NORMAL, in_style, new_figure

__all__ = ["Leaders", "plane_and_three_pictures"]
__dir__ = __all__.copy  # what Tab shows after `surprises_figure.`

LEFT, TOPS, SIDE = 3.75, (3.55, 2.38, 1.21), 1.04  # of the pictures, in inches
COLUMNS = {"labels": (5.06, "label"), "chances": (5.72, "$p$"), "losses": (6.55, r"$-\log\,p$")}
RING = 0.22  # the radius of a ring around a point, in the plane
HEAD = 3.8  # the height of what is above the plane and the columns


@in_style
def plane_and_three_pictures(x, y, names):
    """Left a plane with the parts of `draw_digit_plane`; right three pictures below each other, with three numbers each.

    x, y  the limits (low, high) of the plane;  names  of the two classes (no, yes)
    Parts: "picture 0", 1 and 2; "leaders" (`Leaders`); "labels", "chances" and "losses", three texts each.
    """
    figure, (axes, page) = new_figure(columns=2)
    axes.set_position([0.05, 0.14, 0.44, 0.77])
    parts = draw_digit_plane(axes, x, y)
    page.set_position([0, 0, 1, 1])
    page.set(xlim=(0, 7), ylim=(0, 4))
    page.set_axis_off()
    draw_legend(page, 2.6, HEAD, names, step=0.5)
    for number, top in enumerate(TOPS):
        parts[f"picture {number}"] = one_picture(page, left=LEFT, top=top, pixel=SIDE / 8)
    middles = [top - SIDE / 2 for top in TOPS]
    parts["leaders"] = Leaders(axes, [(LEFT, middle) for middle in middles])
    for name, (across, head) in COLUMNS.items():
        page.text(across, HEAD, head, fontsize=NORMAL, **CENTRED)
        parts[name] = Numerals(page, [(across, middle) for middle in middles], clip_on=False)
    return figure, parts


class Leaders:
    """Thin lines from points of the axes to places beside them.

    ends  (n, 2), in inches of the figure
    """

    def __init__(self, axes, ends):
        self.ends = (axes.figure.dpi_scale_trans - axes.transData).transform(ends)
        (self.lines,) = axes.plot([], [], color=BLACK, linewidth=1.2, clip_on=False, zorder=3.5)
        self.artists = [self.lines]

    def set(self, points):
        """Begin at the rings around these points (n, 2)."""
        ahead = self.ends - points
        starts = points + RING * ahead / np.hypot(*ahead.T)[:, np.newaxis]
        gaps = np.full_like(self.ends, np.nan)
        self.lines.set_data(*np.stack([starts, self.ends, gaps], axis=1).reshape(-1, 2).T)
