"""One node, or a branch, and what it does to the gradient that arrives from the right."""

import numpy as np

from nnlessons.backpropagation.pictured import draw, shown
from nnlessons.backpropagation.steps import returned_by
from nnlessons.live import Choice, Demo, Slider
from nnlib.formulas import parse

__all__ = ["NODES", "local_rules"]
__dir__ = __all__.copy  # what Tab shows after `local_rules.`

NODES = {
    "add": "u + v",
    "subtract": "u - v",
    "multiply": "u * v",
    "branch": "u * v + u",
    "sigmoid": "sigmoid(u)",
    "ReLU": "relu(u)",
    "exp": "exp(u)",
    "1/u": "1 / u",
}
RULES = {
    "u + v": "An add node passes dout on to both inputs as it is.\n{lines}",
    "u - v": "A subtraction adds −v: u gets dout as it is, and for v the negate node flips its sign.\n{lines}",
    "u * v": "A multiply node swaps: each input gets dout times the value of the other input.\n{lines}",
    "u * v + u": "u takes two paths to the output. At the dot, what comes back on them is added.\n{lines}",
    "exp(u)": "The slope of e^u is e^u itself, the value that the node outputs.\n{lines}",
    "1 / u": "The slope of 1/u is −1/u².\n{lines}",
    "sigmoid(u)": "The sigmoid's slope is out (1 − out), computed from the value that it outputs.\n{lines}",
    "relu(u)": "ReLU passes dout on if its input is above 0. Otherwise nothing gets through.\n{lines}",
    "no value": "1/0 has no value, so nothing can come back.",
}


def pass_back(formula, u, v, dout):
    """The graph of a formula, with this upstream gradient passed back through it."""
    graph = parse(formula, u=u, v=v)
    graph.backward(dout)
    if not np.isfinite(graph.value):
        return {**shown(graph), "readout": {"line": "no value"}}
    return {**shown(graph), "readout": {"line": formula, "lines": returned_by(graph.operations()[0])}}


local_rules = Demo(
    title="What a node does to the gradient that arrives",
    controls={
        "formula": Choice(NODES, value=NODES["multiply"], label="node"),
        "u": Slider(-4.0, 4.0, value=2.0, step=0.1),
        "v": Slider(-4.0, 4.0, value=-3.0, step=0.1, enabled=lambda formula: "v" in formula),
        "dout": Slider(-5.0, 5.0, value=2.0, step=0.5, label="dout (upstream)"),
    },
    figure=lambda formula: draw(parse(formula, u=1, v=1), (7.0, 2.5), result="out", slope="dout"),
    update=pass_back,
    readout=RULES,
)
