"""A neuron that learns one target: forward, backward, update, 20 times, with the gradients of its graph."""

from nnlessons.backpropagation.learning_figure import graph_and_outputs
from nnlessons.backpropagation.pictured import described, shown
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import rounded, trimmed
from nnlib.formulas import parse

__all__ = ["learning_neuron"]
__dir__ = __all__.copy  # what Tab shows after `learning_neuron.`

OUTPUT = "sigmoid(w0*x0 + w1*x1 + b)"
LOSS = f"({OUTPUT} - t)**2"
UPDATES = 20
WEIGHTS = {"w0": 2.0, "w1": -3.0, "b": -3.0}
HARDLY = 0.005  # an output that moves by less than this hardly moves
NEAR = 0.1  # to the target: arrived


def loss_graph(weights, x0, x1, target):
    """The graph of the loss, forward and backward."""
    graph = parse(LOSS, **weights, x0=x0, x1=x1, t=target)
    graph.backward()
    return graph


def output(weights, x0, x1):
    """What the neuron outputs with these weights."""
    return parse(OUTPUT, **weights, x0=x0, x1=x1).value


def begin(x0, x1, target):
    """(the weights and bias after each update so far, the gradient of w0 that led to the latest)."""
    return (WEIGHTS,), None


def learn(state, x0, x1, target, rate):
    """The state after one more update, or None after the last one."""
    path, _ = state
    if len(path) > UPDATES:
        return None
    gradients = loss_graph(path[-1], x0, x1, target).gradients
    return (*path, {name: value - rate * gradients[name] for name, value in path[-1].items()}), gradients["w0"]


def draw_state(state, x0, x1, target):
    """The graph with the present weights, and the output after each update."""
    path, gradient = state
    k, outputs = len(path) - 1, [output(weights, x0, x1) for weights in path]
    graph = loss_graph(path[-1], x0, x1, target)
    before, z = outputs[max(0, k - 1)], outputs[-1]
    return {
        **shown(graph),
        "outputs": {"data": (range(k + 1), outputs)},
        "here": {"data": ([k], [z])},
        "target": {"data": ([0, UPDATES], [target, target])},
        "t": {"position": (UPDATES + 0.7, target)},
        "readout": {
            "line": how_it_went(k, before, z, target),
            **{"k": k, "first": rounded(outputs[0]), "before": rounded(before), "z": rounded(z), "t": f"{target:g}"},
            "g": trimmed(graph.gradients["w0"] if gradient is None else gradient, 4),
            "w_before": rounded(path[max(0, k - 1)]["w0"]),
            "w": rounded(path[-1]["w0"]),
        },
    }


def how_it_went(k, before, z, target):
    """The key of the sentence for update k, which moved the output from `before` to z."""
    if k == 0:
        return "start"
    if k == UPDATES:
        return "arrived" if abs(z - target) < NEAR else "not yet"
    return "hardly" if abs(z - before) < HARDLY else "fell" if z < before else "rose"


INPUT = {"low": -4.0, "high": 4.0, "step": 0.5}
UPDATE = "Update {k}: with a gradient of {g}, w₀ was {w_before} and is now {w}. "

learning_neuron = Demo(
    title="A neuron learns its target",
    controls={
        "rate": Choice({f"{rate:g}": rate for rate in (0.1, 0.3, 1.0, 3.0, 10.0)}, value=1.0, label="η"),
        "target": Choice({"0": 0.0, "0.5": 0.5, "1": 1.0}, label="target t"),
        "x0": Slider(**INPUT, value=-1.0, label="x₀"),
        "x1": Slider(**INPUT, value=-2.0, label="x₁"),
    },
    figure=lambda: graph_and_outputs(*described(loss_graph(WEIGHTS, 1, 1, 0)), UPDATES),
    start=begin,
    advance=learn,
    update=draw_state,
    readout={
        "start": "The output is {z}, but the target is {t}. The gradients are there: what will the first update do to w₀?",
        "fell": UPDATE + "The output fell from {before} to {z}.",
        "rose": UPDATE + "The output rose from {before} to {z}.",
        "hardly": UPDATE + "The output hardly moved: it's {z}.",
        "arrived": "20 updates took the output from {first} to {z}. The target is {t}.",
        "not yet": "20 updates took the output from {first} to {z}, but the target is {t}.",
    },
)
