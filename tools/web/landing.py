"""The first page: what this is, one moving picture, the nine lessons, how to run them, and all other pages."""

import html
import pathlib
import re
import tomllib
from typing import NamedTuple

from web import lesson_pages

HOME = pathlib.Path(__file__).resolve().parent.parent.parent
FIRST_DEMO = "05_gradient_descent/over_contours"
CARDS = {  # a demo of each lesson, for the picture on its card
    "00_neuron": "zero_or_nine",
    "01_activations": "any_curve",
    "02_forward_pass": "forward",
    "03_losses": "surprise",
    "04_derivatives": "loss_map",
    "05_gradient_descent": "in_fog",
    "06_backpropagation": "stepper",
    "07_arrays": "wires",
    "08_training": "playground",
}
DESCRIPTION = (
    "How neural networks work, from one neuron to a network that reads handwriting: nine lessons in moving pictures."
)
BODY = """<div class="hero">
<h1>The basics of neural networks, <em>one picture at a time</em></h1>
<p class="lead">Nine lessons take you from a single neuron to a network of your own that reads handwriting. Every picture
moves: change a weight, an input or a learning rate, and see at once what it does.</p>
<p><a class="button" href="notebooks/00_neuron.html">Start with lesson 0</a>
<a class="button quiet" href="#run">Run it yourself</a></p>
</div>
{demo}
<h2 id="lessons">The lessons</h2>
<ol class="cards">
{cards}</ol>
<h2 id="run">Run it yourself</h2>
<p>These pages show the lessons, and their pictures move between states that were drawn beforehand. When you run a lesson
yourself, you can do more: move every control freely, draw digits of your own, write code, and have it checked.</p>
<h3 id="browser">In your browser</h3>
<p>Open a lesson as a notebook: {lessons}. There's nothing to install. Python runs in the page itself and loads about 26 MB,
once. Your changes stay in this browser. Training takes two to three times as long as in JupyterLab, and some tablets have too
little memory for it.</p>
<p class="by-double-click" hidden>You've opened this page by double click, and these notebooks need a web server. To start one,
type <code>python3 -m http.server</code> in the folder of this page.</p>
<h3 id="jupyterlab">In JupyterLab, on your computer</h3>
<p>All you need is Python 3.11 or newer and make.</p>
<ol>
<li>{get}</li>
<li>In its folder, type <code>make lab</code>. The first start installs everything there, in a minute or two, and then the lessons
open in your browser.</li>
</ol>
<h2 id="more">More to read</h2>
<ul class="more">
{more}</ul>
<h2 id="api">nnlib, function by function</h2>
<p>The lessons use <code>nnlib</code>, a small package in plain NumPy that you can read in an evening.</p>
<ul>
{api}</ul>
"""
CARD = """<li class="card"><a href="notebooks/{lesson}.html">
<img src="baked/{lesson}/{demo}.webp" width="{width}" height="{height}" alt="" loading="lazy">
<span class="number">Lesson {number} · {minutes} minutes</span>
<strong>{title}</strong>
<span class="learn">{learn}.</span>
</a></li>
"""
GET = "Get the project: <code>git clone {address}</code>"
GET_SOMEHOW = "Get the project, for example as an archive, and unpack it."
MORE = [  # in docs/, and what's there
    ("glossary", "Glossary", "every new term, in order, with the lesson that explains it"),
    ("corrections", "What other texts say", "where books and courses differ, and which of them is right"),
    ("index", "Index", "all demos, pictures, and worked numbers"),
    ("teaching", "For the teacher", "what to ask, what to click, and which wrong answers to expect"),
    ("performance", "How fast it is", "measurements, and the commands to repeat them"),
    ("jupyterhub", "JupyterHub", "one machine for a whole class"),
    ("architecture", "Architecture", "how it all fits together"),
]


class Row(NamedTuple):
    """What README.md says about a lesson."""

    lesson: str
    number: str
    title: str
    learn: str
    minutes: str


def rows():
    readme = (HOME / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| \[(\d) · (.+?)\]\(notebooks/(\w+)\.ipynb\) \| (.+?) \| (\d+) = [\d +]+\|$", readme, re.M)
    return [Row(lesson, number, title, learn, minutes) for number, title, lesson, learn, minutes in found]


def body(figures, api):
    """The HTML of the first page: {lesson: its figures}, and the list of the modules."""
    shown = {figure.key: figure for each in figures.values() for figure in each.values()}
    demo = lesson_pages.demo(shown[FIRST_DEMO], root="", heading="h2")
    cards = "".join(card(row, shown[f"{row.lesson}/{CARDS[row.lesson]}"]) for row in rows())
    more = "".join(f'<li><a href="docs/{name}.html">{title}</a>: {about}</li>\n' for name, title, about in MORE)
    return BODY.format(demo=demo, cards=cards, lessons=lessons_to_run(), get=get(), more=more, api=api)


def lessons_to_run():
    """Links to the lessons as notebooks in the browser."""
    links = [(row.number, lesson_pages.TRY.format(root="", lesson=row.lesson)) for row in rows()]
    return ", ".join(f'<a href="{href}" title="Lesson {number} as a notebook">{number}</a>' for number, href in links)


def card(row, figure):
    words = {name: html.escape(value) for name, value in row._asdict().items()}
    words["learn"] = words["learn"][0].upper() + words["learn"][1:]
    return CARD.format(demo=CARDS[row.lesson], width=figure.size[0], height=figure.size[1], **words)


def get():
    """How to get the project, which depends on whether it has a public address."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    address = project.get("urls", {}).get("Repository")
    return GET.format(address=address) if address else GET_SOMEHOW
