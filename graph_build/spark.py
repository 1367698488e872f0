"""The build on a cluster: the same steps under Apache Spark, file by file, and the same graph.

A file is read and its documents become parts on whichever machine Spark gives it to; the parts come back in the
order of the files, wave by wave, and the machine that started the build writes the graph from them.  A wave that
was kept need not be read again when the build is stopped.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from .model import Her2kgError
from .parts.part import Part, Tools, part_of
from .parts.reading import Chunk, Taken, Unread, Wanted, chunks_of
from .read.opening import STANDARD_INPUT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: So many files for each processor of the cluster are a wave.
_WAVE: Final = 4
#: How a machine of the cluster makes its tools; what it names lies on every machine.
MakeTools = Callable[[], Tools]


class SparkError(Her2kgError):
    """Spark is not there, or failed."""


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """A session on a cluster; without a master that of ``spark-submit``, or else all processors of this machine.

    Raises :class:`SparkError` when Spark cannot be started.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise SparkError("Apache Spark is not installed; run “pip install her2kg[spark]”") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("her2kg build")
    if (master or "").startswith("local"):  # one machine: nobody watches its pages, and the bar would be ours
        builder = builder.config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    try:
        found = (builder.master(master) if master else builder).getOrCreate()
    except Exception as error:  # what Java says comes as errors of several libraries
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise SparkError(f"Spark could not be started ({reason}); it needs Java 17 or newer and a master") from error
    try:
        yield found
    finally:
        found.stop()


def parts_on_spark(
    unread: Iterable[Unread], make_tools: MakeTools, master: str | None, wanted: Wanted
) -> Generator[tuple[Chunk, list[Part]]]:
    """The chunks of the files that are not read yet with their parts, in the order of the files.

    What is not ``wanted`` any more after an error is read for other errors alone, in its file and in later waves.

    Raises :class:`SparkError` when a machine cannot do its work.
    """
    waiting = list(unread)
    if any(file == STANDARD_INPUT for _, file, _ in waiting):
        raise SparkError("standard input cannot be read by a cluster; save it as a file that all machines see")
    if not waiting:
        return
    with session(master) as spark:
        context = spark.sparkContext
        size = max(1, context.defaultParallelism) * _WAVE
        for start in range(0, len(waiting), size):
            for chunk, parts in _wave(context, waiting[start : start + size], make_tools, wanted):
                wanted.refused |= wanted.strict and any(item.kind == "error" for item in chunk.items)
                yield chunk, parts


def _wave(
    context: Any, tasks: Sequence[Unread], make_tools: MakeTools, wanted: Wanted
) -> Iterator[tuple[Chunk, list[Part]]]:
    """The chunks of a wave: computed on all machines at once, kept on their disks, then fetched file by file."""
    from pyspark import StorageLevel

    packed, now = pickle.dumps(make_tools), replace(wanted)
    found = context.parallelize(tasks, len(tasks)).flatMap(lambda task: work(task, packed, replace(now)))
    found = found.persist(StorageLevel.DISK_ONLY)
    try:
        found.count()
        yield from map(pickle.loads, found.toLocalIterator())
    except Her2kgError:
        raise
    except Exception as error:
        raise SparkError(f"Spark could not read {tasks[0][1]} … ({_reason(error)})") from error
    finally:
        found.unpersist()


def _reason(error: Exception) -> str:
    """The line in which a machine of the cluster says what was wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if "Error" in line and not line.startswith("at ")]
    return (named or lines or [type(error).__name__])[-1]


def work(task: Unread, make_tools: bytes, wanted: Wanted) -> Iterator[bytes]:
    """On a machine of the cluster: the chunks of a file with their parts, as bytes."""
    tools = _tools(make_tools)

    def take(chunk: Chunk, found: Taken, number: int) -> None:
        if wanted(found):
            chunk.take(found, number)

    for chunk in chunks_of([task], take):
        parts = [part_of(document, tools) for document in chunk.documents]
        chunk.documents.clear()  # they stay where they were read
        yield pickle.dumps((chunk, parts), protocol=5)


@cache
def _tools(make_tools: bytes) -> Tools:
    """The tools of this process, made once for all its files."""
    made: Tools = pickle.loads(make_tools)()  # noqa: S301 (the machine that started the build wrote it)
    return made
