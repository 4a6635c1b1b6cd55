"""The figure of a training run: loss and accuracy over the epochs."""

import numpy as np
from matplotlib.ticker import LogLocator, MaxNLocator

from nnlessons.drawing.style import BLACK, PURPLE, in_style, legend_above, new_figure
from nnlessons.wording import scientific, trimmed

__all__ = ["log_limits", "loss_and_accuracy"]
__dir__ = __all__.copy  # what Tab shows after `curves_figure.`

LOOKS = {
    "train": {"color": BLACK, "linewidth": 2.5},
    "validation": {"color": PURPLE, "linewidth": 2.5, "linestyle": (0, (3, 1.2))},
}


@in_style
def loss_and_accuracy(loss, accuracy):
    """Left losses on a logarithmic axis, right accuracies in percent, over the epochs. It has no parts.

    loss, accuracy  {"train": (epochs,), "validation": (epochs,)}, or without "validation"; accuracies from 0 to 1
    """
    figure, (left, right) = new_figure(columns=2, left=0.09, right=0.965, width=7.0, height=3.8)
    figure.subplots_adjust(wspace=0.2)
    epochs = np.arange(1, len(loss["train"]) + 1)
    left.set(yscale="log", title="loss")
    low, high = log_limits(np.concatenate(list(loss.values())))
    left.set_ylim(low, high)
    few, some = (1, 2, 5), (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)  # ticks in each power of ten
    left.yaxis.set_major_locator(
        LogLocator(subs=some if high / low < 4 else few if high / low < 30 else (1,), numticks=12)
    )
    left.yaxis.set_major_formatter(lambda tick, _: trimmed(tick, 4) if 0.0009 < tick < 9999 else scientific(tick, 1))
    left.minorticks_off()
    lowest = min(min(values) for values in accuracy.values())
    right.set(title="accuracy in %", ylim=(min(90, 10 * (10 * lowest // 1)) - 0.4, 100.4))
    right.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    for axes, values, factor in ((left, loss, 1), (right, accuracy, 100)):
        axes.set(xlim=(min(1, 1 - 0.02 * len(epochs)), max(1.02 * len(epochs), 2)), xlabel="epoch")
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        for name, row in values.items():
            few = {"marker": "o", "markersize": 6} if len(epochs) <= 10 else {}
            axes.plot(epochs, factor * np.asarray(row), **LOOKS[name], **few, label=name)
    legend_above(left, handlelength=1.5, handletextpad=0.5, columnspacing=0.9)
    return figure, {}


def log_limits(values):
    """The ends of an axis a little wider than the values, with at most eight powers of ten."""
    seen = values[np.isfinite(values) & (values > 0)]
    if not len(seen):
        return 0.1, 10
    return max(seen.min(), seen.max() * 1e-8) / 1.3, seen.max() * 1.3
