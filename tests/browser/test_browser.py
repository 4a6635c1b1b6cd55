"""The lessons as a reader meets them: JupyterLab in a real browser, started as `make lab` starts it."""

import contextlib
import json
import re
import shutil

import pytest
from accessibility import faults, on_screen, violations
from jupyter_page import DARK, LIGHT, reader_of, running_lab, wait_until
from keyboard import press, take, walk, write
from mouse import drag
from readout import shows, wait_for

from nnlessons.activations import demos as activations
from nnlessons.activations import exercises as activations_exercises
from nnlessons.arrays import demos as arrays
from nnlessons.arrays import memory, wires_figure
from nnlessons.arrays.broken_layers import BUGS
from nnlessons.backpropagation import demos as backpropagation
from nnlessons.derivatives import demos as derivatives
from nnlessons.forward_pass import demos as forward_pass
from nnlessons.gradient_descent import demos as gradient_descent
from nnlessons.losses import demos as losses
from nnlessons.neuron import demos as neuron
from nnlessons.training import demos as training
from nnlessons.training.shift_figure import WIDTH

LESSON = "my_notebooks/01_activations.ipynb"
DEMO = activations.weight_and_bias.title

SCREENS = {"light": (LIGHT, 1), "dark": (DARK, 2)}  # a plain screen, and a dense one
OTHER = {"light": "dark", "dark": "light"}


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """A server and a window, where one lesson after the other is opened."""
    with contextlib.ExitStack() as leaving:
        yield Desk(browser, tmp_path_factory, leaving)


class Desk:
    """Someone reads a lesson, closes it, and opens the next in the list of files: JupyterLab is loaded only once.

    A lesson ends in the other theme than it was opened in, and the next one starts there.
    """

    def __init__(self, browser, folders, leaving):
        self.browser, self.folders, self.leaving = browser, folders, leaving
        self.theme, self.reader = "light", None

    def sit_down(self):
        """A new page at a new server: at first, and after a lesson that failed before its end."""
        self.leaving.close()  # what may still be running
        self.folder = self.folders.mktemp("desk")
        self.start(fresh=True)

    def come_back(self):
        """Another day: the server was stopped, and is started again in the same folder."""
        self.leaving.close()
        shutil.rmtree(self.folder / "runtime")
        self.start(fresh=False)

    def start(self, fresh):
        lab = self.leaving.enter_context(running_lab(self.folder, SCREENS[self.theme][0], fresh=fresh))
        self.reader = self.leaving.enter_context(reader_of(self.browser, lab))


@pytest.fixture
def reader(desk):
    """The person at the desk. If their lesson fails, the next one gets a new desk."""
    if desk.reader is None:
        desk.sit_down()
    someone, desk.reader = desk.reader, None
    someone.theme = desk.theme
    yield someone
    if someone.theme != desk.theme:  # the lesson was read to its end
        desk.reader, desk.theme = someone, someone.theme


def open_lesson(reader, lesson):
    on_screen(reader.page, height=1000, density=SCREENS[reader.theme][1])
    if reader.page.url == "about:blank":
        reader.open(f"my_notebooks/{lesson}.ipynb")
    else:
        reader.turn_to(f"{lesson}.ipynb")
    assert reader.page.locator(".jp-mod-dirty").count() == 0, "closing what was only looked at would ask to save it"
    assert reader.page.locator("body").get_attribute("data-jp-theme-light") == str(reader.theme == "light").lower()


def read_on_by_keys_alone(reader, look_closely=False):
    """Go on in the other theme and density, with the live pictures that are there, and without a mouse.

    look_closely  at contrast and sizes too, and go through all by Tab, which takes long: in the lessons that have every kind of
                  control between them
    """
    page, theme = reader.page, OTHER[reader.theme]
    reader.choose_theme(theme)
    on_screen(page, height=1000, density=SCREENS[theme][1])
    assert (violations if look_closely else faults)(page, ".jp-OutputArea-output") == []
    for picture in page.locator(".nnlib-picture").all():
        wait_until_sharp(picture, SCREENS[theme][1])
    if look_closely:
        on_screen(page, height=500, density=1)  # each press of Tab scrolls, and paints all that is seen
        walk(page)
    assert not reader.faults
    reader.theme = theme


