"""The frame around every page: header, table of contents, previous and next, footer. page.html has the places to fill."""

import html
import pathlib
import string
import tomllib
from dataclasses import dataclass, replace

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent.parent
SITE = "The basics of neural networks, one picture at a time"
TITLE = "{title} · Neural networks, one picture at a time"
CONTENTS = """<nav class="contents beside" aria-label="On this page">
<p>On this page</p>
<ol>{items}</ol>
</nav>
<details class="contents folded"><summary>On this page</summary>
<nav aria-label="On this page, folded"><ol>{items}</ol></nav>
</details>
"""
WAY = """<nav class="way" aria-label="{where}">{previous}{next}</nav>"""
PREVIOUS = '<a rel="prev" href="{href}"><span>Previous lesson</span> {title}</a>'
NEXT = '<a rel="next" href="{href}"><span>Next lesson</span> {title}</a>'
FOOTER = """<nav aria-label="All pages"><ul>{links}</ul></nav>
<p>The text is under <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>, the code under the
<a href="{root}LICENSE.txt">MIT License</a>, and the font of the formulas under the
<a href="{root}web/fonts/OFL.txt">SIL Open Font License</a>.</p>"""
FOOTER_LINKS = [  # from the site's first page
    ("index.html", "Lessons"),
    ("docs/glossary.html", "Glossary"),
    ("docs/index.html", "Index of demos and numbers"),
    ("docs/corrections.html", "What other texts say"),
    ("docs/teaching.html", "For the teacher"),
    ("docs/performance.html", "How fast it is"),
    ("index.html#api", "nnlib, function by function"),
]
WEIGHTS = {
    "notebooks": 3,
    "docs": 1,
    "notebooks/solutions": 0.5,
    "api/nnlib": 0.5,
}  # how much a word found there counts
FONT = """<script>  // by double click browsers refuse to preload a font
if (location.protocol !== 'file:') document.head.append(Object.assign(document.createElement('link'),
  {{rel: 'preload', as: 'font', type: 'font/woff2', crossOrigin: '', href: '{root}web/fonts/noto-sans-math.woff2'}}));
</script>
"""
CANONICAL = '<link rel="canonical" href="{address}{page}">\n'
DESCRIPTION = '<meta name="description" content="{text}">\n'
STYLE = '<link rel="stylesheet" href="{root}web/player.css">\n'
SCRIPT = '<script type="module">\n{source}</script>\n'


@dataclass(frozen=True)
class Page:
    """A page's place, counted from the site's first page, and what's on it."""

    place: str  # "notebooks/00_neuron.html"
    title: str
    body: object  # a soup
    description: str = ""
    has_contents: bool = True
    previous: object = None  # Page
    next: object = None

    def between(self, previous, next):
        """The same page with links to these two pages; None is no link."""
        return replace(self, previous=previous, next=next)


def write(page, out):
    path = out / page.place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(whole(page), encoding="utf-8")


def whole(page):
    """The HTML of a page with its frame."""
    root = "../" * page.place.count("/")
    body = str(page.body)
    template = string.Template((HERE / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        root=root,
        title=html.escape(page.title if page.title == SITE else TITLE.format(title=page.title)),
        site=SITE,
        head=head(page, root, body),
        contents=contents(page.body) if page.has_contents else "",
        wide="" if page.has_contents else " without-contents",
        weight=WEIGHTS.get(page.place.rpartition("/")[0], 1),
        body=body,
        way_above=way(page, root, "Previous and next lesson"),
        way_below=way(page, root, "Previous and next lesson, again"),
        footer=footer(root),
        scripts="".join(SCRIPT.format(source=source) for source in scripts(body)),
    )


def head(page, root, body):
    lines = [DESCRIPTION.format(text=html.escape(page.description))] if page.description else []
    if address := site_address():
        lines.append(CANONICAL.format(address=address, page=page.place.removesuffix("index.html")))
    if "<math" in body:
        lines.append(FONT.format(root=root))
    if "data-demo" in body and (HERE / "player.css").exists():
        lines.append(STYLE.format(root=root))
    return "".join(lines)


def site_address():
    """Where the site is published, from pyproject.toml, or ""."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project.get("urls", {}).get("Homepage", "")


def contents(soup):
    """Links to the headings of a page, beside the text where there's room, and folded above it elsewhere."""
    items = ""
    for heading in soup.select("h2[id], h3[id]"):
        words = heading.a.decode_contents() if heading.select("a.here") else html.escape(heading.get_text())
        items += f'<li class="{heading.name}"><a href="#{heading["id"]}">{words}</a></li>\n'
    return CONTENTS.format(items=items) if items else ""


def way(page, root, where):
    """Links to the previous and the next lesson."""
    links = {"previous": "", "next": ""}
    for name, link, other in (("previous", PREVIOUS, page.previous), ("next", NEXT, page.next)):
        if other:
            links[name] = link.format(href=root + other.place, title=html.escape(other.title))
    return WAY.format(where=where, **links) if any(links.values()) else ""


def footer(root):
    links = "".join(f'<li><a href="{root}{place}">{name}</a></li>' for place, name in FOOTER_LINKS)
    return FOOTER.format(root=root, links=links)


def scripts(body):
    """The scripts of a page. They're in the page itself: by double click, browsers load no module from another file."""
    yield (HERE / "page.js").read_text(encoding="utf-8")
    if "data-demo" in body and (HERE / "player.js").exists():
        yield (HERE / "player.js").read_text(encoding="utf-8")
