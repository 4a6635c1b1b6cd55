"""An expression recorded as a graph of nodes: values go forward through it, gradients come back.

    x, y, z = Variable(-2, "x"), Variable(5, "y"), Variable(-4, "z")
    graph = Graph((x + y) * z)         x ──┐
    graph.backward()                       + ──┐
    graph.gradients                    y ──┘   × ── f
    {'x': -4.0, 'y': -4.0, 'z': 3.0}   z ──────┘

Every node holds an operation of nodes.py, which knows the value and the local rule. Values and gradients live on the edges
between the nodes. What is used more than once goes through a Branch, which adds up the gradients that come back.
"""

from copy import copy

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.arguments import as_float, as_upstream, check_same_shape, shape_and_dtype
from nnlib.nodes import Add, Apply, Branch, Exp, Log, Multiply, Negative, Power, Reciprocal

# -- recording --------------------------------------------------------------------------------------------------------


class Variable:
    """A value with a name, or what +, -, *, /, ** and functions make of others. It is only recorded: a Graph computes it.

    value  a number or an array; with a name it may be changed, and graph.forward() then follows. None for what is computed.
    name   what messages and pictures call it; "" for a constant.
    """

    __array_ufunc__ = None  # so that NumPy leaves `array * variable` to us
    operation = None
    inputs = ()

    def __init__(self, value, name=""):
        if not isinstance(name, str):
            raise TypeError(f"name must be a word, got {type(name).__name__} {name!r}")
        self.value = +as_float(name or "value", value)
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
        return record(Exp(), self)

    def log(self):
        return record(Log(), self)

    def sigmoid(self):
        return record(Apply("sigmoid"), self)

    def tanh(self):
        return record(Apply("tanh"), self)

    def relu(self):
        return record(Apply("relu"), self)


def record(operation, *inputs):
    """What an operation of nodes.py makes of variables or numbers, as a variable."""
    result = Variable.__new__(Variable)
    result.value, result.name, result.operation = None, "", operation
    result.inputs = tuple(map(as_variable, inputs))
    return result


def as_variable(value):
    return value if isinstance(value, Variable) else Variable(value)


def is_constant(variable):
    return variable.operation is None and not variable.name


def name_of(operation):
    """What an operation is called in messages and pictures."""
    for name, activation in ACTIVATIONS.items():
        if getattr(operation, "value", None) is activation.function:
            return name
    return type(operation).__name__.lower()


# -- the graph --------------------------------------------------------------------------------------------------------


class Edge:
    """The way from one node to another, or out of the graph: a value forward, a gradient back, None while unknown."""

    def __init__(self, source):
        self.source, self.target = source, None
        self.value = self.gradient = None


class Node:
    """An operation with its edges; without one, a variable where the graph begins.

    inputs, outputs  the edges that lead in and out. The gradient on `outputs` is the upstream one, on `inputs` the downstream.
    """

    def __init__(self, operation, inputs, ways=1, variable=None):
        self.operation, self.inputs, self.variable = operation, inputs, variable
        self.outputs = [Edge(self) for _ in range(ways)]
        for edge in inputs:
            edge.target = self

    @property
    def name(self):
        """A variable's own name, "" for a constant; what the operation is called."""
        return name_of(self.operation) if self.operation else self.variable.name

    @property
    def local(self):
        """The local gradients of a node of numbers, one for each input: how much the output moves for each move of it.

        None before forward, for arrays, and for a variable.
        """
        values = [edge.value for edge in (*self.inputs, *self.outputs)]
        if not self.operation or any(value is None or np.ndim(value) for value in values):
            return None
        if isinstance(self.operation, Branch):
            return (1.0,)  # of each way that leads out
        return tuple(map(to_scalar, as_tuple(self.operation.backward(1.0))))

    def forward(self):
        if self.operation:
            inputs = [edge.value for edge in self.inputs]
            check_same_shape(f"the right side of {self.name}", inputs[-1], "the left side", inputs[0])
            values = as_tuple(self.operation.forward(*inputs))
        else:
            values = (+as_float(self.name or "value", self.variable.value),)
        for edge, value in zip(self.outputs, values, strict=True):
            edge.value = value

    def backward(self):
        """Downstream = upstream times local, by the operation's own rule."""
        gradients = as_tuple(self.operation.backward(*(edge.gradient for edge in self.outputs)))
        for edge, gradient in zip(self.inputs, gradients, strict=True):
            edge.gradient = gradient