def wait_until_sharp(picture, density):
    """A live picture has as many pixels as the screen; the page says how many those are a moment after it's shown."""
    wait_until(lambda: picture.evaluate("e => e.complete && e.naturalWidth") >= density * 700)


def test_lesson_1_is_seen_before_it_runs_and_moves_after(reader):
    page = reader.page
    open_lesson(reader, "01_activations")
    for picture in saved_pictures(reader):
        assert picture.evaluate("e => e.naturalWidth") == 875
        assert picture.evaluate("e => e.width") == 700
    saved = page.locator(".jp-OutputArea-output").filter(has=page.get_by_role("img", name=f"{DEMO}. "))
    saved.scroll_into_view_if_needed()
    assert all(words in saved.text_content() for words in (DEMO, "w = 1.0", "Run this cell", "Shift + Enter"))
    assert violations(page, ".jp-OutputArea-output") == []

    reader.run_all()
    demo = reader.demo(DEMO)
    demo.picture.scroll_into_view_if_needed()
    page.locator(".nnlib-demo").nth(2).wait_for()
    assert shows(demo, "w = 1.0") and shows(demo, "b = −2.0")
    wait_until_sharp(demo.picture, SCREENS[reader.theme][1])

    press(demo, "w", ["ArrowRight"] * 10, "w = 2.0", "0.500")
    before = demo.source()
    drag(page, demo.slider("b"), by=60)
    demo.wait_for_picture_other_than(before)
    wait_until(lambda: "b = −2.0" not in demo.text())

    demo.box.get_by_role("button", name="Reset").click()
    wait_for(demo, "w = 1.0", "b = −2.0")
    search = reader.demo(activations.warmer_colder.title)
    press(search, "w", ["ArrowLeft"], "No hint")
    search.button("sigmoid").click()
    press(search, "w", ["Home"], "Found it")
    corners = reader.demo(activations.any_curve.title)
    for slider, keys in {"v₁": ["ArrowLeft"] * 5, "b₂": ["ArrowLeft"] * 2, "v₂": ["ArrowRight"] * 3}.items():
        press(corners, slider, keys)
    wait_for(corners, "0.137")
    corners.button("identity").click()
    wait_for(corners, "straight line")
    assert page.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").count() == 0
    read_on_by_keys_alone(reader)


def saved_pictures(reader):
    """All the pictures of lesson 1 that are in the file, shown before any run."""
    outputs = [
        each for cell in json.loads((reader.lab.home / LESSON).read_text())["cells"] for each in cell.get("outputs", [])
    ]
    wanted = sum("image/png" in output.get("data", {}) for output in outputs)
    assert wanted >= 3
    pictures = reader.page.locator(".jp-OutputArea-output img")
    pictures.nth(wanted - 1).wait_for(state="attached")
    assert pictures.count() == wanted
    return pictures.all()


def test_lesson_0_follows_the_keys(reader):
    open_and_run(reader, "00_neuron")
    reads = reader.demo(neuron.reader.title)
    reads.button("5").click()
    wait_for(reads, "reads this as a 5")
    reads.button("Train a new one").click()
    reads.start()
    wait_until(lambda: reads.step() >= 5)
    reads.pause()
    digits = reader.demo(neuron.zero_or_nine.title)
    press(digits, "w₁", ["End"], "w₁ = 8.00", "misread")
    digits.button("▶").click()
    wait_for(digits, "sum there is")
    gates = reader.demo(neuron.gates.title)
    press(gates, "b", ["ArrowRight"] * 10, "b = −0.5", "2 of 4")
    gates.button("OR").click()
    wait_for(gates, "OR", "all 4 corners right")
    lines = reader.demo(neuron.two_lines.title)
    press(lines, "moved", ["Home"], "of 4 points")
    lines.button("lopsided or not?").click()
    wait_for(lines, "of 120 points")
    read_on_by_keys_alone(reader, look_closely=True)


