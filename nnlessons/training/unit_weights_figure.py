"""The figure of all hidden units' weights, one unit large, and its outgoing weights as bars. Places are in inches."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from nnlessons.drawing.digits import BELOW, FRAME, MARK, MESH, SIDE, ClassBars, Mosaic
from nnlessons.drawing.network import colour_of
from nnlessons.drawing.style import NORMAL, SMALL, blank_figure, in_style
from nnlessons.training.signed import MINUS, signed
from nnlessons.wording import short

__all__ = ["PLACE", "units_and_weights", "units_mosaic", "weights_patch"]
__dir__ = __all__.copy  # what Tab shows after `unit_weights_figure.`

HEIGHT = 4.75  # of the figure
FROM_LEFT = {"horizontalalignment": "left"}
AREA = {"left": 0.2, "top": 4.3, "width": 4.15, "height": 2.08}  # for the pictures of all units
PLACE = {"left": 0.5, "top": 1.85, "pixel": 0.212}  # of the large one


@in_style
def units_and_weights(weights, most):
    """A picture of the weights (64, H) of each unit; one of them large, beside its outgoing weights, up to `most` in size.

    Parts: "mark", around one unit; "large" and its "minus" signs; "bars" (`ClassBars`).
    """
    figure, axes = blank_figure(height=HEIGHT)
    reach = np.abs(weights).max() or 1.0
    look = signed(reach)
    mosaic = units_mosaic(weights.shape[1])
    mosaic.mesh(axes, **look).set_array(mosaic.whole(weights.T))
    frames = [mosaic.corners(number) for number in range(mosaic.count)]
    axes.add_collection(PolyCollection(frames, **{**FRAME, "linewidths": 0.6}), autolim=False)
    axes.text(mosaic.left, 4.5, "$W_1$, a picture for each unit", **{**BELOW, **FROM_LEFT})

    one = Mosaic(1, 1, **PLACE, gaps=(0, 0))
    parts = {"mark": PolyCollection([], **MARK), "large": one.mesh(axes, **look)}
    axes.add_collection(parts["mark"], autolim=False)
    axes.add_collection(PolyCollection([one.corners(0)], **FRAME), autolim=False)
    for number in range(SIDE):
        along = (number + 0.5) * one.pixel
        axes.text(one.left + along, one.top + 0.16, str(number), **{**BELOW, "fontsize": SMALL})
        axes.text(one.left - 0.16, one.top - along, str(number), **{**BELOW, "fontsize": SMALL})
    parts["minus"] = LineCollection([], **MINUS)
    axes.add_collection(parts["minus"], autolim=False)

    bottom = one.top - SIDE * one.pixel
    steps = np.linspace(-1, 1, 101)
    axes.pcolormesh([2.85, 3.1], np.linspace(bottom, one.top, 102), reach * steps[:, np.newaxis], **MESH, **look)
    scale_signs = [[(2.93, y), (3.02, y)] for y in np.linspace(bottom, one.top, 17)[1:8:2]]
    axes.add_collection(LineCollection(scale_signs, **MINUS), autolim=False)
    for part in (1, 0, -1):
        y = bottom + (one.top - bottom) * (part + 1) / 2
        place = {"horizontalalignment": "right", "verticalalignment": "center"}
        axes.text(3.85, y - 0.08 * part, short(part * reach), fontsize=NORMAL, zorder=1, **place)

    axes.text(4.7, 4.5, "$W_2$, its votes", **{**BELOW, **FROM_LEFT})
    parts["bars"] = ClassBars(axes, left=4.75, zero=5.55, right=6.55, length=0.6, full=most or 1.0)
    return figure, parts


def units_mosaic(count):
    """The places of the units' pictures."""
    columns, pixel = fitting(count, AREA["width"], AREA["height"])
    return Mosaic(count, columns, AREA["left"], AREA["top"], pixel, gaps=(1, 1))


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
