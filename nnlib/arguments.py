"""What every function asks of its arguments, in one place and one wording, so that the formula stays the body.

Each check names the argument, says what it must be, and what it was.
"""

import numbers

import numpy as np


def as_float(name, value):
    """`value` as an array of floats: float32 stays float32, all else becomes float64. Never a copy where none is needed.

    TypeError for what is no array of real numbers: words, complex numbers, None, rows of different lengths.
    """
    try:
        array = np.asarray(value)
    except ValueError:  # NumPy's word for rows of different lengths
        raise TypeError(f"{name} must be an array of real numbers, got rows of different lengths") from None
    if array.dtype == np.float32 or array.dtype == np.float64:
        return array
    if array.dtype.kind not in "buif":
        raise TypeError(f"{name} must be an array of real numbers, got {described(value, array)}")
    return array.astype(np.float64)


def described(value, array):
    if isinstance(value, np.ndarray):
        return f"an array of dtype {array.dtype}"
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 40 else text[:37] + '...'}"


def as_number(name, value, least=None):
    """`value` as one finite Python float, not below `least`."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {described(value, np.asarray(value, dtype=object))}")
    number = float(value)
    if not np.isfinite(number) or (least is not None and number < least):
        raise ValueError(f"{name} must be finite{'' if least is None else f' and at least {least:g}'}, got {number:g}")
    return number


def as_axis(name, value, x):
    """`value` as an axis of `x`, an array with at least one dimension."""
    if x.ndim == 0:
        raise ValueError("x must have at least one dimension, got a single number")
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number, got {described(value, np.asarray(value, dtype=object))}")
    if not -x.ndim <= value < x.ndim:
        raise ValueError(f"{name} must be from {-x.ndim} to {x.ndim - 1} for x of shape {x.shape}, got {value}")
    return int(value)


def check_shape(name, array, shape):
    """`array` must have this shape; a word in `shape`, like "N", stands for any size."""
    fits = array.ndim == len(shape) and all(
        isinstance(want, str) or want == have for want, have in zip(shape, array.shape, strict=True)
    )
    if not fits:
        wanted = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
        raise ValueError(f"{name} must have shape ({wanted}), got {array.shape}")
