"""Losses: how wrong a network is, in one number, and the gradient that says how to do better.

    half_sum_squared_error  sum_squared_error  mean_squared_error      for numbers
    cross_entropy                                                      for probabilities, after a softmax
    softmax_cross_entropy   sigmoid_cross_entropy                      for scores: the last activation is inside

The first argument is a mini-batch (N, C), or one sample (C,). Each loss has a `*_gradient` with respect to that argument.
The result has the first argument's dtype. NaN gives NaN, what is too large gives inf, nothing warns.

Targets of cross_entropy and softmax_cross_entropy are class labels, (N,) whole numbers, or rows of probabilities, (N, C),
such as one-hot rows: the number of dimensions decides. For one sample it's a label, or (C,).
"""

import numpy as np

from nnlib.activations import sigmoid, softmax
from nnlib.arguments import as_float, cast, check_shape, describe

__all__ = [
    "half_sum_squared_error", "sum_squared_error", "mean_squared_error",
    "half_sum_squared_error_gradient", "sum_squared_error_gradient", "mean_squared_error_gradient",
    "cross_entropy", "softmax_cross_entropy", "sigmoid_cross_entropy",
    "cross_entropy_gradient", "softmax_cross_entropy_gradient", "sigmoid_cross_entropy_gradient",
]  # fmt: skip
__dir__ = __all__.copy  # what Tab shows after `losses.`

# How far from 1 a row of probabilities may add up: rounding, and the nudges of a numerical gradient
SUM_TOLERANCE = 1e-3

# -- squared errors ---------------------------------------------------------------------------------------------------


@np.errstate(all="ignore")
def half_sum_squared_error(y, t):
    """L = 1/2 sum (y - t)^2.  The half makes the gradient y - t.

    y (N, C) or (C,), t of the same shape -> a number. ValueError if the shapes differ, TypeError if y or t isn't real numbers.
    """
    y, t = outputs_and_targets(y, t)
    return np.square(y - t).sum() / 2


@np.errstate(all="ignore")
def half_sum_squared_error_gradient(y, t):
    """dL/dy = y - t;  y (N, C) or (C,), t of the same shape -> the same shape. Errors as in half_sum_squared_error."""
    y, t = outputs_and_targets(y, t)
    return y - t


@np.errstate(all="ignore")
def sum_squared_error(y, t):
    """L = sum (y - t)^2.

    y (N, C) or (C,), t of the same shape -> a number. ValueError if the shapes differ, TypeError if y or t isn't real numbers.
    """
    y, t = outputs_and_targets(y, t)
    return np.square(y - t).sum()


@np.errstate(all="ignore")
def sum_squared_error_gradient(y, t):
    """dL/dy = 2 (y - t);  y (N, C) or (C,), t of the same shape -> the same shape. Errors as in sum_squared_error."""
    y, t = outputs_and_targets(y, t)
    return 2 * (y - t)


@np.errstate(all="ignore")
def mean_squared_error(y, t):
    """L = mean (y - t)^2, over all N C elements.

    y (N, C) or (C,), t of the same shape -> a number. ValueError if the shapes differ, TypeError if y or t isn't real numbers.
    """
    y, t = outputs_and_targets(y, t)
    return np.square(y - t).mean()


@np.errstate(all="ignore")
def mean_squared_error_gradient(y, t):
    """dL/dy = 2 (y - t) / (N C);  y (N, C) or (C,), t of the same shape -> the same shape. Errors as in mean_squared_error."""
    y, t = outputs_and_targets(y, t)
    return 2 * (y - t) / y.size


# -- cross entropy ----------------------------------------------------------------------------------------------------


@np.errstate(all="ignore")
def cross_entropy(y, t):
    """L = -1/N sum t log y.  For one-hot targets: minus the log of the probability given to the right class.

    y (N, C): probabilities, not scores, each row with the sum 1. t (N,): class labels, or (N, C): rows of probabilities,
    such as one-hot rows. One sample is y (C,), with a label or t (C,). The result is a number. A probability of 0 counts
    as the smallest normal float, so its log is finite.
    ValueError if the shapes don't fit, a label isn't from 0 to C - 1, or a row isn't probabilities; TypeError if y or t
    isn't real numbers, or labels aren't whole ones.
    """
    y, t, N = probabilities_and_targets(y, t)
    y = np.maximum(y, np.finfo(y.dtype).tiny)  # log 0 is -inf: the smallest normal float instead
    return (t * -np.log(y)).sum() / N


