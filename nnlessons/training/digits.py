"""Pictures and demos of lesson 8 for the reader's own network, which has been trained on handwritten digits.

    history = train(net, x, t, ..., x_test=x_test, t_test=t_test)
    learning_curves(history)   weights_as_pictures(net)   wrong_ones(net, x_test, t_test)   change_a_digit(net, x_test, t_test)

Each works on a copy of the network as it is now, so a picture doesn't change if the training goes on.
"""

import copy

import numpy as np

from nnlessons.drawing.digits import CLASSES, SIDE, probabilities_patch
from nnlessons.live import Demo, Grid, Stepper
from nnlessons.live.view import Still
from nnlessons.training.digit_figures import (
    PAGE,
    digit_and_probabilities,
    loss_and_accuracy,
    minus_signs,
    page_of_digits,
    target_at,
    units_and_weights,
    units_mosaic,
    weights_patch,
)
from nnlessons.wording import fixed, short, with_minus
from nnlib.activations import softmax
from nnlib.arguments import as_batch, as_float, as_object, describe
from nnlib.training import History

__all__ = ["change_a_digit", "learning_curves", "weights_as_pictures", "wrong_ones"]
__dir__ = __all__.copy  # what Tab shows after `digits.`

PIXELS = SIDE * SIDE
LEVELS = 5  # of grey, for a pixel in the grid
ARROW = "{t} \N{RIGHTWARDS ARROW} {says}"

