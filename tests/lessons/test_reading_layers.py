"""The opening of lesson 2: the numbers in its columns, worked out from the weights, and when each of them appears."""

import numpy as np
import pytest
from lesson_reader import said_by

from nnlessons.drawing.style import BLUE, ORANGE
from nnlessons.forward_pass.demos import layers_light_up as demo
from nnlessons.live.calls import call
from nnlessons.reader.network import reader_network

W1, b1, W2, b2 = reader_network().params


def patch_at(layer, button="3"):
    return call(demo.update, {**demo.beginning, **demo.presets[button], "layer": layer})


def worked_out(button):
    """(50 sums, 10 scores, 10 percentages) of a button's picture."""
    a = np.ravel(demo.presets[button]["cells"]) @ W1 + b1
    s = np.where(a > 0, a, 0) @ W2 + b2
    return a, s, 100 * np.exp(s) / np.exp(s).sum()


@pytest.mark.parametrize("button", demo.presets)
def test_the_columns_are_what_the_weights_make_of_the_picture(button):
    (a, s, percents), patch = worked_out(button), patch_at(3, button)
    assert patch["scores"]["values"] == pytest.approx(s, abs=1e-3)
    assert patch["scores"]["fills"] == [BLUE if score > 0 else ORANGE for score in s]
    assert 100 * patch["percentages"]["values"] == pytest.approx(percents, abs=1e-3)
    redness = patch["units"]["facecolors"][:, 0]
    assert ((redness < 1) == (a > 0)).all(), "white at 0, and only there"
    assert (np.diff(redness[np.argsort(a)]) <= 0).all(), "the higher, the bluer"
    above = f"{(a > 0).sum()} of its units are above 0; ReLU has set the other {(a <= 0).sum()} to 0"
    assert above in said_by(demo, layer=1, **demo.presets[button])


@pytest.mark.parametrize("digit", [name for name in demo.presets if name.isdigit()])
def test_the_winner_is_the_digit_on_the_button(digit):
    _, s, percents = worked_out(digit)
    name = f"an {digit}" if digit == "8" else f"a {digit}"
    assert f"The highest is {s.max():.1f}, for {name}." in said_by(demo, layer=2, **demo.presets[digit])
    sure = said_by(demo, layer=3, **demo.presets[digit])
    expected = "more than 99.9%" if percents.max() > 99.95 else f"{percents.max():.1f}%"
    assert f"{name} gets {expected}." in sure and percents.argmax() == int(digit)


@pytest.mark.parametrize("layer", range(4))
def test_columns_appear_one_after_the_other(layer):
    patch, later = patch_at(layer), patch_at(3)
    for place, parts in enumerate(
        (["pixels"], ["units"], ["scores", "score names"], ["percentages", "percentage names"])
    ):
        for part in parts:
            same = all(np.array_equal(patch[part][name], later[part][name]) for name in later[part])
            assert same == (place <= layer), part
        assert (patch[f"heading {place}"]["fontweight"] == "bold") == (place == layer)
    assert [patch[f"path {path}"] == later["path 3"] for path in (1, 2, 3)] == [path <= layer for path in (1, 2, 3)]


def test_a_blank_picture_is_a_guess():
    assert "a 4 gets 26.6%" in said_by(demo, layer=3, **demo.presets["empty"])
