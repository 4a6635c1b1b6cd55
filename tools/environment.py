"""Make sure the environment exists and is up to date, then run a script in it.

    python3 tools/environment.py SCRIPT [ARGUMENT ...]      run `python SCRIPT ARGUMENT ...` in the environment
    python3 tools/environment.py                            only make the environment

The environment is `.venv`, made from requirements.lock; with CONDA=1 it's the active conda environment. The last step of
making .venv is a stamp. Without the right stamp, .venv is removed and made from scratch, so a half-made one is never used.
Any `python3` has to be able to read this file, so it keeps to the standard library and to the syntax of old Pythons.
"""

import fcntl
import glob
import hashlib
import os
import shutil
import subprocess
import sys

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOCK = os.path.join(HOME, "requirements.lock")
VENV = os.path.join(HOME, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "made-from")
OWN = {  # instead of the reader's own settings, and in place of a home that can't be written to
    "IPYTHONDIR": os.path.join(HOME, ".lab", "ipython"),
    "JUPYTER_CONFIG_DIR": os.path.join(HOME, ".lab", "jupyter"),
    "JUPYTER_PREFER_ENV_PATH": "1",  # this environment's kernel, whatever else is installed
    "MPLCONFIGDIR": os.path.join(HOME, ".lab", "matplotlib"),
    "PYTHONNOUSERSITE": "1",
    "PYTHONUTF8": "1",  # whatever the locale
}

TOO_OLD = """
The lessons need Python 3.11 or newer; this is {version} ({path}).
  Install a newer one (https://www.python.org/downloads, or your system's package manager), or name one you have:
    make {goal} PYTHON=python3.12
"""
BAD_NAME = """
JupyterLab can't find its parts in a folder with [ or : in its name: {path}
  Rename the folder, then run the same command again.
"""
NO_DISK = """
{words}
  The lessons need a folder that can be written to, and about 600 MB in it. Nothing of yours was changed.
"""
NO_TRIAL = """
The packages are installed, but they don't work here:
{words}
  Is the disk full, or is a system library missing? To install them again:  rm -r .venv  Then run the same command again.
"""
NO_VENV = """
{path} couldn't make an environment:
{words}
  Is a module missing? On Debian or Ubuntu:  sudo apt install python3-venv
                       On Fedora:            sudo dnf install python3-pip
  Then run the same command again.
"""
NO_PACKAGES = """
The packages couldn't be installed:
{words}
  No network? The first start needs it; later ones don't. Behind a proxy? Set HTTPS_PROXY. Then run the same command again.
"""
NO_CONDA = """
CONDA=1 needs an active conda environment with Python 3.11 or newer and the packages of the project:
{words}
  Make it:      conda env create -f environment.yml && conda activate nnlib
  Update it:    conda env update -f environment.yml
  For tests:    pip install -e ".[lab,test]"
"""


def main(script):
    use_own_settings()
    if os.environ.get("CONDA") == "1":
        python = conda_python(tests=script[:1] != ["tools/lab.py"])
    else:
        python = PYTHON
        if not is_ready():
            make_venv()
    if script:
        os.chdir(HOME)
        os.execv(python, [python] + script)


def use_own_settings():
    """Drop what the reader has set for their other Pythons; ARGS can pass on a setting that is meant for the lessons."""
    for name in [name for name in os.environ if name.startswith(("PYTHON", "JUPYTER", "IPYTHON", "MPL"))]:
        del os.environ[name]
    os.environ.update(OWN)
    if not os.access(os.path.expanduser("~"), os.W_OK):
        os.environ["JUPYTER_DATA_DIR"] = os.path.join(HOME, ".lab", "data")


def is_ready():
    """Whether .venv is finished, was made in this folder from this lock, and its Python is still there."""
    try:
        with open(STAMP) as file:
            return os.path.exists(PYTHON) and file.read() == wanted_stamp()
    except OSError:
        return False


def wanted_stamp():
    """The lock's hash, the folder (a .venv can't be moved) and the Python's name; an update from 3.12.1 to 3.12.2 is fine."""
    with open(LOCK, "rb") as file:
        return "\n".join([hashlib.sha256(file.read()).hexdigest(), HOME, os.path.basename(os.path.realpath(PYTHON))])


