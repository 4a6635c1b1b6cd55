"""Seven small demos, one for each thing that the lessons need from the engine, declared as a lesson would do it."""

import ast
import operator

import matplotlib
import numpy as np

from nnlessons.drawing.style import BLUE, CURVE, ORANGE, POINT, in_style, new_figure
from nnlessons.live import Button, Check, Choice, Demo, Grid, LogSlider, Mistyped, Number, Slider, Stepper, Text

X = np.linspace(-3, 3, 301)

# -- a curve ----------------------------------------------------------------------------------------------------------


@in_style
def wave_figure():
    figure, axes = new_figure()
    axes.set(xlim=(-3, 3), ylim=(-2.2, 2.2))
    (curve,) = axes.plot([], [], **CURVE)
    return figure, {"curve": curve, "axes": axes}


def update_wave(height, speed, half):
    y = height * np.sin(speed * X)
    return {"curve": {"data": (X, np.abs(y) if half else y)}, "readout": {"height": height, "speed": speed}}


curve = Demo(
    title="A wave",
    controls={"height": Slider(0.0, 2.0, value=1.0), "speed": Number(0.1, 9, value=2), "half": Check()},
    figure=wave_figure,
    update=update_wave,
    readout="height {height:.1f}, speed {speed:.1f}",
    presets={"flat": {"height": 0.0}, "high and fast": {"height": 2.0, "speed": 8.0}},
    pointer={"axes": lambda x, y: {"height": abs(y)}},
)

# -- a decision region under still points, in training ----------------------------------------------------------------

SIDE = np.linspace(-2, 2, 100)
PLANE = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)
AROUND = np.hypot(*np.moveaxis(PLANE, -1, 0))[..., np.newaxis] - 1
COLOURS = matplotlib.colormaps["PuOr"](np.linspace(0, 1, 256), bytes=True)  # mapped here, on the small array
FEATURES = np.concatenate([PLANE, AROUND, np.ones((100, 100, 1))], axis=-1)


def some_points(seed):
    points = np.random.default_rng(seed).uniform(-2, 2, size=(300, 2))
    return points, (np.hypot(*points.T) < 1.2).astype(float)


def begin_training(seed):
    return {"w": np.zeros(4), "losses": (), "seed": seed}


def train_a_little(state, rate):
    points, inside = some_points(state["seed"])
    x = np.column_stack([points, np.hypot(*points.T) - 1, np.ones(300)])
    y = 1 / (1 + np.exp(-x @ state["w"]))
    loss = -np.log(np.where(inside > 0, y, 1 - y)).mean()
    return {**state, "w": state["w"] - rate * x.T @ (y - inside) / 300, "losses": (*state["losses"], loss)[-200:]}


@in_style
def region_figure(seed):
    figure, (plane, losses) = new_figure(columns=2)
    points, inside = some_points(seed)
    region = plane.imshow(
        FEATURES[..., 0], extent=(-2, 2, -2, 2), origin="lower", cmap="PuOr", vmin=0, vmax=1, aspect="auto"
    )
    plane.grid(False)
    plane.scatter(*points[inside > 0].T, marker="o", s=22, color=BLUE, edgecolors="white", linewidths=0.8)
    plane.scatter(*points[inside == 0].T, marker="^", s=22, color=ORANGE, edgecolors="white", linewidths=0.8)
    losses.set(xlim=(0, 200), ylim=(0, 0.8))
    (line,) = losses.plot([], [], **CURVE)
    return figure, {"region": region, "loss": line}


def update_region(state):
    losses = state["losses"]
    return {
        "region": {"data": COLOURS[(255 / (1 + np.exp(-FEATURES @ state["w"]))).astype(int)]},
        "loss": {"data": (np.arange(len(losses)), losses)},
        "readout": {"loss": losses[-1] if losses else np.log(2)},
    }


region = Demo(
    title="A region in training",
    controls={"rate": LogSlider(0.01, 10, value=1, label="η"), "seed": Button("new points")},
    figure=region_figure,
    start=begin_training,
    advance=train_a_little,
    update=update_region,
    readout="loss {loss:.4f}",
)

# -- a stepper over a list whose length depends on a control ----------------------------------------------------------


def hailstones(n):
    path = [n]
    while path[-1] != 1:
        path.append(path[-1] // 2 if path[-1] % 2 == 0 else 3 * path[-1] + 1)
    return path


@in_style
def path_figure():
    figure, axes = new_figure()
    axes.set(xlim=(-1, 22), ylim=(0, 60))
    (path,) = axes.plot([], [], "-o", color=BLUE)
    (here,) = axes.plot([], [], **POINT, markeredgecolor=ORANGE)
    return figure, {"path": path, "here": here}


def update_path(n, k):
    path = hailstones(n)
    return {
        "path": {"data": (range(len(path)), path)},
        "here": {"data": ([k], [path[k]])},
        "readout": {"k": k, "last": len(path) - 1, "value": path[k]},
    }


stepper = Demo(
    title="A path to step along",
    controls={"n": Slider(1, 15, value=7, step=1), "k": Stepper(last=lambda n: len(hailstones(n)) - 1, value=2)},
    figure=path_figure,
    update=update_path,
    readout="place {k} of {last}: {value}",
)

# -- an endless state -------------------------------------------------------------------------------------------------


@in_style
def orbit_figure():
    figure, axes = new_figure()
    axes.set(xlim=(0, 60), ylim=(0, 1))
    (line,) = axes.plot([], [], "-o", color=BLUE, markersize=4)
    return figure, {"orbit": line}


endless = Demo(
    title="Without an end",
    controls={"x": Slider(0.05, 0.95, value=0.2, step=0.05), "r": Slider(1.0, 4.0, value=3.7)},
    figure=orbit_figure,
    start=lambda x: (0, (x,)),
    advance=lambda state, r: (state[0] + 1, (*state[1], r * state[1][-1] * (1 - state[1][-1]))[-60:]),
    update=lambda state: {
        "orbit": {"data": (range(len(state[1])), state[1])},
        "readout": {"step": state[0], "x": state[1][-1]},
    },
    readout="after {step} steps {x:.4f}",
)

# -- a typed formula --------------------------------------------------------------------------------------------------

OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}


