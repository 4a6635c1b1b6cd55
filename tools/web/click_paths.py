"""The teacher's click paths: in a row of the guide, italics name a demo, and bold is what is clicked or moved there, in order.

On the guide's page, each demo's name is a link to it, and each move is a link to the state that it leads to.
"""

import importlib
import re
from urllib.parse import urlencode

from nnlessons.live import Button, Check, Choice, Demo, LogSlider, Slider, Stepper, Text
from nnlessons.live.calls import arguments_for

PLAIN = str.maketrans({"\N{MINUS SIGN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\n": " "})


class Path:
    """A demo's values and the step of its clock, as they're moved by what is on the page: labels, options, buttons."""

    def __init__(self, demo):
        self.demo = demo
        self.values, self.step = demo.beginning, 0

    def do(self, words):
        """Follow one move, "w₁ = −2" say. AssertionError: the demo has nothing that fits these words."""
        walk = re.fullmatch(r"play to (\d+)|step ▶", words) if self.demo.start else None
        if words == "Reset":
            self.move(self.demo.beginning, restart=True)
        elif words in self.demo.presets:
            self.move(self.values | self.demo.presets[words], restart=True)
        elif walk:
            self.walk(int(walk[1]) if walk[1] else self.step + 1)
        else:
            name, value = self.button(words) or self.setting(words)
            cleared = {other: self.demo.beginning[other] for other in self.demo.controls[name].resets}
            self.move(self.values | cleared | {name: value})
            assert self.values[name] == value, f"{words}: the list is shorter"

    def move(self, values, restart=False):
        """Take these values {control: value}, all of them; with `restart`, or if the demo starts over for them, at step 0."""
        values = {name: control.clamped(values[name], values) for name, control in self.demo.controls.items()}
        if self.demo.start and arguments_for(self.demo.start, values) != arguments_for(self.demo.start, self.values):
            restart = True
        self.values, self.step = values, 0 if restart else self.step

    def walk(self, last):
        """Play to this step."""
        assert self.step < last, f"is at step {self.step} already"
        self.step = last

    def button(self, words):
        """A button, a box to tick, or an option that only one choice has: (control, value) or None."""
        found = []
        for name, control in self.demo.controls.items():
            if isinstance(control, Button) and control.label == words:
                found.append((name, self.values[name] + 1))
            if isinstance(control, Choice) and words in control.options:
                found.append((name, control.options[words]))
            if isinstance(control, Check) and control.label == words:
                found.append((name, not self.values[name]))
        assert len(found) < 2, f"{words} is on several controls"
        return found[0] if found else None

    def setting(self, words):
        """`label = value`."""
        for name, control in self.demo.controls.items():
            label = (control.label or name).removesuffix(" =")
            if words.startswith(f"{label} = "):
                return name, value_for(control, words.removeprefix(f"{label} = "))
        raise AssertionError(f"{words}: no such preset, button, option or control in {self.demo.title}")

    @property
    def hash(self):
        """The state as the part of an address behind the demo's name; a drawing is named by its preset."""
        moved = {}
        for name, control in self.demo.controls.items():
            if self.values[name] != self.demo.beginning[name]:
                code = control.code(self.values[name])
                drawn = [each for each, preset in self.demo.presets.items() if preset.get(name) == self.values[name]]
                moved[name] = (code if code is not None else repr(drawn[0]) if drawn else "").strip("'\"")
        if self.step:
            moved["step"] = self.step
        return f"?{urlencode(moved)}" if moved else ""


def value_for(control, words):
    """The value that a control has when the page gives it these words; AssertionError if it can't have it."""
    if isinstance(control, Choice):
        assert words in control.options, f"{words} is none of {list(control.options)}"
        return control.options[words]
    if isinstance(control, Text):
        return words
    number = float(words.translate(PLAIN).replace(",", ""))
    if isinstance(control, Stepper):
        return int(number)
    assert control.low <= number <= control.high, f"{words} is outside {control.low} to {control.high}"
    if isinstance(control, LogSlider):
        return stop_of(control, number)
    assert isinstance(control, Slider)
    steps = (number - control.low) / control.step
    assert abs(steps - round(steps)) < 1e-6, f"{words} is no stop of a slider in steps of {control.step}"
    return type(control.value)(number)


def stop_of(control, number):
    """The stop of a slider in factors that reads as this number: 0.316 for the root of a tenth."""
    count = round(control.steps * 20)
    stops = [control.low * 10 ** (place / control.steps) for place in range(count)]
    found = [stop for stop in stops if f"{stop:.3g}" == f"{number:.3g}"]
    assert found, f"{number} is no stop"
    return found[0]


def link_click_paths(soup):
    """Turn the guide's click paths into links. A demo that a lesson's cell makes is linked without its states."""
    lesson = None
    for part in soup.select("h2, tr"):
        if part.name == "h2":
            link = part.select_one('a[href*="notebooks/"]')
            lesson = re.search(r"notebooks/(\w+)", link["href"])[1] if link else None
        elif lesson:
            link_row(soup, part, lesson)


def link_row(soup, row, lesson):
    """Link the demos and the moves of one row."""
    demos, shown, name = demos_of(lesson), None, ""
    for words in row.select("em, strong"):
        if words.name == "em" and words.get_text() in demos:
            name, demo = demos[words.get_text()]
            shown = Path(demo)
        elif words.name == "em":
            shown = None  # one that a cell makes
        elif shown:
            shown.do(words.get_text())
        if shown:
            words.wrap(soup.new_tag("a", href=f"../notebooks/{lesson}.html#{name}{shown.hash}"))


def demos_of(lesson):
    """{title: (name, demo)} of the demos that a lesson such as "00_neuron" has ready."""
    module = importlib.import_module(f"nnlessons.{lesson.partition('_')[2]}.demos")
    return {demo.title: (name, demo) for name in module.__all__ if isinstance(demo := getattr(module, name), Demo)}
