"""The files that a reader finds in the browser: the lessons and their solutions as notebooks, pictures, and pages as text."""

import hashlib
import json
import shutil

from lite.packages import HOME

# Exactly what the kernel reports. If anything differs, the page updates it and saves a copy, as if the reader had changed it.
KERNEL = {
    "kernelspec": {"display_name": "Python (Pyodide)", "language": "python", "name": "python"},
    "language_info": {
        "codemirror_mode": {"name": "python", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.8",
    },
}


def write_contents(out):
    """Write all files into a folder, as they are in the repository, and return {path of a notebook: its version}."""
    for folder in ("images", "docs"):
        shutil.copytree(HOME / folder, out / folder)
    versions = {}
    for path in sorted([*HOME.glob("notebooks/[0-9]*.ipynb"), *HOME.glob("notebooks/solutions/*.ipynb")]):
        place = path.relative_to(HOME)
        book = for_the_browser(json.loads(path.read_text(encoding="utf-8")))
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        (out / place).write_text(json.dumps(book, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        versions[place.as_posix()] = book["metadata"]["nnlib"]["version"]
    return versions


def for_the_browser(book):
    """A notebook as the browser's kernel would save it, without the cells for Colab, and with its version."""
    cells = [cell for cell in book["cells"] if "colab" not in cell["metadata"].get("tags", [])]
    version = hashlib.sha256(json.dumps([cell["source"] for cell in cells]).encode()).hexdigest()[:16]
    return {**book, "cells": cells, "metadata": {**book["metadata"], **KERNEL, "nnlib": {"version": version}}}
