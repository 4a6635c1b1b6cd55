"""What a readout says, by its numbers, formulas and key words: its sentences may be reworded."""

import re


def shows(demo, wanted):
    """Whether the readout has this number, formula or word, and not only as a part of a longer number."""
    return re.search(rf"(?<![\d.−]){re.escape(wanted)}(?!\.?\d)", demo.text()) is not None


def wait_for(demo, *wanted):
    """Wait until the readout shows all of these at once."""
    for _ in range(300):
        if all(shows(demo, each) for each in wanted):
            return
        demo.reader.page.wait_for_timeout(50)
    raise AssertionError(f"waited for {wanted}, but it says {demo.text()!r}, {demo.failure()}")
