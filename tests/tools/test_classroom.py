"""The benchmarks of a class and of the lessons, and the hub for a class, as far as they go without JupyterHub."""

import asyncio
import json
import os
import pathlib
import re
import runpy
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import psutil
import pytest
from conftest import PROJECT
from jupyter_page import Lab, reader_of
from traitlets.config import Config

sys.path += [str(PROJECT / "benchmarks"), str(PROJECT / "tools" / "hub")]

import classroom
import lesson_costs
import memory
import soak
import student as student_tool

CONFIG = PROJECT / "tools" / "hub" / "jupyterhub_config.py"


# -- the hub ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def config(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    config = Config()
    runpy.run_path(str(CONFIG), {"get_config": lambda: config})
    return config


def test_the_hub_listens_on_loopback_and_asks_for_real_accounts(config):
    assert config.JupyterHub.bind_url.startswith("http://127.0.0.1:")
    assert "authenticator_class" not in config.JupyterHub and "spawner_class" not in config.JupyterHub


def test_the_hub_starts_student_py_and_keeps_its_secrets_to_itself(config, tmp_path):
    python, script = config.Spawner.cmd
    assert python == sys.executable and pathlib.Path(script) == PROJECT / "tools" / "hub" / "student.py"
    kept = [config.ConfigurableHTTPProxy.pid_file, config.JupyterHub.db_url.removeprefix("sqlite:///")]
    kept += [config.JupyterHub.cookie_secret_file, config.SimpleLocalProcessSpawner.home_dir_template]
    state = tmp_path / "state"
    assert all(pathlib.Path(path).is_relative_to(state) for path in kept) and state.stat().st_mode & 0o777 == 0o700
    assert "{username}" in config.SimpleLocalProcessSpawner.home_dir_template


def test_the_page_on_the_hub_has_the_commands_of_its_configuration():
    page = (PROJECT / "docs" / "jupyterhub.md").read_text()
    commands = [line.split("#")[0].strip() for line in page.split("```")[1].strip().splitlines()]
    assert len(commands) >= 5 and commands[0].startswith("python3 -m venv")
    docstring = [line.strip() for line in CONFIG.read_text().split('"""')[1].splitlines()]
    assert [command for command in commands if command not in docstring] == []


