"""The engine's canvas: after any move the picture is what matplotlib would paint from nothing, and little is painted."""

import gc
import io
import weakref

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from PIL import Image

from nnlessons.drawing.style import in_style, new_figure
from nnlessons.live.picture import SAVED, Picture, copy_of, same


@in_style
def crowded():
    """Two axes; on the left a line under a band under a scatter, text across the border, a legend; on the right an image."""
    figure, (left, right) = new_figure(columns=2)
    left.set(xlim=(0, 1), ylim=(0, 1))
    (line,) = left.plot([0, 1], [0, 1], linewidth=4, label="line")
    (band,) = left.fill([0.2, 0.8, 0.8, 0.2], [0.4, 0.4, 0.6, 0.6], color="C1", alpha=0.5, zorder=3)
    scatter = left.scatter(np.linspace(0, 1, 9), np.full(9, 0.5), s=60, zorder=4)
    segments = LineCollection([[(0, 0), (1, 0.2)]], colors="C3", zorder=2.2)
    left.add_collection(segments)
    word = left.text(0.9, 0.5, "across", fontsize=24)
    left.legend(loc="upper left")
    image = right.imshow(np.zeros((5, 5)), vmin=0, vmax=1, aspect="auto")
    caption = figure.text(0.5, 0.96, "top")
    parts = {"line": line, "band": band, "scatter": scatter, "segments": segments, "word": word, "caption": caption}
    return figure, {**parts, "image": image, "left": left, "right": right}


def random_patches(rng):
    """Endless moves of one to three parts."""
    everything = {
        "line": lambda: {"data": ([0, 1], rng.uniform(size=2)), "visible": rng.random() < 0.8},
        "band": lambda: {"xy": rng.uniform(size=(4, 2)), "alpha": rng.uniform(0.2, 1)},
        "scatter": lambda: {"offsets": rng.uniform(size=(9, 2)), "sizes": rng.uniform(10, 200, size=9)},
        "segments": lambda: {"segments": rng.uniform(size=(rng.integers(0, 5), 2, 2))},
        "word": lambda: {"text": rng.choice(["", "a", "across and far"]), "position": tuple(rng.uniform(size=2))},
        "caption": lambda: {"text": f"{rng.random():.2f}", "x": rng.uniform(0, 1)},
        "image": lambda: {"data": rng.uniform(size=(5, 5))},
        "left": lambda: {"xlim": (0, rng.uniform(0.5, 2))},
        "right": lambda: {"xlim": (-0.5, rng.uniform(3, 6))},
    }
    while True:
        chosen = rng.choice(list(everything), size=rng.integers(1, 4), replace=False)
        yield {name: everything[name]() for name in chosen}


@pytest.mark.parametrize("seed", range(2))
def test_any_patches_paint_what_a_full_redraw_paints(seed):
    picture = Picture(*crowded())
    for number, patch in zip(range(40), random_patches(np.random.default_rng(seed)), strict=False):
        picture.move(patch)
        assert (picture.pixels() == picture.redrawn()).all(), f"move {number}: {patch}"


def test_another_density_is_the_same_drawing_with_other_pixels():
    picture, patches = Picture(*crowded()), random_patches(np.random.default_rng(2))
    for density in (2, 1, 1.25, 2):
        picture.move(next(patches))
        picture.set_density(density)
        for _ in range(4):
            assert (picture.pixels() == picture.redrawn()).all(), f"at {density}"
            picture.move(next(patches))
        height, width = picture.pixels().shape[:2]
        assert (width, height) == tuple(int(density * size) for size in picture.css_size)


def test_released_pixels_are_freed_at_once_and_come_back_when_needed():
    picture = Picture(*crowded())
    picture.move({"word": {"text": "on"}})
    before, canvas, renderer = picture.pixels().copy(), weakref.ref(picture.canvas), picture.canvas.get_renderer()
    gc.disable()  # nobody looks for objects that refer to each other
    try:
        picture.release()
        assert canvas() is None and not picture.backgrounds
    finally:
        gc.enable()
    assert np.asarray(renderer.buffer_rgba()).shape == (1, 1, 4), "texts keep this one"
    assert (picture.pixels() == before).all()
    picture.move({"word": {"text": "off"}})
    assert (picture.pixels() == picture.redrawn()).all()


