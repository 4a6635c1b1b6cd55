"""Lesson 0: what its text and demos claim, worked out independently."""

import itertools
import re

import numpy as np
import pytest
from lesson_reader import numbers_in, printed, said_by, walked, written

from nnlessons.live.calls import call
from nnlessons.live.scene import Scene
from nnlessons.neuron import demos, exercises
from nnlib import lopsided, measurements, sigmoid_cross_entropy, zeros_and_nines

OUT, TEXT = printed("00_neuron"), written("00_neuron")
CORNERS = list(itertools.product((0, 1), repeat=2))
GATES = {"AND": lambda p, q: p and q, "OR": lambda p, q: p or q, "XOR": lambda p, q: int(p != q)}
GATES["NAND"] = lambda p, q: 1 - (p and q)


def fires(x0, x1, w0, w1, b):
    return w0 * x0 + w1 * x1 + b > 1e-9


def right(gate, *numbers):
    return sum(fires(p, q, *numbers) == GATES[gate](p, q) for p, q in CORNERS)


def arrow_of(patch):
    """Where the arrow of a neuron begins and ends, from its outline."""
    outline = np.array(patch["arrow"]["xy"])
    return outline[[0, -1]].mean(axis=0), outline[3]


# -- a network that reads ---------------------------------------------------------------------------------------------


def test_the_trained_network_reads_the_digit_on_each_button():
    for digit in range(10):
        _, words = walked(demos.reader, 0, **demos.reader.presets[str(digit)])
        assert f"reads this as {'an' if digit == 8 else 'a'} {digit}, and is more than 99% sure" in words


def test_two_squares_in_the_gaps_turn_the_3_into_an_8():
    cells = [list(row) for row in demos.reader.presets["3"]["cells"]]
    assert cells[2][2] == cells[5][2] == 0
    cells[2][2] = cells[5][2] = 1.0
    assert "reads this as an 8" in walked(demos.reader, 0, cells=cells)[1]


@pytest.mark.parametrize("runs", [1, 2, 3])
def test_a_new_network_climbs_from_guessing_to_more_than_9_in_10(runs):
    state, words = walked(demos.reader, 30, runs=runs)
    assert "After 300 updates" in words
    assert state.accuracies[0] < 0.2 and state.accuracies[30] > 0.9
    assert sum(param.size for param in state.network.params) == 3760, "as the lesson says"


def test_training_ends_and_leaves_each_network_as_it_was():
    scene = Scene(demos.reader)
    assert scene.step_forward() and "After 10 more updates it gets 97% right, of 355 digits" in scene.text
    scene.move({**demos.reader.beginning, "runs": 1})
    scene.step_forward()
    early, before = scene.timeline.state, scene.text
    for _ in range(98):
        assert scene.step_forward()
    assert scene.step_forward() and not scene.step_forward()
    assert "After 1000 updates" in scene.text
    assert before.startswith("After 10 updates")
    assert call(demos.reader.update, scene.values, early)["readout"]["percent"] < 50


# -- one neuron -------------------------------------------------------------------------------------------------------


def test_the_example_by_hand_is_right():
    assert "$a = 1 \\cdot 1 + (-1) \\cdot 0.5 + 0.5 = 1$" in TEXT and 1 * 1 + (-1) * 0.5 + 0.5 == 1
    assert "= 1.00. That's above 0" in said_by(demos.neuron), "the drawing begins with it"


def test_the_printed_points_are_the_measurements_of_the_pictures():
    x, t, pictures = zeros_and_nines(every=6)
    shapes, *rows = OUT["data"].splitlines()
    assert shapes == "60 samples with 2 numbers each: (60, 2)"
    for row, point, target in zip(rows, measurements(pictures), t, strict=False):
        assert numbers_in(row) == pytest.approx([*point, target], abs=0.005)


