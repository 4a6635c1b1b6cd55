"""What is on the page: a cell that is run again shows a new view, and the older one must not live on behind it."""

import sys

SHOWN = {}  # (owner, cell) -> (run, the views of that cell's latest run)


def close_previous_views(owner, view):
    """Note that `view` of `owner` is shown by the running cell; close what an earlier run of this cell has shown."""
    cell, run = current_cell()
    run_before, views = SHOWN.get((owner, cell), (None, []))
    if run_before != run:
        for older in views:
            older.close()
        views = []
    SHOWN[owner, cell] = (run, [*views, view])


def current_cell():
    """The cell that is being run, and which run of it this is, as far as the page tells."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")


def close_all(widget):
    """Take a widget, all that is in it, and their layouts and styles, which are widgets too, out of page and kernel."""
    for child in getattr(widget, "children", ()):
        close_all(child)
    widget.close()
    widget.layout.close()
    if hasattr(widget, "style"):
        widget.style.close()
