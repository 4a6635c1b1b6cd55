# Say what to run if a cell uses a name that the lesson's imports would give. IPython runs this file as each kernel starts, among
# the reader's names, so it leaves none there: no docstring either.

if "get_ipython" in globals():  # a plain Python in a terminal runs the file, too

    def say_what_to_run(shell):
        import ast
        import json
        import os

        words = "Run the cells above first: choose Run → Run All Above Selected Cell."

        def imported():
            """The names that the open lesson's first code cell imports."""
            with open(os.environ["JPY_SESSION_NAME"], encoding="utf-8") as file:
                cells = json.load(file)["cells"]
            code = next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
            return [each.asname or each.name for each in ast.walk(ast.parse(code)) if isinstance(each, ast.alias)]

        def show(shell, kind, error, trace, tb_offset=None):
            try:
                if error.name in imported():
                    error.add_note(words)
            except Exception:  # whatever the open file is, the error itself is shown
                pass
            shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)

        shell.set_custom_exc((NameError,), show)

    say_what_to_run(get_ipython())  # noqa: F821  (given by IPython)
    del say_what_to_run
