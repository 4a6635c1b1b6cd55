"""Lesson 2: every number that it names, worked out with plain Python; and what its demos say and draw."""

import itertools
import math

import numpy as np
import pytest
from by_hand import affine, each, flat, product, sigmoid, softmax
from lesson_reader import cells, numbers_in, printed, said_by, written
from matplotlib.colors import to_hex

from nnlessons.drawing.style import BLUE, FAINT, GREY, ORANGE, blank_figure
from nnlessons.exercise.checking import CORRECT, MISSING, WORKING
from nnlessons.forward_pass import demos, exercises, passing, passing_figure, softmax_steps
from nnlessons.live.calls import call
from nnlessons.live.scene import Scene
from nnlessons.reader.network import reader_network
from nnlib import TwoLayerNet, digits, step

OUT = printed("02_forward_pass")
TEXT = written("02_forward_pass")
NET = (
    ([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], [0.1, 0.2, 0.3]),
    ([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]], [0.1, 0.2]),
    ([[0.1, 0.3], [0.2, 0.4]], [0.1, 0.2]),
)


def sums(x, W, b):
    """One sample through one layer, number by number."""
    return affine([x], W, [b])[0]


def forward(x, net=NET):
    """(sums, outputs) of each layer: the sigmoid between layers, the identity at the end."""
    layers = []
    for number, (W, b) in enumerate(net, 1):
        a = sums(x, W, b)
        x = a if number == len(net) else list(map(sigmoid, a))
        layers.append((a, x))
    return layers


# -- what the lesson prints and claims --------------------------------------------------------------------------------


def test_the_relu_in_the_recall_question_outputs_0_and_2():
    question = exercises.recall.questions[1]
    w, b, *inputs = numbers_in(question.question)
    assert [max(0, w * x + b) for x in inputs] == numbers_in(question.answer) == [0, 2]


def test_three_gates_at_four_corners_in_one_product():
    gates = {"AND": (1, 1, -1.5), "NAND": (-1, -1, 1.5), "OR": (1, 1, -0.5)}
    a = [[x0 * w0 + x1 * w1 + b for w0, w1, b in gates.values()] for x0 in (0, 1) for x1 in (0, 1)]
    assert numbers_in(OUT["rows"]) == [number > 0 for number in itertools.chain(*a)]
    assert "plus the bias 1.5, which makes 0.5" in TEXT and a[1][1] == 0.5
    largest = [(row, column) for row in range(4) for column in range(3) if a[row][column] == 1.5]
    assert max(itertools.chain(*a)) == 1.5 and largest == [(0, 1), (3, 2)]
    assert "1.5, and it appears twice: NAND at $(0, 0)$" in TEXT and "and OR at $(1, 1)$" in TEXT


def test_elementwise_is_not_the_matrix_product():
    A = [[1, 2], [3, 4]]
    squares = [number**2 for number in flat(A)]
    assert numbers_in(OUT["elementwise"]) == flat(product(A, A)) + squares * 2 == [7, 10, 15, 22, *([1, 4, 9, 16] * 2)]
    assert "$1 \\cdot 1 + 2 \\cdot 3 = 7$" in TEXT


def test_the_3_layer_network_layer_by_layer():
    (a1, z1), (a2, z2), (a3, y) = forward([1.0, 0.5])
    hidden, *answers = OUT["stack"].strip().splitlines()
    assert numbers_in(hidden) == pytest.approx(z1 + z2, abs=5.1e-5)
    for line, sample in zip(answers, ([1.0, 0.5], [2.0, -2.0]), strict=True):
        assert numbers_in(line) == pytest.approx(forward(sample)[-1][1], abs=5.1e-5)
    for line, expected in zip(OUT["objects"].strip().splitlines(), (a1, z1, a2, z2, y), strict=True):
        assert numbers_in(line) == pytest.approx(expected, abs=5.1e-5)
    assert numbers_in(OUT["my-affine"]) == pytest.approx(a1, abs=5.1e-5)
    assert [round(number, 4) for number in (*a1, *y)] == [0.3, 0.7, 1.1, 0.3168, 0.6963] and a3 == y
    assert "$1.0 \\cdot 0.1 + 0.5 \\cdot 0.2 + 0.1 = 0.3$, and the sigmoid of 0.3 is 0.574" in TEXT
    assert 1 / (1 + math.exp(-0.3)) == pytest.approx(0.574, abs=5e-4)


