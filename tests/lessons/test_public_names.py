"""Tab after a dot shows what a reader can use, and `help` explains it."""

import importlib
import inspect
import re
import types

import pytest
from conftest import PROJECT
from lesson_reader import LESSONS, cells

FOLDERS = [stem[3:] for stem in LESSONS]
MODULES = [
    ".".join(path.relative_to(PROJECT).with_suffix("").parts)
    for folder in ("drawing", *FOLDERS)
    for path in sorted((PROJECT / "nnlessons" / folder).glob("*.py"))
    if path.stem not in ("__init__", "exercises", "move_right", "gaps", "broken_layers", "engine_steps")
]


CODE = types.FunctionType, property


@pytest.mark.parametrize("stem", LESSONS)
def test_tab_after_demos_shows_what_the_lesson_uses(stem):
    demos = importlib.import_module(f"nnlessons.{stem[3:]}.demos")
    code = "\n".join(cell.source for cell in cells(stem) if cell.cell_type == "code")
    assert dir(demos) == sorted(set(re.findall(r"\bdemos\.(\w+)", code)))


@pytest.mark.parametrize("module", ["nnlessons.wording", *MODULES])
def test_what_a_module_offers_is_there_and_documented(module):
    module = importlib.import_module(module)
    offered = [getattr(module, name) for name in module.__all__]
    assert dir(module) == sorted(module.__all__) and len(set(module.__all__)) == len(module.__all__)
    for thing in filter(callable, offered):
        assert thing.__doc__ and not thing.__doc__.startswith(f"{thing.__name__}("), (
            f"{thing}: a dataclass writes its own"
        )
    for thing in filter(inspect.isclass, offered):
        own = {
            name: value for name, value in vars(thing).items() if name[0] != "_" and not hasattr(thing.__base__, name)
        }
        missing = [name for name, value in own.items() if isinstance(value, CODE) and not value.__doc__]
        assert not missing


@pytest.mark.parametrize("folder", ["drawing", *FOLDERS])
def test_a_folder_says_in_a_line_what_each_module_holds(folder):
    package = importlib.import_module(f"nnlessons.{folder}")
    listed = re.findall(r"^(\w+\.py) +\S", package.__doc__, re.MULTILINE)
    there = [path.name for path in (PROJECT / "nnlessons" / folder).glob("*.py") if path.name != "__init__.py"]
    assert sorted(listed) == sorted(there)
