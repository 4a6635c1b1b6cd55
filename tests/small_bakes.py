"""Small baked demos, written by hand for the tests of the web edition's player, and pages that show them.

Each picture is a field of one color that only its state has, so that a test can read off the canvas which state it shows.
"""

import base64
import html
import io
import itertools
import json

from conftest import PROJECT
from PIL import Image, ImageDraw

WEB = PROJECT / "tools" / "web"

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Small demos</title>
<link rel="icon" href="data:,">
<style>body {{ margin: 0 auto; max-width: {width}px; padding: 0 10px; font: 17px/1.5 sans-serif; }}
body {{ color: #1a1a1a; background: #fff; }}
@media (prefers-color-scheme: dark) {{ body {{ color: #eee; background: #111; }} }}</style>
<style>{style}</style></head>
<body><main><h1>Small demos</h1><h2>Text</h2><p>Some words before the demos.</p>
{figures}
<p>Some words after the demos.</p></main>
<script type="module">{script}</script>
</body></html>
"""
FIGURE = """<figure class="demo" id="{name}" data-demo="00_small/{name}" data-root="../" data-run="../index.html#run">
<h3 class="demo-title">{title}</h3>
<img class="demo-picture" src="../baked/00_small/{name}.webp" width="{width}" height="{height}" loading="lazy"
 alt="Picture of the live demo: {title}">
<figcaption>{words}</figcaption></figure>
"""


def control(name, kind, stops, start=0, label=None, resets=(), group=None):
    """A control whose stops are given as what the page shows; Python code says the same with ASCII."""
    stops = [stop if isinstance(stop, tuple) else (stop, stop.replace("\N{MINUS SIGN}", "-")) for stop in stops]
    label = name if label is None else label
    return dict(name=name, label=label, kind=kind, stops=stops, start=start, resets=list(resets), group=group)


def bake(title, controls, values=None, steps=None, size=(700, 400), density=1.5, off=(), draw=None, **more):
    """A demo's JSON. values: the stops of each state, all combinations if None; steps: {stops: its baked steps}.

    off: (control, by, stop): the control has no effect while the control `by` is at that stop.
    """
    names = [each["name"] for each in controls]
    start = tuple(each["start"] for each in controls)
    every = [*itertools.product(*(range(len(each["stops"])) for each in controls))]
    values = every if values is None else values
    runs = [(stops, step) for stops in values for step in (steps or {}).get(stops, [0])]
    runs.sort(key=lambda run: run != (start, 0))  # the start comes first, the rest stays in order
    pictures, states, texts, lines, code = [], [], [], [], f"demos.{more.pop('name', 'small')}"
    for number, (stops, step) in enumerate(runs):
        dark = [names.index(one) for one, by, stop in off if stops[names.index(by)] == stop]
        shown = ", ".join(
            f"{each['name']} is {each['stops'][stop][0]}" for each, stop in zip(controls, stops, strict=True)
        )
        texts.append(f"Here {shown}, at step {step}.")
        pictures.append((draw or field)(number, [round(side * density) for side in size]))
        states.append([list(stops), step, number, number, dark])
        moved = [
            f"{each['name']}={each['stops'][stop][1]}"
            for each, stop in zip(controls, stops, strict=True)
            if stop != each["start"]
        ]
        moved += [f"step={step}"] * (step > 0)
        lines.append(f"{code}.at({', '.join(moved)})" if moved else code)
    baked = dict(title=title, size=size, density=density, controls=controls, states=states, texts=texts, lines=lines)
    baked |= dict(only=[], presets={}, clock=bool(steps), all=len(values) == len(every))
    return baked | dict(pictures=pictures) | more


def color(number):
    """The color of the field of the state with this number: no two of a few thousand are alike."""
    return (number * 8 % 256, number // 32 * 8 % 256, 128)


def webp(image):
    out = io.BytesIO()
    image.save(out, "webp", lossless=True)
    return base64.b64encode(out.getvalue()).decode()


def field(number, size):
    """The whole first picture, and for the others a small one drawn over it."""
    if number == 0:
        return [-1, 0, 0, webp(Image.new("RGB", size, color(0)))]
    return [0, 20, 10, webp(Image.new("RGB", (40, 40), color(number)))]


def plot(number, size):
    """A whole picture with about as much in it as a lesson's plot has."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for line in range(40):
        pen.line([(0, line * 15), (size[0], (line * 37 + number * 11) % size[1])], fill=(line * 6, 90, 200), width=2)
    for word in range(120):
        place = (word * 97 % size[0], word * 53 % size[1])
        pen.text(place, f"{word * number % 977 / 100}", fill="black")
    pen.rectangle([20, 10, 60, 50], fill=color(number))
    return [-1, 0, 0, webp(image)]


def write(folder, demos, width=1000, missing=()):
    """Write a page with these demos {name: JSON}, and return its path. Those that are missing have no states."""
    baked, lessons = folder / "baked" / "00_small", folder / "notebooks"
    baked.mkdir(parents=True, exist_ok=True)
    lessons.mkdir(exist_ok=True)
    figures = []
    for name, demo in demos.items():
        size, start = demo["size"], demo["pictures"][demo["states"][0][3]]
        (baked / f"{name}.webp").write_bytes(base64.b64decode(start[3]))
        if name not in missing:
            (baked / f"{name}.js").write_text(f'nnlibBaked("00_small/{name}", {json.dumps(demo)});\n', "utf-8")
        words, title = html.escape(demo["texts"][0]), html.escape(demo["title"])
        figures.append(FIGURE.format(name=name, title=title, width=size[0], height=size[1], words=words))
    page = lessons / "00_small.html"
    style, script = ((WEB / name).read_text("utf-8") for name in ("player.css", "player.js"))
    page.write_text(PAGE.format(width=width, style=style, script=script, figures="\n".join(figures)), "utf-8")
    return page