def test_a_sum_of_exactly_0_says_0_in_spite_of_rounding():
    assert 0.1 * 3 - 0.3 > 0
    assert "says 0" in said_by(demos.neuron, x0=1.0, x1=2.0, w0=0.1, w1=0.1, b=-0.3)
    assert "says 1" in said_by(demos.neuron, x0=1.0, x1=2.0, w0=0.1, w1=0.1, b=-0.2)


@pytest.mark.parametrize("w", [(1.0, 1.0, -0.5), (-2.0, 0.3, 1.0), (0.0, 1.0, -0.5), (1.5, 0.0, 2.0)])
def test_the_line_has_the_sum_0_and_the_weights_point_into_the_shade(w):
    patch = call(demos.xor.update, dict(zip(("w0", "w1", "b"), w, strict=True)))
    x0, x1 = patch["line"]["data"]
    assert w[0] * x0 + w[1] * x1 + w[2] == pytest.approx(np.zeros(2), abs=1e-9)
    assert fires(*patch["side"]["xy"].mean(axis=0), *w), "the shaded side is that of 1"
    tail, tip = arrow_of(patch)
    assert w[0] * tail[0] + w[1] * tail[1] + w[2] == pytest.approx(0)
    start, end = arrow_of(call(demos.xor.update, {"w0": 1.0, "w1": 0.0, "b": -0.5}))
    unit = np.hypot(*(end - start))
    assert unit > 0.09 and tip - tail == pytest.approx(unit * np.array(w[:2])), "the arrow is a picture of the weights"


def test_the_arrow_of_and_stays_in_the_picture_however_large_the_weights():
    _, parts = demos.gates.figure()
    for k in (1.0, 2.0, demos.gates.controls["w0"].high):
        tip = arrow_of(call(demos.gates.update, {"gate": "AND", "w0": k, "w1": k, "b": -1.5 * k}))[1]
        for at, (low, high) in zip(tip, (parts["plane"].get_xlim(), parts["plane"].get_ylim()), strict=True):
            assert low < at < high, k


def test_without_weights_there_is_no_line_and_the_bias_decides():
    assert len(call(demos.xor.update, {"w0": 0.0, "w1": 0.0, "b": 0.5})["line"]["data"][0]) == 0
    assert "1 of 4 corners right" in said_by(demos.gates, gate="AND", w0=0.0, w1=0.0, b=0.5)
    assert "3 of 4 corners right" in said_by(demos.gates, gate="AND", w0=0.0, w1=0.0, b=0.0)


# -- zeros and nines, lopsided digits ---------------------------------------------------------------------------------


def test_the_machine_steps_down_the_mean_cross_entropy():
    x, t, _ = zeros_and_nines(every=6)

    def loss(numbers):
        return sigmoid_cross_entropy((x @ numbers[:2] + numbers[2])[:, np.newaxis], t[:, np.newaxis])

    start = call(demos.zero_or_nine.start, demos.zero_or_nine.beginning)
    (_, before), (steps, after) = start, demos.zero_or_nine.advance(start)
    nudges = 1e-5 * np.eye(3)
    slopes = [(loss(before + nudge) - loss(before - nudge)) / 2e-5 for nudge in nudges]
    assert steps == 1 and after == pytest.approx(before - 2 * np.array(slopes), abs=1e-6)


@pytest.mark.parametrize("start", [{}, {"w0": -4.0}, {"w1": 5.0, "b": -3.0}, {"w0": 6.0, "w1": 6.0, "b": 0.0}])
def test_the_machine_ends_up_with_three_or_four_misread(start):
    _, words = walked(demos.zero_or_nine, 1000, **start)
    assert re.search("[34] of 60 misread", words), words
    assert "The machine ends up with three or four." in TEXT


def test_the_machine_s_numbers_grow_long_after_its_line_has_settled():
    assert "Even when the line hardly moves anymore, the machine keeps moving all three numbers farther from 0." in TEXT
    (_, early), (_, late) = (walked(demos.zero_or_nine, steps)[0] for steps in (50, 100))
    assert (late / early > 1.2).all()
    assert late / np.hypot(*late[:2]) == pytest.approx(early / np.hypot(*early[:2]), abs=0.03), "nearly the same line"
    assert "That's why the machine's arrow kept growing in lesson 0: " in written("01_activations")