class Graph:
    """All that a result is made of, as nodes in order: each comes after those that it gets its inputs from.

    It is computed forward once when it is made. `forward` and `backward` may be called again at any time, and begin from
    nothing each time: gradients never add up from one call to the next.
    """

    def __init__(self, result):
        if not isinstance(result, Variable):
            raise TypeError(f"result must be a Variable, got {type(result).__name__}")
        self.nodes = []
        uses = {}  # variable -> edges that lead out of its node and go nowhere yet
        order = topological_order(result)
        count = {variable: 0 for variable in order}
        for variable in order:
            for one in variable.inputs:
                count[one] += 1
        for variable in order:  # operations are copied: each graph remembers its own forward
            inputs = [uses[one].pop(0) for one in variable.inputs]
            self.nodes.append(Node(copy(variable.operation), inputs, variable=variable))
            if count[variable] > 1:
                self.nodes.append(Node(Branch(count[variable]), self.nodes[-1].outputs, ways=count[variable]))
            uses[variable] = list(self.nodes[-1].outputs)
        self.variables = variables_by_name(self.nodes)
        self.forward()

    @property
    def value(self):
        """The result, or None while it is not computed."""
        return to_scalar(self.nodes[-1].outputs[0].value)

    @property
    def gradients(self):
        """{name of a variable: dL/d(it)}, after backward."""
        return {name: to_scalar(node.outputs[0].gradient) for name, node in self.variables.items()}

    def forward(self):
        """Compute every node; the result."""
        for _ in self.forward_steps():
            pass
        return self.value

    def backward(self, dout=1.0):
        """Send the upstream gradient `dout` of the result back to every variable."""
        for _ in self.backward_steps(dout):
            pass

    def forward_steps(self):
        """The same as forward, one operation at a time: an iterator over the nodes, each after it was computed.

        It begins when it is called: what was known before is gone, and the variables' values are there.
        """
        self.forget("value", "gradient")
        for node in self.nodes:
            if not node.operation:
                node.forward()
        return apply_each(Node.forward, self.operations())

    def backward_steps(self, dout=1.0):
        """The same as backward, one operation at a time: an iterator over the nodes, each after it has sent its gradients on.

        It begins when it is called: the gradients known before are gone, and the result's is there.
        """
        result = self.nodes[-1].outputs[0]
        if result.value is None:
            raise RuntimeError("backward before forward: compute every node first")
        dout = as_upstream(shape_and_dtype(result.value), dout)
        self.forget("gradient")
        result.gradient = +dout
        return apply_each(Node.backward, reversed(self.operations()))

    def steps(self):
        """All the way forward and back, one operation at a time, as forward_steps and then backward_steps.

        It begins when it is called, as forward_steps does. The way back begins with its own first step.
        """
        forward = self.forward_steps()

        def both():
            yield from forward
            yield from self.backward_steps()

        return both()

    def operations(self):
        """The nodes that compute something."""
        return [node for node in self.nodes if node.operation]

    @property
    def edges(self):
        """All edges, in the order of the nodes that they come from; the last one leads out of the graph."""
        return [edge for node in self.nodes for edge in node.outputs]

    def forget(self, *what):
        for edge in self.edges:
            for name in what:
                setattr(edge, name, None)


def apply_each(step, nodes):
    for node in nodes:
        step(node)
        yield node


def topological_order(result):
    """A variable and all that it is made of, each after its inputs; a loop, so that long chains work too."""
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
    """{name: node} of the variables with a name; two with the same one could not be told apart."""
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
    """A single number as Python's own, which prints as one; None and arrays as they are."""
    return float(value) if value is not None and np.ndim(value) == 0 else value
