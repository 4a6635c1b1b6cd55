"""The chain rule as gears: the weight of one unit is turned, and turns its sum, its output and its loss."""

from nnlessons.derivatives.gears_figure import four_dials
from nnlessons.live import Choice, Demo, Slider
from nnlessons.wording import in_parentheses, leading, rounded
from nnlib.activations import sigmoid

__all__ = ["gears"]
__dir__ = __all__.copy  # what Tab shows after `gears.`

NOTHING = 0.01  # a slope nearer to 0 is as good as none
CLOSE = 0.05  # the part of the product by which the nudge's ratio may be off, and still agree with it
START = {"dw": 0.1, "w": 1.0, "x": 3.0, "b": -3.0, "t": 1}


def unit(w, x, b, t):
    """(w, a, z, L) of a unit with one input and half the squared error:  a = w x + b, z = sigmoid(a), L = 1/2 (z - t)^2."""
    a = w * x + b
    z = float(sigmoid(a))
    return {"w": w, "a": a, "z": z, "L": (z - t) ** 2 / 2}


def turn(dw, w, x, b, t):
    """How far each dial turns when w changes by dw, and how fast each turns the next."""
    dw = round(dw, 9)  # a slider's 0 is not quite 0 after some presses of a key
    before, after = unit(w, x, b, t), unit(w + dw, x, b, t)
    changes = {name: after[name] - before[name] for name in before}
    z = before["z"]
    slopes = {"da/dw": x, "dz/da": z * (1 - z), "dL/dz": z - t}
    product = slopes["da/dw"] * slopes["dz/da"] * slopes["dL/dz"]
    ratio = changes["L"] / dw if dw else product
    factors = " · ".join(in_parentheses(leading(slope)) for slope in slopes.values())
    patch = {name: {"change": change} for name, change in changes.items()}
    patch |= {f"{name} value": {"text": rounded(value)} for name, value in before.items()}
    patch |= {name: {"text": f"× {in_parentheses(leading(slope))}"} for name, slope in slopes.items()}
    return {
        **patch,
        "dL/dw": {"text": f"{factors} = {leading(product)}"},
        "readout": {
            "line": how_well(dw, ratio, product),
            **{"dw": dw, "dL": changes["L"], "ratio": ratio, "product": product},
        },
    }


def how_well(dw, ratio, product):
    """The key of the sentence for a nudge dw whose ratio dL/dw the product of the slopes predicts."""
    if dw == 0:
        return "still"
    if max(abs(ratio), abs(product)) < NOTHING:
        return "stuck"
    return "close" if abs(ratio - product) < CLOSE * abs(product) else "far"


TURNED = "w turned by {dw:.2f} and L by {dL:.4f}, which is {ratio:.3f} times as much. "
TURNED += "The product of the three slopes is {product:.3f}. "

gears = Demo(
    title="Gears",
    controls={
        "dw": Slider(-0.3, 0.3, value=START["dw"], step=0.01, label="Δw"),
        "w": Slider(-2.0, 2.0, value=START["w"], step=0.5),
        "x": Slider(-3.0, 3.0, value=START["x"], step=0.5),
        "b": Slider(-3.0, 3.0, value=START["b"], step=0.5),
        "t": Choice({"0": 0, "1": 1}, value=START["t"], label="target t"),
    },
    groups={"Turn w": ("dw",), "The unit": ("w", "x", "b", "t")},
    figure=four_dials,
    update=turn,
    presets={"a = 0": START, "a = 6, and wrong": {**START, "b": 3.0, "t": 0}},
    readout={
        "close": TURNED + "Nearly the same.",
        "far": TURNED + "Slopes are for tiny turns: try a smaller one.",
        "stuck": "w turned by {dw:.2f}, and L by only {dL:.4f}. A factor near 0 makes the whole product small: {product:.4f}.",
        "still": "Nothing turns yet. The product of the three slopes is {product:.3f}.",
    },
)
