"""Where a demo's controls go: above its picture, or in groups beside it, which move above it on a narrow page.

The style sheets know the parts by their classes: nnlib-body holds nnlib-controls (nnlib-column if they're beside the picture)
and nnlib-shown. The one for the projector puts all controls beside the picture.
"""

import html

import ipywidgets as w

__all__ = ["MORE", "above", "beside", "wrapped"]
__dir__ = __all__.copy  # what Tab shows

MORE = "More"  # the group that is folded away
COLUMN, LEAST, GAP = (
    260,
    560,
    16,
)  # pixels: the controls' width, the least one of a picture beside them, and what is between
HEADING = '<div class="nnlib-group" role="heading" aria-level="4">{}</div>'


def above(controls, clock, picture):
    """One box: the controls {name: widget} in rows, the clock's box or None, then the picture with its words, a list."""
    return body([wrapped(controls.values()), clock], picture, flex_flow="column")


def beside(groups, controls, clock, picture, width):
    """One box: the clock and groups {heading: names of controls} in a column, and the picture, `width` pixels wide, beside it.

    The picture shrinks to make room for the column. If that would make it too small, the column goes above it.
    """
    column = [group(heading, [controls[name] for name in names]) for heading, names in groups.items()]
    box = body([clock, *column], picture, flex_flow="row wrap", grid_gap=f"0 {GAP}px", align_items="flex-start")
    left, right = box.children
    left.add_class("nnlib-column")
    left.layout.flex, left.layout.min_width = f"1 1 {COLUMN}px", "0"
    right.layout.flex, right.layout.max_width = f"1000 1 {LEAST}px", f"{width}px"
    return box


def body(controls, picture, **layout):
    """A box with two: controls, without those that are None, and the picture with its words."""
    plain = {"margin": "0", "overflow": "visible"}
    left, right = w.VBox([each for each in controls if each], layout=plain), w.VBox(picture, layout=plain)
    box = w.Box([left, right], layout=plain | layout)
    for part, name in {box: "nnlib-body", left: "nnlib-controls", right: "nnlib-shown"}.items():
        part.add_class(name)
    return box


def group(heading, widgets):
    """Controls under a heading. Those under More are shown after a press on it."""
    block = wrapped(widgets)
    if heading != MORE:
        return w.VBox([w.HTML(HEADING.format(html.escape(heading))), block], layout=w.Layout(overflow="visible"))
    block.layout.display = "none"
    opener = w.ToggleButton(
        description=MORE, tooltip="Show the controls that are rarely used", layout=w.Layout(width="auto")
    )
    opener.observe(lambda change: setattr(block.layout, "display", None if change["new"] else "none"), "value")
    return w.VBox([w.Box([opener]), block], layout=w.Layout(overflow="visible"))


def wrapped(widgets):
    """Widgets in a row, and in a second one where the first is full."""
    return w.Box(list(widgets), layout=w.Layout(flex_flow="row wrap", grid_gap="0 4px"))
