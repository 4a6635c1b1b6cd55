"""What the reader moves. Each control is a small value object: what it may be, where it starts, and the widget for it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import ipywidgets as w
import traitlets

from nnlessons.live.calls import call
from nnlessons.live.widget_versions import named

__all__ = ["Button", "Check", "Choice", "Control", "LogSlider", "Mistyped", "Number", "Slider", "Stepper", "Text"]
__dir__ = __all__.copy  # what Tab shows

WORDS = {
    "back": "One step back",
    "on": "One step on",
}
CONTROL_WIDTH = "340px"  # two beside each other in a picture's width


@dataclass(frozen=True, kw_only=True)
class Control:
    """What all controls share. Each also has a `value`, the one that it starts at.

    label    what the reader sees, in Unicode; "" for the control's own name in the demo
    enabled  a function whose parameters name other controls: whether this control has any effect now. If not, it is greyed out.
    resets   names of other controls that go back to their start when the reader moves this one: answers to a question, say
    """

    label: str = ""
    enabled: Callable | None = None
    resets: tuple = ()

    @property
    def rules(self):
        """The functions of other controls' values that this control was given: {name of the argument: function}."""
        return {"enabled": self.enabled} if self.enabled else {}

    def widget(self, name):
        """A new widget with a `value`, for a control that the demo calls `name`."""
        raise NotImplementedError

    def samples(self):
        """Values that tests drive a demo through: both ends, the start, and one or two between."""
        raise NotImplementedError

    def nearest(self, value):
        """The nearest value that this control can have."""
        return value

    def clamped(self, value, values):
        """The nearest value that is possible while all controls have these values."""
        return value

    def read(self, value):
        """The value that this control takes for one given in code. TypeError or ValueError if it can't be taken."""
        return value

    def code(self, value):
        """What to write in code for a value, so that `read` takes it; None if that would be too long to read."""
        return repr(value)

    def fit(self, widget, values):
        """Give the widget the range that is possible while all controls have these values."""


@dataclass(frozen=True)
class Slider(Control):
    """A number from low to high in steps of `step`; whole numbers if all four are whole.

    ValueError: low, value and high are not in order, or step is not above 0.
    """

    low: float
    high: float
    value: float
    step: float = 0.1

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

    def nearest(self, value):
        steps = round((min(max(value, self.low), self.high) - self.low) / self.step)
        return type(self.value)(round(self.low + steps * self.step, 10))

    def read(self, value):
        return self.nearest(in_range(value, self.low, self.high))

    def samples(self):
        between = [self.low + self.step * round((self.high - self.low) * part / self.step) for part in (0.3, 0.8)]
        return [self.low, self.high, self.value, *between]


@dataclass(frozen=True)
class LogSlider(Control):
    """A number from low to high, both above 0, in even factors: `steps` of them from 1 to 10.

    ValueError: low, value and high are not in order or not above 0, or `value` or `high` is no whole number of steps from low.
    """

    low: float
    high: float
    value: float
    steps: int = 10

    def __post_init__(self):
        if not 0 < self.low < self.high:
            raise ValueError(f"low and high must be above 0 and in order, got {self.low} and {self.high}")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"value must be from {self.low} to {self.high}, got {self.value}")
        if not self.steps > 0:
            raise ValueError(f"steps must be above 0, got {self.steps}")
        for name, number in {"high": self.high, "value": self.value}.items():
            if not self.reaches(number):  # the page would round it, and show another number than the picture
                raise ValueError(f"{name} must be a whole number of steps from {self.low}, got {number}")
        make_floats(self, "low", "high", "value")

    def reaches(self, value):
        """Whether the slider can be set to exactly this value."""
        steps = math.log10(value / self.low) * self.steps
        return abs(steps - round(steps)) < 1e-6

    def nearest(self, value):
        steps = round(math.log10(min(max(value, self.low), self.high) / self.low) * self.steps)
        return self.value if math.isclose(value, self.value) else self.low * 10 ** (steps / self.steps)

    def read(self, value):
        return self.nearest(in_range(value, self.low, self.high))

    def code(self, value):
        return f"{value:.3g}"

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
class Choice(Control):
    """One of several options {what the reader sees: what update gets}, starting at the first unless `value` is given.

    ValueError: there are no options, or `value` is none of them.
    """

    options: dict
    value: object = None

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

    def read(self, value):
        """The value of the option that the reader sees as this text, or this value itself."""
        if isinstance(value, str) and value in self.options:
            return self.options[value]
        if not any(value is each or value == each for each in self.options.values()):
            raise ValueError(f"must be one of {list(self.options)}, got {value!r}")
        return value

    def code(self, value):
        """The value if it's short in code, otherwise the text that the reader sees."""
        plain = value is None or isinstance(value, (bool, int, float, str))
        return repr(value if plain else next(text for text, each in self.options.items() if each is value))

    def samples(self):
        return list(self.options.values())


@dataclass(frozen=True)
class Check(Control):
    """Yes or no."""

    value: bool = False

    def read(self, value):
        if not isinstance(value, bool):
            raise TypeError(f"must be True or False, got {value!r}")
        return value

    def widget(self, name):
        return w.Checkbox(value=self.value, indent=True, **labelled(self.label or name))

    def samples(self):
        return [False, True]


