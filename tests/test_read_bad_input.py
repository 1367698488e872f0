"""Bad input: one clear sentence each."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_build.model import ReadError
from graph_build.read import decode, read

EXPECTED = "expected the text of a journal page or a PubMed page"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", f"x.txt is empty; {EXPECTED}, with a title, a citation and an abstract"),
        (b" \r\n\r\n", f"x.txt is empty; {EXPECTED}, with a title, a citation and an abstract"),
        (
            b"HER2\n\nna\xefve\n",
            (
                "x.txt, line 3: byte 8 (0xef) is not UTF-8; save the file as UTF-8, or convert it, "
                "for example with: iconv -f WINDOWS-1252 -t UTF-8"
            ),
        ),
        (
            "HER2".encode("utf-16"),
            (
                "x.txt, line 1: the byte order mark of UTF-16 or UTF-32, expected UTF-8; "
                "convert it with: iconv -f UTF-16 -t UTF-8"
            ),
        ),
        (b"HER2\n\0\n", f"x.txt, line 2: a NUL byte, so this is no text file; {EXPECTED}, saved as UTF-8"),
        (
            b"HER2\r\n\r\na\x07b",
            f"x.txt, line 3: the control character U+0007 cannot stand in a text; {EXPECTED}; remove the character",
        ),
        (b"%PDF-1.7\n", f"x.txt, line 1: {EXPECTED}, but this is a PDF; export its article page as plain text"),
        (
            b"\n<!DOCTYPE html>\n<html><body>",
            f"x.txt, line 1: {EXPECTED}, but this is HTML; save the page as plain text, not as a web page",
        ),
        (
            b"<?xml version='1.0'?><PubmedArticleSet/>",
            f"x.txt, line 1: {EXPECTED}, but this is XML; save the article's page as plain text",
        ),
        (
            b"\nDear editor,\n\nplease find HER2 enclosed.\n",
            (
                "x.txt, line 2: a page of another kind; expected a journal page or a PubMed page (references numbered "
                '[1], [2] \u2026, or a line such as "Cancer Treat Rev. 2020 Jun:86:101996."); '
                "save one of these as plain text"
            ),
        ),
        (
            b"[1]\nSmit E. A title[J]. Lung, 2020, 1: 1.\n",
            (
                "x.txt, line 1: no title, DOI or PMID was found, so the page belongs to no publication; "
                "expected a title near the top; save the whole page again"
            ),
        ),
        (
            b"a" * 10_000_000,
            (
                f"x.txt, line 1: the line has more than 100,000 characters; {EXPECTED}, "
                "whose lines have 100,000 at most; save the page again with its line breaks"
            ),
        ),
        (
            b"HER2\n" + b"a" * 100_001,
            (
                f"x.txt, line 2: the line has 100,001 characters; {EXPECTED}, whose lines have 100,000 at most; "
                "save the page again with its line breaks"
            ),
        ),
        (
            b"HER2\n" * 20_001,
            (f"x.txt, line 20001: the file has more than 20,000 lines; {EXPECTED}, one page a file; split it"),
        ),
        (
            b"HER2\n" * 500_000,
            (
                f"x.txt: the file is larger than 2 MB; {EXPECTED}, one page a file; "
                "split it, or check that it is the right file"
            ),
        ),
    ],
    ids=lambda value: value[:12].decode("latin-1").strip() if isinstance(value, bytes) else "",
)
@pytest.mark.usefixtures("ends")
def test_bad_file(tmp_path: Path, data: bytes, message: str) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(data)

    with pytest.raises(ReadError) as caught:
        read(file)

    assert str(caught.value) == message


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"absent\.txt: cannot be opened \(No such file or directory\); give the path"):
        read(tmp_path / "absent.txt")
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path)
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path / "a\0b")


def test_decode_keeps_every_character() -> None:
    assert decode(b"\xef\xbb\xbfA\r\nB\rC\n", "x") == "\ufeffA\r\nB\rC\n"
