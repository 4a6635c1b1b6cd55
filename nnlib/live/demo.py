"""A demo is data: a title, controls, a figure, an update, and words. Nothing is drawn until it is shown."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Demo:
    """One live picture.

    title     what it is called, one line
    controls  {name: Slider | LogSlider | Choice | Check}; `update` gets the value of each under its name
    figure    (...) -> (figure, {name: part}), drawn once. If it has parameters, they name controls, and it is drawn anew
              when one of these changes.
    update    (**values) -> {part: {property: value}, "readout": {name: number or word}}. Pure: the same values give the
              same answer, whatever came before.
    readout   what the picture shows, in words: a template for the numbers under "readout". Several templates by name where
              one sentence does not fit every state; then "readout" says which under "line".
    """

    title: str
    controls: dict
    figure: Callable
    update: Callable
    readout: str | dict

    def __post_init__(self):
        wanted = list(inspect.signature(self.update).parameters)
        if set(wanted) != set(self.controls):
            raise TypeError(f"{self.title}: update takes {wanted}, the controls are {list(self.controls)}")
        strange = [name for name in self.figure_parameters if name not in self.controls]
        if strange:
            raise TypeError(f"{self.title}: figure takes {strange}, which are no controls: {list(self.controls)}")

    @property
    def figure_parameters(self):
        return list(inspect.signature(self.figure).parameters)

    @property
    def start(self):
        """The values that the controls begin with."""
        return {name: control.value for name, control in self.controls.items()}

    def _repr_mimebundle_(self, include=None, exclude=None):
        from nnlib.live.view import show  # a demo can be declared, and drawn by tests, without any widget

        return show(self)
