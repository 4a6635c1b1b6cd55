"""Checks a learner's function, and says what is wrong with it instead of only that something is.

The function runs on numbers that the exercise chooses. Its results are compared with the solution's, and where they differ,
with the results of common mistakes, so that the feedback can name the mistake.
"""

import ast
import builtins
import html
import inspect
import io
import linecache
import traceback
import warnings
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import NamedTuple
from unittest.mock import patch

import numpy as np

__all__ = ["ALMOST", "CORRECT", "MISSING", "WORKING", "Answer", "EdgeCase", "Exercise", "Fault", "Mistake", "has_hole"]
__dir__ = __all__.copy  # what Tab shows after `checking.`

MISSING, WORKING, ALMOST, CORRECT = "still missing", "keep working", "almost", "correct"
RELATIVE, ABSOLUTE = 1e-6, 1e-9  # how far a result may be from the solution's

MARKS = {MISSING: ("\N{HORIZONTAL ELLIPSIS}", "#6E6E6E"), WORKING: ("\N{MULTIPLICATION X}", "#D55E00")}
MARKS |= {ALMOST: ("\N{ALMOST EQUAL TO}", "#0072B2"), CORRECT: ("\N{CHECK MARK}", "#007A5A")}

WORDS = {
    "no function": "Hand over the function itself, like {name}(my_function), without calling it.",
    "missing": "Replace the dots ... in your function, then run the cell again.",
    "input": "Your function calls input(), which can't be used here. Take the numbers from the function's arguments.",
    "interrupted": "The check was interrupted. If your function took too long, does it have a loop that never ends?",
    "nothing": "Your function returns nothing. Does its last line begin with return?",
    "raised": "Your function stopped with {error}.",
    "raised in line": "Your function stopped with {error} in its line {number}: {text}",
    "changed": "Your function changes an array that it's given. Compute a new one, and leave the one that came in as it was.",
    "kind": "Your function should return numbers, and returned {kind}.",
    "parts": "Your function returns {count} things of different shapes: {shapes}. Return only what is asked for.",
    "shape": "Given {given}, your function returns shape {got}, expected {expected}.",
    "value": "At x = {x} your function gives {got}, expected {expected}.",
    "whole": "Given {given}, your function gives {got}, expected {expected}.",
    "place": "Given {given}, your function gives {got} at [{place}], expected {expected}.",
    "part": "Given {given}, {part} is {got}, expected {expected}.",
    "rounded": "The first digits are right, the later ones are not. Return the number itself, without rounding.",
    "either": "Either: {one} Or: {other}",
    "correct": "Your function agrees on all the numbers that it was tried with.",
    "hint": "Hint {number}",
}

KINDS = {"c": "complex numbers", "U": "text", "S": "text"}  # NumPy's letters for them


@dataclass(frozen=True)
class Mistake:
    """A function that learners often write instead of the solution, and the message that tells them what to change.

    In an exercise the function takes the exercise's arguments, for a gap in a graph the numbers around the gap.
    """

    function: Callable
    message: str


@dataclass(frozen=True)
class EdgeCase:
    """Arguments at which a function that is right elsewhere may still fail, and the message if it does.

    A function that fails only here is "almost" right. `means` are the failures that the message is about: "value", "shape",
    "nothing" or names of errors, and by default all of them. Any other failure gets the general text.
    """

    arguments: tuple
    message: str
    means: tuple = ("value", "shape", "nothing", "Exception")


class Fault(NamedTuple):
    """What is wrong with a function in one case, with the names that an EdgeCase has for this failure."""

    verdict: str
    text: str
    names: tuple = ()


@dataclass(frozen=True)
class Answer:
    """The feedback on a function: a verdict, a text, and hints, each folded away. The notebook shows it below the cell."""

    verdict: str
    text: str
    hints: tuple = ()

    def __repr__(self):
        return f"{self.verdict}: {self.text}"

    def _repr_html_(self):
        mark, colour = MARKS[self.verdict]
        hints = "".join(
            f"<details><summary>{WORDS['hint'].format(number=number)}</summary>{html.escape(hint)}</details>"
            for number, hint in enumerate(self.hints, 1)
        )
        return (
            f'<div style="border-left: 4px solid {colour}; padding: 2px 10px; font-size: 15px">'
            f"<b>{mark} {self.verdict}</b><br>{html.escape(self.text)}{hints}</div>"
        )


