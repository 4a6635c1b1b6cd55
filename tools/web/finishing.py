"""What the pages from notebooks and from Markdown have in common, once their text is HTML."""

import re

from bs4 import BeautifulSoup


def finished(body):
    """The soup of a page's text, with headings to link to, links to pages, and boxes for what may be wider than the page."""
    soup = parsed(body)
    name_headings(soup)
    point_to_pages(soup)
    for table in soup.select("table"):
        table.wrap(soup.new_tag("div", attrs={"class": "table"}))
    for image in soup.select("img:not(figure img)"):
        image["loading"] = "lazy"
    return soup


def parsed(text):
    return BeautifulSoup(text, "html.parser")


def name_headings(soup):
    """Give each heading a name, and make its words a link to it, unless there's a link in them."""
    taken = {each["id"] for each in soup.select("[id]")}
    for heading in soup.select("h1, h2, h3:not(figure *), h4, h5"):
        words = re.sub(r"\W+", "-", heading.get_text().lower()).strip("-")
        free = (name for name in (words, *(f"{words}-{number}" for number in range(2, 99))) if name not in taken)
        name = heading["id"] = heading.get("id") or next(free)
        taken.add(name)
        if heading.name != "h1" and not heading.a:
            link = soup.new_tag("a", attrs={"class": "here", "href": f"#{name}"})
            link.extend(list(heading.contents))
            heading.append(link)


def point_to_pages(soup):
    for link in soup.select("a[href]"):
        if "://" not in link["href"] and "?path=" not in link["href"]:  # JupyterLite opens the notebook itself
            link["href"] = re.sub(r"\.(ipynb|md)(?=$|#)", ".html", link["href"])


def first_heading(soup):
    return soup.find("h1").get_text().strip()
