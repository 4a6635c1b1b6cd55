"""Names and memory: an arrow from each name, and from each slot of a list, to what it holds.

Names are on the left, lists with their slots in the middle, and on the right there is a box for each piece of memory. All
arrows go to the right: they are level past the lists, and bend in the gap before the boxes.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from nnlessons.drawing.arrays import Table
from nnlessons.drawing.graph_layout import spaced
from nnlessons.drawing.numerals import EM, width_of
from nnlessons.drawing.style import BLUE, GREEN, GREY, NORMAL, ORANGE, PALE, blank_figure, in_style

__all__ = ["HIGHEST", "Box", "Target", "height_of", "names_to_boxes"]
__dir__ = __all__.copy  # what Tab shows after `memory_figure.`

WIDTH, HIGHEST = 7.0, 4.4  # of the figure, in inches
ROW = 0.5  # the height of a name's row
CELL = 0.4  # the height of a cell, and its least width
PAD = 0.1  # around a long number in its cell
SLOT, FRAME = (0.44, 0.4), 0.07  # a slot; a list's frame around its slots
BETWEEN, MARGIN = 0.2, 0.14  # two boxes one above the other; the figure's edge
GAPS = (0.45, 1.5)  # the least and the greatest length of an arrow
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
    """Where an arrow ends: at the list or the box with this number. view: the numbers of the box's cells that a view shows."""

    kind: str  # "list" or "box"
    number: int
    view: tuple | None = None


@dataclass(frozen=True)
class Box:
    """A piece of memory: an array or a number."""

    kind: str  # "array" or "number"
    rows: tuple  # of the texts in its cells

    @property
    def size(self):
        """Width and height, in inches."""
        widest = max(width_of(word, NORMAL) for row in self.rows for word in row)
        return len(self.rows[0]) * max(CELL, widest + PAD), len(self.rows) * CELL


@dataclass(frozen=True)
class Arrow:
    """An arrow to draw: the part it starts from, its target, and the point where it starts, in inches."""

    source: str
    target: Target
    x: float
    y: float


@in_style
def names_to_boxes(names, lists, boxes):
    """Names on the left, lists in the middle, boxes on the right.

    names  {name: Target};  lists  [[Target of each slot] of each list];  boxes  [Box]
    Parts, none of which moves: "name a"; "list 0" and "slot 0 1"; "box 0"; "arrow name a" and "arrow slot 0 1".
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
    """The color behind each cell of a box: not white if a view shows this cell and not the whole box."""
    number = len(box.rows) * len(box.rows[0])
    shown = {cell for arrow in arrows if len(arrow.target.view or ()) < number for cell in arrow.target.view or ()}
    return [SEEN if cell in shown else "white" for cell in range(number)]


def height_of(names, lists, boxes):
    """The height that the picture needs, in inches."""
    return max(sum(bands(names, lists)), sum(box.size[1] + BETWEEN for box in boxes)) + 2 * MARGIN


def columns(names, lists, boxes):
    """(x of the start of the names' arrows, left edge of the lists, left edge of the boxes, width of the gaps)."""
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
    """(y of each name, y of each list): a list is at its first name, so that no other name's arrow meets it."""
    need = bands(names, lists)
    need = np.add(need, (height - 2 * MARGIN - sum(need)) / len(need))  # the rest is shared
    rows = height - MARGIN - np.cumsum(need) + need / 2
    firsts = {}
    for target, y in zip(names.values(), rows, strict=True):
        if target.kind == "list":
            firsts.setdefault(target.number, y)
    return rows, [firsts[number] for number in range(len(lists))]


def tops_of(arrows, boxes, height):
    """The upper edge of each box: near the mean height of the arrows that point to it, without overlaps."""
    starts = [[arrow.y for arrow in pointing("box", number, arrows)] for number in range(len(boxes))]
    order = untangled(starts)
    sizes = np.array([boxes[number].size[1] + BETWEEN for number in order])
    depths = stacked([height - np.mean(starts[number]) for number in order], sizes, MARGIN, height - MARGIN)
    tops = dict(zip(order, height - depths + (sizes - BETWEEN) / 2, strict=True))
    return [tops[number] for number in range(len(boxes))]


def untangled(starts):
    """The numbers of the boxes from top to bottom: in order, but two neighbors swap if fewer arrows cross then."""
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
    """The number of crossings between the arrows to the upper and to the lower of two boxes, from their starting heights."""
    return sum(one < other for one in upper for other in lower)


def ends(arrows, top, high, across):
    """[(arrow, y of its end)] for the arrows to one box, from top to bottom: level if possible, and side by side."""
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
    """Middles for things of these sizes, in this order, from `low` to `high`: as near as possible to the wanted ones."""
    packed = low + np.cumsum(sizes) - np.array(sizes) / 2  # without any gaps
    return np.clip(spaced([(number, 1) for number in wanted], packed), packed, packed + (high - low - sum(sizes)))


def path_of(start, end, gap):
    """The path of an arrow: level from its start, through the last gap in a bow, and level again at its end."""
    (x0, y0), (x1, y1) = start, end
    bend, middle = x1 - gap + 0.1, x1 - gap / 2
    codes = [Path.MOVETO, Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO]
    tail = x1 - 0.15  # the head is level
    return Path([(x0, y0), (max(x0, bend), y0), (middle, y0), (middle, y1), (tail, y1), (x1, y1)], codes)
