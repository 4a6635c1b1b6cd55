"""A network in training: its answers over the plane, the points, what each hidden unit computes, loss and accuracy."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from nnlessons.drawing.numerals import Numerals
from nnlessons.drawing.style import BLACK, BLUE, GREY, ORANGE, PURPLE, SMALL, in_style, new_figure

__all__ = ["CELLS", "COARSE", "PLANE", "SIDE", "TILE", "Lines", "Region", "Tiles", "playground_figure", "tile_size"]
__dir__ = __all__.copy  # what Tab shows after `playground_figure.`

SIDE = 1.3  # the plane goes from -SIDE to SIDE
CELLS = 100  # of the colored plane, along each side
TILE = 12  # cells of a hidden unit's tile, along each side
PALE, FULL = 0.55, 0.9  # of full color: in the plane, so that the points stand out, and in the tiles
THINNEST, WIDEST = 0.3, 2.5  # points: the lines of a unit that doesn't count, and of the one that counts most
LOSSES = (1e-3, 20.0)  # the axis
TRAIN = {"color": BLACK, "linewidth": 2}
TEST = {"color": PURPLE, "linewidth": 2, "linestyle": (0, (3, 1.5))}
WIDTH, HEIGHT = (
    8.4,
    4.1,
)  # inches, and so are the places of plane, loss, accuracy and tiles: left, bottom, width, height
PLACES = [(0.4, 0.37, 3.55, 3.55), (4.75, 2.3, 1.45, 1.3), (6.75, 2.3, 1.5, 1.3), (4.3, 0.05, 3.95, 1.55)]
LARGEST, BETWEEN = 0.95, 0.035  # inches: a tile's side, and the gap between two


def centers(cells):
    """The centers of cells x cells squares that fill the plane, row by row from below: (cells * cells, 2)."""
    middles = (np.arange(cells) + 0.5) / cells * 2 * SIDE - SIDE
    return np.stack(np.meshgrid(middles, middles), axis=-1).reshape(-1, 2)


PLANE, COARSE = centers(CELLS).astype(np.float32), centers(TILE)


def colors(strength):
    """256 colors, four bytes each as one number, from orange through white to blue."""
    part = np.abs(np.linspace(-1, 1, 256))[:, np.newaxis] * strength
    ends = np.where(np.arange(256)[:, np.newaxis] < 128, to_rgb(ORANGE), to_rgb(BLUE))
    opaque = np.ones((256, 1))
    rgba = np.round(255 * np.concatenate([1 - part + part * ends, opaque], axis=1)).astype(np.uint8)
    return rgba.view(np.uint32)[:, 0]


IN_PLANE, IN_TILES = colors(PALE), colors(FULL)
WHITE, EDGE = np.array([[255] * 4, [140, 140, 140, 255]], np.uint8).view(np.uint32)[:, 0]


def paint(renderer, left, bottom, pixels):
    """Paint an array of colors, rows from below, with its corner there."""
    gc = renderer.new_gc()
    renderer.draw_image(gc, left, bottom, pixels.view(np.uint8).reshape(*pixels.shape, 4))
    gc.restore()


class Region(Artist):
    """The plane, colored by the probability of class 1 at each point.

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
        small = IN_PLANE[np.round(255 * self.shares).astype(int)]
        paint(renderer, left, bottom, small[:, columns][rows])


class Tiles(Artist):
    """For each hidden unit a small picture of the plane, colored by its output: blue positive, orange negative.

    The units of a layer are in rows from the left, and a second layer begins a row of its own. All tiles have the same size.
    """

    def __init__(self, axes):
        super().__init__()
        self.set(zorder=0)
        axes.add_artist(self)
        self.outputs = []

    def set_outputs(self, outputs):
        """Show these outputs, from -1 to 1: for each layer an array (H, TILE, TILE), rows from below."""
        self.outputs = outputs

    def get_window_extent(self, renderer=None):
        return self.axes.bbox

    def draw(self, renderer):
        if not self.outputs:
            return
        left, bottom, right, top = np.round(self.axes.bbox.extents).astype(int)
        pixels = np.full((top - bottom, right - left), WHITE)
        dpi = self.axes.figure.dpi
        gap = round(BETWEEN * dpi)
        side, columns = tile_size([len(layer) for layer in self.outputs], *pixels.shape, gap, round(LARGEST * dpi))
        cells = np.arange(side - 2) * TILE // (side - 2)
        below = top - bottom
        for layer in self.outputs:
            small = IN_TILES[np.round(127.5 + 127.5 * layer).astype(int)]
            large = np.full((len(layer), side, side), EDGE)
            large[:, 1:-1, 1:-1] = small[:, cells][:, :, cells]
            for first in range(0, len(layer), columns):
                below -= side
                for column, tile in enumerate(large[first : first + columns]):
                    across = column * (side + gap)
                    pixels[below : below + side, across : across + side] = tile
                below -= gap
            below -= 2 * gap  # between layers
        paint(renderer, left, bottom, pixels)


