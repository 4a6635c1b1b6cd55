"""What a page shows for a demo's baked states, worked out as the page does it."""

import io
from base64 import b64decode

import numpy as np
from PIL import Image


def decoded(webp):
    """A picture in base64 as an array (height, width, 4) of bytes."""
    return np.asarray(Image.open(io.BytesIO(b64decode(webp))).convert("RGBA"))


def picture_of(pictures, index):
    """What is seen of a picture of an album: (height, width, 3) bytes."""
    base, left, top, webp = pictures[index]
    if base < 0:
        return decoded(webp)[..., :3].copy()
    below = picture_of(pictures, base)
    if webp:
        over = decoded(webp)
        place = below[top : top + len(over), left : left + over.shape[1]]
        place[over[..., 3] > 0] = over[over[..., 3] > 0][:, :3]
    return below