def test_two_samples_that_are_quite_different_get_nearly_the_same_answer():
    assert "x = np.array([[1.0, 0.5], [2.0, -2.0]])  # two samples" in next(
        cell.source for cell in cells("02_forward_pass") if cell.id == "stack"
    )
    assert (
        "The samples are quite different, and yet the two answers are nearly the same, because so little gets through."
        in TEXT
    )
    one, other = (forward(sample) for sample in ([1.0, 0.5], [2.0, -2.0]))
    assert [f"{number:.4f}" for number in other[-1][1]] == ["0.3044", "0.6688"]
    apart = [max(abs(a - b) for a, b in zip(x, y, strict=True)) for (_, x), (_, y) in zip(one, other, strict=True)]
    assert math.dist([1.0, 0.5], [2.0, -2.0]) > 2.5 and apart[-1] < 0.03
    assert all(abs(a - b) < 0.05 * a for a, b in zip(one[-1][1], other[-1][1], strict=True)), "within 5%"
    assert 2.5 > apart[0] > 4 * apart[1] > 4 * apart[2], "less of it gets through each layer"


def test_what_the_text_says_about_a_large_weight_in_layer_1():
    moved = ([[2.0, 0.3, 0.5], [0.2, 0.4, 0.6]], NET[0][1])
    before, after = forward([1.0, 0.5]), forward([1.0, 0.5], (moved, *NET[1:]))
    assert "from 0.1 to 2.0" in TEXT and demos.forward.controls["w1_00"].high == 2.0
    claims = {
        "`a1[0]` grows by 1.9, from 0.3 to 2.2": (0, 0),
        "`z1[0]` goes from 0.574 to 0.900": (0, 1),
        "`y[0]` goes from 0.317 to 0.322": (2, 1),
    }
    for claim, (layer, kind) in claims.items():
        low, high = (layers[layer][kind][0] for layers in (before, after))
        assert claim in TEXT and numbers_in(claim)[-2:] == pytest.approx([low, high], abs=5.1e-4)
        assert f"{high:.3f}" in said_by(demos.forward, w1_00=2.0, layer=layer + 1)
    assert after[0][0][0] - before[0][0][0] == pytest.approx(1.9)


def test_softmax_of_cat_dog_and_owl():
    cat, dog, owl = flat(softmax([[1, 0, 2]]))
    powers = [math.exp(score) for score in (1, 0, 2)]
    assert "$2.72 / (2.72 + 1 + 7.39) = 24.5\\%$" in TEXT and [round(p, 2) for p in powers] == [2.72, 1, 7.39]
    assert [f"{share:.1%}" for share in (cat, owl)] == ["24.5%", "66.5%"] and "66.5% against 24.5%" in TEXT
    assert owl / cat == pytest.approx(math.e) and "its share is $e$ times as large" in TEXT
    assert max(flat(softmax([[10, 0, 20]]))) > 0.9999 and flat(softmax([[0, 0, 0]])) == [1 / 3] * 3


def test_softmax_of_two_scores_of_which_one_is_0_is_the_sigmoid():
    for s in (-3, 0, 0.5, 4):
        assert softmax([[0, s]])[0][1] == pytest.approx(sigmoid(s)) == pytest.approx(math.exp(s) / (math.exp(s) + 1))


def test_three_layers_collapse_into_one_unless_they_bend():
    V1, V2, V3 = [[1, 2], [0, 1]], [[1, 0], [-1, 1]], [[2, 1], [1, 1]]
    layered, bent = [[1, -3]], product([[1, -3]], V1)
    for V in (V1, V2, V3):
        layered = product(layered, V)
    for V in (V2, V3):
        bent = product(each(lambda number: max(0, number), bent), V)
    assert (layered, bent) == ([[3, 1]], [[2, 1]]) and product([[1, -3]], product(V1, product(V2, V3))) == layered
    three, one, with_relu = (numbers_in(line) for line in OUT["collapse"].splitlines())
    assert [three, one, with_relu] == [layered[0], layered[0], bent[0]]


