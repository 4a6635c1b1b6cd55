"""Lesson 6, backpropagation, node by node.

demos.py      graphs of formulas, step by step, typed by the reader, or to fill in
exercises.py  predictions, and functions for the reader to write
gaps.py       which numbers of a graph to fill in, and the verdict on an answer
guides.py     how to work out each node's numbers, and the mistakes people make there
"""
