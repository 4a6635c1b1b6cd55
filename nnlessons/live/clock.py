"""The clock of a demo that has states. It is `widgets.Play`: its ticks come from the page, so a closed lesson stops by itself.

Under load the page leaves ticks out. Each tick that arrives is one step, whatever its number, so no state is left out.
A tick that arrives after the kernel has paused the clock was sent too early to know of it, and is ignored.
"""

import ipywidgets as w

from nnlessons.live.widget_versions import Play, named

__all__ = ["Clock"]
__dir__ = __all__.copy  # what Tab shows

WORDS = {
    "back": "\N{BLACK LEFT-POINTING TRIANGLE} step",
    "back tip": "One step back",
    "on": "step \N{BLACK RIGHT-POINTING TRIANGLE}",
    "on tip": "One step on",
    "speed": "steps a second",
    "step": "step {step}",
    "end": "step {step}, the last",
}
SPEEDS = {"1": 1000, "5": 200, "20": 50, "50": 20}  # steps a second -> milliseconds for each
USUAL_SPEED = 50


class Clock:
    """Play, pause, one step on, one step back, speed, and the number of the step that is shown.

    The clock steps the view's scene and lets the view paint; the view pauses the clock and shows its step.
    """

    def __init__(self, view):
        self.view = view
        self.play = Play(min=0, max=10**9, interval=USUAL_SPEED, show_repeat=False)
        self.back = w.Button(description=WORDS["back"], tooltip=WORDS["back tip"], layout=w.Layout(width="auto"))
        self.on = w.Button(description=WORDS["on"], tooltip=WORDS["on tip"], layout=w.Layout(width="auto"))
        self.speed = w.Dropdown(
            options=list(SPEEDS.items()), value=USUAL_SPEED, description=WORDS["speed"], **named(WORDS["speed"])
        )
        self.speed.style.description_width, self.speed.layout.width = "initial", "auto"
        self.count = w.Label()
        row = w.Layout(align_items="center", flex_flow="row wrap", grid_gap="4px")
        self.box = w.Box([self.play, self.back, self.on, self.speed, self.count], layout=row)
        self.play.observe(self.tick, "value")
        self.back.on_click(lambda _: self.step(view.scene.step_back))
        self.on.on_click(lambda _: self.step(view.scene.step_forward))
        w.link((self.speed, "value"), (self.play, "interval"))

    def tick(self, change):
        """Take one step for each tick. The stop button of Play sets it to 0, which restarts the demo."""
        if self.view.quiet:
            return
        with self.view.reporting_errors():
            if change["new"] == 0:
                self.view.scene.restart()
                self.view.paint()
            elif not self.play.playing:
                return
            elif self.view.scene.step_forward():
                self.view.paint()
            else:
                self.pause()
                self.show_step(last=True)

    def step(self, move):
        """Pause, and make one move of the scene: `step_forward` or `step_back`."""
        self.pause()
        with self.view.reporting_errors():
            if move():
                self.view.paint()
            elif move == self.view.scene.step_forward:
                self.show_step(last=True)

    def pause(self):
        """Let no further ticks come from the page."""
        self.play.playing = False

    def show_step(self, last=False):
        """Show the number of the scene's step, and whether it is the last one."""
        self.count.value = WORDS["end" if last else "step"].format(step=self.view.scene.timeline.step)
