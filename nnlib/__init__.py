"""The basics of neural networks in plain NumPy: every function is its formula.

`import nnlib` loads numpy and nothing heavier. What the lessons are made of is in nnlessons.
"""

from nnlib import activations, datasets, descent, formulas, gradients, graph, layers, losses, networks, nodes, training
from nnlib.activations import *
from nnlib.datasets import *
from nnlib.descent import *
from nnlib.formulas import *
from nnlib.gradients import *
from nnlib.graph import *
from nnlib.layers import *
from nnlib.losses import *
from nnlib.networks import *
from nnlib.nodes import *
from nnlib.training import *

__version__ = "0.2.0"

MODULES = (activations, losses, gradients, descent, nodes, layers, networks, training, graph, formulas, datasets)
__all__ = [name for module in MODULES for name in module.__all__]
__dir__ = __all__.copy  # what Tab shows after `nnlib.`
