"""Open the lessons in JupyterLab: the reader's own copies in my_notebooks/, a teacher's for the projector, or their sources.

    make lab                          the reader's copies
    make lab ARGS="--no-browser"      print the address instead of opening a browser
    make class                        copies in class_notebooks/ with their code folded, and everything large
    make edit                         the sources

A copy is made once and never overwritten. When a lesson has changed since, the new one is laid beside the reader's.
"""

import argparse
import hashlib
import json
import os
import pathlib
import sys

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
        elif origins.get(lesson.name) != version and copy.read_bytes() != content:
            beside = lay_beside(copy, content)
            print(WORDS["beside"].format(lesson=lesson.stem, name=f"{copies.name}/{beside.name}"), flush=True)
        origins[lesson.name] = version
    (copies / ORIGINS).write_text(json.dumps(origins, indent=1) + "\n", encoding="utf-8")
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


def write_new(path, content):
    """Write a file that is not there yet; whether it was so."""
    try:
        with open(path, "xb") as file:  # x: never over another file, whoever made it in the meantime
            file.write(content)
    except FileExistsError:
        return False
    return True


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
