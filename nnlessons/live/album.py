"""Many pictures of the same size in few bytes: a few are kept whole, and of each other one only what differs from one of these.

Of each color's 8 bits, 5 are kept. Nobody sees it, and it takes half the bytes. A coarse album keeps all pictures whole, with
the losses of a photo: that's smaller where nearly everything changes from state to state.
"""

import hashlib
from base64 import b64encode
from io import BytesIO

import numpy as np
from PIL import Image

__all__ = ["Album", "rounded"]
__dir__ = __all__.copy  # what Tab shows

FIVE_BITS, THREE_BITS = np.uint32(0xF8F8F8F8), np.uint32(0x07070707)  # the upper ones of each byte, and the lower ones
OPAQUE = np.uint32(
    0xFF000000
)  # a pixel is one number: red, green, blue and opacity, from its lowest byte to its highest
WHOLES = 12  # at most; there are as many in the page's memory
FAR = 0.05  # a picture that differs from all whole ones in a larger part of its pixels is kept whole, too
COARSE = 5  # every fifth pixel each way is enough to judge that
EXACT = {"lossless": True, "quality": 60, "method": 2}
PHOTO = {"quality": 45, "method": 4}


class Album:
    """Pictures as they're added: [base, left, top, WebP in base64]. Base -1: the whole picture. Otherwise it's painted over
    the picture `base` at (left, top); it's clear where the two are equal, and "" if they're equal everywhere.
    """

    def __init__(self, coarse=False):
        self.coarse = coarse
        self.pictures = []
        self.places = {}  # a picture's pixels, as a digest -> its index
        self.wholes = {}  # index -> pixels

    @property
    def size(self):
        """The length of all pictures in base64."""
        return sum(len(data) for *_, data in self.pictures)

    def add(self, pixels):
        """The index of this picture in the album; pixels: an array (height, width) of numbers, each four bytes."""
        pixels = rounded(pixels)
        digest = hashlib.sha256(pixels).digest() + bytes(str(pixels.shape), "ascii")
        if digest not in self.places:
            self.places[digest] = len(self.pictures)
            self.pictures.append(self.entry(pixels))
        return self.places[digest]

    def entry(self, pixels):
        """What is kept of a new picture."""
        if self.coarse:
            return [-1, 0, 0, webp(pixels, **PHOTO)]
        base, far = self.nearest(pixels)
        if base is None or (far > FAR and len(self.wholes) < WHOLES):
            self.wholes[len(self.pictures)] = pixels, few_of(pixels)
            return [-1, 0, 0, webp(pixels, **EXACT)]
        differs = pixels != self.wholes[base][0]
        rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
        if not len(rows):
            return [base, 0, 0, ""]
        part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        return [base, int(columns[0]), int(rows[0]), webp(np.where(differs[part], pixels[part], 0), **EXACT)]

    def nearest(self, pixels):
        """(index, part of the pixels that differ) of the whole picture nearest to this one; (None, 1) if there's none."""
        few = few_of(pixels)
        parts = {
            index: np.count_nonzero(few != others) / few.size
            for index, (whole, others) in self.wholes.items()
            if whole.shape == pixels.shape
        }
        best = min(parts, key=parts.get, default=None)
        return best, parts.get(best, 1)


def few_of(pixels):
    """Enough of a picture's pixels to see how far it is from another."""
    return np.ascontiguousarray(pixels[::COARSE, ::COARSE])


def rounded(pixels):
    """The pixels with 32 levels of each color, black and white among them, and all opaque."""
    upper = pixels & FIVE_BITS
    return upper | (upper >> np.uint32(5) & THREE_BITS) | OPAQUE


def webp(pixels, **looks):
    """A picture as WebP, in base64: the same bytes for the same picture. A pixel that is 0 is clear."""
    height, width = pixels.shape
    out = BytesIO()
    Image.frombuffer("RGBA", (width, height), np.ascontiguousarray(pixels), "raw", "RGBA", 0, 1).save(
        out, "WEBP", **looks
    )
    return b64encode(out.getvalue()).decode()