def test_lesson_2_follows_the_keys(reader):
    open_and_run(reader, "02_forward_pass")
    asked = reader.page.locator(".nnlib-question").first
    asked.get_by_role("radio", name="It takes too long to compute").check()
    wait_until(lambda: "Not quite" in asked.text_content())
    asked.get_by_role("radio", name="A small change in a weight usually changes nothing").check()
    wait_until(lambda: "right" in asked.text_content())
    stages = reader.demo(forward_pass.layers_light_up.title)
    press(stages, "stage", ["End"], "99.9%")
    stages.button("empty").click()
    wait_for(stages, "26.6%")
    sums = reader.demo(forward_pass.product.title)
    press(sums, "row of x", ["Home"], "(0, 0)", "1.5")
    shapes = reader.demo(forward_pass.shapes.title)
    press(shapes, "inputs in W", ["ArrowRight"], "size 4 is different from 3")
    press(shapes, "inputs in W", ["ArrowLeft"], "(2, 4)")
    press(shapes, "numbers in b", ["Home"], "NumPy", "4 units")
    press(shapes, "numbers in b", ["ArrowRight"] * 3, "(2, 4)")
    shapes.button("a sample is a column: W @ x + b").click()
    wait_for(shapes, "(4, 2)")
    product = reader.demo(forward_pass.conventions.title)
    press(product, "to unit", ["ArrowRight"], "w₀₂", "W[0, 2]")
    product.button("a sample is a column: W x").click()
    wait_for(product, "y = W x = (9, 12, 15)", "w₂₀", "W[2, 0]")
    network = reader.demo(forward_pass.forward.title)
    press(network, "layer", ["End"], "y[0] = 0.626 · 0.1 + 0.771 · 0.2 + 0.1 = 0.317")
    press(network, "W3[1, 0]", ["End"], "y[0] = 0.626 · 0.1 + 0.771 · 2.0 + 0.1 = 1.705")
    press(network, "layer", ["ArrowLeft"], "a2[0]", "0.516")
    press(network, "unit", ["ArrowRight"], "a2[1] = 0.574 · 0.4 + 0.668 · 0.5 + 0.750 · 0.6 + 0.2 = 1.214")
    press(network, "x[0]", ["Home"], "a2[1] = 0.500 · 0.4 + 0.450 · 0.5 + 0.401 · 0.6 + 0.2 = 0.866", "z2[1] = 0.704")
    sizes = reader.demo(forward_pass.any_size.title)
    before = sizes.source()
    sizes.button("3-4-4-1").click()
    wait_for(sizes, "3 layers with weights")
    sizes.wait_for_picture_other_than(before)
    press(sizes, "hidden layers", ["Home"], "3 · 1 + 1 = 4")
    sizes.wait_until_greyed_out("units in each")  # it has no effect without hidden layers
    steps = reader.demo(forward_pass.softmax_steps.title)
    press(steps, "step", ["End"], "24.5%")
    press(steps, "multiply all by", ["Home"], "33.3%")
    softmax = reader.demo(forward_pass.softmax_bars.title)
    press(softmax, "c", ["End"], "1000")
    softmax.button("the cure").click()
    wait_for(softmax, "1000", "y = (0.245, 0.090, 0.665)", "1.000")
    read_on_by_keys_alone(reader)


def test_lesson_3_follows_the_keys(reader):
    open_and_run(reader, "03_losses")
    knob = reader.demo(losses.which_way.title)
    press(knob, "w", ["ArrowRight"], "32%", "1.58137")
    press(knob, "w", ["Home"], "88%")
    before = knob.source()
    knob.button("all of w").click()
    knob.wait_for_picture_other_than(before)
    squares = reader.demo(losses.squares.title)
    press(squares, "y₀", ["ArrowRight"] * 3, "0.36", "0.16", "0.01")
    squares.box.get_by_role("button", name="Reset").click()
    wait_for(squares, "0.09", "0.26", "half of that, 0.130")
    days = reader.demo(losses.surprise.title)
    press(days, "day 1", ["Home"], "3.00", "3.61")
    days.button("a careful forecaster").click()
    wait_for(days, "0.144", "1.94")
    press(reader.demo(losses.minus_log.title), "y", ["Home"], "y = 0.01", "4.61", "−100.00")
    pictures = reader.demo(losses.most_surprising.title)
    for name, loss, wrong in (("the same line, ten times as sure", "6.3679", "30"), ("the best line", "0.0996", "3")):
        pictures.button(name).click()
        wait_for(pictures, loss, f"{wrong} of 60")
    wait_for(pictures, "69%")
    press(pictures, "b", ["ArrowRight"], "60")
    tug = reader.demo(losses.tug_of_war.title)
    press(tug, "s₁", ["ArrowRight"] * 10, "y = (0.468, 0.468, 0.063)")
    tug.button("2").click()
    wait_for(tug, "2.759")
    tug.button("1").click()
    wait_for(tug, "0.759")
    tug.slider("η").focus()  # the next step uses it
    reader.page.keyboard.press("End")
    tug.start()
    wait_for(tug, "Hardly any pull")
    tug.button("confident and wrong").click()
    wait_for(tug, "loss is 10.000", "(1.000, −1.000, 0.000)")
    tug.button("squared error").click()
    wait_for(tug, "That's wrong, but hardly anything pulls")
    batch = reader.demo(losses.batch_mean.title)
    press(batch, "N", ["End"], "10,000")
    before = batch.source()
    batch.button("new samples").click()
    batch.wait_for_picture_other_than(before)
    read_on_by_keys_alone(reader)


