"""The demos of lesson 0 in which one neuron draws a line: between zeros and nines, lopsided digits, and a square's corners."""

import numpy as np

from nnlessons.digit_points import SIXTY_IN, lopsided_ones, sixty
from nnlessons.drawing.plane import IN_THE_MIDDLE, TOP_HEAVY, line_patch, points_patch
from nnlessons.live import Choice, Demo, Slider, Stepper
from nnlessons.neuron.line_figures import corners_and_line, plane_and_picture, two_planes
from nnlib.activations import step
from nnlib.losses import sigmoid_cross_entropy_gradient

__all__ = ["gates", "lopsided_or_not", "two_lines", "xor", "zero_or_nine"]
__dir__ = __all__.copy  # what Tab shows after `lines.`

RATE, LAST = 2.0, 100  # the learning rate of the machine's try, and its steps
ARROW = 0.4  # how long weights of length 1 are in a plane

# -- measurements of digits -------------------------------------------------------------------------------------------


def begin(w0, w1, b):
    """(0 steps so far, the three numbers (3,) that the reader has chosen)."""
    return 0, np.array([w0, w1, b])


def improve(state, data):
    """The three numbers after one step downhill on the neuron's loss (lesson 5), for the points of `data`; None at the end."""
    (x, t, _), (steps, numbers) = data(), state
    if steps == LAST:
        return None
    a = x @ numbers[:2] + numbers[2]
    gradient = sigmoid_cross_entropy_gradient(a[:, np.newaxis], t[:, np.newaxis])[:, 0]
    return steps + 1, numbers - RATE * np.append(x.T @ gradient, gradient.sum())


def draw(state, picture, data, names):
    """The points of `data` and the neuron's line; the picked one's picture, what it is, and what the neuron says."""
    (x, t, pictures), (_, (w0, w1, b)) = data(), state
    a = x @ [w0, w1] + b
    says = step(a).astype(int)
    wrong = int((says != t).sum())
    return {
        **points_patch(x, t, says, picture),
        **line_patch((w0, w1), b, middle=(0.5, 0.5), unit=ARROW, size=0.7),
        "picture": {"array": pictures[picture].reshape(8, 8)},
        "is": {"text": names[t[picture]]},
        "says": {"text": names[says[picture]]},
        "readout": {
            **{"w0": w0, "w1": w1, "b": b, "wrong": wrong, "all": len(t)},
            **{"x0": x[picture, 0], "x1": x[picture, 1], "a": a[picture]},
        },
    }


def nearest_point(data, x, y):
    """The number of the point nearest to (x, y)."""
    return int(np.hypot(*(data()[0] - [x, y]).T).argmin())


def question(title, data, names, count, x, y):
    """A demo with three sliders and a try of the machine's own."""
    number = {"low": -8.0, "high": 8.0, "step": 0.1}
    return Demo(
        title=title,
        controls={
            "w0": Slider(**number, value=1.0, label="w₀"),
            "w1": Slider(**number, value=-1.0, label="w₁"),
            "b": Slider(**number, value=0.5, label="b"),
            "picture": Stepper(count - 1, label="picture"),
        },
        groups={"The neuron": ("w0", "w1", "b"), "Look at one": ("picture",)},
        figure=lambda: plane_and_picture(x, y, names),
        start=begin,
        advance=lambda state: improve(state, data),
        update=lambda state, picture: draw(state, picture, data, names),
        pointer={"plane": lambda x, y: {"picture": nearest_point(data, x, y)}},
        readout="w₀ = {w0:.2f}, w₁ = {w1:.2f}, b = {b:.2f}: {wrong} of {all} misread. This picture is at ({x0:.2f}, "
        "{x1:.2f}), and the neuron's sum there is {a:.2f}.",
    )


zero_or_nine = question("0 or 9?", sixty, ("0", "9"), 60, **SIXTY_IN)
lopsided_or_not = question("Lopsided or not?", lopsided_ones, ("0 or 8", "6 or 9"), 120, x=(-3.3, 3.8), y=(-2.6, 4.5))

# -- AND, NAND, OR and XOR --------------------------------------------------------------------------------------------

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
GATES = {"AND": (0, 0, 0, 1), "NAND": (1, 1, 1, 0), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}
NUMBER = {"low": -4.0, "high": 4.0, "step": 0.1}
NUMBERS = {
    "w0": Slider(**NUMBER, value=1.0, label="w₀"),
    "w1": Slider(**NUMBER, value=1.0, label="w₁"),
    "b": Slider(**NUMBER, value=-1.5, label="b"),
}


def draw_gate(gate, w0, w1, b):
    """The four corners with the outputs of a gate, and the line of the neuron."""
    t = np.array(GATES[gate])
    says = step(
        (CORNERS @ [w0, w1] + b).round(9)
    )  # 0.1 + 0.2 - 0.3 isn't 0 on a computer, and the reader sees one digit
    wrong = (says != t).sum()
    return {
        **points_patch(CORNERS, t, says),
        **line_patch((w0, w1), b, middle=(0.5, 0.5), unit=0.1, size=0.25),
        "readout": {"line": "some" if wrong else "all", "gate": gate, "w0": w0, "w1": w1, "b": b, "right": 4 - wrong},
    }


