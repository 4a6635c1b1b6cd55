"""The environment behind make: made once, remade when it has to be, never left half made, and clear about what's missing."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib

import environment
import pytest
from conftest import PROJECT

# -- .venv, made by a Python that only writes down what it's asked for ------------------------------------------------

BUILDER = """#!/bin/sh
# as a Python, an environment and its pip in one: each step notes its words, and waits or fails if a file says so
here=$(pwd)
case "$*" in
  *venv*) step=venv ;; *--require-hashes*) step=packages ;; *-e\\ .*) step=ours ;; -c*) step=trial ;;
  env) env; exit ;;
  *) echo "ran: $* $PYTHONDONTWRITEBYTECODE in $here"; exit ;;
esac
echo "begin $step: $*" >> log
while [ -e wait-in-$step ]; do sleep 0.02; done
[ ! -e fail-in-$step ] || { echo "a long story"; echo "no such luck" >&2; exit 1; }
[ $step != venv ] || { mkdir -p "$3/bin" "$3/lib/python3.11/site-packages"; ln -s ../../python3.11 "$3/bin/python"; }
[ $step != trial ] || ! grep -q "$here" .venv/lib/python3.11/site-packages/_nnlib.pth || exit 1
[ $step != ours ] || echo "$here" > .venv/lib/python3.11/site-packages/_nnlib.pth
echo "end $step" >> log
"""
START = """
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where pytest runs in the background
sys.executable, script, more = sys.argv[1], sys.argv[2:-1], sys.argv[-1]
exec(more)
sys.argv = ["tools/environment.py", *script]
runpy.run_path("tools/environment.py", run_name="__main__")
"""
ALL = ["venv", "packages", "ours", "trial"]


class Project:
    """A project with a lock, and a Python to make its environment."""

    def __init__(self, home):
        self.home = home
        (home / "tools").mkdir(parents=True)
        shutil.copy(PROJECT / "tools" / "environment.py", home / "tools")
        (home / "requirements.lock").write_text("a==1\n")
        (home / "python3.11").write_text(BUILDER)
        (home / "python3.11").chmod(0o755)
        (home / "log").touch()

    def begin(self, *script, more=""):
        """Start in a group of its own, as from a terminal; `more` is Python code to run before."""
        clean = {name: value for name, value in os.environ.items() if name not in ("CONDA", "GOAL")}
        command = [sys.executable, "-c", START, str(self.home / "python3.11"), *script, more]
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        env = clean | {"PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen(command, cwd=self.home, env=env, start_new_session=True, **pipe)

    def start(self, *script, more=""):
        """(exit code, what it printed, what it complained about) of a whole start."""
        begun = self.begin(*script, more=more)
        out, err = begun.communicate(timeout=20)
        return begun.returncode, out, err

    def steps(self):
        """The steps that were finished since the last call."""
        done = re.findall(r"^end (\w+)", (self.home / "log").read_text(), re.M)
        (self.home / "log").write_text("")
        return done

    def wait_until_in(self, step):
        end = time.time() + 10
        while f"begin {step}" not in (self.home / "log").read_text():
            assert time.time() < end
            time.sleep(0.01)


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "net ü")


def test_an_environment_is_made_once_and_the_script_runs_in_it(project):
    code, out, err = project.start("tools/lab.py", "--more")
    assert (code, err) == (0, "") and project.steps() == ALL
    assert [line[:5] for line in out.splitlines()[:-1]] == ["[1/4]", "[2/4]", "[3/4]", "[4/4]"]
    ran = f"ran: tools/lab.py --more  in {project.home}\n"  # and what Python compiles is kept
    assert out.endswith(ran)
    assert project.start("tools/lab.py", "--more") == (0, ran, "") and project.steps() == []
    assert project.start() == (0, "", "")


def test_packages_come_from_the_lock_with_hashes_and_nnlib_from_here(project):
    project.start()
    words = dict(re.findall(r"^begin (\w+): (.*)", (project.home / "log").read_text(), re.M))
    assert words["packages"].endswith(f" --require-hashes --no-deps -r {project.home}/requirements.lock")
    assert words["ours"].endswith(" -e ."), "pip reads a folder's name in its own way"
    assert "import nnlib, nnlessons" in environment.TRIAL and words["trial"].startswith("-c")


def test_no_other_encoding_can_misread_where_nnlib_is(project):
    project.start()
    (path,) = project.home.glob(".venv/lib/*/site-packages/*.pth")
    assert (path.parent / path.read_text("ascii").strip()).resolve() == project.home


@pytest.mark.parametrize("name", ["main[1]", "a:b"])
def test_a_folder_that_jupyterlab_cannot_serve_is_refused(name, tmp_path):
    project = Project(tmp_path / name)
    code, out, err = project.start("tools/lab.py")
    assert (code, out, project.steps()) == (1, "", []) and f"{name}\n  Rename the folder" in err
    assert not list(project.home.glob(".venv*"))


def test_what_the_reader_has_set_for_other_pythons_stays_out(project):
    leaks = ["PYTHONPATH", "PYTHONSTARTUP", "JUPYTER_PATH", "JUPYTERLAB_DIR", "IPYTHONDIR", "MPLBACKEND"]
    project.start()
    out = project.start("env", more=f"import os; os.environ |= dict.fromkeys({leaks}, '/elsewhere')")[1]
    told = dict(line.split("=", 1) for line in out.splitlines() if "=" in line)
    assert "/elsewhere" not in told.values()
    folders = [told[name] for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR")]
    assert all(folder.startswith(f"{project.home}/.lab/") for folder in folders)
    assert (told["PYTHONUTF8"], told["PYTHONNOUSERSITE"]) == ("1", "1") and "JUPYTER_DATA_DIR" not in told


def test_a_home_that_cannot_be_written_to_is_not_needed(project):
    project.start()
    out = project.start("env", more="import os; os.environ['HOME'] = '/nowhere'")[1]
    assert f"JUPYTER_DATA_DIR={project.home}/.lab/data\n" in out


@pytest.mark.parametrize("words", ["Read-only file system", "No space left on device"])
def test_a_folder_that_cannot_be_written_to_is_a_sentence(words, project):
    refused = f"import builtins\ndef refused(*_): raise OSError(5, {words!r}, 'x')\n"
    code, out, err = project.start(more=refused + "builtins.open = refused")
    assert code == 1 and words in err and "a folder that can be written to" in err and "Traceback" not in err


def another_lock(project):
    (project.home / "requirements.lock").write_text("a==2\n")


def another_python(project):
    (project.home / "python3.12").write_text(BUILDER)
    (project.home / ".venv" / "bin" / "python").unlink()
    (project.home / ".venv" / "bin" / "python").symlink_to("../../python3.12")


def no_python(project):
    (project.home / ".venv" / "bin" / "python").unlink()
    (project.home / ".venv" / "bin" / "python").symlink_to("../../uninstalled/python3.11")


def another_folder(project):
    project.home = project.home.rename(project.home.with_name("moved"))


@pytest.mark.parametrize("change", [another_lock, another_python, no_python, another_folder])
def test_after_a_change_it_is_made_again_and_once(change, project):
    project.start()
    change(project)
    (project.home / ".venv" / "from before").touch()
    project.steps()
    assert "making .venv again" in project.start()[1]
    assert project.steps() == ALL and not (project.home / ".venv" / "from before").exists()
    assert project.start() == (0, "", "") and project.steps() == []


@pytest.mark.parametrize("step", ["venv", "packages", "trial"])
def test_after_ctrl_c_the_next_start_makes_all_of_it(step, project):
    (project.home / f"wait-in-{step}").touch()
    begun = project.begin()
    project.wait_until_in(step)
    os.killpg(begun.pid, signal.SIGINT)
    _, err = begun.communicate(timeout=20)
    assert begun.returncode == 1 and err.startswith("\nInterrupted.")
    (project.home / f"wait-in-{step}").unlink()
    project.steps()
    assert project.start()[0] == 0 and project.steps() == ALL
    assert project.start() == (0, "", "")


@pytest.mark.parametrize("step", ["venv", "packages", "trial"])
def test_after_kill_9_it_waits_for_the_pip_left_over_and_makes_all(step, project):
    (project.home / f"wait-in-{step}").touch()
    begun = project.begin()
    project.wait_until_in(step)
    begun.kill()
    begun.communicate(timeout=20)
    project.steps()
    second = project.begin()
    assert "waiting for it" in second.stdout.readline()
    (project.home / f"wait-in-{step}").unlink()
    second.communicate(timeout=20)
    assert second.returncode == 0 and project.steps() == [step, *ALL], "the step left over ends first"
    assert project.start() == (0, "", "")


def test_of_two_starts_at_once_one_makes_it_and_both_go_on(project):
    (project.home / "wait-in-packages").touch()
    first = project.begin("a script")
    project.wait_until_in("packages")
    second = project.begin("another script")
    assert "waiting for it" in second.stdout.readline()
    (project.home / "wait-in-packages").unlink()
    assert "ran: a script" in first.communicate(timeout=20)[0]
    assert "ran: another script" in second.communicate(timeout=20)[0]
    assert project.steps() == ALL


def test_a_disk_without_locks_will_do(project):
    no_locks = "import fcntl\ndef flock(*_): raise OSError('no locks')\nfcntl.flock = flock"
    assert project.start(more=no_locks)[0] == 0 and project.steps() == ALL


def test_a_link_is_replaced_and_what_it_leads_to_stays(project):
    (project.home / "elsewhere").mkdir()
    (project.home / ".venv").symlink_to("elsewhere")
    assert project.start()[0] == 0
    assert not (project.home / ".venv").is_symlink() and (project.home / "elsewhere").is_dir()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("venv", r"python3.11 couldn't make an environment:\n.*no such luck\n.*apt install python3-venv"),
        ("packages", r"couldn't be installed:\n.*no such luck\n.*No network\? The first start needs it"),
        ("ours", r"couldn't be installed:\n.*no such luck\n"),
        ("trial", r"don't work here:\n.*no such luck\n.*disk full"),
    ],
)
def test_a_step_that_fails_is_quoted_with_the_cure_and_tried_again(step, words, project):
    (project.home / f"fail-in-{step}").touch()
    code, _, err = project.start("a script")
    assert code == 1 and re.search(words, err, re.S) and "Traceback" not in err
    (project.home / f"fail-in-{step}").unlink()
    project.steps()
    assert project.start()[0] == 0 and project.steps() == ALL


def test_what_is_left_of_a_removal_does_not_look_finished(tmp_path, monkeypatch):
    def interrupted(path):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "VENV", str(tmp_path))
    monkeypatch.setattr(environment, "STAMP", str(tmp_path / "made-from"))
    monkeypatch.setattr(shutil, "rmtree", interrupted)
    (tmp_path / "made-from").touch()
    with pytest.raises(KeyboardInterrupt):
        environment.remove_venv()
    assert not (tmp_path / "made-from").exists()


def test_a_python_that_is_too_old_gets_a_message(project):
    code, _, err = project.start(more="sys.version_info = (3, 8, 0); sys.version = '3.8.0 (old)'")
    assert code == 1 and "need Python 3.11 or newer; this is 3.8.0 (" in err and "make lab PYTHON=python3.12" in err


def test_an_old_python_can_read_the_file():
    tree = ast.parse((PROJECT / "tools" / "environment.py").read_text(), feature_version=(3, 7))
    newer = (ast.JoinedStr, ast.AnnAssign)
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, newer)]


# -- an active conda environment --------------------------------------------------------------------------------------


@pytest.fixture
def conda(tmp_path, monkeypatch):
    """A project that needs three packages, and `set_up(python)`, an active conda environment with that Python."""
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["numpy"]\noptional-dependencies = { lab = ["no-such-one>=2"], test = ["nor-this"] }'
    )
    monkeypatch.setattr(environment, "HOME", str(tmp_path))

    def set_up(script):
        monkeypatch.setenv("CONDA_PREFIX", str(tmp_path))
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "python").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "bin" / "python").chmod(0o755)

    return set_up


def test_no_active_conda_environment_is_said_with_the_cure(monkeypatch):
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    with pytest.raises(SystemExit, match="(?s)none is active.*conda env create"):
        environment.conda_python(tests=False)


def test_an_active_conda_environment_is_used(monkeypatch):
    monkeypatch.setenv("CONDA_PREFIX", sys.prefix)
    assert environment.conda_python(tests=True) == os.path.join(sys.prefix, "bin", "python")


@pytest.mark.parametrize(("tests", "lacks"), [(False, "no-such-one"), (True, "no-such-one nor-this")])
def test_what_a_conda_environment_lacks_is_named(tests, lacks, conda):
    conda(f'exec "{sys.executable}" "$@"')
    with pytest.raises(SystemExit, match=f"(?s)it lacks: {lacks}\n.*conda env update"):
        environment.conda_python(tests)


def test_a_conda_environment_that_is_too_old_is_quoted(conda):
    conda("echo No module named tomllib >&2; exit 1")
    with pytest.raises(SystemExit, match="(?s)with Python 3.11 or newer.*No module named tomllib"):
        environment.conda_python(tests=False)


def test_a_conda_environment_without_a_python_is_quoted(monkeypatch, tmp_path):
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path))
    with pytest.raises(SystemExit, match="(?s)No such file.*conda env create"):
        environment.conda_python(tests=False)


@pytest.mark.parametrize(
    ("script", "tests"), [(["tools/lab.py", "--class"], False), (["-m", "pytest"], True), (["tools/x.py"], True)]
)
def test_only_lab_does_without_the_packages_of_the_tests(script, tests, monkeypatch):
    asked = []
    monkeypatch.setenv("CONDA", "1")
    monkeypatch.setattr(environment, "conda_python", lambda tests: asked.append(tests) or "python")
    monkeypatch.setattr(os, "chdir", lambda path: None)
    monkeypatch.setattr(os, "execv", lambda path, words: asked.append(words))
    environment.main(script)
    assert asked == [tests, ["python", *script]]


# -- the lists of packages --------------------------------------------------------------------------------------------

TABLE = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
LAB = [*TABLE["dependencies"], *TABLE["optional-dependencies"]["lab"]]


def test_conda_gets_the_same_packages_in_the_same_ranges():
    lines = re.findall(r"^ +- (\S+)$", (PROJECT / "environment.yml").read_text(), re.M)
    wanted = {f"python{TABLE['requires-python']}", *LAB}
    assert {line for line in lines if line not in ("conda-forge", "pip", "pip:")} == wanted


def test_the_lock_pins_every_package_with_hashes_and_no_address():
    lock = (PROJECT / "requirements.lock").read_text()
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", lock, re.M))
    wanted = [*LAB, *TABLE["optional-dependencies"]["test"]]
    assert {re.match(r"[A-Za-z0-9_-]+", name)[0].lower().replace("_", "-") for name in wanted} <= pinned
    assert all("--hash=sha256:" in package for package in re.split(r"^(?=\S+==)", lock, flags=re.M)[1:])
    assert len(pinned) > 100 and "://" not in lock and "index-url" not in lock
