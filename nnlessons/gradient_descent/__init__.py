"""Lesson 5, gradient descent: its demos, its exercises, and the figures they draw with."""
