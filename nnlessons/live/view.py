"""The widgets around a scene: controls above, the picture, and below it the same in words.

Core ipywidgets, and one small script that helps them. The page itself keeps one message under way and merges the positions in
between, so the newest wins and nothing piles up, as long as a callback never schedules more work.
"""

import html
from base64 import b64encode
from contextlib import contextmanager

import ipywidgets as w

from nnlessons.live import stopped
from nnlessons.live.arrangement import COLUMN, GAP, above, beside, wrapped
from nnlessons.live.calls import call
from nnlessons.live.clock import Clock
from nnlessons.live.control_style import CONTROL_STYLE
from nnlessons.live.controls import Mistyped
from nnlessons.live.page import close_previous_views
from nnlessons.live.page_helper import PageHelper
from nnlessons.live.picture import DENSITY, DRAWING, SAVED, Picture
from nnlessons.live.scene import Scene
from nnlessons.live.state_code import code_of
from nnlessons.live.widget_versions import live_view

__all__ = ["Still", "View", "show"]
__dir__ = __all__.copy  # what Tab shows

WORDS = {
    "plain text": "Interactive demo: {title}",
    "reset": "Reset",
    "reset tip": "Put every control back to its start",
    "failed": "The picture could not follow to {values}. {error}",
    "code": "To show this state again, copy this line into a cell",
    "stopped": "Stopped. Move a control or press play to go on.",
}
STYLE = """<style>
.nnlib-demo .widget-label, .nnlib-demo .widget-readout, .nnlib-demo .jupyter-button, .nnlib-demo .widget-label-basic,
.nnlib-demo select, .nnlib-demo input { font-size: 15px; }
.nnlib-demo .widget-label { min-width: 1.5em; text-align: right; }
.nnlib-demo .widget-toggle-buttons { display: flex; align-items: baseline; gap: 4px; }
.nnlib-demo .widget-toggle-buttons > .widget-label { flex: 0 0 auto; }
.nnlib-demo .nnlib-readout { font-size: 16px; line-height: 1.5; white-space: pre-line; font-variant-numeric: tabular-nums; }
.nnlib-steps .nnlib-readout { min-height: 3em; }
.nnlib-demo .nnlib-group { font-size: 15px; font-weight: 600; }
.nnlib-column .widget-toggle-buttons, .nnlib-column .widget-toggle-buttons > div { flex-wrap: wrap; row-gap: 0; }
.nnlib-column .widget-toggle-buttons .jupyter-button { padding: 0 7px; }
.nnlib-column .widget-box, .nnlib-column .widget-slider { min-width: 0; }
.nnlib-column .widget-readout { min-width: 3em; }
.nnlib-pointing .nnlib-picture { cursor: crosshair; touch-action: none; }
.nnlib-demo .nnlib-title { font-size: 17px; font-weight: 600; }
.nnlib-demo .nnlib-code { display: block; font-size: 13px; line-height: 18px; margin-bottom: -18px;
  opacity: 0.8; user-select: all; }
.nnlib-demo .nnlib-failure { margin-top: 20px; font-size: 15px; line-height: 1.5;
  border-left: 4px solid #D55E00; padding-left: 8px; }
</style>"""
TITLE = '<div class="nnlib-title" role="heading" aria-level="3">{}</div>'
READOUT = '<div class="nnlib-readout" role="status">{}</div>'  # the page's helper, if it's there, announces it instead
CODE = '<code class="nnlib-code" title="{tip}">{}</code>'
STILL_TEXT = '<div class="nnlib-readout">{}</div>'  # of a picture that never changes
STILL_IMAGE = (
    '<img src="data:image/png;base64,{png}" alt="{alt}" width="{width}" style="max-width: 100%; height: auto">'
)
FAILED = '<div class="nnlib-failure" role="alert">{}</div>'


def show(demo):
    """A new view as a MIME bundle: the live widget, a PNG of its start, and a line of plain text."""
    view = View(demo)
    close_previous_views("demo", demo.title, view.box)
    return view.bundle()


