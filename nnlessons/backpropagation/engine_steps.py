"""The five steps of building an engine, each an exercise: what the reader writes is run on Values, and judged by its numbers."""

import functools
import types
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlessons.backpropagation.engine import Value, add, backward, in_order, multiply, sigmoid_of
from nnlessons.exercise.checking import CORRECT, Answer, Exercise, Mistake, has_hole
from nnlib.activations import sigmoid

__all__ = ["Step", "engine", "engine_add", "engine_backward", "engine_multiply", "engine_sigmoid", "engine_value"]
__dir__ = __all__.copy  # what Tab shows after `engine_steps.`

OURS = Value, add, multiply, sigmoid_of, backward


@dataclass(frozen=True, eq=False)
class Step:
    """A part of the engine for the reader to write. Calling it with that part gives feedback.

    exercise  judges the part as a function of numbers
    probe     makes that function: it runs the part on Values, and reads off the numbers
    done      what to say if everything is right
    """

    exercise: Exercise
    probe: Callable
    done: str

    def __call__(self, part):
        answer = self.exercise(self.probe(part) if callable(part) else part)
        return Answer(CORRECT, self.done) if answer.verdict == CORRECT else answer


# -- reading numbers off Values ---------------------------------------------------------------------------------------


def number(thing):
    """A thing as a float; NaN if it isn't a single number."""
    try:
        return float(thing)
    except Exception:  # None, a Value, text
        return np.nan


def listed(thing):
    """A tuple or list as a list, otherwise None."""
    return list(thing) if isinstance(thing, tuple | list) else None


def size(thing):
    """How many things are in a tuple or list; NaN if it's something else."""
    return np.nan if listed(thing) is None else len(thing)


def is_open(thing):
    """Whether dots are still there, in a thing or in a tuple."""
    return thing is ... or any(one is ... for one in listed(thing) or ())


def fields(thing):
    """value, parents, local and gradient of a Value; None for what it hasn't got."""
    return [getattr(thing, name, None) for name in ("value", "parents", "local", "gradient")]


def local_for(one, parents, local):
    """The local gradient that a Value keeps for one of its parents; NaN if there is none."""
    pairs = zip(listed(parents) or (), listed(local) or (), strict=False)
    return number(next((slope for parent, slope in pairs if parent is one), None))


def value_class(function):
    """The Value class that a learner's function uses: the learner's own if it's right, otherwise ours."""
    own = getattr(function, "__globals__", {}).get("Value")
    if own is Value or not callable(own):
        return Value
    return own if engine_value(own).verdict == CORRECT else Value


def using(function, kind):
    """A function in which the name Value means this class."""
    if not isinstance(function, types.FunctionType):
        return function
    names = {**function.__globals__, "Value": kind}
    return types.FunctionType(function.__code__, names, None, function.__defaults__, function.__closure__)


# -- 1: a Value -------------------------------------------------------------------------------------------------------


def probe_value(kind):
    """A function of numbers that makes two Values with a class, one with two parents and one without."""

    def probed(value, *slopes):
        parents = Value(value + 1), Value(value + 2)
        made, alone = kind(value, parents, slopes), kind(value)
        kept, kept_alone = fields(made), fields(alone)
        if any(map(is_open, kept + kept_alone)):
            return ...
        own_parents, own_local = ((listed(each) or [])[:2] for each in kept[1:3])
        own_parents = [getattr(each, "value", None) for each in own_parents]
        pairs = [*own_parents, None, None][:2], [*own_local, None, None][:2]
        found = [kept[0], *pairs[0], *pairs[1], kept[3], size(kept_alone[1]), size(kept_alone[2])]
        return [number(each) for each in found]

    probed.__wrapped__ = getattr(kind, "__init__", None)
    return probed


def keeping(without=(), **rules):
    """A class like Value that doesn't keep what's in `without`, and keeps something else by a rule (value, parents, local)."""

    class Other:
        def __init__(self, value, parents=(), local=()):
            kept = {"value": value, "parents": parents, "local": local, "gradient": 0}
            kept |= {name: rule(value, parents, local) for name, rule in rules.items()}
            vars(self).update({name: thing for name, thing in kept.items() if name not in without})

    return Other


def wrong_value(message, without=(), **rules):
    return Mistake(probe_value(keeping(without, **rules)), message)


