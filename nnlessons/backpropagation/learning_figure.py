"""The figure of the learning neuron: above the graph of its loss, below its output after each update."""

from nnlessons.drawing.graph import draw_graph
from nnlessons.drawing.style import BLACK, GUIDE, HERE, NORMAL, SMALL, blank_figure, in_style

__all__ = ["graph_and_outputs"]
__dir__ = __all__.copy  # what Tab shows after `learning_figure.`

WIDTH, HEIGHT, GRAPH = 8.4, 4.2, 2.6  # inches; the height of the graph


@in_style
def graph_and_outputs(kinds, words, edges, updates):
    """The parts of `draw_graph`; "outputs", "here", its last one, and "target", a level line, and "t", its name."""
    figure, page = blank_figure(WIDTH, HEIGHT)
    parts = draw_graph(page, kinds, words, edges, (0, HEIGHT - GRAPH, WIDTH, GRAPH))
    axes = figure.add_axes([0.07, 0.155, 0.83, 0.2])
    axes.tick_params(labelsize=SMALL)
    axes.set(xlim=(-0.4, updates + 0.4), ylim=(-0.12, 1.12), yticks=[0, 0.5, 1], xticks=range(0, updates + 1, 5))
    axes.text(-0.055, 1.02, "z", fontsize=NORMAL, transform=axes.transAxes)
    axes.set_xlabel("update", labelpad=1)
    (parts["target"],) = axes.plot([], [], **GUIDE)
    (parts["outputs"],) = axes.plot([], [], color=BLACK, marker=".", markersize=7, linewidth=1.5)
    (parts["here"],) = axes.plot([], [], **{**HERE, "markersize": 9, "clip_on": False})
    parts["t"] = axes.text(updates + 0.6, 0, "target", fontsize=SMALL, verticalalignment="center")
    return figure, parts
