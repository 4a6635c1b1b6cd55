"""Names and memory: the picture shows the reader's own objects, who points where, and says the same in words."""

import base64
import gc
import io
import itertools
import re
import weakref

import numpy as np
import pytest
from ipywidgets import widget_serialization
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from nnlessons.arrays.memory import WORDS, names_and_memory, read
from nnlessons.arrays.memory_figure import HIGHEST, Target, height_of, names_to_boxes, stacked, untangled
from nnlessons.drawing.arrays import Table
from nnlessons.drawing.style import SMALL
from nnlessons.live.picture import SAVED


def lesson():
    """What the lesson begins with: grads, held, dW."""
    grads = [np.zeros((2, 2)), np.zeros(2)]
    return grads, grads[0], np.array([[1.0, 2.0], [3.0, 4.0]])


def groups(**names):
    """Which places point to the same box: a set of groups."""
    pointers, slots, boxes, _ = read(names)
    lists = {to.number: name for name, to in reversed(pointers.items()) if to.kind == "list"}
    places = {name: to for name, to in pointers.items() if to.kind == "box"}
    places |= {f"{lists[n]}[{slot}]": to for n, held in enumerate(slots) for slot, to in enumerate(held)}
    found = [frozenset(place for place, to in places.items() if to.number == number) for number in range(len(boxes))]
    assert all(found), "a box to which nothing points"
    return set(found)


def apartly(*several):
    return {frozenset(group.split()) for group in several}


def said(**names):
    return read(names)[3]


# -- who points where -------------------------------------------------------------------------------------------------


def test_a_slot_and_a_name_hold_the_same_array():
    grads, held, dW = lesson()
    assert groups(grads=grads, held=held, dW=dW) == apartly("grads[0] held", "grads[1]", "dW")


def test_to_rebind_a_slot_leaves_the_held_array_behind():
    grads, held, dW = lesson()
    grads[0] = dW
    assert groups(grads=grads, held=held, dW=dW) == apartly("grads[0] dW", "grads[1]", "held")
    assert said(grads=grads, held=held, dW=dW) == (
        "grads[0] and dW point to the same array, [[1. 2.] [3. 4.]]. grads[1] points to another one, [0. 0.]. "
        "held points to another one, [[0. 0.] [0. 0.]]."
    )


def test_to_write_into_the_array_changes_no_arrow_and_every_holder_sees_it():
    grads, held, dW = lesson()
    before = read({"grads": grads, "held": held, "dW": dW})
    grads[0][...] = dW
    after = read({"grads": grads, "held": held, "dW": dW})
    assert after[:2] == before[:2]
    assert groups(grads=grads, held=held, dW=dW) == apartly("grads[0] held", "grads[1]", "dW")
    assert after[2][0].rows == after[2][2].rows == (("1.", "2."), ("3.", "4."))
    assert after[3] == (
        "grads[0] and held point to the same array, [[1. 2.] [3. 4.]]. grads[1] points to another one, [0. 0.]. "
        "dW points to another one, [[1. 2.] [3. 4.]]."
    )


def test_one_array_under_two_names_is_one_box_and_a_copy_is_another():
    x = np.array([3.0, 4.0])
    assert groups(x=x, same=x, copy=x.copy()) == apartly("x same", "copy")
    assert said(x=x, same=x, copy=x.copy()) == (
        "x and same point to the same array, [3. 4.]. copy points to another one, [3. 4.]."
    )


def test_equal_numbers_in_different_arrays_are_different_boxes():
    W = np.arange(8.0).reshape(2, 4)
    assert groups(a=np.ones(2), b=np.ones(2), c=[np.ones(2)]) == apartly("a", "b", "c[0]")
    assert groups(a=W[0], b=W[1]) == apartly("a", "b")


def test_a_list_held_by_two_names_is_one_box():
    grads, _, _ = lesson()
    pointers, slots, boxes, words = read({"grads": grads, "params": grads, "other": list(grads)})
    assert pointers["grads"] == pointers["params"] == Target("list", 0) and pointers["other"] == Target("list", 1)
    assert len(slots) == 2 and slots[0] == slots[1] and len(boxes) == 2
    assert words.startswith("grads and params point to the same list. grads[0] and other[0] point to the same array, ")


