"""What the lessons are made of: one folder per lesson, and what they share.

    live/       the engine: controls + figure + update -> one widget; knows neither nnlib nor a lesson
    drawing/    what several lessons draw with
    exercise/   checks that name the mistake, and predictions
    wording.py  numbers and plurals as text
    digit_points.py  handwritten digits as points in a plane
    preflight.py  is everything here that the lessons need?

A lesson's notebook begins with `from nnlessons.neuron import demos, exercises`.
"""

import logging
import sys

# In the browser, matplotlib at once announces in red that it's looking for fonts, which takes a second.
if sys.platform == "emscripten":
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
