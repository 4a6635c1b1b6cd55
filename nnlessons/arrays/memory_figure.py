"""Names and memory: each name, and each slot of a list, points by an arrow to what it holds.

Names stand on the left, lists with their slots in the middle, and on the right a box for each piece of memory. Every arrow
runs to the right: past the lists it is level, and in the gap before the boxes it bends.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from nnlessons.drawing.arrays import Table
from nnlessons.drawing.numerals import EM, width_of
from nnlessons.drawing.style import BLUE, GREEN, GREY, NORMAL, ORANGE, PALE, blank_figure, in_style

WIDTH, HIGHEST = 7.0, 4.4  # of the figure, in inches
ROW = 0.5  # the height of a name's row
CELL = 0.4  # the height of a cell, and its least width
PAD = 0.1  # of a cell in which a long number stands
SLOT, FRAME = (0.44, 0.4), 0.07  # a slot; a list's frame around its slots
BETWEEN, MARGIN = 0.2, 0.14  # two boxes one above the other; the figure's edge
GAPS = (0.45, 1.5)  # the least and the greatest length that an arrow has to go
BESIDE = 0.08  # between a name and its arrow
TIPS = 0.17  # between two arrows that end at the same box
MONO = FontProperties(family="DejaVu Sans Mono", size=EM)
COLOURS = {"array": BLUE, "number": GREEN}
SEEN = "#FBE3D6"  # behind the cells that a view shows
HEAD = {"arrowstyle": "-|>", "mutation_scale": 15, "shrinkA": 0, "shrinkB": 0}
WHOLE = {"color": GREY, "linewidth": 1.8}
FRAMED = {
    "boxstyle": f"round,pad={FRAME},rounding_size={FRAME}",
    "facecolor": PALE,
    "edgecolor": GREY,
    "linewidth": 1.5,
}
VIEW = {"color": ORANGE, "linewidth": 1.8, "linestyle": (0, (4, 2))}


@dataclass(frozen=True)
class Target:
    """Where an arrow ends: the list or the box of this number; for a view, which cells of the box it shows, row by row."""

    kind: str  # "list" or "box"
    number: int
    view: tuple | None = None


@dataclass(frozen=True)
class Box:
    """A piece of memory: an array or a number, and what stands in its cells, row by row."""

    kind: str
    rows: tuple

    @property
    def size(self):
        """Width and height, in inches."""
        widest = max(width_of(word, NORMAL) for row in self.rows for word in row)
        return len(self.rows[0]) * max(CELL, widest + PAD), len(self.rows) * CELL


@dataclass(frozen=True)
class Arrow:
    """An arrow that is to be drawn: from which part, where to, and where it starts."""

    source: str
    target: Target
    x: float
    y: float


@in_style
def names_to_boxes(names, lists, boxes):
    """Names on the left, lists in the middle, boxes on the right.

    names  {name: Target};  lists  [[Target of each slot]];  boxes  [Box]
    """
    height = height_of(names, lists, boxes)
    figure, axes = blank_figure(WIDTH, height)
    left, middle, right, gap = columns(names, lists, boxes)
    rows, list_rows = heights_of_rows(names, lists, height)
    parts, arrows, edges = {}, [], {}  # edges: (kind, number) -> the left edge of a box: x, its top, its height

    look = {"fontfamily": "DejaVu Sans Mono", "fontsize": NORMAL, "parse_math": False}
    for (name, target), y in zip(names.items(), rows, strict=True):
        place = {"x": left - BESIDE, "y": y, "horizontalalignment": "right", "verticalalignment": "center"}
        parts[f"name {name}"] = axes.text(s=name, **place, **look)
        arrows.append(Arrow(f"name {name}", target, left, y))

    for number, (slots, y) in enumerate(zip(lists, list_rows, strict=True)):
        high = len(slots) * SLOT[1]
        frame = FancyBboxPatch((middle + FRAME, y - high / 2), SLOT[0], high, **FRAMED)
        parts[f"list {number}"] = axes.add_patch(frame)
        table = Table(axes, (len(slots), 1), middle + FRAME, y + high / 2, GREY, SLOT)
        table.set([f"[{slot}]" for slot in range(len(slots))], ["white"])
        edges["list", number] = middle, y + high / 2 + FRAME, high + 2 * FRAME
        for slot, target in enumerate(slots):
            start = middle + FRAME + SLOT[0], y + high / 2 - (slot + 0.5) * SLOT[1]
            parts[f"slot {number} {slot}"] = table
            arrows.append(Arrow(f"slot {number} {slot}", target, *start))

    for number, (box, top) in enumerate(zip(boxes, tops_of(arrows, boxes, height), strict=True)):
        (wide, high), across = box.size, len(box.rows[0])
        table = Table(axes, (len(box.rows), across), right, top, COLOURS[box.kind], (wide / across, CELL))
        table.set([word for row in box.rows for word in row], fills(box, pointing("box", number, arrows)))
        parts[f"box {number}"] = table
        edges["box", number] = right, top, high

    for (kind, number), (x, top, high) in edges.items():
        across = len(boxes[number].rows[0]) if kind == "box" else 1
        for arrow, tip in ends(pointing(kind, number, arrows), top, high, across):
            path = path_of((arrow.x, arrow.y), (x, tip), gap)
            drawn = FancyArrowPatch(path=path, **HEAD, **(WHOLE if arrow.target.view is None else VIEW))
            parts[f"arrow {arrow.source}"] = axes.add_patch(drawn)
    return figure, parts


def pointing(kind, number, arrows):
    """The arrows that end at one list or box."""
    return [arrow for arrow in arrows if (arrow.target.kind, arrow.target.number) == (kind, number)]


def fills(box, arrows):
    """What is behind each cell: some colour where a view shows a part of the box."""
    number = len(box.rows) * len(box.rows[0])
    shown = {cell for arrow in arrows if len(arrow.target.view or ()) < number for cell in arrow.target.view or ()}
    return [SEEN if cell in shown else "white" for cell in range(number)]


def height_of(names, lists, boxes):
    """How high the picture must be."""
    return max(sum(bands(names, lists)), sum(box.size[1] + BETWEEN for box in boxes)) + 2 * MARGIN


def columns(names, lists, boxes):
    """Where the names' arrows begin, where lists and boxes begin, and how long the gaps between the columns are."""
    first = max(width_of(name, NORMAL, MONO) for name in names) + BESIDE
    second = SLOT[0] + 2 * FRAME if lists else 0
    third = max(box.size[0] for box in boxes)
    gaps = 2 if lists else 1
    gap = np.clip((WIDTH - 2 * MARGIN - first - second - third) / gaps, *GAPS)
    left = (WIDTH - first - second - third - gaps * gap) / 2 + first
    return left, left + gap, left + gaps * gap + second, gap


