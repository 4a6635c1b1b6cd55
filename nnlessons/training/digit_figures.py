"""Handwritten digits and a network that has learned them: pictures of 8 x 8 pixels, and a bar for each class.

Places are in inches. Whatever never changes is below whatever moves, so that it isn't painted again.
"""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import LogLocator, MaxNLocator

from nnlessons.drawing.digits import (
    BELOW,
    FRAME,
    INK,
    MESH,
    PITCH,
    SIDE,
    TOP,
    ClassBars,
    Mosaic,
    one_picture,
)
from nnlessons.drawing.network import colour_of
from nnlessons.drawing.numerals import Numeral, Numerals
from nnlessons.drawing.style import (
    BLACK,
    BLUE,
    CURVE,
    LARGE,
    NORMAL,
    ORANGE,
    SECOND,
    SMALL,
    blank_figure,
    in_style,
    new_figure,
)
from nnlessons.wording import scientific, short, trimmed

__all__ = ["PAGE", "digit_and_probabilities", "loss_and_accuracy", "minus_signs", "page_of_digits"]
__all__ += ["target_at", "units_and_weights", "units_mosaic", "weights_patch"]
__dir__ = __all__.copy  # what Tab shows after `digit_figures.`

HEIGHT = 4.75  # of a figure
# below and above 0, dark at the ends: the few large weights leave the many others some colour
SHADES = [(0, "#6B2F00"), (0.2, ORANGE), (0.5, "white"), (0.8, BLUE), (1, "#00324F")]
SIGNED = LinearSegmentedColormap.from_list("signed", SHADES)
MARK = {**FRAME, "edgecolors": BLACK, "linewidths": 3.5, "zorder": 4}

# -- pieces -----------------------------------------------------------------------------------------------------------


