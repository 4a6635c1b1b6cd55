"""Lesson 2, the forward pass: its demos, its exercises, and the figures they draw with."""