def copy_of_the_project(folder):
    """A small one: a lesson with its solution, a picture and a page."""
    files = {
        "notebooks/00_a.ipynb": "lesson",
        "notebooks/solutions/00_a.ipynb": "solution",
        "docs/glossary.md": "words",
        "images/00_a.png": "picture",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return files


def test_a_student_gets_everything_and_keeps_what_they_write(tmp_path):
    project, course = tmp_path / "project", tmp_path / "home" / "neural_networks"
    files = copy_of_the_project(project)
    own = course / "my_notebooks" / "00_a.ipynb"
    student_tool.set_up_course(project, course)
    assert own.read_text() == "lesson"
    assert {name: (course / name).read_text() for name in files} == files
    assert not [path for path in course.rglob("*") if path.is_symlink()], "JupyterLab would not serve it"

    own.write_text("mine")
    (course / "images" / "mine.png").write_text("mine")
    for name in files:
        (project / name).write_text("new")
    student_tool.set_up_course(project, course)
    assert own.read_text() == "mine" and own.with_stem("00_a (new 2)").read_text() == "new"
    assert (course / "images" / "mine.png").read_text() == "mine"
    for name in files:
        assert (course / name).read_text() == "new"
        assert (course / name).stat().st_mode & 0o222 == 0, "what is written there would be lost with the next login"


def test_what_a_student_puts_in_the_place_of_one_of_ours_stays(tmp_path):
    project, course = tmp_path / "project", tmp_path / "course"
    copy_of_the_project(project)
    student_tool.set_up_course(project, course)
    lesson, solution, words, picture = (course / name for name in copy_of_the_project(project))
    for path in (lesson, solution, words, picture):
        path.unlink()
    lesson.write_text("mine")
    solution.symlink_to(picture)
    words.mkdir()
    student_tool.set_up_course(project, course)
    assert lesson.read_text() == "mine" and solution.is_symlink() and words.is_dir()
    assert picture.read_text() == "picture" and not list(course.rglob(".new-*"))


def test_every_link_of_a_lesson_leads_somewhere_in_a_students_home(tmp_path):
    student_tool.set_up_course(PROJECT, tmp_path / "course")
    lessons = list((tmp_path / "course").rglob("[0-9]*.ipynb"))
    links = [(path, link) for path in lessons for link in links_in(path)]
    assert len(lessons) == 27 and len(links) > 40
    assert [link for path, link in links if not (path.parent / link).exists()] == []


def links_in(path):
    cells = json.loads(path.read_text())["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    found = re.findall(r"\]\(([^)#\s]+)|src=\"([^\"]+)\"", text)
    return [one or other for one, other in found if "://" not in (one or other)]


def test_a_students_server_has_the_settings_of_make_lab(monkeypatch):
    started = []
    monkeypatch.setattr(os, "environ", {"JUPYTER_CONFIG_PATH": "their own"})
    monkeypatch.setattr(os, "execv", lambda path, command: started.append((path, command)))
    student_tool.become_server(["--more"])
    (path, command), settings = started[0], PROJECT / "tools" / "jupyter"
    assert path == sys.executable and command[1:3] == ["-m", "jupyterhub.singleuser"] and "--more" in command
    assert f"--LabApp.app_settings_dir={settings}" in command
    assert os.environ["JUPYTER_CONFIG_PATH"] == f"{settings}{os.pathsep}their own"
    assert os.environ["PYTHONSTARTUP"] == str(settings / "kernel_startup.py")
    assert (settings / "jupyter_server_config.py").exists() and (settings / "overrides.json").exists()


# -- a class ----------------------------------------------------------------------------------------------------------


def test_without_a_hub_it_is_told_where_to_read_how_to_have_one(tmp_path):
    command = [sys.executable, str(PROJECT / "benchmarks" / "classroom.py"), "--hub", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and "tools/hub/jupyterhub_config.py says how" in done.stderr


@pytest.mark.parametrize("words", [["--students", "0"], ["--presses", "1"]])
def test_nothing_to_measure_is_told_before_anything_starts(words, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["classroom.py", *words])
    with pytest.raises(SystemExit):
        classroom.main()
    assert "at least one student and two key presses" in capsys.readouterr().err


@pytest.mark.parametrize("minutes", ["0.5", "1", "nan"])
def test_a_soak_too_short_to_see_growth_is_refused(minutes, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["soak.py", "--minutes", minutes])
    monkeypatch.setattr(soak, "sync_playwright", lambda: pytest.fail("it starts"))
    with pytest.raises(SystemExit):
        soak.main()
    assert f"--minutes {minutes}: at least 2" in capsys.readouterr().err


def test_ten_students_have_nine_lessons():
    names = classroom.lessons_for(10)
    assert len(set(names)) == 9 and names[0] == names[9] == "00_neuron"


def test_each_process_is_known_by_its_command():
    commands = {
        "hub": ["/hub/bin/python3", "/hub/bin/jupyterhub", "-f", "tools/hub/jupyterhub_config.py"],
        "server": ["/hub/bin/python3", "-m", "jupyterhub.singleuser", "--LabApp.app_settings_dir=x"],
        "kernel": ["/hub/bin/python3", "-m", "ipykernel_launcher", "-f", "kernel.json"],
    }
    assert [classroom.role(command) for command in commands.values()] == list(commands)
    assert classroom.role(["node", "/hub/bin/configurable-http-proxy"]) == "hub"


MEMORY = {
    ("hub", ""): 160.0,
    **{("server", name): size for name, size in [("a", 100.0), ("b", 130.0), ("c", 110.0)]},
    **{("kernel", name): size for name, size in [("a", 150.0), ("b", 125.0), ("c", 140.0)]},
}


def test_the_table_of_students():
    assert classroom.table_of_students(MEMORY, [9.0, 7.0, 8.4]).splitlines() == [
        "| each of 3 students | least | median | most |",
        "|---|---|---|---|",
        f"| kernel, MiB of {memory.measure()} | 125 | 140 | 150 |",
        "| server, MiB | 100 | 110 | 130 |",
        "| both, MiB | 250 | 250 | 255 |",
        "| from login until the lesson has run, s | 7 | 8 | 9 |",
    ]


def test_the_table_of_presses():
    timing = {
        "alone": {"a": [40.0] * 30},
        "in turn": {"a": [60.0] * 30, "b": [50.0] * 31},
        "at once": {"a": [80.0] * 30, "b": [100.0] * 31},
    }
    assert classroom.table_of_presses(timing, "a").splitlines()[2:] == [
        "| a alone | 40 | 40 |  |  |",
        "| a when all are there, in turn | 60 | 60 | 1.50 | 1.50 |",
        "| a when all are at work, at once | 80 | 80 | 2.00 | 2.00 |",
        "| all, in turn | 50 | 60 |  |  |",
        "| all, at once | 100 | 100 | 2.00 | 1.67 |",
    ]


def test_half_are_below_p50_and_one_in_twenty_above_p95():
    assert classroom.quantiles([float(value) for value in range(1, 100)]) == (50.0, 95.0)


def test_the_last_words():
    words = classroom.last_words(MEMORY, 91.6, {"hub": 2.0, "browser": 5.0}, 100)
    assert words.startswith("Hub and proxy: 160 MiB; all together: 915 MiB. All had run their lessons 92 s after")
    assert "took 20 ms" in words and "and 50 ms in the browsers" in words


PAGE = """<div class="nnlib-demo"><p>no slider here</p></div>
<div class="nnlib-demo"><b id="own"></b><i role="slider" tabindex="0"></i><img><div><p class="nnlib-readout">0</p></div></div>
<script>
let at = 0;
addEventListener("keydown", event => {
  at += event.key === "ArrowRight" ? 1 : -1;
  own.innerText = at;  // the slider's own number comes at once and is no readout
  setTimeout(() => { READOUT; PICTURE }, 90);
});
</script>"""
READOUT = 'document.querySelector(".nnlib-readout").parentElement.innerHTML = `<p class="nnlib-readout">${at}</p>`'
PICTURE = 'document.querySelector("img").src = "data:," + at'


@pytest.fixture
def someone(browser, tmp_path):
    """A student in front of a page whose slider does what the test says."""
    with reader_of(browser, Lab("http://127.0.0.1:1", "", tmp_path, None)) as reader:
        student = classroom.Student("someone", "a lesson", reader)

        def sit_down(readout=READOUT, picture=PICTURE):
            html = PAGE.replace("READOUT", readout).replace("PICTURE", picture)
            (tmp_path / "page.html").write_text(f"<script>{classroom.WATCH}</script>{html}")
            reader.page.set_content((tmp_path / "page.html").read_text())
            classroom.take_the_slider(student)
            return student

        yield sit_down


@pytest.mark.parametrize("way", [classroom.press_in_turn, classroom.press_at_once])
def test_a_key_press_counts_until_the_readout_has_changed(someone, way):
    times = way([someone()], 3)["someone"]
    assert len(times) == 3 and all(90 <= time < 2000 for time in times)


def test_a_readout_that_stays_ends_the_run(someone, monkeypatch):
    monkeypatch.setattr(classroom, "PATIENCE", 500)
    with pytest.raises(SystemExit, match="someone in a lesson: the readout did not follow"):
        classroom.press_in_turn([someone(readout="")], 1)


def test_a_picture_that_stays_ends_the_run(someone, monkeypatch):
    student = someone(picture="")
    monkeypatch.setattr(student.reader.page, "wait_for_timeout", lambda milliseconds: None)
    with pytest.raises(AssertionError, match="the picture did not change"):
        classroom.press_in_turn([student], 1)


@pytest.mark.parametrize("mime", ["application/vnd.jupyter.stderr", "application/vnd.jupyter.error"])
def test_an_error_of_a_cell_or_of_the_page_ends_the_run(someone, mime):
    student = someone()
    classroom.end_on_a_fault(student)
    student.reader.page.evaluate("mime => { own.dataset.mimeType = mime; own.innerText = 'it broke' }", mime)
    with pytest.raises(SystemExit, match="someone in a lesson: .*it broke"):
        classroom.end_on_a_fault(student)
    student.reader.page.evaluate("own.remove(); console.error('page broke')")
    with pytest.raises(SystemExit, match="page broke"):
        classroom.end_on_a_fault(student)


# -- the lessons ------------------------------------------------------------------------------------------------------


def test_memory_that_a_process_takes_is_seen():
    process = psutil.Process()
    before = memory.mebibytes(process)
    taken = bytearray(os.urandom(64 << 20))
    assert 60 <= memory.mebibytes(process) - before <= 72
    del taken


def test_a_kernel_is_measured_after_its_notebook_and_then_gone():
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("import os, time; taken = bytearray(os.urandom(90 << 20)); time.sleep(0.3)")]
    )

    async def look():
        async with lesson_costs.kernel_after(book) as (kernel, seconds):
            return kernel, seconds, memory.mebibytes(kernel)

    with ThreadPoolExecutor() as apart:  # from the loop of Playwright, which is this thread's
        kernel, seconds, size = apart.submit(lambda: asyncio.run(look())).result()
    assert 0.3 < seconds < 60 and 110 < size < 400
    assert not psutil.pid_exists(kernel.pid)


def test_a_row_of_the_lessons_table():
    assert lesson_costs.row("01_activations", 4.26, 149.7, "209") == "| 01_activations | 4.3 | 150 | 209 |"
