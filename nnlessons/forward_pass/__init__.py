"""Lesson 2, the forward pass.

demos.py             a product in two ways, networks of any size, softmax's overflow
exercises.py         predictions, and functions for the reader to write
layers_figure.py     the network that reads digits, as four columns of numbers
passing.py           a forward pass, one layer after the other
passing_figure.py    a network with sums, outputs, weights and biases
product.py           x @ W + b in numbers: any one of its sums
product_figure.py    the tables of that product, and the sum written out
product_two_ways.py  a product drawn as arrows and as arrays
reading_layers.py    what a picture turns into on its path through that network
shapes.py            which shapes fit together
shares_figure.py     three scores, their powers of e, and the shares of the sum
softmax_bars.py      scores and their softmax as bars
softmax_steps.py     softmax in three steps
"""