engine_value = Step(
    Exercise(
        name="exercises.engine_value",
        solution=probe_value(Value),
        cases=lambda rng: [tuple(float(each) for each in rng.uniform(1.5, 4, size=3)) for _ in range(3)],
        parts=(
            "the stored value",
            "the value of the first parent",
            "the value of the second parent",
            "the first local gradient",
            "the second local gradient",
            "the stored gradient",
            "the number of parents of Value(2.0)",
            "the number of local gradients of Value(2.0)",
        ),
        mistakes=(
            wrong_value(
                "Your Value keeps nothing. Start each line with self., as in self.value = value.",
                ("value", "parents", "local", "gradient"),
            ),
            wrong_value("Your Value doesn't keep its value. Store it with self.value = value.", ("value",)),
            wrong_value("Your Value doesn't keep its parents. Store them with self.parents = parents.", ("parents",)),
            wrong_value("Your Value doesn't keep the local gradients. Store them with self.local = local.", ("local",)),
            wrong_value("Your Value has no gradient yet. Let it start at 0, with self.gradient = 0.", ("gradient",)),
            wrong_value(
                "You started the gradient at 1. Start it at 0: only the result gets a 1, later, in backward.",
                gradient=lambda value, parents, local: 1,
            ),
            wrong_value(
                "You stored the value as the gradient. Start the gradient at 0.",
                gradient=lambda value, parents, local: value,
            ),
            wrong_value(
                "You stored the local gradients as the gradient. Start the gradient at 0.",
                gradient=lambda value, parents, local: local,
                local=lambda value, parents, local: parents,
            ),
            wrong_value(
                "You swapped parents and local.",
                parents=lambda value, parents, local: local,
                local=lambda value, parents, local: parents,
            ),
            wrong_value(
                "You always store an empty tuple of parents. Store what you're given: self.parents = parents.",
                parents=lambda value, parents, local: (),
            ),
            wrong_value(
                "You always store an empty tuple of local gradients. Store what you're given: self.local = local.",
                local=lambda value, parents, local: (),
            ),
        ),
        hints=(
            "Four things are stored, each with a line that starts with self. and the name of the thing.",
            "Three of them are what __init__ is given. The fourth, the gradient, starts at 0.",
            "self.value = value, then self.parents = parents, then self.local = local, then self.gradient = 0",
        ),
    ),
    probe_value,
    "Your Value remembers its number, its parents and its local gradients, and its gradient starts at 0.",
)

# -- 2 to 4: operations -----------------------------------------------------------------------------------------------


def probe_operation(function):
    """A function of numbers that runs an operation on Values, and reads off the Value that it returns."""
    kind = value_class(function)
    ready = using(function, kind)

    def probed(*numbers):
        given = [kind(each) for each in numbers]
        made = ready(*given)
        if made is None or is_open(made):
            return made if made is None else ...
        value, parents, local, _ = fields(made)
        if any(map(is_open, (value, parents, local))):
            return ...
        ours = sum(any(one is each for each in given) for one in listed(parents) or ())
        slopes = [local_for(each, parents, local) for each in given]
        return [number(value), size(parents), float(ours), size(local), *slopes]

    probed.__wrapped__ = function
    return probed


PARTS = ("its value", "the number of its parents", "the number of parents that are the Values themselves")
PARTS += ("the number of its local gradients", "the local gradient for u", "the local gradient for v")
NO_VALUE = "You returned something that isn't a Value. Wrap it: Value(the number, the parents, the local gradients)."
NO_PARENTS = "You only passed the number to Value. Without parents, nothing can come back: pass them and the local gradients too."
NO_LOCAL = "You passed no local gradients. They're the third thing that Value needs, one for each parent."
PARENTS_AS_NUMBERS = (
    "Your parents are numbers. Pass the Values themselves, without .value: backward has to find them again."
)
NO_TUPLE = (
    "Your local gradients aren't in a tuple. Write one for each parent, in parentheses and with a comma between them."
)
ONE_LOCAL = "You passed one local gradient for two parents. Write one for each."


def wrong(message, function):
    return Mistake(probe_operation(function), message)


def two_numbers(rng):
    """Three cases of two numbers that can't be mistaken for each other."""
    return [tuple(float(each) for each in rng.uniform(low, high, size=2)) for low, high in ((2, 3), (-4, -3), (5, 7))]


