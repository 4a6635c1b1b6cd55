"""The memory of a process in MiB. Pages that several share count for each by its part (PSS), where the system tells them."""

import psutil


def measure():
    """What `mebibytes` counts here."""
    return "PSS" if hasattr(psutil.Process().memory_full_info(), "pss") else "RSS"


def mebibytes(process):
    info = process.memory_full_info()
    return getattr(info, "pss", info.rss) / 2**20
