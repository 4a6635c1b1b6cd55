"""One showing of a demo, without widgets: values go in, the picture and its words come out."""

import re
from copy import copy

from nnlessons.live.calls import call, chosen
from nnlessons.live.picture import DRAWING, Picture

KEPT = 300  # states, so that stepping back is an index


class Scene:
    """The picture of a demo and the text that says the same in words, for the values given last."""

    def __init__(self, demo):
        self.demo = demo
        self.drawn_for = None
        self.history = History(demo) if demo.start else None
        self.move(demo.beginning)

    def move(self, values, anew=False):
        """Show these values: {control: value}, all of them; with `anew`, from the start."""
        values = self.limited(values)
        history = copy(self.history)
        if history:
            history.follow(values, anew)
        self.show(values, history)

    def on(self):
        """One state on; whether there was one."""
        history = copy(self.history)
        more = history.on(self.values)
        if more:
            self.show(self.values, history)
        return more

    def back(self):
        """One state back, as far as they are kept; whether there was one."""
        history = copy(self.history)
        more = history.back()
        if more:
            self.show(self.values, history)
        return more

    def begin_anew(self):
        self.move(self.values, anew=True)

    def limited(self, values):
        """The values, with each place in a list inside the list."""
        return {**values, **{name: min(values[name], last) for name, last in self.lasts(values).items()}}

    def lasts(self, values):
        """How far each list reaches, for controls that are a place in a list."""
        lists = {name: control.last for name, control in self.demo.controls.items() if hasattr(control, "last")}
        return {name: call(last, values) if callable(last) else last for name, last in lists.items()}

    def show(self, values, history):
        """Show these values at the place of this history; both are taken over once that has succeeded."""
        state = (history.state,) if history else ()
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
        self.history = history


class History:
    """The states of a demo so far: the latest few hundred, and which of them is shown.

    The list of states is never changed in place: a copy can go on by itself.
    """

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

    def follow(self, values, anew=False):
        """Begin anew where a control of `start` has changed; forget what lies ahead where one of `advance` has."""
        if anew or chosen(self.demo.start, values) != self.begun_with:
            self.begin(values)
        if chosen(self.demo.advance, values) != self.advanced_with:
            self.advanced_with = chosen(self.demo.advance, values)
            self.states = self.states[: self.place + 1]

    def on(self, values):
        if self.place == len(self.states) - 1:
            following = call(self.demo.advance, values, self.state)
            if following is None:
                return False
            self.states = [*self.states, following]
            if len(self.states) > KEPT:
                self.states = self.states[1:]
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
