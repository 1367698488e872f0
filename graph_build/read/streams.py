"""What a reader of a format with many records a file is given, and what it gives.

A reader is a function of a stream of bytes (unpacked already) and the file's name.  It
yields one item after the other and keeps none: a :class:`~graph_build.read.record.Record`,
a :class:`~graph_build.read.fault.Fault` for a record that cannot be read (the others count), or a :class:`Deletion`.
A fault that ends the file is raised as :class:`~graph_build.model.ReadError`; what was
yielded before it counts.

The registry of formats is :mod:`graph_build.read.formats`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ..model import ReadError
from .fault import Fault
from .record import Record

#: So many bytes from a file's beginning, decoded, are shown to ``recognises``.
HEAD_BYTES: Final = 65_536
#: No line of a text format is longer; a list of a thousand authors is one line in some.
MAX_LINE_BYTES: Final = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A record that its publisher withdrew: what an earlier file says of it no longer counts."""

    pmid: str
    place: str


Item = Record | Fault | Deletion


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how sure a file's beginning shows it, and its reader.

    ``recognises`` gets the first :data:`HEAD_BYTES` of the unpacked file as text (without a byte
    order mark, what is not UTF-8 replaced) and answers 0 for "no" up to 10 for "surely": the
    highest answer counts, the first of equals.  When all say 0 the file is read as one page.
    """

    name: str
    recognises: Callable[[str], int]
    read: Callable[[BinaryIO, str], Iterator[Item]]


def numbered_lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 text, from 1, without their ends and without a byte order mark.

    A byte that is not UTF-8 becomes a lone surrogate; a record that holds one is later
    refused alone, with its place, and the others count.
    Raises :class:`~graph_build.model.ReadError` at a line without end.
    """
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            raise ReadError(
                f"{name}, line {number}: the line has more than {MAX_LINE_BYTES:,} bytes; nothing was read on"
            )
        text = line.decode("utf-8", "surrogateescape")
        yield number, (text.removeprefix("\ufeff") if number == 1 else text).rstrip("\r\n")
