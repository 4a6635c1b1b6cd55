"""Write the static edition, html/: the lessons as pages to read without a kernel, the docs, and the API of nnlib.

Formulas become MathML, which browsers draw by themselves: no page has a script or asks another host for anything. The
folders are those of the repository, so that links between the lessons work in both. html/api/ is made by pdoc.
"""

import argparse
import html
import pathlib
import re
import shutil
import sys

import nbformat
import pdoc.doc
import pdoc.render
from bs4 import BeautifulSoup
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.formatters import HtmlFormatter

import nnlib

HOME = pathlib.Path(__file__).resolve().parent.parent
TITLE = "The basics of neural networks, one picture at a time"
WORDS = {
    "lessons": "Lessons",
    "first": "Pages to read. In JupyterLab the same lessons move: {how}.",
    "how": "get the project and type <code>make lab</code>",
    "all": "All lessons",
    "docs": "More to read",
    "api": "nnlib, function by function",
    "picture": "Picture of the live demo: {text}",
    "full": "out: {out} is not empty, and not an edition of ours: writing there would remove what it holds. "
    "Name an empty or a new folder. Is this an edition from before? Delete it yourself, then the same command again.",
}
MARK = ".static-edition"  # in a folder that we may empty

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{nav}<main>
{body}
</main>
</body>
</html>
"""

API_STYLE = """
.attr * { color: inherit !important; }
main.pdoc a { text-decoration: underline; }
"""

STYLE = """
body { font: 17px/1.6 system-ui, "DejaVu Sans", sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
main, nav { max-width: 46rem; margin: 0 auto; padding: 0.5rem 1rem; }
h1, h2, h3 { line-height: 1.25; margin-top: 2em; }
h1 { margin-top: 0.5em; }
a { color: #0053a0; }
pre { background: #f6f6f6; padding: 0.6rem 0.8rem; overflow-x: auto; line-height: 1.4; font-size: 15px; margin: 0.6rem 0; }
.output_text pre, .output_stream pre { background: none; border-left: 3px solid #c8c8c8; }
figure { margin: 1rem 0; }
figcaption { font-size: 16px; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
td, th { border-bottom: 1px solid #c8c8c8; padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; vertical-align: top; }
math[display=block] { margin: 0.8rem 0; font-size: 1.15em; }
summary { cursor: pointer; }
.anchor-link { display: none; }
"""


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("out", nargs="?", type=pathlib.Path, default=HOME / "html")
    out = words.parse_args().out
    write_edition(out)
    print(f"{len(list(out.rglob('*.html')))} pages, beginning with {out / 'index.html'}")


def write_edition(out):
    out = out.resolve()
    empty(out)
    exporter = HTMLExporter(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True)
    exporter.register_filter("markdown2html", markdown)
    lessons, documents = [], []
    for path in sorted((HOME / "notebooks").rglob("[0-9]*.ipynb")):
        title, body = lesson_page(path, exporter)
        write(out, path, title, body)
        if path.parent.name == "notebooks":
            lessons.append((f"notebooks/{path.stem}.html", title, ""))
    for path in sorted((HOME / "docs").glob("*.md")):
        soup = BeautifulSoup(markdown(path.read_text(encoding="utf-8")), "html.parser")
        point_to_pages(soup)
        make_scrollable(soup)
        write(out, path, first_heading(soup), str(soup))
        documents.append((f"docs/{path.stem}.html", first_heading(soup), ""))
    if any((HOME / "images").iterdir()):
        shutil.copytree(HOME / "images", out / "images")
    first = WORDS["first"].format(how=WORDS["how"])
    body = f"<h1>{TITLE}</h1><p>{first}</p>"
    for heading, links in [("lessons", lessons), ("docs", documents), ("api", write_api(out))]:
        items = "".join(f'<li><a href="{page}">{title}</a>{about}</li>' for page, title, about in links)
        body += f"<h2>{WORDS[heading]}</h2><ul>{items}</ul>"
    (out / "index.html").write_text(PAGE.format(title=TITLE, style=STYLE, nav="", body=body), encoding="utf-8")


def empty(out):
    """Remove an earlier edition, and nothing else."""
    if out.exists():
        if not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
            sys.exit(WORDS["full"].format(out=out))
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / MARK).touch()


def write(out, source, title, body):
    page = out / source.relative_to(HOME).with_suffix(".html")
    page.parent.mkdir(parents=True, exist_ok=True)
    up = "../" * (len(page.relative_to(out).parts) - 1)
    nav = f'<nav><a href="{up}index.html">{WORDS["all"]}</a></nav>\n'
    style = STYLE + HtmlFormatter(style="bw").get_style_defs(".highlight")
    page.write_text(PAGE.format(title=html.escape(title), style=style, nav=nav, body=body), encoding="utf-8")


def lesson_page(path, exporter):
    """(title, body) of a lesson."""
    book = nbformat.read(path, as_version=4)
    book.cells = [cell for cell in book.cells if "colab" not in cell.metadata.get("tags", [])]
    body, _ = exporter.from_notebook_node(book)
    soup = BeautifulSoup(body, "html.parser")
    for image in soup.select(".output_png img"):
        describe(soup, image)
    point_to_pages(soup)
    make_scrollable(soup)
    return first_heading(soup), str(soup)


def write_api(out):
    """A page for each module of nnlib: [(page, the module's name, what it's for)]."""
    pdoc.render.configure(search=False)  # its search and its formulas would need scripts
    modules = {module.__name__: pdoc.doc.Module(module) for module in nnlib.MODULES}
    soups = {f"{module.name}.html": mended(pdoc.render.html_module(module, modules)) for module in modules.values()}
    (out / "api" / "nnlib").mkdir(parents=True)
    for page, soup in soups.items():
        for link in soup.select("main a[href*='#']"):  # to a base class that has no place here, say
            target, _, part = link["href"].partition("#")
            if not soups[target or page].find(id=part):
                link.unwrap()
        (out / "api" / "nnlib" / page).write_text(str(soup), encoding="utf-8")
    about = [html.escape(module.docstring.partition("\n")[0]) for module in modules.values()]
    return [(f"api/nnlib/{page}", name, f": {text}") for page, name, text in zip(soups, modules, about, strict=True)]


def mended(page):
    """A page of pdoc with a link to the lessons, for keyboards and screen readers, and with what a reader needs."""
    soup = BeautifulSoup(page, "html.parser")
    for part in soup.select("a.headerlink, a.attribution, .decorator[class*='errstate']"):
        part.decompose()
    for value in soup.select(".variable .default_value"):
        value.string = "..."
    for heading in soup.select("h5"):  # "Inherited Members", of another rank than the heading before it
        heading.name = "p"
    make_scrollable(soup)
    top = soup.select_one("a.module-list-button")
    top["href"], top.string = "../../index.html", WORDS["all"]
    soup.head.append(soup.new_tag("style", string=API_STYLE))
    return soup


def describe(soup, image):
    """What the alt text says of the picture in numbers is read by everyone: a caption."""
    title, _, text = re.sub(r"(?<=[.?]) ", "\n", image.get("alt", ""), count=1).partition("\n")
    image["alt"] = WORDS["picture"].format(text=title.removesuffix("."))
    figure = image.wrap(soup.new_tag("figure"))
    caption = soup.new_tag("figcaption")
    caption.string = text
    figure.append(caption)


def point_to_pages(soup):
    for link in soup.select("a[href]"):
        link["href"] = re.sub(r"(?<!:)\.(ipynb|md)(?=$|#)", ".html", link["href"])


def make_scrollable(soup):
    """Let wide code be scrolled by keyboard."""
    for block in soup.select("pre"):
        block["tabindex"] = "0"


def markdown(source):
    return MarkdownWithMath(renderer=WithMathML(escape=False)).render(source)


def first_heading(soup):
    return soup.find("h1").get_text().replace("¶", "").strip()


class WithMathML(IPythonRenderer):
    def block_math(self, body):
        return convert(body.strip(), display="block")

    def inline_math(self, body):
        return convert(body)


if __name__ == "__main__":
    main()
