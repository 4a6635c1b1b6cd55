"""Lesson 0, what a network does and one neuron of it.

demos.py           what the lesson shows, and one neuron with its sum
reading.py         a network that reads digits, and learns to
reading_figure.py  what it thinks, and how well it reads
lines.py           the line of a neuron between zeros and nines, between corners, and two lines
line_figures.py    planes of points
sixty.py           the 60 zeros and nines that later lessons use too
exercises.py       predictions, and functions for the reader to write
figures.py         one neuron
"""
