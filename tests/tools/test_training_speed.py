"""The benchmark of a training step: nobody is left out in silence, and nobody wins by computing something else."""

import subprocess
import sys

from conftest import PROJECT

SMALL = """
import sys
sys.modules |= {"torch": None, "sklearn": None}  # as if they were not installed
import training_speed
training_speed.NETS = training_speed.NUDGED = [(2, 5, 3)]
"""
RUN = "\nsys.argv = ['training_speed.py', '--rounds', '1']\ntraining_speed.main()"


def run(code):
    command = [sys.executable, "-c", SMALL + code + RUN]
    return subprocess.run(command, cwd=PROJECT / "benchmarks", capture_output=True, text=True)


def test_who_is_missing_is_named_in_every_row_and_in_the_last_line():
    done = run("")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line for line in done.stdout.splitlines() if line.startswith("| 2-5-3, float")]
    assert len(rows) == 4 and all(row.count(" missing |") == 4 for row in rows)
    words = "PyTorch and scikit-learn; to have them: pip install torch==2.13.0 scikit-learn"
    assert done.stdout.splitlines()[-1] == f"NOT COMPLETE, missing here: {words}"


def test_whoever_computes_something_else_ends_the_run():
    others = {
        "another learning rate": "speed.LEARNING_RATE = 0.1005; made = ours(x, t, params); speed.LEARNING_RATE = 0.1",
        "fewer samples": "made = ours(x[1:], t[1:], params)",
        "another loss": "step, own = ours(x, t, params); made = lambda: 1.01 * step(), own",
        "no number": "step, own = ours(x, t, params); made = lambda: step() * float('nan'), own",
    }
    for name, how in others.items():
        done = run(f"""
import training_speed as speed
def other(x, t, params, ours=speed.with_nnlib):
    {how}
    return made
speed.CONTESTANTS["PyTorch"] = other""")
        assert done.returncode == 1 and "| 2-5-3" not in done.stdout, name
        words = "PyTorch and nnlib do not compute the same on 2-5-3, float32: after one step"
        assert done.stderr.startswith(words), name
