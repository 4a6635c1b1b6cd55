"""How to work out the value and the gradients at each kind of node, and what people often do instead."""

import numpy as np

from nnlessons.exercise.checking import Mistake
from nnlib.activations import sigmoid, sigmoid_derivative

__all__ = ["GRADIENTS", "VALUES", "Guide", "guide_to"]
__dir__ = __all__.copy  # what Tab shows after `guides.`


class Guide:
    """How to work out the value or a gradient at one kind of node.

    rule      in words
    formula   with {names} for the numbers, which gaps.numbers_near gives
    mistakes  a Mistake for each common wrong number; its function takes a gaps.Neighbourhood
    """

    def __init__(self, rule, formula, *mistakes):
        self.rule, self.formula, self.mistakes = rule, formula, mistakes


# -- gradients --------------------------------------------------------------------------------------------------------

SIGN = Mistake(lambda at: -at.right, "The size is right, the sign is turned round.")
LOCAL_ALONE = Mistake(
    lambda at: at.local, "This is the local gradient alone. Multiply it by the gradient that arrives."
)
UPSTREAM_ALONE = Mistake(
    lambda at: at.dout,
    "This is the gradient that arrives, passed on as it is. Multiply it by the local gradient.",
)
ADDED = Mistake(
    lambda at: at.dout + at.local,
    "You added the local gradient to the gradient that arrives. The two are multiplied.",
)
VALUE_FOR_GRADIENT = Mistake(lambda at: at.x, "This is the value here. The question is for the gradient.")
VALUE_AS_SLOPE = Mistake(
    lambda at: at.dout * at.result,
    "You multiplied by the value that this node makes. Multiply by its local gradient, the slope.",
)
ALL_WAYS = Mistake(
    lambda at: at.all_ways,
    "This is the sum over all the ways. Only what comes back on this one is asked for here.",
)
OF_ANY_GRADIENT = (SIGN, LOCAL_ALONE, UPSTREAM_ALONE, ADDED, VALUE_FOR_GRADIENT)

ANY_GRADIENT = Guide(
    "Take the gradient that arrives at this node from the right, and multiply it by the local gradient.",
    "{upstream} · {local}",
    *OF_ANY_GRADIENT,
)

