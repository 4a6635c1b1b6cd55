"""Loss and accuracy of a training run, epoch by epoch."""

import numpy as np

from nnlessons.live.view import Still
from nnlessons.training.curves_figure import loss_and_accuracy
from nnlessons.wording import with_minus
from nnlib.arguments import as_float, describe
from nnlib.training import History

__all__ = ["learning_curves"]
__dir__ = __all__.copy  # what Tab shows after `curves.`

WORDS = {
    "curves": "Loss and accuracy, epoch by epoch",
    "train": "After epoch {epoch}, your network gets {accuracy}% of the training set right, and the loss is {loss}.",
    "train, validation": "After epoch {epoch}, your network gets {accuracy}% of the training set and {validation_accuracy}% "
    "of the validation set right. The loss is {loss} and {validation_loss}.",
    "stopped": "You stopped training after {epochs} whole epochs, so the mean losses are only approximate.",
}
WRONG = {
    "history": "history must be a History, what train returns, got {value}",
    "epochs": "history must have at least one whole epoch, and its accuracy",
    "steps": "history must have at least one step's loss for each of its {epochs} epochs, got {steps}",
    "rows": "history.{name} must have one number for each of the {epochs} epochs, got {count}",
}


def learning_curves(history):
    """Draw loss and accuracy over the epochs of a training run, on the training set and, if there is one, on the validation set.

    history  what `train` returns. The loss on the training set is the mean over the steps of each epoch.
    -> a picture that stays as it is, with a description in words. TypeError, ValueError: no history, or an incomplete one.
    """
    loss, accuracy = curves(history)
    sentences = [values_of(epoch, loss, accuracy) for epoch in sorted({0, len(loss["train"]) - 1})]
    if history.stopped:
        sentences.append(WORDS["stopped"].format(epochs=len(loss["train"])))
    return Still(WORDS["curves"], lambda: loss_and_accuracy(loss, accuracy), " ".join(sentences))


def curves(history):
    """({"train": losses, "validation": losses}, the same of accuracies), one number for each epoch."""
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
    if len(history.validation_loss) or len(history.validation_accuracy):
        for name, rows_of in {"validation_loss": loss, "validation_accuracy": accuracy}.items():
            row = rows_of["validation"] = as_float(f"history.{name}", getattr(history, name))
            if row.shape != (epochs,):
                raise ValueError(WRONG["rows"].format(name=name, epochs=epochs, count=len(row)))
    return loss, accuracy


def values_of(epoch, loss, accuracy):
    """The sentence on one epoch, counted from 0."""
    numbers = {"loss": with_minus(f"{loss['train'][epoch]:.3g}"), "accuracy": percent(accuracy["train"][epoch])}
    if "validation" in loss:
        numbers["validation_loss"] = with_minus(f"{loss['validation'][epoch]:.3g}")
        numbers["validation_accuracy"] = percent(accuracy["validation"][epoch])
    return WORDS["train, validation" if "validation" in loss else "train"].format(epoch=epoch + 1, **numbers)


def percent(part):
    """0.925 as 92.5."""
    return f"{100 * part:.1f}"
