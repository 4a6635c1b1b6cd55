"""Lesson 1, why a neuron needs a bend.

demos.py           the functions, their slopes, and what happens to slopes in many layers
warmer.py          the search for a weight, with a step and with a sigmoid
warmer_figure.py   the error over the weight, and a magnifying glass
exercises.py       predictions, and functions for the reader to write
figures.py         curves with their slopes, curves of layers, curves made of pieces
"""
