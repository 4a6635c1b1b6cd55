"""Checks that everything the lessons need is installed, and says in a line each what is missing and what to do."""

import os
import re
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

__all__ = ["Preflight", "preflight"]
__dir__ = __all__.copy  # what Tab shows

WORDS = {
    "python": "Python {wanted} is needed, and this is {have}.",
    "missing": "{name} is missing.",
    "version": "{name} {wanted} is needed, and {have} is here.",
    "widgets": "jupyterlab_widgets 3 is needed for sliders in JupyterLab, and {have} is here.",
    "font": "The font {font} cannot be found, or lacks {lacking}.",
    "old copy": "This copy is older than the lesson. Open the new one beside it: {new}",
}
CURES = {
    "JupyterLab": "Close JupyterLab or Notebook, and start JupyterLab with `make lab` in the folder of the lessons.",
    "Colab": "Install it with `%pip install`, and then choose Runtime > Restart session.",
    "VS Code": "Run `make lab` once in the folder of the lessons. Then choose its .venv under Select Kernel, at the top right.",
    "JupyterLite": "Reload the page. If that doesn't help, choose Help > Clear Browser Data, which also removes your changes.",
}
FONT, SIGNS = "DejaVu Sans", "\N{GREEK SMALL LETTER ETA}\N{PARTIAL DIFFERENTIAL}\N{SUBSCRIPT ONE}\N{MINUS SIGN}"


@dataclass(frozen=True)
class Preflight:
    """What was found: a line of text for each trouble, and what to do about them. It prints them."""

    lines: tuple

    def __repr__(self):
        return "\n".join(self.lines)


def preflight():
    """Check Python, the packages, the figures' font and, in JupyterLab, its half of the widgets.

    Returns a Preflight, or None if all is well.
    """
    here = place()
    widgets = check_widgets() if here == "JupyterLab" else None
    troubles = list(filter(None, [check_python(), *check_packages(), widgets, check_font()]))
    cure = CURES[here] if troubles else None
    lines = tuple(filter(None, [*troubles, cure, check_copy()]))
    return Preflight(lines) if lines else None


def place():
    """Where the lesson runs, a key of CURES. Notebook 7 is a JupyterLab too: same server, same half of the widgets."""
    if sys.platform == "emscripten":
        return "JupyterLite"
    if "google.colab" in sys.modules:
        return "Colab"
    # A JupyterLab started in a terminal of VS Code inherits its variables. Only a Jupyter server names its sessions.
    if "JPY_SESSION_NAME" not in os.environ and any(name.startswith("VSCODE_") for name in os.environ):
        return "VS Code"
    return "JupyterLab"


def check_python(have=sys.version_info):
    """A line if Python is too old, else None."""
    if have < (3, 11):
        return WORDS["python"].format(wanted="3.11", have=".".join(map(str, have[:3])))


def check_packages(requirements=None):
    """A line for each required package that is missing or too old."""
    if requirements is None and installed_version("nnlib") is None:
        yield WORDS["missing"].format(name="nnlib")
        return
    for text in metadata.requires("nnlib") if requirements is None else requirements:
        if ";" in text:  # of an extra
            continue
        name, oldest = re.fullmatch(r"([\w.-]+?)(?:\[.*\])?\s*(?:>=\s*([\d.]+))?\s*", text).groups()
        have = installed_version(name)
        if have is None:
            yield WORDS["missing"].format(name=name)
        elif oldest and release(have) < release(oldest):
            yield WORDS["version"].format(name=name, wanted=f">={oldest}", have=have)


def check_copy():
    """A line if `make lab` has put a newer copy of the open lesson beside it, else None. Jupyter servers name the open file."""
    mine = Path(os.environ.get("JPY_SESSION_NAME", ""))
    beside = [path for path in mine.parent.glob("*.ipynb") if re.fullmatch(r"(.+) \(new \d+\)", path.stem)]
    newer = {int(path.stem.split()[-1][:-1]): path.name for path in beside if path.stem.startswith(f"{mine.stem} (new")}
    if newer:
        return WORDS["old copy"].format(new=newer[max(newer)])


def release(version):
    """A version as numbers to compare, without what comes after them and zeros at the end: "2.10.0rc1" -> (2, 10)."""
    numbers = list(map(int, re.match(r"\d+(?:\.\d+)*", version)[0].split(".")))
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def check_widgets():
    """A line if JupyterLab's half of the widgets is missing or of another version, else None."""
    have = installed_version("jupyterlab_widgets")
    if not (have or "").startswith("3."):
        return WORDS["widgets"].format(have=have or "nothing")


def check_font(name=FONT):
    """A line if the font is missing or has no Greek letters and signs, else None."""
    try:
        known = FT2Font(font_manager.findfont(name, fallback_to_default=False)).get_charmap()
        lacking = [sign for sign in SIGNS if ord(sign) not in known]
    except ValueError:
        lacking = ["everything"]
    if lacking:
        return WORDS["font"].format(font=name, lacking=" ".join(lacking))


def installed_version(name):
    """The version of an installed package, or None."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
