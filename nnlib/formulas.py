"""Typed formulas, turned into a graph."""

import ast
import operator
import re
from itertools import pairwise
from keyword import iskeyword

import numpy as np

from nnlib.arguments import as_number
from nnlib.graph import Graph, Variable, is_constant

__all__ = ["parse"]
__dir__ = __all__.copy  # what Tab shows after `formulas.`

LONGEST = 200  # characters
DEEPEST = 20  # brackets in brackets
LARGEST_POWER = 9
FUNCTIONS = {name: getattr(Variable, name) for name in ("exp", "log", "sigmoid", "tanh", "relu")}
SIGNS = ("+", "-", "*", "/", "**")
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
WORD = re.compile(r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|\*\*|[^ ]|\Z", re.ASCII)
REFUSED = {  # signs that people type
    "^": "for a power write **, as in x**2",
    ",": "a decimal point is a point, and a function takes one input",
    ")": "there must be as many ) as (",
    "\u2212": "for minus use the key -",
    "\u00d7": "to multiply, write *",
    "\u00b7": "to multiply, write *",
}
WORDS = {
    "not understood": "formula is not understood at character {place}, {what}: {why}",
    "empty": "formula must not be empty",
    "too long": "formula must have at most {most} characters, got {got}",
    "plain": "use plain letters, digits and signs",
    "only": "only names, numbers, brackets, + - * / ** and functions can be used",
    "nothing after": "something is missing after it",
    "nothing before": "something is missing before it",
    "no sign": "is a sign missing before it? To multiply, write *",
    "too large": "the number is too large",
    "zero in front": "write it without the 0 in front",
    "functions": "the functions are {functions}; to multiply, write *",
    "needs brackets": "it needs brackets after it, as in {name}({example})",
    "names": "the names are {names}",
    "no names": "none",
    "too deep": "brackets are nested too deeply",
    "empty brackets": "there is nothing in these brackets",
    "exponent": "after ** comes a whole number from -{most} to {most}",
}


def parse(formula, /, **values):
    """The Graph of a formula like "(x + y) * z", with a number for each name: parse("(x + y) * z", x=-2, y=5, z=-4).

    A formula can use the names, numbers, brackets, + - * /, ** with a whole number, and exp, log, sigmoid, tanh, relu. It
    means what it means in Python, but it's never run. TypeError if formula isn't a text or a value isn't a number;
    ValueError if a value isn't finite, or the formula isn't understood: the message says at which character, and why.
    """
    if not isinstance(formula, str):
        raise TypeError(f"formula must be a text, got {type(formula).__name__}")
    if not formula.strip():
        raise ValueError(WORDS["empty"])
    if len(formula) > LONGEST:
        raise ValueError(WORDS["too long"].format(most=LONGEST, got=len(formula)))
    for name in filter(iskeyword, values):
        raise ValueError(f"name must not be a word of Python's own, got {name!r}")
    variables = {name: Variable(as_number(name, value), name) for name, value in values.items()}
    SyntaxCheck(formula, variables).run()
    tree = ast.parse(formula.strip(), mode="eval")
    return Graph(GraphBuilder(formula, variables).build(tree.body))


def not_understood(formula, begin, end, why):
    """The ValueError for the characters from `begin` up to `end`."""
    what = formula[begin:end]
    what = what if len(what) <= 20 else what[:17] + "..."
    what = what if what.isprintable() else repr(what)
    return ValueError(WORDS["not understood"].format(place=begin + 1, what=what, why=why))


class SyntaxCheck:
    """Reads a formula from left to right: at each word either a value must come, or one has come and a sign may follow.

    A formula that passes is valid Python. So Python's own messages, which differ from version to version, never appear.
    """

    def __init__(self, formula, names):
        self.formula, self.names = formula, names
        self.open = []  # brackets that are not closed yet

    def run(self):
        """ValueError if the formula has a mistake."""
        has_come = False
        for word, after in pairwise(WORD.finditer(self.formula)):  # the last `after` is empty: the end
            has_come = self.after_value(word) if has_come else self.value(word, after)
        if not has_come:
            raise self.error(word, WORDS["nothing after"])
        if self.open:
            raise not_understood(self.formula, self.open[-1].start(), word.end(), REFUSED[")"])

    def value(self, word, after):
        """Check a word where a value must come; return whether a value has come."""
        if word.lastgroup == "number":
            return self.number(word)
        if word.lastgroup == "name":
            return self.name(word, after)
        if word[0] == "(":
            return self.bracket(word, after)
        if word[0] not in ("+", "-"):
            raise self.error(word, WORDS["nothing before"] if word[0] in (*SIGNS, ")") else self.why(word))
        return False

    def after_value(self, word):
        """Check a word after a value; return whether it too ends a value."""
        if word.lastgroup or word[0] == "(":
            raise self.error(word, WORDS["no sign"])
        if word[0] == ")" and self.open:
            self.open.pop()
        elif word[0] not in SIGNS:
            raise self.error(word, self.why(word))
        return word[0] == ")"

    def number(self, word):
        if np.isinf(float(word[0])):
            raise self.error(word, WORDS["too large"])
        if re.fullmatch("0+[1-9][0-9]*", word[0]):
            raise self.error(word, WORDS["zero in front"])
        return True

    def name(self, word, after):
        name, called = word[0], after[0] == "("
        if called and name not in FUNCTIONS:
            raise self.error(word, WORDS["functions"].format(functions=", ".join(FUNCTIONS)))
        if not called and name not in self.names:
            needs = WORDS["needs brackets"].format(name=name, example=next(iter(self.names), 2))
            names = WORDS["names"].format(names=", ".join(self.names) or WORDS["no names"])
            raise self.error(word, needs if name in FUNCTIONS else names)
        return not called

    def bracket(self, word, after):
        self.open.append(word)
        if len(self.open) > DEEPEST:
            raise self.error(word, WORDS["too deep"])
        if after[0] == ")":
            raise self.error(word, WORDS["empty brackets"])
        return False

    def why(self, word):
        plain = word[0].isascii() and word[0].isprintable()
        return REFUSED.get(word[0], WORDS["only" if plain else "plain"])

    def error(self, word, why):
        return not_understood(self.formula, *word.span(), why)


class GraphBuilder:
    """Builds variables from Python's syntax tree of a formula; only what `build` lists is allowed."""

    def __init__(self, formula, variables):
        self.formula, self.variables = formula, variables

    def build(self, part):
        """The Variable for a part of the tree; ValueError if it isn't allowed."""
        match part:
            case ast.Constant(number) if type(number) in (int, float):
                return Variable(float(number))
            case ast.Name(name) if name in self.variables:
                return self.variables[name]
            case ast.UnaryOp(ast.UAdd(), value):
                return self.build(value)
            case ast.UnaryOp(ast.USub(), value):
                return -self.build(value)
            case ast.BinOp(base, ast.Pow(), n):
                return self.build(base) ** self.exponent(n)
            case ast.BinOp(left, sign, right) if type(sign) in OPERATORS:
                return OPERATORS[type(sign)](self.build(left), self.build(right))
            case ast.Call(ast.Name(name), [value], []) if name in FUNCTIONS:
                return FUNCTIONS[name](self.build(value))
        raise self.error(part, WORDS["only"])  # the syntax check lets nothing else through

    def exponent(self, part):
        n = self.build(part)
        if not (is_constant(n) and n.value in range(-LARGEST_POWER, LARGEST_POWER + 1)):
            raise self.error(part, WORDS["exponent"].format(most=LARGEST_POWER))
        return n.value + 0.0  # -0 is 0

    def error(self, part, why):
        blanks = len(self.formula) - len(self.formula.lstrip())
        return not_understood(self.formula, blanks + part.col_offset, blanks + part.end_col_offset, why)
