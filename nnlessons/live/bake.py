"""A demo's pictures made beforehand, for pages without Python: which states to take, and each as its own scene draws it.

Which states? If they fit into the limit, all combinations of the controls' values; sliders lose stops before a control is left
out. If they don't, only a few controls are away from the start at the same time: as many choices as possible, and two or three
sliders with few stops rather than one with many. Besides, each control moves alone from each preset. If the demo has a clock,
each of these is a run. The start and the presets have many steps, the others a few, most of them early ones. Where several
sliders are away from the start and there's no room for more, a run is a single picture.
"""

import itertools
import json
import math
from typing import NamedTuple

import numpy as np

from nnlessons.live.album import Album
from nnlessons.live.arrangement import MORE
from nnlessons.live.calls import call, parameters
from nnlessons.live.controls import Button, Check, Choice, LogSlider, Number, Slider, Stepper, Text
from nnlessons.live.grid import Grid
from nnlessons.live.picture import DRAWING
from nnlessons.live.scene import Scene
from nnlessons.live.state_code import code_of, name_of
from nnlessons.live.stops import shown, spread, stops

__all__ = ["Plan", "Shot", "bake", "plan", "shots"]
__dir__ = __all__.copy  # what Tab shows

DENSITIES = {False: 1.5, True: 1.0}  # device pixels for each CSS pixel; the second of coarse pictures
SOON, USUAL, LARGEST = 800_000, 1_200_000, 2_000_000
# ... bytes of a demo: of the first on a page, of any other, and of one that would otherwise have too few states
TOO_FEW, MOST = 250, 700  # states
TOO_FEW_AT_FIRST = 60
SAMPLE = 36  # states that are drawn first, to see how many bytes one takes
STOPS = (81, 61, 41, 33, 25, 21, 17, 13, 11, 9, 7, 5)  # of a slider, the finest first
STEPS = (60, 12), (60, 10), (50, 10), (50, 8), (40, 8), (40, 6), (30, 6), (30, 5), (25, 4), (20, 4), (15, 3), (8, 2)
# ... of the main runs and of the others, so many with so many stops
MAIN_END, END = 200, 60  # the last steps of a main run and of another one
FEW_VALUES = 8  # a control that can have no more of them counts as a choice here
ALL = 99
EVERY = ((ALL, ALL),)
ALONE = ((1, 0), (0, 1))  # pairs: how many choices, and how many other controls, may be away from the start at once
LEVELS = (  # the best first: who may be away from the start, and from a preset, and the least stops of a slider
    (EVERY, (), 5),
    (((ALL, 1), (ALL, 3)), ALONE, 7),
    (((ALL, 1), (ALL, 2)), ALONE, 7),
    (((3, 1), (3, 2)), ALONE, 7),
    (((2, 1), (2, 2)), ALONE, 7),
    (((1, 1), (1, 2)), ALONE, 7),
    (((1, 1), (0, 2)), ALONE, 7),
    (((ALL, 1),), ALONE, 9),
    (((2, 1),), ALONE, 9),
    (((1, 1),), ALONE, 7),
    (ALONE, ALONE, 5),
    (ALONE, (), 5),
    ((), (), 5),
)
CELL = 20  # CSS pixels, of a grid that's drawn above the picture
WHITE, OPAQUE, RULE = np.uint32(0xFFFFFFFF), np.uint32(0xFF000000), np.uint32(0xFFC0C0C0)
LISTED = 45  # positions up to which a stepper has them all
KINDS = {Slider: "slider", LogSlider: "slider", Stepper: "stepper", Choice: "choice", Check: "check", Button: "button"}
KINDS |= {Text: "text", Number: "choice", Grid: "drawing"}  # drawn by the presets


class Plan(NamedTuple):
    """The values of each control {name: list}, whether all combinations are there, and the runs [(values, steps)]."""

    values: dict
    together: bool
    runs: list


class Shot(NamedTuple):
    """One state as it's drawn: the controls' values, the step of the clock, who is greyed out, the words, and the pixels."""

    values: dict
    step: int
    off: list
    text: str
    pixels: np.ndarray


def bake(demo, code=None, first=False):
    """A demo's states as plain data, in the form that docs/architecture.md describes.

    code   what a cell says to show it
    first  whether it's the first demo of its page, and should move soon after the page is opened
    Where no control could be moved for want of room, first the rarely used controls stay out, and then the pictures are coarser.
    """
    ways = [(True, False), (False, False), (False, True)]
    for least, (rare, coarse) in itertools.product((1, 0), ways):
        most = fitting(demo, rare, coarse, first)
        while count(planned := plan(demo, most, rare)) <= most and len(planned.runs) > least * (1 + len(demo.presets)):
            baked = described(demo, planned, coarse, name_of(demo) if code is None else code)
            size = len(json.dumps(baked))
            if size <= LARGEST:
                return baked
            most = int(0.9 * count(planned) * LARGEST / size)
    raise ValueError(f"{demo.title}: no plan for its states fits into {LARGEST} bytes")