def tile_size(counts, height, width, gap, largest):
    """(side, columns) in pixels of the largest tiles with room for layers of so many units."""
    for columns in range(1, max(counts) + 1):
        side = min(largest, (width + gap) // columns - gap)
        rows = sum(-(-count // columns) for count in counts)
        if rows * (side + gap) + 2 * gap * (len(counts) - 1) <= height + gap:
            return side, columns
    rows = len(counts)  # one row for each layer: only the height is short
    return min(side, (height - 2 * gap * (rows - 1) + gap) // rows - gap), columns


class Lines:
    """For each unit of the first layer the line on which its weighted sum is 0, wider and darker for a unit that counts more."""

    def __init__(self, axes, side=SIDE):
        self.side = side  # from the middle of the plane to its edge, or farther
        self.segments = LineCollection([], zorder=3)
        axes.add_collection(self.segments, autolim=False)
        self.artists = [self.segments]

    def set(self, weights, biases, counts):
        """weights (2, H), biases (H,), NaN for no line; counts (H,), how much each unit counts."""
        length = np.hypot(*weights)
        seen = np.isfinite(length) & (length > 0) & np.isfinite(biases)
        w, b = weights[:, seen] / length[seen], biases[seen] / length[seen]
        near = np.abs(b) < 2 * self.side
        w, b = w[:, near], b[near]
        nearest, along = -w * b, np.array([-w[1], w[0]]) * 3 * self.side
        share = np.nan_to_num(counts[seen][near] / max(counts.max(initial=0), 1e-12)) ** 3
        self.segments.set(
            segments=np.stack([nearest - along, nearest + along]).transpose(2, 0, 1),
            linewidths=THINNEST + (WIDEST - THINNEST) * share,
            colors=np.column_stack([np.zeros((len(share), 3)), 0.3 + 0.5 * share]),
        )


@in_style
def playground_figure(highest_loss=None):
    """Left the plane with points, class 0 as orange squares and class 1 as blue circles; right curves, below them the units.

    Parts: "axes", around the plane; "plane" (`Region`), "zeros", "ones", "lines" (`Lines`), and "frame", which is hidden; the
    curves "loss", "test loss", "accuracy" and "test accuracy", over a time from 0 to 1; "last", four texts for the middle and
    the end of that time, for loss and accuracy; "units" (`Tiles`).

    The axis of the loss is logarithmic; with `highest_loss`, it goes in even steps from 0 up to there.
    """
    figure, axes = new_figure(4, WIDTH, HEIGHT)
    for one, place in zip(axes, PLACES, strict=True):
        one.set_position(np.array(place) / [WIDTH, HEIGHT, WIDTH, HEIGHT])
    plane, loss, accuracy, units = axes
    plane.set(xlim=(-SIDE, SIDE), ylim=(-SIDE, SIDE), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    plane.grid(visible=False)
    parts = {"axes": plane, "plane": Region(plane), "lines": Lines(plane)}
    for name, marker, color in (("zeros", "s", ORANGE), ("ones", "o", BLUE)):
        look = {"color": color, "markeredgecolor": "white", "markeredgewidth": 0.8, "linestyle": "none"}
        (parts[name],) = plane.plot([], [], marker=marker, markersize=6, zorder=4, **look)
    frame = {"fill": False, "linewidth": 5, "zorder": 5, "visible": False}
    parts["frame"] = plane.add_patch(Rectangle((-SIDE, -SIDE), 2 * SIDE, 2 * SIDE, **frame))
    if highest_loss:
        loss.set(ylim=(0, highest_loss))
    else:
        loss.set(ylim=LOSSES, yscale="log")
        loss.set_yticks([1e-3, 1e-2, 0.1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
        loss.minorticks_off()
    loss.set_title("loss $L$", zorder=0)  # below the curves, so that a step needn't paint it again
    accuracy.set(ylim=(0.4, 1.02))
    accuracy.set_title("accuracy %", zorder=0)
    accuracy.set_yticks([0.5, 0.75, 1], ["50", "75", "100"])
    for one, name in ((loss, "loss"), (accuracy, "accuracy")):
        one.set(xlim=(0, 1), xticks=[0, 0.5, 1], xticklabels=[])
        one.tick_params(labelsize=SMALL)
        one.text(0, -0.07, "epoch", fontsize=SMALL, color="#333333", transform=one.transAxes, va="top", zorder=0)
        (parts[name],) = one.plot([], [], **TRAIN)
        (parts[f"test {name}"],) = one.plot([], [], **TEST)
    legend = figure.legend(
        [parts["loss"], parts["test loss"]],
        ["train", "unseen"],
        loc="upper right",
        bbox_to_anchor=(1, 1.015),
        **{"ncols": 2, "frameon": False, "fontsize": SMALL, "handlelength": 2.6, "columnspacing": 1.2},
    )
    legend.set_zorder(-1)
    pixels = [one.transAxes.transform((x, -0.12)) for one in (loss, accuracy) for x in (0.52, 0.97)]
    places = accuracy.transData.inverted().transform(pixels)
    parts["last"] = Numerals(accuracy, places, SMALL, facecolor=GREY, clip_on=False)
    units.set_axis_off()
    units.set_title("output of each hidden unit")
    parts["units"] = Tiles(units)
    return figure, parts