def make_venv():
    if sys.version_info < (3, 11):
        goal = os.environ.get("GOAL", "lab")
        sys.exit(TOO_OLD.format(version=sys.version.split()[0], path=sys.executable, goal=goal))
    if "[" in HOME or ":" in HOME:
        sys.exit(BAD_NAME.format(path=HOME))
    with open(VENV + ".lock", "w") as file:
        os.set_inheritable(file.fileno(), True)  # a pip left over by a killed start holds the lock until it ends
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another start is making .venv: waiting for it", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:  # a disk that has no locks
            pass
        if not is_ready():
            remove_venv()
            fill_venv()


def remove_venv():
    if os.path.islink(VENV):
        os.remove(VENV)
    elif os.path.exists(VENV):
        print("making .venv again: requirements.lock or Python changed, or the last start was interrupted", flush=True)
        if os.path.exists(STAMP):
            os.remove(STAMP)  # first: what an interruption leaves behind must not look finished
        shutil.rmtree(VENV)


def fill_venv():
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
    steps = [
        ("making .venv", [sys.executable, "-m", "venv", VENV], NO_VENV),
        ("installing packages, for about a minute", pip + ["--require-hashes", "--no-deps", "-r", LOCK], NO_PACKAGES),
        ("installing nnlib from this folder", pip + ["--no-deps", "--no-build-isolation", "-e", "."], NO_PACKAGES),
        ("trying it out; the next start takes a few seconds", [PYTHON, "-c", TRIAL], NO_TRIAL),
    ]
    for number, (step, command, message) in enumerate(steps, 1):
        print("[{}/{}] {}".format(number, len(steps), step), flush=True)
        run(command, message)
        relocate()
    with open(STAMP, "w") as file:
        file.write(wanted_stamp())


def relocate():
    """Lead to this folder from within: pip wrote its name, which Python 3.11 reads in the locale's encoding."""
    for path in glob.glob(os.path.join(VENV, "lib", "*", "site-packages", "_nnlib.pth")):
        with open(path, "w") as file:
            file.write("../../../..\n")


def run(command, message):
    """Run a command in this folder. If it fails, stop with the message, which quotes the command's last lines."""
    try:
        done = subprocess.run(command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, close_fds=False)
        failed, output = done.returncode, done.stdout.decode(errors="replace")
    except OSError as error:
        failed, output = True, str(error)
    if failed:
        words = "\n".join("    " + line for line in output.strip().splitlines()[-6:] or ["it ended with %s" % failed])
        sys.exit(message.format(path=command[0], words=words))


def conda_python(tests):
    """The Python of the active conda environment, if every package is there; tests: also the packages of the tests."""
    if "CONDA_PREFIX" not in os.environ:
        sys.exit(NO_CONDA.format(words="    none is active"))
    python = os.path.join(os.environ["CONDA_PREFIX"], "bin", "python")
    run([python, "-c", CHECK] + ["test"] * tests, NO_CONDA)
    return python


CHECK = """
import importlib.metadata, re, sys, tomllib
project = tomllib.load(open("pyproject.toml", "rb"))["project"]
extras = project["optional-dependencies"]
needed = ["nnlib", *project["dependencies"], *extras["lab"], *(extras["test"] if sys.argv[1:] else [])]
here = {re.sub("[-_.]+", "-", each.metadata["Name"]).lower() for each in importlib.metadata.distributions()}
missing = {re.match("[a-z0-9-]+", name)[0] for name in needed} - here
sys.exit("it lacks: " + " ".join(sorted(missing)) if missing else 0)
"""


TRIAL = """
try:
    import nnlib, nnlessons, matplotlib.figure, ipywidgets  # also makes matplotlib's list of fonts
except Exception as error:
    raise SystemExit(type(error).__name__ + ": " + str(error))
"""


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.exit(NO_DISK.format(words=error))
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. If .venv isn't finished, the next start makes it from scratch.\n")
