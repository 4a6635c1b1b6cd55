"""Write the project's public addresses, the lines `Repository` and `Homepage` in pyproject.toml, wherever a reader needs them.

    make address

Repository: each lesson gets a link that opens it in Colab, and a first cell that installs the packages there and does nothing
elsewhere. README.md says how to get the project, and CITATION.cff where it is. Homepage is where the web edition is published:
README.md begins with a link to it. As long as pyproject.toml has no address, none of this is there: taking an address out
again leaves every file as it was before, to the byte.
"""

import pathlib
import re
import sys
import tomllib

import nbformat
from run_notebooks import ONLY_COLAB, tidy

HOME = pathlib.Path(__file__).resolve().parent.parent
WORDS = {
    "wrong": "Repository in pyproject.toml should look like https://github.com/OWNER/NAME, and it is {address}.",
    "wrong page": "Homepage in pyproject.toml should look like https://OWNER.github.io/NAME/, with the slash at its end, and it "
    "is {address}.",
}
BADGE = "\n[Open in Colab](https://colab.research.google.com/github/{owner}/{name}/blob/main/notebooks/{lesson})"
INSTALL = """# Colab only: install what this lesson uses. Anywhere else, this cell does nothing.
import sys

if "google.colab" in sys.modules:
    %pip install --quiet git+{address}"""
READ_HERE = "\nOpen the lessons in your browser: {homepage}"
LINES = {  # file -> [(what the line comes before, the line)]
    "README.md": [
        ("make lab ", "git clone {address} && cd {name}"),
        ("| Binder |", "| Colab | *Open in Colab*, at the top of each lesson | no |"),
    ],
    "CITATION.cff": [("version: ", "repository-code: {address}")],
}


def main():
    urls = tomllib.loads(read(HOME / "pyproject.toml"))["project"].get("urls", {})
    address, homepage = urls.get("Repository", ""), urls.get("Homepage", "")
    parts = re.fullmatch(r"(?P<address>https://github\.com/(?P<owner>[\w-]+)/(?P<name>[\w.-]+)(?<!\.git))", address)
    if address and not parts:
        sys.exit(WORDS["wrong"].format(address=address))
    if homepage and not re.fullmatch(r"https://[\w.-]+/([\w.-]+/)*", homepage):
        sys.exit(WORDS["wrong page"].format(address=homepage))
    values = parts and parts.groupdict()
    for path in sorted((HOME / "notebooks").glob("[0-9]*.ipynb")):
        write(path, lesson(path, values))
    for name, lines in LINES.items():
        text = read(HOME / name)
        for before, line in lines:
            text = placed(text, before, line, values)
        if name == "README.md":
            text = placed(text, "", READ_HERE, homepage and {"homepage": homepage})
        write(HOME / name, text)


def lesson(path, values):
    """The text of a lesson's file with the link and the cell for Colab, or without them if there are no values."""
    book = nbformat.read(path, as_version=4)
    title, *others = (cell for cell in book.cells if ONLY_COLAB not in cell.metadata.get("tags", []))
    title.source = placed(title.source, "", BADGE, values and {**values, "lesson": path.name})
    book.cells = [title, *others]
    if values:
        install = nbformat.v4.new_code_cell(INSTALL.format(**values), id="colab", metadata={"tags": [ONLY_COLAB]})
        book.cells.insert(1, install)
    return tidy(book)


def placed(text, before, line, values):
    """A text with this line directly before the first one that begins so, or without it if there are no values."""
    with_any_values = r"\S+".join(map(re.escape, re.split(r"\{\w+\}", line)))
    text = re.sub(f"^{with_any_values}\n", "", text, flags=re.M)
    return text.replace(f"\n{before}", f"\n{line.format(**values)}\n{before}", 1) if values else text


def read(path):
    return path.read_text(encoding="utf-8")


def write(path, text):
    if text != read(path):
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(HOME))


if __name__ == "__main__":
    main()
