"""Lesson 5, gradient descent.

demos.py               all demos of the lesson, each from one of the next files
fog.py                 the opening: a line fit in fog
curve.py               a descent on a curve
contours.py            a descent over contours
sweep.py               many learning rates at once
walking_neuron.py      a neuron's descent on lesson 4's map
loss_curves.py         loss curves, to make and to diagnose
average.py             mini-batch gradients, right on average
batches.py             an update with a mini-batch, in three phases
net.py                 the six weights of a small net
line_fit.py            samples, a line, its loss and gradient: what fog.py, average.py and batches.py share
rates.py               the learning rate's slider, and what a learning rate does on a bowl
exercises.py           predictions, and functions for the reader to write
figures.py             how a path and contour lines look
*_figure.py            the figure of the file whose name it has
"""
