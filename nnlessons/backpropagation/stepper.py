"""The graph of (u + v) w, one node at a time: forward, backward, and an update of u, v and w at the end."""

from nnlessons.backpropagation.pictured import draw, shown
from nnlessons.backpropagation.steps import READOUT, four_digits, shown_after, steps_of
from nnlessons.live import Demo, Slider, Stepper
from nnlessons.wording import MINUS, in_parentheses
from nnlib.formulas import parse

__all__ = ["FIRST", "stepper"]
__dir__ = __all__.copy  # what Tab shows after `stepper.`

FIRST = "(u + v) * w"
STEPS = steps_of(parse(FIRST, u=1, v=1, w=1))


def step_and_update(u, v, w, rate, step):
    """The graph of (u + v) w after this many steps; the last step is an update of u, v and w."""
    graph = parse(FIRST, u=u, v=v, w=w)
    if step <= STEPS:
        return shown_after(graph, step)
    graph.backward()
    values, gradients = {"u": u, "v": v, "w": w}, graph.gradients
    moved = {name: value - rate * gradients[name] for name, value in values.items()}
    lines = []
    for name, value in values.items():
        gradient = in_parentheses(four_digits(gradients[name]))
        lines.append(f"{name} = {four_digits(value)} {MINUS} {rate:g} · {gradient} = {four_digits(moved[name])}")
    after = parse(FIRST, **moved)
    numbers = {
        "rate": f"{rate:g}",
        "lines": "\n".join(lines),
        "before": four_digits(graph.value),
        "after": four_digits(after.value),
    }
    return {**shown(after), "readout": {"line": "update", **numbers}}


NUMBER = {"low": -6.0, "high": 6.0, "step": 0.5}

stepper = Demo(
    title="One node at a time through (u + v) w",
    controls={
        "u": Slider(**NUMBER, value=-2.0),
        "v": Slider(**NUMBER, value=5.0),
        "w": Slider(**NUMBER, value=-4.0),
        "rate": Slider(0.01, 0.1, value=0.05, step=0.01, label="η"),
        "step": Stepper(last=STEPS + 1),
    },
    figure=lambda: draw(parse(FIRST, u=1, v=1, w=1), (7.0, 2.8)),
    update=step_and_update,
    readout=READOUT,
    presets={
        "before": {"step": 0},
        "forward": {"step": STEPS // 2},
        "backward": {"step": STEPS},
        "update": {"step": STEPS + 1},
    },
)
