"""The lessons in JupyterLite, for tests: a site of its own, someone in front of it, and an engine that needs no NumPy.

npm has Pyodide's core, but not its compiled packages. So in these tests `picture.py` is another one, which draws SVG, and the
lesson is `small_lite_demos`. Everything else is what a reader gets.
"""

import contextlib
import functools
import hashlib
import http.server
import json
import os
import re
import shutil
import subprocess
import tarfile
import threading
import zipfile
from types import SimpleNamespace

import nbformat
import pytest
from conftest import PROJECT
from jupyter_page import Reader, wait_until
from lite import contents, edition, packages

CORE = ("pyodide@314.0.6", "d78ac549b28a2a58600cd06f44e017024151775f8c6b2d73fab1475400d38ea2")  # npm's name, sha256
NO_NPM = "no npm here, and so no Pyodide: the lessons weren't tried in JupyterLite"
LESSON = "notebooks/trial.ipynb"
STUB = (PROJECT / "tests" / "svg_picture.py").read_text(encoding="utf-8")
STORED = """async () => {
    const asked = request => new Promise(done => { request.onsuccess = () => done(request.result); });
    const all = (await indexedDB.databases()).map(one => one.name).filter(name => name.startsWith("JupyterLite Storage"));
    const database = await asked(indexedDB.open(all[0]));
    const files = database.objectStoreNames.contains("files");
    return files ? await asked(database.transaction("files").objectStore("files").getAll()) : [];
}"""
TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm", ".ipynb": "application/json"}


def pyodide_core():
    """The folder with Pyodide's core, from npm once."""
    folder = packages.DOWNLOADED / CORE[0]
    if not folder.exists():
        if not shutil.which("npm"):
            (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_NPM)
        unfinished = folder.with_name("unfinished core")
        unfinished.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", CORE[0]], cwd=unfinished, check=True, capture_output=True)
        (archive,) = unfinished.glob("*.tgz")
        assert hashlib.sha256(archive.read_bytes()).hexdigest() == CORE[1]
        with tarfile.open(archive) as files:
            files.extractall(unfinished, filter="data")
        (unfinished / "package").rename(folder)
        shutil.rmtree(unfinished)
    return folder


def stub_own_wheel(folder):
    """Give nnlib's wheel our `picture.py`, and take away the packages that need compiling."""
    (wheel,) = folder.glob("nnlib-*.whl")
    with zipfile.ZipFile(wheel) as old:
        files = {name: old.read(name) for name in old.namelist()}
    files["nnlessons/live/picture.py"] = STUB.encode()
    (about,) = [name for name in files if name.endswith(".dist-info/METADATA")]
    files[about] = re.sub(rb"Requires-Dist: (numpy|matplotlib|pillow)\b.*\n", b"", files[about])
    with zipfile.ZipFile(wheel, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)


def trial():
    """A small lesson, as it would be in notebooks/: its demos as saved in another kernel."""
    code = (
        (PROJECT / "tests" / "small_lite_demos.py").read_text(encoding="utf-8").partition("\n\n")[2].split("\n# ---\n")
    )
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source.strip()) for source in code])
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number}"
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    view = {"version_major": 2, "version_minor": 0, "model_id": "of another day"}
    data = {
        "application/vnd.jupyter.widget-view+json": view,
        "image/png": png,
        "text/plain": "Interactive demo: A ball",
    }
    about = {"image/png": {"width": 70, "height": 40, "alt": "A ball. It is at 1."}}
    book.cells[1].outputs = [nbformat.v4.new_output("execute_result", data, metadata=about, execution_count=2)]
    question = {
        "application/vnd.jupyter.widget-view+json": view,
        "text/html": "<p>Which way?</p>",
        "text/plain": "Prediction",
    }
    book.cells[-1].outputs = [nbformat.v4.new_output("execute_result", question, execution_count=5)]
    return book


def write_trial(out, book):
    """Write the small lesson as the site's files, in a version of its own."""
    book = contents.for_the_browser(json.loads(nbformat.writes(book)))
    (out / LESSON).write_text(json.dumps(book), encoding="utf-8")
    return {LESSON: book["metadata"]["nnlib"]["version"]}


def write_stub_edition(out):
    """The edition with Pyodide's core, and with the small lesson beside the others."""
    write_contents, write_own_wheel = edition.write_contents, packages.write_own_wheel

    def with_trial(folder):
        return {**write_contents(folder), **write_trial(folder, trial())}

    def with_stub(folder):
        write_own_wheel(folder)
        stub_own_wheel(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packages, "write_own_wheel", with_stub)
        patch.setattr(packages, "COMPILED", {**packages.COMPILED, "packages": {}})
        patch.setattr(edition, "write_contents", with_trial)
        edition.write_edition(out, pyodide_core())


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    """The address of a folder on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class LiteReader(Reader):
    """Someone in front of a lesson in JupyterLite."""

    def open(self, path):
        self.page.goto(f"{self.lab.base}/try/notebooks/index.html?path={path}")
        self.wait_for_cells()

    def wait_for_cells(self):
        self.page.locator(".jp-Cell").first.wait_for(timeout=60_000)
        self.idle()

    def idle(self):
        self.page.locator(".nnlib-python", has_text="ready").wait_for(timeout=90_000)

    def run_all(self, seconds=180):
        waiting = self.page.locator(".jp-InputPrompt", has_text="[*]")
        self.menu("Run", "Run All Cells")
        wait_until(waiting.count)
        wait_until(lambda: waiting.count() == 0, seconds=seconds)

    def said(self):
        """The notices at the foot of the page."""
        return self.page.locator(".nnlib-notice p").all_text_contents()

    def stored(self):
        """{path: notebook} of what the browser keeps."""
        return {model["path"]: model["content"] for model in self.page.evaluate(STORED)}

    def save(self):
        self.page.keyboard.press("Control+s")
        self.page.wait_for_timeout(500)


@contextlib.contextmanager
def lite_reader(browser, base, **more):
    """A page of a browser that has never been here."""
    window = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True, **more)
    reader = LiteReader(window.new_page(), SimpleNamespace(base=base))
    reader.page.on("request", lambda one: one.url.startswith((base, "data:", "blob:")) or reader.faults.append(one.url))
    reader.page.on("pageerror", lambda error: reader.faults.append(str(error)[:300]))
    try:
        yield reader
    finally:
        window.close()
