"""What is no text of a page is refused here, in one sentence that says what to do."""

from __future__ import annotations

import codecs
import re
from typing import Final

from ..model import ReadError

#: A page is far smaller (those seen have 15 kB); more is a dump of another kind.
MAX_BYTES: Final = 2_000_000
#: A line of a page is a paragraph or a list of authors at most.
MAX_LINE: Final = 100_000

#: A page has some hundred lines.
MAX_LINES: Final = 20_000

EXPECTED: Final = "expected the text of a journal page or a PubMed page"

#: What other files begin with, and what they are called.
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF; export its article page as plain text"),
    (b"PK\x03\x04", "a zip archive or an office document; save it as plain text"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an office document; save it as plain text"),
    (b"\x89PNG", "a picture; save the page as plain text"),
    (b"\xff\xd8\xff", "a picture; save the page as plain text"),
)
_UTF16: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_NEWLINE: Final = re.compile(r"\r\n|\r|\n")
_HTML: Final = re.compile(r"[\s\ufeff]{0,999}<(?:!doctype\s{1,9}html|html|head|body|div|meta|script)\b", re.IGNORECASE)
_XML: Final = re.compile(r"[\s\ufeff]{0,999}<(?:\?xml|[A-Za-z]{2,40}[\s>])")

# Characters that stand in no text: controls but tab and line ends, half characters, non-characters.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def decode(data: bytes, name: str) -> str:
    """The characters of a file, line ends and byte order mark included."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(f"{name}, line 1: {EXPECTED}, but this is {what}")
    if len(data) > MAX_BYTES:
        if not re.search(rb"[\r\n]", data[: 4 * MAX_LINE]):  # four bytes a character at most
            raise _long_line(name, 1, f"more than {MAX_LINE:,}")
        size = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise ReadError(f"{name}: {size}; {EXPECTED}, one page a file; split it, or check that it is the right file")
    if data.startswith(_UTF16):
        found = "the byte order mark of UTF-16 or UTF-32"
        raise ReadError(f"{name}, line 1: {found}, expected UTF-8; convert it with: iconv -f UTF-16 -t UTF-8")
    if (zero := data.find(b"\0")) >= 0:
        found = "a NUL byte, so this is no text file"
        raise ReadError(f"{name}, line {_line(data, zero)}: {found}; {EXPECTED}, saved as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        advice = "save the file as UTF-8, or convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        raise ReadError(f"{name}, line {_line(data, error.start)}: {found}; {advice}") from error


def check_text(text: str, name: str) -> None:
    """Refuse a text that cannot be a page: control characters, endless lines, markup."""
    if match := _CONTROL.search(text):
        number = len(_NEWLINE.findall(text, 0, match.start())) + 1
        found = f"the control character U+{ord(match.group()):04X}"
        raise ReadError(f"{name}, line {number}: {found} cannot stand in a text; {EXPECTED}; remove the character")
    for number, line in enumerate(_NEWLINE.split(text), start=1):
        if len(line) > MAX_LINE:
            raise _long_line(name, number, f"{len(line):,}")
        if number > MAX_LINES:
            found = f"the file has more than {MAX_LINES:,} lines"
            raise ReadError(f"{name}, line {number}: {found}; {EXPECTED}, one page a file; split it")
    if _HTML.match(text):
        raise ReadError(f"{name}, line 1: {EXPECTED}, but this is HTML; save the page as plain text, not as a web page")
    if _XML.match(text):
        raise ReadError(f"{name}, line 1: {EXPECTED}, but this is XML; save the article's page as plain text")


def _long_line(name: str, number: int, length: str) -> ReadError:
    """What to say about a line that no page has."""
    found = f"the line has {length} characters"
    advice = f"{EXPECTED}, whose lines have {MAX_LINE:,} at most; save the page again with its line breaks"
    return ReadError(f"{name}, line {number}: {found}; {advice}")


def _line(data: bytes, offset: int) -> int:
    """The number of the line that holds the byte at ``offset``."""
    before = data[:offset]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
