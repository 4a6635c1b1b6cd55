"""Lesson 5, gradient descent.

demos.py           a descent on a curve and over contours, learning rates, weights, mini-batches
exercises.py       predictions, and functions for the reader to write
figures.py         the figures of these demos
walking_neuron.py  a neuron's descent on lesson 4's map
"""
