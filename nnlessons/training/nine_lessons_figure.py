"""The figure of all nine lessons in one line: nine little drawings, each with its number above and a word below."""

from itertools import pairwise

from matplotlib.collections import PolyCollection
from matplotlib.patches import Circle

from nnlessons.drawing import style
from nnlessons.drawing.arrays import cells
from nnlessons.drawing.arrow import arrow
from nnlessons.drawing.digits import SIDE, one_picture
from nnlessons.drawing.network import edges_between, places_of, rim_to_rim
from nnlessons.drawing.plane import draw_line, draw_plane
from nnlessons.drawing.style import BLACK, BLUE, CENTRED, GREEN, GREY, HERE, PALE

__all__ = ["nine_in_a_row"]
__dir__ = __all__.copy  # what Tab shows after `nine_lessons_figure.`

WORDS = ("neuron", "bend", "forward", "loss", "slope", "step", "backward", "arrays", "digits")
SIZE, PITCH = (7.0, 1.65), 7.0 / len(WORDS)  # inches: of the figure; from drawing to drawing
WIDE, HIGH, BOTTOM = 0.6, 0.86, 0.41  # of a drawing, whose lower left corner is its (0, 0)
NUMBER, WORD = 1.47, 0.22  # the heights of the number and the word
DOT = {**HERE, "markersize": 6.5, "markeredgewidth": 2}
PATH = {"color": BLACK, "marker": "o", "markersize": 4, "linewidth": 1.2, "drawstyle": "steps-post"}
SCAN = 0.46  # inches: the side of the digit


@style.in_style
def nine_in_a_row(neuron, bend, loss, answer, curve, tangent, touch, bowl, path, digit, says):
    """(figure, {}): nothing moves.

    neuron                   the properties of points and a line, as in `plane`
    bend, loss, curve, bowl  curves: (x, y)
    answer                   a point (x, y) of the loss
    tangent, touch           a line and the point where it touches the curve
    path                     the places of a descent in the bowl
    digit, says              a scan (8, 8), and what it was read as
    """
    figure, axes = style.blank_figure(*SIZE)
    middles = [PITCH * (number + 0.5) for number in range(len(WORDS))]
    for number, (middle, word) in enumerate(zip(middles, WORDS, strict=True)):
        axes.text(middle, NUMBER, number, color=style.ink(BLUE), fontweight="bold", **CENTRED)
        axes.text(middle, WORD, word, fontsize=style.SMALL, **CENTRED)
    high, away = BOTTOM + HIGH / 2, WIDE / 2 + 0.025
    draw_arrows(axes, [((one + away, high), (other - away, high)) for one, other in pairwise(middles)], GREY)

    cards = [card(figure, middle - WIDE / 2) for middle in middles]
    parts = draw_plane(cards[0], x=(-1.1, 2.9), y=(-2.37, 3.37), size=3.2) | draw_line(cards[0], linewidth=1.8)
    for name, properties in neuron.items():
        parts[name].set(**properties)
    draw_curve(cards[1], *bend, y=(-2.5, 6))
    draw_network(cards[2])
    draw_curve(cards[3], *loss, x=(-0.12, 1.12), y=(-0.5, 5))
    cards[3].plot(*answer, **DOT)
    draw_curve(cards[4], *curve, y=(-0.35, 1.35))
    cards[4].plot(*tangent, color=GREEN, linewidth=2.2)
    cards[4].plot(*touch, **DOT)
    draw_curve(cards[5], *bowl, y=(-0.7, 5.6))
    cards[5].plot(*path, **PATH)
    draw_graph_back(cards[6])
    draw_product(cards[7])
    one_picture(cards[8], left=(WIDE - SCAN) / 2, top=HIGH - 0.07, pixel=SCAN / SIDE).set_array(digit)
    cards[8].text(WIDE / 2, 0.17, says, fontsize=style.LARGE, fontweight="bold", **CENTRED)
    return figure, {}


def card(figure, left):
    """Axes for one drawing, in inches, with a thin frame."""
    axes = figure.add_axes([left / SIZE[0], BOTTOM / SIZE[1], WIDE / SIZE[0], HIGH / SIZE[1]])
    axes.set(xlim=(0, WIDE), ylim=(0, HIGH), xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=PALE, linewidth=1.2)
    return axes


def draw_curve(axes, across, up, y, x=None):
    """A curve over the two axes; x and y are the limits."""
    axes.plot(across, up, color=BLUE, linewidth=2.2)
    axes.set(xlim=x or (1.1 * across[0], 1.1 * across[-1]), ylim=y)
    style.cross_at_zero(axes)


def draw_network(axes):
    """Two inputs, three units and one more, with arrows forward."""
    places, radius = places_of((2, 3, 1), (0.08, 0.3, 0.52), middle=HIGH / 2, gap=0.27), 0.05
    for column, (fill, rim) in zip(places, [(PALE, GREY), ("white", BLUE), ("white", BLUE)], strict=True):
        for place in column:
            axes.add_patch(Circle(place, radius, facecolor=fill, edgecolor=rim, linewidth=1.8))
    draw_arrows(axes, [rim_to_rim(*pair, radius - 0.01) for pair in edges_between(places)], BLACK, size=0.09)


def draw_graph_back(axes):
    """A product of two variables, with arrows back from the result."""
    x, y = 0.37, HIGH / 2
    for side in (1, -1):
        draw_cells(axes, cells(1, 1, 0.035, y + side * 0.24 + 0.07, size=0.14), "white", BLACK)
        draw_arrows(axes, [((x - 0.09, y + side * 0.09), (0.2, y + side * 0.21))], GREEN)
    axes.add_patch(Circle((x, y), 0.1, facecolor="white", edgecolor=BLACK, linewidth=1.6))
    axes.text(x, y, "×", **CENTRED)
    draw_arrows(axes, [((0.585, y), (0.48, y))], GREEN)


def draw_product(axes):
    """dx = dy @ W.T: left dy, W.T upper right, dx below it. A row, a column and the element that they make are lit."""
    left, right, low, top = 0.035, 0.375, 0.45, 0.79
    for shape, corner, lit, fill, rim in (
        ((4, 3), (left, low), slice(3, 6), "#E6F5EF", GREEN),
        ((3, 2), (right, top), slice(None, None, 2), "#E4E4E4", BLACK),
        ((4, 2), (right, low), slice(2, 3), "#E6F5EF", GREEN),
    ):
        corners = cells(*shape, *corner, size=0.095)
        draw_cells(axes, corners, "white", style.FAINT, 0.8)
        draw_cells(axes, corners[lit], fill, rim)


def draw_cells(axes, corners, fill, rim, width=1.6):
    """Polygons with these corners."""
    look = {"facecolors": fill, "edgecolors": rim, "linewidths": width}
    axes.add_collection(PolyCollection(corners, **look), autolim=False)


def draw_arrows(axes, ends, colour, size=0.13):
    """Arrows from start to end."""
    shapes = [arrow(start, (end[0] - start[0], end[1] - start[1]), size) for start, end in ends]
    draw_cells(axes, shapes, colour, "none")
