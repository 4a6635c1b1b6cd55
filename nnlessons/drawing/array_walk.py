"""A graph of arrays that is walked through step by step: which of its numbers are known, and what the drawing shows."""

from dataclasses import dataclass

import numpy as np

from nnlessons.drawing.array_graph import array_graph
from nnlessons.wording import short


@dataclass(frozen=True)
class Plan:
    """columns  the names of the arrays, column by column, in the order in which they are drawn
    nodes    (sign, inputs, outputs), in the order of the forward pass
    """

    columns: tuple
    nodes: tuple

    @property
    def names(self):
        return sum(self.columns, ())

    @property
    def last(self):
        """How many steps there are: each node once forward, once backward."""
        return 2 * len(self.nodes)

    def turn(self, step):
        """The node whose turn it is at a step, or None, and whether it goes backward."""
        n = len(self.nodes)
        if step == 0:
            return None, False
        return (self.nodes[step - 1], False) if step <= n else (self.nodes[2 * n - step], True)

    def draw(self, arrays, size):
        return array_graph(self.columns, {name: arrays[name][0].shape for name in self.names}, self.nodes, size)

    def shown(self, arrays, step, chosen=()):
        """What the drawing shows after so many steps; arrays: {name: (value, gradient or None)}, chosen: (name, row, column)."""
        n = len(self.nodes)
        node, backward = self.turn(step)
        forward, back = self.nodes[:step], self.nodes[max(0, 2 * n - step) :]
        computed = {name for _, _, outputs in self.nodes for name in outputs}
        valued = set(self.names) - computed | {name for _, _, outputs in forward for name in outputs}
        asked = {name for _, inputs, outputs in back for name in (*inputs, *outputs) if arrays[name][1] is not None}
        states = {name: "known" if name in valued else "unknown" for name in self.names}
        if node:
            _, inputs, outputs = node
            states |= dict.fromkeys(outputs, "upstream" if backward else "forward")
            if backward:
                states |= dict.fromkeys(asked.intersection(inputs), "downstream")
        marked = np.concatenate([marks(name, arrays[name][0].shape, chosen) for name in self.names])
        return {
            "cells": {"states": [states[name] for name in self.names], "chosen": marked.tolist()},
            "nodes": {"highlighted": [one is node for one in self.nodes]},
            "values": {"texts": self.texts(arrays, 0, valued)},
            "gradients": {"texts": self.texts(arrays, 1, asked)},
            "wires": self.wires(forward, back, node if step else None, backward, arrays),
        }

    def texts(self, arrays, which, known):
        """The number of each cell, array after array; nothing where an array is not known yet."""
        return [
            short(number) if name in known else ""
            for name in self.names
            for number in (arrays[name][which] if name in known else arrays[name][0]).ravel()
        ]

    def wires(self, forward, back, node, backward, arrays):
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
    """For each cell of an array whether it is among the chosen ones."""
    marked = np.zeros(shape, bool)
    for where, row, column in chosen:
        if where == name:
            marked[row, column] = True
    return marked.ravel()


def row_of(array):
    """An array in words, each number with four digits, without an exponent."""
    return ", ".join(f"[{', '.join(map(without_exponent, row))}]" for row in array)


def without_exponent(number):
    return np.format_float_positional(number, precision=4, unique=False, fractional=False, trim="-")
