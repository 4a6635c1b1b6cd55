"""Play an endless demo in a real browser for ten minutes, and watch the memory of the kernel that draws it.

make soak                       ten minutes
make soak ARGS="--minutes 2"    a shorter look
"""

import argparse
import pathlib
import sys
import tempfile
import time

import psutil
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

from jupyter_page import CALM, browser_path, reader_of, running_lab

ALLOWED = 20  # MiB above the end of the first minute


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--minutes", type=float, default=10)
    minutes = words.parse_args().minutes
    if not minutes >= 2:  # so that NaN is refused too
        words.error(f"--minutes {minutes:g}: at least 2, since growth is counted from the end of the first minute")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=CALM)
        with running_lab(pathlib.Path(folder)) as lab, reader_of(browser, lab) as reader:
            grown = soak(reader, minutes)
            if reader.faults:
                sys.exit(f"faults on the page: {reader.faults[:3]}")
    if grown > ALLOWED:
        sys.exit(f"grown by {grown:.1f} MiB after the first minute; {ALLOWED} are allowed")


def soak(reader, minutes):
    """The most MiB that the kernel has grown by since the end of the first minute."""
    reader.write_and_open("import small_demos, os\nprint(os.getpid())", "small_demos.endless")
    kernel = psutil.Process(int(reader.page.locator(".jp-CodeCell").first.locator("pre").last.text_content()))
    demo = reader.demo("Without an end")
    demo.box.locator("select").select_option(label="50")
    demo.start()
    began, first, most = time.time(), None, 0.0
    while (passed := time.time() - began) < 60 * minutes:
        reader.page.wait_for_timeout(10_000)
        size = kernel.memory_info().rss / 2**20
        if passed >= 50 and first is None:
            first = size
        most = max(most, size - first) if first else 0.0
        print(f"{passed + 10:5.0f} s   step {demo.step():6}   {size:6.1f} MiB", flush=True)
        assert not demo.failure()
    demo.pause()
    return most


if __name__ == "__main__":
    main()
