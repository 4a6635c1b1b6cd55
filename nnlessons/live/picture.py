"""One figure, kept: what did not change stays in a cached background, what changed is painted again with all above it.

How a move is painted. Matplotlib paints artists in a fixed order. After some of them have moved, it is enough to paint these
again and, in that order, all that is above them and overlaps. These are the *raised* artists of the move. A *background* holds
the pixels of all artists but those that it *leaves out*. It serves every move whose raised artists are among the ones left out:

    painting order     patch   grid   line   band   scatter   axis   number
    moved                             line
    raised                            line   band   scatter                     the axis and the number don't overlap them
    left out                          line   band   scatter          number     the number was raised by a move just before
    background         patch   grid                           axis
    painted over it                   line   band   scatter          number

The picture is then the same, pixel for pixel, as if all had been painted. A background leaves out more than this one move
needs: all that the latest moves have raised. A number whose digits change only now and then, or a second slider that is moved
in turns with the first, does not cost a new background each time.
"""

import threading
from base64 import b64encode
from collections import deque
from io import BytesIO
from typing import Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

__all__ = ["DRAWING", "Part", "Picture"]
__dir__ = __all__.copy  # what Tab shows

# Matplotlib is not safe across threads, not even in two figures, so all our drawing waits for this lock. The second thread
# is ipykernel 7's: a widget's messages may come in a subshell, and move a slider while a cell is still running.
DRAWING = threading.RLock()
DENSITY = 2  # device pixels for each CSS pixel, until the page has said what its screen has
SAVED = 1.25  # the same in the pictures that notebooks keep: small files, in which text is still easy to read
COARSE = 1.5  # up to this density, color at half the resolution would be seen
CSS_DPI = 100  # CSS pixels for an inch of figure
MARGIN = 4  # device pixels by which an artist may stick out of its extent: antialiasing, line caps
CLIPPED_MARGIN = 1  # and out of a box that clips it
BACKGROUNDS = 3  # kept at once: a few sliders take turns
RECENT = 8  # moves: a new background leaves out everything raised in the last 8, also what changes only now and then


class Part(Protocol):
    """What a demo moves in a picture: anything with these two members, or a matplotlib artist as it is.

    Axes are artists too: {"axes": {"xlim": (-w, w)}} moves a whole view, at the cost of painting its ticks again.
    """

    artists: list  # the matplotlib artists that it paints, all of them, and each in the figure

    def set(self, **properties):
        """Change these properties. If one of them differs from what is shown, all that `update` names are given."""


