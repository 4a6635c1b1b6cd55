"""The lessons as a reader meets them: JupyterLab in a real browser, started as `make lab` starts it."""

import contextlib
import json
import shutil

import pytest
from jupyter_page import DARK, LIGHT, reader_of, running_lab, wait_until
from keyboard import walk

LESSON = "my_notebooks/01_activations.ipynb"
DEMO = "Weight and bias of a sigmoid"


SCREENS = {"light": (LIGHT, 1), "dark": (DARK, 2)}  # a plain screen, and a dense one
OTHER = {"light": "dark", "dark": "light"}


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """A server and a window, where one lesson after the other is opened."""
    with contextlib.ExitStack() as leaving:
        yield Desk(browser, tmp_path_factory, leaving)


class Desk:
    """Someone reads a lesson, closes it, and opens the next in the list of files: JupyterLab is loaded once.

    A lesson ends in the other theme than it was opened in, and the next one begins there.
    """

    def __init__(self, browser, folders, leaving):
        self.browser, self.folders, self.leaving = browser, folders, leaving
        self.theme, self.reader = "light", None

    def sit_down(self):
        """A new page at a new server: at first, and where a lesson before has not come to its end."""
        self.leaving.close()  # what it may have left at work
        self.folder = self.folders.mktemp("desk")
        self.start(fresh=True)

    def come_back(self):
        """Another day: the server was ended, and is started anew where it was."""
        self.leaving.close()
        shutil.rmtree(self.folder / "runtime")
        self.start(fresh=False)

    def start(self, fresh):
        lab = self.leaving.enter_context(running_lab(self.folder, SCREENS[self.theme][0], fresh=fresh))
        self.reader = self.leaving.enter_context(reader_of(self.browser, lab))


@pytest.fixture
def reader(desk):
    """Whoever sits at the desk. Whatever becomes of them is nothing to the next lesson."""
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
    assert reader.page.locator("body").get_attribute("data-jp-theme-light") == str(reader.theme == "light").lower()


def read_on_by_keys_alone(reader):
    """In the other theme and at the other density, with the live pictures that are there, and without a mouse."""
    page, theme = reader.page, OTHER[reader.theme]
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    for words in ("Theme", f"JupyterLab {theme.title()}"):
        page.locator(".lm-Menu-item", has_text=words).first.click()
    page.locator(f"body[data-jp-theme-light={str(theme == 'light').lower()}]").wait_for(state="attached")
    on_screen(page, height=1000, density=SCREENS[theme][1])
    for picture in page.locator(".nnlib-picture").all():
        assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") >= 1400
    on_screen(page, height=500, density=1)  # each press of Tab scrolls, and paints all that is seen
    walk(page)
    assert not reader.faults
    reader.theme = theme


def on_screen(page, height, density):
    screen = {"width": 1280, "height": height, "deviceScaleFactor": density, "mobile": False}
    page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", screen)


def test_lesson_1_is_seen_before_it_runs_and_moves_after(reader):
    page = reader.page
    open_lesson(reader, "01_activations")
    for picture in saved_pictures(reader):
        assert picture.evaluate("e => e.naturalWidth") == 1400
        assert picture.evaluate("e => e.width") == 700

    reader.run_all()
    demo = reader.demo(DEMO)
    demo.picture.scroll_into_view_if_needed()
    page.locator(".nnlib-demo").nth(2).wait_for()
    assert "w = 1.0, b = 0.0" in demo.text()
    assert demo.picture.evaluate("e => e.naturalWidth") == 1400

    before = demo.source()
    demo.slider("w").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    demo.wait_for_text("w = 2.0, b = 0.0: the output is one half at x = 0.00, with slope 0.500 there.")
    demo.wait_for_picture_other_than(before)

    before = demo.source()
    drag(page, demo.slider("b"), by=60)
    demo.wait_for_picture_other_than(before)
    wait_until(lambda: "b = 0.0" not in demo.text())

    demo.box.get_by_role("button", name="Reset").click()
    demo.wait_for_text("w = 1.0, b = 0.0")
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


def drag(page, handle, by, steps=12):
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=steps)
    page.mouse.up()


