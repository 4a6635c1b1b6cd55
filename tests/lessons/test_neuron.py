"""Lesson 0: what its demos claim, worked out independently; and the look at the reader's machine."""

import itertools
import os
import sys

import numpy as np
import pytest
from conftest import PROJECT
from lesson_reader import printed, said_by

from nnlessons import preflight
from nnlessons.neuron import demos, exercises

OUT = printed("00_neuron")


def fires(x1, x2, w1, w2, b):
    return w1 * x1 + w2 * x2 + b > 0


def errors_of(gate, w1, w2, b):
    table = {"AND": lambda p, q: p and q, "OR": lambda p, q: p or q, "XOR": lambda p, q: p != q}
    table["NAND"] = lambda p, q: not (p and q)
    return sum(fires(p, q, w1, w2, b) != table[gate](p, q) for p, q in itertools.product((False, True), repeat=2))


def test_the_example_by_hand_and_the_printed_tables():
    assert 1 * 2 + (-1) * 3 + 0.5 == -0.5, "as the lesson says"
    example, *rows = OUT["perceptron"].splitlines()
    assert example == f"the example from above: {fires(2, 3, 1, -1, 0.5):d}" == "the example from above: 0"
    corners = list(itertools.product((0, 1), repeat=2))
    assert rows == [f"{p} {q} -> {p and q}" for p, q in corners]
    tables = [(p and q, 1 - (p and q), p or q, int(p != q)) for p, q in corners]
    for line, (p, q), (_, nand, either, xor) in zip(OUT["xor-from-three"].splitlines(), corners, tables, strict=True):
        assert line == f"{p} {q}   NAND {nand}   OR {either}   XOR {xor}"
    assert OUT["rows"].replace("[", "").replace("]", "").split() == [str(one) for row in tables for one in row[:3]]


def test_the_readout_counts_the_errors_at_all_corners_of_the_sliders():
    for gate, w1, w2, b in itertools.product(demos.GATES, (-1.5, 1.1), (-0.7, 2), (-1.3, 0.2)):
        words = said_by(demos.gates, gate=gate, w1=w1, w2=w2, b=b)
        wrong = errors_of(gate, w1, w2, b)
        assert (f"wrong at {wrong} of the 4" if wrong else "right at all 4") in words


def test_and_nand_and_or_need_one_line_and_xor_needs_more():
    grid = [round(-2 + 0.25 * step, 2) for step in range(17)]
    fewest = {gate: min(errors_of(gate, *w) for w in itertools.product(grid, repeat=3)) for gate in demos.GATES}
    assert fewest == {"AND": 0, "NAND": 0, "OR": 0, "XOR": 1}
    assert "Three" in exercises.xor.answer
    assert errors_of("NAND", -1, -1, 1.5) == errors_of("AND", 1, 1, -1.5) == errors_of("OR", 1, 1, -0.5) == 0


def test_a_sum_of_exactly_0_does_not_fire_in_spite_of_rounding():
    assert 0.1 * 3 - 0.3 > 0
    assert "so the output is 0" in said_by(demos.neuron, x1=1.0, x2=2.0, w1=0.1, w2=0.1, b=-0.3)
    assert "so the output is 1" in said_by(demos.neuron, x1=1.0, x2=2.0, w1=0.1, w2=0.1, b=-0.2)


def test_without_weights_there_is_no_line_and_the_bias_decides():
    assert demos.draw_gate("AND", 0.0, 0.0, 0.5)["line"]["data"][0].size == 0
    assert "wrong at 3" in said_by(demos.gates, gate="AND", w1=0.0, w2=0.0, b=0.5)
    assert "wrong at 1" in said_by(demos.gates, gate="AND", w1=0.0, w2=0.0, b=0.0)