def test_powers_above_e_to_709_do_not_fit():
    assert "Powers above about $e^{709}$" in TEXT and math.exp(709) < math.inf
    with pytest.raises(OverflowError):
        math.exp(710)


def test_the_3_4_4_1_net_gives_the_same_numbers_in_both_conventions():
    def spread(low, high, count):
        return [low + (high - low) * k / (count - 1) if count > 1 else low for k in range(count)]

    shapes, first, second, columns = OUT["both-ways"].strip().splitlines()
    assert shapes == "(2, 1) (1, 2)"
    answers = []
    for x in ([1.0, 0.0, -1.0], [0.5, 2.0, 1.0]):
        for d, h in ((3, 4), (4, 4), (4, 1)):
            flat = spread(-1, 1, d * h)
            x = list(map(sigmoid, sums(x, [flat[i * h : (i + 1) * h] for i in range(d)], [0] * h)))
        answers += x
    assert numbers_in(first) + numbers_in(second) == numbers_in(columns) == pytest.approx(answers, abs=5.1e-7)


def test_softmax_overflows_as_written_and_not_when_shifted():
    written, ours, small = OUT["softmax-code"].strip().splitlines()
    assert written.count("nan") == 3
    powers = [math.exp(1), 1.0, math.exp(2)]
    expected = [power / sum(powers) for power in powers]
    assert numbers_in(ours) == numbers_in(small)[-3:] == pytest.approx(expected, abs=5.1e-5)
    assert [round(number, 2) for number in (*powers, sum(powers))] == [2.72, 1, 7.39, 11.11]
    assert round(expected[0], 3) == 0.245


# -- the reader -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def read():
    """The reader's scores for pictures, worked out with lists and loops."""
    W1, b1, W2, b2 = (param.tolist() for param in reader_network().params)

    def scores(pictures):
        z = each(lambda a: max(0, a), affine(pictures, W1, [b1]))
        return affine(z, W2, [b2])

    return scores


def test_the_reader_has_3760_numbers():
    assert "$64 \\cdot 50 + 50 + 50 \\cdot 10 + 10 = 3760$" in TEXT and 64 * 50 + 50 + 50 * 10 + 10 == 3760
    assert OUT["reader-shapes"].split("\n") == ["(64, 50)", "(50,)", "(50, 10)", "(10,)", ""]
    assert "three lines of code and 3,760 numbers" in TEXT and "50 sums of 64 products" in TEXT
    assert sum(param.size for param in reader_network().params) == 3760


def test_the_scores_of_the_3_are_those_in_the_text(read):
    (s,) = read([flat(demos.layers_light_up.beginning["cells"])])
    ranked = sorted(range(10), key=s.__getitem__, reverse=True)
    assert ranked[:2] == [3, 8] and [round(s[digit], 1) for digit in (3, 8)] == [16.0, 7.0]
    assert "gives the 3 a score of 16.0 and the 8 a score of 7.0. All the other digits get less." in TEXT
    assert "about 8,100 to 1" in TEXT and round(math.exp(9), -2) == 8100
    assert math.exp(s[3] - s[8]) == pytest.approx(8100, rel=0.1)


def test_the_reader_in_plain_python_is_right_97_percent_of_the_time(read):
    _, (x, t) = digits()
    right = [max(range(10), key=s.__getitem__) == label for s, label in zip(read(x.tolist()), t, strict=True)]
    assert f"pictures: ({len(right)}, 64)" in OUT["reader-run"] and "All 355 go through your three lines" in TEXT
    assert f"read correctly: {sum(right) / len(right):.0%}" in OUT["reader-run"] and "right 97% of the time" in TEXT


