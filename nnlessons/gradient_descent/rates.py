"""The learning rate on a bowl: its slider, and what each step does to w, which it multiplies by the same factor."""

from nnlessons.live import Slider

__all__ = ["BOUNCES", "CREEPS", "FAR", "FAST", "RATE", "STEPS", "word_for"]
__dir__ = __all__.copy  # what Tab shows after `rates.`

STEPS = 100  # of a run
FAR = 1e6  # a path that gets this far has diverged, and is stopped before its numbers overflow
RATE = Slider(0.01, 1.2, value=0.1, step=0.01, label="η")
CREEPS, FAST, BOUNCES = 0.05, 0.8, 1.0  # on w²: the learning rates up to which it creeps, is fast, and bounces


def word_for(factor):
    """What a path does if each step multiplies it by this factor: on w², with its slope of 2 w, that is 1 - 2 η."""
    rate = round((1 - factor) / 2, 9)
    if rate < 0 or rate > BOUNCES:
        return "diverges"
    return "creeps" if rate < CREEPS else "fast" if rate <= FAST else "bounces"
