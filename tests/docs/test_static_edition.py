"""The static edition: lessons, docs and API as pages that need no script and no other host, and that everyone can read."""

import re

import pytest
import static_edition
from bs4 import BeautifulSoup
from conftest import PROJECT

import nnlib


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    out = tmp_path_factory.mktemp("html")
    static_edition.write_edition(out)
    return out


@pytest.fixture(scope="module")
def soups(edition):
    return {page: BeautifulSoup(page.read_text(), "html.parser") for page in pages(edition)}


def pages(edition):
    return sorted(edition.rglob("*.html"))


def test_every_lesson_solution_and_document_has_its_page(edition):
    names = {str(page.relative_to(edition).with_suffix("")) for page in pages(edition)}
    books = (PROJECT / "notebooks").rglob("[0-9]*.ipynb")
    wanted = [*books, *(PROJECT / "docs").glob("*.md")]
    ours = {name for name in names if not name.startswith("api/")}
    assert ours == {"index", *(str(path.relative_to(PROJECT).with_suffix("")) for path in wanted)}


def test_every_public_name_of_nnlib_is_documented_on_one_page(soups):
    api = {page.stem: soup for page, soup in soups.items() if page.parent.name == "nnlib"}
    for name in nnlib.__all__:
        found = [soup.find(id=name) for soup in api.values() if soup.find(id=name)]
        assert len(found) == 1, name
        if callable(getattr(nnlib, name)):
            assert found[0].parent.select_one(".docstring").get_text().strip(), name
    assert not {"arguments", "progress", "__init__"} & set(api), "they have nothing for a reader"


def test_the_first_page_leads_to_all_others(edition, soups):
    linked = {link["href"] for link in soups[edition / "index.html"].select("a[href]")}
    solutions = {page for page in pages(edition) if page.parent.name == "solutions"}
    rest = {*pages(edition)} - solutions - {edition / "index.html"}
    assert linked == {page.relative_to(edition).as_posix() for page in rest}


def test_only_an_edition_is_removed_for_a_new_one(tmp_path):
    out, book = tmp_path / "html", tmp_path / "html" / "my book.txt"
    static_edition.empty(out)
    (out / "old.html").touch()
    static_edition.empty(out)
    assert [path.name for path in out.iterdir()] == [static_edition.MARK]
    (out / static_edition.MARK).rename(book)
    for mine in (out, book):
        with pytest.raises(SystemExit, match="out: .*not empty.*Name an empty or a new folder"):
            static_edition.write_edition(mine)
        assert book.exists()


def test_nothing_is_asked_of_other_hosts_and_nothing_is_run(edition):
    for page in pages(edition):
        text = page.read_text()
        assert "<script" not in text and "@import" not in text and "mathjax" not in text.lower()
        assert not re.findall(r'(?:src|href)="(https?:)?//[^"]*\.(?:js|css|png|woff)', text)


def test_links_stay_inside_and_pictures_are_described(soups):
    parts = {page: {each["id"] for each in soup.find_all(id=True)} for page, soup in soups.items()}
    for page, soup in soups.items():
        for link in soup.select("a[href]"):
            target, _, part = link["href"].partition("#")
            if not target.startswith("http"):
                leads_to = (page.parent / target).resolve() if target else page
                assert leads_to.exists(), f"{page.name}: {target}"
                assert not part or "api" not in page.parts or part in parts[leads_to], f"{page.name}: #{part}"
        for image in soup.select("figure img"):
            assert image["alt"].startswith("Picture of the live demo: ")
            assert len(image.find_next("figcaption").get_text()) > 30
        for image in soup.select("img:not(figure img)"):
            assert len(image["alt"]) > 30 and (page.parent / image["src"]).exists(), f"{page.name}: {image['src']}"


def test_formulas_are_mathml_and_no_dollar_is_left(edition, soups):
    for soup in soups.values():
        text = "".join(words for words in soup.find_all(string=True) if not words.find_parent(["pre", "code", "style"]))
        assert "$" not in text and "\\frac" not in text
    assert (edition / "notebooks" / "01_activations.html").read_text().count("<math") > 20


ONCE = """() => {  // marks one text of each size and weight, colour and ground: axe-core looks at a text for milliseconds
    const ground = e => !e ? '' : /, 0\\)$/.test(getComputedStyle(e).backgroundColor) ? ground(e.parentElement)
        : getComputedStyle(e).backgroundColor;
    const seen = new Set();
    for (const e of document.body.querySelectorAll('*')) {
        if (![...e.childNodes].some(each => each.nodeType === 3 && each.data.trim())) continue;
        const {color, fontSize, fontWeight, opacity} = getComputedStyle(e);
        const looks = [color, fontSize, fontWeight, opacity, ground(e)].join();
        if (!seen.has(looks)) e.setAttribute('data-looks', looks);
        seen.add(looks);
    }
    return seen.size;
}"""
CONTRAST = "color-contrast"


def violations(page):
    """[(rule, html of the place)] that axe-core finds on a page."""
    from axe_playwright_python.sync_playwright import Axe

    assert page.evaluate(ONCE) > 0, "a page has words"
    only = {"resultTypes": ["violations"]}
    found = Axe().run(page, options={**only, "rules": {CONTRAST: {"enabled": False}}}).response["violations"]
    found += page.evaluate("options => axe.run('[data-looks]', options)", {**only, "runOnly": [CONTRAST]})["violations"]
    return [(one["id"], node["html"][:120]) for one in found for node in one["nodes"]]


def test_axe_core_finds_no_violation(edition, browser):
    asked = []
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    kinds = {"solutions": 0, "nnlib": 0}  # pages made alike, from the same template: the first of each is enough
    for path in pages(edition):
        if path.parent.name in kinds:
            kinds[path.parent.name] += 1
        if kinds.get(path.parent.name, 0) <= 1:
            page.goto(path.as_uri())
            assert not violations(page), path.relative_to(edition)
    assert all(url.startswith(("file:", "data:")) for url in asked)
    context.close()


BAD = """<html lang="en"><title>t</title><main style="background: #fff; color: #000"><h1>a</h1>
<p>fine</p><p><b style="font-weight: normal">fine</b></p><p><i style="color: #999">pale</i></p>
<div style="background: #666"><p>dark on dark</p></div><img src="data:,"></main></html>"""


def test_axe_core_does_look(browser):
    page = browser.new_page()
    page.set_content(BAD)
    found = violations(page)
    assert sorted(rule for rule, _ in found) == [CONTRAST, CONTRAST, "image-alt"]
    page.close()
