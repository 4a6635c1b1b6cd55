"""Lesson 4, derivatives and gradients: its demos, its exercises, and the figures they draw with."""
