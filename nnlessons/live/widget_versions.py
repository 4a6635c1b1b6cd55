"""What differs between ipywidgets 7.7.1, which Colab supports, and ipywidgets 8. Everything else is the same in both."""

import ipywidgets as w

__all__ = ["WIDGET_VIEW", "Play", "button_style", "live_view", "named"]
__dir__ = __all__.copy  # what Tab shows

OLD = w.__version__.startswith("7.")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def live_view(box):
    """The part of a MIME bundle that shows a widget: {MIME type: data}. Widgets make it themselves only from version 8 on."""
    return {WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": box.model_id}}


def named(text):
    """The argument {name: value} that gives a control its tooltip. Buttons need no help: theirs is `tooltip` in both versions."""
    return {"description_tooltip" if OLD else "tooltip": text}


def button_style(background, text):
    """A button's colors. In version 7 its text keeps the color of the page."""
    return w.ButtonStyle(button_color=background, **({} if OLD else {"text_color": text}))


class OldPlay(w.Play):
    """`Play` with the name that version 8 gave to `_playing`."""

    @property
    def playing(self):
        """Whether ticks come from the page."""
        return self._playing

    @playing.setter
    def playing(self, on):
        self._playing = on


Play = OldPlay if OLD else w.Play