class Picture:
    """A figure with its parts {name: Part}, painted on a canvas of its own; never pyplot."""

    def __init__(self, figure, parts, density=DENSITY):
        self.figure = figure
        self.canvas = FigureCanvasAgg(figure)
        self.parts = parts
        self.shown = {name: {} for name in parts}  # the properties as last set, to leave out what stays as it is
        self.set_density(density)

    def set_density(self, density):
        """Paint this many device pixels for each CSS pixel from now on, and everything again."""
        self.density = density
        self.figure.set_dpi(CSS_DPI * density)
        self.blank = True  # until the next move, or until the pixels are asked for
        self.settle()
        self.order = painting_order(self.figure)
        self.places = {artist: self.extent(artist) for artist in self.order}
        self.backgrounds = {}  # the artists left out -> the pixels of all the others
        self.recent = deque(maxlen=RECENT)  # the raised sets of the latest moves

    def settle(self):
        """Let axes take their final position. Matplotlib does it when it paints axes, but we paint what is in them."""
        if all(type(axes) is Axes for axes in self.figure.axes):
            for axes in self.figure.axes:
                axes.apply_aspect()
        else:  # axes in space know the position of what is in them only after they were painted
            self.canvas.draw()

    @property
    def css_size(self):
        """Width and height in CSS pixels."""
        width, height = self.figure.get_size_inches() * CSS_DPI
        return round(width), round(height)

    def move(self, patch):
        """Set {part: {property: value}}, and paint what is new.

        KeyError: the figure has no such part. What a part itself raises is passed on.
        """
        try:
            self.set_and_paint(patch)
        except BaseException:  # half set, or half painted: take nothing for granted in the next move
            self.backgrounds.clear()
            self.shown = {name: {} for name in self.parts}
            raise

    def set_and_paint(self, patch):
        """Set what differs from what is shown, and paint the artists that it raises."""
        changed = self.set(patch)
        if not changed:
            return
        touched = {artist: [self.places.get(artist)] for artist in changed}  # where it was, and where it is
        self.refresh_order()
        for artist in changed:
            self.places[artist] = self.extent(artist)
            touched[artist].append(self.places[artist])
        self.paint(self.raise_above(touched), changed)

    def set(self, patch):
        """Set what differs from what is shown. Returns the set of artists that may have changed."""
        changed = set()
        for name, properties in patch.items():
            if name not in self.parts:
                raise KeyError(f"update moves {name!r}, which the figure does not have: {', '.join(self.parts)}")
            shown = self.shown[name]
            if any(key not in shown or not same(shown[key], value) for key, value in properties.items()):
                self.parts[name].set(**properties)
                shown.update({key: copy_of(value) for key, value in properties.items()})
                changed.update(artists_of(self.parts[name]))
        return changed

    def refresh_order(self):
        """Start over if the painting order has changed: by a z-order, or by a part that paints other artists now."""
        order = painting_order(self.figure)
        if order != self.order:
            self.order = order
            self.backgrounds.clear()
            self.recent.clear()
            self.places = {artist: self.extent(artist) for artist in order}

    def extent(self, artist):
        """The box (x0, y0, x1, y1) in device pixels outside of which an artist leaves no ink, or None if it leaves none at all.

        The box may be too large, and never too small.
        """
        if not artist.get_visible() or (isinstance(artist, Text) and not artist.get_text()):
            return None
        clip = artist.get_clip_box() if artist.get_clip_on() and not isinstance(artist, Axis) else None
        if isinstance(artist, Patch):
            corners = artist.get_transform().transform(
                artist.get_path().vertices
            )  # a curve never leaves its vertices' box
            if not len(corners):
                return None
            rim = artist.get_linewidth() * self.figure.dpi / 72 / 2
            box = grown(Bbox([corners.min(axis=0), corners.max(axis=0)]), MARGIN + rim)
            return box if clip is None else within(box, grown(clip, CLIPPED_MARGIN))
        if clip is not None:
            return grown(clip, CLIPPED_MARGIN)
        box = artist.get_tightbbox(self.canvas.get_renderer())
        if isinstance(artist, Axis) and has_grid(artist):  # its box is that of the labels, but it paints the grid too
            box = artist.axes.bbox if box is None else Bbox.union([box, artist.axes.bbox])
        if box is None or not np.all(np.isfinite(box.extents)):
            box = self.figure.bbox  # unknown, so it may be anywhere
        return grown(box, MARGIN)

    def raise_above(self, touched):
        """The artists {artist: [its boxes before and now]} and all that are above and overlap one already raised, in order."""
        raised, boxes = [], []
        for artist in self.order:
            places = [box for box in touched.get(artist, [self.places[artist]]) if box is not None]
            if artist in touched or any(overlap(box, other) for box in places for other in boxes):
                raised.append(artist)
                boxes += places
        return raised

    def paint(self, raised, changed):
        """Paint the raised artists again, over a background of artists that are not among them.

        A background that holds one of them is useless from now on: what has changed looks different there, and what is above a
        changed artist must be painted after it, at later moves too.
        """
        self.blank = False
        self.recent.append(frozenset(raised))
        now = changed.union(raised)
        self.backgrounds = {left_out: pixels for left_out, pixels in self.backgrounds.items() if now <= left_out}
        wanted = frozenset().union(*self.recent)
        if not self.backgrounds or 2 * len(wanted) <= min(map(len, self.backgrounds)):  # none, or all paint too much
            self.keep_background(wanted)
        left_out = min(self.backgrounds, key=len)
        self.canvas.restore_region(self.backgrounds[left_out])
        renderer = self.canvas.get_renderer()
        for artist in self.order:
            if artist in left_out:
                artist.draw(renderer)

    def keep_background(self, left_out):
        """Paint all artists but these, and keep the pixels in place of the oldest background."""
        renderer = self.canvas.get_renderer()
        renderer.clear()
        for artist in self.order:
            if artist not in left_out:
                artist.draw(renderer)
        while len(self.backgrounds) >= BACKGROUNDS:
            del self.backgrounds[next(iter(self.backgrounds))]
        self.backgrounds[left_out] = self.canvas.copy_from_bbox(self.figure.bbox)

    def release(self):
        """Let go of the pixels, many MiB, until they are asked for again.

        A figure's objects refer to each other. Python frees such circles late, because it counts objects and not their size.
        """
        with DRAWING:
            # The figure's texts keep the renderer: make it small where it is.
            self.canvas.get_renderer().__init__(1, 1, self.figure.dpi)
            self.canvas = FigureCanvasAgg(self.figure)
            self.backgrounds.clear()
            self.blank = True

    # -- what comes out ---------------------------------------------------------------------------------------------

    def pixels(self):
        """The picture as painted: (height, width, 4) bytes, a view that the next move changes."""
        if self.blank:
            self.paint([], set())
        return np.asarray(self.canvas.buffer_rgba())

    def redrawn(self):
        """The picture as matplotlib paints it from nothing: what `pixels` must equal."""
        painted, renderer = self.canvas.copy_from_bbox(self.figure.bbox), self.canvas.get_renderer()
        try:
            renderer.clear()
            self.figure.draw(renderer)
            return np.array(renderer.buffer_rgba())
        finally:
            self.canvas.restore_region(painted)

    def image(self):
        """The picture for pillow, a view of the same memory."""
        pixels = self.pixels()
        height, width = pixels.shape[:2]
        return Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)

    def jpeg(self):
        """The picture for the live view: 3 to 6 ms, where a PNG of this size takes 20 to 50.

        Color at half the resolution costs half the time, and with two device pixels for each CSS pixel nobody sees it. A
        coarse picture has few pixels, so each can have its own color.
        """
        out = BytesIO()
        looks = {"quality": 75, "subsampling": 2} if self.density > COARSE else {"quality": 85, "subsampling": 0}
        self.image().save(out, "jpeg", **looks)
        return out.getvalue()

    def jpeg_url(self):
        """The JPEG as a data: address. It is a third longer than the bytes, but is on the page a frame earlier.

        The browser can paint it at once, while what a widget makes of plain bytes would have to be fetched first.
        """
        return b"data:image/jpeg;base64," + b64encode(self.jpeg())

    def png(self, density=DENSITY):
        """The picture for files, with so many device pixels for a CSS pixel: the same bytes for the same picture."""
        shown = self.density
        if density != shown:
            self.set_density(density)
        try:
            image = self.image().convert("RGB")
        finally:
            if density != shown:
                self.set_density(shown)
        out = BytesIO()
        colors = image.quantize(192, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        colors.save(out, "png", optimize=True)
        return out.getvalue()


def painting_order(figure):
    """Every artist of a figure in the order in which matplotlib paints them; for plain axes, the artists in them."""
    order = [figure.patch]
    for artist in by_zorder(child for child in figure.get_children() if child is not figure.patch):
        if type(artist) is Axes and not artist.child_axes and artist.get_visible():
            order += axes_order(artist)
        else:
            order.append(artist)
    return order


def axes_order(axes):
    """The artists in plain axes in the order in which matplotlib paints them, without those that are switched off."""
    hidden = set()
    if not (axes.axison and axes.get_frame_on()):
        hidden |= {axes.patch, *axes.spines.values()}
    if not axes.axison:
        hidden |= {axes.xaxis, axes.yaxis}
    rest = by_zorder(child for child in axes.get_children() if child is not axes.patch)
    return [artist for artist in [axes.patch, *rest] if artist not in hidden]


def by_zorder(artists):
    """Sorted as matplotlib does: what has the same z-order stays in order."""
    return sorted(artists, key=lambda artist: artist.get_zorder())


def artists_of(part):
    """The set of artists that a part paints: for plain axes, all that are in them."""
    if type(part) is Axes:
        return set(axes_order(part))
    return {part} if isinstance(part, Artist) else set(part.artists)


def has_grid(axis):
    """Whether an axis paints grid lines."""
    return any(line.get_visible() for line in axis.get_gridlines())


def grown(box, margin):
    """The corners (x0, y0, x1, y1) of a box, in order, with a margin around."""
    x0, y0, x1, y1 = box.extents
    return min(x0, x1) - margin, min(y0, y1) - margin, max(x0, x1) + margin, max(y0, y1) + margin


def within(box, clip):
    """The part of a box that a clip leaves, or None."""
    x0, y0, x1, y1 = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def overlap(one, other):
    """Whether two boxes (x0, y0, x1, y1) touch."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def same(one, other):
    """Whether two values of a property are the same: numbers, texts, arrays, or sequences of these. NaN equals NaN in arrays."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        one, other = np.asarray(one), np.asarray(other)
        return one.shape == other.shape and bool(np.array_equal(one, other, equal_nan=one.dtype.kind in "fc"))
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    return one is other or bool(one == other)


def copy_of(value):
    """A copy of a property's value, so that the caller's later changes to an array are noticed."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (tuple, list)):
        return type(value)(map(copy_of, value))
    return value
