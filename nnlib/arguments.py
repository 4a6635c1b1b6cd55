"""Argument checks shared by all functions, so that each function's body is its formula.

    as_...     the argument in the form that the formula needs
    check_...  nothing, if the argument fits

Each error message names the argument, what it must be, and what it was: TypeError for the wrong kind of thing, ValueError
for a wrong value or shape.
"""

import inspect
import math
import numbers

import numpy as np

__all__ = [
    "as_float", "as_number", "as_count", "as_function", "as_rng", "as_one_of", "as_object", "as_axis", "as_batch",
    "as_weights", "as_upstream", "check_shape", "check_same_shape", "cast", "scalar_if_0d", "describe",
]  # fmt: skip
__dir__ = __all__.copy  # what Tab shows after `arguments.`

FLOATS = {np.dtype(np.float32), np.dtype(np.float64)}


def as_float(name, value):
    """`value` as an array of floats, of any shape: float32 stays float32, everything else becomes float64.

    The result is the array itself if it already has the right type, else a copy. TypeError for anything but real numbers:
    words, complex numbers, None, rows of different lengths.
    """
    try:
        array = np.asarray(value)
    except ValueError:  # that's how NumPy refuses rows of different lengths
        raise TypeError(f"{name} must be an array of real numbers, got rows of different lengths") from None
    if array.dtype in FLOATS:
        return array
    if array.dtype.kind not in "buif":
        raise TypeError(f"{name} must be an array of real numbers, got {describe(value)}")
    return cast(array, np.float64)


def cast(array, dtype):
    """`array` in this dtype, the array itself if it has it already; too large a number becomes inf, too small a number 0."""
    if array.dtype == dtype:
        return array
    with np.errstate(all="ignore"):
        return array.astype(dtype)


def scalar_if_0d(array):
    """The number in an array of shape (); any other array as it is."""
    return array[()]


def describe(value):
    """What kind of thing `value` is, for the end of an error message."""
    if isinstance(value, np.ndarray):
        return f"an array of dtype {value.dtype}"
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 40 else text[:37] + '...'}"


def as_number(name, value, least=None, above=None):
    """`value` as one finite Python float, at least `least` and greater than `above`; TypeError or ValueError if it isn't."""
    if isinstance(value, np.ndarray):
        value = scalar_if_0d(value)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {describe(value)}")
    try:
        number = float(value)
    except OverflowError:  # a whole number too large for any float
        number = np.inf
    if not math.isfinite(number) or (least is not None and number < least) or (above is not None and number <= above):
        limit = "" if least is None else f" and at least {least:g}"
        limit += "" if above is None else f" and greater than {above:g}"
        raise ValueError(f"{name} must be finite{limit}, got {number:g}")
    return number


def as_count(name, value, least=1):
    """`value` as a whole Python number, at least `least`; TypeError or ValueError if it isn't."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number, got {describe(value)}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    return int(value)


def as_function(name, value):
    """`value`, which must be callable; TypeError if it isn't."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {describe(value)}")
    return value


def as_rng(name, value):
    """A source of random numbers: a NumPy Generator as it is, a seed or None by np.random.default_rng; TypeError otherwise."""
    if isinstance(value, np.random.Generator):
        return value
    if value is None:
        return np.random.default_rng()
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a seed, a whole number, or a NumPy Generator, got {describe(value)}")
    return np.random.default_rng(as_count(name, value, least=0))


def as_one_of(name, value, known):
    """`value`, which must be one of the words in `known`; ValueError if it isn't."""
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, got {value!r}")
    return value


def as_object(name, thing, **methods):
    """`thing`, which must have these methods, each for that many arguments; TypeError if it doesn't."""
    try:
        for method, count in methods.items():
            inspect.signature(getattr(thing, method)).bind(*range(count))
    except (AttributeError, TypeError, ValueError):
        got = f"the class {thing.__name__}, without brackets" if isinstance(thing, type) else type(thing).__name__
        raise TypeError(f"{name} must be an object with {' and '.join(methods)}, got {got}") from None
    return thing


def as_axis(name, value, x):
    """`value` as the number of an axis of `x`; ValueError if x has no such axis, or is a single number."""
    if x.ndim == 0:
        raise ValueError("x must have at least one dimension, got a single number")
    value = as_count(name, value, least=-np.inf)
    if not -x.ndim <= value < x.ndim:
        raise ValueError(f"{name} must be from {-x.ndim} to {x.ndim - 1} for x of shape {x.shape}, got {value}")
    return value


def check_shape(name, array, shape):
    """ValueError unless `array` has this shape, in which a word, like "N", means any size."""
    if array.shape == shape:
        return
    fits = array.ndim == len(shape)
    for want, have in zip(shape, array.shape, strict=False):
        fits = fits and (want == have or isinstance(want, str))
    if not fits:
        wanted = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
        raise ValueError(f"{name} must have shape ({wanted}), got {array.shape}")


def check_same_shape(name, array, other_name, other):
    """ValueError unless `array` has the shape of `other`."""
    if array.shape != other.shape:
        raise ValueError(f"{name} must have the shape of {other_name}, {other.shape}, got {array.shape}")


def as_batch(name, x, columns="D"):
    """`x` as a mini-batch: floats of shape (N, columns), at least one of each; TypeError or ValueError if it isn't."""
    x = as_float(name, x)
    if x.ndim == 1:
        raise ValueError(f"{name} must have shape (N, {columns}), got {x.shape}: a batch of one is {name}[np.newaxis]")
    check_shape(name, x, ("N", columns))
    if x.size == 0:
        raise ValueError(f"{name} must have at least one sample and one column, got shape {x.shape}")
    return x


def as_weights(name, W):
    """A copy of a matrix of weights: floats of shape (D, H), at least one of each; TypeError or ValueError if it isn't."""
    W = as_float(name, W)
    check_shape(name, W, ("D", "H"))
    if W.size == 0:
        raise ValueError(f"{name} must have at least one row and one column, got shape {W.shape}")
    return W.copy()


def as_upstream(output_spec, dout):
    """The upstream gradient, in the shape and dtype of the operation's output: `output_spec` is (shape, dtype).

    RuntimeError if there's no output yet; TypeError or ValueError if dout isn't an array of that shape.
    """
    if output_spec is None:
        raise RuntimeError("backward before forward: call forward first, which keeps what backward needs")
    shape, dtype = output_spec
    dout = as_float("dout", dout)
    check_shape("dout", dout, shape)
    return scalar_if_0d(cast(dout, dtype))
