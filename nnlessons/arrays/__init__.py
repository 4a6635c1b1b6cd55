"""Lesson 7, backpropagation through arrays.

demos.py            the graphs of arrays, step by step; it offers the rest of the lesson's demos too
wires.py            a layer as wires, walked forward and backward
puzzles.py          demos on shapes, on the Jacobian, and on a network with a bug
memory.py           which array each of the reader's names points to
exercises.py        predictions, and functions for the reader to write
mending.py          the reader's own repair of a bug, checked
repairs.py          how each bug is mended, and what people write instead
broken_layers.py    layers with a bug, and the check that finds it
whole_numbers.py    small whole numbers, and sums of them in words
wires_figure.py     inputs, outputs, a wire for each weight, and the same numbers as arrays
memory_figure.py    names, lists and boxes, joined by arrows
jacobian_figure.py  a Jacobian as cells
error_bars.py       relative errors as bars
"""
