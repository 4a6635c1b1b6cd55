"""The end of the bug hunt: the reader mends a backward, and a gradient check of the whole network shows whether it's right."""

import warnings

import numpy as np

from nnlessons.arrays.broken_layers import (
    BUGS,
    PLACES,
    Affine,
    SoftmaxWithLoss,
    errors_in_network,
    kind_at,
    with_backward,
    worst,
)
from nnlessons.arrays.error_bars import LIMIT, error_bars
from nnlessons.arrays.repairs import REPAIRS
from nnlessons.exercise.checking import (
    ALMOST,
    CORRECT,
    MISSING,
    WORKING,
    Answer,
    InputUsed,
    alone,
    as_numbers,
    close,
    either,
    error_text,
    has_hole,
)
from nnlessons.exercise.checking import WORDS as SAID
from nnlessons.live.view import Still
from nnlessons.wording import fixed

__all__ = ["mend"]
__dir__ = __all__.copy  # what Tab shows after `mending.`

LIKE_NETWORK = {
    0: (6, 4, 5),
    1: (6, 5, 5),
    2: (6, 5, 5),
    3: (6, 5, 5),
    4: (6, 5, 3),
    5: (6, 3, 3),
}  # {place: (N, D, H)}
OTHERS = ((4, 3, 2), (1, 2, 3), (5, 5, 5))  # more N, D, H
SEED = 3  # of the network that is checked

WORDS = {
    "title": "Bug {number}: the backward of layer {layer}, {kind}",
    "title, loss": "Bug {number}: the backward of the loss",
    "which": "Say which bug it is, with a number from 1 to {last}, and hand over your function: demos.mend(1, backward)",
    "tuple": "Return only the gradient of what went in. dW and db belong into layer.grads.",
    "in place": "Your function changes {name} while it works. Something else may still need that array, so compute a new one.",
    "shape of dx": "What you return has shape {got}. It must have the shape of what went in, {expected}.",
    "shape of grad": "layer.grads[{index}] has shape {got} after your function. It must have the shape of layer.params[{index}], "
    "{expected}.",
    "not written": "layer.grads[{index}] doesn't have its gradient after your function. Overwrite what was in it: "
    "layer.grads[{index}][...] = ...",
    "right": "All six gradients are right. {says}",
    "only here": "All six bars are fine, but with another mini-batch or other sizes your function is wrong. Is there a fixed "
    "number in it? Ask the arrays for their sizes: len(dout).",
    "unseen": "All six bars are fine, but what you return is wrong. No layer comes before this one, so the bars can't show it. "
    "Look at the line with return.",
    "loss": "All six gradients are wrong, and they all start from what the loss passes back. In {name}, one entry is {analytic} "
    "by backpropagation and {numerical} by nudging. Compare the two.",
    "own": "Only {own} is wrong, in layer {layer} itself. So what your function returns is fine. Look at how it works out "
    "{own}: one entry is {analytic} in your version, and {numerical} by nudging.",
    "before": "Every gradient before layer {layer} is wrong, and the others are right. So look at what your function returns. "
    "In {name}, one entry is {analytic} by backpropagation and {numerical} by nudging.",
    "both": "Layer {layer} has a wrong {own}, and everything before it is wrong, too. So there are two places to look at: "
    "{own}, and what your function returns.",
}
OWN = {"W": "dW", "b": "db", "Wb": "dW and db"}


class Mended(Still):
    """The bars of a gradient check, and the feedback below them."""

    def __init__(self, title, errors, answer):
        def figure():
            figure, parts = error_bars([name for name, *_ in errors])
            parts["errors"].set([error for _, error, *_ in errors])
            return figure, parts

        super().__init__(title, figure, str(answer))
        self.answer = answer

    @property
    def words(self):
        return self.answer._repr_html_()


def mend(number, backward):
    """Check a repaired backward: `demos.mend(3, backward)`.

    number    of the bug, from 1 to 8
    backward  a function (layer, dout) that fills layer.grads, if the layer has any, and returns the gradient of what went in
    -> the bars of a gradient check of the whole network, with feedback; or only the feedback, if the function can't be used.
    """
    bug = str(number)
    if bug not in BUGS or (not callable(backward) and backward is not ...):
        return Answer(WORKING, WORDS["which"].format(last=len(BUGS)))
    try:
        return judged(bug, backward)
    except KeyboardInterrupt:
        return Answer(WORKING, SAID["interrupted"])
    except Exception as error:  # on numbers other than the first
        return Answer(WORKING, error_text(backward, error))


def judged(bug, backward):
    """The same for a function, which may be unfinished."""
    place, repair = BUGS[bug].place, REPAIRS[bug]
    case, *others = (case_of(place, sizes) for sizes in (LIKE_NETWORK[place], *OTHERS))
    if answer := refused(backward, case):
        return Answer(*answer, repair.hints)
    with alone(), warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        rows = errors_in_network(backward, place, SEED)
        right = same(backward, repair.solution, case) and not wrong_in(rows)
        everywhere = right and all(right_in(backward, repair.solution, other) for other in others)
        words = named(backward, repair.mistakes, case)
    kind = kind_at(place)
    words_above = WORDS["title, loss" if kind is SoftmaxWithLoss else "title"]
    title = words_above.format(number=bug, layer=place + 1, kind=kind.__name__)
    if everywhere:
        return Mended(title, rows, Answer(CORRECT, WORDS["right"].format(says=BUGS[bug].says)))
    if right:
        return Mended(title, rows, Answer(ALMOST, WORDS["only here"], repair.hints))
    return Mended(title, rows, Answer(WORKING, words or what_bars_show(place, rows), repair.hints))


