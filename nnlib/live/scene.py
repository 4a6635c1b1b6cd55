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
    """Fill in the template; a minus is written as one, and 0 never has any."""
    if isinstance(readout, dict):
        readout = readout[numbers["line"]]
    text = readout.format(**numbers)
    text = re.sub(r"(?<![\w.])-(0(\.0+)?)(?![\d.]*[1-9])", r"\1", text)
    return re.sub(r"(?<![\w.])-(?=[\d.])", "\N{MINUS SIGN}", text)
