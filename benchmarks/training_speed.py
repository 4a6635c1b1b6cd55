"""One training step: nnlib beside PyTorch, scikit-learn and the bare matrix products, one thread each.

    make bench-training                          all of it, about a minute
    make bench-training ARGS="--rounds 20"       fewer rounds

A step is what `train` does for each mini-batch: loss, backward, update of all parameters. The nets have a ReLU hidden layer
and softmax cross entropy, the mini-batch 100 samples. In one run, taking turns in every round:

    nnlib           Network.loss, Network.backward, SGD.update, and the loss as a number
    PyTorch         zero_grad, nn.Sequential, cross_entropy, backward, torch.optim.SGD.step, and the loss as a number; eager.
                    It brings matrix products of its own
    scikit-learn    MLPClassifier.partial_fit with this one batch: solver "sgd", momentum=0, alpha=0, shuffle=False. There is
                    no smaller public step; its looks at data and labels are part of it, as they are of ours
    products        x @ W1, z @ W2, z.T @ dy, dy @ W2.T, x.T @ da with NumPy and nothing else: the limit

First all of them take one step from the same parameters; unless loss and parameters agree, the run ends with an error.
What is counted is the time that the processor worked for us, so that other programs disturb it less. The ratios matter,
not the microseconds: those are the machine's.

The second table is the numerical gradient beside backpropagation, in float64 (float32 rounds too much for nudges) and on
the smallest nets: two losses for each parameter.

PyTorch and scikit-learn are no part of this project. What is not installed is named as missing. To have all, in an
environment of its own:

    python3 -m venv ../bench
    ../bench/bin/pip install numpy torch==2.13.0 scikit-learn
    ../bench/bin/python benchmarks/training_speed.py
"""

import os

for library in ("OPENBLAS", "MKL", "OMP", "VECLIB_MAXIMUM", "BLIS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"  # read when NumPy is loaded

import argparse  # noqa: E402
import contextlib  # noqa: E402
import pathlib  # noqa: E402
import platform  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

import numpy as np  # noqa: E402

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from nnlib import SGD, TwoLayerNet, relative_error  # noqa: E402

NETS = [(2, 10, 3), (2, 50, 3), (64, 50, 10), (784, 50, 10), (784, 512, 10)]
NUDGED = NETS[:2]  # a fraction of a second; the next would take some
DTYPES = [np.float32, np.float64]
TOLERANCE = {np.float32: 1e-3, np.float64: 1e-9}  # of the loss, and of how far each parameter has moved
N = 100
LEARNING_RATE = 0.1
TURN = 0.004  # seconds, about: as many steps as fit, at least one

# -- the contestants: each makes (step, params), where step() returns the loss and params() the four arrays as they are ----


def with_nnlib(x, t, params):
    D, H = params[0].shape
    network = TwoLayerNet(D, H, params[2].shape[1], activation="relu", dtype=x.dtype)
    for own, param in zip(network.params, params, strict=True):
        own[...] = param
    optimiser = SGD(LEARNING_RATE)

    def step():
        loss = float(network.loss(x, t))
        network.backward()
        optimiser.update(network.params, network.grads)
        return loss

    return step, lambda: network.params


def with_torch(x, t, params):
    import torch

    torch.set_num_threads(1)
    D, H = params[0].shape
    network = torch.nn.Sequential(torch.nn.Linear(D, H), torch.nn.ReLU(), torch.nn.Linear(H, params[2].shape[1]))
    network.to(torch.from_numpy(x).dtype)
    with torch.no_grad():
        for own, param in zip(network.parameters(), params, strict=True):
            own.copy_(torch.from_numpy(param.T))  # PyTorch keeps W the other way round, (H, D)
    optimiser = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)
    x, t = torch.from_numpy(x.copy()), torch.from_numpy(t.copy())

    def step():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(x), t)
        loss.backward()
        optimiser.step()
        return loss.item()

    return step, lambda: [own.detach().numpy().T for own in network.parameters()]


def with_sklearn(x, t, params):
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier(
        params[0].shape[1],
        solver="sgd",
        momentum=0,
        alpha=0,
        learning_rate_init=LEARNING_RATE,
        batch_size=N,
        shuffle=False,
    )
    network.partial_fit(x, t, classes=np.arange(params[2].shape[1]))  # only then it has parameters

    def own_params():
        (W1, W2), (b1, b2) = network.coefs_, network.intercepts_
        return [W1, b1, W2, b2]

    for own, param in zip(own_params(), params, strict=True):
        own[...] = param

    def step():
        network.partial_fit(x, t)
        return network.loss_

    return step, own_params


def with_products(x, t, params):
    W1, _, W2, _ = params
    z, dy, da = (np.ones((N, columns), x.dtype) for columns in (W2.shape[0], W2.shape[1], W1.shape[1]))

    def step():
        return x @ W1, z @ W2, z.T @ dy, dy @ W2.T, x.T @ da

    return step, None


CONTESTANTS = {"nnlib": with_nnlib, "PyTorch": with_torch, "scikit-learn": with_sklearn, "products": with_products}
INSTALL = {"PyTorch": "torch==2.13.0", "scikit-learn": "scikit-learn"}

