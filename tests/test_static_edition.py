"""The static edition: every lesson as a page that needs no script and no other host, and that can be read by everyone."""

import re

import pytest
import static_edition
from bs4 import BeautifulSoup
from conftest import PROJECT


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    out = tmp_path_factory.mktemp("html")
    static_edition.write_edition(out)
    return out


def pages(edition):
    return sorted(edition.rglob("*.html"))


def test_every_lesson_solution_and_document_has_its_page(edition):
    names = {str(page.relative_to(edition).with_suffix("")) for page in pages(edition)}
    books = (PROJECT / "notebooks").rglob("[0-9]*.ipynb")
    wanted = [*books, *(PROJECT / "docs").glob("*.md")]
    assert names == {"index", *(str(path.relative_to(PROJECT).with_suffix("")) for path in wanted)}


def test_nothing_is_asked_of_other_hosts_and_nothing_is_run(edition):
    for page in pages(edition):
        text = page.read_text()
        assert "<script" not in text and "@import" not in text
        assert not re.findall(r'(?:src|href)="(https?:)?//[^"]*\.(?:js|css|png|woff)', text)


def test_links_stay_inside_and_pictures_are_described(edition):
    for page in pages(edition):
        soup = BeautifulSoup(page.read_text(), "html.parser")
        for link in soup.select("a[href]"):
            target = link["href"].partition("#")[0]
            if target and not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
        for image in soup.select("figure img"):
            assert image["alt"].startswith("Picture of the live demo: ")
            assert len(image.find_next("figcaption").get_text()) > 30
        for image in soup.select("img:not(figure img)"):
            assert len(image["alt"]) > 30 and (page.parent / image["src"]).exists(), f"{page.name}: {image['src']}"


def test_formulas_are_mathml_and_no_dollar_is_left(edition):
    for page in pages(edition):
        soup = BeautifulSoup(page.read_text(), "html.parser")
        for code in soup.select("pre, code"):
            code.decompose()
        assert "$" not in soup.get_text() and "\\frac" not in soup.get_text()
    assert (edition / "notebooks" / "01_activations.html").read_text().count("<math") > 20


def test_axe_core_finds_no_violation(edition, browser):
    from axe_playwright_python.sync_playwright import Axe

    asked = []
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    for path in pages(edition):
        page.goto(path.as_uri())
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
        assert not told, f"{path.relative_to(edition)}: {told}"
    assert all(url.startswith(("file:", "data:")) for url in asked)
    page.set_content('<html lang="en"><title>t</title><main><h1>a</h1><img src="data:,"></main></html>')
    assert [one["id"] for one in Axe().run(page).response["violations"]] == ["image-alt"], "axe-core does look"
    context.close()
