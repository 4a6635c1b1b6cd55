"""What the tests hold every node, layer and loss against: central differences, and good manners."""

import numpy as np

from nnlib import numerical_gradient, relative_error

N, D, H, C = 4, 3, 6, 5  # all different, so that a transpose cannot hide
CLOSE = 1e-6  # relative error, by norm


def away_from_kinks(*shape, seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(0.1, 2, size=shape) * rng.choice([-1, 1], size=shape)


def complaints(operation, *inputs, earlier=None):
    """What is wrong with operation.backward after forward(*inputs), in words; `earlier` inputs went forward before."""
    rng = np.random.default_rng(1)
    if earlier:
        operation.forward(*earlier)
    inputs = [np.array(x) for x in inputs]  # numbers too become arrays, which can be nudged in place
    kept = [x.copy() for x in inputs]
    out = as_tuple(operation.forward(*inputs))
    douts = [rng.normal(size=np.shape(part)) for part in out]
    sent = [dout.copy() for dout in douts]
    dinputs = as_tuple(operation.backward(*douts))
    grads = [grad.copy() for grad in getattr(operation, "grads", [])]

    def weighted(_):
        return sum((part * dout).sum() for part, dout in zip(as_tuple(operation.forward(*inputs)), sent, strict=True))

    yield from (f"input {i} changed" for i, x in enumerate(inputs) if not np.array_equal(x, kept[i]))
    yield from (f"dout {i} changed" for i, dout in enumerate(douts) if not np.array_equal(dout, sent[i]))
    named = [(f"input {i}", x, dx) for i, (x, dx) in enumerate(zip(inputs, dinputs, strict=True))]
    named += [
        (f"param {i}", p, g) for i, (p, g) in enumerate(zip(getattr(operation, "params", []), grads, strict=True))
    ]
    for name, x, analytic in named:
        error = relative_error(analytic, numerical_gradient(weighted, x, eps=1e-5))
        if not error < CLOSE:
            yield f"gradient of {name} off by {error:.0e}"


def as_tuple(value):
    return value if isinstance(value, tuple) else (value,)
