"""The figure of the small net: its weights and their gradient as tables, output and target, and the loss after each step."""

from matplotlib.patches import Polygon

from nnlessons.drawing.arrays import Table, cells
from nnlessons.drawing.style import BLACK, CENTRED, GREEN, GREY, HERE, LARGE, NORMAL, in_style, new_figure

__all__ = ["MarkedTable", "weights_and_loss"]
__dir__ = __all__.copy  # what Tab shows after `net_figure.`

CELL = (0.8, 0.4)  # inches
LEFT = 1.25  # of all tables


class MarkedTable(Table):
    """A `Table` with a black frame around one of its cells."""

    def __init__(self, axes, shape, left, top, color, size):
        super().__init__(axes, shape, left, top, color, size)
        self.corners = cells(*shape, left, top, size)
        self.frame = axes.add_patch(Polygon(self.corners[0], fill=False, edgecolor=BLACK, linewidth=3.5, zorder=3))
        self.artists.append(self.frame)

    def set(self, words, fills, marked):
        """As `Table.set`; `marked` is the number of the framed cell, row by row."""
        super().set(words, fills)
        self.frame.set_xy(self.corners[marked])


@in_style
def weights_and_loss(shape, steps, highest):
    """Left the tables, right the loss over the steps; `shape` is the shape of W, and steps and highest are the ends of the axes.

    Parts: "W" and "dW" (`MarkedTable`), "y" and "t" (`Table`); "losses" and "now".
    """
    figure, (tables, losses) = new_figure(2)
    tables.set_position([0, 0, 0.56, 1])
    tables.set(xlim=(0, 0.56 * 7), ylim=(0, 4))
    tables.set_axis_off()
    parts = {}
    for name, words, top, color in (("W", "$W$", 3.5, BLACK), ("dW", "$dW$", 2.45, GREEN)):
        tables.text(0.5, top - CELL[1], words, fontsize=LARGE, color=color, **CENTRED)
        parts[name] = MarkedTable(tables, shape, LEFT, top, color, CELL)
        for row in range(shape[0]):
            tables.text(LEFT - 0.18, top - CELL[1] * (row + 0.5), f"{row}", fontsize=NORMAL, color=GREY, **CENTRED)
    for name, top in (("y", 1.4), ("t", 0.75)):
        tables.text(0.5, top - CELL[1] / 2, f"${name}$", fontsize=LARGE, **CENTRED)
        parts[name] = Table(tables, (1, shape[1]), LEFT, top, BLACK, CELL)
    tables.text(0.5, 3.7, "class", fontsize=NORMAL, color=GREY, **CENTRED)
    for column in range(shape[1]):
        tables.text(LEFT + CELL[0] * (column + 0.5), 3.7, f"{column}", fontsize=NORMAL, color=GREY, **CENTRED)
    losses.set_position([0.63, 0.145, 0.33, 0.765])
    losses.set(xlim=(-0.05 * steps, 1.05 * steps), ylim=(-0.05 * highest, highest), xlabel="step $k$", title="$L$")
    losses.set(yticks=[0, highest / 4, highest / 2, highest * 3 / 4, highest])
    (parts["losses"],) = losses.plot([], [], color=BLACK)
    (parts["now"],) = losses.plot([], [], **HERE)
    return figure, parts
