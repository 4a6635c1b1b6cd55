"""What several tests need: where the project stands, and a browser."""

import os
import pathlib
import sys

# Before NumPy is there: each worker and each kernel has a core, no more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from nbval.plugin import IPyNbCell
from xdist.scheduler import LoadScopeScheduling

PROJECT = pathlib.Path(__file__).resolve().parent.parent
os.environ["IPYTHONDIR"] = str(PROJECT / ".lab" / "ipython")  # a lesson's kernel runs no startup files of yours
os.makedirs(os.environ["IPYTHONDIR"], exist_ok=True)  # without it IPython warns, and goes elsewhere
sys.path[:0] = [str(PROJECT / "tests"), str(PROJECT / "tools")]

from jupyter_page import CALM, browser_path  # noqa: E402

NO_BROWSER = "no Chromium or Chrome here: JupyterLab was not tried in a browser (BROWSER_PATH=... names one)"


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; in CI it must be there."""
    from playwright.sync_api import sync_playwright

    path = browser_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=CALM)


# -- what a cell of a lesson must do beyond nbval's one run ------------------------------------------------------------

ALONE = """
import sys

def refuse(event, details):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise OSError(f"a lesson asks for the network: {details}")

sys.addaudithook(refuse)
"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    done = yield
    if isinstance(item, IPyNbCell) and item.cell_num == 0:
        kernel = item.parent.kernel
        kernel.await_idle(kernel.execute_cell_input(ALONE), timeout=20)
    return done


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """A reader runs a cell again: the same comes out."""
    done = yield
    if isinstance(item, IPyNbCell) and item.path.parent.name != "solutions":
        item.runtest()
    return done


# -- how the tests are handed out to the workers ----------------------------------------------------------------------

LONG = (
    "test_browser.py",
    "test_browser_engine.py",
    "test_notebook_7.py",
    "test_exercises.py",
    "test_pages.py",
    "test_pages_in_browser.py",
    "test_notebooks.py",
    "test_picture.py",
    "test_make.py",
    "test_demos.py",
)
BY_CASE = "test_demos.py"  # the tests of a demo share its pictures
TOGETHER = ("site/test_pages", "site/test_lite_files")  # they look at the same site, which takes a while to make


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes long comes first: begun last, it would keep one worker busy and the others idle."""
    rank = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.name, len(LONG)))


def pytest_xdist_make_scheduler(config, log):
    return ByGroup(config, log)


class ByGroup(LoadScopeScheduling):
    """A file stays on one worker, except that the cases of one go each where there is room, and two stay together."""

    def _split_scope(self, nodeid):
        path, _, name = nodeid.partition("::")
        if any(name in path for name in TOGETHER):
            return TOGETHER[0]
        return f"{path}[{name.partition('[')[2]}" if path.endswith(BY_CASE) else path


def pytest_terminal_summary(terminalreporter):
    if any(NO_BROWSER in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.section("left out", sep="!", red=True, bold=True)
        terminalreporter.write_line(NO_BROWSER)
