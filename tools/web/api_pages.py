"""A page for each module of nnlib: pdoc reads the docstrings, and we put them into our own frame."""

import html

import pdoc.doc
import pdoc.render
from bs4 import BeautifulSoup
from web.code_blocks import code_block

import nnlib

SOURCE = "<details><summary>Source</summary>\n{code}</details>"


def modules():
    """{name of a module: what it's for, the first line of its docstring}"""
    return {name: module.docstring.partition("\n")[0] for name, module in read().items()}


def read():
    return {module.__name__: pdoc.doc.Module(module) for module in nnlib.MODULES}


def module_bodies():
    """{name of a module: the soup of its page}"""
    pdoc.render.configure(search=False)  # its search and its formulas would need scripts
    found = read()
    soups = {
        name: BeautifulSoup(pdoc.render.html_module(module, found), "html.parser") for name, module in found.items()
    }
    bodies = {name: body_of(soup.select_one("main.pdoc"), name, soup.new_tag) for name, soup in soups.items()}
    for name, body in bodies.items():
        for link in body.select("a[href*='#']"):  # to a base class that has no place here, say
            target, _, part = link["href"].partition("#")
            module = f"nnlib.{target.removesuffix('.html')}" if target else name
            if not bodies[module].find(id=part):
                link.unwrap()
    return bodies


def body_of(main, name, new_tag):
    """What pdoc says about a module, with its sources folded in a way that keyboards can open."""
    for part in main.select(".headerlink, .attribution, .decorator[class*='errstate'], .view-source-button, input"):
        part.decompose()
    main.select_one(".module-info .codehilite").decompose()  # the source of the whole module: its parts follow
    for value in main.select(".variable .default_value"):
        value.string = "..."
    for heading in main.select("h5"):  # "Inherited Members", of another rank than the heading before it
        heading.name = "p"
    for source in main.select(".codehilite"):
        for number in source.select(".linenos"):
            number.decompose()
        source.replace_with(BeautifulSoup(SOURCE.format(code=code_block(source.get_text())), "html.parser"))
    main.h1.string = name
    main.h1["id"] = name.rpartition(".")[2]
    for section in main.find_all("section", id=True, recursive=False):
        heading = new_tag("h2", attrs={"id": section["id"]})
        heading.string = section["id"]
        section.attrs = {"class": "api"}
        section.insert(0, heading)
    main.name = "div"
    main["class"] = "api-page"
    return main


def listed(places):
    """The list of all modules for the first page: {place of a page: name} -> HTML."""
    about = modules()
    return "".join(
        f'<li><a href="{place}">{name}</a>: {html.escape(about[name])}</li>\n' for place, name in places.items()
    )
