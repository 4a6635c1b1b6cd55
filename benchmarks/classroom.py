"""A class of ten on one JupyterHub: its memory, how long it waits for a lesson, and whether its sliders still follow.

    make bench-class                                        about eight minutes
    make bench-class ARGS="--students 3 --presses 20"       a smaller class, fewer key presses

The hub is started with tools/hub/jupyterhub_config.py, on loopback. One after the other the students log in, each in a
browser window of their own, open a lesson by a double click and run it from top to bottom, the lessons in turn. All servers,
pages and kernels stay. Then everybody moves a slider by keys. A key press counts from the page's own key event to the
moment after the frame that shows the new readout:

    alone      the first student, before anybody else is there
    in turn    everybody is there, one after the other presses a key
    at once    everybody presses a key, and again as soon as all have their new readout

The browsers of all students run on this one machine too and take their share of it; the last line tells how large that is.
An error of a page or of a cell, a request to another host, a readout or a picture that stays as it was ends the run.

JupyterHub and its proxy are no part of this project. They stand in an environment of their own, ../hub unless --hub names
another; tools/hub/jupyterhub_config.py says how to make it.
"""

import argparse
import contextlib
import itertools
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass

import psutil
from memory import measure, mebibytes
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import sync_playwright
from slider_latency import WATCH, machine, quantiles

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tools"))

from jupyter_page import (  # noqa: E402
    CALM,
    Lab,
    Reader,
    Shown,
    browser_path,
    free_port,
    reader_of,
    wait_for,
)

CONFIG = PROJECT / "tools" / "hub" / "jupyterhub_config.py"
COMMAND_OF = {"kernel": "ipykernel_launcher", "server": "jupyterhub.singleuser"}
SLIDER_OF = {"06_backpropagation": -1}  # not the demo's first slider but its steps, which the readout tells
PATIENCE = 30_000  # ms for a readout


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--students", type=int, default=10)
    words.add_argument(
        "--presses", type=int, default=40, help="key presses of each student, alone, in turn and at once"
    )
    words.add_argument("--hub", type=pathlib.Path, default=PROJECT.parent / "hub", help="where JupyterHub is installed")
    chosen = words.parse_args()
    if chosen.students < 1 or chosen.presses < 2:
        words.error("at least one student and two key presses, else there is nothing to measure")
    if not (chosen.hub / "bin" / "jupyterhub").exists():
        sys.exit(f"There is no JupyterHub in {chosen.hub}; {CONFIG.relative_to(PROJECT)} says how to install it.")
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        running_hub(chosen.hub, pathlib.Path(folder)) as (hub, process),
        contextlib.ExitStack() as seats,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path(), args=CALM)
        print(f"{machine()}; Chromium {browser.version}; load {os.getloadavg()[0]:.1f} before\n", flush=True)
        print("| student | lesson | from login until it has run, s |\n|---|---|---|")
        students, began, timing = [], time.perf_counter(), {}
        for number, lesson in enumerate(lessons_for(chosen.students)):
            reader = seats.enter_context(reader_of(browser, hub))
            student = arrive(Student(f"student{number}", lesson, reader))
            students.append(student)
            print(f"| {student.name} | {lesson} | {student.seconds:.0f} |", flush=True)
            if number == 0:
                paused = time.perf_counter()
                timing["alone"] = press_in_turn(students, chosen.presses)
                began += time.perf_counter() - paused
        everybody = time.perf_counter() - began
        memory = memory_by_student(process)
        timing["in turn"] = press_in_turn(students, chosen.presses)
        work = {"hub": seconds_of(family(process)), "browser": seconds_of(browsers(process))}
        timing["at once"] = press_at_once(students, chosen.presses)
        work = {
            "hub": seconds_of(family(process)) - work["hub"],
            "browser": seconds_of(browsers(process)) - work["browser"],
        }
        for student in students:
            end_on_a_fault(student)
        print()
        print(table_of_students(memory, [student.seconds for student in students]), end="\n\n")
        print(table_of_presses(timing, students[0].name), end="\n\n")
        print(last_words(memory, everybody, work, chosen.presses * len(students)))


