"""Make sure that the environment is there and up to date, then run a script in it.

    python3 tools/environment.py SCRIPT [ARGUMENT ...]      run `python SCRIPT ARGUMENT ...` in the environment
    python3 tools/environment.py                            only make the environment

The environment is `.venv` beside this project, made from requirements.lock; with CONDA=1 it is the active conda environment.
This file runs on whatever `python3` is: it keeps to the standard library and to syntax that an old Python can read.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOCK = os.path.join(HOME, "requirements.lock")
VENV = os.path.join(HOME, ".venv")
STAMP = os.path.join(VENV, "made-from")
OLDEST = (3, 11)
KNOWN = [(3, minor) for minor in range(14, OLDEST[1] - 1, -1)]

TOO_OLD = """\
The lessons need Python 3.11 or newer; this is {version} ({path}).
  Install a newer one (https://www.python.org/downloads, or your system's package manager), or name one that you have:
    make {goal} PYTHON=python3.12"""
NO_VENV = """\
This Python ({path}) could not make an environment. Its last words:
{words}
  Is a module missing? On Debian or Ubuntu:  sudo apt install python3-venv
                       On Fedora:            sudo dnf install python3-pip
  then the same command again."""
NO_PACKAGES = """\
The packages could not be installed. The last words of pip:
{words}
  Without network? The first start needs it; later ones don't. Behind a proxy? Set HTTPS_PROXY, then the same command again."""
NO_CONDA = """\
CONDA=1 uses the active conda environment, and none is active:
    conda env create -f environment.yml
    conda activate nnlib"""
CONDA_FAILS = """\
The Python of the active conda environment ({path}) could not be asked for its packages:
{words}
  The lessons need Python 3.11 or newer. To make an environment that has it:
    conda env create -f environment.yml
    conda activate nnlib"""
CONDA_LACKS = """\
The active conda environment lacks: {names}
    {cure}"""


def main():
    script = sys.argv[1:]
    if os.environ.get("CONDA") == "1":
        python = conda_python(tests=bool(script) and script[0] != os.path.join("tools", "lab.py"))
    else:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is used is compiled once, see `pip`, and that is kept
        python = venv_python()
    if script:
        os.chdir(HOME)
        os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # its own kernel, whatever the reader has installed for all
        run_instead([python] + script)


def run_instead(command):
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    os.execv(command[0], command)


def stop(text):
    sys.exit("\n" + text + "\n")


# -- the project's own environment ------------------------------------------------------------------------------------


def venv_python():
    python = os.path.join(VENV, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))
    if not is_ready(python):
        with one_at_a_time():
            if not is_ready(python):
                make_venv(python)
    return python


def is_ready(python):
    return os.path.exists(python) and read(STAMP) == wanted_stamp(python)


