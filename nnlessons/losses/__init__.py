"""Lesson 3, loss functions.

demos.py                  squared errors, cross entropy, the mean over samples, and accuracy beside loss
exercises.py              predictions, and functions for the reader to write
figures.py                the figures of these demos
surprise_meter.py         probabilities that multiply, and surprises that add up
surprise_meter_figure.py  the bars of both, day by day
tug_figure.py             scores with arrows, and outputs with targets
tug_of_war.py             how each score is pulled by what its output lacks
"""
