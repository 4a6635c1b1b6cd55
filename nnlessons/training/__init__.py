"""Lesson 8, training a two-layer net: its demos, its exercises, and the figures they draw with."""
