"""Where the controls go: above the picture, or in groups beside it, of which one can be opened."""

import ipywidgets as w

from nnlessons.live.arrangement import MORE, above, beside


def parts(names="abc"):
    return {name: w.IntSlider(description=name) for name in names}, w.Label("clock"), [w.Image(), w.HTML("words")]


def widgets_below(box):
    """All widgets in a box, in the order in which a reader meets them."""
    for child in getattr(box, "children", ()):
        yield child
        yield from widgets_below(child)


def test_controls_come_first_then_the_clock_then_the_picture():
    controls, clock, picture = parts()
    shown = list(widgets_below(above(controls, clock, picture)))
    places = [shown.index(each) for each in (*controls.values(), clock, *picture)]
    assert places == sorted(places)


def test_each_group_has_its_heading_and_its_own_controls():
    controls, clock, picture = parts()
    left, right = beside({"Points": ("b",), "<Net>": ("a", "c")}, controls, clock, picture, width=700).children
    assert list(right.children) == picture and right.layout.max_width == "700px"
    first, points, net = left.children
    assert first is clock
    for group, heading, names in ((points, "Points", "b"), (net, "&lt;Net&gt;", "ac")):
        title, *inside = widgets_below(group)
        assert f">{heading}<" in title.value and 'role="heading"' in title.value
        assert [each for each in inside if each in controls.values()] == [controls[name] for name in names]


def test_the_rare_controls_are_folded_and_open_at_a_press():
    controls, _, picture = parts()
    left, _ = beside({"Points": ("a", "b"), MORE: ("c",)}, controls, None, picture, width=700).children
    _, more = left.children
    opener = next(each for each in widgets_below(more) if isinstance(each, w.ToggleButton))
    block = next(each for each in widgets_below(more) if controls["c"] in getattr(each, "children", ()))
    assert block.layout.display == "none" and opener.description == MORE
    opener.value = True
    assert block.layout.display is None
    opener.value = False
    assert block.layout.display == "none"
