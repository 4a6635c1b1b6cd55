"""Functions that say by their parameters what they need: `def update(w, b)` is given the controls w and b, and no others."""

import inspect


def parameters(function):
    """The names of the controls that a function needs: its parameters without a default."""
    found = inspect.signature(function).parameters.values()
    return [each.name for each in found if each.default is each.empty and each.name != "state"]


def arguments_for(function, values):
    """Those of the values that a function needs."""
    return {name: values[name] for name in parameters(function)}


def call(function, values, *first):
    return function(*first, **arguments_for(function, values))
