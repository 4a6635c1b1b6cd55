"""Lesson 08: handwritten digits, and the network that the reader has trained on them.

    history = train(net, x, t, ..., x_test=x_test, t_test=t_test)
    learning_curves(history)   weights_as_pictures(net)   wrong_ones(net, x_test, t_test)   change_a_digit(net, x_test, t_test)

Each looks at the network as it is now, through a copy: a picture does not change when the training goes on.
"""

import copy

import numpy as np

from nnlessons.live import Demo, Grid, Stepper
from nnlessons.live.view import Still
from nnlessons.training.digit_figures import (
    CLASSES,
    PAGE,
    SIDE,
    digit_and_probabilities,
    loss_and_accuracy,
    minus_signs,
    page_of_digits,
    probabilities_patch,
    target_at,
    units_and_weights,
    units_mosaic,
    weights_patch,
)
from nnlessons.wording import MINUS, fixed, short
from nnlib.activations import softmax
from nnlib.arguments import as_batch, as_float, as_object, describe
from nnlib.training import History

PIXELS = SIDE * SIDE
LEVELS = 5  # of a pixel in the grid
ARROW = "{t} \N{RIGHTWARDS ARROW} {says}"

WORDS = {
    "curves": "Loss and accuracy, epoch by epoch",
    "train": "Epoch {epoch}: the mean loss of the steps is {loss}; accuracy on train {accuracy} %.",
    "train, test": "Epoch {epoch}: the mean loss of the steps is {loss}, the loss on test {test_loss}; accuracy on train "
    "{accuracy} %, on test {test_accuracy} %.",
    "stopped": "The training was stopped after {epochs} whole epochs, so the means over the steps are not quite those of the "
    "epochs.",
    "weights": "The weights of each hidden unit",
    "excited": "Unit {unit} is excited most by ink in {pixels}",
    "not excited": "Unit {unit} is excited by no pixel",
    "and least": ", and held down most in row {row}, column {column} ({weight}).",
    "and none": ", and held down by none.",
    "pixel": "row {row}, column {column} ({weight})",
    "; ": "; ",
    "for": " Its output speaks most for {best} ({most})",
    "for none": " Its output speaks for no class",
    "against": " and most against {worst} ({least}).",
    "against none": " and against none.",
    "wrong": "What the network gets wrong",
    "wrong, many": "The network is wrong at {count} of the {all} test samples. Number {number} of them, x_test[{index}], has "
    "the label {t}, to which it gives the probability {right:.3f}; it says {says}, with {most:.3f}.",
    "wrong, one": "The network is wrong at 1 of the {all} test samples, x_test[{index}]. It has the label {t}, to which the "
    "network gives the probability {right:.3f}; it says {says}, with {most:.3f}.",
    "wrong, none": "The network is right at all of the {all} test samples. Number {number} of those with the least "
    "probability for the right class, x_test[{index}], has the label {t} and gets {right:.3f} for it; next comes {second}, "
    "with {next:.3f}.",
    "change": "Change a digit",
    "says": "Most likely {first}, with the probability {most:.3f}; then {second}, with {next:.3f}.",
}
WRONG = {
    "history": "history must be a History, what train returns, got {value}",
    "epochs": "history must have at least one whole epoch, and its accuracy",
    "steps": "history must have at least one step's loss for each of its {epochs} epochs, got {steps}",
    "rows": "history.{name} must have one number for each of the {epochs} epochs, got {count}",
    "fit": "network must take samples of {pixels} pixels: {mistake}",
    "scores": "network must give {classes} scores for each sample, got shape {shape} for {count}",
    "finite": "network must give finite scores; nan or inf comes of a training run that went wrong: a smaller learning_rate?",
    "params": "network must be an object with params, a list of its arrays, got {value}",
    "layers": "network must have two arrays of weights, (64, H) and (H, 10), got {shapes}",
    "finite weights": "network must have finite weights; nan or inf comes of a training run that went wrong: a smaller "
    "learning_rate?",
    "pixels": "x_test must have pixels from 0, paper, to 1, ink, got {low:g} to {high:g}",
    "count": "t_test must have shape ({count},), a label for each sample of x_test, got {shape}",
    "labels": "t_test must be whole numbers from 0 to 9, got {value}",
}


class Made(Demo):
    """A demo made by a function. Run the cell again, and the new one takes the older one's place, as the same demo would."""

    def __eq__(self, other):
        return isinstance(other, Made) and self.title == other.title

    def __hash__(self):
        return hash(self.title)


# -- the reader's network and samples ---------------------------------------------------------------------------------


def copied_network(network):
    """The network as it is now, or in words what is wrong with it."""
    network = copy.deepcopy(as_object("network", network, predict=1))
    try:
        scores = np.asarray(network.predict(np.zeros((2, PIXELS))))
    except (TypeError, ValueError) as mistake:
        raise ValueError(WRONG["fit"].format(pixels=PIXELS, mistake=mistake)) from None
    if scores.shape != (2, CLASSES):
        raise ValueError(WRONG["scores"].format(classes=CLASSES, shape=scores.shape, count=2))
    return network


