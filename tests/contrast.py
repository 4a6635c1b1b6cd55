"""How well words stand out from what is behind them: WCAG's contrast ratio, from 1 to 21."""

import itertools

import numpy as np
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from nnlessons.live import Choice, Stepper
from nnlessons.live.scene import Scene

WORDS, LINES = 4.5, 3.0  # what WCAG 2 asks of words, and of lines and controls
STEPS = 5  # of a clock: whatever comes later looks the same


def contrast(one, other):
    """The contrast of two colours, names or (..., 3) from 0 to 1."""
    light, dark = np.sort(np.stack(np.broadcast_arrays(luminance(one), luminance(other))), axis=0)[::-1]
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    colour = np.asarray(to_rgb(colour) if isinstance(colour, str) else colour)
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]


def check_contrast(demo):
    """Every text in the demo's pictures stands out from what is behind it."""
    scene = Scene(demo)
    for values in states(demo):
        scene.move(values)
        check_words(scene)
    for _ in range(STEPS if scene.timeline else 0):
        scene.step_forward()
        check_words(scene)


def states(demo):
    """Presets; each choice and some places of each stepper; all other controls at one end, and at the other; last the start."""
    yield from ({**demo.beginning, **values} for values in demo.presets.values())
    ends = {}
    for name, control in demo.controls.items():
        if isinstance(control, Choice | Stepper):
            yield from ({**demo.beginning, name: value} for value in places(control, demo))
        else:
            ends[name] = control.samples()[:2]
    yield from ({**demo.beginning, **{name: both[end] for name, both in ends.items()}} for end in (0, -1))
    yield demo.beginning


def places(control, demo):
    if isinstance(control, Choice):
        return control.samples()
    last = control.end(demo.beginning)
    return 0, last // 2, last


def check_words(scene):
    for words, colour, found in contrasts(scene.picture):
        assert found >= WORDS, f"{words} in {to_hex(colour)}: only {found:.2f} at {scene.values}"


def contrasts(picture):
    """(words, their colour, contrast with what is behind most of them) of each text; numerals one character at a time."""
    texts = list(texts_in(picture.figure))
    for _, set_colour, *_ in texts:
        set_colour("none")
    behind = picture.redrawn()[::-1, :, :3]  # row 0 at the bottom, as in boxes
    for words, set_colour, colour, boxes in texts:
        set_colour(colour)
        *colour, alpha = to_rgba(colour)
        for x0, y0, x1, y1 in np.round([box.extents for box in boxes]).astype(int).clip(0):
            around = behind[y0:y1, x0:x1].reshape(-1, 3) / 255
            if len(around):  # it has no part outside of the figure
                yield words, colour, np.median(contrast(alpha * np.array(colour) + (1 - alpha) * around, around))


def texts_in(figure):
    """(words, how to set their colour, the colour, their boxes in pixels) of all that can be read."""
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip():
            yield text.get_text(), text.set_color, text.get_color(), [text.get_window_extent()]
    for numerals in figure.findobj(PathPatch):
        if numerals.get_visible():
            yield "a number", numerals.set_facecolor, numerals.get_facecolor(), list(outlines(numerals))


def outlines(patch):
    """The box of each outline of a patch."""
    path = patch.get_path()
    places = patch.get_transform().transform(path.vertices)
    starts = [*np.flatnonzero(path.codes == path.MOVETO), len(places)]
    for start, end in itertools.pairwise(starts):
        yield Bbox.from_extents(*places[start : end - 1].min(axis=0), *places[start : end - 1].max(axis=0))