def test_lesson_0_follows_the_keys(reader):
    open_and_run(reader, "00_neuron")
    assert reader.page.get_by_text("Everything is as it should be. You can begin.").count() == 1
    unit = reader.demo("One neuron with two inputs")
    press(unit, "b", ["Home"], "a = 0.6 · 1.0 + (−1.0) · 0.5 + (−2.0) = −1.90.")
    gates = reader.demo("A line for AND, NAND, OR and XOR")
    press(gates, "b", ["ArrowLeft"] * 10, "b = −1.5: right at all 4 points.")
    gates.button("XOR").click()
    gates.wait_for_text("wrong at 3 of the 4 points.")
    cloud = reader.demo("A line through two clouds")
    press(cloud, "w₂", ["End"], "w₂ = 2.0")
    before = cloud.source()
    cloud.button("new points").click()
    cloud.wait_for_picture_other_than(before)
    shapes = reader.demo("Which shapes fit together")
    press(shapes, "inputs in W", ["ArrowLeft"], "everything fits, and the result has shape (2, 4).")
    press(shapes, "numbers in b", ["Home"], "NumPy adds the one number of b to all 4 units")
    shapes.button("a sample is a column: W x + b").click()
    shapes.wait_for_text("x (3, 2), W (4, 3)")
    read_on_by_keys_alone(reader)


def test_lesson_2_follows_the_keys(reader):
    open_and_run(reader, "02_forward_pass")
    assert reader.page.locator(".jp-MarkdownCell img").count() == 2
    product = reader.demo("One product, written in two ways")
    press(product, "to unit", ["ArrowRight"], "From input 1 to unit 3: w13 in formulas, W[0, 2] in code. It is 3.")
    product.button("a sample is a column: W x").click()
    product.wait_for_text("y = W x = (9, 12, 15). From input 1 to unit 3: w31 in formulas, W[2, 0] in code. It is 3.")
    network = reader.demo("A 3-layer network, one layer after the other")
    press(network, "W3[1, 0]", ["End"], "y[0] = 0.626 · 0.1 + 0.771 · 2.0 + 0.1 = 1.705")
    network.button("◀").click()
    network.wait_for_text("Layer 2: the sums are a2 = (0.516, 1.214).")
    press(network, "x[0]", ["Home"], "z2[1] = h(0.500 · 0.4 + 0.450 · 0.5 + 0.401 · 0.6 + 0.2) = h(0.866) = 0.704")
    sizes = reader.demo("Networks of any size, and the shapes of their arrays")
    before = sizes.source()
    sizes.button("3-4-4-1").click()
    sizes.wait_for_text("3 weighted layers")
    sizes.wait_for_picture_other_than(before)
    press(sizes, "hidden layers", ["Home"], "1 weighted layer. Numbers to learn, weights and biases: 3 · 1 + 1 = 4.")
    sizes.wait_until_greyed_out("units in each")  # of no use without them
    softmax = reader.demo("Softmax of three scores")
    press(softmax, "c", ["End"], "is larger than a computer can store")
    softmax.button("the cure").click()
    softmax.wait_for_text("and 1000 added to each: y = (0.245, 0.090, 0.665), which sums to 1.000.")
    read_on_by_keys_alone(reader)


def test_lesson_3_follows_the_keys(reader):
    open_and_run(reader, "03_losses")
    squares = reader.demo("Three errors as squares")
    press(squares, "y₀", ["ArrowRight"] * 3, "The squares are 0.36, 0.16 and 0.01")
    curve = reader.demo("The loss for the right class")
    press(curve, "y", ["Home"], "y = 0.01: −log y is 4.61 with slope −100.00")
    batch = reader.demo("The mean and the sum over N samples")
    press(batch, "N", ["End"], "10,000 samples: the sum of their losses is")
    before = batch.source()
    batch.button("new samples").click()
    batch.wait_for_picture_other_than(before)
    scores = reader.demo("From three scores to loss and gradient")
    press(scores, "s₁", ["ArrowRight"] * 10, "y = (0.468, 0.468, 0.063). Class 1 is right and gets 0.468")
    scores.button("2").click()
    scores.wait_for_text("Class 2 is right and gets 0.063")
    stairs = reader.demo("Accuracy and loss over one weight")
    press(stairs, "w", ["ArrowRight"], "w = 2.01: the accuracy is 32 %, the loss 1.58137.")
    press(stairs, "w", ["Home"], "w = −4.00: the accuracy is 88 %")
    read_on_by_keys_alone(reader)


