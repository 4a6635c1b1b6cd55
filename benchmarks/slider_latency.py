"""From a slider's move to the painted picture: ours against what people use instead, in real notebooks in a real browser.

    make bench                            all of it, about nine minutes
    make bench ARGS="--moves 20"          fewer moves

In one run and taking turns, on the server as `make lab` starts it and on a stock one:

    echo       a slider that changes a label: the floor, nothing can be faster
    least      a slider that changes a ready picture of 20 x 20 pixels: the floor of whatever shows pictures by widgets
    interact   the same picture as ours, drawn again and again by `interact` and the inline backend
    ipympl     the same picture as an ipympl canvas with `set_data` (installed for this alone, into a throw-away folder)
    ours       the demo of lesson 1
    network    the drawn network of lesson 2, moved by an input, so that nearly all of its units and numbers change
    landscape  the map of a loss in lesson 4, moved by a weight: place and arrow on the map, line and points beside it

A key press counts from the page's own key event to the moment after the frame that shows the new picture: the next frame
where the picture is at hand as soon as it is set, else the one after it has been fetched. Pictures are
1400 x 800 pixels shown at 700 x 400, on a screen of two device pixels for each CSS pixel. (With --dpr 1 the browser has to
shrink them at each move, and ipympl draws a quarter of the pixels.) The ratios matter, not the milliseconds: those are the
machine's, and a slow machine holds up those who compute, but hardly the echo.
"""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tools"))

from jupyter_page import CALM, browser_path, reader_of, running_lab  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

IPYMPL = "ipympl==0.10.0"
DRAG_SECONDS, PLAY_SECONDS = 3, 5

WATCH = """
window.bench = {paints: [], pressed: 0, moved: 0, root: null, kind: ""};
const always = () => true;
let waiting = null;
function painted(ready) {  // in the next frame, if by then what is to be painted is there
  if (waiting) return waiting.push(ready);
  waiting = [ready];
  requestAnimationFrame(() => {
    const counts = waiting.some(ready => ready());
    waiting = null;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { if (counts) bench.paints.push(performance.now()); };
    channel.port2.postMessage(0);
  });
}
addEventListener("keydown", () => { bench.pressed = performance.now(); }, true);
addEventListener("pointermove", () => { bench.moved = performance.now(); }, true);
const counted = new WeakMap();
function arrived(image) {
  const news = image.complete && image.naturalWidth > 0 && counted.get(image) !== image.src;
  if (news) counted.set(image, image.src);
  return news;
}
function changed(node) {
  if (bench.kind === "text" && (node.parentElement?.closest(".bench-label") || node.closest?.(".bench-label"))) painted(always);
  if (bench.kind === "image" && node.nodeType === 1 && bench.root.contains(node))
    for (const image of node.tagName === "IMG" ? [node] : node.querySelectorAll("img")) painted(() => arrived(image));
}
new MutationObserver(records => records.forEach(record =>
  bench.kind === "image" && record.type === "childList" ? record.addedNodes.forEach(changed) : changed(record.target)
)).observe(document, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["src"]});
document.addEventListener("load", event => {  // never reaches the window
  if (bench.kind === "image" && event.target.tagName === "IMG") changed(event.target);
}, true);
const drawImage = CanvasRenderingContext2D.prototype.drawImage;
CanvasRenderingContext2D.prototype.drawImage = function (...all) {
  if (bench.kind === "canvas") painted(always);
  return drawImage.apply(this, all);
};
"""