def test_a_view_points_into_the_memory_of_its_array():
    W = np.arange(6.0).reshape(2, 3)
    pointers, _, boxes, words = read({"row": W[1], "W": W, "column": W[:, 0], "copy": W[1].copy()})
    assert len(boxes) == 2 and boxes[0].rows == (("0.", "1.", "2."), ("3.", "4.", "5."))
    assert pointers == {
        "row": Target("box", 0, (3, 4, 5)),
        "W": Target("box", 0),
        "column": Target("box", 0, (0, 3)),
        "copy": Target("box", 1),
    }
    assert words == (
        "W points to an array, [[0. 1. 2.] [3. 4. 5.]]. row points to a view of it, [3. 4. 5.]: the same memory. "
        "column points to a view of it, [0. 3.]: the same memory. copy points to another one, [3. 4. 5.]."
    )


def test_a_view_of_all_is_the_same_array_if_it_has_the_same_form():
    W = np.arange(6.0).reshape(2, 3)
    pointers = read({"W": W, "all": W[...], "T": W.T, "flat_part": W.reshape(6)[1:4]})[0]
    assert pointers["all"] == Target("box", 0) and pointers["T"] == Target("box", 0, (0, 1, 2, 3, 4, 5))
    assert pointers["flat_part"] == Target("box", 0, (1, 2, 3))
    spread = np.broadcast_to(W[0], (2, 3))
    pointers, _, boxes, _ = read({"spread": spread, "row": W[0]})
    assert len(boxes) == 1 and boxes[0].rows == (("0.", "1.", "2."),), "three places in memory, not six"
    assert pointers["row"].view is None and pointers["spread"].view == (0, 1, 2)


def test_numbers_are_boxes_too():
    rate = 0.1
    x = np.array([3, 4])
    assert groups(rate=rate, same=rate, n=3, x=x) == apartly("rate same", "n", "x")
    assert said(rate=rate, same=rate, n=3, x=x) == (
        "rate and same point to the same number, 0.1. n points to the number 3. x points to an array, [3 4]."
    )


def test_numbers_are_written_as_python_and_numpy_write_them():
    values = np.array([[1.0, -2.0], [0.5, np.nan], [-np.inf, 1e-7], [-0.0, 12345.0]])
    assert read({"x": values})[2][0].rows == (("1.", "−2."), ("0.5", "nan"), ("−inf", "1e−7"), ("0.", "1e4"))
    assert said(a=3.0, b=-3, c=np.float32(2), d=np.array(5.0), e=np.array([[7]]), f=10**12) == (
        "a points to the number 3.0. b points to the number −3. c points to the number 2.0. "
        "d points to an array, 5.0. e points to another one, [[7]]. f points to the number 1e12."
    )


def test_the_order_is_the_one_of_the_arguments():
    a, b, c = np.ones(1), np.ones(2), np.ones(3)
    assert [len(box.rows[0]) for box in read({"z": c, "y": [b, a]})[2]] == [3, 2, 1]
    assert [len(box.rows[0]) for box in read({"y": [b, a], "z": c})[2]] == [2, 1, 3]
    assert said(z=c, y=a, x=a).index("z points") < said(z=c, y=a, x=a).index("y and x together point to another one")


# -- what comes out ---------------------------------------------------------------------------------------------------


def bundle_of(still):
    return still._repr_mimebundle_()


def widget_of(bundle):
    """What the page shows."""
    model = bundle[0]["application/vnd.jupyter.widget-view+json"]["model_id"]
    (shown,) = widget_serialization["from_json"](f"IPY_MODEL_{model}", None).children
    return shown


def test_the_bundle_holds_a_sharp_picture_and_its_words():
    bundles = []
    for _ in range(2):
        grads, held, dW = lesson()
        bundles.append(bundle_of(names_and_memory(grads=grads, held=held, dW=dW)))
    (data, about), (again, _) = bundles
    assert data["text/plain"] == again["text/plain"] and data["image/png"] == again["image/png"]
    assert data["text/plain"] == f"{WORDS['title']}. {said(grads=grads, held=held, dW=dW)}" == about["image/png"]["alt"]
    picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    width, height = about["image/png"]["width"], about["image/png"]["height"]
    assert picture.size == (int(SAVED * width), int(SAVED * height)) and width == 700 and height <= 100 * HIGHEST
    page = widget_of(bundles[0]).value
    (shown,) = re.findall('base64,([^"]+)"', page)
    assert Image.open(io.BytesIO(base64.b64decode(shown))).size == (2 * width, 2 * height), "sharper than the saved one"
    assert f'alt="{data["text/plain"]}"' in page and 'width="700"' in page
    assert page.index(WORDS["title"]) < page.index("<img ") < page.rindex(">grads[0] and held point to ")


def test_a_picture_shown_again_in_a_cell_replaces_the_older_one(monkeypatch):
    run = iter([("cell", 1), ("cell", 2)])
    monkeypatch.setattr("nnlessons.live.page.current_cell", lambda: next(run))
    monkeypatch.setattr("nnlessons.live.page.SHOWN", {})
    still = names_and_memory(x=1.5)
    first = widget_of(bundle_of(still))
    assert first.comm and widget_of(bundle_of(still)).comm and not first.comm


