"""One showing of a demo, without widgets: values go in, the picture and its words come out."""

import re
from copy import copy

from nnlessons.live.calls import arguments_for, call
from nnlessons.live.picture import DRAWING, Picture

KEPT = 300  # states, so that stepping back is an index


class Scene:
    """The picture of a demo and the text that says the same in words, for the values given last."""

    def __init__(self, demo):
        self.demo = demo
        self.drawn_for = None
        self.timeline = Timeline(demo) if demo.start else None
        self.move(demo.beginning)

    def move(self, values, restart=False):
        """Show these values: {control: value}, all of them; with `restart`, from the start."""
        values = self.clamped(values)
        timeline = copy(self.timeline)
        if timeline:
            timeline.follow(values, restart)
        self.show(values, timeline)

    def step_forward(self):
        """One state on; whether there was one."""
        timeline = copy(self.timeline)
        more = timeline.step_forward(self.values)
        if more:
            self.show(self.values, timeline)
        return more

    def step_back(self):
        """One state back, as far as they are kept; whether there was one."""
        timeline = copy(self.timeline)
        more = timeline.step_back()
        if more:
            self.show(self.values, timeline)
        return more

    def restart(self):
        self.move(self.values, restart=True)

    def clamped(self, values):
        """The values, with each place in a list inside the list."""
        return {**values, **{name: min(values[name], last) for name, last in self.stepper_ends(values).items()}}

    def stepper_ends(self, values):
        """How far each list reaches, for controls that are a place in a list."""
        lists = {name: control.last for name, control in self.demo.controls.items() if hasattr(control, "last")}
        return {name: call(last, values) if callable(last) else last for name, last in lists.items()}

    def show(self, values, timeline):
        """Show these values at the place of this timeline; both are taken over once that has succeeded."""
        state = (timeline.state,) if timeline else ()
        patch = dict(call(self.demo.update, values, *state))
        text = say(self.demo.readout, patch.pop("readout"))
        with DRAWING:
            drawn_for = arguments_for(self.demo.figure, values)
            if drawn_for != self.drawn_for:
                self.picture = Picture(*self.demo.figure(**drawn_for))
                self.drawn_for = drawn_for
            self.picture.move(patch)
        self.text = text
        self.values = values
        self.timeline = timeline


class Timeline:
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
        self.begun_with = arguments_for(self.demo.start, values)
        self.advanced_with = arguments_for(self.demo.advance, values)
        self.place, self.forgotten = 0, 0

    def follow(self, values, restart=False):
        """Begin anew where a control of `start` has changed; forget what lies ahead where one of `advance` has."""
        if restart or arguments_for(self.demo.start, values) != self.begun_with:
            self.begin(values)
        if arguments_for(self.demo.advance, values) != self.advanced_with:
            self.advanced_with = arguments_for(self.demo.advance, values)
            self.states = self.states[: self.place + 1]

    def step_forward(self, values):
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

    def step_back(self):
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