SLIDER = 'w.FloatSlider(value=1, min=-5, max=5, step=0.1, description="w", layout=w.Layout(width="340px"))'
PLAY = "w.Play(min=0, max=10**9, interval=20)"
ECHO = f"""
import ipywidgets as w
slider, play, label = {SLIDER}, {PLAY}, w.Label("w = 1.0")
label.add_class("bench-label")
def move(value):
    label.value = f"w = {{value:.1f}}"
slider.observe(lambda change: move(change["new"]), "value")
play.observe(lambda change: move(change["new"] % 100 / 10 - 5), "value")
w.VBox([slider, play, label])
"""
LEAST = f"""
import io
import ipywidgets as w
from base64 import b64encode
from PIL import Image

def square(grey):
    out = io.BytesIO()
    Image.new("RGB", (20, 20), (grey, grey, grey)).save(out, "jpeg")
    return b"data:image/jpeg;base64," + b64encode(out.getvalue())

squares = [square(grey) for grey in range(0, 250, 5)]
slider, play, image = {SLIDER}, {PLAY}, w.Image(format="url", value=squares[0], width=700, height=400)
def move(value):
    image.value = squares[round(value * 10) % len(squares)]
slider.observe(lambda change: move(change["new"]), "value")
play.observe(lambda change: move(change["new"] % 100 / 10 - 5), "value")
w.VBox([slider, play, image])
"""
DRAWING = """
import ipywidgets as w
import matplotlib.pyplot as plt
import numpy as np
from nnlessons.activations.demos import X, move_weight_and_bias
from nnlessons.drawing import style

def new_picture():
    figure, axes = plt.subplots(figsize=(7, 4))
    axes.set(xlim=(-6, 6), ylim=(-0.12, 1.14), xlabel="x", title="h(w x + b)")
    style.cross_at_zero(axes)
    axes.axhline(0.5, **style.GUIDE)
    axes.plot(X, move_weight_and_bias(1, 0)["curve"]["data"][1], **style.BEFORE)
    return figure, [axes.plot([], [], **looks)[0] for looks in (style.CURVE, style.SECOND, style.POINT)]

def set_lines(lines, value):
    patch = move_weight_and_bias(value, 0)
    for line, name in zip(lines, ("curve", "tangent", "halfway")):
        line.set_data(*patch[name]["data"])
"""
INTERACT = f"""
%matplotlib inline
%config InlineBackend.figure_format = "retina"
{DRAWING}
def draw(value):
    figure, lines = new_picture()
    set_lines(lines, value)
    plt.show()

w.interact(draw, value={SLIDER})
w.interact(lambda tick: draw(tick % 100 / 10 - 5), tick={PLAY});
"""
WITH_IPYMPL = f"""
%matplotlib widget
{DRAWING}
plt.ioff()
figure, lines = new_picture()
slider, play = {SLIDER}, {PLAY}
def move(value):
    set_lines(lines, value)
    figure.canvas.draw_idle()
slider.observe(lambda change: move(change["new"]), "value")
play.observe(lambda change: move(change["new"] % 100 / 10 - 5), "value")
move(1)
w.VBox([slider, play, figure.canvas])
"""
OURS = "from nnlessons.activations.demos import weight_and_bias\nweight_and_bias"
OURS_IN_PLAY = """
from nnlessons.activations.demos import X, move_weight_and_bias, sigmoid
from nnlessons.activations.figures import moved_curve
from nnlessons.live import Demo, Slider

Demo(
    title="The same, in play",
    controls={"b": Slider(-5.0, 5.0, value=0.0)},
    figure=lambda: moved_curve(X, before=sigmoid(X)),
    start=lambda b: 0,
    advance=lambda state: state + 1,
    update=lambda state, b: move_weight_and_bias(state % 100 / 10 - 5, b),
    readout={"usual": "{w:.1f}", "flat": "{w:.1f}"},
)
"""
LANDSCAPE = "from nnlessons.derivatives.demos import loss_map\nloss_map"
NETWORK = "from nnlessons.forward_pass.demos import forward\nforward"
GRAPH = """
from nnlessons.backpropagation.demos import neuron
neuron
"""
DESCENT = "from nnlessons.gradient_descent.demos import over_contours\nover_contours"
REGION_IN_PLAY = "import small_demos\nsmall_demos.region"

CONTESTANTS = {
    "echo": "text",
    "least": "image",
    "interact": "image",
    "ipympl": "canvas",
    "ours": "image",
    "network": "image",
    "landscape": "image",
    "graph": "image",
}
CELLS = {
    "echo": [ECHO],
    "least": [LEAST],
    "interact": [INTERACT],
    "ipympl": [WITH_IPYMPL],
    "ours": [OURS, OURS_IN_PLAY, REGION_IN_PLAY],
    "network": [NETWORK, DESCENT],
    "landscape": [LANDSCAPE],
    "graph": [GRAPH],
}

