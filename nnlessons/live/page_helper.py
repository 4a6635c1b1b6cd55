"""What a demo's widgets can't do by themselves: a small script beside them in the page, page_helper.js and page_pointer.js.

It gives controls the names, roles and values that screen readers need, keeps their keys from deleting the cell, takes typed
numbers, says how many pixels the screen has and where the picture was pressed, and lets the mouse draw in a grid. A front end
that doesn't know anywidget shows the demo without all this.
"""

from pathlib import Path

import ipywidgets as w
from anywidget import AnyWidget
from traitlets import Bool, Dict, Float, List, Unicode

__all__ = ["PageHelper"]
__dir__ = __all__.copy  # what Tab shows

WORDS = {
    "typed": "{label}, typed",
    "play": "Play",
    "pause": "Pause",
    "stop": "Back to the start",
    "repeat": "Repeat",
}
PARTS = ("page_helper.js", "page_pointer.js")  # one module
SCRIPT = "\n".join(Path(__file__).with_name(part).read_text(encoding="utf-8") for part in PARTS)


class PageHelper(AnyWidget):
    """The script at work in one box of widgets, whose class is nnlib-demo or nnlib-question.

    density   the screen's device pixels for each CSS pixel, once the page of a demo has said it
    pointing  whether a press on the picture means anything; then
    pointed   where the latest one was, or where it was dragged to: fractions of the picture's width and height
    """

    _esm = Unicode(SCRIPT).tag(sync=True)
    words = Dict(WORDS).tag(sync=True)
    density = Float().tag(sync=True)
    pointing = Bool().tag(sync=True)
    pointed = List(Float()).tag(sync=True)

    def out_of_sight(self):
        """A widget to put into the box: too small to be seen, also where the page can show only that anywidget is missing."""
        return w.Box([self], layout=w.Layout(width="1px", height="1px", margin="0 0 -1px", overflow="hidden"))