def test_lesson_4_follows_the_keys(reader):
    open_and_run(reader, "04_derivatives")
    assert reader.page.locator(".jp-MarkdownCell img").count() == 1
    secant = reader.demo("A secant and the tangent")
    press(
        secant,
        "h",
        ["ArrowLeft"] * 10,
        "(0.96000 − 0.75000) / 1 = 0.2100. The tangent at x = 5.0 has the slope 0.2000.",
    )
    secant.button("from x − h to x + h").click()
    secant.wait_for_text(
        "From x − h = 4 to x + h = 6, y goes from 0.56000 to 0.96000, and (0.96000 − 0.56000) / 2 = 0.2000."
    )
    errors = reader.demo("The error of a slope found by nudging")
    press(errors, "h", ["Home"], "The forward difference is 0.000000000, off by 2.0e-01.")
    before = errors.source()
    errors.button("x³ at x = 1").click()
    errors.wait_for_text("the slope is 3.000000000")
    errors.wait_for_picture_other_than(before)
    bowl = reader.demo("A round bowl and its gradient")
    press(bowl, "x₁", ["ArrowLeft"] * 8, "At (3.0, 0.0) f is 9.00. ∂f/∂x₀ is 6.00 and ∂f/∂x₁ is 0.00")
    before = bowl.source()
    bowl.slider("view: around").focus()
    reader.page.keyboard.press("Home")
    bowl.wait_for_picture_other_than(before)
    landscape = reader.demo("A long valley and other landscapes")
    press(landscape, "x₁", ["ArrowLeft"] * 2, "The arrow shows its negative, (−0.40, 0.00).")
    landscape.button("middle of the saddle").click()
    landscape.wait_for_text("the gradient is (0.00, 0.00), and there is no arrow.")
    chain = reader.demo("A nudge through two functions")
    press(chain, "x", ["Home"], "Together: (−4.000) · 3.00 = −12.000.")
    chain.button("sigmoid(u)").click()
    chain.wait_for_text("the slope of y at u is 0.105.")
    read_on_by_keys_alone(reader)


def test_lesson_5_follows_the_keys(reader):
    open_and_run(reader, "05_gradient_descent")
    curve = reader.demo("Downhill on a curve")
    before = curve.source()
    curve.button("step ▶").click()
    curve.wait_for_text("Step 1: x = −2.4, f = 5.76. The slope is −4.8, so the next move is −η · slope = 0.48.")
    curve.wait_for_picture_other_than(before)
    press(curve, "η", ["End"], "so the next move is −η · slope = 48.")
    curve.play().click()
    curve.wait_for_text("It has diverged, and is stopped here: η = 10 is too large.")
    plane = reader.demo("Downhill over contours")
    plane.button("narrow valley").click()
    plane.wait_for_text("Step 0: x = (−4.5, 2)")
    plane.play().click()
    plane.wait_for_text("Step 100: x = (−0.00114, ")
    press(reader.demo("Many learning rates at once"), "η", ["End"], "take f from 25 up to 9.4e+26. This is too large.")
    net = reader.demo("Six weights of a small net")
    net.button("▶").click()
    net.wait_for_text("W[0, 1] = −0.200 has the gradient 0.1701: lowering it lowers the loss.")
    net.button("step ▶").click()
    net.wait_for_text("Step 1: the loss is 0.6131")
    batches = reader.demo("Mini-batch, gradient, step, and again")
    batches.slider("samples B").focus()  # it is heard by the next step
    reader.page.keyboard.press("End")
    for words in ("a mini-batch of 100 samples is picked", "Second: its gradient is (", "1 update so far"):
        batches.button("step ▶").click()
        batches.wait_for_text(words)
    read_on_by_keys_alone(reader)


def test_lesson_6_follows_the_keys(reader):
    open_and_run(reader, "06_backpropagation")
    assert reader.page.locator(".jp-MarkdownCell img").count() == 1
    graph = reader.demo("One node at a time through (x + y) z")
    graph.button("▶").click()
    graph.wait_for_text("Forward, step 1 of 2. + puts out (−2) + 5 = 3.")
    graph.button("update").click()
    graph.wait_for_text("Forward again: f was −12 and is now −14.11.")
    graph.button("◀").click()
    graph.wait_for_text("To y: downstream = upstream × local = (−4) × 1 = −4")
    press(graph, "z", ["Home"], "To y: downstream = upstream × local = (−6) × 1 = −6")
    rules = reader.demo("What a node does to the gradient that arrives")
    rules.button("multiply").click()
    press(rules, "upstream", ["ArrowRight"] * 2, "To x: downstream = upstream × local = 2 × (−3) = −6")
    neuron = reader.demo("A neuron, forward and backward")
    press(neuron, "step", ["End"], "To w0: downstream = upstream × local = 0.1966 × (−1) = −0.1966")
    neuron.button("the sigmoid as one node").click()
    neuron.wait_for_text("Backward, step 5 of 5.")
    gaps = reader.demo("A graph to fill in")
    write(gaps, 0, "8")
    gaps.wait_for_text("A, what + puts out, from x and y: correct. A is 8.")
    write(gaps, 2, "4")
    gaps.wait_for_text(
        "C, the gradient that goes back to +: keep working. The size is right, the sign is turned round."
    )
    gaps.button("new numbers").click()
    gaps.wait_for_text("0 of 6 are right.")
    answer = gaps.box.locator("input[type=text]").first
    wait_until(lambda: answer.input_value() == "")  # it belongs to the numbers before
    own = reader.demo("The graph of your own formula")
    write(own, 0, "x.__class__")
    own.box.get_by_text("formula is not understood at character 2").wait_for()
    before = own.source()  # of x, which was understood on the way
    own.box.locator("input[type=text]").first.fill("(x - w)**2")
    own.wait_for_picture_other_than(before)
    own.wait_until_not_greyed_out("w")  # which comes last: then the stepper knows of its new length too
    press(own, "step", ["End"], "To w: downstream = upstream × local")
    assert not "".join(own.failure()).strip()
    own.wait_until_greyed_out("y")  # which this formula does not have
    read_on_by_keys_alone(reader)


