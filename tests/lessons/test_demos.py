"""Every demo of every lesson, moved through all its controls: it renders, and each picture is what a full redraw gives."""

import itertools

import numpy as np
import pytest
import small_demos
from demo_checks import Pictures, check_any_order, check_demo, check_every_control_answers, check_words, corners
from lesson_reader import in_lessons

from nnlessons.drawing.style import in_style, new_figure
from nnlessons.live import Demo, Slider
from nnlessons.live.scene import Scene


def all_demos():
    for name, value in in_lessons(Demo).items():
        yield pytest.param(value, id=name)
    for name, value in small_demos.ALL.items():
        yield pytest.param(value, id=f"small.{name}")


@pytest.fixture(scope="module", params=all_demos())
def demo(request):
    """Each demo in turn: all its tests one after the other, so that they can share its pictures."""
    return request.param


@pytest.fixture(scope="module")
def pictures(demo):
    return Pictures()


def test_every_control_through_its_range_renders_and_equals_a_full_redraw(demo, pictures):
    check_demo(demo, pictures)


def test_any_order_of_moves_ends_in_the_same_picture(demo, pictures):
    check_any_order(demo, pictures)


def test_something_is_to_be_seen_and_it_answers_to_every_control(demo, pictures):
    check_every_control_answers(demo, pictures)


def test_words_and_controls_are_ready_for_a_reader(demo):
    check_words(demo)


def test_states_are_all_taken_in_order_and_stepping_back_shows_what_was(demo):
    if not demo.start:
        return
    scene = Scene(demo)
    seen = [(scene.picture.pixels().copy(), scene.text)]
    for step in range(1, 8):
        assert scene.step_forward() and scene.timeline.step == step
        seen.append((scene.picture.pixels().copy(), scene.text))
    assert len({text for _, text in seen}) > 4, "something moves"
    for step in range(6, -1, -1):
        assert scene.step_back() and scene.timeline.step == step
        assert (scene.picture.pixels() == seen[step][0]).all() and scene.text == seen[step][1]
    assert not scene.step_back()
    for step in range(1, 8):
        scene.step_forward()
        assert scene.text == seen[step][1]


@pytest.mark.parametrize(("number", "moves"), [(1, 7), (2, 7), (7, 7), (15, 7), (16, 8), (35, 8)])
def test_in_a_few_moves_every_two_controls_meet_at_each_of_their_ends(number, moves):
    there = list(corners(dict.fromkeys(range(number), ("one", "other"))))
    assert len(there) == moves
    for two in itertools.combinations(range(number), 2):
        assert len({tuple(move[control] for control in two) for move in there}) == 4


# -- the checks above can fail ----------------------------------------------------------------------------------------


def line(**more):
    def draw():
        figure, axes = new_figure()
        axes.set(xlim=(-1, 1), ylim=(-1, 1))
        (curve,) = axes.plot([], [], linewidth=3)
        (mark,) = axes.plot([0], [0], "s", markersize=30, **more)
        return figure, {"curve": curve, "mark": mark}

    return in_style(draw)


def demo_with(update, figure=None):
    controls = {"a": Slider(-1.0, 1.0, value=0.5)}
    return Demo("Broken on purpose", controls, figure or line(), update, readout="a = {a:.1f}")


def check_anew(demo):
    check_demo(demo, Pictures())


def test_an_update_that_raises_is_caught():
    with pytest.raises(ZeroDivisionError):
        check_anew(demo_with(lambda a: {"curve": {"data": ([0, 1], [0, 1 / (a + 1)])}, "readout": {"a": a}}))


def test_an_update_that_remembers_is_caught():
    seen = []

    def update(a):
        seen.append(a)
        return {"curve": {"data": ([0, a], [0, len(seen)])}, "readout": {"a": a}}

    with pytest.raises(AssertionError, match="curve at"):
        check_anew(demo_with(update))


def test_an_update_that_leaves_something_behind_is_caught():
    def update(a):
        patch = {"curve": {"data": ([0, a], [0, 1])}, "readout": {"a": a}}
        return patch | {"mark": {"visible": False}} if a < 0 else patch

    with pytest.raises(AssertionError, match="the picture is another"):
        check_anew(demo_with(update))
    with pytest.raises(AssertionError):
        check_any_order(demo_with(update), Pictures())


def test_a_part_that_paints_more_than_it_tells_is_caught():
    class Liar:
        """Moves two artists and names one."""

        def __init__(self, curve, mark):
            self.artists, self.both = [curve], [curve, mark]

        def set(self, place):
            for artist in self.both:
                artist.set(data=([place, place + 0.3], [0, 0.2]))

    def figure():
        figure, parts = line(zorder=1)()
        return figure, {"liar": Liar(parts["curve"], parts["mark"])}

    with pytest.raises(AssertionError, match="pixels differ"):
        check_anew(demo_with(lambda a: {"liar": {"place": a}, "readout": {"a": a}}, figure))


def test_a_text_that_is_cut_is_caught():
    @in_style
    def figure():
        figure, axes = new_figure()
        axes.set(xlim=(-1, 1), ylim=(-1, 1))
        return figure, {"words": axes.text(0, 0, "$a_1$ + $a_2$")}

    with pytest.raises(AssertionError, match="is cut at {'a': 1.0}"):
        check_anew(demo_with(lambda a: {"words": {"x": a}, "readout": {"a": a}}, figure))


def test_a_hyphen_for_a_minus_is_caught():
    @in_style
    def figure():
        figure, axes = new_figure()
        return figure, {"number": axes.text(0.5, 0.5, "")}

    with pytest.raises(AssertionError, match="a hyphen: a = -1"):
        check_anew(demo_with(lambda a: {"number": {"text": f"a = {a:.0f}"}, "readout": {"a": a}}, figure))


def test_a_control_that_moves_nothing_is_caught():
    with pytest.raises(AssertionError, match="a moves nothing"):
        check_every_control_answers(
            demo_with(lambda a: {"curve": {"data": ([0, 1], [0, 1])}, "readout": {"a": a}}), Pictures()
        )


def test_a_readout_without_a_number_is_caught():
    with pytest.raises(AssertionError, match="nan"):
        check_anew(demo_with(lambda a: {"curve": {"data": ([0, 1], [0, a])}, "readout": {"a": np.nan}}))


def test_a_control_heard_by_no_step_is_caught():
    """The steps alone move the picture."""
    moving = Demo(
        "Broken on purpose",
        {"a": Slider(-1.0, 1.0, value=0.5)},
        line(),
        update=lambda state: {"curve": {"data": ([0, 1], [0, state / 9])}, "readout": {"state": state}},
        readout="{state}",
        start=lambda: 0,
        advance=lambda state, a: state + 1,
    )
    with pytest.raises(AssertionError, match="a moves nothing"):
        check_every_control_answers(moving, Pictures())