@dataclass(frozen=True)
class Number(Control):
    """A number from low to high, typed. ValueError: low, value and high are not in order."""

    low: float
    high: float
    value: float

    def __post_init__(self):
        check_order(self)
        make_floats(self, "low", "high", "value")

    def read(self, value):
        return float(in_range(value, self.low, self.high))

    def widget(self, name):
        return w.BoundedFloatText(value=self.value, min=self.low, max=self.high, **labelled(self.label or name))

    def samples(self):
        return [self.low, self.high, self.value]


@dataclass(frozen=True)
class Text(Control):
    """Typed text, a formula say; the picture follows each key. `examples` are what tests type.

    The demo's functions raise `Mistyped` for text that they can't use.
    """

    value: str
    examples: tuple = ()
    width: str = CONTROL_WIDTH

    def read(self, value):
        if not isinstance(value, str):
            raise TypeError(f"must be a text, got {value!r}")
        return value

    def widget(self, name):
        return w.Text(value=self.value, **labelled(self.label or name, self.width))

    def samples(self):
        return [self.value, *self.examples]


class Mistyped(ValueError):
    """The reader typed something that can't be used. The message is shown below the picture, which stays as it is."""


@dataclass(frozen=True)
class Button(Control):
    """Pressed for something new: the value, a seed say, grows by 1, so that update stays pure."""

    label: str = field()
    value: int = 0

    def read(self, value):
        return whole(in_range(value, 0, math.inf))

    def widget(self, name):
        return ButtonWidget(self.label, self.value)

    def samples(self):
        return [self.value, self.value + 1, self.value + 2]


class ButtonWidget(w.HBox):
    """A button whose `value` is a number that grows by 1 at each press."""

    value = traitlets.Int()
    disabled = traitlets.Bool()

    def __init__(self, label, value):
        self.button = w.Button(description=label, layout=w.Layout(width="auto"))
        self.button.on_click(lambda _: self.set_trait("value", self.value + 1))
        super().__init__([self.button], value=value)
        traitlets.dlink((self, "disabled"), (self.button, "disabled"))


@dataclass(frozen=True)
class Stepper(Control):
    """A position in a list, from 0 to `last`: one step on, one back, or anywhere by the slider.

    `last` is a number, or a function whose parameters name other controls, on which the list's length depends.
    """

    last: int | Callable
    value: int = 0

    @property
    def rules(self):
        return {**super().rules, **({"last": self.last} if callable(self.last) else {})}

    def end(self, values):
        """The last position while all controls have these values."""
        return call(self.last, values) if callable(self.last) else self.last

    def clamped(self, value, values):
        return min(value, self.end(values))

    def read(self, value):
        return whole(in_range(value, 0, math.inf))  # how far the list goes depends on other controls: see `clamped`

    def fit(self, widget, values):
        widget.set_end(self.end(values))

    def widget(self, name):
        return StepperWidget(self.label or name, self.value)

    def samples(self):
        return [0, 1, self.value] if callable(self.last) else [0, self.last, self.value, self.last // 2]


class StepperWidget(w.HBox):
    """A slider between two buttons, one back and one on."""

    value = traitlets.Int()
    disabled = traitlets.Bool()

    def __init__(self, label, value):
        self.slider = w.IntSlider(value=value, min=0, max=max(1, value), **labelled(label))
        self.back = w.Button(description="\u25c0", tooltip=WORDS["back"], layout=w.Layout(width="3em"))
        self.on = w.Button(description="\u25b6", tooltip=WORDS["on"], layout=w.Layout(width="3em"))
        self.back.on_click(lambda _: self.set_trait("value", max(0, self.value - 1)))
        self.on.on_click(lambda _: self.set_trait("value", min(self.slider.max, self.value + 1)))
        super().__init__([self.back, self.slider, self.on], value=value)
        traitlets.link((self, "value"), (self.slider, "value"))
        for child in self.children:
            traitlets.dlink((self, "disabled"), (child, "disabled"))

    def set_end(self, last):
        """Let the list end at position `last`; a value beyond it moves there."""
        self.slider.max = last


def labelled(label, width=CONTROL_WIDTH):
    """The arguments that every control's widget gets."""
    return {
        "description": label,
        **named(label),  # without a tooltip, the page shows the word "null"
        "style": {"description_width": "initial"},
        "layout": w.Layout(width=width, max_width="100%"),
    }


def in_range(value, low, high):
    """The number, if it's one from low to high; TypeError or ValueError if not."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"must be a number, got {value!r}")
    if not low <= value <= high:
        raise ValueError(f"must be {f'from {low} to {high}' if high < math.inf else f'at least {low}'}, got {value}")
    return value


def whole(value):
    """The number as an int, if it's a whole one; ValueError if not."""
    if value != int(value):
        raise ValueError(f"must be a whole number, got {value}")
    return int(value)


def check_order(control):
    """ValueError unless low < high and value is between them."""
    if not control.low < control.high:
        raise ValueError(f"low must be below high, got {control.low} and {control.high}")
    if not control.low <= control.value <= control.high:
        raise ValueError(f"value must be from {control.low} to {control.high}, got {control.value}")


def make_floats(control, *names):
    """Turn these fields of a frozen control into floats."""
    for name in names:
        object.__setattr__(control, name, float(getattr(control, name)))


def decimals(step):
    """How many digits after the point a step needs: 0.25 -> 2."""
    text = f"{step:.10f}".rstrip("0")
    return len(text.split(".")[1])