def test_lesson_4_follows_the_keys(reader):
    open_and_run(reader, "04_derivatives")
    wait_until(lambda: reader.page.locator(".jp-MarkdownCell img").count() == 1, seconds=60)
    glass = reader.demo(derivatives.zoom.title)
    press(glass, "zoom", ["End"], "1000 times", "slope 0.2")
    glass.button("ReLU").click()
    press(glass, "x", ["ArrowLeft"] * 10, "corner", "0 to the left", "1 to the right")
    secant = reader.demo(derivatives.secant.title)
    press(secant, "ε", ["ArrowLeft"] * 10, "(0.96000 − 0.75000) / 1 = 0.2100", "0.2000")
    secant.button("from x − ε to x + ε").click()
    wait_for(secant, "(0.96000 − 0.56000) / 2 = 0.2000")
    place = reader.demo(derivatives.loss_map.title)
    press(place, "w₀", ["PageUp"] * 16 + ["ArrowRight"], "w₀ = 6.1")
    press(place, "w₁", ["PageUp"] * 10 + ["ArrowRight"] * 4, "w₁ = 9.4", "misreads 3", "0.100", "lower")
    close = reader.demo(derivatives.zoom_in_two.title)
    press(close, "zoom", ["End"], "6", "8", "100 times", "0.14%")
    press(close, "x₀", ["ArrowLeft"] * 6, "0", "8")
    bowl = reader.demo(derivatives.bowl.title)
    press(bowl, "x₁", ["ArrowLeft"] * 4, "(1.5, 0.0)", "2.25", "0.00")
    before = bowl.source()
    bowl.slider("view: around").focus()
    reader.page.keyboard.press("Home")
    bowl.wait_for_picture_other_than(before)
    gears = reader.demo(derivatives.gears.title)
    press(gears, "Δw", ["ArrowLeft"] * 9, "−0.372", "−0.375", "Nearly")
    gears.button("a = 6, and wrong").click()
    wait_for(gears, "0.10", "by only 0.0006", "0.0074")
    errors = reader.demo(derivatives.error_over_eps.title)
    press(errors, "ε", ["Home"], "0.000000000", "2.0e-01")
    before = errors.source()
    errors.button("0.01 x² + 0.1 x at x = 5").click()
    wait_for(errors, "0.200000000")
    errors.wait_for_picture_other_than(before)
    landscape = reader.demo(derivatives.landscape.title)
    press(landscape, "x₁", ["ArrowLeft"] * 2, "(−0.40, 0.00)")
    landscape.button("middle of the saddle").click()
    wait_for(landscape, "(0.00, 0.00)")
    chain = reader.demo(derivatives.chain.title)
    press(chain, "x", ["Home"], "(−4.000) · 3.00 = −12.000")
    chain.button("sigmoid(u)").click()
    wait_for(chain, "0.105")
    read_on_by_keys_alone(reader)


