"""An exercise: the learner writes a function, and is told at once what is wrong with it, never only that it is.

The learner's function runs on numbers of the exercise's choice. Its values are held against the right ones, and where they
differ against the values that well-known mistakes give, so that the mistake can be named.
"""

import dis
import html
import linecache
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

MISSING, WORKING, ALMOST, CORRECT = "still missing", "keep working", "almost", "correct"
RELATIVE, ABSOLUTE = 1e-6, 1e-9  # how far numbers may be from the right ones

MARKS = {MISSING: ("\N{HORIZONTAL ELLIPSIS}", "#6E6E6E"), WORKING: ("\N{MULTIPLICATION X}", "#D55E00")}
MARKS |= {ALMOST: ("\N{ALMOST EQUAL TO}", "#0072B2"), CORRECT: ("\N{CHECK MARK}", "#007A5A")}

WORDS = {
    "no function": "Hand over the function itself, like {name}(my_function), without calling it.",
    "missing": "Replace the dots ... in your function, then run the cell again.",
    "nothing": "Your function returns nothing. Does its last line begin with return?",
    "raised": "Your function stopped with {error}{line}",
    "line": " in its line {number}: {text}",
    "changed": "Your function changes an array that it is given. Compute a new one, and leave the one that came in as it was.",
    "kind": "Your function should return numbers, and returned {kind}.",
    "parts": "Your function returns {count} things of different shapes: {shapes}. Return only what is asked for.",
    "shape": "Given {given}, your function returns shape {got}, expected {expected}.",
    "value": "At x = {x} your function gives {got}, expected {expected}.",
    "whole": "Given {given}, your function gives {got}, expected {expected}.",
    "place": "Given {given}, your function gives {got} at [{place}], expected {expected}.",
    "rounded": "The first digits are right, the later ones are not. Return the number itself, without rounding.",
    "either": "Either: {one} Or: {other}",
    "correct": "Your function agrees on all the numbers that it was tried with.",
    "hint": "Hint {number}",
}


@dataclass(frozen=True)
class Mistake:
    """What people often write instead, and what to say to them."""

    function: Callable
    message: str


@dataclass(frozen=True)
class EdgeCase:
    """A case beyond the ordinary ones: where only this fails, the answer is "almost"."""

    arguments: tuple
    message: str


@dataclass(frozen=True)
class Answer:
    """What a check says; shown under the cell."""

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
    """name      what the learner calls, for messages
    solution  the function that is asked for
    cases     rng -> a list of argument tuples, the ordinary ones
    mistakes  the well-known wrong functions
    edges     cases where a good solution may still fail
    hints     in steps, each giving away a little more
    """

    name: str
    solution: Callable
    cases: Callable
    mistakes: tuple
    edges: tuple = ()
    hints: tuple = ()

    def __call__(self, function):
        """Judge a learner's function: an Answer, whatever the function does."""
        return self.judge(function, np.random.default_rng(1))

    def judge(self, function, rng):
        if function is None or function is ...:
            return Answer(MISSING, WORDS["missing"], self.hints)
        if not callable(function):
            return Answer(WORKING, WORDS["no function"].format(name=self.name))
        cases = self.cases(rng)
        faults = dict(filter(None, (self.fault(function, case) for case in reversed(cases))))
        for verdict in (MISSING, WORKING, ALMOST):
            if verdict in faults:
                named = self.named_mistake(function, cases) if verdict == WORKING else ""
                return Answer(verdict, named or faults[verdict], self.hints)
        for edge in self.edges:
            if self.fault(function, edge.arguments):
                return Answer(ALMOST, edge.message, self.hints)
        return Answer(CORRECT, WORDS["correct"])

    def fault(self, function, case):
        """(verdict, text) of what is wrong in one case, or None."""
        given = copies(case)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                got = function(*given)
        except Exception as error:
            if has_hole(function):
                return MISSING, WORDS["missing"]
            return WORKING, WORDS["raised"].format(error=error_text(error), line=learners_line(function, error))
        if got is None or got is ...:
            unsolved = got is ... or is_empty(function)
            return (MISSING, WORDS["missing"]) if unsolved else (WORKING, WORDS["nothing"])
        if any(is_changed(*pair) for pair in zip(case, given, strict=True)):
            return WORKING, WORDS["changed"]
        return self.difference(got, np.asarray(self.solution(*case)), case)

    def difference(self, got, expected, case):
        try:
            values = np.asarray(got, dtype=float)
        except (TypeError, ValueError):
            return WORKING, not_an_array(got)
        if values.shape != expected.shape:
            return WORKING, WORDS["shape"].format(given=listed(case), got=values.shape, expected=expected.shape)
        if close(values, expected):
            return None
        if np.allclose(values, expected, rtol=1e-2, atol=1e-3):
            return ALMOST, WORDS["rounded"]
        worst = np.unravel_index(np.argmax(np.nan_to_num(np.abs(values - expected), nan=np.inf)), values.shape)
        numbers = {"got": f"{values[worst]:.4g}", "expected": f"{expected[worst]:.4g}"}
        if len(case) == 1 and np.shape(case[0]) == expected.shape:  # element by element
            return WORKING, WORDS["value"].format(x=f"{np.asarray(case[0])[worst]:.3g}", **numbers)
        numbers |= {"given": listed(case), "place": ", ".join(map(str, worst))}
        return WORKING, WORDS["place" if worst else "whole"].format(**numbers)

    def named_mistake(self, function, cases):
        """What to say of the mistakes that give the same values as this function in every case."""
        got = [(values_of(function, copies(case)), case) for case in cases]
        says = list(
            dict.fromkeys(m.message for m in self.mistakes if all(agree(mine, m.function, c) for mine, c in got))
        )
        if len(says) > 1:
            return WORDS["either"].format(one=says[0], other=says[1])
        return says[0] if says else ""


