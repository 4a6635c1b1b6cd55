"""Film a demo into images/playground.webp: a real page of JupyterLab, in which a network learns two spirals.

Each picture is what stands on the page after so many epochs more; nothing is drawn for the film alone.
"""

import io
import pathlib
import tempfile

from jupyter_page import CALM, browser_path, reader_of, running_lab
from PIL import Image
from playwright.sync_api import sync_playwright

FILM = pathlib.Path(__file__).resolve().parent.parent / "images" / "playground.webp"
CELL = "from nnlessons.training.demos import playground\n\nplayground"
PICTURES, PAUSE, END = 24, 180, 2500  # how many, and how long each and the last one stay, in ms


def main():
    if browser_path() is None:
        print("no Chromium or Chrome here: the film stays as it is (BROWSER_PATH=... names one)")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=CALM)
        with running_lab(pathlib.Path(folder)) as lab, reader_of(browser, lab) as reader:
            reader.write_and_open(CELL)
            first, *more = list(film(reader.demo("The playground")))
    first.save(FILM, save_all=True, append_images=more, duration=[PAUSE] * len(more) + [END], quality=45, method=6)
    print(f"images/{FILM.name}")


def film(playground):
    """The demo at its start, and after each ten epochs."""
    yield shot(playground)
    playground.button("ten epochs").click()
    for number in range(1, PICTURES):
        playground.button("step ▶").click()
        playground.wait_for_text(f"Epoch {10 * number},")
        yield shot(playground)


def shot(demo):
    demo.picture.evaluate("e => e.decode()")
    return Image.open(io.BytesIO(demo.box.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
