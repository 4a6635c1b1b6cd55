"""Lesson 7, backpropagation through arrays: its demos, its exercises, and the figures they draw with."""
