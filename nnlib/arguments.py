"""What every function asks of its arguments, in one place and one wording, so that the formula stays the body.

Each check names the argument, says what it must be, and what it was.
"""

import inspect
import math
import numbers

import numpy as np

FLOATS = {np.dtype(np.float32), np.dtype(np.float64)}


def as_float(name, value):
    """`value` as an array of floats: float32 stays float32, all else becomes float64. Never a copy where none is needed.

    TypeError for what is no array of real numbers: words, complex numbers, None, rows of different lengths.
    """
    try:
        array = np.asarray(value)
    except ValueError:  # NumPy's word for rows of different lengths
        raise TypeError(f"{name} must be an array of real numbers, got rows of different lengths") from None
    if array.dtype in FLOATS:
        return array
    if array.dtype.kind not in "buif":
        raise TypeError(f"{name} must be an array of real numbers, got {describe(value)}")
    return cast(array, np.float64)


def cast(array, dtype):
    """`array` in this dtype, itself where it is already; what is too large for it is infinite, what is too small is 0."""
    if array.dtype == dtype:
        return array
    if array.dtype.kind in "bui":  # no whole number is too large
        return array.astype(dtype)
    with np.errstate(all="ignore"):
        return array.astype(dtype)


def describe(value):
    if isinstance(value, np.ndarray):
        return f"an array of dtype {value.dtype}"
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 40 else text[:37] + '...'}"


def as_number(name, value, least=None, above=None):
    """`value` as one finite Python float, not below `least`, and greater than `above`."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {describe(value)}")
    try:
        number = float(value)
    except OverflowError:  # a whole number that no float can hold
        number = np.inf
    if not math.isfinite(number) or (least is not None and number < least) or (above is not None and number <= above):
        limit = "" if least is None else f" and at least {least:g}"
        limit += "" if above is None else f" and greater than {above:g}"
        raise ValueError(f"{name} must be finite{limit}, got {number:g}")
    return number


def as_count(name, value, least=1):
    """`value` as a whole Python number, not below `least`."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number, got {describe(value)}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    return int(value)


def as_function(name, value):
    """`value`, which must be callable."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {describe(value)}")
    return value


def as_rng(name, value):
    """A source of random numbers: a NumPy Generator as it is, a seed or None through np.random.default_rng."""
    if isinstance(value, np.random.Generator):
        return value
    if value is None:
        return np.random.default_rng()
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a seed, a whole number, or a NumPy Generator, got {describe(value)}")
    return np.random.default_rng(as_count(name, value, least=0))


def as_one_of(name, value, known):
    """`value`, which must be one of these words."""
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, got {value!r}")
    return value


def as_object(name, thing, **methods):
    """`thing`, which must have these methods; the number is how many arguments each of them takes."""
    if isinstance(thing, type):
        got = f"the class {thing.__name__}, without brackets"
    elif not all(takes(getattr(thing, method, None), count) for method, count in methods.items()):
        got = type(thing).__name__
    else:
        return thing
    raise TypeError(f"{name} must be an object with {' and '.join(methods)}, got {got}")


def takes(method, count):
    try:
        return bool(inspect.signature(method).bind(*range(count)))
    except (TypeError, ValueError):
        return False


def as_axis(name, value, x):
    """`value` as an axis of `x`, an array with at least one dimension."""
    if x.ndim == 0:
        raise ValueError("x must have at least one dimension, got a single number")
    value = as_count(name, value, least=-np.inf)
    if not -x.ndim <= value < x.ndim:
        raise ValueError(f"{name} must be from {-x.ndim} to {x.ndim - 1} for x of shape {x.shape}, got {value}")
    return value


def check_shape(name, array, shape):
    """`array` must have this shape; a word in `shape`, like "N", stands for any size."""
    if array.shape == shape:
        return
    fits = array.ndim == len(shape)
    for want, have in zip(shape, array.shape, strict=False):
        fits = fits and (want == have or isinstance(want, str))
    if not fits:
        wanted = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
        raise ValueError(f"{name} must have shape ({wanted}), got {array.shape}")


def check_same_shape(name, array, other_name, other):
    if array.shape != other.shape:
        raise ValueError(f"{name} must have the shape of {other_name}, {other.shape}, got {array.shape}")


def as_batch(name, x, columns="D"):
    """`x` as a mini-batch: floats of shape (N, columns), N at least 1."""
    x = as_float(name, x)
    if x.ndim == 1:
        raise ValueError(f"{name} must have shape (N, {columns}), got {x.shape}: a batch of one is {name}[np.newaxis]")
    check_shape(name, x, ("N", columns))
    if x.size == 0:
        raise ValueError(f"{name} must have at least one sample and one column, got shape {x.shape}")
    return x


def as_weights(name, W):
    """A copy of a matrix of weights: floats of shape (D, H), both at least 1."""
    W = as_float(name, W)
    check_shape(name, W, ("D", "H"))
    if W.size == 0:
        raise ValueError(f"{name} must have at least one row and one column, got shape {W.shape}")
    return W.copy()


def as_upstream(output_spec, dout):
    """The gradient that arrives at a node or layer: floats of the shape and dtype of its output, (shape, dtype)."""
    if output_spec is None:
        raise RuntimeError("backward before forward: call forward first, which keeps what backward needs")
    shape, dtype = output_spec
    dout = as_float("dout", dout)
    check_shape("dout", dout, shape)
    return dout if dout.dtype == dtype else cast(dout, dtype)


def shape_and_dtype(output):
    return output.shape, output.dtype
