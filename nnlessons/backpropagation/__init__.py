"""Lesson 6, backpropagation, node by node: its demos, its exercises, and the figures they draw with."""
