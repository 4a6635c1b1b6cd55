"""The house: imports run one way, `import nnlib` is light, and importing changes nothing of anyone's."""

import ast
import json
import pathlib
import re
import subprocess
import sys

import pytest
from conftest import PROJECT

PACKAGE = PROJECT / "nnlib"
ROOMS = ("figures", "live", "demos", "exercises")
ALLOWED = {  # room -> (rooms of ours, packages of others) that it may import; the maths is the room without a name
    "": ({""}, {"numpy", "tqdm"}),  # tqdm inside a function: a test below sees that `import nnlib` does not load it
    "figures": ({"figures"}, {"numpy", "matplotlib"}),
    "live": ({"live"}, {"numpy", "matplotlib", "ipywidgets", "traitlets", "PIL", "packaging"}),
    "demos": ({"", "figures", "live", "demos", "exercises"}, {"numpy"}),  # exercises: a picture with gaps is judged too
    "exercises": ({"", "live", "exercises"}, {"numpy", "ipywidgets"}),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(parts):
    return parts[0] if parts and parts[0] in ROOMS else ""


def imports(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module if node.level == 0 else "." * node.level


def wrong_arrows(room, source):
    ours, others = ALLOWED[room]
    for name in imports(source):
        first, *rest = name.split(".")
        if first == "nnlib":
            if room_of(rest) not in ours:
                yield name
        elif first not in others and first not in sys.stdlib_module_names:
            yield name


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(module):
    room = room_of(module.relative_to(PACKAGE).parts)
    assert list(wrong_arrows(room, module.read_text())) == []


def test_an_arrow_that_runs_the_other_way_is_caught():
    assert list(wrong_arrows("", "import matplotlib.pyplot")) == ["matplotlib.pyplot"]
    assert list(wrong_arrows("figures", "from nnlib.activations import step")) == ["nnlib.activations"]
    assert list(wrong_arrows("live", "def f():\n    from nnlib.figures import style")) == ["nnlib.figures"]
    assert list(wrong_arrows("exercises", "import nnlib.demos.activations")) == ["nnlib.demos.activations"]
    assert list(wrong_arrows("exercises", "import nnlib.figures.graph")) == ["nnlib.figures.graph"]
    assert list(wrong_arrows("demos", "from . import other")) == ["."]


def test_pyplot_and_the_like_appear_nowhere():
    for module in MODULES:
        words = set(imports(module.read_text()))
        assert not [name for name in words if "pyplot" in name], module
        for forbidden in ("interact(", "clear_output", "Output()", "np.seterr", "random.seed", "time.sleep"):
            assert forbidden not in module.read_text(), f"{module}: {forbidden}"


def in_a_new_python(code):
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_import_nnlib_loads_numpy_and_nothing_heavier():
    code = """
import json, sys, numpy
before = set(sys.modules)
import nnlib
print(json.dumps(sorted(set(sys.modules) - before)))
"""
    light = ("nnlib", "dataclasses", "copy")
    assert [name for name in in_a_new_python(code) if name.split(".")[0] not in light] == []


def test_importing_everything_changes_no_global_state():
    names = [".".join(module.relative_to(PROJECT).with_suffix("").parts) for module in MODULES if module.stem[0] != "_"]
    code = f"""
import importlib, json, numpy as np, matplotlib, warnings
def state():
    settings = sorted(dict.items(matplotlib.rcParams), key=str)  # dict(...) would look for a backend
    return repr((np.geterr(), np.get_printoptions(), np.random.get_state()[1].tolist(), settings, warnings.filters))
before = state()
for name in {names}:
    importlib.import_module(name)
import sys
print(json.dumps([state() == before, "matplotlib.pyplot" in sys.modules]))
"""
    assert in_a_new_python(code) == [True, False]


def test_public_names_are_documented():
    import nnlib

    for name in nnlib.__all__:
        assert name == "ACTIVATIONS" or getattr(nnlib, name).__doc__, name


def test_the_engine_lists_its_modules():
    live = PACKAGE / "live"
    listed = re.findall(r"^    (\w+\.py) ", (live / "__init__.py").read_text(), re.MULTILINE)
    assert sorted(["__init__.py", *listed]) == sorted(module.name for module in live.glob("*.py"))


def test_every_module_says_what_it_is_for():
    for module in MODULES:
        assert ast.get_docstring(ast.parse(module.read_text())), module
    assert pathlib.Path(PACKAGE / "__init__.py").read_text().startswith('"""')