def test_the_reader_takes_a_blank_picture_for_a_4_from_its_biases_alone(read):
    (y,) = softmax(read([[0] * 64]))
    best = max(range(10), key=y.__getitem__)
    assert OUT["blank"].strip() == f"{y[best]:.0%} sure that it's a {best}"
    assert 'It says "4", and is about 27% sure' in TEXT and (best, round(y[best], 2)) == (4, 0.27)
    other = reader_network()
    other.params[0][...] *= -1
    assert (other.predict(np.zeros((1, 64))) == reader_network().predict(np.zeros((1, 64)))).all()


def test_nothing_that_the_lesson_prints_is_left_out_here():
    assert {cell for cell, text in OUT.items() if text} == {
        *("rows", "stack", "reader-shapes", "reader-run", "blank", "objects"),
        *("elementwise", "collapse", "both-ways", "softmax-code", "my-affine"),
    }


# -- rows of the corrections ------------------------------------------------------------------------------------------


def test_c6_a_2_4_3_net_has_two_layers_with_weights():
    weights = [param for param in TwoLayerNet(2, 4, 3, seed=0).params if param.ndim == 2]
    assert [W.shape for W in weights] == [(2, 4), (4, 3)]
    assert "2 layers with weights" in said_by(demos.any_size, inputs=2, hidden=1, units=4, outputs=3)


def test_c9_the_identity_at_the_output_is_not_the_sigmoid():
    y = forward([1.0, 0.5])[-1][1]
    assert [round(number, 4) for number in y] == [0.3168, 0.6963]
    assert [round(sigmoid(number), 4) for number in y] == [0.5786, 0.6674]


# -- the demos --------------------------------------------------------------------------------------------------------


def test_both_conventions_give_the_same_numbers_and_name_one_weight():
    for x0, x1, source, unit in itertools.product((-3, 0, 2), (-1, 3), (0, 1), (0, 1, 2)):
        moved = {"x0": x0, "x1": x1, "source": source, "unit": unit}
        rows = said_by(demos.conventions, convention="rows", **moved)
        columns = said_by(demos.conventions, convention="columns", **moved)
        y = sums([x0, x1], [[1, 2, 3], [4, 5, 6]], [0, 0, 0])
        shown = f"({', '.join(map(str, y))})".replace("-", "\N{MINUS SIGN}")
        assert rows.startswith(f"y = x W = {shown}.") and columns.startswith(f"y = W x = {shown}.")
        for words, (one, other) in {rows: (source, unit), columns: (unit, source)}.items():
            assert f"from input {source} to unit {unit} is w{'₀₁₂'[one]}{'₀₁₂'[other]} in formulas" in words
            assert f"W[{one}, {other}] in code" in words and words.endswith(f"it's {3 * source + unit + 1}.")


@pytest.mark.parametrize("convention", ["rows", "columns"])
def test_formula_code_and_arrow_change_together(convention):
    patch, *_ = [demos.show_product(convention, 1, -2, source=1, unit=2)]
    thick = [name for name, look in patch.items() if name.startswith("arrow") and look["linewidth"] > 2]
    assert thick == ["arrow 1 2"], "the arrow is the same in both"
    label = "$w_{12}$" if convention == "rows" else "$w_{21}$"
    assert patch["w 1 2"]["text"] == label
    order = r"x_0 w_{02} + x_1 w_{12}" if convention == "rows" else r"w_{20} x_0 + w_{21} x_1"
    filled_in = r"1 \cdot 3 + (-2) \cdot 6" if convention == "rows" else r"3 \cdot 1 + 6 \cdot (-2)"
    assert patch["formula"]["text"] == rf"$y_2 = {order} = {filled_in} = -9$".replace("-", "\N{MINUS SIGN}")
    assert patch["code"]["text"].split() == (
        ["y", "=", "x", "@", "W"] if convention == "rows" else ["y", "=", "W", "@", "x"]
    ) + [*("W[1, 2] = 6" if convention == "rows" else "W[2, 1] = 6").split()]
    words, fills = patch["W"]["words"], patch["W"]["fills"]
    chosen = fills.index(demos.FILLS["chosen"])
    assert words[chosen] == "6" and sorted(
        word for word, fill in zip(words, fills, strict=True) if fill != "white"
    ) == ["3", "6"]


