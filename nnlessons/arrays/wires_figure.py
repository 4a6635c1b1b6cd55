"""The figure of the wires: left the inputs and outputs of a layer with a wire for each weight, right the same numbers as arrays.

Places are in inches.
"""

import numpy as np
from matplotlib.collections import LineCollection, PatchCollection, PolyCollection
from matplotlib.patches import Circle

from nnlessons.drawing.arrays import cells
from nnlessons.drawing.graph import head
from nnlessons.drawing.network import edges_between, places_of, rim_to_rim
from nnlessons.drawing.numerals import SERIF, Numeral, Numerals
from nnlessons.drawing.style import BLACK, CENTRED, FAINT, GREEN, GREY, LARGE, NORMAL, SMALL, blank_figure, in_style

__all__ = ["TABLES", "lit_cells", "place_at", "wires_and_arrays"]
__dir__ = __all__.copy  # what Tab shows after `wires_figure.`

SIZES = (2, 3)  # D inputs, H outputs
SAMPLES = 4
RADIUS = 0.25
((INPUTS,), (OUTPUTS,)) = (
    places_of([size], [x], middle=1.78, gap=gap) for size, x, gap in zip(SIZES, (0.85, 3.2), (1.7, 1.25), strict=True)
)
WEIGHT_AT = 0.24  # the part of a wire before its weight, where no two wires are near each other
WIRES = [rim_to_rim(one, other, RADIUS) for one, other in edges_between((INPUTS, OUTPUTS))]
WEIGHTS = [(1 - WEIGHT_AT) * start + WEIGHT_AT * end for start, end in WIRES]
LABEL = (0.19, 0.135)  # half the width and height of the white box around a weight
CELL = (0.44, 0.255)
SHAPES = {"x": (SAMPLES, 2), "W": (2, 3), "y": (SAMPLES, 3)}
TOPS, LEFTS = (
    {"x": 3.66, "W": 2.29, "y": 1.43},
    {"": 4.02, "d": 5.62},
)  # of the tables; the gradients are the right ones
TABLES = {
    side + name: (SHAPES[name], LEFTS[side] + CELL[0] * (name == "x") / 2, TOPS[name])
    for side in LEFTS
    for name in SHAPES
}
STATES = {"idle": (FAINT, 1.2), "forward": (BLACK, 4.0), "back": (GREEN, 4.0)}
FILLS = {"": "#E4E4E4", "d": "#E6F5EF"}  # behind lit values and lit gradients


@in_style
def wires_and_arrays():
    """Parts: "plane" (the axes), "wires" (`LitWires`), "units" (`LitUnits`).

    For each of TABLES, "x" say, a `LitTable` and its name above it, "x name".
    """
    figure, axes = blank_figure()
    parts = {"plane": axes, "wires": LitWires(axes), "units": LitUnits(axes)}
    for name, (shape, left, top) in TABLES.items():
        parts[name] = LitTable(axes, shape, left, top, back=name.startswith("d"))
        look = {"facecolor": parts[name].color, "size": SMALL}
        parts[f"{name} name"] = Numeral(axes, (left + shape[1] * CELL[0] / 2, top + 0.15), **look)
    return figure, parts


class LitWires:
    """The wires, each with its weight in a white box."""

    def __init__(self, axes):
        boxes = [place + np.array(LABEL) * [[-1, -1], [1, -1], [1, 1], [-1, 1]] for place in WEIGHTS]
        self.lines = LineCollection([], capstyle="butt", zorder=2)
        self.heads = PolyCollection([], zorder=2.5)
        self.boxes = PolyCollection(boxes, facecolors="white", zorder=3)
        for artist in (self.lines, self.heads, self.boxes):
            axes.add_collection(artist, autolim=False)
        self.numbers = Numerals(axes, WEIGHTS, NORMAL, zorder=4)
        self.artists = [self.lines, self.heads, self.boxes, *self.numbers.artists]

    def set(self, weights, states):
        """Show these words as weights. Each wire is "idle", "forward", "back", or "both", which meet at its weight."""
        self.numbers.set(weights)
        pieces, heads = [], []
        for (start, end), place, state in zip(WIRES, WEIGHTS, states, strict=True):
            if state == "both":
                along = (end - start) / np.linalg.norm(end - start) * LABEL[0] * 1.25
                pieces += [(start, place - along, "forward"), (end, place + along, "back")]
            else:
                pieces.append((end, start, state) if state == "back" else (start, end, state))
        for start, end, state in pieces:
            if state != "idle":
                heads.append((head(start, end, 0.2), STATES[state][0]))
        self.lines.set(
            segments=[shortened(start, end, state) for start, end, state in pieces],
            colors=[STATES[state][0] for *_, state in pieces],
            linewidths=[STATES[state][1] for *_, state in pieces],
        )
        self.heads.set(
            verts=[corners for corners, _ in heads],
            facecolors=[color for _, color in heads],
            edgecolors="none",
        )
        rims = {"idle": "none", "forward": BLACK, "back": GREEN, "both": BLACK}
        self.boxes.set(edgecolors=[rims[state] for state in states], linewidths=1.6)


