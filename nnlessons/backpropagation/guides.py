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
    mistakes  a Mistake for each common wrong number; its function takes a gaps.Neighborhood
    """

    def __init__(self, rule, formula, *mistakes):
        self.rule, self.formula, self.mistakes = rule, formula, mistakes


# -- gradients --------------------------------------------------------------------------------------------------------

SIGN = Mistake(lambda at: -at.right, "The size is right, but the sign is flipped.")
LOCAL_ALONE = Mistake(lambda at: at.local, "That's the local gradient alone. Multiply it by the gradient that arrives.")
UPSTREAM_ALONE = Mistake(
    lambda at: at.dout,
    "You passed the arriving gradient on as it is. Multiply it by the local gradient.",
)
ADDED = Mistake(
    lambda at: at.dout + at.local,
    "You added the local gradient to the gradient that arrives. Multiply them instead.",
)
VALUE_FOR_GRADIENT = Mistake(lambda at: at.x, "That's the value here. What's the gradient?")
VALUE_AS_SLOPE = Mistake(
    lambda at: at.dout * at.result,
    "You multiplied by the value that this node outputs. Multiply by its local gradient, the slope.",
)
ALL_PATHS = Mistake(
    lambda at: at.all_paths,
    "That's the sum over all the paths. Here you only need what comes back on this one.",
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
        Mistake(
            lambda at: at.dout / 2,
            "You gave each input half of it. Each input of an add node gets all of what arrives.",
        ),
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
        "Where a value takes several paths, the gradients that come back on them are added.",
        "{paths}",
        Mistake(
            lambda at: at.paths[0],
            "That's what comes back on one path. The value takes more than one, so add what comes back on all of them.",
        ),
        Mistake(
            lambda at: at.paths[-1],
            "You only counted the last path, as if it had overwritten the others. Add what comes back on all of them.",
        ),
        Mistake(lambda at: at.paths.mean(), "You took the mean of the paths. Add them."),
        Mistake(lambda at: at.paths.prod(), "You multiplied the paths by each other. Add them."),
        Mistake(lambda at: at.paths[0] - at.paths[1:].sum(), "You subtracted one path from the other. Add them."),
        SIGN,
        VALUE_FOR_GRADIENT,
    ),
    "negative": Guide(
        "This node flips the sign of the gradient that arrives.",
        "{upstream} · (−1)",
        Mistake(
            lambda at: at.dout,
            "You passed on the gradient as it is. This node flips its sign: the local gradient is −1.",
        ),
        Mistake(lambda at: at.dout * at.x, "You multiplied by the value here. The local gradient of this node is −1."),
        LOCAL_ALONE,
        ADDED,
        VALUE_FOR_GRADIENT,
    ),
    "reciprocal": Guide(
        "Multiply the gradient that arrives by the slope of 1/a, which is −1/a². Here a is the input.",
        "{upstream} · (−1 / {x}²)",
        Mistake(lambda at: -at.right, "Your sign is flipped: the slope of 1/a has a minus, −1/a²."),
        Mistake(lambda at: -at.dout / at.x, "You forgot the square: the slope of 1/a is −1/a²."),
        VALUE_AS_SLOPE,
        Mistake(lambda at: -at.dout * at.x**2, "You multiplied by a². Divide by it: the slope of 1/a is −1/a²."),
        *OF_ANY_GRADIENT[1:],
    ),
    "exp": Guide(
        "Multiply the gradient that arrives by the slope of e^a. That's e^a itself, the value that this node outputs.",
        "{upstream} · {result}",
        Mistake(
            lambda at: at.dout * at.x,
            "You multiplied by the input. The slope of e^a is e^a itself, the value that this node outputs.",
        ),
        Mistake(
            lambda at: at.dout * at.x * np.exp(at.x - 1),
            "You treated e^a like a power of a. It's its own slope, so take the value that this node outputs.",
        ),
        *OF_ANY_GRADIENT,
    ),
    "log": Guide(
        "Multiply the gradient that arrives by the slope of log a, which is 1/a. Here a is the input.",
        "{upstream} · 1 / {x}",
        VALUE_AS_SLOPE,
        Mistake(lambda at: at.dout * at.x, "You multiplied by a. The slope of log a is 1/a, so divide by it."),
        Mistake(lambda at: -at.dout / at.x**2, "You used the slope of 1/a. The slope of log a is 1/a itself."),
        Mistake(
            lambda at: at.dout / at.result,
            "You divided by the value that this node outputs. Divide by its input: the slope of log a is 1/a.",
        ),
        *OF_ANY_GRADIENT,
    ),
    "power": Guide(
        "Multiply the gradient that arrives by the slope of a^n, which is n times a^(n−1). Here a is the input.",
        "{upstream} · {n} · {x}^{n less 1}",
        Mistake(
            lambda at: at.dout * at.n * at.x**at.n,
            "You kept the power. Lower it by one: the slope of a^n is n times a^(n−1).",
        ),
        Mistake(
            lambda at: at.dout * at.n * at.x ** (at.n + 1),
            "You raised the power by one. Lower it instead: the slope of a^n is n times a^(n−1).",
        ),
        Mistake(
            lambda at: at.dout * at.x ** (at.n - 1), "You forgot the n in front: the slope of a^n is n times a^(n−1)."
        ),
        Mistake(lambda at: at.dout * at.n * at.x, "You used a without its power: the slope of a^n is n times a^(n−1)."),
        Mistake(lambda at: at.dout * at.n, "You multiplied by n alone. The slope of a^n is n times a^(n−1)."),
        VALUE_AS_SLOPE,
        *OF_ANY_GRADIENT,
    ),
    "sigmoid": Guide(
        "Multiply the gradient that arrives by the slope, z (1 − z). Here z is the value that this node outputs.",
        "{upstream} · {result} · (1 − {result})",
        VALUE_AS_SLOPE,
        Mistake(
            lambda at: at.dout * (1 - at.result), "You multiplied by 1 − z only. The slope of the sigmoid is z (1 − z)."
        ),
        Mistake(
            lambda at: at.dout * at.x * (1 - at.x),
            "You put the input into z (1 − z). There, z is the value that the sigmoid outputs.",
        ),
        Mistake(
            lambda at: at.dout * sigmoid_derivative(at.result),
            "You took the sigmoid twice. In z (1 − z), z is the value that this node outputs.",
        ),
        Mistake(
            lambda at: at.dout * (1 - at.result**2),
            "You used the slope of tanh, 1 − z². The slope of the sigmoid is z (1 − z).",
        ),
        *OF_ANY_GRADIENT,
    ),
    "tanh": Guide(
        "Multiply the gradient that arrives by the slope, 1 − z². Here z is the value that this node outputs.",
        "{upstream} · (1 − {result}²)",
        VALUE_AS_SLOPE,
        Mistake(
            lambda at: at.dout * at.result * (1 - at.result),
            "You used the slope of the sigmoid, z (1 − z). The slope of tanh is 1 − z².",
        ),
        Mistake(
            lambda at: at.dout * (1 - at.x**2),
            "You put the input into 1 − z². There, z is the value that this node outputs.",
        ),
        Mistake(lambda at: at.dout * (1 - at.result), "You forgot the square: the slope of tanh is 1 − z²."),
        Mistake(lambda at: at.dout * at.result**2, "You forgot the 1: the slope of tanh is 1 − z²."),
        *OF_ANY_GRADIENT,
    ),
    "relu": Guide(
        "A ReLU passes on the gradient that arrives if its input is above 0. Otherwise nothing gets through.",
        "{upstream} · 1 if {plain x} is above 0, and {upstream} · 0 if not",
        Mistake(lambda at: at.dout, "The input of this ReLU isn't above 0. It's flat there, so nothing gets through."),
        Mistake(lambda at: 0.0, "The input of this ReLU is above 0, so the gradient gets through as it is."),
        Mistake(
            lambda at: at.dout * at.x,
            "You multiplied by the input. The slope of ReLU is 1 if its input is above 0, and otherwise 0.",
        ),
        SIGN,
        LOCAL_ALONE,
        VALUE_FOR_GRADIENT,
    ),
}

# -- values -----------------------------------------------------------------------------------------------------------

PASSED_ON = Mistake(lambda at: at.x, "That's the input as it is. What does this node make of it?")
SLOPE_FOR_VALUE = Mistake(lambda at: at.local, "That's the slope. What's the value?")
FIRST_INPUT = Mistake(lambda at: at.x, "That's the first input as it is. The second one counts, too.")
SECOND_INPUT = Mistake(lambda at: at.other, "That's the second input as it is. The first one counts, too.")
OF_ANY_VALUE = (PASSED_ON, SIGN)
OF_TWO_INPUTS = (FIRST_INPUT, SECOND_INPUT, SIGN)

ANY_VALUE = Guide(
    "Take the values at this node's inputs, and do with them what the node says.",
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
            "You subtracted the second input from the first. This node adds, so watch the signs.",
        ),
        Mistake(
            lambda at: at.other - at.x,
            "You subtracted the first input from the second. This node adds, so watch the signs.",
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
        "This node flips the sign of its input.",
        "−{x}",
        Mistake(lambda at: at.x, "That's the input as it is. This node flips its sign."),
        Mistake(lambda at: 1 / at.x, "You divided 1 by the input. This node only flips the sign."),
    ),
    "reciprocal": Guide(
        "This node divides 1 by its input.",
        "1 / {x}",
        Mistake(lambda at: -at.x, "You flipped the sign. This node divides 1 by its input."),
        SLOPE_FOR_VALUE,
        *OF_ANY_VALUE,
    ),
    "exp": Guide(
        "This node outputs e^a, with e = 2.718. Here a is the input.",
        "e^{x}, in Python np.exp",
        Mistake(lambda at: np.exp(-at.x), "That's e to the power of minus a. This node outputs e^a."),
        Mistake(lambda at: at.x * np.e, "You multiplied by e. The input is the power: e^a."),
        *OF_ANY_VALUE,
    ),
    "log": Guide(
        "This node outputs the natural logarithm of its input.",
        "log {x}, in Python np.log",
        Mistake(lambda at: np.log10(at.x), "That's the logarithm to base 10. Here, log is the natural one, to base e."),
        Mistake(lambda at: np.exp(at.x), "That's e^a. This node outputs the logarithm, which undoes it."),
        SLOPE_FOR_VALUE,
        *OF_ANY_VALUE,
    ),
    "power": Guide(
        "This node raises its input to the power n: a^2 is a times a.",
        "{x}^{n}",
        Mistake(lambda at: at.x * at.n, "You multiplied by n. In a^n it's the power: a^2 is a times a."),
        SLOPE_FOR_VALUE,
        *OF_ANY_VALUE,
    ),
    "sigmoid": Guide(
        "The sigmoid is 1 / (1 + e^−a), a number between 0 and 1. Here a is the input.",
        "1 / (1 + e^−a), with a = {plain x}",
        Mistake(lambda at: sigmoid(-at.x), "You forgot the minus in 1 / (1 + e^−a)."),
        Mistake(lambda at: 1 + np.exp(-at.x), "That's 1 + e^−a alone. The sigmoid is 1 divided by it."),
        Mistake(lambda at: np.exp(at.x), "You forgot the 1 +: the sigmoid is 1 / (1 + e^−a)."),
        SLOPE_FOR_VALUE,
        Mistake(lambda at: np.tanh(at.x), "That's tanh. This node is a sigmoid."),
        *OF_ANY_VALUE,
    ),
    "tanh": Guide(
        "This node outputs tanh a, a number between −1 and 1. Here a is the input.",
        "tanh {x}, in Python np.tanh",
        SLOPE_FOR_VALUE,
        Mistake(lambda at: sigmoid(at.x), "That's the sigmoid. This node is tanh."),
        *OF_ANY_VALUE,
    ),
    "relu": Guide(
        "A ReLU passes on what's above 0, and turns the rest into 0.",
        "the larger one of 0 and {plain x}",
        Mistake(lambda at: at.x, "The input of this ReLU isn't above 0. What does the ReLU turn it into?"),
        Mistake(lambda at: 0.0, "The input of this ReLU is above 0, so it gets through."),
        Mistake(lambda at: abs(at.x), "You dropped the minus. A ReLU turns everything below 0 into 0."),
        SLOPE_FOR_VALUE,
        SIGN,
    ),
}


def guide_to(kind, name):
    """The Guide to a "value" or a "gradient" at a node of this name, such as "multiply"."""
    return VALUES.get(name, ANY_VALUE) if kind == "value" else GRADIENTS.get(name, ANY_GRADIENT)
