"""The demos of lesson 6: backpropagation, node by node."""

import functools
from itertools import islice

import numpy as np

from nnlessons.backpropagation.gaps import gaps_of, hint, judge
from nnlessons.drawing.graph import drawn_graph, scale_of
from nnlessons.exercise.checking import ALMOST, CORRECT, MISSING, WORKING
from nnlessons.live import Button, Choice, Demo, Mistyped, Slider, Stepper, Text
from nnlessons.wording import MINUS, in_parentheses, scientific, short, trimmed, with_minus
from nnlib.formulas import parse

__all__ = ["local_rules", "neuron", "own_formula", "stepper", "to_fill_in"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- a graph and its picture ------------------------------------------------------------------------------------------

SIGNS = {"add": "+", "multiply": "×", "negative": f"{MINUS}x", "reciprocal": "1/x", "sigmoid": "σ", "relu": "ReLU"}
POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def sign_of(node):
    """The sign in a node: what it computes, the name of a variable, or a fixed number."""
    if not node.operation:
        return node.name or short(float(node.variable.value))
    if node.name == "power":
        return "x" + f"{node.operation.n:g}".translate(POWERS)
    return "" if node.name == "branch" else SIGNS.get(node.name, node.name)


def kind_of(node):
    """The kind of a node, as `drawn_graph` has it."""
    if node.operation:
        return "branch" if node.name == "branch" else "operation"
    return "variable" if node.name else "constant"


def draw(graph, size, result="f", gaps=()):
    """(figure, parts) of a graph, in a figure of this size in inches, with nothing on its edges yet."""
    edges = graph.edges
    return drawn_graph(*described(graph), size, result, gaps=[(gap.kind, edges.index(gap.edge)) for gap in gaps])


def described(graph):
    """(kinds of the nodes, words in the nodes, edges as pairs of node numbers): a graph as `drawn_graph` takes it."""
    place = {node: number for number, node in enumerate(graph.nodes)}
    pairs = [(place[edge.source], place.get(edge.target)) for edge in graph.edges]
    return [kind_of(node) for node in graph.nodes], [sign_of(node) for node in graph.nodes], pairs


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


def moves(edge):
    """Whether the value of an edge can change. That of a fixed number can't, so it needs no gradient."""
    return kind_of(edge.source) != "constant"


# -- one step, in numbers ---------------------------------------------------------------------------------------------

VALUES = {  # the formula of each node: a and b are its inputs, n is an exponent
    "add": "{a} + {b}",
    "multiply": "{a} · {b}",
    "branch": "{a}",
    "negative": f"{MINUS}1 · {{a}}",
    "reciprocal": "1 / {a}",
    "exp": "e^{a}",
    "log": "log {a}",
    "power": "{a}^{n}",
    "sigmoid": "sigmoid {a}",
    "tanh": "tanh {a}",
    "relu": "the larger of 0 and {a}",
}
TO = "To {name}: downstream = upstream × local = {upstream} × {local} = {downstream}"
SUMMED = "To {name}: what comes back on the {n} ways is added: {sum} = {downstream}"
ON_ONE_WAY = "{name}, on one of its ways"
NOTHING_SENT = "What comes in is fixed, so nothing is sent back."
UNKNOWN = "A question mark stands for what has no value, or is too large to be written."
READOUT = {
    "nothing": "There is nothing to compute here: f is {value}.",
    "begin": "The inputs are there. Step on: forward, node by node.",
    "forward": "Forward, step {k} of {n}. {sign} puts out {rule} = {out}.\n{note}",
    "copy": "Forward, step {k} of {n}. The dot copies {out}: it goes on along {ways} ways.",
    "backward": "Backward, step {k} of {n}. {sign} gets the upstream gradient {upstream}.\n{lines}\n{note}",
    "together": "Backward, step {k} of {n}. At the dot the ways come together.\n{lines}",
    "update": "The update: each input takes a step against its gradient, with η = {rate}.\n{lines}\n"
    "Forward again: f was {before} and is now {after}.",
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
        numbers = {"rule": rule, "out": out, "ways": len(node.outputs), "note": note_on(rule + out)}
        return {"line": line, "k": k, "n": n, "sign": sign_of(node), **numbers}
    line = "together" if node.name == "branch" else "backward"
    lines = sent_back(node) or NOTHING_SENT
    numbers = {"upstream": four_digits(node.outputs[0].gradient), "lines": lines, "note": note_on(lines)}
    return {"line": line, "k": k - n, "n": n, "sign": sign_of(node), **numbers}


def note_on(numbers):
    """The note on question marks, if one of these numbers is one."""
    return UNKNOWN if short(np.nan) in numbers else ""


def sent_back(node):
    """The local rule of a node with the numbers filled in, a line for each input."""
    upstream = [in_parentheses(four_digits(edge.gradient)) for edge in node.outputs]
    if node.name == "branch":
        (edge,) = node.inputs
        total = " + ".join(upstream)
        return SUMMED.format(name=name_at(edge), n=len(upstream), sum=total, downstream=four_digits(edge.gradient))
    lines = [
        TO.format(
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
        return ON_ONE_WAY.format(name=sign_of(edge.source.inputs[0].source))
    return sign_of(edge.source)


def shown_after(graph, k):
    """The patch for a graph after k steps: the drawing and the numbers for the sentence."""
    node = run(graph, k)
    return {**shown(graph, node), "readout": step_sentence(graph, node, k)}


# -- (x + y) z, with the update at the end ----------------------------------------------------------------------------

FIRST = "(x + y) * z"
FIRST_STEPS = steps_of(parse(FIRST, x=1, y=1, z=1))


def step_and_update(x, y, z, rate, step):
    """The graph of (x + y) z after this many steps; the last step is an update of x, y and z."""
    graph = parse(FIRST, x=x, y=y, z=z)
    if step <= FIRST_STEPS:
        return shown_after(graph, step)
    graph.backward()
    values, gradients = {"x": x, "y": y, "z": z}, graph.gradients
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


stepper = Demo(
    title="One node at a time through (x + y) z",
    controls={
        "x": Slider(-6.0, 6.0, value=-2.0, step=0.5),
        "y": Slider(-6.0, 6.0, value=5.0, step=0.5),
        "z": Slider(-6.0, 6.0, value=-4.0, step=0.5),
        "rate": Slider(0.01, 0.1, value=0.05, step=0.01, label="η"),
        "step": Stepper(last=FIRST_STEPS + 1),
    },
    figure=lambda: draw(parse(FIRST, x=1, y=1, z=1), (7.0, 2.8)),
    update=step_and_update,
    readout=READOUT,
    presets={
        "before": {"step": 0},
        "forward": {"step": FIRST_STEPS // 2},
        "backward": {"step": FIRST_STEPS},
        "update": {"step": FIRST_STEPS + 1},
    },
)

# -- how each node changes the gradient that arrives -------------------------------------------------------------------

NODES = {
    "add": "x + y",
    "multiply": "x * y",
    "branch": "x * y + x",
    "exp": "exp(x)",
    "1/x": "1 / x",
    "sigmoid": "sigmoid(x)",
    "ReLU": "relu(x)",
}
RULES = {
    "x + y": "An add node sends on what it gets, to both.\n{lines}",
    "x * y": "A multiply node sends to each input what it gets, times the value of the other.\n{lines}",
    "x * y + x": "x goes two ways. At the dot, what comes back on them is added.\n{lines}",
    "exp(x)": "The slope of e^x is e^x itself.\n{lines}",
    "1 / x": "The slope of 1/x is −1/x².\n{lines}",
    "sigmoid(x)": "The slope of the sigmoid is s (1 − s), where s is what it puts out.\n{lines}",
    "relu(x)": "ReLU lets the gradient through where its input is above 0, and stops it elsewhere.\n{lines}",
    "no value": "1 / 0 has no value, and so nothing can be sent back.",
}


def send_upstream(formula, x, y, upstream):
    """The graph of a formula, with this upstream gradient sent back through it."""
    graph = parse(formula, x=x, y=y)
    graph.backward(upstream)
    if not np.isfinite(graph.value):
        return {**shown(graph), "readout": {"line": "no value"}}
    lines = [sent_back(node) for node in reversed(graph.operations())]
    return {**shown(graph), "readout": {"line": formula, "lines": "\n".join(lines)}}


local_rules = Demo(
    title="What a node does to the gradient that arrives",
    controls={
        "formula": Choice(NODES, label="node"),
        "x": Slider(-4.0, 4.0, value=2.0, step=0.1),
        "y": Slider(-4.0, 4.0, value=-3.0, step=0.1, enabled=lambda formula: "y" in formula),
        "upstream": Slider(-5.0, 5.0, value=1.0, step=0.5, label="upstream"),
    },
    figure=lambda formula: draw(parse(formula, x=1, y=1), (7.0, 2.5)),
    update=send_upstream,
    readout=RULES,
)

# -- a neuron ----------------------------------------------------------------------------------------------------------

SUM = "w0*x0 + w1*x1 + w2"
SIGMOID_NEURON = f"sigmoid({SUM})"
NEURONS = {"node by node": f"1 / (1 + exp(-({SUM})))", "the sigmoid as one node": SIGMOID_NEURON}


def neuron_of(formula, w0, x0, w1, x1, w2):
    """The graph of a neuron with these numbers."""
    return parse(formula, w0=w0, x0=x0, w1=w1, x1=x1, w2=w2)


@functools.cache
def steps_of_neuron(formula):
    """The number of steps through the neuron's graph."""
    return steps_of(neuron_of(formula, 1, 1, 1, 1, 1))


WEIGHT = {"low": -4.0, "high": 4.0, "step": 0.1}
neuron = Demo(
    title="A neuron, forward and backward",
    controls={
        "formula": Choice(NEURONS, label="drawn"),
        "w0": Slider(**WEIGHT, value=2.0),
        "x0": Slider(**WEIGHT, value=-1.0),
        "w1": Slider(**WEIGHT, value=-3.0),
        "x1": Slider(**WEIGHT, value=-2.0),
        "w2": Slider(**WEIGHT, value=-3.0),
        "step": Stepper(last=steps_of_neuron),
    },
    figure=lambda formula: draw(neuron_of(formula, 1, 1, 1, 1, 1), (8.4, 2.9), result="s"),
    update=lambda formula, w0, x0, w1, x1, w2, step: shown_after(neuron_of(formula, w0, x0, w1, x1, w2), step),
    readout=READOUT,
)

# -- the reader's own graph -------------------------------------------------------------------------------------------

OWN_SIZE, LEAST_SCALE = (8.4, 4.6), 0.6  # at a smaller scale it would be too small to read
MOST_NODES = 25
TOO_LARGE = "The picture has no room for this formula: {count} nodes. Leave something out."
NAMES = ("x", "y", "z", "w")


@functools.lru_cache(maxsize=16)
def anything(formula):
    """The graph of a typed formula, with 1 for each variable. Mistyped: it can't be read, or has no room in the picture."""
    try:
        graph = parse(formula, x=1, y=1, z=1, w=1)
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
        "formula": Text("x*y + x*z", examples=("x", "1/(1 + exp(-x*y))", "(x - w)**2 + relu(y*z)"), label="f ="),
        **{
            name: Slider(-5.0, 5.0, value=value, step=0.1, enabled=uses(name))
            for name, value in zip(NAMES, (2.0, -3.0, 4.0, 1.0), strict=True)
        },
        "step": Stepper(last=lambda formula: steps_of(anything(formula))),
    },
    figure=lambda formula: draw(anything(formula), OWN_SIZE),
    update=lambda formula, x, y, z, w, step: shown_after(own(formula, x=x, y=y, z=z, w=w), step),
    readout=READOUT,
)

# -- a graph to fill in -----------------------------------------------------------------------------------------------

TO_FILL = {
    "(x + y) z": "(x + y) * z",
    "x y + x": "x*y + x",
    "(x + y) (y + z)": "(x + y) * (y + z)",
    "1 / (x + y z)": "1 / (x + y*z)",
    "sigmoid(x y + z)": "sigmoid(x*y + z)",
}
LETTERS, FIELD = "abcdef", "80px"
ANSWER_STATES = {  # verdict on what was typed -> state of the gap, sign behind its letter
    MISSING: ("open", ""),
    WORKING: ("wrong", " ≠"),
    ALMOST: ("almost", " ≈"),
    CORRECT: ("right", ""),
}
GAP = {
    "value": "{letter}, what {node} puts out, from {inputs}: {answer}",
    "and": " and ",
    "gradient": "{letter}, the gradient that goes back to {node}: {answer}",
    "missing": "still missing.",
    "answer": "{verdict}. {says}",
    "hint": "Hint for {letter}: {hint}",
    "given": "{name} = {value}",
}


def with_gaps(formula, numbers):
    """(graph, gaps): a graph with new numbers, and what is to be filled in on it."""
    graph = parse(formula, **new_inputs(formula, numbers))
    graph.backward()
    return graph, gaps_of(graph, len(LETTERS), np.random.default_rng(numbers + 1))


@functools.cache
def new_inputs(formula, numbers):
    """New inputs, other than the last ones, that leave as many numbers to work out as there are letters."""
    before = new_inputs(formula, numbers - 1) if numbers else None
    rng = np.random.default_rng(numbers + 1)
    names = sorted(set(formula) & set("xyz"))
    while True:
        inputs = dict(zip(names, map(int, rng.choice(INPUTS, size=len(names), replace=False)), strict=True))
        graph = parse(formula, **inputs)
        graph.backward()
        handy = all(0.02 <= abs(number) <= 100 for edge in graph.edges for number in (edge.value, edge.gradient))
        if inputs != before and handy and len(gaps_of(graph, len(LETTERS), rng)) == len(LETTERS):
            return inputs


INPUTS = [-4, -3, -2, 2, 3, 4, 5]


def fill_in(formula, numbers, hints, a, b, c, d, e, f):
    """The graph with its gaps, and the verdict on what was typed for each letter."""
    graph, gaps = with_gaps(formula, numbers)
    judged = [(gap, judge(graph, gap, typed)) for gap, typed in zip(gaps, (a, b, c, d, e, f), strict=False)]
    return {**with_letters(graph, judged), "readout": gap_sentences(graph, judged, hints)}


def with_letters(graph, judged):
    """The properties of the drawing's parts, with a letter and a verdict in each gap that isn't solved yet."""
    patch, edges = shown(graph), graph.edges
    for gap, answer in judged:
        if answer.verdict != CORRECT:
            patch[f"{gap.kind}s"]["texts"][edges.index(gap.edge)] = gap.letter + ANSWER_STATES[answer.verdict][1]
    patch["gaps"] = {"states": [ANSWER_STATES[answer.verdict][0] for _, answer in judged]}
    return patch


def gap_sentences(graph, judged, level):
    """The gaps in words, with a hint of this level for the first one that isn't solved yet."""
    unsolved = [gap for gap, answer in judged if answer.verdict != CORRECT]
    lines = [gap_in_words(gap, answer_in_words(answer)) for gap, answer in judged]
    if level and unsolved:
        lines.append(GAP["hint"].format(letter=unsolved[0].letter, hint=hint(unsolved[0], level, unsolved)))
    given = [GAP["given"].format(name=name, value=short(node.variable.value)) for name, node in graph.variables.items()]
    solved = len(judged) - len(unsolved)
    return {"given": ", ".join(given), "lines": "\n".join(lines), "solved": solved, "all": len(judged)}


def draw_with_gaps(graph, gaps):
    """(figure, parts) of a graph to fill in."""
    return draw(graph, (7.0, 3.0), gaps=gaps)


def answer_in_words(answer):
    """The verdict on what was typed, and why."""
    missing = answer.verdict == MISSING
    return GAP["missing"] if missing else GAP["answer"].format(verdict=answer.verdict, says=answer.text)


def gap_in_words(gap, answer):
    """What to fill in, and the verdict on what was typed."""
    if gap.kind == "gradient":
        return GAP["gradient"].format(letter=gap.letter, node=name_at(gap.edge), answer=answer)
    node = gap.edge.source
    inputs = GAP["and"].join(map(name_at, node.inputs))
    return GAP["value"].format(letter=gap.letter, node=sign_of(node), inputs=inputs, answer=answer)


to_fill_in = Demo(
    title="A graph to fill in",
    controls={
        "formula": Choice(TO_FILL, label="f =", resets=(*LETTERS, "hints")),
        "numbers": Button("new numbers", resets=(*LETTERS, "hints")),
        **{
            letter: Text("", examples=("3", "-4"), label=letter.upper(), width=FIELD, resets=("hints",))
            for letter in LETTERS
        },
        "hints": Choice({"no hint": 0, "the rule": 1, "with its numbers": 2, "the number": 3}, label="hint"),
    },
    figure=lambda formula, numbers: draw_with_gaps(*with_gaps(formula, numbers)),
    update=fill_in,
    readout="{given}. {solved} of {all} are right.\n{lines}",
)