def test_lesson_5_follows_the_keys(reader):
    open_and_run(reader, "05_gradient_descent")
    fog = reader.demo(gradient_descent.in_fog.title)
    press(fog, "w", ["ArrowRight"] * 25, "w = 1.5", "get lower")
    press(fog, "b", ["ArrowLeft"] * 20, "Found it", "0.171")
    fog.button("Reset").click()
    wait_for(fog, "w = −1.0")
    fog.box.get_by_role("checkbox", name="feel the slope").check()
    wait_for(fog, "raise w", "lower b")
    fog.start()
    wait_for(fog, "Settled after 41 steps")
    before = fog.source()
    fog.box.get_by_role("checkbox", name="lift the fog").check()
    fog.wait_for_picture_other_than(before)
    curve = reader.demo(gradient_descent.on_a_curve.title)
    before = curve.source()
    curve.button("step ▶").click()
    wait_for(curve, "w = −2.4", "f = 5.76", "−4.8", "0.48")
    curve.wait_for_picture_other_than(before)
    press(curve, "η", ["End"], "slope = 5.76")
    curve.start()
    wait_for(curve, "diverged", "η = 1.20")
    plane = reader.demo(gradient_descent.over_contours.title)
    plane.button("valley, 0.9").click()
    wait_for(plane, "w = (−3, 4)", "f = 16.45")
    plane.start()
    wait_for(plane, "Step 100", "−0.000241")
    walk = reader.demo(gradient_descent.walking_neuron.title)
    walk.button("just right").click()
    for _ in range(3):
        walk.button("step ▶").click()
    wait_for(walk, "Step 3", "misreads 2")
    walk.start()
    wait_for(walk, "Step 100", "0.100", "lowest loss")
    losses = reader.demo(gradient_descent.loss_curve.title)
    losses.button("300").click()
    wait_for(losses, "climbs", "4.08")
    losses.button("0.01").click()
    wait_for(losses, "0.563")
    runs = reader.demo(gradient_descent.six_runs.title)
    before = runs.source()
    runs.button("C").click()
    wait_for(runs, "Run C", "1.48", "212")
    runs.wait_for_picture_other_than(before)
    average = reader.demo(gradient_descent.right_on_average.title)
    average.button("1,000").click()
    wait_for(average, "(0.59, 0.60)", "1,000")
    average.button("the lowest loss").click()
    wait_for(average, "(0.00, 0.00)")
    batches = reader.demo(gradient_descent.batches.title)
    batches.slider("samples B").focus()  # the next step uses it
    reader.page.keyboard.press("End")
    for shown in ("100 samples", "gradient", "1 update"):
        batches.button("step ▶").click()
        wait_for(batches, shown)
    press(reader.demo(gradient_descent.sweep.title), "η", ["End"], "25", "2.09e+04")
    net = reader.demo(gradient_descent.small_net.title)
    net.button("▶").click()
    wait_for(net, "W[0, 1]", "0.170")
    net.button("step ▶").click()
    wait_for(net, "0.6131")
    read_on_by_keys_alone(reader)


def test_lesson_6_follows_the_keys(reader):
    open_and_run(reader, "06_backpropagation")
    wait_until(lambda: reader.page.locator(".jp-MarkdownCell img").count() == 1)
    race = reader.demo(backpropagation.race.title)
    before = race.source()
    race.start()
    wait_for(race, "9", "19", "27")  # the end, with three weights
    race.wait_for_picture_other_than(before)
    race.button("3,760").click()
    wait_for(race, "3,760")
    graph = reader.demo(backpropagation.stepper.title)
    graph.button("▶").click()
    wait_for(graph, "(−2) + 5 = 3")
    graph.button("update").click()
    wait_for(graph, "−12", "−14.11")
    graph.button("◀").click()
    wait_for(graph, "(−4) × 1 = −4")
    press(graph, "w", ["Home"], "(−6) × 1 = −6")
    rules = reader.demo(backpropagation.local_rules.title)
    press(rules, "dout (upstream)", ["ArrowRight"] * 2, "3 × (−3) = −9")
    unit = reader.demo(backpropagation.neuron.title)
    press(unit, "step", ["End"], "0.1966 × (−1) = −0.1966")
    unit.button("node by node").click()
    wait_for(unit, "2 of 8")
    learner = reader.demo(backpropagation.learning_neuron.title)
    before = learner.source()
    for update, output in enumerate(("0.326", "0.170", "0.133"), 1):
        learner.button("step ▶").click()
        wait_for(learner, f"Update {update}", output)
    learner.wait_for_picture_other_than(before)
    learner.button("0.5").click()
    wait_for(learner, "0.731", "0.5")
    gaps = reader.demo(backpropagation.to_fill_in.title)
    write(gaps, 0, "-4")
    wait_for(gaps, "1 of 6", "correct")
    write(gaps, 2, "-1")
    wait_for(gaps, "1 of 6", "keep working", "sign")
    gaps.button("new numbers").click()
    wait_for(gaps, "0 of 6")
    answer = gaps.box.locator("input[type=text]").first
    wait_until(lambda: answer.input_value() == "")  # it belongs to the numbers before
    own = reader.demo(backpropagation.own_formula.title)
    write(own, 0, "u.__class__")
    wait_until(lambda: "character 2" in "".join(own.failure()))
    before = own.source()  # of u, which was understood on the way
    own.box.locator("input[type=text]").first.fill("(u - p)**2")
    own.wait_for_picture_other_than(before)
    own.wait_until_not_greyed_out("p")  # which comes last: then the stepper has its new length too
    press(own, "step", ["End"], "p gets")
    assert not "".join(own.failure()).strip()
    own.wait_until_greyed_out("v")  # which this formula does not have
    read_on_by_keys_alone(reader, look_closely=True)


