"""Open the lessons in JupyterLab: the reader's own copies, copies for the projector, or the sources.

    make lab                          the reader's copies, in my_notebooks/
    make lab ARGS="--no-browser"      print the address instead of opening a browser
    make class                        copies for the projector, in class_notebooks/: code folded, everything large
    make edit                         the sources, in notebooks/

A copy is made once and never overwritten. If the lesson changes later, the new version goes beside the reader's copy.
"""

import argparse
import hashlib
import json
import os
import pathlib
import re
import sys

HOME = pathlib.Path(__file__).resolve().parent.parent
LESSONS = HOME / "notebooks"
COPIES = HOME / "my_notebooks"
CLASS_COPIES = HOME / "class_notebooks"
SETTINGS = HOME / "tools" / "jupyter"
TERMINAL = HOME / "tools" / "terminal"  # also on top of them: how little is said
CLASS_SETTINGS = HOME / "tools" / "classroom"  # on top of them, for the projector
ORIGINS = ".origins.json"  # in the folder of copies: the version of each lesson that was copied last
FIRST_EDITION = re.compile(r"\bnnlib\.(demos|exercises)\b|\bexercises\.own_")  # names that are gone

WORDS = {
    "made": "Your own copies of {count} lesson{s} are in {folder}/. Nothing will ever overwrite them.",
    "beside": "{lesson} has changed since you got your copy. The new one is beside yours: {name}",
    "old": "From the first edition, and can't run any more: {old}. Your work in them is safe.",
    "new": " The new lessons are {new}.",
    "disk": "The lessons can't be copied: {error}. What was here before is as it was.",
}


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--class", dest="projector", action="store_true", help="open copies made for the projector")
    words.add_argument("--edit", action="store_true", help="open the sources")
    chosen, more = words.parse_known_args()
    if chosen.edit:
        open_lab(LESSONS, more=more)
    elif chosen.projector:
        new = copy_lessons(LESSONS, CLASS_COPIES, made=folded)
        say_which_are_old(CLASS_COPIES)
        open_lab(CLASS_COPIES, new, more, settings=[CLASS_SETTINGS, SETTINGS])
    else:
        new = copy_lessons(LESSONS, COPIES)
        say_which_are_old(COPIES)
        open_lab(COPIES, new, more)


# -- the reader's copies ----------------------------------------------------------------------------------------------


def copy_lessons(lessons, copies, made=bytes):
    """Copy each lesson the reader doesn't have yet, as `made` of its bytes; return the names that are new in the folder."""
    try:
        copies.mkdir(exist_ok=True)
        return copy_each(lessons, copies, made)
    except OSError as error:  # a full disk, a folder that can't be written to
        sys.exit(WORDS["disk"].format(error=error))


def copy_each(lessons, copies, made):
    origins = read_origins(copies / ORIGINS)
    new = []
    for lesson in sorted(lessons.glob("[0-9]*.ipynb")):
        content = made(lesson.read_bytes())
        version = hashlib.sha256(content).hexdigest()
        copy = copies / lesson.name
        if write_new(copy, content):
            new.append(lesson.name)
        elif origins.get(lesson.name) != version and read(copy) != content:
            beside = write_beside(copy, content)
            print(WORDS["beside"].format(lesson=lesson.stem, name=f"{copies.name}/{beside.name}"), flush=True)
        if origins.get(lesson.name) != version:
            origins[lesson.name] = version
            write_origins(copies / ORIGINS, origins)  # after each copy: Ctrl-C may come at any time
    if new:
        print(WORDS["made"].format(count=len(new), s="" if len(new) == 1 else "s", folder=copies.name), flush=True)
    return new


def folded(lesson):
    """A lesson with its code folded, except for cells with a hole `...` that the class fills in together."""
    book = json.loads(lesson)
    for cell in book["cells"]:
        if cell["cell_type"] == "code" and "..." not in "".join(cell["source"]):
            cell["metadata"]["jupyter"] = {"source_hidden": True}
    return (json.dumps(book, indent=1, ensure_ascii=False) + "\n").encode()


def write_new(path, content):
    """Write a file unless there is something of its name already; return whether it was written."""
    try:
        file = open(path, "xb")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(content)
    except BaseException:  # a full disk, Ctrl-C: half a copy would pass for the reader's own work
        path.unlink()
        raise
    return True


def write_beside(copy, content):
    number = 2
    while not write_new(beside := copy.with_name(f"{copy.stem} (new {number}).ipynb"), content):
        number += 1
    return beside


def read(path):
    """A file's bytes; nothing for a folder, a broken link or a file that can't be opened: those are the reader's own."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def read_origins(path):
    try:
        origins = json.loads(read(path))
    except ValueError:
        return {}
    return origins if isinstance(origins, dict) else {}


def write_origins(path, origins):
    new = path.with_name(path.name + ".new")
    new.write_text(json.dumps(origins, indent=1) + "\n", encoding="utf-8")
    os.replace(new, path)


def say_which_are_old(copies):
    """One line on the copies from the first edition, and on the newest copies of the same lessons."""
    found = sorted(copies.glob("*.ipynb"), key=lambda path: (path.name[:2], len(path.name), path.name))
    old = [path for path in found if FIRST_EDITION.search(code_of(path))]
    numbers = {path.name[:2] for path in old if path.name[:2].isdigit()}
    new = {path.name[:2]: path for path in found if path.name[:2] in numbers and path not in old}.values()
    if old:
        old, new = (", ".join(f"{copies.name}/{path.name}" for path in paths) for paths in (old, new))
        print(WORDS["old"].format(old=old) + (WORDS["new"].format(new=new) if new else ""), flush=True)


def code_of(path):
    """The code of a notebook's cells; empty if the file isn't a notebook."""
    try:
        cells = json.loads(read(path))["cells"]
        return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    except (ValueError, KeyError, TypeError):
        return ""


# -- JupyterLab -------------------------------------------------------------------------------------------------------


def open_lab(folder, new=(), more=(), settings=(SETTINGS,)):
    """Become JupyterLab, with a folder and the first of its new lessons open."""
    quiet = [] if "--debug" in more else [TERMINAL]
    paths = [*map(str, quiet), *map(str, settings), os.environ.get("JUPYTER_CONFIG_PATH")]
    here = {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
        "PYTHONSTARTUP": str(SETTINGS / "kernel_startup.py"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else each kernel's start prints a warning on Python 3.11
    }
    share = os.path.relpath(
        os.path.join(sys.prefix, "share", "jupyter"), HOME
    )  # JupyterLab trips over "schemas/" in a path
    where = f"/lab/tree/{folder.name}/{new[0]}" if new else "/lab"
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={HOME}",
        f"--ContentsManager.preferred_dir={folder.name}",
        f"--LabApp.default_url={where}",
        f"--LabApp.app_dir={share}/lab",  # its own, and no extension from elsewhere
        f"--LabApp.labextensions_path={share}/labextensions",
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.workspaces_dir={HOME / '.lab' / 'workspaces'}",
        *more,
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; it listens on loopback alone
    os.environ.update(here)
    os.chdir(HOME)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