def test_for_lopsided_digits_the_machine_misreads_53():
    assert "53 of 120 misread" in walked(demos.lopsided_or_not, 1000)[1] and "The machine misreads 53, barely" in TEXT


def test_the_best_line_misreads_2_or_gets_89_of_120_right():
    assert "the very best line misreads two" in TEXT and "The best lines misread 31 of the 120" in TEXT
    assert (
        "Even the best line misreads 31 of the 120 pictures, about a quarter" in TEXT and abs(31 / 120 - 1 / 4) < 0.01
    )
    for (x, t, _), best in ((zeros_and_nines(6), 58), (lopsided(6), 89)):
        found = 0
        for angle in np.linspace(0, 2 * np.pi, 720, endpoint=False):
            ordered = t[np.argsort(x @ [np.cos(angle), np.sin(angle)])]
            for below in range(len(t) + 1):
                found = max(found, (ordered[:below] == 0).sum() + (ordered[below:] == 1).sum())
        assert found == best


def test_a_level_line_can_get_down_to_three_misread():
    x, t, _ = zeros_and_nines(6)
    misread = [((x[:, 1] + b > 0) != t).sum() for b in np.arange(-1, 1, 0.01)]
    assert min(misread) == 3 and "a level line, with $w_0 = 0$, can get down to three" in TEXT


def test_a_press_picks_the_nearest_point():
    x, _, _ = zeros_and_nines(6)
    pick = demos.zero_or_nine.pointer["plane"]
    for point in x:
        assert (x[pick(*(point + [0.001, -0.001]))["picture"]] == point).all()


# -- four corners -----------------------------------------------------------------------------------------------------


def test_the_readout_counts_the_right_corners():
    for gate, w0, w1, b in itertools.product(("AND", "OR", "NAND"), (-1.5, 1.1), (-0.7, 2.0), (-1.3, 0.2)):
        words, count = said_by(demos.gates, gate=gate, w0=w0, w1=w1, b=b), right(gate, w0, w1, b)
        assert ("all 4 corners right" if count == 4 else f"{count} of 4 corners right") in words


def test_and_or_and_nand_need_one_line_and_xor_needs_more():
    grid = [round(-2 + 0.25 * step, 2) for step in range(17)]
    most = {gate: max(right(gate, *w) for w in itertools.product(grid, repeat=3)) for gate in GATES}
    assert most == {"AND": 4, "NAND": 4, "OR": 4, "XOR": 3}
    assert exercises.xor.answer.startswith("Three")


def test_and_becomes_or_for_just_the_biases_that_the_lesson_names():
    tenths = [step / 10 for step in range(-40, 41)]
    assert [b for b in tenths if right("OR", 1, 1, b) == 4] == [b for b in tenths if -0.9 <= b <= 0]
    assert "any $b$ from just above $-1$ up to $0$ gives OR" in TEXT
    assert right("OR", 1, 1, -0.999) == 4 and right("OR", 1, 1, -1) < 4, "just above -1, and not at -1"


def test_doubling_all_three_numbers_leaves_the_line_where_it_is():
    one, two = (call(demos.xor.update, {"w0": k, "w1": k, "b": -1.5 * k}) for k in (1.0, 2.0))
    for x0, x1 in np.transpose(two["line"]["data"]):
        assert x0 + x1 - 1.5 == pytest.approx(0)
    assert one["side"]["xy"] == pytest.approx(two["side"]["xy"])
    assert exercises.doubled.answer.startswith("Nothing")


def test_a_drag_takes_the_line_through_the_pointer():
    drag = demos.gates.pointer["plane"]
    for x, y, w0, w1 in ((0.2, 0.9, 1.0, -2.0), (1.1, -0.3, 0.5, 3.0)):
        assert w0 * x + w1 * y + drag(x, y, w0, w1)["b"] == pytest.approx(0)


