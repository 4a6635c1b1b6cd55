"""The palette, the type scale, and how a figure begins.

A figure is 7 x 4 inches of 100 CSS pixels: 700 x 400 on the page. Type is at least 12 points, about 17 CSS pixels, so that
people in the back row can read it. Colour-blind readers can tell the colours apart (Okabe and Ito, Color Universal Design,
https://jfly.uni-koeln.de/color), and no meaning rests on colour alone: a line style, a marker or a position shows it too.
"""

import functools

import matplotlib
from matplotlib.figure import Figure

__all__ = ["BLACK", "BLUE", "ORANGE", "GREEN", "PURPLE", "GREY", "PALE", "FAINT", "SMALL", "NORMAL", "LARGE"]
__all__ += ["CURVE", "SECOND", "BEFORE", "GUIDE", "CENTRED", "POINT", "HERE", "FILLS"]
__all__ += ["ink", "in_style", "new_figure", "blank_figure", "cross_at_zero", "legend_above"]
__dir__ = __all__.copy  # what Tab shows after `style.`

BLACK = "#000000"
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#007A5A"  # darker than Okabe and Ito's, for 4.5 : 1 on white
PURPLE = "#A3437B"  # darker too
GREY = "#6E6E6E"
PALE = "#D9D9D9"
FAINT = "#8C8C8C"  # for what stays behind and must be seen, at 3 : 1 on white
INK = {BLUE: "#005F96", ORANGE: "#AD4B00"}  # the same hues for words, at 4.5 : 1 on white and on the pale fills

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
BEFORE = {"color": GREY, "linewidth": 1.8, "linestyle": (0, (1, 1.5))}  # the curve as it was at the start
GUIDE = {"color": GREY, "linewidth": 1.2, "linestyle": (0, (4, 3))}
CENTRED = {"horizontalalignment": "center", "verticalalignment": "center"}  # for texts
POINT = {"marker": "o", "markersize": 11, "markerfacecolor": "white", "markeredgewidth": 3, "linestyle": "none"}
HERE = {**POINT, "color": BLACK, "markeredgecolor": BLACK, "markerfacecolor": ORANGE}  # you are here
FILLS = (
    {"facecolor": PALE},
    {"facecolor": "white", "hatch": "///"},
    {"facecolor": BLUE},
)  # for three bars side by side


def ink(colour):
    """The shade in which words and numbers have this colour: darker than lines and patches, where those would be hard to read."""
    return INK.get(colour, colour)


def in_style(draw):
    """Decorate a function that draws a figure: it draws in our style, and the reader's matplotlib settings stay as they were."""

    @functools.wraps(draw)
    def drawn(*args, **kwargs):
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(STYLE)
            return draw(*args, **kwargs)

    return drawn


def new_figure(columns=1, width=7.0, height=4.0, left=0.075, right=0.97, bottom=0.145, top=0.91, **subplots):
    """(figure, axes): a new figure with one or several axes in a row, an array of them if `columns` is more than 1.

    width, height             of the figure, in inches
    left, right, bottom, top  the edges of the axes, as fractions of the figure. They are fixed, so nothing jumps when the
                              contents move.
    subplots                  passed on to `Figure.subplots`

    Label the y axis with the axes' title: it is above the axis, level and large, and keeps clear of the axes next to it.
    """
    figure = Figure(figsize=(width, height))
    axes = figure.subplots(1, columns, **subplots)
    for one in figure.axes:
        one.tick_params(
            labelsize=SMALL
        )  # or matplotlib would look up the reader's size at each draw to see how many fit
    figure.subplots_adjust(left=left, right=right, bottom=bottom, top=top, wspace=0.25)
    return figure, axes


def blank_figure(width=7.0, height=4.0):
    """(figure, axes) for a diagram: axes without a frame that fill the figure, in inches, with (0, 0) at the lower left."""
    figure, axes = new_figure(width=width, height=height, left=0, right=1, bottom=0, top=1)
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    return figure, axes


def cross_at_zero(axes, x=True, y=True):
    """Draw thin lines along the axes through the origin; with x=False or y=False, only one of them."""
    if x:
        axes.axvline(0, color=FAINT, linewidth=1, zorder=1)
    if y:
        axes.axhline(0, color=FAINT, linewidth=1, zorder=1)


def legend_above(axes, **look):
    """Put a legend in one row above the axes, where it can't cover a curve. look is passed on to the legend."""
    rows = {"ncols": 9, "frameon": False, "handlelength": 3.5, "columnspacing": 1.5, "borderaxespad": 0.2}
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), **rows | look)
