"""The demos of lesson 5, each from a module of its own."""

from nnlessons.gradient_descent.average import right_on_average
from nnlessons.gradient_descent.batches import batches
from nnlessons.gradient_descent.contours import over_contours
from nnlessons.gradient_descent.curve import on_a_curve
from nnlessons.gradient_descent.fog import in_fog
from nnlessons.gradient_descent.line_fit import some_samples
from nnlessons.gradient_descent.loss_curves import loss_curve, six_runs
from nnlessons.gradient_descent.net import small_net
from nnlessons.gradient_descent.sweep import sweep
from nnlessons.gradient_descent.walking_neuron import walking_neuron

__all__ = [
    "batches",
    "in_fog",
    "loss_curve",
    "on_a_curve",
    "over_contours",
    "right_on_average",
    "six_runs",
    "small_net",
]
__all__ += ["some_samples", "sweep", "walking_neuron"]
__dir__ = __all__.copy  # what Tab shows after `demos.`
