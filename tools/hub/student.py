"""What JupyterHub starts for a student: copy the lessons to their home, then become their JupyterLab.

It runs as the student, so every file is theirs. Nothing they write is ever overwritten: see tools/lab.py.
"""

import os
import pathlib
import shutil
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT / "tools"))

from lab import copy_lessons  # noqa: E402

SETTINGS = PROJECT / "tools" / "jupyter"
COURSE = "neural_networks"  # the folder in the home of a student
LESSONS = "my_notebooks"  # in it
LINKED = ("docs", "images", "notebooks", "notebooks/solutions")  # what the lessons link to


def main():
    home = pathlib.Path.home()
    set_up_course(PROJECT, home / COURSE)
    become_server(sys.argv[1:])


def set_up_course(project, course):
    """Copy the lessons for the student to work in, and beside them, read-only, everything the lessons link to."""
    course.mkdir(parents=True, exist_ok=True)
    copy_lessons(project / "notebooks", course / LESSONS)
    for name in LINKED:
        copy_read_only(project / name, course / name)


def copy_read_only(source, target):
    """Copy the files of a folder, so that the next version can replace them. (JupyterLab doesn't follow links out of a home.)"""
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target) as folder:
        for path in filter(pathlib.Path.is_file, source.iterdir()):
            copy, new = target / path.name, pathlib.Path(folder, path.name)
            if not os.path.lexists(copy) or is_read_only(copy):
                shutil.copyfile(path, new)
                new.chmod(0o444)
                os.replace(new, copy)


def is_read_only(copy):
    """Whether a file is ours; if it can be written to, the student has put something of their own there."""
    return copy.is_file() and copy.lstat().st_mode & 0o222 == 0


def become_server(more):
    paths = [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH")]
    os.environ |= {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
        "JUPYTER_PREFER_ENV_PATH": "1",  # the hub's kernel, whatever the student has installed
        "PYTHONSTARTUP": str(SETTINGS / "kernel_startup.py"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else each kernel's start prints a warning on Python 3.11
    }
    command = [
        *(sys.executable, "-m", "jupyterhub.singleuser"),
        f"--ContentsManager.preferred_dir={COURSE}/{LESSONS}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        *more,
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; who has an account never comes here as root
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