SLIDER_OF = {"graph": -1, "network": 2}  # which slider is moved: the first, the graph's stepper, the network's x[0]


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--moves", type=int, default=60, help="key presses for each contestant")
    words.add_argument("--dpr", type=float, default=2, help="device pixels for each CSS pixel of the screen")
    words.add_argument("--json", type=pathlib.Path, help="keep the figures here too")
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = pathlib.Path(folder)
        extra = install_ipympl(folder / "ipympl")
        browser = playwright.chromium.launch(executable_path=browser_path(), args=CALM)
        print(f"{machine()}; Chromium {browser.version}\n")
        results = {}
        for server, stock in (("make lab", None), ("stock", "jupyterlab")):
            (folder / server).mkdir()
            results[server] = measure(browser, folder / server, stock, extra, chosen.moves, chosen.dpr)
            print(table(server, results[server]), flush=True)
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1))


def install_ipympl(folder):
    """The environment variables with which a kernel and a server find ipympl, or None where it cannot be had."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--target", str(folder), IPYMPL], capture_output=True, text=True)
    if done.returncode:
        print(f"left out: {IPYMPL} cannot be installed here", file=sys.stderr)
        return None
    return {"PYTHONPATH": str(folder), "JUPYTER_PATH": str(folder / "share" / "jupyter")}


def machine():
    with contextlib.suppress(OSError):
        cpu = next(line.split(": ")[1] for line in open("/proc/cpuinfo") if line.startswith("model name"))
        return f"{os.cpu_count()} cores of {cpu.strip()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def measure(browser, folder, stock, extra, moves, dpr):
    names = [name for name in CONTESTANTS if name != "ipympl" or extra]
    figures = {name: {"press": [], "bytes": [], "slider": SLIDER_OF.get(name, 0)} for name in names}
    with running_lab(folder, stock=stock, environment=extra) as lab, contextlib.ExitStack() as open_pages:
        pages = {name: open_pages.enter_context(reader_of(browser, lab, dpr=dpr)) for name in names}
        for name, reader in pages.items():
            prepare(name, reader, figures[name])
        rounds = 6
        for number in range(rounds):
            for name, reader in pages.items():
                press(reader, figures[name], moves // rounds, back=number % 2 == 1)
        for name, reader in pages.items():
            drag(reader, figures[name])
        for name, reader in pages.items():
            if name not in ("network", "landscape", "graph"):  # they have no clock
                figures[name]["play"] = play(reader, cell=1 if name == "ours" else 0)
        figures["ours"]["region in play"] = play(pages["ours"], cell=2)
        figures["network"]["descent"] = play_to_the_end(pages["network"], cell=1)
        for name, reader in pages.items():
            if reader.faults:
                print(f"{name}: {reader.faults[:3]}", file=sys.stderr)
    return figures


def prepare(name, reader, figures):
    reader.page.add_init_script(WATCH)
    reader.page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda data: figures["bytes"].append(len(data)))
    )
    reader.write_and_open(*CELLS[name], name=f"{name}.ipynb")
    reader.page.keyboard.press("Escape")
    look_at(reader, 0, CONTESTANTS[name])
    reader.page.wait_for_timeout(1500)


def look_at(reader, cell, kind=None):
    reader.page.bring_to_front()
    reader.page.evaluate(
        """([cell, kind]) => {
            bench.root = document.querySelectorAll('.jp-CodeCell')[cell];
            if (kind) bench.kind = kind;
            bench.root.querySelector('.jp-OutputArea').scrollIntoView();
        }""",
        [cell, kind],
    )


def handle_of(reader, figures):
    return reader.page.locator(".jp-CodeCell").nth(0).get_by_role("slider").nth(figures["slider"])


def press(reader, figures, count, back):
    look_at(reader, 0)
    page = reader.page
    handle_of(reader, figures).focus()
    page.wait_for_timeout(300)
    figures["bytes"].clear() if not figures["press"] else None
    for _ in range(count):
        page.evaluate("bench.paints = []")
        page.keyboard.press("ArrowLeft" if back else "ArrowRight")
        ends = time.time() + 3
        while time.time() < ends:
            page.wait_for_timeout(120)
            late = page.evaluate("bench.paints.length ? bench.paints[0] - bench.pressed : -1")
            if late >= 0:
                figures["press"].append(late)
                break
    figures["bytes a move"] = sum(figures["bytes"]) / max(1, len(figures["press"]))


def drag(reader, figures):
    """Three seconds back and forth with the real mouse: pictures a second, and how long after its stop the last was painted."""
    look_at(reader, 0)
    page = reader.page
    box = handle_of(reader, figures).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("bench.paints = []")
    began, number = time.time(), 0
    while time.time() - began < DRAG_SECONDS:
        number += 1
        page.mouse.move(x + 80 * ((number / 30 + 1) % 2 - 1), y)
        page.wait_for_timeout(5)
    seconds = time.time() - began
    page.wait_for_timeout(1000)
    page.mouse.up()
    paints, moved = page.evaluate("[bench.paints, bench.moved]")
    figures["drag"] = sum(paint <= moved for paint in paints) / seconds
    figures["last"] = max(0, max(paints, default=moved) - moved)


def play(reader, cell):
    """Pictures a second while the clock ticks as fast as it can."""
    look_at(reader, cell)
    output = reader.page.locator(".jp-CodeCell").nth(cell)
    if output.locator("select").count():
        output.locator("select").select_option(label="50")
    button = output.locator(".widget-play button").nth(0)
    button.click()
    reader.page.wait_for_timeout(1000)
    reader.page.evaluate("bench.paints = []")
    reader.page.wait_for_timeout(PLAY_SECONDS * 1000)
    count = reader.page.evaluate("bench.paints.length")
    button.click()
    reader.page.wait_for_timeout(500)
    return count / PLAY_SECONDS


def play_to_the_end(reader, cell):
    """Pictures a second from the first to the last of a descent of 100 steps, at up to 50 steps a second."""
    look_at(reader, cell)
    output = reader.page.locator(".jp-CodeCell").nth(cell)
    output.locator("select").select_option(label="50")
    reader.page.evaluate("bench.paints = []")
    output.locator(".widget-play button").nth(0).click()
    output.get_by_text("step 100, the last").wait_for(timeout=60_000)
    reader.page.wait_for_timeout(500)
    paints = reader.page.evaluate("bench.paints")
    return (len(paints) - 1) / (paints[-1] - paints[0]) * 1000


def table(server, figures):
    """Markdown: a row for each contestant, ratios to the echo's."""
    lines = [
        f"| {server} | key press to paint, p50 ms | p95 ms | p50 / echo | p95 / echo | pictures a second in a drag "
        "| last after, ms | in play | KiB a move |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    floor = quantiles(figures["echo"]["press"])
    for name, one in figures.items():
        middle, high = quantiles(one["press"])
        in_play = f"{one['play']:.0f}" if "play" in one else ""
        lines.append(
            f"| {name} | {middle:.0f} | {high:.0f} | {middle / floor[0]:.2f} | {high / floor[1]:.2f} "
            f"| {one['drag']:.0f} | {one['last']:.0f} | {in_play} | {one['bytes a move'] / 1024:.0f} |"
        )
    ours, theirs = figures["ours"], figures["interact"]
    lines.append(
        f"\nours to interact: p50 {quantiles(ours['press'])[0] / quantiles(theirs['press'])[0]:.2f}, "
        f"pictures a second in a drag {ours['drag'] / theirs['drag']:.1f}. "
        f"Region in training, in play: {ours['region in play']:.0f} pictures a second. "
        f"A descent of 100 steps: {figures['network']['descent']:.0f} pictures a second.\n"
    )
    return "\n".join(lines)


def quantiles(values):
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
