"""Lesson 1, activation functions.

demos.py      the functions, their slopes, and what happens to slopes in many layers
exercises.py  predictions, and functions for the reader to write
figures.py    curves with their slopes, curves of layers, curves made of pieces
"""
