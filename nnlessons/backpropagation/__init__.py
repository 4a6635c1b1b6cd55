"""Lesson 6, backpropagation, node by node.

demos.py            all demos of the lesson, each from one of the next files
stepper.py          the graph of (u + v) w, one node at a time, and an update
local_rules.py      one node, and what it does to the gradient that arrives
neuron.py           a whole neuron as a graph
learning_neuron.py  the neuron learns its target in 20 updates
learning_figure.py  its graph, and below it its output after each update
race.py             three methods spend the same number of multiplications
race_figure.py      a bar for each method
counted.py          the three methods, with every multiplication counted
to_fill_in.py       a graph with six numbers missing
own_formula.py      the graph of a typed formula
pictured.py         a graph as a picture: what the demos with graphs share
steps.py            a walk through a graph, and each step in words
exercises.py        recall, predictions, and functions for the reader to write
engine.py           the engine that the reader builds
engine_steps.py     its five steps, as exercises
gaps.py             which numbers of a graph to fill in, and the verdict on an answer
guides.py           how to work out each node's numbers, and the mistakes people make there
"""
