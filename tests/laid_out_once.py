"""Words laid out once for all figures. Each text of matplotlib finds anew how large its words are and where they begin."""

import functools

from matplotlib.backends import backend_agg
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text

LAY_OUT = Text._get_layout  # matplotlib's own


def remember(patch):
    """Let all canvases share the formulas that were read and the words that were laid out."""
    reading = MathTextParser._parse_cached.__wrapped__
    patch.setattr(MathTextParser, "_parse_cached", functools.lru_cache(maxsize=None)(reading))
    patch.setattr(backend_agg, "MathTextParser", functools.cache(MathTextParser))
    known = {}

    def remembered(text, renderer):
        looks = what_matters(text)
        if looks not in known:
            known[looks] = LAY_OUT(text, renderer)
        return known[looks]

    patch.setattr(Text, "_get_layout", remembered)


def what_matters(text):
    """All that a layout depends on; where the text stands is added to it later."""
    return (
        text._get_wrapped_text(),
        hash(text.get_fontproperties()),
        text.get_rotation(),
        text.get_rotation_mode(),
        text.get_horizontalalignment(),
        text.get_verticalalignment(),
        text._get_multialignment(),
        text._linespacing,
        text.get_usetex(),
        text.get_parse_math(),
        text.get_figure(root=True).dpi,
    )