GRADIENTS = {
    "add": Guide(
        "An add node passes the gradient that arrives on to each input, as it is.",
        "{upstream} · 1",
        Mistake(
            lambda at: at.dout * at.other,
            "You multiplied by the other input, as at a multiply node. An add node passes on what arrives.",
        ),
        Mistake(
            lambda at: at.dout * at.x, "You multiplied by the value here. An add node passes on what arrives, as it is."
        ),
        Mistake(lambda at: at.dout / 2, "You gave each input a half. Each input of an add node gets all that arrives."),
        SIGN,
        LOCAL_ALONE,
        ADDED,
        VALUE_FOR_GRADIENT,
    ),
    "multiply": Guide(
        "A multiply node gives each input the gradient that arrives times the value of the other input.",
        "{upstream} · {other}",
        Mistake(
            lambda at: at.dout * at.x,
            "You took the value of this input. At a multiply node, take the value of the other one.",
        ),
        Mistake(lambda at: at.dout * at.result, "You multiplied by both inputs. Take the value of the other one only."),
        *OF_ANY_GRADIENT,
    ),
    "branch": Guide(
        "Where ways part, the gradients that come back on them are added.",
        "{ways}",
        Mistake(
            lambda at: at.ways[0],
            "This is what comes back on one way. The value goes on more than one: add what comes back on all.",
        ),
        Mistake(
            lambda at: at.ways[-1],
            "Only the last way is counted, as if it had overwritten the others. Add what comes back on all.",
        ),
        Mistake(lambda at: at.ways.mean(), "You took the mean of the ways. Add them."),
        Mistake(lambda at: at.ways.prod(), "You multiplied the ways by each other. Add them."),
        Mistake(lambda at: at.ways[0] - at.ways[1:].sum(), "You subtracted one way from the other. Add them."),
        SIGN,
        VALUE_FOR_GRADIENT,
    ),
    "negative": Guide(
        "This node turns the sign of the gradient that arrives round.",
        "{upstream} · (−1)",
        Mistake(
            lambda at: at.dout,
            "You passed on the gradient as it is. This node turns the sign round: its local gradient is −1.",
        ),
        Mistake(lambda at: at.dout * at.x, "You multiplied by the value here. The local gradient of this node is −1."),
        LOCAL_ALONE,
        ADDED,
        VALUE_FOR_GRADIENT,
    ),
    "reciprocal": Guide(
        "The gradient that arrives, times the slope of 1/x, which is −1/x².",
        "{upstream} · (−1 / {x}²)",
        Mistake(lambda at: -at.right, "The sign is turned round: the slope of 1/x has a minus, −1/x²."),
        Mistake(lambda at: -at.dout / at.x, "The square is missing: the slope of 1/x is −1/x²."),
        VALUE_AS_SLOPE,
        Mistake(lambda at: -at.dout * at.x**2, "You multiplied by x². Divide by it: the slope of 1/x is −1/x²."),
        *OF_ANY_GRADIENT[1:],
    ),
    "exp": Guide(
        "The gradient that arrives, times the slope of e^x, which is e^x: the value that this node has made.",
        "{upstream} · {result}",
        Mistake(
            lambda at: at.dout * at.x,
            "You multiplied by the input. The slope of e^x is e^x itself: the value that this node makes.",
        ),
        Mistake(
            lambda at: at.dout * at.x * np.exp(at.x - 1),
            "You took e^x for a power of x. It is its own slope: take the value that this node makes.",
        ),
        *OF_ANY_GRADIENT,
    ),
    "log": Guide(
        "The gradient that arrives, times the slope of log x, which is 1/x.",
        "{upstream} · 1 / {x}",
        VALUE_AS_SLOPE,
        Mistake(lambda at: at.dout * at.x, "You multiplied by x. The slope of log x is 1/x: divide by it."),
        Mistake(lambda at: -at.dout / at.x**2, "This has the slope of 1/x. The slope of log x is 1/x itself."),
        Mistake(
            lambda at: at.dout / at.result,
            "You divided by the value that this node makes. Divide by its input: the slope of log x is 1/x.",
        ),
        *OF_ANY_GRADIENT,
    ),
    "power": Guide(
        "The gradient that arrives, times the slope of x^n, which is n times x^(n−1).",
        "{upstream} · {n} · {x}^{n less 1}",
        Mistake(
            lambda at: at.dout * at.n * at.x**at.n,
            "The power must be lower by one: the slope of x^n is n times x^(n−1).",
        ),
        Mistake(
            lambda at: at.dout * at.n * at.x ** (at.n + 1),
            "The power went up by one. It goes down: the slope of x^n is n times x^(n−1).",
        ),
        Mistake(
            lambda at: at.dout * at.x ** (at.n - 1), "The n in front is missing: the slope of x^n is n times x^(n−1)."
        ),
        Mistake(
            lambda at: at.dout * at.n * at.x, "Here x stands without its power: the slope of x^n is n times x^(n−1)."
        ),
        Mistake(lambda at: at.dout * at.n, "You multiplied by n alone. The slope of x^n is n times x^(n−1)."),
        VALUE_AS_SLOPE,
        *OF_ANY_GRADIENT,
    ),
    "sigmoid": Guide(
        "The gradient that arrives, times the slope s (1 − s), with s the value that this node has made.",
        "{upstream} · {result} · (1 − {result})",
        VALUE_AS_SLOPE,
        Mistake(
            lambda at: at.dout * (1 - at.result), "You multiplied by 1 − s only. The slope of the sigmoid is s (1 − s)."
        ),
        Mistake(
            lambda at: at.dout * at.x * (1 - at.x),
            "You put the input into s (1 − s). There s is the value that the sigmoid makes.",
        ),
        Mistake(
            lambda at: at.dout * sigmoid_derivative(at.result),
            "You took the sigmoid once more. In s (1 − s), s is the value that this node makes.",
        ),
        Mistake(
            lambda at: at.dout * (1 - at.result**2), "1 − s² is the slope of tanh. That of the sigmoid is s (1 − s)."
        ),
        *OF_ANY_GRADIENT,
    ),
    "tanh": Guide(
        "The gradient that arrives, times the slope 1 − t², with t the value that this node has made.",
        "{upstream} · (1 − {result}²)",
        VALUE_AS_SLOPE,
        Mistake(
            lambda at: at.dout * at.result * (1 - at.result),
            "s (1 − s) is the slope of the sigmoid. That of tanh, with the value t, is 1 − t².",
        ),
        Mistake(
            lambda at: at.dout * (1 - at.x**2),
            "You put the input into 1 − t². There t is the value that this node makes.",
        ),
        Mistake(lambda at: at.dout * (1 - at.result), "The square is missing: the slope of tanh is 1 − t²."),
        Mistake(lambda at: at.dout * at.result**2, "The 1 is missing: the slope of tanh is 1 − t²."),
        *OF_ANY_GRADIENT,
    ),
    "relu": Guide(
        "A ReLU lets the gradient that arrives through where its input is above 0, and stops it elsewhere.",
        "{upstream} · 1 if {plain x} is above 0, and {upstream} · 0 if not",
        Mistake(
            lambda at: at.dout, "The input of this ReLU is not above 0. There it is flat, and nothing goes through."
        ),
        Mistake(lambda at: 0.0, "The input of this ReLU is above 0. There the gradient goes through as it is."),
        Mistake(
            lambda at: at.dout * at.x,
            "You multiplied by the input. The slope of ReLU is 1 where its input is above 0, and 0 elsewhere.",
        ),
        SIGN,
        LOCAL_ALONE,
        VALUE_FOR_GRADIENT,
    ),
}

# -- values -----------------------------------------------------------------------------------------------------------

