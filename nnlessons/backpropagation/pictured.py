"""A graph as a picture: what `draw_graph` needs to draw it, and what its parts show once values and gradients are there."""

from nnlessons.drawing.graph import drawn_graph
from nnlessons.wording import short

__all__ = ["described", "draw", "kind_of", "moves", "shown", "sign_of"]
__dir__ = __all__.copy  # what Tab shows after `pictured.`

SIGNS = {"add": "+", "multiply": "×", "negative": "negate", "reciprocal": "1/·", "sigmoid": "σ", "relu": "ReLU"}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def sign_of(node):
    """The sign in a node: what it computes, the name of a variable, or a fixed number."""
    if not node.operation:
        return node.name.translate(LOWERED) or short(float(node.variable.value))
    if node.name == "power":
        return "·" + f"{node.operation.n:g}".translate(RAISED)
    return "" if node.name == "branch" else SIGNS.get(node.name, node.name)


def kind_of(node):
    """The kind of a node, as `draw_graph` has it."""
    if node.operation:
        return "branch" if node.name == "branch" else "operation"
    return "variable" if node.name else "constant"


def moves(edge):
    """Whether the value of an edge can change. A fixed number can't, so it needs no gradient."""
    return kind_of(edge.source) != "constant"


def described(graph):
    """(kinds of the nodes, words in the nodes, edges as pairs of node numbers): a graph as `draw_graph` takes it."""
    place = {node: number for number, node in enumerate(graph.nodes)}
    pairs = [(place[edge.source], place.get(edge.target)) for edge in graph.edges]
    return [kind_of(node) for node in graph.nodes], [sign_of(node) for node in graph.nodes], pairs


def draw(graph, size, result="L", slope="", gaps=()):
    """(figure, parts) of a graph, in a figure of this size in inches, with nothing on its edges yet."""
    edges = graph.edges
    numbered = [(gap.kind, edges.index(gap.edge)) for gap in gaps]
    return drawn_graph(*described(graph), size, result, slope, numbered)


def shown(graph, node=None):
    """The properties of the drawing's parts: all values and gradients that a graph has by now, and `node` highlighted."""
    edges = graph.edges
    backward = edges[-1].gradient is not None
    states = ["unknown" if edge.value is None else "known" for edge in edges]
    if node:
        roles = {"upstream": node.outputs, "downstream": node.inputs} if backward else {"forward": node.outputs}
        for state, marked in roles.items():
            for edge in filter(moves, marked):
                states[edges.index(edge)] = state
    returned = [edge.gradient is not None and moves(edge) for edge in edges]
    return {
        "edges": {"states": states, "returned": returned},
        "nodes": {"highlighted": [one is node for one in graph.nodes]},
        "values": {"texts": ["" if edge.value is None else short(float(edge.value)) for edge in edges]},
        "gradients": {
            "texts": [short(float(edge.gradient)) if on else "" for edge, on in zip(edges, returned, strict=True)]
        },
    }
