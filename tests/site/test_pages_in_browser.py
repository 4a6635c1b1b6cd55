"""The pages of the web edition in a browser: wide and narrow, light and dark, by keyboard, on paper, and without JavaScript."""

import functools
import http.server
import threading

import make_site
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import PROJECT

LESSON = "notebooks/00_neuron.html"
NARROW, WIDE = {"width": 390, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport=WIDE)
    yield context
    context.close()


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture(scope="module")
def address(site):
    """The site on a web server of its own, below an address of its own."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def translate_path(self, path):
            return super().translate_path(path.removeprefix("/some/where"))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some/where"
    server.shutdown()
    server.server_close()


def kinds(site):
    """One page of each kind, and all that are written by hand: solutions are made alike, and so is the API."""
    made = [page for page in make_site.written_pages(site) if page.parent.name not in ("solutions", "nnlib")]
    return [*made, site / "notebooks/solutions/06_backpropagation.html", site / "api/nnlib/layers.html"]


# -- for everyone -----------------------------------------------------------------------------------------------------

ONCE = """before => {  // marks one text of each new size and weight, color and ground: axe-core takes long for each text
    const ground = e => !e ? '' : /, 0\\)$/.test(getComputedStyle(e).backgroundColor) ? ground(e.parentElement)
        : getComputedStyle(e).backgroundColor;
    const seen = new Set(before), now = new Set();
    for (const e of document.body.querySelectorAll('*')) {
        e.removeAttribute('data-looks');
        if (![...e.childNodes].some(each => each.nodeType === 3 && each.data.trim())) continue;
        if (!e.checkVisibility()) continue;
        const {color, fontSize, fontWeight, opacity} = getComputedStyle(e);
        const looks = [color, fontSize, fontWeight, opacity, ground(e)].join();
        if (!seen.has(looks)) e.setAttribute('data-looks', looks);
        seen.add(looks);
        now.add(looks);
    }
    return [...now];
}"""
OPEN = """() => {
    document.querySelectorAll('details').forEach(each => { each.open = true; });
    document.querySelectorAll('.choices').forEach(each => each.querySelector('input').click());
    document.querySelectorAll('.press').forEach(each => each.click());
    document.querySelectorAll('.copy').forEach(each => { each.style.opacity = 1; });
}"""
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
CONTRAST = "color-contrast"
ONLY = {"resultTypes": ["violations"], "preload": False}


def pale(page, seen):
    """[html of a text] whose contrast is too low for axe-core. `seen` has the looks of texts that were tried before."""
    looks = page.evaluate(ONCE, list(seen))
    assert looks, "a page has words"
    if seen.issuperset(looks):
        return []
    seen.update(looks)
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run('[data-looks]', options)", {**ONLY, "runOnly": [CONTRAST]})["violations"]
    return [node["html"][:120] for one in found for node in one["nodes"]]


def violations(page):
    """[(rule, html of the place)] that axe-core finds on a page, apart from contrast."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run", {**ONLY, "rules": {CONTRAST: {"enabled": False}}})["violations"]
    return [(one["id"], node["html"][:120]) for one in found for node in one["nodes"]]


def test_pages_are_for_everyone_in_both_themes_wide_and_narrow(site, page):
    asked, said, seen = [], [], set()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in kinds(site):
        name = str(path.relative_to(site))
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)
        page.goto(path.as_uri())
        page.evaluate(OPEN)
        assert pale(page, seen) == [], name
        if path.name in ("index.html", "07_arrays.html", "layers.html"):  # what's no matter of width is seen below
            assert violations(page) == [], name
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(NARROW)
        page.evaluate(TWO_FRAMES)  # what now has to scroll can be reached by keyboard
        assert (violations(page), pale(page, seen)) == ([], []), name
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 360, f"{name} scrolls sideways"
    assert all(url.startswith(("file:", "data:")) for url in asked) and said == []


BAD = """<html lang="en"><title>t</title><main style="background: #fff; color: #000"><h1>a</h1>
<p>fine</p><p><b style="font-weight: normal">fine</b></p><p><i style="color: #999">pale</i></p>
<div style="background: #666"><p>dark on dark</p></div><img src="data:,"></main></html>"""


def test_axe_core_does_look(page):
    page.set_content(BAD)
    assert [rule for rule, _ in violations(page)] == ["image-alt"] and len(pale(page, set())) == 2


def test_the_keyboard_comes_first_to_the_link_that_skips_the_header(site, page):
    page.goto((site / LESSON).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_theme_is_the_systems_until_one_is_chosen_and_then_kept(site, page):
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="dark")
    page.goto((site / LESSON).as_uri())
    dark = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    switch = page.get_by_role("button", name="Dark")
    assert light != dark and switch.get_attribute("aria-pressed") == "false"
    switch.press("Enter")
    assert page.evaluate(ground) == dark and switch.get_attribute("aria-pressed") == "true"
    page.goto((site / "index.html").as_uri())
    assert page.evaluate(ground) == dark
    page.emulate_media(media="print")
    assert page.evaluate(ground) == light


# -- predictions ------------------------------------------------------------------------------------------------------