def lessons_for(count):
    """A lesson for each student, in turn."""
    names = sorted(path.stem for path in (PROJECT / "notebooks").glob("[0-9]*.ipynb"))
    return list(itertools.islice(itertools.cycle(names), count))


# -- the hub ----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def running_hub(environment, folder):
    """JupyterHub as a teacher tries it alone, with ports and a memory of its own: where it is, and its process."""
    port = free_port()
    command = [
        *(str(environment / "bin" / "jupyterhub"), "-f", str(CONFIG)),
        *("--JupyterHub.authenticator_class=dummy", "--JupyterHub.spawner_class=simple"),
        f"--JupyterHub.bind_url=http://127.0.0.1:{port}",
        f"--JupyterHub.hub_bind_url=http://127.0.0.1:{free_port()}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{free_port()}",
        f"--JupyterHub.db_url=sqlite:///{folder / 'jupyterhub.sqlite'}",
        f"--JupyterHub.cookie_secret_file={folder / 'cookie_secret'}",
        f"--ConfigurableHTTPProxy.pid_file={folder / 'proxy.pid'}",
        f"--SimpleLocalProcessSpawner.home_dir_template={folder}/homes/{{username}}",
    ]
    with open(folder / "hub.log", "wb") as log:
        running = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            hub = Lab(f"http://127.0.0.1:{port}", "", folder / "homes", folder / "hub.log")
            wait_for(lambda: is_healthy(hub), running, "JupyterHub", hub.log, seconds=60)
            yield hub, psutil.Process(running.pid)
        finally:
            stop_hub(running)


def is_healthy(hub):
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{hub.base}/hub/health", timeout=5):
        return True
    return False


def stop_hub(running):
    """The hub stops its proxy and its servers, and these their kernels; whoever is left after a minute is ended."""
    all_of_them = family(psutil.Process(running.pid)) if running.poll() is None else []
    running.terminate()
    for process in psutil.wait_procs(all_of_them, timeout=60)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    running.wait(10)


# -- the students -----------------------------------------------------------------------------------------------------


@dataclass
class Student:
    name: str
    lesson: str
    reader: Reader
    seconds: float = 0.0  # from login until the lesson has run
    shown: str = ""  # the picture that its slider has led to

    @property
    def demo(self):
        """The lesson's first demo with a slider."""
        boxes = self.reader.page.locator(".nnlib-demo")
        return Shown(self.reader, boxes.filter(has=self.reader.page.get_by_role("slider")).first)

    @property
    def slider(self):
        return self.demo.box.get_by_role("slider").nth(SLIDER_OF.get(self.lesson, 0))


def arrive(student):
    """Log in, open the lesson as one does, and run it."""
    reader, page = student.reader, student.reader.page
    page.add_init_script(WATCH)
    page.set_default_timeout(180_000)
    page.goto(f"{reader.lab.base}/hub/login")
    page.locator("#username_input").fill(student.name)
    page.locator("#password_input").fill("any")
    began = time.perf_counter()
    page.locator("#login_submit").click()
    page.wait_for_url(re.compile(f"/user/{student.name}/lab"))
    page.locator(".jp-DirListing-item", has_text=f"{student.lesson}.ipynb").dblclick()
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    reader.idle()
    reader.run_all()
    student.seconds = time.perf_counter() - began
    take_the_slider(student)
    end_on_a_fault(student)
    return student


def take_the_slider(student):
    """Focus it, and tell WATCH which readout is meant."""
    demo = student.demo
    student.slider.focus()
    demo.box.locator(".nnlib-readout").evaluate("e => e.parentElement.classList.add('bench-label')")
    student.reader.page.evaluate("bench.kind = 'text'")
    student.shown = demo.source()


def end_on_a_fault(student):
    errors = student.reader.page.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").all_text_contents()
    faults = [*student.reader.faults, *errors, *filter(str.strip, student.demo.failure())]
    if faults:
        sys.exit(f"{student.name} in {student.lesson}: {faults[:3]}")


def press_in_turn(students, count):
    times = {student.name: [] for student in students}
    for number in range(count):
        for student in students:
            press(student, number)
            times[student.name].append(milliseconds(student))
    return times


def press_at_once(students, count):
    times = {student.name: [] for student in students}
    for number in range(count):
        for student in students:
            press(student, number)
        for student in students:
            times[student.name].append(milliseconds(student))
    return times