# -- the race ---------------------------------------------------------------------------------------------------------


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=100, help="turns that each of them has on each net")
    rounds = words.parse_args().rounds
    if rounds < 1:
        words.error(f"--rounds must be at least 1, got {rounds}")
    races = {(net, dtype): line_up(net, dtype) for net in NETS for dtype in DTYPES}
    present = [name for name in CONTESTANTS if all(name in race for race in races.values())]
    print(f"{machine(present)}; {rounds} rounds, one thread each\n", flush=True)
    times = {race: {name: [] for name in present} for race in races}
    for number in range(rounds):
        for race, steps in races.items():
            for name in turned(present, number):
                times[race][name].append(seconds_a_step(steps[name]))
    print(table("median", statistics.median, times), end="\n\n")
    print(table("minimum", min, times), end="\n\n")
    print(nudging_table())
    missing = [name for name in CONTESTANTS if name not in present]
    if missing:
        packages = " ".join(INSTALL[name] for name in missing)
        print(f"\nNOT COMPLETE, missing here: {' and '.join(missing)}; to have them: pip install {packages}")


def line_up(net, dtype):
    """{name: step} of all that are installed, once they have been seen to do the same from the same start."""
    D, H, C = net
    rng = np.random.default_rng(0)
    x, t = rng.uniform(size=(N, D)).astype(dtype), rng.integers(0, C, size=N)
    shapes = [(D, H), (H,), (H, C), (C,)]
    params = [rng.normal(0, D**-0.5, size=shape).astype(dtype) for shape in shapes]
    steps, losses, moves = {}, {}, {}
    for name, make in CONTESTANTS.items():
        try:
            step, own_params = make(x, t, [param.copy() for param in params])
        except ImportError:
            continue
        steps[name] = step
        if own_params:
            losses[name] = step()
            moves[name] = [own - param for own, param in zip(own_params(), params, strict=True)]
    for name in losses:
        errors = [relative_error(losses[name], losses["nnlib"]), *map(relative_error, moves[name], moves["nnlib"])]
        if not all(error < TOLERANCE[dtype] for error in errors):
            sys.exit(
                f"{name} and nnlib do not compute the same on {shown(net)}, {dtype.__name__}: after one step the loss and "
                f"the moves of W1, b1, W2, b2 differ by {', '.join(f'{error:.1e}' for error in errors)}"
            )
    return steps


def turned(names, number):
    """Another one begins in each round."""
    first = number % len(names)
    return names[first:] + names[:first]


def seconds_a_step(step):
    step()  # so that nobody pays for what the one before has put out of the cache
    began = time.process_time()
    step()
    count = max(1, round(TURN / (time.process_time() - began)))
    began = time.process_time()
    for _ in range(count):
        step()
    return (time.process_time() - began) / count


def machine(present):
    cpu = platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        cpu = next(line.split(": ")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    versions = [f"Python {platform.python_version()}", f"NumPy {np.__version__}"]
    modules = {"PyTorch": "torch", "scikit-learn": "sklearn"}
    versions += [f"{name} {sys.modules[modules[name]].__version__}" for name in present if name in modules]
    return f"{cpu}, {', '.join(versions)}"


def shown(net):
    return "-".join(map(str, net))


# -- what is printed: Markdown ----------------------------------------------------------------------------------------


def table(title, middle, times):
    others = [name for name in CONTESTANTS if name != "nnlib"]
    lines = [
        f"| {title} of | {' | '.join(f'{name}, µs' for name in CONTESTANTS)} "
        f"| {' | '.join(f'nnlib / {name}' for name in others)} |",
        "|" + "---|" * (1 + len(CONTESTANTS) + len(others)),
    ]
    for (net, dtype), by_name in times.items():
        found = {name: middle(values) for name, values in by_name.items()}
        cells = [f"{found[name] * 1e6:.0f}" if name in found else "missing" for name in CONTESTANTS]
        cells += [f"{found['nnlib'] / found[name]:.2f}" if name in found else "missing" for name in others]
        lines.append(f"| {shown(net)}, {dtype.__name__} | {' | '.join(cells)} |")
    return "\n".join(lines)


def nudging_table():
    lines = ["| float64, median of 5 | backpropagation, ms | numerical gradient, ms | ratio |", "|---|---|---|---|"]
    for net in NUDGED:
        times = [nudging_and_backpropagation(net) for _ in range(5)]
        nudging, backward = (1000 * statistics.median(column) for column in zip(*times, strict=True))
        lines.append(f"| {shown(net)} | {backward:.3f} | {nudging:.1f} | {nudging / backward:.0f} |")
    return "\n".join(lines)


def nudging_and_backpropagation(net):
    network, rng = TwoLayerNet(*net, activation="relu", seed=0), np.random.default_rng(0)
    x, t = rng.uniform(size=(N, net[0])), rng.integers(0, net[2], size=N)
    ways = network.numerical_gradient, network.gradient
    return [seconds_a_step(lambda way=way: way(x, t)) for way in ways]


if __name__ == "__main__":
    main()
