"""One showing of a demo, without widgets: values go in, the picture and its words come out."""

import re

from nnlib.live.picture import DRAWING, Picture


class Scene:
    """The picture of a demo and the text that says the same in words, for the values given last."""

    def __init__(self, demo):
        self.demo = demo
        self.drawn_for = None
        self.move(demo.start)

    def move(self, values):
        """Show these values: {control: value}, all of them."""
        patch = dict(self.demo.update(**values))
        text = say(self.demo.readout, patch.pop("readout"))
        with DRAWING:
            drawn_for = {name: values[name] for name in self.demo.figure_parameters}
            if drawn_for != self.drawn_for:
                self.picture = Picture(*self.demo.figure(**drawn_for))
                self.drawn_for = drawn_for
            self.picture.move(patch)
        self.text = text


def say(readout, numbers):
    """Fill in the template, without minus zeros."""
    if isinstance(readout, dict):
        readout = readout[numbers["line"]]
    return re.sub(r"-(0(\.0+)?)(?![\d.])", r"\1", readout.format(**numbers))
