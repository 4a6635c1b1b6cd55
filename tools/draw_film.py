"""Film the playground in a real JupyterLab, while a network learns two spirals, into images/playground.webp.

Each picture is a screenshot of the demo, ten epochs after the one before.
"""

import io
import pathlib
import tempfile

from jupyter_page import CALM, browser_path, reader_of, running_lab
from PIL import Image
from playwright.sync_api import sync_playwright

FILM = pathlib.Path(__file__).resolve().parent.parent / "images" / "playground.webp"
CELL = "from nnlessons.training.demos import playground\n\nplayground"
PICTURES, PAUSE, END = 16, 180, 2500  # how many; how long each of them and the last one is shown, in ms


def main():
    if browser_path() is None:
        print("no Chromium or Chrome here: the film stays as it is (BROWSER_PATH=... names one)")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=CALM)
        with running_lab(pathlib.Path(folder)) as lab, reader_of(browser, lab, width=1440) as reader:
            reader.write_and_open(CELL)
            first, *more = list(film(reader.demo("The playground")))
    first.save(FILM, save_all=True, append_images=more, duration=[PAUSE] * len(more) + [END], quality=45, method=6)
    print(f"images/{FILM.name}")


def film(playground):
    """Screenshots of the demo at its start, and after every ten epochs."""
    yield shot(playground)
    for words in ("More", "ten epochs", "More"):  # open, choose, and close again
        playground.button(words).click()
    for number in range(1, PICTURES):
        playground.button("step ▶").click()
        playground.wait_for_text(f"Epoch {10 * number}.")
        yield shot(playground)


def shot(demo):
    """A screenshot of the demo, once its picture is there."""
    demo.picture.evaluate("e => e.decode()")
    return Image.open(io.BytesIO(demo.box.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
