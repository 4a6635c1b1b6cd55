"""Training: each sample once an epoch, one update a step, and a stop that leaves everything whole."""

import os
import re
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import nbformat
import numpy as np
import pytest
from gradient_checks import C, D, H, N, away_from_kinks
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

import nnlib.progress
from nnlib import (
    SGD,
    Affine,
    MeanSquaredError,
    Network,
    SigmoidWithLoss,
    TwoLayerNet,
    blobs,
    digits,
    minibatches,
    spirals,
    train,
)


def small():
    rng = np.random.default_rng(0)
    return rng.normal(size=(10, D)), rng.integers(0, C, size=10)


def test_an_epoch_has_every_sample_once_and_the_last_batch_can_be_short():
    x, t = small()
    parts = list(minibatches(x, t, 4, rng=0))
    assert [len(x) for x, _ in parts] == [4, 4, 2]
    rows = np.concatenate([x for x, _ in parts])
    where = [int(np.flatnonzero((x == row).all(axis=1))[0]) for row in rows]
    assert sorted(where) == list(range(10)) and where != list(range(10))
    assert (np.concatenate([t for _, t in parts]) == t[where]).all()


def test_the_same_seed_gives_the_same_order_and_a_generator_goes_on():
    x, t = small()
    rng = np.random.default_rng(3)
    first, second = (np.concatenate([t for _, t in minibatches(x, t, 4, source)]) for source in (rng, rng))
    assert (first == np.concatenate([t for _, t in minibatches(x, t, 4, 3)])).all()
    assert (first != second).any()


def test_training_is_the_loop_that_one_writes_by_hand():
    x, t = small()
    net, mine = TwoLayerNet(D, H, C, seed=0), TwoLayerNet(D, H, C, seed=0)
    history = train(net, x, t, learning_rate=0.5, epochs=3, batch_size=4, rng=5, progress=False)
    rng, losses = np.random.default_rng(5), []
    for _ in range(3):
        for x_batch, t_batch in minibatches(x, t, 4, rng):
            losses.append(mine.loss(x_batch, t_batch))
            for param, grad in zip(mine.params, mine.gradient(x_batch, t_batch), strict=True):
                param -= 0.5 * grad
    assert history.loss == pytest.approx(losses) and len(losses) == 9
    assert all((a == b).all() for a, b in zip(net.params, mine.params, strict=True))
    assert len(history.accuracy) == 3 and history.accuracy[-1] == net.accuracy(x, t)
    assert history.validation_loss == history.validation_accuracy == [] and not history.stopped


def test_the_validation_set_is_measured_and_not_learned_from():
    x, t = small()
    nets = [TwoLayerNet(D, H, C, seed=0) for _ in range(2)]
    args = {"learning_rate": 0.5, "epochs": 4, "batch_size": 3, "rng": 1, "progress": False}
    train(nets[0], x, t, **args)
    history = train(nets[1], x, t, validation=(x[:N], t[:N]), **args)
    assert all((a == b).all() for a, b in zip(nets[0].params, nets[1].params, strict=True))
    assert len(history.validation_loss) == len(history.validation_accuracy) == 4
    assert history.validation_loss[-1] == nets[1].loss(x[:N], t[:N])
    wrong = (t[:N] + 1) % C
    history = train(nets[0], x, t, validation=(x[:N], wrong), **args)
    seen, unseen = nets[0].accuracy(x, t), nets[0].accuracy(x[:N], wrong)
    assert (history.accuracy[-1], history.validation_accuracy[-1]) == (seen, unseen) and seen != unseen


def test_numbers_as_targets_have_no_accuracy():
    x = away_from_kinks(10, D)
    net = Network([Affine(np.zeros((D, 1)), [0])], loss=MeanSquaredError())
    history = train(net, x, x @ [[1.0], [2], [3]] + 4, 0.1, epochs=200, batch_size=5, rng=0, progress=False)
    assert history.accuracy == [] and history.loss[-1] < 1e-6
    assert net.params[0][:, 0] == pytest.approx([1, 2, 3], abs=1e-2)


