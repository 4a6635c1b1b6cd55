"""Lesson 5, gradient descent.

demos.py            all demos of the lesson: a descent on a curve and over contours, learning rates, and those of the next files
fog.py              the opening: a line fit in fog
average.py          mini-batch gradients, right on average
batches.py          an update with a mini-batch, in three phases
net.py              the six weights of a small net
line_fit.py         samples, a line, its loss and gradient: what the first three of these share
walking_neuron.py   a neuron's descent on lesson 4's map
exercises.py        predictions, and functions for the reader to write
figures.py          the figures of the demos in demos.py
fog_figure.py       the samples, and the map of the loss in fog
average_figure.py   the samples, and many gradients on the map
batches_figure.py   the samples, and a path on the map
net_figure.py       weights and gradient as tables, and the loss
line_fit_figure.py  what the figures with samples and a map share
"""