def probabilities(network, x):
    """What the network says to x (N, 64): (N, 10)."""
    scores = as_float("scores", network.predict(x))
    if not np.isfinite(scores).all():
        raise ValueError(WRONG["finite"])
    return softmax(scores)


def copied_samples(x_test, t_test):
    """Copies of samples (N, 64) and their labels (N,)."""
    x = as_batch("x_test", x_test, columns=PIXELS).copy()
    if not (x.min() >= 0 and x.max() <= 1):
        raise ValueError(WRONG["pixels"].format(low=x.min(), high=x.max()))
    t = as_float("t_test", t_test)
    if t.shape != (len(x),):
        raise ValueError(WRONG["count"].format(count=len(x), shape=t.shape))
    strange = t[~np.isin(t, range(CLASSES))]
    if len(strange):
        raise ValueError(WRONG["labels"].format(value=f"{strange[0]:g}"))
    return x, t.astype(int)


def along_a_list(name, count, draw):
    """Controls and update of a demo that steps along a list; without any control where there is nothing to choose."""
    if count == 1:
        return {"controls": {}, "update": lambda: draw(0)}
    return {"controls": {name: Stepper(count - 1)}, "update": draw}


# -- learning curves --------------------------------------------------------------------------------------------------


def learning_curves(history):
    """Loss and accuracy over the epochs of a training run, on train and, where it was measured, on test.

    The loss on train is the mean over each epoch's steps.
    """
    loss, accuracy = curves(history)
    sentences = [values_of(epoch, loss, accuracy) for epoch in sorted({0, len(loss["train"]) - 1})]
    if history.stopped:
        sentences.append(WORDS["stopped"].format(epochs=len(loss["train"])))
    return Still(WORDS["curves"], lambda: loss_and_accuracy(loss, accuracy), " ".join(sentences))


def curves(history):
    """({"train": losses, "test": losses}, the same of accuracies), one number for each epoch."""
    if not isinstance(history, History):
        raise TypeError(WRONG["history"].format(value=describe(history)))
    rows = {name: as_float(f"history.{name}", getattr(history, name)) for name in ("loss", "accuracy")}
    epochs, steps = len(rows["accuracy"]), len(rows["loss"])
    if epochs == 0:
        raise ValueError(WRONG["epochs"])
    if steps < epochs:
        raise ValueError(WRONG["steps"].format(epochs=epochs, steps=steps))
    means = [part.mean() for part in np.array_split(rows["loss"], epochs)]  # equal parts, unless it was stopped
    loss, accuracy = {"train": np.array(means)}, {"train": rows["accuracy"]}
    if len(history.test_loss) or len(history.test_accuracy):
        loss["test"] = as_float("history.test_loss", history.test_loss)
        accuracy["test"] = as_float("history.test_accuracy", history.test_accuracy)
        for name, row in {"test_loss": loss["test"], "test_accuracy": accuracy["test"]}.items():
            if row.shape != (epochs,):
                raise ValueError(WRONG["rows"].format(name=name, epochs=epochs, count=len(row)))
    return loss, accuracy


def values_of(epoch, loss, accuracy):
    numbers = {"loss": three_digits(loss["train"][epoch]), "accuracy": percent(accuracy["train"][epoch])}
    if "test" in loss:
        numbers["test_loss"] = three_digits(loss["test"][epoch])
        numbers["test_accuracy"] = percent(accuracy["test"][epoch])
    return WORDS["train, test" if "test" in loss else "train"].format(epoch=epoch + 1, **numbers)


def three_digits(number):
    return f"{number:.3g}".replace("-", MINUS)


def percent(part):
    return f"{100 * part:.1f}"


# -- weights ----------------------------------------------------------------------------------------------------------


def weights_as_pictures(network):
    """The weights of the first layer as pictures, one for each hidden unit, and of one of them those that go out of it."""
    W1, W2 = weights_of(network)
    mosaic = units_mosaic(W1.shape[1])

    def draw(unit):
        return {
            "mark": {"verts": [mosaic.corners(unit)]},
            "large": {"array": W1[:, unit].reshape(SIDE, SIDE)},
            "minus": {"segments": minus_signs(W1[:, unit])},
            "bars": weights_patch(W2[unit]),
            "readout": {"words": unit_in_words(unit, W1[:, unit], W2[unit])},
        }

    return Made(
        title=WORDS["weights"],
        figure=lambda: units_and_weights(W1, np.abs(W2).max()),
        readout="{words}",
        **along_a_list("unit", W1.shape[1], draw),
    )


