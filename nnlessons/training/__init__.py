"""Lesson 8, training a two-layer network.

demos.py              learning rates, the playground, one update; it offers the demos of digits.py too
digits.py             pictures and demos for the reader's own network
exercises.py          predictions, and functions for the reader to write
playground_figure.py  a network in training over the plane
digit_figures.py      digits, weights as pictures, bars for classes, learning curves
"""
