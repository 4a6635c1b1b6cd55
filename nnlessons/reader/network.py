"""A network that has learned to read digits, so that a lesson can begin with one. `tools/train_reader.py` trains it."""

from pathlib import Path

import numpy as np

from nnlib.networks import TwoLayerNet

__all__ = ["PIXELS", "CLASSES", "HIDDEN", "WEIGHTS", "reader_network", "untrained"]
__dir__ = __all__.copy  # what Tab shows after `network.`

PIXELS, HIDDEN, CLASSES = 64, 50, 10
WEIGHTS = Path(__file__).with_name("weights.npy")  # all parameters, one after the other, as float16


def untrained(seed):
    """A network for digits with random weights: 64 pixels, 50 hidden units with ReLU, 10 scores."""
    return TwoLayerNet(PIXELS, HIDDEN, CLASSES, activation="relu", seed=seed, dtype=np.float32)


def reader_network():
    """A new copy of the trained network, which reads 97% of the test digits."""
    network = untrained(seed=0)
    ends = np.cumsum([param.size for param in network.params])
    for param, numbers in zip(network.params, np.split(np.load(WEIGHTS), ends[:-1]), strict=True):
        param[...] = numbers.reshape(param.shape)
    return network
