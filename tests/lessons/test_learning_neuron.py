"""The learning neuron: its updates worked out in plain Python with slopes found by nudging."""

import pytest
from by_hand import sigmoid, slope
from lesson_reader import numbers_in

from nnlessons.backpropagation.demos import learning_neuron
from nnlessons.live.scene import Scene
from nnlessons.wording import short

START = {"w0": 2.0, "w1": -3.0, "b": -3.0}


def output(weights, x0, x1):
    return sigmoid(weights["w0"] * x0 + weights["w1"] * x1 + weights["b"])


def updated(weights, x0, x1, target, rate):
    """(new weights, gradient of each) after one update, by nudging."""

    def loss(name, value):
        return (output({**weights, name: value}, x0, x1) - target) ** 2

    gradients = {name: slope(lambda value, name=name: loss(name, value), weights[name]) for name in weights}
    return {name: value - rate * gradients[name] for name, value in weights.items()}, gradients


def after(scene, steps):
    for _ in range(steps):
        assert scene.step_forward()
    return scene.picture.shown


@pytest.mark.parametrize(("x0", "x1", "target", "rate"), [(-1.0, -2.0, 0.0, 1.0), (2.5, -0.5, 1.0, 0.3)])
def test_each_update_steps_against_the_gradients(x0, x1, target, rate):
    scene, weights, outputs = Scene(learning_neuron), dict(START), [output(START, x0, x1)]
    scene.move({"x0": x0, "x1": x1, "target": target, "rate": rate})
    for k in range(1, 6):
        before = weights
        weights, gradients = updated(weights, x0, x1, target, rate)
        outputs.append(output(weights, x0, x1))
        shown = after(scene, 1)
        assert shown["outputs"]["data"][1] == pytest.approx(outputs, abs=1e-6)
        assert short(outputs[-1]) in shown["values"]["texts"]
        said = numbers_in(scene.text)
        assert said[:4] == pytest.approx([k, gradients["w0"], before["w0"], weights["w0"]], abs=6e-4)
        assert said[4:] in (pytest.approx(outputs[-2:], abs=6e-4), pytest.approx(outputs[-1:], abs=6e-4))


def test_twenty_updates_take_the_output_from_073_to_005():
    scene = Scene(learning_neuron)
    assert numbers_in(scene.text)[:2] == [0.731, 0]
    shown = after(scene, 20)
    assert shown["outputs"]["data"][1][-1] == pytest.approx(0.048, abs=5e-4) and not scene.step_forward()
    assert numbers_in(scene.text) == [20, 0.731, 0.048, 0]


@pytest.mark.parametrize("target", [0.0, 0.5, 1.0])
def test_the_output_goes_to_every_target(target):
    scene = Scene(learning_neuron)
    scene.move({**learning_neuron.beginning, "target": target})
    assert after(scene, 20)["outputs"]["data"][1][-1] == pytest.approx(target, abs=0.06)
