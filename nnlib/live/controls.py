"""What the reader moves. Each control is a small value object: what it may be, what it starts at, and the widget for it.

`label` is what the reader sees, Unicode, "" for the control's own name in the demo. `samples()` are the values that tests
drive a demo through: the ends, the start, and a few between.
"""

import math
from dataclasses import dataclass

import ipywidgets as w

CONTROL_WIDTH = "345px"  # two beside each other in a picture's width


@dataclass(frozen=True)
class Slider:
    """A number from low to high in steps of `step`; whole numbers where all four are whole."""

    low: float
    high: float
    value: float
    step: float = 0.1
    label: str = ""

    def __post_init__(self):
        if not self.low < self.high:
            raise ValueError(f"low must be below high, got {self.low} and {self.high}")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"value must be from {self.low} to {self.high}, got {self.value}")
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
        make_floats(self, "low", "high", "value")

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
    """One of several: {what the reader reads: what update gets}, starting at the first unless `value` says otherwise."""

    options: dict
    value: object = None
    label: str = ""

    def __post_init__(self):
        if not self.options:
            raise ValueError("options must not be empty")
        if self.value is None:
            object.__setattr__(self, "value", next(iter(self.options.values())))
        if self.value not in self.options.values():
            raise ValueError(f"value must be one of {list(self.options.values())}, got {self.value!r}")

    def widget(self, name):
        words = labelled(self.label or name)
        words["layout"] = w.Layout(width="100%")
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


def labelled(label):
    """What every widget of a control has in common."""
    return {
        "description": label,
        "tooltip": label,  # without one, the page shows the word "null"
        "style": {"description_width": "initial"},
        "layout": w.Layout(width=CONTROL_WIDTH, max_width="100%"),
    }


def make_floats(control, *names):
    for name in names:
        object.__setattr__(control, name, float(getattr(control, name)))


def decimals(step):
    """How many digits after the point a step needs: 0.25 -> 2."""
    text = f"{step:.10f}".rstrip("0")
    return len(text.split(".")[1])
