"""Many learning rates at once: how far each of them gets in the same number of steps."""

import numpy as np

from nnlessons.gradient_descent.contours import BEGIN, SURFACES, height
from nnlessons.gradient_descent.rates import RATE
from nnlessons.gradient_descent.sweep_figure import HEIGHTS, from_one_start
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import plural

__all__ = ["RATES", "reached", "sweep", "sweep_rates"]
__dir__ = __all__.copy  # what Tab shows after `sweep.`

RATES = np.logspace(-3, 1, 401)
START = np.array(list(BEGIN.values()))


def reached(surface, rates, steps):
    """f after this many steps from (-3, 4) for each of the rates (n,): a step multiplies each coordinate by the same factor."""
    factors = 1 - np.multiply.outer(rates, SURFACES[surface][0])
    return height(surface, START * factors**steps)


def sweep_rates(surface, steps, rate):
    """f after this many steps over all learning rates, and at one of them."""
    before, after = height(surface, START), reached(surface, np.array([rate]), steps)[0]
    return {
        "start": {"data": (RATES[[0, -1]], [before, before])},
        "reached": {"data": (RATES, np.clip(reached(surface, RATES, steps), 1e-15, 1e15))},
        "rate": {"xdata": [rate, rate]},
        "here": {"data": ([rate], np.clip([after], *HEIGHTS))},
        "readout": {
            "line": "worse" if after > before else "better",
            **{"steps": plural(steps, "step"), "s": "s" if steps == 1 else ""},
            **{"rate": rate, "before": before, "after": after},
        },
    }


sweep = Demo(
    title="Many learning rates at once",
    controls={
        "surface": Choice({"bowl: w₀² + w₁²": "bowl", "valley: w₀²/20 + w₁²": "valley"}, label="f"),
        "steps": Slider(1, 50, value=10, step=1, label="steps"),
        "rate": RATE,
    },
    figure=lambda surface: from_one_start((0.001, 0.01, 0.1, 1, 10), height(surface, START)),
    update=sweep_rates,
    readout={
        "better": "With η = {rate:.2f}, {steps} from (−3, 4) bring{s} f from {before:.4g} down to {after:.3g}.",
        "worse": "With η = {rate:.2f}, {steps} from (−3, 4) take{s} f from {before:.4g} up to {after:.3g}: η is too large.",
    },
)
