"""Train the network that the lessons begin with, and save it: the same bytes each time on the same machine.

    python tools/train_reader.py

It learns from the training digits as they are, as the reader's own network does in lesson 8.
"""

import numpy as np

from nnlessons.reader.network import WEIGHTS, untrained
from nnlib import digits, train


def trained():
    """All parameters of the trained network in a row, rounded to float16."""
    (x, t), _ = digits()
    network = untrained(seed=0)
    train(network, x, t, learning_rate=0.1, epochs=50, batch_size=10, rng=0, progress=False)
    return np.concatenate([param.ravel() for param in network.params]).astype(np.float16)


if __name__ == "__main__":
    np.save(WEIGHTS, trained())
