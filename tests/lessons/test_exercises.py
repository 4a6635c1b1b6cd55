"""Exercises name what is wrong and never raise; predictions keep and judge the choice; Tab shows what a lesson uses."""

import dataclasses
import functools
import importlib
import itertools
import linecache
import math
import re
import types
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from ipywidgets import HTML
from lesson_reader import LESSONS, cells, in_lessons

from nnlessons.activations import exercises
from nnlessons.backpropagation.engine_steps import Step
from nnlessons.exercise.checking import (
    ALMOST,
    CORRECT,
    MISSING,
    WORDS,
    WORKING,
    Answer,
    EdgeCase,
    Exercise,
    Mistake,
    close,
)
from nnlessons.exercise.prediction import Prediction
from nnlessons.exercise.recall import Recall
from nnlessons.forward_pass import exercises as forward_pass
from nnlessons.live import stopped
from nnlessons.neuron import exercises as neuron
from nnlib import relu, sigmoid, step


def everything(kind):
    found = in_lessons(kind)
    if kind is Exercise:
        found |= {name: step.exercise for name, step in in_lessons(Step).items()}
    return [pytest.param(value, id=name) for name, value in found.items()]


every_exercise = pytest.mark.parametrize("exercise", everything(Exercise))
every_prediction = pytest.mark.parametrize("prediction", everything(Prediction))


def of_lesson(stem, name):
    """A lesson's module of this name, and the code of the lesson's cells."""
    module = importlib.import_module(f"nnlessons.{stem.split('_', 1)[1]}.{name}")
    return module, "\n".join(cell.source for cell in cells(stem) if cell.cell_type == "code")


@pytest.mark.parametrize("name", ["demos", "exercises"])
@pytest.mark.parametrize("stem", LESSONS)
def test_tab_shows_just_what_the_lesson_uses(stem, name):
    module, code = of_lesson(stem, name)
    assert dir(module) == sorted(set(re.findall(rf"\b{name}\.(\w+)", code)))


@pytest.mark.parametrize("stem", LESSONS)
def test_a_lesson_uses_every_exercise_prediction_and_recall(stem):
    module, code = of_lesson(stem, "exercises")
    held = {
        name: value for name, value in vars(module).items() if isinstance(value, Exercise | Step | Prediction | Recall)
    }
    functions = [name for name in dir(module) if isinstance(vars(module)[name], types.FunctionType)]
    assert sorted([*held, *functions]) == dir(module)
    assert all(code.count(f"exercises.{name}(") == 1 for name in functions), functions
    for name, value in held.items():
        calls = {Exercise: [f"(my_{name})"], Step: ["("], Prediction: [".ask()", ".judge()"], Recall: [""]}[type(value)]
        assert [code.count(f"exercises.{name}{call}") for call in calls] == [1] * len(calls), name
        exercise = getattr(value, "exercise", value)
        assert not isinstance(exercise, Exercise) or exercise.name == f"exercises.{name}"


# -- every exercise of every lesson -----------------------------------------------------------------------------------


@every_exercise
def test_the_solution_is_correct(exercise):
    assert exercise(exercise.solution).verdict == CORRECT


IN_STEPS = {"forward_pass.network", "forward_pass.softmax", "derivatives.gradient", "gradient_descent.descent"}


@pytest.mark.parametrize("name", sorted(in_lessons(Exercise).keys() - IN_STEPS))
def test_the_last_hint_is_a_solution(name):
    lesson, own = name.split(".")
    (stem,) = (stem for stem in LESSONS if stem.endswith(f"_{lesson}"))
    (arguments,) = re.findall(rf"def my_{own}\((.*)\):", of_lesson(stem, "exercises")[1])
    exercise = in_lessons(Exercise)[name]
    lines = re.sub(r"^.*: (?=return)", "", exercise.hints[-1]).replace(", and inside ", "\n        ")
    names = {"np": np, "relu": relu, "sigmoid": sigmoid, "step": step, "my_neuron": neuron.neuron.solution}
    exec(f"def mine({arguments}):\n    " + re.sub(", (and )?then ", "\n    ", lines), names)
    assert exercise(names["mine"]).verdict == CORRECT


def with_one_set_of_numbers(exercise, seed):
    """The same exercise, which works out once what the right function and each mistake make of these numbers."""
    cases = exercise.cases(np.random.default_rng(seed))

    def once(function):
        known = {}

        def remembered(*case):
            which = tuple(map(id, case))
            if which not in known:
                known[which] = function(*case)
            return known[which]

        return remembered

    mistakes = tuple(dataclasses.replace(mistake, function=once(mistake.function)) for mistake in exercise.mistakes)
    return dataclasses.replace(exercise, solution=once(exercise.solution), mistakes=mistakes, cases=lambda rng: cases)