engine_add = Step(
    Exercise(
        name="exercises.engine_add",
        solution=probe_operation(add),
        cases=two_numbers,
        parts=PARTS,
        mistakes=(
            wrong(
                "Your local gradients are the inputs' values. In a sum, each input counts just as much: both are 1.",
                lambda u, v: Value(u.value + v.value, (u, v), (u.value, v.value)),
            ),
            wrong(
                "Your local gradients belong to a multiply node. In a sum, both are 1.",
                lambda u, v: Value(u.value + v.value, (u, v), (v.value, u.value)),
            ),
            wrong(
                "You split the 1 between the inputs. Raise either one by 1, and the sum rises by 1: both are 1.",
                lambda u, v: Value(u.value + v.value, (u, v), (0.5, 0.5)),
            ),
            wrong(
                "Your local gradients are 0. Raise u by 1, and the sum rises by 1: both are 1.",
                lambda u, v: Value(u.value + v.value, (u, v), (0, 0)),
            ),
            wrong("You multiplied the values. Add them.", lambda u, v: Value(u.value * v.value, (u, v), (1, 1))),
            wrong(PARENTS_AS_NUMBERS, lambda u, v: Value(u.value + v.value, (u.value, v.value), (1, 1))),
            wrong(NO_PARENTS, lambda u, v: Value(u.value + v.value)),
            wrong(NO_LOCAL, lambda u, v: Value(u.value + v.value, (u, v))),
            wrong(NO_TUPLE, lambda u, v: Value(u.value + v.value, (u, v), 1)),
            wrong(ONE_LOCAL, lambda u, v: Value(u.value + v.value, (u, v), (1,))),
            wrong(NO_VALUE, lambda u, v: u.value + v.value),
        ),
        hints=(
            "A new Value needs three things: its number, its parents, and one local gradient for each parent.",
            "The number is u.value + v.value, and the parents are (u, v). When u moves by 1, how far does the sum move?",
            "return Value(u.value + v.value, (u, v), (1, 1))",
        ),
    ),
    probe_operation,
    "Your add makes a Value that knows its parents, and that each counts with a slope of 1.",
)

engine_multiply = Step(
    Exercise(
        name="exercises.engine_multiply",
        solution=probe_operation(multiply),
        cases=two_numbers,
        parts=PARTS,
        mistakes=(
            wrong(
                "You gave each input its own value as its local gradient. Swap them: when u moves, v is the factor.",
                lambda u, v: Value(u.value * v.value, (u, v), (u.value, v.value)),
            ),
            wrong(
                "Your local gradients belong to an add node. At a multiply node, each is the value of the other input.",
                lambda u, v: Value(u.value * v.value, (u, v), (1, 1)),
            ),
            wrong(
                "Your local gradients are the whole product. For u it's only the value of v, and for v the value of u.",
                lambda u, v: Value(u.value * v.value, (u, v), (u.value * v.value, u.value * v.value)),
            ),
            wrong(
                "Your local gradients are Values. Use their numbers, v.value and u.value.",
                lambda u, v: Value(u.value * v.value, (u, v), (v, u)),
            ),
            wrong(
                "You added the values. Multiply them.",
                lambda u, v: Value(u.value + v.value, (u, v), (v.value, u.value)),
            ),
            wrong(PARENTS_AS_NUMBERS, lambda u, v: Value(u.value * v.value, (u.value, v.value), (v.value, u.value))),
            wrong(NO_PARENTS, lambda u, v: Value(u.value * v.value)),
            wrong(NO_LOCAL, lambda u, v: Value(u.value * v.value, (u, v))),
            wrong(NO_TUPLE, lambda u, v: Value(u.value * v.value, (u, v), v.value)),
            wrong(ONE_LOCAL, lambda u, v: Value(u.value * v.value, (u, v), (v.value,))),
            wrong(NO_VALUE, lambda u, v: u.value * v.value),
        ),
        hints=(
            "It's like add, with another number and other local gradients.",
            "When u moves by 1, the product moves by v.value. So that's the local gradient for u. And for v?",
            "return Value(u.value * v.value, (u, v), (v.value, u.value))",
        ),
    ),
    probe_operation,
    "Your multiply makes a Value that knows its parents, and the slope for each: the value of the other one.",
)


def sigmoid_with(slope):
    """sigmoid_of with another local gradient, made of the input's number and the sigmoid's."""

    def other(u):
        z = float(sigmoid(u.value))
        return Value(z, (u,), (slope(u.value, z),))

    return other


