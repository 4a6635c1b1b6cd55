"""Lesson 1, activation functions: its demos, its exercises, and the figures they draw with."""