WORDS = {
    "curves": "Loss and accuracy, epoch by epoch",
    "train": "Epoch {epoch}: the mean loss of the steps is {loss}; accuracy on train {accuracy} %.",
    "train, test": "Epoch {epoch}: the mean loss of the steps is {loss}, the loss on test {test_loss}; accuracy on train "
    "{accuracy} %, on test {test_accuracy} %.",
    "stopped": "The training was stopped after {epochs} whole epochs, so the means over the steps are not quite those of the "
    "epochs.",
    "weights": "The weights of each hidden unit",
    "pixel": "row {row}, column {column} ({weight})",
    "next pixel": "{pixels}; {pixel}",
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
COMING = {  # the weights from the pixels: whether some are above 0, and some below
    (True, True): "Unit {unit} is excited most by ink in {pixels}, and held down most in {lowest}.",
    (True, False): "Unit {unit} is excited most by ink in {pixels}, and held down by none.",
    (False, True): "Unit {unit} is excited by no pixel, and held down most in {lowest}.",
    (False, False): "Unit {unit} is excited by no pixel, and held down by none.",
}
GOING = {  # the same for the weights to the classes
    (True, True): "Its output speaks most for {best} ({most}) and most against {worst} ({least}).",
    (True, False): "Its output speaks most for {best} ({most}) and against none.",
    (False, True): "Its output speaks for no class and most against {worst} ({least}).",
    (False, False): "Its output speaks for no class and against none.",
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


# -- the reader's network and samples ---------------------------------------------------------------------------------


def copied_network(network):
    """A copy of the network as it is now. TypeError, ValueError: it doesn't take digits or give ten scores."""
    network = copy.deepcopy(as_object("network", network, predict=1))
    try:
        scores = np.asarray(network.predict(np.zeros((2, PIXELS))))
    except (TypeError, ValueError) as mistake:
        raise ValueError(WRONG["fit"].format(pixels=PIXELS, mistake=mistake)) from None
    if scores.shape != (2, CLASSES):
        raise ValueError(WRONG["scores"].format(classes=CLASSES, shape=scores.shape, count=2))
    return network


def probabilities(network, x):
    """The network's probabilities for x (N, 64): (N, 10). ValueError: its scores aren't finite."""
    scores = as_float("scores", network.predict(x))
    if not np.isfinite(scores).all():
        raise ValueError(WRONG["finite"])
    return softmax(scores)


def copied_samples(x_test, t_test):
    """Copies of samples (N, 64) and their labels (N,), as floats and integers. ValueError: they aren't pixels or labels."""
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
    """Controls and update of a demo that steps along a list; without a control if there is nothing to choose."""
    if count == 1:
        return {"controls": {}, "update": lambda: draw(0)}
    return {"controls": {name: Stepper(count - 1)}, "update": draw}


# -- learning curves --------------------------------------------------------------------------------------------------


def learning_curves(history):
    """Draw loss and accuracy over the epochs of a training run, on train and, if it was measured, on test.

    history  what `train` returns. The loss on train is the mean over each epoch's steps.
    -> a picture that stays as it is, with a description in words. TypeError, ValueError: no history, or an incomplete one.
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
    means = [part.mean() for part in np.array_split(rows["loss"], epochs)]  # equal parts, unless training was stopped
    loss, accuracy = {"train": np.array(means)}, {"train": rows["accuracy"]}
    if len(history.test_loss) or len(history.test_accuracy):
        loss["test"] = as_float("history.test_loss", history.test_loss)
        accuracy["test"] = as_float("history.test_accuracy", history.test_accuracy)
        for name, row in {"test_loss": loss["test"], "test_accuracy": accuracy["test"]}.items():
            if row.shape != (epochs,):
                raise ValueError(WRONG["rows"].format(name=name, epochs=epochs, count=len(row)))
    return loss, accuracy


def values_of(epoch, loss, accuracy):
    """The sentence on one epoch, counted from 0."""
    numbers = {"loss": with_minus(f"{loss['train'][epoch]:.3g}"), "accuracy": percent(accuracy["train"][epoch])}
    if "test" in loss:
        numbers["test_loss"] = with_minus(f"{loss['test'][epoch]:.3g}")
        numbers["test_accuracy"] = percent(accuracy["test"][epoch])
    return WORDS["train, test" if "test" in loss else "train"].format(epoch=epoch + 1, **numbers)


def percent(part):
    """0.925 as 92.5."""
    return f"{100 * part:.1f}"


# -- weights ----------------------------------------------------------------------------------------------------------


def weights_as_pictures(network):
    """Show the weights of the first layer as pictures, one for each hidden unit, and a chosen unit's outgoing weights as bars.

    network  with `predict`, and with two arrays of weights in `params`, (64, H) and (H, 10)
    -> a demo. TypeError, ValueError: it isn't such a network, or its weights aren't finite.
    """
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

    return Demo(
        title=WORDS["weights"],
        figure=lambda: units_and_weights(W1, np.abs(W2).max()),
        readout="{words}",
        **along_a_list("unit", W1.shape[1], draw),
    )


def weights_of(network):
    """Copies of the two arrays of weights, (64, H) and (H, 10)."""
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
    """Two sentences on a unit: its largest and lowest weights from the pixels (64,), and those to the classes (10,)."""
    order = np.argsort(-coming, kind="stable")
    pixels, *others = [pixel_in_words(place, coming) for place in order[:3] if coming[place] > 0] or [""]
    for other in others:
        pixels = WORDS["next pixel"].format(pixels=pixels, pixel=other)
    lowest, best, worst = pixel_in_words(order[-1], coming), going.argmax(), going.argmin()
    first = COMING[signs_of(coming)].format(unit=unit, pixels=pixels, lowest=lowest)
    outputs = {"best": best, "most": short(going[best]), "worst": worst, "least": short(going[worst])}
    return f"{first} {GOING[signs_of(going)].format(**outputs)}"


def signs_of(weights):
    """(whether some are above 0, whether some are below)."""
    return bool(weights.max() > 0), bool(weights.min() < 0)


def pixel_in_words(place, weights):
    """A pixel and its weight. Rows and columns are counted from 1, as in the grid and beside the picture."""
    return WORDS["pixel"].format(row=place // SIDE + 1, column=place % SIDE + 1, weight=short(weights[place]))


# -- wrong ones -------------------------------------------------------------------------------------------------------


def wrong_ones(network, x_test, t_test):
    """Show the test samples that the network gets wrong, ten on a page; if there are none, those that it is least sure of.

    network  with `predict`, (N, 64) -> scores (N, 10);  x_test  (N, 64), from 0 to 1;  t_test  (N,) labels
    -> a demo. TypeError, ValueError: the network or the samples don't fit.
    """
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

    return Demo(
        title=WORDS["wrong"],
        figure=page_of_digits,
        readout={line: WORDS[f"wrong, {line}"] for line in ("none", "one", "many")},
        **along_a_list("number", len(shown), draw),
    )


# -- a digit to change ------------------------------------------------------------------------------------------------


def change_a_digit(network, x_test, t_test):
    """A test sample to draw in, pixel by pixel, with the network's probabilities at once. There is a button for each digit.

    network, x_test, t_test  as in `wrong_ones`
    -> a demo. TypeError, ValueError: the network or the samples don't fit.
    """
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

    return Demo(
        title=WORDS["change"],
        controls={"cells": Grid(SIDE, SIDE, value=samples[int(t[0])], levels=LEVELS)},
        groups={"Pixels": ("cells",)},
        figure=digit_and_probabilities,
        update=draw,
        readout=WORDS["says"],
        presets={str(digit): {"cells": cells} for digit, cells in samples.items()},
    )


def in_levels(sample):
    """A sample (64,) as rows of a grid, each pixel at the nearest level; halfway between two, at the higher one."""
    steps = LEVELS - 1
    return tuple(map(tuple, (np.floor(steps * sample + 0.5) / steps).reshape(SIDE, SIDE).tolist()))