@pytest.mark.parametrize("batch_size", [1, 3, 10, 99])
def test_float32_stays_float32(batch_size):
    x, t = small()
    net = TwoLayerNet(D, H, C, seed=0, dtype=np.float32)
    seen = set()
    for layer in net.layers:
        forward = layer.forward
        layer.forward = lambda x, forward=forward: seen.add(x.dtype) or forward(x)
    train(net, x.astype(np.float32), t, 0.5, epochs=2, batch_size=batch_size, rng=0, progress=False)
    assert seen == {np.dtype(np.float32)}
    assert {param.dtype for param in net.params} == {grad.dtype for grad in net.grads} == {np.dtype(np.float32)}
    assert net.loss(x.astype(np.float32), t).dtype == net.predict(x.astype(np.float32)).dtype == np.float32


# -- stopping ---------------------------------------------------------------------------------------------------------

SETTINGS = {"learning_rate": 0.5, "batch_size": 3, "progress": False}
STEPS_AN_EPOCH = 4  # 10 samples, the last batch is short


def after_steps(steps, seed=0):
    """The parameters after exactly that many steps."""
    x, t = small()
    net, rng = TwoLayerNet(D, H, C, seed=0), np.random.default_rng(seed)
    while steps > 0:
        for x_batch, t_batch in list(minibatches(x, t, 3, rng))[:steps]:
            SGD(0.5).update(net.params, net.gradient(x_batch, t_batch))
            steps -= 1
    return net.params


def same_arrays(ours, theirs):
    return all((a == b).all() for a, b in zip(ours, theirs, strict=True))


def press():
    signal.raise_signal(signal.SIGINT)


def after_call(thing, method, call, act):
    """Make this call of the method end with an act."""
    calls, original = [], getattr(thing, method)

    def acting(*args):
        result = original(*args)
        calls.append(args)
        if len(calls) == call:
            act()
        return result

    setattr(thing, method, acting)


@pytest.fixture
def usual():
    """A handler of SIGINT, which must be back after each run."""
    calls = []

    def handler(number, frame):
        calls.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, handler)
    try:
        yield handler
        assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("where", "call", "steps", "epochs"),
    [
        ("forward", 3, 2, 0),  # the first call is the look at all data
        ("backward", 3, 3, 0),
        ("backward", 4, 4, 1),  # in the last step of an epoch
        ("accuracy", 2, 8, 2),
    ],
)
def test_a_stop_comes_after_a_whole_step_wherever_it_was_pressed(where, call, steps, epochs, usual):
    x, t = small()
    net = TwoLayerNet(D, H, C, seed=0)
    after_call(net if where == "accuracy" else net.layers[1], where, call, press)
    history = train(net, x, t, epochs=5, rng=0, **SETTINGS)
    assert history.stopped and len(history.loss) == steps and len(history.accuracy) == epochs
    assert same_arrays(net.params, after_steps(steps))


def test_a_stop_during_an_update_lets_the_update_finish(usual, monkeypatch):
    x, t = small()
    net = TwoLayerNet(D, H, C, seed=0)

    class Pressed(float):  # W1 is done when the rate is used for b1
        uses = 0

        def __mul__(self, grad):
            self.uses += 1
            if self.uses == 4 * 2 + 2:
                press()
            return float(self) * grad

    sgd = SGD(0.5)
    sgd.learning_rate = Pressed(0.5)
    monkeypatch.setattr("nnlib.training.SGD", lambda learning_rate: sgd)
    history = train(net, x, t, epochs=5, rng=0, **SETTINGS)
    assert history.stopped and len(history.loss) == 3
    assert same_arrays(net.params, after_steps(3))


def test_a_stop_from_outside_at_any_moment_leaves_whole_steps(usual):
    x, t = small()
    for wait in (0.01, 0.02, 0.03, 0.05):
        net = TwoLayerNet(D, H, C, seed=0)
        timer = threading.Timer(wait, os.kill, (os.getpid(), signal.SIGINT))
        after_call(net, "backward", 1, timer.start)
        history = train(net, x, t, epochs=99999, rng=0, **SETTINGS)
        timer.join()
        assert history.stopped and len(history.loss) > 0
        assert len(history.accuracy) == len(history.loss) // STEPS_AN_EPOCH
        assert same_arrays(net.params, after_steps(len(history.loss)))


