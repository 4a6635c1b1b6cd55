"""The house: imports run one way, `import nnlib` is light, and importing changes nothing outside."""

import ast
import json
import re
import subprocess
import sys

import pytest
from conftest import PROJECT

NNLIB = sorted((PROJECT / "nnlib").glob("*.py"))
NNLESSONS = sorted((PROJECT / "nnlessons").rglob("*.py"))
MODULES = [*NNLIB, *NNLESSONS]
LESSONS = [path.stem[3:] for path in sorted((PROJECT / "notebooks").glob("[0-9]*.ipynb"))]
every_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))


def imports(source):
    """The modules that a source imports, with full names: `from nnlib import losses` gives nnlib and nnlib.losses."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write the whole name: from nnlessons.live import ..."
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages(source):
    return {name.split(".")[0] for name in imports(source)}


def lessons(source):
    return {name.split(".")[1] for name in imports(source) if re.match(rf"nnlessons\.({'|'.join(LESSONS)})\b", name)}


# -- the four rules ---------------------------------------------------------------------------------------------------


def nnlib_needs_more_than_numpy(name, source):
    return name.startswith("nnlib/") and packages(source) - {"nnlib", "numpy", "tqdm"} - sys.stdlib_module_names


def nnlib_and_matplotlib_in_one_file(name, source):
    return {"nnlib", "matplotlib"} <= packages(source)


def the_engine_knows_the_maths_or_a_lesson(name, source):
    return name.startswith("nnlessons/live/") and ("nnlib" in packages(source) or lessons(source))


def a_lesson_imports_a_later_one(name, source):
    folder = name.split("/")[1]  # a shared folder comes before all lessons
    return max(map(LESSONS.index, lessons(source)), default=-1) > (LESSONS.index(folder) if folder in LESSONS else -1)


RULES = [
    nnlib_needs_more_than_numpy,
    nnlib_and_matplotlib_in_one_file,
    the_engine_knows_the_maths_or_a_lesson,
    a_lesson_imports_a_later_one,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule(rule):
    assert not [path for path in MODULES if rule(path.relative_to(PROJECT).as_posix(), path.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (nnlib_needs_more_than_numpy, "nnlib/losses.py", "def f():\n    import matplotlib.pyplot"),
        (nnlib_needs_more_than_numpy, "nnlib/losses.py", "from nnlessons.wording import fixed"),
        (nnlib_and_matplotlib_in_one_file, "nnlessons/losses/demos.py", "import nnlib.losses\nimport matplotlib"),
        (the_engine_knows_the_maths_or_a_lesson, "nnlessons/live/view.py", "from nnlib import sigmoid"),
        (the_engine_knows_the_maths_or_a_lesson, "nnlessons/live/view.py", "from nnlessons import losses"),
        (a_lesson_imports_a_later_one, "nnlessons/losses/demos.py", "from nnlessons.arrays.memory import arrow"),
        (a_lesson_imports_a_later_one, "nnlessons/drawing/style.py", "from nnlessons.neuron import figures"),
    ],
)
def test_a_broken_rule_is_caught(rule, name, source):
    assert rule(name, source)


# -- what importing does ----------------------------------------------------------------------------------------------


@every_module
def test_pyplot_and_the_like_appear_nowhere(module):
    source = module.read_text("utf-8")
    assert not [name for name in imports(source) if "pyplot" in name]
    for forbidden in ("interact(", "clear_output", "Output()", "np.seterr", "random.seed", "time.sleep"):
        assert forbidden not in source


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
    light = ("nnlib", "dataclasses", "copy", "signal", "threading")
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


def test_a_module_is_found_in_its_package_s_list():
    """The engine's and the lessons' `__init__` say in a line what each module is for."""
    live = PROJECT / "nnlessons" / "live"
    listed = re.findall(r"^    (\w+\.py) ", (live / "__init__.py").read_text(), re.MULTILINE)
    assert sorted(["__init__.py", *listed]) == sorted(module.name for module in live.glob("*.py"))
