"""A grid of cells as a control, for mouse and keyboard: an 8 x 8 digit to draw, say."""

from dataclasses import dataclass

import ipywidgets as w
import traitlets

from nnlessons.live.controls import Control
from nnlessons.live.widget_versions import button_style

__all__ = ["Grid"]
__dir__ = __all__.copy  # what Tab shows

BLANK = "\N{NO-BREAK SPACE}"  # without any text, the page would leave the one before
CELL = "row {row}, column {column}: {level:.2g}"


@dataclass(frozen=True)
class Grid(Control):
    """Cells in rows and columns, each at one of a few levels: a click, or Enter on the cell, takes it to the next.

    The value is a tuple of rows of numbers from 0 to 1; all 0 unless it is given.

    looks  for each level its color, that of the sign on it, and the sign; shades of grey if they aren't given
    size   of a cell, in pixels
    ValueError: fewer than two levels, a value of another shape, or a number outside 0..1.
    """

    rows: int
    columns: int
    value: tuple = ()
    levels: int = 2
    looks: tuple = ()
    size: int = 34

    def __post_init__(self):
        if self.levels < 2:
            raise ValueError(f"levels must be at least 2, got {self.levels}")
        empty = tuple((0.0,) * self.columns for _ in range(self.rows))
        value = tuple(tuple(float(level) for level in row) for row in self.value) or empty
        if [len(row) for row in value] != [self.columns] * self.rows:
            raise ValueError(f"value must have {self.rows} rows of {self.columns}, got {[len(row) for row in value]}")
        if any(not 0 <= level <= 1 for row in value for level in row):
            raise ValueError("value must have levels from 0 to 1")
        object.__setattr__(self, "value", value)

    def widget(self, name):
        return Cells(self)

    def code(self, value):
        return None

    def samples(self):
        full = tuple((1.0,) * self.columns for _ in range(self.rows))
        corner = tuple(tuple(float(i == j == 0) for j in range(self.columns)) for i in range(self.rows))
        return [self.value, full, corner]


class Cells(w.GridBox):
    """A button for each cell. Its `value` is the grid's: a tuple of rows."""

    value = traitlets.Tuple()
    disabled = traitlets.Bool()

    def __init__(self, grid):
        self.grid = grid
        side = f"{grid.size}px"
        size = w.Layout(width=side, height=side, padding="0", margin="0", border="1px solid #767676")
        self.looks = grid.looks or [(grey(k / 16), grey(k < 9), sign(k)) for k in range(17)]
        self.styles = [button_style(color, ink) for color, ink, _ in self.looks]
        look = {"layout": size, "style": self.styles[0]}
        self.buttons = [[w.Button(**look) for _ in range(grid.columns)] for _ in range(grid.rows)]
        for i, row in enumerate(self.buttons):
            for j, button in enumerate(row):
                button.on_click(lambda _, i=i, j=j: self.press(i, j))
                traitlets.dlink((self, "disabled"), (button, "disabled"))
        layout = w.Layout(grid_template_columns=f"repeat({grid.columns}, {grid.size + 2}px)", grid_gap="1px")
        super().__init__([button for row in self.buttons for button in row], layout=layout)
        self.observe(self.show, "value")
        self.value = grid.value

    def close(self):
        """Close the styles too: all cells share them, so that no cell does it."""
        super().close()
        for style in self.styles:
            style.close()

    def press(self, i, j):
        """Take a cell to its next level, and from the last one back to 0."""
        steps = self.grid.levels - 1
        level = (round(self.value[i][j] * steps) + 1) % self.grid.levels / steps
        rows = [list(row) for row in self.value]
        rows[i][j] = level
        self.value = tuple(map(tuple, rows))

    def show(self, _change=None):
        """Show the level by its color and, for those who can't tell the colors apart, by its sign."""
        for i, row in enumerate(self.buttons):
            for j, button in enumerate(row):
                level = self.value[i][j]
                look = round((len(self.looks) - 1) * level)
                button.style = self.styles[look]
                button.description = self.looks[look][2] or BLANK
                button.tooltip = CELL.format(row=i, column=j, level=level)


def grey(level):
    """From white at 0 to nearly black at 1."""
    part = round(255 * (1 - 0.85 * level))
    return f"rgb({part}, {part}, {part})"


def sign(k):
    """The sign for the k-th of 17 shades of grey."""
    return "" if k == 0 else "\u2022" if k < 16 else "\u25a0"