@dataclass(frozen=True, eq=False)
class Exercise:
    """A function for the learner to write. Calling the exercise with that function gives feedback on it.

    name      what the learner calls, for messages: "exercises.sigmoid"
    solution  the function to be written
    cases     a function of a random generator, which returns a list of argument tuples
    mistakes  a Mistake for each common wrong function; no two give the same numbers in all cases
    edges     an EdgeCase for each place where a good function may still fail
    hints     texts, each giving away a little more
    parts     names for the numbers of a result, for messages: "its value"
    """

    name: str
    solution: Callable
    cases: Callable
    mistakes: tuple
    edges: tuple = ()
    hints: tuple = ()
    parts: tuple = ()

    def __call__(self, function):
        """Feedback on a learner's function, the same at each call. Whatever the function does, this raises no error."""
        try:
            return self.judge(function, np.random.default_rng(1))
        except KeyboardInterrupt:
            return Answer(WORKING, WORDS["interrupted"], self.hints)

    def judge(self, function, rng):
        """The same, with cases drawn from this random generator. Returns an Answer."""
        if function is None or function is ...:
            return Answer(MISSING, WORDS["missing"], self.hints)
        if not callable(function):
            return Answer(WORKING, WORDS["no function"].format(name=self.name))
        cases, faults = self.cases(rng), {}  # faults: verdict -> what is wrong in the first case with this verdict
        for case in cases:
            if fault := self.fault(function, case, shows=case is cases[0]):
                faults.setdefault(fault.verdict, fault.text)
        if WORKING in faults and MISSING not in faults:
            faults[WORKING] = self.named_mistake(function, cases) or faults[WORKING]
        for verdict in (MISSING, WORKING, ALMOST):
            if verdict in faults:
                return Answer(verdict, faults[verdict], self.hints)
        for edge in self.edges:
            if fault := self.fault(function, edge.arguments):
                meant = set(fault.names) & set(edge.means)
                return Answer(ALMOST, edge.message if meant else fault.text, self.hints)
        return Answer(CORRECT, WORDS["correct"])

    def fault(self, function, case, shows=False):
        """What is wrong with a function in one case, as a Fault, or None. What the function prints is shown or dropped."""
        given = copies(case)
        try:
            with warnings.catch_warnings(action="ignore"), alone(shows):
                got = function(*given)
        except InputUsed:
            return Fault(WORKING, WORDS["input"])
        except (Exception, SystemExit) as error:
            if has_hole(function, error):
                return Fault(MISSING, WORDS["missing"])
            return Fault(WORKING, error_text(function, error), tuple(kind.__name__ for kind in type(error).__mro__))
        if any(part is ... for part in (got if isinstance(got, (tuple, list)) else [got])):
            return Fault(MISSING, WORDS["missing"])
        if got is None and has_hole(function):
            return Fault(MISSING, WORDS["missing"])
        if got is None:
            return Fault(WORKING, WORDS["nothing"], ("nothing",))
        if any(is_changed(*pair) for pair in zip(case, given, strict=True)):
            return Fault(WORKING, WORDS["changed"])
        return self.difference(got, np.asarray(self.solution(*case)), case)

    def difference(self, got, expected, case):
        """How a result differs from the expected array, as a Fault, or None."""
        values = as_numbers(got)
        if values is None:
            return Fault(WORKING, not_an_array(got))
        if values.shape != expected.shape:
            text = WORDS["shape"].format(given=in_words(case), got=values.shape, expected=expected.shape)
            return Fault(WORKING, text, ("shape",))
        if close(values, expected):
            return None
        if np.allclose(values, expected, rtol=1e-2, atol=1e-3):
            return Fault(ALMOST, WORDS["rounded"], ("value",))
        worst = np.unravel_index(np.argmax(np.nan_to_num(np.abs(values - expected), nan=np.inf)), values.shape)
        numbers = {"got": f"{values[worst]:.4g}", "expected": f"{expected[worst]:.4g}"}
        if len(case) == 1 and np.shape(case[0]) == expected.shape:  # element by element
            text = WORDS["value"].format(x=f"{np.asarray(case[0])[worst]:.3g}", **numbers)
            return Fault(WORKING, text, ("value",))
        numbers |= {"given": in_words(case), "place": ", ".join(map(str, worst))}
        if self.parts:
            return Fault(WORKING, WORDS["part"].format(part=self.parts[worst[0]], **numbers), ("value",))
        return Fault(WORKING, WORDS["place" if worst else "whole"].format(**numbers), ("value",))

    def named_mistake(self, function, cases):
        """The message of the mistake that gives this function's results in every case; of two, both; of none, ""."""
        results = [(result_of(function, copies(case)), case) for case in cases]
        return either(
            mistake.message
            for mistake in self.mistakes
            if all(agree(result, mistake.function, case) for result, case in results)
        )


def either(messages):
    """What to say where several mistakes are possible: the first two messages, the only one, or ""."""
    one, other, *_ = *dict.fromkeys(messages), "", ""
    return WORDS["either"].format(one=one, other=other) if other else one


def not_an_array(got):
    """What to say about a result that isn't an array of numbers: the shapes of several arrays, otherwise the type."""
    shapes = [np.shape(part) for part in got if isinstance(part, np.ndarray)] if isinstance(got, (tuple, list)) else []
    if len(set(shapes)) > 1:
        return WORDS["parts"].format(count=len(got), shapes=", ".join(map(str, shapes)))
    try:
        kind = KINDS.get(np.asarray(got).dtype.kind, type(got).__name__)
    except Exception:
        kind = type(got).__name__
    return WORDS["kind"].format(kind=kind)