def test_each_step_of_the_forward_pass_is_right_and_later_layers_are_empty():
    for x0, x1, w1_12, w3_10 in itertools.product((-2.0, 1.0), (0.0, 0.7), (-1.5, 0.6), (-0.3, 0.2)):
        net = ([[0.1, 0.3, 0.5], [0.2, 0.4, w1_12]], [-0.4, 0.2, 0.3]), NET[1], ([[0.1, 0.3], [w3_10, 0.4]], NET[2][1])
        (a1, z1), (a2, z2), (_, y) = forward([x0, x1], net)
        cells = [[x0, x1], *[list(itertools.chain(*zip(a, z, strict=True))) for a, z in ((a1, z1), (a2, z2))], y]
        for layer in range(4):
            units = passing.send_forward(layer, 0, x0, x1, 0.1, w1_12, w3_10, -0.4)["units"]
            reached = list(itertools.chain(*cells[: layer + 1]))
            ahead = [0] * (14 - len(reached))
            assert units["values"] == pytest.approx(reached + ahead)
            shown = [float(word.replace("\N{MINUS SIGN}", "-")) for word in units["words"] if word]
            assert shown == pytest.approx(reached, abs=5.1e-4)
            assert units["words"][len(reached) :] == [""] * len(ahead)
            states = [{"chosen": "now"}.get(state, state) for state in units["states"]]
            assert states == [
                "done" if place < layer else "now" if place == layer else "ahead"
                for place, size in enumerate((2, 3, 2, 2))
                for _ in range(size)
            ]
            assert units["states"].count("chosen") == (layer > 0)


@pytest.mark.parametrize(
    ("layer", "unit"), [(layer, unit) for layer in (1, 2, 3) for unit in range((3, 2, 2)[layer - 1])]
)
def test_the_picture_has_all_that_one_sum_needs(layer, unit):
    patch = call(demos.forward.update, {**demos.forward.beginning, "layer": layer, "unit": unit})
    W, b = NET[layer - 1]
    shown, lit = (
        [float(word) for word, strong in zip(*patch["weights"].values(), strict=True) if word and strong >= least]
        for least in (0, 1)
    )
    assert shown == list(itertools.chain(*W)) and lit == [row[unit] for row in W]
    assert sum(patch["edges"]["lit"]) == len(W), "as many edges have the color of their weight"
    assert [word for word, strong in zip(*patch["biases"].values(), strict=True) if strong] == [f"+ {n}" for n in b]


def test_one_sum_is_written_below_the_picture():
    assert "x = (1.0, 0.5)" in said_by(demos.forward)
    words = said_by(demos.forward, layer=1)
    assert "a1[0] = 1.0 · 0.1 + 0.5 · 0.2 + 0.1 = 0.300, and the sigmoid makes it z1[0] = 0.574." in words
    words = said_by(demos.forward, layer=1, unit=2, w1_12=-1.5)
    assert "a1[2] = 1.0 · 0.5 + 0.5 · (−1.5) + 0.3 = 0.050" in words and "z1[2] = 0.512" in words
    words = said_by(demos.forward, layer=1, b1_0=-0.5)
    assert "0.5 · 0.2 − 0.5 = −0.300" in words
    words = said_by(demos.forward, layer=2, unit=1)
    assert "a2[1] = 0.574 · 0.4 + 0.668 · 0.5 + 0.750 · 0.6 + 0.2 = 1.214" in words and "z2[1] = 0.771" in words
    assert "y[0] = 0.626 · 0.1 + 0.771 · 0.2 + 0.1 = 0.317. There's no sigmoid" in said_by(demos.forward, layer=3)


def test_each_edge_joins_the_units_that_its_weight_joins():
    _, parts = passing_figure.split_network(passing.SIZES)
    for (layer, i, j), ends in zip(passing.EDGES, parts["edges"].segments.get_segments(), strict=True):
        start, end = ends[0] - [0.05, 0], ends[1] + [0.05, 0]  # just inside the units
        assert passing_figure.unit_at(*start, passing.SIZES) == (layer - 1, i)
        assert passing_figure.unit_at(*end, passing.SIZES) == (layer, j)