@contextlib.contextmanager
def one_at_a_time():
    """Another start waits here until this one has made the environment."""
    with open(VENV + ".lock", "w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another start is making the environment: waiting for it", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        except (ImportError, OSError):  # Windows, and disks that know no locks
            pass
        yield


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return None


def wanted_stamp(python):
    """What the environment was made from: the lock, where it stands (it cannot be moved), and the Python it leads to.

    Of that the name, as python3.12: packages are installed for it, and 3.12.1 may become 3.12.2 below them.
    """
    with open(LOCK, "rb") as file:
        lock = hashlib.sha256(file.read()).hexdigest()
    return "\n".join([lock, HOME, os.path.basename(os.path.realpath(python)), ""])


def make_venv(python):
    builder = new_enough_python()
    began = time.time()
    before = VENV + "-before"
    if read(STAMP) is None and read(os.path.join(before, os.path.basename(STAMP))):  # a start was killed half-way
        remove(VENV)
        os.rename(before, VENV)
    remove(before)
    if os.path.lexists(VENV):
        print("requirements.lock or Python has changed, or the folder was moved: making .venv anew", flush=True)
        os.rename(VENV, before)
    try:
        fill_venv(builder, python)
    except BaseException:  # also Ctrl-C: the old environment comes back, a half-made one never stays
        remove(VENV)
        if os.path.lexists(before):
            os.rename(before, VENV)
        raise
    remove(before)
    print("      ready after {:.0f} s; the next start takes a few seconds".format(time.time() - began), flush=True)


def remove(path):
    """A folder with all that it holds, or a link (not what it leads to)."""
    if os.path.islink(path):
        os.remove(path)
    else:
        shutil.rmtree(path, ignore_errors=True)


def new_enough_python():
    if sys.version_info[:2] >= OLDEST:
        return sys.executable
    for version in KNOWN:
        path = shutil.which("python{}.{}".format(*version))
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return path
    stop(TOO_OLD.format(version=sys.version.split()[0], path=sys.executable, goal=os.environ.get("GOAL", "lab")))


def fill_venv(builder, python):
    packages = locked_packages()
    print("[1/3] making .venv", flush=True)
    made = subprocess.run([builder, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        stop(NO_VENV.format(path=builder, words=last_words(made.stdout)))
    print("[2/3] installing up to {} packages from requirements.lock: a minute".format(len(packages)), flush=True)
    install(python, packages)
    print("[3/3] installing nnlib from this folder and trying it", flush=True)
    pip(python, ["--no-deps", "--no-build-isolation", "-e", "."])
    subprocess.check_call(
        [python, "-c", "import nnlib, nnlessons, matplotlib.figure, ipywidgets"]
    )  # also builds the font list once
    with open(STAMP, "w") as file:
        file.write(wanted_stamp(python))


def locked_packages():
    """The lock's packages, each with its version and hashes."""
    return re.split(r"^(?=\S+==)", read(LOCK), flags=re.M)[1:]


def install(python, packages):
    """Every other package, and beside it the rest: a pip keeps one core busy. The lock leaves no dependency to be found."""
    with tempfile.TemporaryDirectory() as folder:
        halves = [os.path.join(folder, name) for name in ("one", "other")]
        for number, half in enumerate(halves):
            with open(half, "w") as file:
                file.write("".join(packages[number::2]))
        pip(python, *(["--require-hashes", "--no-deps", "-r", half] for half in halves))


def pip(python, *runs):
    """`pip install` in this folder with each of these lists of words, all at once."""
    command = [python, "-m", "pip", "install", "--no-compile"]  # what is used is compiled at its first import
    command += ["--quiet", "--disable-pip-version-check", "--no-input"]
    heard = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    pips = [subprocess.Popen(command + words, cwd=HOME, **heard) for words in runs]
    try:
        told = [(each, each.communicate()[0]) for each in pips]
    finally:  # none goes on when another one, or Ctrl-C, has ended it all
        for each in pips:
            each.kill()
            each.wait()
    for each, words in told:
        if each.returncode:
            stop(NO_PACKAGES.format(words=last_words(words)))


def last_words(told):
    lines = told.decode(errors="replace").strip().splitlines()[-6:]
    return "\n".join("    " + line for line in lines)


# -- an active conda environment --------------------------------------------------------------------------------------


def conda_python(tests):
    prefix = os.environ.get("CONDA_PREFIX")
    if not prefix:
        stop(NO_CONDA)
    python = os.path.join(prefix, *(["python.exe"] if os.name == "nt" else ["bin", "python"]))
    asked = [python, "-c", LACKING, HOME, str(int(tests))]
    try:
        lacking = subprocess.check_output(asked, stderr=subprocess.PIPE).decode().split()
    except subprocess.CalledProcessError as error:
        stop(CONDA_FAILS.format(path=python, words=last_words(error.stderr)))
    except OSError as error:
        stop(CONDA_FAILS.format(path=python, words="    " + error.strerror))
    if lacking:
        cure = 'pip install -e ".[test]"' if tests else "conda env update -f environment.yml"
        stop(CONDA_LACKS.format(names=" ".join(lacking), cure=cure))
    return python


LACKING = """
import importlib.metadata, pathlib, re, sys, tomllib
project = tomllib.loads(pathlib.Path(sys.argv[1], "pyproject.toml").read_text())["project"]
wanted = ["nnlib", *project["dependencies"], *(project["optional-dependencies"]["test"] if sys.argv[2] == "1" else [])]
here = {re.sub("[-_.]+", "-", d.metadata["Name"]).lower() for d in importlib.metadata.distributions()}
names = [re.match(r"[A-Za-z0-9_.-]+", word)[0] for word in wanted]
print(*(name for name in names if re.sub("[-_.]+", "-", name).lower() not in here))
"""


if __name__ == "__main__":
    main()
