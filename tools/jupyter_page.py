"""A JupyterLab or Notebook 7 of its own, started as a reader starts it, and someone in front of it in a real browser.

For tests and benchmarks.
"""

import contextlib
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field

import nbformat

PROJECT = pathlib.Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CALM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing comes from another host
]
LIGHT = {"@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Light"}}
DARK = {"@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark"}}
IDLE = {  # where notebooks are -> what the page there shows while the kernel has nothing to do
    "lab/tree": r"#jp-main-statusbar >> text=/\| Idle$/",
    "notebooks": ".jp-Notebook-ExecutionIndicator[data-status=idle]",
}


def browser_path():
    named = os.environ.get("BROWSER_PATH")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass
class Lab:
    """A running server: where it is, and the project's copy that it serves."""

    base: str
    token: str
    home: object
    log: object
    notebooks: str = "lab/tree"  # the address under which it shows one

    def url(self, path):
        return f"{self.base}/{self.notebooks}/{path}?token={self.token}&reset"

    def ask(self, path, method="GET", timeout=5):
        """What the server answers; OSError if it does not."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"{self.base}/api{path}", headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.read()

    def kernels(self):
        """What the server says about its kernels; nothing if it stumbles over one that is just starting or ending."""
        try:
            return json.loads(self.ask("/kernels"))
        except OSError:
            return []

    def kernels_are_ready(self):
        kernels = self.kernels()
        return kernels and all(one["execution_state"] == "idle" and one["connections"] for one in kernels)

    def worked_since(self, before):
        """Whether a kernel has done something since these `kernels()`."""
        last = {one["id"]: one["last_activity"] for one in before}
        return any(last.get(one["id"]) != one["last_activity"] for one in self.kernels())

    def answers(self):
        try:
            self.ask("")
        except OSError:
            return False
        return True


@contextlib.contextmanager
def running_lab(folder, settings=None, fresh=True, stock=None, environment=None, more=()):
    """Serve a copy of the lessons from `folder`, with settings and caches of its own; the one that is there if not fresh.

    stock: "jupyterlab" or "notebook", to start that by itself, without what tools/lab.py sets. more: words for tools/lab.py.
    """
    home = folder / "project"
    for name in ("notebooks", "images", "docs", "tools") if fresh else ():
        shutil.copytree(PROJECT / name, home / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"))
    write_settings(folder / "settings", settings or {})
    port, token = free_port(), secrets.token_hex(12)
    private = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "IPYTHONDIR": "ipython",
    }
    private = {name: str(folder / place) for name, place in private.items()}
    paths = [str(PROJECT), str(PROJECT / "tests"), (environment or {}).get("PYTHONPATH")]  # tests: the small demos
    path = os.pathsep.join(filter(None, paths))
    environment = {**os.environ, **private, **(environment or {}), "PYTHONPATH": path}
    command = [sys.executable, str(home / "tools" / "lab.py")]
    if stock:
        command = [sys.executable, "-m", stock, f"--ServerApp.root_dir={home}", "--allow-root"]
    command += [*more, "--no-browser", f"--ServerApp.port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    with open(folder / "lab.log", "wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=home, stdout=log, stderr=log, start_new_session=True)
        try:
            where = "notebooks" if stock == "notebook" else "lab/tree"
            lab = Lab(f"http://127.0.0.1:{port}", token, home, folder / "lab.log", where)
            wait_for(lab.answers, server, "Jupyter", lab.log)
            yield lab
        finally:
            stop(server)


def write_settings(folder, settings):
    for name, value in settings.items():
        package, plugin = name.split(":")
        path = folder / package / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(answers, server, name, log, seconds=30):
    """Until a server that was started answers; it may have ended instead."""
    for _ in range(10 * seconds):
        if answers():
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{name} did not start:\n{log.read_text()}")


def stop(server):
    os.killpg(server.pid, signal.SIGTERM)  # its own group: the server and its kernels
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(5)


@dataclass
class Reader:
    """Someone in front of a lesson: a page, and what went wrong on it."""

    page: object
    lab: Lab
    faults: list = field(default_factory=list)

    def open(self, path):
        self.page.goto(self.lab.url(path), wait_until="load")
        self.wait_for_cells()

    def turn_to(self, name):
        """From one notebook to another of its folder, in the list of files at the left."""
        self.close()
        self.page.locator(".jp-DirListing-item", has_text=name).dblclick(timeout=60_000)  # a new one is listed in time
        self.wait_for_cells()

    def wait_for_cells(self):
        self.page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=60_000)
        self.idle()

    def close(self):
        self.menu("File", "Close and Shut Down Notebook")
        self.page.locator(".jp-Dialog button.jp-mod-accept").click()
        self.page.locator(".jp-NotebookPanel").wait_for(state="detached")

    def idle(self):
        self.page.locator(IDLE[self.lab.notebooks]).wait_for(timeout=60_000)
        wait_until(self.lab.kernels_are_ready, seconds=60)  # Notebook 7 says so before its kernel has started

    def write_and_open(self, *cells, name="trial.ipynb"):
        """A new notebook with these cells, opened and run."""
        self.write(*cells, name=name)
        self.open(name)
        self.run_all()

    def write(self, *cells, name):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        book.metadata["kernelspec"] = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
        nbformat.write(book, self.lab.home / name)

    def menu(self, *names):
        self.page.get_by_role("menuitem", name=names[0], exact=True).click()
        for name in names[1:]:
            self.page.get_by_role("menuitem", name=re.compile(f"^{name}")).first.click()

    def choose_theme(self, theme):
        """Change to the light or the dark theme, as a reader does."""
        self.page.get_by_role("menuitem", name="Settings", exact=True).click()
        for words in ("Theme", f"JupyterLab {theme.title()}"):
            self.page.locator(".lm-Menu-item", has_text=words).first.click()
        light = str(theme == "light").lower()
        self.page.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached")

    def run_all(self):
        waiting = self.page.locator(".jp-InputPrompt", has_text="[*]")
        before = self.lab.kernels()
        for _ in range(3):  # JupyterLab may still move its menus when one is clicked, and then nothing runs
            self.menu("Run", "Run All Cells")
            with contextlib.suppress(AssertionError):
                wait_until(lambda: waiting.count() or self.lab.worked_since(before))
                break
        else:
            raise AssertionError("no cell runs")
        wait_until(lambda: waiting.count() == 0, seconds=120)
        self.idle()

    def demo(self, title):
        """The demo of this title; another's may begin with the same words."""
        named = self.page.locator(".nnlib-title").filter(has_text=re.compile(f"^{re.escape(title)}$"))
        return Shown(self, self.page.locator(".nnlib-demo").filter(has=named))


