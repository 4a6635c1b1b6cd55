"""Film the first page of the web edition while its picture is moved, into images/web_edition.webp.

The pages are made for it, as `make site` does: in seconds if that was run before, otherwise in minutes.
"""

import io
import pathlib
import tempfile

from jupyter_page import CALM, browser_path
from make_site import write_site
from PIL import Image
from playwright.sync_api import sync_playwright

FILM = pathlib.Path(__file__).resolve().parent.parent / "images" / "web_edition.webp"
DEMO = "#over_contours"
TURNS = [  # a click on a button or a key on a slider, how often, and the steps of the clock that follow
    ("bowl, 0.1", None, 0, 4),
    ("start w₀", "ArrowRight", 3, 4),
    ("valley, 0.9", None, 0, 6),
    ("on the ridge", None, 0, 4),
    ("beside the ridge", None, 0, 7),
]
WIDTH, HEIGHT, SHOWN = 1100, 960, 800  # CSS pixels of the window, and how wide the film is
PAUSE, END = 350, 1500  # how long each picture, and the last one of each turn, is shown, in ms


def main():
    if browser_path() is None:
        print("no Chromium or Chrome here: the film stays as it is (BROWSER_PATH=... names one)")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_site(pathlib.Path(folder))
        browser = playwright.chromium.launch(executable_path=browser_path(), args=CALM)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(f"{pathlib.Path(folder).as_uri()}/index.html")
        page.locator(f"{DEMO} canvas").wait_for()
        pictures, times = zip(*film(page), strict=True)
    first, *more = pictures
    first.save(FILM, save_all=True, append_images=more, duration=list(times), quality=38, method=6)
    print(f"images/{FILM.name}")


def film(page):
    """(screenshot, how long it's shown) of each turn."""
    for name, key, times, steps in TURNS:
        if key is None:
            page.locator(DEMO).get_by_role("button", name=name, exact=True).click()
            yield shot(page), PAUSE
        for _ in range(times):
            page.locator(DEMO).get_by_label(name).press(key)
            yield shot(page), PAUSE
        for step in range(1, steps + 1):
            page.locator(DEMO).get_by_role("button", name="One step on", exact=True).click()
            yield shot(page), END if step == steps else PAUSE


def shot(page):
    """A screenshot, once the picture is painted."""
    page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.resize((SHOWN, HEIGHT * SHOWN // WIDTH), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