def weights_of(network):
    """The two arrays of weights as they are now."""
    network = copied_network(network)
    if not isinstance(getattr(network, "params", None), (list, tuple)):
        raise TypeError(WRONG["params"].format(value=type(network).__name__))
    weights = [W for W in network.params if np.ndim(W) == 2]
    shapes = [np.shape(W) for W in weights]
    if len(shapes) != 2 or shapes != [(PIXELS, shapes[0][1]), (shapes[0][1], CLASSES)]:
        raise ValueError(WRONG["layers"].format(shapes=" and ".join(map(str, shapes)) or "none"))
    if not all(np.isfinite(W).all() for W in weights):
        raise ValueError(WRONG["finite weights"])
    return [np.array(W, float) for W in weights]


def unit_in_words(unit, coming, going):
    order = np.argsort(-coming, kind="stable")
    excite = [WORDS["pixel"].format(**pixel(place, coming)) for place in order[:3] if coming[place] > 0]
    words = WORDS["excited" if excite else "not excited"].format(unit=unit, pixels=WORDS["; "].join(excite))
    words += WORDS["and least" if coming.min() < 0 else "and none"].format(**pixel(order[-1], coming))
    best, worst = going.argmax(), going.argmin()
    words += WORDS["for" if going[best] > 0 else "for none"].format(best=best, most=short(going[best]))
    return words + WORDS["against" if going[worst] < 0 else "against none"].format(
        worst=worst, least=short(going[worst])
    )


def pixel(place, weights):
    """Rows and columns are counted from 1, as in the grid and beside the picture."""
    return {"row": place // SIDE + 1, "column": place % SIDE + 1, "weight": short(weights[place])}


# -- wrong ones -------------------------------------------------------------------------------------------------------


def wrong_ones(network, x_test, t_test):
    """The test samples that the network gets wrong, ten on a page; where there are none, those that it is least sure of."""
    network, (x, t) = copied_network(network), copied_samples(x_test, t_test)
    y = probabilities(network, x)
    says, right = y.argmax(axis=1), y[np.arange(len(t)), t]
    wrong = np.flatnonzero(says != t)
    shown = wrong if len(wrong) else np.argsort(right, kind="stable")[: PAGE.count]

    def draw(number):
        first = number - number % PAGE.count
        page, index = shown[first : first + PAGE.count], shown[number]
        words = [ARROW.format(t=t[each], says=says[each]) for each in page]
        most, second = np.argsort(-y[index], kind="stable")[:2]
        return {
            "page": {"array": PAGE.whole(x[page])},
            "frames": {"verts": [PAGE.corners(place) for place in range(len(page))]},
            "words": {"texts": words + [""] * (PAGE.count - len(page))},
            "mark": {"verts": [PAGE.corners(number - first)]},
            "large": {"array": x[index].reshape(SIDE, SIDE)},
            "answer": {"text": words[number - first]},
            "how sure": {"text": fixed(y[index, most])},
            "bars": probabilities_patch(y[index]),
            "target": target_at(t[index]),
            "readout": {
                "line": ("none", "one", "many")[min(len(wrong), 2)],
                **{"count": len(wrong), "all": len(t), "number": number, "index": index, "t": t[index]},
                **{"right": right[index], "says": most, "most": y[index, most]},
                **{"second": second, "next": y[index, second]},
            },
        }

    return Made(
        title=WORDS["wrong"],
        figure=page_of_digits,
        readout={line: WORDS[f"wrong, {line}"] for line in ("none", "one", "many")},
        **along_a_list("number", len(shown), draw),
    )


# -- a digit to change ------------------------------------------------------------------------------------------------


def change_a_digit(network, x_test, t_test):
    """Draw in a test sample, pixel by pixel, and see at once what the network says. A button brings a sample of each digit."""
    network, (x, t) = copied_network(network), copied_samples(x_test, t_test)
    y = probabilities(network, np.array([in_levels(sample) for sample in x]).reshape(-1, PIXELS))
    right = y.argmax(axis=1) == t
    samples = {}  # digit -> the first of its samples at which the network is right, or simply the first
    for digit in np.unique(t).tolist():
        samples[digit] = in_levels(x[max(np.flatnonzero(t == digit), key=lambda index: right[index])])

    def draw(cells):
        picture = np.array(cells)
        y = probabilities(network, picture.reshape(1, PIXELS))[0]
        first, second = np.argsort(-y, kind="stable")[:2]
        return {
            "large": {"array": picture},
            "bars": probabilities_patch(y),
            "readout": {"first": first, "most": y[first], "second": second, "next": y[second]},
        }

    return Made(
        title=WORDS["change"],
        controls={"cells": Grid(SIDE, SIDE, value=samples[int(t[0])], levels=LEVELS)},
        figure=digit_and_probabilities,
        update=draw,
        readout=WORDS["says"],
        presets={str(digit): {"cells": cells} for digit, cells in samples.items()},
    )


def in_levels(sample):
    """A sample as rows of a grid, each pixel at the nearest of its levels; halfway between two, at the higher."""
    steps = LEVELS - 1
    return tuple(map(tuple, (np.floor(steps * sample + 0.5) / steps).reshape(SIDE, SIDE).tolist()))
