"""Lesson 3, loss functions.

demos.py             squared errors, cross entropy, the mean over samples, and accuracy beside loss
which_way.py         one weight of a layer, with accuracy and loss
which_way_figure.py  three classes in a plane, and two curves over the weight
surprises.py         the pictures with the largest losses of one neuron
surprises_figure.py  a plane of points, and the pictures of three of them
exercises.py         predictions, and functions for the reader to write
figures.py           the figures of the demos in demos.py
"""
