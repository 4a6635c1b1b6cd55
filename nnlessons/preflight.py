"""Checks that everything the lessons need is installed, and says in a line what is missing."""

import sys
from dataclasses import dataclass
from importlib import metadata

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font
from packaging.requirements import Requirement

__all__ = ["Preflight", "preflight"]
__dir__ = __all__.copy  # what Tab shows

WORDS = {
    "ready": "Everything is as it should be. You can begin.",
    "python": "Python {wanted} is needed, and this is {have}.",
    "missing": "{name} is missing.",
    "version": "{name} {wanted} is needed, and {have} is here.",
    "widgets": "jupyterlab_widgets 3 is needed for sliders in JupyterLab, and {have} is here.",
    "font": "The font {font} cannot be found, or lacks {lacking}.",
    "cure": "Close JupyterLab, and start it with `make lab` in the folder of the lessons.",
}
FONT, SIGNS = "DejaVu Sans", "\N{GREEK SMALL LETTER ETA}\N{PARTIAL DIFFERENTIAL}\N{SUBSCRIPT ONE}\N{MINUS SIGN}"


@dataclass(frozen=True)
class Preflight:
    """The troubles that were found, a line of text for each. It prints them, or that all is well."""

    troubles: tuple

    def __repr__(self):
        return "\n".join([*self.troubles, WORDS["cure"]]) if self.troubles else WORDS["ready"]


def preflight():
    """Check Python, the packages, JupyterLab's half of the widgets, and the font of the figures. Returns a Preflight."""
    return Preflight(tuple(filter(None, [check_python(), *check_packages(), check_widgets(), check_font()])))


def check_python(have=sys.version_info):
    """A line if Python is too old, else None."""
    if have < (3, 11):
        return WORDS["python"].format(wanted="3.11", have=".".join(map(str, have[:3])))


def check_packages(requirements=None):
    """A line for each required package that is missing or too old."""
    for text in metadata.requires("nnlib") if requirements is None else requirements:
        wanted = Requirement(text)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        have = installed_version(wanted.name)
        if have is None:
            yield WORDS["missing"].format(name=wanted.name)
        elif not wanted.specifier.contains(have, prereleases=True):
            yield WORDS["version"].format(name=wanted.name, wanted=wanted.specifier, have=have)


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
