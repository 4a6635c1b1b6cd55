"""The race for all the slopes: multiplications counted one by one with numbers that count, and the bars that show it."""

import numpy as np
import pytest

from nnlessons.backpropagation.counted import METHODS, counted
from nnlessons.backpropagation.demos import race
from nnlessons.live.scene import Scene


class Counting:
    """A number that counts its products."""

    count = 0

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Counting(self.value + other.value)

    def __mul__(self, other):
        Counting.count += 1
        return Counting(self.value * other.value)


def loss(w, x, t):
    """(L, the difference), product by product."""
    difference = Counting(-t)
    for one, other in zip(w, x, strict=True):
        difference = difference + one * other
    return difference * difference, difference


def one_by_one(method, w, x, t):
    """(slopes, multiplications) of a method, in plain Python."""
    Counting.count, found = 0, []
    w, x, n = [Counting(each) for each in w], [Counting(each) for each in x], len(w)
    if method == "nudging":
        for i in range(n):
            ends = []
            for eps in (1e-5, -1e-5):
                nudged = [Counting(each.value + eps * (i == j)) for j, each in enumerate(w)]
                ends.append(loss(nudged, x, t)[0])
            found.append((ends[0] + Counting(-ends[1].value)) * Counting(0.5e5))
        return [each.value for each in found], Counting.count
    _, difference = loss(w, x, t)
    if method == "backward":
        upstream = Counting(1.0) * difference + Counting(1.0) * difference
        return [(upstream * each).value for each in x], Counting.count
    for i in range(n):
        slope = Counting(0.0)
        for j, each in enumerate(x):
            slope = slope + Counting(float(i == j)) * each
        found.append(slope * difference + difference * slope)
    return [each.value for each in found], Counting.count


@pytest.mark.parametrize("n", [3, 10])
@pytest.mark.parametrize("method", METHODS)
def test_every_multiplication_is_counted(method, n):
    rng = np.random.default_rng(0)
    slopes, count = one_by_one(method, rng.normal(size=n).tolist(), rng.normal(size=n).tolist(), 0.5)
    got, known = counted(method, n)
    assert got == pytest.approx(slopes, abs=1e-6) and known[-1] == count


@pytest.mark.parametrize("n", [3, 10, 3760])
def test_all_methods_find_the_same_slopes_for_prices_that_grow_differently(n):
    slopes, prices = zip(*(counted(method, n) for method in METHODS), strict=True)
    assert np.allclose(slopes[0], slopes[2], atol=1e-4) and np.allclose(slopes[1], slopes[2])
    assert [each[-1] for each in prices] == [n * (2 * n + 3), (n + 1) + n * (n + 2), 2 * n + 3]
    assert prices[0][0] == prices[2][-1], "one slope by nudging costs as much as all of them backward"


@pytest.mark.parametrize("n", [3, 10, 3760])
def test_the_bars_show_what_each_method_knows_for_what_it_has_spent(n):
    states, before = [0], [0, 0, 0]
    while (state := race.advance(states[-1], n)) is not None:
        states.append(state)
    for state in states:
        shown = race.update(state, n)
        known = [int(text.split(" of ")[0].replace(",", "")) for text in shown["known"]["texts"]]
        spent = [int(text.replace(",", "")) for text in shown["spent"]["texts"]]
        assert known == [int((counted(name, n)[1] <= count).sum()) for name, count in zip(METHODS, spent, strict=True)]
        assert all(one >= other for one, other in zip(known, before, strict=True))
        assert len(set(spent)) == 1 or max(known) == n, "the same for all, until one is done"
        before = known
    assert known == [n] * 3 and len({shown[name]["width"] for name in METHODS}) == 1 and 20 <= len(states) <= 220


def test_when_backward_is_done_nudging_has_one_slope_of_3760():
    scene = Scene(race)
    scene.move({"n": 3760})
    while scene.picture.shown["known"]["texts"][2] != "3,760 of 3,760":
        assert scene.step_forward()
    assert scene.picture.shown["known"]["texts"] == ["1 of 3,760", "1 of 3,760", "3,760 of 3,760"]
    assert scene.picture.shown["spent"]["texts"] == ["7,523"] * 3
