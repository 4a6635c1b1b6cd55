"""Lesson 7, backpropagation through arrays.

demos.py            the graphs of arrays, step by step; it offers the rest of the lesson's demos too
puzzles.py          demos on shapes, on the Jacobian, and on a network with a bug
memory.py           which array each of the reader's names points to
exercises.py        predictions, and functions for the reader to write
broken_layers.py    layers with a bug, and the check that finds it
memory_figure.py    names, lists and boxes, joined by arrows
jacobian_figure.py  a Jacobian as cells
error_bars.py       relative errors as bars
"""