ON_CORNERS = {
    "figure": corners_and_line,
    "pointer": {"plane": lambda x, y, w0, w1: {"b": -(w0 * x + w1 * y)}},  # the line goes through (x, y)
    "readout": {
        "some": "{gate} with w₀ = {w0:.1f}, w₁ = {w1:.1f}, b = {b:.1f}: {right} of 4 corners right.",
        "all": "{gate} with w₀ = {w0:.1f}, w₁ = {w1:.1f}, b = {b:.1f}: all 4 corners right!",
    },
}

gates = Demo(
    title="AND, OR and NAND",
    controls={"gate": Choice({gate: gate for gate in ("AND", "OR", "NAND")}), **NUMBERS},
    update=draw_gate,
    **ON_CORNERS,
)

xor = Demo(
    title="One line for XOR",
    controls=NUMBERS,
    update=lambda w0, w1, b: draw_gate("XOR", w0, w1, b),
    **ON_CORNERS,
)

# -- two lines --------------------------------------------------------------------------------------------------------

OUTPUTS = {"AND: both say yes": -1.5, "OR: at least one says yes": -0.5}  # the bias of a neuron with weights 1 and 1
PLACES = {"XOR": ((0.5, 0.5), 1.1), "lopsided": ((0.25, 0.95), 3.55)}  # the middle of the plane, and half its side


def two_neurons(data):
    """The points x (N, 2) and classes t (N,) that the reader has chosen."""
    return lopsided_ones()[:2] if data == "lopsided" else (CORNERS, np.array(GATES["XOR"]))


def plane_of(data):
    """The figure for these points."""
    (x, y), half = PLACES[data]
    limits = {"x": (x - half, x + half), "y": (y - half, y + half)}
    if data == "XOR":
        return two_planes(**limits, ticks=[0, 1], labels=("$x_0$", "$x_1$"))
    return two_planes(**limits, ticks=range(-3, 5), labels=(TOP_HEAVY, IN_THE_MIDDLE))


def line_of(turn, shift, data):
    """(w, b) of a line: its arrow is turned by so many degrees, and it's shifted along it by that part of the plane."""
    middle, half = PLACES[data]
    w = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))]).round(9)
    return w, -(w @ middle) - shift * half


def draw_two_lines(data, turn0, shift0, turn1, shift1, output, moved):
    """Left the points and the lines of two neurons; right a third neuron's line, and the points where the two answers put them.

    moved  how far they have come from their old places, from 0 to 1; the third line is there only at 1
    """
    (x, t), (middle, half) = two_neurons(data), PLACES[data]
    lines = [line_of(turn0, shift0, data), line_of(turn1, shift1, data)]
    z = np.column_stack([step((x @ w + b).round(9)) for w, b in lines])
    says = step(z @ [1, 1] + output)
    places = moved * spread(z) + (1 - moved) * (0.5 + 1.1 * (x - middle) / half)
    there = moved == 1  # before that, the points aren't where the third neuron sees them
    patches = {"in": points_patch(x, t, says), "out": points_patch(places, t, says if there else t)}
    patches |= {
        name: line_patch(w, b, middle, unit=0.3 * half, size=0.35 * half)
        for name, (w, b) in zip(("first", "second"), lines, strict=True)
    }
    patches["out"] |= line_patch((1, 1) if there else (0, 0), output, (0.5, 0.5), unit=0.2, size=0.35)
    patch = {f"{group} {name}": values for group, each in patches.items() for name, values in each.items()}
    return patch | {"readout": {"right": (says == t).sum(), "all": len(t)}}


def slide(x, y, data, turn0, shift0, turn1, shift1):
    """The shift {control: value} that takes the nearer of the two lines to (x, y)."""
    half, away = PLACES[data][1], {}
    for shift, (w, b) in {
        "shift0": line_of(turn0, shift0, data),
        "shift1": line_of(turn1, shift1, data),
    }.items():
        away[shift] = w @ [x, y] + b
    nearer = min(away, key=lambda shift: abs(away[shift]))
    return {nearer: {"shift0": shift0, "shift1": shift1}[nearer] + away[nearer] / half}


def spread(z):
    """Points (N, 2) that would be on top of each other, beside each other: in a spiral, as the seeds of a sunflower."""
    moved = z.astype(float)
    for corner in np.unique(z, axis=0):
        here = (z == corner).all(axis=1)
        k = np.arange(here.sum())
        away = min(0.12, 0.25 / np.sqrt(len(k))) * np.sqrt(k)
        moved[here] += away[:, np.newaxis] * np.column_stack([np.cos(2.4 * k), np.sin(2.4 * k)])
    return moved


two_lines = Demo(
    title="Two lines, and then one",
    controls={
        "data": Choice({"XOR": "XOR", "lopsided or not?": "lopsided"}, label="points"),
        "turn0": Slider(-180, 180, value=60, step=5, label="turn"),
        "shift0": Slider(-1.0, 1.0, value=-0.4, step=0.05, label="shift"),
        "turn1": Slider(-180, 180, value=-150, step=5, label="turn"),
        "shift1": Slider(-1.0, 1.0, value=0.0, step=0.05, label="shift"),
        "output": Choice(OUTPUTS, label=" "),
        "moved": Slider(0.0, 1.0, value=1.0, step=0.05),
    },
    groups={
        "Points": ("data",),
        "First neuron": ("turn0", "shift0"),
        "Second neuron": ("turn1", "shift1"),
        "Third neuron": ("output", "moved"),
    },
    figure=plane_of,
    update=draw_two_lines,
    pointer={"in plane": slide},
    readout="The third neuron gets {right} of {all} points right.",
)