def test_a_stopped_run_can_be_continued(usual):
    x, t = small()
    net, rng = TwoLayerNet(D, H, C, seed=0), np.random.default_rng(0)
    after_call(net.layers[1], "backward", 6, press)
    first = train(net, x, t, epochs=5, rng=rng, **SETTINGS)
    stopped_at = [param.copy() for param in net.params]
    second = train(net, x, t, epochs=2, rng=1, **SETTINGS)
    assert (first.stopped, len(first.loss)) == (True, 6) and same_arrays(stopped_at, after_steps(6))
    assert (second.stopped, len(second.loss)) == (False, 8) and not same_arrays(net.params, stopped_at)
    assert second.loss[0] == pytest.approx(loss_of_first_batch(stopped_at))


def loss_of_first_batch(params):
    net = TwoLayerNet(D, H, C, seed=0)
    for param, value in zip(net.params, params, strict=True):
        param[...] = value
    return net.loss(*next(minibatches(*small(), 3, rng=1)))


def test_a_second_press_interrupts_at_once(usual):
    x, t = small()
    net = TwoLayerNet(D, H, C, seed=0)
    after_call(net.layers[1], "forward", 3, lambda: (press(), press()))
    with pytest.raises(KeyboardInterrupt):
        train(net, x, t, epochs=5, rng=0, **SETTINGS)
    assert same_arrays(net.params, after_steps(1)), "in the middle of the second step"


def test_the_usual_handler_is_back_also_after_an_error(usual):
    x, t = small()
    train(TwoLayerNet(D, H, C, seed=0), x, t, epochs=1, **SETTINGS)
    assert signal.getsignal(signal.SIGINT) is usual
    net = TwoLayerNet(D, H, C, seed=0)
    seen = []

    def failing():
        seen.append(signal.getsignal(signal.SIGINT))
        raise ZeroDivisionError

    net.backward = failing
    with pytest.raises(ZeroDivisionError):
        train(net, x, t, epochs=1, **SETTINGS)
    assert seen != [usual], "there was another one meanwhile"


def handlers_during_a_run():
    x, t = small()
    net, seen = TwoLayerNet(D, H, C, seed=0), set()
    net.layers[0].forward = lambda x, forward=net.layers[0].forward: (
        seen.add(signal.getsignal(signal.SIGINT)) or forward(x)
    )
    history = train(net, x, t, epochs=2, rng=0, **SETTINGS)
    assert not history.stopped and same_arrays(net.params, after_steps(8))
    return seen


def test_in_another_thread_no_handler_is_installed(usual):
    with ThreadPoolExecutor() as pool:
        assert pool.submit(handlers_during_a_run).result() == {usual}
    assert len(handlers_during_a_run()) == 2, "in the main thread there is one, after the first look at the data"


def test_where_ctrl_c_is_ignored_it_stays_ignored():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert handlers_during_a_run() == {signal.SIG_IGN}
    finally:
        signal.signal(signal.SIGINT, before)


TRAINING = """
from nnlib import TwoLayerNet, spirals, train
net, data = TwoLayerNet(2, 9, 2, seed=0), spirals(300)
history = train(net, *data, learning_rate=0.1, epochs=99999, batch_size=10)
print(history.stopped, len(history.loss) > 0, len(history.accuracy) == len(history.loss) // 30)
"""


def test_the_stop_button_of_jupyter_stops_a_run_and_takes_its_bar_away():
    manager, client = start_new_kernel(kernel_name="python3")
    try:

        def run(code, interrupt=False):
            """What a page would show of a cell: its text, without what a bar has taken back."""
            request = client.session.msg("execute_request", {"code": code, "silent": False}, metadata={"cellId": "1"})
            client.shell_channel.send(request)
            text = ""
            while True:
                message = client.get_iopub_msg(timeout=20)
                if message["parent_header"].get("msg_id") != request["header"]["msg_id"]:
                    continue
                text += message["content"].get("text", "") + "\n".join(message["content"].get("traceback", []))
                if interrupt and re.search(r"\b[1-9]\d*/2999970", text):
                    manager.interrupt_kernel()
                    interrupt = False
                if message["content"].get("execution_state") == "idle":
                    return text

        bar, _, rest = run(TRAINING, interrupt=True).partition(" " * 60 + "\b" * 60)
        assert "/2999970" in bar and rest == "True True True\n"
        again = run("print(train(net, *data, 0.1, epochs=1, batch_size=10, progress=False).stopped)")
        assert again == "False\n"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


