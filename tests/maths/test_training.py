"""Training: each sample once an epoch, one update a step, and a stop that leaves everything whole."""

import nbformat
import numpy as np
import pytest
from gradient_checks import C, D, H, N, away_from_kinks
from nbclient import NotebookClient

import nnlib.progress
import nnlib.training
from nnlib import (
    SGD,
    Affine,
    History,
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


def test_an_epoch_hands_out_every_sample_once_and_the_last_batch_may_be_short():
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
    assert history.test_loss == history.test_accuracy == [] and not history.stopped


def test_the_test_set_is_looked_at_and_not_learnt_from():
    x, t = small()
    nets = [TwoLayerNet(D, H, C, seed=0) for _ in range(2)]
    args = {"learning_rate": 0.5, "epochs": 4, "batch_size": 3, "rng": 1, "progress": False}
    train(nets[0], x, t, **args)
    history = train(nets[1], x, t, x_test=x[:N], t_test=t[:N], **args)
    assert all((a == b).all() for a, b in zip(nets[0].params, nets[1].params, strict=True))
    assert len(history.test_loss) == len(history.test_accuracy) == 4
    assert history.test_loss[-1] == nets[1].loss(x[:N], t[:N])
    wrong = (t[:N] + 1) % C
    history = train(nets[0], x, t, x_test=x[:N], t_test=wrong, **args)
    seen, unseen = nets[0].accuracy(x, t), nets[0].accuracy(x[:N], wrong)
    assert (history.accuracy[-1], history.test_accuracy[-1]) == (seen, unseen) and seen != unseen


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


@pytest.mark.parametrize(
    "where", ["forward", "backward", "half an update", "after an update", "after the note", "evaluation"]
)
def test_stopped_anywhere_the_net_is_as_after_the_last_whole_step(where, monkeypatch):
    x, t = small()
    net, whole = TwoLayerNet(D, H, C, seed=0), TwoLayerNet(D, H, C, seed=0)
    calls = {"n": 0}

    def interrupted(function, at, before=True):
        def call(*args):
            calls["n"] += 1
            if before and calls["n"] == at:
                raise KeyboardInterrupt
            result = function(*args)
            if not before and calls["n"] == at:
                raise KeyboardInterrupt
            return result

        return call

    steps = 2
    if where == "forward":
        net.layers[1].forward = interrupted(net.layers[1].forward, 4)  # the first is a look at all data
    elif where == "backward":
        net.layers[1].backward = interrupted(net.layers[1].backward, 3)
    elif where == "half an update":

        def half(self, params, grads):
            calls["n"] += 1
            if calls["n"] == 3:
                params[0] -= 7
                raise KeyboardInterrupt
            for param, grad in zip(params, grads, strict=True):
                param -= self.learning_rate * grad

        monkeypatch.setattr(SGD, "update", half)
    elif where == "after an update":
        monkeypatch.setattr(SGD, "update", interrupted(SGD.update, 3, before=False))
    elif where == "after the note":

        class Noted(list):
            def append(self, loss):
                super().append(loss)
                if len(self) == 3:
                    raise KeyboardInterrupt

        monkeypatch.setattr(nnlib.training, "History", lambda: History(loss=Noted()))
    else:
        steps = 4
        net.accuracy = interrupted(net.accuracy, 1)
    history = train(net, x, t, 0.5, epochs=5, batch_size=3, rng=0, progress=False)
    monkeypatch.undo()
    assert history.stopped and len(history.loss) == steps and history.accuracy == []
    for x_batch, t_batch in list(minibatches(x, t, 3, rng=0))[:steps]:
        SGD(0.5).update(whole.params, whole.gradient(x_batch, t_batch))
    assert all((a == b).all() for a, b in zip(net.params, whole.params, strict=True))


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
    monkeypatch.setattr(nnlib.progress, "watched", lambda: True)
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
    (x, t), (x_test, t_test) = digits()
    net = TwoLayerNet(64, 50, 10, activation="relu", seed=0, dtype=np.float32)
    history = train(net, x, t, 0.5, epochs=15, batch_size=50, x_test=x_test, t_test=t_test, rng=0, progress=False)
    assert history.test_accuracy[-1] > 0.95