def test_an_edge_shows_the_sign_and_size_of_its_weight():
    edges = passing_figure.Wires(blank_figure()[1], np.zeros((6, 2, 2)))
    edges.set([0.5, -1.0, 0.0, 9.0, -0.5, -0.5], lit=[1, 1, 1, 1, 0, 0], ahead=[0, 0, 0, 0, 0, 1])
    colours = [to_hex(colour).upper() for colour in edges.segments.get_colors()]
    assert colours == [BLUE, ORANGE, GREY, BLUE, FAINT, FAINT]
    widths = edges.segments.get_linewidths()
    assert widths[1] == 2 * widths[0] == 2 * widths[4] and widths[2] < widths[0] and widths[3] == max(widths)
    solid = [pattern is None for _, pattern in edges.segments.get_linestyles()]
    assert solid == [True, False, True, True, False, True], "below 0 is dashed as well"


def test_a_press_on_a_unit_picks_it():
    press = demos.forward.pointer["network"]
    _, parts = passing_figure.split_network(passing.SIZES)
    for (layer, j), outline in zip(passing.UNITS, parts["units"].frames.get_paths(), strict=True):
        x, y = outline.vertices.mean(axis=0)
        assert press(x + 0.1, y) == ({"layer": layer, "unit": j} if layer else {"layer": 0})
    assert press(1.1, 0.1) == {}


def test_sizes_shapes_and_counts():
    assert said_by(demos.any_size).endswith("2 · 4 + 4 + 4 · 3 + 3 = 27 weights and biases to learn.")
    assert said_by(demos.any_size, units=5).endswith("= 33 weights and biases to learn."), (
        "one hidden unit more costs six"
    )
    words = said_by(demos.any_size, **demos.any_size.presets["3-4-4-1"])
    assert words.startswith("A 3\N{NON-BREAKING HYPHEN}4\N{NON-BREAKING HYPHEN}4") and "3 layers with weights" in words
    assert f"= {3 * 4 + 4 + 4 * 4 + 4 + 4 * 1 + 1} weights" in words
    for convention, shapes in {
        "rows": ("W2 (4, 3)\nb2 (3,)", "y (N, 3)"),
        "columns": ("W2 (3, 4)\nb2 (3, 1)", "y (3, N)"),
    }.items():
        figure, _ = demos.draw_layers(2, 1, 4, 3, convention)
        assert set(shapes) <= {text.get_text() for text in figure.axes[0].texts}


# -- softmax ----------------------------------------------------------------------------------------------------------


def test_softmax_takes_three_steps():
    assert "are 1, 0, and 2. A score can be" in said_by(demos.softmax_steps)
    assert "2.72, 1, and 7.39. All are above 0, and they add up to 11.11." in said_by(demos.softmax_steps, step=1)
    assert "24.5%, 9.0%, and 66.5%." in said_by(demos.softmax_steps, step=2)
    assert "are 0.5, −2, and 3. A" in said_by(demos.softmax_steps, scale=2.5, add=-2)


def test_the_long_bar_is_cut_in_the_ratio_of_the_powers():
    for s in itertools.product((-3.0, 0.5, 3.0), (-1.5, 2.0), (0.0, 2.5)):
        for scale, add in itertools.product((0.0, 1.0, 2.5, 10.0), (-5, 0, 5)):
            patch = softmax_steps.take_steps(2, *s, scale, add)
            powers = [math.exp(scale * score + add) for score in s]
            shares = [patch[f"share {k}"]["height"] / 2.25 for k in range(3)]
            assert shares == pytest.approx([power / sum(powers) for power in powers], abs=1e-12)
            assert [patch[f"power {k}"]["height"] / 2.25 for k in range(3)] == pytest.approx(
                [p / max(powers) for p in powers]
            )
            ends = [patch[f"share {k}"]["y"] for k in range(3)]
            assert [ends[k] + 2.25 * shares[k] for k in (1, 2)] == pytest.approx(ends[:2]), "no gap and no overlap"
            assert ends[2] == pytest.approx(0.75)


