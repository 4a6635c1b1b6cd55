"""The pages of docs/, from their Markdown."""

import pathlib

from web.mathml import markdown

HOME = pathlib.Path(__file__).resolve().parent.parent.parent


def documents():
    return sorted((HOME / "docs").glob("*.md"))


def document_body(path):
    return markdown(path.read_text(encoding="utf-8"))
