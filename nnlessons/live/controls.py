"""What the reader moves. Each control is a small value object: what it may be, what it starts at, and the widget for it.

`label` is what the reader sees, Unicode, "" for the control's own name in the demo. `samples()` are the values that tests
drive a demo through: the ends, the start, and a few between.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as w
import traitlets

WORDS = {
    "back": "One step back",
    "on": "One step on",
}
CONTROL_WIDTH = "340px"  # two beside each other in a picture's width


@dataclass(frozen=True)
class Slider:
    """A number from low to high in steps of `step`; whole numbers where all four are whole.

    `enabled`, a function whose parameters name other controls, says whether the slider is of use; if not, it is greyed out.
    """

    low: float
    high: float
    value: float
    step: float = 0.1
    label: str = ""
    enabled: Callable | None = None

    def __post_init__(self):
        check_order(self)
        if not self.step > 0:
            raise ValueError(f"step must be above 0, got {self.step}")
        if not all(isinstance(number, int) for number in (self.low, self.high, self.value, self.step)):
            make_floats(self, "low", "high", "value", "step")

    def widget(self, name):
        whole = isinstance(self.value, int)
        kind = w.IntSlider if whole else w.FloatSlider
        more = {} if whole else {"readout_format": f".{decimals(self.step)}f"}
        return kind(
            value=self.value, min=self.low, max=self.high, step=self.step, **labelled(self.label or name), **more
        )

    def samples(self):
        between = [self.low + self.step * round((self.high - self.low) * part / self.step) for part in (0.3, 0.6, 0.9)]
        return [self.low, self.high, self.value, *between]


@dataclass(frozen=True)
class LogSlider:
    """A number from low to high, both above 0, in even factors: `steps` of them from 1 to 10."""

    low: float
    high: float
    value: float
    steps: int = 10
    label: str = ""

    def __post_init__(self):
        if not 0 < self.low < self.high:
            raise ValueError(f"low and high must be above 0 and in order, got {self.low} and {self.high}")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"value must be from {self.low} to {self.high}, got {self.value}")
        if not self.steps > 0:
            raise ValueError(f"steps must be above 0, got {self.steps}")
        for name in ("high", "value"):
            if not self.reaches(
                getattr(self, name)
            ):  # the page would round it, and show another number than the picture
                raise ValueError(f"{name} must be a whole number of steps from {self.low}, got {getattr(self, name)}")
        make_floats(self, "low", "high", "value")

    def reaches(self, value):
        """Whether a value is one that the slider can stand at."""
        steps = math.log10(value / self.low) * self.steps
        return abs(steps - round(steps)) < 1e-6

    def widget(self, name):
        return w.FloatLogSlider(
            value=self.value,
            min=math.log10(self.low),
            max=math.log10(self.high),
            step=1 / self.steps,
            readout_format=".3g",
            **labelled(self.label or name),
        )

    def samples(self):
        return [self.low, self.high, self.value, *(self.low * (self.high / self.low) ** part for part in (0.3, 0.7))]


@dataclass(frozen=True)
class Choice:
    """One of several: {what the reader reads: what update gets}, starting at the first unless `value` says otherwise.

    `resets` names other controls that go back to their start when this one is moved: answers to a question, say.
    """

    options: dict
    value: object = None
    label: str = ""
    resets: tuple = ()

    def __post_init__(self):
        if not self.options:
            raise ValueError("options must not be empty")
        if self.value is None:
            object.__setattr__(self, "value", next(iter(self.options.values())))
        if self.value not in self.options.values():
            raise ValueError(f"value must be one of {list(self.options.values())}, got {self.value!r}")

    def widget(self, name):
        words = labelled(self.label or name, width="100%")
        words["style"]["button_width"] = "auto"
        return w.ToggleButtons(options=list(self.options.items()), value=self.value, **words)

    def samples(self):
        return list(self.options.values())


@dataclass(frozen=True)
class Check:
    """Yes or no."""

    value: bool = False
    label: str = ""

    def widget(self, name):
        words = labelled(self.label or name)
        return w.Checkbox(value=self.value, indent=True, **words)

    def samples(self):
        return [False, True]


@dataclass(frozen=True)
class Number:
    """A number from low to high, typed."""

    low: float
    high: float
    value: float
    label: str = ""

    def __post_init__(self):
        check_order(self)
        make_floats(self, "low", "high", "value")

    def widget(self, name):
        return w.BoundedFloatText(value=self.value, min=self.low, max=self.high, **labelled(self.label or name))

    def samples(self):
        return [self.low, self.high, self.value]


@dataclass(frozen=True)
class Text:
    """Words typed, a formula say; each key counts. `examples` are what tests type.

    For what cannot be understood, the demo's functions raise `Mistyped` with words for the reader. `resets` as in a choice.
    """

    value: str
    examples: tuple = ()
    label: str = ""
    width: str = CONTROL_WIDTH
    resets: tuple = ()

    def widget(self, name):
        return w.Text(value=self.value, **labelled(self.label or name, self.width))

    def samples(self):
        return [self.value, *self.examples]


class Mistyped(ValueError):
    """What the reader typed cannot be used; the message is shown as it is, and the picture stays."""


@dataclass(frozen=True)
class Button:
    """Pressed for something new: the value, a seed say, grows by 1, so that update stays pure.

    `resets` names other controls that go back to their start when it is pressed.
    """

    label: str
    value: int = 0
    resets: tuple = ()

    def widget(self, name):
        return ButtonWidget(self.label, self.value)

    def samples(self):
        return [self.value, self.value + 1, self.value + 2]


class ButtonWidget(w.HBox):
    value = traitlets.Int()

    def __init__(self, label, value):
        self.button = w.Button(description=label, layout=w.Layout(width="auto"))
        self.button.on_click(lambda _: self.set_trait("value", self.value + 1))
        super().__init__([self.button], value=value)


@dataclass(frozen=True)
class Stepper:
    """A place in a list, from 0 to `last`: one on, one back, or anywhere by the slider.

    `last` is a number, or a function whose parameters name other controls: the list's length may depend on them.
    """

    last: int | Callable
    value: int = 0
    label: str = ""

    def widget(self, name):
        return StepperWidget(self.label or name, self.value)

    def samples(self):
        return [0, 1, self.value] if callable(self.last) else [0, self.last, self.value, self.last // 2]


class StepperWidget(w.HBox):
    value = traitlets.Int()

    def __init__(self, label, value):
        self.slider = w.IntSlider(value=value, min=0, max=max(1, value), **labelled(label))
        self.back = w.Button(description="\u25c0", tooltip=WORDS["back"], layout=w.Layout(width="3em"))
        self.on = w.Button(description="\u25b6", tooltip=WORDS["on"], layout=w.Layout(width="3em"))
        self.back.on_click(lambda _: self.set_trait("value", max(0, self.value - 1)))
        self.on.on_click(lambda _: self.set_trait("value", min(self.slider.max, self.value + 1)))
        super().__init__([self.back, self.slider, self.on], value=value)
        traitlets.link((self, "value"), (self.slider, "value"))

    def set_end(self, last):
        """The list now ends at `last`; a place beyond it moves there."""
        self.slider.max = last


def labelled(label, width=CONTROL_WIDTH):
    """What every widget of a control has in common."""
    return {
        "description": label,
        "tooltip": label,  # without one, the page shows the word "null"
        "style": {"description_width": "initial"},
        "layout": w.Layout(width=width, max_width="100%"),
    }


def check_order(control):
    if not control.low < control.high:
        raise ValueError(f"low must be below high, got {control.low} and {control.high}")
    if not control.low <= control.value <= control.high:
        raise ValueError(f"value must be from {control.low} to {control.high}, got {control.value}")


def make_floats(control, *names):
    for name in names:
        object.__setattr__(control, name, float(getattr(control, name)))


def decimals(step):
    """How many digits after the point a step needs: 0.25 -> 2."""
    text = f"{step:.10f}".rstrip("0")
    return len(text.split(".")[1])
