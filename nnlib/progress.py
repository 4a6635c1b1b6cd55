"""A progress bar for training, shown only in an interactive session and removed at the end."""

import sys
from contextlib import contextmanager

__all__ = ["progress_bar"]
__dir__ = __all__.copy  # what Tab shows after `progress.`

WIDTH = 60  # characters


@contextmanager
def progress_bar(steps, wanted=True):
    """A function to call after each of `steps` steps. It moves a bar, if that is wanted and someone can see it."""
    if not (wanted and interactive()):
        yield lambda: None
        return
    from tqdm import tqdm  # here, so that `import nnlib` needs numpy alone

    class Bar(tqdm):
        monitor_interval = 0  # no thread that watches the bar: a browser has none, and the bar moves without

    try:
        with Bar(total=steps, leave=False, ncols=WIDTH, file=sys.stdout, unit="step") as bar:
            yield bar.update
    finally:
        sys.stdout.write(" " * WIDTH + "\b" * WIDTH)  # a notebook would save even blanks; this takes them back


def interactive():
    """Whether this runs in a terminal, or in a notebook that is open in a page rather than run by a program."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    kernel = shell if hasattr(shell, "get_parent") else getattr(shell, "kernel", None)  # JupyterLite's shell has none
    if kernel:  # a page sends the cell's id with each request
        return "cellId" in kernel.get_parent().get("metadata", {})
    return sys.stdout.isatty()
