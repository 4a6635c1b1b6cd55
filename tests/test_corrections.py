"""The page of corrections: every row names a test that is there."""

import re

from conftest import PROJECT


def test_every_row_names_a_test_that_exists():
    rows = re.findall(r"^\| (C\d+) \|.*`(test_\w+)` \|$", (PROJECT / "docs" / "corrections.md").read_text(), re.M)
    assert rows
    tests = "\n".join(path.read_text() for path in (PROJECT / "tests").glob("test_*.py"))
    for row, name in rows:
        assert name.startswith(f"test_{row.lower()}_") and f"def {name}(" in tests, name
