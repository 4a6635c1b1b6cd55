"""The demos of lesson 7 that go through a graph of arrays step by step; the others are in the files beside this one."""

import numpy as np

from nnlessons.arrays.memory import names_and_memory
from nnlessons.arrays.mending import mend
from nnlessons.arrays.puzzles import check_layers, jacobian, shape_puzzle
from nnlessons.arrays.whole_numbers import dot_in_words, numbers_in, sum_in_words
from nnlessons.arrays.wires import wires
from nnlessons.drawing.array_walk import Plan, row_of
from nnlessons.live import Button, Choice, Demo, Slider, Stepper
from nnlessons.wording import MINUS, fixed, plural
from nnlib.activations import softmax
from nnlib.layers import Affine, HalfSumSquaredError, Sigmoid, SoftmaxWithLoss
from nnlib.losses import cross_entropy_gradient
from nnlib.nodes import Add, Branch, MatMul, Repeat, Sum

__all__ = ["check_layers", "jacobian", "matmul", "mend", "mirrors", "names_and_memory", "one_update", "shape_puzzle"]
__all__ += ["softmax_with_loss", "wires"]
__dir__ = __all__.copy  # what Tab shows after `demos.`

# -- repeat, sum, branch ----------------------------------------------------------------------------------------------

MIRRORS = {"repeat": "repeat", "sum": "sum", "branch": "branch"}


def mirror_plan(node, N):
    """The graph of a single node: repeat, sum or branch."""
    copies = tuple(f"y{number}" for number in range(N)) if node == "branch" else ("y",)
    return Plan((("x",), copies), (("" if node == "branch" else node, ("x",), copies),))


def mirror_arrays(node, N, D, seed):
    """{name: (value, gradient)} around the node. All use one row and one block: what repeat passes forward, sum passes back."""
    row, block = numbers_in(2 * seed, 1, D), numbers_in(2 * seed + 1, N, D)
    if node == "sum":
        adding = Sum()
        y = adding.forward(block)
        return {"x": (block, adding.backward(row)), "y": (y, row)}
    if node == "repeat":
        repeating = Repeat(N)
        y = repeating.forward(row)
        return {"x": (row, repeating.backward(block)), "y": (y, block)}
    branching = Branch(N)
    copies = branching.forward(row)
    upstream = [block[[number]] for number in range(N)]
    outputs = {f"y{number}": pair for number, pair in enumerate(zip(copies, upstream, strict=True))}
    return {"x": (row, branching.backward(*upstream)), **outputs}


def show_mirror(node, N, D, seed, step):
    """The node after this step, with the first column highlighted where it is added up."""
    plan, arrays = mirror_plan(node, N), mirror_arrays(node, N, D, seed)
    adds = step == (1 if node == "sum" else 2)
    column = [(name, row, 0) for name in ("x", *plan.columns[1]) for row in range(len(arrays[name][0]))]
    x, y = arrays["x"], arrays["y"] if node != "branch" else arrays["y0"]
    numbers = {"N": N, "x": str(x[0].shape), "y": str(y[0].shape), "sum": ""}
    if adds:
        block = numbers_in(2 * seed + 1, N, D)
        numbers["sum"] = sum_in_words(block[:, 0])
    line = f"{node} {step}"
    return {**plan.shown(arrays, step, column if adds else ()), "readout": {"line": line, **numbers}}


mirrors = Demo(
    title="Repeat, sum and branch",
    controls={
        "node": Choice(MIRRORS),
        "N": Slider(2, 4, value=3, step=1, label="N"),
        "D": Slider(1, 4, value=2, step=1, label="D"),
        "seed": Button("new numbers"),
        "step": Stepper(last=2, value=1),
    },
    figure=lambda node, N, D: mirror_plan(node, N).draw(mirror_arrays(node, N, D, 0), (7.0, 3.2)),
    update=show_mirror,
    readout={
        "repeat 0": "Before the first step, only x {x} is known.",
        "repeat 1": "Forward: the row x {x} is repeated {N} times, which makes y {y}.",
        "repeat 2": "Backward: x was used {N} times, so everything that comes back is added, column by column.\n"
        "dx[0, 0] = {sum}",
        "sum 0": "Before the first step, only x {x} is known.",
        "sum 1": "Forward: the {N} rows of x {x} are added, which makes y {y}.\ny[0, 0] = {sum}",
        "sum 2": "Backward: each of the {N} rows gets the whole gradient of y.",
        "branch 0": "Before the first step, only x {x} is known.",
        "branch 1": "Forward: x {x} takes {N} paths.",
        "branch 2": "Backward: what comes back along the {N} paths is added.\ndx[0, 0] = {sum}",
    },
)

