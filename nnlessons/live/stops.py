"""Which values of a control to take where there can't be all: few, round, with both ends and the start among them."""

import functools
import math

from nnlessons.live.controls import Button, Check, Choice, Control, LogSlider, Slider, Text, decimals

__all__ = ["shown", "stops"]
__dir__ = __all__.copy  # what Tab shows

ROUND = (1, 2, 4, 5, 10, 20, 25, 40, 50, 100, 200, 250, 400, 500, 1000)  # of a slider's own steps, between two stops
PRESSES = 3  # of a button: the start and two more
MINUS = "\N{MINUS SIGN}"


@functools.singledispatch
def stops(control: Control, most):
    """A list of values, in order: of a slider about `most`, of a choice all. What can only be typed or drawn stays as it is."""
    return [control.value]


@stops.register
def _(control: Slider, most):
    """A slider's."""
    count = round((control.high - control.low) / control.step)
    zero = round(-control.low / control.step)  # its place, which may be outside
    places = {*spread(count, most, zero), round((control.value - control.low) / control.step)}
    return [control.nearest(control.low + place * control.step) for place in sorted(places)]


@stops.register
def _(control: LogSlider, most):
    """A slider's, in factors."""
    count = round(math.log10(control.high / control.low) * control.steps)
    places = {*spread(count, most, 0), round(math.log10(control.value / control.low) * control.steps)}
    return [control.nearest(control.low * 10 ** (place / control.steps)) for place in sorted(places)]


@stops.register
def _(control: Choice, most):
    """All options."""
    return list(control.options.values())


@stops.register
def _(control: Check, most):
    """Both."""
    return [False, True]


@stops.register
def _(control: Button, most):
    """The start and two more presses."""
    return [control.value + press for press in range(PRESSES)]


@stops.register
def _(control: Text, most):
    """The start and the examples."""
    return list(dict.fromkeys([control.value, *control.examples]))


def spread(count, most, origin):
    """About `most` of the places 0 .. count, both ends among them and the others a round number of places from the origin."""
    apart = next((apart for apart in ROUND if count / apart + 1 <= most), count)
    return {0, count, *(place for place in range(count + 1) if (place - origin) % apart == 0)}


@functools.singledispatch
def shown(control: Control, value):
    """What the reader sees for a value."""
    return str(value)


@shown.register
def _(control: Slider, value):
    """With as many digits as its steps need."""
    digits = 0 if isinstance(value, int) else decimals(control.step)
    return f"{value:.{digits}f}".replace("-", MINUS)


@shown.register
def _(control: LogSlider, value):
    """With three digits."""
    return f"{value:.3g}".replace("-", MINUS)


@shown.register
def _(control: Choice, value):
    """The option's words."""
    return next(text for text, each in control.options.items() if each is value or each == value)


@shown.register
def _(control: Check, value):
    """On or off."""
    return "on" if value else "off"


@shown.register
def _(control: Button, value):
    """What the button says."""
    return control.label
