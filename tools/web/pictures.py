"""Pictures of a lesson that nothing moves, and what a saved picture's description says."""

import base64
import html
import io
import re

from PIL import Image

STILL = """<figure class="still">
<img src="{source}" width="{width}" height="{height}" alt="Picture: {title}" loading="lazy">
<figcaption>{words}</figcaption>
</figure>
"""


def title_and_words(description):
    """A description such as "0 or 9? 30 of 60 misread." as its title and the words below the picture."""
    title, _, words = re.sub(r"(?<=[.?]) ", "\n", description, count=1).partition("\n")
    return title.removesuffix("."), words


def still(output, address, out):
    """A saved picture as HTML for a page two levels below the first; writes it to out/address.webp."""
    seen = output.metadata["image/png"]
    title, words = title_and_words(seen["alt"])
    write_picture(Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))), out / f"{address}.webp")
    size = {"width": seen["width"], "height": seen["height"]}
    return STILL.format(source=f"../{address}.webp", title=html.escape(title), words=html.escape(words), **size)


def write_picture(picture, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").save(path, lossless=True)
