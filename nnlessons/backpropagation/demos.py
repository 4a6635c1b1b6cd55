"""The demos of lesson 6, each from a module of its own."""

from nnlessons.backpropagation.learning_neuron import learning_neuron
from nnlessons.backpropagation.local_rules import local_rules
from nnlessons.backpropagation.neuron import neuron
from nnlessons.backpropagation.own_formula import own_formula
from nnlessons.backpropagation.race import race
from nnlessons.backpropagation.stepper import stepper
from nnlessons.backpropagation.to_fill_in import to_fill_in

__all__ = ["learning_neuron", "local_rules", "neuron", "own_formula", "race", "stepper", "to_fill_in"]
__dir__ = __all__.copy  # what Tab shows after `demos.`