def test_nothing_of_the_readers_is_changed_or_kept():
    grads, held, dW = lesson()
    dW.flags.writeable = False
    copies = [array.copy() for array in (*grads, dW)]
    still = names_and_memory(grads=grads, held=held, dW=dW, row=dW[0])
    assert all(map(np.array_equal, copies, (*grads, dW))) and grads[0] is held and len(grads) == 2
    gone = [weakref.ref(array) for array in (*grads, dW)]
    del grads, held, dW
    gc.collect()
    assert [ref() for ref in gone] == [None] * 3 and "[[1. 2.] [3. 4.]]" in bundle_of(still)[0]["text/plain"]


def test_what_is_drawn_later_is_what_was_there_when_it_was_called():
    x = np.array([3.0, 4.0])
    still = names_and_memory(x=x)
    before = bundle_of(still)[0]["image/png"]
    x[0] = 7.0
    assert bundle_of(still)[0]["image/png"] == before and "[3. 4.]" in still.alt


# -- what cannot be drawn ---------------------------------------------------------------------------------------------

HALVES = np.arange(5.0)
BAD = [
    ({}, TypeError, r"^Give names_and_memory the names to draw: names_and_memory\(W=W, dW=dW\)$"),
    ({"W": "text"}, TypeError, "^W must be an array, a number or a list of these, got str 'text'$"),
    ({"W": {"a": 1}}, TypeError, "^W must be an array, a number or a list of these, got dict"),
    ({"x": 1.0, "W": None}, TypeError, "^W must be .*, got NoneType None$"),
    ({"W": True}, TypeError, "^W must be .*, got bool True$"),
    ({"W": 1j}, TypeError, "^W must be .*, got complex 1j$"),
    ({"W": (1.0, 2.0)}, TypeError, "^W must be .*, got tuple"),
    ({"grads": [1.0, [2.0]]}, TypeError, r"^grads\[1\] must be an array or a number, got list \[2.0\]$"),
    ({"grads": [None]}, TypeError, r"^grads\[0\] must be an array or a number, got NoneType None$"),
    ({"grads": [1] * 5}, ValueError, "^grads must be a list of 1 to 4 arrays or numbers, got 5$"),
    ({"grads": []}, ValueError, "^grads must be a list of 1 to 4 arrays or numbers, got 0$"),
    ({"W": np.ones((5, 2))}, ValueError, r"^W must have at most 2 dimensions, each of 1 to 4, .* got shape \(5, 2\)$"),
    ({"W": np.ones((2, 5))}, ValueError, r"^W must have .* got shape \(2, 5\)$"),
    ({"g": [np.ones(5)]}, ValueError, r"^g\[0\] must have .* got shape \(5,\)$"),
    ({"W": np.ones((1, 1, 1))}, ValueError, r"^W must have .* got shape \(1, 1, 1\)$"),
    ({"W": np.ones((0, 2))}, ValueError, r"^W must have .* got shape \(0, 2\)$"),
    ({"W": np.array(["a"])}, TypeError, "^W must be an array of real numbers, got dtype <U1$"),
    ({"W": np.array([None])}, TypeError, "^W must be an array of real numbers, got dtype object$"),
    ({"n": 10**400}, ValueError, "^n must be a number that fits into a float$"),
    ({"a" * 16: 1.0}, ValueError, "^a{16} must be a name of at most 15 letters"),
    ({"a[0]": 1.0}, ValueError, r"^a\[0\] must be a name"),
    ({"a": HALVES[:3], "b": HALVES[2:]}, ValueError, "^a and b share memory, and neither holds all of it"),
    (
        {name: np.ones((4, 4)) for name in "abc"},
        ValueError,
        "^a, b and c are too much for one picture: give fewer names, or smaller arrays$",
    ),
]


@pytest.mark.parametrize("names, error, message", BAD)
def test_what_cannot_be_drawn_is_refused_by_name(names, error, message):
    with pytest.raises(error, match=message):
        names_and_memory(**names)


def test_a_list_that_holds_itself_is_refused():
    endless = [1.0]
    endless.append(endless)
    with pytest.raises(TypeError, match=r"^endless\[1\] must be an array or a number, got list"):
        names_and_memory(endless=endless)


# -- the drawing, for random pointings --------------------------------------------------------------------------------


