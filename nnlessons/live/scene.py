"""One showing of a demo, without widgets: values go in, the picture and its words come out."""

import re
from dataclasses import dataclass, replace

from nnlessons.live.calls import arguments_for, call, parameters
from nnlessons.live.picture import DENSITY, DRAWING, Picture

__all__ = ["Scene", "Timeline", "say"]
__dir__ = __all__.copy  # what Tab shows

KEPT = 300  # states, so that stepping back is an index


class Scene:
    """The picture of a demo and the text that says the same in words, for the values shown last.

    An exception in one of the demo's functions is passed on, and values, text and timeline stay as they were.
    """

    def __init__(self, demo):
        self.demo = demo
        self.density = DENSITY
        self.picture = self.drawn_for = None
        self.timeline = None
        self.move(demo.beginning)
        if demo.step:
            self.run_to(demo.step)

    def move(self, values, restart=False):
        """Show these values {control: value}, all of them; with `restart`, from the start."""
        values = self.clamped(values)
        if not self.demo.start:
            timeline = None
        elif restart or not self.timeline:
            timeline = Timeline.begin(self.demo, values)
        else:
            timeline = self.timeline.follow(values)
        self.show(values, timeline)

    def step_forward(self):
        """Show the next state. False if there is none."""
        return self.step_to(self.timeline.step_forward(self.values))

    def step_back(self):
        """Show the state before. False if there is none, or it is no longer kept."""
        return self.step_to(self.timeline.step_back())

    def run_to(self, step):
        """Show the state so many steps after the start, or the last one before it. The states on the way aren't drawn."""
        timeline = self.timeline
        while timeline.step < step and (following := timeline.step_forward(self.values)):
            timeline = following
        self.show(self.values, timeline)

    def step_to(self, timeline):
        """Show another place of the timeline, unless it is None. Whether it was shown."""
        if timeline:
            self.show(self.values, timeline)
        return timeline is not None

    def restart(self):
        """Show the start for the present values."""
        self.move(self.values, restart=True)

    def set_density(self, density):
        """Paint this many device pixels for each CSS pixel from now on."""
        with DRAWING:
            self.picture.set_density(density)
        self.density = density

    def pointed(self, across, down):
        """The values {control: value} that a press there would set; across and down are fractions of the picture's sides."""
        width, height = self.picture.canvas.get_width_height()
        pixel = across * width, (1 - down) * height
        for part, function in self.demo.pointer.items():
            axes = self.picture.parts[part]
            if axes.bbox.contains(*pixel):
                x, y = axes.transData.inverted().transform(pixel)
                wanted = function(x, y, **{name: self.values[name] for name in parameters(function)[2:]})
                return {name: self.demo.controls[name].nearest(value) for name, value in wanted.items()}
        return {}

    def clamped(self, values):
        """The nearest values {control: value} that are possible together."""
        return {name: self.demo.controls[name].clamped(value, values) for name, value in values.items()}

    def show(self, values, timeline):
        """Show these values at the place of this timeline; keep both once that has succeeded."""
        state = (timeline.state,) if timeline else ()
        patch = dict(call(self.demo.update, values, *state))
        text = say(self.demo.readout, patch.pop("readout"))
        with DRAWING:
            drawn_for = arguments_for(self.demo.figure, values)
            if drawn_for != self.drawn_for:
                older, self.picture = self.picture, Picture(*self.demo.figure(**drawn_for), self.density)
                if older:
                    older.release()
                self.drawn_for = drawn_for
            self.picture.move(patch)
        self.text = text
        self.values = values
        self.timeline = timeline


@dataclass(frozen=True, eq=False)
class Timeline:
    """The states of a demo so far, up to the latest few hundred, and which of them is shown.

    Each step makes a new timeline, so that a step that fails leaves the old one as it was.
    """

    demo: object
    states: tuple
    started_with: dict  # the arguments of `start`
    advanced_with: dict  # the arguments of `advance`, by which the states after the one that is shown were made
    place: int = 0  # the index of the state that is shown
    forgotten: int = 0  # how many states before these are no longer kept

    @classmethod
    def begin(cls, demo, values):
        """The start of a demo for these control values."""
        start, advance = arguments_for(demo.start, values), arguments_for(demo.advance, values)
        return cls(demo, (demo.start(**start),), started_with=start, advanced_with=advance)

    @property
    def state(self):
        """The state that is shown."""
        return self.states[self.place]

    @property
    def step(self):
        """How many steps after the start that is."""
        return self.forgotten + self.place

    def follow(self, values):
        """The timeline for changed control values.

        It begins again if an argument of `start` has changed, and forgets the states ahead if one of `advance` has.
        """
        if arguments_for(self.demo.start, values) != self.started_with:
            return Timeline.begin(self.demo, values)
        advance = arguments_for(self.demo.advance, values)
        if advance == self.advanced_with:
            return self
        return replace(self, states=self.states[: self.place + 1], advanced_with=advance)

    def step_forward(self, values):
        """The timeline one step on, or None at the demo's end."""
        if self.place + 1 < len(self.states):
            return replace(self, place=self.place + 1)
        following = call(self.demo.advance, values, self.state)
        if following is None:
            return None
        states = (*self.states, following)
        over = max(0, len(states) - KEPT)
        return replace(self, states=states[over:], place=self.place + 1 - over, forgotten=self.forgotten + over)

    def step_back(self):
        """The timeline one step back, or None at the first state that is kept."""
        return replace(self, place=self.place - 1) if self.place else None


def say(readout, numbers):
    """Fill numbers into a template, or into the one of several that numbers["line"] names; with a minus sign, except before 0."""
    if isinstance(readout, dict):
        readout = readout[numbers["line"]]
    text = readout.format(**numbers)
    text = re.sub(r"(?<![\w.])-(0(\.0+)?)(?![\d.]*[1-9])", r"\1", text)
    return re.sub(r"(?<![\w.])-(?=[\d.])", "\N{MINUS SIGN}", text)
