"""Losses: how wrong a network is, in one number, and the gradient that says how to be less so.

    half_sum_squared_error  sum_squared_error  mean_squared_error      for numbers
    cross_entropy                                                      for probabilities, after a softmax
    softmax_cross_entropy   sigmoid_cross_entropy                      for scores: the last activation is inside

The first argument is a mini-batch (N, C), or one sample (C,). Each has a `*_gradient` with respect to that argument, of
the same shape. The result has the first argument's dtype. NaN gives NaN, what is too large gives inf, nothing warns.

Targets of cross_entropy and softmax_cross_entropy are class labels, (N,) whole numbers, or rows of probabilities, (N, C),
such as one-hot rows: the number of dimensions tells which. For one sample: a label, or (C,). The other losses take t in
the shape of the first argument.
"""

import numpy as np

from nnlib.activations import sigmoid, softmax
from nnlib.arguments import as_float, cast, check_shape, describe

# How far from 1 a row of probabilities may add up: rounding, and the nudges of a numerical gradient
SUM_TOLERANCE = 1e-3

# -- squared errors ---------------------------------------------------------------------------------------------------


def half_sum_squared_error(y, t):
    """L = 1/2 sum (y - t)^2.  The half makes the gradient y - t."""
    y, t = outputs_and_targets(y, t)
    with np.errstate(all="ignore"):
        return np.square(y - t).sum() / 2


def half_sum_squared_error_gradient(y, t):
    """dL/dy = y - t."""
    y, t = outputs_and_targets(y, t)
    with np.errstate(all="ignore"):
        return y - t


def sum_squared_error(y, t):
    """L = sum (y - t)^2."""
    y, t = outputs_and_targets(y, t)
    with np.errstate(all="ignore"):
        return np.square(y - t).sum()


def sum_squared_error_gradient(y, t):
    """dL/dy = 2 (y - t)."""
    y, t = outputs_and_targets(y, t)
    with np.errstate(all="ignore"):
        return 2 * (y - t)


def mean_squared_error(y, t):
    """L = mean (y - t)^2, over all N C elements."""
    y, t = outputs_and_targets(y, t)
    with np.errstate(all="ignore"):
        return np.square(y - t).mean()


def mean_squared_error_gradient(y, t):
    """dL/dy = 2 (y - t) / (N C)."""
    y, t = outputs_and_targets(y, t)
    with np.errstate(all="ignore"):
        return 2 * (y - t) / y.size


# -- cross entropy ----------------------------------------------------------------------------------------------------


def cross_entropy(y, t):
    """L = -1/N sum t log y.  For one-hot targets: minus the log of the probability given to the right class.

    Each row of y sums to 1: probabilities, not scores. A probability of 0 counts as the smallest normal float, so that
    its log is finite.
    """
    y, t, N = probabilities_and_targets(y, t)
    y = np.maximum(y, np.finfo(y.dtype).tiny)  # log 0 is -inf: the smallest normal float instead
    with np.errstate(all="ignore"):
        return (t * -np.log(y)).sum() / N


def cross_entropy_gradient(y, t):
    """dL/dy = -t / (N y)."""
    y, t, N = probabilities_and_targets(y, t)
    y = np.maximum(y, np.finfo(y.dtype).tiny)  # as in cross_entropy, so that nothing is divided by 0
    with np.errstate(all="ignore"):
        return (0 - t) / y / N


def softmax_cross_entropy(scores, t):
    """L = -1/N sum t log softmax(scores),  log softmax(s)_i = s_i - log sum_j e^s_j.

    The maximum of each row is subtracted first: it changes nothing, and e^s cannot overflow.
    """
    scores, t, N = scores_and_targets(scores, t)
    with np.errstate(all="ignore"):
        shifted = scores - scores.max(axis=-1, keepdims=True)
        log_softmax = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
        return np.where(t == 0, 0, t * -log_softmax).sum() / N  # 0 where t is 0, also for a score of -inf


