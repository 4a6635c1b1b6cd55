"""A small lesson, cell by cell, that runs without NumPy."""

import gc

import ipywidgets

from nnlessons.live import Choice, Demo, Slider

ball = Demo(
    title="A ball",
    controls={"x": Slider(0, 10, value=1, step=1), "color": Choice({"red": "red", "blue": "blue"})},
    figure=lambda: ((700, 400), {"ball": '<circle cx="{x}" cy="200" r="20" fill="{fill}"/>'}),
    update=lambda x, color: {"ball": {"x": 60 * x + 40, "fill": color}, "readout": {"x": x, "color": color}},
    readout="a {color} ball at {x}",
)
clock = Demo(
    title="A clock",
    controls={},
    figure=lambda: ((700, 100), {"hand": '<rect width="{width}" height="100"/>'}),
    start=lambda: 0,
    advance=lambda state: state + 1,
    update=lambda state: {"hand": {"width": state}, "readout": {"state": state}},
    readout="after {state} steps",
)
# ---
ball
# ---
clock
# ---
print("widgets:", sum(isinstance(each, ipywidgets.Widget) and each.comm is not None for each in gc.get_objects()))
# ---
mine = "nothing yet"
