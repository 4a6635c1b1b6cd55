"""What a screen reader is given: axe-core's rules, and the roles, names and values in Chromium's accessibility tree."""

from axe_playwright_python.sync_playwright import Axe

STATES = ("pressed", "checked", "selected")
ALL_IN_VIEW = 30_000  # pixels: higher than a lesson
ALL_INTO_VIEW = """async () => {
    document.body.style.minHeight = '100vh';
    for (let frame = 0; frame < 10; frame++) {  // JupyterLab lays out, and then renders, what comes into view
        document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0;
        await new Promise(requestAnimationFrame);
    }
}"""

BY_SIGHT = ("color-contrast", "target-size")  # targets of 24 pixels, or as far apart


def violations(page, within):
    """What axe-core finds inside all elements that match a selector: [(rule, how often, the first of them)].

    It judges the contrast only of words in view, so all have to be. JupyterLab's body, which has no height, would hide them.
    """
    before = page.evaluate("({height: innerHeight, density: devicePixelRatio})")
    on_screen(page, height=ALL_IN_VIEW, density=1)
    page.evaluate(ALL_INTO_VIEW)
    found = faults(page, within, by_sight=True)
    on_screen(page, **before)
    return found


def faults(page, within, by_sight=False):
    """The same by the rules that don't need the screen, which takes less time; `by_sight` adds contrast and sizes."""
    options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": by_sight} for rule in BY_SIGHT}}
    found = Axe().run(page, context={"include": [[within]]}, options=options).response["violations"]
    return [(each["id"], len(each["nodes"]), each["nodes"][0]["html"][:200]) for each in found]


def on_screen(page, height, density):
    """Show the page on a screen of this height and density of pixels."""
    width = 1280 - density  # Chromium tells the page of another density only if the size is another one, too
    screen = {"width": width, "height": height, "deviceScaleFactor": density, "mobile": False}
    page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", screen)


def spoken(box, *roles):
    """[(role, name, value)] of what has one of these roles inside a box, in order; without a value, its state if it has one."""
    box.scroll_into_view_if_needed()
    session = box.page.context.new_cdp_session(box.page)
    box.evaluate("e => { window.spoken = e; }")
    here = session.send("Runtime.evaluate", {"expression": "window.spoken"})["result"]["objectId"]
    nodes = session.send("Accessibility.queryAXTree", {"objectId": here})["nodes"]
    shown = iter(box.locator("[role=slider]").evaluate_all("all => all.map(e => e.getAttribute('aria-valuetext'))"))
    return [
        (role, said(node, "name"), next(shown) if role == "slider" else said(node, "value") or state(node))
        for node in nodes
        if not node["ignored"] and (role := said(node, "role")) in roles
    ]


def said(node, what):
    return str(node.get(what, {}).get("value", ""))


def state(node):
    found = {each["name"]: each["value"].get("value") for each in node["properties"]}
    return " ".join(name for name in STATES if found.get(name) in (True, "true"))
