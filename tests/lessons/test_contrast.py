"""Words in pictures can be read by people who see little: WCAG 2 asks for a contrast of 4.5 with what is behind them."""

import numpy as np
import pytest
from contrast import LINES, WORDS, check_contrast, contrast
from lesson_reader import in_lessons

from nnlessons.drawing.style import BLUE, FAINT, GREEN, GREY, ORANGE, PURPLE, blank_figure, ink
from nnlessons.gradient_descent.figures import draw_contours
from nnlessons.live import Demo


@pytest.mark.parametrize("demo", [pytest.param(demo, id=name) for name, demo in in_lessons(Demo).items()])
def test_words_in_a_demos_pictures_stand_out(demo):
    check_contrast(demo)


def test_the_contrast_of_known_pairs_of_colours():
    assert contrast("white", "black") == 21 and contrast("black", "black") == 1
    assert round(float(contrast("#777777", "white")), 2) == 4.48  # the well-known grey that just fails


def test_the_outermost_contour_line_stands_out():
    figure, axes = blank_figure()
    grid = np.linspace(0, 1, 5)
    draw_contours(axes, grid, np.add.outer(grid, grid), [0.2, 0.5, 1.5])
    (lines,) = axes.collections
    assert all(contrast(colour[:3], "white") >= LINES for colour in lines.get_edgecolors())


@pytest.mark.parametrize("colour", [BLUE, ORANGE, GREEN, PURPLE, GREY])
def test_words_stand_out_in_every_colour_of_the_palette(colour):
    assert contrast(ink(colour), "white") >= WORDS


@pytest.mark.parametrize("colour", [BLUE, ORANGE, GREEN, PURPLE, GREY, FAINT])
def test_lines_stand_out_in_every_colour_of_the_palette(colour):
    assert contrast(colour, "white") >= LINES
