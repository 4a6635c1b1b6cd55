"""The opening of lesson 2: a picture's 64 numbers on their path through the network that reads digits."""

import numpy as np

from nnlessons.drawing.digits import CLASSES, NO_BARS, SIDE, probabilities_patch
from nnlessons.drawing.style import BLACK, BLUE, FAINT, GREY, ORANGE, PALE
from nnlessons.forward_pass.layers_figure import HIGHEST, four_columns
from nnlessons.live import Demo, Grid, Stepper
from nnlessons.reader.network import HIDDEN, PIXELS, reader_network
from nnlessons.reader.scans import SCANS, buttons
from nnlessons.wording import fixed
from nnlib.activations import softmax

__all__ = ["layers_light_up"]
__dir__ = __all__.copy  # what Tab shows after `reading_layers.`

FULL = 4.0  # an activation whose square is completely blue
network = reader_network()


def show_layers(cells, layer):
    """The numbers up to this column, and in words where they come from; after the two layers, softmax is the third."""
    first, relu, second = network.layers
    z = relu.forward(first.forward(np.reshape(cells, (1, PIXELS)).astype(np.float32)))
    s = second.forward(z)[0]
    y, best = softmax(s), s.argmax()
    patch = {
        "pixels": {"array": np.array(cells)},
        "units": units_patch(z[0]) if layer >= 1 else {"facecolors": "white", "edgecolors": PALE},
        "scores": scores_patch(s) if layer >= 2 else NO_BARS,
        "score names": {"texts": names(layer >= 2)},
        "percentages": probabilities_patch(y) | {"words": [percent(each) for each in y]} if layer >= 3 else NO_BARS,
        "percentage names": {"texts": names(layer >= 3)},
    }
    for column in range(4):
        weight, color = ("bold", BLACK) if column == layer else ("normal", GREY if column > layer else BLACK)
        patch[f"heading {column}"] = {"fontweight": weight, "color": color}
    for path in (1, 2, 3):
        patch[f"path {path}"] = {"color": FAINT if path <= layer else PALE}
    above = np.count_nonzero(z > 0)
    numbers = {"above": above, "rest": HIDDEN - above, "score": s[best], "best": best}
    numbers |= {"a": "an" if best == 8 else "a", "percent": percent(y[best]).replace(">", "more than ")}
    return {**patch, "readout": {"line": ("pixels", "units", "scores", "percentages")[layer], **numbers}}


def units_patch(z):
    """Each hidden unit the bluer the higher its activation, and with a blue edge if that's above 0."""
    blue = np.array([0x00, 0x72, 0xB2]) / 255
    part = np.clip(z / FULL, 0, 1)[:, np.newaxis]
    return {"facecolors": 1 - part * (1 - blue), "edgecolors": [BLUE if each > 0 else PALE for each in z]}


def scores_patch(s):
    """Ten scores as bars, blue above 0 and orange below."""
    colours = [BLUE if each > 0 else ORANGE for each in s]
    words = [fixed(each, 1) for each in s]
    return {"values": np.clip(s, -HIGHEST, HIGHEST), "words": words, "fills": colours, "edges": colours}


def names(shown):
    """The ten digits, or nothing."""
    return [str(digit) if shown else "" for digit in range(CLASSES)]


def percent(part):
    """A part of 1 in percent; what isn't quite all isn't rounded to 100, nor what isn't nothing to 0."""
    return ">99.9%" if part > 0.9995 else "<0.1%" if part < 0.0005 else f"{100 * part:.1f}%"


layers_light_up = Demo(
    title="How 64 numbers become one answer",
    controls={"cells": Grid(SIDE, SIDE, value=SCANS["3"]), "layer": Stepper(3, label="stage")},
    groups={"Your picture": ("cells",), "Through the network": ("layer",)},
    figure=four_columns,
    update=show_layers,
    readout={
        "pixels": "64 numbers, one for each pixel: 0 is white and 1 is black.",
        "units": "The first layer has turned them into 50 numbers. {above} of its units are above 0; ReLU has set the other "
        "{rest} to 0.",
        "scores": "The second layer adds up those 50 numbers, with weights of its own, into ten scores. The highest is "
        "{score:.1f}, for {a} {best}.",
        "percentages": "Softmax turns the scores into percentages: {a} {best} gets {percent}.",
    },
    presets=buttons(),
)
