"""Sorting more lines than fit into memory: sorted runs on disk, merged block by block.

A block is read from all runs at once and sorted as a whole, since Python sorts a list of sorted pieces several times
faster than it merges them line by line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from operator import eq
from pathlib import Path
from typing import IO, Final

#: A run is written when this much is at hand; with what Python needs for each line it is about twice as much memory.
RUN_BYTES: Final = 48_000_000
#: So many runs are merged at once: each is an open file.
FAN_IN: Final = 100
#: A block has about this many bytes.
BLOCK_BYTES: Final = 16_000_000
#: Of a run, so much is read at once.
_READ: Final = 1 << 18


class SortedLines:
    """Takes lines in any order and gives them back sorted by their bytes, each once.

    A line ends with a line end and holds no other.  UTF-8 sorts as its code points do.  With ``by_word`` the lines
    that begin with the same word (up to a space) come in one block, however many they are.
    """

    def __init__(
        self,
        folder: Path,
        *,
        by_word: bool = False,
        run_bytes: int = RUN_BYTES,
        fan_in: int = FAN_IN,
        block_bytes: int = BLOCK_BYTES,
    ) -> None:
        self._folder, self._run_bytes, self._fan_in, self._block_bytes = folder, run_bytes, fan_in, block_bytes
        self._by_word = by_word
        self._lines: list[bytes] = []
        self._size = 0
        self._runs: list[_Run] = []
        self._made = 0

    def add(self, lines: Iterable[bytes]) -> None:
        """Take some lines."""
        new = list(lines)
        self._lines += new
        self._size += sum(map(len, new))
        if self._size >= self._run_bytes:
            self._spill()

    def blocks(self) -> Iterator[list[bytes]]:
        """All lines, some at a time; what was on the disk is removed."""
        while len(self._runs) > self._fan_in:
            first, self._runs = self._runs[: self._fan_in], self._runs[self._fan_in :]
            self._write(self._merged(first))
        if self._runs and self._lines:
            self._spill()
        if self._lines:
            yield _each_once(self._lines)
        yield from self._merged(self._runs)
        self._lines, self._size, self._runs = [], 0, []

    def _spill(self) -> None:
        self._write([_each_once(self._lines)])
        self._lines, self._size = [], 0

    def _write(self, blocks: Iterable[list[bytes]]) -> None:
        self._made += 1
        run = _Run(self._folder / f"run-{self._made}", self._block_bytes)
        run.write(blocks)
        self._runs.append(run)

    def _merged(self, runs: list[_Run]) -> Iterator[list[bytes]]:
        """The lines of some runs, which are removed."""
        marks = sorted(mark for run in runs for mark in run.marks)
        if self._by_word:
            marks = [mark.partition(b" ")[0] + b" " for mark in marks]
        bounds = dict.fromkeys(marks[_MARKS - 1 :: _MARKS])  # each mark stands for a part of a block
        with ExitStack() as stack:
            for run in runs:
                run.open(stack)
            for bound in (*bounds, None):
                block: list[bytes] = []
                for run in runs:
                    run.take(bound, block)
                if block:
                    yield _each_once(block)
        for run in runs:
            run.path.unlink()


#: So many marks a block: the more, the more equal are blocks.
_MARKS: Final = 16


class _Run:
    """Sorted lines in a file, some of them at hand as marks."""

    def __init__(self, path: Path, block_bytes: int) -> None:
        self.path, self._step = path, max(1, block_bytes // _MARKS)
        self.marks: list[bytes] = []
        self._file: IO[bytes]
        self._lines: list[bytes] = []
        self._at = 0

    def write(self, blocks: Iterable[list[bytes]]) -> None:
        with self.path.open("wb", buffering=1 << 20) as file:
            for block in blocks:
                file.writelines(block)
                every = max(1, self._step * len(block) // sum(map(len, block)))
                self.marks += block[every - 1 :: every]

    def open(self, stack: ExitStack) -> None:
        self._file = stack.enter_context(self.path.open("rb"))

    def take(self, bound: bytes | None, into: list[bytes]) -> None:
        """Add the next lines that sort before a bound, or all, to a list."""
        while True:
            if self._at == len(self._lines):
                self._lines, self._at = self._file.readlines(_READ), 0
                if not self._lines:
                    return
            lines, begin = self._lines, self._at
            self._at = len(lines) if bound is None or lines[-1] < bound else bisect_left(lines, bound, begin)
            into += lines[begin : self._at]
            if self._at < len(lines):
                return


def woven(blocks: Iterable[list[bytes]], others: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
    """Two rows of blocks of sorted lines as one; no block is larger than one of each."""
    rest = iter(others)
    other = next(rest, [])
    for block in blocks:
        begin = 0
        while other and other[-1] < block[-1]:
            end = bisect_left(block, other[-1], begin)
            yield sorted(block[begin:end] + other)
            begin, other = end, next(rest, [])
        end = bisect_left(other, block[-1])
        yield sorted(block[begin:] + other[:end])
        other = other[end:]
    if other:
        yield other
    yield from rest


def _each_once(lines: list[bytes]) -> list[bytes]:
    """Lines sorted, each once: equal ones are rare, and to look for them takes less than to take them out."""
    lines.sort()
    return [line for line, _ in groupby(lines)] if any(map(eq, lines, islice(lines, 1, None))) else lines


class Distinct:
    """Counts different things of several kinds, exactly, in files by hash where they are too many for memory.

    Each thing has a ``kind`` (a number) and a value; equal values of whatever kind come into one file.
    """

    def __init__(self, folder: Path, *, buckets: int = 256, most: int = RUN_BYTES) -> None:
        self._folder, self._buckets, self._most = folder, buckets, most
        self._things: dict[int, set[bytes]] = {}
        self._size = 0
        self._has_spilled = False

    def add(self, kind: int, values: Collection[bytes]) -> None:
        """Take some things of a kind; no value holds a line end."""
        things = self._things.setdefault(kind, set())
        before = len(things)
        things.update(values)
        if new := len(things) - before:
            self._size += new * (64 + sum(map(len, values)) // len(values))
        if self._size > self._most:
            self._spill()

    def counts(self) -> tuple[int, dict[int, int]]:
        """How many values there are, and how many of each kind; what was on the disk is removed."""
        found: Iterable[dict[int, set[bytes]]] = [self._things]
        if self._has_spilled:
            self._spill()
            found = map(self._read, range(self._buckets))
        values = 0
        kinds: dict[int, int] = {}
        for bucket in found:
            values += len(set[bytes]().union(*bucket.values()))
            for kind, things in bucket.items():
                kinds[kind] = kinds.get(kind, 0) + len(things)
        self._things, self._size, self._has_spilled = {}, 0, False
        return values, kinds

    def _spill(self) -> None:
        buckets: list[list[tuple[int, list[bytes]]]] = [[] for _ in range(self._buckets)]
        for kind, things in self._things.items():
            parts: list[list[bytes]] = [[] for _ in range(self._buckets)]
            for value in things:
                parts[hash(value) % self._buckets].append(value)
            for bucket, part in zip(buckets, parts, strict=True):
                if part:
                    bucket.append((kind, part))
        for number, bucket in enumerate(buckets):
            with self._file(number).open("ab") as file:
                for kind, part in bucket:
                    file.write(b"%d %d\n" % (kind, len(part)))
                    file.write(b"\n".join(part) + b"\n")
        self._things, self._size, self._has_spilled = {}, 0, True

    def _read(self, number: int) -> dict[int, set[bytes]]:
        """What was spilled into a file, which is removed."""
        path = self._file(number)
        things: dict[int, set[bytes]] = {}
        lines = iter(path.read_bytes().split(b"\n"))
        for head in lines:
            if head:
                kind, many = map(int, head.split())
                things.setdefault(kind, set()).update(next(lines) for _ in range(many))
        path.unlink()
        return things

    def _file(self, number: int) -> Path:
        return self._folder / f"bucket-{number}"