def not_an_array(got):
    """What to say of an answer that makes no array of numbers: of several arrays the shapes, of anything else the type."""
    shapes = [np.shape(part) for part in got if isinstance(part, np.ndarray)] if isinstance(got, (tuple, list)) else []
    if len(set(shapes)) > 1:
        return WORDS["parts"].format(count=len(got), shapes=", ".join(map(str, shapes)))
    return WORDS["kind"].format(kind=type(got).__name__)


def listed(case):
    return ", ".join(map(short, case))


def short(argument):
    """An argument in a few signs: a number, a short row of numbers, or what shape it has."""
    if np.ndim(argument) == 0:
        return f"{argument:.3g}"
    if np.ndim(argument) == 1 and np.asarray(argument).dtype.kind in "iu":
        return str(list(map(int, argument)))
    return f"an array of shape {np.shape(argument)}"


def copies(case):
    return tuple(argument.copy() if isinstance(argument, np.ndarray) else argument for argument in case)


def is_changed(before, after):
    """Whether the copy that a function was given is another array now; what is no array was not copied."""
    return before is not after and not np.array_equal(before, after, equal_nan=True)


def values_of(function, case):
    """What a function makes of a case, as an array; None if it stops or makes something else."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return np.asarray(function(*case), float)
    except Exception:
        return None


def agree(got, mistake, case):
    """Whether a mistake makes these values, too."""
    expected = values_of(mistake, case)
    if got is None or expected is None or got.shape != expected.shape:
        return False
    return close(got, expected, equal_nan=True)


def close(got, expected, **how):
    """np.allclose, which takes four times as long over a few numbers, for the sake of those that are infinite or nan."""
    if np.isfinite(got).all() and np.isfinite(expected).all():
        return bool((abs(got - expected) <= ABSOLUTE + RELATIVE * abs(expected)).all())
    return np.allclose(got, expected, rtol=RELATIVE, atol=ABSOLUTE, **how)


def error_text(error):
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def has_hole(function):
    """Whether `...` still stands somewhere in the function's code, other than as an index, as in dx[...] = dout."""
    code = getattr(function, "__code__", None)
    steps = [] if code is None else list(dis.get_instructions(code))
    return any(step.argval is ... and not is_index(steps[i + 1 : i + 3]) for i, step in enumerate(steps))


def is_index(following):
    """Whether what was loaded before these two steps is a place in an array; += copies array and place first."""
    names = [step.opname for step in following]
    return names == ["COPY", "COPY"] or any(s.opname.endswith("SUBSCR") or s.argrepr == "[]" for s in following[:1])


def is_empty(function):
    """Whether the function has no body but dots: its code then loads nothing but None."""
    code = getattr(function, "__code__", None)
    return code is not None and set(code.co_consts) <= {None, function.__doc__} and not code.co_names


def learners_line(function, error):
    """Where in the learner's own code it happened, and no more of the traceback than that."""
    code = getattr(function, "__code__", None)
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if code and frame.filename == code.co_filename
    ]
    if not frames:
        return "."
    line = frames[-1].lineno
    text = linecache.getline(code.co_filename, line).strip()
    return WORDS["line"].format(number=line - code.co_firstlineno + 1, text=text)
