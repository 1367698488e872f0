"""Sorting more lines than fit into memory: sorted runs on disk, merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from pathlib import Path
from typing import Final

#: A run is written when this much is at hand; with what Python needs for each line it is about twice as much memory.
RUN_BYTES: Final = 48_000_000
#: So many runs are merged at once: each is an open file.
FAN_IN: Final = 100


class SortedLines:
    """Takes lines in any order and gives them back sorted by their bytes, each once.

    A line ends with a line end and holds no other.  UTF-8 sorts as its code points do.
    """

    def __init__(self, folder: Path, *, run_bytes: int = RUN_BYTES, fan_in: int = FAN_IN) -> None:
        self._folder, self._run_bytes, self._fan_in = folder, run_bytes, fan_in
        self._lines: list[bytes] = []
        self._size = 0
        self._runs: list[Path] = []
        self._made = 0

    def add(self, lines: Iterable[bytes]) -> None:
        """Take some lines."""
        new = list(lines)
        self._lines += new
        self._size += sum(map(len, new))
        if self._size >= self._run_bytes:
            self._spill()

    def merged(self) -> Iterator[bytes]:
        """All lines; what was on the disk is removed."""
        while len(self._runs) > self._fan_in:
            first, self._runs = self._runs[: self._fan_in], self._runs[self._fan_in :]
            with ExitStack() as stack:
                self._write(merge(*(stack.enter_context(run.open("rb")) for run in first)))
            _remove(first)
        with ExitStack() as stack:
            runs = [stack.enter_context(run.open("rb")) for run in self._runs]
            yield from _unique(merge(*runs, sorted(self._lines)) if runs else sorted(self._lines))
        _remove(self._runs)
        self._lines, self._size, self._runs = [], 0, []

    def _spill(self) -> None:
        self._lines.sort()
        self._write(self._lines)
        self._lines, self._size = [], 0

    def _write(self, lines: Iterable[bytes]) -> None:
        self._made += 1
        run = self._folder / f"run-{self._made}"
        with run.open("wb", buffering=1 << 20) as file:
            file.writelines(_unique(lines))
        self._runs.append(run)


def _unique(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted lines, each once."""
    last = b""
    for line in lines:
        if line != last:
            yield line
            last = line


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink()


class Distinct:
    """Counts different things of several kinds, exactly, in files by hash where they are too many for memory.

    Each thing has a ``kind`` (a number) and a value; equal values of whatever kind come into one bucket.
    """

    def __init__(self, folder: Path, *, buckets: int = 256, most: int = RUN_BYTES) -> None:
        self._folder, self._most = folder, most
        self._buckets: list[list[bytes]] = [[] for _ in range(buckets)]
        self._size = 0

    def add(self, kind: int, value: bytes) -> None:
        """Take a thing; ``value`` holds no line end."""
        self._buckets[hash(value) % len(self._buckets)].append(b"%d %b\n" % (kind, value))
        self._size += len(value) + 64
        if self._size > self._most:
            for number, bucket in enumerate(self._buckets):
                with self._file(number).open("ab") as file:
                    file.writelines(bucket)
                bucket.clear()
            self._size = 0

    def counts(self) -> tuple[int, dict[int, int]]:
        """How many values there are, and how many of each kind; what was on the disk is removed."""
        values = 0
        kinds: dict[int, int] = {}
        for number, bucket in enumerate(self._buckets):
            things = set(bucket)
            if (file := self._file(number)).exists():
                with file.open("rb") as lines:
                    things.update(lines)
                file.unlink()
            values += len({thing.partition(b" ")[2] for thing in things})
            for thing in things:
                kind = int(thing.partition(b" ")[0])
                kinds[kind] = kinds.get(kind, 0) + 1
            bucket.clear()
        return values, kinds

    def _file(self, number: int) -> Path:
        return self._folder / f"bucket-{number}"
