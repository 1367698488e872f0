"""The lines of a text file in a stream, whatever program wrote it.

Line ends may be LF, CRLF or CR; the text UTF-8, UTF-16 with its mark, or Windows-1252
(latin-1), even mixed: each line that is not UTF-8 is read as Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from ..model import ReadError
from .streams import MAX_LINE_BYTES

_PIECE: Final = 1 << 16
_NEWLINE: Final = re.compile(rb"\r\n|\r|\n")
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def any_lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """The lines from 1, without their ends and without a byte order mark.

    >>> import io
    >>> list(any_lines(io.BytesIO("é\\rb\\r\\n".encode() + "é".encode("latin-1")), "a.ris"))
    [(1, 'é'), (2, 'b'), (3, 'é')]

    Raises :class:`~graph_build.model.ReadError` at a line without end.
    """
    number, rest = 0, b""
    for piece in _utf8(stream):
        rest += piece
        half = b"\r" if rest.endswith(b"\r") else b""  # perhaps half of a line end
        *lines, rest = _NEWLINE.split(rest.removesuffix(half))
        rest += half
        for line in lines:
            number += 1
            yield number, _decoded(line, number)
        if len(rest) > MAX_LINE_BYTES:
            message = f"the line has more than {MAX_LINE_BYTES:,} bytes; nothing was read on"
            raise ReadError(f"{name}, line {number + 1}: {message}")
    for line in _NEWLINE.split(rest) if rest else ():
        number += 1
        yield number, _decoded(line, number)


def _utf8(stream: BinaryIO) -> Iterator[bytes]:
    """The pieces of a stream, those of a UTF-16 text as UTF-8."""
    piece = stream.read(_PIECE)
    if piece.startswith(_UTF16):
        decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        while piece:
            yield decoder.decode(piece).encode("utf-8", "replace")
            piece = stream.read(_PIECE)
        yield decoder.decode(b"", True).encode("utf-8", "replace")
        return
    while piece:
        yield piece
        piece = stream.read(_PIECE)


def _decoded(line: bytes, number: int) -> str:
    """A line as text."""
    if number == 1:
        line = line.removeprefix(codecs.BOM_UTF8)
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