@pytest.mark.parametrize("patches", [[], [{}], [{}, {"word": {"text": "on"}}]], ids=["unmoved", "empty", "then moved"])
def test_a_picture_is_there_whether_or_not_a_part_was_moved(patches):
    figure, parts = crowded()
    figure.axes[0].set_aspect("equal")
    picture = Picture(figure, parts)
    for patch in patches:
        picture.move(patch)
    assert (picture.pixels() == picture.redrawn()).all()


def test_a_change_of_zorder_is_seen():
    picture = Picture(*crowded())
    picture.move({"line": {"data": ([0, 1], [0.5, 0.5])}})
    picture.move({"line": {"zorder": 10}})
    assert (picture.pixels() == picture.redrawn()).all()
    picture.move({"band": {"alpha": 1}})
    assert (picture.pixels() == picture.redrawn()).all()


@in_style
def patches():
    """A under B; C above both and D, far away."""
    figure, axes = new_figure()
    axes.set(xlim=(0, 10), ylim=(0, 10))
    places = {"A": (1, 1, 2), "B": (1.5, 1.5, 1), "C": (7, 7, 1), "D": (1, 8, 1)}
    parts = {
        name: Rectangle((x, y), size, size, color=f"C{number}", zorder=3 + number)
        for number, (name, (x, y, size)) in enumerate(places.items())
    }
    for part in parts.values():
        axes.add_patch(part)
    return figure, parts


def test_what_has_moved_under_another_stays_under_it_when_a_third_moves():
    picture = Picture(*patches())
    moves = [("D", (1.2, 8)), ("A", (1.2, 1)), ("A", (6.5, 6.5)), ("D", (1.4, 8)), ("D", (1.6, 8))]
    for number, (name, place) in enumerate(moves):
        picture.move({name: {"xy": place}})
        assert (picture.pixels() == picture.redrawn()).all(), f"move {number}: {name} to {place}"


def test_a_part_inside_an_artist_that_is_painted_whole_is_seen_to_move():
    figure, parts = crowded()
    entry = figure.axes[0].get_legend().get_texts()[0]
    picture = Picture(figure, {**parts, "entry": entry})
    picture.move({"caption": {"text": "far away"}})
    picture.move({"entry": {"text": "another"}})
    assert (picture.pixels() == picture.redrawn()).all()


def count_draws(picture, monkeypatch):
    drawn = []
    for artist in picture.order:
        original = artist.draw
        monkeypatch.setattr(artist, "draw", lambda *a, artist=artist, o=original: (drawn.append(artist), o(*a))[1])
    return drawn


def test_a_move_paints_only_what_moved_and_what_lies_above(monkeypatch):
    picture = Picture(*crowded())
    for place in (0.1, 0.2, 0.3):
        picture.move({"scatter": {"offsets": [(place, 0.2)]}})
    drawn = count_draws(picture, monkeypatch)
    picture.move({"scatter": {"offsets": [(0.5, 0.2)]}})
    left, right = picture.figure.axes
    assert picture.parts["scatter"] in drawn
    assert not {left.xaxis, left.yaxis, right.xaxis, right.yaxis, picture.parts["line"], picture.parts["image"]} & {
        *drawn
    }


def test_what_stays_as_it_is_paints_nothing(monkeypatch):
    picture = Picture(*crowded())
    patch = {"line": {"data": (np.array([0.0, 1.0]), np.array([np.nan, 1.0]))}, "word": {"text": "same"}}
    picture.move(patch)
    drawn = count_draws(picture, monkeypatch)
    picture.move({"line": {"data": (np.array([0.0, 1.0]), np.array([np.nan, 1.0]))}, "word": {"text": "same"}})
    assert not drawn


def test_an_array_that_the_caller_changes_in_place_is_seen():
    picture = Picture(*crowded())
    y = np.array([0.0, 1.0])
    picture.move({"line": {"data": ([0, 1], y)}})
    y[0] = 0.9
    picture.move({"line": {"data": ([0, 1], y)}})
    assert (picture.pixels() == picture.redrawn()).all()
    assert picture.parts["line"].get_ydata()[0] == 0.9


