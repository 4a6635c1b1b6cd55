"""The trained network that the lessons begin with."""

import numpy as np
import pytest
from train_reader import trained

from nnlessons.reader.network import WEIGHTS, reader_network
from nnlib import digits


@pytest.fixture(scope="module")
def test_digits():
    return digits()[1]


def test_the_network_reads_97_percent_and_half_of_the_moved_ones(test_digits):
    x, t = test_digits
    assert reader_network().accuracy(x, t) == pytest.approx(0.972, abs=0.002)
    moved = np.zeros((len(x), 8, 8))
    moved[:, :, 1:] = x.reshape(-1, 8, 8)[:, :, :-1]
    assert 0.4 < reader_network().accuracy(moved.reshape(-1, 64), t) < 0.5


def test_each_copy_of_the_network_is_a_new_one(test_digits):
    spoiled = reader_network()
    spoiled.params[0][...] = 0
    assert reader_network().accuracy(*test_digits) > 0.9


def test_the_script_makes_the_saved_network():
    np.testing.assert_allclose(trained(), np.load(WEIGHTS), atol=0.02)  # the last digits are the machine's own
