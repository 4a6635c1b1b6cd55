"""Lesson 2, the forward pass.

demos.py             a product in two ways, networks of any size, softmax's overflow
exercises.py         predictions, and functions for the reader to write
passing.py           a forward pass, one layer after the other
passing_figure.py    a network with sums, outputs, weights and biases
product_two_ways.py  a product drawn as arrows and as arrays
shapes.py            which shapes fit together
shares_figure.py     three scores, their powers of e, and the shares of the sum
softmax_bars.py      scores and their softmax as bars
softmax_steps.py     softmax in three steps
"""