@every_exercise
def test_every_mistake_is_named_on_50_sets_of_numbers(exercise):
    assert len(exercise.mistakes) >= 2
    for seed in range(50):
        asked = with_one_set_of_numbers(exercise, seed)
        for mistake in exercise.mistakes:
            answer = asked.judge(mistake.function, np.random.default_rng(seed))
            assert answer.verdict == WORKING
            assert mistake.message in answer.text, f"{answer} instead of {mistake.message}"


def turned(result, into):
    """Each number of a result turned into something else, in the shape that it had."""
    out = np.empty(np.shape(result), object)
    for i, number in np.ndenumerate(np.asarray(result)):
        out[i] = into(number)
    return out.tolist() if out.ndim else out[()]


@pytest.mark.parametrize(
    ("into", "kind"),
    [
        (lambda number: number + 5j, "complex numbers"),
        (lambda number: complex(number), "complex numbers"),
        (lambda number: str(number), "text"),
        (lambda number: str(number).encode(), "text"),
        (lambda number: Fraction(float(number)), None),
        (lambda number: Decimal(float(number)), None),
    ],
)
@every_exercise
def test_what_is_no_real_number_is_not_taken_for_one(exercise, into, kind):
    answer = exercise(lambda *case: turned(exercise.solution(*case), into))
    words = WORDS["kind"].format(kind=kind) if kind else "Your function should return numbers, and returned "
    assert answer.verdict == WORKING and answer.text.startswith(words)


ALIKE = {"exercises.sigmoid", "exercises.softmax"}  # two mistakes of each give the same numbers


@every_exercise
def test_each_mistake_is_named_alone_and_not_as_one_of_two(exercise):
    both = [mistake for mistake in exercise.mistakes if exercise(mistake.function).text != mistake.message]
    assert len(both) == (2 if exercise.name in ALIKE else 0)
    assert all(exercise(mistake.function).text.startswith("Either: ") for mistake in both)


@every_exercise
def test_no_two_messages_of_an_exercise_are_alike_and_hints_come_in_steps(exercise):
    messages = [mistake.message for mistake in exercise.mistakes]
    assert len(set(messages)) == len(messages)
    assert all(len(text) > 20 for text in [*messages, *exercise.hints])
    assert len(exercise.hints) >= 2, "hints come in steps"


def test_numbers_are_close_as_numpy_has_it():
    numbers = [0.0, 1.0, -1.0, 1 + 9e-7, 1 + 2e-6, 9e-10, 2e-9, 1e300, np.inf, -np.inf, np.nan]
    for how in ({}, {"equal_nan": True}):
        for pair in itertools.product(numbers, repeat=2):
            for one, other in (map(np.array, pair), ([pair[0], 2.0] * np.ones(2), [pair[1], 2.0] * np.ones(2))):
                assert close(one, other, **how) == np.allclose(one, other, rtol=1e-6, atol=1e-9, **how), pair


# -- the four answers -------------------------------------------------------------------------------------------------


def unsolved(x): ...


def with_a_hole(x):
    return 1 / (1 + ...)


def without_return(x):
    1 / (1 + np.exp(-x))


def misspelt(x):
    e = np.exponential(-x)
    return 1 / (1 + e)


def changes_its_input(x):
    if isinstance(x, np.ndarray):
        x *= -1
        return 1 / (1 + np.exp(x))
    return 1 / (1 + np.exp(-x))


def rounded(x):
    return np.round(1 / (1 + np.exp(-x)), 3)


def for_numbers_only(x):
    return 1 / (1 + math.exp(-x))


