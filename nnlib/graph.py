"""An expression recorded as a graph of nodes: values go forward through it, gradients come back.

    x, y, z = Variable(-2, "x"), Variable(5, "y"), Variable(-4, "z")
    graph = Graph((x + y) * z)         x ──┐
    graph.backward()                       + ──┐
    graph.gradients                    y ──┘   × ── f
    {'x': -4.0, 'y': -4.0, 'z': 3.0}   z ──────┘

Every node holds an operation of nodes.py, which knows the value and the local rule. Values and gradients live on the edges
between the nodes. What is used more than once goes through a Branch, which adds up the gradients that come back.
"""

from collections import Counter
from copy import copy

import numpy as np

from nnlib.arguments import as_float, as_upstream, check_same_shape, scalar_if_0d
from nnlib.nodes import Add, Apply, Branch, Exp, Log, Multiply, Negative, Power, Reciprocal

__all__ = ["Variable", "Graph"]
__dir__ = __all__.copy  # what Tab shows after `graph.`

# -- recording --------------------------------------------------------------------------------------------------------


class Variable:
    """A value with a name, or an operation on other variables: +, -, *, /, ** or a function. A Graph computes it later.

    value  a number, or an array of any shape. You may change a named one, and then call graph.forward(). None if computed.
    name   for messages and pictures; "" for a constant.
    TypeError if value isn't real numbers, or name isn't a word.
    """

    __array_ufunc__ = None  # `array * variable` is ours, not NumPy's
    operation = None
    inputs = ()

    def __init__(self, value, name=""):
        if not isinstance(name, str):
            raise TypeError(f"name must be a word, got {type(name).__name__} {name!r}")
        self.value = scalar_if_0d(as_float(name or "value", value).copy())
        self.name = name

    def __repr__(self):
        if self.operation:
            return f"Variable({name_of(self.operation)} of {len(self.inputs)})"
        return f"Variable({self.value}, {self.name!r})" if self.name else f"Variable({self.value})"

    def __add__(self, other):
        return record(Add(), self, other)

    def __mul__(self, other):
        return record(Multiply(), self, other)

    def __neg__(self):
        return Variable(-self.value) if is_constant(self) else record(Negative(), self)

    def __sub__(self, other):
        return self + -as_variable(other)

    def __truediv__(self, other):
        reciprocal = record(Reciprocal(), other)
        return reciprocal if is_constant(self) and np.array_equal(self.value, 1) else self * reciprocal

    def __radd__(self, other):
        return as_variable(other) + self

    def __rmul__(self, other):
        return as_variable(other) * self

    def __rsub__(self, other):
        return as_variable(other) - self

    def __rtruediv__(self, other):
        return as_variable(other) / self

    def __pow__(self, n):
        return record(Power(n), self)

    def exp(self):
        """e^x, a Variable; x is this one, of any shape."""
        return record(Exp(), self)

    def log(self):
        """The natural logarithm of x, a Variable; x is this one, of any shape."""
        return record(Log(), self)

    def sigmoid(self):
        """1 / (1 + e^-x), a Variable; x is this one, of any shape."""
        return record(Apply("sigmoid"), self)

    def tanh(self):
        """tanh x, a Variable; x is this one, of any shape."""
        return record(Apply("tanh"), self)

    def relu(self):
        """max(0, x), a Variable; x is this one, of any shape."""
        return record(Apply("relu"), self)


def record(operation, *inputs):
    """A variable for the output of an operation of nodes.py; its inputs are variables, or numbers and arrays."""
    result = Variable.__new__(Variable)
    result.value, result.name, result.operation = None, "", operation
    result.inputs = tuple(map(as_variable, inputs))
    return result


def as_variable(value):
    return value if isinstance(value, Variable) else Variable(value)


def is_constant(variable):
    return variable.operation is None and not variable.name


def name_of(operation):
    """An operation's name in messages and pictures."""
    return getattr(operation, "name", type(operation).__name__.lower())


# -- the graph --------------------------------------------------------------------------------------------------------


class Edge:
    """A connection from one node to the next, or out of the graph: a value forward, a gradient back, None while unknown."""

    def __init__(self, source):
        self.source, self.target = source, None
        self.value = self.gradient = None


class Node:
    """An operation with its edges; operation is None for a variable where the graph begins.

    inputs, outputs  the edges in and out. The gradients on `outputs` are upstream, those on `inputs` downstream.
    """

    def __init__(self, operation, inputs, uses=1, variable=None):
        self.operation, self.inputs, self.variable = operation, inputs, variable
        self.outputs = [Edge(self) for _ in range(uses)]
        for edge in inputs:
            edge.target = self

    @property
    def name(self):
        """The operation's name, or a variable's own; "" for a constant."""
        return name_of(self.operation) if self.operation else self.variable.name

    @property
    def local(self):
        """The local gradients, one number for each input: how fast the output changes with it.

        None before forward, for arrays, and for a variable.
        """
        values = [edge.value for edge in (*self.inputs, *self.outputs)]
        if not self.operation or any(value is None or np.ndim(value) for value in values):
            return None
        if isinstance(self.operation, Branch):
            return (1.0,)  # for each of its outputs
        return tuple(map(to_scalar, as_tuple(self.operation.backward(1.0))))

    def forward(self):
        """Compute the values on `outputs` from those on `inputs`; ValueError if two inputs' shapes differ."""
        if self.operation:
            inputs = [edge.value for edge in self.inputs]
            check_same_shape(f"the right side of {self.name}", inputs[-1], "the left side", inputs[0])
            values = as_tuple(self.operation.forward(*inputs))
        else:
            values = (scalar_if_0d(as_float(self.name or "value", self.variable.value).copy()),)
        for edge, value in zip(self.outputs, values, strict=True):
            edge.value = value

    def backward(self):
        """Compute the gradients on `inputs` by the operation's rule, downstream = upstream times local."""
        gradients = as_tuple(self.operation.backward(*(edge.gradient for edge in self.outputs)))
        for edge, gradient in zip(self.inputs, gradients, strict=True):
            edge.gradient = gradient