def bands(names, lists):
    """The height that each name needs; the first name of a list has the list beside it."""
    seen, heights = set(), []
    for target in names.values():
        first = target.kind == "list" and target.number not in seen
        seen |= {target.number} if first else set()
        heights.append(max(ROW, len(lists[target.number]) * SLOT[1] + 2 * FRAME + BETWEEN) if first else ROW)
    return heights


def heights_of_rows(names, lists, height):
    """The height at which each name stands, and each list: at its first name, so that no other name's arrow meets it."""
    need = bands(names, lists)
    need = np.add(need, (height - 2 * MARGIN - sum(need)) / len(need))  # what is left over is spread
    rows = height - MARGIN - np.cumsum(need) + need / 2
    firsts = {}
    for target, y in zip(names.values(), rows, strict=True):
        if target.kind == "list":
            firsts.setdefault(target.number, y)
    return rows, [firsts[number] for number in range(len(lists))]


def tops_of(arrows, boxes, height):
    """The upper edge of each box: near the mean height of what points to it, none over another."""
    starts = [[arrow.y for arrow in pointing("box", number, arrows)] for number in range(len(boxes))]
    order = untangled(starts)
    sizes = np.array([boxes[number].size[1] + BETWEEN for number in order])
    depths = stacked([height - np.mean(starts[number]) for number in order], sizes, MARGIN, height - MARGIN)
    tops = dict(zip(order, height - depths + (sizes - BETWEEN) / 2, strict=True))
    return [tops[number] for number in range(len(boxes))]


def untangled(starts):
    """The boxes from above to below: in their order, except that neighbours change places where arrows then cross less."""
    order = list(range(len(starts)))
    swapped = True
    while swapped:  # it ends: each swap leaves fewer crossings
        swapped = False
        for place in range(len(order) - 1):
            upper, lower = order[place : place + 2]
            if crossing_arrows(starts[upper], starts[lower]) > crossing_arrows(starts[lower], starts[upper]):
                order[place : place + 2] = lower, upper
                swapped = True
    return order


def crossing_arrows(upper, lower):
    """How many arrows to the upper of two boxes cross one to the lower, from the heights at which they start."""
    return sum(one < other for one in upper for other in lower)


def ends(arrows, top, high, across):
    """The arrows to one box, from above to below, and how high each ends: level if it can, one beside another."""
    arrows = sorted(arrows, key=lambda arrow: -arrow.y)
    room = min(TIPS, high / len(arrows))
    wanted = [wanted_depth(arrow, top, across) for arrow in arrows]
    depths = stacked(np.clip(wanted, room / 2, high - room / 2), [room] * len(arrows), 0, high)
    return list(zip(arrows, top - depths, strict=True))


def wanted_depth(arrow, top, across):
    """How far below a box's upper edge an arrow would end: level, or for a view of one row at that row."""
    rows = {cell // across for cell in arrow.target.view or ()}
    return (rows.pop() + 0.5) * CELL if len(rows) == 1 else top - arrow.y


def stacked(wanted, sizes, low, high):
    """Middles for things of these sizes, in this order, from `low` to `high`: as near as can be to the wanted ones.

    Each place less the sizes before it must not decrease: a least-squares problem, solved by means of neighbours.
    """
    before = low + np.cumsum(sizes) - np.array(sizes) / 2
    free = np.subtract(wanted, before)
    number = len(free)
    level = [
        max(min(free[i : k + 1].mean() for k in range(place, number)) for i in range(place + 1))
        for place in range(number)
    ]
    return before + np.clip(level, 0, high - low - sum(sizes))


def path_of(start, end, gap):
    """Level from the start, through the last gap in a bow, and level again where the arrow ends."""
    (x0, y0), (x1, y1) = start, end
    bend, middle = x1 - gap + 0.1, x1 - gap / 2
    codes = [Path.MOVETO, Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO]
    tail = x1 - 0.15  # the head is level
    return Path([(x0, y0), (max(x0, bend), y0), (middle, y0), (middle, y1), (tail, y1), (x1, y1)], codes)