PASSED_ON = Mistake(lambda at: at.x, "This is the input as it is. What does this node make of it?")
SLOPE_FOR_VALUE = Mistake(lambda at: at.local, "This is the slope. The question is for the value.")
FIRST_INPUT = Mistake(lambda at: at.x, "This is the first input as it is. The second one counts too.")
SECOND_INPUT = Mistake(lambda at: at.other, "This is the second input as it is. The first one counts too.")
OF_ANY_VALUE = (PASSED_ON, SIGN)
OF_TWO_INPUTS = (FIRST_INPUT, SECOND_INPUT, SIGN)

ANY_VALUE = Guide(
    "Take the values at the inputs of this node, and do with them what the node says.",
    "what this node makes of {x}",
    *OF_ANY_VALUE,
)

VALUES = {
    "add": Guide(
        "An add node adds its inputs.",
        "{x} + {other}",
        Mistake(lambda at: at.x * at.other, "You multiplied. This node adds."),
        Mistake(
            lambda at: at.x - at.other,
            "You subtracted the second input from the first. This node adds; mind the signs.",
        ),
        Mistake(
            lambda at: at.other - at.x,
            "You subtracted the first input from the second. This node adds; mind the signs.",
        ),
        Mistake(lambda at: abs(at.x) + abs(at.other), "You dropped a minus. Add the inputs with their signs."),
        *OF_TWO_INPUTS,
    ),
    "multiply": Guide(
        "A multiply node multiplies its inputs.",
        "{x} · {other}",
        Mistake(lambda at: at.x + at.other, "You added. This node multiplies."),
        *OF_TWO_INPUTS,
    ),
    "negative": Guide(
        "This node turns the sign of its input round.",
        "−{x}",
        Mistake(lambda at: at.x, "This is the input as it is. This node turns its sign round."),
        Mistake(lambda at: 1 / at.x, "This is 1/x. This node only turns the sign round."),
    ),
    "reciprocal": Guide(
        "This node divides 1 by its input.",
        "1 / {x}",
        Mistake(lambda at: -at.x, "You turned the sign round. This node makes 1/x of its input."),
        SLOPE_FOR_VALUE,
        *OF_ANY_VALUE,
    ),
    "exp": Guide(
        "This node makes e^x, with e = 2.718...",
        "e^{x}, in Python np.exp",
        Mistake(lambda at: np.exp(-at.x), "This is e to the power of minus x. This node makes e^x."),
        Mistake(lambda at: at.x * np.e, "You multiplied by e. Here x is the power: e^x."),
        *OF_ANY_VALUE,
    ),
    "log": Guide(
        "This node makes the natural logarithm of its input.",
        "log {x}, in Python np.log",
        Mistake(lambda at: np.log10(at.x), "This is the logarithm to base 10. Here log is the natural one, to base e."),
        Mistake(lambda at: np.exp(at.x), "This is e^x. This node makes the logarithm, which goes the other way."),
        SLOPE_FOR_VALUE,
        *OF_ANY_VALUE,
    ),
    "power": Guide(
        "This node takes its input to the power n: x^2 is x times x.",
        "{x}^{n}",
        Mistake(lambda at: at.x * at.n, "You multiplied by n. In x^n it is the power: x^2 is x times x."),
        SLOPE_FOR_VALUE,
        *OF_ANY_VALUE,
    ),
    "sigmoid": Guide(
        "The sigmoid is 1 / (1 + e^−x), between 0 and 1.",
        "1 / (1 + e^−x), with x = {plain x}",
        Mistake(lambda at: sigmoid(-at.x), "The minus in 1 / (1 + e^−x) is missing."),
        Mistake(lambda at: 1 + np.exp(-at.x), "This is 1 + e^−x alone. The sigmoid is 1 divided by it."),
        Mistake(lambda at: np.exp(at.x), "The 1 + is missing: the sigmoid is 1 / (1 + e^−x)."),
        SLOPE_FOR_VALUE,
        Mistake(lambda at: np.tanh(at.x), "This is tanh. Here stands a sigmoid."),
        *OF_ANY_VALUE,
    ),
    "tanh": Guide(
        "This node makes tanh x, between −1 and 1.",
        "tanh {x}, in Python np.tanh",
        SLOPE_FOR_VALUE,
        Mistake(lambda at: sigmoid(at.x), "This is the sigmoid. Here stands tanh."),
        *OF_ANY_VALUE,
    ),
    "relu": Guide(
        "A ReLU leaves what is above 0, and makes 0 of the rest.",
        "the larger one of 0 and {plain x}",
        Mistake(lambda at: at.x, "The input of this ReLU is not above 0. What does it make of it?"),
        Mistake(lambda at: 0.0, "The input of this ReLU is above 0, and goes through."),
        Mistake(lambda at: abs(at.x), "You dropped the minus. A ReLU makes 0 of all that is below 0."),
        SLOPE_FOR_VALUE,
        SIGN,
    ),
}


def guide_to(kind, name):
    """The Guide to a "value" or a "gradient" at a node of this name, such as "multiply"."""
    return VALUES.get(name, ANY_VALUE) if kind == "value" else GRADIENTS.get(name, ANY_GRADIENT)