def random_names(rng):
    """Names of the reader's, as they come: arrays, their copies and views, numbers, lists, each held once or more often."""
    arrays = [rng.integers(-9, 9, size=rng.integers(1, 4, size=rng.integers(1, 3))) * 1.0 for _ in range(3)]
    wide = rng.normal(size=(2, 4)) * 10.0 ** rng.integers(-9, 9)
    pool = [*arrays, arrays[0].copy(), arrays[1][:1], arrays[2].T, wide, float(rng.normal()), int(rng.integers(9999))]

    def some(number):
        return [pool[place] for place in rng.integers(len(pool), size=number)]

    lists = [some(rng.integers(1, 5)) for _ in range(rng.integers(3))]
    values = some(rng.integers(1, 5)) + lists + lists[: rng.integers(2)]
    order = rng.permutation(len(values))
    return {letter * rng.integers(1, 16): values[place] for letter, place in zip("abcdefgh", order, strict=False)}


def pointings(number):
    rng = np.random.default_rng(7)
    while number:
        names = random_names(rng)
        pointers, slots, boxes, _ = read(names)
        if height_of(pointers, slots, boxes) <= HIGHEST:
            number -= 1
            yield names, pointers, slots, boxes


def extents(figure, parts):
    """{part: (x0, y0, x1, y1)} in inches of all but the arrows."""
    renderer, found = FigureCanvasAgg(figure).get_renderer(), {}
    for name, part in parts.items():
        if name.startswith("box"):
            corners = np.concatenate([path.vertices for path in part.cells.get_paths()])
            found[name] = (*corners.min(axis=0), *corners.max(axis=0))
        elif name.startswith(("name", "list")):
            found[name] = part.get_window_extent(renderer).extents / figure.dpi
    return found


def arrows_of(figure, parts):
    """{where from: points along the arrow, in inches, the last one its tip}."""
    found = {}
    for name, part in parts.items():
        if name.startswith("arrow "):
            lines = part.get_path().transformed(part.get_transform()).to_polygons(closed_only=False)
            points = np.concatenate(lines) / figure.dpi
            found[name.removeprefix("arrow ")] = points[np.argsort(points[:, 0], kind="stable")]
    return found


def values_of(names):
    """{where an arrow starts: what it must lead to}, worked out from the objects alone."""
    found, lists = {}, []
    for name, value in names.items():
        found[f"name {name}"] = value
        if isinstance(value, list) and not any(value is other for other in lists):
            found |= {f"slot {len(lists)} {slot}": held for slot, held in enumerate(value)}
            lists.append(value)
    return found


def one_memory(one, other):
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.shares_memory(one, other)
    return one is other


@pytest.fixture(scope="module")
def drawn():
    found, set_table = [], Table.set

    def set_and_note(table, words, fills):
        table.words = list(words)
        set_table(table, words, fills)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "set", set_and_note)
        for names, *data in pointings(100):
            figure, parts = names_to_boxes(*data)
            found.append((names, figure, parts, extents(figure, parts), arrows_of(figure, parts)))
    return found


def ends_of(places, arrows):
    """{where from: the list or box at whose left edge the arrow ends}."""
    found = {}
    for source, (*_, (x, y)) in arrows.items():
        at = [name for name, (x0, y0, _, y1) in places.items() if abs(x - x0) < 0.04 and y0 < y < y1]
        assert len(at) == 1, f"the arrow from {source} ends at {at}"
        found[source] = at[0]
    return found


def test_no_box_lies_over_another_and_all_are_inside(drawn):
    for names, figure, _, places, _ in drawn:
        width, height = figure.get_size_inches()
        assert width == 7.0 and height <= HIGHEST
        for name, (x0, y0, x1, y1) in places.items():
            assert 0.03 < x0 and x1 < width - 0.03 and 0.03 < y0 and y1 < height - 0.03, (name, names)
        for one, other in itertools.combinations(places, 2):
            (a0, b0, a1, b1), (c0, d0, c1, d1) = places[one], places[other]
            assert a1 < c0 or c1 < a0 or b1 < d0 or d1 < b0, f"{one} and {other} overlap: {names}"


def test_each_arrow_ends_at_the_edge_of_the_box_that_it_must(drawn):
    several = 0
    for names, _, _, places, arrows in drawn:
        values, ends = values_of(names), ends_of(places, arrows)
        assert set(arrows) == set(values)
        for source, value in values.items():
            assert ends[source].startswith("list" if isinstance(value, list) else "box")
        for one, other in itertools.combinations(values, 2):
            assert (ends[one] == ends[other]) == one_memory(values[one], values[other]), (one, other, names)
            several += ends[one] == ends[other]
    assert several > 50


