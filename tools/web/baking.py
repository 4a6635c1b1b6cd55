"""Bake the states of every live demo that the lessons show: on all cores, and only those whose code has changed.

What a demo's states depend on is the code of all our modules that its lesson's demos use, their data, and the releases of
numpy, matplotlib and pillow; for a demo that a cell makes, such as `demos.shift(net, x_test, t_test)`, also the code of the
cells before it, which are run for it. Everything that was baked is kept under a digest of these.
"""

import ast
import contextlib
import functools
import hashlib
import importlib
import io
import json
import multiprocessing
import os
import pathlib
import platform
from base64 import b64decode
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.metadata import version

import nbformat
from tqdm import tqdm

HOME = pathlib.Path(__file__).resolve().parent.parent.parent
KEPT = HOME / ".baked"
CALL = "nnlibBaked({key}, {states});\n"
WORDS = {"baking": "demos"}


def bake_all(cells, out, first=(), kept=KEPT):
    """Write out/baked/KEY.js and KEY.webp, the start picture, for each of {key: (lesson, id of the cell)}.

    first  the keys of those that come first on a page, and should be there soon
    kept   the folder for what was baked before: what isn't among these cells is removed from it
    """
    kept.mkdir(exist_ok=True)
    digests = {key: digest(*cell, key in first) for key, cell in cells.items()}
    missing = [
        key for key in reversed(cells) if not (kept / f"{digests[key]}.json").exists()
    ]  # the last lesson takes longest
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        jobs = [pool.submit(bake_one, *cells[key], key in first, kept / f"{digests[key]}.json") for key in missing]
        try:
            for job in tqdm(as_completed(jobs), WORDS["baking"], total=len(jobs), disable=not jobs):
                job.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)  # else it would bake all the others first
            raise
    for key, each in digests.items():
        write(key, (kept / f"{each}.json").read_text(encoding="utf-8"), out / "baked")
    for old in {*kept.glob("*.json")} - {kept / f"{each}.json" for each in digests.values()}:
        old.unlink()


def write(key, states, folder):
    """The two files of one demo."""
    page = folder / f"{key}.js"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(CALL.format(key=json.dumps(key), states=states), encoding="utf-8")
    *_, first = json.loads(states)["pictures"][0]
    page.with_suffix(".webp").write_bytes(b64decode(first))


def read(page):
    """The states in a file that `write` has written."""
    return json.loads(page.read_text(encoding="utf-8").partition(", ")[2].removesuffix(");\n"))


def size(out, key):
    """Width and height of a demo's pictures in CSS pixels."""
    return tuple(read(out / "baked" / f"{key}.js")["size"])


def bake_one(lesson, cell, first, file):
    """Bake the demo that a cell of a lesson shows, into a file."""
    from nnlessons.live.bake import bake

    demo, code = demo_of(lesson, cell)
    states = json.dumps(bake(demo, code, first), ensure_ascii=False, separators=(",", ":"))
    part = file.with_suffix(f".{os.getpid()}")
    part.write_text(states, encoding="utf-8")
    part.replace(file)


def demo_of(lesson, cell):
    """(the demo that a cell shows, the code that shows it)."""
    source = next(each.source for each in code_cells(lesson) if each.id == cell)
    code = ast.unparse(ast.parse(source).body[-1])
    if is_call(lesson, cell):
        return results(lesson)[cell], code
    return getattr(demos_of(lesson), code.removeprefix("demos.")), code


def is_call(lesson, cell):
    """Whether a cell makes its demo from what the cells before it have worked out."""
    source = next(each.source for each in code_cells(lesson) if each.id == cell)
    return isinstance(ast.parse(source).body[-1].value, ast.Call)


@functools.cache
def results(lesson):
    """{id of a cell: the value of its last line, if that is an expression} after running a lesson from the top."""
    names, found = {"__name__": "__main__"}, {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in code_cells(lesson):
            tree = ast.parse(cell.source)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, cell.id, "exec"), names)
            if last:
                found[cell.id] = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
    return found


def demos_of(lesson):
    """The module `demos` of a lesson such as "00_neuron"."""
    return importlib.import_module(f"nnlessons.{lesson.partition('_')[2]}.demos")


@functools.cache
def code_cells(lesson):
    cells = nbformat.read(HOME / "notebooks" / f"{lesson}.ipynb", as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code" and "colab" not in cell.metadata.get("tags", [])]


def digest(lesson, cell, first=False):
    """A text that changes whenever a demo's states might."""
    parts = [
        str(first),
        platform.python_version(),
        *(f"{name} {version(name)}" for name in ("numpy", "matplotlib", "pillow")),
    ]
    parts += [(HOME / path).read_bytes() for path in used_by(lesson)]
    source = [each.source for each in code_cells(lesson)]
    upto = [each.id for each in code_cells(lesson)].index(cell)
    parts += source[: upto + 1] if is_call(lesson, cell) else source[upto : upto + 1]
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        whole.update(len(data).to_bytes(8) + data)
    return whole.hexdigest()


@functools.cache
def used_by(lesson):
    """The files of our packages that a lesson's demos use, by what their code imports, and our data."""
    found, waiting = set(), [f"nnlessons.{lesson.partition('_')[2]}.demos", "nnlessons.live.bake"]
    while waiting:
        path = file_of(waiting.pop())
        if path and path not in found:
            found.add(path)
            waiting += imported_by(path)
    data = [
        each for name in ("nnlib", "nnlessons") for each in (HOME / name).rglob("*") if each.suffix in {".npz", ".gz"}
    ]
    return sorted(path.relative_to(HOME) for path in [*found, *data])


def file_of(module):
    """The file of one of our modules, or None."""
    path = HOME.joinpath(*module.split("."))
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None)


def imported_by(path):
    """The names of our modules that a file may import. `from a import b` may mean the module a.b, so both are named."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        elif isinstance(node, ast.Import):
            names += [each.name for each in node.names]
    return [name for name in names if name.split(".")[0] in ("nnlib", "nnlessons")]
