"""A reader without a mouse: single keys, and a whole lesson by Tab from the top of the page, each demo used on the way.

The play button is reached and left alone: a playing demo would go on while the others are tried.
"""

from readout import wait_for

KEYS = "x d d m r y a b c v z s i i 0 0 1 6 k j h o l f g Shift+M Shift+V Shift+L Escape Delete Backspace".split()
KEYS += "ArrowUp ArrowDown ArrowLeft ArrowRight Home End PageUp PageDown".split()
KEYS += "Control+Shift+ArrowUp Control+Shift+ArrowDown Control+Shift+M Control+Backspace Alt+Enter".split()
KEYS += "Enter Space Space Escape".split()  # not Control+z: the browser takes it back to the text typed last, anywhere
CELLS_SEEN = """() => [...document.querySelectorAll('.jp-Notebook, .jp-Notebook .jp-Cell')].map(
    e => [e.className.match(/jp-(Code|Markdown|Raw)Cell|jp-mod-(active|selected|editMode|commandMode|outputsScrolled)/g),
          e.querySelectorAll('.jp-Placeholder').length, e.querySelectorAll('.jp-Cell').length,
          ...['.cm-content', '.jp-InputPrompt'].map(part => e.querySelector(part)?.textContent)])"""

DEMO = ".nnlib-demo:has(.nnlib-picture)"  # a live one; a still picture has no controls
CONTROLS = f"{DEMO} :is(button, input, select, [role=slider]):not([disabled] *, [disabled])"
STOP = """() => {
    const here = document.activeElement;
    here.setAttribute('data-visited', '');
    const demo = here.closest(DEMO);
    return {
        inside: here.closest('.jp-Notebook') !== null && !here.matches('.jp-Notebook-footer'),
        demo: [...document.querySelectorAll(DEMO)].indexOf(demo),
        slider: here.getAttribute('role') === 'slider' && !here.closest('[disabled]'),
        button: here.tagName === 'BUTTON' && !here.disabled && !here.closest('.widget-play') && here.innerText !== 'Reset',
    };
}""".replace("DEMO", repr(DEMO))
LOOK = """demo => {
    const box = document.querySelectorAll(DEMO)[demo];
    const seen = box.querySelector('img').src + box.querySelector('.nnlib-readout').innerText;
    let digest = 0;
    for (let place = 0; place < seen.length; place++) digest = (31 * digest + seen.charCodeAt(place)) | 0;
    return digest;
}""".replace("DEMO", repr(DEMO))
SLIDER = "() => document.activeElement.closest('.widget-slider').querySelector('.widget-readout').innerText"
MISSED = """controls => controls.filter(one => one.offsetParent && !one.hasAttribute('data-visited')).map(
    one => one.closest('.nnlib-demo').textContent.trim().slice(0, 40) + ': ' + one.outerHTML.slice(0, 120))"""


def press(demo, label, keys, *wanted):
    """Press keys on the slider with this label, and wait for another picture and for what its readout must show."""
    before, slider = demo.source(), demo.slider(label)
    slider.scroll_into_view_if_needed()  # a reader sees what they press; far out of view, the page doesn't even render it
    take(slider)
    for key in keys:
        press_one(slider, key)
    wait_for(demo, *wanted)
    demo.wait_for_picture_other_than(before)


def press_one(slider, key):
    """Press a key on a slider, and again if JupyterLab has taken the focus just then, so that the key went elsewhere."""
    for _ in range(5):
        before = slider.get_attribute("aria-valuenow")
        slider.page.keyboard.press(key)
        if has_focus(slider) or slider.get_attribute("aria-valuenow") != before:
            return
        take(slider)
    raise AssertionError(f"{key} goes elsewhere")


def has_focus(control):
    return control.evaluate("e => e === document.activeElement")


def take(control):
    """Take the focus, and again if JupyterLab, some time after it has opened or run a notebook, puts it on a cell."""
    for _ in range(5):
        control.focus()
        control.page.wait_for_timeout(100)
        if has_focus(control):
            return
    raise AssertionError("the focus goes elsewhere")


def press_all_and_leave_the_notebook_alone(control):
    """Press the keys with which JupyterLab deletes, moves, runs and leaves cells, on a control that has to keep them."""
    page = control.page
    control.focus()
    before = page.evaluate(CELLS_SEEN)
    for key in KEYS:
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert control.evaluate("e => e.parentElement.parentElement.matches(':focus-within')"), (
        "the focus has gone elsewhere"
    )
    assert page.locator(".jp-Dialog").count() == 0
    assert page.evaluate(CELLS_SEEN) == before


def write(demo, number, text):
    """Type into the text field of this number, key by key, in place of what is there."""
    field = demo.box.locator("input[type=text]").nth(number)
    field.click()
    demo.reader.page.keyboard.press("Control+a")
    demo.reader.page.keyboard.type(text)


def walk(page):
    """Go through a lesson by Tab: each control is reached, each slider moved, each demo changed."""
    page.locator(".skip-link").first.focus()  # where a page begins
    changed, inside = set(), False
    for stop in stops(page):
        if inside and not stop["inside"]:
            break
        inside = stop["inside"]
        if stop["slider"]:
            assert move_slider(page), f"a slider of demo {stop['demo']} ignores the arrow keys"
        if stop["demo"] >= 0 and stop["demo"] not in changed:
            keys = ("ArrowRight", "ArrowLeft") if stop["slider"] else ("Enter",) if stop["button"] else ()
            changed |= answered(page, stop, *keys)
    missed = page.locator(CONTROLS).evaluate_all(MISSED)
    assert not missed, f"Tab does not lead to {len(missed)} controls: {missed[:3]}"
    assert changed == set(range(page.locator(DEMO).count())), "a demo stays as it is, whatever key is pressed"


def stops(page, most=1500):
    """Where each press of Tab leads."""
    for _ in range(most):
        page.keyboard.press("Tab")
        yield page.evaluate(STOP)
    raise AssertionError(f"the lesson does not end after {most} presses of Tab")


def move_slider(page):
    before = page.evaluate(SLIDER)
    for key in ("ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        if page.evaluate(SLIDER) != before:
            return True
    return False


def answered(page, stop, *keys):
    """{the demo's number} if one of these keys changes its picture or its words, else an empty set."""
    before = page.evaluate(LOOK, stop["demo"])
    for key in keys:
        page.keyboard.press(key)
        for _ in range(10):
            if page.evaluate(LOOK, stop["demo"]) != before:
                return {stop["demo"]}
            page.wait_for_timeout(50)
    return set()