def test_lesson_7_follows_the_keys(reader):
    open_and_run(reader, "07_arrays")
    wires = reader.demo(arrays.wires.title)
    wires.button("an input").click()
    wait_for(wires, "row 0 of W", "dx[0, 0]")
    press_on_picture(wires, wires_figure.OUTPUTS[2])
    wait_for(wires, "column 2 of W", "y[0, 2]")
    press_on_picture(wires, wires_figure.WEIGHTS[3])  # of the wire from input 1 to output 0
    wait_for(wires, "sample 0", "dW[1, 0]")
    wires.button("all").click()
    wait_for(wires, "dW[1, 0] = (−3)")
    puzzle = reader.demo(arrays.shape_puzzle.title)
    puzzle.button("D = H").click()
    puzzle.button("dy").first.click()  # of the left factor
    puzzle.button("W").last.click()  # of the right one
    wait_for(puzzle, "wrong numbers", "4 of 36")
    mirrors = reader.demo(arrays.mirrors.title)
    before = mirrors.source()
    mirrors.button("▶").click()
    wait_for(mirrors, "Backward", "3 times")
    mirrors.wait_for_picture_other_than(before)
    mirrors.button("sum").click()
    wait_for(mirrors, "Backward", "3 rows")
    press(reader.demo(arrays.one_update.title), "step", ["End"], "0.298371109", "0.291027774")
    check = reader.demo(arrays.check_layers.title)
    before = check.source()
    check.button("3").click()
    wait_for(check, "2 of 6")
    check.wait_for_picture_other_than(before)
    check.button("3 Affine").click()
    wait_for(check, "Yes", "3 Affine")
    check.button("7").click()
    wait_for(check, "1 of 6")
    assert not shows(check, "Yes"), "the answer belongs to the bug before"
    repairs = reader.page.locator(".nnlib-demo").filter(has_text=re.compile(r"Bug \d: .*keep working", re.S))
    wait_until(lambda: repairs.count() == len(BUGS))
    assert repairs.first.locator("details").count() == 2  # its hints
    product = reader.demo(arrays.matmul.title)
    press(product, "N", ["End"], "(4, 2) @ (2, 3) → (4, 3)")
    product.button("a = x @ W + b").click()
    wait_for(product, "p = x @ W")
    press(product, "step", ["ArrowRight"] * 4, "Backward", "4 samples")
    press(reader.demo(arrays.softmax_with_loss.title), "step", ["End"], "dscores = (y − t) / N")
    press(reader.demo(arrays.jacobian.title), "D", ["End"], "4 · 8 = 32", "16")
    pictures = reader.page.locator(".nnlib-demo").filter(has_text=memory.WORDS["title"])
    wait_until(lambda: pictures.count() == 2)  # a picture in each of two cells
    assert "held and grads[0]" in pictures.last.text_content() and "[3. 4.]" in pictures.last.text_content()
    read_on_by_keys_alone(reader)


