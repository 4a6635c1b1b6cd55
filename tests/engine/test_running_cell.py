"""Which cell is running: JupyterLab's shell knows it, JupyterLite's asks its kernel, and a terminal's doesn't know."""

from types import SimpleNamespace

import IPython
import pytest

from nnlessons.live.page import current_cell
from nnlib import progress

PARENT = {"metadata": {"cellId": "cell"}, "header": {"msg_id": "run"}}
ASKED = SimpleNamespace(get_parent=lambda: PARENT)


@pytest.mark.parametrize("shell", [ASKED, SimpleNamespace(kernel=ASKED)], ids=["JupyterLab", "JupyterLite"])
def test_a_page_names_the_running_cell(monkeypatch, shell):
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    assert current_cell() == ("cell", "run")
    assert progress.interactive()


def test_a_terminal_has_no_cells(monkeypatch):
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=None))
    monkeypatch.setattr(progress.sys, "stdout", SimpleNamespace(isatty=lambda: False))
    assert current_cell() == (None, None)
    assert not progress.interactive()
