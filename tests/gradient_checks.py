"""What the tests hold every node and layer against: central differences, and good manners."""

import numpy as np

from nnlib import check_layer

N, D, H, C = 4, 3, 6, 5  # all different, so that a transpose cannot hide
CLOSE = 1e-6  # relative error, by norm


def away_from_kinks(*shape, seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(0.1, 2, size=shape) * rng.choice([-1, 1], size=shape)


class Stacked:
    """A node with one or more inputs and outputs as a layer with one of each: an array of them all."""

    def __init__(self, node):
        self.node, self.params, self.grads = node, getattr(node, "params", []), getattr(node, "grads", [])

    def forward(self, inputs):
        return np.array(as_tuple(self.node.forward(*inputs)))

    def backward(self, douts):
        return np.array(as_tuple(self.node.backward(*douts)))


def complaints(node, *inputs, earlier=None):
    """What is wrong with node.backward after forward(*inputs), in words; `earlier` inputs went forward before."""
    if earlier:
        node.forward(*earlier)
    given = [np.array(x, float) for x in inputs]
    douts = [np.random.default_rng(1).normal(size=np.shape(out)) for out in as_tuple(node.forward(*given))]
    sent = [dout.copy() for dout in douts]
    node.backward(*douts)
    yield from (f"input {i} changed" for i, x in enumerate(given) if not np.array_equal(x, inputs[i]))
    yield from (f"dout {i} changed" for i, dout in enumerate(douts) if not np.array_equal(dout, sent[i]))
    for row in check_layer(Stacked(node), np.array(inputs, float), eps=1e-5):
        if not row.relative_error < CLOSE:
            yield f"gradient of {row.name} off by {row.relative_error:.0e}"


def as_tuple(value):
    return value if isinstance(value, tuple) else (value,)