def test_lesson_8_follows_the_keys_and_learns_while_it_plays(reader):
    open_and_run(reader, "08_training")
    lopsided = reader.demo(training.lopsided.title)
    lopsided.start()
    wait_until(lambda: number_shown(lopsided) >= 10 and "in the middle" in lopsided.text())
    lopsided.pause()
    assert re.search(r"9[1-5]%", lopsided.text())

    playground = reader.demo(training.playground.title)
    before = playground.source()
    playground.start()
    wait_until(lambda: number_shown(playground) >= 5)
    playground.button("More").click()
    playground.button("ten epochs").click()  # acts at once, and the training goes on
    epoch = number_shown(playground)
    wait_until(lambda: number_shown(playground) >= epoch + 20)
    playground.pause()
    playground.wait_for_picture_other_than(before)
    playground.button("too few units").click()
    press(playground, "units", ["ArrowRight"], "Epoch 0.", "0.70")
    press(playground, "initial weights", ["End"], "Epoch 0.", "very sure of itself")
    playground.button("dead ReLUs").click()
    wait_until(lambda: number_shown(playground) == 0)
    for epoch in (1, 2, 3):
        playground.button("step ▶").click()
        wait_until(lambda epoch=epoch: number_shown(playground) == epoch)
    assert shows(playground, "9 of 10")
    playground.button("Reset").click()
    wait_for(playground, "9.55")

    runs = reader.demo(training.mystery_runs.title)
    runs.button("E").click()
    wait_for(runs, "Run E, epoch 0.")
    before = runs.source()
    runs.start()
    wait_until(lambda: number_shown(runs) >= 5)
    runs.pause()
    runs.wait_for_picture_other_than(before)
    runs.button("÷ 10").click()
    wait_for(runs, "Run E, epoch 0.")
    runs.start()
    wait_until(lambda: "Cured!" in runs.text(), seconds=40)
    runs.pause()
    runs.button("A").click()
    wait_for(runs, "Run A, epoch 0.", "0 of 2")

    draws_a_digit_by_mouse_and_by_keys(reader, reader.demo("Draw a digit for your own network"))
    press(reader.demo("What each hidden unit looks for"), "unit", ["End"], "unit 49")
    press(reader.demo("What your network gets wrong"), "number", ["ArrowRight"], "is a 7", "63%")
    press(reader.demo("The same ink on other weights"), "pixels to the right", ["ArrowRight"], "−0.83", "off")
    for title, one, two in (
        ("The same digits, somewhere else", ["47.0%"], ["13.5%"]),
        ("The same digits, somewhere else: before and after", ["47.0%", "97.5%"], ["13.5%", "47.9%"]),
    ):
        moves = reader.demo(title)
        press(moves, "pixels to the right", ["ArrowRight"], *one)
        press_two_to_the_right(moves, left=4.75 if len(one) == 1 else 2.3)
        wait_for(moves, *two)
    press(reader.demo(training.sliding_window.title), "pixels to the right", ["ArrowRight"], "to column 3")

    press(reader.demo(training.sweep.title), "steps", ["End"], "100 steps")
    inside = reader.demo(training.inside_one_update.title)
    before = inside.source()
    for formula in ("a1 = x @ W1 + b1", "z1 = tanh(a1)"):
        inside.button("step ▶").click()
        wait_for(inside, formula)
    inside.wait_for_picture_other_than(before)
    inside.button("◀ step").click()
    wait_for(inside, "a1 = x @ W1 + b1")
    read_on_by_keys_alone(reader, look_closely=True)


def draws_a_digit_by_mouse_and_by_keys(reader, digit):
    """An upright stroke, with the mouse held down, and what the network says changes with it; and then a pixel by Enter."""
    page, cells = reader.page, digit.box.locator(".widget-gridbox button")
    cells.nth(36).scroll_into_view_if_needed()
    places = [cells.nth(8 * row + 3).bounding_box() for row in range(8)]
    for row, place in enumerate(places):
        page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        if row == 0:
            page.mouse.down()
        elif row == 3:
            wait_for(digit, "as a 9", "fills 4")
    wait_for(digit, "as a 1")
    page.mouse.up()
    digit.button("3").click()
    wait_for(digit, "as a 3")
    before = digit.source()
    take(cells.nth(9))
    page.keyboard.press("Enter")
    digit.wait_for_picture_other_than(before)


def press_two_to_the_right(moves, left):
    """Press on the map, whose left edge is so many inches from the picture's, where the digits are two pixels to the right."""
    place = moves.picture.bounding_box()
    inch = place["width"] / 7
    x, y = left + 0.9 * WIDTH, 4 - 3.4 + 0.5 * WIDTH
    moves.picture.click(position={"x": x * inch, "y": y * inch})


def number_shown(demo):
    """The first number of the readout, an epoch."""
    return float(re.search(r"[\d.]*\d", demo.text())[0])


def open_and_run(reader, lesson):
    """Open a lesson, see that the pictures of its text are there, and run it from top to bottom."""
    open_lesson(reader, lesson)
    for picture in reader.page.locator(".jp-MarkdownCell img").all():
        assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") >= 1400
        assert picture.evaluate("e => e.width") == 700
    reader.run_all()


