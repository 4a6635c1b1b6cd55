"""What Tab and help show of the engine: each module names what it offers, and all of it is documented."""

import importlib
import inspect

import pytest
from conftest import PROJECT

LIVE = [f"nnlessons.live.{path.stem}" for path in (PROJECT / "nnlessons" / "live").glob("[a-z]*.py")]
modules = pytest.mark.parametrize("name", ["nnlessons.live", "nnlessons.preflight", *sorted(LIVE)])


@modules
def test_tab_shows_what_a_module_offers(name):
    module = importlib.import_module(name)
    assert dir(module) == sorted(module.__all__) and all(hasattr(module, each) for each in module.__all__)


@modules
def test_every_function_class_and_method_has_a_docstring(name):
    """Its own, or for a method that of the class it is inherited from."""
    module = importlib.import_module(name)
    own = [each for each in vars(module).values() if getattr(each, "__module__", None) == name and callable(each)]
    for one in filter(inspect.isclass, list(own)):
        assert not one.__doc__.startswith(f"{one.__name__}("), "made by dataclass"
        own += [getattr(one, key) for key, value in vars(one).items() if key[0] != "_" and is_method(value)]
    assert not [each for each in own if not inspect.getdoc(each)]


def is_method(value):
    return inspect.isfunction(value) or isinstance(value, (property, classmethod))