# -- a matrix product, and an affine layer ----------------------------------------------------------------------------

PRODUCTS = {
    "matmul": Plan((("x", "W"), ("y",)), (("@", ("x", "W"), ("y",)),)),
    "affine": Plan(
        (("x", "W", "b"), ("p", "r"), ("a",)),
        (("@", ("x", "W"), ("p",)), ("repeat", ("b",), ("r",)), ("+", ("p", "r"), ("a",))),
    ),
}
BLOCKS = {"x": 1, "W": 2, "b": 3, "dy": 4}  # of numbers, for each seed


def product_arrays(node, N, D, H, seed):
    """{name: (value, gradient)} of x @ W, or of x @ W + b through a repeat and an addition."""
    x, W, b, dy = (
        numbers_in(5 * seed + BLOCKS[name], *shape)
        for name, shape in {"x": (N, D), "W": (D, H), "b": (1, H), "dy": (N, H)}.items()
    )
    product = MatMul(W)
    p = product.forward(x)
    dx = product.backward(dy)
    arrays = {"x": (x, dx), "W": (W, product.grads[0])}
    if node == "matmul":
        return {**arrays, "y": (p, dy)}
    repeat, add = Repeat(N), Add()
    r = repeat.forward(b)
    a = add.forward(p, r)
    dp, dr = add.backward(dy)
    return {**arrays, "b": (b, repeat.backward(dr)), "p": (p, dp), "r": (r, dr), "a": (a, dy)}


def show_product(node, N, D, H, seed, step):
    """The graph after this step, with the cells highlighted that the first element is computed from."""
    plan, arrays = PRODUCTS[node], product_arrays(node, N, D, H, seed)
    turn, backward = plan.turn(step)
    sign = turn[0] if turn else "begin"
    values = {name: value for name, (value, _) in arrays.items()}
    gradients = {f"d{name}": gradient for name, (_, gradient) in arrays.items()}
    numbers = {name: str(array.shape) for name, array in {**values, **gradients}.items()}
    chosen = ()
    y = "y" if node == "matmul" else "p"
    if sign == "@":
        numbers |= {"out": y, "out shape": numbers[y]}
        if not backward:
            numbers["entry"] = dot_in_words(values["x"][0], values["W"][:, 0])
            chosen = [("x", 0, i) for i in range(D)] + [("W", i, 0) for i in range(D)] + [(y, 0, 0)]
        else:
            numbers["entry"] = dot_in_words(gradients[f"d{y}"][0], values["W"][0])
            numbers["W entry"] = dot_in_words(values["x"][:, 0], gradients[f"d{y}"][:, 0])
            chosen = [("x", 0, 0)] + [("W", 0, j) for j in range(H)] + [(y, 0, j) for j in range(H)]
    if sign == "repeat":
        numbers |= {"samples": plural(N, "sample"), "entry": sum_in_words(gradients["dr"][:, 0])}
        if backward:
            chosen = [("b", 0, 0)] + [("r", n, 0) for n in range(N)]
    line = f"{sign} {'backward' if backward else 'forward'}" if turn else "begin"
    return {**plan.shown(arrays, step, chosen), "readout": {"line": line, **numbers}}


matmul = Demo(
    title="A matrix product and an affine layer",
    controls={
        "node": Choice({"y = x @ W": "matmul", "a = x @ W + b": "affine"}, label=" "),
        "N": Slider(1, 4, value=3, step=1, label="N"),
        "D": Slider(1, 3, value=2, step=1, label="D"),
        "H": Slider(1, 3, value=3, step=1, label="H"),
        "seed": Button("new numbers"),
        "step": Stepper(last=lambda node: PRODUCTS[node].last, value=1),
    },
    groups={"Walk": ("step",), "Arrays": ("node", "N", "D", "H", "seed")},
    figure=lambda node, N, D, H: PRODUCTS[node].draw(product_arrays(node, N, D, H, 0), (7.0, 4.8)),
    update=show_product,
    readout={
        "begin": "Before the first step, only what goes in is known.",
        "@ forward": "Forward: {out} = x @ W, {x} @ {W} → {out shape}.\n{out}[0, 0] = {entry}",
        "repeat forward": "Forward: b {b} is repeated, once for each sample, which makes r {r}.",
        "+ forward": "Forward: a = p + r, element by element.",
        "+ backward": "Backward: the + passes what it gets on to both of its inputs.",
        "repeat backward": "Backward: b was used for {samples}, so everything that comes back is added.\ndb[0, 0] = {entry}",
        "@ backward": "Backward: d{out} {out shape} comes in, and dx {x} and dW {W} go out.\n"
        "dx[0, 0] = {entry} (yellow).\ndW[0, 0] = {W entry}",
    },
)

