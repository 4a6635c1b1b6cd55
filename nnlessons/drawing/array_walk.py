"""A graph of arrays, step by step forward and backward: which of its numbers are known, and what the drawing shows."""

from dataclasses import dataclass

import numpy as np

from nnlessons.drawing.array_graph import array_graph
from nnlessons.wording import short

__all__ = ["Plan", "row_of"]
__dir__ = __all__.copy  # what Tab shows after `array_walk.`


@dataclass(frozen=True)
class Plan:
    """A graph of arrays and its steps: one for each node forward, then one for each node backward.

    columns  the names of the arrays, column by column, in the order in which they are drawn
    nodes    (sign, inputs, outputs), in the order of the forward pass
    vectors  names of arrays with one row that have only one dimension in the code: their shape is shown as (n,)
    """

    columns: tuple
    nodes: tuple
    vectors: tuple = ()

    @property
    def names(self):
        """The names of all arrays, column by column."""
        return sum(self.columns, ())

    @property
    def last(self):
        """The number of the last step."""
        return 2 * len(self.nodes)

    def turn(self, step):
        """(node, whether it goes backward) at a step from 0 to `last`; the node is None at step 0."""
        n = len(self.nodes)
        if step == 0:
            return None, False
        return (self.nodes[step - 1], False) if step <= n else (self.nodes[2 * n - step], True)

    def draw(self, arrays, size):
        """(figure, parts) of `array_graph` for these arrays, in a figure of this size in inches."""
        shapes = {name: arrays[name][0].shape for name in self.names}
        return array_graph(self.columns, shapes, self.nodes, size, self.vectors)

    def shown(self, arrays, step, chosen=()):
        """The properties of the drawing's parts after this step.

        arrays  {name: (value, gradient)}, all 2-D; the gradient is None for an array that needs none
        chosen  the cells to highlight: (name, row, column)
        """
        n = len(self.nodes)
        node, backward = self.turn(step)
        forward, back = self.nodes[:step], self.nodes[max(0, 2 * n - step) :]
        computed = {name for _, _, outputs in self.nodes for name in outputs}
        valued = set(self.names) - computed | {name for _, _, outputs in forward for name in outputs}
        returned = {name for _, inputs, outputs in back for name in (*inputs, *outputs) if arrays[name][1] is not None}
        states = {name: "known" if name in valued else "unknown" for name in self.names}
        if node:
            _, inputs, outputs = node
            states |= dict.fromkeys(outputs, "upstream" if backward else "forward")
            if backward:
                states |= dict.fromkeys(returned.intersection(inputs), "downstream")
        marked = np.concatenate([marks(name, arrays[name][0].shape, chosen) for name in self.names])
        gradients = self.texts(arrays, 1, returned)
        return {
            "cells": {"states": [states[name] for name in self.names], "chosen": marked.tolist()},
            "nodes": {"highlighted": [one is node for one in self.nodes]},
            "values": {"texts": self.texts(arrays, 0, valued), "alone": [not text for text in gradients]},
            "gradients": {"texts": gradients},
            "wires": self.wires(forward, back, node if step else None, backward, arrays),
        }

    def texts(self, arrays, which, known):
        """The number of each cell, array after array; "" for the cells of an array that is not `known` yet."""
        return [
            short(number) if name in known else ""
            for name in self.names
            for number in (arrays[name][which] if name in known else arrays[name][0]).ravel()
        ]

    def wires(self, forward, back, node, backward, arrays):
        """The properties of the wires, for the nodes that have gone forward and back, and the one whose turn it is."""
        states, returned = [], []
        for one in self.nodes:
            _, inputs, outputs = one
            plain = "known" if one in forward else "unknown"
            for name in inputs:
                goes_back = arrays[name][1] is not None
                states.append("downstream" if one is node and backward and goes_back else plain)
                returned.append(one in back and goes_back)
            states += [("upstream" if backward else "forward") if one is node else plain] * len(outputs)
            returned += [one in back] * len(outputs)
        return {"states": states, "returned": returned}


def marks(name, shape, chosen):
    """For each cell of an array, row by row, whether it is among the chosen ones."""
    marked = np.zeros(shape, bool)
    for where, row, column in chosen:
        if where == name:
            marked[row, column] = True
    return marked.ravel()


def row_of(array):
    """A 2-D array in words: its rows, each number with four digits and no exponent."""
    return ", ".join(f"[{', '.join(map(without_exponent, row))}]" for row in array)


def without_exponent(number):
    """A number with four digits and no exponent."""
    return np.format_float_positional(number, precision=4, unique=False, fractional=False, trim="-")
