"""Lesson 8, training a two-layer network.

demos.py              one update; it offers all demos of this lesson
digits.py             pictures and demos for the reader's own network
exercises.py          predictions, and functions for the reader to write
playground.py         a network in training, in the learner's settings
as_code.py            a run of the playground as code
points.py             points of the learner's own, and measured digits
run.py                a training run as a sequence of states, for any network and points
run_picture.py        what a run shows in the playground's figure
playground_figure.py  a network in training over the plane, its units and curves
sweep.py              twenty steps, at many learning rates
digit_figures.py      digits, weights as pictures, bars for classes, learning curves
"""
