"""Lesson 0, one neuron.

demos.py      a unit, a line that separates points, and shapes of arrays
exercises.py  predictions, and functions for the reader to write
figures.py    a unit, and points with a line
"""
