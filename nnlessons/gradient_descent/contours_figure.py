"""The figure of a descent over contours: the path, the height after each step, and what a step does in either direction."""

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLACK, CENTRED, GREEN, HERE, NORMAL, SMALL, in_style, new_figure
from nnlessons.gradient_descent.figures import NEXT, PATH, draw_contours

__all__ = ["contours_with_path"]
__dir__ = __all__.copy  # what Tab shows after `contours_figure.`

ROWS = (0.72, 0.35)  # inches: w0 and w1


@in_style
def contours_with_path(grid, heights, levels, labels, steps, factors):
    """Contour lines with a path over them; on the right the height after each step, and by what a step multiplies w0 and w1.

    grid  (n,) of both axes;  heights  (n, n);  levels  of the contour lines;  labels  {level: a point (w0, w1) on its line}
    steps  the end of the axis;  factors  the two formulas, in mathtext
    Parts: "path", "here", "next"; on the right "heights" and "now"; below them "factors" and "words", two texts each.
    """
    figure, (plane, right) = new_figure(2)
    plane.set_position([0.065, 0.145, 0.437, 0.765])
    plane.set(xlim=(grid[0], grid[-1]), ylim=(grid[0], grid[-1]), xlabel="$w_0$", title="$w_1$")
    plane.set(xticks=range(-4, 5, 2), yticks=range(-4, 5, 2))
    plane.grid(visible=False)
    draw_contours(plane, grid, heights, levels)
    box = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    for level, place in labels.items():
        plane.text(*place, f"{level}", fontsize=SMALL, bbox=box, zorder=2.5, **CENTRED)
    right.set_position([0.6, 0.465, 0.37, 0.445])
    right.set(xlim=(-0.05 * steps, 1.06 * steps), ylim=(1e-7, 1e7), yscale="log", title="$f$ (logarithmic)")
    right.set(yticks=[1e-6, 1e-3, 1, 1e3, 1e6], xticks=[0, 25, 50, 75, 100])
    right.set_xlabel("step $k$", labelpad=2)
    parts = {}
    (parts["path"],) = plane.plot([], [], **{**PATH, "markersize": 4}, zorder=3)
    (parts["next"],) = plane.plot([], [], **{**NEXT, "color": GREEN}, zorder=3)
    (parts["here"],) = plane.plot([], [], **HERE, zorder=3)
    (parts["heights"],) = right.plot([], [], **{**PATH, "markersize": 0, "linewidth": 2})
    (parts["now"],) = right.plot([], [], **HERE)
    return figure, parts | draw_factors(figure, factors)


def draw_factors(figure, formulas):
    """The two rows below the heights. Parts: "factors" and "words", two texts each."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes([0, 0, 1, 1])
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    for number, (formula, y) in enumerate(zip(formulas, ROWS, strict=True)):
        axes.text(3.72, y, f"$w_{number}$", fontsize=NORMAL, verticalalignment="center")
        axes.text(3.98, y, rf"$\times\;({formula})\;=$", fontsize=NORMAL, verticalalignment="center")
    factors = Numerals(axes, [(5.62, y) for y in ROWS], facecolor=BLACK)
    words = Numerals(axes, [(6.42, y) for y in ROWS], facecolor=BLACK)
    return {"factors": factors, "words": words}
