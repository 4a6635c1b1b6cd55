"""The reader's own network and samples, checked and copied: what the demos of this lesson have in common."""

import copy

import numpy as np

from nnlessons.drawing.digits import CLASSES, SIDE
from nnlessons.live import Stepper
from nnlib.activations import softmax
from nnlib.arguments import as_batch, as_float, as_object

__all__ = ["PIXELS", "along_a_list", "copied_network", "copied_samples", "first_read", "hidden_layer"]
__all__ += ["probabilities", "weights_of"]
__dir__ = __all__.copy  # what Tab shows after `your_network.`

PIXELS = SIDE * SIDE

WRONG = {
    "fit": "network must take samples of {pixels} pixels: {mistake}",
    "scores": "network must give {classes} scores for each sample, got shape {shape} for {count}",
    "finite": "network must give finite scores; nan or inf means that training went wrong: try a smaller learning_rate",
    "params": "network must be an object with params, a list of its arrays, got {value}",
    "layers": "network must have two arrays of weights, (64, H) and (H, 10), got {shapes}",
    "biases": "network must have biases of shape ({count},) for its hidden units",
    "finite weights": "network must have finite weights; nan or inf means that training went wrong: try a smaller learning_rate",
    "pixels": "x_test must have pixels from 0, paper, to 1, ink, got {low:g} to {high:g}",
    "count": "t_test must have shape ({count},), a label for each sample of x_test, got {shape}",
    "labels": "t_test must be whole numbers from 0 to 9, got {value}",
}


def copied_network(network):
    """A copy of the network as it is now. TypeError, ValueError: it doesn't take digits, or give ten finite scores."""
    network = copy.deepcopy(as_object("network", network, predict=1))
    try:
        scores = np.asarray(network.predict(np.zeros((2, PIXELS))))
    except (TypeError, ValueError) as mistake:
        raise ValueError(WRONG["fit"].format(pixels=PIXELS, mistake=mistake)) from None
    if scores.shape != (2, CLASSES):
        raise ValueError(WRONG["scores"].format(classes=CLASSES, shape=scores.shape, count=2))
    if not np.isfinite(scores).all():
        raise ValueError(WRONG["finite"])
    return network


def probabilities(network, x):
    """The network's probabilities for x (N, 64): (N, 10). ValueError: its scores aren't finite."""
    scores = as_float("scores", network.predict(x))
    if not np.isfinite(scores).all():
        raise ValueError(WRONG["finite"])
    return softmax(scores)


def copied_samples(x_test, t_test):
    """Copies of samples (N, 64) and their labels (N,), as floats and integers. ValueError: they aren't pixels or labels."""
    x = as_batch("x_test", x_test, columns=PIXELS).copy()
    if not (x.min() >= 0 and x.max() <= 1):
        raise ValueError(WRONG["pixels"].format(low=x.min(), high=x.max()))
    t = as_float("t_test", t_test)
    if t.shape != (len(x),):
        raise ValueError(WRONG["count"].format(count=len(x), shape=t.shape))
    strange = t[~np.isin(t, range(CLASSES))]
    if len(strange):
        raise ValueError(WRONG["labels"].format(value=f"{strange[0]:g}"))
    return x, t.astype(int)


def first_read(network, x, t):
    """For each digit that there is, in order, the number of its first sample that the network reads, or simply its first."""
    right = probabilities(network, x).argmax(axis=1) == t
    return [max(np.flatnonzero(t == digit), key=lambda index: right[index]) for digit in np.unique(t)]


def weights_of(network):
    """Copies of the two arrays of weights, (64, H) and (H, 10)."""
    network = copied_network(network)
    if not isinstance(getattr(network, "params", None), (list, tuple)):
        raise TypeError(WRONG["params"].format(value=type(network).__name__))
    weights = [W for W in network.params if np.ndim(W) == 2]
    shapes = [np.shape(W) for W in weights]
    if len(shapes) != 2 or shapes != [(PIXELS, shapes[0][1]), (shapes[0][1], CLASSES)]:
        raise ValueError(WRONG["layers"].format(shapes=" and ".join(map(str, shapes)) or "none"))
    if not all(np.isfinite(W).all() for W in weights):
        raise ValueError(WRONG["finite weights"])
    return [np.array(W, float) for W in weights]


def hidden_layer(network):
    """Copies of W1 (64, H), b1 (H,) and W2 (H, 10). ValueError: it has no biases of this shape."""
    W1, W2 = weights_of(network)
    biases = [b for b in network.params if np.shape(b) == (len(W2),)]
    if not biases:
        raise ValueError(WRONG["biases"].format(count=len(W2)))
    return W1, np.array(biases[0], float), W2


def along_a_list(name, count, draw):
    """Controls and update of a demo that steps along a list; without a control if there's nothing to choose."""
    if count == 1:
        return {"controls": {}, "update": lambda: draw(0)}
    return {"controls": {name: Stepper(count - 1)}, "update": draw}
