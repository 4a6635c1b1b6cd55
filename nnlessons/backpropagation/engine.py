"""The engine that the reader builds in lesson 6: values that remember where they come from, and a walk back through them."""

from nnlib.activations import sigmoid

__all__ = ["Value", "add", "backward", "in_order", "multiply", "sigmoid_of"]
__dir__ = __all__.copy  # what Tab shows after `engine.`


class Value:
    """A number that remembers the Values it was computed from, and how fast it changes with each."""

    def __init__(self, value, parents=(), local=()):
        self.value = value
        self.parents = parents
        self.local = local
        self.gradient = 0


def add(u, v):
    """u + v, a Value."""
    return Value(u.value + v.value, (u, v), (1, 1))


def multiply(u, v):
    """u v, a Value: how fast it changes with u is the value of v, and the other way around."""
    return Value(u.value * v.value, (u, v), (v.value, u.value))


def sigmoid_of(u):
    """The sigmoid of u, a Value."""
    z = float(sigmoid(u.value))
    return Value(z, (u,), (z * (1 - z),))


def in_order(result):
    """A Value and all that it was computed from, each once, and each after its parents."""
    order = []
    visit(result, order)
    return order


def visit(node, order):
    """Append a node to the list, after everything that it was computed from."""
    for parent in node.parents:
        if parent not in order:
            visit(parent, order)
    order.append(node)


def backward(result):
    """Give each Value that the result was computed from its gradient."""
    result.gradient = 1
    for node in reversed(in_order(result)):
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.gradient += node.gradient * local