def fitting(demo, rare, coarse, first=False):
    """How many states there's room for, judged by some of them."""
    runs = plan(demo, MOST, rare).runs
    some = [runs[place] for place in sorted(spread(len(runs) - 1, SAMPLE, 0))]
    album = Album(coarse)
    for shot in shots(demo, [(values, (steps[len(steps) // 2],)) for values, steps in some], DENSITIES[coarse]):
        album.add(shot.pixels)
    wholes = sum(len(album.pictures[whole][-1]) for whole in album.wholes)  # once; the others are for each state
    each = max(1, (album.size - wholes) / max(1, len(album.pictures) - len(album.wholes)))
    usual, largest = (max(0, limit - wholes) / each for limit in (SOON if first else USUAL, LARGEST))
    return int(min(MOST, max(usual, min(TOO_FEW_AT_FIRST if first else TOO_FEW, largest))))


def plan(demo, most, rare=True):
    """The best plan with at most so many states; the smallest if none has so few. The start comes first.

    rare  whether the rarely used controls, those under "More", are moved too, and not by the presets only
    """
    for (away, from_presets, least), still, place in itertools.product(LEVELS, (False, True), range(len(STOPS))):
        if STOPS[place] < least or (still and away is EVERY):
            continue
        (main, other), values = STEPS[place] if demo.start else (1, 1), axes(demo, STOPS[place], rare)
        steps = (main, main, main) if away is EVERY else (main, other, 1 if still else other)
        together = list(sets(demo, values, away))
        if how_many(values, together) <= 4 * most:  # runs that come twice are counted once below
            runs = runs_of(demo, values, steps, together, list(sets(demo, values, from_presets)))
            if count(Plan(values, away is EVERY, runs)) <= most:
                break
    return Plan(values, away is EVERY, runs)


def count(plan):
    """How many states a plan has, if no run ends early."""
    return sum(len(steps) for _, steps in plan.runs)


def how_many(axes, together):
    """The number of runs of these sets, each for itself."""
    return sum(math.prod(len(axes[name]) for name in names) for names, _ in together)


def axes(demo, count, rare=True):
    """{control: the values to take, in order}, with about `count` stops of a slider, and with those of the presets."""
    found = {}
    for name, control in demo.controls.items():
        if name in demo.groups.get(MORE, ()) and not rare:
            values = [control.value]
        elif isinstance(control, Stepper):
            last = longest(demo, control)
            values = sorted(spread(last, max(count, LISTED), 0) | {control.value})
        else:
            values = stops(control, count)
        extra = [moved[name] for moved in demo.presets.values() if name in moved and moved[name] not in values]
        values = [*values, *dict.fromkeys(extra)]
        found[name] = sorted(values) if isinstance(control, (Slider, LogSlider, Stepper)) else values
    return found


def longest(demo, stepper):
    """The last position that a stepper can have, over the choices on which it depends."""
    if not callable(stepper.last):
        return stepper.last
    names = parameters(stepper.last)
    choices = [stops(demo.controls[name], 5) for name in names]
    return max(stepper.end(dict(zip(names, values, strict=True))) for values in itertools.product(*choices))


def runs_of(demo, axes, steps, together, from_presets):
    """[(values, steps)], each once.

    steps  how many steps: of the start's and the presets' runs, of those with one slider away, and of those with more away
    """
    found, (main, other, few) = {}, steps

    def add(values, count):
        values = {name: control.clamped(values[name], values) for name, control in demo.controls.items()}
        if all(values[name] in axes[name] for name in values):
            places = tuple(axes[name].index(values[name]) for name in values)
            found.setdefault(places, (values, picked(MAIN_END if count == main else END, count)))

    presets = [demo.beginning | moved for moved in demo.presets.values()]
    for values in [demo.beginning, *presets]:
        add(values, main)
    for anchors, chosen in (([demo.beginning], together), (presets, from_presets)):
        for anchor, (names, sliders) in itertools.product(anchors, chosen):
            for values in itertools.product(*(axes[name] for name in names)):
                add(anchor | dict(zip(names, values, strict=True)), other if sliders < 2 else few)
    return list(found.values())


def sets(demo, values, pairs):
    """(names, how many of them aren't choices) of each set of controls that may be away from the start at once, see ALONE.

    A stepper with many positions is never away together with two sliders: that would take the room of everything else.
    """
    finest = axes(demo, STOPS[0])
    moved = [name for name, taken in values.items() if len(taken) > 1]
    few = [name for name in moved if len(finest[name]) <= FEW_VALUES]
    many = [name for name in moved if name not in few]
    sliders = [name for name in many if not isinstance(demo.controls[name], Stepper)]
    for choices, others in pairs:
        pool = many if others in (1, ALL) else sliders
        for some in itertools.combinations(few, min(choices, len(few))):
            for rest in itertools.combinations(pool, min(others, len(pool))):
                yield (*some, *rest), len(rest)


def picked(end, count):
    """So many steps from 0 to the end, the closer together the earlier."""
    return tuple(sorted({round(end * (place / (count - 1)) ** 2) for place in range(count)})) if count > 1 else (0,)


def shots(demo, runs, density=DENSITIES[False]):
    """Each state of these runs [(values, steps)], drawn by one scene. A run that ends early has its last state once."""
    scene = Scene(demo)
    scene.set_density(density)
    for values, steps in runs:
        scene.move(values, restart=True)
        for step in steps:
            if scene.timeline and step:
                before = scene.timeline.step
                scene.run_to(step)
                if scene.timeline.step == before:
                    break
            yield Shot(
                scene.values, scene.timeline.step if scene.timeline else 0, off(scene), scene.text, pixels(scene)
            )


def off(scene):
    """The names of the controls that have no effect in the scene's state."""
    return [
        name
        for name, control in scene.demo.controls.items()
        if control.enabled and not call(control.enabled, scene.values)
    ]


def pixels(scene):
    """The scene's picture as an array (height, width) of numbers: red, green, blue and opacity in four bytes.

    A grid in which the reader draws is a control, and a page has none of it. So what's drawn there comes above the picture.
    """
    with DRAWING:
        picture = np.asarray(scene.picture.image()).copy().view(np.uint32)[..., 0]
    return np.concatenate([*(strip(scene, name, picture.shape[1]) for name in grids(scene.demo)), picture])


def grids(demo):
    """The names of the grids that the demo's presets draw in."""
    return [
        name
        for name, control in demo.controls.items()
        if isinstance(control, Grid) and any(name in moved for moved in demo.presets.values())
    ]


def strip(scene, name, width):
    """What's in a grid as a strip above the picture: the darker a cell, the higher its level."""
    side = round(CELL * scene.density)
    levels = np.array(scene.values[name])
    shades = np.round(255 * (1 - levels)).astype(np.uint32)
    cells = np.kron(shades * np.uint32(0x010101) | OPAQUE, np.ones((side, side), np.uint32))
    cells[::side] = cells[-1] = RULE
    cells[:, ::side] = cells[:, -1:] = RULE
    paper = np.full((cells.shape[0] + side, width), WHITE, np.uint32)
    paper[side // 2 : side // 2 + cells.shape[0], side : side + cells.shape[1]] = cells
    return paper


def described(demo, plan, coarse, code):
    """The plan's states, drawn, and everything that a page needs to show them."""
    album, texts, states, lines = Album(coarse), {}, [], []
    names = [name for name, values in plan.values.items() if len(values) > 1]
    for shot in shots(demo, plan.runs, DENSITIES[coarse]):
        places = [plan.values[name].index(shot.values[name]) for name in names]
        text = texts.setdefault(shot.text, len(texts))
        gone = [names.index(name) for name in shot.off if name in names]
        states.append([places, shot.step, text, album.add(shot.pixels), gone])
        lines.append(code_of(demo, shot.values, shot.step, code))
        height = len(shot.pixels)
    scene, hidden = Scene(demo), [name for name in names if not free(demo, name, plan)]
    groups = {name: heading for heading, group in demo.groups.items() for name in group}
    return {
        "title": demo.title,
        "size": [scene.picture.css_size[0], round(height / DENSITIES[coarse])],
        "density": DENSITIES[coarse],
        "controls": [
            control(demo, name, plan.values[name], names, groups.get(name))
            | ({"kind": "hidden"} if name in hidden else {})
            for name in names
        ],
        "only": [demo.controls[name].label or name for name in plan.values if name not in names or name in hidden],
        "presets": {
            preset: {name: plan.values[name].index(value) for name, value in moved.items() if name in names}
            for preset, moved in demo.presets.items()
        },
        "clock": demo.start is not None,
        "all": plan.together,
        "states": states,
        "texts": list(texts),
        "lines": lines,
        "pictures": album.pictures,
    }


def free(demo, name, plan):
    """Whether a plan moves this control by itself, and not by the presets only."""
    others = {other: value for other, value in demo.beginning.items() if other != name}
    return any(
        run[name] != demo.beginning[name] and all(run[other] == value for other, value in others.items())
        for run, _ in plan.runs
    )


def control(demo, name, values, names, group):
    """A control as plain data, see docs/architecture.md."""
    each = demo.controls[name]
    return {
        "name": name,
        "label": each.label or name,
        "kind": KINDS[type(each)],
        "stops": [said(demo, name, value) for value in values],
        "start": values.index(each.value),
        "resets": [other for other in each.resets if other in names],
        "group": group,
    }


def said(demo, name, value):
    """[what the page shows, what Python code says] for a control's value; of a drawing, the preset that makes it."""
    control = demo.controls[name]
    if not isinstance(control, Grid):
        return [shown(control, value), control.code(value)]
    preset = next((preset for preset, moved in demo.presets.items() if moved.get(name) == value), "")
    return [preset, repr(preset)]
