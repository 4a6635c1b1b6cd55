"""The data: as many points as asked for, from the seed alone, of the shape that the name says; and the real digits."""

import numpy as np
import pytest

from nnlib import blobs, circles, digits, lopsided, measurements, moons, moved, spirals, xor, zeros_and_nines

SETS = [spirals, circles, moons, xor, blobs]


@pytest.mark.parametrize("make", SETS)
def test_n_points_half_of_each_class_near_the_unit_square(make):
    for n in (1, 2, 7, 300):
        x, t = make(n)
        assert x.shape == (n, 2) and t.shape == (n,) and x.dtype == np.float64
        assert np.bincount(t, minlength=2).tolist() == [n - n // 2, n // 2]
        assert np.abs(x).max() < 1.5


@pytest.mark.parametrize("make", SETS)
def test_the_seed_decides_and_nothing_else(make):
    before = np.random.get_state()[1].tolist()
    x, t = make(50, seed=3)
    np.random.rand()
    again, _ = make(50, seed=3)
    other, _ = make(50, seed=4)
    np.random.set_state(("MT19937", before, 624))
    assert (x == again).all() and (x != other).any()
    assert make(50, noise=0.3, seed=3)[0] != pytest.approx(x)
    assert (t[:25] == 0).sum() not in (0, 25) and (t[::2] == 0).sum() not in (0, 25), "classes come mixed"


def test_circles_are_rings_and_xor_is_a_product_of_signs():
    x, t = circles(200, noise=0)
    assert np.hypot(*x.T) == pytest.approx(np.where(t == 0, 0.9, 0.4))
    x, t = xor(200)
    assert ((x[:, 0] * x[:, 1] < 0) == (t == 1)).all()


def test_spirals_lie_opposite_each_other_and_turn_as_often_as_asked():
    for turns in (1, 2, 2.5):
        x, t = spirals(400, noise=0, turns=turns)
        r = np.hypot(*x.T)
        angle = 2 * np.pi * turns * r + np.pi * t
        assert x == pytest.approx(r[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)]))


def test_moons_and_blobs_have_their_classes_on_two_sides():
    for make in (moons, blobs):
        x, t = make(400, seed=1)
        assert x[t == 0].mean(axis=0) != pytest.approx(x[t == 1].mean(axis=0), abs=0.3)
    x, t = moons(400, noise=0)
    assert x[t == 0][:, 1].min() >= -0.15 and x[t == 1][:, 1].max() <= 0.15
    assert x[t == 0][:, 1].min() < x[t == 1][:, 1].max() and x[t == 1][:, 0].min() < x[t == 0][:, 0].max(), (
        "one in the other"
    )


def test_the_digits_are_1797_real_scans_split_once_and_for_all():
    (x_train, t_train), (x_test, t_test) = digits()
    assert (x_train.shape, x_test.shape) == ((1442, 64), (355, 64))
    assert x_train.dtype == np.float32 and x_train.min() == 0 and x_train.max() == 1
    assert np.bincount(t_test).tolist() == [count // 5 for count in np.bincount(np.concatenate([t_train, t_test]))]
    (again, _), _ = digits()
    assert (again == x_train).all()


def test_a_validation_set_is_taken_from_the_training_set_alone():
    (x, t), (x_test, _) = digits()
    (x_train, t_train), (x_validation, t_validation), (same_test, _) = digits(validation=True)
    assert len(x_train) == 1085 and len(x_validation) == 357 and (same_test == x_test).all()
    assert sorted(map(bytes, x)) == sorted(map(bytes, [*x_train, *x_validation]))
    assert (np.bincount(t_train) + np.bincount(t_validation) == np.bincount(t)).all()
    assert 34 <= np.bincount(t_validation).min() and np.bincount(t_validation).max() <= 37


@pytest.mark.parametrize(("right", "down"), [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (3, -2), (9, 0), (0, -8)])
def test_moved_pictures_lose_what_leaves_and_get_paper(right, down):
    x = np.random.default_rng(0).uniform(0.1, 1, size=(3, 64))
    result = moved(x, right, down)
    for picture, before in zip(result.reshape(3, 8, 8), x.reshape(3, 8, 8), strict=True):
        for row in range(8):
            for column in range(8):
                i, j = row - down, column - right
                assert picture[row, column] == (before[i, j] if 0 <= i < 8 and 0 <= j < 8 else 0)


def test_the_first_digit_looks_like_a_zero():
    (x, t), _ = digits()
    picture = x[0].reshape(8, 8)
    assert t[0] == 0 and picture[3:5, 3].max() == 0, "white in the middle"
    assert picture[:, 2:6].sum() > picture[:, :2].sum() + picture[:, 6:].sum()


def test_measurements_compare_halves_and_look_at_the_middle():
    picture = np.zeros((8, 8))
    assert measurements(picture.reshape(1, 64)).tolist() == [[0, -1]], "white"
    picture[0, 0], picture[7, 7], picture[2, 3], picture[5, 5] = 0.5, 1, 0.75, 1
    # the upper 32 pixels hold 1.25, the lower ones 2; of the 8 in the middle one has 0.75
    assert measurements(picture.reshape(1, 64)) == pytest.approx(
        np.array([[10 * (1.25 - 2) / 32, 4 * (0.75 / 8 - 0.25)]])
    )


@pytest.mark.parametrize(
    ("make", "all_of_them", "every_sixth", "yes"), [(zeros_and_nines, 358, 60, [9]), (lopsided, 713, 120, [6, 9])]
)
def test_a_question_about_digits_has_measurements_classes_and_pictures(make, all_of_them, every_sixth, yes):
    (x_train, t_train), (x_test, t_test) = digits()
    digit_of = dict(zip(map(bytes, np.concatenate([x_train, x_test])), [*t_train, *t_test], strict=True))
    for every, count in {1: all_of_them, 6: every_sixth}.items():
        x, t, pictures = make(every)
        assert (len(x), len(t), len(pictures)) == (count,) * 3
        assert (x == measurements(pictures)).all() and -3.2 < x.min() and x.max() < 3.5
        assert t.tolist() == [int(digit_of[bytes(picture)] in yes) for picture in pictures]
        assert abs(t.mean() - 0.5) < 0.02


def best_of_all_lines(x, t):
    """The largest fraction of points that a line has on their own sides: all directions, and between any two points."""
    best = 0
    for angle in np.linspace(0, 2 * np.pi, 360, endpoint=False):
        ordered = t[np.argsort(x @ [np.cos(angle), np.sin(angle)])]
        zeros_below = np.concatenate([[0], np.cumsum(ordered == 0)])
        ones_above = np.concatenate([np.cumsum(ordered[::-1])[::-1], [0]])
        best = max(best, (zeros_below + ones_above).max() / len(t))
    return best


def test_a_line_separates_zeros_and_nines_and_nothing_lopsided():
    assert best_of_all_lines(*zeros_and_nines()[:2]) == pytest.approx(0.975, abs=0.001)
    assert best_of_all_lines(*lopsided()[:2]) == pytest.approx(0.735, abs=0.001)
