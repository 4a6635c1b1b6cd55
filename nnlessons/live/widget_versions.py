"""What differs between ipywidgets 7.7.1, which Colab supports, and ipywidgets 8. Everything else is the same in both."""

__all__ = ["WIDGET_VIEW", "live_view"]
__dir__ = __all__.copy  # what Tab shows

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def live_view(box):
    """The part of a MIME bundle that shows a widget: {MIME type: data}. Widgets make it themselves only from version 8 on."""
    return {WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": box.model_id}}
