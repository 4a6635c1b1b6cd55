"""What a drawing highlights is seen without colours too: a rim is thicker, a gap's rim and filling differ."""

import numpy as np
import pytest
from drawn_shapes import painted_numbers, scene_at
from matplotlib.colors import to_rgba

from nnlessons.derivatives import demos as derivatives
from nnlessons.drawing.array_graph import ArrayCells
from nnlessons.drawing.arrays import cells
from nnlessons.drawing.graph import GAP_STATES, Gaps, Nodes
from nnlessons.drawing.style import BLACK, blank_figure
from nnlessons.forward_pass.passing_figure import split_network
from nnlessons.gradient_descent import demos as gradient_descent
from nnlessons.live.scene import Scene

PLACES = np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0]])


def test_a_highlighted_node_has_a_thick_rim():
    nodes = Nodes(blank_figure()[1], ["operation"] * 3, ["+"] * 3, [0.2] * 3, PLACES, 1.0)
    nodes.set([False, True, False])
    one, highlighted, other = nodes.shapes.get_linewidths()
    assert one == other and highlighted > 2 * one


def test_the_chosen_unit_of_a_layer_has_the_thickest_rim():
    _, parts = split_network((2, 3, 2, 2))
    parts["units"].set([0.0] * 14, [""] * 14, ["done"] * 2 + ["now", "chosen", "now"] + ["ahead"] * 4)
    done, *_, ahead = widths = parts["units"].frames.get_linewidths()
    assert widths[3] >= 2 * widths[2] > 2 * done > 2 * ahead


def test_of_two_arrows_the_one_of_all_samples_is_hollow():
    scene = Scene(gradient_descent.batches)
    scene.step_forward(), scene.step_forward()
    parts = scene.picture.parts
    hollow, filled = parts["whole"], parts["next"]
    assert hollow.get_visible() and hollow.get_facecolor()[:3] == (1, 1, 1) and hollow.get_linewidth() > 1
    assert filled.get_visible() and filled.get_facecolor() == hollow.get_edgecolor() != hollow.get_facecolor()


def test_the_fog_hides_all_but_the_readers_own_line_and_place():
    scene = Scene(gradient_descent.in_fog)
    parts = scene.picture.parts
    assert not parts["samples"].get_visible() and parts["line"].get_visible() and parts["fog"].get_visible()
    (star,) = (line for line in parts["plane"].lines if line.get_marker() == "+")
    assert star.get_zorder() < parts["fog"].get_zorder() < min(parts[name].get_zorder() for name in ("here", "path"))
    scene.move({**gradient_descent.in_fog.beginning, "lifted": True})
    assert parts["samples"].get_visible() and not parts["fog"].get_visible()


def test_the_weight_whose_slope_is_told_has_a_thick_frame_in_both_tables():
    scene = Scene(gradient_descent.small_net)
    scene.move({**gradient_descent.small_net.beginning, "entry": 4})
    for name in ("W", "dW"):
        table = scene.picture.parts[name]
        assert table.frame.get_xy()[:4].tolist() == table.corners[4].tolist() and table.frame.get_linewidth() > 3


def test_a_chosen_cell_has_a_black_frame_inside_its_rim():
    corners = cells(1, 2, left=1.0, top=2.0)
    drawn = ArrayCells(blank_figure()[1], corners, [2])
    drawn.set(["known"], [False, True])
    plain, framed = drawn.frames.get_edgecolors()
    assert plain[3] == 0 and tuple(framed) == to_rgba(BLACK)
    frame, cell = drawn.frames.get_paths()[1].get_extents(), drawn.shapes.get_paths()[1].get_extents()
    assert cell.x0 < frame.x0 < frame.x1 < cell.x1 and cell.y0 < frame.y0 < frame.y1 < cell.y1


@pytest.mark.parametrize("state", [state for state in GAP_STATES if state])
def test_a_gap_has_a_dark_rim_and_a_pale_filling(state):
    gaps = Gaps(blank_figure()[1], PLACES[:1], 1.0)
    gaps.set([state])
    rim, filling = gaps.frames.get_edgecolors()[0], gaps.frames.get_facecolors()[0]
    assert tuple(rim) == to_rgba(GAP_STATES[state][0]) and sum(rim[:3]) + 1 < sum(filling[:3])


def test_a_slope_to_the_left_is_dashed_and_one_to_the_right_is_not():
    parts = scene_at(derivatives.zoom, curve="relu", x=0.0).picture.parts
    assert parts["left"].is_dashed() and not parts["right"].is_dashed()


def test_a_dial_says_with_a_sign_which_way_it_turned():
    for dw, texts in {0.1: ("+0.1", "−0.034"), -0.1: ("−0.1", "+0.040"), 0.0: ("0", "0")}.items():
        dials = scene_at(derivatives.gears, dw=dw).picture.parts
        for name, text in zip("wL", texts, strict=True):
            painted_numbers(dials[name].number, [text])  # that and no more
