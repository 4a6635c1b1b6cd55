"""Six training runs that fail, each for a reason of its own, and the cures to try on them."""

from nnlessons.live import Choice, Demo
from nnlessons.training.playground import numbers_of
from nnlessons.training.playground_figure import playground_figure
from nnlessons.training.run import advance, begin, recipe
from nnlessons.training.run_picture import picture_of
from nnlib.datasets import circles, moons, xor

__all__ = ["LAST", "RUNS", "mystery_runs"]
__dir__ = __all__.copy  # what Tab shows after `mystery.`

LAST = 200  # epochs
HELD = 20  # epochs for which a cured run must stay good
HELPED = 5  # percent more that's better than before
UNSEEN = 400  # points for the test
HIGHEST_LOSS = 1.5  # of its axis: most runs stay below
OTHERS = 1  # added to a seed, for other random weights

# updates  in an epoch, with however many points
# good     the test accuracy, in %, that this run has when it's cured
# before   its test accuracy, in %, over the last epochs if nothing is changed
# cure     which control cures it, with which values
RING = {"data": circles, "n": 100, "noise": 0.06, "updates": 10, "good": 97}
SMALLER, LARGER = ("rate", (1 / 10, 1 / 3)), ("rate", (3.0, 10.0))
RUNS = {
    "A": {
        **{**RING, "hidden": 2, "activation": "tanh", "scale": 1.0, "rate": 0.3, "seed": 0},
        **{"cause": "too few units", "cure": ("units", (10,)), "before": 81},
    },
    "B": {
        **{"data": xor, "n": 100, "noise": 0.0, "updates": 10, "good": 93},
        **{"hidden": 10, "activation": "sigmoid", "scale": 0.0, "rate": 1.0, "seed": 0},
        **{"cause": "symmetric", "cure": ("weights", (True,)), "before": 64},
    },
    "C": {
        **{**RING, "hidden": 10, "activation": "tanh", "scale": 1.0, "rate": 0.008, "seed": 0},
        **{"cause": "too small", "cure": LARGER, "before": 76},
    },
    "D": {
        **{"data": moons, "n": 20, "noise": 0.15, "updates": 1, "good": 90},
        **{"hidden": 40, "activation": "tanh", "scale": 1.0, "rate": 1.0, "seed": 0},
        **{"cause": "overfits", "cure": ("points", (10,)), "before": 85},
    },
    "E": {
        **{**RING, "hidden": 10, "activation": "tanh", "scale": 1.0, "rate": 7.0, "seed": 0},
        **{"cause": "too large", "cure": SMALLER, "before": 51},
    },
    "F": {
        **{**RING, "updates": 5, "hidden": 10, "activation": "relu", "scale": 1.0, "rate": 3.9, "seed": 0},
        **{"cause": "dead", "cure": SMALLER, "before": 50},
    },
}


def start(run, rate, units, weights, points):
    """The state of a run before its first update, with what the learner has changed."""
    setup = RUNS[run]
    n, seed = setup["n"] * points, setup["seed"]
    both = [
        setup["data"](size, noise=setup["noise"], seed=number) for size, number in ((n, seed), (UNSEEN, seed + 1000))
    ]
    scale, seed_of_weights = (setup["scale"] or 1.0, seed + OTHERS) if weights else (setup["scale"], seed)
    build = recipe(1, setup["hidden"] + units, setup["activation"], scale, seed_of_weights)
    return {**begin(tuple(both), build, seed), "rate": rate * setup["rate"], "batch_size": n // setup["updates"]}


def one_epoch(state):
    """The state after one more epoch, or None at the end of the run."""
    if state["epoch"] == LAST:
        return None
    return advance(state, state["rate"], state["batch_size"], "epoch")


def show(state, run, rate, units, weights, points):
    """The playground's picture of the run, and how it goes."""
    values = {"rate": rate, "units": units, "weights": weights, "points": points}
    late = 100 * state["curves"]["test accuracy"][-HELD:]
    numbers = numbers_of(state)
    line = how_it_goes(state, RUNS[run], values, late)
    numbers |= {"line": line, "run": run, "late": late.mean(), "before": RUNS[run]["before"], "held": HELD}
    return {**picture_of(state), "readout": numbers}


def how_it_goes(state, setup, values, late):
    """The key of the sentence for this state; `late` is the test accuracy, in %, of the last epochs."""
    control, cures = setup["cure"]
    if state["diverged"]:
        return "diverged"
    if state["epoch"] >= HELD and late.min() >= setup["good"] and values[control] in cures:
        return setup["cause"]
    if state["epoch"] < LAST:
        return "goes on"
    if values == UNCHANGED:
        return "end"
    return "helped" if late.mean() > setup["before"] + HELPED else "no use"


RATES = {"÷ 10": 1 / 10, "÷ 3": 1 / 3, "as it is": 1.0, "× 3": 3.0, "× 10": 10.0}
UNCHANGED = {"rate": 1.0, "units": 0, "weights": False, "points": 1}
NOW = "Run {run}, epoch {time:.0f}. Loss {loss:.2f} (unseen {test loss:.2f}), accuracy {percent:.0f}% (unseen "
NOW += "{test percent:.0f}%). {dead} of {units} units output 0 at every training point."
LATELY = "In the last {held} epochs, it got {late:.0f}% of the unseen points right, and {before}% without your change. "
SENTENCES = {
    "goes on": "",
    "end": "It ends here, and it isn't good. What's wrong, and which change would cure it?",
    "helped": LATELY + "That's better, but it isn't cured.",
    "no use": LATELY + "That's no cure.",
    "diverged": "The weights have grown beyond all bounds, so this run has diverged.",
    "too few units": "Cured! There were too few units: 2 lines can't go all around the inner ring. More units are more lines.",
    "symmetric": "Cured! The start was symmetric: all 10 units had the same weights, so they got the same gradients and stayed "
    "copies of each other. Random weights make them different.",
    "too small": "Cured! The learning rate was too small, so the steps were tiny. Larger ones get there.",
    "overfits": "Cured! It was overfitting: 40 units can memorize 20 noisy points. 200 points show where the classes really are.",
    "too large": "Cured! The learning rate was too large, so each step jumped across the valley and up the other side.",
    "dead": "Cured! The ReLUs were dead: a few huge steps had taken them to where they output 0 at every training point. There "
    "the slope is 0, so they couldn't come back. Smaller steps keep them alive.",
}
mystery_runs = Demo(
    title="Six runs that fail",
    controls={
        "run": Choice({name: name for name in RUNS}, resets=tuple(UNCHANGED)),
        "rate": Choice(RATES, value=UNCHANGED["rate"], label="η"),
        "units": Choice({"as they are": 0, "10 more": 10}, label="hidden units"),
        "weights": Choice({"as they are": False, "random": True}, label="initial weights"),
        "points": Choice({"as they are": 1, "ten times as many": 10}, label="points"),
    },
    groups={"Run": ("run",), "Change": tuple(UNCHANGED)},
    figure=lambda: playground_figure(HIGHEST_LOSS),
    start=start,
    advance=one_epoch,
    update=show,
    readout={name: f"{NOW}\n{sentence}".rstrip() for name, sentence in SENTENCES.items()},
)
