"""The lessons and their solutions as pages, from the notebooks. No lesson is run: only its questions are imported."""

import ast
import html
import importlib
import pathlib
import re

import nbformat
from web import exercises, questions
from web.code_blocks import code_block, printed
from web.mathml import markdown
from web.notebook_only import for_a_page
from web.pictures import still

HOME = pathlib.Path(__file__).resolve().parent.parent.parent
DEMO = """<figure class="demo" id="{name}" data-demo="{key}" data-root="{root}" data-run="{run}">
<{heading} class="demo-title">{title}</{heading}>
<img class="demo-picture" src="{root}baked/{key}.webp" width="{width}" height="{height}" alt="Picture of the live demo: {title}" loading="lazy">
<figcaption>{words}</figcaption>
</figure>
"""  # noqa: E501
TRY = "{root}try/notebooks/index.html?path=notebooks/{lesson}.ipynb"  # the lesson as a notebook, in the browser
RUN = """<p class="run-lesson"><a class="button quiet" href="{href}">Run this lesson in your browser</a>
<span>Write and check your own code. Nothing to install.</span></p>
"""
NOT_FOR_A_PAGE = "demos.preflight()"  # it looks at the reader's own setup


def lessons():
    return sorted((HOME / "notebooks").glob("[0-9]*.ipynb"))


def lesson_body(path, live, out):
    """The HTML of a lesson with its live demos, {id of a cell: Figure}; its other pictures are written to out."""
    cells = [cell for cell in cells_of(path) if "colab" not in cell.metadata.get("tags", [])]
    solutions = solutions_of(path)
    asked = questions_of(cells)
    body = "".join(part for cell in cells for part in parts(cell, path.stem, live, solutions, asked, out))
    return body.replace("</h1>", "</h1>\n" + RUN.format(href=TRY.format(root="../", lesson=path.stem)), 1)


def solution_body(path):
    """The HTML of the solutions of a lesson: their text and code, without what the checks say."""
    return "".join(solution_part(cell) for cell in cells_of(path))


def solution_part(cell):
    if cell.cell_type == "markdown":
        return markdown(for_a_page(cell.source))
    return code_block(exercises.without_check(cell.source) if exercises.checked(cell.source) else cell.source)


def parts(cell, lesson, live, solutions, asked, out):
    """The HTML of a cell, part by part."""
    if cell.cell_type == "markdown":
        yield markdown(for_a_page(cell.source))
    elif cell.id in live:
        yield demo(live[cell.id])
    elif question := re.fullmatch(r"exercises\.(\w+)(\.ask\(\)|\.judge\(\)|)", cell.source):
        name, call = question.groups()
        show = {".ask()": questions.asked, ".judge()": questions.judged, "": questions.recalled}[call]
        yield show(getattr(asked, name), f"question-{name}")
    elif name := exercises.checked(cell.source):
        yield exercises.task(cell.source)
        yield from results(cell, lesson, out)
        yield exercises.help_with(hints(asked, name), solutions[name], run=TRY.format(root="../", lesson=lesson))
    else:
        yield code_block(re.sub(rf"\n+{re.escape(NOT_FOR_A_PAGE)}.*", "", cell.source))
        yield from results(cell, lesson, out)


def hints(asked, name):
    """The hints of the exercise with this name, such as "exercises.neuron"; a bug to mend has none."""
    exercise = getattr(asked, name.removeprefix("exercises."), None)
    return getattr(getattr(exercise, "exercise", exercise), "hints", ())  # a step of the engine has an exercise in it


def results(cell, lesson, out):
    """What a cell has printed or shown."""
    for output in cell.outputs:
        if output.output_type == "stream":
            yield printed(output.text)
        elif "image/png" in output.data:
            yield still(output, f"images/{lesson}/{cell.id}", out)
        elif "text/html" not in output.data:  # otherwise it's what a check says about a task that's still to do
            yield printed(output.data["text/plain"])


def demo(figure, root="../", heading="h3"):
    """A demo as player.js takes it up."""
    title, words = html.escape(figure.title), html.escape(figure.words)
    size = dict(zip(("width", "height"), figure.size, strict=True))
    lesson, _, name = figure.key.partition("/")
    run = TRY.format(root=root, lesson=lesson)
    return DEMO.format(name=name, key=figure.key, root=root, run=run, heading=heading, title=title, words=words, **size)


def cells_of(path):
    return nbformat.read(path, as_version=4).cells


def solutions_of(path):
    """{name of a check: the code that passes it}"""
    solved = cells_of(path.parent / "solutions" / path.name)
    return {exercises.checked(cell.source): cell.source for cell in solved if cell.cell_type == "code"}


def questions_of(cells):
    """The module that a lesson imports as `exercises`."""
    (imports,) = [cell.source for cell in cells if cell.id == "imports"]
    for line in ast.parse(imports).body:
        if isinstance(line, ast.ImportFrom) and "exercises" in [each.name for each in line.names]:
            return importlib.import_module(f"{line.module}.exercises")
