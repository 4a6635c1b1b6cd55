"""Lesson 4, derivatives and gradients.

demos.py             all demos: secants, numerical derivatives, gradients on a landscape, and the chain rule are here
exercises.py         predictions, and functions for the reader to write
zoom.py              zooming in on a curve
zoom_figure.py       the whole curve beside a magnified piece
slope_figures.py     a secant, the error over eps, a nudge through two functions
landscape.py         a surface that can be turned, beside its map
bowl_zoom.py         zooming in on a bowl
bowl_zoom_figure.py  a piece of a surface with its plane, beside its map
loss_map.py          a landscape that is the loss of a neuron, which lesson 5 walks on
loss_map_figure.py   the neuron's line beside the map
gears.py             the chain rule for one unit
gears_figure.py      four dials
"""
