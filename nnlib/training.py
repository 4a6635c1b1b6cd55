"""Training: mini-batch, gradient, update, and again."""

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from nnlib.arguments import as_batch, as_count, as_float, as_object, as_rng, describe
from nnlib.descent import SGD
from nnlib.progress import progress_bar

__all__ = ["train", "minibatches", "History"]
__dir__ = __all__.copy  # what Tab shows after `training.`


@dataclass
class History:
    """What happened in a training run: lists with one number for each step or epoch."""

    loss: list = field(default_factory=list)  # of each step's mini-batch, before that step's update
    accuracy: list = field(default_factory=list)  # on all data, after each epoch; empty without classes
    validation_loss: list = field(default_factory=list)  # after each epoch; empty without a validation set
    validation_accuracy: list = field(default_factory=list)
    stopped: bool = False  # whether Ctrl-C or the stop button was pressed


def minibatches(x, t, batch_size, rng):
    """All samples once, in random order, `batch_size` at a time: an iterator over pairs (x, t). The last may be shorter.

    x (N, D), t (N,) or (N, C); rng is a seed or a NumPy Generator. TypeError if x or t isn't real numbers; ValueError if
    there isn't one t for each sample, or batch_size < 1.
    """
    x, t = as_dataset(x, t)
    batch_size, rng = as_count("batch_size", batch_size), as_rng("rng", rng)
    order = rng.permutation(len(x))
    chosen = (order[i : i + batch_size] for i in range(0, len(order), batch_size))
    return ((x[rows], t[rows]) for rows in chosen)


def train(network, x, t, learning_rate, epochs, batch_size, validation=None, rng=None, progress=True):
    """Stochastic gradient descent: for each mini-batch  param <- param - learning_rate dL/dparam.  Returns a History.

    x (N, D), t (N,) or (N, C), as the network's loss needs it; `epochs` times through all samples, `batch_size` at a time.
    rng, a seed or a NumPy Generator, decides their order. The network doesn't learn from `validation`, a pair (x, t); after
    each epoch its loss and accuracy are measured. progress=False: no bar.
    Ctrl-C or the stop button ends the run before the next step, and history.stopped is True; you can train on from there.
    A second press, if a step takes too long, raises KeyboardInterrupt at once, perhaps in the middle of an update.
    TypeError or ValueError before the first step if an argument doesn't fit.
    """
    as_object("network", network, loss=2, backward=0)
    (x, t), optimiser = as_dataset(x, t), SGD(learning_rate)
    epochs, batch_size, rng = as_count("epochs", epochs), as_count("batch_size", batch_size), as_rng("rng", rng)
    check_fit(network, x, t)
    if validation is not None:
        validation = as_validation_set(validation)
        check_fit(network, *validation, note="This is about the validation set.")
    history = History()
    with stop_button(history), progress_bar(epochs * -(-len(x) // batch_size), progress) as one_more:
        for _ in range(epochs):
            for x_batch, t_batch in minibatches(x, t, batch_size, rng):
                if history.stopped:
                    return history
                history.loss.append(float(network.loss(x_batch, t_batch)))
                network.backward()
                optimiser.update(network.params, network.grads)
                one_more()
            evaluate(network, x, t, validation, history)
    return history


def evaluate(network, x, t, validation, history):
    """Note how good the network is after an epoch."""
    classes = hasattr(getattr(network, "loss_layer", None), "correct")
    if classes:
        history.accuracy.append(network.accuracy(x, t))
    if validation is not None:
        history.validation_loss.append(float(network.loss(*validation)))
        if classes:
            history.validation_accuracy.append(network.accuracy(*validation))


@contextmanager
def stop_button(history):
    """In this context Ctrl-C, or Jupyter's stop button, which sends the same signal, only sets history.stopped.

    A second press interrupts as usual. Python handles signals in the main thread, so in other threads nothing changes.
    """
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):  # or the signal is ignored
        yield
        return

    def stop(number, frame):
        if history.stopped:
            usual(number, frame)
        history.stopped = True

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def as_dataset(x, t, suffix=""):
    x = as_batch(f"x{suffix}", x)
    as_float(f"t{suffix}", t)  # only a check: labels stay whole numbers
    t = np.asarray(t)
    if t.ndim == 0 or len(t) != len(x):
        raise ValueError(f"t{suffix} must be one for each of the {len(x)} samples of x{suffix}, got shape {t.shape}")
    return x, t


def as_validation_set(pair):
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise TypeError(f"validation must be a pair (x, t), got {describe(pair)}")
    return as_dataset(*pair, suffix="_validation")


def check_fit(network, x, t, note=None):
    """Run all data through the network once, so that a wrong shape or label is reported before the first step."""
    try:
        network.loss(x, t)
    except (TypeError, ValueError) as mistake:
        if note:
            mistake.add_note(note)
        raise