@pytest.mark.parametrize(
    ("function", "verdict", "words"),
    [
        (None, MISSING, WORDS["missing"]),
        (..., MISSING, WORDS["missing"]),
        (unsolved, MISSING, WORDS["missing"]),
        (lambda x: ..., MISSING, WORDS["missing"]),
        (with_a_hole, MISSING, WORDS["missing"]),
        (without_return, WORKING, "Your function returns nothing."),
        (3, WORKING, "Hand over the function itself, like exercises.sigmoid(my_function)"),
        (misspelt, WORKING, "has no attribute 'exponential' in its line 2: e = np.exponential(-x)"),
        (lambda: 1, WORKING, "Your function stopped with TypeError"),
        (lambda x: "one half", WORKING, "Your function should return numbers, and returned text."),
        (lambda x: [x, x], WORKING, ", your function returns shape (2,), expected ()."),
        (lambda x: x, WORKING, "At x = "),
        (lambda x: 1 / (1 + np.exp(x)), WORKING, "Either: Your curve falls where it should rise"),
        (rounded, ALMOST, "without rounding"),
        (for_numbers_only, ALMOST, "math.exp takes only a number; np.exp takes both."),
        (lambda x: 1 / (1 + np.exp(-x)), CORRECT, "Your function agrees on all the numbers"),
        (lambda x: 1 / (1 + np.exp(-np.asarray(x, np.float32))), CORRECT, "agrees"),
    ],
)
def test_each_function_gets_the_answer_that_fits(function, verdict, words):
    answer = exercises.sigmoid(function)
    assert answer.verdict == verdict and words in answer.text
    assert not (answer.hints and verdict == CORRECT)


# Each of these fails, and the answer depends on whether the dots in it are a hole.


def documented(x):
    """The sigmoid of x."""
    ...


def with_a_hole_in_an_inner_function(x):
    def power(x):
        return ...

    return 1 / (1 + power(-x))


def with_a_hole_in_an_index(x):
    return x[np.arange(...)]


def one_index_too_far(x):
    for i in range(2):
        e = np.exp(-np.atleast_1d(x)[..., i])
    return 1 / (1 + e)


def with_a_new_axis(x):
    return np.exponential(np.asarray(x)[..., np.newaxis])


def with_dots_by_name(x):
    return np.exponential(np.asarray(x)[Ellipsis, None])


def filling_an_array(x):
    e = np.empty(3)
    e[...] = 0
    e[...] += np.exponential(x)
    return e


def filling_a_list(x):
    e = [0, 0]
    e[...] = x
    return e


