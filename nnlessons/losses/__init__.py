"""Lesson 3, loss functions: its demos, its exercises, and the figures they draw with."""
