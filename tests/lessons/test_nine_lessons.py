"""The picture of all nine lessons in one line: its words can be read, nothing overlaps, and its numbers are right."""

import itertools
import math

import pytest
from contrast import WORDS, contrast
from matplotlib.text import Text

from nnlessons.drawing.style import SMALL
from nnlessons.live.picture import Picture
from nnlessons.training import nine_lessons


@pytest.fixture(scope="module")
def figure():
    picture = Picture(*nine_lessons.nine_lessons())
    picture.png()
    return picture.figure


def test_words_are_large_inside_the_figure_and_apart_from_drawings(figure):
    page, *cards = figure.axes
    words = [text for text in page.texts if text.get_text()]
    assert [text.get_text() for text in words[::2]] == [str(number) for number in range(9)] and len(words) == 18
    boxes = [text.get_window_extent() for text in words]
    frames = [card.get_window_extent() for card in cards]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes + frames, 2))
    assert all(
        figure.bbox.containsx(x) and figure.bbox.containsy(y) for box in boxes + frames for x, y in box.corners()
    )
    for text in figure.findobj(Text):
        if text.get_text():
            assert text.get_fontsize() >= SMALL and contrast(text.get_color(), "white") >= WORDS


def test_the_points_are_apart_and_the_line_has_each_class_on_its_side(figure):
    card = figure.axes[1]
    marks = [line for line in card.lines if line.get_linestyle() == "None" and len(line.get_xdata())]
    assert [(line.get_marker(), len(line.get_xdata())) for line in marks] == [("o", 5), ("s", 5)]
    places = [place for line in marks for place in line.get_transform().transform(line.get_xydata())]
    widest = max(line.get_markersize() + line.get_markeredgewidth() for line in marks) / 72 * figure.dpi
    assert min(math.dist(*pair) for pair in itertools.combinations(places, 2)) > widest
    assert all(card.bbox.contains(*place) for place in places)


def test_the_loss_the_slope_the_steps_and_the_digit_are_right(monkeypatch):
    given = {}
    monkeypatch.setattr(nine_lessons, "nine_in_a_row", lambda **values: given.update(values))
    nine_lessons.nine_lessons()
    assert given["answer"] == pytest.approx((0.2, -math.log(0.2)))
    (left, right), (low, high) = given["tangent"]
    assert (high - low) / (right - left) == pytest.approx(1 / 4)
    assert given["path"][0] == pytest.approx([-2, -1.2, -0.72, -0.432])
    assert given["says"] == 8