def logged(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        return function(*arguments)

    return wrapper


@logged
def decorated_with_a_hole(x):
    return 1 / (1 + ...)


@logged
def decorated(x):
    return np.atleast_1d(x)[..., 5]


def without_source(code, file="<string>"):
    names = {"np": np}
    exec(compile(f"def mine(x):\n    {code}", file, "exec"), names)
    return names["mine"]


def in_a_cell(code):
    """A function as IPython makes it, which keeps a cell's source in linecache under a file that isn't there."""
    file = f"/tmp/ipykernel_1/{len(linecache.cache)}.py"
    lines = ["def mine(x):\n", f"    {code}\n"]
    linecache.cache[file] = (len(lines), None, lines, file)
    return without_source(code, file)


# fmt: off
first, second = (lambda x: 1 / ..., lambda x: np.atleast_1d(x)[..., 5])  # the first has a hole, the second has none
over_two_lines = [
    lambda x: 1 / (
        1 + ...), 0]
# fmt: on


@pytest.mark.parametrize(
    ("function", "verdict"),
    [
        (documented, MISSING),
        (with_a_hole_in_an_inner_function, MISSING),
        (with_a_hole_in_an_index, MISSING),
        (one_index_too_far, WORKING),
        (with_a_new_axis, WORKING),
        (with_dots_by_name, WORKING),
        (filling_an_array, WORKING),
        (filling_a_list, WORKING),
        (lambda x: x[...] + ..., MISSING),
        (lambda x: (x, ...), MISSING),
        (lambda x: None, WORKING),
        (first, MISSING),
        (second, WORKING),
        (over_two_lines[0], MISSING),
        (decorated_with_a_hole, MISSING),
        (decorated, WORKING),
        (without_source("return 1 / (1 + ...)"), MISSING),
        (without_source("return np.exp(...)"), MISSING),
        (without_source("return np.atleast_1d(x)[..., 5]"), WORKING),
        (without_source("return np.atleast_1d(x)[..., ...]"), WORKING),
        (in_a_cell("return 1 / (1 + ...)"), MISSING),
        (in_a_cell("e = np.exp(-x) if x else ..."), MISSING),
        (in_a_cell("return np.atleast_1d(x)[..., 5]"), WORKING),
        (functools.partial(with_a_hole), MISSING),
        (len, WORKING),
    ],
)
def test_dots_are_a_hole_unless_they_are_an_index(function, verdict):
    answer = exercises.sigmoid(function)
    assert answer.verdict == verdict and (answer.text == WORDS["missing"]) == (verdict == MISSING)


def test_a_hole_is_not_blamed_for_a_wrong_value():
    def leftover(x):
        ...
        return np.tanh(x)

    assert exercises.sigmoid(leftover).text.startswith("That's tanh")


def double():
    cases = lambda rng: [(rng.normal(size=3),)]  # noqa: E731
    mistakes = (Mistake(lambda x: x, "one"), Mistake(lambda x: 3 * x, "three"), Mistake(lambda x: x + 0, "also one"))
    return Exercise("double", lambda x: 2 * x, cases, mistakes, (EdgeCase((np.zeros(0),), "empty"),))


def test_a_function_that_changes_its_input_gets_a_message():
    def in_place(x):
        x *= 2
        return x

    assert double()(in_place).text == WORDS["changed"]


def test_the_message_about_a_changed_array_fits_any_argument():
    def changes(W, dout):
        dout *= 2
        return W + dout

    two = Exercise("two", lambda W, dout: W + 2 * dout, lambda rng: [(np.ones(2), np.ones(2))], ())
    assert two(changes) == Answer(WORKING, WORDS["changed"]) and not re.search(r"\bx\b", WORDS["changed"])


def test_the_message_about_several_arrays_names_their_shapes():
    assert double()(lambda x: (x, np.ones((2, 3)))).text.startswith(
        "Your function returns 2 things of different shapes: "
    )
    assert "(3,), (2, 3). Return only what is asked for." in double()(lambda x: [x, np.ones((2, 3))]).text
    assert double()(lambda x: (x, "one")).text == WORDS["kind"].format(kind="tuple")
    assert double()(lambda x: np.array(["one"])).text == WORDS["kind"].format(kind="text")


def test_two_mistakes_with_the_same_values_are_both_named():
    assert double()(lambda x: 1 * x).text == "Either: one Or: also one"
    assert double()(lambda x: x * 3).text == "three"


def test_what_is_wrong_at_an_edge_alone_is_almost_right():
    def fails_on_nothing(x):
        return x * 2 if len(x) else None

    assert double()(fails_on_nothing) == Answer(ALMOST, "empty")


def negates_in_place(x):
    x *= -1
    return 1 / (1 + np.exp(x))


@pytest.mark.parametrize(
    ("for_arrays", "words"),
    [
        (negates_in_place, WORDS["changed"]),
        (lambda x: np.tanh(x), "At x = "),
        (lambda x: np.exponential(x), "has no attribute 'exponential'"),
        (lambda x: 1j * x, "Your function should return numbers, and returned complex numbers."),
        (lambda x: 1 / (1 + math.exp(-x)), "math.exp takes only a number; np.exp takes both."),
    ],
)
def test_the_message_of_an_edge_is_said_only_for_its_failure(for_arrays, words):
    answer = exercises.sigmoid(lambda x: for_arrays(x) if np.ndim(x) else 1 / (1 + np.exp(-x)))
    assert answer.verdict == ALMOST and words in answer.text
    assert ("math.exp" in answer.text) == ("math.exp" in words)


def test_a_changed_array_is_named_at_an_edge_too():
    assert exercises.sigmoid(negates_in_place).text == WORDS["changed"]


def test_the_message_about_a_wrong_value_names_the_arguments():
    number = r"-?[\d.]+"
    text = neuron.neuron(lambda *all: 7).text
    assert re.fullmatch(rf"Given ({number}, ){{5}}your function gives 7, expected [01]\.", text)
    labels = [(np.array([0, 2, 1]), np.array([1, 2, 1]))]
    errors = Exercise("exercises.errors", lambda y, t: np.sum(y != t), lambda rng: labels, mistakes=())
    assert errors(lambda y, t: 99).text == "Given [0, 2, 1], [1, 2, 1], your function gives 99, expected 1."
    text = forward_pass.sums(lambda x, W, b: x @ W + b + 5).text
    given = r"Given an array of shape \(4, 3\), an array of shape \(3, 3\), an array of shape \(3,\), "
    assert re.fullmatch(rf"{given}your function gives {number} at \[\d, \d\], expected {number}\.", text)


def test_a_learners_warning_is_no_failure_and_settings_stay():
    def warns(x):
        np.log(np.zeros(1))
        return 1 / (1 + np.exp(-x))

    before = np.geterr()
    assert exercises.sigmoid(warns).verdict == CORRECT
    assert np.geterr() == before


class Wordless(TypeError):
    def __str__(self):
        raise RuntimeError("no words")


class Tensor:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("call .detach() first")


def test_what_fails_to_say_its_error_or_to_become_an_array_gets_an_answer():
    def wordless(x):
        raise Wordless

    hidden = without_source("raise wordless()")
    hidden.__globals__["wordless"] = Wordless
    for function in (wordless, hidden):
        answer = exercises.sigmoid(function)
        assert answer.verdict == WORKING and "stopped with Wordless" in answer.text
    for result in (Tensor(), [Tensor()], (np.ones(2), Tensor())):
        answer = exercises.sigmoid(lambda x, result=result: result)
        assert answer == Answer(WORKING, WORDS["kind"].format(kind=type(result).__name__), answer.hints)


@pytest.mark.parametrize("factor", [1, 3], ids=["right", "wrong"])
def test_what_a_function_prints_is_shown_once(capsys, factor):
    def prints(x):
        print("x is", x)
        return factor / (1 + np.exp(-x))

    exercises.sigmoid(prints)
    assert capsys.readouterr().out.count("x is") == 1


def test_a_function_that_asks_for_input_gets_a_sentence(monkeypatch):
    asked = []
    monkeypatch.setattr("builtins.input", asked.append)
    before = input
    assert exercises.sigmoid(lambda x: float(input("x? "))).text == WORDS["input"]
    assert not asked and input is before


@pytest.mark.parametrize(("error", "words"), [(KeyboardInterrupt, WORDS["interrupted"]), (SystemExit, "SystemExit")])
def test_an_interrupted_check_and_an_exit_get_an_answer(error, words):
    def stops(x):
        raise error

    answer = exercises.sigmoid(stops)
    assert answer.verdict == WORKING and words in answer.text


def test_the_page_shows_the_verdict_in_words_and_folds_the_hints():
    page = Answer(WORKING, "Look at <x>.", ("first", "second"))._repr_html_()
    assert "keep working" in page and "Look at &lt;x&gt;." in page
    assert page.count("<details>") == 2 and "Hint 2" in page
    assert repr(Answer(CORRECT, "Fine.")) == "correct: Fine."


# -- predictions ------------------------------------------------------------------------------------------------------


@every_prediction
def test_a_prediction_offers_a_real_choice_and_a_reason(prediction):
    assert len(set(prediction.choices)) == len(prediction.choices) >= 3
    assert prediction.answer in prediction.choices and len(prediction.reason) > 40
    assert prediction.choice is None, "nothing is chosen for the reader"
    for text in (prediction.question, *prediction.choices, prediction.reason):
        assert not re.search(r"(?<!\w)-\d|\w - \w", text), f"a hyphen for a minus: {text}"


def test_the_answer_to_w_doubles_is_what_the_numbers_say():
    assert sigmoid(1 * 2.0 - 2) == sigmoid(2 * 1.0 - 2) == 0.5, "halfway at 2, then at 1: to the left"
    assert "left" in exercises.w_doubles.answer and "steeper" in exercises.w_doubles.answer


@pytest.fixture
def prediction():
    return Prediction("How many?", ("one", "two", "twenty-two"), answer="twenty-two", reason="Because 21 < 22.")


def test_a_prediction_is_kept_and_judged_with_the_reason(prediction):
    asked, judged = prediction.ask(), prediction.judge()
    asked._repr_mimebundle_()
    judged._repr_mimebundle_()
    judged.button.click()
    assert "You haven&#x27;t chosen an answer yet" in judged.text.value
    asked.choices.value = "two"
    judged.button.click()
    assert ">You said: two. The answer is: twenty-two. Because 21 &lt; 22.<" in judged.text.value
    asked.choices.value = "twenty-two"
    judged.button.click()
    assert ">You were right: twenty-two. Because 21 &lt; 22.<" in judged.text.value
    again = prediction.ask()
    again._repr_mimebundle_()
    assert again.choices.value == "twenty-two", "the choice is kept when the cell runs again"


def test_without_a_kernel_the_page_shows_the_choices_and_folds_the_answer(prediction):
    asked, judged = prediction.ask()._repr_mimebundle_(), prediction.judge()._repr_mimebundle_()
    assert asked["text/html"].count("<li>") == 3
    assert judged["text/html"].endswith("The answer</summary>twenty-two. Because 21 &lt; 22.</details>")
    assert asked["text/plain"] == "Prediction: How many?"


def test_a_question_and_its_verdict_say_when_the_kernel_has_stopped(prediction):
    """Each by itself: a page takes out of sight what the reader has scrolled past, with its styles."""
    asked, judged = prediction.ask(), prediction.judge()
    for view in (asked, judged):
        view._repr_mimebundle_()
        assert any(stopped.STYLE in each.value for each in view.box.children if isinstance(each, HTML))
    judged.button.click()
    assert stopped.STYLE in judged.text.value


def test_the_right_answer_must_be_among_the_choices():
    with pytest.raises(ValueError, match="answer must be one of"):
        Prediction("How many?", ("one", "two"), answer="three", reason="")
