"""Lesson 2, the forward pass.

demos.py             a product in two ways, a forward pass layer by layer, networks of any size, softmax
exercises.py         predictions, and functions for the reader to write
passing.py           a forward pass, one layer after the other
passing_figure.py    a network with sums, outputs, weights and biases
product_two_ways.py  a product drawn as arrows and as arrays
shapes.py            which shapes fit together
softmax_bars.py      scores and their softmax as bars
"""