def fitting(count, width, height):
    """(columns, side of a pixel) with which `count` pictures, one pixel apart, are as large as possible in this space."""
    pixels = [
        min(width / (columns * (SIDE + 1) - 1), height / (-(-count // columns) * (SIDE + 1) - 1))
        for columns in range(1, count + 1)
    ]
    best = int(np.argmax(pixels))
    return best + 1, pixels[best]


def weights_patch(weights):
    """The properties of `ClassBars` that show a unit's ten outgoing weights."""
    colours = [colour_of(weight) for weight in weights]
    return {"values": weights, "words": [short(weight) for weight in weights], "fills": colours, "edges": colours}


# -- a training run -------------------------------------------------------------------------------------------------------


@in_style
def loss_and_accuracy(loss, accuracy):
    """Left losses on a logarithmic axis, right accuracies in percent, over the epochs. It has no parts.

    loss, accuracy  {"train": (epochs,), "test": (epochs,)}, or without "test"; accuracies from 0 to 1
    """
    figure, (left, right) = new_figure(columns=2, left=0.09, right=0.965, width=7.0, height=3.8)
    figure.subplots_adjust(wspace=0.2)
    epochs = np.arange(1, len(loss["train"]) + 1)
    left.set(yscale="log", title="loss")
    low, high = log_limits(np.concatenate(list(loss.values())))
    left.set_ylim(low, high)
    few, some = (1, 2, 5), (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)  # ticks in each power of ten
    left.yaxis.set_major_locator(
        LogLocator(subs=some if high / low < 4 else few if high / low < 30 else (1,), numticks=12)
    )
    left.yaxis.set_major_formatter(lambda tick, _: trimmed(tick, 4) if 0.0009 < tick < 9999 else scientific(tick, 1))
    left.minorticks_off()
    lowest = min(min(values) for values in accuracy.values())
    right.set(title="accuracy in %", ylim=(min(90, 10 * (10 * lowest // 1)) - 0.4, 100.4))
    right.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    looks = {"train": CURVE, "test": {**SECOND, "linewidth": 2.5, "linestyle": (0, (3, 1.2))}}
    for axes, values, factor in ((left, loss, 1), (right, accuracy, 100)):
        axes.set(xlim=(min(1, 1 - 0.02 * len(epochs)), max(1.02 * len(epochs), 2)), xlabel="epoch")
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        for name, row in values.items():
            few = {"marker": "o", "markersize": 6} if len(epochs) <= 10 else {}
            axes.plot(epochs, factor * np.asarray(row), **looks[name], **few, label=name)
    left.legend(
        loc="lower right",
        bbox_to_anchor=(1, 1),
        ncols=2,
        frameon=False,
        handlelength=2,
        columnspacing=1.2,
        borderaxespad=0.2,
    )
    return figure, {}


def log_limits(values):
    """The ends of an axis a little wider than the values, with at most eight powers of ten."""
    seen = values[np.isfinite(values) & (values > 0)]
    if not len(seen):
        return 0.1, 10
    return max(seen.min(), seen.max() * 1e-8) / 1.3, seen.max() * 1.3


# -- the weights of a unit --------------------------------------------------------------------------------------------

AREA = {"left": 0.2, "top": 4.3, "width": 4.15, "height": 2.08}  # for the pictures of all units
PLACE = {"left": 0.5, "top": 1.85, "pixel": 0.212}  # of the large one


@in_style
def units_and_weights(weights, most):
    """A picture of the weights (64, H) of each unit; one of them large, beside its outgoing weights, up to `most` in size.

    Parts: "mark", around one unit; "large" and its "minus" signs; "bars" (`ClassBars`).
    """
    figure, axes = blank_figure(height=HEIGHT)
    reach = np.abs(weights).max() or 1.0
    look = {"cmap": SIGNED, "vmin": -reach, "vmax": reach}
    mosaic = units_mosaic(weights.shape[1])
    mosaic.mesh(axes, **look).set_array(mosaic.whole(weights.T))
    frames = [mosaic.corners(number) for number in range(mosaic.count)]
    axes.add_collection(PolyCollection(frames, **{**FRAME, "linewidths": 0.6}), autolim=False)
    axes.text(mosaic.left + 0.15, 4.5, "$W_1$", **{**BELOW, "fontsize": LARGE})

    one = Mosaic(1, 1, **PLACE, gaps=(0, 0))
    parts = {"mark": PolyCollection([], **MARK), "large": one.mesh(axes, **look)}
    axes.add_collection(parts["mark"], autolim=False)
    axes.add_collection(PolyCollection([one.corners(0)], **FRAME), autolim=False)
    for number in range(SIDE):
        along = (number + 0.5) * one.pixel
        axes.text(one.left + along, one.top + 0.16, str(number + 1), **{**BELOW, "fontsize": SMALL})
        axes.text(one.left - 0.16, one.top - along, str(number + 1), **{**BELOW, "fontsize": SMALL})
    parts["minus"] = LineCollection([], colors=BLACK, linewidths=1.3, zorder=3, clip_on=False)
    axes.add_collection(parts["minus"], autolim=False)

    bottom = one.top - SIDE * one.pixel
    steps = np.linspace(-1, 1, 101)
    axes.pcolormesh([2.85, 3.1], np.linspace(bottom, one.top, 102), reach * steps[:, np.newaxis], **MESH, **look)
    for part in (1, 0, -1):
        y = bottom + (one.top - bottom) * (part + 1) / 2
        place = {"horizontalalignment": "right", "verticalalignment": "center"}
        axes.text(3.85, y - 0.08 * part, short(part * reach), fontsize=NORMAL, zorder=1, **place)

    axes.text(5.55, 4.5, "$W_2$", **{**BELOW, "fontsize": LARGE})
    parts["bars"] = ClassBars(axes, left=4.75, zero=5.55, right=6.55, length=0.6, full=most or 1.0)
    return figure, parts


def units_mosaic(count):
    """The places of the units' pictures."""
    columns, pixel = fitting(count, AREA["width"], AREA["height"])
    return Mosaic(count, columns, AREA["left"], AREA["top"], pixel, gaps=(1, 1))


def minus_signs(weights):
    """The short lines (n, 2, 2) in those pixels of the large picture whose weight is below 0."""
    rows, columns = np.nonzero(weights.reshape(SIDE, SIDE) < 0)
    x = PLACE["left"] + (columns + 0.5) * PLACE["pixel"]
    y = PLACE["top"] - (rows + 0.5) * PLACE["pixel"]
    return np.stack([np.stack([x - 0.045, y], axis=1), np.stack([x + 0.045, y], axis=1)], axis=1)


# -- pages of digits --------------------------------------------------------------------------------------------------

PAGE = Mosaic(10, 5, left=0.25, top=4.5, pixel=0.082, gaps=(4, 2))


@in_style
def page_of_digits():
    """Ten digits with words below each; one of them large, with the network's answer and ten probabilities.

    Parts: "page", "frames", "words" and "mark"; "large", "answer", "how sure", "bars" (`ClassBars`), and "target", a mark at
    the right class.
    """
    figure, axes = blank_figure(height=HEIGHT)
    parts = {"page": PAGE.mesh(axes, **INK)}
    parts["frames"], parts["mark"] = PolyCollection([], **FRAME), PolyCollection([], **MARK)
    for name in ("frames", "mark"):
        axes.add_collection(parts[name], autolim=False)
    places = [PAGE.below(number, 0.165) for number in range(PAGE.count)]
    parts["words"] = Numerals(axes, places, clip_on=False, zorder=3)

    parts["large"] = one_picture(axes, left=0.25, top=2.2, pixel=0.25)
    parts["answer"] = Numeral(axes, (3.25, 1.35), size=30, clip_on=False, zorder=3)
    parts["how sure"] = Numeral(axes, (3.25, 0.85), size=LARGE, clip_on=False, zorder=3)

    axes.text(5.0, 4.5, "$y$", **{**BELOW, "fontsize": LARGE})
    axes.text(6.2, 4.5, "$t$", **{**BELOW, "fontsize": LARGE})
    parts["bars"] = ClassBars(axes, left=4.75, zero=4.95, right=6.6, length=1.25)
    (parts["target"],) = axes.plot([], [], "|", color=BLACK, markersize=24, markeredgewidth=4, zorder=4, clip_on=False)
    return figure, parts


def target_at(label):
    """The properties of the mark at the right class."""
    return {"data": ([6.2], [TOP - PITCH * label])}


# -- a digit to change ------------------------------------------------------------------------------------------------


@in_style
def digit_and_probabilities():
    """A large digit and ten probabilities. Parts: "large", "bars" (`ClassBars`)."""
    figure, axes = blank_figure(height=3.75)
    parts = {"large": one_picture(axes, left=0.2, top=3.5, pixel=0.4)}
    parts["bars"] = ClassBars(axes, left=3.95, zero=4.15, right=6.55, length=1.95, top=3.34, pitch=0.32)
    return figure, parts
