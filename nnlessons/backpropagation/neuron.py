"""A whole neuron as a graph, with the sigmoid as one node or as four."""

import functools

from nnlessons.backpropagation.pictured import draw
from nnlessons.backpropagation.steps import READOUT, shown_after, steps_of
from nnlessons.live import Choice, Demo, Slider, Stepper
from nnlib.formulas import parse

__all__ = ["NEURONS", "SIGMOID_NEURON", "neuron"]
__dir__ = __all__.copy  # what Tab shows after `neuron.`

SUM = "w0*x0 + w1*x1 + b"
SIGMOID_NEURON = f"sigmoid({SUM})"
NEURONS = {"the sigmoid as one node": SIGMOID_NEURON, "node by node": f"1 / (1 + exp(-({SUM})))"}


def neuron_of(formula, w0, x0, w1, x1, b):
    """The graph of a neuron with these numbers."""
    return parse(formula, w0=w0, x0=x0, w1=w1, x1=x1, b=b)


@functools.cache
def steps_of_neuron(formula):
    """The number of steps through the neuron's graph."""
    return steps_of(neuron_of(formula, 1, 1, 1, 1, 1))


NUMBER = {"low": -4.0, "high": 4.0, "step": 0.1}

neuron = Demo(
    title="A neuron, forward and backward",
    controls={
        "formula": Choice(NEURONS, label="drawn"),
        "w0": Slider(**NUMBER, value=2.0, label="w₀"),
        "x0": Slider(**NUMBER, value=-1.0, label="x₀"),
        "w1": Slider(**NUMBER, value=-3.0, label="w₁"),
        "x1": Slider(**NUMBER, value=-2.0, label="x₁"),
        "b": Slider(**NUMBER, value=-3.0),
        "step": Stepper(last=steps_of_neuron),
    },
    figure=lambda formula: draw(neuron_of(formula, 1, 1, 1, 1, 1), (8.4, 2.9), result="z"),
    update=lambda formula, w0, x0, w1, x1, b, step: shown_after(neuron_of(formula, w0, x0, w1, x1, b), step),
    readout=READOUT,
)