class View:
    """A scene with its widgets.

    Wanted values are in the widgets (`values`): what the reader has set. Shown values are in the scene (`scene.values`): what
    the picture was drawn for. A move takes the wanted values to the scene; `paint` brings the page up to what the scene shows.
    The two differ only while a move is under way and after one has failed, and that long an error message stays.
    """

    def __init__(self, demo):
        self.demo = demo
        self.scene = Scene(demo)
        self.quiet = False  # while we move controls, not the reader
        width, height = self.scene.picture.css_size
        self.controls = {name: control.widget(name) for name, control in demo.controls.items()}
        layout = w.Layout(max_width="100%", height="auto", object_fit="contain")
        self.image = w.Image(format="url", width=width, height=height, layout=layout)
        self.image.add_class("nnlib-picture")
        self.readout, self.failure = w.HTML(), w.HTML()
        if demo.start:
            self.readout.add_class(
                "nnlib-steps"
            )  # keeps room for two lines, so that nothing below jumps while it plays
        self.clock = Clock(self) if demo.start else None
        clock, picture = self.clock and self.clock.box, [self.image, self.readout, self.failure]
        if demo.groups:
            body, width = beside(demo.groups, self.controls, clock, picture, width), width + COLUMN + GAP
        else:
            body = above(self.controls, clock, picture)
        helper = PageHelper(pointing=bool(demo.pointer))
        helper.observe(lambda change: self.fit_screen(change["new"]), "density")
        helper.observe(lambda change: self.point(*change["new"]), "pointed")
        self.box = w.VBox(
            [*filter(None, [self.top_row(), self.preset_row()]), body, helper.out_of_sight()],
            layout=w.Layout(width=f"{width}px", max_width="100%", overflow="visible"),
        )
        self.box.add_class("nnlib-demo")
        if demo.pointer:
            self.box.add_class("nnlib-pointing")
        self.box.observe(lambda _: self.scene.picture.release(), "comm")  # when it's closed
        for name, control in self.controls.items():
            control.observe(lambda _, name=name: self.moved(name), "value")
        self.paint()

    def top_row(self):
        """The title and the reset button."""
        tip = WORDS["reset tip"]
        self.reset_button = w.Button(
            description=WORDS["reset"], tooltip=tip, layout=w.Layout(width="auto", flex="0 0 auto")
        )
        self.reset_button.add_class("nnlib-reset")
        self.reset_button.on_click(lambda _: self.reset())
        title = w.HTML(STYLE + CONTROL_STYLE + stopped.STYLE + TITLE.format(html.escape(self.demo.title)))
        return w.HBox(
            [title, self.reset_button], layout=w.Layout(justify_content="space-between", align_items="center")
        )

    def preset_row(self):
        """A button for each preset, or None."""
        self.presets = [w.Button(description=name, layout=w.Layout(width="auto")) for name in self.demo.presets]
        for button in self.presets:
            button.on_click(lambda button: self.set(self.demo.presets[button.description]))
        return wrapped(self.presets) if self.presets else None

    @property
    def values(self):
        """The wanted values: {control: value}."""
        return {name: control.value for name, control in self.controls.items()}

    def moved(self, name):
        """The reader has moved a control: put what it resets back to its start, and show the new values."""
        if not self.quiet:
            with self.quietly():
                for other in self.demo.controls[name].resets:
                    self.controls[other].value = self.demo.beginning[other]
            self.follow()

    def point(self, across, down):
        """The reader has pressed on the picture there, or dragged to there; both are fractions of the picture's sides."""
        with self.reporting_errors():
            self.put(self.scene.pointed(across, down))
            self.follow()

    def follow(self):
        """Show the wanted values."""
        with self.reporting_errors():
            self.scene.move(self.values)
            self.paint()

    def set(self, values):
        """Move some controls {name: value} at once, and restart."""
        if self.clock:
            self.clock.pause()
        with self.reporting_errors():
            self.put(values)
            self.scene.move(self.values, restart=True)
            self.paint()

    def put(self, values):
        """Put some controls {name: value} to the nearest values that are possible together, without showing them yet."""
        wanted = {**self.values, **values}
        with self.quietly():
            for name, value in values.items():
                control, widget = self.demo.controls[name], self.controls[name]
                control.fit(widget, wanted)
                widget.value = control.clamped(value, wanted)

    def reset(self):
        """Put every control back to its start."""
        self.set(self.demo.beginning)

    def paint(self):
        """Bring the page up to what the scene shows. An error message stays until picture and controls agree again."""
        self.send_picture()
        self.refresh_controls()
        self.refresh_clock()
        if self.scene.values == self.values:
            self.failure.value = ""

    def send_picture(self):
        """Send the picture, and the text that says the same."""
        with DRAWING:
            picture = self.scene.picture.jpeg_url()
        code = code_of(self.demo, self.scene.values, self.scene.timeline.step if self.clock else 0)
        self.image.value = picture
        self.readout.value = READOUT.format(html.escape(self.scene.text)) + CODE.format(
            html.escape(code), tip=WORDS["code"]
        )

    def fit_screen(self, density):
        """Send as many device pixels for each CSS pixel as the screen has: at least one, and no more than anyone sees."""
        density = min(max(density, 1), DENSITY)
        if density != self.scene.density:
            with self.reporting_errors():
                self.scene.set_density(density)
                self.send_picture()

    def refresh_controls(self):
        """Fit the controls' ranges to the shown values, and grey out those that have no effect now."""
        with self.quietly():
            for name, control in self.demo.controls.items():
                control.fit(self.controls[name], self.scene.values)
                if control.enabled:
                    self.controls[name].disabled = not call(control.enabled, self.scene.values)

    def refresh_clock(self):
        """Show the number of the step, in a demo that has states."""
        if self.clock:
            self.clock.show_step()

    @contextmanager
    def quietly(self):
        """Move controls without an answer: their callbacks do nothing meanwhile."""
        before, self.quiet = self.quiet, True
        try:
            yield
        finally:
            self.quiet = before

    @contextmanager
    def reporting_errors(self):
        """Show any exception below the picture, keep the old picture, and pause the clock."""
        try:
            with DRAWING:
                yield
        except Mistyped as mistake:
            self.fail(str(mistake))
        except Exception as error:
            values = ", ".join(f"{name} = {value}" for name, value in self.values.items())
            self.fail(WORDS["failed"].format(values=values, error=f"{type(error).__name__}: {error}"))
        except KeyboardInterrupt:  # the kernel's stop button
            self.fail(WORDS["stopped"])

    def fail(self, text):
        """Pause, and show an error message below the picture."""
        if self.clock:
            self.clock.pause()
        self.failure.value = FAILED.format(html.escape(text))

    def bundle(self):
        """What Jupyter shows and saves: (data by MIME type, metadata)."""
        text = WORDS["plain text"].format(title=self.demo.title)
        with DRAWING:
            png, size = self.scene.picture.png(SAVED), self.scene.picture.css_size
        return bundle(self.box, png, size, text, alt=described(self.demo.title, self.scene.text))