def shortened(start, end, state):
    """The line of a wire; without its end if an arrowhead is there."""
    gap = 0 if state == "idle" else 0.12
    return start, end - (end - start) / np.linalg.norm(end - start) * gap


class LitUnits:
    """The inputs and outputs: circles with their values, and beside them their gradients."""

    def __init__(self, axes):
        places = [*INPUTS, *OUTPUTS]
        circles = [Circle(place, RADIUS) for place in places]
        self.circles = axes.add_collection(PatchCollection(circles, zorder=3), autolim=False)
        beside = [(x - 0.52, y) for x, y in INPUTS] + [(x + 0.52, y) for x, y in OUTPUTS]
        self.values = Numerals(axes, places, LARGE, zorder=4)
        self.gradients = Numerals(axes, beside, LARGE, SERIF, facecolor=GREEN)
        self.names = []
        for letter, side, column in (("x", -1, INPUTS), ("y", 1, OUTPUTS)):
            for number, (x, y) in enumerate(column):
                axes.text(x, y + RADIUS + 0.15, f"${letter}_{number}$", fontsize=NORMAL, **CENTRED)
            x, top = column[0][0] + 0.52 * side, column[0][1] + RADIUS + 0.15
            self.names.append(axes.text(x, top, f"d{letter}", fontsize=NORMAL, color=GREEN, **CENTRED))
        self.artists = [self.circles, *self.values.artists, *self.gradients.artists, *self.names]

    def set(self, values, gradients, lit):
        """Show these words, inputs first; lit: "", "forward" or "back" for each circle."""
        self.values.set(values)
        self.gradients.set(gradients)
        for name, shown in zip(self.names, (gradients[: len(INPUTS)], gradients[len(INPUTS) :]), strict=True):
            name.set_visible(any(shown))
        rims = {"": (GREY, 1.6), "forward": (BLACK, 3.5), "back": (GREEN, 3.5)}
        fills = {"": "white", "forward": FILLS[""], "back": FILLS["d"]}
        self.circles.set(
            edgecolors=[rims[one][0] for one in lit],
            linewidths=[rims[one][1] for one in lit],
            facecolors=[fills[one] for one in lit],
        )


class LitTable:
    """A table of values, or of gradients if `back`, with a thick frame around its lit cells."""

    def __init__(self, axes, shape, left, top, back):
        self.color, self.fill = (GREEN, FILLS["d"]) if back else (BLACK, FILLS[""])
        corners = cells(*shape, left, top, CELL)
        self.cells = PolyCollection(corners, linewidths=1, edgecolors=FAINT)
        self.frames = PolyCollection(corners, facecolors="none", zorder=3)
        for artist in (self.cells, self.frames):
            axes.add_collection(artist, autolim=False)
        look = {"font": SERIF, "facecolor": GREEN} if back else {}
        self.numbers = Numerals(axes, corners.mean(axis=1), SMALL, zorder=4, **look)
        self.artists = [self.cells, self.frames, *self.numbers.artists]

    def set(self, words, lit):
        """Show these words, row by row; lit (rows, columns): the cells that are lit."""
        on = np.asarray(lit).ravel()
        self.numbers.set(words)
        self.cells.set_facecolors([self.fill if one else "white" for one in on])
        self.frames.set(edgecolors=[self.color if one else "none" for one in on], linewidths=2.4)


def lit_cells(name, row=None, column=None):
    """Which cells of a table are lit: a whole column if no row is given, a row if no column is."""
    lit = np.zeros(TABLES[name][0], bool)
    lit[slice(None) if row is None else row, slice(None) if column is None else column] = True
    return lit


def place_at(x, y):
    """What is nearest to a press: ("x", i), ("y", j), ("wire", i, j), or a table's cell (name, row, column)."""
    if x > (OUTPUTS[0][0] + LEFTS[""]) / 2 + 0.2:
        name = min(TABLES, key=lambda name: away_from(name, x, y))
        (rows, columns), left, top = TABLES[name]
        row, column = int((top - y) / CELL[1]), int((x - left) / CELL[0])
        return name, min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
    for letter, places in (("x", INPUTS), ("y", OUTPUTS)):
        away = [np.hypot(x - one, y - other) for one, other in places]
        if min(away) < 1.6 * RADIUS:
            return letter, int(np.argmin(away))
    return "wire", *divmod(int(np.argmin([distance_to((x, y), *ends) for ends in WIRES])), SIZES[1])


def away_from(name, x, y):
    """How far outside of a table a point is."""
    (rows, columns), left, top = TABLES[name]
    across, down = x - left - columns * CELL[0] / 2, top - rows * CELL[1] / 2 - y
    return np.hypot(max(0, abs(across) - columns * CELL[0] / 2), max(0, abs(down) - rows * CELL[1] / 2))


def distance_to(point, start, end):
    """The distance from a point to a line between two points."""
    along = np.clip(np.dot(point - start, end - start) / np.dot(end - start, end - start), 0, 1)
    return np.linalg.norm(start + along * (end - start) - point)