def softmax_cross_entropy_gradient(scores, t):
    """dL/dscores = (softmax(scores) - t) / N."""
    scores, t, N = scores_and_targets(scores, t)
    with np.errstate(under="ignore"):
        return (softmax(scores) - t) / N


def sigmoid_cross_entropy(scores, t):
    """L = -1/N sum (t log s + (1 - t) log(1 - s)),  s = sigmoid(scores):  yes or no for each output by itself.

    t has the shape of scores, and values from 0 to 1. Of the two logs -log s is written max(-s, 0) + log(1 + e^-|s|), and
    the other likewise: so nothing overflows.
    """
    scores, t, N = scores_and_yes_no_targets(scores, t)
    with np.errstate(all="ignore"):
        small = np.log1p(np.exp(-np.abs(scores)))
        yes, no = np.maximum(-scores, 0) + small, np.maximum(scores, 0) + small
        return (np.where(t == 0, 0, t * yes) + np.where(t == 1, 0, (1 - t) * no)).sum() / N


def sigmoid_cross_entropy_gradient(scores, t):
    """dL/dscores = (sigmoid(scores) - t) / N."""
    scores, t, N = scores_and_yes_no_targets(scores, t)
    with np.errstate(under="ignore"):
        return (sigmoid(scores) - t) / N


# -- what they ask of their arguments ---------------------------------------------------------------------------------


def outputs_and_targets(y, t):
    y, t = batch_or_sample("y", y), as_float("t", t)
    check_shape("t", t, y.shape)
    return y, cast(t, y.dtype)


def probabilities_and_targets(y, t):
    y = batch_or_sample("y", y)
    check_probabilities("y", y, "; scores go to softmax_cross_entropy")
    return y, class_targets(t, y), number_of_samples(y)


def scores_and_targets(scores, t):
    scores = batch_or_sample("scores", scores)
    return scores, class_targets(t, scores), number_of_samples(scores)


def scores_and_yes_no_targets(scores, t):
    scores, t = batch_or_sample("scores", scores), as_float("t", t)
    check_shape("t", t, scores.shape)
    inside = ~((t < 0) | (t > 1))  # NaN goes through, and gives NaN
    if not inside.all():
        raise ValueError(f"t must be from 0 to 1, got {first_outside(t, inside):g}")
    return scores, cast(t, scores.dtype), number_of_samples(scores)


def batch_or_sample(name, y):
    y = as_float(name, y)
    if y.ndim not in (1, 2):
        raise ValueError(f"{name} must have shape (N, C), or (C,) for one sample, got {y.shape}")
    if y.size == 0:
        raise ValueError(f"{name} must have at least one sample and one output, got shape {y.shape}")
    return y


def number_of_samples(y):
    return len(y) if y.ndim == 2 else 1


def class_targets(t, y):
    """Targets as rows of probabilities, of y's shape and dtype: labels become one-hot rows."""
    numbers, labels, C = as_float("t", t), np.asarray(t), y.shape[-1]
    if numbers.shape == y.shape:
        check_probabilities("t", numbers)
        return cast(numbers, y.dtype)
    if numbers.shape != y.shape[:-1]:
        wanted = f"{y.shape[:-1]} for class labels or {y.shape} for probabilities"
        raise ValueError(f"t must have shape {wanted}, got {numbers.shape}")
    if labels.dtype.kind not in "iu":
        raise TypeError(f"t must be whole numbers, the class labels, got {describe(t)}")
    inside = (labels >= 0) & (labels < C)
    if not inside.all():
        raise ValueError(f"t must be class labels from 0 to {C - 1}, got {first_outside(labels, inside)}")
    return (labels[..., np.newaxis] == np.arange(C)).astype(y.dtype)


def check_probabilities(name, y, hint=""):
    with np.errstate(all="ignore"):
        far = np.abs(y.sum(axis=-1) - 1) > SUM_TOLERANCE
    if (y < 0).any() or far.any():
        raise ValueError(f"{name} must be probabilities: from 0 to 1, each row with the sum 1{hint}")


def first_outside(values, inside):
    return values[~inside].flat[0]
