"""What several tests need: where the project stands, and a browser."""

import os
import pathlib
import sys

import pytest

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


def pytest_terminal_summary(terminalreporter):
    if any(NO_BROWSER in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.section("left out", sep="!", red=True, bold=True)
        terminalreporter.write_line(NO_BROWSER)
