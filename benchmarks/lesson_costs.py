"""What a lesson costs: seconds to run it from top to bottom, its kernel's memory afterwards, the size of its file.

    make bench-lessons

Every lesson runs on a fresh kernel, with no other there; the seconds count from the kernel's start. The bare kernel runs an
empty notebook. Then ten kernels are alive at once, one for each lesson, the first lesson once more: what a class needs.
"""

import asyncio
import contextlib
import itertools
import pathlib
import time

import nbformat
import psutil
from memory import measure, mebibytes
from nbclient import NotebookClient

LESSONS = pathlib.Path(__file__).resolve().parent.parent / "notebooks"
ALIVE = 10


async def main():
    lessons = sorted(LESSONS.glob("[0-9]*.ipynb"))
    print(f"| lesson | to run it, s | its kernel, MiB of {measure()} | its file, KiB |\n|---|---|---|---|")
    async with kernel_after(nbformat.v4.new_notebook()) as (kernel, seconds):
        print(row("(a bare kernel)", seconds, mebibytes(kernel), ""), flush=True)
    for lesson in lessons:
        async with kernel_after(nbformat.read(lesson, as_version=4)) as (kernel, seconds):
            size = f"{lesson.stat().st_size / 1024:.0f}"
            print(row(lesson.stem, seconds, mebibytes(kernel), size), flush=True)
    chosen = list(itertools.islice(itertools.cycle(lessons), ALIVE))
    print(f"\n{ALIVE} kernels at once, after their lessons: {await memory_of_all(chosen):.0f} MiB of {measure()}")


@contextlib.asynccontextmanager
async def kernel_after(book):
    """A kernel that has run a notebook and is still there, as a process, and the seconds that it took."""
    client = NotebookClient(book, timeout=120, shutdown_kernel="immediate", extra_arguments=["--log-level=ERROR"])
    began = time.perf_counter()
    async with client.async_setup_kernel(cwd=str(LESSONS)):
        await client.async_execute(cleanup_kc=False)
        yield psutil.Process(client.km.provisioner.pid), time.perf_counter() - began


async def memory_of_all(lessons):
    async with contextlib.AsyncExitStack() as alive:
        kernels = []
        for lesson in lessons:
            kernel, _ = await alive.enter_async_context(kernel_after(nbformat.read(lesson, as_version=4)))
            kernels.append(kernel)
        return sum(map(mebibytes, kernels))


def row(name, seconds, memory, size):
    return f"| {name} | {seconds:.1f} | {memory:.0f} | {size} |"


if __name__ == "__main__":
    asyncio.run(main())
