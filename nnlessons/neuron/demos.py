"""The demos of lesson 0: a network that reads, one neuron and its line, and what two lines can do. One neuron is here."""

from nnlessons.live import Demo, Slider
from nnlessons.neuron.figures import one_unit
from nnlessons.neuron.lines import gates, lopsided_or_not, two_lines, xor, zero_or_nine
from nnlessons.neuron.reading import reader
from nnlessons.preflight import preflight
from nnlessons.wording import fixed, parenthesised
from nnlib.activations import step

__all__ = ["gates", "lopsided_or_not", "neuron", "preflight", "reader", "two_lines", "xor", "zero_or_nine"]
__dir__ = __all__.copy  # what Tab shows after `demos.`


def product_of(name, w, x):
    """The product of a weight and an input as a formula, with negative numbers in parentheses."""
    return f"${name} = {parenthesised(w, 1)} \\cdot {parenthesised(x, 1)} = {fixed(w * x, 2)}$"


def show_neuron(x0, x1, w0, w1, b):
    """The weighted sum and the output of a unit with a step function."""
    a = w0 * x0 + w1 * x1 + b
    a = round(a, 9)  # 0.1 * 3 - 0.3 is not 0 on a computer, and the reader sees one digit
    z = step(a)
    return {
        "x0": {"text": fixed(x0, 1)},
        "x1": {"text": fixed(x1, 1)},
        "w0": {"text": product_of("w_0 x_0", w0, x0)},
        "w1": {"text": product_of("w_1 x_1", w1, x1)},
        "b": {"text": f"$b = {b:.1f}$"},
        "a": {"text": fixed(a, 2)},
        "z": {"text": f"{z:.0f}"},
        "readout": {
            "line": "fires" if z else "silent",
            **{
                name: parenthesised(number, 1)
                for name, number in {"w0": w0, "x0": x0, "w1": w1, "x1": x1, "b": b}.items()
            },
            "a": a,
        },
    }


SUM = "a = {w0} · {x0} + {w1} · {x1} + {b} = {a:.2f}. "

neuron = Demo(
    title="One neuron with two inputs",
    controls={
        "x0": Slider(-2.0, 2.0, value=1.0, label="x₀"),
        "x1": Slider(-2.0, 2.0, value=0.5, label="x₁"),
        "w0": Slider(-2.0, 2.0, value=1.0, label="w₀"),
        "w1": Slider(-2.0, 2.0, value=-1.0, label="w₁"),
        "b": Slider(-2.0, 2.0, value=0.5),
    },
    figure=one_unit,
    update=show_neuron,
    readout={
        "fires": SUM + "That's above 0, so the neuron says 1.",
        "silent": SUM + "That isn't above 0, so the neuron says 0.",
    },
)