def value_of(formula, names):
    """The value of a formula of names, numbers, brackets, + - *."""

    def value(node):
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
            return OPERATIONS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            return node.value
        if isinstance(node, ast.Name) and node.id in names:
            return names[node.id]
        raise Mistyped(f"I do not understand {ast.unparse(node)} in {formula}.")

    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except SyntaxError:
        raise Mistyped(f"Something is missing or too much in {formula}.") from None
    return value(tree.body)


def names_in(formula):
    return {letter for letter in formula if letter.isalpha()}


@in_style
def formula_figure(formula):
    value_of(formula, dict.fromkeys("xab", 0))  # a formula that cannot be read leaves the old figure
    figure, axes = new_figure()
    axes.set(xlim=(-3, 3), ylim=(-5, 5), title=formula.replace("*", " "))
    (line,) = axes.plot([], [], **CURVE)
    return figure, {"line": line}


def update_formula(formula, a, b):
    return {
        "line": {"data": (X, np.broadcast_to(value_of(formula, {"x": X, "a": a, "b": b}), X.shape))},
        "readout": {"formula": formula, "at": float(value_of(formula, {"x": 1, "a": a, "b": b}))},
    }


formula = Demo(
    title="A formula of yours",
    controls={
        "formula": Text("a*x + b", examples=("x*x", "(x - a)*(x - a)", "2")),
        "a": Slider(-2.0, 2.0, value=1.0, enabled=lambda formula: "a" in names_in(formula)),
        "b": Slider(-2.0, 2.0, value=0.5, enabled=lambda formula: "b" in names_in(formula)),
    },
    figure=formula_figure,
    update=update_formula,
    readout="{formula} is {at:.2f} at x = 1",
)

# -- a surface turned by sliders --------------------------------------------------------------------------------------


class Camera:
    """The point from which a 3-D picture is seen."""

    def __init__(self, axes):
        self.artists = [axes]

    def set(self, azim, elev):
        self.artists[0].view_init(azim=azim, elev=elev)


@in_style
def surface_figure(kind):
    figure, axes = new_figure(subplot_kw={"projection": "3d"})
    x, y = np.meshgrid(np.linspace(-1, 1, 21), np.linspace(-1, 1, 21))
    axes.plot_surface(x, y, {"bowl": x**2 + y**2, "saddle": x**2 - y**2}[kind], cmap="viridis")
    return figure, {"camera": Camera(axes)}


surface = Demo(
    title="A surface to turn",
    controls={
        "kind": Choice({"bowl": "bowl", "saddle": "saddle"}),
        "azim": Slider(-90, 90, value=-60, step=5, label="around"),
        "elev": Slider(0, 90, value=30, step=5, label="above"),
    },
    figure=surface_figure,
    update=lambda azim, elev: {"camera": {"azim": azim, "elev": elev}, "readout": {"azim": azim, "elev": elev}},
    readout="seen from {azim} degrees around, {elev} above",
)

# -- an 8 x 8 grid ----------------------------------------------------------------------------------------------------

SEVEN = tuple(tuple(1.0 if i == 1 or j == 7 - i else 0.0 for j in range(8)) for i in range(8))


@in_style
def grid_figure():
    figure, (picture, sums) = new_figure(columns=2)
    image = picture.imshow(np.zeros((8, 8)), cmap="Greys", vmin=0, vmax=1, aspect="auto")
    sums.set(xlim=(-0.6, 7.6), ylim=(0, 8.2))
    lines = sums.vlines(range(8), 0, np.zeros(8), color=BLUE, linewidth=14)
    return figure, {"image": image, "sums": lines}


def update_grid(cells):
    cells = np.array(cells)
    return {
        "image": {"data": cells},
        "sums": {"segments": [[(j, 0), (j, total)] for j, total in enumerate(cells.sum(axis=0))]},
        "readout": {"total": cells.sum()},
    }


grid = Demo(
    title="Eight by eight",
    controls={"cells": Grid(8, 8, value=SEVEN, levels=3)},
    figure=grid_figure,
    update=update_grid,
    readout="{total:.1f} in all",
    presets={"empty": {"cells": tuple((0.0,) * 8 for _ in range(8))}, "seven": {"cells": SEVEN}},
)

ALL = {
    "curve": curve,
    "region": region,
    "stepper": stepper,
    "endless": endless,
    "formula": formula,
    "surface": surface,
    "grid": grid,
}
