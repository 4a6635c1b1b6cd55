"""What several lessons draw with. A figure function takes numbers and words, draws once, and returns (figure, {name: part}).

style.py         the palette, the type scale, and how a figure begins
numerals.py      numbers that change with every move, painted fast
arrays.py        arrays as cells, with or without a number in each
network.py       layers of units, and the weights between them
graph_layout.py  where the nodes and edges of a graph go
graph.py         a computational graph of single numbers
array_graph.py   a computational graph whose edges carry arrays
plane.py         points of two classes, and the line of a neuron
arrow.py         an arrow that can be moved
contours.py      a map: bands between contour lines, with their heights
digits.py        handwritten digits, and a bar for each class
array_walk.py    such a graph, step by step forward and backward
"""