@pytest.mark.parametrize("w", [(1.0, 1.0, -0.5), (-2.0, 0.3, 1.0), (0.0, 1.0, -0.5), (1.5, 0.0, 2.0)])
def test_the_line_is_where_the_sum_is_0_with_each_digit_on_its_side(w):
    patch = demos.draw_gate("AND", *w)
    x1, x2 = patch["line"]["data"]
    assert w[0] * x1 + w[1] * x2 + w[2] == pytest.approx(np.zeros(2), abs=1e-9)
    assert fires(*patch["1"]["position"], *w) and not fires(*patch["0"]["position"], *w)
    inside = patch["side"]["xy"].mean(axis=0)
    assert fires(*inside, *w), "the shaded side is that of 1"


def test_the_line_that_the_lesson_recommends_has_few_errors_on_all_clouds():
    wrong = [demos.draw_cloud(seed, 1.0, 1.0, 0.0)["readout"]["wrong"] for seed in range(50)]
    assert 1 < np.mean(wrong) < 4 and max(wrong) <= 9
    first, *following = wrong[:10]
    told = f"{first} of the first 40 are wrong, and from {min(following)} to {max(following)} in each of the next nine"
    assert told in (PROJECT / "notebooks" / "00_neuron.ipynb").read_text(encoding="utf-8")


def crossing(w1, w2, b):
    """Where the drawn line has the sum 0 and x1 = 0, from its two ends."""
    (p, q), (r, s) = demos.draw_gate("AND", w1, w2, b)["line"]["data"]
    return r + (s - r) * p / (p - q)


def test_another_w1_turns_the_line_about_where_it_crosses_the_axis_of_x2():
    assert crossing(1.0, 1.0, -0.5) == pytest.approx(crossing(2.0, 1.0, -0.5)) == pytest.approx(0.5)
    assert crossing(1.0, 1.0, -0.5) != pytest.approx(crossing(2.0, 2.0, -0.5)), "the same ratio moves it"
    assert crossing(1.0, 1.0, 0.0) == pytest.approx(crossing(2.0, 2.0, 0.0)), "but not without a bias"


def test_a_step_along_the_weights_leads_to_the_side_of_the_1():
    for w1, w2, b in itertools.product((-1.5, 1.1), (-0.7, 2), (-1.3, 0.2)):
        x1, x2 = 0.4, -(w1 * 0.4 + b) / w2  # on the line
        assert fires(x1 + w1, x2 + w2, w1, w2, b)
        assert w1 * (x1 + w2) + w2 * (x2 - w1) + b == pytest.approx(0)


def test_the_sums_of_the_other_text_are_one_per_neuron_and_sample():
    rng = np.random.default_rng(7)
    x, W, b = rng.normal(size=(4, 3)), rng.normal(size=(6, 3)), rng.normal(size=6)
    sums = [
        [sum(w * v for w, v in zip(weights, sample, strict=True)) + bias for weights, bias in zip(W, b, strict=True)]
        for sample in x
    ]
    assert exercises.sums.solution(x, W, b) == pytest.approx(np.array(sums))


@pytest.mark.parametrize("convention", ["rows", "columns"])
def test_shapes_fit_exactly_where_numpy_says_so(convention):
    for samples, inputs, rows, units, biases in itertools.product((1, 2, 3), repeat=5):
        readout = demos.draw_shapes(convention, samples, inputs, rows, units, biases)["readout"]
        x, W, b = np.ones((samples, inputs)), np.ones((rows, units)), np.ones(biases)
        try:
            result = x @ W + b if convention == "rows" else W.T @ x.T + b[:, np.newaxis]
        except ValueError as error:
            assert readout["line"] == ("inner" if inputs != rows else "bias")
            assert readout["error"] == str(error).strip()
        else:
            right = inputs == rows and units == biases
            line = "fits" if right else "spread" if biases == 1 else "grown"
            assert readout["line"] == line and readout["result"] == str(result.shape)
            assert line != "grown" or units == 1


