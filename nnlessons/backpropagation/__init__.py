"""Lesson 6, backpropagation, node by node.

demos.py                    all demos, each from a module of its own
pictured.py, steps.py       a graph as a picture; a walk through it, each step in words
engine.py, engine_steps.py  the engine that the reader builds, and its five exercises
exercises.py                recall, predictions, and functions for the reader to write
gaps.py, guides.py          what to fill in on a graph, and how to work it out
"""
