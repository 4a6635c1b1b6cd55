"""A network in training: its answers as the colours of the plane, the points, each hidden unit's line, loss and accuracy."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLACK, BLUE, GREY, ORANGE, PURPLE, SMALL, in_style, new_figure

__all__ = ["CELLS", "PLANE", "SIDE", "Lines", "Region", "playground_figure"]
__dir__ = __all__.copy  # what Tab shows after `playground_figure.`

SIDE = 1.3  # the plane goes from -SIDE to SIDE
CELLS = 100  # of the coloured plane, along each side
MIDDLES = (np.arange(CELLS) + 0.5) / CELLS * 2 * SIDE - SIDE
PLANE = np.stack(np.meshgrid(MIDDLES, MIDDLES), axis=-1).reshape(-1, 2)  # row by row, from below
PALE = 0.55  # of full colour in the plane, so that the points stand out
WIDEST = 4.0  # points: the line of the unit that counts most
LOSSES = (1e-3, 10.0)  # the axis


def colours():
    """256 colours (256, 4) from class 0, orange, through white to class 1, blue."""
    part = np.abs(np.linspace(-1, 1, 256))[:, np.newaxis] * PALE
    ends = np.where(np.arange(256)[:, np.newaxis] < 128, to_rgb(ORANGE), to_rgb(BLUE))
    opaque = np.ones((256, 1))
    return np.round(255 * np.concatenate([1 - part + part * ends, opaque], axis=1)).astype(np.uint8)


COLOURS = colours()


class Region(Artist):
    """The plane, coloured by the probability of class 1 at each point.

    Matplotlib's own images are resampled in floating point, which would take longer here than the rest of the picture.
    """

    def __init__(self, axes):
        super().__init__()
        self.set(zorder=0)
        axes.add_artist(self)
        self.shares = np.full((CELLS, CELLS), 0.5)

    def set_shares(self, shares):
        """Show these probabilities of class 1, (CELLS, CELLS), row by row from below."""
        self.shares = shares

    def get_window_extent(self, renderer=None):
        return self.axes.bbox

    def draw(self, renderer):
        left, bottom, right, top = np.round(self.axes.bbox.extents).astype(int)
        rows, columns = (np.arange(pixels) * CELLS // pixels for pixels in (top - bottom, right - left))
        small = COLOURS.view(np.uint32)[np.round(255 * self.shares).astype(int), 0]  # a colour's four bytes at once
        pixels = small[:, columns][rows].view(np.uint8).reshape(top - bottom, right - left, 4)
        gc = renderer.new_gc()
        renderer.draw_image(gc, left, bottom, pixels)
        gc.restore()


class Lines:
    """For each hidden unit the line on which its weighted sum is 0."""

    def __init__(self, axes):
        self.segments = LineCollection([], colors=BLACK, alpha=0.75, zorder=3)
        axes.add_collection(self.segments, autolim=False)
        self.artists = [self.segments]

    def set(self, weights, biases, counts):
        """weights (2, H), biases (H,), NaN for no line; counts (H,), how much each unit counts: the line's width."""
        length = np.hypot(*weights)
        seen = np.isfinite(length) & (length > 0) & np.isfinite(biases)
        w, b = weights[:, seen] / length[seen], biases[seen] / length[seen]
        near = np.abs(b) < 2 * SIDE
        w, b = w[:, near], b[near]
        nearest, along = -w * b, np.array([-w[1], w[0]]) * 3 * SIDE
        share = counts[seen][near] / max(counts.max(initial=0), 1e-12)
        self.segments.set(
            segments=np.stack([nearest - along, nearest + along]).transpose(2, 0, 1),
            linewidths=0.4 + (WIDEST - 0.4) * np.nan_to_num(share),
        )


@in_style
def playground_figure(x, t):
    """The plane with the points x (N, 2), t (N,), class 0 as orange squares, class 1 as blue circles; right loss and accuracy.

    Parts: "plane" (`Region`), "lines" (`Lines`); the curves "loss", "test loss", "accuracy" and "test accuracy", over a time
    from 0 to 1; "last", two texts for the middle and the end of that time.
    """
    figure, (plane, loss) = new_figure(
        2, 8.4, 4.1, left=0.045, right=0.975, bottom=0.09, top=0.925, gridspec_kw={"width_ratios": (1, 0.95)}
    )
    plane.set(xlim=(-SIDE, SIDE), ylim=(-SIDE, SIDE), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    plane.grid(visible=False)
    for label, marker, colour in ((0, "s", ORANGE), (1, "o", BLUE)):
        look = {"color": colour, "markeredgecolor": "white", "markeredgewidth": 0.8}
        plane.plot(*x[t == label].T, marker, markersize=6, zorder=4, linestyle="none", **look)
    box = loss.get_position()
    accuracy = figure.add_axes([box.x0 + 0.02, box.y0, box.width - 0.02, box.height * 0.4])
    loss.set_position([box.x0 + 0.02, box.y0 + box.height * 0.56, box.width - 0.02, box.height * 0.44])
    loss.set(xlim=(0, 1), ylim=LOSSES, yscale="log", title="$L$", xticks=[0, 0.5, 1], xticklabels=[])
    loss.set_yticks([1e-3, 1e-2, 0.1, 1, 10])
    loss.minorticks_off()
    accuracy.set(xlim=(0, 1), ylim=(0.4, 1.02), title="%", xticks=[0, 0.5, 1], xticklabels=[])
    accuracy.set_yticks([0.5, 0.75, 1], ["50", "75", "100"])
    accuracy.tick_params(labelsize=SMALL)
    parts = {"plane": Region(plane), "lines": Lines(plane)}
    for axes, name in ((loss, "loss"), (accuracy, "accuracy")):
        (parts[name],) = axes.plot([], [], color=BLACK, linewidth=2)
        (parts[f"test {name}"],) = axes.plot([], [], color=PURPLE, linewidth=2.5, linestyle=(0, (4, 1.5)))
    parts["last"] = Numerals(accuracy, [(0.5, 0.33), (0.985, 0.33)], SMALL, facecolor=GREY, clip_on=False)
    return figure, parts
