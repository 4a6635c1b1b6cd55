"""In the place of nnlessons/live/picture.py where there's no matplotlib: a figure is (width, height), a part an SVG template."""

import threading
from base64 import b64encode
from types import SimpleNamespace

DRAWING = threading.RLock()
DENSITY, SAVED, Part = 2, 1.25, object


class Picture:
    def __init__(self, figure, parts, density=DENSITY):
        self.css_size, self.parts, self.shown = figure, parts, {}
        self.canvas = SimpleNamespace(get_width_height=lambda: figure)

    def set_density(self, density):
        pass

    def move(self, patch):
        self.shown.update(patch)

    def svg(self):
        width, height = self.css_size
        drawn = "".join(self.parts[name].format(**values) for name, values in self.shown.items())
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{drawn}</svg>'.encode()

    def jpeg_url(self):
        return b"data:image/svg+xml;base64," + b64encode(self.svg())

    def png(self, density=DENSITY):
        return self.svg()

    def release(self):
        pass