# -- two lines --------------------------------------------------------------------------------------------------------

SOLVED = {"turn0": 45, "shift0": -0.3, "turn1": -135, "shift1": -0.3}
STRIP = {"data": "lopsided", "output": -0.5, "turn0": -15, "shift0": 0.2, "turn1": -180, "shift1": 0.3}


def test_the_lesson_s_lines_solve_xor_and_most_of_the_lopsided_digits():
    assert said_by(demos.two_lines, **SOLVED) == "The third neuron gets 4 of 4 points right."
    assert said_by(demos.two_lines, **STRIP) == "The third neuron gets 101 of 120 points right."
    assert "101 of 120 are right" in TEXT and "With two, it's 19 or fewer." in TEXT and 120 - 101 == 19


def test_points_move_to_where_the_two_answers_put_them():
    numbers = {**demos.two_lines.beginning, **SOLVED}
    patch = demos.two_lines.update(**numbers)
    for name, corners in {"ones": [(1, 1), (1, 1)], "zeros": [(0, 1), (1, 0)]}.items():
        found = np.transpose(patch[f"out {name}"]["data"])
        assert np.abs(found - corners).max() < 0.3, name
        assert len(np.unique(found, axis=0)) == 2, "two points in one place are seen as two"


def size_of(outline):
    """How wide and how high a polygon is."""
    return np.ptp(np.array(outline), axis=0)


@pytest.mark.parametrize("output", demos.two_lines.controls["output"].options.values())
@pytest.mark.parametrize("data", ["XOR", "lopsided"])
def test_the_third_line_and_hollow_points_wait_until_all_has_moved(data, output):
    numbers = {**demos.two_lines.beginning, "data": data, "output": output}
    correct, total = map(int, numbers_in(said_by(demos.two_lines, **numbers)))
    assert correct < total, "there's something to be hollow"
    for moved in (0.0, 0.05, 0.5, 0.95, 1.0):
        patch = demos.two_lines.update(**{**numbers, "moved": moved})
        hollow, filled = (
            {
                side: sum(len(patch[f"{side} {kind}{name}"]["data"][0]) for name in ("ones", "zeros"))
                for side in ("in", "out")
            }
            for kind in ("wrong ", "")
        )
        assert (hollow["in"], filled["in"]) == (total - correct, correct), "on the left, always"
        assert (hollow["out"], filled["out"]) == ((total - correct, correct) if moved == 1 else (0, total)), moved
        assert len(patch["out line"]["data"][0]) == (2 if moved == 1 else 0), moved
        for part in ("arrow", "side"):
            assert (size_of(patch[f"out {part}"]["xy"]) > 0).tolist() == [moved == 1] * 2, (part, moved)


def test_a_drag_slides_the_nearer_line_to_the_pointer():
    numbers = {**demos.two_lines.beginning, **SOLVED}
    patch = demos.two_lines.update(**numbers)
    for name, point in {"first": (0.3, 0.1), "second": (0.8, 0.9)}.items():
        moved = {
            **numbers,
            **demos.two_lines.pointer["in plane"](
                *point, **{k: numbers[k] for k in numbers if k not in ("output", "moved")}
            ),
        }
        (x0, x1), other = (
            demos.two_lines.update(**moved)[f"{name} line"]["data"],
            "second" if name == "first" else "first",
        )
        across = (x0[1] - x0[0]) * (point[1] - x1[0]) - (x1[1] - x1[0]) * (point[0] - x0[0])
        assert across == pytest.approx(0, abs=1e-6), f"the {name} line doesn't go through {point}"
        assert np.array_equal(patch[f"{other} line"]["data"], demos.two_lines.update(**moved)[f"{other} line"]["data"])


def test_xor_in_code_prints_the_tables():
    rows = {line[:4].strip(): numbers_in(line[4:]) for line in OUT["xor-in-code"].splitlines()}
    assert rows == {gate: [GATES[gate](p, q) for p, q in CORNERS] for gate in ("OR", "NAND", "XOR")}