def test_a_prediction_is_chosen_by_keyboard_kept_and_judged(site, page):
    page.goto((site / LESSON).as_uri())
    group = page.get_by_role("radiogroup", name="XOR is 1 at (0, 1) and (1, 0)")
    check = page.get_by_role("button", name="Check my prediction").nth(1)
    verdict = page.locator(".verdict[data-question=question-xor] [role=status]")
    check.press("Enter")
    assert "You haven't chosen an answer yet" in verdict.text_content()
    group.get_by_role("radio").first.focus()
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    page.reload()
    assert group.get_by_role("radio", name="Two at most").is_checked() and verdict.text_content() == ""
    check.press("Enter")
    assert verdict.text_content().startswith("You said: Two at most. The answer is: Three at most. The center")
    marks = "e => getComputedStyle(e.querySelector('span'), '::after').content"
    assert [label.evaluate(marks) for label in group.locator("label").all()] == ["none", '" ✓"', '" ✗"', "none"]
    group.get_by_label("Three at most").check()
    assert verdict.text_content() == ""
    check.click()
    assert verdict.text_content().startswith("You were right: Three at most.")


def test_a_question_about_earlier_lessons_is_answered_at_once(site, page):
    page.goto((site / "notebooks/01_activations.html").as_uri())
    group, verdict = page.get_by_role("radiogroup").first, page.locator(".verdict [role=status]").first
    assert verdict.text_content() == ""
    group.get_by_role("radio").nth(0).check()
    assert verdict.text_content().startswith("Not quite. The answer is: 0.")
    page.reload()
    assert verdict.text_content().startswith("Not quite. The answer is: 0.")
    group.get_by_role("radio").nth(1).check()
    assert verdict.text_content().startswith("That's right.")


def test_without_javascript_all_is_there(site, browser):
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto((site / LESSON).as_uri())
    assert page.locator(".question li:visible").count() >= 8 and page.locator("input:visible").count() == 0
    answer = page.locator(".verdict[data-question=question-xor] details")
    assert not answer.locator("p").is_visible()
    answer.locator("summary").press("Enter")
    assert answer.locator("p").inner_text().startswith("Three at most. The center")
    assert page.locator("figure.demo img:visible").count() == page.locator("figure.demo").count() > 5
    assert page.locator("button:visible").count() == 0 and page.locator(".contents.beside a:visible").count() > 5
    context.close()


# -- on paper ---------------------------------------------------------------------------------------------------------


def test_on_paper_code_is_whole_and_the_answers_are_at_the_end(site, page):
    page.set_viewport_size({"width": 680, "height": 900})  # an A4 page between its margins
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((site / "notebooks/04_derivatives.html").as_uri())
    too_wide = (
        "e => [...e.querySelectorAll('pre, .table, .formula')].filter(x => x.scrollWidth > x.clientWidth + 1).length"
    )
    assert page.locator("main").evaluate(too_wide) == 0
    page.emulate_media(media="screen")
    assert page.locator("main").evaluate(too_wide) > 0, "there is code to wrap"
    page.emulate_media(media="print")
    hidden = ".top, .contents, .way, .copy, .press, .run, .bottom nav, details > :not(summary)"
    assert page.locator(hidden).count() > 20 and page.locator(f":is({hidden}):visible").count() == 0
    assert page.locator(".answers-on-paper > ol > li:visible").count() > 10
    assert page.get_by_text("number 1 at the end").first.is_visible()
    page.emulate_media(media="screen")
    assert page.locator(".answers-on-paper").is_hidden() and page.get_by_text("number 1 at the end").first.is_hidden()


# -- on a web server --------------------------------------------------------------------------------------------------


def test_search_finds_a_word_on_all_pages_by_keyboard(address, context, page):
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{LESSON}")
    box = page.get_by_role("searchbox", name="Search all pages")
    box.focus()
    page.keyboard.type("sigmoid")
    found = page.locator(".found li a")
    found.first.wait_for()
    status = page.locator(".found [role=status]")
    assert (
        status.text_content().endswith("pages found for “sigmoid”.")
        and "sigmoid" in page.locator(".found li").first.text_content()
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: LESSON not in url)
    assert "sigmoid" in page.locator("main").text_content()
    box.fill("жук")
    page.get_by_text("Nothing found for “жук”.").wait_for()
    page.keyboard.press("Escape")
    assert status.is_hidden()
    assert all(url.startswith(address) for url in asked)


def test_by_double_click_the_search_says_what_it_needs(site, page):
    page.goto((site / LESSON).as_uri())
    page.get_by_role("searchbox").fill("sigmoid")
    assert (
        page.locator(".found [role=status]").text_content()
        == "By double click there's no search: it needs a web server."
    )


def test_formulas_are_drawn_in_the_font_that_comes_along(address, page):
    page.goto(f"{address}/notebooks/02_forward_pass.html")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]
    heights = "es => es.map(e => e.getBoundingClientRect().height)"
    assert min(page.locator(".formula math").evaluate_all(heights)) > 10


def test_code_is_copied(address, context, page):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/{LESSON}")
    page.get_by_role("button", name="Copy").first.press("Enter")
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("import numpy as np\n")


def test_the_workflow_publishes_what_make_site_writes():
    workflow = (PROJECT / ".github/workflows/site.yml").read_text()
    assert "- run: make site\n" in workflow and "          path: site\n" in workflow and "branches: [main]" in workflow
    assert "\n/site/\n" in (PROJECT / ".gitignore").read_text()
