"""One palette, one type scale, one way to begin a figure.

A figure is 7 x 4 inches of 100 CSS pixels: 700 x 400 on the page. Type is 12 points and more, about 17 CSS pixels, so that
it can be read from the back row. The colours are those of Okabe and Ito, told apart by colour-blind readers; whatever a
colour says, a line style, a marker or a place says too.
"""

import functools

import matplotlib
from matplotlib.figure import Figure

BLACK = "#000000"
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#007A5A"  # darker than Okabe and Ito's, for 4.5 : 1 on white
PURPLE = "#A3437B"  # darker too
GREY = "#6E6E6E"
PALE = "#D9D9D9"

SMALL, NORMAL, LARGE = 12, 13, 16  # points

STYLE = {
    "font.family": ["DejaVu Sans"],
    "font.size": NORMAL,
    "mathtext.fontset": "dejavusans",
    "axes.titlesize": NORMAL,
    "axes.labelsize": NORMAL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": NORMAL,
    "axes.titlelocation": "left",
    "axes.titlecolor": "#333333",
    "axes.edgecolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": "#333333",
    "ytick.labelcolor": "#333333",
    "axes.grid": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.5,
    "lines.solid_capstyle": "round",
    "figure.facecolor": "white",
    "axes.facecolor": "white",
}

CURVE = {"color": BLUE, "linewidth": 3}
SECOND = {"color": ORANGE, "linewidth": 3, "linestyle": (0, (5, 2))}
BEFORE = {"color": GREY, "linewidth": 1.8, "linestyle": (0, (1, 1.5))}  # what the curve was at the start
GUIDE = {"color": GREY, "linewidth": 1.2, "linestyle": (0, (4, 3))}
CENTRED = {"horizontalalignment": "center", "verticalalignment": "center"}  # for texts
POINT = {"marker": "o", "markersize": 11, "markerfacecolor": "white", "markeredgewidth": 3, "linestyle": "none"}


def in_style(draw):
    """Decorate a function that draws a figure: ours whatever the reader has set, and nothing of theirs is changed."""

    @functools.wraps(draw)
    def drawn(*args, **kwargs):
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(STYLE)
            return draw(*args, **kwargs)

    return drawn


def new_figure(columns=1, width=7.0, height=4.0, left=0.075, right=0.97, bottom=0.145, top=0.91, **subplots):
    """A figure and its axes, with fixed margins as parts of its size: nothing is laid out anew when something moves.

    What the y axis shows is written above it, as the title: level, large, and never in the way of a neighbour.
    """
    figure = Figure(figsize=(width, height))
    axes = figure.subplots(1, columns, **subplots)
    for one in figure.axes:
        one.tick_params(labelsize=SMALL)  # else matplotlib asks the reader's settings at each draw how many ticks fit
    figure.subplots_adjust(left=left, right=right, bottom=bottom, top=top, wspace=0.25)
    return figure, axes


def blank_figure(width=7.0, height=4.0):
    """A figure for a diagram: axes without a frame, in inches, (0, 0) at the left lower corner."""
    figure, axes = new_figure(width=width, height=height, left=0, right=1, bottom=0, top=1)
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    return figure, axes


def cross_at_zero(axes, x=True, y=True):
    """Thin lines through the origin."""
    if x:
        axes.axvline(0, color="#A6A6A6", linewidth=1, zorder=1)
    if y:
        axes.axhline(0, color="#A6A6A6", linewidth=1, zorder=1)


def legend_above(axes):
    """A legend in one row above the axes, where it never covers a curve."""
    rows = {"ncols": 9, "frameon": False, "handlelength": 3.5, "columnspacing": 1.5, "borderaxespad": 0.2}
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), **rows)
