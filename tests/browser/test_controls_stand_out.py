"""What a control looks like on the page, by its pixels: its lines and the ring around what has the keyboard, at 3 : 1."""

import io

import numpy as np
import pytest
import small_demos
from contrast import LINES, contrast
from jupyter_page import reader_of, running_lab
from PIL import Image

NAMES = ("curve", "region", "surface", "formula", "grid")
CELLS = ["import small_demos\nfrom nnlessons.neuron import exercises", *(f"small_demos.{name}" for name in NAMES)]
AROUND = 6  # pixels
OF = {  # control -> where it is
    "handle": ("curve", ".noUi-handle"),
    "typed number": ("curve", ".widget-readout"),
    "number": ("curve", "input[type=number]"),
    "check": ("curve", "input[type=checkbox]"),
    "button": ("curve", ".nnlib-reset"),
    "play": ("region", ".widget-play button"),
    "dropdown": ("region", "select"),
    "toggle": ("surface", ".widget-toggle-button.mod-active"),
    "text": ("formula", "input[type=text]"),
    "cell": ("grid", ".widget-gridbox button"),
    "radio": ("question", "input[type=radio]"),
}


@pytest.fixture(scope="module")
def someone(browser, tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp("controls")) as lab, reader_of(browser, lab, height=1000) as someone:
        someone.write_and_open(*CELLS, "exercises.xor.ask()")
        someone.page.locator(".nnlib-question").wait_for()
        yield someone


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(request, someone):
    someone.choose_theme(request.param)
    return someone


def found(reader, demo, where):
    box = reader.page.locator(".nnlib-question") if demo == "question" else reader.demo(small_demos.ALL[demo].title).box
    box.scroll_into_view_if_needed()
    return box.locator(where).first


def pixels(element, away=AROUND):
    """What is seen of an element and around it, (height, width, 3) from 0 to 1."""
    box = element.bounding_box()
    clip = {"x": box["x"] - away, "y": box["y"] - away}
    clip |= {"width": box["width"] + 2 * away, "height": box["height"] + 2 * away}
    return np.array(Image.open(io.BytesIO(element.page.screenshot(clip=clip))).convert("RGB")) / 255


def ring(reader, element):
    """How many pixels the keyboard's focus changes by 3 : 1 or more, as a multiple of the element's circumference."""
    reader.page.locator(".jp-NotebookPanel-toolbar").first.hover()  # the mouse is elsewhere
    element.evaluate("e => e.blur()")
    reader.page.wait_for_timeout(300)
    before = pixels(element)
    reader.page.keyboard.press("Tab")  # the page knows that the keyboard is in use
    element.focus()
    reader.page.wait_for_timeout(300)
    box = element.bounding_box()
    return (contrast(before, pixels(element)) >= LINES).sum() / (2 * box["width"] + 2 * box["height"])


def edge(element):
    """The contrast of an element's left edge with what is beside it; a slider's handle is on its track, so of its upper edge."""
    element.evaluate("e => e.blur()")
    element.page.wait_for_timeout(200)
    seen = pixels(element)
    if element.get_attribute("role") == "slider":
        seen = seen.swapaxes(0, 1)
    across = seen[len(seen) // 2, : 2 * AROUND]
    return contrast(across, across[0]).max()


@pytest.mark.parametrize("control", OF)
def test_a_ring_shows_what_has_the_keyboard(reader, control):
    assert ring(reader, found(reader, *OF[control])) >= 1.5  # a chosen toggle has its bar at the fourth side


@pytest.mark.parametrize("control", ["handle", "number", "check", "dropdown", "text", "cell", "radio"])
def test_the_edge_of_a_control_stands_out(reader, control):
    assert edge(found(reader, *OF[control])) >= LINES


def test_the_track_of_a_slider_stands_out(reader):
    seen = pixels(found(reader, "curve", ".noUi-connects"))
    assert contrast(seen[len(seen) // 2, AROUND + 4], seen[0, AROUND + 4]) >= LINES


def test_a_chosen_toggle_has_a_bar_that_the_others_have_not(reader):
    assert has_bar(found(reader, "surface", ".widget-toggle-button.mod-active"))
    assert not has_bar(found(reader, "surface", ".widget-toggle-button:not(.mod-active)"))


def has_bar(element):
    element.evaluate("e => e.blur()")
    element.page.wait_for_timeout(200)
    seen = pixels(element, away=0)
    middle = seen.shape[1] // 2
    return contrast(seen[-3, middle], seen[2, middle]) >= LINES
