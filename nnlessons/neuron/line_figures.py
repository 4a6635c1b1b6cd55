"""Figures of lesson 0 with a plane of points: beside the picture of one point, alone, and before and after two neurons."""

from nnlessons.drawing.digits import one_picture
from nnlessons.drawing.numerals import Numeral
from nnlessons.drawing.plane import draw_digit_plane, draw_legend, draw_line, draw_plane
from nnlessons.drawing.style import BLACK, CENTRED, LARGE, NORMAL, in_style, new_figure

__all__ = ["corners_and_line", "plane_and_picture", "two_planes"]
__dir__ = __all__.copy  # what Tab shows after `line_figures.`


@in_style
def plane_and_picture(x, y, names):
    """Left a plane with the parts of `draw_digit_plane`; right "picture", of the picked point, and "is", "says".

    x, y  the limits (low, high) of the axes;  names  of the two classes (no, yes)
    """
    figure, (axes, right) = new_figure(columns=2, height=4.3)
    axes.set_position([0.06, 0.13, 0.53, 0.8])
    parts = draw_digit_plane(axes, x, y)
    right.set_position([0.64, 0, 0.36, 1])
    right.set(xlim=(0, 0.36 * 7), ylim=(0, 4.3))
    right.set_axis_off()
    parts["picture"] = one_picture(right, left=0.25, top=3.98, pixel=0.24)
    for name, place in {"is": 0.6, "says": 1.7}.items():
        right.text(place, 1.7, name, fontsize=NORMAL, **CENTRED)
        parts[name] = Numeral(right, (place, 1.3), size=LARGE)
    draw_legend(right, 0.3, 0.55, names, step=1.2)
    return figure, parts


@in_style
def corners_and_line():
    """The plane around the four corners of a square, with the parts of `draw_plane` and `draw_line`."""
    figure, axes = new_figure(height=4.3)
    axes.set_position([0.2, 0.13, 0.6, 0.8])
    parts = draw_plane(axes, (-0.6, 1.6), (-0.6, 1.6), size=12) | draw_line(axes)
    axes.set(xticks=[0, 1], yticks=[0, 1], xlabel="$x_0$", title="$x_1$")
    return figure, parts


@in_style
def two_planes(x, y, ticks, labels):
    """Left the inputs' plane with two lines, right the plane of the two neurons' outputs with one.

    x, y  the limits (low, high) of the left axes;  ticks  on both of them;  labels  of the two inputs
    Parts: as in `draw_plane` and `draw_line`, with "first ", "second " and "in ", or "out " before their names.
    """
    figure, (left, right) = new_figure(columns=2, height=3.9)
    left.set_position([0.05, 0.14, 0.44, 0.77])
    right.set_position([0.55, 0.14, 0.44, 0.77])
    parts = {"in": draw_plane(left, x, y), "out": draw_plane(right, (-0.6, 1.6), (-0.6, 1.6))}
    parts |= {"first": draw_line(left), "second": draw_line(left, linestyle=(0, (4, 1.5)))}
    parts["out"] |= draw_line(right, color=BLACK)
    left.set(xticks=ticks, yticks=ticks, xlim=x, ylim=y, xlabel=labels[0], title=labels[1])
    right.set(xticks=[0, 1], yticks=[0, 1], xlabel="$z_0$:  the first neuron", title="$z_1$:  the second neuron")
    return figure, {f"{group} {name}": part for group, each in parts.items() for name, part in each.items()}
