"""Run every lesson on a fresh kernel and write it back with its outputs: the same bytes when nothing has changed.

    make notebooks                               all of them
    make notebooks ARGS=notebooks/01_*.ipynb     some
    make notebooks ARGS=--check                  write nothing; fail where a lesson would change

What changes from run to run is left out: the live widgets (a picture stands in for each), timestamps, Python's version.
So is what only the reader's own run can say: the outputs of a cell with nbval's tag for outputs that aren't compared.
"""

import argparse
import pathlib
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HOME = pathlib.Path(__file__).resolve().parent.parent
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LIVE = "application/vnd.jupyter.widget-view+json"
NOT_COMPARED = "nbval-ignore-output"  # whether this computer has what it needs, say
ONLY_COLAB = "colab"  # folded elsewhere


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("lessons", nargs="*", type=pathlib.Path)
    words.add_argument("--check", action="store_true")
    chosen = words.parse_args()
    changed = 0
    for path in chosen.lessons or sorted((HOME / "notebooks").rglob("[0-9]*.ipynb")):
        before = path.read_text(encoding="utf-8")
        after = rerun(path)
        changed += after != before
        print(f"{path.name}: {'changed' if after != before else 'the same'}", flush=True)
        if after != before and not chosen.check:
            path.write_text(after, encoding="utf-8")
    sys.exit(1 if chosen.check and changed else 0)


def rerun(path):
    """The text of a lesson's file after a run on a fresh kernel."""
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(book, timeout=120, kernel_name="python3", record_timing=False)
    try:
        client.execute(cwd=str(path.parent))
    except CellExecutionError as error:
        sys.exit(f"{path.name} stops: {error.ename}: {error.evalue}\nin the cell\n\n{error.traceback}")
    return tidy(book)


def tidy(book):
    book.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    count = 0
    for cell in book.cells:
        tags = cell.metadata.get("tags", [])
        folded = {"jupyter": {"source_hidden": True}} if ONLY_COLAB in tags else {}
        cell.metadata = nbformat.from_dict({"tags": tags, **folded} if tags else {})
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        cell.outputs = [] if NOT_COMPARED in tags else in_one_piece(cell.outputs)
        for output in cell.outputs:
            output.get("data", {}).pop(LIVE, None)
            if output.output_type == "execute_result":
                output.execution_count = count
    nbformat.validate(book)
    return nbformat.writes(book) + "\n"


def in_one_piece(outputs):
    """What a slow cell printed in several pieces, joined: where it was cut is chance."""
    joined = []
    for output in outputs:
        if joined and output.output_type == joined[-1].output_type == "stream" and output.name == joined[-1].name:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


if __name__ == "__main__":
    main()
