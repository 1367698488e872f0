"""An XML file of many records, cut into its records without parsing the whole.

Each record is then parsed alone: memory holds one of them, a record that is not
well-formed harms no other, and no document type declaration is ever parsed, so that
there is nothing a DTD, an external entity or a "billion laughs" could be fetched or
expanded from.  Named characters of HTML (``&alpha;``) are known without a DTD.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError, fromstring

_PIECE: Final = 1 << 20
#: No record is longer: the largest seen, with 3,000 references, has 2 MB.
MAX_RECORD: Final = 32_000_000

# An end of the buffer that can be the beginning of a tag.
_TAG_LENGTH: Final = 80
_DECLARED: Final = re.compile(rb"\A\s{0,99}<\?xml[^>]{0,200}?encoding\s?=\s?[\"']([A-Za-z0-9._-]{1,40})[\"']")
_NAMED: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Prefixes that records use; where a file declares them lies outside the record.
_OPEN: Final = (
    b'<_ xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink"'
    b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)

#: What expat's words mean for the person who has the file.
_REASONS: Final = {
    "mismatched tag": "an end tag does not fit the tag that is open",
    "not well-formed (invalid token)": "a character cannot stand here, such as a bare & or a byte that is not UTF-8",
    "undefined entity": "a named character is used that is declared nowhere",
    "unclosed token": "a tag is not closed",
    "reference to invalid character number": "a control character is written as a number",
}


@dataclass(frozen=True, slots=True)
class Slice:
    """A record as it stands in the file, and the line in which it begins."""

    tag: str
    line: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A record, or a file, that has no end."""

    line: int
    reason: str


def slices(stream: BinaryIO, tags: Sequence[str], roots: Sequence[str] = ()) -> Iterator[Slice | Cut]:
    """The elements with one of these tags, in the order of the file; ``roots`` are what the file can be made of."""
    return _Cutter(stream, tags, roots).run()


def parse(found: Slice) -> Element:
    """The element of a slice.

    Raises :class:`ValueError` with the line and the reason when it is not well-formed.

    >>> parse(Slice("r", 7, b"<r>&alpha; &amp; <mml:mi>x</mml:mi></r>"))[0].tag
    '{http://www.w3.org/1998/Math/MathML}mi'
    """
    data = _NAMED.sub(_character, found.data) if b"&" in found.data else found.data
    try:
        return fromstring(_OPEN + data + b"</_>")[0]  # noqa: S314
    except ParseError as error:
        reason = str(error).partition(":")[0]
        line = found.line + error.position[0] - 1
        raise ValueError(f"line {line}: {_REASONS.get(reason, reason)}") from error


def _character(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    return html5.get(name, match.group().decode("ascii")).encode("utf-8")


class _Cutter:
    """The bytes that were read and are not given out yet, and the line they begin in."""

    def __init__(self, stream: BinaryIO, tags: Sequence[str], roots: Sequence[str]) -> None:
        self.pieces = _utf8(stream)
        names = "|".join(tags).encode()
        self.opening = re.compile(rb"<(%b)(?=[\s/>])(?:[^<>]{0,999}/(?=>))?" % names)
        self.border = {tag: re.compile(rb"</%b\s{0,9}>|<%b(?=[\s/>])" % (t, t)) for tag in tags for t in [tag.encode()]}
        self.root = re.compile(rb"<(/?)(%b)(?=[\s>])" % "|".join(roots).encode()) if roots else None
        self.root_open: bytes | None = None  # the root, once it has begun and until it ends
        self.buffer = b""
        self.at = 0
        self.line = 1

    def run(self) -> Iterator[Slice | Cut]:
        """Give one record out after the other."""
        while match := self._next():
            yield self._record(match[1].decode(), empty=match.group().endswith(b"/"))
        self._go_to(len(self.buffer))
        if self.root_open:
            end = f"</{self.root_open.decode()}>"
            yield Cut(self.line, f"the file ends before {end}, so records may be missing; get the file again")

    def _next(self) -> re.Match[bytes] | None:
        """The tag with which the next record begins; what stands before it is passed over."""
        while True:
            match = self.opening.search(self.buffer, self.at)
            if self.root:
                for root in self.root.finditer(self.buffer, self.at, match.start() if match else len(self.buffer)):
                    self.root_open = None if root[1] else root[2]
            self._go_to(match.start() if match else max(self.at, len(self.buffer) - _TAG_LENGTH))
            if match or not self._more():
                return match

    def _record(self, tag: str, *, empty: bool) -> Slice | Cut:
        """The record that begins here; at its end, the buffer goes on behind it."""
        line, seen = self.line, 1  # so far behind its beginning it was searched for its end
        if empty:
            return self._slice(tag, self.buffer.index(b">", self.at) + 1)
        while True:
            if border := self.border[tag].search(self.buffer, self.at + seen):
                if border.group().startswith(b"</"):
                    return self._slice(tag, border.end())
                self._go_to(border.start())
                return Cut(line, f"the record has no </{tag}> before the next one begins")
            seen = max(1, len(self.buffer) - self.at - _TAG_LENGTH)
            if seen > MAX_RECORD:
                self._go_to(self.at + seen)
                return Cut(line, f"the record has more than {MAX_RECORD:,} bytes")
            if not self._more():
                self._go_to(len(self.buffer))
                self.root_open = None  # that the root does not end either goes without saying
                return Cut(line, "the file ends in the middle of the record")

    def _slice(self, tag: str, end: int) -> Slice:
        found = Slice(tag, self.line, self.buffer[self.at : end])
        self._go_to(end)
        return found

    def _go_to(self, at: int) -> None:
        self.line += self.buffer.count(b"\n", self.at, at)
        self.at = at

    def _more(self) -> bool:
        """Read on; what was given out is forgotten."""
        piece = next(self.pieces, b"")
        self.buffer = self.buffer[self.at :] + piece
        self.at = 0
        return bool(piece)


def _utf8(stream: BinaryIO) -> Iterator[bytes]:
    """The stream in pieces of UTF-8, whatever encoding the file declares."""
    first = stream.read(_PIECE)
    encoding = next((name for bom, name in _BOMS if first.startswith(bom)), None)
    if encoding is None and (declared := _DECLARED.match(first)):
        encoding = declared[1].decode().lower()
    try:
        plain = encoding is None or codecs.lookup(encoding).name in ("utf-8", "ascii", "utf-8-sig")
    except LookupError:
        plain = True  # an encoding nobody knows: most likely a slip, and the file is UTF-8
    if plain:
        yield first.removeprefix(codecs.BOM_UTF8)
        while piece := stream.read(_PIECE):
            yield piece
        return
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")("replace")
    piece = first
    while piece:
        if text := decoder.decode(piece):
            yield text.encode("utf-8", "surrogatepass")
        piece = stream.read(_PIECE)
