"""Data to learn from: points of two classes in the plane, made from a seed, and real handwritten digits.

spirals  circles  moons  xor  blobs      (n, noise, seed) -> x (n, 2), about -1 to 1, and t (n,), 0 or 1, half and half
digits                                   1,797 scans of 8 x 8 pixels
zeros_and_nines  lopsided                two questions about them, each with two measurements of every scan
measurements                             the two measurements
moved                                    the same pictures, some pixels to one side
"""

import os

import numpy as np

from nnlib.arguments import as_batch, as_count, as_number, as_rng

__all__ = ["spirals", "circles", "moons", "xor", "blobs", "digits"]
__all__ += ["zeros_and_nines", "lopsided", "measurements", "moved"]
__dir__ = __all__.copy  # what Tab shows after `datasets.`

DIGITS = os.path.join(os.path.dirname(__file__), "data", "digits.csv.gz")

# -- points in the plane ----------------------------------------------------------------------------------------------


def spirals(n, noise=0.02, seed=0, turns=2):
    """Two arms around each other, `turns` times: at radius r = 0.05 ... 1, one opposite the other.

    n points in all -> x (n, 2), t (n,). noise is the standard deviation of their random moves, seed a number, a NumPy
    Generator or None. TypeError or ValueError if one of them doesn't fit.
    """
    turns = as_number("turns", turns, above=0)
    rng = as_rng("seed", seed)
    t = labels(n, rng)
    r = rng.uniform(0.05, 1, size=len(t))
    angle = 2 * np.pi * turns * r + np.pi * t
    return noisy(r[:, np.newaxis] * on_circle(angle), noise, rng), t


def circles(n, noise=0.05, seed=0):
    """A ring of radius 0.9 (class 0) around one of radius 0.4 (class 1).  Arguments as in spirals -> x (n, 2), t (n,)."""
    rng = as_rng("seed", seed)
    t = labels(n, rng)
    angle = rng.uniform(0, 2 * np.pi, size=len(t))
    return noisy(np.where(t == 0, 0.9, 0.4)[:, np.newaxis] * on_circle(angle), noise, rng), t


def moons(n, noise=0.05, seed=0):
    """Two half circles of radius 0.6 that reach into each other, around (-0.3, -0.15) and (0.3, 0.15).

    Arguments as in spirals -> x (n, 2), t (n,).
    """
    rng = as_rng("seed", seed)
    t = labels(n, rng)
    angle = rng.uniform(0, np.pi, size=len(t)) + np.pi * t
    middle = np.where(t[:, np.newaxis] == 0, [-0.3, -0.15], [0.3, 0.15])
    return noisy(0.6 * on_circle(angle) + middle, noise, rng), t


def xor(n, noise=0.0, seed=0):
    """Class 1 where the two coordinates have different signs: no straight line separates the classes.

    Arguments as in spirals -> x (n, 2), t (n,).
    """
    rng = as_rng("seed", seed)
    t = labels(n, rng)
    first = rng.uniform(0.05, 1, size=len(t)) * rng.choice([-1, 1], size=len(t))
    second = rng.uniform(0.05, 1, size=len(t)) * np.sign(first) * np.where(t == 0, 1, -1)
    return noisy(np.column_stack([first, second]), noise, rng), t


def blobs(n, noise=0.2, seed=0):
    """Two clouds around (-0.5, -0.5) and (0.5, 0.5), nearly separable.  Arguments as in spirals -> x (n, 2), t (n,)."""
    rng = as_rng("seed", seed)
    t = labels(n, rng)
    return noisy(np.where(t == 0, -0.5, 0.5)[:, np.newaxis] * np.ones(2), noise, rng), t


def labels(n, rng):
    """n labels in random order; for an odd n one more of class 0."""
    return rng.permutation(np.arange(as_count("n", n)) % 2)


@np.errstate(invalid="ignore")
def on_circle(angle):
    return np.column_stack([np.cos(angle), np.sin(angle)])


@np.errstate(over="ignore")
def noisy(x, noise, rng):
    """Each point moved by normally distributed steps of standard deviation `noise`."""
    noise = as_number("noise", noise, least=0)
    return x + noise * rng.normal(size=x.shape)


