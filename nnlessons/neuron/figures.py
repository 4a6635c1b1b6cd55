"""The figure of one neuron with two inputs."""

from matplotlib.patches import Circle, FancyArrowPatch

from nnlessons.drawing.style import (
    BLACK,
    CENTRED,
    GREY,
    LARGE,
    NORMAL,
    ORANGE,
    blank_figure,
    in_style,
    ink,
)

__all__ = ["one_unit"]
__dir__ = __all__.copy  # what Tab shows after `figures.`

ARROW = {"arrowstyle": "-|>", "mutation_scale": 18, "color": GREY, "linewidth": 1.8, "shrinkA": 0, "shrinkB": 0}


@in_style
def one_unit():
    """Inputs on the left, the neuron in the middle with its sum and its answer, which goes out on the right.

    Parts, all texts: "x0", "x1", "w0", "w1" with the products, "b", "a" and "z".
    """
    figure, axes = blank_figure()
    parts = {}
    for number, y in enumerate((3.1, 0.9)):
        axes.add_patch(Circle((0.7, y), 0.42, facecolor="white", edgecolor=GREY, linewidth=2.5))
        axes.add_patch(FancyArrowPatch((1.12, y), (4.0, 2 + (y - 2) * 0.3), **ARROW))
        axes.text(0.7, y + 0.62, f"$x_{number}$", fontsize=LARGE, **CENTRED)
        parts[f"x{number}"] = axes.text(0.7, y, "", fontsize=NORMAL, **CENTRED)
        parts[f"w{number}"] = axes.text(2.75, 2 + (y - 2) * 1.15, "", fontsize=NORMAL, color=ink(ORANGE), **CENTRED)
    axes.add_patch(Circle((4.75, 2), 0.85, facecolor="white", edgecolor=BLACK, linewidth=2.5))
    axes.text(4.75, 2.35, "$a$", fontsize=LARGE, **CENTRED)
    parts["a"] = axes.text(4.75, 1.85, "", fontsize=NORMAL, **CENTRED)
    axes.add_patch(FancyArrowPatch((4.75, 0.45), (4.75, 1.15), **ARROW))
    parts["b"] = axes.text(4.75, 0.22, "", fontsize=NORMAL, color=ink(ORANGE), **CENTRED)
    axes.add_patch(FancyArrowPatch((5.6, 2), (6.3, 2), **ARROW))
    axes.text(6.6, 2.45, "$z$", fontsize=LARGE, **CENTRED)
    parts["z"] = axes.text(6.6, 2, "", fontsize=LARGE, **CENTRED)
    return figure, parts
