"""Lesson 0, one neuron: its demos, its exercises, and the figures they draw with."""
