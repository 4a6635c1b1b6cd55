"""The index of all pages' words, in web/search/. It's a few small files that page.js loads from the site itself."""

import subprocess
import sys

LEFT_OUT = ".code, .printed, .help, .way, .answers-on-paper"  # code would come before the pages that explain a word
UNUSED = "pagefind*ui*", "pagefind-highlight.js"  # boxes for search that we don't show: ours is in page.html


def write_index(out):
    """Read all pages of a site and write their index, with Pagefind."""
    command = [sys.executable, "-m", "pagefind", "--quiet", "--site", out, "--output-subdir", "web/search"]
    command += ["--exclude-selectors", LEFT_OUT]
    subprocess.run(command, check=True)
    for name in UNUSED:
        for path in (out / "web" / "search").glob(name):
            path.unlink()
