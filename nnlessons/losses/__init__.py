"""Lesson 3, loss functions.

demos.py      squared errors, cross entropy, the mean over samples, and accuracy beside loss
exercises.py  predictions, and functions for the reader to write
figures.py    the figures of these demos
"""