@np.errstate(all="ignore")
def cross_entropy_gradient(y, t):
    """dL/dy = -t / (N y).

    y (N, C), or (C,) for one sample; t (N,) or (N, C) -> an array of y's shape. Arguments and errors as in cross_entropy.
    """
    y, t, N = probabilities_and_targets(y, t)
    y = np.maximum(y, np.finfo(y.dtype).tiny)  # as in cross_entropy, so that nothing is divided by 0
    return (0 - t) / y / N


@np.errstate(all="ignore")
def softmax_cross_entropy(scores, t):
    """L = -1/N sum t log softmax(scores),  log softmax(s)_i = s_i - log sum_j e^s_j.

    scores (N, C); t (N,): class labels, or (N, C): rows of probabilities, such as one-hot rows. One sample is scores (C,),
    with a label or t (C,). The result is a number. The maximum of each row is subtracted first, the log-sum-exp trick:
    it changes nothing, and e^s can't overflow.
    ValueError if the shapes don't fit, a label isn't from 0 to C - 1, or a row of t isn't probabilities; TypeError if
    scores or t isn't real numbers, or labels aren't whole ones.
    Source: Blanchard, Higham, Higham, "Accurately computing the log-sum-exp and softmax functions", IMA J. of Numerical
    Analysis, 2021.
    """
    scores, t, N = scores_and_targets(scores, t)
    shifted = scores - scores.max(axis=-1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.where(t == 0, 0, t * -log_softmax).sum() / N  # 0 where t is 0, also for a score of -inf


@np.errstate(under="ignore")
def softmax_cross_entropy_gradient(scores, t):
    """dL/dscores = (softmax(scores) - t) / N.

    scores (N, C), or (C,) for one sample; t (N,) or (N, C) -> an array of the scores' shape. Arguments and errors as in
    softmax_cross_entropy.
    """
    scores, t, N = scores_and_targets(scores, t)
    return (softmax(scores) - t) / N


@np.errstate(all="ignore")
def sigmoid_cross_entropy(scores, t):
    """L = -1/N sum (t log s + (1 - t) log(1 - s)),  s = sigmoid(scores):  yes or no for each output by itself.

    scores (N, C), or (C,) for one sample; t of the same shape, from 0 to 1 -> a number. -log s is computed as
    max(-s, 0) + log(1 + e^-|s|), and the other log likewise, so nothing overflows.
    ValueError if the shapes differ or t isn't from 0 to 1, TypeError if scores or t isn't real numbers.
    """
    scores, t, N = scores_and_yes_no_targets(scores, t)
    small = np.log1p(np.exp(-np.abs(scores)))
    yes, no = np.maximum(-scores, 0) + small, np.maximum(scores, 0) + small
    return (np.where(t == 0, 0, t * yes) + np.where(t == 1, 0, (1 - t) * no)).sum() / N


@np.errstate(under="ignore")
def sigmoid_cross_entropy_gradient(scores, t):
    """dL/dscores = (sigmoid(scores) - t) / N.

    scores (N, C), or (C,) for one sample; t of the same shape -> an array of that shape. Errors as in sigmoid_cross_entropy.
    """
    scores, t, N = scores_and_yes_no_targets(scores, t)
    return (sigmoid(scores) - t) / N


# -- their arguments --------------------------------------------------------------------------------------------------


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


@np.errstate(all="ignore")
def check_probabilities(name, y, hint=""):
    far = np.abs(y.sum(axis=-1) - 1) > SUM_TOLERANCE
    if (y < 0).any() or far.any():
        raise ValueError(f"{name} must be probabilities: from 0 to 1, each row with the sum 1{hint}")


def first_outside(values, inside):
    return values[~inside].flat[0]
