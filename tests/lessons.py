"""What the tests of the lessons look at: what a lesson has printed, and what a demo says in words."""

import nbformat
from conftest import PROJECT

from nnlib.live.calls import call
from nnlib.live.scene import say


def printed(stem):
    """{id of a cell: what its code has printed}, as saved in a lesson."""
    book = nbformat.read(PROJECT / "notebooks" / f"{stem}.ipynb", as_version=4)
    return {
        cell.id: "".join(output.get("text", "") for output in cell.outputs)
        for cell in book.cells
        if cell.cell_type == "code"
    }


def said_by(demo, **values):
    """The line under a demo's picture, with these controls moved. (Tests of the demos see that it is shown.)"""
    patch = call(demo.update, {**demo.beginning, **values})
    return say(demo.readout, patch["readout"])


def walked(demo, steps, **values):
    """(state, line under the picture) so many steps on, or where it ends before."""
    values = {**demo.beginning, **values}
    state = call(demo.start, values)
    for _ in range(steps):
        following = call(demo.advance, values, state)
        if following is None:
            break
        state = following
    return state, say(demo.readout, call(demo.update, values, state)["readout"])
