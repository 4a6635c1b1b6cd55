"""What comes below the task of an exercise: hints and the solution, folded, and the way to run it."""

import ast
import html

from web.code_blocks import code_block

HELP = """<div class="help">
{hints}<details class="solution"><summary>Solution</summary>
{solution}</details>
<a class="run" href="{run}">Run it yourself</a>
</div>
"""
HINT = "<details><summary>Hint {number}</summary><p>{hint}</p></details>\n"


def checked(source):
    """What a cell's last line hands over to be checked: "exercises.neuron" for `exercises.neuron(my_neuron)`, or None."""
    call = last_call(source)
    if call and call.args and ast.unparse(call.args[-1]).isidentifier():
        whole = [ast.unparse(call.func), *map(ast.unparse, call.args[:-1])]
        return " ".join(whole) if whole[0].startswith("exercises.") or whole[0] == "demos.mend" else None


def last_call(source):
    last = ast.parse(source).body[-1]
    return last.value if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) else None


def without_check(source):
    """A cell's code without its last line, the check."""
    return "\n".join(source.splitlines()[: ast.parse(source).body[-1].lineno - 1]).rstrip()


def task(source):
    return code_block(without_check(source))


def help_with(hints, solution, run):
    """The HTML: folded hints, the folded solution, and a link to run it, to the address `run`."""
    hints = "".join(HINT.format(number=number, hint=html.escape(hint)) for number, hint in enumerate(hints, 1))
    return HELP.format(hints=hints, solution=code_block(without_check(solution)), run=run)
