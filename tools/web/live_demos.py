"""The start picture of each live demo of a lesson, from the picture that its notebook has saved."""

import ast
import base64
import io
import pathlib
from typing import NamedTuple

import nbformat
from PIL import Image
from web.pictures import title_and_words, write_picture

HOME = pathlib.Path(__file__).resolve().parent.parent.parent
LIVE = "Interactive demo: "


class Figure(NamedTuple):
    """A demo on a page. Its start picture is the file baked/KEY.webp of the site."""

    key: str  # "00_neuron/zero_or_nine"
    title: str
    words: str  # below the picture, at the start
    size: tuple  # in CSS pixels


def figures(lesson, out):
    """{id of a cell: its Figure} for the live demos of a lesson, such as "00_neuron"; writes their files to out/baked."""
    found, names = {}, []
    for cell in nbformat.read(HOME / "notebooks" / f"{lesson}.ipynb", as_version=4).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if data.get("text/plain", "").startswith(LIVE):
                names.append(name := demo_name(cell.source))
                key = f"{lesson}/{name}" + (f"-{names.count(name)}" if names.count(name) > 1 else "")
                seen = output.metadata["image/png"]
                title, words = title_and_words(seen["alt"])
                picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
                write_picture(picture, out / "baked" / f"{key}.webp")
                found[cell.id] = Figure(key, title, words, (seen["width"], seen["height"]))
    return found


def demo_name(source):
    """zero_or_nine, from the code `demos.zero_or_nine` or `demos.zero_or_nine(...)`."""
    shown = ast.parse(source).body[-1].value
    return ast.unparse(shown.func if isinstance(shown, ast.Call) else shown).removeprefix("demos.")
