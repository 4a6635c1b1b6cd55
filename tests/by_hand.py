"""The lessons' numbers worked out by hand: lists, loops and `math`, with nothing of NumPy and nothing of nnlib.

An array is a list of rows. Tests compare what a lesson prints, says or draws with what comes out here.
"""

import itertools
import math

# -- arrays -----------------------------------------------------------------------------------------------------------


def shape_of(rows):
    return (len(rows), len(rows[0]))


def flat(rows):
    return list(itertools.chain.from_iterable(rows))


def transposed(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def product(one, other):
    """one @ other, number by number; None if the inner sizes differ."""
    if len(one[0]) != len(other):
        return None
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in transposed(other)] for row in one]


def each(function, *arrays):
    """function of the numbers at the same place of several arrays."""
    return [[function(*numbers) for numbers in zip(*rows, strict=True)] for rows in zip(*arrays, strict=True)]


def affine(x, W, b):
    return each(lambda number, more: number + more, product(x, W), b * len(x))


def sums_of_columns(rows):
    return [[sum(column) for column in transposed(rows)]]


def moved_by(rows, gradient, rate):
    """A step of gradient descent."""
    return each(lambda w, slope: w - rate * slope, rows, gradient)


def furthest(rows, others):
    """The largest difference of two arrays."""
    return max(map(abs, flat(each(lambda a, b: a - b, rows, others))))


def norm(rows):
    return math.sqrt(sum(number**2 for number in flat(rows)))


def relative(rows, others):
    """The relative error, by norm."""
    return norm(each(lambda a, b: a - b, rows, others)) / max(norm(rows), norm(others))


# -- functions and losses ---------------------------------------------------------------------------------------------


def sigmoid(a):
    return 1 / (1 + math.exp(-a))


def softmax(scores):
    """Of each row."""
    rows = [[math.exp(score - max(row)) for score in row] for row in scores]
    return [[power / sum(row) for power in row] for row in rows]


def cross_entropy(y, t):
    """The mean over the rows; t is one-hot."""
    return [[-sum(math.log(p) for p, on in zip(flat(y), flat(t), strict=True) if on) / len(y)]]


def half_of_squares(y, t):
    return [[sum(flat(each(lambda y, t: (y - t) ** 2, y, t))) / 2]]


# -- slopes by nudging ------------------------------------------------------------------------------------------------


def slope(f, x, eps=1e-5):
    """The slope of f at a number: a central difference."""
    return (f(x + eps) - f(x - eps)) / (2 * eps)


def slopes(loss, rows, eps=1e-5):
    """How much loss() changes with each number of `rows`, which it looks at: central differences."""
    found = [[0.0] * len(row) for row in rows]
    for row, into in zip(rows, found, strict=True):
        for j, before in enumerate(row):
            row[j] = before + eps
            above = loss()
            row[j] = before - eps
            into[j] = (above - loss()) / (2 * eps)
            row[j] = before
    return found


def weighted(douts, outs):
    """L = sum(dout * out), the loss behind an array whose upstream gradient is dout."""
    return sum(flat(each(lambda dout, out: dout * out, douts, outs)))


class Graph:
    """A graph of arrays: its values, and each gradient found by nudging L = sum(dout * output).

    nodes    (inputs, outputs, function of lists), in forward order
    inputs   {name: rows}
    douts    {name: the upstream gradient of an output}
    fixed    names without a gradient, such as targets
    """

    def __init__(self, nodes, inputs, douts, fixed=()):
        self.nodes, self.douts = nodes, douts
        self.values = self.forward(inputs)
        self.gradients = {name: self.gradient(name) for name in self.values if name not in fixed}

    def forward(self, given, kept=None):
        """All values from the given ones; the array named `kept` stays as it is given."""
        values = dict(given)
        for inputs, outputs, function in self.nodes:
            out = function(*(values[name] for name in inputs))
            for name, value in zip(outputs, out if len(outputs) > 1 else [out], strict=True):
                if name != kept:
                    values[name] = [list(row) for row in value]
        return values

    def gradient(self, name):
        def loss():
            values = self.forward(self.values, kept=name)
            return sum(weighted(dout, values[end]) for end, dout in self.douts.items())

        smallest = min((abs(number) for number in flat(self.values[name]) if number), default=1.0)
        return slopes(loss, self.values[name], eps=1e-5 * min(1.0, smallest))


# -- formulas ---------------------------------------------------------------------------------------------------------

FUNCTIONS = {
    "exp": math.exp,
    "log": math.log,
    "sigmoid": sigmoid,
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
}


def in_python(formula, values):
    """What Python makes of a formula."""
    return eval(formula, FUNCTIONS | values)


def random_formula(rng, size):
    """A formula of about this many values and operations, with brackets or without; rng is NumPy's."""
    if size < 2:
        return rng.choice(["x", "y", "z", "2", "0.5", "1.5e0", ".3", "3."])
    kind = rng.choice(["+", "-", "*", "/", "negative", "power", *FUNCTIONS])
    if kind in "+-*/":
        left = rng.integers(1, size)
        formula = f"{random_formula(rng, left)} {kind} {random_formula(rng, size - left)}"
        return f"({formula})" if rng.random() < 0.5 else formula
    inner = random_formula(rng, size - 1)
    if kind == "power":
        return f"{inner}**{rng.integers(-2, 4)}" if inner in "xyz" else f"({inner})**{rng.integers(-2, 4)}"
    return f"-{inner}" if kind == "negative" else f"{kind}({inner})"


# -- a network that is known from a worked example --------------------------------------------------------------------


class Famous:
    """The 2-2-2 network of a well-known worked example: sigmoids, and half the sum of squared errors."""

    def __init__(self):
        self.x, self.t = [[0.05, 0.10]], [[0.01, 0.99]]
        self.W1, self.b1 = [[0.15, 0.25], [0.20, 0.30]], [[0.35, 0.35]]
        self.W2, self.b2 = [[0.40, 0.50], [0.45, 0.55]], [[0.60, 0.60]]

    def z1(self):
        return each(sigmoid, affine(self.x, self.W1, self.b1))

    def y(self):
        return each(sigmoid, affine(self.z1(), self.W2, self.b2))

    def loss(self):
        return half_of_squares(self.y(), self.t)[0][0]

    def gradient(self, name):
        return slopes(self.loss, getattr(self, name))

    def after(self, **gradients):
        """The same network after a step with a learning rate of 0.5."""
        other = Famous()
        for name, gradient in gradients.items():
            setattr(other, name, moved_by(getattr(self, name), gradient, 0.5))
        return other


# -- rounding ---------------------------------------------------------------------------------------------------------

NOISE = 1e-10  # what rounding errors may do to a number found by nudging


def to_digits(rows, digits):
    """Numbers rounded as a lesson prints them; none may be so close to a border that rounding errors decide."""
    for number in flat(rows):
        assert round(number - NOISE, digits) == round(number + NOISE, digits), "rounding errors would decide"
    return each(lambda number: round(number, digits), rows)


def to_text(number, digits):
    (((only,),)) = to_digits([[number]], digits)
    return f"{only:.{digits}f}"
