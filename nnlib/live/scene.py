"""One showing of a demo, without widgets: values go in, the picture and its words come out."""

import re

from nnlib.live.calls import call, chosen
from nnlib.live.picture import DRAWING, Picture

KEPT = 300  # states, so that stepping back is an index


class Scene:
    """The picture of a demo and the text that says the same in words, for the values given last."""

    def __init__(self, demo):
        self.demo = demo
        self.drawn_for = None
        self.history = History(demo) if demo.start else None
        self.move(demo.beginning)

    def move(self, values):
        """Show these values: {control: value}, all of them."""
        values = self.limited(values)
        if self.history:
            self.history.follow(values)
        self.show(values)

    def on(self):
        """One state on; whether there was one."""
        more = self.history.on(self.values)
        if more:
            self.show(self.values)
        return more

    def back(self):
        """One state back, as far as they are kept; whether there was one."""
        more = self.history.back()
        if more:
            self.show(self.values)
        return more

    def begin_anew(self):
        self.history.begin(self.values)
        self.show(self.values)

    def limited(self, values):
        """The values, with each place in a list inside the list."""
        return {**values, **{name: min(values[name], last) for name, last in self.lasts(values).items()}}

    def lasts(self, values):
        """How far each list reaches, for controls that are a place in a list."""
        lists = {name: control.last for name, control in self.demo.controls.items() if hasattr(control, "last")}
        return {name: call(last, values) if callable(last) else last for name, last in lists.items()}

    def show(self, values):
        state = (self.history.state,) if self.history else ()
        patch = dict(call(self.demo.update, values, *state))
        text = say(self.demo.readout, patch.pop("readout"))
        with DRAWING:
            drawn_for = chosen(self.demo.figure, values)
            if drawn_for != self.drawn_for:
                self.picture = Picture(*self.demo.figure(**drawn_for))
                self.drawn_for = drawn_for
            self.picture.move(patch)
        self.text = text
        self.values = values


class History:
    """The states of a demo so far: the latest few hundred, and which of them is shown."""

    def __init__(self, demo):
        self.demo = demo
        self.begun_with = None

    @property
    def state(self):
        return self.states[self.place]

    @property
    def step(self):
        """How many steps lie between the start and the state that is shown."""
        return self.forgotten + self.place

    def begin(self, values):
        self.states = [call(self.demo.start, values)]
        self.begun_with = chosen(self.demo.start, values)
        self.advanced_with = chosen(self.demo.advance, values)
        self.place, self.forgotten = 0, 0

    def follow(self, values):
        """Begin anew where a control of `start` has changed; forget what lies ahead where one of `advance` has."""
        if chosen(self.demo.start, values) != self.begun_with:
            self.begin(values)
        if chosen(self.demo.advance, values) != self.advanced_with:
            self.advanced_with = chosen(self.demo.advance, values)
            del self.states[self.place + 1 :]

    def on(self, values):
        if self.place == len(self.states) - 1:
            following = call(self.demo.advance, values, self.state)
            if following is None:
                return False
            self.states.append(following)
            if len(self.states) > KEPT:
                del self.states[0]
                self.forgotten += 1
                self.place -= 1
        self.place += 1
        return True

    def back(self):
        if self.place == 0:
            return False
        self.place -= 1
        return True


def say(readout, numbers):
    """Fill in the template; a minus is written as one, and 0 never has any."""
    if isinstance(readout, dict):
        readout = readout[numbers["line"]]
    text = readout.format(**numbers)
    text = re.sub(r"(?<![\w.])-(0(\.0+)?)(?![\d.]*[1-9])", r"\1", text)
    return re.sub(r"(?<![\w.])-(?=[\d.])", "\N{MINUS SIGN}", text)
