"""Open the lessons in JupyterLab: the reader's own copies in my_notebooks/, a teacher's for the projector, or their sources.

    make lab                          the reader's copies
    make lab ARGS="--no-browser"      print the address instead of opening a browser
    make class                        copies in class_notebooks/ with their code folded, and everything large
    make edit                         the sources

A copy is made once and never overwritten. When a lesson has changed since, the new one is laid beside the reader's.
"""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import sys
import tempfile

HOME = pathlib.Path(__file__).resolve().parent.parent
LESSONS = HOME / "notebooks"
COPIES = HOME / "my_notebooks"
CLASS_COPIES = HOME / "class_notebooks"
SETTINGS = HOME / "tools" / "jupyter"
CLASS_SETTINGS = HOME / "tools" / "classroom"  # what the projector has beyond them
ORIGINS = ".origins.json"  # in the copies' folder: which version of each lesson was laid there last

WORDS = {
    "made": "Your own copies of {count} lesson{s} are in {folder}/. Nothing will ever overwrite them.",
    "beside": "{lesson} has changed since you got your copy. The new one is beside yours: {name}",
}


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--class", dest="projector", action="store_true", help="open copies made for the projector")
    words.add_argument("--edit", action="store_true", help="open the sources")
    chosen, more = words.parse_known_args()
    if chosen.edit:
        open_lab(LESSONS, more=more)
    elif chosen.projector:
        new = lay_copies(LESSONS, CLASS_COPIES, made=folded)
        open_lab(CLASS_COPIES, new, more, settings=[CLASS_SETTINGS, SETTINGS])
    else:
        open_lab(COPIES, lay_copies(LESSONS, COPIES), more)


# -- the reader's copies ----------------------------------------------------------------------------------------------


def lay_copies(lessons, copies, made=bytes):
    """Copy what the reader does not have yet, as `made` of a lesson's bytes; the names of lessons that are new in the folder."""
    copies.mkdir(exist_ok=True)
    origins = read_origins(copies / ORIGINS)
    new = []
    for lesson in sorted(lessons.glob("[0-9]*.ipynb")):
        content = made(lesson.read_bytes())
        version = hashlib.sha256(content).hexdigest()
        copy = copies / lesson.name
        if write_new(copy, content):
            new.append(lesson.name)
        elif origins.get(lesson.name) != version and not holds(copy, content):
            beside = lay_beside(copy, content)
            print(WORDS["beside"].format(lesson=lesson.stem, name=f"{copies.name}/{beside.name}"), flush=True)
        if origins.get(lesson.name) != version:
            origins[lesson.name] = version
            write_origins(copies / ORIGINS, origins)  # after each copy: Ctrl-C may come at any time
    if new:
        print(WORDS["made"].format(count=len(new), s="" if len(new) == 1 else "s", folder=copies.name), flush=True)
    return new


def folded(lesson):
    """A lesson whose code is folded; what the class writes together, a function with a hole in it, stays open."""
    book = json.loads(lesson)
    for cell in book["cells"]:
        if cell["cell_type"] == "code" and "..." not in "".join(cell["source"]):
            cell["metadata"]["jupyter"] = {"source_hidden": True}
    return (json.dumps(book, indent=1, ensure_ascii=False) + "\n").encode()


def read_origins(path):
    try:
        origins = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return origins if isinstance(origins, dict) else {}


def write_origins(path, origins):
    with written_apart(path, (json.dumps(origins, indent=1) + "\n").encode()) as whole:
        os.replace(whole, path)


def holds(path, content):
    try:
        return path.read_bytes() == content
    except OSError:  # a folder, a link to nowhere, a file that may not be read: the reader's own
        return False


def write_new(path, content):
    """Write a file that is not there yet, whole or not at all; whether it was so."""
    if os.path.lexists(path):
        return False
    try:
        with written_apart(path, content) as whole:
            give_name(whole, path)
    except FileExistsError:
        return False
    return True


@contextlib.contextmanager
def written_apart(path, content):
    """A file of this content on the same disk as `path`, for as long as it takes to give it that name."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
        whole = pathlib.Path(folder, path.name)
        whole.write_bytes(content)
        yield whole


def give_name(whole, path):
    """Never to the loss of another file, whoever made it in the meantime."""
    try:
        os.link(whole, path)
    except FileExistsError:
        raise
    except (AttributeError, OSError):  # no links on this disk
        file = open(path, "xb")
        try:
            with file:
                file.write(whole.read_bytes())
        except BaseException:
            path.unlink()
            raise


def lay_beside(copy, content):
    number = 2
    while not write_new(beside := copy.with_name(f"{copy.stem} (new {number}).ipynb"), content):
        number += 1
    return beside


# -- JupyterLab -------------------------------------------------------------------------------------------------------


def open_lab(folder, new=(), more=(), settings=(SETTINGS,)):
    """Become JupyterLab, with a folder and the first of its new lessons open."""
    paths = [*map(str, settings), os.environ.get("JUPYTER_CONFIG_PATH")]
    here = {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else each kernel's start prints a warning on Python 3.11
    }
    where = f"/lab/tree/{folder.name}/{new[0]}" if new else "/lab"
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={HOME}",
        f"--ContentsManager.preferred_dir={folder.name}",
        f"--LabApp.default_url={where}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.workspaces_dir={HOME / '.lab' / 'workspaces'}",
        *more,
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; it listens on loopback alone
    os.environ.update(here)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
