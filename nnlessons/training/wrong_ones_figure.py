"""The figure of misread digits: ten on a page, and one of them large, with its ten probabilities. Places are in inches."""

from matplotlib.collections import PolyCollection

from nnlessons.drawing.digits import BELOW, FRAME, INK, MARK, PITCH, TOP, ClassBars, Mosaic, one_picture
from nnlessons.drawing.numerals import Numeral, Numerals
from nnlessons.drawing.style import BLACK, LARGE, blank_figure, in_style

__all__ = ["PAGE", "page_of_digits", "target_at"]
__dir__ = __all__.copy  # what Tab shows after `wrong_ones_figure.`

HEIGHT = 4.75  # of the figure
TARGET = {"color": BLACK, "markersize": 22, "markeredgewidth": 0, "linestyle": "none", "zorder": 4, "clip_on": False}
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
    parts["answer"] = Numeral(axes, (3.25, 1.2), size=30, clip_on=False, zorder=3)
    parts["how sure"] = Numeral(axes, (3.25, 0.65), size=LARGE, clip_on=False, zorder=3)

    axes.text(3.25, 1.8, "$t$ \N{RIGHTWARDS ARROW} answer", **BELOW)
    axes.text(5.0, 4.5, "$y$", **{**BELOW, "fontsize": LARGE})
    parts["bars"] = ClassBars(axes, left=4.75, zero=4.95, right=6.6, length=1.25)
    (parts["target"],) = axes.plot([], [], marker="$t\\rightarrow$", **TARGET)
    return figure, parts


def target_at(label):
    """The properties of the mark at the right class."""
    return {"data": ([4.47], [TOP - PITCH * label])}
