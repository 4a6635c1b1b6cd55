"""What `make lab` shows in the terminal: the address, how to stop, and errors. With ARGS=--debug everything is shown."""

import logging
import re


class TwoLines(logging.Filter):
    """Shorten the message with the address, and drop what isn't an error."""

    def filter(self, record):
        address = re.search(r"https?://\S+\s*$", record.getMessage())
        if record.levelno == logging.CRITICAL and address:
            print(f"The lessons are at {address[0].strip()}\nTo stop, press Ctrl-C twice.", flush=True)
            return False
        return record.levelno >= logging.ERROR


c.Application.logging_config = {  # noqa: F821  (c is given by Jupyter)
    "filters": {"two lines": {"()": TwoLines}},
    "handlers": {"console": {"filters": ["two lines"]}},
}
