"""The lessons as notebooks that run in the browser, try/ in the site: JupyterLite with the lessons and both packages in it."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lite.contents import write_contents
from lite.packages import HOME, PRELOADED, PYODIDE, kernel_extension, write_packages

HERE = Path(__file__).resolve().parent
PACKAGES = "static/pyodide"  # in the edition: the lock, the wheels, and Pyodide if it's our own copy
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
APPS = ("notebooks", "lab", "tree", "edit")  # one lesson alone, which our links open; and where its menus lead
NOT_LOADED = [
    "@jupyterlite/application-extension:service-worker-manager"
]  # Python would ask the page for files at each import
SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10}
}  # seconds; a closed page keeps nothing else
FIRST_PAGE = """<!DOCTYPE html>
<meta http-equiv="refresh" content="0; url=../index.html#lessons">
<title>The lessons</title>
<script id="jupyter-config-data" type="application/json">{}</script>
"""  # JupyterLite's other pages look for such a script here
WORDS = {"failed": "JupyterLite couldn't be built:\n{words}"}


def write_edition(out, pyodide=None):
    """Build the edition in a new folder. pyodide: a copy of Pyodide to take along, so that no other host is asked."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        versions = write_contents(source / "contents")
        write_packages(source / PACKAGES, pyodide)
        write_settings(source, versions, pyodide)
        build(source, out)
        shutil.copytree(source / PACKAGES, out / PACKAGES)
    (out / "index.html").write_text(FIRST_PAGE, encoding="utf-8")


def write_settings(source, versions, pyodide):
    """Write how JupyterLab is set, and what the kernel loads."""
    settings = json.loads((HOME / "tools" / "jupyter" / "overrides.json").read_text(encoding="utf-8"))
    (source / "overrides.json").write_text(json.dumps({**settings, **SETTINGS}, indent=1), encoding="utf-8")
    kernel = {
        "pyodideUrl": f"./{PACKAGES}/pyodide.mjs" if pyodide else f"{PYODIDE}pyodide.mjs",
        "disablePyPIFallback": True,  # `%pip install` asks no index
        "loadPyodideOptions": {"lockFileURL": f"./{PACKAGES}/pyodide-lock.json", "packages": PRELOADED},
    }
    page = {"appName": "Neural networks, one picture at a time", "litePluginSettings": {KERNEL: kernel}}
    page["disabledExtensions"] = NOT_LOADED
    page["nnlibVersions"] = json.dumps(versions)  # of the notebooks, for our extension
    config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": page}
    (source / "jupyter-lite.json").write_text(json.dumps(config, indent=1), encoding="utf-8")


def build(source, out):
    """Let JupyterLite write its pages, with the extensions that the lessons need and no others."""
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    extensions = [installed / "@jupyter-widgets" / "jupyterlab-manager", installed / "anywidget", kernel_extension()]
    words = [f"--LiteBuildConfig.federated_extensions={path}" for path in [*extensions, HERE / "extension"]]
    words += [word for app in APPS for word in ("--apps", app)]
    words += ["--ignore-sys-prefix", "--no-sourcemaps", "--no-unused-shared-packages", "--contents", "contents"]
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(source), "--output-dir", str(out)]
    done = subprocess.run([*command, *words], cwd=source, capture_output=True, text=True)
    if done.returncode:
        sys.exit(WORDS["failed"].format(words="\n".join((done.stdout + done.stderr).splitlines()[-20:])))