def test_lesson_7_follows_the_keys(reader):
    open_and_run(reader, "07_arrays")
    mirrors = reader.demo("Repeat, sum and branch")
    before = mirrors.source()
    mirrors.button("▶").click()
    mirrors.wait_for_text("Backward: x was used 3 times, so all that comes back is added, column by column.")
    mirrors.wait_for_picture_other_than(before)
    mirrors.button("sum").click()
    mirrors.wait_for_text("Backward: each of the 3 rows gets the whole gradient of y.")
    product = reader.demo("A matrix product and an affine layer")
    press(product, "N", ["End"], "Forward: y = x @ W, (4, 2) @ (2, 3) → (4, 3).")
    product.button("a = x @ W + b").click()
    product.wait_for_text("Forward: p = x @ W")
    press(product, "step", ["ArrowRight"] * 4, "Backward: b was used for 4 samples")
    puzzle = reader.demo("Which product is the gradient")
    puzzle.button("D = H").click()
    puzzle.wait_for_text("With the shape of dx at these sizes: 4. Of these, right: 1.")
    jacobian = reader.demo("The Jacobian, and what backward needs instead")
    press(jacobian, "D", ["End"], "Entries of J: 4 · 8 = 32. Those that are 0 whatever the numbers are: 16.")
    loss = reader.demo("Softmax with its loss")
    press(loss, "step", ["End"], "Backward: dscores = (y − t) / N.")
    memory = reader.page.locator(".nnlib-demo").filter(has_text="Names and memory")
    assert memory.count() == 3, "a picture in each of three cells"
    assert "held and grads[0] point to the same array, [3. 4.]." in memory.last.text_content()
    update = reader.demo("One whole update of a 2-2-2 network")
    press(update, "step", ["End"], "Forward again: L was 0.298371109 and is now 0.291027774.")
    check = reader.demo("A network with a bug")
    before = check.source()
    check.button("6").click()
    check.wait_for_text("Wrong gradients: 2 of 6.")
    check.wait_for_picture_other_than(before)
    check.button("3 Affine").click()
    check.wait_for_text("Yes, in 3 Affine: dx is dout @ W, without the transpose.")
    check.button("7").click()
    check.wait_for_text("Wrong gradients: 1 of 6.")
    assert "Yes" not in check.text(), "the answer belongs to the bug before"
    read_on_by_keys_alone(reader)


