"""Which demos are baked again after a change, and what is kept."""

import json
from concurrent.futures import Future

import pytest
from web import baking


def cell_that_shows(lesson, code):
    return next(cell.id for cell in baking.code_cells(lesson) if cell.source.endswith(code))


def test_a_demo_depends_on_the_code_that_it_uses_and_on_no_later_lesson():
    used = {path.as_posix() for path in baking.used_by("03_losses")}
    assert {
        "nnlessons/losses/demos.py",
        "nnlib/losses.py",
        "nnlessons/live/scene.py",
        "nnlib/data/digits.csv.gz",
    } <= used
    assert not any("training/" in path or "arrays/" in path for path in used)


def test_a_change_there_changes_the_digest_and_a_change_elsewhere_does_not(monkeypatch):
    cell = cell_that_shows("03_losses", "demos.squares")
    before = baking.digest("03_losses", cell)
    read = baking.pathlib.Path.read_bytes
    changed = "nnlessons/losses/demos.py"
    monkeypatch.setattr(
        baking.pathlib.Path, "read_bytes", lambda path: read(path) + b"#" * path.as_posix().endswith(changed)
    )
    assert baking.digest("03_losses", cell) != before
    changed = "nnlessons/training/demos.py"
    assert baking.digest("03_losses", cell) == before


def test_a_demo_that_a_cell_makes_depends_on_the_cells_before_it(monkeypatch):
    made = cell_that_shows("08_training", "demos.draw_a_digit(net)")
    ready = cell_that_shows("08_training", "demos.playground")
    before = [baking.digest("08_training", cell) for cell in (made, ready)]
    cells = [cell.copy() for cell in baking.code_cells("08_training")]
    cells[1].source += "  # a change"
    monkeypatch.setattr(baking, "code_cells", lambda lesson: cells)
    assert [baking.digest("08_training", cell) == old for cell, old in zip((made, ready), before, strict=True)] == [
        False,
        True,
    ]


def test_the_value_of_a_cell_is_that_of_its_last_line(monkeypatch):
    cells = [baking.nbformat.v4.new_code_cell(source) for source in ("x = 2\nprint(x)", "x *= 3\nx + 1", "y = x")]
    monkeypatch.setattr(baking, "code_cells", lambda lesson: cells)
    assert list(baking.results.__wrapped__("any").values()) == [None, 7]


@pytest.fixture
def quick(monkeypatch):
    """Baking without drawing: what was baked, in order."""
    done = []

    def bake_one(lesson, cell, first, file):
        done.append(cell)
        file.write_text(json.dumps({"pictures": [[-1, 0, 0, "AAAA"]], "cell": cell, "first": first}))

    class Here:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def submit(self, work, *arguments):
            job = Future()
            job.set_result(work(*arguments))
            return job

    monkeypatch.setattr(baking, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(baking, "bake_one", bake_one)
    return done


def test_what_is_kept_is_not_baked_again_and_what_is_gone_is_removed(quick, tmp_path):
    one, other = (cell_that_shows("03_losses", f"demos.{name}") for name in ("squares", "surprise"))
    cells = {"03_losses/squares": ("03_losses", one), "03_losses/surprise": ("03_losses", other)}
    for _ in range(2):
        baking.bake_all(cells, tmp_path, kept=tmp_path / "kept")
    assert sorted(quick) == sorted([one, other])
    baking.bake_all(cells, tmp_path, {"03_losses/squares"}, kept=tmp_path / "kept")
    assert quick[2:] == [one], "what comes first on a page is smaller, so it's baked in another way"
    assert baking.read(tmp_path / "baked" / "03_losses" / "squares.js")["first"]
    states = baking.read(tmp_path / "baked" / "03_losses" / "surprise.js")
    assert states["cell"] == other and (tmp_path / "baked" / "03_losses" / "surprise.webp").read_bytes() == bytes(3)
    baking.bake_all({"03_losses/squares": ("03_losses", one)}, tmp_path, kept=tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 1
