"""What JupyterHub starts for a student: lay copies of the lessons in their home, then become their JupyterLab.

It runs as the student, so that every file is theirs. Nothing that they write is ever overwritten: see tools/lab.py.
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
POINTED_TO = ("docs", "images", "notebooks", "notebooks/solutions")  # by the lessons


def main():
    home = pathlib.Path.home()
    lay_course(PROJECT, home / COURSE)
    become_server(sys.argv[1:])


def lay_course(project, course):
    """The student's own copies of the lessons, and beside them what they point to, so that every link holds."""
    course.mkdir(parents=True, exist_ok=True)
    copy_lessons(project / "notebooks", course / LESSONS)
    for name in POINTED_TO:
        lay_to_be_read(project / name, course / name)


def lay_to_be_read(source, target):
    """Files as they are now: read-only, so that nobody writes where the next version will stand. (A link is not served.)"""
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target) as folder:
        for path in filter(pathlib.Path.is_file, source.iterdir()):
            copy, new = target / path.name, pathlib.Path(folder, path.name)
            if not os.path.lexists(copy) or as_laid(copy):
                shutil.copyfile(path, new)
                new.chmod(0o444)
                os.replace(new, copy)


def as_laid(copy):
    """Else it is the student's own, who put something else in its place."""
    return copy.is_file() and copy.lstat().st_mode & 0o222 == 0


def become_server(more):
    paths = [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH")]
    os.environ |= {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
        "JUPYTER_PREFER_ENV_PATH": "1",  # the hub's kernel, whatever the student has installed
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