def test_lesson_8_follows_the_keys_and_learns_while_it_plays(reader):
    open_and_run(reader, "08_training")
    sweep = reader.demo("Twenty steps, at many learning rates")
    press(sweep, "steps", ["End"], "after 100 steps it is")
    inside = reader.demo("Inside one update")
    before = inside.source()
    for phase in ("a1 = x @ W1 + b1", "z1 = tanh(a1)"):
        inside.button("step ▶").click()
        inside.wait_for_text(phase)
    inside.wait_for_picture_other_than(before)
    inside.button("◀ step").click()
    inside.wait_for_text("a1 = x @ W1 + b1")

    playground = reader.demo("The playground")
    before = playground.source()
    playground.play().click()
    wait_until(lambda: epochs_told(playground) >= 5)
    playground.button("ten epochs").click()  # acts at once, and the training goes on
    told = epochs_told(playground)
    wait_until(lambda: epochs_told(playground) >= told + 20)
    playground.play().click()
    playground.wait_for_picture_other_than(before)
    playground.button("dead ReLUs").click()
    playground.wait_for_text("Epoch 0, update 0.")
    for epoch in (1, 2, 3):
        playground.button("step ▶").click()
        playground.wait_for_text(f"Epoch {epoch}, update {40 * epoch}.")
    assert "of 10 units" in playground.text()
    playground.button("Reset").click()
    playground.wait_for_text("Epoch 0, update 0. Loss: train 12.763")

    unit = reader.demo("The weights of each hidden unit")
    press(unit, "unit", ["End"], "Unit 49 ")
    wrong = reader.demo("What the network gets wrong")
    press(wrong, "number", ["ArrowRight"], "Number 1 of them")
    digit = reader.demo("Change a digit")
    before = digit.source()
    digit.button("7").click()
    digit.wait_for_text("Most likely 7")
    digit.wait_for_picture_other_than(before)
    before = digit.source()
    digit.box.locator(".widget-gridbox button, [class*=gridbox] button").nth(9).focus()
    reader.page.keyboard.press("Enter")
    digit.wait_for_picture_other_than(before)
    read_on_by_keys_alone(reader)


def epochs_told(playground):
    return float(playground.text().split(",")[0].removeprefix("Epoch "))


def write(demo, place, words):
    """Type into a field of a demo, key by key, over what stands there."""
    field = demo.box.locator("input[type=text]").nth(place)
    field.click()
    demo.reader.page.keyboard.press("Control+a")
    demo.reader.page.keyboard.type(words)


def open_and_run(reader, lesson):
    """Open a lesson, see that the pictures of its text are there, and run it from top to bottom."""
    open_lesson(reader, lesson)
    for picture in reader.page.locator(".jp-MarkdownCell img").all():
        assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") >= 1400
        assert picture.evaluate("e => e.width") == 700
    reader.run_all()


def press(demo, label, keys, words):
    before = demo.source()
    demo.slider(label).focus()
    for key in keys:
        demo.reader.page.keyboard.press(key)
    demo.wait_for_text(words)
    demo.wait_for_picture_other_than(before)


def test_what_a_reader_writes_is_kept_and_opens_with_pictures_on_another_day(reader, desk):
    """The last one at the desk, for it is left and come back to."""
    open_lesson(reader, "01_activations")
    page = reader.page
    for words in ("import numpy", "demos.weight_and_bias"):
        page.locator(".jp-CodeCell .cm-content").filter(has_text=words).click()
        page.keyboard.press("Control+Enter")
    reader.demo(DEMO).picture.wait_for()
    cell = page.locator(".jp-CodeCell").filter(has_text="def my_sigmoid")
    assert "still missing" in cell.text_content()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("exercises.sigmoid(lambda x: 1 / (1 + np.exp(-x)))")
    page.keyboard.press("Control+Enter")
    page.locator(".jp-CodeCell").filter(has_text="correct").filter(has_text="lambda x").wait_for()
    page.keyboard.press("Control+s")
    copy = reader.lab.home / LESSON
    wait_until(lambda: "lambda x: 1 / (1 + np.exp(-x))" in copy.read_text())
    assert not reader.faults
    saved = copy.read_bytes()
    assert "widget-view" in saved.decode(), "the saved file remembers live views that will be gone"
    (reader.lab.home / "notebooks" / "01_activations.ipynb").write_text(json.dumps(EMPTY_BOOK))

    desk.come_back()
    reader = desk.reader
    assert "has changed since you got your copy" in reader.lab.log.read_text()
    reader.open(LESSON)
    assert "lambda x: 1" in reader.page.locator(".jp-CodeCell").filter(has_text="correct").first.text_content()
    assert saved_pictures(reader)
    assert reader.page.get_by_text("Loading widget").count() == 0
    assert copy.read_bytes() == saved
    assert not reader.faults


def test_for_the_projector_everything_is_larger_and_code_is_folded(browser, tmp_path):
    """By settings alone: the lesson is the same."""
    with running_lab(tmp_path, more=["--class"]) as lab, reader_of(browser, lab, width=1600) as reader:
        page = reader.page
        reader.open(LESSON.replace("my_", "class_"))
        reader.run_all()
        demo = reader.demo(DEMO)
        demo.picture.scroll_into_view_if_needed()
        assert demo.picture.evaluate("e => e.width") == 1050
        assert demo.slider("w").evaluate("e => e.closest('.widget-slider').offsetWidth") >= 500
        assert demo.box.locator("[role=status]").evaluate("e => parseInt(getComputedStyle(e).fontSize)") == 22
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
