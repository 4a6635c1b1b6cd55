"""Pictures: arrays in, artists out. Each function draws once and returns (figure, {name: artist}).

It knows no layer, no network and no widget. One palette and one type scale for all, in style.py.
"""
