"""A demo is data: a title, controls, a figure, an update, and words. Nothing is drawn until it is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field

from nnlessons.live.calls import parameters


@dataclass(frozen=True, eq=False)
class Demo:
    """One live picture.

    title     what it is called, one line
    controls  {name: Slider | LogSlider | Number | Choice | Check | Text | Button | Stepper | Grid}
    figure    (...) -> (figure, {name: part}), drawn once. Its parameters name the controls at whose change it is drawn anew.
    update    (...) -> {part: {property: value}, "readout": {name: number or word}}. Its parameters name the controls that it
              needs. Pure: the same values give the same answer, and it sets the same properties each time.
    readout   what the picture shows, in words: a template for the numbers under "readout". Several templates by name where
              one sentence does not fit every state; then "readout" says which under "line".

    For what has a history (a descent, a net in training):

    start     (...) -> state. Its parameters name the controls that begin it anew.
    advance   (state, ...) -> the next state, or None at the end. Its parameters name the controls that act at once. A state is
              never changed in place. `update` then gets the state as its first argument.

    presets   {what the button says: {control: value}}: a teacher's click path
    """

    title: str
    controls: dict
    figure: Callable
    update: Callable
    readout: str | dict
    start: Callable | None = None
    advance: Callable | None = None
    presets: dict = field(default_factory=dict)

    def __post_init__(self):
        if (self.start is None) != (self.advance is None):
            raise TypeError(f"{self.title}: start and advance go together")
        used = set()
        for role, function in self.functions():
            strange = [name for name in parameters(function) if name not in self.controls]
            if strange:
                raise TypeError(f"{self.title}: {role} takes {strange}, which are no controls: {list(self.controls)}")
            used.update(parameters(function))
        idle = [name for name in self.controls if name not in used]
        if idle:
            raise TypeError(f"{self.title}: nothing takes the controls {idle}")
        for name, control in self.controls.items():
            strange = [other for other in getattr(control, "resets", ()) if other not in self.controls]
            if strange:
                raise TypeError(f"{self.title}: {name} resets {strange}, which are no controls: {list(self.controls)}")
        for name, values in self.presets.items():
            strange = [control for control in values if control not in self.controls]
            if strange:
                raise TypeError(f"{self.title}: the preset {name!r} sets {strange}, which are no controls")

    def functions(self):
        """(what it is, function) for all that this demo was given."""
        yield from {"figure": self.figure, "update": self.update}.items()
        if self.start:
            yield from {"start": self.start, "advance": self.advance}.items()
        for name, control in self.controls.items():
            for rule in ("enabled", "last"):
                if callable(getattr(control, rule, None)):
                    yield f"{rule} of {name}", getattr(control, rule)

    @property
    def beginning(self):
        """The values that the controls begin with."""
        return {name: control.value for name, control in self.controls.items()}

    def _repr_mimebundle_(self, include=None, exclude=None):
        from nnlessons.live.view import show  # a demo can be declared, and drawn by tests, without any widget

        return show(self)