class Graph:
    """Everything a result is computed from, as a list `nodes`: each node comes after those that its inputs come from.

    Numbers, or arrays of any shape, the same for both sides of an operation. A new graph has been computed forward once.
    You may call `forward` and `backward` as often as you like: gradients don't add up from one call to the next.
    TypeError if result isn't a Variable; ValueError if two variables have the same name, or the shapes don't fit.
    """

    def __init__(self, result):
        if not isinstance(result, Variable):
            raise TypeError(f"result must be a Variable, got {type(result).__name__}")
        self.nodes = []
        uses = {}  # variable -> edges out of its node that still lead nowhere
        order = topological_order(result)
        count = Counter(one for variable in order for one in variable.inputs)
        for variable in order:  # operations are copied: each graph remembers its own forward
            inputs = [uses[one].pop(0) for one in variable.inputs]
            self.nodes.append(Node(copy(variable.operation), inputs, variable=variable))
            if count[variable] > 1:
                self.nodes.append(Node(Branch(count[variable]), self.nodes[-1].outputs, uses=count[variable]))
            uses[variable] = list(self.nodes[-1].outputs)
        self.variables = variables_by_name(self.nodes)
        self.forward()

    @property
    def value(self):
        """The result, a number or an array; None before it's computed."""
        return to_scalar(self.nodes[-1].outputs[0].value)

    @property
    def gradients(self):
        """{name: gradient} of all named variables after backward, each of its variable's shape; None before."""
        return {name: to_scalar(node.outputs[0].gradient) for name, node in self.variables.items()}

    def forward(self):
        """Compute every node, and return the result: a number, or an array. ValueError if the shapes don't fit."""
        for _ in self.forward_steps():
            pass
        return self.value

    def backward(self, dout=1.0):
        """Compute the gradient on every edge, from `dout`, the upstream gradient of the result, of the result's shape.

        RuntimeError if a node isn't computed; TypeError if dout isn't real numbers, ValueError if its shape doesn't fit.
        """
        for _ in self.backward_steps(dout):
            pass

    def forward_steps(self):
        """Like forward, one operation at a time: an iterator over the nodes, each as soon as it's computed.

        The call itself forgets what was known before and puts the variables' values, of any shape, on their edges.
        """
        self.forget("value", "gradient")
        for node in self.nodes:
            if not node.operation:
                node.forward()
        return apply_each(Node.forward, self.operations())

    def backward_steps(self, dout=1.0):
        """Like backward, one operation at a time: an iterator over the nodes, each once its inputs' gradients are known.

        The call itself forgets the old gradients and puts `dout`, of the result's shape, on the last edge. Errors as there.
        """
        result = self.nodes[-1].outputs[0]
        if result.value is None:
            raise RuntimeError("backward before forward: compute every node first")
        dout = as_upstream((result.value.shape, result.value.dtype), dout)
        self.forget("gradient")
        result.gradient = dout.copy()
        return apply_each(Node.backward, reversed(self.operations()))

    def steps(self):
        """forward_steps, then backward_steps, as one iterator; backward begins when its first step is due."""
        forward = self.forward_steps()

        def both():
            yield from forward
            yield from self.backward_steps()

        return both()

    def operations(self):
        """The nodes that compute something: all but the variables and constants."""
        return [node for node in self.nodes if node.operation]

    @property
    def edges(self):
        """All edges, in the order of their source nodes; the last one leads out of the graph."""
        return [edge for node in self.nodes for edge in node.outputs]

    def forget(self, *what):
        """Set "value", "gradient" or both to None on every edge."""
        for edge in self.edges:
            for name in what:
                setattr(edge, name, None)


def apply_each(step, nodes):
    """An iterator over the nodes that takes the step at each, just before it's handed out."""
    for node in nodes:
        step(node)
        yield node


def topological_order(result):
    """A variable and all that it's computed from, each after its inputs; a loop, so that long chains work too."""
    order, met, waiting = [], set(), [(result, False)]
    while waiting:
        variable, inputs_done = waiting.pop()
        if inputs_done:
            order.append(variable)
        elif variable not in met:
            met.add(variable)
            waiting.append((variable, True))
            waiting += [(one, False) for one in reversed(variable.inputs)]
    return order


def variables_by_name(nodes):
    """{name: node} of the named variables; ValueError if two have the same name."""
    found = {}
    for node in nodes:
        if node.variable and not node.operation and node.name:
            if node.name in found:
                raise ValueError(f"name must belong to one variable only, got two with {node.name!r}")
            found[node.name] = node
    return found


def as_tuple(values):
    return values if isinstance(values, tuple) else (values,)


def to_scalar(value):
    """A single number as a Python float; None and arrays as they are."""
    return float(value) if value is not None and np.ndim(value) == 0 else value
