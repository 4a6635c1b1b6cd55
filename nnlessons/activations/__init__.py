"""Lesson 1, why a neuron needs a bend.

demos.py           the functions, their slopes, and what happens to slopes in many layers
warmer.py          the search for a weight, with a step and with a sigmoid
warmer_figure.py   the error over the weight, and a magnifying glass
corners.py         a wavy curve from the corners of ReLU units
corners_figure.py  a target, a network's output, and what each unit contributes
exercises.py       predictions, and functions for the reader to write
figures.py         curves with their slopes, curves of layers, curves made of pieces
"""
