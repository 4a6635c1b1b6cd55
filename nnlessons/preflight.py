"""Is everything here that the lessons need? One line, and what to do if not."""

import sys
from dataclasses import dataclass
from importlib import metadata

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font
from packaging.requirements import Requirement

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
    """What is not as it should be; nothing, if all is well."""

    troubles: tuple

    def __repr__(self):
        return "\n".join([*self.troubles, WORDS["cure"]]) if self.troubles else WORDS["ready"]


def preflight():
    """Look at Python, the packages, the widgets' other half in JupyterLab, and the font of the figures."""
    return Preflight(tuple(filter(None, [check_python(), *check_packages(), check_widgets(), check_font()])))


def check_python(have=sys.version_info):
    if have < (3, 11):
        return WORDS["python"].format(wanted="3.11", have=".".join(map(str, have[:3])))


def check_packages(requirements=None):
    """A line for each package of ours that is missing or too old."""
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
    have = installed_version("jupyterlab_widgets")
    if not (have or "").startswith("3."):
        return WORDS["widgets"].format(have=have or "nothing")


def check_font(name=FONT):
    try:
        known = FT2Font(font_manager.findfont(name, fallback_to_default=False)).get_charmap()
        lacking = [sign for sign in SIGNS if ord(sign) not in known]
    except ValueError:
        lacking = ["everything"]
    if lacking:
        return WORDS["font"].format(font=name, lacking=" ".join(lacking))


def installed_version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
