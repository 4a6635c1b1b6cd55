"""Lesson 5, gradient descent.

demos.py               all demos of the lesson, each from one of the next files
fog.py                 the opening: a line fit in fog
fog_figure.py          the samples with the line, beside the map under fog
curve.py               a descent on a curve
curve_figure.py        the curve with the path, and a scale of learning rates
contours.py            a descent over contours
contours_figure.py     the path on the map, the heights, and what a step multiplies
walking_neuron.py      a neuron's descent on lesson 4's map
loss_curves.py         loss curves, to make and to diagnose
loss_curves_figure.py  one loss curve, or six
average.py             mini-batch gradients, right on average
average_figure.py      their arrows on the map, and the mean
batches.py             an update with a mini-batch, in three phases
batches_figure.py      the marked mini-batch, its arrow, and the arrow of all samples
sweep.py               many learning rates at once
sweep_figure.py        the height reached over the learning rate
net.py                 the six weights of a small net
net_figure.py          weights and gradients as tables, and the loss
line_fit.py            samples, a line, its loss and gradient: what fog.py, average.py and batches.py share
line_fit_figure.py     the samples beside the map: what their figures share
rates.py               the learning rate's slider, and what a learning rate does on a bowl
exercises.py           predictions, and functions for the reader to write
figures.py             how a path and contour lines look
"""
