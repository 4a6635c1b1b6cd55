"""The test digits that a network misreads."""

import numpy as np

from nnlessons.drawing.digits import SIDE, probabilities_patch
from nnlessons.live import Demo
from nnlessons.training.wrong_ones_figure import PAGE, page_of_digits, target_at
from nnlessons.training.your_network import along_a_list, copied_network, copied_samples, probabilities
from nnlessons.wording import percent, with_article

__all__ = ["wrong_ones"]
__dir__ = __all__.copy  # what Tab shows after `wrong_ones.`

ARROW = "{t} \N{RIGHTWARDS ARROW} {says}"

READOUT = {
    "many": "x_test[{index}] is {t}, but your network reads it as {says} and is {most} sure. It misreads {count} of the {all} "
    "test digits.",
    "one": "x_test[{index}] is {t}, but your network reads it as {says} and is {most} sure. It's the only one of the {all} test "
    "digits that your network misreads.",
    "none": "Your network reads all {all} test digits. It's least sure of these, and x_test[{index}] is one of them: {t}, "
    "with {right}; next comes {second}, with {next}.",
}


def wrong_ones(network, x_test, t_test):
    """Show the test digits that the network misreads, ten on a page; if there are none, the ones that it's least sure of.

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
            "how sure": {"text": f"{100 * y[index, most]:.0f}%"},
            "bars": {**probabilities_patch(y[index]), "words": [f"{100 * part:.0f}%" for part in y[index]]},
            "target": target_at(t[index]),
            "readout": {
                "line": ("none", "one", "many")[min(len(wrong), 2)],
                **{"count": len(wrong), "all": len(t), "index": index, "t": with_article(t[index])},
                **{"right": percent(right[index]), "says": with_article(most), "most": percent(y[index, most])},
                **{"second": with_article(second), "next": percent(y[index, second])},
            },
        }

    return Demo(
        title="What your network gets wrong",
        figure=page_of_digits,
        readout=READOUT,
        **along_a_list("number", len(shown), draw),
    )