# -- handwritten digits -----------------------------------------------------------------------------------------------


def digits(validation=False):
    """1,797 scans of handwritten digits:  (x_train, t_train), (x_test, t_test).

    x (N, 64) float32, the pixels of 8 rows of 8, from 0, paper, to 1, ink; t (N,), 0 to 9. Every fifth scan of each digit
    is for testing. With validation=True every fourth one is set aside too:  (x_train, t_train), (x_validation, t_validation),
    (x_test, t_test). Source: Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits", UCI, 1998, CC BY 4.0.
    """
    x, t, nth = scans()
    turn = nth % 5
    groups = [turn < 3, turn == 3, turn == 4] if validation else [turn < 4, turn == 4]
    return tuple((x[chosen], t[chosen]) for chosen in groups)


def zeros_and_nines(every=1):
    """0 or 9?  The scans of these two digits:  x (N, 2), t (N,), pictures (N, 64).

    x is what `measurements` says of each picture, t is 1 for a nine and 0 for a zero. With every=6 you get each sixth scan
    of either digit, 60 in all; N is 358 with all of them. TypeError or ValueError if every isn't a whole number above 0.
    """
    return question(no=[0], yes=[9], every=every)


def lopsided(every=1):
    """Is the digit lopsided?  6 and 9 are, 0 and 8 aren't:  x (N, 2), t (N,), pictures (N, 64), as in zeros_and_nines.

    No straight line between the points x separates the two classes. N is 713 with all scans.
    """
    return question(no=[0, 8], yes=[6, 9], every=every)


@np.errstate(over="ignore", invalid="ignore")
def measurements(pictures):
    """Two numbers for each picture (N, 64):  x (N, 2).  ValueError if the pictures have another shape.

    x[:, 0]   how top-heavy:  10 (mean ink of the top four rows - mean ink of the bottom four)
    x[:, 1]   ink in the middle:  4 (mean ink of rows 2 to 5, columns 3 and 4 - 0.25)
    """
    pixels = as_batch("pictures", pictures, columns=64).reshape(-1, 8, 8)
    top, bottom, middle = (part.mean(axis=(1, 2)) for part in (pixels[:, :4], pixels[:, 4:], pixels[:, 2:6, 3:5]))
    return np.column_stack([10 * (top - bottom), 4 * (middle - 0.25)])


def moved(pictures, right=0, down=0):
    """Copies of pictures (N, 64), all moved by some pixels: (N, 64). Below 0 they move to the left, or up.

    What leaves a picture is lost, and paper, 0, comes in on the other side. TypeError or ValueError if the pictures have
    another shape, or right and down aren't whole numbers.
    """
    pictures = as_batch("pictures", pictures, columns=64)
    down, right = as_count("down", down, least=-np.inf), as_count("right", right, least=-np.inf)
    rows, columns = np.divmod(np.arange(64), 8)
    rows, columns = rows - down, columns - right  # where each pixel comes from
    inside = (rows >= 0) & (rows < 8) & (columns >= 0) & (columns < 8)
    result = np.zeros_like(pictures)
    result[:, inside] = pictures[:, (8 * rows + columns)[inside]]
    return result


def question(no, yes, every):
    """The scans of some digits, measured, with class 0 for those in `no` and class 1 for those in `yes`."""
    every = as_count("every", every)
    pictures, digit, nth = scans()
    chosen = np.isin(digit, no + yes) & (nth % every == 0)
    return measurements(pictures[chosen]), np.isin(digit[chosen], yes).astype(int), pictures[chosen]


def scans():
    """(pixels (1797, 64), digits (1797,), for each scan how many of the same digit come before it)."""
    table = np.loadtxt(DIGITS, delimiter=",")
    x, t = (table[:, :64] / 16).astype(np.float32), table[:, 64].astype(int)
    nth_of_its_digit = np.empty(len(t), int)
    for digit in range(10):
        nth_of_its_digit[t == digit] = np.arange((t == digit).sum())
    return x, t, nth_of_its_digit
