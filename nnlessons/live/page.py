"""What is on the page: a cell that runs again shows new widgets, and the older ones must not live on behind them."""

import sys

__all__ = ["close_all", "close_previous_views", "current_cell"]
__dir__ = __all__.copy  # what Tab shows

SHOWN = {}  # (kind, title, cell) -> (run, what the latest run of that cell has shown)


def close_previous_views(kind, title, box):
    """Note that the running cell shows the widget `box`, and close what earlier runs of this cell have shown in its place.

    What has the same kind, "demo" say, and the same title takes the same place, even if it is another object.
    """
    cell, run = current_cell()
    run_before, boxes = SHOWN.get((kind, title, cell), (None, []))
    if run_before != run:
        for older in boxes:
            close_all(older)
        boxes = []
    SHOWN[kind, title, cell] = (run, [*boxes, box])


def current_cell():
    """(the running cell, which run of it this is); None where the page does not say."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    kernel = shell if hasattr(shell, "get_parent") else getattr(shell, "kernel", None)  # JupyterLite's shell has none
    parent = kernel.get_parent() if kernel else {}
    return parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")


def close_all(widget):
    """Take a widget, all that is in it, and their layouts and styles, which are widgets too, out of page and kernel."""
    for child in getattr(widget, "children", ()):
        close_all(child)
    widget.close()
    widget.layout.close()
    if hasattr(widget, "style"):
        widget.style.close()
