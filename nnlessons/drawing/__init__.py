"""Pictures that several lessons draw with: arrays in, artists out. Each function draws once and returns (figure, {name: artist}).

One palette and one type scale for all pictures, in style.py.
"""
