"""What `help` and Tab show: every public name says what it is; the maths also says shapes and errors."""

import importlib
import inspect
import pydoc
import re
from dataclasses import dataclass

import pytest
from conftest import PROJECT

import nnlib

FILES = sorted((PROJECT / "nnlib").glob("*.py")) + sorted((PROJECT / "nnlessons").rglob("*.py"))
NAMES = [".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__") for path in FILES]
MODULES = [module for module in map(importlib.import_module, NAMES) if hasattr(module, "__all__")]
MATHS = [module for module in MODULES if module.__name__.startswith("nnlib")]
FORMULAS = [module for module in MATHS if module.__name__ != "nnlib.arguments"]  # which takes anything, to check it
ARRAYS = {
    "x",
    "y",
    "t",
    "W",
    "b",
    "dout",
    "douts",
    "inputs",
    "scores",
    "start",
    "value",
    "actual",
    "expected",
    "params",
}
SHAPE = re.compile(r"any shape|'s shape|shape of|a number|\((N|n|1|C|D|H|K|steps \+ 1), ?[^)]*\)")
ERRORS = re.compile(r"(Type|Value|Runtime)Error|\b[Ee]rrors as (in|there)|\bArguments as in")


def names_of(modules):
    """(name, thing) for each public function, class, method and property of ours."""
    for module in modules:
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield from with_methods(f"{module.__name__}.{name}", thing)


def with_methods(name, thing):
    yield name, thing
    if inspect.isclass(thing):
        for method in filter(lambda method: method[0] != "_", dir(thing)):
            found = inspect.getattr_static(thing, method)
            function = getattr(found, "fget", None) or getattr(found, "__func__", found)
            if inspect.isfunction(function) and function.__module__.startswith(("nnlib", "nnlessons")):
                yield f"{name}.{method}", getattr(thing, method)


def parameters(thing):
    return set(inspect.signature(thing).parameters) if callable(thing) else set()


# -- the rules --------------------------------------------------------------------------------------------------------


def has_no_docstring(thing):
    doc = (thing.__doc__ if inspect.isclass(thing) else inspect.getdoc(thing)) or ""
    made_by_dataclass = doc.startswith(f"{getattr(thing, '__name__', '')}(")
    return not doc.strip() or made_by_dataclass


def takes_arrays_and_names_no_shape(thing):
    return bool(parameters(thing) & ARRAYS) and not SHAPE.search(inspect.getdoc(thing) or "")


def takes_arrays_and_names_no_error(thing):
    formula_only = getattr(thing, "__name__", "") in (
        "function",
        "derivative",
    )  # of a node, which has checked its input
    return bool(parameters(thing) & ARRAYS) and not formula_only and not ERRORS.search(inspect.getdoc(thing) or "")


def caught(rule, modules):
    return [name for name, thing in names_of(modules) if rule(thing)]


def test_every_public_name_has_a_docstring():
    assert caught(has_no_docstring, MODULES) == []


def test_the_maths_names_the_shapes_of_its_arrays():
    assert caught(takes_arrays_and_names_no_shape, FORMULAS) == []


def test_the_maths_names_its_errors():
    assert caught(takes_arrays_and_names_no_error, FORMULAS) == []


def test_what_a_docstring_refers_to_is_there():
    for name, thing in names_of(MATHS):
        owner = pydoc.locate(name.rpartition(".")[0])
        for other in re.findall(r"\b[Ee]rrors as in (\w+)|\bArguments as in (\w+)", inspect.getdoc(thing)):
            other = "".join(other)
            assert other in nnlib.__all__ or hasattr(owner, other), f"{name} refers to {other}"


# -- each rule finds what it is for -----------------------------------------------------------------------------------


def silent(x):
    return x


def about_nothing(x):
    """Squash x into (0, 1).  TypeError if not real numbers."""


def without_errors(x):
    """Squash x, an array of any shape."""


@dataclass
class Silent:
    size: int


@pytest.mark.parametrize(
    ("rule", "thing"),
    [
        (has_no_docstring, silent),
        (has_no_docstring, Silent),
        (takes_arrays_and_names_no_shape, about_nothing),
        (takes_arrays_and_names_no_error, without_errors),
    ],
)
def test_a_poor_docstring_is_caught(rule, thing):
    assert rule(thing)


def test_methods_properties_and_inherited_ones_are_looked_at():
    names = {name for name, _ in names_of(MATHS)}
    assert {"nnlib.layers.Sigmoid.backward", "nnlib.nodes.Exp.function", "nnlib.networks.TwoLayerNet.params"} <= names
    assert {"nnlib.graph.Variable.exp", "nnlib.graph.Graph.value", "nnlib.descent.SGD.update", "nnlib.train"} <= names


# -- what a reader sees -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_tab_shows_what_a_reader_can_use(module):
    assert dir(module) == sorted(module.__all__), "write  __dir__ = __all__.copy  below __all__"
    assert len(set(module.__all__)) == len(module.__all__) and all(hasattr(module, name) for name in module.__all__)


def test_all_of_the_maths_modules_say_what_they_offer():
    assert len(MATHS) == len(list((PROJECT / "nnlib").glob("*.py")))
    offered = [set(module.__all__) for module in MATHS if module.__name__ not in ("nnlib.arguments", "nnlib.progress")]
    assert set(nnlib.__all__) == set.union(*offered)


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (nnlib.Affine.forward, ["(N, D)", "(N, H)", "float32", "TypeError", "ValueError"]),
        (nnlib.Affine.backward, ["dout (N, H)", "dx (N, D)", "grads", "RuntimeError", "ValueError"]),
        (nnlib.Affine, ["a = x @ W + b", "W (D, H)", "b (H,)", "dW = x.T @ dout"]),
        (nnlib.Sigmoid.forward, ["(N, D)", "TypeError", "ValueError"]),
        (nnlib.cross_entropy, ["y (N, C)", "t (N,)", "(C,)", "number", "ValueError", "TypeError"]),
        (nnlib.relative_error, ["1e-6", "eps^2", "number", "ValueError"]),
        (nnlib.elu, ["ICLR 2016"]),
        (nnlib.leaky_relu, ["ICML workshop 2013"]),
        (nnlib.softmax_cross_entropy, ["log-sum-exp"]),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_help_is_complete(thing, words):
    text = pydoc.plain(pydoc.render_doc(thing))
    assert [word for word in words if word not in text] == []
