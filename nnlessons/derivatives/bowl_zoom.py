"""Zoom in on a bowl, and it becomes a tilted plane with two slopes."""

import math

import numpy as np

from nnlessons.derivatives.bowl_zoom_figure import piece_beside_map
from nnlessons.derivatives.landscape import Box, Projection, grid
from nnlessons.drawing.arrow import arrow
from nnlessons.live import Demo, LogSlider, Slider
from nnlessons.wording import leading, trimmed

__all__ = ["zoom_in_two"]
__dir__ = __all__.copy  # what Tab shows after `bowl_zoom.`

VIEW = {"around": -25, "above": 40}
HALF = 2.0  # half the side of the piece that is shown, where it isn't magnified
STRETCH = 0.04  # of f, compared with x0 and x1
LINES = 9  # contour lines at most
ARROW = 0.07  # the length of the gradient's arrow for a slope of 1, where half the map's side is 1


def bowl(x0, x1):
    """f = x0^2 + x1^2."""
    return x0**2 + x1**2


def round_step(span):
    """The least of 1, 2, 5, 10, 20 ... and 0.5, 0.2, 0.1 ... of which at most `LINES` fit into span."""
    power = 10.0 ** math.floor(math.log10(span / LINES))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor * LINES >= span)


def circles(x0, x1, half, levels):
    """The contour lines of the bowl at these levels near (x0, x1), as one line (x, y) with gaps; (x0, x1) is at (0, 0)."""
    distance = math.hypot(x0, x1)
    reach = 1.5 * half  # a little more than to the corners
    turn = math.pi if distance <= reach else math.asin(reach / distance)
    angles = math.atan2(x1, x0) + turn * np.append(np.linspace(-1, 1, 121), np.nan)
    radius = np.sqrt(levels)[:, np.newaxis]
    return (radius * np.cos(angles) - x0).ravel() / half, (radius * np.sin(angles) - x1).ravel() / half


def slope_lines(x0, x1, half):
    """Lines in space, (n, 3) each: the border of the plane through (x0, x1), its two edges along x0 and x1, and their steps
    over and up."""
    here, slopes = np.array([x0, x1, bowl(x0, x1)]), np.array([2 * x0, 2 * x1])
    over = half * np.eye(3)[:2]
    up = half * np.array([[0, 0, slope] for slope in slopes])
    one, other = over + up
    border = [one + other, one - other, -one - other, other - one, one + other]
    steps = [(0, 0, 0), over[0], one, (np.nan,) * 3, (0, 0, 0), over[1], other]
    return {"plane": here + border, "edges": here + [one, (0, 0, 0), other], "steps": here + steps}


def look_closer(x0, x1, zoom):
    """The bowl near (x0, x1) with its plane and its two slopes, and the map of the same piece."""
    half, here = HALF / zoom, np.array([x0, x1])
    slopes, heights = 2 * here, bowl(*grid(here, half))
    low, high = float(heights.min()), float(heights.max())
    step = round_step(high - low)
    levels = step * np.arange(math.ceil(low / step), math.floor(high / step) + 1)
    box, view = Box((x0, x1), half, bowl(x0, x1), STRETCH), Projection(**VIEW)
    lines = slope_lines(x0, x1, half)
    return {
        "surface": {**VIEW, "box": box},
        **{name: {"data": view.on_page(box.place(*points.T)).T} for name, points in lines.items()},
        "slopes": {"texts": [trimmed(slope, 1) for slope in slopes]},
        "zoom": {"text": f"× {leading(zoom)}"},
        "heights": {"array": (heights - low) / (high - low)},
        "contours": {"data": circles(x0, x1, half, levels)},
        "arrow": {"xy": arrow((0, 0), ARROW * slopes, size=0.22)},
        "ticks": {"texts": [trimmed(middle + side, 3) for middle in here for side in (-half, 0, half)]},
        "readout": {
            "line": "tilted" if slopes.any() else "level",
            "magnified": f"Magnified {leading(zoom)} times" if zoom > 1 else "Without any zoom",
            **{"g0": trimmed(slopes[0], 1), "g1": trimmed(slopes[1], 1), "difference": leading(high - low)},
            "part": leading(100 * 2 * half**2 / (high - low), 2),
        },
    }


zoom_in_two = Demo(
    title="Zoom in on a bowl",
    controls={
        "x0": Slider(-4.0, 4.0, value=3.0, step=0.5, label="x₀"),
        "x1": Slider(-4.0, 4.0, value=4.0, step=0.5, label="x₁"),
        "zoom": LogSlider(1, 100, value=1),
    },
    figure=lambda: piece_beside_map(bowl),
    update=look_closer,
    readout={
        "tilted": "The slopes here are {g0} along x₀ and {g1} along x₁. {magnified}, the surface departs from the flat "
        "plane by at most {part}% of the height difference in this window.",
        "level": "Both slopes are 0 here, at the lowest point, so the flat plane is level. {magnified}, the surface departs "
        "from it by at most {difference}.",
    },
)
