"""Files become documents: the text as it stands, its sections with offsets, its records.

The layout is recognised by what the text holds, never by a file's name.  Whatever
cannot be read raises :class:`~graph_build.model.ReadError` with one sentence.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..model import Document, ReadError
from . import journal_page, pubmed_page
from .guard import EXPECTED, MAX_BYTES, check_text, decode
from .lines import open_page

__all__ = ["decode", "read", "read_text"]


def read(path: Path) -> Document:
    """Read a file as a document."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"{path}: cannot be opened ({reason}); give the path of a text file") from error
    return read_text(decode(data, path.name), path.name, hashlib.sha256(data).hexdigest())


def read_text(text: str, name: str, sha256: str) -> Document:
    """Read a decoded text as a document; every offset counts in ``text``."""
    check_text(text, name)
    page = open_page(name, text, sha256)
    if not page.lines:
        raise ReadError(f"{name} is empty; {EXPECTED}, with a title, a citation and an abstract")
    first = page.lines[0].number
    journal, pubmed = journal_page.score(page), pubmed_page.score(page)
    if max(journal, pubmed) < 2:  # a single weak sign is no layout
        signs = 'references numbered [1], [2] …, or a line such as "Cancer Treat Rev. 2020 Jun:86:101996."'
        raise ReadError(
            f"{name}, line {first}: a page of another kind; expected a journal page or a PubMed page "
            f"({signs}); save one of these as plain text"
        )
    document = journal_page.read_journal_page(page) if journal >= pubmed else pubmed_page.read_pubmed_page(page)
    record = document.publication
    if not (record.title or record.doi or record.pmid):
        raise ReadError(
            f"{name}, line {first}: no title, DOI or PMID was found, so the page belongs to no publication; "
            "expected a title near the top; save the whole page again"
        )
    return document
