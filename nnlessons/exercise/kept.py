"""What the reader has chosen, kept from one day to the next in a small file beside their own copies of the lessons.

Only a Jupyter server tells a lesson the name of its file. Elsewhere, and for a lesson in any other folder, nothing is kept.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

__all__ = ["keep", "kept"]
__dir__ = __all__.copy  # what Tab shows after `kept.`

COPIES = "my_notebooks"  # where `make lab` puts the reader's copies
FILE = ".predictions.json"  # in it: {lesson: {question and choices: choice}}


def kept(question, choices):
    """What was chosen, on this day or another, or None. With other choices it's another question."""
    copy = open_copy()
    choice = read(copy).get(copy.name, {}).get(key(question, choices)) if copy else None
    return choice if choice in choices else None


def keep(question, choices, choice):
    """Keep a choice. If that can't be done, the lesson goes on without."""
    copy = open_copy()
    if copy:
        everything = read(copy)
        everything.setdefault(copy.name, {})[key(question, choices)] = choice
        write(copy, everything)


def open_copy():
    """The path of the open lesson if it's one of the reader's copies, else None."""
    path = Path(os.environ.get("JPY_SESSION_NAME", ""))
    return path if path.parent.name == COPIES else None


def key(question, choices):
    """A question with its choices as one text."""
    return "\n".join([question, *choices])


def read(copy):
    """Everything that is kept beside a copy; nothing if the file is missing or broken."""
    try:
        found = json.loads(copy.with_name(FILE).read_text(encoding="utf-8"))
        return {name: dict(choices) for name, choices in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def write(copy, everything):
    """Replace the file as a whole, or leave it as it is: on a full disk, say."""
    new = copy.with_name(f"{FILE}.new")
    with suppress(OSError):
        new.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")
        os.replace(new, copy.with_name(FILE))
