"""Documents to parts on all processors, in order: the result is that of one processor.

Chunks of documents go to worker processes, a few more than there are workers, so that memory stays flat; what
comes back is given out in the order in which it went in.  Few documents are read without any worker.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import Final, TypeVar

from ..model import Document, Her2kgError
from .part import Part, Tools, part_of

T = TypeVar("T")
#: How a worker that cannot inherit the tools makes its own; it travels to it, so it is small.
MakeTools = Callable[[], Tools]
#: Chunks for each worker that are under way: one at work, one waiting.
_AHEAD: Final = 2
_tools: Tools | None = None  # of this worker


class WorkerLost(Her2kgError):
    """A worker process ended before its work did."""


def default_jobs() -> int:
    """As many workers as there are processors for this process."""
    count = getattr(os, "process_cpu_count", None)  # Python 3.13
    if count is not None:
        return int(count() or 1)
    affinity = getattr(os, "sched_getaffinity", None)  # Linux
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def parts_of(
    chunks: Iterable[tuple[T, list[Document]]], tools: Tools, make_tools: MakeTools, jobs: int
) -> Generator[tuple[T, list[Part]]]:
    """The parts of each chunk, in the order of the chunks; what else a chunk holds goes through.

    Raises :class:`WorkerLost` when a worker dies.
    """
    stream = iter(chunks)
    first = list(islice(stream, 2))
    if jobs < 2 or len(first) < 2:
        for rest, documents in chain(first, stream):
            yield rest, [part_of(document, tools) for document in documents]
        return
    yield from _in_workers(chain(first, stream), tools, make_tools, jobs)


def _in_workers(
    chunks: Iterator[tuple[T, list[Document]]], tools: Tools, make_tools: MakeTools, jobs: int
) -> Generator[tuple[T, list[Part]]]:
    global _tools
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    _tools = tools  # what is forked has it, and shares its memory
    pool = ProcessPoolExecutor(jobs, context, _begin, (None if forks else make_tools,))
    waiting: deque[tuple[T, Future[list[Part]]]] = deque()
    try:
        for rest, documents in chunks:
            waiting.append((rest, pool.submit(_work, documents)))
            if len(waiting) > _AHEAD * jobs:
                rest, future = waiting.popleft()
                yield rest, future.result()
        while waiting:
            rest, future = waiting.popleft()
            yield rest, future.result()
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a worker process was ended from outside, most likely because memory ran out; run the same command again, "
            "with fewer --jobs, and it goes on where it was"
        ) from error
    finally:
        _tools = None
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(make_tools: MakeTools | None) -> None:
    """Make a worker ready: it ends with the process that started it, which alone hears the keyboard."""
    global _tools
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if make_tools is not None:
        _tools = make_tools()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(documents: list[Document]) -> list[Part]:
    assert _tools is not None
    return [part_of(document, _tools) for document in documents]
