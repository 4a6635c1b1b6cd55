"""Write the web edition, site/: the lessons as pages that move without Python, the docs, the API of nnlib, and a search.

    python tools/make_site.py [FOLDER] [--pyodide FOLDER]

Every state of every demo is drawn, so the first time takes minutes. After that, only what has changed is drawn again.

The pages ask no other host for anything, and all links in them are relative: they work on any web server, below any address,
and by double click. The folders are those of the repository, so that links between the lessons work in both. In try/ are the
lessons as notebooks that run in the browser. They get Python from Pyodide's own server, unless you give a copy of Pyodide.
"""

import argparse
import pathlib
import shutil
import sys

from lite.edition import write_edition
from web import api_pages, baking, document_pages, landing, layout, lesson_pages, live_demos, search
from web.click_paths import link_click_paths
from web.finishing import finished, first_heading, parsed
from web.layout import Page
from web.printed_answers import repeat_at_the_end

HOME = pathlib.Path(__file__).resolve().parent.parent
WEB = HOME / "tools" / "web"
WORDS = {
    "made": "{count} pages, beginning with {first}",
    "full": "out: {out} is not empty, and not a site of ours: writing there would remove what it holds. "
    "Name an empty or a new folder. Is this a site from before? Delete it yourself, then the same command again.",
}
MARK = ".site"  # in a folder that we may empty


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("out", nargs="?", type=pathlib.Path, default=HOME / "site")
    words.add_argument("--pyodide", type=pathlib.Path, help="a complete copy of Pyodide, which the site then has in it")
    chosen = words.parse_args()
    write_site(chosen.out, pyodide=chosen.pyodide)
    print(WORDS["made"].format(count=len(written_pages(chosen.out)), first=chosen.out / "index.html"))


def written_pages(out):
    """The pages of a site, without those of JupyterLite."""
    return sorted(page for page in out.rglob("*.html") if not page.is_relative_to(out / "try"))


def write_site(out, moving=True, pyodide=None):
    """The site; if it isn't moving, with the demos' start pictures only."""
    out = out.resolve()
    empty(out)
    copy_files(out)
    figures = {path.stem: live_demos.figures(path.stem, out) for path in lesson_pages.lessons()}
    if moving:
        figures = baked(figures, out)
    pages = [*lessons(figures, out), *solutions(), *documents(), *api()]
    for page in [*pages, first_page(figures, pages)]:
        layout.write(page, out)
    search.write_index(out)
    write_edition(out / "try", pyodide)


def baked(figures, out):
    """The figures with the size of their baked pictures, which are written here."""
    cells = {each.key: (lesson, cell) for lesson, found in figures.items() for cell, each in found.items()}
    first = {next(iter(found.values())).key for found in figures.values()}
    baking.bake_all(cells, out, {landing.FIRST_DEMO, *first})
    return {
        lesson: {cell: each._replace(size=baking.size(out, each.key)) for cell, each in found.items()}
        for lesson, found in figures.items()
    }


def empty(out):
    """Remove an earlier site, and nothing else."""
    if out.exists():
        if not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
            sys.exit(WORDS["full"].format(out=out))
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / MARK).touch()


def copy_files(out):
    """Pictures, styles, fonts and the license."""
    shutil.copytree(HOME / "images", out / "images")
    shutil.copytree(WEB / "fonts", out / "web" / "fonts", ignore=shutil.ignore_patterns("README.md"))
    for path in [*WEB.glob("*.css"), WEB / "icon.svg"]:
        shutil.copy(path, out / "web")
    shutil.copy(HOME / "LICENSE", out / "LICENSE.txt")


def lessons(figures, out):
    """The pages of the lessons, each with its way to the previous and the next one."""
    about = {row.lesson: row.learn for row in landing.rows()}
    pages = []
    for path in lesson_pages.lessons():
        body = finished(lesson_pages.lesson_body(path, figures[path.stem], out))
        repeat_at_the_end(body)
        pages.append(Page(f"notebooks/{path.stem}.html", first_heading(body), body, about[path.stem]))
    return [
        page.between(*pair)
        for page, pair in zip(pages, zip([None, *pages], [*pages[1:], None], strict=False), strict=True)
    ]


def solutions():
    for path in lesson_pages.lessons():
        body = finished(lesson_pages.solution_body(path.parent / "solutions" / path.name))
        yield Page(f"notebooks/solutions/{path.stem}.html", first_heading(body), body)


def documents():
    for path in document_pages.documents():
        body = finished(document_pages.document_body(path))
        if path.stem == "teaching":
            link_click_paths(body)
        yield Page(f"docs/{path.stem}.html", first_heading(body), body)


def api():
    for name, body in api_pages.module_bodies().items():
        yield Page(f"api/nnlib/{name.partition('.')[2]}.html", name, finished(str(body)))


def first_page(figures, pages):
    modules = {page.place: page.title for page in pages if page.place.startswith("api/")}
    body = parsed(landing.body(figures, api_pages.listed(modules)))
    return Page("index.html", layout.SITE, body, landing.DESCRIPTION, has_contents=False)


if __name__ == "__main__":
    main()
