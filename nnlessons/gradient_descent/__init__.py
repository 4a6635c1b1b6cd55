"""Lesson 5, gradient descent.

demos.py               all demos of the lesson: the weights of a small net, mini-batches, and those of the next files
curve.py               a descent on a curve
contours.py            a descent over contours
sweep.py               many learning rates at once
loss_curves.py         loss curves, to make and to diagnose
rates.py               the learning rate's slider, and what a learning rate does on a bowl
line_fit.py            samples to fit a line to
exercises.py           predictions, and functions for the reader to write
figures.py             how a path and contour lines look; the figures of the demos in demos.py
curve_figure.py        a curve with a path, and a scale of learning rates
contours_figure.py     a path over contours, and its height
sweep_figure.py        the height over the learning rate
loss_curves_figure.py  one loss curve, and six
"""