class Still:
    """A picture that never changes: its title above, and below it the same in words. The figure itself is not kept.

    figure: () -> (figure, parts)
    """

    def __init__(self, title, figure, text):
        with DRAWING:
            picture = Picture(*figure())
            self.png, self.saved, self.size = picture.png(), picture.png(SAVED), picture.css_size
        self.title, self.text = title, text

    @property
    def alt(self):
        """The picture's description for those who don't see it."""
        return described(self.title, self.text)

    @property
    def words(self):
        """The text below the picture, as HTML."""
        return STILL_TEXT.format(html.escape(self.text))

    def _repr_mimebundle_(self, include=None, exclude=None):
        width, _ = self.size
        image = STILL_IMAGE.format(png=b64encode(self.png).decode(), alt=html.escape(self.alt), width=width)
        content = w.HTML(STYLE + stopped.STYLE + TITLE.format(html.escape(self.title)) + image + self.words)
        content.layout.margin = "2px 0 2px 2px"
        box = w.VBox([content], layout=w.Layout(width=f"{width + 2}px", max_width="100%", overflow="visible"))
        box.add_class("nnlib-demo")
        close_previous_views("still", self.title, box)
        return bundle(box, self.saved, self.size, text=self.alt, alt=self.alt)


def described(title, words):
    """A picture's title and its words as one text."""
    return f"{title}{'' if title.endswith('?') else '.'} {words}"


def bundle(box, png, size, text, alt):
    """A MIME bundle: the live widget, a PNG for pages without a kernel, and a text that is the same at every run."""
    width, height = size
    data = {**live_view(box), "image/png": b64encode(png).decode(), "text/plain": text}
    return data, {"image/png": {"width": width, "height": height, "alt": alt}}