# -- softmax with its loss --------------------------------------------------------------------------------------------

LOSS = Plan(
    (("scores",), ("y", "t"), ("L",)),
    (("softmax", ("scores",), ("y",)), ("cross entropy", ("y", "t"), ("L",))),
)


def loss_arrays(N, C, seed):
    """{name: (value, gradient)} of softmax and cross entropy; the targets t have no gradient."""
    rng = np.random.default_rng(seed)
    scores, labels = rng.normal(scale=1.5, size=(3, 4)).round(1)[:N, :C], rng.integers(0, 2, 3)[:N]
    t = np.eye(C)[labels]
    y = softmax(scores)
    both = SoftmaxWithLoss()
    L = both.forward(scores, t)
    return {
        "scores": (scores, both.backward()),
        "y": (y, cross_entropy_gradient(y, t)),
        "t": (t, None),
        "L": (np.array([[L]]), np.ones((1, 1))),
    }


def show_loss(N, C, seed, step):
    """The graph after this step, with the probabilities at the targets highlighted."""
    arrays = loss_arrays(N, C, seed)
    (scores, dscores), (y, dy), (t, _), (L, _) = (arrays[name] for name in LOSS.names)
    right = [(row, int(t[row].argmax())) for row in range(N)]
    probabilities = [y[place] for place in right]
    row, column = right[0]
    numbers = {
        "N": N,
        "row": row,
        "column": column,
        "L": f"{L[0, 0]:.4f}",
        "logs": " + ".join(f"log {p:.4g}" for p in probabilities),
        "dy": f"{MINUS}1 / ({N} · {y[right[0]]:.4g}) = {dy[right[0]]:.4g}",
        "dscores": f"({y[right[0]]:.4g} {MINUS} 1) / {N} = {fixed(dscores[right[0]], 4)}",
    }
    chosen = {
        2: [("y", *place) for place in right],
        3: [("y", *right[0])],
        4: [("scores", *right[0]), ("y", *right[0]), ("t", *right[0])],
    }
    return {**LOSS.shown(arrays, step, chosen.get(step, ())), "readout": {"line": str(step), **numbers}}


softmax_with_loss = Demo(
    title="Softmax with its loss",
    controls={
        "N": Slider(1, 3, value=2, step=1, label="N"),
        "C": Slider(2, 4, value=3, step=1, label="C"),
        "seed": Button("new numbers"),
        "step": Stepper(last=LOSS.last, value=2),
    },
    figure=lambda N, C: LOSS.draw(loss_arrays(N, C, 0), (8.4, 3.6)),
    update=show_loss,
    readout={
        "0": "Before the first step, only the scores and the targets are known.",
        "1": "Forward: softmax turns each row of scores into probabilities.",
        "2": "Forward: the loss is the mean of −log y at the targets.\nL = −({logs}) / {N} = {L}",
        "3": "Backward: the loss only looks at the probabilities of the targets; the others get 0.\ndy[{row}, {column}] = {dy}",
        "4": "Backward: dscores = (y − t) / N.\ndscores[{row}, {column}] = {dscores}",
    },
)

# -- a whole update ---------------------------------------------------------------------------------------------------

FAMOUS = {  # Matt Mazur, A step by step backpropagation example, 2015; W[i, j] joins input i to unit j
    "W1": np.array([[0.15, 0.25], [0.20, 0.30]]),
    "b1": np.array([[0.35, 0.35]]),
    "W2": np.array([[0.40, 0.50], [0.45, 0.55]]),
    "b2": np.array([[0.60, 0.60]]),
    "t": np.array([[0.01, 0.99]]),
}
NETWORK = Plan(
    (("x", "W1", "b1"), ("a1",), ("z1", "W2", "b2"), ("a2",), ("y", "t"), ("L",)),
    (
        ("affine", ("x", "W1", "b1"), ("a1",)),
        ("σ", ("a1",), ("z1",)),
        ("affine", ("z1", "W2", "b2"), ("a2",)),
        ("σ", ("a2",), ("y",)),
        ("loss", ("y", "t"), ("L",)),
    ),
    vectors=("b1", "b2"),
)


