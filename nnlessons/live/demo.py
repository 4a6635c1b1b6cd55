"""A demo is data: a title, controls, a figure, an update, and words. Nothing is drawn until it is shown."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from nnlessons.live.calls import parameters, takes_state
from nnlessons.live.view import show

__all__ = ["Demo"]
__dir__ = __all__.copy  # what Tab shows


@dataclass(frozen=True, eq=False)
class Demo:
    """One live picture.

    title     what it is called, one line
    controls  {name: Slider | LogSlider | Number | Choice | Check | Text | Button | Stepper | Grid}
    figure    (...) -> (figure, {name: part}), drawn once. Its parameters name the controls for which it is drawn again.
    update    (...) -> {part: {property: value}, "readout": {name: number or word}}. Its parameters name the controls that it
              needs. Pure: the same values give the same answer, and it sets the same properties each time.
    readout   what the picture shows, in words: a template for the numbers under "readout". If one sentence does not fit
              every state, several templates by name; then "readout" gives the name of one as "line".

    For a demo that goes on step by step (a descent, a net in training):

    start     (...) -> state. Its parameters name the controls that restart it.
    advance   (state, ...) -> the next state, or None at the end. Its other parameters name the controls that act at once.
              A state is never changed in place.

    Then update is (state, ...) -> ... too. The first parameter of both must be called `state`, since all others name controls.

    presets   {what the button says: {control: value}}: a teacher's click path
    groups    {heading: names of controls}, for many controls: they go beside the picture. The group "More" is folded away.
    pointer   {the name of a part that is axes: (x, y, ...) -> {control: value}}: what a press, or a drag, at (x, y) of these
              axes moves. Its other parameters name controls. Each value is taken to the nearest one that its control has.

    step      of the clock, at which the demo opens
    origin    the demo that this one shows in another state, see `at`

    TypeError: a parameter, `resets` or a preset names no control, a control is not used by any function, only one of start
    and advance is given, the first parameter of update or advance is not `state`, a control is not in just one group, or the
    first parameters of a pointer's function are not x and y.
    """

    title: str
    controls: dict
    figure: Callable
    update: Callable
    readout: str | dict
    start: Callable | None = None
    advance: Callable | None = None
    presets: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    pointer: dict = field(default_factory=dict)
    step: int = 0
    origin: "Demo | None" = None

    def __post_init__(self):
        if (self.start is None) != (self.advance is None):
            raise TypeError(f"{self.title}: start and advance go together")
        for role, function in {"update": self.update, "advance": self.advance}.items() if self.start else ():
            if not takes_state(function):
                got = f"{role}{inspect.signature(function)}"
                raise TypeError(f"{self.title}: the first parameter of {role} must be called state, got {got}")
        used = set()
        for role, function in self.functions():
            self.refuse_strangers(f"{role} takes", parameters(function))
            used.update(parameters(function))
        for part, function in self.pointer.items():
            x, y, *names = [*parameters(function), None, None]
            if (x, y) != ("x", "y"):
                raise TypeError(f"{self.title}: the pointer in {part} must take x and y first, got {x} and {y}")
            self.refuse_strangers(f"the pointer in {part} takes", filter(None, names))
        idle = [name for name in self.controls if name not in used]
        if idle:
            raise TypeError(f"{self.title}: nothing takes the controls {idle}")
        for name, control in self.controls.items():
            self.refuse_strangers(f"{name} resets", control.resets)
        for name, values in self.presets.items():
            self.refuse_strangers(f"the preset {name!r} sets", values)
        grouped = [name for names in self.groups.values() for name in names]
        if self.groups and sorted(grouped) != sorted(self.controls):
            raise TypeError(f"{self.title}: groups must have each of {list(self.controls)} once, got {grouped}")

    def refuse_strangers(self, who, names):
        """TypeError if not all names are controls."""
        strange = [name for name in names if name not in self.controls]
        if strange:
            raise TypeError(f"{self.title}: {who} {strange}, which are no controls: {list(self.controls)}")

    def functions(self):
        """(what it is, function) for each function that this demo was given."""
        yield from {"figure": self.figure, "update": self.update}.items()
        if self.start:
            yield from {"start": self.start, "advance": self.advance}.items()
        for name, control in self.controls.items():
            yield from ((f"{rule} of {name}", function) for rule, function in control.rules.items())

    @property
    def beginning(self):
        """The values {control: value} at the start."""
        return {name: control.value for name, control in self.controls.items()}

    def at(self, preset=None, /, **values):
        """This demo in another state: `demos.gates.at(w0=2.5, b=-1)` or `demos.playground.at("dead ReLUs", step=40)`.

        preset  what one of the demo's buttons says
        values  {control: value}; `step` is that of the clock, if the demo has one. Controls that aren't named stay as they are.
        TypeError or ValueError: there's no such button or control, or a control can't have this value.
        """
        if preset is not None and preset not in self.presets:
            raise ValueError(f"{self.title}: the preset must be one of {list(self.presets)}, got {preset!r}")
        step = values.pop("step", self.step) if self.start and "step" not in self.controls else 0
        if not isinstance(step, int) or step < 0:
            raise ValueError(f"{self.title}: step must be a whole number, at least 0, got {step!r}")
        self.refuse_strangers("at sets", values)
        wanted = self.beginning | self.presets.get(preset, {})
        for name, value in values.items():
            try:
                wanted[name] = self.controls[name].read(value)
            except (TypeError, ValueError) as error:
                raise type(error)(f"{self.title}: {name} {error}") from None
        controls = {
            name: replace(control, value=control.clamped(wanted[name], wanted))
            for name, control in self.controls.items()
        }
        return replace(self, controls=controls, step=step, origin=self.origin or self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return show(self)
