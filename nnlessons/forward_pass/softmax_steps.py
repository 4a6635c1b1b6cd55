"""Softmax in three steps: scores, their powers of e, and each power's share of the sum."""

import numpy as np

from nnlessons.forward_pass.shares_figure import CLASSES, scores_powers_shares, shares_patch
from nnlessons.live import Demo, Slider, Stepper
from nnlessons.wording import trimmed

__all__ = ["softmax_steps"]
__dir__ = __all__.copy  # what Tab shows after `softmax_steps.`

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def take_steps(step, s0, s1, s2, scale, add):
    """The scores, and after each step what comes of them."""
    s = scale * np.array([s0, s1, s2]) + add
    powers = np.exp(s)
    y = powers / powers.sum()
    numbers = {
        "score": [trimmed(score, 2) for score in s],
        "power": [in_few_digits(power) for power in powers],
        "share": [f"{name} {percent(share)}" for name, share in zip(CLASSES, y, strict=True)],
        "sum": f"sum: {in_few_digits(powers.sum())}",
    }
    patch = shares_patch(s, powers if step > 0 else None, y if step > 1 else None, numbers)
    return {**patch, "readout": in_words(step, s, powers, y)}


def in_words(step, s, powers, y):
    """What this step does, for the sentence below the picture."""
    if step == 0:
        return {"line": "scores", "scores": listed(trimmed(score, 2) for score in s)}
    if step == 1:
        return {"line": "powers", "powers": listed(map(in_few_digits, powers)), "sum": in_few_digits(powers.sum())}
    line = "equal" if np.ptp(s) == 0 else "one" if y.max() > 0.999 else "shares"
    return {"line": line, "shares": listed(percent(share, words=True) for share in y), "most": CLASSES[y.argmax()]}


def listed(words):
    """1, 0, and 2."""
    *others, last = words
    return f"{', '.join(others)}, and {last}"


def in_few_digits(number):
    """A number above 0 with a few digits, or as one digit and a power of ten: 2.72, 0.007, 4·10⁻⁵, 2·10¹⁵."""
    if 0.0005 <= number < 99999.5:
        return trimmed(number, 3 if number < 0.01 else 2 if number < 100 else 0)
    digit, power = f"{number:.0e}".split("e")
    return f"{digit}·10{str(int(power)).translate(RAISED)}"


def percent(share, words=False):
    """A share in percent, with one digit after the point."""
    if share < 0.0005:
        return "less than 0.1%" if words else "< 0.1%"
    if share > 0.9995:
        return "more than 99.9%" if words else "> 99.9%"
    return f"{share:.1%}"


SCORE = {"low": -3.0, "high": 3.0, "step": 0.5}

softmax_steps = Demo(
    title="Softmax, in three steps",
    controls={
        "step": Stepper(2),
        "s0": Slider(**SCORE, value=1.0, label="s₀ (cat)"),
        "s1": Slider(**SCORE, value=0.0, label="s₁ (dog)"),
        "s2": Slider(**SCORE, value=2.0, label="s₂ (owl)"),
        "scale": Slider(0.0, 10.0, value=1.0, step=0.5, label="multiply all by"),
        "add": Slider(-5, 5, value=0, step=1, label="add to all"),
    },
    groups={"Softmax": ("step",), "Scores": ("s0", "s1", "s2"), "Change all three": ("scale", "add")},
    figure=scores_powers_shares,
    update=take_steps,
    readout={
        "scores": "Step 0: the scores of cat, dog, and owl are {scores}. A score can be any number, above or below 0.",
        "powers": "Step 1: e to the power of each score: {powers}. All are above 0, and they add up to {sum}.",
        "shares": "Step 2: each power's share of the whole: {shares}.",
        "equal": "Step 2: the three scores are equal, so each power is a third of the whole, 33.3%.",
        "one": "Step 2: each power's share of the whole: {shares}. Nearly everything goes to the {most}.",
    },
)