@dataclass
class Shown:
    """A live demo on the page."""

    reader: Reader
    box: object

    def slider(self, label):
        row = self.box.locator(".widget-slider").filter(has=self.reader.page.get_by_text(label, exact=True))
        return row.get_by_role("slider").first

    @property
    def picture(self):
        return self.box.locator("img").first

    def button(self, words):
        """The button on which this can be read. Its name may say more."""
        return self.box.locator("button").filter(has_text=re.compile(f"^{re.escape(words)}$"))

    def play(self):
        return self.box.locator(".widget-play button").first

    def start(self):
        self.press_play("fa-pause")

    def pause(self):
        self.press_play("fa-play")

    def press_play(self, icon):
        """Press the button until it shows this icon: after a run, JupyterLab still moves the page, and a press may miss."""
        for _ in range(5):
            self.play().click()
            if self.play().locator(f".{icon}").count():  # the page changes it at once
                return
            self.reader.page.wait_for_timeout(200)
        raise AssertionError(f"the play button does not show {icon}")

    def step(self):
        return int(re.search(r"step (\d+)", self.box.text_content())[1])

    def failure(self):
        return self.box.locator("[role=alert]").all_text_contents()

    def source(self):
        return self.picture.get_attribute("src")

    def text(self):
        return self.box.locator(".nnlib-readout").text_content()

    def wait_for_text(self, words):
        for _ in range(300):
            if words in self.text():
                return
            self.reader.page.wait_for_timeout(50)
        raise AssertionError(f"waited for {words!r}, but it says {self.text()!r}, {self.failure()}")

    def wait_for_picture_other_than(self, source):
        for _ in range(150):
            if self.source() != source:
                return
            self.reader.page.wait_for_timeout(50)
        raise AssertionError("the picture did not change")

    def wait_until_greyed_out(self, label):
        """The kernel says so in a message of its own, which may come after the picture's."""
        self.slider(label).locator("xpath=ancestor::*[@disabled]").wait_for(state="attached")

    def wait_until_not_greyed_out(self, label):
        self.slider(label).locator("xpath=ancestor::*[@disabled]").wait_for(state="detached")


def wait_until(true, seconds=20):
    """For what comes in a moment, and for what passes by: ask for at least this, not for just this."""
    ends = time.time() + seconds
    while not true():
        assert time.time() < ends, "waited in vain"
        time.sleep(0.05)


@contextlib.contextmanager
def reader_of(browser, lab, dpr=1, width=1280, height=900):
    """A page that notes each console error and each request to another host; CALM lets none of these through."""
    window = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=dpr)
    reader = Reader(window.new_page(), lab)

    def note_other_hosts(request):
        if not request.url.startswith((lab.base, "data:", "blob:")):
            reader.faults.append(f"asked another host: {request.url[:100]}")

    reader.page.on("request", note_other_hosts)  # routes would turn the browser's cache off
    reader.page.on(
        "console",
        lambda message: reader.faults.append(message.text[:300]) if message.type == "error" else None,
    )
    reader.page.on("pageerror", lambda error: reader.faults.append(str(error)[:300]))
    try:
        yield reader
    finally:
        window.close()