def test_the_box_at_the_end_of_an_arrow_shows_the_numbers(drawn):
    for names, _, parts, places, arrows in drawn:
        values, ends = values_of(names), ends_of(places, arrows)
        for source, value in values.items():
            table, there = parts[ends[source]], [v for other, v in values.items() if ends[other] == ends[source]]
            if not isinstance(value, list) and all(v is value for v in there):  # no views
                shown = [float(word.replace("\N{MINUS SIGN}", "-")) for word in table.words]
                assert shown == pytest.approx(np.ravel(value), rel=0.4, abs=0.006), (source, names)  # 1e4 is 14000 too


def test_each_arrow_starts_at_its_name_or_slot_and_crosses_no_other_thing(drawn):
    for names, _, _, places, arrows in drawn:
        for source, points in arrows.items():
            kind, which, *slot = source.split()
            own = places[f"name {which}" if kind == "name" else f"list {which}"]
            x, y = points[0]
            assert own[2] - 0.1 < x < own[2] + 0.1 and own[1] < y < own[3], source
            for name, (x0, y0, x1, y1) in places.items():
                inside = (points > [x0 + 0.02, y0]).all(axis=1) & (points < [x1, y1]).all(axis=1)
                own_frame = slot and name == f"list {which}"
                assert own_frame or not inside.any(), f"the arrow from {source} runs over {name}: {names}"


def test_arrows_to_one_box_end_side_by_side_in_order(drawn):
    for names, _, _, places, arrows in drawn:
        ends = ends_of(places, arrows)
        for one, other in itertools.combinations(arrows, 2):
            if ends[one] == ends[other]:
                (_, y0), (_, y1) = arrows[one][0], arrows[other][0]
                (_, tip0), (_, tip1) = arrows[one][-1], arrows[other][-1]
                assert abs(tip0 - tip1) > 0.04 and (tip0 < tip1) == (y0 < y1), (one, other, names)


def test_type_is_large_enough_and_no_words_are_in_the_picture(drawn):
    for names, figure, parts, _, _ in drawn:
        texts = [text for text in figure.findobj(Text) if text.get_text().strip()]
        assert {text.get_text() for text in texts} == set(names)
        assert all(text.get_fontsize() >= SMALL for text in texts)
        numbers = [part.numbers for name, part in parts.items() if name.startswith(("box", "slot"))]
        assert all(each.size >= SMALL and each.room == np.inf for each in numbers)


def test_a_view_has_a_dashed_arrow_and_shows_its_cells():
    W, other = np.arange(6.0).reshape(2, 3), np.ones((2, 3))
    _, parts = names_to_boxes(*read({"other": other, "W": W, "row": W[1], "T": W.T})[:3])
    lines = [parts[f"arrow name {name}"].get_linestyle() for name in ("other", "W", "row", "T")]
    assert lines[:2] == ["solid"] * 2 and "solid" not in lines[2:]
    seen = [(parts[f"box {number}"].cells.get_facecolors() != 1).any(axis=1).tolist() for number in (0, 1)]
    assert seen == [[False] * 6, [False] * 3 + [True] * 3]


# -- how it is laid out -----------------------------------------------------------------------------------------------


def test_boxes_come_in_their_order_unless_another_leaves_fewer_crossings():
    assert untangled([[3.0], [2.0], [1.0]]) == [0, 1, 2]
    assert untangled([[1.0], [2.0], [3.0]]) == [2, 1, 0]
    assert untangled([[3.0, 1.0], [2.0]]) == [0, 1], "one crossing either way: the order stays"
    grads, held, dW = lesson()
    _, parts = names_to_boxes(*read({"d": dW, "c": held, "grads": grads})[:3])
    tops = [parts[f"box {number}"].cells.get_paths()[0].vertices[:, 1].max() for number in range(3)]
    assert tops == sorted(tops, reverse=True)


def test_things_are_pushed_apart_no_further_than_they_must():
    assert stacked([1.0, 3.0], [1, 1], 0, 5) == pytest.approx([1, 3])
    assert stacked([2.0, 2.0], [1, 1], 0, 5) == pytest.approx([1.5, 2.5])
    assert stacked([0.0, 9.0], [1, 2], 0, 5) == pytest.approx([0.5, 4])
    rng = np.random.default_rng(0)
    for _ in range(50):
        sizes = rng.uniform(0.2, 1, size=5)
        wanted = rng.uniform(-1, 7, size=5)
        places = stacked(wanted, sizes, 0, 6)
        assert (np.diff(places) >= (sizes[1:] + sizes[:-1]) / 2 - 1e-9).all()
        assert places[0] >= sizes[0] / 2 - 1e-9 and places[-1] <= 6 - sizes[-1] / 2 + 1e-9
