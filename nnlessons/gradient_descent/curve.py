"""Gradient descent on a curve: a bowl, where the learning rate decides all, two valleys, and a plateau."""

import numpy as np

from nnlessons.gradient_descent.curve_figure import curve_with_path
from nnlessons.gradient_descent.rates import BOUNCES, CREEPS, FAR, FAST, RATE, STEPS
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import fixed

__all__ = ["CURVES", "on_a_curve"]
__dir__ = __all__.copy  # what Tab shows after `curve.`

X = np.linspace(-4.5, 4.5, 361)
EDGE = 50.0  # what is further out is drawn here, far outside the picture
CURVES = {  # name -> (f, its derivative, ticks of the f axis)
    "bowl": (lambda w: w**2, lambda w: 2 * w, range(0, 25, 5)),
    "two valleys": (lambda w: w**4 / 16 - w**2 / 2 + 0.3 * w + 2, lambda w: w**3 / 4 - w + 0.3, range(0, 14, 2)),
    "plateau": (lambda w: 4 - 4 * np.exp(-(w**2) / 2), lambda w: 4 * w * np.exp(-(w**2) / 2), range(0, 6)),
}


def figure_of(curve):
    """The figure for a curve; the bowl's has a scale of learning rates."""
    f, _, ticks = CURVES[curve]
    scale = (CREEPS, FAST, BOUNCES, RATE.high) if curve == "bowl" else None
    return curve_with_path(X, f(X), ticks, scale)


def walk_on(state, curve, rate):
    """The path (w, ...) one step longer, or None at its end: after the last step, or far outside the picture."""
    _, derivative, _ = CURVES[curve]
    if len(state) > STEPS or abs(state[-1]) > FAR:
        return None
    return (*state, state[-1] - rate * derivative(state[-1]))


def draw_walk(state, curve, rate):
    """The path on a curve, the tangent at its end, and the next step; for the bowl also the learning rate on its scale."""
    f, derivative, _ = CURVES[curve]
    w, k = state[-1], len(state) - 1
    slope = derivative(w)
    seen, following = np.clip(state, -EDGE, EDGE), np.clip([w, w - rate * slope], -EDGE, EDGE)
    near = seen[-1] + np.array([-0.9, 0.9])
    scale = {"rate": {"data": ([rate], [0.5])}, "factor": {"text": fixed(1 - 2 * rate, 2)}}
    return {
        "path": {"data": (seen, f(seen))},
        "here": {"data": (seen[-1:], f(seen[-1:]))},
        "next": {"data": (following, f(following))},
        "tangent": {"data": (near, f(seen[-1]) + slope * (near - seen[-1]))},
        **(scale if curve == "bowl" else {}),
        "readout": {
            "line": state_of(w, slope, k),
            **{"k": k, "w": w, "f": f(w), "slope": slope, "move": -rate * slope, "rate": rate},
        },
    }


def state_of(w, slope, k):
    """The key of the sentence that fits this point, after k steps."""
    if abs(w) > FAR:
        return "gone"
    if abs(w) > X[-1]:
        return "outside"
    if abs(slope) < 1e-3:
        return "still"
    return "moving" if k < STEPS else "last"


STEP = "Step {k}: w = {w:.4g}, f = {f:.4g}. "
on_a_curve = Demo(
    title="Downhill on a curve",
    controls={
        "curve": Choice({"bowl: w²": "bowl", "two valleys": "two valleys", "plateau": "plateau"}, label="f"),
        "start": Slider(-4.0, 4.0, value=-3.0, step=0.5, label="start"),
        "rate": RATE,
    },
    figure=figure_of,
    start=lambda curve, start: (start,),
    advance=walk_on,
    update=draw_walk,
    readout={
        "moving": STEP + "The slope is {slope:.3g}, so the next move is −η · slope = {move:.3g}.",
        "still": STEP + "The slope is {slope:.1g}: hardly any move is left.",
        "last": STEP + "The slope is still {slope:.3g}, but the run ends here, after 100 steps.",
        "outside": STEP + "It has jumped out of the picture: η = {rate:.2f} is too large here.",
        "gone": STEP + "It has diverged, so the run stops here: η = {rate:.2f} is too large.",
    },
)
