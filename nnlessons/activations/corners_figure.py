"""The figure of "Any curve from corners": a target, the output of a network, and what its units contribute."""

from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CURVE,
    FAINT,
    GREEN,
    ORANGE,
    PURPLE,
    cross_at_zero,
    in_style,
    legend_above,
    new_figure,
)

__all__ = ["output_and_units"]
__dir__ = __all__.copy  # what Tab shows after `corners_figure.`

TARGET = {"color": BLACK, "linewidth": 2, "linestyle": (0, (5, 2)), "zorder": 2.5}
FEW = [
    {"color": PURPLE, "linewidth": 2, "linestyle": (0, (1, 1.2))},
    {"color": GREEN, "linewidth": 2, "linestyle": (0, (6, 1.5, 1, 1.5))},
    {"color": ORANGE, "linewidth": 2, "linestyle": "-"},
]
MANY = {"color": FAINT, "linewidth": 1}


@in_style
def output_and_units(x, y, target, units):
    """A target over x, and a network's output. Of three units, each has a look of its own.

    x, y  the limits (low, high) of the axes;  target  (x, y);  units  how many
    Parts: "output"; "corners", the dots on it; "unit 0" and so on, what each contributes.
    """
    few = units == len(FEW)
    figure, axes = new_figure()
    axes.set(xlim=x, ylim=y, xticks=range(5), yticks=range(-2, 3), xlabel="x", title="y")
    cross_at_zero(axes)
    (output,) = axes.plot([], [], **{**CURVE, "linewidth": 4}, label="output")
    axes.plot(*target, **TARGET, label="target")
    parts = {"output": output}
    for unit in range(units):
        look = {**FEW[unit], "label": f"unit {unit}"} if few else {**MANY, "label": "_" if unit else "each unit"}
        (parts[f"unit {unit}"],) = axes.plot([], [], **look, zorder=1.8)
    dots = {"color": BLUE, "markersize": 9 if few else 6, "markeredgecolor": "white", "zorder": 3}
    (parts["corners"],) = axes.plot([], [], "o", **dots, clip_on=False)
    legend_above(axes, handlelength=1.8, columnspacing=0.9, handletextpad=0.5)
    return figure, parts
