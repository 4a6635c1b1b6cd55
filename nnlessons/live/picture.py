"""One figure, kept: what did not change stays in a cached background, what changed is painted again with all above it.

A *part* is what a demo moves: anything with .set(**properties) and .artists, or a matplotlib artist as it is. Where one of
its properties has changed, `set` gets all that the demo names. Axes are artists too: {"axes": {"xlim": (-w, w)}} moves a
whole view, at the cost of painting its ticks anew.

How a move is painted. Matplotlib paints artists in a fixed order. To move some of them, it is enough to paint again
these and, in that order, whatever lies above them and overlaps: the *raised* set. All the rest is a background that can
be kept. The picture is then the same, pixel for pixel, as if all had been painted.
"""

import threading
from base64 import b64encode
from collections import deque
from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

DRAWING = threading.RLock()  # matplotlib is not safe across threads, nor across figures: all our drawing waits for this
DENSITY = 2  # device pixels for each CSS pixel: the kernel cannot know the screen's own
CSS_DPI = 100  # CSS pixels for an inch of figure
MARGIN = 4  # device pixels by which an artist may stick out of its extent: antialiasing, line caps
CLIPPED_MARGIN = 1  # and out of a box that clips it
BACKGROUNDS = 3  # kept at once: a few sliders take turns
RECENT = 8  # moves that a new background makes room for: the digits of a number change at one move and not at the next


class Picture:
    """A figure with its parts, painted on a canvas of its own; never pyplot."""

    def __init__(self, figure, parts):
        figure.set_dpi(CSS_DPI * DENSITY)
        self.figure = figure
        self.canvas = FigureCanvasAgg(figure)
        self.parts = parts
        self.shown = {name: {} for name in parts}  # the properties as last set, to leave out what stays as it is
        self.blank = True  # until the first move, or until the pixels are asked for
        self.settle()
        self.order = painting_order(figure)
        self.places = {artist: self.extent(artist) for artist in self.order}
        self.backgrounds = {}  # a raised set -> the pixels of all the rest
        self.recent = deque(maxlen=RECENT)  # the raised sets of the latest moves

    def settle(self):
        """Put axes where they belong; matplotlib does it as it paints them, and here plain axes are taken apart."""
        if all(type(axes) is Axes for axes in self.figure.axes):
            for axes in self.figure.axes:
                axes.apply_aspect()
        else:  # axes in space find only while they are painted where things lie
            self.canvas.draw()

    @property
    def css_size(self):
        """Width and height in CSS pixels."""
        width, height = self.canvas.get_width_height()
        return width // DENSITY, height // DENSITY

    def move(self, patch):
        """Set {part: {property: value}}; what is new is painted."""
        try:
            self.set_and_paint(patch)
        except BaseException:  # half set, or half painted: take nothing for granted in the next move
            self.backgrounds.clear()
            self.shown = {name: {} for name in self.parts}
            raise

    def set_and_paint(self, patch):
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
        """Set what differs from what is shown; the artists so changed."""
        changed = set()
        for name, properties in patch.items():
            if name not in self.parts:
                raise KeyError(f"update moves {name!r}, which the figure does not have: {', '.join(self.parts)}")
            shown = self.shown[name]
            if any(key not in shown or not same(shown[key], value) for key, value in properties.items()):
                self.parts[name].set(**properties)
                shown.update({key: kept(value) for key, value in properties.items()})
                changed.update(artists_of(self.parts[name]))
        return changed

    def refresh_order(self):
        order = painting_order(self.figure)
        if order != self.order:  # z-orders were changed, or a part changed which artists it is made of
            self.order = order
            self.backgrounds.clear()
            self.recent.clear()
            self.places = {artist: self.extent(artist) for artist in order}

    def extent(self, artist):
        """Where an artist can have left ink, in device pixels, or None for nowhere; generous rather than exact."""
        if not artist.get_visible() or (isinstance(artist, Text) and not artist.get_text()):
            return None
        clip = artist.get_clip_box() if artist.get_clip_on() and not isinstance(artist, Axis) else None
        if isinstance(artist, Patch):
            corners = artist.get_transform().transform(artist.get_path().vertices)  # those of curves lie outside them
            if not len(corners):
                return None
            rim = artist.get_linewidth() * self.figure.dpi / 72 / 2
            box = grown(Bbox([corners.min(axis=0), corners.max(axis=0)]), MARGIN + rim)
            return box if clip is None else within(box, grown(clip, CLIPPED_MARGIN))
        if clip is not None:
            return grown(clip, CLIPPED_MARGIN)
        box = artist.get_tightbbox(self.canvas.get_renderer())
        if isinstance(artist, Axis) and has_grid(artist):  # it tells of its labels alone, but paints the grid too
            box = artist.axes.bbox if box is None else Bbox.union([box, artist.axes.bbox])
        if box is None or not np.all(np.isfinite(box.extents)):
            box = self.figure.bbox  # it cannot tell, so it may be anywhere
        return grown(box, MARGIN)

    def raise_above(self, touched):
        """What was touched, and all that lies above and overlaps what is raised, in painting order."""
        raised, boxes = [], []
        for artist in self.order:
            places = [box for box in touched.get(artist, [self.places[artist]]) if box is not None]
            if artist in touched or any(overlap(box, other) for box in places for other in boxes):
                raised.append(artist)
                boxes += places
        return raised

    def paint(self, raised, changed):
        """Paint the raised artists over the background of all the others."""
        self.blank = False
        self.recent.append(frozenset(raised))
        gone = changed.union(raised)  # from the background: what lies above a moved artist must, at later moves too
        self.backgrounds = {kept: pixels for kept, pixels in self.backgrounds.items() if gone <= kept}
        wanted = frozenset().union(*self.recent)
        if not self.backgrounds or 2 * len(wanted) <= min(map(len, self.backgrounds)):
            self.keep_background(wanted)
        use = min(self.backgrounds, key=len)
        self.canvas.restore_region(self.backgrounds[use])
        renderer = self.canvas.get_renderer()
        for artist in self.order:
            if artist in use:
                artist.draw(renderer)

    def keep_background(self, raised):
        renderer = self.canvas.get_renderer()
        renderer.clear()
        for artist in self.order:
            if artist not in raised:
                artist.draw(renderer)
        while len(self.backgrounds) >= BACKGROUNDS:
            del self.backgrounds[next(iter(self.backgrounds))]
        self.backgrounds[raised] = self.canvas.copy_from_bbox(self.figure.bbox)

    # -- what comes out ---------------------------------------------------------------------------------------------

    def pixels(self):
        """The picture as painted: (height, width, 4) bytes, a view that the next move changes."""
        if self.blank:
            self.paint([], set())
        return np.asarray(self.canvas.buffer_rgba())

    def redrawn(self):
        """The picture painted wholly anew by matplotlib: what `pixels` must equal."""
        canvas = FigureCanvasAgg(self.figure)
        try:
            canvas.draw()
            return np.array(canvas.buffer_rgba())
        finally:
            self.figure.set_canvas(self.canvas)

    def image(self):
        pixels = self.pixels()
        height, width = pixels.shape[:2]
        return Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)

    def jpeg(self):
        """For the live view: 3 to 6 ms, where a PNG of this size takes 20 to 50.

        Colour at half the resolution costs half the time, and with two device pixels for a CSS pixel it is not seen.
        """
        out = BytesIO()
        self.image().save(out, "jpeg", quality=75, subsampling=2)
        return out.getvalue()

    def jpeg_url(self):
        """The JPEG as a data: address, a third longer, yet on the page a frame earlier.

        A browser has it at hand as soon as it is set. What a widget makes out of plain bytes it would first have to fetch.
        """
        return b"data:image/jpeg;base64," + b64encode(self.jpeg())

    def png(self):
        """For what stays in a file: small, sharp, and the same bytes for the same picture."""
        out = BytesIO()
        self.image().convert("RGB").quantize(192, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            out, "png", optimize=True
        )
        return out.getvalue()


