"""The graph of any formula that the reader types."""

import functools

from nnlessons.backpropagation.pictured import described, draw
from nnlessons.backpropagation.steps import READOUT, shown_after, steps_of
from nnlessons.drawing.graph import scale_of
from nnlessons.live import Demo, Mistyped, Slider, Stepper, Text
from nnlib.formulas import parse

__all__ = ["LEAST_SCALE", "NAMES", "OWN_SIZE", "anything", "own", "own_formula"]
__dir__ = __all__.copy  # what Tab shows after `own_formula.`

OWN_SIZE, LEAST_SCALE = (8.4, 4.6), 0.6  # at a smaller scale it would be too small to read
MOST_NODES = 25
TOO_LARGE = "This formula needs {count} nodes, which is more than fits in the picture. Try a shorter one."
NAMES = ("u", "v", "w", "p")


@functools.lru_cache(maxsize=16)
def anything(formula):
    """The graph of a typed formula, with 1 for each variable. Mistyped: it can't be read, or has no room in the picture."""
    try:
        graph = parse(formula, u=1, v=1, w=1, p=1)
    except ValueError as error:
        raise Mistyped(str(error)) from None
    if len(graph.nodes) > MOST_NODES or scale_of(*described(graph), OWN_SIZE) < LEAST_SCALE:
        raise Mistyped(TOO_LARGE.format(count=len(graph.nodes)))
    return graph


def own(formula, **values):
    """The graph of a typed formula with these values."""
    anything(formula)  # raises Mistyped if the formula can't be shown
    return parse(formula, **values)


def uses(name):
    """A rule for a slider: whether the typed formula has this variable."""
    return lambda formula: name in anything(formula).variables


own_formula = Demo(
    title="The graph of your own formula",
    controls={
        "formula": Text("u*v + u*w", examples=("u", "1/(1 + exp(-u*v))", "(u - p)**2 + relu(v*w)"), label="L ="),
        **{
            name: Slider(-5.0, 5.0, value=value, step=0.1, enabled=uses(name))
            for name, value in zip(NAMES, (2.0, -3.0, 4.0, 1.0), strict=True)
        },
        "step": Stepper(last=lambda formula: steps_of(anything(formula))),
    },
    figure=lambda formula: draw(anything(formula), OWN_SIZE),
    update=lambda formula, u, v, w, p, step: shown_after(own(formula, u=u, v=v, w=w, p=p), step),
    readout=READOUT,
)
