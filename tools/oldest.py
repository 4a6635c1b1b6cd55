"""Run the tests of maths, engine, demos and exercises with the oldest packages that pyproject.toml allows, in .venv-oldest.

python tools/oldest.py [ARGUMENT OF PYTEST ...]
"""

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

__all__ = ["main", "oldest"]
__dir__ = __all__.copy  # what Tab shows

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv-oldest"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "made-from"
TOOLS = [
    "pytest",
    "hypothesis",
    "pytest-xdist",
    "nbval",
    "hatchling",
]  # what these tests themselves need, at any version
ROOMS = ["tests/maths", "tests/engine", "tests/lessons/test_every_widget.py", "tests/lessons/test_demos.py"]
ROOMS += ["tests/lessons/test_exercises.py", "tests/lessons/test_neuron.py"]
# Newer packages below our oldest ones say that these use what is going away. That isn't ours.
CALM = ["-W", "ignore::DeprecationWarning", "-W", "ignore::PendingDeprecationWarning"]


def oldest(dependencies):
    """Each "name>=1.2" as "name==1.2". ValueError for one with no lower bound, or with more than that."""
    for text in dependencies:
        if not re.fullmatch(r"[\w.-]+>=\d+(\.\d+)+", text):
            raise ValueError(f"a dependency must be name>=version, got {text!r}")
    return [text.replace(">=", "==") for text in dependencies]


def make(pins):
    """Make .venv-oldest, unless it was made from the same packages."""
    if STAMP.exists() and STAMP.read_text() == "\n".join(pins):
        return
    print("making .venv-oldest:", *pins, flush=True)
    venv.create(VENV, clear=True, with_pip=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *pins, *TOOLS], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", "."], check=True, cwd=HOME)
    STAMP.write_text("\n".join(pins))


def main():
    make(oldest(tomllib.loads((HOME / "pyproject.toml").read_text())["project"]["dependencies"]))
    words = [PYTHON, "-m", "pytest", *CALM, *(sys.argv[1:] or ROOMS)]
    os.chdir(HOME)
    os.execv(PYTHON, list(map(str, words)))


if __name__ == "__main__":
    main()
