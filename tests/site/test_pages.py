"""The pages of the web edition, as files: all there, complete, linked with each other, and nothing asked of other hosts."""

import re
from html import unescape

import make_site
import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import PROJECT
from web import exercises, landing, lesson_pages, mathml
from web.notebook_only import SAID_INSTEAD, TO_RUN_A_CELL

import nnlib

LESSONS = sorted((PROJECT / "notebooks").glob("[0-9]*.ipynb"))
each_lesson = pytest.mark.parametrize("lesson", [path.stem for path in LESSONS])


def pages(site):
    return make_site.written_pages(site)


@pytest.fixture(scope="module")
def soups(site):
    return {page: BeautifulSoup(page.read_text(), "html.parser") for page in pages(site)}


@pytest.fixture
def soup(lesson, site, soups):
    return soups[site / "notebooks" / f"{lesson}.html"]


def code(lesson):
    cells = nbformat.read(PROJECT / "notebooks" / f"{lesson}.ipynb", as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


# -- all of them ------------------------------------------------------------------------------------------------------


def test_every_lesson_solution_and_document_has_its_page(site):
    names = {str(page.relative_to(site).with_suffix("")) for page in pages(site)}
    wanted = [*(PROJECT / "notebooks").rglob("[0-9]*.ipynb"), *(PROJECT / "docs").glob("*.md")]
    ours = {name for name in names if not name.startswith("api/")}
    assert ours == {"index", *(str(path.relative_to(PROJECT).with_suffix("")) for path in wanted)}


def test_every_public_name_of_nnlib_is_documented_on_one_page(soups):
    api = {page.stem: soup for page, soup in soups.items() if page.parent.name == "nnlib"}
    for name in nnlib.__all__:
        found = [soup.find(id=name) for soup in api.values() if soup.find(id=name)]
        assert len(found) == 1, name
        if callable(getattr(nnlib, name)):
            assert found[0].parent.select_one(".docstring").get_text().strip(), name
            assert re.search(rf"(def|class) {name}\b", found[0].parent.select_one("details pre").get_text()), name
    assert not {"arguments", "progress", "__init__"} & set(api), "they have nothing for a reader"


def test_the_first_page_leads_to_all_others(site, soups):
    linked = {link["href"] for link in soups[site / "index.html"].select("a[href]")}
    solutions = {page for page in pages(site) if page.parent.name == "solutions"}
    assert {page.relative_to(site).as_posix() for page in {*pages(site)} - solutions} <= linked


def test_the_cards_say_what_the_readme_says(site, soups):
    cards = soups[site / "index.html"].select(".card")
    assert [card.strong.get_text() for card in cards] == [row.title for row in landing.rows()]
    assert len(cards) == len(LESSONS) and all("minutes" in card.get_text() for card in cards)


def test_only_a_site_is_removed_for_a_new_one(tmp_path):
    out, book = tmp_path / "site", tmp_path / "site" / "my book.txt"
    make_site.empty(out)
    (out / "old.html").touch()
    make_site.empty(out)
    assert [path.name for path in out.iterdir()] == [make_site.MARK]
    (out / make_site.MARK).rename(book)
    for mine in (out, book):
        with pytest.raises(SystemExit, match="out: .*not empty.*Name an empty or a new folder"):
            make_site.write_site(mine)
        assert book.exists()


# -- links and sizes --------------------------------------------------------------------------------------------------


def test_nothing_is_asked_of_other_hosts(soups, site):
    for page, soup in soups.items():
        loaded = [each.get("src") or each.get("href") for each in soup.select("[src], link[href]:not([rel=canonical])")]
        assert loaded and not [address for address in loaded if "//" in address], page.name
        assert all((page.parent / address).exists() for address in loaded), page.name
    for style in (site / "web").glob("*.css"):
        assert not re.search(r"@import|url\([\"']?(https?:)?//", style.read_text())


def test_links_lead_somewhere(soups):
    parts = {page: {each["id"] for each in soup.find_all(id=True)} for page, soup in soups.items()}
    for page, soup in soups.items():
        for link in soup.select("a[href]"):
            target, _, part = link["href"].partition("#")
            if "://" not in target:
                leads_to = (page.parent / target.partition("?")[0]).resolve() if target else page
                assert leads_to.exists(), f"{page.name}: {target}"
                name = part.partition("?")[0]  # after it comes the state of a demo
                assert not name or name in parts[leads_to], f"{page.name}: {link['href']}"


def test_a_name_is_given_once_on_a_page(soups):
    for page, soup in soups.items():
        names = [each["id"] for each in soup.find_all(id=True)]
        assert sorted(names) == sorted(set(names)), page.name


def test_pictures_are_described(soups):
    for page, soup in soups.items():
        for figure in soup.select("figure"):
            assert re.match("Picture( of the live demo)?: .", figure.img["alt"]), page.name
            assert len(figure.figcaption.get_text()) > 20, f"{page.name}: {figure.img['alt']}"
        for image in soup.select("main img:not(figure img, .card img)"):
            assert len(image["alt"]) > 30, f"{page.name}: {image['src']}"


@each_lesson
def test_a_lesson_is_at_most_400_kib(lesson, site):
    assert (site / "notebooks" / f"{lesson}.html").stat().st_size <= 400 * 1024


# -- formulas ---------------------------------------------------------------------------------------------------------


def test_formulas_are_mathml_and_no_dollar_is_left(site, soups):
    for page, soup in soups.items():
        text = "".join(
            words for words in soup.find_all(string=True) if not words.find_parent(["pre", "code", "script"])
        )
        assert "$" not in text and "\\frac" not in text, page.name
    assert len(soups[site / "notebooks" / "01_activations.html"].select("math")) > 20


def test_the_font_of_the_formulas_is_small_and_has_what_they_use(site, soups):
    assert (site / "web" / "fonts" / "noto-sans-math.woff2").stat().st_size <= 100 * 1024
    command = (PROJECT / "tools/web/fonts/README.md").read_text()
    ranges = [range(int(first, 16), int(last or first, 16) + 1) for first, last in re.findall(RANGE, command)]
    used = {letter for soup in soups.values() for math in soup.select("math") for letter in math.get_text()} - set(
        "\n "
    )
    assert len(used) > 60
    assert {letter for letter in used if not any(ord(letter) in each for each in ranges)} == set()


RANGE = r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?"


@pytest.mark.parametrize(
    ("latex", "signs", "between"),
    [("w = -1", 1, 0), ("(-1)", 1, 0), ("a - 1", 0, 1), ("(a) - 1", 0, 1), ("|a| - 1", 0, 1), ("a - -1", 1, 1)],
)
def test_a_minus_that_is_a_sign_has_no_space_behind_it(latex, signs, between):
    formula = unescape(mathml.formula(latex))
    assert (formula.count('form="prefix">−'), formula.count("<mo>−")) == (signs, between)


# -- what a lesson's page has in place of what runs -------------------------------------------------------------------


@each_lesson
def test_each_live_demo_is_a_figure_for_the_player(lesson, site, soup):
    shown = [output.data["text/plain"] for cell in code(lesson) for output in cell.outputs if "data" in output]
    titles = [text.removeprefix("Interactive demo: ") for text in shown if text.startswith("Interactive demo: ")]
    figures = soup.select("main > figure.demo")
    assert [figure.select_one("h3.demo-title").get_text() for figure in figures] == titles
    for figure in figures:
        assert (
            figure["data-demo"].split("-")[0] == f"{lesson}/{figure['id'].split('-')[0]}"
            and figure["data-root"] == "../"
        )
        assert (site / "baked" / f"{figure['data-demo']}.webp").exists()
        assert int(figure.img["width"]) >= 600 and figure.img["loading"] == "lazy"


@each_lesson
def test_each_question_has_its_choices_and_one_verdict(lesson, soup):
    sources = [cell.source for cell in code(lesson)]
    asked = {f"question-{name}" for name in re.findall(r"^exercises\.(\w+)\.ask\(\)$", "\n".join(sources), re.M)}
    questions = {question["id"]: question for question in soup.select(".question")}
    recalled = {name for name in questions if re.search(r"-\d$", name)}
    assert set(questions) - recalled == asked
    assert len(recalled) >= 3 or lesson == "00_neuron"
    for name, question in questions.items():
        (verdict,) = soup.select(f".verdict[data-question={name}]")
        choices = [choice.get_text() for choice in question.select("li")]
        assert verdict.strong.get_text().removesuffix(".") == choices[int(question["data-answer"])]


@each_lesson
def test_each_exercise_has_hints_and_a_solution_and_no_verdict(lesson, soup):
    tasks = [cell.source for cell in code(lesson) if exercises.checked(cell.source)]
    helps = soup.select(".help")
    assert len(helps) == len(tasks) > 0
    for task, help in zip(tasks, helps, strict=True):
        assert "exercises." not in help.get_text() and help.select_one(".run")["href"] == lesson_pages.TRY.format(
            root="../", lesson=lesson
        )
        assert ("demos.mend" in task) or "Hint 1" in help.get_text()
        assert help.select_one(".solution pre").get_text() not in ("", exercises.without_check(task))
    assert "… still missing" not in soup.get_text()


@each_lesson
def test_no_text_says_to_run_a_cell(lesson, soup):
    text = re.sub(r"\s+", " ", "".join(soup.main.find_all(string=lambda words: not words.find_parent("pre"))))
    assert TO_RUN_A_CELL.findall(text) == []


def test_what_is_said_instead_still_stands_in_a_lesson():
    texts = "".join(cell.source for path in LESSONS for cell in nbformat.read(path, as_version=4).cells)
    assert [said for said in SAID_INSTEAD if said not in texts] == [], "reword tools/web/notebook_only.py, too"


@each_lesson
def test_what_is_folded_is_at_the_end_of_a_print(lesson, soup):
    groups = {id(details.find_parent(class_="help") or details) for details in soup.select("main details")}
    (end,) = soup.select("main > .answers-on-paper")
    assert len(end.ol.find_all("li", recursive=False)) == len(groups) > 5
    solution = soup.select_one(".solution pre").get_text()
    assert solution in end.get_text()


def test_the_lessons_follow_each_other(site, soups):
    ways = [soups[site / "notebooks" / f"{path.stem}.html"].select(".way a") for path in LESSONS]
    names = [f"../notebooks/{path.stem}.html" for path in LESSONS]
    expected = [[name for name in pair if name] * 2 for pair in zip([None, *names], [*names[1:], None], strict=False)]
    assert [[link["href"] for link in each] for each in ways] == expected


@each_lesson
def test_the_contents_have_all_headings(lesson, soup):
    headings = [heading["id"] for heading in soup.select("main h2[id], main h3[id]")]
    for contents in soup.select(".contents ol"):
        assert [link["href"][1:] for link in contents.select("a")] == headings
    assert len(headings) > 5 and len(soup.select(".contents ol")) == 2
