"""Loss curves: the loss of real training runs after each step, for the reader to make, and to diagnose."""

import functools

import numpy as np

from nnlessons.digit_points import lopsided_ones, sixty
from nnlessons.gradient_descent.line_fit import some_samples
from nnlessons.gradient_descent.loss_curves_figure import one_curve, one_of_six, six_curves
from nnlessons.live import Choice, Demo
from nnlib.datasets import digits
from nnlib.descent import SGD
from nnlib.layers import Affine, MeanSquaredError, SigmoidWithLoss, SoftmaxWithLoss
from nnlib.networks import Network, TwoLayerNet

__all__ = ["loss_curve", "losses", "losses_of_neuron", "losses_of_run", "six_runs"]
__dir__ = __all__.copy  # what Tab shows after `loss_curves.`


def losses(network, x, t, rate, steps, batch_size=None):
    """The loss over all samples (steps + 1,), at the start and after each step. Without a batch_size, a step uses them all."""
    rng, optimiser = np.random.default_rng(0), SGD(rate)
    found = []
    for _ in range(steps):
        found.append(network.loss(x, t))
        if batch_size:
            chosen = rng.choice(len(x), size=batch_size, replace=False)
            network.loss(x[chosen], t[chosen])  # backward goes by the latest loss
        network.backward()
        optimiser.update(network.params, network.grads)
    return np.array([*found, network.loss(x, t)])


def from_zero(inputs, outputs, loss):
    """A network of one layer whose weights and biases are 0."""
    return Network([Affine(np.zeros((inputs, outputs)), np.zeros(outputs))], loss)


# -- the reader's own -------------------------------------------------------------------------------------------------

STEPS, BEST = 100, 0.0996  # the lowest loss that this neuron can have on the 60 pictures
RATES = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)
TOPS = (0.8, 2, 5, 10, 20, 50, 100)  # of the axis of the loss


@functools.cache
def losses_of_neuron(rate, batch_size):
    """The loss of the "0 or 9?" neuron on 60 pictures, (STEPS + 1,)."""
    x, t, _ = sixty()
    return losses(from_zero(2, 1, SigmoidWithLoss()), x, t[:, np.newaxis], rate, STEPS, batch_size)


def draw_losses(rate, batch_size):
    """The loss after each step."""
    loss = losses_of_neuron(rate, batch_size)
    top = min(top for top in TOPS if top > loss.max())
    return {
        "axes": {"ylim": (0, top)},
        "losses": {"data": (np.arange(STEPS + 1), loss)},
        "readout": {
            "line": "falls" if loss.max() < loss[0] + 0.05 else "climbs",
            **{"rate": rate, "first": loss[0], "last": loss[-1], "highest": loss.max(), "best": BEST},
            "pictures": {1: "1 picture", 10: "10 pictures", 60: "all 60 pictures"}[batch_size],
        },
    }


WITH = "With η = {rate:g} and {pictures} a step, "
loss_curve = Demo(
    title="Make a loss curve",
    controls={
        "rate": Choice({f"{rate:g}": rate for rate in RATES}, value=0.1, label="η"),
        "batch_size": Choice({"1": 1, "10": 10, "all 60": 60}, value=60, label="pictures a step, B"),
    },
    figure=lambda: one_curve(STEPS, losses_of_neuron(0.1, 60)[0], BEST),
    update=draw_losses,
    readout={
        "falls": WITH
        + "100 steps bring the loss from {first:.3f} down to {last:.3f}. The best possible is {best:.3f}.",
        "climbs": WITH + "the loss climbs from {first:.3f} to {highest:.3g} at its peak, and ends at {last:.3g}. "
        "The best possible is {best:.3f}.",
    },
)

# -- six to diagnose --------------------------------------------------------------------------------------------------


def many_digits():
    """The pixels (200, 64) of 200 scans, and which digits they are (200,)."""
    (x, t), _ = digits()
    return x[:200], t[:200]


def zero_or_nine():
    """The two measurements (60, 2) of 60 pictures, and their classes (60, 1)."""
    x, t, _ = sixty()
    return x, t[:, np.newaxis]


def lopsided_or_not():
    """The two measurements (120, 2) of 120 pictures, and their classes (120,)."""
    return lopsided_ones()[:2]


def line_fit():
    """100 samples as columns: x (100, 1), t (100, 1)."""
    x, t = some_samples()
    return x[:, np.newaxis], t[:, np.newaxis]


RUNS = {  # name -> (the samples, a new network, the other arguments of `losses`, the top of the axis)
    "A": (many_digits, lambda: from_zero(64, 10, SoftmaxWithLoss()), {"rate": 0.01, "steps": 100}, 3),
    "B": (zero_or_nine, lambda: from_zero(2, 1, SigmoidWithLoss()), {"rate": 3.0, "steps": 100}, 0.8),
    "C": (line_fit, lambda: from_zero(1, 1, MeanSquaredError()), {"rate": 1.05, "steps": 25}, 250),
    "D": (lopsided_or_not, lambda: TwoLayerNet(2, 2, 2, seed=0), {"rate": 8.0, "steps": 60}, 3),
    "E": (line_fit, lambda: from_zero(1, 1, MeanSquaredError()), {"rate": 0.3, "steps": 150, "batch_size": 2}, 1.6),
    "F": (
        lopsided_or_not,
        lambda: TwoLayerNet(2, 2, 2, weight_scale=0.01, seed=0),
        {"rate": 2.0, "steps": 250},
        0.8,
    ),
}


@functools.cache
def losses_of_run(name):
    """The losses of a run."""
    samples, network, how, _ = RUNS[name]
    return losses(network(), *samples(), **how)


def figure_of(run):
    """The figure for one run, or for all six."""
    if run == "all":
        return six_curves({name: (losses_of_run(name), top) for name, (*_, top) in RUNS.items()})
    return one_of_six(run, losses_of_run(run), RUNS[run][-1])


def read_out(run):
    """What the curve of one run starts and ends with."""
    if run == "all":
        return {"readout": {"line": "all"}}
    loss = losses_of_run(run)
    return {"readout": {"line": "one", "run": run, "first": loss[0], "last": loss[-1], "steps": len(loss) - 1}}


six_runs = Demo(
    title="Six runs: what went wrong?",
    controls={"run": Choice({"all six": "all", **{name: name for name in RUNS}}, label="run")},
    figure=figure_of,
    update=read_out,
    readout={
        "all": "Six real training runs: the loss after each step, each on its own scale. Which of these six went well, and which "
        "didn't?",
        "one": "Run {run}: the loss is {first:.3g} at the start, and {last:.3g} after {steps} steps.",
    },
)