def test_one_unit_and_several_numbers_in_b_are_told_as_they_are():
    assert said_by(demos.shapes, rows=3, units=1, biases=3) == (
        "x (2, 3), W (3, 1), b (3,): there is 1 unit. NumPy adds each of the 3 numbers of b to its sum, makes (2, 3) of it and "
        "says nothing. Did you mean that?"
    )
    assert "each sample has 1 input, and W expects 4." in said_by(demos.shapes, inputs=1)


# -- the look at the reader's machine ---------------------------------------------------------------------------------


def test_here_everything_is_as_it_should_be():
    assert repr(preflight.preflight()) == "Everything is as it should be. You can begin."


def test_what_is_missing_or_too_old_is_named():
    assert preflight.check_python((3, 9, 2)) == "Python 3.11 is needed, and this is 3.9.2."
    asked = ["numpy>=1", "numpy>=999", "no-such-package>=1", 'neither-this; extra == "test"']
    first, second = preflight.check_packages(asked)
    assert first.startswith("numpy >=999 is needed, and ") and second == "no-such-package is missing."
    assert preflight.check_font("No Such Font") == "The font No Such Font cannot be found, or lacks everything."


def test_each_trouble_comes_with_what_to_do(monkeypatch):
    monkeypatch.setattr(preflight, "installed_version", lambda name: "1.0" if name == "jupyterlab_widgets" else "99")
    words = repr(preflight.preflight())
    assert words.startswith("jupyterlab_widgets 3 is needed") and words.endswith("in the folder of the lessons.")


@pytest.fixture
def nowhere(monkeypatch):
    for name in [name for name in os.environ if name.startswith("VSCODE_") or name == "JPY_SESSION_NAME"]:
        monkeypatch.delenv(name)
    return monkeypatch


def test_the_cure_is_one_for_where_the_lesson_runs(nowhere):
    assert preflight.place() == "JupyterLab"
    nowhere.setenv("VSCODE_PID", "1")
    assert preflight.place() == "VS Code"
    nowhere.setenv("JPY_SESSION_NAME", "00_neuron.ipynb")
    assert preflight.place() == "JupyterLab", "one that was started in a terminal of VS Code"
    nowhere.setitem(sys.modules, "google.colab", None)
    assert preflight.place() == "Colab"
    nowhere.setattr(sys, "platform", "emscripten")
    assert preflight.place() == "JupyterLite"


@pytest.mark.parametrize("place", ["Colab", "VS Code", "JupyterLite"])
def test_outside_jupyterlab_its_half_of_the_widgets_is_not_missed(place, monkeypatch):
    monkeypatch.setattr(preflight, "place", lambda: place)
    monkeypatch.setattr(preflight, "installed_version", lambda name: None if "lab" in name else "99")
    assert preflight.preflight().lines == ()
    monkeypatch.setattr(preflight, "check_font", lambda: "No font.")
    assert preflight.preflight().lines == ("No font.", preflight.CURES[place])


def test_an_old_copy_names_the_newest_one_beside_it(monkeypatch, tmp_path):
    for name in ("00_neuron", "00_neuron (new 2)", "00_neuron (new 10)", "01_activations (new 11)"):
        (tmp_path / f"{name}.ipynb").touch()
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "00_neuron.ipynb"))
    assert repr(preflight.preflight()).endswith("beside it: 00_neuron (new 10).ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "00_neuron (new 10).ipynb"))
    assert repr(preflight.preflight()) == preflight.WORDS["ready"]


@pytest.mark.parametrize(
    ("have", "wanted", "enough"),
    [
        ("2.10", "2.9", True),
        ("2.9", "2.10", False),
        ("8.0.0rc1", "8", True),
        ("2", "2.0", True),
        ("7.7.0", "7.7.1", False),
    ],
)
def test_versions_compare_as_numbers(have, wanted, enough, monkeypatch):
    monkeypatch.setattr(preflight, "installed_version", lambda name: have)
    assert (list(preflight.check_packages([f"numpy>={wanted}"])) == []) == enough