# -- errors ----------------------------------------------------------------------------------------------------------


def test_an_error_in_a_layer_is_not_swallowed():
    x, t = small()
    net = TwoLayerNet(D, H, C, seed=0)
    net.layers[1].forward = None
    with pytest.raises(TypeError):
        train(net, x, t, 0.5, epochs=1, batch_size=3, progress=False)


def test_an_error_of_one_word_comes_through_with_the_line_that_raised_it():
    x, t = small()
    net = TwoLayerNet(D, H, C, seed=0)

    def forward(x):
        raise ValueError("oops")

    net.layers[0].forward = forward
    with pytest.raises(ValueError, match="^oops$") as raised:
        train(net, x, t, 0.5, epochs=1, batch_size=3, progress=False)
    assert raised.traceback[-1].name == "forward"


# -- the progress bar -------------------------------------------------------------------------------------------------


def test_a_bar_moves_and_takes_itself_away(capsys, monkeypatch):
    x, t = small()
    net = TwoLayerNet(D, H, C, seed=0)
    train(net, x, t, 0.5, epochs=2, batch_size=5, rng=0)
    assert capsys.readouterr() == ("", ""), "nobody is watching"
    monkeypatch.setattr(nnlib.progress, "interactive", lambda: True)
    train(net, x, t, 0.5, epochs=2, batch_size=5, rng=0, progress=False)
    assert capsys.readouterr() == ("", "")
    train(net, x, t, 0.5, epochs=2, batch_size=5, rng=0)
    shown, errors = capsys.readouterr()
    assert "0/4" in shown and shown.endswith("\r" + " " * 60 + "\b" * 60) and errors == ""


def test_a_notebook_that_a_program_runs_saves_nothing_of_the_bar():
    code = "from nnlib import TwoLayerNet, blobs, train\nx, t = blobs(50)\n"
    code += "print(len(train(TwoLayerNet(2, 3, 2, seed=0), x, t, 0.1, epochs=3, batch_size=10).loss))"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(book, kernel_name="python3").execute()
    (output,) = book.cells[0].outputs
    assert (output.name, output.text) == ("stdout", "15\n")


# -- it learns --------------------------------------------------------------------------------------------------------


def test_two_clouds_are_learnt_in_a_moment():
    (x, t), (x_test, t_test) = blobs(200, seed=0), blobs(100, seed=1)
    net = Network([Affine(np.zeros((2, 1)), [0])], loss=SigmoidWithLoss())
    train(net, x, t[:, np.newaxis], 1.0, epochs=20, batch_size=20, rng=0, progress=False)
    assert net.accuracy(x_test, t_test[:, np.newaxis]) > 0.97


def test_spirals_need_a_hidden_layer():
    (x, t), (x_test, t_test) = spirals(300, seed=0, turns=1), spirals(300, seed=1, turns=1)
    net = TwoLayerNet(2, 20, 2, activation="tanh", weight_scale=1, seed=0)
    train(net, x, t, 0.5, epochs=150, batch_size=30, rng=0, progress=False)
    straight = Network([Affine(np.zeros((2, 2)), np.zeros(2))])
    train(straight, x, t, 0.5, epochs=30, batch_size=30, rng=0, progress=False)
    assert net.accuracy(x_test, t_test) > 0.95 > 0.8 > straight.accuracy(x_test, t_test)


def test_real_digits_are_learnt():
    (x, t), test = digits()
    net = TwoLayerNet(64, 50, 10, activation="relu", seed=0, dtype=np.float32)
    history = train(net, x, t, 0.5, epochs=15, batch_size=50, validation=test, rng=0, progress=False)
    assert history.validation_accuracy[-1] > 0.95
