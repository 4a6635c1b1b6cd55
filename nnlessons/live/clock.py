"""The clock of a demo that has states. It is `widgets.Play`: its ticks come from the page, so a closed lesson stops by itself.

Under load the page leaves ticks out. Each tick that arrives is one step, whatever number it has, so no state is left out.
A tick that was on its way while the kernel paused comes too late, and is no step.
"""

import ipywidgets as w

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
    """Play, pause, one step on, one step back, speed, and how many steps it has been."""

    def __init__(self, view):
        self.view = view
        self.play = w.Play(min=0, max=10**9, interval=USUAL_SPEED, show_repeat=False)
        self.back = w.Button(description=WORDS["back"], tooltip=WORDS["back tip"], layout=w.Layout(width="auto"))
        self.on = w.Button(description=WORDS["on"], tooltip=WORDS["on tip"], layout=w.Layout(width="auto"))
        self.speed = w.Dropdown(
            options=list(SPEEDS.items()), value=USUAL_SPEED, description=WORDS["speed"], tooltip=WORDS["speed"]
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
        """One step for each tick; the stop button of Play goes back to 0, and so to the start."""
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
                self.tell(self.view.scene.timeline.step, last=True)

    def step(self, move):
        self.pause()
        with self.view.reporting_errors():
            if move():
                self.view.paint()
            elif move == self.view.scene.step_forward:
                self.tell(self.view.scene.timeline.step, last=True)

    def pause(self):
        self.play.playing = False

    def tell(self, step, last=False):
        self.count.value = WORDS["end" if last else "step"].format(step=step)
