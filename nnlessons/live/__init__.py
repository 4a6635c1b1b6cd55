"""The live engine: controls + figure + update -> one widget that follows the reader's hand.

    calls.py      functions that name what they need as their parameters
    controls.py   what the reader moves, as value objects
    grid.py       one more control, which is larger
    picture.py    one figure, kept; only what changes is painted again
    scene.py      one showing of a demo, without widgets: values in, picture and words out
    clock.py      play, pause and steps, for a scene that has states
    page.py       which views are on the page
    arrangement.py  where the controls go: above the picture, or in groups beside it
    widget_versions.py  what differs between ipywidgets 7 and 8
    control_style.py  how the controls look on the page: lines that stand out, and the ring around what has the keyboard
    page_helper.py  what widgets can't say by themselves, by a script in the page
    state_code.py  the state that is shown as a line of code
    stopped.py    what a demo or a question looks like once its kernel has stopped
    view.py       the widgets around a scene
    demo.py       the declaration: a demo is data
    stops.py      which values of a control to take where there can't be all
    album.py      many pictures of the same size in few bytes
    bake.py       a demo's pictures made beforehand, for pages without Python

It knows no maths: any figure, any update function. Imports run from demo to view to scene to picture.
"""

from nnlessons.live.controls import Button, Check, Choice, LogSlider, Mistyped, Number, Slider, Stepper, Text
from nnlessons.live.demo import Demo
from nnlessons.live.grid import Grid

__all__ = ["Button", "Check", "Choice", "Demo", "Grid", "LogSlider", "Mistyped", "Number", "Slider", "Stepper", "Text"]
__dir__ = __all__.copy  # what Tab shows
