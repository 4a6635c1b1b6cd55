"""The widgets around a scene: controls above, the picture, and below it the same in words.

Core ipywidgets only, and no JavaScript of ours. The page itself keeps one message under way and merges the positions in
between, so the newest wins and nothing piles up, as long as a callback never schedules more work.
"""

import html
from base64 import b64encode

import ipywidgets as w

from nnlib.live.page import close_all, retire_older
from nnlib.live.picture import DRAWING
from nnlib.live.scene import Scene

WORDS = {
    "fixed line": "Interactive demo: {title}",
    "reset": "Reset",
    "reset tip": "Put every control back to its start",
    "failed": "The picture could not follow to {values}. {error}",
}
STYLE = """<style>
.nnlib-demo .widget-label, .nnlib-demo .widget-readout, .nnlib-demo .jupyter-button { font-size: 15px; }
.nnlib-demo .widget-label { min-width: 1.5em; text-align: right; }
.nnlib-demo .widget-toggle-buttons { display: flex; align-items: baseline; gap: 4px; }
.nnlib-demo .widget-toggle-buttons > .widget-label { flex: 0 0 auto; }
.nnlib-demo .nnlib-readout { font-size: 16px; line-height: 1.5; font-variant-numeric: tabular-nums; }
.nnlib-demo .nnlib-title { font-size: 17px; font-weight: 600; }
.nnlib-demo .nnlib-failure { font-size: 15px; border-left: 4px solid #D55E00; padding-left: 8px; }
</style>"""
TITLE = '<div class="nnlib-title">{}</div>'
READOUT = '<div class="nnlib-readout" role="status">{}</div>'
FAILED = '<div class="nnlib-failure" role="alert">{}</div>'


def show(demo):
    """A new view as a MIME bundle: the live widget, a PNG of its start, and one fixed line."""
    view = View(demo)
    retire_older(demo, view)
    return view.bundle()


class View:
    """A scene with its widgets. `values` may be set by hand; a control that moves calls `follow`."""

    def __init__(self, demo):
        self.demo = demo
        with DRAWING:
            self.scene = Scene(demo)
            width, height = self.scene.picture.css_size
            picture = self.scene.picture.jpeg()
        self.controls = {name: control.widget(name) for name, control in demo.controls.items()}
        self.reset_button = w.Button(
            description=WORDS["reset"], tooltip=WORDS["reset tip"], layout=w.Layout(width="auto", flex="0 0 auto")
        )
        self.image = w.Image(value=picture, format="jpeg", width=width, height=height)
        self.image.layout = w.Layout(max_width="100%", height="auto", object_fit="contain")
        self.image.add_class("nnlib-picture")
        self.readout = w.HTML(READOUT.format(html.escape(self.scene.text)))
        self.failure = w.HTML()
        top = w.HBox(
            [w.HTML(STYLE + TITLE.format(html.escape(demo.title))), self.reset_button],
            layout=w.Layout(justify_content="space-between", align_items="center"),
        )
        controls = w.Box(list(self.controls.values()), layout=w.Layout(flex_flow="row wrap"))
        self.box = w.VBox(
            [top, controls, self.image, self.readout, self.failure],
            layout=w.Layout(width=f"{width}px", max_width="100%", overflow="visible"),
        )
        self.box.add_class("nnlib-demo")
        self.moving = False
        for control in self.controls.values():
            control.observe(self.follow, "value")
        self.reset_button.on_click(self.reset)

    @property
    def values(self):
        return {name: control.value for name, control in self.controls.items()}

    def follow(self, _change=None):
        """Show what the controls say; an error goes under the figure, which stays as it was."""
        if self.moving:
            return
        values = self.values
        try:
            with DRAWING:
                self.scene.move(values)
                self.image.value = self.scene.picture.jpeg()
            self.readout.value = READOUT.format(html.escape(self.scene.text))
            self.failure.value = ""
        except Exception as error:
            told = ", ".join(f"{name} = {value}" for name, value in values.items())
            text = WORDS["failed"].format(values=told, error=f"{type(error).__name__}: {error}")
            self.failure.value = FAILED.format(html.escape(text))

    def reset(self, _button=None):
        """All controls back to their start, in one move."""
        self.moving = True
        try:
            for name, value in self.demo.start.items():
                self.controls[name].value = value
        finally:
            self.moving = False
        self.follow()

    def bundle(self):
        text = WORDS["fixed line"].format(title=self.demo.title)
        with DRAWING:
            png = b64encode(self.scene.picture.png()).decode()
            width, height = self.scene.picture.css_size
        alt = f"{self.demo.title}. {self.scene.text}"
        live = self.box._repr_mimebundle_()
        data = {**live, "image/png": png, "text/plain": text}
        return data, {"image/png": {"width": width, "height": height, "alt": alt}}

    def close(self):
        """Take the widgets out of the page and the kernel."""
        close_all(self.box)
