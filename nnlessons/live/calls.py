"""Functions that name what they need as their parameters: `def update(w, b)` gets the controls w and b, and no others.

A parameter called `state` is special: it gets the demo's state, see `Demo`.
"""

import inspect

__all__ = ["arguments_for", "call", "parameters"]
__dir__ = __all__.copy  # what Tab shows


def parameters(function):
    """The names of the controls that a function needs: its parameters without a default, except `state`."""
    found = inspect.signature(function).parameters.values()
    return [each.name for each in found if each.default is each.empty and each.name != "state"]


def takes_state(function):
    """Whether a function's first parameter is called `state`."""
    return next(iter(inspect.signature(function).parameters), None) == "state"


def arguments_for(function, values):
    """The values {control: value} that a function needs, out of all of them."""
    return {name: values[name] for name in parameters(function)}


def call(function, values, *first):
    """Call a function with the arguments `first`, a state say, and the control values that it needs."""
    return function(*first, **arguments_for(function, values))