# -- a layer by itself ------------------------------------------------------------------------------------------------


def case_of(place, sizes):
    """(kind of layer, what it's made from, what goes in, dout) with random numbers, for a layer by itself."""
    (N, D, H), kind = sizes, kind_at(place)
    rng = np.random.default_rng([place, *sizes])
    x = rng.normal(size=(N, D))
    if kind is Affine:
        return kind, (rng.normal(size=(D, H)), rng.normal(size=H)), (x,), rng.normal(size=(N, H))
    if kind is SoftmaxWithLoss:
        return kind, (), (x, np.eye(D)[rng.integers(0, D, N)]), 1
    return kind, (), (x,), rng.normal(size=(N, D))


def ready(backward, case):
    """(a layer after its forward, with this function as its backward and nothing in its grads yet, dout)."""
    kind, made_from, given, dout = case
    layer = with_backward(kind, backward)(*made_from)
    layer.forward(*given)
    for grad in getattr(layer, "grads", ()):
        grad.fill(np.nan)
    return layer, np.copy(dout) if np.ndim(dout) else dout


def results(backward, case):
    """[dx, dW, db] by this function, or fewer, as arrays of floats; None for what isn't one."""
    layer, dout = ready(backward, case)
    returned = layer.backward(dout)
    return [as_numbers(array) for array in (returned, *getattr(layer, "grads", ()))]


def same(backward, other, case):
    """Whether two functions give the same gradients in one case."""
    pairs = zip(results(backward, case), results(other, case), strict=True)
    return all(one.shape == another.shape and close(one, another) for one, another in pairs)


def right_in(backward, solution, case):
    """Whether a function can be used and is right in one more case."""
    return not refused(backward, case, shows=False) and same(backward, solution, case)


def refused(backward, case, shows=True):
    """(verdict, what to say) about a function that raises, returns no array, or changes what it's given; otherwise None."""
    if backward is ...:
        return MISSING, SAID["missing"]
    layer, dout = ready(backward, case)
    arrays = given_arrays(layer, dout)
    before = {name: np.copy(array) for name, array in arrays.items()}
    try:
        with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"), alone(shows):
            returned = layer.backward(dout)
    except InputUsed:
        return WORKING, SAID["input"]
    except (Exception, SystemExit) as error:
        return (MISSING, SAID["missing"]) if has_hole(backward, error) else (WORKING, error_text(backward, error))
    if returned is ... or (returned is None and has_hole(backward)):
        return MISSING, SAID["missing"]
    if returned is None:
        return WORKING, SAID["nothing"]
    for name, array in arrays.items():
        if not np.array_equal(array, before[name]):
            return WORKING, WORDS["in place"].format(name=name)
    return wrong_shape(layer, returned, case)


def given_arrays(layer, dout):
    """{name: array} of all that a backward reads."""
    read = {"layer.a" if hasattr(layer, "a") else "layer.x": "x", "layer.scores": "scores", "layer.t": "t"}
    arrays = {name: getattr(layer, held) for name, held in read.items() if hasattr(layer, held)}
    params = {f"layer.params[{index}]": param for index, param in enumerate(getattr(layer, "params", ()))}
    return {"dout": dout, **arrays, **params}


def wrong_shape(layer, returned, case):
    """(verdict, what to say) if a gradient has another shape than its array, or a place in grads was left as it was."""
    numbers, expected = as_numbers(returned), case[2][0].shape
    if isinstance(returned, tuple) or numbers is None:
        return WORKING, WORDS["tuple"]
    if numbers.shape != expected:
        return WORKING, WORDS["shape of dx"].format(got=numbers.shape, expected=expected)
    for index, (param, grad) in enumerate(zip(getattr(layer, "params", ()), getattr(layer, "grads", ()), strict=True)):
        if np.shape(grad) != param.shape:
            words = WORDS["shape of grad"]
            return WORKING, words.format(index=index, got=np.shape(grad), expected=param.shape)
        if np.isnan(grad).any():
            return WORKING, WORDS["not written"].format(index=index)
    return None


# -- what to say ------------------------------------------------------------------------------------------------------


def named(backward, mistakes, case):
    """The message of the mistake that gives this function's results; of two, both; of none, ""."""
    return either(mistake.message for mistake in mistakes if same(backward, mistake.function, case))


def wrong_in(rows):
    """The rows of a gradient check that are above the limit."""
    return [row for row in rows if not row[1] < LIMIT]


def what_bars_show(place, rows):
    """What the bars say about this layer, without saying what is wrong in it."""
    wrong, layer = wrong_in(rows), str(place + 1)
    if not wrong:
        return WORDS["unseen"]
    own = "".join(name[-1] for name, *_ in wrong if name.startswith(layer))
    name, _, analytic, numerical = worst(wrong)
    numbers = {"name": name, "analytic": fixed(analytic, 4), "numerical": fixed(numerical, 4)}
    before = any(not name.startswith(layer) for name, *_ in wrong)
    line = "loss" if place == max(PLACES.values()) else "both" if own and before else "own" if own else "before"
    return WORDS[line].format(layer=layer, own=OWN.get(own), **numbers)