engine_sigmoid = Step(
    Exercise(
        name="exercises.engine_sigmoid",
        solution=probe_operation(sigmoid_of),
        cases=lambda rng: [(float(each),) for each in rng.uniform(0.4, 1.6, size=3) * [1, -1, 1]],
        parts=PARTS[:-1],
        mistakes=(
            wrong(
                "You used the sigmoid's value as its local gradient. Its slope is z (1 - z).",
                sigmoid_with(lambda u, z: z),
            ),
            wrong("You forgot a factor: the slope is z (1 - z).", sigmoid_with(lambda u, z: 1 - z)),
            wrong(
                "You put u.value into the slope. It's z (1 - z), and z is the sigmoid of u.value.",
                sigmoid_with(lambda u, z: u * (1 - u)),
            ),
            wrong("You passed on a local gradient of 1. The slope is z (1 - z).", sigmoid_with(lambda u, z: 1)),
            wrong("You need parentheses around 1 - z: the slope is z * (1 - z).", sigmoid_with(lambda u, z: z * 1 - z)),
            wrong("You used the slope of tanh, 1 - z². Here it's z (1 - z).", sigmoid_with(lambda u, z: 1 - z**2)),
            wrong(
                "You kept the input's value. The value of the new Value is z, the sigmoid of u.value.",
                lambda u: Value(u.value, (u,), (float(sigmoid(u.value) * (1 - sigmoid(u.value))),)),
            ),
            wrong(
                "A comma is missing. (u) is just u, while (u,) is a tuple with one Value in it. The same goes for the slope.",
                lambda u: Value(float(sigmoid(u.value)), u, 0.0),
            ),
            wrong(
                "A comma is missing behind the slope: (slope) is just a number, while (slope,) is a tuple.",
                lambda u: Value(float(sigmoid(u.value)), (u,), 0.0),
            ),
            wrong(
                "A comma is missing behind u: (u) is just u, while (u,) is a tuple with one Value in it.",
                lambda u: Value(float(sigmoid(u.value)), u, (0.0,)),
            ),
            wrong(
                "Your parent is a number. Pass the Value itself, (u,).",
                lambda u: Value(float(sigmoid(u.value)), (u.value,), (0.0,)),
            ),
            wrong(NO_PARENTS, lambda u: Value(float(sigmoid(u.value)))),
            wrong(NO_LOCAL, lambda u: Value(float(sigmoid(u.value)), (u,))),
            wrong(NO_VALUE, lambda u: float(sigmoid(u.value))),
        ),
        hints=(
            "First z = sigmoid(u.value). That's the number of the new Value.",
            "It has one parent, (u,), and one local gradient, the slope z (1 - z). Don't forget the commas in the tuples.",
            "z = sigmoid(u.value), and then return Value(z, (u,), (z * (1 - z),))",
        ),
    ),
    probe_operation,
    "Your sigmoid_of makes a Value with one parent and the slope z (1 - z).",
)

# -- 5: backward ------------------------------------------------------------------------------------------------------

MOST = 10_000  # times that a walk may look at the parents of one Value


class Watched(Value):
    """A Value that ends an endless walk: it counts how often someone looks at its parents."""

    looks = 0

    @property
    def parents(self):
        self.looks += 1
        if self.looks > MOST:
            raise RuntimeError(f"your walk came back to the same Value {MOST:,} times. Does your loop ever end?")
        return self.kept_parents

    @parents.setter
    def parents(self, parents):
        self.kept_parents = parents


WATCHED_ADD, WATCHED_MULTIPLY, WATCHED_SIGMOID = (using(each, Watched) for each in (add, multiply, sigmoid_of))


def reused(u, v, w):
    """q q + q w, with q = u v."""
    q = WATCHED_MULTIPLY(u, v)
    return WATCHED_ADD(WATCHED_MULTIPLY(q, q), WATCHED_MULTIPLY(q, w))


GRAPHS = {  # what the reader's backward has to walk through
    "L = (u + v) w": lambda u, v, w: WATCHED_MULTIPLY(WATCHED_ADD(u, v), w),
    "L = u u": lambda u, v, w: WATCHED_MULTIPLY(u, u),
    "L = sigmoid(u v + w)": lambda u, v, w: WATCHED_SIGMOID(WATCHED_ADD(WATCHED_MULTIPLY(u, v), w)),
    "L = q q + q w with q = u v": reused,
}


def probe_backward(function):
    """A function of u, v and w that goes backward through all the GRAPHS, and reads off the gradients."""
    is_unfinished = functools.cache(lambda: has_hole(function))  # it parses the source, so once is enough

    def probed(*numbers):
        found = []
        for graph in GRAPHS.values():
            inputs = [Watched(each) for each in numbers]
            function(graph(*inputs))
            found += [each.gradient for each in inputs]
        if any(map(is_open, found)) or (not any(found) and is_unfinished()):
            return ...
        return [number(each) for each in found]

    probed.__wrapped__ = function
    return probed


def walk_with(rule, start=1):
    """backward with another rule for the new gradient of a parent: rule(node, parent, local)."""

    def walk(result):
        result.gradient = start
        for node in reversed(in_order(result)):
            for parent, local in zip(node.parents, node.local, strict=True):
                parent.gradient = rule(node, parent, local)

    return walk


