"""What Python loads in the browser: the lock that Pyodide reads, and the wheels beside it.

Pyodide loads a package when a cell imports it, if its lock names the package. So the lock names nnlib and all that it needs,
and no lesson needs a cell that installs anything. What is pure Python comes from the package index as wheels.lock says, hashes
included, and is served by our own site. Pyodide's core and its compiled packages come from its CDN, or from a copy of Pyodide.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from email.parser import BytesParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent
DOWNLOADED = HOME / ".lite"  # git-ignored
PYODIDE = "https://cdn.jsdelivr.net/pyodide/v314.0.6/full/"  # the one that goes with the kernel in wheels.lock
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
COMPILED = json.loads((HERE / "pyodide.json").read_text(encoding="utf-8"))  # from the lock of that Pyodide
KERNEL = "jupyterlite-pyodide-kernel"
IN_THE_PAGE = {
    "jupyterlab-widgets",
    "widgetsnbextension",
}  # halves of ipywidgets that the page has, and Python doesn't need
UNUSED = {"pytz"}  # Pyodide's lock says that matplotlib depends on it; matplotlib itself doesn't
PRELOADED = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "nnlib"]
BROWSER = {  # the environment for which a wheel's markers are read
    **{"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "platform_machine": "wasm32"},
    **{"implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""},
    "python_version": COMPILED["info"]["python"].rpartition(".")[0],
    "python_full_version": COMPILED["info"]["python"],
}
WORDS = {
    "download": "The packages for Python in the browser couldn't be downloaded:\n{words}\n  No network? The first `make site` "
    "needs it; later ones don't.",
    "incomplete": "{package} needs {name}, which tools/lite/wheels.in doesn't have.",
    "no pyodide": "PYODIDE: {folder} isn't a complete Pyodide: it has no {name}. tools/lite/README.md says how to get one.",
    "other pyodide": "PYODIDE: {folder} has another {name} than Pyodide 314.0.6, with which the lessons were tried.",
}


def wheels():
    """The wheels that wheels.lock names, and those that the kernel brings along."""
    pure = [wheel for wheel in downloaded().glob("*.whl") if not is_kernel(wheel)]
    return [*pure, *kernel_wheels(kernel_extension())]


def downloaded():
    """The folder with the wheels of wheels.lock, which are downloaded once."""
    lock = HERE / "wheels.lock"
    folder = DOWNLOADED / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    if not folder.exists():
        download(lock, folder)
    return folder


def download(lock, folder):
    """Fill a folder with the wheels of a lock, or leave none behind."""
    shutil.rmtree(DOWNLOADED, ignore_errors=True)  # of an older lock
    unfinished = folder.with_name("unfinished")
    pure = ["--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none"]
    version = ["--python-version", BROWSER["python_version"]]
    pip([*["download", "--no-deps", "--require-hashes", "-r", str(lock), "-d", str(unfinished)], *pure, *version])
    unfinished.rename(folder)


def write_own_wheel(folder):
    """nnlib and nnlessons as they are now."""
    pip(["wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(HOME)])


def pip(words):
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", *words],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(WORDS["download"].format(words="\n".join("    " + line for line in done.stderr.splitlines()[-6:])))


def is_kernel(wheel):
    return wheel.name.startswith(KERNEL.replace("-", "_"))


def kernel_extension():
    """The folder of the page's half of the kernel, unpacked from its wheel beside it.

    It isn't installed, because the JupyterLab of `make lab` would load it too, and fail.
    """
    unpacked = downloaded() / KERNEL
    if not unpacked.exists():
        (wheel,) = filter(is_kernel, downloaded().glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
    (found,) = unpacked.glob("*.data/data/share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
    return found


def kernel_wheels(extension):
    """The wheels that the kernel brings along, but for the older of two mocks."""
    return [
        path for path in sorted((extension / "static" / "pypi").glob("*.whl")) if "widgetsnbextension" not in path.name
    ]


def write_packages(out, pyodide=None):
    """Write the lock and the wheels into a new folder; with a copy of Pyodide, also its core and its compiled packages."""
    out.mkdir(parents=True)
    for wheel in wheels():
        shutil.copy(wheel, out)
    write_own_wheel(out)
    entries = {entry["name"]: entry for entry in map(entry_of, out.glob("*.whl"))}
    compiled = {name: dict(entry) for name, entry in COMPILED["packages"].items()}
    if pyodide:
        copy_pyodide(pyodide, out)
    else:
        for (
            entry
        ) in compiled.values():  # the lock's file names are below its own folder, unless they're whole addresses
            entry["file_name"] = PYODIDE + entry["file_name"]
    lock = {"info": COMPILED["info"], "packages": dict(sorted(complete(entries, compiled).items()))}
    (out / "pyodide-lock.json").write_text(json.dumps(lock, indent=1) + "\n", encoding="utf-8")


def entry_of(wheel):
    """What Pyodide's lock says about a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = [name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        about = BytesParser().parsebytes(archive.read(metadata))
    return {
        "name": canonicalize_name(about["Name"]),
        "version": about["Version"],
        "file_name": wheel.name,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "imports": imports(names),
        "depends": depends(about.get_all("Requires-Dist", [])),
    }


def imports(names):
    """The modules that one can import from the files of a wheel."""
    tops = {name.split("/")[0] for name in names if name.endswith(".py") and ".d" not in name.split("/")[0]}
    return sorted(top.removesuffix(".py") for top in tops)


def depends(requirements):
    """The packages that are needed in the browser, from the requirements in a wheel's metadata."""
    needed = [one for one in map(Requirement, requirements) if not one.marker or one.marker.evaluate(BROWSER)]
    return sorted({canonicalize_name(one.name) for one in needed} - IN_THE_PAGE)


def complete(entries, compiled):
    """All entries of the lock; each package that one of them needs is there."""
    every = {**entries, **compiled}
    for entry in every.values():
        entry["depends"] = [name for name in entry["depends"] if name not in UNUSED]
        entry.update(install_dir="site", package_type="package", unvendored_tests=False)
        for name in entry["depends"]:
            if name not in every:
                sys.exit(WORDS["incomplete"].format(package=entry["name"], name=name))
    return every


def copy_pyodide(pyodide, out):
    """Copy what the lessons need of Pyodide's files: the core, and the compiled packages, whose hashes are known."""
    expected = {entry["file_name"]: entry["sha256"] for entry in COMPILED["packages"].values()}
    for name in [*CORE, *expected]:
        if not (pyodide / name).is_file():
            sys.exit(WORDS["no pyodide"].format(folder=pyodide, name=name))
        content = (pyodide / name).read_bytes()
        if name in expected and hashlib.sha256(content).hexdigest() != expected[name]:
            sys.exit(WORDS["other pyodide"].format(folder=pyodide, name=name))
        (out / name).write_bytes(content)
