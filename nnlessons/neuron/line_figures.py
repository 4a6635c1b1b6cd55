"""Figures of lesson 0 with a plane of points: beside the picture of one point, alone, or before and after two neurons."""

from nnlessons.drawing.digits import one_picture
from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.plane import draw_plane
from nnlessons.drawing.style import CENTRED, LARGE, NORMAL, in_style, new_figure

__all__ = ["corners_and_line", "plane_and_picture"]
__dir__ = __all__.copy  # what Tab shows after `line_figures.`

PIXEL = 0.24  # inches


@in_style
def plane_and_picture():
    """Left the plane, with the parts of `draw_plane`; right "picture", of the picked point, "is" and "says" below it."""
    figure, (axes, right) = new_figure(columns=2, height=4.3)
    axes.set_position([0.06, 0.13, 0.5, 0.8])
    parts = draw_plane(axes, (-3.6, 3.6))
    axes.set(xticks=[-3, 0, 3], yticks=[-3, 0, 3], xlabel="top-heavy:  $x_0$", title="$x_1$:  ink in the middle")
    right.set_position([0.62, 0, 0.38, 1])
    right.set(xlim=(0, 0.38 * 7), ylim=(0, 4.3))
    right.set_axis_off()
    parts["picture"] = one_picture(right, left=0.3, top=3.75, pixel=PIXEL)
    for name, x in {"is": 0.75, "says": 1.75}.items():
        right.text(x, 1.35, name, fontsize=NORMAL, **CENTRED)
        parts[name] = Numeral(right, (x, 0.95), size=LARGE)
    return figure, parts


@in_style
def corners_and_line():
    """The plane around the four corners of a square, with the parts of `draw_plane`."""
    figure, axes = new_figure(height=4.3)
    axes.set_position([0.2, 0.13, 0.6, 0.8])
    parts = draw_plane(axes, (-0.6, 1.6), size=12)
    axes.set(xticks=[0, 1], yticks=[0, 1])
    return figure, parts