def press(student, number):
    """To and fro, so that the slider does not come to its end."""
    student.reader.page.evaluate("bench.paints = []")
    student.reader.page.keyboard.press("ArrowLeft" if number % 2 else "ArrowRight")


def milliseconds(student):
    """From the key press to the new readout; the picture must become another one too."""
    page = student.reader.page
    try:
        page.wait_for_function("bench.paints.length", polling=40, timeout=PATIENCE)
    except TooLate:
        sys.exit(f"{student.name} in {student.lesson}: the readout did not follow, it says {student.demo.text()!r}")
    student.demo.wait_for_picture_other_than(student.shown)
    student.shown = student.demo.source()
    return page.evaluate("bench.paints[0] - bench.pressed")


# -- the processes ----------------------------------------------------------------------------------------------------


def family(process):
    return [process, *process.children(recursive=True)]


def browsers(hub):
    """What this process has started beside the hub: Chromium, and Playwright, which hands on the keys."""
    of_the_hub = set(family(hub))
    return [process for process in psutil.Process().children(recursive=True) if process not in of_the_hub]


def seconds_of(processes):
    """The processor's time that they have used."""
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def role(command):
    """What a process of the hub is, by its command line."""
    return next((name for name, part in COMMAND_OF.items() if part in command), "hub")


def memory_by_student(hub):
    """{(role, student): MiB}; the student of the hub itself and of its proxy is nobody, ''."""
    memory = {}
    for process in family(hub):
        kind = role(process.cmdline())
        student = process.environ().get("JUPYTERHUB_USER", "") if kind != "hub" else ""
        memory[kind, student] = memory.get((kind, student), 0.0) + mebibytes(process)
    return memory


# -- what is printed: Markdown ----------------------------------------------------------------------------------------


def table_of_students(memory, seconds):
    by_role = {kind: [size for (other, _), size in memory.items() if other == kind] for kind in COMMAND_OF}
    names = sorted(student for kind, student in memory if kind == "server")
    rows = {
        f"kernel, MiB of {measure()}": by_role["kernel"],
        "server, MiB": by_role["server"],
        "both, MiB": [memory["kernel", name] + memory["server", name] for name in names],
        "from login until the lesson has run, s": seconds,
    }
    lines = [f"| each of {len(names)} students | least | median | most |", "|---|---|---|---|"]
    for name, values in rows.items():
        lines.append(f"| {name} | {min(values):.0f} | {statistics.median(values):.0f} | {max(values):.0f} |")
    return "\n".join(lines)


def table_of_presses(timing, first):
    """Each beside the same student or students with less company."""
    rows = {
        f"{first} alone": (timing["alone"], None),
        f"{first} when all are there, in turn": ({first: timing["in turn"][first]}, timing["alone"]),
        f"{first} when all are at work, at once": ({first: timing["at once"][first]}, timing["alone"]),
        "all, in turn": (timing["in turn"], None),
        "all, at once": (timing["at once"], timing["in turn"]),
    }
    lines = ["| key press to new readout | p50, ms | p95, ms | p50, ratio | p95, ratio |", "|---|---|---|---|---|"]
    for name, (times, floor) in rows.items():
        found = quantiles(list(itertools.chain(*times.values())))
        lines.append(f"| {name} | {found[0]:.0f} | {found[1]:.0f} | {' | '.join(ratios(found, floor))} |")
    return "\n".join(lines)


def ratios(found, floor):
    """To the times of those who are compared with, where there are some."""
    if floor is None:
        return "", ""
    return [f"{a / b:.2f}" for a, b in zip(found, quantiles(list(itertools.chain(*floor.values()))), strict=True)]


def last_words(memory, everybody, work, presses):
    return (
        f"Hub and proxy: {memory['hub', '']:.0f} MiB; all together: {sum(memory.values()):.0f} MiB. "
        f"All had run their lessons {everybody:.0f} s after the first login. "
        f"Pressing at once took {1000 * work['hub'] / presses:.0f} ms of processor time a key press in kernels, servers "
        f"and proxy, and {1000 * work['browser'] / presses:.0f} ms in the browsers. Load {os.getloadavg()[0]:.1f} after."
    )


if __name__ == "__main__":
    main()