@pytest.mark.parametrize(
    "bad",
    [
        {"line": {"data": ([0, 1], [0.2, 0.9])}, "word": {"colour": "red"}},
        {"line": {"data": ([0, 1], [0.2, 0.9])}, "word": {"text": r"$\nonsense{$"}},
        {"line": {"data": ([0, 1], [0.2, 0.9])}, "nothing": {"text": "a"}},
        {"word": {"text": "half", "colour": "red"}},
    ],
    ids=["property", "mathtext", "part", "half set"],
)
def test_after_a_move_that_fails_the_next_one_is_right(bad):
    picture = Picture(*crowded())
    good = {"line": {"data": ([0, 1], [0, 0.5])}, "word": {"text": "fine"}}
    picture.move(good)
    with pytest.raises((AttributeError, ValueError, KeyError)):
        picture.move(bad)
    picture.move(good)
    fresh = Picture(*crowded())
    fresh.move(good)
    assert (picture.pixels() == fresh.pixels()).all() and (picture.redrawn() == fresh.pixels()).all()


def test_what_a_move_that_fails_has_set_is_painted_by_the_next_one():
    picture = Picture(*crowded())
    picture.move({"caption": {"text": "before"}})
    with pytest.raises(KeyError):
        picture.move({"band": {"alpha": 1}, "nothing": {}})
    picture.move({"caption": {"text": "after"}})
    assert (picture.pixels() == picture.redrawn()).all()


def test_a_part_that_is_missing_is_named():
    with pytest.raises(KeyError, match="update moves 'lime', which the figure does not have: line, band"):
        Picture(*crowded()).move({"lime": {"text": "a"}})


def test_files_are_small_and_the_same_for_the_same_picture():
    picture = Picture(*crowded())
    assert picture.css_size == (700, 400)
    assert picture.png() == Picture(*crowded()).png()
    assert picture.png().startswith(b"\x89PNG") and picture.jpeg().startswith(b"\xff\xd8")
    assert len(picture.png()) < 60_000


def test_a_file_has_its_own_density_and_the_picture_keeps_its():
    picture = Picture(*crowded())
    picture.move({"word": {"text": "on"}})
    before, sharp, file = picture.pixels().copy(), picture.png(), picture.png(SAVED)
    assert Image.open(io.BytesIO(file)).size == (SAVED * 700, SAVED * 400) and len(file) < 0.75 * len(sharp)
    assert picture.density == 2 and (picture.pixels() == before).all() and picture.png() == sharp
    picture.set_density(1)
    assert (picture.png(), picture.png(SAVED)) == (sharp, file), "whatever the screen is"


def test_values_are_compared_by_what_they_are():
    assert same(np.array([1.0, np.nan]), np.array([1.0, np.nan]))
    assert same(([1, 2], "a"), ([1, 2], "a")) and same((np.ones(2), None), (np.ones(2), None))
    assert not same(np.ones(2), np.ones(3)) and not same([1, 2], [1, 2, 3]) and not same("a", 1)
    original = ([1, 2], np.ones(2))
    copy = copy_of(original)
    original[1][0] = 5
    assert copy[1][0] == 1


@in_style
def logarithmic():
    figure, axes = new_figure()
    axes.set(xscale="log", xlim=(0.1, 30), ylim=(0, 1))
    return figure, {}


@pytest.mark.parametrize("draw", [crowded, logarithmic])
def test_nothing_of_the_readers_own_matplotlib_is_used_or_changed(draw):
    import matplotlib

    before = dict(matplotlib.rcParams)
    plain = Picture(*draw()).png()
    assert dict(matplotlib.rcParams) == before
    theirs = {"font.size": 30, "lines.linewidth": 9, "axes.facecolor": "black", "axes.grid": False}
    theirs |= {"grid.color": "red", "grid.linewidth": 9, "xtick.color": "red", "xtick.minor.size": 30}
    with matplotlib.rc_context(theirs):
        assert Picture(*draw()).png() == plain