def start_at_the_value(result):
    """Starts with the result's value instead of 1."""
    walk_with(lambda node, parent, local: parent.gradient + node.gradient * local, result.value)(result)


def only_its_parents(result):
    """Doesn't go on from the parents of the result."""
    result.gradient = 1
    for parent, local in zip(result.parents, result.local, strict=True):
        parent.gradient += local


def along_every_path(result):
    """Goes on from a parent each time that something comes back to it, before everything has."""
    result.gradient = 1
    go_on(result)


def go_on(node):
    for parent, local in zip(node.parents, node.local, strict=True):
        parent.gradient += node.gradient * local
        go_on(parent)


def wrong_walk(message, function):
    return Mistake(probe_backward(function), message)


engine_backward = Step(
    Exercise(
        name="exercises.engine_backward",
        solution=probe_backward(backward),
        cases=lambda rng: [tuple(float(each) for each in rng.uniform(0.6, 1.8, size=3)) for _ in range(3)],
        parts=tuple(f"the gradient of {name} in {graph}" for graph in GRAPHS for name in "uvw"),
        mistakes=(
            wrong_walk(
                "You wrote = instead of +=. A Value that's used twice gets a gradient along both paths, and they add up.",
                walk_with(lambda node, parent, local: node.gradient * local),
            ),
            wrong_walk(
                "Only the result's own parents get a gradient. Go through all the Values, starting at the result: "
                "reversed(in_order(result)).",
                only_its_parents,
            ),
            wrong_walk(
                "All the gradients stay 0. Set result.gradient = 1 before the loop, and in it add to parent.gradient.",
                walk_with(lambda node, parent, local: parent.gradient + node.gradient * local, start=0),
            ),
            wrong_walk(
                "You added upstream and local. Multiply them: node.gradient * local.",
                walk_with(lambda node, parent, local: parent.gradient + node.gradient + local),
            ),
            wrong_walk(
                "You used the local gradient alone. Multiply it by the upstream gradient, node.gradient.",
                walk_with(lambda node, parent, local: parent.gradient + local),
            ),
            wrong_walk(
                "You passed node.gradient on as it is. Multiply it by local.",
                walk_with(lambda node, parent, local: parent.gradient + node.gradient),
            ),
            wrong_walk(
                "You multiplied by parent.value. Multiply by local, which already has the right slope.",
                walk_with(lambda node, parent, local: parent.gradient + node.gradient * parent.value),
            ),
            wrong_walk(
                "You used node.value as the upstream gradient. It's node.gradient.",
                walk_with(lambda node, parent, local: parent.gradient + node.value * local),
            ),
            wrong_walk(
                "You started with the result's value. Start with 1: the result changes exactly as fast as itself.",
                start_at_the_value,
            ),
            wrong_walk(
                "You went on from a Value before all of its gradient had come back, so some of it is counted twice. Visit "
                "each Value once: for node in reversed(in_order(result)).",
                along_every_path,
            ),
            wrong_walk(
                "You subtracted from parent.gradient. Add to it, with +=.",
                walk_with(lambda node, parent, local: parent.gradient - node.gradient * local),
            ),
        ),
        hints=(
            "Start with result.gradient = 1. Then visit every Value, from the result to the inputs: reversed(in_order(result)).",
            "At each node, go through its parents and their local gradients together: for parent, local in "
            "zip(node.parents, node.local):",
            "In that inner loop: parent.gradient += node.gradient * local",
        ),
    ),
    probe_backward,
    "Your backward gets every gradient right, even if a Value is used twice. That's backpropagation, and you wrote it.",
)

# -- all five together ------------------------------------------------------------------------------------------------

TOGETHER = {
    "yours": "All five pieces are yours.",
    "ours": "Not all five pieces are right yet, so for now this is our engine.",
}


def engine(Value, add, multiply, sigmoid_of, backward):
    """The reader's five pieces as one thing, in which + and * on Values are add and multiply; ours while one isn't right yet.

    -> an object with Value, sigmoid and backward. Prints whose engine it is.
    """
    pieces = Value, add, multiply, sigmoid_of, backward
    steps = engine_value, engine_add, engine_multiply, engine_sigmoid, engine_backward
    yours = all(step(piece).verdict == CORRECT for step, piece in zip(steps, pieces, strict=True))
    print(TOGETHER["yours" if yours else "ours"])
    Value, add, multiply, sigmoid_of, backward = pieces if yours else OURS
    Value.__add__, Value.__mul__ = add, multiply
    return types.SimpleNamespace(Value=Value, sigmoid=sigmoid_of, backward=backward)
