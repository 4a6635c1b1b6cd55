"""Lesson 4, derivatives and gradients.

demos.py          secants, numerical derivatives, gradients on a landscape, and the chain rule
exercises.py      predictions, and functions for the reader to write
slope_figures.py  a secant, the error over eps, a nudge through two functions
landscape.py      a surface that can be turned, beside its map
"""