def forward_and_backward(x, W1, W2):
    """{name: (value, gradient)} of the 2-2-2 network, by nnlib's layers; x (1, 2)."""
    layers = [Affine(W1, FAMOUS["b1"][0]), Sigmoid(), Affine(W2, FAMOUS["b2"][0]), Sigmoid()]
    loss, t = HalfSumSquaredError(), FAMOUS["t"]
    values = [x]
    for layer in layers:
        values.append(layer.forward(values[-1]))
    L = loss.forward(values[-1], t)
    gradients = [loss.backward()]
    for layer in reversed(layers):
        gradients.append(layer.backward(gradients[-1]))
    arrays = dict(zip(("x", "a1", "z1", "a2", "y"), zip(values, reversed(gradients), strict=True), strict=True))
    for number, layer in (("1", layers[0]), ("2", layers[2])):
        W, b = layer.params
        dW, db = layer.grads
        arrays |= {f"W{number}": (W, dW), f"b{number}": (b[np.newaxis], db[np.newaxis])}
    return {**arrays, "t": (t, None), "L": (np.array([[L]]), np.ones((1, 1)))}


def update_once(x0, x1, rate, step):
    """The network's graph after this step; the last step is the update, with the new loss."""
    arrays = forward_and_backward(np.array([[x0, x1]]), FAMOUS["W1"], FAMOUS["W2"])
    values = {name: row_of(value) for name, (value, _) in arrays.items()}
    gradients = {f"d{name}": row_of(gradient) for name, (_, gradient) in arrays.items() if gradient is not None}
    before = arrays["L"][0][0, 0]
    numbers = {**values, **gradients, "rate": rate, "before": f"{before:.9f}"}
    if step <= NETWORK.last:
        (sign, inputs, outputs), backward = NETWORK.turn(step) if step else (("begin", "", ""), False)
        line = f"{'backward' if backward else 'forward'} {outputs[0]}" if step else "begin"
        return {**NETWORK.shown(arrays, step), "readout": {"line": line, **numbers}}
    moved = {name: arrays[name][0] - rate * arrays[name][1] for name in ("W1", "W2")}
    after = forward_and_backward(arrays["x"][0], **moved)
    numbers |= {"new " + name: row_of(array) for name, array in moved.items()} | {"after": f"{after['L'][0][0, 0]:.9f}"}
    weights = [(name, i, j) for name in moved for i in range(2) for j in range(2)]
    return {**NETWORK.shown(after, len(NETWORK.nodes), weights), "readout": {"line": "update", **numbers}}


one_update = Demo(
    title="One whole update of a 2-2-2 network",
    controls={
        "x0": Slider(0.0, 1.0, value=0.05, step=0.05, label="x₀"),
        "x1": Slider(0.0, 1.0, value=0.1, step=0.05, label="x₁"),
        "rate": Slider(0.1, 5.0, value=0.5, label="η"),
        "step": Stepper(last=NETWORK.last + 1, value=NETWORK.last // 2),
    },
    figure=lambda: NETWORK.draw(forward_and_backward(np.ones((1, 2)), FAMOUS["W1"], FAMOUS["W2"]), (8.4, 3.4)),
    update=update_once,
    readout={
        "begin": "Before the first step, the inputs, weights, biases and targets are known.",
        "forward a1": "Forward: a1 = x @ W1 + b1 = {a1}",
        "forward z1": "Forward: z1 = sigmoid(a1) = {z1}",
        "forward a2": "Forward: a2 = z1 @ W2 + b2 = {a2}",
        "forward y": "Forward: y = sigmoid(a2) = {y}",
        "forward L": "Forward: L = ½ sum (y − t)² = {before}",
        "backward L": "Backward: dy = y − t = {dy}",
        "backward y": "Backward: da2 = dy · y (1 − y) = {da2}",
        "backward a2": "Backward: dz1 = da2 @ W2.T = {dz1}\ndW2 = z1.T @ da2 = {dW2}\ndb2 = {db2}",
        "backward z1": "Backward: da1 = dz1 · z1 (1 − z1) = {da1}",
        "backward a1": "Backward: dx = da1 @ W1.T = {dx}\ndW1 = x.T @ da1 = {dW1}\ndb1 = {db1}",
        "update": "The eight weights take a step with η = {rate:.1f}.\nW1 − η dW1 = {new W1}\nW2 − η dW2 = {new W2}\n"
        "Forward again: L was {before} and is now {after}.",
    },
)
