"""A race: three methods spend the same number of multiplications. How many slopes does each one know by then?"""

import functools

import numpy as np

from nnlessons.backpropagation.counted import METHODS, counted
from nnlessons.backpropagation.race_figure import LONG, three_bars
from nnlessons.live import Choice, Demo

__all__ = ["race"]
__dir__ = __all__.copy  # what Tab shows after `race.`

SLOW, FAST = 60, 140  # ticks: until backward is done, at a steady pace, and after that, each a little faster


@functools.cache
def pace(n):
    """The multiplications that each method may have spent at each tick, from 0 until nudging is done."""
    first, last = counted("backward", n)[1][-1], counted("nudging", n)[1][-1]
    ticks = np.concatenate([np.linspace(0, first, SLOW + 1), np.geomspace(first, last, FAST + 1)])
    return np.unique(ticks.round().astype(int))


def go_on(state, n):
    """The next tick, or None at the end."""
    return state + 1 if state + 1 < len(pace(n)) else None


def draw_bars(state, n):
    """How many slopes each method knows at a tick, and what it has spent."""
    budget = int(pace(n)[state])
    known, spent = {}, {}
    for method in METHODS:
        when = counted(method, n)[1]
        known[method] = int((when <= budget).sum())
        spent[method] = min(budget, int(when[-1]))
    bars = {method: {"width": LONG * known[method] / n} for method in METHODS}
    return {
        **bars,
        "known": {"texts": [f"{number:,} of {n:,}" for number in known.values()]},
        "spent": {"texts": [f"{number:,}" for number in spent.values()]},
        "readout": {
            "line": how_far(known, n, budget),
            "n": f"{n:,}",
            "budget": f"{budget:,}",
            **{f"{method}_known": f"{number:,}" for method, number in known.items()},
            **{method: in_words(int(counted(method, n)[1][-1])) for method in METHODS},
        },
    }


def how_far(known, n, budget):
    """The key of the sentence for the slopes that each method knows."""
    if not budget:
        return "start"
    done = [method for method in METHODS if known[method] == n]
    return {0: "running", 1: "backward", 2: "forward", 3: "end"}[len(done)]


def in_words(count):
    """27, 7,523, or 28 million."""
    return f"{count:,}" if count < 1e6 else f"{count / 1e6:.0f} million"


race = Demo(
    title="A race for all the slopes",
    controls={"n": Choice({"3": 3, "10": 10, "3,760": 3760}, label="weights")},
    figure=lambda: three_bars(list(METHODS)),
    start=lambda n: 0,
    advance=go_on,
    update=draw_bars,
    readout={
        "start": "L = (w·x − t)² has {n} weights. Each method gets the same number of multiplications (a division counts as "
        "one). Which one knows all {n} slopes first?",
        "running": "{budget} multiplications each: nudging knows {nudging_known} slopes, forward {forward_known}, and backward "
        "{backward_known}.",
        "backward": "Backward has all {n} slopes after {backward} multiplications. At {budget}, nudging knows "
        "{nudging_known} and forward {forward_known}.",
        "forward": "Forward took {forward} multiplications, backward only {backward}. Nudging still knows just "
        "{nudging_known}.",
        "end": "All {n} slopes took {backward} multiplications backward, {forward} forward, and {nudging} by nudging.",
    },
)