def press_on_picture(demo, place):
    """Press on a demo's picture, 7 inches wide, at a place in inches from its lower left."""
    demo.picture.scroll_into_view_if_needed()
    box = demo.picture.bounding_box()
    inch = box["width"] / 7
    demo.reader.page.mouse.click(box["x"] + place[0] * inch, box["y"] + box["height"] - place[1] * inch)


def test_what_a_reader_writes_is_there_with_pictures_on_another_day(reader, desk):
    """The last one at the desk, for it is left and come back to."""
    open_lesson(reader, "01_activations")
    page = reader.page
    run_cells(page, "demos.weight_and_bias")
    page.get_by_text("Run the cells above first").wait_for()
    run_cells(page, "import numpy", "demos.weight_and_bias", "exercises.w_doubles.ask()")
    reader.demo(DEMO).picture.wait_for()
    page.get_by_role("radio", name=activations_exercises.w_doubles.answer).check()
    cell = page.locator(".jp-CodeCell").filter(has_text="def my_sigmoid")
    assert "still missing" in cell.text_content()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("exercises.sigmoid(lambda x: 1 / (1 + np.exp(-x)))")
    page.keyboard.press("Control+Enter")
    page.locator(".jp-CodeCell").filter(has_text="correct").filter(has_text="lambda x").wait_for()
    page.keyboard.press("Control+s")
    copy = reader.lab.home / LESSON
    wait_until(lambda: "lambda x: 1 / (1 + np.exp(-x))" in (text := copy.read_text()) and text.endswith("}\n"))
    assert not reader.faults
    saved = copy.read_bytes()
    assert "widget-view" in saved.decode(), "the saved file remembers live views that will be gone"
    assert "Run this cell" not in saved.decode(), "what the page shows in their place isn't saved"
    (reader.lab.home / "notebooks" / "01_activations.ipynb").write_text(json.dumps(EMPTY_BOOK))

    desk.come_back()
    reader = desk.reader
    assert "has changed since you got your copy" in reader.lab.log.read_text()
    reader.open(LESSON)
    assert "lambda x: 1" in reader.page.locator(".jp-CodeCell").filter(has_text="correct").first.text_content()
    assert saved_pictures(reader)
    assert reader.page.get_by_text("Loading widget").count() == 0
    assert copy.read_bytes() == saved
    run_cells(reader.page, "import numpy", "exercises.w_doubles.ask()")
    chosen = reader.page.locator(".nnlib-question input:checked")
    wait_until(lambda: chosen.count() == 1)
    assert activations_exercises.w_doubles.answer in chosen.locator("xpath=..").text_content()
    assert not reader.faults


def run_cells(page, *words):
    for each in words:
        page.locator(".jp-CodeCell .cm-content").filter(has_text=each).click()
        page.keyboard.press("Control+Enter")


def test_for_the_projector_everything_is_larger_and_code_is_folded(browser, tmp_path):
    """By settings alone: the lesson is the same."""
    with running_lab(tmp_path, more=["--class"]) as lab, reader_of(browser, lab, width=1600) as reader:
        page = reader.page
        reader.open(LESSON.replace("my_", "class_"))
        reader.run_all()
        demo = reader.demo(DEMO)
        demo.picture.scroll_into_view_if_needed()
        slider, picture = demo.slider("w").bounding_box(), demo.picture.bounding_box()
        assert picture["width"] > 800 and picture["x"] > slider["x"] + slider["width"], "the controls are beside it"
        assert demo.box.locator(".nnlib-readout").evaluate("e => parseInt(getComputedStyle(e).fontSize)") == 22
        assert page.locator(".jp-MarkdownCell p").first.evaluate("e => parseInt(getComputedStyle(e).fontSize)") == 20
        assert page.locator(".jp-CodeCell .jp-InputPlaceholder").count() > 15
        assert page.locator(".jp-CodeCell .cm-content").filter(has_text="def my_sigmoid").is_visible()
        before = demo.source()
        drag(page, demo.slider("b"), by=60)
        demo.wait_for_picture_other_than(before)
        press(demo, "w", ["End"], "w = 5.0")
        assert not reader.faults
        assert not (lab.home / "my_notebooks").exists(), "the reader's copies are left alone"


EMPTY_BOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
