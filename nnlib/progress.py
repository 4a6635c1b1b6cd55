"""A bar that tells how far a long run is, for someone who is watching, and that leaves nothing behind."""

import sys
from contextlib import contextmanager

WIDTH = 60  # characters


@contextmanager
def progress_bar(steps, wanted=True):
    """A function to call after each step. The bar is there while somebody can see it, and gone in the end."""
    if not (wanted and watched()):
        yield lambda: None
        return
    from tqdm import tqdm  # here, so that `import nnlib` needs numpy alone

    try:
        with tqdm(total=steps, leave=False, ncols=WIDTH, file=sys.stdout, unit="step") as bar:
            yield bar.update
    finally:
        sys.stdout.write(" " * WIDTH + "\b" * WIDTH)  # a notebook would save even blanks; this takes them back


def watched():
    """Whether this runs in a terminal, or in a notebook that is open in a page; not where a program runs a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if hasattr(shell, "get_parent"):  # a kernel; a page tells which cell it runs
        return "cellId" in shell.get_parent().get("metadata", {})
    return sys.stdout.isatty()
