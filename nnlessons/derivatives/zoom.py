"""The opening of lesson 4: zoom in on a curve, and it becomes a straight line, unless there's a corner or a jump."""

import numpy as np

from nnlessons.derivatives.zoom_figure import WINDOW, X, curve_and_magnified, frame_and_beams, pixels_of
from nnlessons.live import Choice, Demo, LogSlider, Slider
from nnlessons.wording import leading, trimmed
from nnlib.activations import ACTIVATIONS

__all__ = ["zoom"]
__dir__ = __all__.copy  # what Tab shows after `zoom.`

CURVES = {  # name -> (function, derivative)
    "road": (lambda x: 0.01 * x**2 + 0.1 * x, lambda x: 0.02 * x + 0.1),
    **{name: (ACTIVATIONS[name].function, ACTIVATIONS[name].derivative) for name in ("sigmoid", "relu", "step")},
}
KINKS = {"relu": "corner", "step": "jump"}  # what there is at 0
RUN = 4.0  # the length of the slopes' steps to the left and right, where nothing is magnified


def piece(curve, left, right):
    """The curve from left to right, as (x, y), with a gap at its jump."""
    if curve == "step" and left < 0 < right:
        return np.array([left, 0, 0, 0, right]), np.array([0, 0, np.nan, 1, 1])
    x = np.linspace(left, right, 201)
    if left < 0 < right:
        x = np.sort(np.append(x, 0))
    return x, CURVES[curve][0](x)


def draw_whole(curve):
    """(figure, parts) for a curve."""
    return curve_and_magnified(curve, *piece(curve, *X), jump=([0, 0], [0, 1]) if curve == "step" else ([], []))


def sentence(curve, x, half, pixels):
    """The name of the sentence for a curve from x - half to x + half, where one unit of y is so many pixels high."""
    f, derivative = CURVES[curve]
    if curve in KINKS and abs(x) < half:
        return "near" if x else KINKS[curve]
    across, up = piece(curve, x - half, x + half)
    bend = np.abs(up - f(x) - derivative(x) * (across - x)).max()
    return "straight" if bend * pixels < 1 else "bent"


def magnify(curve, x, zoom):
    """A frame around x, what is in it, magnified, and the slopes of the curve to the left and to the right of x."""
    f, derivative = CURVES[curve]
    x = round(x, 9)  # a slider's 0 is not quite 0 after some presses of a key
    y, half, run = float(f(x)), WINDOW / 2 / zoom, RUN / zoom
    across, up = piece(curve, x - half, x + half)
    frame, beams = frame_and_beams(curve, x, y, zoom)
    rises = y - float(f(x - run)), float(f(x + run)) - y
    low, high = (rise * zoom for rise in rises)
    left, right = slopes = [trimmed(rise / run, 4) for rise in rises]
    jump = ([-x * zoom] * 2, [-y * zoom, (1 - y) * zoom]) if curve == "step" else ([], [])
    return {
        "frame": {"xy": frame},
        "beams": {"data": beams},
        "magnified": {"data": ((across - x) * zoom, (up - y) * zoom)},
        "jump": {"data": jump},
        "left": {"data": ([-RUN, 0, 0], [-low, -low, 0])},
        "right": {"data": ([0, RUN, RUN], [0, 0, high])},
        "zoom": {"text": f"× {leading(zoom)}"},
        "steps": {"texts": [leading(step) for rise in rises for step in (run, rise)]},
        "slopes": {"texts": slopes},
        "readout": {
            "line": sentence(curve, x, half, pixels_of(curve) * zoom),
            "magnified": f"Magnified {leading(zoom)} times" if zoom > 1 else "Without any zoom",
            "still": " still" if zoom > 1 else "",
            **{"slope": trimmed(float(derivative(x)), 4), "kink": KINKS.get(curve, ""), "left": left, "right": right},
        },
    }


zoom = Demo(
    title="Zoom in",
    controls={
        "curve": Choice({"0.01 x² + 0.1 x": "road", "sigmoid": "sigmoid", "ReLU": "relu", "step": "step"}, label="y"),
        "x": Slider(-5.0, 10.0, value=5.0, step=0.5),
        "zoom": LogSlider(1, 1000, value=1),
    },
    figure=draw_whole,
    update=magnify,
    readout={
        "bent": "{magnified}, the curve{still} bends. Its slope is {left} to the left of x and {right} to the right. "
        "Zoom in further.",
        "straight": "{magnified}, the curve can't be told from a straight line of slope {slope}.",
        "near": "{magnified}, the {kink} at 0 is{still} in the frame. Zoom in further.",
        "corner": "{magnified}, the corner is{still} a corner: slope {left} to the left, {right} to the right. There's no "
        "slope at 0.",
        "jump": "{magnified}, the jump is{still} a jump. To the right of 0 the slope seems to be {right}, and it grows "
        "with the zoom. There's no slope at 0.",
    },
)