def painting_order(figure):
    """Every artist of a figure in the order in which matplotlib paints them, plain axes taken apart."""
    order = [figure.patch]
    for artist in by_zorder(child for child in figure.get_children() if child is not figure.patch):
        if type(artist) is Axes and not artist.child_axes and artist.get_visible():
            order += axes_order(artist)
        else:
            order.append(artist)
    return order


def axes_order(axes):
    hidden = set()
    if not (axes.axison and axes.get_frame_on()):
        hidden |= {axes.patch, *axes.spines.values()}
    if not axes.axison:
        hidden |= {axes.xaxis, axes.yaxis}
    rest = by_zorder(child for child in axes.get_children() if child is not axes.patch)
    return [artist for artist in [axes.patch, *rest] if artist not in hidden]


def by_zorder(artists):
    return sorted(artists, key=lambda artist: artist.get_zorder())


def artists_of(part):
    """The artists that a part paints: axes stand for all that is in them."""
    if type(part) is Axes:
        return set(axes_order(part))
    return set(getattr(part, "artists", [part]))


def has_grid(axis):
    return any(line.get_visible() for line in axis.get_gridlines())


def grown(box, margin):
    """The corners of a box, in order, with a margin around."""
    x0, y0, x1, y1 = box.extents
    return min(x0, x1) - margin, min(y0, y1) - margin, max(x0, x1) + margin, max(y0, y1) + margin


def within(box, clip):
    """The part of a box that a clip leaves, or None."""
    x0, y0, x1, y1 = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def overlap(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def same(one, other):
    """Whether two values of a property are the same: numbers, words, arrays, or rows of these."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        one, other = np.asarray(one), np.asarray(other)
        return one.shape == other.shape and bool(np.array_equal(one, other, equal_nan=one.dtype.kind in "fc"))
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    return one is other or bool(one == other)


def kept(value):
    """A copy of a property's value, so that a later change of the caller's array is seen."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (tuple, list)):
        return type(value)(map(kept, value))
    return value
