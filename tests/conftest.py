"""What several tests need: where the project stands, and a browser."""

import os
import pathlib
import sys

import pytest
from xdist.scheduler import LoadScopeScheduling

PROJECT = pathlib.Path(__file__).resolve().parent.parent
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


# -- how the tests are handed out to the workers ----------------------------------------------------------------------

BY_CASE = ("test_browser.py", "test_demos.py")  # the tests of a theme share a server, those of a demo its pictures
FIRST = (  # what takes long: begun last, it would keep one worker busy and the others idle
    "test_browser.py[light",  # browser tests in turn with others: two browsers at once are in each other's way
    "test_exercises.py",
    "test_browser.py[dark",
    "test_static_edition.py",
    "test_browser_engine.py",
    "test_notebooks.py",
    "test_browser.py[",
    "test_picture.py",
    "test_tools.py",
    "test_demos.py",
)


def group_of(nodeid):
    """What stays on one worker: a file, or a case of a file that is handed out by its cases."""
    path, _, name = nodeid.removeprefix("tests/").partition("::")
    return f"{path}[{name.partition('[')[2]}" if path in BY_CASE else path


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    def turn(item):
        group = group_of(item.nodeid)
        return next((place for place, first in enumerate(FIRST) if group.startswith(first)), len(FIRST))

    items.sort(key=turn)


def pytest_xdist_make_scheduler(config, log):
    return Groups(config, log)


class Groups(LoadScopeScheduling):
    def _split_scope(self, nodeid):
        return group_of(nodeid)


def pytest_terminal_summary(terminalreporter):
    if any(NO_BROWSER in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.section("left out", sep="!", red=True, bold=True)
        terminalreporter.write_line(NO_BROWSER)
