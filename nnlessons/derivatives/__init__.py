"""Lesson 4, derivatives and gradients.

demos.py            secants, numerical derivatives, gradients on a landscape, and the chain rule
exercises.py        predictions, and functions for the reader to write
slope_figures.py    a secant, the error over h, a nudge through two functions
landscape.py        a surface that can be turned, beside its map
loss_map.py         a landscape that is the loss of a neuron, which lesson 5 walks on
loss_map_figure.py  the neuron's line beside the map
gears.py            the chain rule for one unit
gears_figure.py     four dials
"""