def test_what_is_added_to_all_changes_no_share_and_a_factor_does():
    def shares(**moved):
        return said_by(demos.softmax_steps, step=2, **moved)

    assert {shares(add=add) for add in range(-5, 6)} == {shares()}
    assert "each power is a third" in shares(scale=0.0) and "each power is a third" in shares(s0=2.0, s1=2.0)
    assert "to the owl" in shares(scale=10.0) and "to the cat" in shares(scale=5.0, s0=3.0, s2=1.0)
    assert "66.5%" in shares() and "86.7%" in shares(scale=2.0)


@pytest.mark.parametrize(("place", "ahead"), [(0, ("power", "share")), (1, ("share",)), (2, ())])
def test_steps_ahead_are_empty(place, ahead):
    patch = softmax_steps.take_steps(place, 1.0, 0.0, 2.0, 1.0, 0)
    for name, k in itertools.product(("power", "share"), range(3)):
        shown = name not in ahead
        assert patch[f"{name} {k}"]["visible"] == bool(patch[f"{name} {k} number"]["text"]) == shown
    assert bool(patch["sum"]["text"]) == (place > 0)


def test_the_words_of_the_shares_keep_apart():
    for s in itertools.product((-3.0, -0.5, 0.0, 1.5, 3.0), repeat=3):
        patch = softmax_steps.take_steps(2, *s, 1.0, 0)
        heights = [patch[f"share {k} number"]["y"] for k in range(3)]
        assert all(one - other >= 0.29 for one, other in itertools.pairwise(heights))
        assert 0.7 < heights[2] and heights[0] < 3.05


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.718, "2.72"),
        (1.0, "1"),
        (1096.6, "1097"),
        (22026.5, "22026"),
        (4.85e8, "5·10⁸"),
        (0.0067, "0.007"),
        (4.5e-5, "5·10⁻⁵"),
    ],
)
def test_a_power_takes_few_digits(number, text):
    assert softmax_steps.in_few_digits(number) == text


def test_softmax_is_told_as_it_is_and_ignores_what_is_added_to_all():
    for s in itertools.product((-3.0, 0.5, 2.0), repeat=3):
        powers = [math.exp(score) for score in s]
        y = f"({', '.join(f'{power / sum(powers):.3f}' for power in powers)})"
        for c, way in itertools.product((0, 600, 1000), ("as written", "shifted")):
            words = said_by(demos.softmax_bars, s0=s[0], s1=s[1], s2=s[2], c=c, way=way)
            if way == "shifted" or c < 1000:
                assert f"y = {y}, which adds up to 1.000." in words
            else:
                assert "larger than any number a computer can store" in words
            patch = demos.into_probabilities(*s, c, way)
            shift = -max(s) if way == "shifted" else c
            if shift < 700:
                for k in range(3):
                    text = patch[f"power {k}"]["text"]
                    exact = math.exp(s[k] + shift)
                    rounded = f"{exact:.1g}" if "e" in text else f"{exact:.2g}"
                    assert float(text) == float(rounded) and len(text) <= 6
    assert "0 / 0 has no value" in said_by(demos.softmax_bars, c=-1000, way="as written")


def test_the_powers_of_e_keep_apart():
    scene, equal = Scene(demos.softmax_bars), ("s0", "s1", "s2")
    for c, a in itertools.product((-740, -680, -300, -20, -10, 0, 10, 50, 150, 600, 700, 1000), (-2.9, -0.1, 2.9)):
        scene.move({**demos.softmax_bars.beginning, "c": c, **dict.fromkeys(equal, a)})
        row = [scene.picture.parts[name].get_window_extent() for name in ("powers", "power 0", "power 1", "power 2")]
        assert all(left.x1 + 3 < right.x0 for left, right in itertools.pairwise(row)), (c, a)


