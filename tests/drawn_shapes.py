"""What a picture of a graph has where, in inches: shapes, numbers and paths, read from the parts as they are painted.

The tests of drawings look at the insides of the parts here and nowhere else.
"""

import math
from itertools import pairwise

import numpy as np

from nnlessons.drawing.numerals import side_by_side
from nnlessons.live.scene import Scene
from nnlessons.wording import short

WIDEST = [short(number) for number in (-0.53, -14.1, -1234, 88.8, 8888, -4e-7, -4e-12, -9e103)]
LINE = 2 / 72  # half of the widest line


class Shapes:
    """Rectangles from low to high corners, (n, 2), with round corners of these radii, (n)."""

    def __init__(self, low, high, radii=0.0):
        self.low, self.high, self.radii = low, high, np.broadcast_to(radii, len(low))

    @classmethod
    def around(cls, outlines, radii=0.0):
        return cls(
            *(np.array([side(one, axis=0) for one in outlines]).reshape(-1, 2) for side in (np.min, np.max)), radii
        )

    def __add__(self, other):
        return Shapes(*map(np.concatenate, zip(vars(self).values(), vars(other).values(), strict=True)))

    def pairs_that_overlap(self):
        apart = np.maximum(self.low[:, None] - self.high, self.low - self.high[:, None]).max(axis=-1)
        return [(int(a), int(b)) for a, b in np.argwhere(apart < -1e-9) if a < b]

    def distances(self, points):
        """(points, shapes): how far each point lies outside."""
        inset = self.radii[:, None]
        outside = np.maximum(self.low + inset - points[:, None], points[:, None] - (self.high - inset))
        return np.linalg.norm(np.maximum(outside, 0), axis=-1) - self.radii


def places_of(numerals):
    """The middle of each text."""
    return numerals.centres * numerals.scale


def painted_numbers(numerals, texts):
    """The shapes of what Numerals have painted, without those of empty texts."""
    lengths = [len(side_by_side(text, numerals.font).vertices) for text in texts]
    vertices = numerals.outline.get_path().vertices * numerals.scale
    assert len(vertices) == sum(lengths)
    return Shapes.around([one for one in np.split(vertices, np.cumsum(lengths)[:-1]) if len(one)])


def room_for_numbers(numerals):
    """The shapes around all that may come to stand in each place."""
    places = places_of(numerals)
    shapes = []
    for text in WIDEST:  # painted in the first place alone, which saves time
        texts = [text, *[""] * (len(places) - 1)]
        numerals.set(texts)
        shapes.append(painted_numbers(numerals, texts))
    low, high = (
        side([getattr(one, name) for one in shapes], axis=0) for side, name in ((np.min, "low"), (np.max, "high"))
    )
    return Shapes(places + low - places[0], places + high - places[0])


def densely(way, step=0.02):
    """Points on a way, a small step apart."""
    return np.concatenate(
        [a + (b - a) * np.linspace(0, 1, 2 + int(math.dist(a, b) / step))[:, None] for a, b in pairwise(way)]
    )


def ways_of(wires):
    """From the source's rim to the tip of the arrowhead."""
    tips = [path.vertices[0] for path in wires.heads.get_paths()]
    return [np.vstack([way[:-1], tip]) for way, tip in zip(wires.lines.get_segments(), tips, strict=True)]


def nodes_of(nodes):
    shapes = Shapes.around([path.vertices for path in nodes.shapes.get_paths()])
    is_round = [kind in ("operation", "branch") for kind in nodes.kinds]
    return Shapes(shapes.low, shapes.high, np.where(is_round, (shapes.high - shapes.low)[:, 1] / 2, 0))


def scene_at(demo, **values):
    scene = Scene(demo)
    scene.move({**demo.beginning, **values})
    return scene
