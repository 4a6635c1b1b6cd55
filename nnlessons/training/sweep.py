"""Twenty steps of a small network, at many learning rates."""

import numpy as np

from nnlessons.gradient_descent.sweep_figure import sweep_of_rates
from nnlessons.live import Demo, LogSlider, Slider
from nnlessons.wording import plural
from nnlib.activations import sigmoid

__all__ = ["after_steps", "sweep"]
__dir__ = __all__.copy  # what Tab shows after `sweep.`

RATES = np.logspace(-5, 1, 241)
STEPS = 20
HEIGHTS = (1e-4, 1e-2, 1.0, 1e2, 1e4)


def first_numbers(seed):
    """Samples, targets and initial weights, all normally distributed: x (3, 3), t (3, 1), W1 (3, 2), W2 (2, 1)."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=size) for size in ((3, 3), (3, 1), (3, 2), (2, 1))]


def after_steps(seed, steps, rates):
    """(loss at the start, loss after this many steps for each learning rate), with sigmoid, without biases; sum of squares."""
    x, t, W1, W2 = first_numbers(seed)
    before = np.sum((sigmoid(x @ W1) @ W2 - t) ** 2)
    eta = np.reshape(rates, (-1, 1, 1))
    with np.errstate(all="ignore"):  # a run that diverges ends in infinity
        for _ in range(steps):
            z = sigmoid(x @ W1)
            dy = 2 * (z @ W2 - t)
            dW1 = x.T @ (dy @ np.swapaxes(W2, -1, -2) * z * (1 - z))
            W1, W2 = W1 - eta * dW1, W2 - eta * (np.swapaxes(z, -1, -2) @ dy)
        after = np.sum((sigmoid(x @ W1) @ W2 - t) ** 2, axis=(-2, -1))
    return before, np.nan_to_num(after, nan=np.inf)


def sweep_rates(seed, steps, rate):
    """The loss after this many steps over all learning rates, and at one of them."""
    before, after = after_steps(seed, steps, np.append(RATES, rate))
    visible = np.clip(after, HEIGHTS[0], 10 * HEIGHTS[-1])
    change = 100 * (after[-1] / before - 1)
    return {
        "start": {"data": ([RATES[0], RATES[-1]], [before, before])},
        "reached": {"data": (RATES, visible[:-1])},
        "rate": {"xdata": [rate, rate]},
        "here": {"data": ([rate], visible[-1:])},
        "readout": {
            "line": "lost" if after[-1] > 1e6 else "more" if change > 0 else "less",
            **{
                "rate": rate,
                "steps": plural(steps, "step"),
                "before": before,
                "after": after[-1],
                "change": abs(change),
            },
        },
    }


AFTER = "η = {rate:.3g}: the loss was {before:.3f}, and after {steps} it is "
sweep = Demo(
    title="Twenty steps, at many learning rates",
    controls={
        "rate": LogSlider(0.00001, 10, value=0.0001, label="η"),
        "steps": Slider(1, 100, value=STEPS, step=1, label="steps"),
        "seed": Slider(0, 30, value=0, step=1, label="seed"),
    },
    figure=lambda: sweep_of_rates(RATES[0], RATES[-1], HEIGHTS, "$L$"),
    update=sweep_rates,
    readout={
        "less": AFTER + "{after:.4g}: {change:.2g}% less.",
        "more": AFTER + "{after:.4g}: {change:.3g}% more.",
        "lost": AFTER + "above a million, or beyond all numbers: it diverges.",
    },
)
