"""Answers, hints and solutions, which are folded on the screen, once more at the end of a printed page."""

import copy

from web.finishing import parsed

END = '<section class="answers-on-paper"><h2>Answers, hints, and solutions</h2><ol></ol></section>'
SEE = '<span class="on-paper-only"> (number {number} at the end)</span>'
SEE_HELP = '<p class="on-paper-only">Hints and the solution are number {number} at the end.</p>'


def repeat_at_the_end(soup):
    """Number what is folded, and add it to the end of a soup, where only paper shows it."""
    end = parsed(END)
    for number, group in enumerate(folded(soup), 1):
        entry = soup.new_tag("li")
        title = soup.new_tag("p", attrs={"class": "answered"})
        title.string = title_of(group[0])
        entry.append(title)
        if help := group[0].find_parent(class_="help"):
            help.append(parsed(SEE_HELP.format(number=number)))
        else:
            group[0].summary.append(parsed(SEE.format(number=number)))
        for details in group:
            parts = [copy.copy(part) for part in details.contents if part is not details.summary]
            named = [each for part in parts if hasattr(part, "select") for each in [part, *part.select("[id]")]]
            for each in named:
                each.attrs.pop("id", None)
            entry.extend(parts)
        end.ol.append(entry)
    if end.ol.contents:
        soup.append(end)


def folded(soup):
    """[the folded parts that belong together]: the hints and the solution of an exercise, or a single answer."""
    groups = {}
    for details in soup.select("details"):
        group = details.find_parent(class_="help") or details
        groups.setdefault(id(group), []).append(details)
    return list(groups.values())


def title_of(details):
    """The question that is answered, or the heading under which an answer is."""
    if "data-of" in details.attrs:
        return details["data-of"]
    heading = next(each for each in details.find_all_previous(["h1", "h2", "h3"]) if not each.find_parent("figure"))
    in_help = details.find_parent(class_="help")
    return heading.get_text() if in_help else f"{heading.get_text()} · {details.summary.get_text()}"
