"""Lesson 6, backpropagation, node by node: its demos, its exercises, and the figures they draw with.

gaps.py judges the numbers that the learner fills in on a graph; guides.py says how to work them out at each node.
"""
