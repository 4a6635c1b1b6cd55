"""Training: mini-batch, gradient, update, and again."""

from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from nnlib.arguments import as_batch, as_count, as_float, as_object, as_rng
from nnlib.descent import SGD
from nnlib.progress import progress_bar


@dataclass
class History:
    """What happened in a training run."""

    loss: list = field(default_factory=list)  # of each step's mini-batch, before that step
    accuracy: list = field(default_factory=list)  # on all data, after each epoch; empty without classes
    test_loss: list = field(default_factory=list)  # the same on x_test, t_test; empty without them
    test_accuracy: list = field(default_factory=list)
    stopped: bool = False  # by the stop button, before the last epoch was done


def minibatches(x, t, batch_size, rng):
    """All samples once, in random order, `batch_size` at a time: pairs (x, t). The last may be shorter."""
    x, t = as_dataset(x, t)
    batch_size, rng = as_count("batch_size", batch_size), as_rng("rng", rng)
    order = rng.permutation(len(x))
    chosen = (order[i : i + batch_size] for i in range(0, len(order), batch_size))
    return ((x[rows], t[rows]) for rows in chosen)


def train(network, x, t, learning_rate, epochs, batch_size, x_test=None, t_test=None, rng=None, progress=True):
    """Stochastic gradient descent: for each mini-batch  param <- param - learning_rate dL/dparam.  Returns a History.

    x (N, D), t as the network's loss wants it; `epochs` times through all samples, `batch_size` at a time. rng is a seed or
    a NumPy Generator, for the order of the samples. x_test, t_test are only measured. progress=False: no bar. The stop
    button ends it: the network is as after the last whole step, and history.stopped is True.
    """
    as_object("network", network, loss=2, backward=0)
    (x, t), optimiser = as_dataset(x, t), SGD(learning_rate)
    epochs, batch_size, rng = as_count("epochs", epochs), as_count("batch_size", batch_size), as_rng("rng", rng)
    check_fit(network, x, t)
    if (x_test is None) != (t_test is None):
        raise ValueError("x_test and t_test must be given together")
    if x_test is not None:
        x_test, t_test = as_dataset(x_test, t_test, suffix="_test")
        check_fit(network, x_test, t_test, suffix="_test")
    history = History()
    steps = epochs * -(-len(x) // batch_size)
    with progress_bar(steps, progress) as one_more, stoppable(history):
        for _ in range(epochs):
            for x_batch, t_batch in minibatches(x, t, batch_size, rng):
                train_step(network, x_batch, t_batch, optimiser, history)
                one_more()
            evaluate(network, x, t, x_test, t_test, history)
    return history


def train_step(network, x, t, optimiser, history):
    """One update, wholly or not at all."""
    loss = network.loss(x, t)
    network.backward()
    before, done = [param.copy() for param in network.params], len(history.loss)
    try:
        optimiser.update(network.params, network.grads)
        history.loss.append(float(loss))
    except BaseException:
        for param, kept in zip(network.params, before, strict=True):
            param[...] = kept
        del history.loss[done:]
        raise


def evaluate(network, x, t, x_test, t_test, history):
    """After an epoch: how good the network is now."""
    classes = hasattr(getattr(network, "loss_layer", None), "correct")
    measured = {"accuracy": network.accuracy(x, t)} if classes else {}
    if x_test is not None:
        measured["test_loss"] = float(network.loss(x_test, t_test))
        measured |= {"test_accuracy": network.accuracy(x_test, t_test)} if classes else {}
    for name, value in measured.items():
        getattr(history, name).append(value)


@contextmanager
def stoppable(history):
    try:
        yield
    except KeyboardInterrupt:
        history.stopped = True


def as_dataset(x, t, suffix=""):
    x = as_batch(f"x{suffix}", x)
    as_float(f"t{suffix}", t)  # only a check: labels stay whole numbers
    t = np.asarray(t)
    if t.ndim == 0 or len(t) != len(x):
        raise ValueError(f"t{suffix} must be one for each of the {len(x)} samples of x{suffix}, got shape {t.shape}")
    return x, t


def check_fit(network, x, t, suffix=""):
    """All data go forward once, so that what does not fit is said before the first step."""
    try:
        network.loss(x, t)
    except (TypeError, ValueError) as mistake:
        name, _, rest = str(mistake).partition(" ")
        if not suffix or name not in ("x", "t"):
            raise
        raise type(mistake)(f"{name}{suffix} {rest}") from None
