"""Files, folders and standard input as streams of unpacked bytes."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from ..model import ReadError
from .streams import HEAD_BYTES

#: Stands for standard input where a path is expected.
STANDARD_INPUT: Final = Path("-")
_GZIP: Final = b"\x1f\x8b"

# The checksum that publishers lay beside a file: "MD5(pubmed24n0001.xml.gz)= 1f3c…".
_CHECKSUM: Final = re.compile(
    rb"(?:MD5|SHA\d{0,3})\s?\([^)\n]{1,200}\)\s?=\s?[0-9a-f]{32,128}\s{0,9}|[0-9a-f]{32,128} [ *][^\n]{1,200}\n?"
)


class Opened:
    """A file that was opened: its name, its beginning, and all of it, unpacked."""

    def __init__(self, name: str, raw: BinaryIO) -> None:
        self.name = name
        unpacked = _Tolerant(raw)
        self.head = unpacked.begin()
        self.stream: BinaryIO = io.BufferedReader(unpacked, 1 << 16)
        self._source = unpacked

    @property
    def fault(self) -> str:
        """Why the file could not be read to its end, once it was tried."""
        return self._source.fault

    @property
    def position(self) -> int:
        """So many bytes of the file, as it is packed, were read; 0 where a stream does not tell."""
        return self._source.position

    @property
    def is_checksum(self) -> bool:
        """Whether this is only the checksum of another file."""
        return bool(_CHECKSUM.fullmatch(self.head))

    def text_head(self) -> str:
        """The beginning as text, for telling formats apart."""
        for bom, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if self.head.startswith(bom):
                return self.head.decode(encoding, "replace").removeprefix("\ufeff")
        return self.head.decode("utf-8", "replace").removeprefix("\ufeff")


class _Tolerant(io.RawIOBase):
    """Bytes, unpacked if they are a gzip archive; a damaged archive ends early, and says why."""

    def __init__(self, raw: BinaryIO) -> None:
        self.fault = ""
        self._head = b""
        self._raw = raw
        buffered = io.BufferedReader(raw) if isinstance(raw, io.RawIOBase) else raw
        start = _fill(buffered, len(_GZIP))
        self._packed = start == _GZIP
        whole = io.BufferedReader(_Rejoined(start, buffered))
        self._source: BinaryIO = gzip.GzipFile(fileobj=whole) if self._packed else whole  # type: ignore[assignment]

    @property
    def position(self) -> int:
        """So many bytes were read of what is underneath."""
        try:
            return self._raw.tell()
        except OSError:  # a pipe
            return 0

    def begin(self) -> bytes:
        """The first bytes; they are read again after this."""
        parts, size = [], 0
        while size < HEAD_BYTES and (part := self._read(HEAD_BYTES - size)):
            parts.append(part)
            size += len(part)
        self._head = b"".join(parts)
        return self._head

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as bytes are at hand."""
        size = len(buffer)
        data, self._head = (self._head[:size], self._head[size:]) if self._head else (self._read(size), b"")
        buffer[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        if self.fault:
            return b""
        try:
            return self._source.read1(size)  # type: ignore[attr-defined, no-any-return]
        except EOFError:
            self.fault = "the gzip archive ends in the middle, so records are missing; get the file again"
        except (OSError, zlib.error) as error:
            what = "the gzip archive is damaged" if self._packed else "the file cannot be read on"
            self.fault = f"{what} ({getattr(error, 'strerror', None) or error}); get the file again"
        return b""


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start = start
        self._rest = rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next."""
        size = len(buffer)
        if self._start:
            data, self._start = self._start[:size], self._start[size:]
        else:
            data = self._rest.read(size)
        buffer[: len(data)] = data
        return len(data)


def _fill(stream: BinaryIO, size: int) -> bytes:
    data = b""
    while len(data) < size and (part := stream.read(size - len(data))):
        data += part
    return data


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """A file, or standard input for ``-``, ready to be read.

    Raises :class:`~graph_build.model.ReadError` when it cannot be opened.
    """
    if path == STANDARD_INPUT:
        yield Opened("standard input", sys.stdin.buffer)
        return
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"{path}: cannot be opened ({reason}); give the path of a text file") from error
    with file:
        yield Opened(path.name, file)


def files_of(path: Path) -> tuple[Path, ...]:
    """A folder's files in sorted order, those of its folders too, but no hidden ones; a file alone is itself."""
    if path == STANDARD_INPUT or not path.is_dir():
        return (path,)
    found = (file for file in path.rglob("*") if file.is_file())
    return tuple(sorted(f for f in found if not any(p.startswith(".") for p in f.relative_to(path).parts)))
