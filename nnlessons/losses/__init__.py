"""Lesson 3, loss functions.

demos.py                  squared errors, cross entropy, and the mean over samples
exercises.py              predictions, and functions for the reader to write
figures.py                the figures of the demos in demos.py
surprise_meter.py         probabilities that multiply, and surprises that add up
surprise_meter_figure.py  the bars of both, day by day
surprises.py              the pictures with the largest losses of one neuron
surprises_figure.py       a plane of points, and the pictures of three of them
tug_figure.py             scores with arrows, and outputs with targets
tug_of_war.py             how each score is pulled by what its output lacks
which_way.py              one weight of a layer, with accuracy and loss
which_way_figure.py       three classes in a plane, and two curves over the weight
"""