def in_words(case):
    """The arguments of a case: each a number, a short list of whole numbers, or its shape."""
    return ", ".join(map(argument_in_words, case))


def argument_in_words(argument):
    """0.5, [0, 2, 1], or "an array of shape (2, 3)"."""
    if np.ndim(argument) == 0:
        return f"{argument:.3g}"
    if np.ndim(argument) == 1 and np.asarray(argument).dtype.kind in "iu":
        return str(list(map(int, argument)))
    return f"an array of shape {np.shape(argument)}"


def copies(case):
    """The arguments of a case, with a copy of each array."""
    return tuple(argument.copy() if isinstance(argument, np.ndarray) else argument for argument in case)


def is_changed(before, after):
    """Whether a function changed the copy that it was given. What isn't an array was passed without a copy."""
    return before is not after and not np.array_equal(before, after, equal_nan=True)


def result_of(function, case):
    """A function's result in one case, as an array of floats; None if it raises or returns something else."""
    try:
        with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"), alone():
            return as_numbers(function(*case))
    except (Exception, SystemExit):
        return None


class InputUsed(Exception):
    """A learner's function has called input()."""


def refuse_input(*_prompt):
    raise InputUsed


@contextmanager
def alone(shows=False):
    """A learner's function runs here: it can't ask the reader for anything, and what it prints is dropped unless `shows`."""
    with patch.object(builtins, "input", refuse_input), ExitStack() as dropped:
        if not shows:
            dropped.enter_context(redirect_stdout(io.StringIO()))
            dropped.enter_context(redirect_stderr(io.StringIO()))
        yield


def as_numbers(got):
    """A result as an array of floats; None if it isn't real numbers, but text, complex numbers, objects or ragged rows."""
    try:
        array = np.asarray(got)
    except Exception:  # rows of different lengths, or a tensor that refuses
        return None
    return array.astype(float) if array.dtype.kind in "buif" else None


def agree(got, mistake, case):
    """Whether a mistake gives this result, too."""
    expected = result_of(mistake, case)
    if got is None or expected is None or got.shape != expected.shape:
        return False
    return close(got, expected, equal_nan=True)


def close(got, expected, **options):
    """np.allclose within RELATIVE and ABSOLUTE, four times as fast for a few finite numbers."""
    if np.isfinite(got).all() and np.isfinite(expected).all():
        return bool((abs(got - expected) <= ABSOLUTE + RELATIVE * abs(expected)).all())
    return np.allclose(got, expected, rtol=RELATIVE, atol=ABSOLUTE, **options)


def has_hole(function, error=None):
    """Whether the dots of an unfinished function are still there. The dots of an index, as in dx[..., 0], don't count.

    Looks at the function's source. Without it, as for code run by exec, a TypeError about an ellipsis counts as a hole.
    """
    tree = source_tree(function)
    if tree is None:
        return isinstance(error, TypeError) and "ellipsis" in words_of(error)
    nodes = list(ast.walk(tree))
    slices = [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    indices = {id(index) for each in slices for index in (each, *getattr(each, "elts", ()))}
    return any(isinstance(node, ast.Constant) and node.value is ... and id(node) not in indices for node in nodes)


def source_tree(function):
    """The syntax tree of a function's source, or None where there is none.

    Parses the whole file or cell and looks the function up by its line, since the lines of a lambda are often not
    valid code by themselves.
    """
    try:
        code = inspect.unwrap(function).__code__
        with warnings.catch_warnings(action="ignore"):
            module = ast.parse("".join(linecache.getlines(code.co_filename)))
    except (AttributeError, SyntaxError, ValueError):  # built in, or a source that Python can't read
        return None
    kinds = ast.Lambda if code.co_name == "<lambda>" else (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [
        node
        for node in ast.walk(module)
        if isinstance(node, kinds) and (*getattr(node, "decorator_list", ()), node)[0].lineno == code.co_firstlineno
    ]
    if len(found) > 1:  # lambdas on one line
        starts = {(line, column) for line, _, column, _ in code.co_positions()}
        found = [node for node in found if (node.body.lineno, node.body.col_offset) in starts]
    return found[0] if found else None


def error_text(function, error):
    """What to say about an error: what it is, and the learner's own line that it comes from, if there is one."""
    words = words_of(error)
    text = f"{type(error).__name__}: {words}" if words else type(error).__name__
    code = getattr(inspect.unwrap(function), "__code__", None)
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if code and frame.filename == code.co_filename
    ]
    if not frames:
        return WORDS["raised"].format(error=text)
    line = frames[-1].lineno
    source = linecache.getline(code.co_filename, line).strip()
    return WORDS["raised in line"].format(error=text, number=line - code.co_firstlineno + 1, text=source)


def words_of(error):
    """An error's own text; "" if it has none, or fails to say it."""
    try:
        return str(error)
    except Exception:
        return ""
