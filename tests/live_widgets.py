"""Every living widget by its model's id, in both versions of ipywidgets."""

import ipywidgets
from ipywidgets.widgets import widget

from nnlessons.live.widget_versions import WIDGET_VIEW

ALIVE = vars(widget)["_instances"] if hasattr(widget, "_instances") else ipywidgets.Widget.widgets


def shown(bundle):
    """The widget that the page makes of a MIME bundle, or of the bundle with its metadata."""
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    view = data[WIDGET_VIEW]
    assert (view["version_major"], view["version_minor"]) == (2, 0)
    return ALIVE[view["model_id"]]


def within(widget):
    """A widget and all that is in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from within(child)


def move(widget):
    """Do what the page does when a reader uses a control: another value, choice or press. Whether it is a control at all."""
    if isinstance(widget, ipywidgets.Button):
        widget.click()
    elif hasattr(widget, "index"):
        widget.set_state({"index": len(widget.options) - 1 if widget.index != len(widget.options) - 1 else 0})
    elif isinstance(widget, ipywidgets.Checkbox):
        widget.set_state({"value": not widget.value})
    elif isinstance(widget, ipywidgets.FloatLogSlider):
        widget.set_state({"value": widget.base**widget.max})
    elif isinstance(widget, ipywidgets.Play):
        playing = "playing" if "playing" in widget.keys else "_playing"
        widget.set_state({playing: True})
        widget.set_state({"value": widget.value + 1})
    elif hasattr(widget, "max"):
        widget.set_state({"value": widget.max if widget.value != widget.max else widget.min})
    elif isinstance(widget, ipywidgets.Text):
        widget.set_state({"value": widget.value + " "})
    else:
        return False
    return True
