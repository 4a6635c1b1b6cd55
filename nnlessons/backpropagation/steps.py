"""A walk through a graph, one node at a time: the picture after k steps, and each step in words."""

from itertools import islice

import numpy as np

from nnlessons.backpropagation.pictured import kind_of, moves, shown, sign_of
from nnlessons.wording import in_parentheses, scientific, short, trimmed, with_minus

__all__ = ["READOUT", "four_digits", "name_at", "returned_by", "shown_after", "steps_of"]
__dir__ = __all__.copy  # what Tab shows after `steps.`

VALUES = {  # the formula of each node: a and b are its inputs, n is an exponent
    "add": "{a} + {b}",
    "multiply": "{a} · {b}",
    "branch": "{a}",
    "negative": "−1 · {a}",
    "reciprocal": "1 / {a}",
    "exp": "e^{a}",
    "log": "log {a}",
    "power": "{a}^{n}",
    "sigmoid": "sigmoid {a}",
    "tanh": "tanh {a}",
    "relu": "the larger of 0 and {a}",
}
PASSED_BACK = "{name} gets upstream × local = {upstream} × {local} = {downstream}"
SUMMED = "{name} gets the sum of what comes back on its {n} paths: {sum} = {downstream}"
ON_ONE_PATH = "{name} (on one path)"
NOTHING_PASSED = "Its input is a fixed number, so it passes nothing back."
UNKNOWN = "A question mark means that there's no value, or one too large to write."
READOUT = {
    "nothing": "There's nothing to compute here: the result is {value}.",
    "begin": "Only the inputs have values so far. Take a step to go forward, node by node.",
    "forward": "Forward, step {k} of {n}: {sign} outputs {rule} = {out}.\n{note}",
    "copy": "Forward, step {k} of {n}: the dot copies {out} onto {paths} paths.",
    "backward": "Backward, step {k} of {n}: {sign} has an upstream gradient of {upstream}.\n{lines}\n{note}",
    "together": "Backward, step {k} of {n}: at the dot the paths meet.\n{lines}",
    "update": "Update with η = {rate}: each number takes a step against its gradient.\n{lines}\n"
    "Forward again: the result was {before} and is now {after}.",
}


def four_digits(number):
    """A number for the lines below the picture: at most four digits after the point, or four in all for small and large ones."""
    number = float(number)
    if not np.isfinite(number):
        return short(number)
    if number == 0 or 1e-5 <= abs(number) < 1e7:
        return trimmed(number, 4 if abs(number) >= 0.01 else 6)
    return scientific(number)


def steps_of(graph):
    """The number of steps: each operation once forward, once backward."""
    return 2 * len(graph.operations())


def run(graph, steps):
    """Take this many steps, forward node by node, then backward. Return the node of the last one, or None if there was none."""
    taken = list(islice(graph.steps(), steps))
    return taken[-1] if taken else None


def step_sentence(graph, node, k):
    """Which sentence of READOUT describes step k, which was this node's, and the numbers in it."""
    n = len(graph.operations())
    if not n:
        return {"line": "nothing", "value": four_digits(graph.value)}
    if node is None:
        return {"line": "begin"}
    if k <= n:
        inputs = [in_parentheses(four_digits(edge.value)) for edge in node.inputs]
        power = with_minus(f"{getattr(node.operation, 'n', 0):g}")
        rule = VALUES[node.name].format(a=inputs[0], b=inputs[-1], n=power)
        out = four_digits(node.outputs[0].value)
        line = "copy" if node.name == "branch" else "forward"
        numbers = {"rule": rule, "out": out, "paths": len(node.outputs), "note": note_on(rule + out)}
        return {"line": line, "k": k, "n": n, "sign": sign_of(node), **numbers}
    line = "together" if node.name == "branch" else "backward"
    lines = returned_by(node) or NOTHING_PASSED
    numbers = {"upstream": four_digits(node.outputs[0].gradient), "lines": lines, "note": note_on(lines)}
    return {"line": line, "k": k - n, "n": n, "sign": sign_of(node), **numbers}


def note_on(numbers):
    """The note on question marks, if one of these numbers is one."""
    return UNKNOWN if short(np.nan) in numbers else ""


def returned_by(node):
    """The local rule of a node with the numbers filled in, a line for each input."""
    upstream = [in_parentheses(four_digits(edge.gradient)) for edge in node.outputs]
    if node.name == "branch":
        (edge,) = node.inputs
        total = " + ".join(upstream)
        return SUMMED.format(name=name_at(edge), n=len(upstream), sum=total, downstream=four_digits(edge.gradient))
    lines = [
        PASSED_BACK.format(
            name=name_at(edge),
            upstream=upstream[0],
            local=in_parentheses(four_digits(local)),
            downstream=four_digits(edge.gradient),
        )
        for edge, local in zip(node.inputs, node.local, strict=True)
        if moves(edge)
    ]
    return "\n".join(lines)


def name_at(edge):
    """The name of the node that an edge comes from; of a branch, the name of what it copies."""
    if kind_of(edge.source) == "branch":
        return ON_ONE_PATH.format(name=sign_of(edge.source.inputs[0].source))
    return sign_of(edge.source)


def shown_after(graph, k):
    """The patch for a graph after k steps: the drawing and the numbers for the sentence."""
    node = run(graph, k)
    return {**shown(graph, node), "readout": step_sentence(graph, node, k)}