def test_the_predictions_are_what_the_demos_show():
    outputs = {
        name: call(demos.forward.update, {**demos.forward.beginning, "layer": 3, **moved})["units"]["words"][-2:]
        for name, moved in {"start": {}, "last": {"w3_10": 2.0}, "first": {"w1_12": 2.0}}.items()
    }
    changed = {
        name: [one != other for one, other in zip(outputs[name], outputs["start"], strict=True)] for name in outputs
    }
    assert changed == {"start": [False, False], "last": [True, False], "first": [True, True]}
    assert exercises.one_weight.answer == "Only y[0]" and exercises.add_to_all.answer == "Nothing"
    assert exercises.which_entry.answer in said_by(demos.conventions, source=1, unit=2)


# -- XOR's network ----------------------------------------------------------------------------------------------------


def unfinished_xor(x):
    W1 = np.array([[..., ...], [..., ...]])
    b1 = np.array([..., ...])
    W2 = np.array([[...], [...]])
    b2 = np.array([...])
    z1 = step(x @ W1 + b1)
    return step(z1 @ W2 + b2)


def xor_with(W1, b1, W2=((1,), (1,)), b2=(-1.5,)):
    return lambda x: step(step(x @ np.array(W1) + np.array(b1)) @ np.array(W2) + np.array(b2))


NAND_SECOND = [[1, -1], [1, -1]]


@pytest.mark.parametrize(
    ("function", "verdict", "words"),
    [
        (unfinished_xor, MISSING, "dots"),
        (xor_with(NAND_SECOND, [-0.5, 1.5]), CORRECT, "agrees"),
        (xor_with([[-2, 3], [-2, 3]], [3, -1], [[5], [5]], -7.5), CORRECT, "agrees"),
        (xor_with([[1, 1], [1, 1]], [-0.5, -1.5], [[1], [-1]], [-0.5]), CORRECT, "agrees"),  # OR, but not AND
        (xor_with([[1, -1], [-1, 1]], [-0.5, -0.5], b2=[-0.5]), CORRECT, "agrees"),  # each corner by itself
        (xor_with(NAND_SECOND, [-0.5, 1.5], b2=[-0.5]), WORKING, "1 at all four corners"),
        (xor_with(NAND_SECOND, [-0.5, -1.5]), WORKING, "a bias large enough"),
        (xor_with([[1, 1], [1, 1]], [-0.5, -0.5]), WORKING, "computes OR"),
        (xor_with([[1, 1], [-1, -1]], [-0.5, 1.5]), WORKING, "OR goes down the first column"),
        (xor_with([[-1, -1], [1, 1]], [1.5, -0.5]), WORKING, "NAND goes down one column"),
        (xor_with(NAND_SECOND, [-0.5, 1.5], [1, 1]), WORKING, "with a row for each sample"),
        (xor_with(NAND_SECOND, [-0.5, 1.5], [[1, 1]]), WORKING, "ValueError"),
    ],
)
def test_any_network_that_computes_xor_is_right(function, verdict, words):
    answer = exercises.xor_network(function)
    assert answer.verdict == verdict and words in answer.text


def test_every_wrong_set_of_three_gates_gets_a_message_of_its_own():
    gates = {"OR": exercises.OR, "NAND": exercises.NAND, "AND": exercises.AND, "NOR": (-1, -1, 0.5)}
    named = {mistake.message for mistake in exercises.xor_network.mistakes}
    for one, other, output in itertools.product(gates, repeat=3):
        x = exercises.CORNERS
        function = exercises.three_neurons(gates[one], gates[other], gates[output])
        answer = exercises.xor_network(function)
        assert (answer.verdict == CORRECT) == (function(x)[:, 0].tolist() == [0, 1, 1, 0])
        assert answer.verdict == CORRECT or answer.text in named or function(x)[:, 0].tolist() == [1, 0, 0, 0]


# -- sums -------------------------------------------------------------------------------------------------------------


def test_the_sums_of_the_other_text_are_one_per_neuron_and_sample():
    rng = np.random.default_rng(7)
    x, W, b = rng.normal(size=(4, 3)), rng.normal(size=(6, 3)), rng.normal(size=6)
    sums = [
        [sum(w * v for w, v in zip(weights, sample, strict=True)) + bias for weights, bias in zip(W, b, strict=True)]
        for sample in x
    ]
    assert exercises.sums.solution(x, W, b) == pytest.approx(np.array(sums))
