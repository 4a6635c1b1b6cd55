"""A demo's present state as a line of code, to copy into a cell: `demos.gates.at(w0=2.5, b=-1.0)`."""

import sys

__all__ = ["code_of", "name_of"]
__dir__ = __all__.copy  # what Tab shows


def name_of(demo):
    """What a lesson's cell calls a demo, `demos.gates` say, or "" if it isn't one of a module called `demos`."""
    demo = demo.origin or demo
    for path, module in list(sys.modules.items()):
        if path.endswith(".demos"):
            for name in getattr(module, "__all__", ()):
                if vars(module).get(name) is demo:
                    return f"demos.{name}"
    return ""


def code_of(demo, values, step=0, name=None):
    """The shortest line that shows these values {control: value} at this step of the clock; "" if there is no short one.

    name  what the line calls the demo; otherwise it's found by itself. Without any name, the line is what comes behind it.
    """
    name, origin = name_of(demo) if name is None else name, demo.origin or demo
    ways = [arguments(origin, values, preset, moved) for preset, moved in {None: {}, **origin.presets}.items()]
    possible = [way for way in ways if None not in way]
    if not possible:
        return ""
    said = [*min(possible, key=len), *([f"step={step}"] if step else [])]
    return f"{name}.at({', '.join(said)})" if said else name


def arguments(demo, values, preset, moved):
    """The arguments of `at` for these values if it begins with this preset; among them None for what is too long for code."""
    start, said = demo.beginning | moved, [repr(preset)] if preset else []
    for name, control in demo.controls.items():
        if values[name] != start[name]:
            code = control.code(values[name])
            said.append(code and f"{name}={code}")
    return said
